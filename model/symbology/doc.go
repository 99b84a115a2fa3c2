// Package symbology says what things look like: colours, the ramp of the distance bands, the shape of each service
// type, the width of each road class, and how a value finds its class. Map, legend, tables, document and QGIS all ask
// here, so that a thing looks the same wherever it is shown.
//
// Invariants: no input or output and no drawing; colours are sRGB with straight alpha; lengths are in reference pixels
// of 1/96 inch; equal input gives equal output, byte for byte.
package symbology
