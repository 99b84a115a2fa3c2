// Package format is the seam between the program and the files that others made: one small interface that each file
// format's package fulfils, and a registry that finds the right one by a file's content.
//
// Invariants: a format never changes the file or its folder, never trusts a count or a name found in it, follows no
// link in it, and never panics; every row that can't be used is told with its number and reason; geometries are given
// in the file's own coordinate system, X first. Errors that a user can act on are *i18n.Problem.
package format

import (
	"context"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
)

// The limits that every format keeps to.
const (
	MaxColumns   = 2000     // attribute columns of a layer
	MaxCellBytes = 50 << 20 // one value or geometry
	CheckEvery   = 1000     // rows between two looks at the context
)

// Coordinates tells which columns of a table hold the position. Empty strings mean that there are none.
type Coordinates struct {
	X   string // column of the easting or longitude
	Y   string // column of the northing or latitude
	WKT string // column of well-known text, instead of X and Y
	// Sure is false where names and values disagree, or where the values alone told: then show it to the user.
	Sure bool
	Why  i18n.Message // how the columns were found; zero where the user named them
}

// LayerInfo describes one layer of a file before it is read.
type LayerInfo struct {
	Name     string
	Geometry model.GeometryType
	Fields   []model.Field
	Features int // rows, -1 where the file does not tell
	// CRS is the layer's coordinate system; where CRSKnown is false it is a guess, or zero, and the user is asked.
	CRS      crs.CRS
	CRSKnown bool
	// CRSTold is true where Warnings say which system is guessed and why: then it need not be said again.
	CRSTold  bool
	Bounds   orb.Bound // in the layer's own system; zero where unknown
	Encoding string    // "utf-8", "windows-1252"; empty where the format has only one
	Edition  string    // date or edition of the data, where the file tells
	// Coordinates says where a table without geometry holds its positions.
	Coordinates Coordinates
	Warnings    []i18n.Message
}

// Options overrule what a format detects by itself. The zero value detects everything.
type Options struct {
	Layer     string // the layer that matters; others may be left unexamined
	CRS       string // anything that crs.Parse takes
	Encoding  string
	Separator rune // column separator of a text table; 0 detects
	NoHeader  bool // the first row of a text table holds values already
	Mapping   model.Mapping
}

// Skip is one row that could not be used. Row is the row's number in the file (the header is 1), or its feature id.
type Skip struct {
	Row    int64
	Reason i18n.Message
}

// Source is an opened file.
type Source interface {
	// Format is the name of the file's format, as in Format.Name.
	Format() string
	// Layers lists what can be read, in the file's order. The slice is the caller's. Warnings that take a whole reading
	// to know are there once the layer has been read to its end.
	Layers() []LayerInfo
	// Read calls yield for each usable row of a layer in file order, its geometry in the source's system, and skip for
	// each row that can't be used. Feature.ID is the row's number or feature id. It looks at ctx at least every
	// CheckEvery rows. An error from yield ends the reading and is returned as it is.
	Read(ctx context.Context, layer string, yield func(model.Feature) error, skip func(Skip)) error
	// Close frees what the source holds, temporary copies included.
	Close() error
}

// Format opens files of one kind.
type Format interface {
	// Name is short and stable: "gpkg", "geojson", "csv". It is kept in the project as provenance.
	Name() string
	// Extensions are the usual file name endings, lower case with the dot, the commonest first.
	Extensions() []string
	// Match tells whether a file with these first bytes (at most HeadSize) is of this kind. The name may only decide
	// where the content can't.
	Match(head []byte, name string) bool
	// Open examines the file. It does not keep the rows.
	Open(ctx context.Context, path string, opt Options) (Source, error)
}

// HeadSize is how many bytes of a file Match gets to see at most.
const HeadSize = 4096
