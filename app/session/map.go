package session

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/scenario"
	"nabar/model/symbology"
)

// SceneChoice is what the map shows: the choices of the toolbar.
type SceneChoice struct {
	Query model.Query // Service "" shows the project without a result
	Dark  bool
	// Comparison, where there is one, is shown in place of the result: the query is that of its B.
	Comparison *model.Comparison
	// Ranking, where there is one, is shown under the places.
	Ranking *model.Ranking
	// Live is set for the window's map, which is drawn again when tiles of basemaps come.
	Live bool
}

// sceneCache holds what all scenes of one snapshot share: the packed roads and squares, and the layers that are only
// shown.
type sceneCache struct {
	roads  *render.Roads
	cells  *render.Cells
	extra  map[string]render.VectorLayer // by layer and revision
	styled map[string]styledRows
}

// Scene is the map of the project as it is now with the stored result of a query, where there is one. Switching
// between services costs little: what the scenes share is prepared once. The places are those of the query's scenario and date.
func (s *Session) Scene(ctx context.Context, choice SceneChoice) (*render.Scene, error) {
	in, err := s.sceneInput(ctx)
	if err != nil {
		return nil, err
	}
	in.Theme = symbology.Light
	if choice.Dark {
		in.Theme = symbology.Dark
	}
	base := in.Snapshot
	if in.Snapshot, err = s.QuerySnapshot(ctx, choice.Query, nil); err != nil {
		return nil, err
	}
	if !sameCells(base, in.Snapshot) { // a demand set, or a scenario that changes the people
		in.Cells = render.PrepareCells(in.Snapshot.Cells)
	}
	if !scenario.IsBaseline(choice.Query.Scenario) {
		in.Planned = planned(base, in.Snapshot, choice.Query.Service)
	}
	in.Live = choice.Live
	in.Comparison, in.Ranking = choice.Comparison, choice.Ranking
	if c := choice.Comparison; c != nil {
		if err := s.addGone(ctx, &in, c); err != nil {
			return nil, err
		}
	}
	if choice.Query.Service != "" {
		in.Service = choice.Query.Service
		if in.Result, err = s.Stored(ctx, choice.Query); err != nil {
			return nil, err
		}
	}
	return render.NewScene(in), nil
}

// sameCells tells whether two snapshots share their squares.
func sameCells(a, b *model.Snapshot) bool {
	return len(a.Cells) == len(b.Cells) && (len(a.Cells) == 0 || &a.Cells[0] == &b.Cells[0])
}

// planned is what a scenario changes on the map of a service type, "" for all.
func planned(base, with *model.Snapshot, service string) *render.Planned {
	d := scenario.Differ(base, with)
	out := &render.Planned{Marks: map[string]render.Mark{}, New: d.New, Closed: d.Closed, Changed: d.Changed}
	marks := map[scenario.Placed]render.Mark{
		scenario.PlacedHere: render.NewMark, scenario.PlacedStop: render.StopMark, scenario.PlacedLocker: render.LockerMark,
	}
	for id, placed := range d.Placed {
		out.Marks[id] = marks[placed]
	}
	for i := range d.Shut {
		if service == "" || d.Shut[i].Type == service {
			out.Shut = append(out.Shut, d.Shut[i].At)
		}
	}
	for i := range d.Zones {
		if scenario.Serves(&d.Zones[i], service) {
			out.Zones = append(out.Zones, d.Zones[i].Area)
		}
	}
	return out
}

// addGone adds the squares that only A of a comparison has, behind those of B.
func (s *Session) addGone(ctx context.Context, in *render.SceneInput, c *model.Comparison) error {
	gone := map[string]bool{}
	for i := range c.Cells {
		if c.Cells[i].Kind == model.ShiftGone {
			gone[c.Cells[i].Cell] = true
		}
	}
	if len(gone) == 0 {
		return nil
	}
	before, err := s.QuerySnapshot(ctx, c.A.Query, nil)
	if err != nil {
		return err
	}
	both := *in.Snapshot
	both.Cells = slices.Clone(both.Cells)
	for i := range before.Cells {
		if gone[before.Cells[i].ID] {
			both.Cells = append(both.Cells, before.Cells[i])
		}
	}
	in.Snapshot, in.Cells = &both, render.PrepareCells(both.Cells)
	return nil
}

// sceneInput gathers what every scene of the project shows.
func (s *Session) sceneInput(ctx context.Context) (render.SceneInput, error) {
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		return render.SceneInput{}, err
	}
	layers, err := s.Layers(ctx)
	if err != nil {
		return render.SceneInput{}, err
	}
	bases, _, err := s.Basemaps(ctx)
	if err != nil {
		return render.SceneInput{}, err
	}
	roads, cells := s.sharedParts(snapshot)
	extra, err := s.extraLayers(ctx, snapshot, layers)
	if err != nil {
		return render.SceneInput{}, err
	}
	in := render.SceneInput{
		Snapshot: snapshot, Layers: layers, Extra: extra, Basemaps: bases, Printer: s.Printer(), Roads: roads, Cells: cells,
	}
	if err := s.addStyled(ctx, &in); err != nil {
		return render.SceneInput{}, err
	}
	in.Pins, in.HidePins, err = s.pins(ctx, layers)
	return in, err
}

// sharedParts are the packed roads and squares of a snapshot, made once.
func (s *Session) sharedParts(snapshot *model.Snapshot) (*render.Roads, *render.Cells) {
	s.mu.Lock()
	if s.cache.snapshot == snapshot && s.cache.scenes.roads != nil {
		defer s.mu.Unlock()
		return s.cache.scenes.roads, s.cache.scenes.cells
	}
	s.mu.Unlock()
	roads, cells := render.PrepareRoads(snapshot.Roads), render.PrepareCells(snapshot.Cells)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cache.snapshot == snapshot {
		s.cache.scenes.roads, s.cache.scenes.cells = roads, cells
	}
	return roads, cells
}

