// Package table finds out what a table of text cells holds: the type of each column, which columns are coordinates or
// WKT, in which order and in which system, and whether the first row is a heading. CSV files and spreadsheets share it.
//
// Invariants: no value is changed by typing – a column becomes numbers only when every cell is one, and codes (leading
// zeros, long runs of digits, columns named as codes) stay text; an empty cell, "..", "-" and their like are null and
// never 0; memory is bounded by the number of columns, not of rows.
package table

// MaxColumns is the largest number of columns that is read: SQLite's own limit.
const MaxColumns = 2000
