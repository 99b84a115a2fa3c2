package siting

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
)

// told is what a dialog has asked for.
type told struct {
	asked     []Query
	opened    int
	marked    int
	cancelled int
	answer    func(*Answer)
	steady    func(*session.LocateSteady)
	progress  func(float64)
}

// show opens the dialog; what it asks for is noted, and answered when the test says so.
func show(t *testing.T) (*Dialog, *told) {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(1300, 900))
	n := &told{}
	d := Show(Config{
		Window: w, Printer: i18n.For("sv"), Service: "Dagligvaror", Layers: []string{"Byar"}, Writable: true,
		Base: model.Query{Service: "dagligvaror", Impedance: model.Distance, Scenario: "Plan"},
		Find: func(q Query, progress func(float64), done func(*Answer)) func() {
			n.asked, n.answer, n.progress = append(n.asked, q), done, progress
			return func() { n.cancelled++ }
		},
		Try: func(_ *session.LocateResult, progress func(float64), done func(*session.LocateSteady)) func() {
			n.steady, n.progress = done, progress
			return func() { n.cancelled++ }
		},
		Chart: func(*session.Tradeoffs, bool) Drawn { return func(render.Canvas, float64, float64) {} },
		Open:  func(*session.LocateResult) { n.opened++ },
		Mark:  func(*session.LocateResult) { n.marked++ },
	})
	return d, n
}

// choice is a proposal with a new place, one that stays and one that goes.
func choice(mean float64) session.LocateResult {
	return session.LocateResult{
		Query: session.LocateQuery{Objective: session.PMedian, Impedance: model.Distance, New: 1}, Mean: mean, MeanBefore: 4000, Farthest: 20000,
		People: 100, Reached: 90, ReachedBefore: 80, Gap: 0.004, Candidates: 15,
		Sites: []session.LocateSite{{People: 30}}, Kept: []session.LocatePlace{{Name: "Kvarn"}}, Given: []session.LocatePlace{{Name: "Borta"}},
	}
}

func TestTheFormAsksForWhatItSays(t *testing.T) {
	d, n := show(t)
	d.form.entries["number"].SetText("3")
	d.form.entries["most"].SetText("500")
	d.form.candidates.SetSelectedIndex(2)
	d.form.places.SetSelectedIndex(1)
	d.form.group.SetSelectedIndex(1)
	d.find()
	q := n.asked[0]
	if q.New != 3 || q.MaxPeople != 500 || q.Candidates != "Byar" || q.Movable[0] != session.AllPlaces || q.Group != "women" || q.Scenario != "Plan" || q.Objective != session.PMedian {
		t.Errorf("asked for %+v", q)
	}
	for at, want := range map[int]func(Query) bool{
		1: func(q Query) bool { return q.Objective == session.Coverage && q.Within == 5000 },
		3: func(q Query) bool { return q.Objective == session.Fewest && q.New == 0 },
		4: func(q Query) bool { return q.Keep == 3 && q.New == 0 },
		5: func(q Query) bool { return q.Tradeoffs && q.New == 3 },
	} {
		d.form.question.SetSelectedIndex(at)
		d.find()
		if q := n.asked[len(n.asked)-1]; !want(q) {
			t.Errorf("%s: asked for %+v", questions[at], q)
		}
	}
}

func TestTheFormSaysWhatIsWrong(t *testing.T) {
	d, _ := show(t)
	for _, text := range []string{"många", "-1", "0"} {
		d.form.entries["number"].SetText(text)
		if !d.run.Disabled() || !d.form.fault.Visible() {
			t.Errorf("%q places are asked for", text)
		}
	}
	d.form.entries["number"].SetText("2")
	if d.run.Disabled() || d.form.fault.Visible() {
		t.Errorf("two places can't be asked for: %s", d.form.fault.Text)
	}
}

