package session

import (
	"context"
	"slices"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
	"nabar/model/role"
)

// PlaceChange is what changes of a service place.
type PlaceChange struct {
	Types []string          // that it has from now on; nil for those that it has
	At    *orb.Point        // nil for where it is
	Facts map[string]string // by the part of role.PlaceFacts; those that are not named stay
	Alone bool              // the one service alone, not all of the business
}

// PlaceServices are the services of the business that a facility belongs to: those of the same name in the same layer within a
// metre of each other, as indices in the snapshot, in its order. A facility without a name stands alone.
func PlaceServices(snapshot *model.Snapshot, id string) (out []int) {
	i := slices.IndexFunc(snapshot.Facilities, func(f model.Facility) bool { return f.ID == id })
	if i < 0 {
		return nil
	}
	f := &snapshot.Facilities[i]
	for k := range snapshot.Facilities {
		o := &snapshot.Facilities[k]
		if k == i || f.Name != "" && o.Layer == f.Layer && o.Name == f.Name && apart(o.At, f.At) < samePlace {
			out = append(out, k)
		}
	}
	return out
}

// PlaceFacts is what the row of a facility tells, by the part of role.PlaceFacts.
func (s *Session) PlaceFacts(ctx context.Context, id string) (map[string]string, error) {
	e, err := s.newPlaceEdit(ctx)
	if err != nil {
		return nil, err
	}
	f, err := e.facility(id)
	if err != nil {
		return nil, err
	}
	l, err := s.layer(ctx, f.Layer)
	if err != nil {
		return nil, err
	}
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	row, err := p.Feature(ctx, l, f.FID)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, fact := range role.PlaceFacts() {
		out[fact.Part] = fact.Read(l, &row)
	}
	return out, nil
}

// facility finds a facility by its id.
func (e *placeEdit) facility(id string) (*model.Facility, error) {
	i := slices.IndexFunc(e.base.Facilities, func(f model.Facility) bool { return f.ID == id })
	if i < 0 {
		return nil, i18n.Errorf("spot.unknown", id)
	}
	return &e.base.Facilities[i], nil
}

// EditPlace changes the service place that a facility belongs to as one undoable step. A type that it did not have becomes a service
// more, or takes the place of one that it no longer has; that keeps its id.
func (s *Session) EditPlace(ctx context.Context, id string, c PlaceChange) (PlaceReport, error) {
	step := "spot.step_edit"
	if c.At != nil && c.Types == nil && len(c.Facts) == 0 {
		step = "spot.step_move"
	}
	e, first, group, err := s.openPlace(ctx, id, c.Alone)
	if err != nil {
		return PlaceReport{}, err
	}
	facts, err := e.soundChange(first, group, c)
	if err != nil {
		return PlaceReport{}, err
	}
	name := first.Name
	if told, ok := facts[model.PartName]; ok {
		name = told
	}
	var rows []int64
	err = s.edit(ctx, i18n.M(step, first.Name), func(tx *project.Tx) error {
		if err := e.prepare(tx, c.Types, facts); err != nil {
			return err
		}
		rows, err = e.apply(tx, group, c, facts)
		if err != nil {
			return err
		}
		return e.follow(tx, facts)
	})
	if err != nil {
		return PlaceReport{}, err
	}
	return e.report(ctx, name, rows)
}

// soundChange cleans what changes, and refuses what can't be.
func (e *placeEdit) soundChange(first *model.Facility, group []*model.Facility, c PlaceChange) (map[string]string, error) {
	at, types := first.At, c.Types
	if c.At != nil {
		at = *c.At
	}
	if types == nil {
		have := make([]string, len(group))
		for i, f := range group {
			have[i] = f.Type
		}
		types = dedupe(have)
	}
	facts, err := e.sound(types, at, c.Facts)
	if err != nil {
		return nil, err
	}
	if told, ok := facts[model.PartName]; ok && told == "" {
		return nil, i18n.Errorf("spot.no_name")
	}
	return facts, e.datesHold(group, facts)
}

