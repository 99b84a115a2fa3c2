package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/internal/i18n"
	"nabar/model"
)

// layers makes the layers of the project in drawing order.
func (w *world) layers(p *i18n.Printer) []Layer {
	out := []Layer{
		w.areaLayer(), w.lakeLayer(), w.builtUpLayer(), w.populationLayer(), w.roadLayer(), w.serviceLayer(), w.placeLayer(),
	}
	for k := range out {
		l := &out[k]
		for i := range l.Features {
			l.Features[i].ID = int64(i + 1)
		}
		l.Def.Name = p.T("demo.layer." + l.Def.Name)
		l.Def.Features = len(l.Features)
		l.Def.Bounds = bounds(l.Features)
		l.Def.Visible, l.Def.Opacity, l.Def.Position, l.Def.Revision = true, 1, k, 1
		l.Def.Source = model.Import{
			File: p.T("demo.source", Name), Format: "demo", Layer: l.Def.Name, CRS: "EPSG:3006", Encoding: "utf-8",
			Date: "2026-01-12", Edition: Edition, Read: len(l.Features), Imported: len(l.Features),
		}
		l.Def.Source.SHA256, l.Def.Source.Size = identity(l.Features)
	}
	return out
}

func bounds(features []model.Feature) orb.Bound {
	b := features[0].Geometry.Bound()
	for _, f := range features[1:] {
		b = b.Union(f.Geometry.Bound())
	}
	return b
}

// identity is the SHA-256 and the length of the features written out, so that results can tell what they rest on.
func identity(features []model.Feature) (string, int64) {
	h := sha256.New()
	size := 0
	for _, f := range features {
		n, _ := fmt.Fprintf(h, "%d %v %v\n", f.ID, f.Geometry, f.Values) // a hash takes everything
		size += n
	}
	return hex.EncodeToString(h.Sum(nil)), int64(size)
}

func (w *world) areaLayer() Layer {
	return Layer{
		Def: model.Layer{
			Name: "area", Role: model.RoleArea, Geometry: model.PolygonType,
			Fields:  []model.Field{{Name: "kommunkod", Type: model.Text}, {Name: "kommunnamn", Type: model.Text}, {Name: "fiktiv", Type: model.Boolean}},
			Mapping: model.Mapping{model.PartAreaCode: "kommunkod", model.PartAreaName: "kommunnamn"},
		},
		Features: []model.Feature{{Geometry: orb.Polygon{w.border}, Values: []any{Code, Name, true}}},
	}
}

func (w *world) lakeLayer() Layer {
	l := Layer{Def: model.Layer{
		Name: "lakes", Role: model.RoleLayer, Geometry: model.PolygonType,
		Fields: []model.Field{{Name: "namn", Type: model.Text}, {Name: "area_ha", Type: model.Real}},
	}}
	for _, lake := range w.lakes {
		var name any
		if lake.name != "" {
			name = lake.name
		}
		l.Features = append(l.Features, model.Feature{Geometry: lake.area, Values: []any{name, hectares(lake.area)}})
	}
	return l
}

// hectares of an area, with one decimal.
func hectares(area orb.Polygon) float64 { return math.Round(planar.Area(area)/1000) / 10 }

func (w *world) builtUpLayer() Layer {
	l := Layer{Def: model.Layer{
		Name: "builtup", Role: model.RoleLayer, Geometry: model.PolygonType,
		Fields: []model.Field{
			{Name: "tatortskod", Type: model.Text},
			{Name: "tatort", Type: model.Text},
			{Name: "kommun", Type: model.Text},
			{Name: "kommunnamn", Type: model.Text},
			{Name: "bef", Type: model.Integer},
			{Name: "area_ha", Type: model.Real},
		},
	}}
	for k, s := range w.towns {
		code, kommun := Code, Name
		if s.outside {
			code, kommun = "9902", NeighbourName
		}
		area := orb.Polygon{w.land.outlineOf(s)}
		l.Features = append(l.Features, model.Feature{Geometry: area, Values: []any{
			fmt.Sprintf("%sTF%03d", code, 101+k), s.name, code, kommun, int64(s.people), hectares(area),
		}})
	}
	return l
}