// TestAnswers shows one answer and several, says how good they are in plain words, and hands the chosen one on.
func TestAnswers(t *testing.T) {
	d, n := show(t)
	d.find()
	if d.stop.Disabled() || !d.open.Disabled() {
		t.Error("the search can't be stopped, or there is something to open before it ends")
	}
	n.progress(0.5)
	n.answer(&Answer{Choices: []session.LocateResult{choice(3000)}})
	if d.open.Disabled() || d.mark.Disabled() || !d.stop.Disabled() || d.parts.boxes[0].Visible() || !strings.Contains(d.parts.proof.Text, "0,4") {
		t.Errorf("one answer: %q", d.parts.proof.Text)
	}
	if rows := d.parts.sites.Shown().Rows; len(rows) != 3 {
		t.Errorf("%d rows of places", len(rows))
	}
	d.form.entries["number"].SetText("2")
	if d.answer != nil || !d.open.Disabled() || !d.parts.hint.Visible() {
		t.Error("an answer to another question is still shown")
	}
	d.form.question.SetSelectedIndex(5)
	d.find()
	n.answer(&Answer{Choices: []session.LocateResult{choice(3000), choice(2000)}, Curves: &session.Tradeoffs{Front: make([]session.LocateResult, 2)}})
	if !d.parts.boxes[0].Visible() || !d.parts.charts[0].Visible() || !d.parts.charts[1].Visible() {
		t.Error("the trade-offs are not shown")
	}
	d.parts.choices.OnSelect("1")
	if d.chosen != 1 || d.current().Mean != 2000 {
		t.Errorf("choice %d", d.chosen)
	}
	d.open.OnTapped()
	if n.opened != 1 || d.sheet.Visible() {
		t.Errorf("opened %d times", n.opened)
	}
}

// TestLeavingCancels ends the work when the search is stopped, the question changes or the dialog closes; what comes after
// that is not shown.
func TestLeavingCancels(t *testing.T) {
	d, n := show(t)
	d.find()
	d.stop.OnTapped()
	late := n.answer
	late(&Answer{Choices: []session.LocateResult{choice(1)}})
	if n.cancelled != 1 || d.answer != nil {
		t.Errorf("stopped %d times, %+v", n.cancelled, d.answer)
	}
	d.find()
	d.form.entries["number"].SetText("4")
	d.find()
	d.leave()
	if n.cancelled != 3 || d.sheet.Visible() {
		t.Errorf("cancelled %d times", n.cancelled)
	}
	d2, m := show(t)
	d2.find()
	m.answer(nil)
	if d2.answer != nil || !d2.stop.Disabled() || d2.run.Disabled() {
		t.Error("after a fault the form can't be used")
	}
}

// TestAChoiceIsTried shows bands beside the figures and the trials under the sites, of the choice that was tried alone, and
// forgets them when something else is asked for.
func TestAChoiceIsTried(t *testing.T) {
	d, n := show(t)
	if !d.test.Disabled() {
		t.Error("there is nothing to try")
	}
	d.find()
	n.answer(&Answer{Choices: []session.LocateResult{choice(3000), choice(3100)}})
	test.Tap(d.test)
	if d.stop.Disabled() || !d.test.Disabled() {
		t.Error("the trials can't be ended, or can be begun twice")
	}
	n.steady(&session.LocateSteady{
		MeanMin: 2900, MeanMax: 3300, FarthestMin: 20000, FarthestMax: 21000, Sites: []session.LocateSteadySite{{Same: 2, Tried: 3, PeopleMin: 25, PeopleMax: 33}},
		Trials: []session.LocateTried{{Trial: model.Trial{Varied: i18n.Plain("vinter")}, Best: &session.LocateResult{}, Loss: 0.013, Same: 1}},
	})
	said := strings.Join(captions(d), "|")
	if !strings.Contains(said, "2,9") || !strings.Contains(said, "3,3") {
		t.Errorf("no band beside the mean: %s", said)
	}
	row := d.parts.sites.Shown().Rows[0].Cells
	if row[len(row)-2].Text != "2 av 3" || row[len(row)-1].Text != "25–33" || !d.parts.boxes[2].Visible() || len(d.parts.trials.Shown().Rows) != 1 {
		t.Errorf("%+v", row)
	}
	d.chosen = 1
	d.showChoice()
	if d.parts.boxes[2].Visible() {
		t.Error("a choice that was not tried has trials")
	}
	d.form.entries["number"].SetText("2")
	d.find()
	n.answer(&Answer{Choices: []session.LocateResult{choice(3000)}})
	if d.parts.boxes[2].Visible() {
		t.Error("another answer has the trials of the one before")
	}
}

// captions are the words under the figures.
func captions(d *Dialog) (out []string) {
	for _, o := range test.LaidOutObjects(d.parts.figures) {
		if text, ok := o.(*widgets.Text); ok {
			out = append(out, text.Content)
		}
		if label, ok := o.(*widget.Label); ok {
			out = append(out, label.Text)
		}
	}
	return out
}
