package session_test

import (
	"os"
	"path/filepath"
	"testing"

	"nabar/app/session"
)

// TestSurveyGround imports a survey's map of the ground: it is drawn quietly in its own colours, and needs no place in the legend.
func TestSurveyGround(t *testing.T) {
	s := village(t)
	path := filepath.Join(t.TempDir(), "mark.geojson")
	must(t, os.WriteFile(path, []byte(`{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"objekttyp":"Hav"},"geometry":{"type":"Polygon","coordinates":[[[15,60],[15.1,60],[15.1,60.1],[15,60]]]}},
{"type":"Feature","properties":{"objekttyp":"Barrskog"},"geometry":{"type":"Polygon","coordinates":[[[15.2,60],[15.3,60],[15.3,60.1],[15.2,60]]]}}]}`), 0o600))
	before, err := s.Scene(ctx, session.SceneChoice{})
	must(t, err)
	_, err = s.Import(ctx, path, session.ImportOptions{}, nil)
	must(t, err)
	after, err := s.Scene(ctx, session.SceneChoice{})
	must(t, err)
	if a, b := len(before.Legend().Items), len(after.Legend().Items); a != b {
		t.Errorf("the legend had %d lines and has %d", a, b)
	}
	if got := session.GroundClasses(ctx, t, s, "mark"); len(got) != 2 || got[0] == got[1] {
		t.Errorf("classes %v", got)
	}
}
