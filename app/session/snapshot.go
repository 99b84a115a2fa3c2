package session

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
	"nabar/model/role"
)

// cache holds what was made from the project for as long as the project is as it was: it is keyed by the revisions
// of the layers and the settings that count, and is thrown away as soon as these differ.
type cache struct {
	key      string
	snapshot *model.Snapshot
	prepared *access.Prepared
	variants map[string]*variant // by what tells them apart
	uses     int64               // of variants
	scenes   sceneCache
	figures  figureCache

	swift chan struct{} // closed when the faster search is ready, or can't be
}

// Snapshot is all that an analysis reads, as the project is now.
func (s *Session) Snapshot(ctx context.Context, progress model.Progress) (*model.Snapshot, error) {
	l, err := s.newLoader(ctx, progress)
	if err != nil {
		return nil, err
	}
	p, key := l.project, l.key()
	s.mu.Lock()
	if s.project == p && s.cache.key == key {
		snapshot := s.cache.snapshot
		s.mu.Unlock()
		return snapshot, nil
	}
	s.mu.Unlock()
	snapshot, err := l.load(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.project == p {
		s.cache = cache{key: key, snapshot: snapshot}
	}
	return snapshot, nil
}

// prepared is the network and the snapped points of the project as it is now.
func (s *Session) prepared(ctx context.Context, progress model.Progress) (*access.Prepared, error) {
	progress = orSilent(progress)
	snapshot, err := s.Snapshot(ctx, part(progress, 0, 0.4))
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	if s.cache.snapshot == snapshot && s.cache.prepared != nil {
		prepared := s.cache.prepared
		s.mu.Unlock()
		return prepared, nil
	}
	s.mu.Unlock()
	prepared, err := access.Prepare(ctx, snapshot, part(progress, 0.4, 1))
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cache.snapshot == snapshot {
		s.cache.prepared = prepared
		s.cache.swift = s.accelerate(s.project, prepared)
	}
	return prepared, nil
}

// loader reads a snapshot from the project.
type loader struct {
	s        *Session
	project  *project.Project
	progress model.Progress
	layers   []model.Layer
	params   model.Params
	types    []model.ServiceType
	profiles []model.Profile
	demand   model.DemandSets
	ids      map[string]bool
	out      *model.Snapshot
}

// newLoader makes a loader of the open project, which has read the settings.
func (s *Session) newLoader(ctx context.Context, progress model.Progress) (*loader, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	l := &loader{s: s, project: p, progress: orSilent(progress)}
	return l, l.settings(ctx)
}

// settings reads what decides whether a cached snapshot still holds.
func (l *loader) settings(ctx context.Context) (err error) {
	if l.layers, err = l.project.Layers(ctx); err != nil {
		return err
	}
	if l.params, err = l.s.Params(ctx); err != nil {
		return err
	}
	if l.types, err = l.s.ServiceTypes(ctx); err != nil {
		return err
	}
	if l.profiles, err = l.s.Profiles(ctx); err != nil {
		return err
	}
	l.demand, err = l.s.DemandSets(ctx)
	return err
}

// key identifies the inputs: another key, another snapshot.
func (l *loader) key() string {
	var b strings.Builder
	for _, layer := range l.layers {
		if l.reader(layer.Role) != nil {
			fmt.Fprintf(&b, "%d %q %s %d %v;", layer.ID, layer.Name, layer.Role, layer.Revision, layer.Mapping)
		}
	}
	var usual model.InputRef
	if set, ok := l.demand.Find(l.demand.Usual); ok {
		usual = demandInput(set, l.layers)
	}
	rest, _ := json.Marshal(struct { // plain data: can't fail
		K model.Kommun
		P model.Params
		T []model.ServiceType
		W []model.Profile
		D model.InputRef
	}{l.project.Kommun(), l.params, l.types, l.profiles, usual})
	b.Write(rest)
	return b.String()
}

// load reads every layer that has a part in the figures.
func (l *loader) load(ctx context.Context) (*model.Snapshot, error) {
	l.ids = map[string]bool{}
	l.out = &model.Snapshot{Kommun: l.project.Kommun(), Roads: &model.RoadSet{}, Types: l.types, Params: l.params}
	kept := l.keptRoads(ctx)
	for i, layer := range l.layers {
		read := l.reader(layer.Role)
		if read == nil {
			continue
		}
		l.progress(i18n.M("session.progress_load", layer.Name), share(i, len(l.layers)))
		if !kept || layer.Role != model.RoleRoads {
			if err := read(ctx, layer); err != nil {
				return nil, err
			}
		}
		l.out.Inputs = append(l.out.Inputs, model.InputRef{
			Layer: layer.Name, Role: layer.Role, Source: layer.Source.File,
			SHA256: layer.Source.SHA256, Revision: layer.Revision, Edition: layer.Source.Edition,
		})
	}
	if !kept {
		l.keepRoads()
	}
	if err := l.usual(ctx); err != nil {
		return nil, err
	}
	clip(l.out.Border, l.out.Cells)
	return l.out, nil
}

// usual makes the squares those of the usual demand set and the car the project's own, where it has such.
func (l *loader) usual(ctx context.Context) (err error) {
	if set, ok := l.demand.Find(l.demand.Usual); ok {
		if l.out.Cells, err = l.demandCells(ctx, set); err != nil {
			return err
		}
		l.out.Inputs = append(l.out.Inputs, demandInput(set, l.layers))
	}
	if l.out.Profile = car(l.profiles); l.out.Profile != nil {
		l.out.Inputs = append(l.out.Inputs, l.s.profileInput(l.out.Profile))
	}
	return nil
}

// reader gives the function that reads a layer of a role; nil for roles without a part in the figures.
func (l *loader) reader(r model.Role) func(context.Context, model.Layer) error {
	switch r {
	case model.RoleRoads:
		return l.roads
	case model.RolePopulation:
		return l.cells
	case model.RoleServices:
		return l.facilities
	case model.RoleArea:
		return l.area
	}
	return nil
}

// roads reads the road network.
func (l *loader) roads(ctx context.Context, layer model.Layer) error {
	d, err := role.NewRoadDecoder(layer.Fields, layer.Mapping)
	if err != nil {
		return err
	}
	l.out.Roads.Begin(layer.Name)
	return l.project.Features(ctx, layer, func(f model.Feature) error {
		roads, _ := d.Decode(f) // rows that no road comes of were listed at import
		for _, road := range roads {
			l.out.Roads.Add(road)
		}
		return nil
	})
}

// cells reads the squares.
func (l *loader) cells(ctx context.Context, layer model.Layer) error {
	if _, ok := l.demand.Find(l.demand.Usual); ok {
		return nil // see usual
	}
	cells, err := l.cellsOf(ctx, layer, layer.Mapping)
	l.out.Cells = append(l.out.Cells, cells...)
	return err
}

// facilities reads a layer of service places. An id that another layer has already is told apart by the layer's name.
func (l *loader) facilities(ctx context.Context, layer model.Layer) error {
	d, err := role.NewFacilityDecoder(layer.Name, layer.Fields, layer.Mapping, l.types)
	if err != nil {
		return err
	}
	return l.project.Features(ctx, layer, func(f model.Feature) error {
		facility, why := d.Decode(f)
		if why != nil {
			return nil
		}
		if l.ids[facility.ID] {
			facility.ID = fmt.Sprintf("%s (%s %d)", facility.ID, layer.Name, f.ID)
		}
		l.ids[facility.ID] = true
		facility.AsOf = layer.Source.Date
		l.out.Facilities = append(l.out.Facilities, facility)
		return nil
	})
}

// area reads the kommun's border: the polygons that carry its code, or those of a layer that names no codes at all
// and holds one polygon.
func (l *loader) area(ctx context.Context, layer model.Layer) error {
	column := fieldIndex(layer, model.PartAreaCode)
	if column < 0 && layer.Features != 1 {
		return nil
	}
	code := l.out.Kommun.Code
	var border orb.MultiPolygon
	err := l.project.Features(ctx, layer, func(f model.Feature) error {
		if column >= 0 && !sameCode(f.Values[column], code) {
			return nil
		}
		switch g := f.Geometry.(type) {
		case orb.Polygon:
			border = append(border, g)
		case orb.MultiPolygon:
			border = append(border, g...)
		}
		return nil
	})
	if len(border) > 0 {
		l.out.Border = border
	}
	return err
}

// fieldIndex is the index of the column that plays a part, -1 where none does.
func fieldIndex(layer model.Layer, part string) int {
	column, ok := layer.Mapping[part]
	if !ok {
		return -1
	}
	for i, f := range layer.Fields {
		if f.Name == column {
			return i
		}
	}
	return -1
}

// sameCode compares a kommun's code with a cell that may have lost its leading zero.
func sameCode(value any, code string) bool {
	text := strings.TrimSpace(fmt.Sprint(value))
	return strings.TrimLeft(text, "0") == strings.TrimLeft(code, "0")
}

// clip marks the squares that count: those with their centre in the border, or all where there is no border. Nothing
// is taken away: people and shops beyond the border stay in the analysis, they only don't count in its figures.
func clip(border orb.MultiPolygon, cells []model.Cell) {
	bound := border.Bound()
	for i := range cells {
		c := &cells[i]
		c.Inside = len(border) == 0 || (bound.Contains(c.Centre) && planar.MultiPolygonContains(border, c.Centre))
	}
}
