package render

import (
	"github.com/paulmach/orb"

	"nabar/model/symbology"
)

// Planned is what a scenario changes that the map tells of: the marks of its places, and its roads and zones.
type Planned struct {
	Marks   map[string]Mark    // by id of the facility
	Shut    []orb.Point        // places that close
	New     []orb.LineString   // roads that are built
	Closed  []orb.LineString   // roads that close and ferries that don't run
	Changed []orb.LineString   // roads with another speed or other directions
	Zones   []orb.MultiPolygon // where goods are brought home
}

// Mark tells what a place is in a scenario.
type Mark uint8

// The marks; the greater one is shown where a symbol stands for several facilities.
const (
	NoMark     Mark = iota
	NewMark         // opened or moved here: a ring
	LockerMark      // a parcel locker: a square
	StopMark        // a stop of a mobile shop: a broken ring
)

// The marks of a scenario, in reference pixels.
const (
	markGap      = 4.0 // from the symbol to its mark
	markWidth    = 2.0
	newRoadWidth = 3.4
	zoneWidth    = 1.6
	zoneFill     = 0.13
	shutSize     = 11.0
)

var (
	stopDash    = []float64{3, 2.4}
	changedDash = []float64{2, 3}
	zoneDash    = []float64{6, 3}
)

// planColour is that of what a scenario adds.
func (s *Scene) planColour() symbology.Colour { return symbology.Planned(s.in.Theme) }

// addZones draws where goods are brought home.
func (s *Scene) addZones(p *picture) {
	if s.in.Planned == nil || len(s.in.Planned.Zones) == 0 {
		return
	}
	unit := p.view.unit()
	shaper := newShaper(p.view, 4*unit)
	var fill, line Path
	for _, zone := range s.in.Planned.Zones {
		for _, polygon := range zone {
			shaper.area(&fill, polygon)
			shaper.outline(&line, polygon)
		}
	}
	p.add(groupItem{"zones"})
	if !fill.Empty() {
		p.add(newPathItem(fill, Paint{Fill: s.planColour().Fade(zoneFill)}))
	}
	if !line.Empty() {
		p.add(newPathItem(line, Paint{Stroke: s.planColour(), Width: zoneWidth * unit, Dash: scaled(zoneDash, unit)}))
	}
	p.add(groupItem{})
}

// addPlannedRoads draws the roads that a scenario builds and changes; those that it closes are drawn as any that are closed.
func (s *Scene) addPlannedRoads(p *picture) {
	if s.in.Planned == nil {
		return
	}
	unit := p.view.unit()
	draw := func(group string, lines []orb.LineString, width float64, dash []float64) {
		shaper := newShaper(p.view, routeHalo*unit)
		var path Path
		for _, line := range lines {
			shaper.line(&path, line)
		}
		if path.Empty() {
			return
		}
		p.add(groupItem{group})
		p.add(newPathItem(path, Paint{Stroke: s.palette.Halo, Width: (width + 3) * unit}))
		p.add(newPathItem(path, Paint{Stroke: s.planColour(), Width: width * unit, Dash: scaled(dash, unit)}))
		p.add(groupItem{})
	}
	draw("changed roads", s.in.Planned.Changed, newRoadWidth, changedDash)
	draw("new roads", s.in.Planned.New, newRoadWidth, nil)
}

// addShut draws a cross where a place closes.
func (s *Scene) addShut(p *picture) {
	if s.in.Planned == nil || len(s.in.Planned.Shut) == 0 {
		return
	}
	unit := p.view.unit()
	var path Path
	for _, at := range s.in.Planned.Shut {
		x, y := p.view.ToScreen(at)
		if p.view.frame().grow(shutSize * unit).overlaps(box{x, y, x, y}.grow(1e-6)) {
			shutCross(&path, x, y, shutSize*unit)
		}
	}
	if path.Empty() {
		return
	}
	lost, _ := symbology.Lost(s.in.Theme)
	p.add(groupItem{"shut"})
	p.add(newPathItem(path, Paint{Stroke: s.palette.Halo, Width: 6 * unit}))
	p.add(newPathItem(path, Paint{Stroke: lost, Width: 2.6 * unit}))
	p.add(groupItem{})
}

// shutCross adds a slanting cross.
func shutCross(p *Path, x, y, size float64) {
	r := size / 2
	p.Line(x-r, y-r, x+r, y+r)
	p.Line(x-r, y+r, x+r, y-r)
}

// markPath adds a mark around a symbol of a size.
func markPath(p *Path, m Mark, x, y, size, unit float64) {
	r := size/2 + markGap*unit
	if m == LockerMark {
		p.Rect(x-r, y-r, 2*r, 2*r)
		return
	}
	p.Circle(x, y, r)
}

// dash is a mark's pattern.
func (m Mark) dash() []float64 {
	if m == StopMark {
		return stopDash
	}
	return nil
}

// addMarks draws the marks around symbols.
func (s *Scene) addMarks(p *picture, symbols []drawnSymbol) {
	unit := p.view.unit()
	for _, d := range symbols {
		m := s.places[d.place].symbols[d.index].mark
		if m == NoMark {
			continue
		}
		var path Path
		markPath(&path, m, d.x, d.y, d.size, unit)
		p.add(newPathItem(path, Paint{Stroke: s.palette.Halo, Width: (markWidth + 2.5) * unit}))
		p.add(newPathItem(path, Paint{Stroke: s.planColour(), Width: markWidth * unit, Dash: scaled(m.dash(), unit)}))
	}
}

// mark is the mark of a facility, NoMark without a scenario.
func (s *Scene) mark(id string) Mark {
	if s.in.Planned == nil {
		return NoMark
	}
	return s.in.Planned.Marks[id]
}

// plannedItems explain what a scenario changes on the map.
func (s *Scene) plannedItems() []LegendItem {
	pl := s.in.Planned
	if pl == nil {
		return nil
	}
	p, c := s.in.Printer, s.planColour()
	lost, _ := symbology.Lost(s.in.Theme)
	var out []LegendItem
	seen := map[Mark]symbology.Symbol{}
	for i := range s.places {
		for _, sym := range s.places[i].symbols {
			if _, had := seen[sym.mark]; !had {
				seen[sym.mark] = sym.look
			}
		}
	}
	for k, key := range []string{"more.map.new", "more.map.locker", "more.map.stop"} {
		m := Mark(k + 1)
		if look, has := seen[m]; has {
			out = append(out, LegendItem{Kind: SymbolSample, Label: p.T(key), Symbol: look, Mark: m, Stroke: c})
		}
	}
	line := func(key string, lines []orb.LineString, stroke symbology.Colour, width float64, dash []float64) {
		if len(lines) > 0 {
			out = append(out, LegendItem{Kind: LineSample, Label: p.T(key), Stroke: stroke, Width: width, Dash: dash})
		}
	}
	if len(pl.Shut) > 0 {
		out = append(out, LegendItem{Kind: CrossSample, Label: p.T("more.map.shut"), Stroke: lost})
	}
	line("more.map.new_road", pl.New, c, newRoadWidth, nil)
	line("more.map.changed_road", pl.Changed, c, newRoadWidth, changedDash)
	line("more.map.closed_road", pl.Closed, lost, closedWidth, []float64{closedDash, closedGap})
	if len(pl.Zones) > 0 {
		out = append(out, LegendItem{Kind: AreaSample, Label: p.T("more.map.zone"), Fill: c.Fade(zoneFill), Stroke: c, Width: zoneWidth, Dash: zoneDash})
	}
	return out
}
