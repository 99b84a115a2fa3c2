// Package scenario says what a plan would change, and makes the changed project of it.
//
// A Scenario is a named, ordered list of modifications of its parent: the baseline ("nuläge") or another scenario.
// Resolve finds everything that a chain of scenarios refers to in a snapshot and tells all that is missing at once;
// Apply gives the snapshot as it would be.
//
// Invariants: a broken reference is reported and never skipped; a snapshot is never changed, what a scenario leaves
// alone is shared with it, and a scenario without modifications gives the snapshot itself; facilities keep their ids
// through every change, and the order of modifications that have nothing to do with each other makes no difference.
package scenario
