package supply

import (
	"math"
	"slices"

	"nabar/internal/i18n"
)

// Form is the kind of a distance decay: how the weight of a place falls with what it costs to get there.
type Form string

// The forms. Each is 1, or as good as 1, where the place is.
const (
	Step        Form = "step"        // a weight for each zone; one zone of weight 1 counts all places within the limit alike
	Exponential Form = "exponential" // 2^(−d/h)
	Gaussian    Form = "gaussian"    // 2^(−(d/h)²)
	Logistic    Form = "logistic"    // 1/(1+e^((d−h)/w))
	Power       Form = "power"       // (d/a)^(−b) from a on, 1 before
)

// Forms lists the forms.
func Forms() []Form { return []Form{Step, Exponential, Gaussian, Logistic, Power} }

// Decay is a form with its parameters. Costs are metres or seconds; a parameter of 0 means the usual, see Complete.
type Decay struct {
	Form     Form    `json:"form"`
	Half     float64 `json:"half,omitempty"`     // h: the cost at which the weight is one half (exponential, Gaussian, logistic)
	Width    float64 `json:"width,omitempty"`    // w: how gradually a logistic falls; from 88 to 12 % within 2w to each side of h
	Exponent float64 `json:"exponent,omitempty"` // b of a power
	From     float64 `json:"from,omitempty"`     // a: the cost up to which a power weighs 1
	Zones    []Zone  `json:"zones,omitempty"`    // of a step, ascending
}

// Zone is a step's weight up to a cost, which is included.
type Zone struct {
	To     float64 `json:"to"`
	Weight float64 `json:"weight"`
}

// Weight is what a place counts at a cost, 0 to 1. The decay must be complete.
func (d Decay) Weight(cost float64) float64 {
	switch d.Form {
	case Exponential:
		return exp(-float64(math.Ln2 * (cost / d.Half)))
	case Gaussian:
		share := cost / d.Half
		return exp(-float64(math.Ln2 * float64(share*share)))
	case Logistic:
		return logistic((cost - d.Half) / d.Width)
	case Power:
		if cost <= d.From {
			return 1
		}
		return exp(-float64(d.Exponent * log(cost/d.From)))
	}
	for _, z := range d.Zones {
		if cost <= z.To {
			return z.Weight
		}
	}
	return 0
}

// logistic is 1/(1+e^x), by a power of e that can't overflow.
func logistic(x float64) float64 {
	if x < 0 {
		return 1 / (1 + exp(x))
	}
	e := exp(-x)
	return e / (1 + e)
}

// luoQi are the weights of three equal zones in the enhanced method of Luo and Qi (2009).
var luoQi = []float64{1, 0.68, 0.22}

// Complete gives the decay with the usual for every parameter that is 0: half the weight at 5 km or 10 minutes, a logistic
// width of a fifth of that, a power of 2 that begins at 1 km or 2 minutes, and as zones all within the limit alike, or for
// the enhanced method the three of Luo and Qi.
func (d Decay) complete(q *Query) Decay {
	usual := usualOf(q.Impedance)
	d.Zones = slices.Clone(d.Zones)
	switch d.Form {
	case Step:
		if d.Zones == nil && q.Method == Enhanced {
			for i, w := range luoQi {
				d.Zones = append(d.Zones, Zone{float64(q.Limit*float64(i+1)) / float64(len(luoQi)), w})
			}
		} else if d.Zones == nil {
			d.Zones = []Zone{{q.Limit, 1}}
		}
	case Exponential, Gaussian, Logistic:
		d.Half = or(d.Half, usual.half)
		if d.Form == Logistic {
			d.Width = or(d.Width, d.Half/5)
		}
	case Power:
		d.Exponent, d.From = or(d.Exponent, 2), or(d.From, usual.from)
	}
	return d
}

// or gives the second where the first is 0.
func or(v, usual float64) float64 {
	if v == 0 {
		return usual
	}
	return v
}

// check gives a Problem where a parameter is none or does not belong to the form.
func (d *Decay) check() error {
	if !slices.Contains(Forms(), d.Form) {
		return i18n.Errorf("supply.form_unknown", string(d.Form))
	}
	for _, v := range []float64{d.Half, d.Width, d.Exponent, d.From} {
		if !(v >= 0) || math.IsInf(v, 0) {
			return i18n.Errorf("supply.parameter_wrong", i18n.Plain(plain(v)))
		}
	}
	before := 0.0
	for _, z := range d.Zones {
		if !(z.To > before) || math.IsInf(z.To, 0) || !(z.Weight >= 0) || z.Weight > 1 {
			return i18n.Errorf("supply.zones_wrong")
		}
		before = z.To
	}
	return nil
}
