package symbology

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"nabar/model"
)

// Kind is what a layer's features are on the map. It decides the layer's place in the drawing order.
type Kind string

// The kinds, in drawing order.
const (
	ClassKind   Kind = "classes" // areas coloured by a column, drawn where the squares are
	WaterKind   Kind = "water"
	BuiltUpKind Kind = "builtup"
	AreaKind    Kind = "area" // outlines of imported areas, with their names
	LineKind    Kind = "line"
	PlaceKind   Kind = "place" // names of places
	PointKind   Kind = "point"
)

// Style is how a layer is drawn, as kept with the layer in JSON. A zero field means the kind's own look.
type Style struct {
	Kind   Kind      `json:"kind,omitempty"`
	Fill   *Colour   `json:"fill,omitempty"`
	Stroke *Colour   `json:"stroke,omitempty"`
	Width  float64   `json:"width,omitempty"` // reference pixels
	Dash   []float64 `json:"dash,omitempty"`  // reference pixels
	Shape  Shape     `json:"shape,omitempty"`
	Size   float64   `json:"size,omitempty"`   // of a symbol, reference pixels
	Label  string    `json:"label,omitempty"`  // column that the names are taken from
	Rank   string    `json:"rank,omitempty"`   // column with the importance of each name, e.g. its people
	Column string    `json:"column,omitempty"` // the numbers that the classes are by, of a ClassKind or of areas with Fills
	Breaks []float64 `json:"breaks,omitempty"` // upper limits of its classes, inclusive, ascending; one more lies above
	Labels []string  `json:"labels,omitempty"` // what its classes are called, and last what has no number
	Fills  []Colour  `json:"fills,omitempty"`  // of areas: what each class is filled with, the last one below the others; the outline has no dashes
}

// ParseStyle reads a layer's style. Nil and empty text are the zero Style.
func ParseStyle(data []byte) (Style, error) {
	var s Style
	if len(data) == 0 {
		return s, nil
	}
	if err := json.Unmarshal(data, &s); err != nil {
		return Style{}, fmt.Errorf("style: %w", err)
	}
	return s, nil
}

// JSON writes the style as ParseStyle reads it.
func (s Style) JSON() []byte {
	data, err := json.Marshal(s)
	if err != nil {
		panic(fmt.Sprintf("style: %v", err)) // only a NaN width could do that
	}
	return data
}

// kindWords are the words in a layer's name that tell its kind, in the languages of the data that is about.
var kindWords = []struct {
	kind  Kind
	words []string
}{
	{WaterKind, []string{"vatten", "sjö", "hav", "water", "lake"}},
	{BuiltUpKind, []string{"tätort", "tatort", "bebyggelse", "småort", "built"}},
	{PlaceKind, []string{"ortnamn", "orter", "platsnamn", "tätort", "tatort", "place"}},
}

// KindOf guesses the kind of a layer whose style does not tell: by its geometry and by words in its name.
func KindOf(l model.Layer) Kind {
	plain := AreaKind
	fits := func(k Kind) bool { return k == WaterKind || k == BuiltUpKind }
	switch l.Geometry {
	case model.PointType, model.MultiPointType:
		plain, fits = PointKind, func(k Kind) bool { return k == PlaceKind }
	case model.LineStringType, model.MultiLineStringType:
		return LineKind
	}
	name := strings.ToLower(l.Name)
	for _, k := range kindWords {
		if fits(k.kind) && slices.ContainsFunc(k.words, func(w string) bool { return strings.Contains(name, w) }) {
			return k.kind
		}
	}
	return plain
}

// Complete fills what the style leaves open with the look of its kind.
func (s Style) Complete(t Theme) Style {
	p := PaletteOf(t)
	own := map[Kind]Style{
		WaterKind:   {Fill: &p.Water, Stroke: &p.Shore, Width: 0.6},
		BuiltUpKind: {Fill: &p.BuiltUp, Stroke: &Colour{}},
		ClassKind:   {Fill: &Colour{}, Stroke: &Colour{}},
		AreaKind:    {Fill: &Colour{}, Stroke: &p.Area, Width: 1.2, Dash: []float64{4, 2}},
		LineKind:    {Fill: &Colour{}, Stroke: &p.Area, Width: 1.2},
		PlaceKind:   {Fill: &p.Place, Stroke: &p.Halo},
		PointKind:   {Fill: &p.Area, Stroke: &p.Halo, Shape: Circle, Size: 7},
	}[s.Kind]
	if s.Fill == nil {
		s.Fill = own.Fill
	}
	if s.Stroke == nil {
		s.Stroke = own.Stroke
	}
	if s.Width == 0 {
		s.Width = own.Width
	}
	if s.Dash == nil && len(s.Fills) == 0 {
		s.Dash = own.Dash
	}
	if s.Shape == "" {
		s.Shape = own.Shape
	}
	if s.Size == 0 {
		s.Size = own.Size
	}
	return s
}
