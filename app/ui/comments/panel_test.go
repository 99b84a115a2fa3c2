package comments

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"nabar/app/session"
	"nabar/internal/i18n"
)

// some are three comments.
var some = []session.Comment{
	{Number: 1, Text: "Bussen går för sällan", Author: "Byalaget", Theme: "Buss", Date: "2026-03-01", Status: session.CommentNew},
	{Number: 2, Text: "Macken behövs", Author: "Åsa", Theme: "Drivmedel", Date: "2026-03-02", Status: session.CommentHandled, Reply: "Utreds"},
	{Number: 7, Text: "Här vill vi ha ett ombud", Theme: "Post", Date: "2026-03-03", Status: session.CommentNew},
}

func TestPanelFilters(t *testing.T) {
	test.NewTempApp(t)
	var exported []session.Comment
	chosen, shown := 0, 0
	c := New(i18n.For("sv"), Actions{
		Select: func(n int) { chosen = n }, Export: func(all []session.Comment) { exported = all }, Show: func(bool) { shown++ }, Add: func() {}, Import: func() {},
	})
	w := test.NewTempWindow(t, c.Object())
	w.Resize(fyne.NewSize(380, 600))
	if !c.add.Disabled() || !c.empty.Visible() {
		t.Error("without a project comments can be added, or nothing is said")
	}
	c.Set(View{Comments: some, Shown: true, Open: true, Writable: true})
	if len(c.rows) != 3 || c.add.Disabled() || c.empty.Visible() || shown != 0 || c.count.Content != "3 av 3" {
		t.Errorf("%d rows, count %q, told of showing %d times", len(c.rows), c.count.Content, shown)
	}
	tests := []struct {
		search, status, theme string
		want                  []int
	}{
		{"", "", "", []int{1, 2, 7}},
		{"bussen", "", "", []int{1}},
		{"utreds", "", "", []int{2}},
		{"", "Ny", "", []int{1, 7}},
		{"", "Behandlad", "", []int{2}},
		{"", "", "Post", []int{7}},
		{"", "Behandlad", "Post", nil},
	}
	for _, tt := range tests {
		c.search.SetText(tt.search)
		c.status.SetSelectedIndex(0)
		c.theme.SetSelectedIndex(0)
		if tt.status != "" {
			c.status.SetSelected(tt.status)
		}
		if tt.theme != "" {
			c.theme.SetSelected(tt.theme)
		}
		var got []int
		for _, k := range c.rows {
			got = append(got, k.Number)
		}
		if len(got) != len(tt.want) || len(got) > 0 && got[0] != tt.want[0] {
			t.Errorf("%+v leaves %v", tt, got)
		}
	}
	if !c.empty.Visible() || !strings.Contains(c.empty.String(), "urvalet") || !c.export.Disabled() {
		t.Error("nothing is said where none is left, or nothing can be saved")
	}
	c.status.SetSelectedIndex(0)
	test.Tap(c.export)
	if len(exported) != 1 || exported[0].Number != 7 {
		t.Errorf("exported %v, want what the filter leaves", exported)
	}
	c.theme.SetSelectedIndex(0)
	c.list.Select(1)
	if chosen != 2 {
		t.Errorf("chose %d", chosen)
	}
	chosen = 0
	c.Select(7)
	if chosen != 0 {
		t.Error("the program's own choice is told")
	}
}

func TestFormsRefuse(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(900, 700))
	var got session.Comment
	f := Edit(w, i18n.For("sv"), "Ny kommentar", "", some[1], some, func(c session.Comment, done func(error)) {
		got = c
		done(i18n.Errorf("spot.comment_empty"))
	})
	f.Say("Ny text", "Eva")
	f.Save()
	if got.Text != "Ny text" || got.Author != "Eva" || got.Status != session.CommentHandled || got.Number != 2 || !strings.Contains(f.Fault(), "tom") || !f.sheet.Visible() {
		t.Errorf("got %+v, fault %q", got, f.Fault())
	}
	f.sheet.Hide()
	reply := ""
	a := Answer(w, i18n.For("sv"), some[0], some, func(text, by, date string, done func(error)) {
		reply = text + "/" + by
		done(nil)
	})
	a.Say("Ja", "Kommunen")
	a.Save()
	if reply != "Ja/Kommunen" || a.sheet.Visible() {
		t.Errorf("reply %q, or the form is still open", reply)
	}
}
