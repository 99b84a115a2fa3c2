// Package role recognises what a layer is to the program (roads, population squares, services, areas) by its columns
// and values, and turns its rows into what the analysis reads.
//
// Recognition knows the columns of NVDB and Tillgänglighetsvägnätet, of SCB's squares, of exports from Pipos, and the
// tags of OpenStreetMap, whatever their case, suffixes and marks. A mapping names the column that plays each part; a
// value that starts with "=" stands for itself instead of naming a column ("=dagligvaror": every row is that type).
//
// Invariants: the package is pure; the same layer gives the same guess and the same rows the same result; what can't be
// used is told with a reason and never guessed; no value of any kind makes it panic. Decoders expect geometries in
// SWEREF 99 TM.
package role