// outlineOf draws the built-up area around the streets, up to the shore.
func (t *terrain) outlineOf(s *settlement) orb.Ring {
	var ring orb.Ring
	const corners = 64
	for k := range corners {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / corners)
		r := 100.0
		for most := s.reach(cos, sin) + 70; r < most; r += 20 {
			if t.wetness(orb.Point{s.centre[0] + (r+40)*cos, s.centre[1] + (r+40)*sin}) >= 0 {
				break
			}
		}
		ring = append(ring, orb.Point{s.centre[0] + r*cos, s.centre[1] + r*sin})
	}
	return simplifyRing(smoothRing(append(ring, ring[0]), 1), 6)
}

func (w *world) placeLayer() Layer {
	l := Layer{Def: model.Layer{
		Name: "places", Role: model.RoleLayer, Geometry: model.PointType,
		Fields: []model.Field{{Name: "ortnamn", Type: model.Text}, {Name: "typ", Type: model.Text}, {Name: "bef", Type: model.Integer}},
	}}
	add := func(at orb.Point, name, kind string, people int) {
		l.Features = append(l.Features, model.Feature{Geometry: at, Values: []any{name, kind, int64(people)}})
	}
	for _, s := range w.towns {
		kind := "tätort"
		if s.name == Name {
			kind = "centralort"
		}
		add(rounded(s.centre), s.name, kind, s.people)
	}
	for _, h := range w.hamlets {
		add(rounded(w.net.at[h.node]), h.name, "by", h.people)
	}
	add(rounded(w.net.at[w.isleNode]), islandName, "ö", islanders)
	return l
}

func rounded(p orb.Point) orb.Point {
	return orb.Point{math.Round(p[0]*100) / 100, math.Round(p[1]*100) / 100}
}

func (w *world) roadLayer() Layer {
	l := Layer{Def: model.Layer{
		Name: "roads", Role: model.RoleRoads, Geometry: model.LineStringType,
		Fields: []model.Field{
			{Name: "extlen", Type: model.Real},
			{Name: "f_hogst_225", Type: model.Integer},
			{Name: "b_hogst_225", Type: model.Integer},
			{Name: "klass_181", Type: model.Integer},
			{Name: "Farjeled", Type: model.Integer},
			{Name: "F_ForbjudenFardriktning", Type: model.Integer},
			{Name: "B_ForbjudenFardriktning", Type: model.Integer},
			{Name: "typ_41", Type: model.Integer},
		},
		Mapping: model.Mapping{
			model.PartLength: "extlen", model.PartSpeedForward: "f_hogst_225", model.PartSpeedBackward: "b_hogst_225",
			model.PartClass: "klass_181", model.PartFerry: "Farjeled", model.PartForbidForward: "F_ForbjudenFardriktning",
			model.PartForbidBack: "B_ForbjudenFardriktning", model.PartMotorway: "typ_41",
		},
	}}
	for _, e := range w.edges {
		flag := func(yes bool) int64 {
			if yes {
				return 1
			}
			return 0
		}
		t := e.traits
		l.Features = append(l.Features, model.Feature{Geometry: e.line, Values: []any{
			e.length, e.speedF, e.speedB, int64(t.class), flag(t.ferry), flag(t.oneway < 0), flag(t.oneway > 0), int64(0),
		}})
	}
	return l
}

