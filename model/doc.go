// Package model says what a project is: its kommun, layers, roads, squares, service places, parameters and results.
//
// Invariants: no input or output and no Fyne; all positions are SWEREF 99 TM (EPSG:3006) in metres, X easting and
// Y northing; distances are metres and times seconds unless a name says otherwise; people are whole numbers.
// The slices of a Snapshot and of a Result are never changed once they have been handed out.
package model
