package write

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session/writing"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/model/manuscript"
)

// grid is a table of the user's own, cell by cell.
type grid struct {
	r               *row
	cells           [][]*field
	caption, source *field
	right           []bool
	at              [2]int // row and column that were written in last
	object          fyne.CanvasObject
}

const columnWidth = 84 // units that a column has at least

func newGrid(r *row) *grid {
	g := &grid{r: r}
	t, p, n := r.block.Table, r.e.w.p, r.e.w.state.Names
	line := func(label, text string) *field {
		f := newField(r.e, label, text)
		f.PlaceHolder = label
		f.fixed = r.e.readOnly()
		return f
	}
	g.caption, g.source = line(p.T("write.table_caption"), t.Caption), line(p.T("write.table_source"), t.Source)
	g.right = append(g.right, t.Right...)
	var all []fyne.CanvasObject
	for i, cells := range t.Rows {
		var fields []*field
		for k, runs := range cells {
			f := line(p.T("write.cell", i+1, k+1), writing.Unfold(n.Inline(runs)))
			f.PlaceHolder = ""
			f.TextStyle.Bold = i == 0
			fields = append(fields, f)
			all = append(all, f)
		}
		g.cells = append(g.cells, fields)
	}
	button := func(key string, do func(t *manuscript.Table)) fyne.CanvasObject {
		b := widget.NewButton(p.T(key), func() { g.change(do) })
		b.Importance = widget.LowImportance
		enable(b, !r.e.readOnly())
		return b
	}
	tools := container.New(&flowLayout{},
		button("write.row_add", func(t *manuscript.Table) { writing.AddRow(t, g.at[0]+1) }),
		button("write.column_add", func(t *manuscript.Table) { writing.AddColumn(t, g.at[1]+1) }),
		button("write.row_remove", func(t *manuscript.Table) { writing.RemoveRow(t, g.at[0]) }),
		button("write.column_remove", func(t *manuscript.Table) { writing.RemoveColumn(t, g.at[1]) }),
		button("write.column_right", func(t *manuscript.Table) { writing.AlignColumn(t, g.at[1]) }))
	var body fyne.CanvasObject = container.New(&cellLayout{len(t.Rows[0])}, all...)
	if len(t.Rows[0]) > 5 {
		body = container.NewHScroll(body)
	}
	g.object = widgets.Stack(look.Step1,
		container.NewThemeOverride(g.caption, &paper{}), body, container.NewThemeOverride(g.source, &paper{13}), tools)
	return g
}

// change changes the table as a whole and shows it anew.
func (g *grid) change(do func(t *manuscript.Table)) {
	at := g.at
	g.r.e.desk.Change(g.r.key, func(_ *manuscript.Names, b *manuscript.Block) { do(b.Table) })
	g.r.e.sync()
	if r := g.r.e.row(g.r.key); r != nil && r.grid != nil {
		r.grid.at = at
		at[0], at[1] = min(at[0], len(r.grid.cells)-1), min(at[1], len(r.grid.cells[0])-1)
		r.e.w.win.Canvas().Focus(r.grid.cells[at[0]][at[1]])
	}
	g.r.e.changed()
}

// follow shows a table's texts where it has the same rows and columns.
func (g *grid) follow(t *manuscript.Table) bool {
	if len(t.Rows) != len(g.cells) || len(t.Rows[0]) != len(g.cells[0]) || !equal(t.Right, g.right) {
		return false
	}
	n := g.r.e.w.state.Names
	old := g.r.block.Table
	for i, row := range t.Rows {
		for k, runs := range row {
			if was, now := n.Inline(old.Rows[i][k]), n.Inline(runs); was != now {
				g.cells[i][k].replace(writing.Unfold(now))
			}
		}
	}
	if old.Caption != t.Caption {
		g.caption.replace(t.Caption)
	}
	if old.Source != t.Source {
		g.source.replace(t.Source)
	}
	return true
}

// equal tells whether the same columns stand to the right.
func equal(a, b []bool) bool {
	on := func(list []bool, i int) bool { return i < len(list) && list[i] }
	for i := range max(len(a), len(b)) {
		if on(a, i) != on(b, i) {
			return false
		}
	}
	return true
}

