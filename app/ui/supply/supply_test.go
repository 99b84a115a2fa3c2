package supply

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
)

// show opens the dialog on two service types; what it wants measured and kept is noted.
func show(t *testing.T, i model.Impedance) (d *Dialog, asked *[]session.SupplyQuery, kept *int) {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(1300, 900))
	asked, kept = &[]session.SupplyQuery{}, new(int)
	d = Show(Config{
		Window: w, Printer: i18n.For("sv"), Services: []Service{{"dagligvaror", "Dagligvaror"}, {"post", "Post"}},
		Base: model.Query{Service: "post", Impedance: i}, Writable: true,
		Measure: func(q session.SupplyQuery, _ string, done func(*session.SupplyResult)) {
			*asked = append(*asked, q)
			r := &session.SupplyResult{}
			r.Query, r.Name, r.Breaks = q, i18n.Plain("Post"), []float64{0.5}
			r.All.People, r.All.With, r.All.Without, r.All.InClass = 100, 90, 10, []int{60, 30}
			r.Groups = append(r.Groups, r.All, r.All)
			done(r)
		},
		Keep: func(*session.SupplyResult) { *kept++ },
	})
	return d, asked, kept
}

func TestTheFormAsksForWhatItSays(t *testing.T) {
	d, asked, kept := show(t, model.Distance)
	if !strings.Contains(d.form.define.Text, "Hansen") || !d.keep.Disabled() {
		t.Errorf("before measuring: %q", d.form.define.Text)
	}
	d.form.services.SetSelected([]string{"Dagligvaror", "Post"})
	d.form.entries["half"].SetText("2,5")
	d.form.entries["limit"].SetText("20")
	d.form.group.SetSelectedIndex(1)
	d.measure()
	q := (*asked)[0]
	if len(q.Services) != 2 || q.Method != session.GravitySupply || q.Decay.Half != 2500 || q.Limit != 20_000 || q.Group != "women" {
		t.Errorf("asked for %+v", q)
	}
	if d.parts.hint.Visible() || !d.parts.figures.Visible() || len(d.parts.bars.Rows()) != 3 || d.keep.Disabled() {
		t.Error("the measure is not shown")
	}
	d.form.entries["half"].SetText("3")
	if d.result != nil || !d.keep.Disabled() || !d.parts.hint.Visible() {
		t.Error("a measure of something else is still shown")
	}
	d.measure()
	d.store()
	if *kept != 1 || d.sheet.Visible() {
		t.Errorf("kept %d times", *kept)
	}
}

func TestEachMethodHasItsDecay(t *testing.T) {
	d, asked, _ := show(t, model.Time)
	for i, method := range session.SupplyMethods() {
		d.form.method.SetSelectedIndex(i)
		if d.run.Disabled() {
			t.Fatalf("%s can't be measured: %s", method, d.form.fault.Text)
		}
		d.measure()
		q := (*asked)[len(*asked)-1]
		if q.Method != method || q.Impedance != model.Time || d.form.entries["limit"].PlaceHolder == "" {
			t.Errorf("%s: asked for %+v", method, q)
		}
		if zones := d.form.rows["zones"].Visible(); zones != (q.Decay.Form == session.StepDecay) || d.form.rows["exponent"].Visible() {
			t.Errorf("%s shows the wrong entries", method)
		}
	}
	d.form.entries["zones"].SetText("5: 1; 15: 0,4")
	d.measure()
	if q := (*asked)[len(*asked)-1]; len(q.Decay.Zones) != 2 || q.Decay.Zones[1] != (session.DecayZone{To: 900, Weight: 0.4}) || q.Limit != 900 {
		t.Errorf("zones %+v", q)
	}
}

func TestTheFormSaysWhatIsWrong(t *testing.T) {
	d, _, _ := show(t, model.Distance)
	for key, text := range map[string]string{"limit": "långt", "half": "-1", "capacity": "0"} {
		d.form.entries[key].SetText(text)
		if !d.run.Disabled() || !d.form.fault.Visible() || !strings.Contains(d.form.fault.Text, text) {
			t.Errorf("%s of %q is taken: %q", key, text, d.form.fault.Text)
		}
		d.form.entries[key].SetText("")
	}
	d.form.services.SetSelected(nil)
	if !d.run.Disabled() || !d.form.fault.Visible() {
		t.Error("no service at all is taken")
	}
}
