package session

// FindBasemapFile is findBasemap for tests.
var FindBasemapFile = findBasemap
