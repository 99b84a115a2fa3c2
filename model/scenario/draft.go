package scenario

import (
	"cmp"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
)

// draft is a snapshot being changed. What no modification touches is the base's own; the rest is copied once, when it
// is first written to.
type draft struct {
	base     *model.Snapshot
	out      model.Snapshot
	index    map[string]int  // facility by id, in out.Facilities
	gone     map[int]bool    // facilities that were taken away
	taken    map[string]bool // ids of these
	doubtful map[string]bool // ids that a faulty step should have made: what refers to them is no fault of its own
	copied   struct{ facilities, cells, roads, flags, speeds bool }
	zones    bool // deliveries were added
	newRoads []newRoad
	cuts     map[int][]cut // where new roads join others on the way, by road as roadsOf numbers them

	scenario string
	step     Step
	faults   []Fault
}

// newDraft begins with the base as it is.
func newDraft(base *model.Snapshot) *draft {
	d := &draft{base: base, out: *base, gone: map[int]bool{}, taken: map[string]bool{}, doubtful: map[string]bool{}, cuts: map[int][]cut{}}
	if d.out.Roads == nil {
		d.out.Roads = &model.RoadSet{}
	}
	d.index = make(map[string]int, len(base.Facilities))
	for i := range base.Facilities {
		d.index[base.Facilities[i].ID] = i
	}
	return d
}

// fault notes what is wrong with the current step.
func (d *draft) fault(what i18n.Message) {
	d.faults = append(d.faults, Fault{Scenario: d.scenario, Step: d.step.Describe(d.base.Types), What: what})
}

// facilities are the facilities, to be written to.
func (d *draft) facilities() []model.Facility {
	if !d.copied.facilities {
		d.out.Facilities, d.copied.facilities = slices.Clone(d.out.Facilities), true
	}
	return d.out.Facilities
}

// cells are the squares, to be written to.
func (d *draft) cells() []model.Cell {
	if !d.copied.cells {
		d.out.Cells, d.copied.cells = slices.Clone(d.out.Cells), true
	}
	return d.out.Cells
}

// roads are the roads, of which columns may be replaced. What is not replaced stays shared.
func (d *draft) roads() *model.RoadSet {
	if !d.copied.roads {
		roads := *d.out.Roads
		d.out.Roads, d.copied.roads = &roads, true
	}
	return d.out.Roads
}

// roadFlags are the flags of the roads, to be written to.
func (d *draft) roadFlags() []model.RoadFlags {
	roads := d.roads()
	if !d.copied.flags {
		roads.Flags, d.copied.flags = slices.Clone(roads.Flags), true
	}
	return roads.Flags
}

// roadSpeeds are the speeds of the roads, to be written to.
func (d *draft) roadSpeeds() (forward, backward []uint8) {
	roads := d.roads()
	if !d.copied.speeds {
		roads.SpeedF, roads.SpeedB, d.copied.speeds = slices.Clone(roads.SpeedF), slices.Clone(roads.SpeedB), true
	}
	return roads.SpeedF, roads.SpeedB
}

// find gives the index of the facility with an id, or notes that there is none.
func (d *draft) find(id, name string) (int, bool) {
	i, ok := d.index[id]
	switch {
	case ok:
		return i, true
	case d.doubtful[id]:
	case d.taken[id]:
		d.fault(i18n.M("scenario.fault_closed", known(name, id)))
	default:
		d.fault(i18n.M("scenario.fault_facility", id))
	}
	return 0, false
}

// remove takes a facility away.
func (d *draft) remove(i int) {
	id := d.facilities()[i].ID
	delete(d.index, id)
	d.gone[i], d.taken[id] = true, true
}

// add puts a facility in, or only notes its id where the step has a fault.
func (d *draft) add(f model.Facility, good bool) {
	if _, twice := d.index[f.ID]; twice || d.taken[f.ID] || f.ID == "" {
		d.fault(i18n.M("scenario.fault_id", f.ID))
		return
	}
	if !good {
		d.doubtful[f.ID] = true
		return
	}
	d.index[f.ID] = len(d.facilities())
	d.out.Facilities = append(d.out.Facilities, f)
}

// checkTypes notes service types that the project does not have, and lists that make no place.
func (d *draft) checkTypes(types []string) bool {
	before := len(d.faults)
	if len(types) == 0 {
		d.fault(i18n.M("scenario.fault_no_types"))
	}
	for i, t := range types {
		if !slices.ContainsFunc(d.out.Types, func(known model.ServiceType) bool { return known.ID == t }) {
			d.fault(i18n.M("scenario.fault_type", t))
		} else if slices.Contains(types[:i], t) {
			d.fault(i18n.M("scenario.fault_type_twice", TypeWord(d.out.Types, t)))
		}
	}
	return len(d.faults) == before
}

// checkPosition notes a position outside Sweden.
func (d *draft) checkPosition(at orb.Point) bool {
	switch {
	case inSweden(at):
		return true
	case inSweden(orb.Point{at[1], at[0]}):
		d.fault(i18n.M("scenario.fault_swapped", position(at)))
	default:
		d.fault(i18n.M("scenario.fault_position", position(at)))
	}
	return false
}

// inSweden tells whether a position lies in Sweden or the waters around it.
func inSweden(at orb.Point) bool {
	return slices.Contains(crs.Guess(orb.Bound{Min: at, Max: at}), crs.SWEREF99TM)
}

// roadLayer gives the roads of a layer as a range of indices, or notes that there is none of that name.
func (d *draft) roadLayer(name string) (from, to int, ok bool) {
	for _, part := range d.out.Roads.ByLayer() {
		if strings.EqualFold(part.Layer, name) {
			return part.From, part.To, true
		}
	}
	d.fault(i18n.M("scenario.fault_road_layer", name))
	return 0, 0, false
}

// finish gives the snapshot as it has become: what was there before in its own order, and what is new by id, so that
// the order in which places were opened makes no difference.
func (d *draft) finish() *model.Snapshot {
	if !d.copied.facilities && !d.copied.cells && !d.copied.roads && !d.zones && len(d.newRoads) == 0 && d.out.Params == d.base.Params {
		return d.base
	}
	if len(d.newRoads) > 0 {
		d.out.Roads = d.withNewRoads()
	} else if !d.copied.roads {
		d.out.Roads = d.base.Roads
	}
	if d.copied.facilities {
		kept := make([]model.Facility, 0, len(d.out.Facilities)-len(d.gone))
		old := 0
		for i, f := range d.out.Facilities {
			if d.gone[i] {
				continue
			}
			kept = append(kept, f)
			if i < len(d.base.Facilities) {
				old = len(kept)
			}
		}
		slices.SortFunc(kept[old:], func(a, b model.Facility) int { return cmp.Compare(a.ID, b.ID) })
		d.out.Facilities = kept
	}
	return &d.out
}
