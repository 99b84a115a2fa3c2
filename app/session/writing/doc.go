// Package writing is what the text editor does with a chapter, without a screen: blocks as pieces of plain text and back,
// marks around what is selected, names that are completed, tables by rows and columns, comments, and the keeping of what
// is written.
//
// Invariants: what is typed is in memory at once and on its way to the project; it is kept in the order in which it was
// written, and Flush returns when all of it is on disk. A piece that has not been touched is never written. It computes no
// figure and knows neither window nor session.
package writing
