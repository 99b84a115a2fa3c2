package table

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/model"
)

// cell is one cell: a line of text on a ground.
type cell struct {
	widget.BaseWidget
	text           string
	number         bool
	chosen, second bool // the row is chosen; it is every other one
	tone           fyne.ThemeColorName
}

func newCell() *cell {
	c := &cell{tone: theme.ColorNameForeground}
	c.ExtendBaseWidget(c)
	return c
}

// set shows a text in a colour.
func (c *cell) set(text string, number, chosen, second bool, tone fyne.ThemeColorName) {
	if text == c.text && number == c.number && chosen == c.chosen && second == c.second && tone == c.tone {
		return
	}
	c.text, c.number, c.chosen, c.second, c.tone = text, number, chosen, second, tone
	c.Refresh()
}

// CreateRenderer is Fyne's hook.
func (c *cell) CreateRenderer() fyne.WidgetRenderer {
	r := &cellRenderer{c: c, ground: canvas.NewRectangle(color.Transparent), line: canvas.NewText("", color.Transparent)}
	r.apply()
	return r
}

type cellRenderer struct {
	c      *cell
	ground *canvas.Rectangle
	line   *canvas.Text
}

func (r *cellRenderer) apply() {
	r.ground.FillColor = color.Transparent
	switch {
	case r.c.chosen:
		r.ground.FillColor = theme.Color(theme.ColorNameSelection)
	case r.c.second:
		r.ground.FillColor = theme.Color(look.ColorNameBar)
	}
	r.line.Color, r.line.TextSize = theme.Color(r.c.tone), theme.Size(theme.SizeNameCaptionText)
	r.line.Alignment = fyne.TextAlignLeading
	if r.c.number {
		r.line.Alignment = fyne.TextAlignTrailing
	}
	r.line.Text = widgets.Fit(r.c.text, theme.SizeNameCaptionText, r.c.Size().Width-2*look.Step1)
}

// Layout fills the gaps that the grid leaves between cells with the row's ground.
func (r *cellRenderer) Layout(size fyne.Size) {
	gap := theme.Size(theme.SizeNamePadding)
	r.ground.Move(fyne.NewPos(-gap/2, -gap/2))
	r.ground.Resize(size.AddWidthHeight(gap, gap))
	r.apply()
	h := r.line.MinSize().Height
	r.line.Move(fyne.NewPos(look.Step1, (size.Height-h)/2))
	r.line.Resize(fyne.NewSize(max(size.Width-2*look.Step1, 0), h))
}

func (r *cellRenderer) MinSize() fyne.Size           { return fyne.NewSize(leastColumn, rowHeight) }
func (r *cellRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.ground, r.line} }
func (r *cellRenderer) Destroy()                     {}

func (r *cellRenderer) Refresh() {
	r.apply()
	r.ground.Refresh()
	r.line.Refresh()
}

// The arrows of a head.
const (
	none = ""
	up   = "▲"
	down = "▼"
)

// head is the head of a column: what it is, the unit under it, and which way it is sorted.
type head struct {
	widgets.Pressable
	t          *Table
	column     int
	text, unit string
	number     bool
	arrow      string
}

func newHead(t *Table) *head {
	h := &head{t: t, column: -1}
	h.OnPress = h.sort
	h.ExtendBaseWidget(h)
	return h
}

// set shows a column's head.
func (h *head) set(column int, c *model.TableColumn, arrow string) {
	h.column, h.text, h.unit, h.number, h.arrow = column, c.Head, c.Unit, c.Number, arrow
	h.Refresh()
}

// sort sorts by the column.
func (h *head) sort() {
	if h.column >= 0 {
		h.t.click(h.column)
	}
}

// CreateRenderer is Fyne's hook.
func (h *head) CreateRenderer() fyne.WidgetRenderer {
	r := &headRenderer{h: h, ground: canvas.NewRectangle(color.Transparent), rule: canvas.NewRectangle(color.Transparent)}
	r.text, r.unit, r.arrow = canvas.NewText("", color.Transparent), canvas.NewText("", color.Transparent), canvas.NewText("", color.Transparent)
	r.apply()
	return r
}

type headRenderer struct {
	h                 *head
	ground, rule      *canvas.Rectangle
	text, unit, arrow *canvas.Text
}

func (r *headRenderer) apply() {
	r.ground.FillColor = r.h.Ground()
	r.rule.FillColor = theme.Color(theme.ColorNamePrimary)
	align := fyne.TextAlignLeading
	if r.h.number {
		align = fyne.TextAlignTrailing
	}
	size := theme.Size(theme.SizeNameCaptionText)
	r.text.Text, r.text.Color, r.text.TextStyle.Bold = r.h.text, theme.Color(theme.ColorNameForeground), true
	r.unit.Text, r.unit.Color = r.h.unit, theme.Color(look.ColorNameMuted)
	r.arrow.Text, r.arrow.Color = r.h.arrow, theme.Color(theme.ColorNamePrimary)
	for _, t := range []*canvas.Text{r.text, r.unit} {
		t.TextSize, t.Alignment = size, align
	}
	r.arrow.TextSize = size * 0.7
}

func (r *headRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.rule.Move(fyne.NewPos(-look.Step1/2, size.Height-1))
	r.rule.Resize(fyne.NewSize(size.Width+look.Step1, 1))
	line := r.text.MinSize().Height
	width := max(size.Width-2*look.Step1, 0)
	r.text.Move(fyne.NewPos(look.Step1, (size.Height-2*line)/2))
	r.unit.Move(fyne.NewPos(look.Step1, size.Height/2))
	if r.h.unit == "" {
		r.text.Move(fyne.NewPos(look.Step1, size.Height-line-2))
	}
	r.text.Resize(fyne.NewSize(width, line))
	r.unit.Resize(fyne.NewSize(width, line))
	at := r.text.MinSize().Width + 2*look.Step1
	if r.h.number {
		at = size.Width - at - r.arrow.MinSize().Width + look.Step1/2
	}
	r.arrow.Move(fyne.NewPos(max(at, 0), r.text.Position().Y+(line-r.arrow.MinSize().Height)/2))
	r.arrow.Resize(r.arrow.MinSize())
}

// MinSize lets the rows be lower than the head: the grid makes them as high as a head must be.
func (r *headRenderer) MinSize() fyne.Size { return fyne.NewSize(leastColumn, rowHeight) }

func (r *headRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.rule, r.text, r.unit, r.arrow}
}

func (r *headRenderer) Destroy() {}

func (r *headRenderer) Refresh() {
	r.apply()
	r.Layout(r.h.Size())
	canvas.Refresh(r.h)
}
