package locate

import (
	"errors"
	"math"
	"slices"

	"nabar/internal/i18n"
)

// None is the cost of what can't be reached.
const None int32 = math.MaxInt32

// Offer is a candidate that can serve a demand point, and what that costs.
type Offer struct {
	Candidate int32
	Cost      int32 // 0 or more, below None
}

// Problem is a set of demand points and the candidates that may serve them. Costs are whole numbers in any unit.
// It is not changed by solving it.
type Problem struct {
	Weight     []int64   // of each demand point, such as people; 0 or more
	Near       [][]Offer // for each demand point the candidates that can serve it, in any order
	Base       []int32   // for each demand point the cost of what serves it anyway, None where nothing does; nil: nothing anywhere
	Candidates int       // they are numbered from 0
	Locked     []int32   // candidates that are open and stay so
	Movable    []int32   // candidates that are open and may be given up for others
	Forbidden  []int32   // candidates that may not be opened
	New        int       // how many to open beside those that are open
}

// check refuses what is no problem: a fault of the caller.
func (p *Problem) check() error {
	if len(p.Near) != len(p.Weight) || p.Base != nil && len(p.Base) != len(p.Weight) {
		return errors.New("locate: weights, offers and bases differ in number")
	}
	for i, offers := range p.Near {
		if p.Weight[i] < 0 || p.Base != nil && p.Base[i] < 0 {
			return errors.New("locate: a weight or a base is below 0")
		}
		for _, o := range offers {
			if o.Candidate < 0 || int(o.Candidate) >= p.Candidates || o.Cost < 0 || o.Cost == None {
				return errors.New("locate: an offer is out of range")
			}
		}
	}
	for _, c := range slices.Concat(p.Locked, p.Movable, p.Forbidden) {
		if c < 0 || int(c) >= p.Candidates {
			return errors.New("locate: a candidate is out of range")
		}
	}
	return nil
}

// ready checks the problem, and that as many candidates can be opened as it asks for.
func (p *Problem) ready() (*builder, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if p.New < 0 || p.open() == 0 {
		return nil, i18n.Errorf("locate.new_wrong")
	}
	b := newBuilder(p)
	if p.open() > len(b.ids) {
		return nil, i18n.Errorf("locate.too_few_candidates", p.open(), len(b.ids))
	}
	return b, nil
}

// open is the number of candidates that are to be open beside the locked ones.
func (p *Problem) open() int { return p.New + len(p.Movable) }

// base is the cost of what serves demand point i anyway.
func (p *Problem) base(i int) int32 {
	if p.Base == nil {
		return None
	}
	return p.Base[i]
}

// Solution is a choice of candidates and what is known about it.
type Solution struct {
	Chosen    []int32 // the candidates to open, with the movable ones that are kept, ascending
	Value     int64   // of the objective, over the demand points that are reached
	Bound     int64   // no choice has a better value than this; proven
	Unreached int64   // weight of the demand points that nothing serves
	Stopped   bool    // the context ended before the search did
}

// Optimal tells whether it is proven that no choice is better.
func (s *Solution) Optimal() bool { return s.Value == s.Bound }

// Gap is the distance between value and bound as a share of the value: 0 is optimal.
func (s *Solution) Gap() float64 {
	if s.Optimal() {
		return 0
	}
	return math.Abs(float64(s.Value-s.Bound)) / math.Max(math.Abs(float64(s.Value)), 1)
}

// Options steer a search. The zero value is the usual effort.
type Options struct {
	// Effort is how many steps the search may take at most, some 400 million a second on two processors; 0 is the usual.
	Effort int64
	// Progress hears what share of the effort is spent, at most 1; nil for none. It returns at once.
	Progress func(share float64)
}

// usualEffort is a few seconds' work.
const usualEffort = 3_000_000_000
