package scenario

import (
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/model"
)

// Difference is what a scenario changes that a map can show: places, roads and zones.
type Difference struct {
	Placed  map[string]Placed // by id, the facilities that are new or stand elsewhere
	Shut    []model.Facility  // those of the base that are gone
	New     []orb.LineString  // roads that are built
	Closed  []orb.LineString  // roads that are not there, and ferries that don't run
	Changed []orb.LineString  // roads with another speed or other directions
	Zones   []model.Delivery  // where goods are brought home
}

// Placed is what a new facility is to the eye.
type Placed uint8

// The kinds of new facilities.
const (
	PlacedHere   Placed = iota + 1 // a place that is opened or moved here
	PlacedStop                     // a stop of a mobile shop
	PlacedLocker                   // a parcel locker
)

// Differ tells what with has and base has not. with is base with a scenario applied; what the two share is not looked at, so that
// a scenario that closes a shop costs no walk through the roads.
func Differ(base, with *model.Snapshot) Difference {
	d := Difference{Placed: map[string]Placed{}, Zones: with.Deliveries}
	d.places(base, with)
	if with.Roads != nil && (base.Roads != with.Roads || base.Params.FerriesOff != with.Params.FerriesOff) {
		d.roads(base, with)
	}
	return d
}

// places finds the facilities that are new, moved or gone.
func (d *Difference) places(base, with *model.Snapshot) {
	was := make(map[string]orb.Point, len(base.Facilities))
	for i := range base.Facilities {
		was[base.Facilities[i].ID] = base.Facilities[i].At
	}
	for i := range with.Facilities {
		f := &with.Facilities[i]
		at, known := was[f.ID]
		delete(was, f.ID)
		switch {
		case known && at == f.At:
		case f.Vehicle != "":
			d.Placed[f.ID] = PlacedStop
		case f.Form == lockerForm:
			d.Placed[f.ID] = PlacedLocker
		default:
			d.Placed[f.ID] = PlacedHere
		}
	}
	for i := range base.Facilities {
		if _, gone := was[base.Facilities[i].ID]; gone && base.Facilities[i].OpenOn(base.Params.Date) {
			d.Shut = append(d.Shut, base.Facilities[i])
		}
	}
}

// roads finds the roads that are new or otherwise, layer by layer: a road that is parted keeps its number and its place.
func (d *Difference) roads(base, with *model.Snapshot) {
	old := base.Roads
	if old == nil {
		old = &model.RoadSet{}
	}
	before := old.ByLayer()
	for _, layer := range with.Roads.ByLayer() {
		at := slices.IndexFunc(before, func(l model.RoadLayer) bool { return l.Layer == layer.Layer })
		if at < 0 || old.Len() == 0 {
			for j := layer.From; j < layer.To; j++ {
				d.road(0, with.Roads, j, with.Params.FerriesOff, true)
			}
			continue
		}
		i := before[at].From
		for j := layer.From; j < layer.To; j++ {
			switch {
			case old.Len() == with.Roads.Len(): // nothing is built
				i = j
			default:
				for i+1 < before[at].To && old.FID[i] != with.Roads.FID[j] {
					i++
				}
			}
			flags := old.Flags[i]
			if base.Params.FerriesOff && flags&model.Ferry != 0 {
				flags |= model.Stopped
			}
			if speeds := old.SpeedF[i] != with.Roads.SpeedF[j] || old.SpeedB[i] != with.Roads.SpeedB[j]; speeds {
				d.Changed = append(d.Changed, lineOf(with.Roads, j))
				continue
			}
			d.road(flags, with.Roads, j, with.Params.FerriesOff, false)
		}
	}
}

// road takes up one road by its flags before and now.
func (d *Difference) road(was model.RoadFlags, roads *model.RoadSet, i int, ferriesOff, built bool) {
	is := roads.Flags[i]
	if ferriesOff && is&model.Ferry != 0 {
		is |= model.Stopped
	}
	const shut = model.Gone | model.Stopped
	switch {
	case is&shut&^was != 0:
		d.Closed = append(d.Closed, lineOf(roads, i))
	case built:
		d.New = append(d.New, lineOf(roads, i))
	case is != was:
		d.Changed = append(d.Changed, lineOf(roads, i))
	}
}

// lineOf is the line of a road.
func lineOf(roads *model.RoadSet, i int) orb.LineString {
	xy := roads.Vertices(i)
	line := make(orb.LineString, len(xy)/2)
	for k := range line {
		line[k] = orb.Point{xy[2*k], xy[2*k+1]}
	}
	return line
}

// Serves tells whether a zone has a service type.
func Serves(zone *model.Delivery, service string) bool {
	return service == "" || slices.ContainsFunc(zone.Types, func(t string) bool { return strings.EqualFold(t, service) })
}
