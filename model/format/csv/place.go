package csv

import (
	"context"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format"
	"nabar/model/format/table"
)

// placer makes the geometry of a row.
type placer struct {
	at     table.Place
	names  []string
	kind   model.GeometryType
	swap   bool      // well-known text with northing first
	inside crs.CRS   // positions must lie in or near Sweden when taken as of this system; zero for no such test
	area   orb.Bound // that area, in project metres
}

// margin is how far outside Sweden's box a position may lie before it is taken for a mistake: shops in the
// neighbouring countries count.
const margin = 300_000

// locate finds where the table holds its positions, and finishes the layer's description.
func (s *source) locate(ctx context.Context, opt format.Options) error {
	at, err := s.findPlace(opt)
	if err != nil {
		return err
	}
	told, isTold, err := layerCRS(opt)
	if err != nil {
		return err
	}
	s.place = placer{at: at, names: s.layout.names}
	s.info.Warnings = append(s.info.Warnings, at.Warnings...)
	s.info.Coordinates = at.Coordinates(s.columns)
	s.info.CRS, s.info.CRSKnown, s.info.Bounds = at.CRS, at.CRSKnown, at.Bounds
	switch {
	case at.WKT >= 0:
		if err := s.locateTexts(ctx); err != nil {
			return err
		}
	case at.HasPoint():
		s.info.Geometry = model.PointType
	default:
		return nil
	}
	if isTold {
		s.info.CRS, s.info.CRSKnown = told, true
	}
	if !s.info.CRSKnown {
		s.info.CRSTold = true
		s.warn(guessed(s.info.CRS))
	}
	s.guard()
	return nil
}

// guessed is the warning that the system is not known, with the likeliest one where there is one.
func guessed(likely crs.CRS) i18n.Message {
	if likely.IsZero() {
		return i18n.M("table.crs_unknown")
	}
	return i18n.M("table.crs_likely", likely.Name(), likely.String())
}

// guard sets the area that rows must lie in: only where the table as a whole lies in Sweden.
func (s *source) guard() {
	for _, g := range crs.Guess(s.info.Bounds) {
		if g == s.info.CRS {
			s.place.inside, s.place.area = g, crs.Extent().Pad(margin)
		}
	}
}

// findPlace takes the columns that the user named, or looks for them.
func (s *source) findPlace(opt format.Options) (table.Place, error) {
	var index [3]int
	for i, part := range []string{model.PartEasting, model.PartNorthing, model.PartWKT} {
		index[i] = -1
		name := opt.Mapping[part]
		if name == "" {
			continue
		}
		if index[i] = s.columnIndex(name); index[i] < 0 {
			return table.Place{}, i18n.Errorf("table.no_such_column", name, strings.Join(s.layout.names, ", "))
		}
	}
	x, y, wkt := index[0], index[1], index[2]
	switch {
	case wkt >= 0 || (x >= 0 && y >= 0):
		return table.LocateAs(s.columns, x, y, wkt), nil
	case x >= 0 || y >= 0:
		return table.Place{}, i18n.Errorf("table.one_coordinate")
	}
	return table.Locate(s.columns), nil
}

// columnIndex finds a column by its name, letter case aside where no name is exactly the same.
func (s *source) columnIndex(name string) int {
	for i, n := range s.layout.names {
		if n == name {
			return i
		}
	}
	for i, n := range s.layout.names {
		if strings.EqualFold(n, name) {
			return i
		}
	}
	return -1
}

