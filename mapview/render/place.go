package render

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"nabar/model"
	"nabar/model/symbology"
)

// place is one or several services at one position, with one symbol for each type.
type place struct {
	at      orb.Point
	symbols []placeSymbol // the chosen service first, then in the order of the project's types
}

// placeSymbol stands for all facilities of one type at a place.
type placeSymbol struct {
	service    string
	look       symbology.Symbol
	chosen     bool    // of the chosen service, or no service is chosen
	facilities []int   // indexes in Snapshot.Facilities
	mark       Mark    // of a scenario
	size       float64 // in reference pixels, where the layer's style tells; 0 for the usual one
}

// defaultPlaceRadius is used where the project's parameters have none, in metres.
const defaultPlaceRadius = 30

// gatherPlaces groups the open facilities of visible layers: those within the place radius of a place's first one join
// it. The order of the facilities decides, as it stands in the project.
func gatherPlaces(s *Scene) []place {
	snap := s.in.Snapshot
	radius := snap.Params.PlaceRadius
	if radius <= 0 {
		radius = defaultPlaceRadius
	}
	grid := map[[2]int][]int{} // squares of the radius's size → places
	key := func(p orb.Point, dx, dy int) [2]int {
		return [2]int{int(math.Floor(p[0]/radius)) + dx, int(math.Floor(p[1]/radius)) + dy}
	}
	var out []place
	for i := range snap.Facilities {
		f := &snap.Facilities[i]
		if !f.OpenOn(snap.Params.Date) || !layerShown(s.in.Layers, f.Layer) {
			continue
		}
		home := -1
		for dx := -1; dx <= 1 && home < 0; dx++ {
			for dy := -1; dy <= 1 && home < 0; dy++ {
				for _, k := range grid[key(f.At, dx, dy)] {
					if math.Hypot(out[k].at[0]-f.At[0], out[k].at[1]-f.At[1]) <= radius {
						home = k
						break
					}
				}
			}
		}
		if home < 0 {
			home = len(out)
			out = append(out, place{at: f.At})
			grid[key(f.At, 0, 0)] = append(grid[key(f.At, 0, 0)], home)
		}
		s.join(&out[home], f, i)
	}
	s.orderPlaces(out)
	return out
}

// layerShown tells whether a service layer is visible; one that is not listed is.
func layerShown(layers []model.Layer, name string) bool {
	for _, l := range layers {
		if l.Role == model.RoleServices && l.Name == name {
			return l.Visible
		}
	}
	return true
}

// join adds facility i to a place.
func (s *Scene) join(p *place, f *model.Facility, i int) {
	look, size := s.serviceLook(f)
	for k := range p.symbols {
		if p.symbols[k].service == f.Type && p.symbols[k].look == look && p.symbols[k].size == size {
			p.symbols[k].facilities = append(p.symbols[k].facilities, i)
			p.symbols[k].mark = max(p.symbols[k].mark, s.mark(f.ID))
			return
		}
	}
	p.symbols = append(p.symbols, placeSymbol{
		service: f.Type, look: look, size: size, chosen: s.in.Service == "" || s.in.Service == f.Type, facilities: []int{i},
		mark: s.mark(f.ID),
	})
}

// symbol gives a type's symbol in the scene's theme.
func (s *Scene) symbol(service string) symbology.Symbol {
	look := symbology.SymbolOf(service, s.in.Snapshot.Types)
	if s.in.Theme == symbology.Dark {
		return look.OnDark()
	}
	return look
}

// orderPlaces puts the symbols of each place, and the places themselves from north to south, in drawing order.
func (s *Scene) orderPlaces(places []place) {
	rank := map[string]int{}
	for i, t := range s.in.Snapshot.Types {
		rank[t.ID] = i
	}
	for i := range places {
		slices.SortStableFunc(places[i].symbols, func(a, b placeSymbol) int {
			if a.chosen != b.chosen {
				if a.chosen {
					return -1
				}
				return 1
			}
			return cmp.Compare(rank[a.service], rank[b.service])
		})
	}
	slices.SortStableFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(b.at[1], a.at[1]), cmp.Compare(a.at[0], b.at[0]))
	})
}

// drawnSymbol is a symbol at its position on the screen.
type drawnSymbol struct {
	place, index int // place and symbol in it
	x, y, size   float64
	opacity      float64
	look         symbology.Symbol
}

