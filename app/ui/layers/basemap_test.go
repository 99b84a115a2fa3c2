package layers

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// TestBasemapRow: a basemap has what goes for a picture, and finding its file comes first when that is lost.
func TestBasemapRow(t *testing.T) {
	test.NewTempApp(t)
	found := ""
	p := New(i18n.For("sv"), Actions{Find: func(l model.Layer) { found = l.Name }})
	list := append([]model.Layer{{ID: 9, Name: "Flygfoto", Role: model.RoleBasemap, Visible: true, Opacity: 1, Bounds: bounds}}, three()...)
	p.Set(list, nil, false)
	labels := func() string {
		var out []string
		for _, item := range p.Menu(0, nil).Items {
			if item.Label != "" {
				out = append(out, item.Label)
			}
		}
		return strings.Join(out, ", ")
	}
	if got := labels(); strings.Contains(got, "tabellen") || strings.Contains(got, "Utseende") || !strings.Contains(got, "Täckning") {
		t.Errorf("entries %s", got)
	}
	if _, noted := find[*widgets.Text](p.rows.Objects[3]); noted {
		t.Error("a basemap that is shown has a note")
	}
	p.SetLost(map[int64]string{9: "Filen finns inte."})
	p.Set(list, nil, false)
	if got := labels(); !strings.HasPrefix(got, "Hitta filen") {
		t.Errorf("entries %s", got)
	}
	note, _ := find[*widgets.Text](p.rows.Objects[3])
	if note == nil || note.Content != "visas inte" {
		t.Errorf("%+v", note)
	}
	entry(t, p.Menu(0, nil), "Hitta filen …").Action()
	if found != "Flygfoto" {
		t.Errorf("asked for %q", found)
	}
}
