// Package shape is about the shapes that are drawn, edited, measured and chosen by: their paths and vertices, their length and
// area on the ground, what lies nearest a pointer, and whether a shape is sound.
//
// Invariants: positions are SWEREF 99 TM metres; no shape that is given is changed, edits give new ones; rings are closed by
// repeating their first position, and stay so; lengths and areas are those on the ground, not on the grid.
package shape
