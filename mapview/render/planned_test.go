package render

import (
	"context"
	"image"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/golden"
	"nabar/internal/i18n"
	"nabar/model/symbology"
)

// plannedScene is the test kommun with a scenario: a new and a changed road, one that closes, a stop, a locker, a place that moves
// and one that closes, and home deliveries.
func plannedScene(theme symbology.Theme) *Scene {
	s := testSnapshot()
	in := SceneInput{Snapshot: s, Service: "dagligvaror", Result: testResult(s), Printer: i18n.For(i18n.Swedish), Theme: theme}
	stop, locker, moved := s.Facilities[7], s.Facilities[8], s.Facilities[0]
	in.Planned = &Planned{
		Marks:   map[string]Mark{stop.ID: StopMark, locker.ID: LockerMark, moved.ID: NewMark},
		Shut:    []orb.Point{at(6000, 4200)},
		New:     []orb.LineString{{at(3000, 3000), at(6500, 2200)}},
		Changed: []orb.LineString{{at(3000, 3600), at(5200, 6100)}},
		Closed:  []orb.LineString{{at(7800, 5200), at(9800, 6100)}},
		Zones:   []orb.MultiPolygon{{{ring(at(8200, 1200), at(10800, 1400), at(10400, 3400), at(8000, 3000))}}},
	}
	return NewScene(in)
}

// TestPlannedIsOnTheMap draws what a scenario changes, in both themes.
func TestPlannedIsOnTheMap(t *testing.T) {
	for name, theme := range map[string]symbology.Theme{"planned-light": symbology.Light, "planned-dark": symbology.Dark} {
		scene, v := plannedScene(theme), testView()
		img := image.NewRGBA(image.Rect(0, 0, v.Width, v.Height))
		if err := scene.Draw(context.Background(), img, v); err != nil {
			t.Fatal(err)
		}
		golden.Image(t, name, img)
	}
}

// TestPlannedIsExplained has a line in the legend for each thing that the scenario changes, and none without it; a marked place
// of another service is shown at any scale, and named in the legend.
func TestPlannedIsExplained(t *testing.T) {
	scene := plannedScene(symbology.Light)
	var labels []string
	for _, item := range scene.Legend().Items {
		labels = append(labels, item.Label)
	}
	want := []string{
		"nytt eller flyttat ställe", "ny paketautomat", "hållplats för butiksbuss", "stänger", "ny väg",
		"ändrad hastighet eller riktning", "avstängd väg eller färja", "hemsändning",
	}
	if at := slices.Index(labels, want[0]); at < 0 || !slices.Equal(labels[at:at+len(want)], want) {
		t.Errorf("%q, want %q in it", labels, want)
	}
	if !slices.Contains(labels, "Drivmedel") {
		t.Errorf("the service of the locker is not among %q", labels)
	}
	far := testView()
	far.Scale = 200
	shown := scene.fan(far)
	if !slices.ContainsFunc(shown, func(d drawnSymbol) bool { return scene.places[d.place].symbols[d.index].service == "drivmedel" }) {
		t.Error("a marked place of another service is not shown")
	}
	plain := testScene(symbology.Light, "dagligvaror", true)
	for _, item := range plain.Legend().Items {
		if slices.Contains(want, item.Label) {
			t.Errorf("%q without a scenario", item.Label)
		}
	}
	if trial := scene.WithTrial(Trial{Snapshot: testSnapshot(), Result: scene.in.Result}); len(trial.plannedItems()) != len(want) {
		t.Error("what is tried out takes the marks away")
	}
}
