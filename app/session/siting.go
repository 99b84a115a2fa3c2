package session

import (
	"context"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/analysis/locate"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
	"nabar/model/symbology"
)

// Parts of a LocateQuery and its answer.
type (
	LocateSpot  = locate.Spot
	LocateSite  = locate.Site
	LocatePlace = locate.Place
	LocateLoad  = locate.Load
)

// AllPlaces names all places that are there in LocateQuery.Movable.
const AllPlaces = locate.AllPlaces

// FewNames writes the first of some names out and counts the others.
func FewNames(names []string) i18n.Message {
	const most = 8
	if len(names) <= most+1 {
		return i18n.Plain(strings.Join(names, ", "))
	}
	return i18n.M("more.names", i18n.Plain(strings.Join(names[:most], ", ")), len(names)-most)
}

// What LocateSpots understands beside layers and positions.
const (
	AtNodes = "nodes" // every node: no list of spots
	AtTowns = "towns" // every ort
)

// townLayer is what a layer of orter is called.
var townLayer = regexp.MustCompile(`(?i)tätort|tatort|småort|smaort|\borter\b`)

// LocateSpots lists the positions that a text names: AtNodes for none, which means every node; AtTowns for the orter of
// the layers of tätorter and småorter that the project's roads come to, or, without such layers, the post towns of the
// service places; the name of a layer of points or areas, of which the middle is taken; or positions "E,N;E,N" in SWEREF 99 TM. What names nothing gives a
// Problem.
func (s *Session) LocateSpots(ctx context.Context, text string) ([]LocateSpot, error) {
	text = strings.TrimSpace(text)
	switch strings.ToLower(text) {
	case "", AtNodes, "noder":
		return nil, nil
	case AtTowns, "orter":
		return s.towns(ctx)
	}
	if spots, ok := positions(text); ok {
		return spots, nil
	}
	layer, err := s.layer(ctx, text)
	if err != nil {
		return nil, err
	}
	out, err := s.layerSpots(ctx, layer)
	if err == nil && len(out) == 0 {
		err = i18n.Errorf("siting.spots_none", layer.Name)
	}
	return out, err
}

// positions reads "E,N;E,N".
func positions(text string) (out []LocateSpot, ok bool) {
	for _, pair := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == ' ' }) {
		east, north, found := strings.Cut(pair, ",")
		e, errE := strconv.ParseFloat(east, 64)
		n, errN := strconv.ParseFloat(north, 64)
		if !found || errE != nil || errN != nil {
			return nil, false
		}
		out = append(out, LocateSpot{Name: pair, At: orb.Point{e, n}})
	}
	return out, len(out) > 0
}

