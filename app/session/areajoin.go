package session

import (
	"context"
	"regexp"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/kommuner"
)

// kommunColumn is what a column with the kommun's code is called.
var kommunColumn = regexp.MustCompile(`(?i)^(?:kommun_?kod|kom_?kod|kommun|knkod|kod|kommunnr|mun_?code|municipality_?code|lau_?(?:code|id))$`)

// joinedAreas gives the areas of another layer the values that a table has for their kommun, such as its type.
func (s *Session) joinedAreas(ctx context.Context, layers []model.Layer, table model.Layer, column int, d *divided) ([]model.Area, error) {
	values, err := s.byKommun(ctx, table, column)
	if err != nil {
		return nil, err
	}
	areas, codes, err := s.kommunLayer(ctx, layers, values)
	if err != nil {
		return nil, err
	}
	if codes < 0 {
		return nil, i18n.Errorf("areas.no_kommun_layer", table.Name)
	}
	d.by = append(d.by, division(areas, table.Fields[column].Name, table))
	untold := map[string]bool{}
	out, err := s.merged(ctx, areas, func(f model.Feature) (string, bool) {
		code := kommuner.Pad(cellText(f, codes))
		if values[code] == "" {
			untold[code] = true
		}
		return values[code], true
	})
	if len(untold) > 0 {
		d.remarks = append(d.remarks, i18n.M("areas.untold", len(untold), table.Name))
	}
	return out, err
}

// byKommun reads a table's values by the kommun's code. A kommun that has two different values is refused.
func (s *Session) byKommun(ctx context.Context, table model.Layer, column int) (map[string]string, error) {
	codes := fieldLike(table, kommunColumn)
	if codes < 0 || codes == column {
		return nil, i18n.Errorf("areas.table_no_codes", table.Name)
	}
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	err = p.Features(ctx, table, func(f model.Feature) error {
		code, value := kommuner.Pad(cellText(f, codes)), cellText(f, column)
		if before, known := values[code]; known && before != value {
			return i18n.Errorf("areas.table_twice", table.Name, code, before, value)
		}
		values[code] = value
		return nil
	})
	return values, err
}

// kommunLayer finds the layer of areas that fits a table's codes best, and its column with the kommun's code; -1 where
// none fits.
func (s *Session) kommunLayer(ctx context.Context, layers []model.Layer, values map[string]string) (best model.Layer, codes int, err error) {
	codes = -1
	most := 0
	for _, l := range layers {
		column := fieldIndex(l, model.PartAreaCode)
		if own := fieldLike(l, kommunColumn); own >= 0 {
			column = own
		}
		if column < 0 || !hasSurfaces(l) {
			continue
		}
		found := map[string]bool{}
		if err := s.eachShape(ctx, l, func(f model.Feature, _ orb.MultiPolygon) {
			if code := kommuner.Pad(cellText(f, column)); values[code] != "" {
				found[code] = true
			}
		}); err != nil {
			return best, -1, err
		}
		if len(found) > most {
			best, codes, most = l, column, len(found)
		}
	}
	return best, codes, nil
}

// smallColumn and builtColumn tell the layers of smaller and of built-up areas by their columns, smallName and builtName
// by their names.
var (
	smallColumn = regexp.MustCompile(`(?i)^sm[aå]ort`)
	builtColumn = regexp.MustCompile(`(?i)^t[aä]torts?(?:kod|_?code|bet)?$`)
	smallName   = regexp.MustCompile(`(?i)sm[aå]ort`)
	builtName   = regexp.MustCompile(`(?i)t[aä]tort`)
)

// settlements reads the layers of built-up areas and of smaller ones as an area each.
func (s *Session) settlements(ctx context.Context, layers []model.Layer, d *divided) ([]model.Area, error) {
	var out []model.Area
	for _, kind := range []struct {
		id           string
		column, name *regexp.Regexp
	}{{"tatort", builtColumn, builtName}, {"smaort", smallColumn, smallName}} {
		layer, found := settlementLayer(layers, kind.column, kind.name)
		if !found {
			return nil, i18n.Errorf("areas.no_settlements", i18n.M("areas.layer_"+kind.id))
		}
		area := model.Area{ID: kind.id, Name: s.Printer().T("areas." + kind.id)}
		if err := s.eachShape(ctx, layer, func(_ model.Feature, shape orb.MultiPolygon) { area.Shape = append(area.Shape, shape...) }); err != nil {
			return nil, err
		}
		out = append(out, area)
		d.by = append(d.by, division(layer, "", layer))
	}
	return out, nil
}

// settlementLayer finds the layer with a column, else the one with a name.
func settlementLayer(layers []model.Layer, column, name *regexp.Regexp) (model.Layer, bool) {
	for _, l := range layers {
		if hasSurfaces(l) && fieldLike(l, column) >= 0 {
			return l, true
		}
	}
	for _, l := range layers {
		if hasSurfaces(l) && name.MatchString(l.Name) {
			return l, true
		}
	}
	return model.Layer{}, false
}
