// Package xlsx writes layers as Excel workbooks, and gives the empty workbook that other tables are written in.
//
// Invariants: numbers are numbers and text is text, never a formula; equal content gives equal bytes, there is no clock
// in a file; nothing is cut without a word: what a cell cannot hold is an error.
package xlsx
