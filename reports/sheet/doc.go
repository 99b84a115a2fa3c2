// Package sheet writes every table of a reports.Document as a sheet of one Excel workbook, with a first sheet that tells
// what the document is and lists the tables.
//
// A document holds its figures as they are printed. They become numbers again by the rules that printed them, so that
// the workbook shows the plan's own figures and no others: a column of distances is in kilometres as soon as one of them
// is, a share is a part of one, a dash is an empty cell, and a cell of two lines becomes two columns.
//
// Invariants: equal documents give equal bytes; text never becomes a formula; only columns that are set to the right are
// read as numbers, so that codes stay text.
package sheet
