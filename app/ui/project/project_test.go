package project

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"nabar/internal/i18n"
	"nabar/model"
)

var some = []model.Kommun{
	{Code: "0180", Name: "Stockholm"}, {Code: "0980", Name: "Gotland"}, {Code: "1480", Name: "Göteborg"}, {Code: "2326", Name: "Berg"},
}

func newChooser(t *testing.T) (*Chooser, *[]model.Kommun) {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(900, 700))
	var got []model.Kommun
	return Show(w, i18n.For("sv"), some, func(k model.Kommun) { got = append(got, k) }), &got
}

func TestSearchFindsNamesAndCodes(t *testing.T) {
	tests := []struct{ search, first string }{
		{"gö", "Göteborg"},
		{"GOT", "Gotland"},
		{"0980", "Gotland"},
		{"berg", "Berg"},
	}
	for _, tt := range tests {
		t.Run(tt.search, func(t *testing.T) {
			c, got := newChooser(t)
			c.search.SetText(tt.search)
			c.search.OnSubmitted(tt.search)
			if len(*got) != 1 || (*got)[0].Name != tt.first {
				t.Errorf("chose %v, want %s", *got, tt.first)
			}
			if c.sheet.Visible() {
				t.Error("the dialog stays open")
			}
		})
	}
}

func TestNothingChosenNothingDone(t *testing.T) {
	c, got := newChooser(t)
	if !c.yes.Disabled() {
		t.Error("the button can be pressed before a kommun is chosen")
	}
	c.search.SetText("paris")
	c.confirm()
	if len(*got) != 0 || !c.sheet.Visible() {
		t.Errorf("went on with %v", *got)
	}
}
