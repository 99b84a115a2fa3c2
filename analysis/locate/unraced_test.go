//go:build !race

package locate

// slower is how much longer work may take while races are looked for.
const slower = 1
