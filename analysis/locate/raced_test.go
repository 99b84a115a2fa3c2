//go:build race

package locate

// slower is how much longer work may take while races are looked for, which makes it about ten times as slow.
const slower = 10
