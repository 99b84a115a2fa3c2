// Package comments is the panel of the comments on the map: a list that is filtered, and the forms that comments are written and
// answered in.
package comments

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

// Actions are what the panel asks for.
type Actions struct {
	Select func(number int)
	Add    func()
	Import func()
	Export func([]session.Comment)
	Show   func(on bool) // on the map
}

// View is what the panel shows.
type View struct {
	Comments []session.Comment
	Shown    bool // on the map
	Open     bool // there is a project
	Writable bool
}

// rowHeight is that of a comment in the list: its number, and two lines.
const rowHeight = 50

// Panel is the list.
type Panel struct {
	printer *i18n.Printer
	actions Actions
	view    View
	rows    []session.Comment
	chosen  int
	quiet   bool

	search *widget.Entry
	status *widget.Select
	theme  *widget.Select
	count  *widgets.Text
	list   *widget.List
	empty  *widget.RichText
	add    *widget.Button
	take   *widget.Button
	export *widget.Button
	shown  *widget.Check
	object fyne.CanvasObject
}

// New makes an empty panel.
func New(p *i18n.Printer, a Actions) *Panel {
	c := &Panel{printer: p, actions: a, search: widget.NewEntry(), count: widgets.NewCaption("")}
	c.search.SetPlaceHolder(p.T("spot.ui.search"))
	c.search.OnChanged = func(string) { c.arrange() }
	again := func(string) { c.arrange() }
	c.status = widget.NewSelect([]string{p.T("spot.ui.all_status"), p.Text(session.CommentNew.Label()), p.Text(session.CommentHandled.Label())}, nil)
	c.status.SetSelectedIndex(0)
	c.theme = widget.NewSelect([]string{p.T("spot.ui.all_themes")}, nil)
	c.theme.SetSelectedIndex(0)
	c.status.OnChanged, c.theme.OnChanged = again, again
	c.list = widget.NewList(func() int { return len(c.rows) }, newRow, c.fill)
	c.list.OnSelected = c.selected
	c.empty = widgets.Note("")
	c.add = widget.NewButtonWithIcon(p.T("spot.ui.add_comment"), theme.ContentAddIcon(), a.Add)
	c.take = widget.NewButton(p.T("spot.ui.import"), a.Import)
	c.export = widget.NewButton(p.T("spot.ui.export"), func() { a.Export(slices.Clone(c.rows)) })
	c.shown = widget.NewCheck(p.T("spot.ui.shown"), func(on bool) {
		if !c.quiet {
			a.Show(on)
		}
	})
	head := widgets.Stack(look.Step2,
		widgets.Ends(c.search, c.add), container.NewGridWithColumns(2, c.status, c.theme), widgets.Ends(c.shown, container.NewCenter(c.count)))
	foot := container.NewGridWithColumns(2, c.take, c.export)
	c.object = widgets.Pad(look.Step3, container.NewBorder(head, foot, nil, nil, container.NewStack(c.list, c.empty)))
	c.Set(View{})
	return c
}

// Object is the panel for the window's layout.
func (c *Panel) Object() fyne.CanvasObject { return c.object }

// Set shows comments.
func (c *Panel) Set(v View) {
	c.view, c.quiet = v, true
	c.shown.SetChecked(v.Shown)
	c.quiet = false
	enable(c.add, v.Open && v.Writable)
	enable(c.take, v.Open && v.Writable)
	enable(c.shown, len(v.Comments) > 0 && v.Writable)
	options := []string{c.printer.T("spot.ui.all_themes")}
	for i := range v.Comments {
		if t := v.Comments[i].Theme; t != "" && !slices.Contains(options, t) {
			options = append(options, t)
		}
	}
	slices.Sort(options[1:])
	c.theme.Options = options
	if !slices.Contains(options, c.theme.Selected) {
		c.theme.Selected = options[0]
	}
	c.theme.Refresh()
	c.arrange()
}

// enable makes a widget usable or dim.
func enable(w fyne.Disableable, on bool) {
	if on {
		w.Enable()
	} else {
		w.Disable()
	}
}

