package model

import (
	"fmt"
	"strings"
)

// Rules are the choices of method that Pipos makes otherwise than this program. The zero value is this program's own. The
// method is read from the public code of Pipos (tvv-pipos/Pipos.GeoLib) and from pipos.se; docs/method.md tells of each.
type Rules uint8

// The rules that can be switched, each on its own so that the difference that it makes can be told.
const (
	// FreeConnectors lets the way between a square or facility and the road cost nothing.
	FreeConnectors Rules = 1 << iota
	// RoundedNodes makes one node of the road ends that round to the same whole metres, in place of those near each other.
	RoundedNodes
	// CountedPart takes the part of the network with the most roads for the largest, follows the allowed directions when it
	// looks for parts, and leaves closed ferries out altogether.
	CountedPart
	// SetFerries has every ferry go at Params.FerrySpeed, whatever the register says.
	SetFerries

	// PiposRules are all of them: the figures are then computed as Pipos does.
	PiposRules = FreeConnectors | RoundedNodes | CountedPart | SetFerries
)

// ruleNames are the names of the single rules in the order in which differences are looked for.
var ruleNames = []string{"connector", "nodes", "component", "ferry_speed"}

// Has tells whether all of some rules are on.
func (r Rules) Has(some Rules) bool { return r&some == some }

// Single lists the rules one by one, in the order in which differences are looked for.
func (r Rules) Single() (out []Rules) {
	for i := range ruleNames {
		if one := Rules(1) << i; r&one != 0 {
			out = append(out, one)
		}
	}
	return out
}

// String is "" for this program's own rules, "pipos" for all of Pipos', else the names of the rules with plus signs between.
func (r Rules) String() string {
	if r == PiposRules {
		return "pipos"
	}
	var names []string
	for i, name := range ruleNames {
		if r&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, "+")
}

// MarshalText writes what String gives.
func (r Rules) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (r *Rules) UnmarshalText(text []byte) error {
	*r = 0
	switch string(text) {
	case "":
		return nil
	case "pipos":
		*r = PiposRules
		return nil
	}
next:
	for _, name := range strings.Split(string(text), "+") {
		for i := range ruleNames {
			if ruleNames[i] == name {
				*r |= 1 << i
				continue next
			}
		}
		return fmt.Errorf("unknown rule %q", name)
	}
	return nil
}
