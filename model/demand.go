package model

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
)

// DemandSet is the people that figures are computed for, as a weighted sum of layers: those registered in the squares and
// 2.5 for each holiday home, say.
type DemandSet struct {
	Name  string       `json:"name"` // unique in the project, whatever the case
	Parts []DemandPart `json:"parts"`
}

// LayerSet is the set that a layer of people is by itself, as it stands: an edition that a later one has retired, say. It has
// the layer's name.
func LayerSet(layer string) DemandSet {
	return DemandSet{Name: layer, Parts: []DemandPart{{Layer: layer, Weight: 1}}}
}

// DemandPart is one layer of a set.
type DemandPart struct {
	Layer  string  `json:"layer"`            // name of a layer of population, or of a plain layer
	Column string  `json:"column,omitempty"` // the column that counts; "" for the layer's people, with their sex and age
	Weight float64 `json:"weight"`           // people for each that is counted, above 0
}

// DemandSets are the sets of a project.
type DemandSets struct {
	Sets  []DemandSet `json:"sets"`
	Usual string      `json:"usual,omitempty"` // the set that counts where none is asked for; "" for all population layers together
}

// mostWeight bounds a weight: beyond it somebody has written something else.
const mostWeight = 1000

// Find gives the set of a name, in any case.
func (d DemandSets) Find(name string) (DemandSet, bool) {
	i := d.index(name)
	if i < 0 {
		return DemandSet{}, false
	}
	return d.Sets[i], true
}

// index is where the set of a name stands, -1 for nowhere.
func (d DemandSets) index(name string) int {
	name = strings.TrimSpace(name)
	return slices.IndexFunc(d.Sets, func(s DemandSet) bool { return strings.EqualFold(s.Name, name) })
}

// Put adds a set, or replaces the one of the same name.
func (d DemandSets) Put(s DemandSet) DemandSets {
	d.Sets = slices.Clone(d.Sets)
	if i := d.index(s.Name); i >= 0 {
		d.Sets[i] = s
	} else {
		d.Sets = append(d.Sets, s)
	}
	return d
}

// Without takes the set of a name away.
func (d DemandSets) Without(name string) DemandSets {
	d.Sets = slices.Clone(d.Sets)
	if i := d.index(name); i >= 0 {
		d.Sets = slices.Delete(d.Sets, i, i+1)
	}
	if strings.EqualFold(d.Usual, strings.TrimSpace(name)) {
		d.Usual = ""
	}
	return d
}

// Uses names the sets that a layer is part of.
func (d DemandSets) Uses(layer string) []string {
	var out []string
	for _, s := range d.Sets {
		if slices.ContainsFunc(s.Parts, func(p DemandPart) bool { return strings.EqualFold(p.Layer, layer) }) {
			out = append(out, s.Name)
		}
	}
	return out
}

// Renamed lets the sets follow a layer that has got another name.
func (d DemandSets) Renamed(old, name string) DemandSets {
	d.Sets = slices.Clone(d.Sets)
	for i := range d.Sets {
		d.Sets[i].Parts = slices.Clone(d.Sets[i].Parts)
		for k := range d.Sets[i].Parts {
			if p := &d.Sets[i].Parts[k]; strings.EqualFold(p.Layer, old) {
				p.Layer = name
			}
		}
	}
	return d
}

// Check refuses a set that makes no sense, with a Problem that says what is wrong. Whether its layers are there is not
// asked.
func (s DemandSet) Check() error {
	switch {
	case strings.TrimSpace(s.Name) == "":
		return i18n.Errorf("profile.demand_no_name")
	case len(s.Parts) == 0:
		return i18n.Errorf("profile.demand_no_parts", s.Name)
	}
	for _, p := range s.Parts {
		if !(p.Weight > 0 && p.Weight <= mostWeight) {
			return i18n.Errorf("profile.demand_weight", s.Name, p.Layer, mostWeight)
		}
	}
	return nil
}

