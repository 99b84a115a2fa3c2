// Package gpkg reads GeoPackages that others made, and holds the GeoPackage binary form of a geometry.
//
// Invariants: the file that is read, and its folder, stay byte for byte as they were, journal files included; nothing
// that a file holds (views, triggers, function calls, names) is trusted; a damaged geometry costs its own row and
// never the program.
package gpkg
