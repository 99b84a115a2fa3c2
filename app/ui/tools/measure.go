package tools

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

// MeasureMode is what is measured.
type MeasureMode int

// The modes: a line on the ground, the way along the roads, an area.
const (
	Straight MeasureMode = iota
	Road
	Surface
)

// MeasureActions are what the user can ask for.
type MeasureActions struct {
	Mode        func(MeasureMode)
	Copy, Leave func()
}

// Measured is what has been measured so far, in words.
type Measured struct {
	Main, MainIs   string // the large figure and what it is of
	Other, OtherIs string // a second one, "" for none
	Legs           []string
	Note           string // what is to be known
}

// Text is the measure as it is copied: a line for each figure.
func (m *Measured) Text() string {
	lines := []string{m.MainIs + "\t" + m.Main}
	if m.Other != "" {
		lines = append(lines, m.OtherIs+"\t"+m.Other)
	}
	return strings.Join(append(lines, m.Legs...), "\n") + "\n"
}

// Measure is the panel of the tool that measures.
type Measure struct {
	modes       *modes
	main, other *widgets.KeyFigure
	note        note
	legs        *widget.List
	lines       []string
	copy        *widget.Button
	copied      *widgets.Text
	object      fyne.CanvasObject
}

// NewMeasure makes the panel.
func NewMeasure(p *i18n.Printer, a MeasureActions) *Measure {
	m := &Measure{main: widgets.NewKeyFigure("", ""), other: widgets.NewKeyFigure("", ""), note: newNote(), copied: widgets.NewCaption("")}
	m.modes = newModes([]string{p.T("tools.ui.measure_straight"), p.T("tools.ui.measure_road"), p.T("tools.ui.measure_area")}, func(i int) { a.Mode(MeasureMode(i)) })
	m.modes.set(0)
	m.legs = widget.NewList(func() int { return len(m.lines) }, func() fyne.CanvasObject { return widgets.NewText("") },
		func(i widget.ListItemID, o fyne.CanvasObject) { o.(*widgets.Text).SetText(m.lines[i]) })
	m.copy = widget.NewButtonWithIcon(p.T("panel.table.copy"), theme.ContentCopyIcon(), func() {
		a.Copy()
		m.copied.SetText(p.T("tools.ui.copied"))
	})
	m.object = frame(p.T("tools.ui.tool_measure"), a.Leave, m.legs,
		m.modes.RadioGroup, container.NewGridWithColumns(2, m.main, m.other), m.note.RichText,
		container.NewHBox(m.copy, container.NewCenter(widgets.Inset(0, look.Step2, m.copied))))
	return m
}

// Object is the panel for the window's layout.
func (m *Measure) Object() fyne.CanvasObject { return m.object }

// SetMode shows what is measured.
func (m *Measure) SetMode(mode MeasureMode) { m.modes.set(int(mode)) }

// Set shows what has been measured.
func (m *Measure) Set(v Measured) {
	m.main.Set(v.Main, v.MainIs)
	m.other.Set(v.Other, v.OtherIs)
	m.note.say(v.Note)
	m.lines = v.Legs
	m.legs.Refresh()
	m.copied.SetText("")
	enable(len(v.Legs) > 0, m.copy)
}
