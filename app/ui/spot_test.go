package ui

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/mapview"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/scenario"
)

// tapAt clicks on a place of the map.
func (b *bench) tapAt(at orb.Point) {
	v := b.view.View()
	x, y := v.ToScreen(at)
	time.Sleep(500 * time.Millisecond) // no second click of a double click
	b.view.Tapped(&fyne.PointEvent{Position: fyne.NewPos(float32(x/v.Unit), float32(y/v.Unit))})
}

// top are the texts of the dialog in front.
func (b *bench) top() string {
	o := b.win.Canvas().Overlays().Top()
	if o == nil {
		return ""
	}
	return strings.Join(textsOf(o), "\n")
}

// ready waits until the roads are found.
func (b *bench) ready() {
	b.t.Helper()
	b.until("the roads are found", func() bool { return b.spot.find != nil && b.calm() })
}

func TestPlaceIsAddedOnTheMap(t *testing.T) {
	b := openBench(t)
	mean, count := b.state.result.Mean, len(b.state.snapshot.Facilities)
	b.askPlace()
	b.ready()
	at := b.view.View().Centre
	b.tool.pointed(&mapview.Pointer{At: at, View: b.view.View(), X: 10, Y: 10})
	if !strings.Contains(b.view.Tether(), "väg") {
		t.Errorf("the road at the pointer is told as %q", b.view.Tether())
	}
	b.tapAt(at)
	form := b.spot.form
	if form == nil || b.dialogs() != 1 || b.view.Tether() != "" || !strings.Contains(form.Road(), "väg") {
		t.Fatal("no form is shown, or the road is not told in it")
	}
	form.Save()
	b.until("the name is asked for", func() bool { return form.Fault() != "" })
	form.Say(model.PartName, "Nyboden")
	form.Say(model.PartTold, "Byalaget")
	form.Say(model.PartReserve, "yes")
	form.Tick("post", true)
	form.Save()
	b.until("the place is there", func() bool {
		return len(b.state.snapshot.Facilities) == count+2 && b.state.result != nil && !b.state.result.Stale && b.calm()
	})
	i := b.facility(b.selected.facility)
	if i < 0 || b.dialogs() != 0 {
		t.Fatal("the new place is not chosen, or the form is still open")
	}
	f := b.state.snapshot.Facilities[i]
	if f.Name != "Nyboden" || f.Told != "Byalaget" || f.Reserve != model.Yes || math.Hypot(f.At[0]-at[0], f.At[1]-at[1]) > b.view.View().Scale*2 {
		t.Errorf("the place is %+v", f)
	}
	if b.state.result.Mean > mean || !b.says("Enligt Byalaget") || !b.says("Lägg till serviceställe Nyboden") {
		t.Error("the mean has grown, or card and menu don't tell of the place")
	}
	b.undo()
	b.until("the place is gone", func() bool {
		return len(b.state.snapshot.Facilities) == count && b.state.result != nil && !b.state.result.Stale && b.calm()
	})
	if b.state.result.Mean != mean {
		t.Errorf("mean %v after undo, was %v", b.state.result.Mean, mean)
	}
}

func TestPointingOutIsLeftByEscape(t *testing.T) {
	b := openBench(t)
	b.askPlace()
	b.ready()
	b.view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.view.Sketching() || b.spot.hover || b.dialogs() != 0 {
		t.Error("Escape does not end it")
	}
}

// chosenPlace chooses a place with people that is a row of the project.
func (b *bench) chosenPlace() model.Facility {
	b.t.Helper()
	for _, p := range b.state.result.Places {
		if i := b.facility(p.ID); i >= 0 && p.PeopleNearest > 0 && b.editable(p.ID) {
			b.selectFacility(p.ID, false)
			return b.state.snapshot.Facilities[i]
		}
	}
	b.t.Fatal("no place")
	return model.Facility{}
}

