package rows

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"nabar/app/ui/look"
	"nabar/internal/i18n"
	"nabar/model"
)

func schools(n int) (head model.Table, page []model.TableRow) {
	head = model.Table{Name: "Skolor", Columns: []model.TableColumn{{Head: "namn"}, {Head: "elever", Number: true}}}
	for i := range n {
		page = append(page, model.TableRow{ID: fmt.Sprint(i + 1), Cells: []model.TableCell{
			model.Words([]string{"Östra", "Åskolan", "Berg"}[i%3]), model.Amount(float64(10 * i)),
		}})
	}
	return head, page
}

func open(t *testing.T, n int) (*Panel, chan func()) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New(false))
	jobs := make(chan func(), 100)
	head, page := schools(n)
	p := New(i18n.For("sv"), head, func(fn func()) { jobs <- fn })
	w := test.NewTempWindow(t, p.Object())
	w.Resize(fyne.NewSize(900, 400))
	half := n / 2
	p.Append(page[:half])
	if count, _ := p.Says(); !strings.Contains(count, "läser fler") {
		t.Errorf("while reading: %q", count)
	}
	p.Append(page[half:])
	p.Done()
	return p, jobs
}

func TestSearchFilterAndStatistics(t *testing.T) {
	p, _ := open(t, 9)
	check := func(what, count, stats string) {
		t.Helper()
		gotCount, gotStats := p.Says()
		if gotCount != count || gotStats != stats {
			t.Errorf("%s: %q and %q, want %q and %q", what, gotCount, gotStats, count, stats)
		}
	}
	check("all", "9 av 9 rader", "namn: 9 rader, 0 tomma, 3 olika värden")
	p.Search("ås")
	check("search", "3 av 9 rader", "namn: 3 rader, 0 tomma, 1 olika värden")
	p.Filter(1, "10-40")
	check("search and filter", "2 av 9 rader", "elever: 2 rader, 0 tomma, minst 10, störst 40, summa 50, medel 25,0, median 25,0")
	p.Filter(1, "tio")
	if count, _ := p.Says(); !strings.Contains(count, "går inte att söka") {
		t.Errorf("a filter that can't be read: %q", count)
	}
	p.Filter(1, "")
	p.Search("")
	check("all again", "9 av 9 rader", "elever: 9 rader, 0 tomma, minst 0, störst 80, summa 360, medel 40,0, median 40,0")
}

// TestLongTablesAreArrangedInTheBackground sorts twice: the first order is given up, or comes too late to be shown.
func TestLongTablesAreArrangedInTheBackground(t *testing.T) {
	p, jobs := open(t, 9000)
	p.Table.Sort(1, true)
	if p.Table.Shown().Rows[0].ID != "1" {
		t.Error("sorted on the window's thread")
	}
	p.Table.Sort(0, false)
	for p.Table.Shown().Rows[0].Cells[0].Text != "Berg" {
		(<-jobs)()
		if first := p.Table.Shown().Rows[0]; first.ID == "9000" {
			t.Fatal("an order that was given up is shown")
		}
	}
}

func TestEditedRowIsReplaced(t *testing.T) {
	p, _ := open(t, 3)
	p.Table.Replace(model.TableRow{ID: "2", Cells: []model.TableCell{model.Words("Ny"), model.Amount(7)}})
	if got := p.Table.Shown().Rows[1].Cells[0].Text; got != "Ny" {
		t.Errorf("the row says %q", got)
	}
	var asked string
	p.Table.OnEdit = func(id string, column int) { asked = fmt.Sprint(id, " ", column) }
	p.Table.Click(1, 1)
	p.Table.Click(1, 1)
	if asked != "2 1" {
		t.Errorf("a double click asks for %q", asked)
	}
}
