package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

// deck holds the map and, once it has been opened, the text beside it, with a tab for each above them.
type deck struct {
	strip        *fyne.Container
	ground       fyne.CanvasObject // the map with what lies on it
	text         *fyne.Container
	object       *fyne.Container
	atlas, paper *deckTab
}

// dress makes the deck anew for a map.
func (d *deck) dress(w *Window, ground fyne.CanvasObject) {
	p := w.printer
	d.ground, d.text = ground, container.NewStack()
	d.atlas = newDeckTab(p.T("write.tab_map"), func() { w.showWriting(false) })
	d.paper = newDeckTab(p.T("write.tab_text"), func() { w.showWriting(true) })
	shut := widget.NewButtonWithIcon("", theme.CancelIcon(), w.closeWriting)
	shut.Importance = widget.LowImportance
	d.strip = container.NewStack(widgets.NewGround(look.ColorNameBar), widgets.Inset(0, look.Step2, widgets.Line(0, d.atlas, d.paper, shut)))
	d.strip.Hide()
	d.text.Hide()
	d.object = container.NewStack(d.ground, d.text)
}

// deckTab is a tab of the deck.
type deckTab struct {
	widgets.Pressable
	text *widgets.Text
	on   bool
}

func newDeckTab(title string, press func()) *deckTab {
	t := &deckTab{text: widgets.NewText(title)}
	t.OnPress = press
	t.ExtendBaseWidget(t)
	return t
}

// set tells whether what the tab stands for is seen.
func (t *deckTab) set(on bool) {
	t.on, t.text.Style.Bold = on, on
	t.text.Color = theme.ColorNameForeground
	if on {
		t.text.Color = theme.ColorNamePrimary
	}
	t.text.Refresh()
	t.Refresh()
}

// AccessibilityLabel says what the tab shows.
func (t *deckTab) AccessibilityLabel() string { return t.text.Content }

// AccessibilityRole is Fyne's hook.
func (t *deckTab) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is Fyne's hook.
func (t *deckTab) CreateRenderer() fyne.WidgetRenderer {
	r := &deckTabRenderer{t: t, ground: canvas.NewRectangle(nil), line: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type deckTabRenderer struct {
	t            *deckTab
	ground, line *canvas.Rectangle
}

func (r *deckTabRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.line.Move(fyne.NewPos(0, size.Height-2))
	r.line.Resize(fyne.NewSize(size.Width, 2))
	h := r.t.text.MinSize().Height
	r.t.text.Move(fyne.NewPos(look.Step4, (size.Height-h)/2))
	r.t.text.Resize(fyne.NewSize(size.Width-2*look.Step4, h))
}

func (r *deckTabRenderer) MinSize() fyne.Size {
	return r.t.text.MinSize().AddWidthHeight(2*look.Step4, look.Step3)
}

func (r *deckTabRenderer) Refresh() {
	r.ground.FillColor = r.t.Ground()
	r.line.FillColor = theme.Color(theme.ColorNamePrimary)
	widgets.Show(r.line, r.t.on)
	canvas.Refresh(r.t)
}

func (r *deckTabRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.line, r.t.text}
}

func (r *deckTabRenderer) Destroy() {}

// toggleWriting shows the text, or the map again.
func (w *Window) toggleWriting() {
	if w.writes {
		w.showWriting(false)
		return
	}
	w.openWriting()
}

// showWriting brings the text or the map to the front.
func (w *Window) showWriting(on bool) {
	t := w.writing
	on = on && t != nil
	w.writes = on
	d := &w.deck
	d.text.Objects = nil
	if t != nil {
		d.text.Objects = []fyne.CanvasObject{t.panel.Object()}
		t.panel.Front(on)
	}
	widgets.Show(d.strip, t != nil)
	widgets.Show(d.ground, !on)
	widgets.Show(d.text, on)
	d.atlas.set(!on)
	d.paper.set(on)
	w.showPanels()
	w.win.Content().Refresh()
	w.setMenu()
	w.win.Canvas().Unfocus()
	if on {
		w.status.Pointer(nil)
		t.panel.Focus()
		t.draw()
		t.look()
	}
}

// textFree are the keys of the menu that do not belong to the text while it is in front.
var textFree = []fyne.KeyName{fyne.KeyO, fyne.KeyN, fyne.KeyZ, fyne.KeyY}

// textKeys takes the other keys away from a menu.
func (w *Window) textKeys(m *fyne.Menu) *fyne.Menu {
	if !w.writes {
		return m
	}
	for _, item := range m.Items {
		if s, ok := item.Shortcut.(fyne.KeyboardShortcut); ok && (s.Mod() != fyne.KeyModifierShortcutDefault || !slices.Contains(textFree, s.Key())) {
			item.Shortcut = nil
		}
		if item.ChildMenu != nil {
			w.textKeys(item.ChildMenu)
		}
	}
	return m
}

// heardWriting lets the text follow the session's events.
func (w *Window) heardWriting(e session.Event) {
	if w.writing == nil {
		return
	}
	switch e.Kind {
	case session.TextChanged, session.ResultsChanged:
		w.writing.heardText(true)
	case session.LayersChanged:
		w.writing.heardText(false)
	}
}

// undoText takes the last step back when all that has been written is kept.
func (w *Window) undoText() { w.travelText((*session.Session).Undo) }

// redoText does it again.
func (w *Window) redoText() { w.travelText((*session.Session).Redo) }

func (w *Window) travelText(move func(*session.Session, context.Context) (i18n.Message, error)) {
	t := w.writing
	if t == nil {
		return
	}
	t.panel.Settle()
	w.edit(func(ctx context.Context) error {
		if err := t.desk.Flush(ctx); err != nil {
			return err
		}
		_, err := move(w.session, ctx)
		return err
	})
}
