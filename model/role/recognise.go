package role

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format"
)

// Guess is what a layer seems to be.
type Guess struct {
	Role    model.Role
	Mapping model.Mapping
	Types   map[string]string // value in the type column → ServiceType.ID
	Reason  i18n.Message      // why it is taken so
	Sure    bool              // false: show it and ask
}

// recogniser looks for one role; false where the layer does not have it.
type recogniser func(format.LayerInfo, shape, []model.Feature, []model.ServiceType) (Guess, bool)

// Recognise tells what a layer is by its columns and its first rows. What resembles nothing is RoleLayer.
func Recognise(info format.LayerInfo, sample []model.Feature, types []model.ServiceType) Guess {
	kind := shapeOf(info, sample)
	for _, try := range []recogniser{squares, roads, services, areas} {
		if g, ok := try(info, kind, sample, types); ok {
			return g
		}
	}
	if kind.none {
		return Guess{Role: model.RoleLayer, Mapping: model.Mapping{}, Reason: i18n.M("import.guess_table")}
	}
	return Guess{Role: model.RoleLayer, Mapping: model.Mapping{}, Reason: i18n.M("import.guess_layer")}
}

// shape tells which kinds of geometry a layer has; none where it has no geometry at all.
type shape struct{ points, lines, polygons, none bool }

// shapeOf looks at the stated type, and where that says little at the rows.
func shapeOf(info format.LayerInfo, sample []model.Feature) shape {
	switch info.Geometry {
	case model.PointType, model.MultiPointType:
		return shape{points: true}
	case model.LineStringType, model.MultiLineStringType:
		return shape{lines: true}
	case model.PolygonType, model.MultiPolygonType:
		return shape{polygons: true}
	}
	var s shape
	for _, f := range sample {
		s.add(f.Geometry)
	}
	s.none = !s.points && !s.lines && !s.polygons
	return s
}

// add notes the kind of a geometry.
func (s *shape) add(g orb.Geometry) {
	switch g := g.(type) {
	case orb.Point, orb.MultiPoint:
		s.points = true
	case orb.LineString, orb.MultiLineString:
		s.lines = true
	case orb.Polygon, orb.MultiPolygon:
		s.polygons = true
	case orb.Collection:
		for _, part := range g {
			s.add(part)
		}
	}
}

// squares recognises population squares: an id of a square and a count of people.
func squares(info format.LayerInfo, kind shape, sample []model.Feature, _ []model.ServiceType) (Guess, bool) {
	if kind.lines {
		return Guess{}, false
	}
	m := cellMapping(info, sample)
	if m[model.PartCellID] == "" || m[model.PartPeople] == "" {
		return Guess{}, false
	}
	sure := idsParse(info, sample, m) || kind.polygons
	if !sure && kind.none {
		return Guess{}, false
	}
	return Guess{Role: model.RolePopulation, Mapping: m, Reason: i18n.M("import.guess_squares"), Sure: sure}, true
}

// cellMapping finds the columns of squares, and the side where no column tells it.
func cellMapping(info format.LayerInfo, sample []model.Feature) model.Mapping {
	m := match(info.Fields, cellParts)
	ages(info.Fields, m)
	if m[model.PartSize] == "" {
		if side := commonSide(info, sample, m); side > 0 {
			m[model.PartSize] = fmt.Sprintf("=%d", side)
		}
	}
	return m
}

// commonSide is the largest usual side that all the sample's ids are multiples of; 0 where no id can be read. One id
// alone can't tell: every sixteenth square of 250 m has an id that a kilometre square could have.
func commonSide(info format.LayerInfo, sample []model.Feature, m model.Mapping) int {
	i := findField(info.Fields, m[model.PartCellID])
	if i < 0 {
		return 0
	}
	side := 0.0
	for _, f := range sample {
		if i >= len(f.Values) {
			continue
		}
		if _, s, ok := parseCellID(text(f.Values[i])); ok && s > 0 && (side == 0 || s < side) {
			side = s
		}
	}
	return int(math.Round(side))
}