// towns are the orter of the project, in the order of their names.
func (s *Session) towns(ctx context.Context) ([]LocateSpot, error) {
	layers, err := s.Layers(ctx)
	if err != nil {
		return nil, err
	}
	var out []LocateSpot
	for _, layer := range layers {
		if (layer.Role == model.RoleArea || layer.Role == model.RoleLayer) && townLayer.MatchString(layer.Name) {
			spots, err := s.nearSpots(ctx, layer)
			if err != nil {
				return nil, err
			}
			out = append(out, spots...)
		}
	}
	if len(out) == 0 {
		if out, err = s.postTowns(ctx); err != nil {
			return nil, err
		}
	}
	if len(out) == 0 {
		return nil, i18n.Errorf("siting.towns_none")
	}
	slices.SortStableFunc(out, func(a, b LocateSpot) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

// nearSpots are the spots of a layer, which may be of the whole country, that lie where the project's roads do.
func (s *Session) nearSpots(ctx context.Context, layer model.Layer) ([]LocateSpot, error) {
	spots, err := s.layerSpots(ctx, layer)
	if err != nil {
		return nil, err
	}
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil || snapshot.Roads == nil || snapshot.Roads.Len() == 0 {
		return spots, err
	}
	box := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for k := 0; k+1 < len(snapshot.Roads.XY); k += 2 {
		box = box.Extend(orb.Point{snapshot.Roads.XY[k], snapshot.Roads.XY[k+1]})
	}
	box = box.Pad(snapshot.Params.SnapLimit)
	return slices.DeleteFunc(spots, func(spot LocateSpot) bool { return !box.Contains(spot.At) }), nil
}

// postTowns are the post towns of the service places, each at the place of it that lies nearest the middle of them.
func (s *Session) postTowns(ctx context.Context) ([]LocateSpot, error) {
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		return nil, err
	}
	at := map[string]orb.MultiPoint{}
	var names []string
	for _, f := range snapshot.Facilities {
		if f.Town != "" {
			if at[f.Town] == nil {
				names = append(names, f.Town)
			}
			at[f.Town] = append(at[f.Town], f.At)
		}
	}
	var out []LocateSpot
	for _, name := range names {
		middle, _ := planar.CentroidArea(at[name])
		best := slices.MinFunc(at[name], func(a, b orb.Point) int {
			return compareFloats(planar.DistanceSquared(a, middle), planar.DistanceSquared(b, middle))
		})
		out = append(out, LocateSpot{Name: name, At: best})
	}
	return out, nil
}

// compareFloats orders numbers.
func compareFloats(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// layerSpots are the points of a layer, or the middles of its areas, with their names.
func (s *Session) layerSpots(ctx context.Context, layer model.Layer) ([]LocateSpot, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	_, name := areaColumns(layer)
	if layer.Role == model.RoleServices {
		name = fieldIndex(layer, model.PartName)
	}
	var out []LocateSpot
	err = p.Features(ctx, layer, func(f model.Feature) error {
		spot := LocateSpot{Name: cellText(f, name)}
		switch g := f.Geometry.(type) {
		case orb.Point:
			spot.At = g
		case orb.MultiPoint, orb.Polygon, orb.MultiPolygon:
			spot.At, _ = planar.CentroidArea(g)
		default:
			return nil
		}
		if spot.Name == "" {
			spot.Name = layer.Name + " " + strconv.FormatInt(f.ID, 10)
		}
		out = append(out, spot)
		return nil
	})
	return out, err
}

// SaveLocated keeps an answer as a scenario: the sites open, and what is given up closes. It changes the scenario that was
// asked about, or the project as it is. It is one step that can be undone.
func (s *Session) SaveLocated(ctx context.Context, r *LocateResult, name string) (scenario.Scenario, error) {
	sc := scenario.Scenario{Name: name}
	if strings.TrimSpace(name) == "" {
		return sc, i18n.Errorf("live.no_name")
	}
	if r.Scenario != "" && !scenario.IsBaseline(r.Scenario) {
		parent, err := s.Scenario(ctx, r.Scenario)
		if err != nil {
			return sc, err
		}
		sc.Parent = parent.ID
	}
	for _, place := range r.Given {
		for _, id := range place.IDs {
			sc.Steps = append(sc.Steps, scenario.Step{Modification: scenario.ClosePlace{ID: id}})
		}
	}
	for k, site := range r.Sites {
		open := scenario.OpenPlace{Types: []string{r.Service}, At: site.At, Name: site.Name}
		if open.Name == "" {
			open.Name = s.Printer().T("siting.new_place", k+1)
		}
		sc.Steps = append(sc.Steps, scenario.Step{Modification: open})
	}
	if len(sc.Steps) == 0 {
		return sc, i18n.Errorf("siting.no_change")
	}
	return s.AddScenario(ctx, sc)
}

// KeepSites keeps the new places of an answer as a layer of points with their numbers, for the map. name "" is one of the
// program's. It gives the layer's name.
func (s *Session) KeepSites(ctx context.Context, r *LocateResult, name string) (string, error) {
	p := s.Printer()
	if len(r.Sites) == 0 {
		return "", i18n.Errorf("siting.no_change")
	}
	if name = strings.TrimSpace(name); name == "" {
		name = p.T("siting.layer", s.ServiceLabel(ctx, r.Service))
	}
	colour := symbology.RGB(0xcc4a12)
	style := symbology.Style{Kind: symbology.PointKind, Fill: &colour, Size: 12, Label: p.T("siting.column.name")}
	layer := model.Layer{
		Name: name, Role: model.RoleResult, Geometry: model.PointType, Visible: true, Opacity: 1, Style: style.JSON(),
		Source: model.Import{
			CRS: "EPSG:3006", Date: time.Now().Format(time.DateOnly), Imported: len(r.Sites),
			Made: []string{p.T("siting.made", s.ServiceLabel(ctx, r.Service), i18n.M("siting.kind."+string(r.Objective)), p.Percent(r.Gap))},
		},
		Fields: []model.Field{
			{Name: p.T("siting.column.name"), Type: model.Text},
			{Name: p.T("siting.column.people"), Type: model.Integer},
		},
	}
	return s.keepMade(ctx, layer, func(yield func(model.Feature) error) error {
		for k, site := range r.Sites {
			name := site.Name
			if name == "" {
				name = p.T("siting.new_place", k+1)
			}
			if err := yield(model.Feature{ID: int64(k + 1), Geometry: site.At, Values: []any{name, int64(site.People)}}); err != nil {
				return err
			}
		}
		return nil
	})
}
