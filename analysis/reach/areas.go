package reach

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"nabar/analysis/network"
	"nabar/analysis/route"
)

// Sharing says how the areas of several facilities go together.
type Sharing string

// The ways of sharing.
const (
	Each  Sharing = "each"  // each facility has its own, and they overlap
	Split Sharing = "split" // each has what is nearest to it
	All   Sharing = "all"   // one area from where any of them is reached
)

// DefaultBuffer, LeastBuffer and MostBuffer say how far areas may reach from the road, in metres.
const (
	DefaultBuffer = 500.0
	LeastBuffer   = 20.0
	MostBuffer    = 5000.0
)

// Request says what areas are wanted.
type Request struct {
	Sources []route.Source
	Limits  []int64 // ascending costs in the metric's units, inclusive; at least one
	Sharing Sharing
	Rings   bool    // each area without what a smaller limit holds
	Buffer  float64 // metres from the road; from LeastBuffer to MostBuffer
}

// Area is from where a facility is reached.
type Area struct {
	Source int // rank; -1 for All
	Band   int // index of the limit
	Shape  orb.MultiPolygon
	Length int64 // of the road in it, in centimetres
}

// Outcome is the answer to a Request.
type Outcome struct {
	Areas     []Area // by source, then by limit; those without road are left out
	Parts     []Part // of each source in turn where each has its own
	Crossings []Crossing
}

// Areas draws the areas. progress is told the share that is done. The context's error is the only one.
//
// Time is O(n log n) in the samples, about one for every 125 m of road and more where what is reached meets what is not.
func Areas(ctx context.Context, s *route.AreaSearch, r Request, progress func(share float64)) (*Outcome, error) {
	out := &Outcome{}
	if r.Sharing != Each {
		return out, out.draw(ctx, s, r, 0)
	}
	for i := range r.Sources {
		progress(float64(i) / float64(len(r.Sources)))
		one := r
		one.Sources = r.Sources[i : i+1]
		if err := out.draw(ctx, s, one, i); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// draw adds the areas of one search; first is the rank of its first source.
func (o *Outcome) draw(ctx context.Context, s *route.AreaSearch, r Request, first int) error {
	parts, err := Parts(ctx, s, r.Sources, r.Limits)
	if err != nil {
		return err
	}
	bands := int32(len(r.Limits))
	source := func(p Part) int32 { return p.Source }
	if r.Sharing == All {
		source = func(Part) int32 { return 0 }
	}
	d := newDrawing(ctx, s.Network(), parts, func(p Part) int32 { return source(p)*bands + p.Band }, r.Buffer)
	if d == nil {
		return ctx.Err()
	}
	o.Crossings = append(o.Crossings, d.crossings...)
	lengths := map[[2]int32]int64{}
	for _, p := range parts {
		if !s.Network().Edges[p.Edge].Has(network.Ferry) {
			lengths[[2]int32{source(p), p.Band}] += p.Length()
		}
		p.Source += int32(first)
		o.Parts = append(o.Parts, p)
	}
	sources := int32(len(r.Sources))
	if r.Sharing == All {
		sources, first = 1, -1
	}
	for k := range sources {
		var length int64
		for band := range bands {
			if r.Rings {
				length = 0
			}
			length += lengths[[2]int32{k, band}]
			from := k*bands + band
			if !r.Rings {
				from = k * bands
			}
			if shape := d.shape(from, k*bands+band); len(shape) > 0 {
				o.Areas = append(o.Areas, Area{int(k) + first, int(band), shape, length})
			}
		}
	}
	return ctx.Err()
}

// drawing is the cells of all samples, ready to be joined to areas.
type drawing struct {
	border    *border
	byClass   map[int32][]int32 // sites
	crossings []Crossing
}

// newDrawing samples the parts and what lies around them. It is nil where there are no parts, and where the context ends.
func newDrawing(ctx context.Context, n *network.Network, parts []Part, class func(Part) int32, buffer float64) *drawing {
	s := newStrands(n, parts, class, 2*buffer)
	if len(s.list) == 0 || ctx.Err() != nil {
		return nil
	}
	low, high := s.extent()
	margin := 4 * buffer
	unit := 1.0 / (1 << unitBits)
	for (high-low+2*margin)/unit >= 1<<extentBits {
		unit *= 2
	}
	sites, crossings := s.sample(min(spacing, buffer/4), unit)
	m := newMesh(sites, int64(math.Floor((low-margin)/unit)), int64(math.Ceil((high+margin)/unit)), func() bool { return ctx.Err() != nil })
	if m == nil {
		return nil
	}
	d := &drawing{byClass: map[int32][]int32{}, crossings: crossings}
	d.border = newBorder(m, buffer/unit, func(x, y float64) orb.Point {
		return orb.Point{s.origin[0] + float64(x*unit), s.origin[1] + float64(y*unit)}
	})
	for i := frameSites; i < len(m.sites); i++ {
		if c := m.sites[i].class; c != void {
			d.byClass[c] = append(d.byClass[c], int32(i))
		}
	}
	return d
}

// extent is the least square that holds all strands, as its lowest and highest coordinate.
func (s *strands) extent() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, p := range s.points {
		low, high = min(low, p[0], p[1]), max(high, p[0], p[1])
	}
	return low, high
}

// shape is the area of the classes from first up to last.
func (d *drawing) shape(first, last int32) orb.MultiPolygon {
	var sites []int32
	for c := first; c <= last; c++ {
		sites = append(sites, d.byClass[c]...)
	}
	return polygons(d.border.outline(sites, func(c int32) bool { return first <= c && c <= last }))
}
