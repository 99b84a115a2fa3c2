package write

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
)

// preview is the page as it will print.
type preview struct {
	w             *Panel
	shown         Preview
	asked         int // width that a page has been asked for since it was drawn
	sheet         *sheet
	number        *widgets.Text
	fault         *widget.Label
	busy          *widget.Activity
	back, forward *widget.Button
	scroll        *container.Scroll
	object        fyne.CanvasObject
}

// sheetMargin is the ground around the page.
const sheetMargin = look.Step2

func newPreview(w *Panel) *preview {
	p := w.p
	v := &preview{w: w, number: widgets.NewCaption(""), fault: widgets.Wrapped(""), busy: widget.NewActivity()}
	v.sheet = newSheet(v)
	v.back = small(theme.NavigateBackIcon(), func() { w.actions.Turn(v.shown.Page - 1) })
	v.forward = small(theme.NavigateNextIcon(), func() { w.actions.Turn(v.shown.Page + 1) })
	v.fault.Hide()
	v.busy.Hide()
	bar := container.NewHBox(v.back, v.number, v.forward, v.busy)
	v.number.SetText(p.T("write.no_page"))
	v.scroll = container.NewVScroll(v.sheet)
	v.object = container.NewBorder(container.NewVBox(container.NewCenter(bar), v.fault), nil, nil, nil,
		container.NewStack(widgets.NewGround(look.ColorNameTrack), v.scroll))
	v.follow()
	return v
}

// small is a button that shows a sign.
func small(icon fyne.Resource, fn func()) *widget.Button {
	b := widget.NewButtonWithIcon("", icon, fn)
	b.Importance = widget.LowImportance
	return b
}

// set shows a page.
func (v *preview) set(p Preview) {
	v.busy.Stop()
	v.busy.Hide()
	v.fault.SetText(p.Fault)
	widgets.Show(v.fault, p.Fault != "")
	if p.Image == nil {
		return // the last page stays
	}
	turned := p.Page != v.shown.Page || v.shown.Image == nil
	v.shown = p
	v.number.SetText(v.w.p.T("write.page_of", p.Page+1, p.Pages))
	v.sheet.show(p.Image, v.w.p.T("write.page_of", p.Page+1, p.Pages))
	if turned {
		v.scroll.ScrollToTop()
	}
	v.scroll.Refresh()
	v.follow()
}

// follow lets the pages be turned that there are.
func (v *preview) follow() {
	enable(v.back, v.shown.Page > 0)
	enable(v.forward, v.shown.Page+1 < v.shown.Pages)
}

// enable lets something be used, or not.
func enable(o fyne.Disableable, can bool) {
	if can {
		o.Enable()
	} else {
		o.Disable()
	}
}

// working shows that a page is on its way.
func (v *preview) working(on bool) {
	if on {
		v.busy.Show()
		v.busy.Start()
	}
}

// pixels is how wide the page is.
func (v *preview) pixels() int {
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(v.sheet); c != nil {
		scale = c.Scale()
	}
	return int((max(v.scroll.Size().Width, asideWidth) - 2*sheetMargin) * scale)
}

func abs(n int) int { return max(n, -n) }

// sheet is the picture of a page, as wide as there is room.
type sheet struct {
	widget.BaseWidget
	v       *preview
	picture *canvas.Image
	alt     string
	ratio   float32 // height by width
}

func newSheet(v *preview) *sheet {
	s := &sheet{v: v, picture: &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleSmooth}, ratio: 1.414}
	s.ExtendBaseWidget(s)
	return s
}

// show shows a page, with words that say which it is.
func (s *sheet) show(img image.Image, alt string) {
	b := img.Bounds()
	s.picture.Image, s.alt, s.ratio = img, alt, float32(b.Dy())/float32(max(b.Dx(), 1))
	s.picture.Refresh()
	s.Refresh()
}

// AccessibilityLabel says which page is seen.
func (s *sheet) AccessibilityLabel() string { return s.alt }

// AccessibilityRole is Fyne's hook.
func (s *sheet) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is Fyne's hook.
func (s *sheet) CreateRenderer() fyne.WidgetRenderer { return &sheetRenderer{s} }

type sheetRenderer struct{ s *sheet }

func (r *sheetRenderer) width() float32 { return max(r.s.v.scroll.Size().Width, 100) }

func (r *sheetRenderer) Layout(size fyne.Size) {
	w := size.Width - 2*sheetMargin
	if img, v := r.s.picture.Image, r.s.v; img != nil && abs(img.Bounds().Dx()-v.pixels()) > 1 && v.asked != v.pixels() {
		v.asked = v.pixels()
		v.w.actions.Resized()
	}
	r.s.picture.Move(fyne.NewPos(sheetMargin, sheetMargin))
	r.s.picture.Resize(fyne.NewSize(w, w*r.s.ratio))
}

func (r *sheetRenderer) MinSize() fyne.Size {
	return fyne.NewSize(100, (r.width()-2*sheetMargin)*r.s.ratio+2*sheetMargin)
}

func (r *sheetRenderer) Refresh() { r.Layout(r.s.Size()) }

func (r *sheetRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.s.picture} }

func (r *sheetRenderer) Destroy() {}
