package scenario

import (
	"nabar/internal/i18n"
	"nabar/model"
)

// CloseRoad closes a road for good, in both directions: nobody drives on it, and nobody joins it.
type CloseRoad struct {
	Layer string `json:"layer"` // name of the layer of roads
	FID   int64  `json:"fid"`   // the road's number in the layer; all its parts are closed
}

// FerriesOff lets no ferry run. An island keeps what it has.
type FerriesOff struct{}

// Kind implements Modification.
func (CloseRoad) Kind() Kind { return KindCloseRoad }

// Kind implements Modification.
func (FerriesOff) Kind() Kind { return KindFerries }

// Describe implements Modification.
func (m CloseRoad) Describe([]model.ServiceType) i18n.Message {
	return i18n.M("scenario.close_road", m.FID, m.Layer)
}

// Describe implements Modification.
func (FerriesOff) Describe([]model.ServiceType) i18n.Message { return i18n.M("scenario.ferries_off") }

// modify forbids driving on the road.
func (m CloseRoad) modify(d *draft) {
	from, to, ok := d.roadLayer(m.Layer)
	if !ok {
		return
	}
	found := false
	for i := from; i < to; i++ {
		if d.out.Roads.FID[i] == m.FID {
			d.roadFlags()[i] |= model.ForbiddenForward | model.ForbiddenBackward | model.Gone
			found = true
		}
	}
	if !found {
		d.fault(i18n.M("scenario.fault_road", m.FID, m.Layer))
	}
}

// modify stops the ferries.
func (FerriesOff) modify(d *draft) { d.out.Params.FerriesOff = true }