// filter is what the user has chosen.
func (c *Panel) filter() session.CommentFilter {
	f := session.CommentFilter{Search: c.search.Text}
	switch c.status.SelectedIndex() {
	case 1:
		f.Status = session.CommentNew
	case 2:
		f.Status = session.CommentHandled
	}
	if c.theme.SelectedIndex() > 0 {
		f.Theme = c.theme.Selected
	}
	return f
}

// arrange shows the comments that the filter leaves.
func (c *Panel) arrange() {
	f := c.filter()
	c.rows = nil
	for i := range c.view.Comments {
		if f.Takes(&c.view.Comments[i]) {
			c.rows = append(c.rows, c.view.Comments[i])
		}
	}
	c.count.SetText(c.printer.T("spot.ui.count", len(c.rows), len(c.view.Comments)))
	enable(c.export, len(c.rows) > 0)
	note := ""
	switch {
	case len(c.view.Comments) == 0:
		note = "spot.ui.none"
	case len(c.rows) == 0:
		note = "spot.ui.none_left"
	}
	widgets.Show(c.empty, note != "")
	if note != "" {
		c.empty.Segments[0].(*widget.TextSegment).Text = c.printer.T(note)
		c.empty.Refresh()
	}
	c.list.Refresh()
	c.mark()
}

// Select shows the comment of a number as chosen, without telling of it; 0 chooses none.
func (c *Panel) Select(number int) {
	if c.chosen == number {
		return
	}
	c.chosen = number
	c.mark()
}

// mark puts the list's selection on the chosen comment.
func (c *Panel) mark() {
	c.quiet = true
	defer func() { c.quiet = false }()
	for i := range c.rows {
		if c.rows[i].Number == c.chosen && c.chosen != 0 {
			c.list.Select(i)
			return
		}
	}
	c.list.UnselectAll()
}

// selected tells of a comment that the user chose.
func (c *Panel) selected(i widget.ListItemID) {
	if c.quiet || i >= len(c.rows) {
		return
	}
	c.chosen = c.rows[i].Number
	c.actions.Select(c.chosen)
}

// newRow makes a row's objects: the pin with its number, the text, and who said it and what became of it.
func newRow() fyne.CanvasObject {
	head := canvas.NewCircle(nil)
	head.StrokeWidth = 2
	number := canvas.NewText("", nil)
	number.Alignment, number.TextStyle.Bold = fyne.TextAlignCenter, true
	pin := widgets.MinSize(fyne.NewSquareSize(26), head, container.NewCenter(number))
	text := widgets.Cut("")
	note := widgets.NewCaption("")
	return widgets.MinSize(fyne.NewSize(0, rowHeight), container.NewBorder(nil, nil, container.NewCenter(pin), nil,
		widgets.Stack(-look.Step2, text, widgets.Inset(0, look.Step2, note))))
}

// fill shows row i in objects made by newRow.
func (c *Panel) fill(i widget.ListItemID, o fyne.CanvasObject) {
	if i >= len(c.rows) {
		return
	}
	k := &c.rows[i]
	row := o.(*fyne.Container).Objects[0].(*fyne.Container)
	lines := row.Objects[0].(*fyne.Container)
	pin := row.Objects[1].(*fyne.Container).Objects[0].(*fyne.Container)
	head, number := pin.Objects[0].(*canvas.Circle), pin.Objects[1].(*fyne.Container).Objects[0].(*canvas.Text)
	main, paper := theme.Color(theme.ColorNamePrimary), theme.Color(theme.ColorNameBackground)
	head.StrokeColor, head.FillColor, number.Color = main, main, paper
	if k.Status == session.CommentHandled {
		head.FillColor, number.Color = paper, main
	}
	number.Text, number.TextSize = c.printer.Int(int64(k.Number)), theme.Size(theme.SizeNameCaptionText)
	head.Refresh()
	number.Refresh()
	lines.Objects[0].(*widget.Label).SetText(strings.Join(strings.Fields(k.Text), " "))
	lines.Objects[1].(*fyne.Container).Objects[0].(*widgets.Text).SetText(widgets.Fit(c.said(k), theme.SizeNameCaptionText, 300))
}

// said is who said a comment, when, of what, and whether it is handled.
func (c *Panel) said(k *session.Comment) string {
	var parts []string
	for _, s := range []string{k.Author, c.printer.Date(k.Date), k.Theme, c.printer.Text(k.Status.Label())} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}