// dedupe is a list without what it holds twice.
func dedupe(list []string) (out []string) {
	for _, v := range list {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// openPlace reads the services that an edit is about, the one that is named and those that go with it, and their layer.
func (s *Session) openPlace(ctx context.Context, id string, alone bool) (e *placeEdit, first *model.Facility, group []*model.Facility, err error) {
	if e, err = s.newPlaceEdit(ctx); err != nil {
		return nil, nil, nil, err
	}
	if first, err = e.facility(id); err != nil {
		return nil, nil, nil, err
	}
	group = []*model.Facility{first}
	if !alone {
		group = nil
		for _, i := range PlaceServices(e.base, id) {
			group = append(group, &e.base.Facilities[i])
		}
	}
	l, err := s.layer(ctx, first.Layer)
	if err != nil {
		return nil, nil, nil, err
	}
	return e, first, group, e.take(ctx, l)
}

// datesHold refuses an edit after which a service would close before it opens.
func (e *placeEdit) datesHold(group []*model.Facility, facts map[string]string) error {
	for _, f := range group {
		from, to := f.Opened, f.Closed
		if told, ok := facts[model.PartOpened]; ok {
			from = told
		}
		if told, ok := facts[model.PartClosed]; ok {
			to = told
		}
		if from != "" && to != "" && to < from {
			return i18n.Errorf("spot.backward", i18n.Date(to), i18n.Date(from))
		}
	}
	return nil
}

// apply writes an edit into the rows of a business and gives those that it has then.
func (e *placeEdit) apply(tx *project.Tx, group []*model.Facility, c PlaceChange, facts map[string]string) (rows []int64, err error) {
	more := slices.DeleteFunc(slices.Clone(c.Types), func(t string) bool {
		return slices.ContainsFunc(group, func(f *model.Facility) bool { return f.Type == t })
	})
	var pattern model.Feature // what a service more is told like
	for _, f := range group {
		row, err := e.row(f.FID)
		if err != nil {
			return nil, err
		}
		service := ""
		if c.Types != nil && !slices.Contains(c.Types, f.Type) {
			if len(more) == 0 {
				if err := e.remove(tx, f); err != nil {
					return nil, err
				}
				continue
			}
			service, more = more[0], more[1:]
		}
		if err := e.rewrite(tx, row, service, c.At, facts); err != nil {
			return nil, err
		}
		rows, pattern = append(rows, row.ID), *row
	}
	for _, service := range more {
		id, err := e.another(tx, pattern, service)
		if err != nil {
			return nil, err
		}
		rows = append(rows, id)
	}
	return rows, e.keepIDs(tx)
}

// rewrite changes a row, and refuses one that the program could not read afterwards.
func (e *placeEdit) rewrite(tx *project.Tx, row *model.Feature, service string, at *orb.Point, facts map[string]string) error {
	if err := e.write(row, service, at, facts); err != nil {
		return err
	}
	if err := tx.UpdateFeature(e.layer, row); err != nil {
		return err
	}
	return e.readable(*row)
}

// another adds a row like another one, of another service: what was told of the form, the range and the capacity held for the old one.
func (e *placeEdit) another(tx *project.Tx, pattern model.Feature, service string) (int64, error) {
	f := model.Feature{Geometry: pattern.Geometry, Values: slices.Clone(pattern.Values)}
	own := map[string]string{}
	for _, part := range []string{model.PartForm, model.PartFullRange, model.PartCapacity} {
		if fieldIndex(e.layer, part) >= 0 {
			own[part] = ""
		}
	}
	if err := e.write(&f, service, nil, own); err != nil {
		return 0, err
	}
	err := e.insert(tx, &f)
	return f.ID, err
}

// row is a row of the layer that was read.
func (e *placeEdit) row(fid int64) (*model.Feature, error) {
	i := slices.IndexFunc(e.rows, func(f model.Feature) bool { return f.ID == fid })
	if i < 0 {
		return nil, i18n.Errorf("project.no_feature", e.layer.Name, fid)
	}
	return &e.rows[i], nil
}

// remove takes the row of a facility out of the layer.
func (e *placeEdit) remove(tx *project.Tx, f *model.Facility) error {
	e.rows = slices.DeleteFunc(e.rows, func(row model.Feature) bool { return row.ID == f.FID })
	return tx.DeleteFeature(e.layer, f.FID)
}

// keepIDs lets every facility that is left keep its id. Rows of one id are told apart by numbers in their order, so that one that
// goes would hand its id on to the next: that is then written down as it was.
func (e *placeEdit) keepIDs(tx *project.Tx) error {
	d, err := role.NewFacilityDecoder(e.layer.Name, e.layer.Fields, e.layer.Mapping, e.types)
	if err != nil {
		return err
	}
	was := map[int64]string{}
	for i := range e.base.Facilities {
		if f := &e.base.Facilities[i]; f.Layer == e.layer.Name {
			was[f.FID] = f.ID
		}
	}
	for i := range e.rows {
		f := &e.rows[i]
		facility, why := d.Decode(*f)
		old, known := was[f.ID]
		if why != nil || !known || facility.ID == old || !role.SetID(e.layer, f, old) {
			continue
		}
		if err := tx.UpdateFeature(e.layer, f); err != nil {
			return err
		}
	}
	return nil
}

// RemovePlace takes the service place that a facility belongs to out of the project as one undoable step, or the one service alone.
// What refers to it stays, and is told.
func (s *Session) RemovePlace(ctx context.Context, id string, alone bool) (PlaceReport, error) {
	e, first, group, err := s.openPlace(ctx, id, alone)
	if err != nil {
		return PlaceReport{}, err
	}
	err = s.edit(ctx, i18n.M("spot.step_remove", first.Name), func(tx *project.Tx) error {
		for _, f := range group {
			if err := e.remove(tx, f); err != nil {
				return err
			}
		}
		return e.keepIDs(tx)
	})
	if err != nil {
		return PlaceReport{}, err
	}
	return e.report(ctx, first.Name, nil)
}
