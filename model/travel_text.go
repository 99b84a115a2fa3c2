package model

import (
	"fmt"
	"math"
	"strings"

	"nabar/internal/i18n"
)

// Rules are what a way of travelling does otherwise than the car of the register, a message each.
func (p Profile) Rules() []i18n.Message {
	var out []i18n.Message
	add := func(on bool, key string, args ...any) {
		if on {
			out = append(out, i18n.M(key, args...))
		}
	}
	add(p.Speed > 0, "profile.rule_speed", kmh(p.Speed))
	add(p.Cap > 0, "profile.rule_cap", kmh(p.Cap))
	add(p.Factor != 1, "profile.rule_factor", i18n.Share(p.Factor))
	for _, c := range p.Classes {
		add(true, "profile.rule_class", int(c.Class), i18n.Share(c.Factor))
	}
	add(len(p.Barred) > 0, "profile.rule_barred", p.barredText(), len(p.Barred))
	add(!p.Motorways, "profile.rule_no_motorway")
	add(!p.OneWay, "profile.rule_both_ways")
	add(p.Ferries == FerriesClosed, "profile.rule_no_ferries")
	if p.FerrySpeed != nil {
		add(true, "profile.rule_ferry_speed", kmh(*p.FerrySpeed))
	}
	if p.FerryWait != nil {
		add(true, "profile.rule_ferry_wait", i18n.Seconds(*p.FerryWait))
	}
	if p.ConnectorSpeed != nil {
		add(*p.ConnectorSpeed > 0, "profile.rule_connector", kmh(*p.ConnectorSpeed))
		add(*p.ConnectorSpeed == 0, "profile.rule_connector_free")
	}
	return out
}

// kmh is a speed as it is written: without decimals where it has none.
func kmh(v float64) any {
	if v == math.Trunc(v) {
		return int(v)
	}
	return v
}

// barredText lists the barred classes: "8, 9".
func (p Profile) barredText() string {
	parts := make([]string, len(p.Barred))
	for i, c := range p.Barred {
		parts[i] = fmt.Sprint(c)
	}
	return strings.Join(parts, ", ")
}

// Describe is the rules in one line.
func (p Profile) Describe() i18n.Message {
	rules := p.Rules()
	if len(rules) == 0 {
		return i18n.M("profile.rule_none")
	}
	out := rules[0]
	for _, r := range rules[1:] {
		out = i18n.M("profile.list", out, r)
	}
	return out
}
