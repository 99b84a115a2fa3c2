// Package docx writes a reports.Document as a Word file, for those who go on with the plan in a word processor: real
// heading styles with numbering, a table of contents, captions with sequence fields, tables with header rows, pictures
// with alternative texts.
//
// The styles that Word knows carry Word's own names ("heading 1"), which each program shows in its reader's language
// ("Rubrik 1" in a Swedish one); those of ours are named in the document's language.
//
// Invariants: equal documents give equal bytes: no clock, fixed times in the archive, parts in a fixed order; every
// text is escaped; nothing is computed that the document does not hold.
package docx
