package model

import "math"

// CostFactors turn longer ways into what they cost. They are the project's own to set; docs/method.md says where the usual ones
// come from. All but the state's share and limit are the program's own assumptions.
type CostFactors struct {
	Trips         float64 `json:"trips"`          // round trips to the service by a person and week
	PerCar        float64 `json:"per_car"`        // people in a car
	CO2           float64 `json:"co2"`            // grams a kilometre by car
	DeliverFrom   float64 `json:"deliver_from"`   // metres: who has come beyond may have goods delivered
	DeliverShare  float64 `json:"deliver_share"`  // of those households, 0 to 1, that have
	Household     float64 `json:"household"`      // people
	Deliveries    float64 `json:"deliveries"`     // to a household a week
	DeliveryPrice float64 `json:"delivery_price"` // kr each
	StateShare    float64 `json:"state_share"`    // of it that the state pays back at most, 0 to 1
	StateLimit    float64 `json:"state_limit"`    // kr for each delivery that the state pays at most
}

// DefaultCostFactors are those of a project that has set none.
func DefaultCostFactors() CostFactors {
	return CostFactors{
		Trips: 1.5, PerCar: 1.4, CO2: 130, DeliverFrom: 10000, DeliverShare: 0.1, Household: 2, Deliveries: 1, DeliveryPrice: 200,
		StateShare: 0.5, StateLimit: 100,
	}
}

// CostFactorNames are the factors' names, in the order in which they are shown.
func CostFactorNames() []string {
	return []string{
		"trips", "per_car", "co2", "deliver_from", "deliver_share", "household", "deliveries", "delivery_price", "state_share", "state_limit",
	}
}

// Factor is a factor by its name, nil where there is none of the name.
func (f *CostFactors) Factor(name string) *float64 {
	return map[string]*float64{
		"trips": &f.Trips, "per_car": &f.PerCar, "co2": &f.CO2, "deliver_from": &f.DeliverFrom, "deliver_share": &f.DeliverShare,
		"household": &f.Household, "deliveries": &f.Deliveries, "delivery_price": &f.DeliveryPrice, "state_share": &f.StateShare,
		"state_limit": &f.StateLimit,
	}[name]
}

// FactorFits tells whether a factor may have a value: shares lie from 0 to 1, what is divided by is above 0, none is below 0.
func FactorFits(name string, v float64) bool {
	switch name {
	case "deliver_share", "state_share":
		return v >= 0 && v <= 1
	case "per_car", "household":
		return v > 0 && !math.IsInf(v, 1)
	}
	return v >= 0 && !math.IsInf(v, 1)
}

// ClosureCost is what a change costs in a year beyond what was before; below 0 where it saves. NaN is not known.
type ClosureCost struct {
	PersonKm   float64
	Hours      float64 // of people
	VehicleKm  float64
	CO2        float64 // tonnes
	People     float64 // that have come beyond the limit of delivery, less those that have come within it
	Households float64 // of them, that have goods delivered
	Deliveries float64
	Price      float64 // kr
	StatePays  float64 // kr of it at most
}
