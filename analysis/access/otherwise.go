package access

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb/planar"

	"nabar/model"
)

// ServedOtherwise tells of a result who of its people has goods brought home, and whose nearest place is a mobile shop. The snapshot must
// be the one that the result is of. It is nil where neither is so in the snapshot.
func ServedOtherwise(s *model.Snapshot, r *model.Result) *model.ServedOtherwise {
	var zones []model.Delivery
	for _, z := range s.Deliveries {
		if slices.Contains(z.Types, r.Query.Service) {
			zones = append(zones, z)
		}
	}
	days := map[string]int{}
	for i := range s.Facilities {
		if f := &s.Facilities[i]; f.Days > 0 && f.Type == r.Query.Service {
			days[f.ID] = f.Days
		}
	}
	if len(zones) == 0 && len(days) == 0 {
		return nil
	}
	out := &model.ServedOtherwise{}
	for _, z := range zones {
		out.Zones = append(out.Zones, model.ZonePeople{ID: z.ID, Name: z.Name, Days: z.Days})
	}
	for _, b := range r.Bands {
		out.Bands = append(out.Bands, model.Band{To: b.To})
	}
	known := make(map[string]*model.Cell, len(s.Cells))
	for i := range s.Cells {
		known[s.Cells[i].ID] = &s.Cells[i]
	}
	for i := range r.Cells {
		c := &r.Cells[i]
		if square := known[c.Cell]; square != nil && c.People > 0 {
			addServed(out, zones, square, c)
		}
		if n := days[c.Nearest]; n > 0 && c.People > 0 {
			addDays(out, n, c.People)
		}
	}
	return out
}

// addServed counts a square where it lies in a zone.
func addServed(out *model.ServedOtherwise, zones []model.Delivery, square *model.Cell, c *model.CellCost) {
	some := false
	for k, z := range zones {
		if z.Area.Bound().Contains(square.Centre) && planar.MultiPolygonContains(z.Area, square.Centre) {
			out.Zones[k].People += c.People
			some = true
		}
	}
	if !some {
		return
	}
	out.Home += c.People
	if c.Nearest == "" {
		out.Unreached += c.People
	}
	for k := range out.Bands {
		if c.Cost <= out.Bands[k].To { // not so where it is NaN
			out.Bands[k].People += c.People
		}
	}
}

// addDays counts people by the days of their nearest place.
func addDays(out *model.ServedOtherwise, days, people int) {
	at, found := slices.BinarySearchFunc(out.Days, days, func(d model.DaysPeople, n int) int { return cmp.Compare(d.Days, n) })
	if !found {
		out.Days = slices.Insert(out.Days, at, model.DaysPeople{Days: days})
	}
	out.Days[at].People += people
}
