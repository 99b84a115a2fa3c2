// Package sheets is the dialog that prints map sheets: what they show, on what paper, at what scale, with a preview that is
// the sheet itself.
package sheets

import (
	"image"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview/render"
)

const (
	dialogWidth   = 1080
	dialogHeight  = 720
	formWidth     = 340
	previewWidth  = 640
	previewHeight = 560
	previewSide   = 1000 // pixels of the preview's longer side
)

// scales are the round scales that are offered; others are typed.
var scales = []float64{10_000, 20_000, 25_000, 50_000, 100_000, 200_000, 250_000, 500_000}

// Config is what the dialog needs of the window.
type Config struct {
	Window   fyne.Window
	Printer  *i18n.Printer
	Base     session.Sheet // what the map shows, without a bound
	Shown    orb.Bound     // what the map shows of the world
	Areas    []string      // layers with areas, for an atlas of them
	Date     string        // ISO date to begin with
	Logo     string        // file name, "" for none
	Writable bool
	Comments bool // there are comments to be shown
	// Preview draws sheet number index of an order off the window's thread and hands it over on it.
	Preview func(order session.PrintOrder, index, side int, done func(session.SheetPreview, error))
	Print   func(order session.PrintOrder)
	PutLogo func(done func(name string)) // asks for a file; "" removes
	NoLogo  func(done func())
}

// Dialog is the dialog while it is shown.
type Dialog struct {
	Config
	sheet    *ask.Sheet
	template *widget.Select
	extent   *widget.Select
	atlas    *widget.Select
	scale    *widget.SelectEntry
	title    *widgets.Entry
	date     *widgets.Entry
	dpi      *widgets.Entry
	logo     *widgets.Text
	comments *widget.Check
	image    *canvas.Image
	word     *widgets.Text
	fault    *widget.Label
	page     *widgets.Text
	turns    *fyne.Container
	print    *widget.Button
	index    int
	sheets   int
	turn     int // of the last preview that was asked for
}

// Show opens the dialog.
func Show(c Config) *Dialog {
	p := c.Printer
	d := &Dialog{Config: c, sheet: ask.NewSheet(c.Window, p.T("sheet.ui.title")), sheets: 1}
	d.print = ask.Primary(p.T("sheet.ui.print"), d.order)
	d.makeFields()
	d.image = &canvas.Image{FillMode: canvas.ImageFillContain, ScaleMode: canvas.ImageScaleSmooth}
	d.word, d.page = widgets.NewCaption(""), widgets.NewCaption("")
	d.fault = widgets.Wrapped("")
	d.fault.Importance = widget.DangerImportance
	back := widget.NewButtonWithIcon("", theme.NavigateBackIcon(), func() { d.leaf(-1) })
	next := widget.NewButtonWithIcon("", theme.NavigateNextIcon(), func() { d.leaf(1) })
	d.turns = widgets.Line(look.Step2, back, container.NewCenter(d.page), next)
	preview := container.NewBorder(nil, container.NewBorder(nil, nil, nil, d.turns, container.NewVBox(layout.NewSpacer(), d.word, layout.NewSpacer())),
		nil, nil, widgets.MinSize(fyne.NewSize(previewWidth, previewHeight), d.image))
	form := container.NewVScroll(widgets.Inset(0, look.Step2, d.fields()))
	body := container.NewBorder(nil, nil, widgets.MinWidth(formWidth, form), nil, widgets.Inset(0, look.Step4, preview))
	d.sheet.Set(body, d.sheet.Hide, widget.NewButton(p.T("ui.cancel"), d.sheet.Hide), d.print)
	d.changed()
	d.sheet.Show(fyne.NewSize(dialogWidth, dialogHeight), nil)
	return d
}

// makeFields makes the fields with what they begin with.
func (d *Dialog) makeFields() {
	p := d.Printer
	var papers []string
	for _, t := range render.Templates() {
		papers = append(papers, p.T("sheet.ui.template."+t.ID))
	}
	again := func(string) { d.changed() }
	d.template = widget.NewSelect(papers, nil)
	d.template.SetSelectedIndex(1)
	d.extent = widget.NewSelect([]string{p.T("sheet.ui.extent_all"), p.T("sheet.ui.extent_shown")}, nil)
	d.extent.SetSelectedIndex(0)
	parts := []string{p.T("sheet.ui.atlas_none"), p.T("sheet.ui.atlas_services")}
	for _, a := range d.Areas {
		parts = append(parts, p.T("sheet.ui.atlas_areas", a))
	}
	d.atlas = widget.NewSelect(parts, nil)
	d.atlas.SetSelectedIndex(0)
	offered := []string{p.T("sheet.ui.scale_fit")}
	for _, s := range scales {
		offered = append(offered, "1:"+p.Int(int64(s)))
	}
	d.scale = widget.NewSelectEntry(offered)
	d.scale.SetText(offered[0])
	d.title, d.date, d.dpi = widgets.NewEntry(""), widgets.NewEntry(d.Date), widgets.NewEntry(strconv.Itoa(session.DefaultDPI))
	for _, e := range []*widgets.Entry{d.title, d.date, d.dpi} {
		e.OnEscape = d.sheet.Hide
	}
	d.title.PlaceHolder = p.T("sheet.ui.title_own")
	d.logo = widgets.NewText("")
	for _, s := range []*widget.Select{d.template, d.extent, d.atlas} {
		s.OnChanged = again
	}
	d.comments = widget.NewCheck(p.T("spot.ui.sheet"), func(bool) { d.changed() })
	d.scale.OnChanged, d.title.OnChanged, d.date.OnChanged = again, again, again
}

