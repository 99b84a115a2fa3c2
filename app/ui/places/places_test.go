package places

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"nabar/internal/i18n"
)

func groups() []Group {
	return []Group{
		{Type: "dagligvaror", Name: "Dagligvaror", Places: []Place{
			{ID: "1", Name: "ICA Roma", Town: "Romakloster"}, {ID: "2", Name: "Coop Hemse", Town: "Hemse"}, {ID: "3", Name: "Lanthandeln", Closed: true},
		}},
		{Type: "apotek", Name: "Apotek", Places: []Place{{ID: "4", Name: "Apoteket Hemse", Town: "Hemse"}}},
	}
}

func newPanel(t *testing.T) (*Panel, *[]string) {
	t.Helper()
	test.NewTempApp(t)
	p := New(i18n.For("sv"))
	var chosen []string
	p.OnSelect = func(id string) { chosen = append(chosen, id) }
	w := test.NewTempWindow(t, p.Object())
	w.Resize(fyne.NewSize(280, 500))
	p.Set(groups())
	return p, &chosen
}

// names are the rows as they stand.
func (p *Panel) names() []string {
	var out []string
	for _, r := range p.rows {
		if r.place == nil {
			out = append(out, "# "+r.group.Name)
		} else {
			out = append(out, r.place.Name)
		}
	}
	return out
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestSearch(t *testing.T) {
	tests := []struct {
		name, search string
		want         []string
	}{
		{"nothing", "", []string{"# Dagligvaror", "ICA Roma", "Coop Hemse", "Lanthandeln", "# Apotek", "Apoteket Hemse"}},
		{"a town, in any case", "HEMSE", []string{"# Dagligvaror", "Coop Hemse", "# Apotek", "Apoteket Hemse"}},
		{"two words", "hemse coop", []string{"# Dagligvaror", "Coop Hemse"}},
		{"no such place", "kiruna", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, _ := newPanel(t)
			p.search.SetText(tt.search)
			if got := p.names(); !equal(got, tt.want) {
				t.Errorf("rows are %q, want %q", got, tt.want)
			}
		})
	}
}

func TestHeadsFold(t *testing.T) {
	p, chosen := newPanel(t)
	p.list.Select(0)
	if got, want := p.names(), []string{"# Dagligvaror", "# Apotek", "Apoteket Hemse"}; !equal(got, want) {
		t.Errorf("folded rows are %q, want %q", got, want)
	}
	p.search.SetText("roma")
	if got, want := p.names(), []string{"# Dagligvaror", "ICA Roma"}; !equal(got, want) {
		t.Errorf("a search in a folded group gives %q, want %q", got, want)
	}
	p.search.SetText("")
	p.list.Select(0)
	if len(p.rows) != 6 {
		t.Errorf("%d rows after unfolding, want 6", len(p.rows))
	}
	if len(*chosen) != 0 {
		t.Errorf("a head was chosen: %q", *chosen)
	}
}

func TestUsersChoiceIsTold(t *testing.T) {
	p, chosen := newPanel(t)
	p.list.Select(2)
	if !equal(*chosen, []string{"2"}) {
		t.Errorf("told %q, want 2", *chosen)
	}
}

func TestProgramsChoiceIsShownNotTold(t *testing.T) {
	p, chosen := newPanel(t)
	p.Select("4")
	p.Select("")
	p.Select("4")
	p.search.SetText("hemse")
	if len(*chosen) != 0 {
		t.Errorf("told %q for a choice of the program's", *chosen)
	}
}

func TestUnfoldShowsOneGroup(t *testing.T) {
	p, _ := newPanel(t)
	p.Unfold("apotek")
	if got, want := p.names(), []string{"# Dagligvaror", "# Apotek", "Apoteket Hemse"}; !equal(got, want) {
		t.Errorf("rows are %q, want %q", got, want)
	}
}
