package session

import (
	"context"
	"maps"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
	"nabar/model/role"
)

// DemandSets are the weighted sums of people that the project holds, and which of them is the usual one.
func (s *Session) DemandSets(ctx context.Context) (model.DemandSets, error) {
	var sets model.DemandSets
	return sets, s.setting(ctx, project.SettingDemand, &sets)
}

// SetDemandSet adds a set or replaces the one of the same name, as one step. Every part must be a layer of
// population or a plain layer, with the column that is to count. Where usual is true, the set counts from now on where none is asked for.
func (s *Session) SetDemandSet(ctx context.Context, set model.DemandSet, usual bool) error {
	set.Name = strings.Join(strings.Fields(set.Name), " ")
	if err := set.Check(); err != nil {
		return err
	}
	layers, err := s.Layers(ctx)
	if err != nil {
		return err
	}
	for i := range set.Parts {
		layer, err := demandLayer(layers, set.Name, set.Parts[i])
		if err != nil {
			return err
		}
		set.Parts[i].Layer = layer.Name
	}
	return s.changeDemand(ctx, i18n.M("profile.step_demand", set.Name), func(d model.DemandSets) model.DemandSets {
		d = d.Put(set)
		if usual {
			d.Usual = set.Name
		} else if strings.EqualFold(d.Usual, set.Name) {
			d.Usual = ""
		}
		return d
	})
}

// RemoveDemandSet takes a set out of the project; undo brings it back.
func (s *Session) RemoveDemandSet(ctx context.Context, name string) error {
	set, err := s.demandSet(ctx, name)
	if err != nil {
		return err
	}
	return s.changeDemand(ctx, i18n.M("profile.step_demand_remove", set.Name), func(d model.DemandSets) model.DemandSets {
		return d.Without(set.Name)
	})
}

// changeDemand stores other sets as one step.
func (s *Session) changeDemand(ctx context.Context, step i18n.Message, change func(model.DemandSets) model.DemandSets) error {
	sets, err := s.DemandSets(ctx)
	if err != nil {
		return err
	}
	return s.edit(ctx, step, func(tx *project.Tx) error { return putDemand(tx, change(sets)) })
}

// putDemand stores the sets; no sets leave no trace.
func putDemand(tx *project.Tx, sets model.DemandSets) error {
	if len(sets.Sets) == 0 {
		return tx.SetSetting(project.SettingDemand, nil)
	}
	return tx.SetSetting(project.SettingDemand, sets)
}

// demandSet finds a set by its name, or a layer of people, which is a set of its own; else it names the sets that there are.
func (s *Session) demandSet(ctx context.Context, name string) (model.DemandSet, error) {
	sets, err := s.DemandSets(ctx)
	if err != nil {
		return model.DemandSet{}, err
	}
	if set, ok := sets.Find(name); ok {
		return set, nil
	}
	layers, err := s.Layers(ctx)
	if err != nil {
		return model.DemandSet{}, err
	}
	for _, l := range layers {
		if strings.EqualFold(l.Name, strings.TrimSpace(name)) && countsPeople(l) {
			return model.LayerSet(l.Name), nil
		}
	}
	if len(sets.Sets) == 0 {
		return model.DemandSet{}, i18n.Errorf("profile.demand_unknown", name)
	}
	names := make([]string, len(sets.Sets))
	for i := range sets.Sets {
		names[i] = sets.Sets[i].Name
	}
	return model.DemandSet{}, i18n.Errorf("profile.demand_unknown_of", name, strings.Join(names, ", "))
}

