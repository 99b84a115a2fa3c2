package model_test

import (
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
)

func TestFitKeepsWhatItCannotTurn(t *testing.T) {
	point := orb.Point{1, 2}
	line := orb.LineString{{0, 0}, {1, 1}}
	area := orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}
	cases := []struct {
		name string
		in   orb.Geometry
		want model.GeometryType
		out  orb.Geometry
	}{
		{"point in points", point, model.MultiPointType, orb.MultiPoint{point}},
		{"line in lines", line, model.MultiLineStringType, orb.MultiLineString{line}},
		{"polygon in polygons", area, model.MultiPolygonType, orb.MultiPolygon{area}},
		{"one of points", orb.MultiPoint{point}, model.PointType, point},
		{"one of lines", orb.MultiLineString{line}, model.LineStringType, line},
		{"one of polygons", orb.MultiPolygon{area}, model.PolygonType, area},
		{"two of points", orb.MultiPoint{point, point}, model.PointType, orb.MultiPoint{point, point}},
		{"none of lines", orb.MultiLineString{}, model.LineStringType, orb.MultiLineString{}},
		{"another kind", point, model.PolygonType, point},
		{"any", line, model.AnyGeometry, line},
		{"none", nil, model.PointType, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := model.Fit(c.in, c.want)
			if (got == nil) != (c.out == nil) || got != nil && !orb.Equal(got, c.out) {
				t.Errorf("%v, want %v", got, c.out)
			}
			if got != nil && got.GeoJSONType() != c.out.GeoJSONType() {
				t.Errorf("%s, want %s", got.GeoJSONType(), c.out.GeoJSONType())
			}
		})
	}
}
