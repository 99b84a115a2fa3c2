// Package pdf writes a reports.Document as a tagged PDF: PDF/UA-1 and PDF/A-3a in one file, fonts embedded.
//
// The work has four steps. Blocks become boxes with heights (layout), boxes become pages (paginate), pages are drawn
// into content streams in which every mark belongs to a structure element or is an artifact (page), and the last step
// writes the file around them (finish): font programs of the characters that are shown, structure tree, outlines, links,
// metadata, colour profile, attachments. Pages gives the same layout and the same pages as pictures, for the preview.
//
// reports/pdf/check reads what comes out, by its own means.
//
// Invariants: equal documents give equal bytes, also when many are written at once; no clock: the dates in the file are
// the decision's; no letter prints as a box: what Source Sans 3 lacks comes from another face, what none has is an error
// that names it and its place.
package pdf