// fields lays the form out.
func (d *Dialog) fields() fyne.CanvasObject {
	p := d.Printer
	out := widgets.Stack(look.Step1)
	row := func(key string, o fyne.CanvasObject) {
		out.Add(widgets.NewCaption(p.T(key)))
		out.Add(o)
	}
	row("sheet.ui.paper", d.template)
	row("sheet.ui.shows", d.extent)
	row("sheet.ui.sheets", d.atlas)
	if d.Config.Comments {
		out.Add(d.comments)
	}
	row("sheet.ui.scale", d.scale)
	row("sheet.ui.heading", d.title)
	row("sheet.ui.date", d.date)
	row("sheet.ui.dpi", d.dpi)
	put := widget.NewButton(p.T("sheet.ui.logo_choose"), func() { d.PutLogo(func(name string) { d.newLogo(name) }) })
	remove := widget.NewButton(p.T("sheet.ui.logo_remove"), func() { d.NoLogo(func() { d.newLogo("") }) })
	if !d.Writable {
		put.Disable()
		remove.Disable()
	}
	row("sheet.ui.logo", d.logo)
	out.Add(widgets.Line(look.Step2, put, remove))
	out.Add(d.fault)
	d.nameLogo()
	return out
}

// newLogo shows the sheets with another logo.
func (d *Dialog) newLogo(name string) {
	d.Logo = name
	d.nameLogo()
	d.changed()
}

// nameLogo says which logo there is.
func (d *Dialog) nameLogo() {
	text := d.Logo
	if text == "" {
		text = d.Printer.T("sheet.ui.logo_none")
	}
	d.logo.SetText(text)
}

// read gives the order that the form says; ok is false where a field can't be read.
func (d *Dialog) read() (o session.PrintOrder, ok bool) {
	o = session.PrintOrder{Sheet: d.Base, Title: strings.TrimSpace(d.title.Text), Date: strings.TrimSpace(d.date.Text)}
	o.Template = render.Templates()[d.template.SelectedIndex()].ID
	o.Comments = d.comments.Checked
	if d.extent.SelectedIndex() == 1 {
		o.Bound = d.Shown
	}
	switch i := d.atlas.SelectedIndex(); i {
	case 0:
	case 1:
		o.Atlas = session.AtlasServices
	default:
		o.Atlas = d.Areas[i-2]
	}
	var err error
	if o.DPI, err = strconv.ParseFloat(strings.TrimSpace(d.dpi.Text), 64); err != nil {
		return o, false
	}
	if text := d.scale.Text; text != d.Printer.T("sheet.ui.scale_fit") {
		clean := strings.NewReplacer(" ", "", i18n.NBSP, "", ",", "").Replace(strings.TrimPrefix(text, "1:"))
		if o.Scale, err = strconv.ParseFloat(clean, 64); err != nil || o.Scale <= 0 {
			return o, false
		}
	}
	return o, true
}

// changed shows the sheet anew.
func (d *Dialog) changed() {
	o, ok := d.read()
	if !ok {
		d.fault.SetText(d.Printer.T("sheet.ui.wrong"))
		d.print.Disable()
		return
	}
	d.fault.SetText("")
	d.print.Enable()
	d.turn++
	turn := d.turn
	d.Preview(o, d.index, previewSide, func(got session.SheetPreview, err error) {
		if turn == d.turn {
			d.show(got, err)
		}
	})
}

// show shows a preview, or why there is none.
func (d *Dialog) show(got session.SheetPreview, err error) {
	if err != nil {
		d.fault.SetText(d.Printer.Error(err))
		d.print.Disable()
		return
	}
	d.sheets = len(got.Sheets)
	d.index = min(d.index, d.sheets-1)
	d.image.Image = image.Image(got.Image)
	d.image.Refresh()
	d.word.SetText(d.Printer.T("sheet.scale", d.Printer.Int(int64(got.Scale))))
	d.page.SetText(d.Printer.T("sheet.ui.page", d.index+1, d.sheets))
	widgets.Show(d.turns, d.sheets > 1)
}

// leaf shows another sheet of an atlas.
func (d *Dialog) leaf(by int) {
	d.index = (d.index + by + d.sheets) % d.sheets
	d.changed()
}

// order has the sheets printed.
func (d *Dialog) order() {
	if o, ok := d.read(); ok {
		d.sheet.Hide()
		d.Print(o)
	}
}
