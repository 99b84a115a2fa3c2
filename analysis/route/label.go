package route

import "math"

// Label is a cost with the facility that it leads to: the upper 40 bits are the cost in the metric's units, the
// lower 24 the facility's rank. The lesser of two labels is the better one.
type Label uint64

const (
	facilityBits = 24
	// MaxFacilities is the number of facilities that one search can tell apart.
	MaxFacilities = 1 << facilityBits
	// MaxCost is the largest cost that a search follows: 5 million km, or 17 years.
	MaxCost = 1 << 39
	// None is the label of what is not reached.
	None Label = math.MaxUint64
)

// NewLabel packs a cost of 0 to MaxCost with the rank of a facility.
func NewLabel(cost int64, facility int) Label {
	return Label(cost)<<facilityBits | Label(facility)
}

// Cost is the label's cost; None has no cost that means anything.
func (l Label) Cost() int64 { return int64(l >> facilityBits) }

// Facility is the rank of the label's facility.
func (l Label) Facility() int { return int(l & (MaxFacilities - 1)) }

// Pair is the nearest facility and the nearest at another place. The second is None where the first is.
type Pair [2]Label

// add offers a label to the pair and tells whether the pair took it. The label must lead to the given place; places
// says where the others lead.
func (p *Pair) add(l Label, places []int32) bool {
	if l >= p[1] {
		return false
	}
	place := places[l.Facility()]
	switch first := p[0]; {
	case first == None:
		p[0] = l
	case places[first.Facility()] == place:
		if l >= first {
			return false
		}
		p[0] = l
	case l < first:
		p[0], p[1] = l, first
	default:
		p[1] = l
	}
	return true
}
