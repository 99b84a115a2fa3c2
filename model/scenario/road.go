package scenario

import (
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
)

// CloseRoad closes a road for good, in both directions: nobody drives on it, and nobody joins it.
type CloseRoad struct {
	Layer string `json:"layer"`          // name of the layer of roads, or the id of a new road
	FID   int64  `json:"fid"`            // the road's number in the layer, 1 for a new road; all its parts are closed
	Name  string `json:"name,omitempty"` // what the user calls it: "Östergarnsbron"
}

// ChangeRoad changes the speed of a road or the directions in which it is open.
type ChangeRoad struct {
	Layer     string    `json:"layer"`
	FID       int64     `json:"fid"`
	Speed     int       `json:"speed_kmh,omitempty"` // both ways; 0 leaves it as it is
	Direction Direction `json:"direction,omitempty"` // "" leaves it as it is
	Name      string    `json:"name,omitempty"`
}

// Direction is where a road may be driven.
type Direction string

// The directions, as against the one in which the road is drawn.
const (
	BothWays Direction = "both"
	Forward  Direction = "forward"
	Backward Direction = "backward"
)

// FerriesOff lets no ferry run. An island keeps what it has.
type FerriesOff struct{}

// CloseFerry lets one ferry not run. It is otherwise than a closed road: an island keeps what it has.
type CloseFerry struct {
	Layer string `json:"layer"`
	FID   int64  `json:"fid"`
	Name  string `json:"name,omitempty"`
}

// The speeds that make sense, in km/h.
const (
	leastSpeed = 5
	mostSpeed  = 130
)

const bothForbidden = model.ForbiddenForward | model.ForbiddenBackward

// Kind implements Modification.
func (CloseRoad) Kind() Kind { return KindCloseRoad }

// Kind implements Modification.
func (ChangeRoad) Kind() Kind { return KindRoad }

// Kind implements Modification.
func (FerriesOff) Kind() Kind { return KindFerries }

// Kind implements Modification.
func (CloseFerry) Kind() Kind { return KindCloseFerry }

// Describe implements Modification.
func (m CloseRoad) Describe([]model.ServiceType) i18n.Message {
	if m.Name != "" {
		return i18n.M("scenario.close", m.Name)
	}
	return i18n.M("scenario.close_road", m.FID, m.Layer)
}

// Describe implements Modification.
func (m ChangeRoad) Describe([]model.ServiceType) i18n.Message {
	road := roadWord(m.Name, m.Layer, m.FID)
	switch {
	case m.Direction == "":
		return i18n.M("mods.speed", road, m.Speed)
	case m.Speed == 0:
		return m.Direction.of(road)
	}
	return i18n.M("mods.speed_direction", m.Direction.of(road), m.Speed)
}

// of says in which direction a road is open. One that there is not is refused, and told as it stands.
func (w Direction) of(road i18n.Message) i18n.Message {
	switch w {
	case BothWays, Forward, Backward:
		return i18n.M("mods.direction_"+string(w), road)
	}
	return i18n.M("mods.direction", road, string(w))
}

// roadWord is a road inside a sentence.
func roadWord(name, layer string, fid int64) i18n.Message {
	if name != "" {
		return i18n.Plain(name)
	}
	return i18n.M("mods.road", fid, layer)
}

// Describe implements Modification.
func (FerriesOff) Describe([]model.ServiceType) i18n.Message { return i18n.M("scenario.ferries_off") }

// Describe implements Modification.
func (m CloseFerry) Describe([]model.ServiceType) i18n.Message {
	if m.Name != "" {
		return i18n.M("mods.ferry_named", m.Name)
	}
	return i18n.M("mods.ferry", m.FID, m.Layer)
}

// modify forbids driving on the road.
func (m CloseRoad) modify(d *draft) {
	for _, i := range d.roadsOf(m.Layer, m.FID) {
		d.setFlags(i, bothForbidden|model.Gone, 0)
	}
}