// box is the room that the symbol takes, with its halo.
func (d *drawnSymbol) box() box {
	return box{d.x, d.y, d.x, d.y}.grow(d.size * (0.58 + haloShare/2))
}

// Symbols are drawn at sizes between these scales, in metres for each reference pixel; services other than the chosen
// one are shown from othersFrom on.
var (
	symbolScales = []float64{3, 30, 120, 400, 1500}
	symbolSizes  = []float64{17, 14.5, 12, 9, 5}
)

const (
	othersFrom  = 30.0
	othersSize  = 0.78
	othersAlpha = 0.85
)

// fan places the symbols of all visible places on the screen. The services of one place stand in rows of up to three
// around it, so that none hides another; in drawing order, the chosen service last.
func (s *Scene) fan(v View) []drawnSymbol {
	if !s.roleShown(model.RoleServices, v) {
		return nil
	}
	scale := v.reference()
	size := symbology.Interpolate(symbolScales, symbolSizes, scale) * v.unit()
	frame := v.frame().grow(3 * size)
	var others, chosen []drawnSymbol
	for i := range s.places {
		x, y := v.ToScreen(s.places[i].at)
		if !frame.overlaps(box{x, y, x, y}.grow(1e-6)) {
			continue
		}
		for _, at := range fanOffsets(s.places[i].symbols, scale) {
			sym := &s.places[i].symbols[at.index]
			d := drawnSymbol{
				place: i, index: at.index, x: x + at.dx*size, y: y + at.dy*size, size: size, opacity: 1, look: sym.look,
			}
			if sym.size > 0 {
				d.size = sym.size * v.unit()
			}
			if sym.chosen {
				chosen = append(chosen, d)
				continue
			}
			d.size, d.opacity = d.size*othersSize, othersAlpha
			others = append(others, d)
		}
	}
	all := append(others, chosen...)
	if scale <= othersFrom && len(all) <= spreadLimit {
		spread(all)
	}
	return all
}

// spreadLimit is how many symbols are at most moved apart: more are not told from each other anyway.
const spreadLimit = 400

// spread moves symbols that nearly cover each other apart, in a few rounds, by at most 0.8 of their size from where they
// belong: a place that is near another is then seen, and still found where it is.
func spread(symbols []drawnSymbol) {
	const rounds, farthest = 6, 0.8
	home := slices.Clone(symbols)
	for range rounds {
		for i := range symbols {
			for j := range i {
				part(&symbols[i], &symbols[j])
			}
		}
		for i := range symbols {
			d, h := &symbols[i], &home[i]
			dx, dy := d.x-h.x, d.y-h.y
			if far := math.Hypot(dx, dy); far > farthest*d.size {
				d.x, d.y = h.x+dx/far*farthest*d.size, h.y+dy/far*farthest*d.size
			}
		}
	}
}

// part moves two symbols that overlap away from each other by half of what is missing each; two at the very same
// position part sideways.
func part(a, b *drawnSymbol) {
	apart := (a.size + b.size) / 2 * 1.1
	dx, dy := a.x-b.x, a.y-b.y
	distance := math.Hypot(dx, dy)
	if distance >= apart {
		return
	}
	if distance < 1e-6 {
		dx, dy, distance = 1, 0, 1
	}
	move := (apart - math.Min(distance, apart)) / 2 / distance
	a.x, a.y = a.x+dx*move, a.y+dy*move
	b.x, b.y = b.x-dx*move, b.y-dy*move
}

// fanOffset is where a place's symbol stands, in sizes from the place's position.
type fanOffset struct {
	index  int
	dx, dy float64
}

// fanOffsets lays out those symbols of a place that are shown at a scale.
func fanOffsets(symbols []placeSymbol, scale float64) []fanOffset {
	const perRow, step = 3, 1.22
	var shown []fanOffset
	for k := range symbols {
		if symbols[k].chosen || symbols[k].mark != NoMark || scale <= othersFrom {
			shown = append(shown, fanOffset{index: k})
		}
	}
	rows := (len(shown) + perRow - 1) / perRow
	for k := range shown {
		row := k / perRow
		inRow := min(perRow, len(shown)-row*perRow)
		shown[k].dx = (float64(k%perRow) - float64(inRow-1)/2) * step
		shown[k].dy = (float64(row) - float64(rows-1)/2) * step
	}
	return shown
}
