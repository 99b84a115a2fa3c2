package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
)

// Bar is one row of a bar chart.
type Bar struct {
	Label string
	Value string // written with its thousands
	Note  string // the share, written
	Parts []Part // from the left; together at most 1
}

// Part is one piece of a bar: a share of the whole in one colour.
type Part struct {
	Share float64
	Color color.Color
}

const (
	barHeight  = 12
	barRow     = 26
	leastBar   = 1.5 // units: what is not nothing is seen
	barMinimum = 60
)

// Bars is a bar chart: a row for each bar with its label to the left and its numbers to the right.
type Bars struct {
	widget.BaseWidget
	rows []Bar
}

// NewBars makes a chart without rows.
func NewBars() *Bars {
	b := &Bars{}
	b.ExtendBaseWidget(b)
	return b
}

// Set shows other rows.
func (b *Bars) Set(rows []Bar) {
	b.rows = rows
	b.Refresh()
}

// Rows are the rows that are shown.
func (b *Bars) Rows() []Bar { return b.rows }

// CreateRenderer is Fyne's hook.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer {
	r := &barsRenderer{b: b}
	r.build()
	return r
}

// barRowObjects are the canvas objects of one row.
type barRowObjects struct {
	label, value, note *canvas.Text
	track              *canvas.Rectangle
	parts              []*canvas.Rectangle
}

type barsRenderer struct {
	b       *Bars
	rows    []barRowObjects
	objects []fyne.CanvasObject
}

// build makes the objects of all rows anew.
func (r *barsRenderer) build() {
	r.rows, r.objects = nil, nil
	for _, bar := range r.b.rows {
		row := barRowObjects{
			label: chartText(bar.Label, fyne.TextAlignLeading, theme.ColorNameForeground),
			value: chartText(bar.Value, fyne.TextAlignTrailing, theme.ColorNameForeground),
			note:  chartText(bar.Note, fyne.TextAlignTrailing, look.ColorNameMuted),
			track: canvas.NewRectangle(themed(look.ColorNameTrack)),
		}
		r.objects = append(r.objects, row.label, row.value, row.note, row.track)
		for _, p := range bar.Parts {
			part := canvas.NewRectangle(p.Color)
			row.parts = append(row.parts, part)
			r.objects = append(r.objects, part)
		}
		r.rows = append(r.rows, row)
	}
}

// chartText makes a text of a chart.
func chartText(s string, align fyne.TextAlign, name fyne.ThemeColorName) *canvas.Text {
	t := canvas.NewText(s, themed(name))
	t.Alignment, t.TextSize = align, theme.Size(theme.SizeNameCaptionText)
	return t
}

// widths are the widest label, value and note.
func (r *barsRenderer) widths() (label, value, note float32) {
	for _, row := range r.rows {
		label = max(label, row.label.MinSize().Width)
		value = max(value, row.value.MinSize().Width)
		note = max(note, row.note.MinSize().Width)
	}
	return label, value, note
}

// Layout puts labels left, numbers right, and bars in what remains.
func (r *barsRenderer) Layout(size fyne.Size) {
	label, value, note := r.widths()
	from := label + look.Step2
	to := size.Width - note - value - 2*look.Step3
	for i, row := range r.rows {
		y := float32(i) * barRow
		place(row.label, 0, y, label)
		place(row.value, size.Width-note-look.Step3-value, y, value)
		place(row.note, size.Width-note, y, note)
		width := max(to-from, 0)
		row.track.Move(fyne.NewPos(from, y+(barRow-barHeight)/2))
		row.track.Resize(fyne.NewSize(width, barHeight))
		x := from
		for j, p := range r.b.rows[i].Parts {
			w := width * float32(p.Share)
			if w > 0 {
				w = max(w, leastBar)
			}
			row.parts[j].Move(fyne.NewPos(x, y+(barRow-barHeight)/2))
			row.parts[j].Resize(fyne.NewSize(w, barHeight))
			x += w
		}
	}
}

// place puts a text in the middle of its row.
func place(t *canvas.Text, x, y, width float32) {
	h := t.MinSize().Height
	t.Move(fyne.NewPos(x, y+(barRow-h)/2))
	t.Resize(fyne.NewSize(width, h))
}

func (r *barsRenderer) MinSize() fyne.Size {
	label, value, note := r.widths()
	return fyne.NewSize(label+value+note+barMinimum+look.Step2+2*look.Step3, barRow*float32(len(r.rows)))
}

func (r *barsRenderer) Refresh() {
	r.build()
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}

func (r *barsRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *barsRenderer) Destroy() {}