// locateTexts reads all well-known text once, for the geometry type, the bounds and the system.
func (s *source) locateTexts(ctx context.Context) error {
	var kinds table.Kinds
	var told crs.CRS
	dropped, sameSystem := 0, true
	err := s.rows(ctx, func(r row) error {
		if r.line < s.layout.first || r.blank || !r.fault.IsZero() || table.IsNull(r.cells[s.place.at.WKT]) {
			return nil
		}
		w, why := table.ParseWKT(r.cells[s.place.at.WKT])
		if !why.IsZero() {
			return nil
		}
		kinds.Add(w.Geometry)
		if w.Dropped {
			dropped++
		}
		if w.SRID != 0 {
			c, _ := crs.ByEPSG(w.SRID)
			sameSystem = sameSystem && (told.IsZero() || told == c)
			told = c
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.info.Geometry, s.info.Bounds, s.place.kind = kinds.Type(), kinds.Bounds(), kinds.Type()
	if dropped > 0 {
		s.warn(i18n.M("table.heights_dropped", dropped))
	}
	s.textSystem(told, sameSystem)
	return nil
}

// textSystem settles the system of well-known text: told in the text itself, or found from the bounds, in this order of
// axes or the other.
func (s *source) textSystem(told crs.CRS, same bool) {
	if !told.IsZero() && same {
		s.info.CRS, s.info.CRSKnown = told, true
		return
	}
	b := s.info.Bounds
	s.info.CRS, s.info.CRSKnown = table.System(b, crs.CRS{})
	if !same {
		s.info.CRSKnown = false
	}
	if s.info.CRS.IsZero() && len(crs.GuessSwapped(b)) > 0 {
		s.place.swap = true
		s.info.Bounds = orb.Bound{Min: orb.Point{b.Min[1], b.Min[0]}, Max: orb.Point{b.Max[1], b.Max[0]}}
		s.info.CRS, s.info.CRSKnown = table.System(s.info.Bounds, crs.CRS{})
		s.info.Coordinates.Sure = false
		s.warn(i18n.M("table.wkt_swapped"))
	}
}

// geometry makes the geometry of a row, or says why it has none. A table without positions gives nil.
func (p *placer) geometry(cells []string) (orb.Geometry, i18n.Message) {
	switch {
	case p.at.WKT >= 0:
		return p.text(cells[p.at.WKT])
	case p.at.HasPoint():
		return p.point(cells[p.at.X], cells[p.at.Y])
	}
	return nil, i18n.Message{}
}

// text reads well-known text.
func (p *placer) text(cell string) (orb.Geometry, i18n.Message) {
	if table.IsNull(cell) {
		return nil, i18n.M("table.no_position", p.names[p.at.WKT])
	}
	w, why := table.ParseWKT(cell)
	if !why.IsZero() {
		return nil, why
	}
	if w.Geometry == nil {
		return nil, i18n.M("table.no_position", p.names[p.at.WKT])
	}
	if p.swap {
		w.Geometry = table.SwapAxes(w.Geometry)
	}
	return model.Fit(w.Geometry, p.kind), i18n.Message{}
}

// point reads a pair of coordinates.
func (p *placer) point(xCell, yCell string) (orb.Geometry, i18n.Message) {
	xName, yName := p.names[p.at.X], p.names[p.at.Y]
	for _, c := range [2][2]string{{xCell, xName}, {yCell, yName}} {
		if table.IsNull(c[0]) {
			return nil, i18n.M("table.no_position", c[1])
		}
	}
	x, okX := table.ParseNumber(xCell)
	y, okY := table.ParseNumber(yCell)
	if !okX {
		return nil, i18n.M("table.bad_coordinate", xName, table.Clip(xCell))
	}
	if !okY {
		return nil, i18n.M("table.bad_coordinate", yName, table.Clip(yCell))
	}
	at := orb.Point{x.Real, y.Real}
	if at == (orb.Point{}) {
		return nil, i18n.M("table.zero_position", xName, yName)
	}
	if !p.inside.IsZero() && !p.area.Contains(p.inside.ToProject(at)) {
		if p.area.Contains(p.inside.ToProject(orb.Point{at[1], at[0]})) {
			return nil, i18n.M("table.row_swapped", xName, yName)
		}
		return nil, i18n.M("table.far_position", xName, yName, plain(at[0]), plain(at[1]), p.inside.Name())
	}
	return at, i18n.Message{}
}

// plain writes a coordinate as it would stand in a file.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
