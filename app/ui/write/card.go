package write

import (
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/model/manuscript"
)

// cardLines is how much of a table or list is seen on a card, and the size of its picture.
const (
	cardLines   = 5
	pictureWide = 300
	pictureHigh = 170
)

// card is a living block: its name, and what it shows in words or as a small picture.
func (r *row) card() fyne.CanvasObject {
	p, l := r.e.w.p, r.block.Living
	name := l.Name
	if n := r.e.w.state.Names; n != nil {
		name = n.Name(l)
	}
	title := widgets.NewText(capital(name))
	title.Style.Bold = true
	head := container.NewHBox(title, widgets.NewCaption(p.T("write.living")))
	body := container.NewVBox()
	switch {
	case !l.Known():
		body.Add(widgets.Wrapped(p.T("write.unknown", l.Name)))
	case r.block.Edited():
		body.Add(r.text(p.T("write.own_words"), 0, fyne.TextStyle{}))
		draft := widget.NewButton(p.T("write.take_draft"), func() { r.setWords(nil) })
		draft.Importance = widget.LowImportance
		enable(draft, !r.e.readOnly())
		body.Add(container.NewBorder(nil, nil, nil, draft, widgets.Note(p.T("write.draft", shownText(l)))))
	default:
		r.show(body)
	}
	ground := widgets.NewGround(look.ColorNameBar)
	return container.NewStack(ground, widgets.Inset(look.Step2, look.Step3, widgets.Stack(look.Step1, head, body)))
}

// show shows what a living block shows: as it was shown last, or else by the figures at hand once they are there.
func (r *row) show(body *fyne.Container) {
	p, l := r.e.w.p, r.block.Living
	own := widget.NewButton(p.T("write.write_own"), func() { r.setWords([]manuscript.Run{{Text: shownText(l)}}) })
	own.Importance = widget.LowImportance
	picture := l.Kind == manuscript.Map || l.Kind == manuscript.Chart
	words := container.NewVBox(shownParts(l)...)
	body.Add(words)
	if l.Kind == manuscript.Sentence && l.Shown != nil && !r.e.readOnly() {
		body.Add(container.NewHBox(own))
	}
	if l.Shown != nil && !picture {
		return
	}
	if l.Shown == nil {
		words.Objects = []fyne.CanvasObject{widgets.Wrapped(p.T("write.being_made"))}
	}
	r.e.w.actions.Value(l, func(said string, img image.Image) {
		if l.Shown == nil {
			words.Objects = []fyne.CanvasObject{widgets.Wrapped(shortened(said))}
		}
		if img != nil {
			small := canvas.NewImageFromImage(img)
			small.FillMode = canvas.ImageFillContain
			small.SetMinSize(fyne.NewSize(pictureWide, pictureHigh))
			body.Objects = []fyne.CanvasObject{container.NewHBox(small), words}
		}
		body.Refresh()
		r.e.grown()
	})
}

// shownParts are what a living block showed last, on a card: of a table the first rows.
func shownParts(l *manuscript.Living) []fyne.CanvasObject {
	if l.Shown == nil {
		return nil
	}
	var out []fyne.CanvasObject
	for i := range l.Shown.Parts {
		if len(out) > cardLines {
			return append(out, widgets.NewCaption("…"))
		}
		switch part := &l.Shown.Parts[i]; part.Type {
		case manuscript.PartTable:
			out = append(out, smallTable(part))
		case manuscript.PartKeys:
			for _, k := range part.Keys {
				out = append(out, widgets.NewText(strings.TrimSpace(k[0]+" "+k[1])))
			}
		case manuscript.PartPicture:
			out = append(out, widgets.Wrapped(part.Caption))
		case manuscript.PartList:
			for _, item := range part.Items {
				out = append(out, widgets.Wrapped("• "+manuscript.Text(item.Runs)))
			}
		default:
			if text := manuscript.Text(part.Runs); text != "" {
				out = append(out, widgets.Wrapped(shortened(text)))
			}
		}
	}
	if len(out) == 0 {
		out = append(out, widgets.Wrapped(shortened(l.Shown.Text)))
	}
	return out
}

// smallTable is the beginning of a table.
func smallTable(part *manuscript.Part) fyne.CanvasObject {
	columns := min(len(part.Columns), 6)
	var cells []fyne.CanvasObject
	cell := func(text string, k int, bold bool) {
		t := widgets.Cut(strings.ReplaceAll(text, "\n", " "))
		t.TextStyle.Bold, t.SizeName = bold, theme.SizeNameCaptionText
		if part.Columns[k].Right {
			t.Alignment = fyne.TextAlignTrailing
		}
		cells = append(cells, t)
	}
	for k := range columns {
		cell(part.Columns[k].Head, k, true)
	}
	for i, row := range part.Rows {
		if i == cardLines-1 {
			break
		}
		for k := range columns {
			text := ""
			if k < len(row) {
				text = row[k]
			}
			cell(text, k, false)
		}
	}
	title := widgets.NewCaption(part.Caption)
	body := fyne.CanvasObject(container.New(&cellLayout{max(columns, 1)}, cells...))
	if len(part.Rows) >= cardLines {
		return container.NewVBox(title, body, widgets.NewCaption("…"))
	}
	return container.NewVBox(title, body)
}

// setWords gives a living sentence words of the user's own; nil gives it the program's again.
func (r *row) setWords(runs []manuscript.Run) {
	r.e.desk.SetWords(r.key, runs)
	r.e.rebuilt(r.key, -1)
}

// shownText is what something living showed last.
func shownText(l *manuscript.Living) string {
	if l.Shown == nil {
		return ""
	}
	return l.Shown.Text
}

// shortened are the first lines of a text.
func shortened(text string) string {
	lines := strings.Split(text, "\n")
	if len(lines) > cardLines {
		lines = append(lines[:cardLines], "…")
	}
	return strings.Join(lines, "\n")
}

// capital begins a text with a capital letter.
func capital(s string) string {
	letters := []rune(s)
	if len(letters) == 0 {
		return s
	}
	return strings.ToUpper(string(letters[:1])) + string(letters[1:])
}
