package siting

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"nabar/app/session"
	"nabar/internal/i18n"
)

// TestDeliveryAsksWithItsAssumptions changes an assumption and shows the answer, which goes when the form changes.
func TestDeliveryAsksWithItsAssumptions(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(1300, 900))
	var asked session.DeliveryQuery
	d := ShowDelivery(DeliveryConfig{
		Window: w, Printer: i18n.For("sv"), Service: "dagligvaror", Name: "Dagligvaror", Select: func(string) {},
		Find: func(q session.DeliveryQuery, done func(*session.DeliveryResult)) {
			asked = q
			done(&session.DeliveryResult{Rows: []session.DeliveryRow{{IDs: []string{"a"}, Name: "Butik", Outcome: session.DeliveryCheaper}}})
		},
	})
	d.within.SetText("7,5")
	d.factors["km"].SetText("31,5")
	d.find()
	if asked.Within != 7500 || len(asked.Factors) != 1 || asked.Factors["km"] != 31.5 || asked.Service != "dagligvaror" {
		t.Errorf("asked for %+v", asked)
	}
	if rows := d.table.Shown().Rows; len(rows) != 1 || rows[0].Cells[8].Text != "hemsändning är billigare" {
		t.Errorf("%+v", rows)
	}
	d.factors["fee"].SetText("gratis")
	if !d.run.Disabled() || !d.fault.Visible() || len(d.table.Shown().Rows) != 0 {
		t.Error("what is no number is taken, or an old answer is shown")
	}
}
