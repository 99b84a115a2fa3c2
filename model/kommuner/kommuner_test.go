package kommuner_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nabar/model"
	"nabar/model/kommuner"
)

func TestAll(t *testing.T) {
	all := kommuner.All()
	if len(all) != 290 {
		t.Errorf("%d kommuner, want 290", len(all))
	}
	if !slices.IsSortedFunc(all, func(a, b model.Kommun) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error("not in the order of the codes")
	}
	names := map[string]bool{}
	for _, k := range all {
		if len(k.Code) != 4 || strings.Trim(k.Code, "0123456789") != "" || k.Name == "" || names[k.Name] || k.Fictional {
			t.Errorf("kommun %+v", k)
		}
		names[k.Name] = true
	}
}

func TestName(t *testing.T) {
	cases := map[string]string{"0980": "Gotland", "0180": "Stockholm", "1480": "Göteborg", "2361": "Härjedalen", "0330": "Knivsta", "2584": "Kiruna"}
	for code, want := range cases {
		if got, ok := kommuner.Name(code); !ok || got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	for _, code := range []string{"", "980", "9999", "0000", "abcd"} {
		if name, ok := kommuner.Name(code); ok {
			t.Errorf("%q is named %s", code, name)
		}
	}
}

func ExamplePad() {
	name, _ := kommuner.Name(kommuner.Pad("980"))
	fmt.Println(kommuner.Pad("980"), name)
	// Output: 0980 Gotland
}