// modify changes the road.
func (m ChangeRoad) modify(d *draft) {
	roads := d.roadsOf(m.Layer, m.FID)
	if m.Speed == 0 && m.Direction == "" || m.Speed != 0 && (m.Speed < leastSpeed || m.Speed > mostSpeed) {
		d.fault(i18n.M("mods.fault_speed", leastSpeed, mostSpeed))
		return
	}
	set := model.RoadFlags(0)
	switch m.Direction {
	case "", BothWays:
	case Forward:
		set = model.ForbiddenBackward
	case Backward:
		set = model.ForbiddenForward
	default:
		d.fault(i18n.M("mods.fault_direction", string(m.Direction)))
		return
	}
	for _, i := range roads {
		if m.Direction != "" {
			d.setFlags(i, set, bothForbidden)
		}
		if m.Speed != 0 {
			d.setSpeed(i, uint8(m.Speed))
		}
	}
}

// modify stops the ferries.
func (FerriesOff) modify(d *draft) { d.out.Params.FerriesOff = true }

// modify stops the ferry.
func (m CloseFerry) modify(d *draft) {
	for _, i := range d.roadsOf(m.Layer, m.FID) {
		if d.flags(i)&model.Ferry == 0 {
			d.fault(i18n.M("mods.fault_no_ferry", m.FID, m.Layer))
			return
		}
		d.setFlags(i, model.Stopped, 0)
	}
}

// OnLayer is a modification that points at a layer of roads by its new name, where it points at it by its old one.
func OnLayer(m Modification, old, name string) Modification {
	switch m := m.(type) {
	case CloseRoad:
		m.Layer = renamed(m.Layer, old, name)
		return m
	case ChangeRoad:
		m.Layer = renamed(m.Layer, old, name)
		return m
	case CloseFerry:
		m.Layer = renamed(m.Layer, old, name)
		return m
	}
	return m
}

// renamed is the new name for the old one, in any case, and else what was there.
func renamed(layer, old, name string) string {
	if strings.EqualFold(layer, old) {
		return name
	}
	return layer
}

// roadsOf lists the parts of a road, the project's own by index and new ones after them, or notes what there is not.
func (d *draft) roadsOf(layer string, fid int64) (out []int) {
	n := d.out.Roads.Len()
	for k := range d.newRoads {
		if strings.EqualFold(d.newRoads[k].id, layer) && fid == 1 {
			return []int{n + k}
		}
	}
	if d.doubtful[layer] {
		return nil
	}
	from, to, ok := d.roadLayer(layer)
	if !ok {
		return nil
	}
	for i := from; i < to; i++ {
		if d.out.Roads.FID[i] == fid {
			out = append(out, i)
		}
	}
	if out == nil {
		d.fault(i18n.M("scenario.fault_road", fid, layer))
	}
	return out
}

// flags are those of a road, by an index as roadsOf gives it.
func (d *draft) flags(i int) model.RoadFlags {
	if n := d.out.Roads.Len(); i >= n {
		return d.newRoads[i-n].road.Flags
	}
	return d.out.Roads.Flags[i]
}

// setFlags takes flags from a road and gives it others.
func (d *draft) setFlags(i int, set, clear model.RoadFlags) {
	if n := d.out.Roads.Len(); i >= n {
		f := &d.newRoads[i-n].road.Flags
		*f = *f&^clear | set
		return
	}
	f := &d.roadFlags()[i]
	*f = *f&^clear | set
}

// setSpeed gives a road a speed in km/h both ways.
func (d *draft) setSpeed(i int, kmh uint8) {
	if n := d.out.Roads.Len(); i >= n {
		d.newRoads[i-n].road.SpeedF, d.newRoads[i-n].road.SpeedB = kmh, kmh
		return
	}
	forward, backward := d.roadSpeeds()
	forward[i], backward[i] = kmh, kmh
}

// UnnamedRoad is the road that a modification is about, where it has no name in words.
func UnnamedRoad(m Modification) (layer string, fid int64, unnamed bool) {
	switch m := m.(type) {
	case CloseRoad:
		return m.Layer, m.FID, m.Name == ""
	case ChangeRoad:
		return m.Layer, m.FID, m.Name == ""
	case CloseFerry:
		return m.Layer, m.FID, m.Name == ""
	}
	return "", 0, false
}

// WithRoadName is a modification of a road with what that is called.
func WithRoadName(m Modification, name string) Modification {
	switch m := m.(type) {
	case CloseRoad:
		m.Name = name
		return m
	case ChangeRoad:
		m.Name = name
		return m
	case CloseFerry:
		m.Name = name
		return m
	}
	return m
}