// idsParse tells whether most ids of the sample are ids of squares.
func idsParse(info format.LayerInfo, sample []model.Feature, m model.Mapping) bool {
	i := findField(info.Fields, m[model.PartCellID])
	good, all := 0, 0
	for _, f := range sample {
		if i < 0 || i >= len(f.Values) || f.Values[i] == nil {
			continue
		}
		all++
		if _, _, ok := parseCellID(text(f.Values[i])); ok {
			good++
		}
	}
	return all > 0 && 2*good > all
}

// nvdbTelling is how many columns of road data make it sure that they are NVDB's.
const nvdbTelling = 2

// roads recognises road networks.
func roads(info format.LayerInfo, kind shape, _ []model.Feature, _ []model.ServiceType) (Guess, bool) {
	if !kind.lines {
		return Guess{}, false
	}
	m := roadMapping(info)
	register := match(info.Fields, nvdbParts)
	switch {
	case len(register) >= nvdbTelling:
		return Guess{Role: model.RoleRoads, Mapping: m, Reason: i18n.M("import.guess_nvdb"), Sure: true}, true
	case m[model.PartHighway] != "":
		return Guess{Role: model.RoleRoads, Mapping: m, Reason: i18n.M("import.guess_osm_roads"), Sure: true}, true
	case len(register) == 1:
		return Guess{Role: model.RoleRoads, Mapping: m, Reason: i18n.M("import.guess_nvdb")}, true
	}
	return Guess{}, false
}

// roadMapping finds the columns of roads; a register's own come before tags.
func roadMapping(info format.LayerInfo) model.Mapping {
	m := match(info.Fields, osmRoadParts)
	maps.Copy(m, match(info.Fields, nvdbParts))
	return m
}

// services recognises service places: a column of service types of which the program knows at least one value.
func services(info format.LayerInfo, kind shape, sample []model.Feature, types []model.ServiceType) (Guess, bool) {
	if kind.lines {
		return Guess{}, false
	}
	m := serviceMapping(info, sample, types)
	placed := !kind.none || m[model.PartEasting] != "" && m[model.PartNorthing] != ""
	if m[model.PartType] == "" || !placed {
		return Guess{}, false
	}
	found, known, all := typesIn(info, sample, m, types)
	if known == 0 {
		return Guess{}, false
	}
	return Guess{
		Role: model.RoleServices, Mapping: m, Types: found,
		Reason: i18n.M("import.guess_services", m[model.PartType]), Sure: 2*known >= all,
	}, true
}

// serviceMapping finds the columns of service places.
func serviceMapping(info format.LayerInfo, sample []model.Feature, types []model.ServiceType) model.Mapping {
	m := match(info.Fields, serviceParts)
	dateOrder(info.Fields, m, sample)
	delete(m, model.PartType)
	delete(m, model.PartTypeMore)
	kind := typeColumn(info, sample, types)
	if kind == "" {
		return m
	}
	m[model.PartType] = kind
	shop, amenity := named(info.Fields, "shop"), named(info.Fields, "amenity")
	if isTag(kind) && shop != "" && amenity != "" { // what is a shop is told before what else it is
		m[model.PartType], m[model.PartTypeMore] = shop, amenity
	}
	return m
}

// typeColumn finds the column that names the service type: of those that may by their name, the one with the most known
// values. One that says so plainly is taken even if no value is known, so that its words can be listed.
func typeColumn(info format.LayerInfo, sample []model.Feature, types []model.ServiceType) string {
	best, most, plain := "", 0, true
	for _, p := range serviceParts {
		if p.part != model.PartType {
			continue
		}
		for _, f := range info.Fields {
			if !p.names.MatchString(fold(f.Name)) {
				continue
			}
			_, known, _ := typesIn(info, sample, model.Mapping{model.PartType: f.Name}, types)
			if known > most || best == "" && plain {
				best, most = f.Name, known
			}
		}
		plain = false
	}
	return best
}

// named gives the field of a folded name; "" for none.
func named(fields []model.Field, name string) string {
	for _, f := range fields {
		if fold(f.Name) == name {
			return f.Name
		}
	}
	return ""
}

