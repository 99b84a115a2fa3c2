package session

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/project"
	"nabar/model/role"
)

// PlaceDraft is a service place as a user describes it: one row of a layer for each of its services.
type PlaceDraft struct {
	Types []string          // ServiceType.ID
	At    orb.Point         // SWEREF 99 TM
	Facts map[string]string // by the part of role.PlaceFacts; what is left out is unknown
	Layer string            // of service places that it shall be in; "" for the usual one
}

// PlaceReport is what became of a service place.
type PlaceReport struct {
	Name    string
	Layer   string
	Places  []model.Facility // its services, as the project has them now; none where it was removed
	Road    PlaceRoad
	Columns []string       // that the layer got for it
	Broken  []i18n.Message // what refers to services that are no longer there
}

// AddPlace adds a service place as one undoable step. The layer gets the columns that it lacks for what is told; a project without
// a layer of service places gets one. One that can't be is refused with a Problem, and the project stays as it was.
func (s *Session) AddPlace(ctx context.Context, d PlaceDraft) (PlaceReport, error) {
	e, err := s.newPlaceEdit(ctx)
	if err != nil {
		return PlaceReport{}, err
	}
	facts, err := e.sound(d.Types, d.At, d.Facts)
	if err != nil {
		return PlaceReport{}, err
	}
	name := facts[model.PartName]
	if name == "" {
		return PlaceReport{}, i18n.Errorf("spot.no_name")
	}
	if err := e.choose(ctx, d); err != nil {
		return PlaceReport{}, err
	}
	for _, f := range e.base.Facilities {
		if f.Layer == e.layer.Name && f.Name == name && slices.Contains(d.Types, f.Type) && apart(f.At, d.At) < samePlace {
			return PlaceReport{}, i18n.Errorf("spot.twice", name, s.ServiceLabel(ctx, f.Type))
		}
	}
	var rows []int64
	err = s.edit(ctx, i18n.M("spot.step_add", name), func(tx *project.Tx) (err error) {
		rows, err = e.add(tx, d, facts)
		return err
	})
	if err != nil {
		return PlaceReport{}, err
	}
	return e.report(ctx, name, rows)
}

// add writes the rows of a new place and gives their ids.
func (e *placeEdit) add(tx *project.Tx, d PlaceDraft, facts map[string]string) (rows []int64, err error) {
	if err := e.prepare(tx, d.Types, facts); err != nil {
		return nil, err
	}
	for _, t := range d.Types {
		f := model.Feature{Values: make([]any, len(e.layer.Fields))}
		if err := e.write(&f, t, &d.At, facts); err != nil {
			return nil, err
		}
		if err := e.insert(tx, &f); err != nil {
			return nil, err
		}
		rows = append(rows, f.ID)
	}
	return rows, e.follow(tx, facts)
}

// samePlace is how near each other in metres two rows of one name are for being one business, whose services are edited together.
const samePlace = 1

// apart is how far two points are from each other, in metres.
func apart(a, b orb.Point) float64 { return math.Hypot(a[0]-b[0], a[1]-b[1]) }

// placeEdit is an edit of service places under way.
type placeEdit struct {
	s       *Session
	base    *model.Snapshot
	types   []model.ServiceType
	layer   model.Layer
	fresh   bool // the layer is made by the edit
	rows    []model.Feature
	word    map[string]string // of a type in the layer's rows
	columns []string
	taken   func(id string) bool
}

// newPlaceEdit reads what every edit needs.
func (s *Session) newPlaceEdit(ctx context.Context) (*placeEdit, error) {
	base, err := s.Snapshot(ctx, nil)
	if err != nil {
		return nil, err
	}
	all, err := s.Scenarios(ctx)
	if err != nil {
		return nil, err
	}
	return &placeEdit{s: s, base: base, types: base.Types, taken: takenIDs(base, all)}, nil
}

// sound cleans what is told of a place, and refuses what can't be.
func (e *placeEdit) sound(types []string, at orb.Point, told map[string]string) (map[string]string, error) {
	if len(types) == 0 {
		return nil, i18n.Errorf("spot.no_type", e.typeList())
	}
	for i, id := range types {
		if !slices.ContainsFunc(e.types, func(t model.ServiceType) bool { return t.ID == id }) {
			return nil, i18n.Errorf("spot.unknown_type", id, e.typeList())
		}
		if slices.Contains(types[:i], id) {
			return nil, i18n.Errorf("spot.type_twice", id)
		}
	}
	if !crs.Extent().Contains(at) { // NaN is nowhere
		return nil, i18n.Errorf("spot.outside")
	}
	facts := map[string]string{}
	for _, part := range slices.Sorted(maps.Keys(told)) {
		fact, ok := role.FactOf(part)
		if !ok {
			return nil, i18n.Errorf("spot.no_fact", part)
		}
		clean, err := fact.Clean(told[part])
		if err != nil {
			return nil, err
		}
		facts[part] = clean
	}
	if from, to := facts[model.PartOpened], facts[model.PartClosed]; from != "" && to != "" && to < from {
		return nil, i18n.Errorf("spot.backward", i18n.Date(to), i18n.Date(from))
	}
	return facts, nil
}

