package session_test

import (
	"fmt"
	"testing"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/internal/testdata"
)

// kommunArea is a square kilometre with a kommun's code, as GeoJSON writes it, and its lower left corner.
func kommunArea(code string, e, n int) string {
	return fmt.Sprintf(`{"type":"Feature","properties":{"KOM_KOD":%s},"geometry":{"type":"Polygon","coordinates":[[[%d,%d],[%d,%d],[%d,%d],[%d,%d],[%d,%d]]]}}`,
		code, e, n, e+1000, n, e+1000, n+1000, e, n+1000, e, n)
}

// The border is made of the areas that carry the project's code, however the column writes it, and of no others.
func TestBorderIsTheKommunsOwn(t *testing.T) {
	const e, n = 500_000, 6_699_500 // the first square of the village; the second is 8 km to the east
	tests := []struct {
		name  string
		areas []string
		west  []float64 // the left sides of the border's areas
		in    int       // squares inside
	}{
		{"text", []string{kommunArea(`"0980"`, e, n)}, []float64{e}, 1},
		{"number", []string{kommunArea("980", e, n)}, []float64{e}, 1},
		{"number with decimals", []string{kommunArea("980.0", e, n)}, []float64{e}, 1},
		{"text without its zero", []string{kommunArea(`" 980 "`, e, n)}, []float64{e}, 1},
		{"one of several", []string{kommunArea("180", e+8000, n), kommunArea("980", e, n), kommunArea("9800", e+4000, n)}, []float64{e}, 1},
		{"two areas of one", []string{kommunArea("980", e, n), kommunArea("180", e+4000, n), kommunArea("980", e+8000, n)}, []float64{e, e + 8000}, 2},
		{"only others", []string{kommunArea("180", e, n), kommunArea("1980", e+8000, n)}, nil, 2},
		{"no code", []string{kommunArea("null", e, n), kommunArea("980", e+8000, n)}, []float64{e + 8000}, 1},
	}
	files := testdata.Village(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := empty(t)
			for _, path := range []string{files.Cells, file(t, "kommuner.geojson", collection(tt.areas...))} {
				if _, err := s.Import(ctx, path, session.ImportOptions{}, nil); err != nil {
					t.Fatal(err)
				}
			}
			snapshot, err := s.Snapshot(ctx, nil)
			must(t, err)
			if len(snapshot.Border) != len(tt.west) {
				t.Fatalf("the border is %v", snapshot.Border)
			}
			for i, west := range tt.west {
				if want := (orb.Point{west, n}); snapshot.Border[i].Bound().Min != want {
					t.Errorf("area %d begins at %v, want %v", i, snapshot.Border[i].Bound().Min, want)
				}
			}
			in := 0
			for _, c := range snapshot.Cells {
				if c.Inside {
					in++
				}
			}
			if in != tt.in {
				t.Errorf("%d squares count, want %d", in, tt.in)
			}
		})
	}
}
