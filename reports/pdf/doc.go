// Package pdf writes a reports.Document as a tagged PDF: PDF/UA-1 and PDF/A-3a in one file, fonts embedded.
//
// The work has four steps. Blocks become boxes with heights (layout), boxes become pages (paginate), pages are drawn
// into content streams in which every mark belongs to a structure element or is an artifact (page), and the finishing
// pass takes the streams and font programs out of the file that gofpdf wrote and writes the final file around them
// (finish): structure tree, outlines, links, metadata, colour profile.
//
// Invariants: gofpdf is known to this package alone, and only subsets the fonts and packs the streams; equal documents
// give equal bytes, also when many are written at once; no clock: the dates in the file are the decision's; text that
// the fonts cannot show is replaced by a visible box and reported, it never fails the document.
package pdf
