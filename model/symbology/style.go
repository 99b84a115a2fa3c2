package symbology

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
)

// Kind is what a layer's features are on the map. It decides the layer's place in the drawing order.
type Kind string

// The kinds, in drawing order.
const (
	LandKind    Kind = "land"    // land, beyond which there is sea
	GroundKind  Kind = "ground"  // a survey's map of woods, open land, water and built-up areas in one layer
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

	Method     Method     `json:"method,omitempty"`     // how Breaks were found; "" for a layer that the program made
	Ramp       RampName   `json:"ramp,omitempty"`       // what the classes are coloured by, in place of Fills
	Reversed   bool       `json:"reversed,omitempty"`   // the ramp goes the other way
	Categories []Category `json:"categories,omitempty"` // in place of Breaks: the values of Column that have a look of their own
	SizeBy     string     `json:"size_by,omitempty"`    // column of numbers that points grow by in area, lines in width
	SizeTop    float64    `json:"size_top,omitempty"`   // the number that is drawn in full Size or Width
	ScaleFrom  float64    `json:"scale_from,omitempty"` // shown at scale 1:ScaleFrom and smaller scales; 0 for no limit
	ScaleTo    float64    `json:"scale_to,omitempty"`   // shown at scale 1:ScaleTo and larger scales; 0 for no limit
}

// Category is a value of a column with a look of its own.
type Category struct {
	Value string  `json:"value"`           // as it is written, "" for what has none
	Label string  `json:"label,omitempty"` // "" for the value itself
	Fill  *Colour `json:"fill,omitempty"`  // nil for the colour of its place in the list
	Shape Shape   `json:"shape,omitempty"` // of points
}

// IsZero tells whether the style says nothing: the layer has its own look.
func (s Style) IsZero() bool { return string(s.JSON()) == "{}" }

// NoLabel is the Label of a style that shows no names.
const NoLabel = "-"

// Classed tells whether the layer's things differ in colour by a column that the user has chosen.
func (s Style) Classed() bool { return s.Column != "" && (s.Ramp != "" || len(s.Categories) > 0) }

// ClassColours are the colours of the classes or categories, in their order; nil for a layer of one look.
func (s Style) ClassColours(t Theme) []Colour {
	switch {
	case len(s.Categories) > 0:
		out := make([]Colour, len(s.Categories))
		for i, c := range s.Categories {
			out[i] = CategoryColour(i, t)
			if c.Fill != nil {
				out[i] = *c.Fill
			}
		}
		return out
	case s.Ramp != "":
		return s.Ramp.Colours(len(s.Breaks)+1, t, s.Reversed)
	case s.Kind == ClassKind:
		return Ramp(len(s.Breaks)+1, t)
	}
	return s.Fills
}

// ClassNames are what the classes or categories are called, and last what belongs to none.
func (s Style) ClassNames(p *i18n.Printer) []string {
	if len(s.Labels) > 0 {
		return s.Labels
	}
	if len(s.Categories) > 0 {
		out := make([]string, 0, len(s.Categories)+1)
		for _, c := range s.Categories {
			out = append(out, cmp.Or(c.Label, c.Value, p.T("style.no_value")))
		}
		return append(out, p.T("style.other"))
	}
	return NumberLabels(p, s.Breaks)
}

// ShownAt tells whether the layer is shown on a map of scale 1:denominator.
func (s Style) ShownAt(denominator float64) bool {
	return denominator >= s.ScaleFrom && (s.ScaleTo == 0 || denominator <= s.ScaleTo)
}

// Share is how large a thing is drawn that a number stands for, of the full size: by area for points, by width for lines.
func (s Style) Share(v float64, area bool) float64 {
	if s.SizeTop <= 0 || !(v > 0) {
		return 0
	}
	share := min(v/s.SizeTop, 1)
	if area {
		return math.Sqrt(share)
	}
	return share
}

// CategoryOf is the index of the category of a value as it is written, -1 for none.
func (s Style) CategoryOf(value string) int {
	return slices.IndexFunc(s.Categories, func(c Category) bool { return c.Value == value })
}

// NumberLabels gives the words for each class of breaks, and last for what has no number: "högst 10", "10–25", "över 25".
func NumberLabels(p *i18n.Printer, breaks []float64) []string {
	if len(breaks) == 0 {
		return []string{p.T("style.all"), p.T("style.no_value")}
	}
	number := func(v float64) string { return p.Float(v, breakDecimals(breaks)) }
	out := []string{p.T("style.at_most", number(breaks[0]))}
	for i := 1; i < len(breaks); i++ {
		out = append(out, p.T("style.between", number(breaks[i-1]), number(breaks[i])))
	}
	return append(out, p.T("style.above", number(breaks[len(breaks)-1])), p.T("style.no_value"))
}

// breakDecimals is the least count of decimals, at most six, that tells neighbouring limits apart and writes limits that are
// round as they are.
func breakDecimals(breaks []float64) int {
	for decimals := range 6 {
		good := true
		for i, b := range breaks {
			off := math.Abs(b*math.Pow10(decimals) - math.Round(b*math.Pow10(decimals)))
			step := math.Inf(1)
			if i > 0 {
				step = (b - breaks[i-1]) * math.Pow10(decimals)
			}
			good = good && (off < 1e-6 || step > 20 && math.Abs(b)*math.Pow10(decimals) > 20)
		}
		if good {
			return decimals
		}
	}
	return 6
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
	{WaterKind, []string{"vatten", "sjö", "hav", "water", "lake", "strandlinje", "river"}},
	{BuiltUpKind, []string{"tätort", "tatort", "bebyggelse", "småort", "built"}},
	{PlaceKind, []string{"ortnamn", "orter", "platsnamn", "tätort", "tatort", "place", "bebyggelsenamn"}},
}

// KindOf guesses the kind of a layer whose style does not tell: by its geometry and by words in its name.
func KindOf(l model.Layer) Kind {
	plain := AreaKind
	fits := func(k Kind) bool { return k == WaterKind || k == BuiltUpKind }
	switch l.Geometry {
	case model.PointType, model.MultiPointType:
		plain, fits = PointKind, func(k Kind) bool { return k == PlaceKind }
	case model.LineStringType, model.MultiLineStringType:
		plain, fits = LineKind, func(k Kind) bool { return k == WaterKind }
	}
	if plain == PointKind && slices.ContainsFunc(l.Fields, func(f model.Field) bool { return strings.EqualFold(f.Name, "textstrang") }) {
		return PlaceKind // a survey's names
	}
	name := strings.ToLower(l.Name)
	for _, k := range kindWords {
		if fits(k.kind) && slices.ContainsFunc(k.words, func(w string) bool { return strings.Contains(name, w) }) {
			return k.kind
		}
	}
	switch {
	case plain == AreaKind && isGround(l):
		return GroundKind
	case plain == AreaKind && isLand(l):
		return LandKind
	}
	return plain
}

// Complete fills what the style leaves open with the look of its kind.
func (s Style) Complete(t Theme) Style {
	p := PaletteOf(t)
	own := map[Kind]Style{
		LandKind:    {Fill: &p.Land, Stroke: &Colour{}},
		GroundKind:  {Fill: &p.Land, Stroke: &Colour{}},
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
		if s.Kind == AreaKind && s.Classed() {
			s.Width = own.Width / 2 // the fills tell the areas apart
		}
	}
	if s.Dash == nil && len(s.Fills) == 0 && !s.Classed() {
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
