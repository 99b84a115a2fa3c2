package detail

import (
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"nabar/internal/i18n"
	"nabar/model"
)

var snapshot = &model.Snapshot{
	Facilities: []model.Facility{
		{ID: "1", Name: "ICA Roma", Type: "dagligvaror", Town: "Romakloster", Address: "Visbyvägen 1", Hours: "8–20", Opened: "2012-05-01"},
		{ID: "2", Name: "Roma postombud", Type: "post", Form: "Postombud", Town: "Romakloster"},
	},
	Cells: []model.Cell{
		{ID: "a", People: 1234, Women: 600, Men: 634, Inside: true},
		{ID: "b", People: 1, Women: -1, Men: -1, Inside: false},
		{ID: "c", People: 3, Women: -1, Men: -1, Inside: true},
	},
}

var figuresOf = &model.Result{
	Query: model.Query{Impedance: model.Distance},
	Cells: []model.CellCost{
		{Cell: "a", Nearest: "1", Cost: 3894, Second: "2", SecondCost: 7192},
		{Cell: "b", Cost: math.NaN()},
	},
	Places: []model.PlaceFigure{{ID: "1", PeopleNearest: 2500, Joined: true}},
}

func names(id string) string {
	return map[string]string{"dagligvaror": "Dagligvaror", "post": "Post"}[id]
}

// about writes cards of the snapshot with a result.
func about(r *model.Result, ways ...Way) About {
	return About{Printer: i18n.For("sv"), Snapshot: snapshot, Result: r, Ways: ways, TypeName: names}
}

func TestWaysAreToldByBothMeasures(t *testing.T) {
	ways := []Way{{"2", 7192, 480}, {"1", 3894, math.NaN()}}
	got := about(figuresOf, ways...).Cell(0).Lines
	want := []string{"600 kvinnor, 634 män", "Närmast: ICA Roma, 3,9\u00a0km", "Näst närmast: Roma postombud, 7,2\u00a0km, 8,0\u00a0min"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("the square says %q, want %q", got, want)
	}
	got = about(nil, ways...).Facility(0, nil).Lines
	got = got[len(got)-2:]
	want = []string{"Nästa ställe: Roma postombud, 7,2\u00a0km, 8,0\u00a0min", "Därefter: ICA Roma, 3,9\u00a0km"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("the shop says %q, want %q", got, want)
	}
}

func TestFacility(t *testing.T) {
	got := about(figuresOf).Facility(0, []int{0, 1})
	want := []string{
		"Dagligvaror", "Visbyvägen 1, Romakloster", "8–20", "Öppnade 1\u00a0maj\u00a02012",
		"Närmast för 2\u00a0500 personer", "På samma plats: Post (Postombud), Roma postombud",
	}
	if got.Title != "ICA Roma" || strings.Join(got.Lines, "|") != strings.Join(want, "|") {
		t.Errorf("says %q: %q\nwant %q", got.Title, got.Lines, want)
	}
}

func TestCells(t *testing.T) {
	tests := []struct {
		cell  int
		title string
		lines []string
	}{
		{0, "1\u00a0234 invånare i rutan", []string{"600 kvinnor, 634 män", "Närmast: ICA Roma, 3,9\u00a0km", "Näst närmast: Roma postombud, 7,2\u00a0km"}},
		{1, "1 invånare i rutan", []string{"Utanför kommunen, räknas inte i siffrorna", "Når inget serviceställe på väg"}},
		{2, "3 invånare i rutan", nil},
	}
	for _, tt := range tests {
		t.Run(tt.title, func(t *testing.T) {
			got := about(figuresOf).Cell(tt.cell)
			if got.Title != tt.title || strings.Join(got.Lines, "|") != strings.Join(tt.lines, "|") {
				t.Errorf("says %q: %q\nwant %q", got.Title, got.Lines, tt.lines)
			}
		})
	}
}

func TestTimeIsWrittenAsTime(t *testing.T) {
	r := *figuresOf
	r.Query.Impedance = model.Time
	got := about(&r).Cell(0)
	if !strings.Contains(got.Lines[1], "64,9\u00a0min") {
		t.Errorf("3 894 s are written %q", got.Lines[1])
	}
}

func TestCardOpensAndCloses(t *testing.T) {
	test.NewTempApp(t)
	closed := false
	c := New(func() { closed = true })
	if c.Visible() {
		t.Error("a card of nothing is shown")
	}
	c.Show(Text{Title: "ICA Roma", Lines: []string{"Dagligvaror"}})
	if !c.Visible() || c.Title() != "ICA Roma" || len(c.lines.Objects) != 1 {
		t.Error("the card does not show its text")
	}
	c.Hide()
	if c.Visible() || closed {
		t.Error("hiding the card is not the user's closing")
	}
}

func TestCardKeepsAsideOfWhatItTellsOf(t *testing.T) {
	test.NewTempApp(t)
	c := New(func() {})
	c.Show(Text{Title: "Butiken", Lines: []string{"en rad"}})
	c.Object().Resize(fyne.NewSize(900, 600))
	place := func() float32 {
		driver := fyne.CurrentApp().Driver()
		return driver.AbsolutePositionForObject(c.title).X
	}
	w := test.NewTempWindow(t, c.Object())
	w.Resize(fyne.NewSize(900, 600))
	if x := place(); x > 300 {
		t.Errorf("the card begins at %.0f, want it to the left", x)
	}
	c.Aside(true)
	if x := place(); x < 450 {
		t.Errorf("the card begins at %.0f, want it in the right half", x)
	}
	c.Aside(false)
	if x := place(); x > 300 {
		t.Errorf("the card stays at %.0f", x)
	}
}
