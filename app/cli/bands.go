package cli

import (
	"math"

	"nabar/internal/i18n"
	"nabar/model"
)

// bandPartJSON counts the people between two limits, the upper included; To is null for those beyond the last. Share is of
// all people, the unreached among them.
type bandPartJSON struct {
	From   float64  `json:"from"`
	To     *float64 `json:"to"`
	People int      `json:"people"`
	Share  *float64 `json:"share"`
}

// bandParts parts people by bands, and gives the share that is unreached; null where there is nobody.
func bandParts(bands []model.Band, reached, people int) (parts []bandPartJSON, unreached *float64) {
	of := func(n int) *float64 { return share(float64(n) / float64(people)) }
	for _, b := range model.BandParts(bands, reached) {
		part := bandPartJSON{From: b.From, People: b.People, Share: of(b.People)}
		if !math.IsNaN(b.To) {
			part.To = &b.To
		}
		parts = append(parts, part)
	}
	return parts, of(people - reached)
}

// sayBands prints the people within each limit, beyond the last, and unreached, with their shares.
func (c *call) sayBands(bands []model.Band, i model.Impedance, reached, people int) {
	cost := costIn(i)
	part := func(n int) any { return i18n.Share(float64(n) / float64(max(people, 1))) }
	for _, b := range bands {
		c.say("cli.result_band", cost(b.To), b.People, part(b.People))
	}
	for _, b := range model.BandParts(bands, reached) {
		if math.IsNaN(b.To) {
			c.say("supply.band_beyond", cost(b.From), b.People, part(b.People))
		}
	}
	c.say("supply.band_unreached", people-reached, part(people-reached))
}

// bandShares prints for each group the share within each limit, beyond the last, and unreached.
func (c *call) bandShares(groups []model.Group, i model.Impedance) {
	if len(groups[0].Bands) == 0 {
		return
	}
	c.say("supply.bands_head")
	rows := [][]string{{c.printer.T("cli.column_group")}}
	for _, b := range groups[0].Bands {
		rows[0] = append(rows[0], c.printer.Value(costIn(i)(b.To)))
	}
	rows[0] = append(rows[0], c.printer.T("supply.bands_beyond"), c.printer.T("cli.column_unreached"))
	for _, g := range groups {
		row := []string{c.groupName(g)}
		part := func(n int) { row = append(row, c.printer.Percent(float64(n)/float64(max(g.People, 1)))) }
		within := 0
		for _, b := range g.Bands {
			part(b.People)
			within = b.People
		}
		part(g.Reached - within)
		part(g.Unreached)
		rows = append(rows, row)
	}
	c.columns(rows)
}
