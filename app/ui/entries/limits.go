package entries

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model/plan"
)

// ShowLimits asks for the limits of de minimis aid; fn is told what the user wants.
func ShowLimits(w fyne.Window, p *i18n.Printer, l plan.Limits, fn func(plan.Limits)) {
	s := ask.NewSheet(w, p.T("ledger.ui.limits"))
	years := float64(l.Years)
	numbers := []struct {
		key  string
		into *float64
	}{{"general", &l.General}, {"sgei", &l.SGEI}, {"rate", &l.Rate}, {"years", &years}}
	var rows []fyne.CanvasObject
	add := func(key, text string) *widgets.Entry {
		e := widgets.NewEntry(text)
		e.OnEscape = s.Hide
		rows = append(rows, widgets.Wrapped(p.T("ledger.ui.limits_"+key)), widgets.Inset(2, 0, e))
		return e
	}
	entries := make([]*widgets.Entry, len(numbers))
	for i, n := range numbers {
		entries[i] = add(n.key, strconv.FormatFloat(*n.into, 'f', -1, 64))
	}
	rated := add("rated", l.Rated)
	done := func() {
		for i, n := range numbers {
			v, ok := plan.Amount(entries[i].Text)
			if !ok {
				v = 0 // which no limit can be
			}
			*n.into = v
		}
		l.Years, l.Rated = int(years), rated.Text
		if err := l.Sound(); err != nil {
			ask.Error(w, p, err)
			return
		}
		s.Hide()
		fn(l)
	}
	body := widgets.Stack(look.Step2, widgets.Facts(labelWidth, rows...), widgets.Note(l.Source))
	s.Set(widgets.MinWidth(formWidth/2, body), s.Hide, widget.NewButton(p.T("ui.cancel"), s.Hide), ask.Primary(p.T("action.ui.save"), done))
	s.Show(fyne.Size{}, entries[0])
}
