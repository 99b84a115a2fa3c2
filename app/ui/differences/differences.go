// Package differences shows where the project and a result of Pipos' differ, and which rule makes each difference.
package differences

import (
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"nabar/app/ui/look"
	"nabar/app/ui/table"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

// causeRows is how many causes are in sight above the squares.
const causeRows = 5

// Content shows a report: what was compared, the causes, and the squares. export is told a table that the user wants in a
// file.
func Content(p *i18n.Printer, service string, d *model.Differences, export func(model.Table)) fyne.CanvasObject {
	figures := container.NewGridWithColumns(4,
		widgets.NewKeyFigure(p.Int(int64(d.Compared)), p.T("pipos.figure.compared")),
		widgets.NewKeyFigure(p.Int(int64(d.Differing)), p.T("pipos.figure.differing")),
		widgets.NewKeyFigure(p.Int(int64(d.Concerned)), p.T("pipos.figure.people")),
		widgets.NewKeyFigure(p.Distance(d.Theirs-d.Own), p.T("pipos.figure.mean")))
	top := widgets.Stack(look.Step3, widgets.Wrapped(heading(p, service, d)), figures)
	if d.Differing == 0 {
		top.Add(widgets.Wrapped(p.T("pipos.all_equal")))
		return top
	}
	causes, squares := table.New(p), table.New(p)
	causes.OnExport, squares.OnExport = export, export
	causes.Set(Causes(p, d))
	squares.Set(Squares(p, d))
	room := container.New(tall{causes.Height(min(causeRows, len(d.Causes)))}, causes.Object())
	return container.NewBorder(widgets.Stack(look.Step3, top, room), nil, nil, nil, squares.Object())
}

// tall gives its content a height.
type tall struct{ height float32 }

// Layout gives the content all room.
func (l tall) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
}

// MinSize is the height, and the content's own width.
func (l tall) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, l.height)
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

// heading says what was compared, and what was left aside.
func heading(p *i18n.Printer, service string, d *model.Differences) string {
	text := p.T("pipos.heading", service, d.Source, i18n.M("pipos.unit."+string(d.Unit)), d.Rounding(), i18n.Metres(d.Tolerance))
	if left := len(d.Skipped) + d.Twice + d.Outside; left > 0 {
		text += " " + p.T("pipos.heading_left", len(d.Skipped), d.Twice, d.Outside)
	}
	return text
}

// Causes is the table of causes.
func Causes(p *i18n.Printer, d *model.Differences) model.Table {
	t := model.Table{Name: p.T("pipos.table.causes"), Columns: []model.TableColumn{
		{Head: p.T("pipos.column.cause")}, number(p, "squares", ""), number(p, "people", ""), number(p, "mean", "m"), number(p, "max", "m"),
	}}
	for i := range d.Causes {
		c := &d.Causes[i]
		text := words(p, c.Causes)
		t.Rows = append(t.Rows, model.TableRow{ID: text, Cells: []model.TableCell{
			model.Words(text), model.Amount(float64(c.Squares)), model.Amount(float64(c.People)), model.Amount(c.Mean), model.Amount(c.Max),
		}})
	}
	return t
}

// Squares is the table of the squares that differ.
func Squares(p *i18n.Printer, d *model.Differences) model.Table {
	t := model.Table{Name: p.T("pipos.table.squares"), Columns: []model.TableColumn{
		{Head: p.T("pipos.column.cell")},
		number(p, "people", ""), number(p, "their_people", ""), number(p, "own", "m"),
		number(p, "by_pipos", "m"), number(p, "theirs", "m"), number(p, "difference", "m"),
		{Head: p.T("pipos.column.cause")},
	}}
	for i := range d.Squares {
		s := &d.Squares[i]
		t.Rows = append(t.Rows, model.TableRow{ID: s.Cell, Cells: []model.TableCell{
			model.Words(s.Cell), people(s.People), people(s.TheirPeople), model.Amount(s.Own), model.Amount(s.ByPipos),
			model.Amount(s.Theirs), model.Amount(s.Theirs - s.Own), model.Words(words(p, s.Causes)),
		}})
	}
	return t
}

// number is a column of whole numbers.
func number(p *i18n.Printer, key, unit string) model.TableColumn {
	return model.TableColumn{Head: p.T("pipos.column." + key), Unit: unit, Number: true}
}

// people is a count, nothing where it is not told.
func people(n int) model.TableCell {
	if n < 0 {
		return model.Amount(math.NaN())
	}
	return model.Amount(float64(n))
}

// words writes causes.
func words(p *i18n.Printer, causes []model.Cause) string {
	out := make([]string, len(causes))
	for i, c := range causes {
		out[i] = p.Text(c.Label())
	}
	return strings.Join(out, "; ")
}
