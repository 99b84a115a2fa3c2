package cli

import "nabar/model"

// otherwiseJSON tells who is served otherwise than by a place that stays. It is told beside the figures, never in them; a part is
// left out where the scenario has nothing of the kind.
type otherwiseJSON struct {
	Home   *homeJSON  `json:"home_delivery,omitempty"`
	Mobile []daysJSON `json:"nearest_is_mobile,omitempty"`
}

// homeJSON is the people who live where goods are brought home.
type homeJSON struct {
	People    int        `json:"people"`
	Unreached int        `json:"unreached"` // of these, who reach no place
	Bands     []bandJSON `json:"bands"`     // of these, who have a place at or under "to"
	Zones     []zoneJSON `json:"zones"`
}

// zoneJSON is one area of home deliveries.
type zoneJSON struct {
	ID     string `json:"id"`
	Name   string `json:"name,omitempty"`
	Days   int    `json:"days_per_week,omitempty"`
	People int    `json:"people"`
}

// daysJSON is the people whose nearest place is a mobile shop that comes so many days a week.
type daysJSON struct {
	Days   int `json:"days_per_week"`
	People int `json:"people"`
}

// otherwiseToJSON writes it; nil says nothing.
func otherwiseToJSON(o *model.ServedOtherwise) (out otherwiseJSON) {
	if o == nil {
		return out
	}
	if len(o.Zones) > 0 {
		out.Home = &homeJSON{People: o.Home, Unreached: o.Unreached, Bands: []bandJSON{}}
		for _, b := range o.Bands {
			out.Home.Bands = append(out.Home.Bands, bandJSON{b.To, b.People})
		}
		for _, z := range o.Zones {
			out.Home.Zones = append(out.Home.Zones, zoneJSON(z))
		}
	}
	for _, d := range o.Days {
		out.Mobile = append(out.Mobile, daysJSON(d))
	}
	return out
}

// sayOtherwise prints it for people to read.
func (c *call) sayOtherwise(o *model.ServedOtherwise, i model.Impedance) {
	if o == nil {
		return
	}
	cost := costIn(i)
	if len(o.Zones) > 0 {
		c.say("mods.home", o.Home, o.Unreached)
		for _, b := range o.Bands {
			c.say("mods.home_band", cost(b.To), b.People)
		}
	}
	for _, d := range o.Days {
		c.say("mods.mobile_nearest", d.People, d.Days)
	}
}
