package shp

import (
	"iter"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
)

// survey is what must be known of the rows before the first one is written.
type survey struct {
	kind   kind
	fields []*field
	left   []string // names of columns that the format has no type for
	rows   int
}

// look goes through the rows once.
func look(layer model.Layer, rows iter.Seq2[model.Feature, error]) (*survey, error) {
	if layer.Geometry == model.NoGeometry {
		return nil, i18n.Errorf("export.shp_no_geometry", layer.Name)
	}
	s := &survey{kind: declared(layer.Geometry)}
	s.columns(layer)
	for f, err := range rows {
		if err != nil {
			return nil, err
		}
		s.rows++
		k, ok := kindOf(f.Geometry)
		if !ok || !s.join(k) {
			return nil, i18n.Errorf("export.shp_mixed", layer.Name, s.rows)
		}
		for _, column := range s.fields {
			column.measure(f)
		}
	}
	if size := int64(s.rows) * int64(s.width()); size > mostBytes {
		return nil, i18n.Errorf("export.shp_size", layer.Name)
	}
	return s, nil
}

// declared is the shape type of a layer's geometry; null where its rows decide.
func declared(g model.GeometryType) kind {
	switch g {
	case model.PointType:
		return point
	case model.MultiPointType:
		return multiPoint
	case model.LineStringType, model.MultiLineStringType:
		return polyLine
	case model.PolygonType, model.MultiPolygonType:
		return polygon
	}
	return null
}

// join takes up the shape type of a row; false where it cannot stand in one file with those before. Single points stand
// as collections of one where any row has several.
func (s *survey) join(k kind) bool {
	switch {
	case k == null || k == s.kind || (k == point && s.kind == multiPoint):
		return true
	case s.kind == null || (s.kind == point && k == multiPoint):
		s.kind = k
		return true
	}
	return false
}

// columns chooses the fields of the table. A table without any gets the rows' numbers: the format wants one.
func (s *survey) columns(layer model.Layer) {
	taken := map[string]bool{}
	for i, f := range layer.Fields {
		if f.Type == model.Blob || len(s.fields) == mostFields {
			s.left = append(s.left, f.Name)
			continue
		}
		name := shortName(f.Name, taken)
		s.fields = append(s.fields, newField(f, i, name))
	}
	if len(s.fields) == 0 {
		s.fields = []*field{newField(model.Field{Name: "id", Type: model.Integer}, -1, "id")}
	}
}

// width is the size of a row in bytes.
func (s *survey) width() int {
	n := 1
	for _, f := range s.fields {
		n += f.width
	}
	return n
}

// nameLength is the room for a column's name in bytes.
const nameLength = 10

// swedish writes the letters that names have in Swedish without their marks; the format's readers do not agree on others.
var swedish = strings.NewReplacer("å", "a", "ä", "a", "ö", "o", "Å", "A", "Ä", "A", "Ö", "O", "é", "e", "É", "E", "ü", "u", "Ü", "U")

// shortName makes a name of at most ten letters, digits and underscores that no other column has, whatever its case.
func shortName(name string, taken map[string]bool) string {
	clean := strings.Map(func(r rune) rune {
		if r < 0x80 && (r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') {
			return r
		}
		return '_'
	}, swedish.Replace(name))
	if clean == "" || clean[0] == '_' || (clean[0] >= '0' && clean[0] <= '9') {
		clean = "f" + clean
	}
	short := clean[:min(len(clean), nameLength)]
	for n := 1; taken[strings.ToLower(short)]; n++ {
		end := "_" + strconv.Itoa(n)
		short = clean[:min(len(clean), nameLength-len(end))] + end
	}
	taken[strings.ToLower(short)] = true
	return short
}

// remarks tell of names and texts that were shortened and of columns that were left out.
func (s *survey) remarks(layer string) []i18n.Message {
	var out []i18n.Message
	var renamed []string
	for _, f := range s.fields {
		if f.short != f.name {
			renamed = append(renamed, f.name+" → "+f.short)
		}
	}
	if len(renamed) > 0 {
		out = append(out, i18n.M("export.shp_renamed", strings.Join(renamed, ", ")))
	}
	for _, f := range s.fields {
		if f.cut > 0 {
			out = append(out, i18n.M("export.shp_cut", f.name, f.cut, mostText))
		}
	}
	if len(s.left) > 0 {
		out = append(out, i18n.M("export.shp_left", layer, strings.Join(s.left, ", ")))
	}
	return out
}