func TestPlaceIsEditedAndRemoved(t *testing.T) {
	b := openBench(t)
	f := b.chosenPlace()
	b.addScenario(scenario.Scenario{Name: "Utan", Steps: []scenario.Step{{Modification: scenario.ClosePlace{ID: f.ID}}}})
	b.until("the scenario is shown", func() bool { return b.state.choice.scenario == "Utan" && b.state.result != nil && b.calm() })
	b.chooseScenario("")
	b.until("the baseline is shown", func() bool { return b.state.choice.scenario == "" && b.state.result != nil && b.calm() })
	b.spot.form = nil
	b.askEditPlace(f.ID)
	b.until("the form is shown", func() bool { return b.spot.form != nil && b.calm() })
	b.spot.form.Say(model.PartHours, "dygnet runt")
	b.spot.form.Save()
	b.until("the hours are kept", func() bool {
		i := b.facility(f.ID)
		return i >= 0 && b.state.snapshot.Facilities[i].Hours == "dygnet runt" && b.calm()
	})
	b.askRemovePlace(f.ID)
	b.until("it is asked", func() bool { return b.dialogs() == 1 })
	if text := b.top(); !strings.Contains(text, f.Name) || !strings.Contains(text, "Scenariot Utan") {
		t.Errorf("the question says %q", text)
	}
	press(t, b, "Ta bort")
	b.until("the place is gone", func() bool { return b.facility(f.ID) < 0 && b.calm() })
	b.undo()
	b.until("the place is back", func() bool { return b.facility(f.ID) >= 0 && b.calm() })
}

// press presses the button of a dialog.
func press(t *testing.T, b *bench, label string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(b.win.Canvas().Overlays().Top()) {
		if button, ok := o.(*widget.Button); ok && button.Text == label {
			button.OnTapped()
			return
		}
	}
	t.Fatalf("no button %s", label)
}

func TestPlaceIsDraggedInTheBaseline(t *testing.T) {
	b := openBench(t)
	b.toggleMoving()
	b.ready()
	v := b.view.View()
	var id string
	var at fyne.Position
	for _, p := range b.state.result.Places {
		x, y, ok := b.state.scene.Where(v, b.facility(p.ID))
		hit := b.state.scene.Hit(v, x, y)
		if ok && len(hit.Facilities) == 1 && b.state.snapshot.Facilities[hit.Facilities[0]].ID == p.ID {
			id, at = p.ID, fyne.NewPos(float32(x/v.Unit), float32(y/v.Unit))
		}
	}
	was := b.state.snapshot.Facilities[b.facility(id)].At
	b.press(at)
	b.carry(at.AddXY(40, 30))
	if b.view.View() != v || b.view.Tether() == "" {
		t.Fatal("the map moves with the place, or the road is not shown")
	}
	b.view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	b.release()
	if b.view.Tether() != "" || b.spot.drag != "" || b.tool.name() != moveTool {
		t.Error("Escape does not put the place back")
	}
	b.press(at)
	b.carry(at.AddXY(40, 30))
	b.release()
	b.until("the place has moved", func() bool {
		i := b.facility(id)
		return i >= 0 && b.state.snapshot.Facilities[i].At != was && b.calm()
	})
	now := b.state.snapshot.Facilities[b.facility(id)].At
	want := v.ToWorld(float64(at.X+40)*v.Unit, float64(at.Y+30)*v.Unit)
	if math.Hypot(now[0]-want[0], now[1]-want[1]) > 1+v.Scale {
		t.Errorf("moved to %v, let go at %v", now, want)
	}
	if len(b.state.scenarios) != 0 || !b.says("Flytta serviceställe ") {
		t.Error("the move is no step of the baseline")
	}
	b.view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.tool.name() == moveTool {
		t.Error("Escape does not end the moving")
	}
}

