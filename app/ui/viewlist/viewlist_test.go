package viewlist

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"nabar/internal/i18n"
	"nabar/model"
)

// buttons are those of a row: the view's name, up, down, rename, remove.
func buttons(o fyne.CanvasObject) (out []*widget.Button) {
	switch o := o.(type) {
	case *widget.Button:
		return []*widget.Button{o}
	case *fyne.Container:
		for _, child := range o.Objects {
			out = append(out, buttons(child)...)
		}
	}
	return out
}

func TestList(t *testing.T) {
	test.NewTempApp(t)
	asked := ""
	note := func(what string) func(model.MapView) { return func(v model.MapView) { asked = what + " " + v.Name } }
	l := New(i18n.For("sv"), Actions{
		Show: note("visa"), Rename: note("byt"), Remove: note("ta bort"),
		Move: func(v model.MapView, to int) { asked = fmt.Sprintf("flytta %s till %d", v.Name, to) },
	})
	l.Set(nil, false)
	if len(l.rows.Objects) != 1 {
		t.Error("nothing is said of a project without views")
	}
	views := []model.MapView{{Name: "A"}, {Name: "B"}, {Name: "C"}}
	l.Set(views, false)
	want := []string{"visa B", "flytta B till 0", "flytta B till 2", "byt B", "ta bort B"}
	for i, b := range buttons(l.rows.Objects[1]) {
		test.Tap(b)
		if asked != want[i] {
			t.Errorf("button %d asks %q, want %q", i, asked, want[i])
		}
	}
	if !buttons(l.rows.Objects[0])[1].Disabled() || !buttons(l.rows.Objects[2])[2].Disabled() {
		t.Error("the ends can be moved beyond")
	}
	row := l.rows.Objects[0]
	l.Set(views, false)
	if l.rows.Objects[0] != row {
		t.Error("rows are made anew though nothing has changed")
	}
	l = New(i18n.For("sv"), Actions{Show: note("visa")})
	l.Set(views, true)
	for i, b := range buttons(l.rows.Objects[1]) {
		if b.Disabled() != (i > 0) {
			t.Errorf("read only, button %d is disabled: %v", i, b.Disabled())
		}
	}
}
