package entries

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/look"
	"nabar/app/ui/table"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/plan"
)

// detailWidth is the width of what stands beside a list, in units.
const detailWidth = 380

// Section is one tab: a list of entries that can be changed, or a table that only tells.
type Section struct {
	Title string
	Kind  plan.Kind   // of the entries; "" where nothing can be changed
	Table model.Table // that is shown; rows have the ids of entries, or of solutions
	Full  model.Table // that a file gets
	About bool        // rows that can't be changed have the ids of entries
	Extra *Extra      // a button of the section's own; nil for none
}

// Extra is a button of a section.
type Extra struct {
	Title string
	Do    func()
}

// Actions are what the user can ask for.
type Actions struct {
	Add    func(k plan.Kind)
	Edit   func(item plan.Item)
	Remove func(item plan.Item)
	Move   func(item plan.Item, to int) // place among its kind
	Select func(item plan.Item)         // chosen in a list
	Export func(t model.Table)
}

// Panel shows sections as tabs.
type Panel struct {
	printer  *i18n.Printer
	actions  Actions
	book     plan.Book
	words    *session.Words
	sections []Section
	views    []*view
	tabs     *container.AppTabs
}

// view is one section on the screen.
type view struct {
	table                  *table.Table
	detail                 *widget.RichText
	edit, remove, up, down *widget.Button
}

// New makes an empty panel.
func New(p *i18n.Printer, a Actions) *Panel {
	return &Panel{printer: p, actions: a, tabs: container.NewAppTabs()}
}

// Object is the panel for the window's layout.
func (s *Panel) Object() fyne.CanvasObject { return widgets.Pad(look.Step3, s.tabs) }

// Table is the table of a section, as tests use it.
func (s *Panel) Table(section int) *table.Table { return s.views[section].table }

// Detail is what stands beside the table of a section, as text.
func (s *Panel) Detail(section int) string { return s.views[section].detail.String() }

// Set shows sections of a plan. Their number stays the same; what is chosen in each stays chosen where it is still there.
func (s *Panel) Set(b plan.Book, w *session.Words, sections []Section) {
	s.book, s.words, s.sections = b, w, sections
	for i := range sections {
		if i >= len(s.views) {
			s.add(i)
		}
		v := s.views[i]
		v.table.Set(sections[i].Table)
		if id := v.table.Selected(); id != "" && !slices.ContainsFunc(sections[i].Table.Rows, func(r model.TableRow) bool { return r.ID == id }) {
			v.table.Select("")
		}
		s.show(i)
	}
}

// add makes the tab of a section.
func (s *Panel) add(i int) {
	p, section := s.printer, &s.sections[i]
	v := &view{table: table.New(p), detail: widget.NewRichText()}
	v.detail.Wrapping = fyne.TextWrapWord
	v.table.OnSelect = func(string) {
		s.show(i)
		if item := s.chosen(i); item != nil {
			s.actions.Select(item)
		}
	}
	v.table.OnExport = func(model.Table) { s.actions.Export(s.sections[i].Full) }
	v.edit = widget.NewButton(p.T("action.ui.edit"), func() { s.actions.Edit(s.chosen(i)) })
	v.remove = widget.NewButton(p.T("action.ui.remove"), func() { s.actions.Remove(s.chosen(i)) })
	v.up = widget.NewButton(p.T("action.ui.up"), func() { s.move(i, -1) })
	v.down = widget.NewButton(p.T("action.ui.down"), func() { s.move(i, 1) })
	buttons := container.NewHBox()
	if section.Kind != "" {
		add := widget.NewButton(p.T("action.ui.add"), func() { s.actions.Add(section.Kind) })
		buttons.Objects = []fyne.CanvasObject{add, v.edit, v.remove, v.up, v.down}
	}
	if section.Extra != nil {
		buttons.Add(widget.NewButton(section.Extra.Title, section.Extra.Do))
	}
	beside := container.NewBorder(nil, nil, widget.NewSeparator(), nil,
		widgets.MinWidth(detailWidth, widgets.Inset(0, look.Step2, container.NewVScroll(v.detail))))
	body := container.NewBorder(nil, widgets.Inset(look.Step2, 0, buttons), nil, beside, widgets.Inset(0, look.Step2, v.table.Object()))
	s.views = append(s.views, v)
	s.tabs.Append(container.NewTabItem(section.Title, widgets.Inset(look.Step2, 0, body)))
}

// chosen is the entry that is chosen in a section, nil for none.
func (s *Panel) chosen(i int) plan.Item {
	id, err := strconv.ParseInt(s.views[i].table.Selected(), 10, 64)
	if err != nil || s.sections[i].Kind == "" && !s.sections[i].About {
		return nil
	}
	return s.book.Find(id)
}

// move moves the chosen entry among its kind.
func (s *Panel) move(i, by int) {
	item := s.chosen(i)
	at := slices.IndexFunc(s.book.Kind(item.Kind()), func(o plan.Item) bool { return o.Number() == item.Number() })
	s.actions.Move(item, at+by)
}

// show shows all that the chosen entry says, leads in bold, and which buttons can be used.
func (s *Panel) show(i int) {
	v := s.views[i]
	item := s.chosen(i)
	for _, b := range []*widget.Button{v.edit, v.remove, v.up, v.down} {
		if item == nil {
			b.Disable()
		} else {
			b.Enable()
		}
	}
	var details []session.Detail
	if id := v.table.Selected(); id != "" && s.sections[i].Kind == "" {
		if details = s.words.SolutionDetails(id); details == nil {
			details = rowDetails(&s.sections[i].Table, id)
		}
	}
	if item != nil {
		details = append(details, s.words.Details(item)...)
	}
	v.detail.Segments = segments(details)
	if details == nil {
		v.detail.Segments = []widget.RichTextSegment{&widget.TextSegment{Text: s.printer.T("action.ui.choose"), Style: widget.RichTextStyleParagraph}}
	}
	v.detail.Refresh()
}

// rowDetails are the texts of a row, whole.
func rowDetails(t *model.Table, id string) []session.Detail {
	at := slices.IndexFunc(t.Rows, func(r model.TableRow) bool { return r.ID == id })
	if at < 0 {
		return nil
	}
	var out []session.Detail
	for c, cell := range t.Rows[at].Cells {
		if !t.Columns[c].Number && cell.Text != "" {
			out = append(out, session.Detail{Label: t.Columns[c].Head, Lines: []session.DetailLine{{Text: cell.Text}}})
		}
	}
	return out
}

// segments writes details: each label in the second rank, then its lines.
func segments(details []session.Detail) []widget.RichTextSegment {
	var out []widget.RichTextSegment
	label := widget.RichTextStyleParagraph
	label.ColorName, label.SizeName = look.ColorNameMuted, theme.SizeNameCaptionText
	strong := widget.RichTextStyleParagraph
	strong.TextStyle.Bold = true
	for _, d := range details {
		out = append(out, &widget.TextSegment{Text: d.Label, Style: label})
		for _, line := range d.Lines {
			style := widget.RichTextStyleParagraph
			if line.Strong {
				style = strong
			}
			out = append(out, &widget.TextSegment{Text: line.Text, Style: style})
		}
	}
	return out
}
