// Package kommuner lists Sweden's municipalities: code and name, as Statistics Sweden (SCB) has numbered them since
// Knivsta was formed in 2003. The list was drawn from the official boundaries of 2020 (Lantmäteriet, CC0).
//
// Invariant: 290 kommuner in the order of their codes, each code four digits.
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

// load reads the table: a code, a tab and a name on each line.
var load = sync.OnceValue(func() []model.Kommun {
	var all []model.Kommun
	for line := range strings.Lines(table) {
		code, name, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
		all = append(all, model.Kommun{Code: code, Name: name})
	}
	return all
})

// All lists the kommuner in the order of their codes.
func All() []model.Kommun { return slices.Clone(load()) }

// Name gives the name of the kommun with a four-digit code.
func Name(code string) (string, bool) {
	all := load()
	i, found := slices.BinarySearchFunc(all, code, func(k model.Kommun, code string) int { return strings.Compare(k.Code, code) })
	if !found {
		return "", false
	}
	return all[i].Name, true
}

// Pad gives a code the leading zero that spreadsheets take away: "980" becomes "0980".
func Pad(code string) string {
	code = strings.TrimSpace(code)
	if len(code) == 3 {
		return "0" + code
	}
	return code
}
