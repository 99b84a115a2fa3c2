package session

import (
	"fmt"
	"testing"

	"nabar/model"
)

// TestAgeColumnsAreFound reads the ages of a forecast's columns from their names.
func TestAgeColumnsAreFound(t *testing.T) {
	for name, c := range map[string]struct {
		columns []string
		chosen  int
		want    string
	}{
		"year first":     {[]string{"namn", "2035", "2035_0_19", "2035_20_64", "2035_65-", "2040_0_19", "2040_20-"}, 1, "2:0-19 3:20-64 4:65-"},
		"year last":      {[]string{"0-5_2035", "6-19_2035", "20-79_2035", "80+_2035", "bef_2035", "2035"}, 5, "0:0-5 1:6-19 2:20-79 3:80-"},
		"without a year": {[]string{"beftotalt", "ald0_19", "ald20_64", "ald65w"}, 0, "1:0-19 2:20-64 3:65-"},
		"one sex":        {[]string{"2035", "2035_kvinnor_0_19", "2035_man_0_19", "2035_0_19", "2035_20+"}, 0, "3:0-19 4:20-"},
		"other years":    {[]string{"2035", "2040_0_19", "2040_20+"}, 0, ""},
		"no ages":        {[]string{"namn", "2025", "2030", "2035"}, 3, ""},
		"within":         {[]string{"2035", "2035_0_64", "2035_65-", "2035_80-"}, 0, ""},
		"one alone":      {[]string{"2035", "2035_65-"}, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var layer model.Layer
			for _, column := range c.columns {
				layer.Fields = append(layer.Fields, model.Field{Name: column, Type: model.Integer})
			}
			got := ""
			for _, a := range ageColumns(layer, c.chosen) {
				if got != "" {
					got += " "
				}
				got += fmt.Sprint(a.column, ":", a.From, "-")
				if a.To >= 0 {
					got += fmt.Sprint(a.To)
				}
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
