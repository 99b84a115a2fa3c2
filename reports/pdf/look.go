package pdf

import (
	"nabar/mapview/render"
	"nabar/reports"
)

// The page, in points: A4 with equal margins and six columns.
const (
	pageWidth  = 595.28
	pageHeight = 841.89
	margin     = 62.0
	textWidth  = pageWidth - 2*margin
	gutter     = 15.0
	topOfText  = 84.0
	footMargin = 72.0
	// measure is the width of running text: at most some eighty characters.
	measure = 400.0
	// leadMeasure is the width of the larger text that opens a chapter, on pages that have room for more.
	leadMeasure = 560.0
)

// The type scale: size and leading.
var (
	bodyInk     = inked(render.Regular, 10.2, reports.Ink)
	boldInk     = inked(render.Semibold, 10.2, reports.Ink)
	italicInk   = inked(render.Italic, 10.2, reports.Ink)
	leadInk     = inked(render.Light, 13.5, reports.Teal)
	fineInk     = inked(render.Regular, 8.6, reports.Quiet)
	labelInk    = inked(render.Semibold, 8.6, reports.Ink)
	captionInk  = inked(render.Regular, 8.6, reports.Quiet)
	chapterInk  = inked(render.Semibold, 25, reports.Petrol)
	sectionInk  = inked(render.Semibold, 14, reports.Petrol)
	partInk     = inked(render.Semibold, 11, reports.Petrol)
	headInk     = inked(render.Semibold, 8.4, reports.Ink)
	cellInk     = inked(render.Regular, 8.8, reports.Ink)
	rowInk      = inked(render.Semibold, 8.8, reports.Ink)
	furniture   = inked(render.Regular, 8, reports.Quiet)
	contentsOne = inked(render.Semibold, 10.2, reports.Ink)
	contentsTwo = inked(render.Regular, 9.6, reports.Ink)
)

const (
	bodyLeading    = 14.0
	leadLeading    = 19.0
	fineLeading    = 11.5
	chapterLeading = 30.0
	sectionLeading = 18.0
	cellLeading    = 11.2
	rowHeight      = 15.0
)
