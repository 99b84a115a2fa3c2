package travel

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

const (
	seasonWidth  = 720
	seasonHeight = 560
	columnWidth  = 190
	weightWidth  = 90
)

// Layer is a layer whose squares or points can count.
type Layer struct {
	Name    string
	People  bool     // it has a column of people of its own
	Columns []string // that hold numbers
}

// SeasonView is what the dialog of date and people begins with.
type SeasonView struct {
	Date, Demand string // as they are chosen
	Sets         model.DemandSets
	Layers       []Layer
	ReadOnly     bool
}

// SeasonActions are what the dialog asks for.
type SeasonActions struct {
	Choose func(date, demand string)
	Save   func(set model.DemandSet, usual bool)
	Remove func(name string)
}

// Season is the dialog of date and people.
type Season struct {
	printer *i18n.Printer
	actions SeasonActions
	view    SeasonView
	sheet   *ask.Sheet
	fault   *widget.Label
	date    *widgets.Entry
	demand  *widget.Select
	name    *widgets.Entry
	usual   *widget.Check
	remove  *widget.Button
	parts   []partRow
}

// partRow is how much a layer counts; nothing where the weight is empty.
type partRow struct {
	layer  Layer
	column *widget.Select
	weight *widgets.Entry
}

// ShowSeason opens the dialog.
func ShowSeason(w fyne.Window, p *i18n.Printer, v SeasonView, a SeasonActions) *Season {
	d := &Season{printer: p, actions: a, view: v, sheet: ask.NewSheet(w, p.T("profile.season_title"))}
	d.fault = widgets.Wrapped("")
	d.fault.Importance = widget.DangerImportance
	d.fault.Hide()
	d.date, d.name = widgets.NewEntry(v.Date), widgets.NewEntry("")
	d.date.OnEscape, d.name.OnEscape = d.sheet.Hide, d.sheet.Hide
	d.date.SetPlaceHolder(p.T("profile.season_today"))
	d.usual = widget.NewCheck(p.T("profile.season_usual"), nil)
	d.remove = widget.NewButton(p.T("profile.season_remove"), func() { d.sheet.Hide(); d.actions.Remove(d.name.Text) })
	d.demand = widget.NewSelect(d.choices(), func(string) { d.chose() })
	save := widget.NewButton(p.T("profile.season_save"), d.save)
	if v.ReadOnly {
		save.Disable()
	}
	head := widgets.Facts(labelWidth,
		widget.NewLabel(p.T("profile.season_date")), widgets.Inset(2, 0, d.date),
		widget.NewLabel(p.T("profile.season_people")), widgets.Inset(2, 0, d.demand))
	own := widgets.Facts(labelWidth,
		widget.NewLabel(p.T("profile.season_name")), widgets.Inset(2, 0, d.name),
		widget.NewLabel(""), d.usual)
	body := container.NewBorder(
		widgets.Stack(look.Step1, head, widget.NewSeparator(), widgets.NewHeading(p.T("profile.season_own")), own, widgets.Note(p.T("profile.season_how"))),
		d.fault, nil, nil, container.NewVScroll(d.rows()))
	d.sheet.Set(body, d.sheet.Hide, d.remove, save, widget.NewButton(p.T("ui.cancel"), d.sheet.Hide), ask.Primary(p.T("profile.season_show"), d.show))
	d.demand.SetSelectedIndex(max(slices.IndexFunc(v.Sets.Sets, func(s model.DemandSet) bool { return s.Name == v.Demand })+1, 0))
	d.sheet.Show(fyne.NewSize(seasonWidth, seasonHeight), nil)
	return d
}

// choices are the usual people and the project's own sets.
func (d *Season) choices() []string {
	out := []string{d.printer.T("profile.demand_usual")}
	for _, s := range d.view.Sets.Sets {
		out = append(out, s.Name)
	}
	return out
}

// rows are the layers that can count.
func (d *Season) rows() fyne.CanvasObject {
	p := d.printer
	widths := []float32{0, columnWidth, weightWidth}
	rows := widgets.Stack(look.Step1, widgets.Columns(widths,
		widgets.NewCaption(p.T("profile.season_layer")), widgets.NewCaption(p.T("profile.season_column")), widgets.NewCaption(p.T("profile.season_weight"))))
	for _, l := range d.view.Layers {
		options := slices.Clone(l.Columns)
		if l.People {
			options = append([]string{p.T("profile.season_its_people")}, options...)
		}
		row := partRow{layer: l, column: widget.NewSelect(options, nil), weight: widgets.NewEntry("")}
		row.weight.OnEscape = d.sheet.Hide
		row.weight.SetPlaceHolder("0")
		d.parts = append(d.parts, row)
		rows.Add(widgets.Columns(widths, widgets.Cut(l.Name), row.column, row.weight))
	}
	return rows
}

// chose shows the set that is chosen; for the usual people, empty rows for a new set.
func (d *Season) chose() {
	var set model.DemandSet
	if i := d.demand.SelectedIndex(); i > 0 {
		set = d.view.Sets.Sets[i-1]
	}
	d.fault.Hide()
	d.name.SetText(set.Name)
	d.usual.SetChecked(set.Name != "" && strings.EqualFold(set.Name, d.view.Sets.Usual))
	widgets.Show(d.remove, set.Name != "" && !d.view.ReadOnly)
	shown := Profiles{printer: d.printer}
	for _, row := range d.parts {
		row.weight.SetText("")
		row.column.SetSelectedIndex(0)
		for _, part := range set.Parts {
			if !strings.EqualFold(part.Layer, row.layer.Name) {
				continue
			}
			row.weight.SetText(shown.number(part.Weight))
			if part.Column != "" {
				row.column.SetSelected(part.Column)
			}
		}
	}
}

// save hands the set over, if it is one.
func (d *Season) save() {
	set := model.DemandSet{Name: strings.Join(strings.Fields(d.name.Text), " ")}
	var r reading
	for _, row := range d.parts {
		weight, given := r.number(row.layer.Name, row.weight.Text)
		if !given || weight == 0 {
			continue
		}
		part := model.DemandPart{Layer: row.layer.Name, Weight: weight}
		if i := row.column.SelectedIndex(); i > 0 || i == 0 && !row.layer.People {
			part.Column = row.column.Selected
		}
		set.Parts = append(set.Parts, part)
	}
	err := r.err
	if err == nil {
		err = set.Check()
	}
	if err != nil {
		d.fail(err)
		return
	}
	d.sheet.Hide()
	d.actions.Save(set, d.usual.Checked)
}

// show hands over what the window is to show.
func (d *Season) show() {
	date := strings.TrimSpace(d.date.Text)
	if date != "" && !model.IsDate(date) {
		d.fail(i18n.Errorf("profile.bad_date", date))
		return
	}
	demand := ""
	if i := d.demand.SelectedIndex(); i > 0 {
		demand = d.view.Sets.Sets[i-1].Name
	}
	d.sheet.Hide()
	d.actions.Choose(date, demand)
}

// fail says what is wrong.
func (d *Season) fail(err error) {
	d.fault.SetText(d.printer.Error(err))
	d.fault.Show()
}
