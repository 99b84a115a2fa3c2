package render

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// disc is the mark of what a place's closing would mean: its area is the extra travel.
type disc struct {
	at      orb.Point
	extra   float64 // person-metres or person-seconds
	without bool    // somebody would reach no other place
}

// The discs' sizes across in reference pixels: that of the greatest loss, and the least that is seen under a symbol.
const (
	discLargest = 46.0
	discLeast   = 16.0
	discFade    = 0.42 // opacity of their fill
)

// gatherDiscs takes up the ranked places that mean something to somebody, the largest first, so that none hides another.
func (s *Scene) gatherDiscs() {
	r := s.in.Ranking
	if r == nil {
		return
	}
	at := make(map[string]orb.Point, len(s.in.Snapshot.Facilities))
	for i := range s.in.Snapshot.Facilities {
		at[s.in.Snapshot.Facilities[i].ID] = s.in.Snapshot.Facilities[i].At
	}
	for i := range r.Places {
		p := &r.Places[i]
		where, known := at[p.IDs[0]]
		if known && p.PeopleNearest > 0 {
			s.discs = append(s.discs, disc{where, p.Extra, p.LeftWithout > 0})
		}
	}
	slices.SortStableFunc(s.discs, func(a, b disc) int { return cmp.Compare(b.extra, a.extra) })
}

// greatest is the extra travel of the largest disc.
func (s *Scene) greatest() float64 {
	if len(s.discs) == 0 {
		return 0
	}
	return s.discs[0].extra
}

// discSize is how far across a disc is, in reference pixels.
func (s *Scene) discSize(extra float64) float64 {
	if s.greatest() == 0 {
		return discLeast
	}
	return math.Max(discLeast, discLargest*math.Sqrt(extra/s.greatest()))
}

// discColour tells places whose closing leaves somebody without any from the others. Neither is in the ramp of the squares.
func (s *Scene) discColour(without bool) symbology.Colour {
	return symbology.LossColour(without, s.in.Theme)
}

// addDiscs draws the discs under the symbols.
func (s *Scene) addDiscs(p *picture) {
	if len(s.discs) == 0 {
		return
	}
	unit := p.view.unit()
	p.add(groupItem{"losses"})
	for _, d := range s.discs {
		x, y := p.view.ToScreen(d.at)
		size := s.discSize(d.extra) * unit
		if !p.view.frame().overlaps(box{x, y, x, y}.grow(size)) {
			continue
		}
		var circle Path
		circle.Circle(x, y, size/2)
		colour := s.discColour(d.without)
		p.add(newPathItem(circle, Paint{Stroke: s.palette.Halo.Fade(0.8), Width: 4 * unit}))
		p.add(newPathItem(circle, Paint{Fill: colour.Fade(discFade), Stroke: colour, Width: 1.8 * unit}))
	}
	p.add(groupItem{})
}

// discItems explain the discs: two or three sizes with what they mean, and the colour of those that leave people without.
func (s *Scene) discItems() []LegendItem {
	if len(s.discs) == 0 {
		return nil
	}
	key, divisor := "series.map_loss_km", 1000.0
	if s.in.Ranking.Query.Impedance == model.Time {
		key, divisor = "series.map_loss_hours", 3600
	}
	item := func(extra float64, label string, without bool) LegendItem {
		c := s.discColour(without)
		return LegendItem{Kind: DiscSample, Label: label, Fill: c.Fade(discFade), Stroke: c, Width: s.discSize(extra)}
	}
	var out []LegendItem
	most := s.greatest() / divisor
	last := math.Inf(1)
	for _, share := range []float64{1, 0.25} {
		if v := roundDown(most * share); v > 0 && v < last {
			last = v
			out = append(out, item(v*divisor, s.in.Printer.T("series.map_loss_row", i18n.M(key, s.in.Printer.Float(v, decimalsOf(v)))), false))
		}
	}
	if slices.ContainsFunc(s.discs, func(d disc) bool { return d.without }) {
		out = append(out, item(0, s.in.Printer.T("series.map_loss_without"), true))
	}
	return out
}

// roundDown is the greatest of 1, 2 and 5 times a power of ten that is at most v; 0 for what is not above 0.
func roundDown(v float64) float64 {
	if !(v > 0) {
		return 0
	}
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, k := range []float64{5, 2} {
		if k*power <= v {
			return k * power
		}
	}
	return power
}

// decimalsOf is how many decimals a round number needs.
func decimalsOf(v float64) int { return max(0, -int(math.Floor(math.Log10(v)+1e-9))) }
