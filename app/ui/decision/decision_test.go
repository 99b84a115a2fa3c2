package decision

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"nabar/internal/i18n"
	"nabar/model"
)

var block = model.Decision{
	Title: "Serviceplan", Subtitle: "För Gotland", Period: "2026–2030", Status: "Utkast", Body: "Kommunfullmäktige", Paragraph: "§ 45",
	CaseNumber: "KS 2026/0123", Date: "2026-11-22", Responsible: "Samhällsbyggnad", Introduction: "Två rader\nmed text",
}

func show(t *testing.T, d model.Decision, readOnly bool) (*Form, *[]model.Decision) {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(1000, 800))
	var got []model.Decision
	return Show(w, i18n.For("sv"), d, readOnly, func(d model.Decision) { got = append(got, d) }), &got
}

func TestNothingIsLostOnTheWay(t *testing.T) {
	f, got := show(t, block, false)
	f.save()
	if len(*got) != 1 || (*got)[0] != block {
		t.Errorf("gives back %+v, want %+v", *got, block)
	}
}

func TestDates(t *testing.T) {
	for date, ok := range map[string]bool{"": true, "2026-11-22": true, " 2026-11-22 ": true, "22/11 2026": false, "2026-13-01": false} {
		t.Run(date, func(t *testing.T) {
			f, got := show(t, block, false)
			f.date.SetText(date)
			f.save()
			if (len(*got) == 1) != ok {
				t.Fatalf("%d blocks were saved", len(*got))
			}
			if !ok && (!f.fault.Visible() || f.fault.Text == "") {
				t.Error("a wrong date is refused without a word")
			}
		})
	}
}
