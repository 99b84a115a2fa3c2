package table

import (
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/internal/i18n"
	"nabar/model"
)

// towns is a table whose words and numbers sort otherwise than bytes do.
func towns() model.Table {
	row := func(id, name string, people, mean float64) model.TableRow {
		return model.TableRow{ID: id, Cells: []model.TableCell{model.Words(name), model.Amount(people), model.Amount(mean)}}
	}
	return model.Table{
		Name: "Efter område",
		Columns: []model.TableColumn{
			{Head: "Område"}, {Head: "Invånare", Unit: "antal", Number: true}, {Head: "Medel", Unit: "km", Number: true, Decimals: 1},
		},
		Rows: []model.TableRow{
			row("o", "Östergarn", 123, 12.34), row("a", "Ala", 1234, 3.95), row("10", "Ort 10", 9, math.NaN()),
			row("å", "Åminne", -5, 0.04), row("2", "Ort 2", 9, 1), row("ä", "Älvåker", 10, 2), row("tom", "", 0, 0),
		},
	}
}

func newTable(t *testing.T, lang string) (*Table, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New(false))
	table := New(i18n.For(lang))
	w := test.NewTempWindow(t, table.Object())
	w.Resize(fyne.NewSize(360, 300))
	table.Set(towns())
	return table, w
}

func ids(t *Table) string {
	var out []string
	for _, row := range t.Shown().Rows {
		out = append(out, row.ID)
	}
	return strings.Join(out, " ")
}

func TestSorting(t *testing.T) {
	table, _ := newTable(t, "sv")
	tests := []struct {
		name   string
		column int
		down   bool
		want   string
	}{
		{"as they came", -1, false, "o a 10 å 2 ä tom"},
		{"words in Swedish order, numbers in them by size", 0, false, "a 2 10 å ä o tom"},
		{"words from the last, the empty one still last", 0, true, "o ä å 10 2 a tom"},
		{"numbers, equal ones as they came", 1, false, "å tom 10 2 ä o a"},
		{"numbers from the greatest", 1, true, "a o ä 10 2 tom å"},
		{"no number comes last", 2, false, "tom å 2 ä a o 10"},
		{"whichever way", 2, true, "o a ä 2 å tom 10"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			table.Sort(tt.column, tt.down)
			if got := ids(table); got != tt.want {
				t.Errorf("order is %s, want %s", got, tt.want)
			}
		})
	}
}

// heads are the heads in sight.
func heads(w fyne.Window) map[string]*head {
	out := map[string]*head{}
	for _, o := range test.LaidOutObjects(w.Content()) {
		if h, ok := o.(*head); ok && h.Visible() {
			out[h.text] = h
		}
	}
	return out
}

func TestHeadsSortByMouseAndKeys(t *testing.T) {
	table, w := newTable(t, "sv")
	people := heads(w)["Invånare"]
	if people == nil {
		t.Fatal("there is no such head in sight")
	}
	steps := []struct {
		do   func()
		by   int
		down bool
	}{
		{func() { test.Tap(people) }, 1, true},
		{func() { people.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) }, 1, false},
		{func() { test.Tap(people) }, -1, false},
		{func() { test.Tap(heads(w)["Område"]) }, 0, false},
		{func() { test.Tap(heads(w)["Område"]) }, 0, true},
	}
	for i, s := range steps {
		s.do()
		if by, down := table.Sorted(); by != s.by || down != s.down {
			t.Errorf("step %d: sorted by %d, from the last %v", i, by, down)
		}
	}
	if got := heads(w)["Område"].arrow; got != down {
		t.Errorf("the arrow is %q", got)
	}
	table.Set(towns())
	if by, _ := table.Sorted(); by != 0 {
		t.Error("new figures in the same columns lose the order")
	}
}

func TestCopyIsWhatSpreadsheetsTake(t *testing.T) {
	tests := []struct{ lang, want string }{
		{"sv", "Område\tInvånare (antal)\tMedel (km)\nAla\t1234\t4,0\nOrt 2\t9\t1,0\nOrt 10\t9\t\n"},
		{"en", "Område\tInvånare (antal)\tMedel (km)\nAla\t1234\t4.0\nOrt 2\t9\t1.0\nOrt 10\t9\t\n"},
	}
	for _, tt := range tests {
		t.Run(tt.lang, func(t *testing.T) {
			table, _ := newTable(t, tt.lang)
			table.Sort(0, false)
			table.grid.TypedShortcut(&fyne.ShortcutCopy{})
			got := fyne.CurrentApp().Clipboard().Content()
			if !strings.HasPrefix(got, tt.want) {
				t.Errorf("%s: copied %q", tt.lang, got)
			}
			if !strings.Contains(got, "Åminne\t-5\t0") {
				t.Errorf("%s: a number below 0 is no number: %q", tt.lang, got)
			}
		})
	}
}