// extraLayers are the layers that are shown and have no part in the figures, in drawing order.
func (s *Session) extraLayers(ctx context.Context, snapshot *model.Snapshot, layers []model.Layer) ([]render.VectorLayer, error) {
	var out []render.VectorLayer
	for _, l := range layers {
		if l.Role != model.RoleLayer && l.Role != model.RoleArea && l.Role != model.RoleResult {
			continue
		}
		key := fmt.Sprintf("%d/%d/%s", l.ID, l.Revision, l.Style) // a style tells which columns are read
		s.mu.Lock()
		v, known := s.cache.scenes.extra[key]
		s.mu.Unlock()
		if !known {
			var err error
			if v, err = s.vectorLayer(ctx, l); err != nil {
				return nil, err
			}
			s.mu.Lock()
			if s.cache.snapshot == snapshot {
				if s.cache.scenes.extra == nil {
					s.cache.scenes.extra = map[string]render.VectorLayer{}
				}
				s.cache.scenes.extra[key] = v
			}
			s.mu.Unlock()
		}
		v.Layer = l
		if l.Role == model.RoleArea && isBorder(v, snapshot.Border) {
			continue // drawn as the border already
		}
		out = append(out, v)
	}
	return out, nil
}

// isBorder tells whether a layer holds nothing but the kommun's border.
func isBorder(v render.VectorLayer, border orb.MultiPolygon) bool {
	return len(border) > 0 && len(v.Geometries) > 0 && len(v.Geometries) <= len(border)
}

// vectorLayer reads a layer for showing: its geometries, and its names and their weight where it has such columns.
func (s *Session) vectorLayer(ctx context.Context, l model.Layer) (render.VectorLayer, error) {
	p, err := s.current()
	if err != nil {
		return render.VectorLayer{}, err
	}
	v := render.VectorLayer{Layer: l}
	style := s.StyleOf(l)
	name, weight, class := labelColumn(l, style), weightColumn(l), columnNamed(l, style.Column)
	size, ground := columnNamed(l, style.SizeBy), groundColumn(l, style)
	err = p.Features(ctx, l, func(f model.Feature) error {
		if f.Geometry == nil {
			return nil
		}
		v.Geometries = append(v.Geometries, f.Geometry)
		if name >= 0 {
			label := ""
			if f.Values[name] != nil {
				label = s.label(f.Values[name])
			}
			v.Labels = append(v.Labels, label)
		}
		if weight >= 0 {
			v.Ranks = append(v.Ranks, asNumber(f.Values[weight]))
		}
		switch {
		case ground >= 0:
			v.Classes = append(v.Classes, int(symbology.GroundOf(WriteValue(f.Values[ground]))))
		case class >= 0 && len(style.Categories) > 0:
			v.Classes = append(v.Classes, style.CategoryOf(WriteValue(f.Values[class])))
		case class >= 0:
			v.Values = append(v.Values, orNaN(f.Values[class]))
		}
		if size >= 0 {
			v.Sizes = append(v.Sizes, orNaN(f.Values[size]))
		}
		return nil
	})
	return v, err
}

// label writes a value as a name on the map: numbers as the session's language has them.
func (s *Session) label(v any) string {
	switch v := v.(type) {
	case int64:
		return s.Printer().Int(v)
	case float64:
		return s.Printer().Float(v, shortest(v))
	}
	return fmt.Sprint(v)
}

// shortest is how many decimals, at most three, a number needs.
func shortest(v float64) int {
	for decimals := range 3 {
		if scaled := v * math.Pow10(decimals); math.Abs(scaled-math.Round(scaled)) < 1e-6 {
			return decimals
		}
	}
	return 3
}

// labelColumn is the index of the column that names a layer's things, -1 where there is none: the style's, else one that is
// commonly called so.
func labelColumn(l model.Layer, style symbology.Style) int {
	switch style.Label {
	case symbology.NoLabel:
		return -1
	case "":
		if l.Role == model.RoleResult {
			return -1 // areas of a result lie around places that the map names already
		}
	default:
		return columnNamed(l, style.Label)
	}
	if i := fieldIndex(l, model.PartAreaName); i >= 0 {
		return i
	}
	if i := fieldIndex(l, model.PartName); i >= 0 {
		return i
	}
	return columnNamed(l, "namn", "name", "tatort", "ortnamn", "textstrang", "tatortsbeteckning")
}

// weightColumn is the index of the column that tells how important a name is, -1 where there is none.
func weightColumn(l model.Layer) int {
	if i := fieldIndex(l, model.PartPeople); i >= 0 {
		return i
	}
	return columnNamed(l, "bef", "befolkning", "population", "beftotalt")
}

// orNaN is a cell as a number, NaN where it is none.
func orNaN(v any) float64 {
	switch v.(type) {
	case int64, float64:
		return asNumber(v)
	}
	return math.NaN()
}

// columnNamed finds a column by any of several names, in any case.
func columnNamed(l model.Layer, names ...string) int {
	for _, name := range names {
		for i, f := range l.Fields {
			if strings.EqualFold(f.Name, name) {
				return i
			}
		}
	}
	return -1
}

// asNumber is a cell as a number, 0 where it is none.
func asNumber(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	}
	return 0
}

// Bounds is the part of the world that the project is about: its border, else all that it holds.
func (s *Session) Bounds(ctx context.Context) (orb.Bound, error) {
	in, err := s.sceneInput(ctx)
	if err != nil {
		return orb.Bound{}, err
	}
	return render.NewScene(in).Bounds(), nil
}
