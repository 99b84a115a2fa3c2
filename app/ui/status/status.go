// Package status is the line at the foot of the window: what goes on, how far it is and how to stop it, and where the
// pointer is on the map.
package status

import (
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model/crs"
)

const (
	progressWidth = 180
	whereWidth    = 390
	scaleWidth    = 110
)

// Bar is the status bar.
type Bar struct {
	printer *i18n.Printer
	notice  *widgets.Text
	chosen  *widgets.Text
	text    *widget.Label
	bar     *widgets.Progress
	cancel  *widget.Button
	where   *widgets.Text
	scale   *widgets.Text
	work    *fyne.Container // the bar and its button
	object  fyne.CanvasObject
}

// New makes a status bar where nothing goes on.
func New(p *i18n.Printer) *Bar {
	b := &Bar{
		printer: p, notice: widgets.NewCaption(""), chosen: widgets.NewCaption(""), text: widgets.Cut(""),
		bar:    widgets.NewProgress(),
		cancel: widget.NewButton(p.T("ui.cancel"), nil),
		where:  widgets.NewCaption(""), scale: widgets.NewCaption(""),
	}
	b.notice.Color = theme.ColorNameWarning
	b.text.SizeName = theme.SizeNameCaptionText
	b.where.Align, b.scale.Align = fyne.TextAlignTrailing, fyne.TextAlignTrailing
	b.cancel.Importance = widget.LowImportance
	b.work = widgets.Line(look.Step2, container.NewCenter(widgets.MinWidth(progressWidth, b.bar)), b.cancel)
	right := widgets.Line(look.Step4, container.NewCenter(b.notice), container.NewCenter(b.chosen),
		container.New(layout.NewCenterLayout(), widgets.MinWidth(whereWidth, b.where)),
		container.New(layout.NewCenterLayout(), widgets.MinWidth(scaleWidth, b.scale)))
	b.object = container.NewStack(widgets.NewGround(look.ColorNameBar),
		widgets.Inset(0, look.Step3, container.NewBorder(nil, nil, b.work, right, b.text)))
	b.Idle("")
	return b
}

// Object is the bar for the window's layout.
func (b *Bar) Object() fyne.CanvasObject { return b.object }

// Busy shows work under way: what it does, how far it is (below 0: unknown), and how it is stopped.
func (b *Bar) Busy(what string, share float64, cancel func()) {
	b.text.SetText(what)
	b.cancel.OnTapped = cancel
	b.work.Show()
	b.bar.Set(share)
}

// Idle shows that nothing goes on, and a last word about what did.
func (b *Bar) Idle(word string) {
	b.text.SetText(word)
	b.bar.Stop()
	b.work.Hide()
}

// Notice shows what holds for the whole project, such as that it can't be changed.
func (b *Bar) Notice(text string) { b.notice.SetText(text) }

// Selected shows how much is selected, "" for nothing.
func (b *Bar) Selected(text string) { b.chosen.SetText(text) }

// Pointer shows where the pointer is; nil where it has left the map.
func (b *Bar) Pointer(at *orb.Point) {
	if at == nil {
		b.where.SetText("")
		return
	}
	text := b.printer.T("ui.status.where", b.coordinate(at[1]), b.coordinate(at[0]))
	if p := latLong.FromProject(*at); inRange(p) {
		text += "   " + b.printer.T("views.lat_long", b.printer.Float(p[1], degreeDecimals), b.printer.Float(p[0], degreeDecimals))
	}
	b.where.SetText(text)
}

// degreeDecimals of a degree are about a metre.
const degreeDecimals = 5

// latLong is WGS 84, which is SWEREF 99 to within a metre.
var latLong, _ = crs.ByEPSG(4326)

// inRange tells whether a longitude and latitude are where the projection holds.
func inRange(p orb.Point) bool {
	return math.Abs(p[1]) <= 90 && p[0] > -40 && p[0] < 70 // beyond it is no answer, also for what is not a number
}

// coordinate writes a coordinate in whole metres with its thousands apart, in both languages alike.
func (b *Bar) coordinate(v float64) string {
	return strings.ReplaceAll(b.printer.Float(math.Round(v), 0), ",", i18n.NBSP)
}

// Scale shows the map's scale, rounded as a map's scale is read.
func (b *Bar) Scale(denominator float64) {
	if denominator <= 0 || math.IsInf(denominator, 0) || math.IsNaN(denominator) {
		b.scale.SetText("")
		return
	}
	b.scale.SetText("1:" + strings.ReplaceAll(b.printer.Int(int64(round2(denominator))), ",", i18n.NBSP))
}

// round2 keeps two digits, as the third says nothing on a screen.
func round2(v float64) float64 {
	step := math.Pow10(max(int(math.Floor(math.Log10(v)))-1, 0))
	return math.Round(v/step) * step
}