// Checksum changes with the set's name, with every part of it and with every change of its layers; revision gives that of a
// layer by its name.
func (s DemandSet) Checksum(revision func(layer string) int64) string {
	content, _ := json.Marshal(s) // plain data: can't fail
	for _, p := range s.Parts {
		content = fmt.Appendf(content, " %d", revision(p.Layer))
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// RevisionsOf gives the revisions of layers by their names, for Checksum; 0 for a layer that is not there.
func RevisionsOf(layers []Layer) func(string) int64 {
	return func(name string) int64 {
		i := slices.IndexFunc(layers, func(l Layer) bool { return strings.EqualFold(l.Name, name) })
		if i < 0 {
			return 0
		}
		return layers[i].Revision
	}
}

// WeightedCells are the squares of a layer and what each of their people counts for.
type WeightedCells struct {
	Layer  string
	Weight float64
	Cells  []Cell
}

// SumCells adds layers of squares up by their weights. Squares of the same place and size are one, of the first layer's id;
// a square that only one layer has stays by itself. Counts are whole: what is rounded off is carried on to the next square,
// in the order of the layers and their rows, so that every sum is right to half a person. A square tells sex, or age, only
// where all layers do that have somebody in it. One layer with the weight 1 comes back as it was.
func SumCells(layers []WeightedCells) []Cell {
	s := summing{at: map[square]int{}, ids: map[string]int{}, weights: make([]float64, len(layers)), sums: map[string]*weighted{}}
	for k, l := range layers {
		s.weights[k] = l.Weight
		seen := map[square]int{}
		for _, c := range l.Cells {
			place := square{at: c.Centre, size: c.Size}
			place.copy = seen[place]
			seen[square{at: c.Centre, size: c.Size}]++
			s.add(place, k, l.Layer, c)
		}
	}
	for i := range s.out {
		s.finish(i)
	}
	return s.out
}

// square tells squares apart; copy counts those of the same layer that lie on each other.
type square struct {
	at   orb.Point
	size float64
	copy int
}

// summing is the state of SumCells.
type summing struct {
	at      map[square]int
	ids     map[string]int
	weights []float64
	out     []Cell
	parts   [][]piece // of each square
	sums    map[string]*weighted
}

// piece is what one layer has in a square.
type piece struct {
	layer int
	cell  Cell
}

// add notes what a layer has in a square.
func (s *summing) add(place square, layer int, name string, c Cell) {
	i, known := s.at[place]
	if !known {
		i = len(s.out)
		s.at[place] = i
		if other, taken := s.ids[c.ID]; taken && s.parts[other][0].layer != layer {
			c.ID = fmt.Sprintf("%s (%s)", c.ID, name)
		}
		s.ids[c.ID] = i
		s.out, s.parts = append(s.out, c), append(s.parts, nil)
	}
	s.parts[i] = append(s.parts[i], piece{layer, c})
}

// weighted is a count of each layer so far, and what has been given out of their sum.
type weighted struct {
	of []int64
	Carry
}

// count adds up one count over the layers of a square; it is -1 where one that has somebody there does not tell.
func (s *summing) count(what string, parts []piece, of func(*Cell) int) int {
	w := s.sums[what]
	if w == nil {
		w = &weighted{of: make([]int64, len(s.weights))}
		s.sums[what] = w
	}
	for i := range parts {
		if of(&parts[i].cell) < 0 && (parts[i].cell.People > 0 || len(parts) == 1) {
			return -1
		}
	}
	sum := 0.0
	for i := range parts {
		w.of[parts[i].layer] += int64(max(of(&parts[i].cell), 0))
	}
	for k, n := range w.of {
		sum += s.weights[k] * float64(n)
	}
	return w.Next(math.Min(sum, math.MaxInt32))
}

// finish adds up a square.
func (s *summing) finish(i int) {
	c, parts := &s.out[i], s.parts[i]
	c.People = s.count("people", parts, func(c *Cell) int { return c.People })
	c.Women = s.count("women", parts, func(c *Cell) int { return c.Women })
	c.Men = s.count("men", parts, func(c *Cell) int { return c.Men })
	classes := sharedAges(parts)
	if classes == nil {
		c.Ages = nil
		return
	}
	c.Ages = slices.Clone(classes)
	for k := range c.Ages {
		a := &c.Ages[k]
		key := fmt.Sprint(a.From, " ", a.To)
		pick := func(of func(*AgeCount) int) func(*Cell) int {
			return func(c *Cell) int {
				if k >= len(c.Ages) { // nobody lives there
					return 0
				}
				return of(&c.Ages[k])
			}
		}
		a.People = s.count(key, parts, pick(func(a *AgeCount) int { return a.People }))
		a.Women = s.count(key+" women", parts, pick(func(a *AgeCount) int { return a.Women }))
		a.Men = s.count(key+" men", parts, pick(func(a *AgeCount) int { return a.Men }))
	}
}

// sharedAges are the age classes of a square's layers, nil where those with somebody there differ in them.
func sharedAges(parts []piece) []AgeCount {
	var out []AgeCount
	known := false
	for i := range parts {
		c := &parts[i].cell
		if c.People == 0 && len(parts) > 1 {
			continue
		}
		if known && !slices.EqualFunc(out, c.Ages, func(a, b AgeCount) bool { return a.From == b.From && a.To == b.To }) {
			return nil
		}
		out, known = c.Ages, true
	}
	return out
}