func TestFormulasAreNotCopied(t *testing.T) {
	table, _ := newTable(t, "sv")
	d := towns()
	d.Rows[0].Cells[0] = model.Words("=1+1\tx")
	table.Set(d)
	table.Copy()
	if got := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(got, "\n'=1+1 x\t123\t") {
		t.Errorf("copied %q", got)
	}
}

func TestRowsAreChosenByKeys(t *testing.T) {
	table, w := newTable(t, "sv")
	var chosen []string
	table.OnSelect = func(id string) { chosen = append(chosen, id) }
	w.Canvas().Focus(table.grid)
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown, fyne.KeySpace, fyne.KeySpace} {
		table.grid.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if got := strings.Join(chosen, " "); got != "a 10 10" {
		t.Errorf("chose %q", got)
	}
	table.Select("ä")
	if len(chosen) != 3 || table.Selected() != "ä" {
		t.Errorf("the program's own choice: told %q, chosen %q", chosen, table.Selected())
	}
}

func TestOnlyTheRowsInSightExist(t *testing.T) {
	table, w := newTable(t, "sv")
	d := towns()
	for len(d.Rows) < 20000 {
		d.Rows = append(d.Rows, d.Rows[0])
	}
	made := 0
	table.grid.CreateCell = func() fyne.CanvasObject {
		made++
		return newCell()
	}
	table.Set(d)
	w.Resize(fyne.NewSize(400, 320))
	table.grid.ScrollToBottom()
	if made > 150 {
		t.Errorf("%d cells were made for a window of 320", made)
	}
}

func TestNumbersStandToTheRight(t *testing.T) {
	table, _ := newTable(t, "sv")
	for _, tt := range []struct {
		row, column int
		text        string
		align       fyne.TextAlign
	}{
		{1, 0, "Ala", fyne.TextAlignLeading},
		{1, 1, "1\u00a0234", fyne.TextAlignTrailing},
		{0, 2, "12,3", fyne.TextAlignTrailing},
		{2, 2, "–", fyne.TextAlignTrailing},
	} {
		c := newCell()
		c.Resize(fyne.NewSize(80, rowHeight))
		table.fill(widget.TableCellID{Row: tt.row, Col: tt.column}, c)
		line := test.WidgetRenderer(c).Objects()[1].(*canvas.Text)
		if line.Text != tt.text || line.Alignment != tt.align {
			t.Errorf("row %d, column %d is %q, aligned %d", tt.row, tt.column, line.Text, line.Alignment)
		}
	}
	if table.Height(3) >= table.Height(5) || table.Height(100) != table.Height(7) {
		t.Error("the height does not follow the rows")
	}
}

func TestExportGivesTheOrderShown(t *testing.T) {
	table, _ := newTable(t, "sv")
	if table.export.Visible() {
		t.Error("a button that does nothing")
	}
	var got model.Table
	table.OnExport = func(m model.Table) { got = m }
	table.Set(towns())
	table.Sort(1, true)
	test.Tap(table.export)
	if len(got.Rows) != 7 || got.Rows[0].ID != "a" || got.Name != "Efter område" {
		t.Errorf("exported %+v", got)
	}
}

// TestSeveralRowsAreChosen clicks with the keys held that choose more rows, and copies what is chosen.
func TestSeveralRowsAreChosen(t *testing.T) {
	table, _ := newTable(t, "sv")
	var told string
	var keys fyne.KeyModifier
	table.Held = func() fyne.KeyModifier { return keys }
	table.OnSelectMany = func(ids []string) { told = strings.Join(ids, " ") }
	table.Sort(0, false) // Ala, Ort 2, Ort 10, Åminne, Älvåker, Östergarn
	for _, c := range []struct {
		keys fyne.KeyModifier
		row  int
		want string
	}{
		{0, 1, "2"},
		{fyne.KeyModifierShift, 3, "10 å 2"},
		{fyne.KeyModifierShortcutDefault, 0, "a 10 å 2"},
		{fyne.KeyModifierShortcutDefault, 2, "a å 2"},
		{0, 5, "o"},
	} {
		keys = c.keys
		table.Click(c.row, 0)
		if told != c.want {
			t.Errorf("row %d with %v: chosen %q, want %q", c.row, c.keys, told, c.want)
		}
	}
	told = ""
	table.SelectMany([]string{"a", "o"})
	if told != "" || table.Chosen() != 2 || len(table.Wanted().Rows) != 2 {
		t.Errorf("the program's own choice: told %q, %d chosen, %d wanted", told, table.Chosen(), len(table.Wanted().Rows))
	}
	if got := table.Statistics(1); !strings.Contains(got, "1\u00a0357") {
		t.Errorf("the statistics are of %s", got)
	}
	table.grid.TypedShortcut(&fyne.ShortcutSelectAll{})
	if table.Chosen() != 7 {
		t.Errorf("%d of 7 chosen", table.Chosen())
	}
}
