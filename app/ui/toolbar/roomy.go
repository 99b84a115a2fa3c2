package toolbar

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
)

// roomy puts objects beside each other from the left. Where there is no room for all it leaves its extras out, and then the
// words of its buttons, whose icons remain.
type roomy struct {
	extras []fyne.CanvasObject
	worded []worded
}

// worded is a button with words that it can do without.
type worded struct {
	button      *widget.Button
	text        string
	long, short float32 // its width with and without the words
}

// newRoomy makes the layout.
func newRoomy(extras []fyne.CanvasObject, buttons ...*widget.Button) *roomy {
	r := &roomy{extras: extras}
	for _, b := range buttons {
		short := widget.NewButtonWithIcon("", b.Icon, nil)
		r.worded = append(r.worded, worded{b, b.Text, b.MinSize().Width, short.MinSize().Width})
	}
	return r
}

// How much is shown.
const (
	everything = iota
	noExtras
	noWords
)

// width is that of an object, 0 for one that is left out.
func (r *roomy) width(o fyne.CanvasObject, level int) float32 {
	if slices.Contains(r.extras, o) {
		if level >= noExtras {
			return 0
		}
		return o.MinSize().Width
	}
	if !o.Visible() {
		return 0
	}
	for _, w := range r.worded {
		switch {
		case w.button != o:
		case level >= noWords:
			return w.short
		default:
			return w.long
		}
	}
	return o.MinSize().Width
}

// total is the width of all objects with the gaps between them.
func (r *roomy) total(objects []fyne.CanvasObject, level int) float32 {
	var total float32
	for _, o := range objects {
		if width := r.width(o, level); width > 0 {
			total += width + look.Step1
		}
	}
	return max(0, total-look.Step1)
}

// MinSize is Fyne's hook.
func (r *roomy) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var height float32
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(r.total(objects, noWords), height)
}

// Layout is Fyne's hook.
func (r *roomy) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	level := everything
	for level < noWords && r.total(objects, level) > size.Width {
		level++
	}
	r.show(level)
	var x float32
	for _, o := range objects {
		if width := r.width(o, level); width > 0 {
			o.Move(fyne.NewPos(x, 0))
			o.Resize(fyne.NewSize(width, size.Height))
			x += width + look.Step1
		}
	}
}

// show shows the extras and the words of the buttons, or not.
func (r *roomy) show(level int) {
	for _, o := range r.extras {
		switch on := level < noExtras; {
		case on && !o.Visible():
			o.Show()
		case !on && o.Visible():
			o.Hide()
		}
	}
	for _, w := range r.worded {
		text := w.text
		if level >= noWords {
			text = ""
		}
		if w.button.Text != text {
			w.button.SetText(text)
		}
	}
}
