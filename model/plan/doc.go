// Package plan is what a project plans, grants and follows up, as structured entries: prioritised areas with goals and
// actions, a ledger of state support, dated facts of a register, and a bank of solutions with where they are used. It
// holds types and rules without I/O and without a clock: what depends on today takes a date.
//
// Invariants: an entry has an id that stays its own as long as the project exists; entries point at each other by ids and
// at service places by theirs; the order is the user's; every field can be read and said as text, in the same form for
// command line, window and tables; money is whole kronor, nil where nothing has been said.
package plan
