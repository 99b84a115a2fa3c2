// Package reports holds the printed matter: a document of renderer-independent blocks, and the serviceplan that is
// built of them from stored results. The renderers lie in reports/pdf, reports/html and
// reports/docx; reports/sheet writes the tables alone.
//
// Invariants: nothing is computed here: figures are those of results and rankings, and are only written and counted over;
// no clock, no file, no map iteration order: equal input gives an equal document; every word that a reader sees comes
// from the catalogue, the project or the results.
package reports