// find is the place of a field.
func (g *grid) find(f *field) (row, column int, ok bool) {
	for i := range g.cells {
		for k := range g.cells[i] {
			if g.cells[i][k] == f {
				return i, k, true
			}
		}
	}
	return 0, 0, false
}

// holds tells whether a field is one of the table's, and notes where the keyboard is.
func (g *grid) holds(f *field) bool {
	if i, k, ok := g.find(f); ok {
		g.at = [2]int{i, k}
		return true
	}
	return f == g.caption || f == g.source
}

// keep takes up what has been written.
func (g *grid) keep(f *field) {
	i, k, cell := g.find(f)
	g.r.e.desk.Change(g.r.key, func(n *manuscript.Names, b *manuscript.Block) {
		switch {
		case cell:
			b.Table.Rows[i][k] = n.Runs(f.Text)
		case f == g.caption:
			b.Table.Caption = f.Text
		default:
			b.Table.Source = f.Text
		}
	})
}

// first is the field that the keyboard comes to, from below the last one.
func (g *grid) first(below bool) *field {
	if below {
		return g.cells[len(g.cells)-1][0]
	}
	return g.cells[0][0]
}

// step goes to the cell above or below.
func (g *grid) step(f *field, down bool) bool {
	i, k, ok := g.find(f)
	if down {
		i++
	} else {
		i--
	}
	if !ok || i < 0 || i >= len(g.cells) {
		return false
	}
	g.r.e.w.win.Canvas().Focus(g.cells[i][k])
	return true
}

// enter goes to the next row, and adds one behind the last.
func (g *grid) enter(f *field) bool {
	i, _, ok := g.find(f)
	if ok && i+1 == len(g.cells) {
		g.at[0]++
		at := g.at
		g.change(func(t *manuscript.Table) { writing.AddRow(t, len(t.Rows)) })
		if r := g.r.e.row(g.r.key); r != nil && r.grid != nil && at[0] < len(r.grid.cells) {
			r.e.w.win.Canvas().Focus(r.grid.cells[at[0]][0])
		}
		return true
	}
	g.step(f, true)
	return true
}

// cellLayout lays cells out in rows, each as high as its highest cell.
type cellLayout struct{ columns int }

func (l *cellLayout) rows(objects []fyne.CanvasObject, fn func(from, to int, height float32)) {
	for from := 0; from < len(objects); from += l.columns {
		to := min(from+l.columns, len(objects))
		height := float32(0)
		for _, o := range objects[from:to] {
			height = max(height, o.MinSize().Height)
		}
		fn(from, to, height)
	}
}

func (l *cellLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := size.Width / float32(l.columns)
	for _, o := range objects {
		o.Resize(fyne.NewSize(width-2, o.MinSize().Height))
	}
	y := float32(0)
	l.rows(objects, func(from, to int, height float32) {
		for k, o := range objects[from:to] {
			o.Move(fyne.NewPos(float32(k)*width, y))
			o.Resize(fyne.NewSize(width-2, height))
		}
		y += height + 2
	})
}

func (l *cellLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(columnWidth*float32(l.columns), 0)
	l.rows(objects, func(_, _ int, height float32) { size.Height += height + 2 })
	return size
}

// flowLayout puts objects beside each other, on as many lines as they need.
type flowLayout struct{ width float32 }

func (l *flowLayout) lines(objects []fyne.CanvasObject, width float32, fn func(o fyne.CanvasObject, x, y float32)) (height float32) {
	x, y, line := float32(0), float32(0), float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		size := o.MinSize()
		if x > 0 && x+size.Width > width {
			x, y, line = 0, y+line, 0
		}
		fn(o, x, y)
		x, line = x+size.Width, max(line, size.Height)
	}
	return y + line
}

func (l *flowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.lines(objects, size.Width, func(o fyne.CanvasObject, x, y float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(o.MinSize())
	})
}

func (l *flowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := l.width
	if width == 0 {
		width = 400
	}
	size := fyne.NewSize(0, l.lines(objects, width, func(fyne.CanvasObject, float32, float32) {}))
	for _, o := range objects {
		size.Width = max(size.Width, o.MinSize().Width)
	}
	return size
}
