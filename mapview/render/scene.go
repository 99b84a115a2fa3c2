package render

import (
	"slices"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// SceneInput is all that a map shows.
type SceneInput struct {
	Snapshot *model.Snapshot
	Result   *model.Result // nil: squares are drawn without classes
	// Comparison, where there is one, colours the squares by who wins and who loses instead of by the result.
	Comparison *model.Comparison
	// Ranking, where there is one, draws a disc under each place of its service as large as what the closing would mean.
	Ranking *model.Ranking
	// Planned, where there is one, marks what a scenario changes.
	Planned *Planned
	Service string // ServiceType.ID of the chosen service, "" for all alike
	// Layers tells visibility and opacity by role and, for service layers, by name; a role that is not listed is shown.
	// An opacity of 0 counts as not set, that is 1: a hidden layer is one that is not Visible.
	Layers   []model.Layer
	Styled   []RowStyle // of the layers of roads, squares and service places that the user has styled
	Basemaps []Basemap  // under all else, the lowest first
	// Live is set for maps on a screen: they are drawn with the tiles of basemaps that are there soon, and again when others come.
	Live    bool
	Extra   []VectorLayer // drawn in this order within each symbology.Kind
	Pins    []Pin         // comments, above everything
	Printer *i18n.Printer
	Theme   symbology.Theme
	Roads   *Roads // of Snapshot.Roads; nil: prepared here
	Cells   *Cells // of Snapshot.Cells; nil: prepared here
	// StyledRoads are drawn in place of Roads, where the layer of roads is styled.
	StyledRoads *StyledRoads
	// HidePins leaves the pins out.
	HidePins bool
}

// VectorLayer is an imported layer that is only shown: water, built-up areas, areas, lines, names of places.
type VectorLayer struct {
	Layer      model.Layer // name, style, visibility, opacity
	Geometries []orb.Geometry
	Labels     []string  // nil, or one name for each geometry, "" for none
	Ranks      []float64 // nil, or the importance of each name: the higher, the earlier it gets its room
	Values     []float64 // nil, or the number of each geometry that the layer is coloured by; NaN for none
	Classes    []int     // nil, or the category of each geometry among the style's, -1 for none
	Sizes      []float64 // nil, or the number that each geometry's size is by
}

// Scene is a map ready to be drawn at any view. It never changes and is safe for concurrent use.
type Scene struct {
	in         SceneInput
	palette    symbology.Palette
	look       look
	roads      *Roads
	cells      *Cells
	classes    []int8 // of each square: index in fills, or noClass
	fills      []classFill
	breaks     []float64
	people     *symbology.Style // that squares without a result are coloured by, nil for one colour
	changes    *changes         // of a map of changes
	discs      []disc           // of a ranking
	layers     []shownLayer
	places     []place
	names      []name
	routes     []orb.LineString
	selected   []orb.Geometry
	closed     []orb.LineString // roads that somebody tries to close
	focus      Focus
	bases      []shownBasemap
	styled     map[string]*rowLook // layers of service places that have a style of their own
	peopleLook *rowLook            // of the squares, nil for their own look
	texts      *textMasks
	grounds    *grounds
}

// classFill is how the squares of a class are painted; hatch has alpha 0 for no lines on them.
type classFill struct{ fill, hatch symbology.Colour }

// noClass is the class of squares that are not drawn.
const noClass = -2

// look is how strongly each of the scene's own parts is drawn, 0 for not at all.
type look struct {
	roads, cells, border float64
}

// shownLayer is a visible extra layer with its style completed.
type shownLayer struct {
	*VectorLayer
	colours []symbology.Colour // of the classes, and last that of what is in none
	style   symbology.Style
	kind    symbology.Kind
	opacity float64
}

// NewScene prepares a map. Without prepared Roads and Cells it takes about 0.3 s for a large kommun, with them about a
// millisecond.
func NewScene(in SceneInput) *Scene {
	if in.Snapshot == nil {
		in.Snapshot = &model.Snapshot{}
	}
	if in.Printer == nil {
		in.Printer = i18n.For(i18n.Swedish)
	}
	s := &Scene{in: in, palette: symbology.PaletteOf(in.Theme), roads: in.Roads, cells: in.Cells, texts: new(textMasks), grounds: new(grounds)}
	if s.roads == nil {
		s.roads = PrepareRoads(in.Snapshot.Roads)
	}
	if s.cells == nil {
		s.cells = PrepareCells(in.Snapshot.Cells)
	}
	s.look = look{
		roads:  roleOpacity(in.Layers, model.RoleRoads),
		cells:  roleOpacity(in.Layers, model.RolePopulation),
		border: roleOpacity(in.Layers, model.RoleArea),
	}
	s.gatherBasemaps()
	s.gatherRowStyles()
	s.classify()
	for i := range in.Extra {
		s.addLayer(&in.Extra[i])
	}
	s.places = gatherPlaces(s)
	s.gatherDiscs()
	s.names = gatherNames(s)
	return s
}

// streamWidth is how wide the lines of streams are, in reference pixels.
const streamWidth = 1.1

// addLayer takes up an extra layer if it is visible.
func (s *Scene) addLayer(l *VectorLayer) {
	if !l.Layer.Visible {
		return
	}
	style, err := symbology.ParseStyle(l.Layer.Style)
	if err != nil {
		style = symbology.Style{} // a foreign or damaged style: the layer is shown in its kind's own
	}
	if style.Kind == "" {
		style.Kind = symbology.KindOf(l.Layer)
	}
	if g := l.Layer.Geometry; style.Kind == symbology.WaterKind && style.Width == 0 && (g == model.LineStringType || g == model.MultiLineStringType) {
		style.Width = streamWidth
	}
	shown := shownLayer{VectorLayer: l, style: style.Complete(s.in.Theme), kind: style.Kind, opacity: layerOpacity(l.Layer)}
	shown.colours = slices.Clone(shown.style.ClassColours(s.in.Theme))
	if shown.kind == symbology.GroundKind && len(shown.colours) == 0 {
		shown.colours = symbology.GroundColours(s.in.Theme)
	}
	rest := *shown.style.Fill
	switch {
	case shown.kind == symbology.ClassKind && !shown.style.Classed():
		rest = symbology.UnreachableFill(s.in.Theme)
	case shown.style.Classed():
		rest = symbology.OtherColour(s.in.Theme)
	case shown.kind == symbology.LineKind:
		rest = *shown.style.Stroke
	}
	shown.colours = append(shown.colours, rest)
	s.layers = append(s.layers, shown)
}

// layerOpacity is a layer's opacity, 0 where it is hidden.
func layerOpacity(l model.Layer) float64 {
	switch {
	case !l.Visible:
		return 0
	case l.Opacity <= 0 || l.Opacity > 1:
		return 1
	}
	return l.Opacity
}

// roleOpacity is that of the most visible layer of a role, 1 where none is listed.
func roleOpacity(layers []model.Layer, role model.Role) float64 {
	opacity, listed := 0.0, false
	for _, l := range layers {
		if l.Role == role {
			opacity, listed = max(opacity, layerOpacity(l)), true
		}
	}
	if !listed {
		return 1
	}
	return opacity
}

// classify gives every square its class by the comparison, else by the result.
func (s *Scene) classify() {
	s.classes = make([]int8, len(s.cells.ids))
	switch {
	case s.in.Comparison != nil:
		s.classifyChanges(s.in.Comparison)
	case s.in.Result != nil:
		s.classifyCosts(s.in.Result)
	case s.peopleLook != nil:
		s.classifyRows()
	default:
		s.classifyPeople()
	}
}

// classifyPeople gives every inhabited square its class by its people, where the layer of squares is styled so.
func (s *Scene) classifyPeople() {
	s.fills = []classFill{{fill: s.palette.People}}
	for _, l := range s.in.Layers {
		style, err := symbology.ParseStyle(l.Style)
		if l.Role == model.RolePopulation && l.Visible && err == nil && style.Classed() && len(style.Categories) == 0 {
			s.people, s.fills = &style, nil
			for _, c := range style.ClassColours(s.in.Theme) {
				s.fills = append(s.fills, classFill{fill: c})
			}
			break
		}
	}
	for i, people := range s.cells.people {
		switch {
		case people <= 0:
			s.classes[i] = noClass
		case s.people != nil:
			s.classes[i] = int8(symbology.Classify(s.people.Breaks, float64(people)))
		}
	}
}

// classifyCosts gives every square its class by its cost; the last class is that of the unreachable.
func (s *Scene) classifyCosts(r *model.Result) {
	s.breaks = r.Query.Bands
	if len(s.breaks) == 0 {
		s.breaks = model.DefaultBands(r.Query.Impedance)
	}
	for _, c := range symbology.Ramp(len(s.breaks)+1, s.in.Theme) {
		s.fills = append(s.fills, classFill{fill: c})
	}
	unreachable := len(s.fills)
	s.fills = append(s.fills, classFill{symbology.UnreachableFill(s.in.Theme), symbology.UnreachableHatch(s.in.Theme)})
	byID := make(map[string]int, len(r.Cells))
	for i := range r.Cells {
		byID[r.Cells[i].Cell] = i
	}
	for i, id := range s.cells.ids {
		s.classes[i] = noClass
		if k, ok := byID[id]; ok {
			class := symbology.Classify(s.breaks, r.Cells[k].Cost)
			if class == symbology.Unreachable {
				class = unreachable
			}
			s.classes[i] = int8(class)
		}
	}
}

// Bounds gives the world rectangle of what the map is about: the border, but the squares where the border takes in far
// more than they do, as that of a kommun at the sea; without either the roads, or the places.
func (s *Scene) Bounds() orb.Bound {
	var squares orb.Bound
	if len(s.cells.boxes) > 0 {
		squares = s.cells.insideBounds()
	}
	if border := s.in.Snapshot.Border; len(border) > 0 {
		if b := border.Bound(); extent(squares) == 0 || extent(b) < 2*extent(squares) {
			return b
		}
	}
	if extent(squares) > 0 {
		return squares
	}
	if extent(s.roads.bounds) > 0 {
		return s.roads.bounds
	}
	var b orb.Bound
	for i, p := range s.places {
		if i == 0 {
			b = p.at.Bound()
		}
		b = b.Extend(p.at)
	}
	return b
}

// extent is the area of a rectangle.
func extent(b orb.Bound) float64 { return (b.Max[0] - b.Min[0]) * (b.Max[1] - b.Min[1]) }

// Mark gives the words that every picture of a fictional kommun carries, "" for a real one.
func (s *Scene) Mark() string {
	if !s.in.Snapshot.Kommun.Fictional {
		return ""
	}
	return s.in.Printer.T("map.fictional")
}
