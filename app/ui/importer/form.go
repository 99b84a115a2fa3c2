package importer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format"
)

const (
	labelWidth = 150
	formWidth  = 380
)

// roles are what a file can be read in as, in the order of the choice.
var roles = []model.Role{model.RoleRoads, model.RolePopulation, model.RoleServices, model.RoleArea, model.RoleLayer}

// parts are the columns that count for each role. The first are those without which the layer is of no use.
var parts = map[model.Role][]string{
	model.RoleRoads: {
		model.PartLength, model.PartSpeedForward, model.PartSpeedBackward, model.PartForbidForward, model.PartForbidBack,
		model.PartClass, model.PartFerry, model.PartMotorway,
	},
	model.RolePopulation: {model.PartPeople, model.PartCellID, model.PartSize, model.PartWomen, model.PartMen, model.PartDate},
	model.RoleServices: {
		model.PartType, model.PartName, model.PartID, model.PartForm, model.PartChain, model.PartAddress, model.PartPostTown,
		model.PartMunicipal, model.PartHours, model.PartOpened, model.PartClosed,
	},
	model.RoleArea: {model.PartAreaCode, model.PartAreaName},
}

// openParts are the columns of roads that are tagged as in OpenStreetMap.
var openParts = []string{model.PartHighway, model.PartMaxSpeed, model.PartOneway, model.PartRoute, model.PartLength}

// coordinateParts are the columns that a table's positions stand in.
var coordinateParts = []string{model.PartEasting, model.PartNorthing, model.PartWKT}

// showForm is the page of the preview.
func (d *Dialog) showForm() {
	d.yes = d.button("ui.import.do", d.run)
	d.yes.Importance = widget.HighImportance
	if !d.importable() {
		d.yes.Disable()
	}
	buttons := []fyne.CanvasObject{d.button("ui.cancel", d.close)}
	if len(d.queue) > 0 {
		buttons = append(buttons, d.button("ui.import.skip_file", d.next))
	}
	buttons = append(buttons, d.yes)
	page := d.form
	if d.preview.Basemap != nil {
		page = d.basemapForm
	}
	d.set("ui.import.title", page(), d.close, buttons...)
}

// importable tells whether at least one layer can be imported as it stands.
func (d *Dialog) importable() bool {
	if d.preview.Basemap != nil {
		return true
	}
	for _, l := range d.preview.Layers {
		if l.Problem == nil {
			return true
		}
	}
	return false
}

// form is the page: the choices to the left, the first rows to the right or, for several layers, what each is.
func (d *Dialog) form() fyne.CanvasObject {
	p := d.Printer
	rows := d.fileRows()
	if len(d.preview.Layers) != 1 {
		left := widgets.Facts(labelWidth, rows...)
		return container.NewBorder(container.NewVBox(left, widgets.Inset(look.Step2, 0, widget.NewSeparator())), nil, nil, nil, d.overview())
	}
	l := d.preview.Layers[0]
	rows = append(rows, d.layerRows(l)...)
	left := widgets.Stack(look.Step3, widgets.Facts(labelWidth, rows...))
	for _, note := range d.notes(l) {
		left.Add(note)
	}
	if mapping := d.mappingRows(l); len(mapping) > 0 {
		left.Add(widgets.NewHeading(p.T("ui.import.columns")))
		left.Add(widgets.Facts(labelWidth, mapping...))
	}
	side := widgets.MinWidth(formWidth, container.NewVScroll(widgets.Inset(0, look.Step2, left)))
	head := widgets.NewHeading(p.T("ui.import.sample"))
	right := container.NewBorder(widgets.Stack(look.Step1, head, widgets.NewCaption(d.count(l))), nil, nil, nil, sampleTable(p, l))
	return container.NewBorder(nil, nil, side, nil, widgets.Inset(0, look.Step4, right))
}

