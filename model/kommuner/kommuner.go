// Package kommuner knows the codes and names of Sweden's kommuner, so that a project started with a code bears the
// kommun's name.
//
// Invariants: 290 kommuner, each code four digits of which the first two are the county's; names as in the official list,
// without "kommun" or "stad" behind them ("Gotland", "Malmö"). The list is fact, from the attributes of Lantmäteriet's
// administrative division of 2020 (CC0); no kommun has been added, merged or renamed between then and 2025.
package kommuner

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"nabar/model"
)

//go:embed kommuner.tsv
var table string

var list = sync.OnceValue(func() []model.Kommun {
	var out []model.Kommun
	for line := range strings.Lines(table) {
		code, name, _ := strings.Cut(strings.TrimSpace(line), "\t")
		out = append(out, model.Kommun{Code: code, Name: name})
	}
	return out
})

// All lists the kommuner in order of their codes. The slice is the caller's.
func All() []model.Kommun { return slices.Clone(list()) }

// Pad gives a kommun code its four digits: tables lose the leading zero ("980" is "0980"). What is no code of at
// most four digits is given back without the blanks around it.
func Pad(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 4 || strings.Trim(s, "0123456789") != "" {
		return s
	}
	return strings.Repeat("0", 4-len(s)) + s
}

// Name gives the name of a kommun by its code, with or without the leading zero.
func Name(code string) (string, bool) {
	all, code := list(), Pad(code)
	i, found := slices.BinarySearchFunc(all, code, func(k model.Kommun, code string) int { return strings.Compare(k.Code, code) })
	if !found {
		return "", false
	}
	return all[i].Name, true
}
