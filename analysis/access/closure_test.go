package access_test

import (
	"math"
	"testing"

	"nabar/analysis/access"
	"nabar/model"
)

// TestClosureCostByHand has 100 people 3 km farther, one way: 300 person-kilometres and 5 hours. Two round trips a week are
// 208 ways a year: 62 400 person-km and 1 040 h; two in a car 31 200 km, at 100 g 3.12 t. 60 of the people have come beyond
// 10 km and 20, without any shop before, within: 40, 20 households, half of which have two deliveries a week: 1 040, at
// 150 kr 156 000 kr, of which the state pays 70 kr each.
func TestClosureCostByHand(t *testing.T) {
	nan := math.NaN()
	c := &model.Comparison{
		B:    &model.Result{Query: model.Query{Impedance: model.Distance}},
		Cost: model.TravelCost{PersonKm: 300, PersonHours: 5},
		Cells: []model.CellShift{
			{People: 40, Kind: model.ShiftWorse, Before: 9000, After: 10000}, // within still: limits are inclusive
			{People: 50, Kind: model.ShiftWorse, Before: 9000, After: 12000},
			{People: 10, Kind: model.ShiftUnreached, Before: 10000, After: nan},
			{People: 20, Kind: model.ShiftReached, Before: nan, After: 500},
			{People: 90, Kind: model.ShiftAdded, Before: nan, After: 500},
			{People: 90, Kind: model.ShiftGone, Before: 500, After: nan},
		},
	}
	f := model.CostFactors{
		Trips: 2, PerCar: 2, CO2: 100, DeliverFrom: 10000, DeliverShare: 0.5, Household: 2, Deliveries: 2, DeliveryPrice: 150, StateShare: 0.5, StateLimit: 70,
	}
	want := model.ClosureCost{
		PersonKm: 62400, Hours: 1040, VehicleKm: 31200, CO2: 3.12, People: 40, Households: 10, Deliveries: 1040, Price: 156000, StatePays: 72800,
	}
	if got := access.ClosureCost(c, f); math.Abs(got.CO2-want.CO2) > 1e-12 {
		t.Errorf("CO₂ %v, want %v", got.CO2, want.CO2)
	} else if got.CO2 = want.CO2; got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	f.StateLimit = 1000
	if got := access.ClosureCost(c, f).StatePays; got != 78000 {
		t.Errorf("half of the price is 78 000 kr, got %v", got)
	}
	c.B.Query.Impedance = model.Time
	if got := access.ClosureCost(c, f); !math.IsNaN(got.People) || !math.IsNaN(got.Price) || got.PersonKm != 62400 {
		t.Errorf("by time %+v", got)
	}
}
