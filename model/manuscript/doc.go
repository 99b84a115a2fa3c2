// Package manuscript is the plan as its writer sees it: chapters of blocks of text, with living blocks and figures among
// them that are made of the project's results.
//
// Invariants: no I/O, no clock and no figure is computed here. Text is runs, never a blob; a text that is normalised says
// the same and has one form only. What a living block last showed stands in it, so that it can be compared with what the
// project says now and printed as it was. The plain form (Write, Parse) holds all that a chapter holds but what living
// blocks have shown: written and read back it is the same chapter.
package manuscript