// count says how many rows the layer has.
func (d *Dialog) count(l session.LayerPreview) string {
	if l.Info.Features < 0 {
		return d.Printer.T("ui.import.rows_unknown", len(l.Sample))
	}
	return d.Printer.T("ui.import.rows", l.Info.Features)
}

// field is one row of the form.
func (d *Dialog) field(key string, value fyne.CanvasObject) []fyne.CanvasObject {
	return []fyne.CanvasObject{widgets.Note(d.Printer.T(key)), value}
}

// fileRows are the choices that hold for the file: its format and which layer.
func (d *Dialog) fileRows() []fyne.CanvasObject {
	p := d.Printer
	rows := d.field("ui.import.format", widget.NewLabel(p.T("ui.format."+d.preview.Format)))
	if names := d.layerNames(); len(names) > 1 {
		all := p.T("ui.import.all_layers", len(names))
		choice := choose(append([]string{all}, names...), orFirst(d.opt.Layer, all), func(name string) {
			if name == all {
				name = ""
			}
			d.again(session.ImportOptions{Layer: name})
		})
		rows = append(rows, d.field("ui.import.layer", choice)...)
	}
	return rows
}

// layerNames are the layers of the file; they are known from the preview of all of them.
func (d *Dialog) layerNames() []string {
	if d.opt.Layer == "" {
		d.names = d.names[:0]
		for _, l := range d.preview.Layers {
			d.names = append(d.names, l.Info.Name)
		}
	}
	return d.names
}

// layerRows are the choices that hold for one layer.
func (d *Dialog) layerRows(l session.LayerPreview) []fyne.CanvasObject {
	p := d.Printer
	var names []string
	for _, r := range roles {
		names = append(names, p.T("role."+string(r)))
	}
	role := choose(names, p.T("role."+string(l.Guess.Role)), func(name string) {
		for i, n := range names {
			if n == name {
				d.opt.Role, d.opt.Mapping = roles[i], nil
			}
		}
		d.look()
	})
	name := widgets.NewEntry(d.name(l))
	name.OnEscape = d.close
	name.OnChanged = func(text string) { d.written = text }
	rows := append(d.field("ui.import.role", role), d.field("ui.import.name", name)...)
	if l.Info.Geometry != model.NoGeometry {
		rows = append(rows, d.field("ui.import.crs", d.crsChoice(l))...)
	}
	if d.preview.Format == "csv" {
		rows = append(rows, d.textRows(l)...)
	}
	return rows
}

// crsChoice is the choice of the system of coordinates.
func (d *Dialog) crsChoice(l session.LayerPreview) fyne.CanvasObject {
	var names []string
	codes := map[string]string{}
	chosen := ""
	for _, c := range crs.Supported() {
		names = append(names, c.Name())
		codes[c.Name()] = c.String()
		if c == l.CRS {
			chosen = c.Name()
		}
	}
	s := choose(names, chosen, func(name string) {
		d.opt.CRS = codes[name]
		d.look()
	})
	s.PlaceHolder = d.Printer.T("ui.import.crs_choose")
	return s
}

// textRows are the choices of a text table: how its bytes and columns are read.
func (d *Dialog) textRows(l session.LayerPreview) []fyne.CanvasObject {
	p := d.Printer
	encodings := encodings(l.Info)
	encoding := choose(encodings, l.Info.Encoding, func(name string) {
		d.opt.Encoding = name
		d.look()
	})
	rows := d.field("ui.import.encoding", encoding)
	var names []string
	chosen := p.T("ui.import.separator_found")
	names = append(names, chosen)
	for _, s := range separators {
		names = append(names, p.T(s.key))
		if s.char == d.opt.Separator {
			chosen = p.T(s.key)
		}
	}
	separator := choose(names, chosen, func(name string) {
		d.opt.Separator = 0
		for _, s := range separators {
			if p.T(s.key) == name {
				d.opt.Separator = s.char
			}
		}
		d.look()
	})
	rows = append(rows, d.field("ui.import.separator", separator)...)
	header := widget.NewCheck(p.T("ui.import.header"), nil)
	header.Checked = !d.opt.NoHeader
	header.OnChanged = func(on bool) {
		d.opt.NoHeader = !on
		d.look()
	}
	return append(rows, d.field("ui.import.heading", header)...)
}

