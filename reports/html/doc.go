// Package html writes a reports.Document as one HTML file that stands alone: semantic elements, inline SVG pictures, its
// own style sheet, no script and nothing fetched from elsewhere.
//
// Invariants: equal documents give equal bytes; every text is escaped; colours and structure keep WCAG 2.1 AA; the file
// prints on A4 without further help.
package html