// typeList names the service types that there are by their ids.
func (e *placeEdit) typeList() string {
	ids := make([]string, len(e.types))
	for i, t := range e.types {
		ids[i] = t.ID
	}
	return strings.Join(ids, ", ")
}

// choose finds the layer that a new place belongs in: the one that is named, else the one with most places of its first type that
// can hold points. Where there is none the edit makes one.
func (e *placeEdit) choose(ctx context.Context, d PlaceDraft) error {
	layers, err := e.s.Layers(ctx)
	if err != nil {
		return err
	}
	if d.Layer != "" {
		l, err := e.s.layer(ctx, d.Layer)
		if err != nil {
			return err
		}
		if l.Role != model.RoleServices {
			return i18n.Errorf("spot.layer_role", l.Name)
		}
		return e.take(ctx, l)
	}
	if i := e.usual(layers, d.Types[0]); i >= 0 {
		return e.take(ctx, layers[i])
	}
	e.begin(layers)
	return nil
}

// usual is the layer with most places of a type among those that can hold points, -1 where there is none.
func (e *placeEdit) usual(layers []model.Layer, service string) int {
	best, most := -1, -1
	for i, l := range layers {
		if l.Role != model.RoleServices || !holdsPoints(l.Geometry) {
			continue
		}
		n := 0
		for k := range e.base.Facilities {
			if f := &e.base.Facilities[k]; f.Layer == l.Name && f.Type == service {
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	return best
}

// begin describes the layer that the edit makes.
func (e *placeEdit) begin(layers []model.Layer) {
	name := e.s.Printer().T("spot.layer")
	for n := 2; slices.ContainsFunc(layers, func(l model.Layer) bool { return strings.EqualFold(l.Name, name) }); n++ {
		name = fmt.Sprintf("%s %d", e.s.Printer().T("spot.layer"), n)
	}
	fields, mapping := role.PlaceLayer()
	e.fresh = true
	e.layer = model.Layer{
		Name: name, Role: model.RoleServices, Geometry: model.PointType, Fields: fields, Mapping: mapping, Visible: true, Opacity: 1,
		Source: model.Import{Date: time.Now().Format(time.DateOnly)},
	}
}

// holdsPoints tells whether a layer of a geometry can hold a point more. A table tells positions in columns.
func holdsPoints(g model.GeometryType) bool {
	return g == model.PointType || g == model.MultiPointType || g == model.AnyGeometry || g == model.NoGeometry
}

// take makes a layer the one that is edited.
func (e *placeEdit) take(ctx context.Context, l model.Layer) error {
	e.layer = l
	p, err := e.s.current()
	if err != nil {
		return err
	}
	return p.Features(ctx, l, func(f model.Feature) error {
		e.rows = append(e.rows, f)
		return nil
	})
}

// prepare makes the layer ready for rows that tell facts: it is made where there is none, and gets the columns that it lacks. What
// all rows had the same value of is then written into each.
func (e *placeEdit) prepare(tx *project.Tx, types []string, facts map[string]string) (err error) {
	if e.fresh {
		e.layer, err = tx.AddLayer(e.layer, func(func(model.Feature) error) error { return nil })
		return err
	}
	wanted := maps.Clone(facts)
	if len(types) == 1 {
		wanted[model.PartType] = types[0]
	} else if len(types) > 1 {
		wanted[model.PartType] = strings.Join(types, "+")
	}
	fields, parts := role.Missing(e.layer, wanted)
	if len(fields) == 0 {
		return nil
	}
	old := e.layer
	if e.layer, err = tx.AddColumns(old, fields...); err != nil {
		return err
	}
	e.layer.Mapping = maps.Clone(old.Mapping)
	if e.layer.Mapping == nil {
		e.layer.Mapping = model.Mapping{}
	}
	fixed := model.Mapping{}
	for i, part := range parts {
		column := e.layer.Fields[len(old.Fields)+i].Name
		e.columns = append(e.columns, column)
		if value, ok := strings.CutPrefix(old.Mapping[part], "="); ok {
			fixed[part] = value
		}
		e.layer.Mapping[part] = column
	}
	if err := tx.UpdateLayer(e.layer); err != nil {
		return err
	}
	return e.widen(tx, old, fixed)
}

// widen gives the rows that were read the layer's new columns, and writes what all of them had in common into these.
func (e *placeEdit) widen(tx *project.Tx, old model.Layer, fixed model.Mapping) error {
	for i := range e.rows {
		f := &e.rows[i]
		before := *f
		f.Values = append(slices.Clone(f.Values), make([]any, len(e.layer.Fields)-len(f.Values))...)
		for part, value := range fixed {
			if part == model.PartType {
				role.SetType(e.layer, f, value)
				continue
			}
			fact, _ := role.FactOf(part)
			if err := fact.Write(e.layer, f, fact.Read(old, &before)); err != nil {
				return err
			}
		}
		if len(fixed) > 0 {
			if err := tx.UpdateFeature(e.layer, f); err != nil {
				return err
			}
		}
	}
	return nil
}

// write puts type, position and facts into a row; "" and nil leave what it has.
func (e *placeEdit) write(f *model.Feature, service string, at *orb.Point, facts map[string]string) error {
	if service != "" {
		if e.word == nil {
			e.word = map[string]string{}
			for _, t := range e.types {
				e.word[t.ID] = role.TypeWord(e.layer, e.rows, e.types, t.ID)
			}
		}
		role.SetType(e.layer, f, e.word[service])
	}
	if at != nil {
		if e.layer.Geometry != model.NoGeometry {
			f.Geometry = *at
		}
		e.writePosition(f, *at)
	}
	for _, part := range slices.Sorted(maps.Keys(facts)) {
		fact, _ := role.FactOf(part)
		if err := fact.Write(e.layer, f, facts[part]); err != nil {
			return err
		}
	}
	return nil
}

// writePosition keeps the columns that also tell where a place lies in step with it: easting first or northing first, as the other
// rows have it. Where these hold something else the row's are emptied: they would say what is no longer so.
func (e *placeEdit) writePosition(f *model.Feature, at orb.Point) {
	x, y := fieldIndex(e.layer, model.PartEasting), fieldIndex(e.layer, model.PartNorthing)
	if x < 0 || y < 0 {
		return
	}
	first, second, known := at[0], at[1], e.layer.Geometry == model.NoGeometry
	for i := range e.rows {
		row := &e.rows[i]
		p, ok := row.Geometry.(orb.Point)
		a, errA := strconv.ParseFloat(strings.ReplaceAll(WriteValue(row.Values[x]), ",", "."), 64)
		b, errB := strconv.ParseFloat(strings.ReplaceAll(WriteValue(row.Values[y]), ",", "."), 64)
		if !ok || errA != nil || errB != nil {
			continue
		}
		switch {
		case apart(p, orb.Point{a, b}) < 1:
			known = true
		case apart(p, orb.Point{b, a}) < 1:
			first, second, known = at[1], at[0], true
		}
		break
	}
	for column, v := range map[int]float64{x: first, y: second} {
		switch t := e.layer.Fields[column].Type; {
		case !known:
			f.Values[column] = nil
		case t == model.Integer:
			f.Values[column] = int64(math.Round(v))
		case t == model.Real:
			f.Values[column] = v
		default:
			f.Values[column] = strconv.FormatFloat(v, 'f', -1, 64)
		}
	}
}

// insert adds a row with an id of its own where the layer has ids, and refuses one that the program could not read.
func (e *placeEdit) insert(tx *project.Tx, f *model.Feature) error {
	if err := tx.InsertFeature(e.layer, f); err != nil {
		return err
	}
	id := fmt.Sprintf("lokal-%d", f.ID)
	for n := 2; e.taken(id); n++ {
		id = fmt.Sprintf("lokal-%d-%d", f.ID, n)
	}
	if role.SetID(e.layer, f, id) {
		if err := tx.UpdateFeature(e.layer, f); err != nil {
			return err
		}
	}
	return e.readable(*f)
}

// readable refuses a row that the program could not read.
func (e *placeEdit) readable(f model.Feature) error {
	d, err := role.NewFacilityDecoder(e.layer.Name, e.layer.Fields, e.layer.Mapping, e.types)
	if err != nil {
		return err
	}
	if _, why := d.Decode(f); why != nil {
		return i18n.Errorf("rows.unusable", e.layer.Name, *why)
	}
	return nil
}

// follow moves the day that the layer tells of to today where a date of the edit lies between the two: a place that closed yesterday
// is closed, also in a layer of last year.
func (e *placeEdit) follow(tx *project.Tx, facts map[string]string) error {
	today, of := time.Now().Format(time.DateOnly), e.layer.Source.Date
	for _, part := range []string{model.PartOpened, model.PartClosed} {
		if day := facts[part]; day != "" && day > of && day <= today {
			l := e.layer
			l.Source.Date = today
			return tx.UpdateLayer(l)
		}
	}
	return nil
}

// report tells how the places of some rows are now, and what refers to places that are gone.
func (e *placeEdit) report(ctx context.Context, name string, rows []int64) (PlaceReport, error) {
	out := PlaceReport{Name: name, Layer: e.layer.Name, Columns: e.columns}
	now, err := e.s.Snapshot(ctx, nil)
	if err != nil {
		return out, err
	}
	left := map[string]bool{}
	for i := range now.Facilities {
		f := &now.Facilities[i]
		left[f.ID] = true
		if f.Layer == e.layer.Name && slices.Contains(rows, f.FID) {
			out.Places = append(out.Places, *f)
		}
	}
	if len(out.Places) > 0 {
		find, err := e.s.RoadFinder(ctx)
		if err != nil {
			return out, err
		}
		out.Road = find(out.Places[0].At)
	}
	var gone []string
	for i := range e.base.Facilities {
		if id := e.base.Facilities[i].ID; !left[id] {
			gone = append(gone, id)
		}
	}
	uses, err := e.s.PlaceUses(ctx, gone...)
	out.Broken = slices.Concat(uses.Steps, uses.Entries)
	return out, err
}
