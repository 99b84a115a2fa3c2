package kommuner

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestListIsWhole(t *testing.T) {
	all := All()
	if len(all) != 290 {
		t.Fatalf("%d kommuner", len(all))
	}
	counties, names := map[string]bool{}, map[string]bool{}
	for i, k := range all {
		if len(k.Code) != 4 || k.Name == "" || strings.TrimSpace(k.Name) != k.Name || names[k.Name] {
			t.Errorf("row %d: %+v", i, k)
		}
		if i > 0 && all[i-1].Code >= k.Code {
			t.Errorf("%s does not follow %s", k.Code, all[i-1].Code)
		}
		counties[k.Code[:2]], names[k.Name] = true, true
	}
	if len(counties) != 21 {
		t.Errorf("%d counties", len(counties))
	}
}

func TestName(t *testing.T) {
	tests := []struct {
		code, name string
		known      bool
	}{
		{"0980", "Gotland", true},
		{"980", "Gotland", true},
		{" 0180 ", "Stockholm", true},
		{"114", "Upplands Väsby", true},
		{"1480", "Göteborg", true},
		{"2361", "Härjedalen", true},
		{"2584", "Kiruna", true},
		{"9901", "", false},
		{"", "", false},
		{"Gotland", "", false},
		{"09800", "", false},
	}
	for _, test := range tests {
		t.Run(test.code, func(t *testing.T) {
			if name, known := Name(test.code); name != test.name || known != test.known {
				t.Errorf("Name = %q, %v", name, known)
			}
		})
	}
}

func TestAllIsTheCallersOwn(t *testing.T) {
	first := All()
	first[0].Name = "changed"
	if slices.Equal(first, All()) {
		t.Error("a caller can change the list")
	}
}

func FuzzPad(f *testing.F) {
	for _, s := range []string{"980", "0980", "", " 1 ", "Å", "12345"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Pad(s)
		if Pad(once) != once {
			t.Errorf("Pad(%q) = %q is not stable", s, once)
		}
	})
}

func ExampleName() {
	name, known := Name("980")
	fmt.Println(name, known, Pad("980"))
	// Output: Gotland true 0980
}