// separators are the characters that part columns.
var separators = []struct {
	char rune
	key  string
}{
	{';', "ui.import.semicolon"},
	{',', "ui.import.comma"},
	{'\t', "ui.import.tab"},
	{'|', "ui.import.bar"},
}

// encodings are those that can be chosen, the found one among them.
func encodings(info format.LayerInfo) []string {
	out := []string{"utf-8", "windows-1252", "iso-8859-15", "cp850", "utf-16le"}
	for _, e := range out {
		if e == info.Encoding {
			return out
		}
	}
	if info.Encoding != "" {
		out = append(out, info.Encoding)
	}
	return out
}

// notes are the reason of the guess, what is wrong, and what is worth knowing.
func (d *Dialog) notes(l session.LayerPreview) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	add := func(text string, importance widget.Importance) {
		label := widgets.Wrapped(text)
		label.Importance = importance
		out = append(out, label)
	}
	if !l.Guess.Reason.IsZero() && l.Problem == nil {
		out = append(out, widgets.Note(d.Printer.Text(l.Guess.Reason)))
	}
	if l.Problem != nil {
		add(d.Printer.Error(l.Problem), widget.DangerImportance)
	}
	if !l.CRSKnown && !l.CRS.IsZero() && !l.Info.CRSTold && l.Info.Geometry != model.NoGeometry {
		add(d.Printer.T("ui.import.crs_guessed", l.CRS.Name()), widget.WarningImportance)
	}
	for _, w := range append(append([]i18n.Message{}, d.preview.Warnings...), l.Info.Warnings...) {
		add(d.Printer.Text(w), widget.WarningImportance)
	}
	return out
}

// mappingRows are the choices of the columns.
func (d *Dialog) mappingRows(l session.LayerPreview) []fyne.CanvasObject {
	list := parts[l.Guess.Role]
	if l.Guess.Role == model.RoleRoads && l.Guess.Mapping[model.PartHighway] != "" {
		list = openParts
	}
	if d.preview.Format == "csv" {
		list = append(append([]string{}, coordinateParts...), list...)
	}
	none := d.Printer.T("ui.import.no_column")
	columns := []string{none}
	for _, f := range l.Info.Fields {
		columns = append(columns, f.Name)
	}
	var rows []fyne.CanvasObject
	for _, part := range list {
		column := l.Guess.Mapping[part]
		if column == "" {
			column = d.position(l, part)
		}
		choice := choose(columns, orFirst(column, none), func(name string) {
			if d.opt.Mapping == nil {
				d.opt.Mapping = model.Mapping{}
			}
			if name == none {
				name = ""
			}
			d.opt.Mapping[part] = name
			d.look()
		})
		rows = append(rows, d.field("ui.part."+part, choice)...)
	}
	return rows
}

// position is the column in which the file's reader found a part of the position.
func (d *Dialog) position(l session.LayerPreview, part string) string {
	switch part {
	case model.PartEasting:
		return l.Info.Coordinates.X
	case model.PartNorthing:
		return l.Info.Coordinates.Y
	case model.PartWKT:
		return l.Info.Coordinates.WKT
	}
	return ""
}

// orFirst gives s, or fallback where s is empty.
func orFirst(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

// choose makes a choice with one entry chosen; fn is told what the user chooses instead.
func choose(options []string, chosen string, fn func(string)) *widget.Select {
	s := widget.NewSelect(options, nil)
	s.Selected = chosen
	s.OnChanged = func(name string) {
		if name != chosen {
			chosen = name
			fn(name)
		}
	}
	return s
}
