package reports

import "nabar/model/symbology"

// The colours of the printed plan: one petrol, one accent, and greys. Every text colour has at least 4.5:1 on white and
// on Tint.
var (
	Petrol = symbology.RGB(0x0b4f5c) // headings, cover, the bars of charts
	Teal   = symbology.RGB(0x1f5c67) // lead paragraphs
	Accent = symbology.RGB(0xc2471c) // one thin line on the cover, and notes
	Ink    = symbology.RGB(0x1d2528) // running text
	Quiet  = symbology.RGB(0x55636a) // captions, headers and footers
	Rule   = symbology.RGB(0xc3ced2) // thin lines
	Tint   = symbology.RGB(0xedf3f4) // behind key figures and table headers
	White  = symbology.RGB(0xffffff)
)
