// Package profile is the dialog that tells of an area: who lives there, what is there, and how far they have.
//
// Invariant: it shows what it is given and computes nothing.
package profile

import (
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/table"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

const (
	dialogWidth  = 860
	dialogHeight = 680
	placeRows    = 6
)

// Dialog shows the profile of one area of several.
type Dialog struct {
	// Export is told the table that the user wants in a file.
	Export func(model.Table)

	printer *i18n.Printer
	sheet   *ask.Sheet
	body    *fyne.Container
	choice  *widget.Select
}

// Show opens the dialog on the areas of a layer, none of them chosen; choose is told the index of the one that is wanted.
func Show(w fyne.Window, p *i18n.Printer, title string, names []string, choose func(int)) *Dialog {
	d := &Dialog{printer: p, sheet: ask.NewSheet(w, title), body: container.NewStack(widgets.Note(p.T("areas.ui.working")))}
	d.choice = widget.NewSelect(names, nil)
	d.choice.OnChanged = func(string) { choose(d.choice.SelectedIndex()) }
	head := container.NewBorder(nil, nil, widgets.NewCaption(p.T("areas.ui.area")), nil, d.choice)
	d.sheet.Set(container.NewBorder(head, nil, nil, nil, widgets.Inset(look.Step3, 0, d.body)), d.sheet.Hide, ask.Primary(p.T("ui.close"), d.sheet.Hide))
	d.sheet.Show(fyne.NewSize(dialogWidth, dialogHeight), nil)
	return d
}

// SelectArea chooses one of the areas, which choose is then told.
func (d *Dialog) SelectArea(i int) { d.choice.SetSelectedIndex(i) }

// Visible tells whether the dialog is open.
func (d *Dialog) Visible() bool { return d.sheet.Visible() }

// Set shows a profile.
func (d *Dialog) Set(a *model.AreaProfile, typeName func(string) string) {
	d.body.Objects = []fyne.CanvasObject{Content(d.printer, a, typeName, d.Export)}
	d.body.Refresh()
}

// Content tells of an area: its people, how far they have to each service, and what is there. export is told the table that the user
// wants in a file.
func Content(p *i18n.Printer, a *model.AreaProfile, typeName func(string) string, export func(model.Table)) fyne.CanvasObject {
	head := widgets.Stack(look.Step1,
		widgets.NewKeyFigure(p.Int(int64(a.People)), p.T("areas.ui.people", i18n.Share(float64(a.People)/float64(max(a.Kommun, 1))))),
		widgets.Note(strings.Join(Groups(p, a), " · ")))
	t := table.New(p)
	t.OnExport = export
	t.Set(Services(p, a, typeName))
	foot := widgets.Stack(0)
	for _, text := range Notes(p, a, typeName) {
		foot.Add(widgets.Note(text))
	}
	below := container.NewVScroll(foot)
	below.SetMinSize(fyne.NewSize(0, placeRows*24))
	services := widgets.MinSize(fyne.NewSize(0, t.Height(len(a.Services))), t.Object())
	return container.NewBorder(head, below, nil, nil, widgets.Inset(look.Step2, 0, services))
}

// Fail shows why there is no profile.
func (d *Dialog) Fail(err error) {
	d.body.Objects = []fyne.CanvasObject{widgets.Note(d.printer.Error(err))}
	d.body.Refresh()
}

// Groups writes who lives in the area, women and men first.
func Groups(p *i18n.Printer, a *model.AreaProfile) []string {
	var out []string
	for _, g := range a.Groups {
		name := p.Text(g.Name)
		if g.Approximate {
			name = p.T("cli.about_group", name)
		}
		out = append(out, p.T("areas.ui.group", name, g.People))
	}
	return out
}

// Services is the table of how far people of the area have to each service.
func Services(p *i18n.Printer, a *model.AreaProfile, typeName func(string) string) model.Table {
	unit, scale := "km", 1000.0
	if a.Query.Impedance == model.Time {
		unit, scale = "min", 60
	}
	t := model.Table{Name: a.Area.Name, Columns: []model.TableColumn{{Head: p.T("areas.ui.service")}, {Head: p.T("areas.ui.inside"), Number: true}}}
	for _, key := range []string{"mean", "median", "max", "kommun"} {
		t.Columns = append(t.Columns, model.TableColumn{Head: p.T("areas.ui." + key), Unit: unit, Number: true, Decimals: 1})
	}
	t.Columns = append(t.Columns, model.TableColumn{Head: p.T("areas.ui.unreached"), Number: true})
	for _, to := range a.Query.Bands {
		t.Columns = append(t.Columns, model.TableColumn{Head: p.T("areas.ui.within", p.Float(to/scale, 0), unit), Number: true})
	}
	for _, s := range a.Services {
		cells := []model.TableCell{model.Words(typeName(s.Service)), model.Amount(float64(s.Inside))}
		g := model.Group{Mean: math.NaN(), Median: math.NaN(), Max: math.NaN()}
		if s.All != nil {
			g = *s.All
		}
		for _, v := range []float64{g.Mean, g.Median, g.Max, s.Kommun} {
			cells = append(cells, model.Amount(v/scale))
		}
		cells = append(cells, model.Amount(float64(g.Unreached)))
		for i := range a.Query.Bands {
			v := math.NaN()
			if i < len(g.Bands) {
				v = float64(g.Bands[i].People)
			}
			cells = append(cells, model.Amount(v))
		}
		t.Rows = append(t.Rows, model.TableRow{ID: s.Service, Cells: cells})
	}
	return t
}

// Notes are why figures are missing, what the reader must know, and the places of the area.
func Notes(p *i18n.Printer, a *model.AreaProfile, typeName func(string) string) []string {
	var out []string
	for _, s := range a.Services {
		if !s.Missing.IsZero() {
			out = append(out, typeName(s.Service)+": "+p.Text(s.Missing))
		}
	}
	if a.Beyond > 0 {
		out = append(out, strings.TrimSpace(p.T("cli.area_beyond", a.Beyond)))
	}
	for _, m := range a.Remarks {
		out = append(out, p.Text(m))
	}
	for _, d := range a.Divisions {
		edition := d.Edition
		if edition == "" {
			edition = p.T("areas.edition_untold")
		}
		out = append(out, strings.TrimSpace(p.T("areas.division", d.Layer, d.Source, edition)))
	}
	var names []string
	for i := range a.Places {
		names = append(names, a.Places[i].Name+" ("+typeName(a.Places[i].Type)+")")
	}
	if names != nil {
		out = append(out, p.T("areas.ui.places", strings.Join(names, ", ")))
	}
	return out
}
