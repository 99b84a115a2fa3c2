package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/model/symbology"
)

const (
	stageComments = 10  // that are listed at most
	stageShare    = 3.0 // of the window's width that the list takes is one part of so many
	stageLetter   = 0.5 // of the letters' height, how wide one is on average
)

// stageComments is where the comments stand while the map is shown to an audience: in the lower right corner.
func (w *Window) stageComments() fyne.CanvasObject {
	s := w.stage
	s.paper.CornerRadius = s.ground.CornerRadius
	panel := container.NewStack(s.paper, widgets.Inset(look.Step3, look.Step4, s.said))
	above := widgets.MinSize(fyne.NewSize(0, 3*presentTitle)) // the scale bar and the sources stand below
	return widgets.Pad(look.Step4, container.NewVBox(layout.NewSpacer(), container.NewHBox(layout.NewSpacer(), panel), above))
}

// showStageComments lists the comments that the map shows, by the numbers of their pins.
func (w *Window) showStageComments(line func(string, float32, symbology.Colour, bool) fyne.CanvasObject) {
	s := w.stage
	s.said.RemoveAll()
	widgets.Show(s.paper, s.pins)
	if s.pins {
		w.listOnStage(line)
	}
	s.paper.FillColor = s.ground.FillColor
	s.said.Refresh()
	s.paper.Refresh()
}

// listOnStage adds the lines of the comments within the view.
func (w *Window) listOnStage(line func(string, float32, symbology.Colour, bool) fyne.CanvasObject) {
	palette, bound, more := symbology.PaletteOf(w.theme()), w.shown(), 0
	letters := max(int(w.win.Canvas().Size().Width/stageShare/(presentNote*stageLetter)), 20)
	add := func(text string, c symbology.Colour) { w.stage.said.Add(line(text, presentNote, c, false)) }
	for i := range w.state.comments {
		c := &w.state.comments[i]
		switch {
		case !bound.Contains(c.At):
		case len(w.stage.said.Objects) == stageComments:
			more++
		default:
			text := []rune(w.printer.T("spot.stage_line", c.Number, w.session.CommentLine(c)))
			if len(text) > letters {
				text = append(text[:letters-1], '…')
			}
			add(string(text), palette.Ink)
		}
	}
	if more > 0 {
		add(w.printer.T("spot.sheet_more", more), palette.Muted)
	}
	if len(w.stage.said.Objects) == 0 {
		add(w.printer.T("spot.ui.stage_none"), palette.Muted)
	}
}
