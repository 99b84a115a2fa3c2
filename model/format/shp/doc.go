// Package shp writes layers as shapefiles, for the programs that read nothing newer: geometry (.shp) with its index
// (.shx), attributes (.dbf), projection (.prj) and encoding (.cpg, UTF-8).
//
// The format is of the nineties: one kind of geometry in a file, column names of ten letters, texts of 254 bytes, two
// gigabytes. What does not fit is an error where it would lose the layer, and a remark in the report where it only
// shortens names and texts.
//
// Invariants: positions are SWEREF 99 TM metres; outer rings run clockwise and holes against; equal layers give equal
// bytes, there is no clock in a file.
//
// Sources: ESRI, "Shapefile Technical Description" (1998); the dBASE III file structure.
package shp