// demandLayer finds the layer of a part, and makes sure that it has the column.
func demandLayer(layers []model.Layer, set string, part model.DemandPart) (model.Layer, error) {
	var names []string
	for _, l := range layers {
		if l.Role != model.RolePopulation && l.Role != model.RoleLayer {
			continue
		}
		names = append(names, l.Name)
		if !strings.EqualFold(l.Name, strings.TrimSpace(part.Layer)) {
			continue
		}
		var columns []string
		for _, f := range l.Fields {
			columns = append(columns, f.Name)
		}
		switch {
		case part.Column != "" && columnNamed(l, part.Column) < 0:
			return l, i18n.Errorf("profile.demand_column", set, l.Name, part.Column, strings.Join(columns, ", "))
		case part.Column == "" && fieldIndex(l, model.PartPeople) < 0:
			return l, i18n.Errorf("profile.demand_which", set, l.Name, strings.Join(columns, ", "))
		}
		return l, nil
	}
	return model.Layer{}, i18n.Errorf("profile.demand_layer", set, part.Layer, strings.Join(names, ", "))
}

// pointSize is the side in metres of the square that stands for a point that is counted.
const pointSize = 100

// demandCells reads the squares of a set from the project.
func (l *loader) demandCells(ctx context.Context, set model.DemandSet) ([]model.Cell, error) {
	parts := make([]model.WeightedCells, len(set.Parts))
	for i, part := range set.Parts {
		layer, err := demandLayer(l.layers, set.Name, part)
		if err != nil {
			return nil, err
		}
		cells, err := l.cellsOf(ctx, layer, counted(layer, part.Column))
		if err != nil {
			return nil, err
		}
		for k := range cells {
			if cells[k].Size == 0 {
				cells[k].Size = pointSize
			}
		}
		parts[i] = model.WeightedCells{Layer: layer.Name, Weight: part.Weight, Cells: cells}
	}
	return model.SumCells(parts), nil
}

// counted is a layer's mapping with another column as its people. That column tells neither sex nor age.
func counted(layer model.Layer, column string) model.Mapping {
	if column == "" {
		return layer.Mapping
	}
	mapping := maps.Clone(layer.Mapping)
	if mapping == nil {
		mapping = model.Mapping{}
	}
	for part := range mapping {
		prefix, _, _ := strings.Cut(part, ":")
		switch prefix {
		case model.PartWomen, model.PartMen, model.PartAge, model.PartWomenA, model.PartMenA:
			delete(mapping, part)
		}
	}
	mapping[model.PartPeople] = layer.Fields[columnNamed(layer, column)].Name
	return mapping
}

// cellsOf reads the squares of a layer by a mapping.
func (l *loader) cellsOf(ctx context.Context, layer model.Layer, mapping model.Mapping) ([]model.Cell, error) {
	d, err := role.NewCellDecoder(layer.Fields, mapping)
	if err != nil {
		return nil, err
	}
	var out []model.Cell
	err = l.project.Features(ctx, layer, func(f model.Feature) error {
		if cell, why := d.Decode(f); why == nil {
			out = append(out, cell)
		}
		return nil
	})
	return out, err
}

// demandInput is a set as one of the inputs of a result.
func demandInput(set model.DemandSet, layers []model.Layer) model.InputRef {
	return model.InputRef{Layer: set.Name, Role: model.RoleDemand, SHA256: set.Checksum(model.RevisionsOf(layers))}
}

// followPeople lets the usual demand set count a new layer of population in place of the one that it retires, so that a new
// edition counts from now. Other sets keep the old one: they may be about that very edition.
func followPeople(tx *project.Tx, before []model.Layer, added model.Layer) error {
	var sets model.DemandSets
	if added.Role != model.RolePopulation {
		return nil
	}
	if _, err := tx.Setting(project.SettingDemand, &sets); err != nil {
		return err
	}
	usual, ok := sets.Find(sets.Usual)
	if !ok {
		return nil
	}
	alone := model.DemandSets{Sets: []model.DemandSet{usual}}
	for _, l := range before {
		if l.Role == model.RolePopulation {
			alone = alone.Renamed(l.Name, added.Name)
		}
	}
	return putDemand(tx, sets.Put(alone.Sets[0]))
}
