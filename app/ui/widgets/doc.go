// Package widgets holds the small pieces that the panels are built of: text in the ranks of the look, key figures, bar
// charts, rows of figures.
//
// Invariants: a widget shows what it is given and tells its owner of what the user does through a callback; it knows
// neither session nor project; numbers come to it as text, written by the i18n printer.
package widgets
