package access

import (
	"cmp"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/model"
)

// placeTolerance keeps "within the place radius" inclusive, as it is where places are made.
const placeTolerance = 1e-6

// surroundings knows what else there is where a facility stands: other services, and others of its type in its town
// and kommun.
type surroundings struct {
	s       *model.Snapshot
	other   []int          // open facilities of other types, by easting
	kommun  map[int]string // kommun of each open facility of the type
	towns   map[string]int // how many there are, by folded town
	kommuns map[string]int // and by folded kommun
}

// newSurroundings looks around the open facilities of one type, of which there is at least one.
func newSurroundings(s *model.Snapshot, open []int) *surroundings {
	a := &surroundings{s: s, kommun: map[int]string{}, towns: map[string]int{}, kommuns: map[string]int{}}
	bound := s.Border.Bound()
	for _, f := range open {
		facility := &s.Facilities[f]
		a.kommun[f] = strings.TrimSpace(facility.Municipality)
		if s.Kommun.Name != "" && bound.Contains(facility.At) && inside(s.Border, facility.At) {
			a.kommun[f] = s.Kommun.Name
		}
		a.towns[fold(facility.Town)]++
		a.kommuns[foldKommun(a.kommun[f])]++
	}
	service := s.Facilities[open[0]].Type
	for i := range s.Facilities {
		if f := &s.Facilities[i]; f.Type != service && f.OpenOn(s.Params.Date) {
			a.other = append(a.other, i)
		}
	}
	slices.SortStableFunc(a.other, func(i, j int) int { return cmp.Compare(s.Facilities[i].At[0], s.Facilities[j].At[0]) })
	return a
}

// services are the other service types within the place radius of any of the facilities, in the project's order. Unlike
// places, this does not go on in chains: what stands two doors on is not under the same roof.
func (a *surroundings) services(facilities ...int) []string {
	reach := max(a.s.Params.PlaceRadius, 0) + placeTolerance
	here := map[string]bool{}
	for _, f := range facilities {
		at := a.s.Facilities[f].At
		west, east := at[0]-reach-1, at[0]+reach+1 // a metre for what rounding may do
		first, _ := slices.BinarySearchFunc(a.other, west, func(o int, e float64) int { return cmp.Compare(a.s.Facilities[o].At[0], e) })
		for _, o := range a.other[first:] {
			other := &a.s.Facilities[o]
			if other.At[0] > east {
				break
			}
			if isNear(other.At, at, reach) {
				here[other.Type] = true
			}
		}
	}
	var out []string
	for i := range a.s.Types {
		if here[a.s.Types[i].ID] {
			out = append(out, a.s.Types[i].ID)
		}
	}
	return out
}

// isNear tells whether two points lie within a distance of each other.
func isNear(a, b orb.Point, reach float64) bool {
	dx, dy := a[0]-b[0], a[1]-b[1]
	return float64(dx*dx)+float64(dy*dy) <= reach*reach
}

// last tells whether the closing of all these facilities of one place leaves a town or kommun without the type. A
// place across the border of two is told by its first facility's.
func (a *surroundings) last(facilities ...int) model.Last {
	first := facilities[0]
	l := model.Last{Town: strings.TrimSpace(a.s.Facilities[first].Town), Kommun: a.kommun[first]}
	town, kommun := fold(l.Town), foldKommun(l.Kommun)
	inTown, inKommun := 0, 0
	for _, f := range facilities {
		if fold(a.s.Facilities[f].Town) == town {
			inTown++
		}
		if foldKommun(a.kommun[f]) == kommun {
			inKommun++
		}
	}
	l.LastInTown = town != "" && a.towns[town] == inTown
	l.LastInKommun = kommun != "" && a.kommuns[kommun] == inKommun
	return l
}

// fold writes a name so that case and blanks don't matter.
func fold(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// foldKommun folds a kommun's name so that "Gotlands kommun" is "Gotland".
func foldKommun(name string) string {
	return strings.TrimSuffix(strings.TrimSuffix(fold(name), " kommun"), "s")
}
