// Package render turns a snapshot of a project, and a stored result, into a map: as pixels for the window and as
// vectors for the document. It decides once what is drawn and how (Scene), and has two hands to draw it with: a fast
// raster of its own, and the small Canvas interface that PDF and SVG implement. Charts are drawn on a Canvas too.
//
// Invariants: no Fyne, no input or output; a Scene never changes once it is made and is safe for concurrent use; the
// same scene and view give the same bytes for any number of workers; nothing is computed here that a result should
// hold. World coordinates are SWEREF 99 TM metres, screen coordinates grow to the right and downwards.
package render
