// Package where reads conditions on the columns of a layer as planners write them, in Swedish or English, and tries rows by
// them: "antal > 10 och (namn innehåller skola eller typ är tom)".
//
// Invariants: a condition can only compare; nothing that is written in it is run, and it ends for every row. An error tells at
// which character it is and what was expected there. Empty values meet no comparison but "is empty" and "<>", so that "not a = b"
// and "a <> b" say the same. Texts are compared in any case, and ordered as Swedish is.
package where
