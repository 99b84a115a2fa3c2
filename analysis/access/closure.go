package access

import (
	"math"

	"nabar/model"
)

// weeks is how many there are in a year.
const weeks = 52

// ClosureCost tells what a comparison costs in a year by factors: the longer ways of all who reach the service in both, there
// and back, and deliveries to those who have come beyond the limit. Deliveries go by distance: in a comparison by time they are
// NaN. Who no longer reaches the service at all has come beyond the limit, but has no way that could be counted.
func ClosureCost(c *model.Comparison, f model.CostFactors) model.ClosureCost {
	yearly := 2 * f.Trips * weeks
	out := model.ClosureCost{PersonKm: c.Cost.PersonKm * yearly, Hours: c.Cost.PersonHours * yearly}
	out.VehicleKm = out.PersonKm / f.PerCar
	out.CO2 = out.VehicleKm * f.CO2 / 1e6
	out.People = beyond(c, f.DeliverFrom)
	out.Households = out.People / f.Household * f.DeliverShare
	out.Deliveries = out.Households * f.Deliveries * weeks
	out.Price = out.Deliveries * f.DeliveryPrice
	out.StatePays = out.Deliveries * min(f.DeliveryPrice*f.StateShare, f.StateLimit)
	return out
}

// beyond counts the people who have come over a distance, less those who have come within it.
func beyond(c *model.Comparison, limit float64) float64 {
	if c.B.Query.Impedance == model.Time {
		return math.NaN()
	}
	people := 0
	for i := range c.Cells {
		cell := &c.Cells[i]
		if cell.Kind == model.ShiftAdded || cell.Kind == model.ShiftGone {
			continue
		}
		was, is := cell.Before <= limit, cell.After <= limit // what is unreached is not
		switch {
		case was && !is:
			people += cell.People
		case is && !was:
			people -= cell.People
		}
	}
	return float64(people)
}
