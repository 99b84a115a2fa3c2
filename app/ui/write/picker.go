package write

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/model/manuscript"
)

// picker chooses something living by its name, and shows what it says now.
type picker struct {
	e      *editor
	into   *row   // whose living block is replaced, nil for a new one
	field  *field // that a figure is written into
	sheet  *ask.Sheet
	search *searchEntry
	list   *widget.List
	names  []string
	chosen int
	value  *widget.Label
	box    *fyne.Container
}

const (
	pickerWidth  = 860
	pickerHeight = 560
)

// pick opens the picker: for a new figure or block, or for another one in a row.
func (e *editor) pick(into *row) *picker {
	if e.readOnly() || e.w.state.Names == nil {
		return nil
	}
	p := e.w.p
	k := &picker{e: e, into: into, field: e.bar.field(), sheet: ask.NewSheet(e.w.win, p.T("write.pick")), value: widgets.Wrapped(""), box: container.NewVBox()}
	k.search = &searchEntry{k: k}
	k.search.ExtendBaseWidget(k.search)
	k.search.SetPlaceHolder(p.T("write.pick_search"))
	k.search.OnChanged = func(string) { k.find() }
	k.list = widget.NewList(func() int { return len(k.names) },
		func() fyne.CanvasObject { return widgets.Cut("") },
		func(i widget.ListItemID, o fyne.CanvasObject) { o.(*widget.Label).SetText(k.names[i]) })
	k.list.OnSelected = func(i widget.ListItemID) { k.choose(i) }
	side := widgets.MinWidth(330, container.NewVBox(widgets.NewCaption(p.T("write.pick_now")), k.value, k.box))
	body := container.NewBorder(container.NewVBox(widgets.Wrapped(p.T("write.pick_text")), k.search), nil, nil,
		widgets.Inset(0, look.Step3, side), widgets.Inset(look.Step2, 0, k.list))
	k.sheet.Set(body, k.sheet.Hide, widget.NewButton(p.T("ui.cancel"), k.sheet.Hide), ask.Primary(p.T("write.insert"), k.take))
	k.sheet.Show(fyne.NewSize(pickerWidth, pickerHeight), k.search)
	k.find()
	return k
}

// find lists the names that fit what is searched for.
func (k *picker) find() {
	k.names = nil
	n := k.e.w.state.Names
	for _, name := range n.Complete(k.search.Text) {
		if l := n.Find(name); k.into == nil || l.Kind != manuscript.Figure {
			k.names = append(k.names, name)
		}
	}
	k.list.UnselectAll()
	k.list.Refresh()
	k.chosen = -1
	if len(k.names) > 0 {
		k.list.Select(0)
		return
	}
	k.value.SetText(k.e.w.p.T("write.pick_none"))
	k.picture(nil)
}

// choose shows what the name of a row says now.
func (k *picker) choose(i int) {
	if i < 0 || i >= len(k.names) {
		return
	}
	k.chosen = i
	name := k.names[i]
	k.value.SetText(k.e.w.p.T("write.being_made"))
	k.picture(nil)
	k.e.w.actions.Value(k.e.w.state.Names.Find(name), func(text string, img image.Image) {
		if k.chosen >= 0 && k.chosen < len(k.names) && k.names[k.chosen] == name {
			k.value.SetText(shortened(text))
			k.picture(img)
		}
	})
}

// picture shows a map or chart, nil for none.
func (k *picker) picture(img image.Image) {
	k.box.Objects = nil
	if img != nil {
		c := canvas.NewImageFromImage(img)
		c.FillMode = canvas.ImageFillContain
		c.SetMinSize(fyne.NewSize(320, 200))
		k.box.Objects = []fyne.CanvasObject{c}
	}
	k.box.Refresh()
}

// take puts what is chosen into the text.
func (k *picker) take() {
	if k.chosen < 0 || k.chosen >= len(k.names) {
		return
	}
	k.sheet.Hide()
	name := k.names[k.chosen]
	l := k.e.w.state.Names.Find(name)
	switch {
	case k.into != nil:
		k.e.desk.Change(k.into.key, func(_ *manuscript.Names, b *manuscript.Block) { b.Living, b.Runs = l, nil })
		k.e.rebuilt(k.into.key, 0)
	case l.Kind == manuscript.Figure && k.field != nil && k.e.rowOf(k.field) != nil:
		k.e.bar.back(k.field, k.field.passage().Name(name))
	case l.Kind == manuscript.Figure:
		k.e.put(manuscript.Block{Type: manuscript.Paragraph, Runs: []manuscript.Run{{Figure: l}}})
	default:
		k.e.put(manuscript.Block{Type: manuscript.LivingOne, Living: l})
	}
}

// searchEntry lets the arrows go through the list while a search is typed.
type searchEntry struct {
	widget.Entry
	k *picker
}

// TypedKey goes through the list, takes what is chosen or leaves.
func (s *searchEntry) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyDown:
		if s.k.chosen+1 < len(s.k.names) {
			s.k.list.Select(s.k.chosen + 1)
		}
	case fyne.KeyUp:
		if s.k.chosen > 0 {
			s.k.list.Select(s.k.chosen - 1)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		s.k.take()
	case fyne.KeyEscape:
		s.k.sheet.Escape()
	default:
		s.Entry.TypedKey(ev)
	}
}