func (w *world) populationLayer() Layer {
	l := Layer{Def: model.Layer{
		Name: "population", Role: model.RolePopulation, Geometry: model.PolygonType,
		Fields: []model.Field{
			{Name: "rutid_scb", Type: model.Text},
			{Name: "rutid_inspire", Type: model.Text},
			{Name: "rutstorl", Type: model.Integer},
			{Name: "beftotalt", Type: model.Integer},
			{Name: "kvinna", Type: model.Integer},
			{Name: "man", Type: model.Integer},
		},
		Mapping: model.Mapping{
			model.PartCellID: "rutid_scb", model.PartPeople: "beftotalt", model.PartWomen: "kvinna", model.PartMen: "man",
			model.PartSize: "rutstorl", model.PartDate: "referenstid",
		},
	}}
	for k := range ageClasses {
		column, part := fmt.Sprintf("ald%d_%d", 5*k, 5*k+5), fmt.Sprintf("%s:%d-%d", model.PartAge, 5*k, 5*k+4)
		if k == ageClasses-1 {
			column, part = "ald100w", model.PartAge+":100-"
		}
		l.Def.Fields = append(l.Def.Fields, model.Field{Name: column, Type: model.Integer})
		l.Def.Mapping[part] = column
	}
	l.Def.Fields = append(l.Def.Fields, model.Field{Name: "referenstid", Type: model.DateType})
	for i := range w.squares {
		l.Features = append(l.Features, w.squares[i].feature())
	}
	return l
}

// feature is the square as a row in SCB's columns.
func (s *square) feature() model.Feature {
	e, n := float64(s.e), float64(s.n)
	values := []any{
		fmt.Sprintf("%06d%07d", s.e, s.n), fmt.Sprintf("SE_CRS3006RES%dmN%dE%d", side, s.n, s.e), int64(side), int64(s.total()),
	}
	var women, men int
	ages := make([]any, ageClasses, ageClasses+1)
	for k := range ageClasses {
		women, men = women+s.women[k], men+s.men[k]
		ages[k] = int64(s.women[k] + s.men[k])
	}
	values = append(values, int64(women), int64(men))
	values = append(values, append(ages, Edition)...)
	return model.Feature{
		Geometry: orb.Polygon{{{e, n}, {e + side, n}, {e + side, n + side}, {e, n + side}, {e, n}}},
		Values:   values,
	}
}

func (w *world) serviceLayer() Layer {
	l := Layer{Def: model.Layer{
		Name: "services", Role: model.RoleServices, Geometry: model.PointType,
		Mapping: model.Mapping{
			model.PartType: "Servicetyp", model.PartForm: "Serviceform", model.PartID: "Serviceplatsid", model.PartChain: "Huvudman",
			model.PartName: "Namn", model.PartAddress: "Adress", model.PartPostcode: "Postnummer", model.PartPostTown: "Postort",
			model.PartMunicipal: "Kommun", model.PartSupport: "Stöd", model.PartEasting: "X", model.PartNorthing: "Y",
			model.PartHours: "Öppettider", model.PartOpened: "Öppnad", model.PartClosed: "Stängd",
			model.PartStaffed: "Bemannad", model.PartFullRange: "Fullsortiment",
		},
	}}
	for _, name := range []string{
		"Servicetyp", "Serviceform", "Serviceplatsid", "Huvudman", "Namn", "Adress", "Postnummer", "Postort", "Kommun", "Län", "Stöd",
	} {
		l.Def.Fields = append(l.Def.Fields, model.Field{Name: name, Type: model.Text})
	}
	l.Def.Fields = append(l.Def.Fields,
		model.Field{Name: "X", Type: model.Real}, model.Field{Name: "Y", Type: model.Real}, model.Field{Name: "Öppettider", Type: model.Text},
		model.Field{Name: "Öppnad", Type: model.DateType}, model.Field{Name: "Stängd", Type: model.DateType},
		model.Field{Name: "Bemannad", Type: model.Boolean}, model.Field{Name: "Fullsortiment", Type: model.Boolean})
	for _, s := range w.shops {
		l.Features = append(l.Features, s.feature())
	}
	return l
}

// feature is the service as a row in the columns of a Pipos export and our own after them.
func (s service) feature() model.Feature {
	var closed, fullRange any
	if s.closed != "" {
		closed = s.closed
	}
	if s.kind == groceries {
		fullRange = s.fullRange
	}
	support := "Nej"
	if s.support {
		support = "Ja"
	}
	return model.Feature{Geometry: s.at, Values: []any{
		s.kind, s.form, s.id, s.chain, s.name, s.address, s.postcode, s.town, s.kommun, "Fiktiva län", support,
		s.at[0], s.at[1], s.hours, s.opened, closed, !s.unstaffed, fullRange,
	}}
}
