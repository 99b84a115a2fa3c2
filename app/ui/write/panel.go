package write

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session/writing"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model/manuscript"
)

// Actions are what the user can ask for.
type Actions struct {
	Document   func(id int64)
	Menu       func() *fyne.Menu       // what can be done with the documents
	New        func() []*fyne.MenuItem // the documents that can be made
	Chapter    func(id int64)
	Add        func(below int64)      // a chapter behind another, 0 for last
	PutBack    func() []fyne.MenuItem // parts of the standard that are missing
	Rename     func(id int64, title string)
	Move       func(id int64, to int) // before the chapter at an index, when it has been taken out
	Level      func(id int64, by int)
	Hide       func(id int64, hidden bool)
	Number     func(id int64, plain bool)
	Page       func(id int64, p manuscript.Page)
	Remove     func(id int64)
	Changed    func() // the text is another
	Caret      func() // it is written at another place
	Undo, Redo func()
	Update     func(s []Stale)                                                         // what is stale
	Value      func(l *manuscript.Living, done func(text string, picture image.Image)) // what something living shows now
	Turn       func(page int)                                                          // show a page
	Resized    func()                                                                  // the page has another width
	Author     func() string                                                           // who comments
	SetAuthor  func(name string)
}

// Document is one that can be chosen.
type Document struct {
	ID    int64
	Title string
}

// Chapter is a row of the list of chapters.
type Chapter struct {
	ID              int64
	Number, Title   string // as printed
	Level           int
	Hidden, Plain   bool
	Page            manuscript.Page
	Stale, Comments int
}

// Stale is something living that shows another thing than the figures at hand would.
type Stale struct {
	Chapter, Block int64
	Index          int    // among the living things of the block
	Where          string // the chapter's title
	Name           string
	Old, New       string
	Edited         bool // words of the user's own, which stay unless the user takes the new ones
}

// State is what the panel shows, but for the text, which lies on the desk.
type State struct {
	Documents []Document
	Document  int64 // 0 for none
	Chapters  []Chapter
	Chapter   int64
	ReadOnly  bool
	Names     *manuscript.Names
	Stale     []Stale
	Remarks   []string // about what can't be printed as it is written
}

// Panel is the tab.
type Panel struct {
	p        *i18n.Printer
	win      fyne.Window
	actions  Actions
	state    State
	head     *documents
	outline  *outline
	editor   *editor
	preview  *preview
	comments *comments
	review   *review
	aside    *container.AppTabs
	object   fyne.CanvasObject
	front    bool
	goal     int64 // block that is to be gone to, 0 for none
}

const (
	outlineWidth = 264
	asideWidth   = 380
)

// New makes a tab in which nothing is written.
func New(win fyne.Window, p *i18n.Printer, desk *writing.Desk, a Actions) *Panel {
	w := &Panel{p: p, win: win, actions: a}
	w.head = newDocuments(w)
	w.outline = newOutline(w)
	w.editor = newEditor(w, desk)
	w.preview = newPreview(w)
	w.comments = newComments(w)
	w.review = newReview(w)
	w.aside = container.NewAppTabs(
		container.NewTabItem(p.T("write.page"), w.preview.object),
		container.NewTabItem(p.T("write.comments"), w.comments.object),
		container.NewTabItem(p.T("write.review"), w.review.object))
	left := widgets.Frame(nil, nil, nil, widget.NewSeparator(), widgets.MinWidth(outlineWidth, container.NewBorder(w.head.object, w.outline.buttons, nil, nil, w.outline.scroll)))
	split := container.NewHSplit(w.editor.object, widgets.MinWidth(asideWidth, widgets.Inset(0, look.Step1, w.aside)))
	split.SetOffset(0.56)
	w.object = widgets.Frame(nil, nil, left, nil, split)
	for _, c := range w.editor.bar.commands {
		s := &desktop.CustomShortcut{KeyName: c.key, Modifier: fyne.KeyModifierShortcutDefault | c.more}
		win.Canvas().AddShortcut(s, func(fyne.Shortcut) {
			if w.front && !w.editor.readOnly() {
				c.do()
			}
		})
	}
	return w
}

// Object is what is put into the window.
func (w *Panel) Object() fyne.CanvasObject { return w.object }

// Front tells whether the panel is seen: its keys are nobody's else then.
func (w *Panel) Front(on bool) { w.front = on }

// Set shows another state. The text is shown anew where it is another than what is seen.
func (w *Panel) Set(s State) {
	other := s.Chapter != w.state.Chapter || s.Document != w.state.Document || s.ReadOnly != w.state.ReadOnly
	w.state = s
	w.head.set()
	w.outline.set()
	w.editor.set(other)
	w.comments.set()
	w.review.set()
	w.titles()
	w.arrive()
}

// titles tells in the tabs to the right how much stands in them.
func (w *Panel) titles() {
	p := w.p
	title := func(key string, n int) string {
		if n == 0 {
			return p.T(key)
		}
		return p.T("write.tab", p.T(key), n)
	}
	comments, review := title("write.comments", w.comments.open()), title("write.review", len(w.state.Stale)+len(w.state.Remarks))
	if comments != w.aside.Items[1].Text || review != w.aside.Items[2].Text {
		w.aside.Items[1].Text, w.aside.Items[2].Text = comments, review
		w.aside.Refresh()
	}
}

// Refresh shows the text as it lies on the desk, after something else has changed it.
func (w *Panel) Refresh() {
	w.editor.sync()
	w.comments.set()
	w.titles()
}

// Writing is the index of the piece that the caret stands in, 0 where it stands in none.
func (w *Panel) Writing() int { return w.editor.index() }

// Focus gives the keyboard to the text.
func (w *Panel) Focus() { w.editor.focusFirst() }

// Preview is a page as it will print.
type Preview struct {
	Page, Pages int // the page from 0, and how many there are
	Image       image.Image
	Fault       string // why the pages can't be made; the last that could stay
}

// Show shows a page.
func (w *Panel) Show(p Preview) { w.preview.set(p) }

// Pixels is how wide a page is shown, in pixels of the screen.
func (w *Panel) Pixels() int { return w.preview.pixels() }

// Busy shows that a page is on its way.
func (w *Panel) Busy(on bool) { w.preview.working(on) }

// Settle takes up what stands in a line that is not left yet, such as the title of the chapter.
func (w *Panel) Settle() { w.editor.retitle() }
