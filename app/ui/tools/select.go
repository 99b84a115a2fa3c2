package tools

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

// SelectActions are what the user can ask for.
type SelectActions struct {
	Layer                                     func(int)       // by its index among the names
	Mode                                      func(area bool) // draw an area; else click or drag a box
	Find                                      func(where string, how How)
	Column                                    func(int) // that is summed up
	Invert, Clear, Zoom, Table, Export, Leave func()
}

// How is how what is found goes together with what is selected.
type How int

// The ways: in place of it, beside it, out of it, and only what is in both.
const (
	Anew How = iota
	Add
	Take
	Among
)

// Select is the panel of the tool that selects features.
type Select struct {
	printer *i18n.Printer
	actions SelectActions
	layer   *pick
	modes   *modes
	where   *widgets.Entry
	how     *pick
	fault   fault
	columns note
	count   *widgets.KeyFigure
	column  *pick
	stats   note
	buttons []*widget.Button
	object  fyne.CanvasObject
}

// NewSelect makes the panel.
func NewSelect(p *i18n.Printer, a SelectActions) *Select {
	s := &Select{
		printer: p, actions: a, layer: newPick(a.Layer), where: widgets.NewEntry(""), fault: newFault(), columns: newNote(),
		count: widgets.NewKeyFigure("0", ""), column: newPick(a.Column), stats: newNote(),
	}
	s.modes = newModes([]string{p.T("tools.ui.select_point"), p.T("tools.ui.select_area")}, func(i int) { a.Mode(i == 1) })
	s.modes.set(0)
	s.how = newPick(func(int) {})
	s.how.set([]string{p.T("tools.ui.how_anew"), p.T("tools.ui.how_add"), p.T("tools.ui.how_take"), p.T("tools.ui.how_among")}, 0)
	s.where.SetPlaceHolder(p.T("tools.ui.where_example"))
	s.where.OnSubmitted = func(string) { s.find() }
	s.where.OnEscape = a.Leave
	find := ask.Primary(p.T("tools.ui.find"), s.find)
	s.buttons = []*widget.Button{low(p.T("tools.ui.zoom"), a.Zoom), low(p.T("tools.ui.invert"), a.Invert), low(p.T("tools.ui.clear"), a.Clear), low(p.T("tools.ui.export"), a.Export)}
	s.object = frame(p.T("tools.ui.tool_select"), a.Leave, nil,
		named(p.T("tools.ui.layer"), s.layer.Select), s.modes.RadioGroup, widgets.Note(p.T("tools.ui.select_hint")), widget.NewSeparator(),
		named(p.T("tools.ui.where"), s.where), s.fault.Label, container.NewBorder(nil, nil, nil, find, s.how.Select), s.columns.RichText, widget.NewSeparator(),
		s.count, container.NewGridWithColumns(2, s.buttons[0], s.buttons[1], s.buttons[2], s.buttons[3]),
		widget.NewButton(p.T("rows.ui.menu"), a.Table),
		named(p.T("tools.ui.stats"), s.column.Select), s.stats.RichText)
	return s
}

// Object is the panel for the window's layout.
func (s *Select) Object() fyne.CanvasObject { return s.object }

// find asks for what is written.
func (s *Select) find() { s.actions.Find(s.where.Text, How(max(s.how.SelectedIndex(), 0))) }

// Write writes a condition as if it were written in the field.
func (s *Select) Write(where string, how How) {
	s.where.SetText(where)
	s.how.SetSelectedIndex(int(how))
}

// SetLayers shows the layers and which of them is chosen, with its columns.
func (s *Select) SetLayers(names []string, chosen int, columns []string, column int) {
	s.layer.set(names, chosen)
	s.column.set(columns, column)
	text := ""
	if len(columns) > 0 {
		text = s.printer.T("tools.ui.columns", strings.Join(columns, ", "))
	}
	s.columns.say(text)
}

// SetMode shows how the map is used.
func (s *Select) SetMode(area bool) {
	i := 0
	if area {
		i = 1
	}
	s.modes.set(i)
}

// Say shows what is wrong, "" for nothing.
func (s *Select) Say(text string) { s.fault.say(text) }

// Fault is what is wrong, "" for nothing.
func (s *Select) Fault() string { return s.fault.Text }

// SetCount shows how many features are selected, of how many, and the statistics of a column.
func (s *Select) SetCount(selected, total int, stats string) {
	s.count.Set(s.printer.Int(int64(selected)), s.printer.T("tools.ui.of_features", total))
	s.stats.say(stats)
	enable(selected > 0, s.buttons[0], s.buttons[2], s.buttons[3])
}