// isTag tells whether a column is one of OpenStreetMap's two for services.
func isTag(column string) bool { return slices.Contains([]string{"amenity", "shop"}, fold(column)) }

// typesIn lists the type words of the sample and what they mean; known and all count rows.
func typesIn(info format.LayerInfo, sample []model.Feature, m model.Mapping, types []model.ServiceType) (found map[string]string, known, all int) {
	words := newTypeWords(types)
	found = map[string]string{}
	for _, f := range sample {
		row, hit := false, false
		for _, part := range []string{model.PartType, model.PartTypeMore} {
			i := findField(info.Fields, m[part])
			if m[part] == "" || i < 0 || i >= len(f.Values) {
				continue
			}
			word := text(f.Values[i])
			if word == "" {
				continue
			}
			row = true
			if id, ok := words.find(m[part], word); ok {
				found[word] = id
				hit = true
			}
		}
		if row {
			all++
		}
		if hit {
			known++
		}
	}
	return found, known, all
}

// areas recognises borders: polygons that carry the code or the name of a municipality.
func areas(info format.LayerInfo, kind shape, _ []model.Feature, _ []model.ServiceType) (Guess, bool) {
	if !kind.polygons {
		return Guess{}, false
	}
	m := match(info.Fields, areaParts)
	smaller := slices.ContainsFunc(info.Fields, func(f model.Field) bool { return smallerAreas.MatchString(fold(f.Name)) })
	if len(m) > 0 && !smaller {
		column := m[model.PartAreaCode]
		if column == "" {
			column = m[model.PartAreaName]
		}
		return Guess{Role: model.RoleArea, Mapping: m, Reason: i18n.M("import.guess_area", column), Sure: true}, true
	}
	if info.Features == 1 && !smaller {
		return Guess{Role: model.RoleArea, Mapping: m, Reason: i18n.M("import.guess_polygons")}, true
	}
	return Guess{}, false
}

// Complete maps the columns of a layer whose role has been told: what is given stays, the rest is found. A given column
// that is not there, and a layer that can't have the role, give a *i18n.Problem with what to do; the mapping as far as
// it was found comes with it.
func Complete(role model.Role, info format.LayerInfo, sample []model.Feature, given model.Mapping, types []model.ServiceType) (model.Mapping, error) {
	m := model.Mapping{}
	switch role {
	case model.RoleRoads:
		m = roadMapping(info)
	case model.RolePopulation:
		m = cellMapping(info, sample)
	case model.RoleServices:
		m = serviceMapping(info, sample, types)
	case model.RoleArea:
		m = match(info.Fields, areaParts)
	}
	for _, part := range slices.Sorted(maps.Keys(given)) {
		column := given[part]
		if !strings.HasPrefix(column, "=") {
			i := findField(info.Fields, column)
			if i < 0 {
				return m, i18n.Errorf("import.no_such_column", column)
			}
			column = info.Fields[i].Name
		}
		m[part] = column
	}
	if key := lacks(role, shapeOf(info, sample), m); key != "" {
		return m, i18n.Errorf(key, info.Name)
	}
	return m, nil
}

// lacks gives the key of what a layer needs for a role and does not have; nothing where all is there. A plain layer
// needs nothing: without positions it is a table.
func lacks(role model.Role, kind shape, m model.Mapping) string {
	placed := m[model.PartEasting] != "" && m[model.PartNorthing] != "" || m[model.PartWKT] != ""
	switch {
	case role == model.RoleRoads && !kind.lines:
		return "import.need_lines"
	case role == model.RolePopulation && m[model.PartPeople] == "":
		return "import.need_people"
	case role == model.RolePopulation && m[model.PartCellID] == "" && kind.none:
		return "import.need_place"
	case role == model.RoleServices && m[model.PartType] == "":
		return "import.need_type"
	case role == model.RoleServices && kind.none && !placed:
		return "import.need_position"
	case role == model.RoleArea && !kind.polygons:
		return "import.need_polygons"
	}
	return ""
}
