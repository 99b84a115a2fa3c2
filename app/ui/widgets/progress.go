package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
)

const (
	progressHeight = 6
	progressPiece  = 0.3 // of the bar, what runs to and fro while it is unknown how far the work is
	progressPeriod = 1200 * time.Millisecond
)

// Progress is a thin bar that shows how far work is, or that it is not known.
type Progress struct {
	widget.BaseWidget
	share float64 // below 0: unknown
	phase float32 // of the running piece, 0 to 1
	run   *fyne.Animation
}

// NewProgress makes a bar of work that has not begun.
func NewProgress() *Progress {
	p := &Progress{}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows how far the work is, 0 to 1; below 0 is unknown.
func (p *Progress) Set(share float64) {
	p.share = min(share, 1)
	if share >= 0 {
		p.Stop()
	} else if p.run == nil {
		p.run = fyne.NewAnimation(progressPeriod, func(at float32) {
			p.phase = at
			p.Refresh()
		})
		p.run.AutoReverse, p.run.RepeatCount = true, fyne.AnimationRepeatForever
		p.run.Start()
	}
	p.Refresh()
}

// Share is how far the work is, below 0 where it is unknown.
func (p *Progress) Share() float64 { return p.share }

// Stop ends the running to and fro, which costs drawing while nobody looks.
func (p *Progress) Stop() {
	if p.run != nil {
		p.run.Stop()
		p.run = nil
	}
}

// CreateRenderer is Fyne's hook.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	r := &progressRenderer{p: p, track: canvas.NewRectangle(nil), piece: canvas.NewRectangle(nil)}
	r.track.CornerRadius, r.piece.CornerRadius = progressHeight/2, progressHeight/2
	r.Refresh()
	return r
}

type progressRenderer struct {
	p            *Progress
	track, piece *canvas.Rectangle
}

func (r *progressRenderer) Layout(size fyne.Size) {
	y := (size.Height - progressHeight) / 2
	r.track.Move(fyne.NewPos(0, y))
	r.track.Resize(fyne.NewSize(size.Width, progressHeight))
	x, w := float32(0), size.Width*float32(r.p.share)
	if r.p.share < 0 {
		w = size.Width * progressPiece
		x = (size.Width - w) * r.p.phase
	}
	r.piece.Move(fyne.NewPos(x, y))
	r.piece.Resize(fyne.NewSize(w, progressHeight))
}

func (r *progressRenderer) MinSize() fyne.Size { return fyne.NewSize(60, progressHeight) }
func (r *progressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.track, r.piece}
}
func (r *progressRenderer) Destroy() { r.p.Stop() }

func (r *progressRenderer) Refresh() {
	r.track.FillColor, r.piece.FillColor = themed(look.ColorNameTrack), themed(theme.ColorNamePrimary)
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}
