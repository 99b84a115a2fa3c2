package legend

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/symbology"
)

var view = render.View{Centre: orb.Point{500000, 6500000}, Scale: 50, Width: 800, Height: 600, Unit: 1}

// scene is a map of one square, in a kommun that is fictional or not.
func scene(fictional bool) *render.Scene {
	return render.NewScene(render.SceneInput{Printer: i18n.For("sv"), Snapshot: &model.Snapshot{
		Kommun: model.Kommun{Code: "0980", Name: "Gotland", Fictional: fictional}, Roads: &model.RoadSet{},
		Cells:      []model.Cell{{ID: "a", Centre: view.Centre, Size: 1000, People: 5, Inside: true}},
		Facilities: []model.Facility{{ID: "1", Type: "dagligvaror", At: view.Centre}},
		Types:      model.DefaultServiceTypes(),
		Inputs:     []model.InputRef{{Layer: "Befolkning", Source: "scb_befolkning.gpkg"}},
	}})
}

func show(t *testing.T, s *render.Scene) *Overlay {
	t.Helper()
	test.NewTempApp(t)
	o := New(i18n.For("sv"))
	w := test.NewTempWindow(t, o.Object())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(800, 600))
	o.Set(s, symbology.Light, 1)
	o.View(view)
	return o
}

func TestNothingIsShownWithoutAMap(t *testing.T) {
	test.NewTempApp(t)
	for _, o := range New(i18n.For("sv")).object.Objects {
		if o.Visible() {
			t.Errorf("%T is shown before there is a map", o)
		}
	}
}

func TestEverythingHasItsCorner(t *testing.T) {
	o := show(t, scene(true))
	if !o.legend.Visible() || !o.bar.Visible() || !o.credits.Visible() || !o.mark.Visible() {
		t.Fatalf("shown: legend %v, bar %v, sources %v, mark %v", o.legend.Visible(), o.bar.Visible(), o.credits.Visible(), o.mark.Visible())
	}
	size := o.object.Size()
	if at := o.legend.Position(); at.X > 20 || at.Y+o.legend.Size().Height < size.Height-20 {
		t.Errorf("the legend lies at %v", at)
	}
	if right := o.bar.Position().X + o.bar.Size().Width; right != size.Width {
		t.Errorf("the scale bar ends at %g, want %g", right, size.Width)
	}
	if o.bar.Position().Y+o.bar.Size().Height > o.credits.Position().Y {
		t.Error("the scale bar covers the sources")
	}
}

func TestRealKommunIsNotMarked(t *testing.T) {
	if o := show(t, scene(false)); o.mark.Visible() || o.markBox.Visible() {
		t.Error("a real kommun is marked as fictional")
	}
}

func TestLegendCanBeHidden(t *testing.T) {
	o := show(t, scene(false))
	o.ShowLegend(false)
	if o.legend.Visible() || !o.bar.Visible() {
		t.Error("the legend is not hidden, or more than it")
	}
}

func TestScaleBarFollowsTheView(t *testing.T) {
	o := show(t, scene(false))
	before, image := o.drawn, o.bar.Image
	o.View(view.Pan(10, 0))
	if o.bar.Image != image {
		t.Error("the bar is painted anew for a pan that does not change it")
	}
	o.View(view.Zoom(3, 400, 300))
	if o.drawn.Metres >= before.Metres {
		t.Errorf("the bar stands for %g m, and for %g m when zoomed in", before.Metres, o.drawn.Metres)
	}
}

func TestEmptyMapHasNoLegend(t *testing.T) {
	empty := render.NewScene(render.SceneInput{Printer: i18n.For("sv")})
	if o := show(t, empty); o.legend.Visible() {
		t.Error("a legend of nothing is shown")
	}
}

// TestSourcesAreReadWhole: many sources stand on several lines within the map, and the north arrow above the scale bar.
func TestSourcesAreReadWhole(t *testing.T) {
	o := show(t, scene(false))
	one := o.credits.Size().Height
	many := render.SceneInput{Printer: i18n.For("sv"), Snapshot: &model.Snapshot{Roads: &model.RoadSet{}}}
	for _, name := range []string{"Väghållarens egen databas", "Region Gotlands verksamhetssystem", "Länsstyrelsens planeringsunderlag", "Handelskammarens register"} {
		many.Snapshot.Inputs = append(many.Snapshot.Inputs, model.InputRef{Layer: name})
	}
	o.Set(render.NewScene(many), symbology.Light, 1)
	o.View(view)
	if at := o.credits.Position(); at.X < o.object.Size().Width*(1-creditShare)-20 || o.credits.Size().Height <= one {
		t.Errorf("the sources lie at %v and are %v large", at, o.credits.Size())
	}
	if !o.north.Visible() || o.north.Position().Y+o.north.Size().Height > o.bar.Position().Y {
		t.Errorf("the north arrow lies at %v, the bar at %v", o.north.Position(), o.bar.Position())
	}
}