func TestCommentsInTheWindow(t *testing.T) {
	b := openBench(t)
	f := b.chosenPlace()
	b.askCommentOn(f.ID, f.At)
	form := b.commentForm
	form.Save()
	b.until("an empty comment is refused", func() bool { return form.Fault() != "" })
	form.Say("Boden måste vara kvar", "Byalaget")
	form.Save()
	b.until("the comment is chosen", func() bool { return len(b.state.comments) == 1 && b.selected.comment == 1 && b.calm() })
	for _, want := range []string{"Kommentar 1 · Ny", "Boden måste vara kvar", "Byalaget", "Om " + f.Name} {
		if !b.says(want) {
			t.Errorf("the window does not say %q", want)
		}
	}
	b.selectNone()
	v := b.view.View()
	x, y := v.ToScreen(f.At)
	time.Sleep(500 * time.Millisecond)
	b.view.Tapped(&fyne.PointEvent{Position: fyne.NewPos(float32(x/v.Unit), float32(y/v.Unit)-25)})
	if b.selected.comment != 1 {
		t.Error("a click on the pin does not choose the comment")
	}
	b.askAnswer(1)
	b.commentForm.Say("Stöd söks", "Kommunen")
	b.commentForm.Save()
	b.until("it is handled", func() bool {
		return b.state.comments[0].Status == session.CommentHandled && b.state.comments[0].Reply == "Stöd söks" && b.calm()
	})
	if !b.says("Svar: Stöd söks") {
		t.Error("the card does not show the reply")
	}
	b.commentActions().Show(false)
	b.until("the pins are hidden", func() bool { return len(b.state.scene.Pins()) == 0 && b.calm() })
	b.undo()
	b.until("the pins are back", func() bool { return len(b.state.scene.Pins()) == 1 && b.calm() })
	b.askRemoveComment(1)
	press(t, b, "Ta bort")
	b.until("the comment is gone", func() bool { return len(b.state.comments) == 0 && b.selected.comment == 0 && b.calm() })
}

// TestRowsOfCommentsAndPlaces chooses a comment by its row, and has the tools of places under the table of their rows.
func TestRowsOfCommentsAndPlaces(t *testing.T) {
	b := openBench(t)
	b.askCommentOn("", b.view.View().Centre)
	b.commentForm.Say("Här", "")
	b.commentForm.Save()
	b.until("the comment is there", func() bool { return len(b.state.comments) == 1 && b.calm() })
	b.selectNone()
	for _, l := range b.state.layers {
		switch l.Role {
		case model.RoleComments:
			b.chooseFeatures(l, []int64{b.state.comments[0].Row()}, false)
			b.until("the row chooses the comment", func() bool { return b.selected.comment == 1 })
			b.showRows(l)
			b.until("the rows are read", b.calm)
			if tools := strings.Join(textsOf(b.rows[l.ID].win.Content()), "\n"); !strings.Contains(tools, "Ny kommentar") {
				t.Errorf("the table offers %q", tools)
			}
		case model.RoleServices:
			b.showRows(l)
			b.until("the rows are read", b.calm)
			if tools := strings.Join(textsOf(b.rows[l.ID].win.Content()), "\n"); !strings.Contains(tools, "Nytt serviceställe") || !strings.Contains(tools, "Ta bort serviceställe") {
				t.Errorf("the table offers %q", tools)
			}
		}
	}
}

func TestPresentationShowsCommentsByChoice(t *testing.T) {
	b := openBench(t)
	b.askCommentOn("", b.view.View().Centre)
	b.commentForm.Say("Här", "")
	b.commentForm.Save()
	b.until("the comment is there", func() bool { return len(b.state.comments) == 1 && b.calm() })
	b.present()
	legend := func() bool {
		return slices.ContainsFunc(b.state.scene.WithPins(b.stage.pins).Legend().Items, func(i render.LegendItem) bool { return i.Label == "Kommentar" })
	}
	if b.stage.pins || legend() {
		t.Error("comments are shown to the council unasked")
	}
	b.view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyK})
	if !b.stage.pins || !legend() || !b.onStage("1  Här") {
		t.Error("K does not show them, with their list")
	}
	b.view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyK})
	if b.stage.pins || b.onStage("1  Här") {
		t.Error("K does not hide them again")
	}
	b.view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.stage != nil {
		t.Error("Escape does not end the presentation")
	}
}
