// Package files is the program's file chooser: a plain list of folders and files in the user's language, with the kind
// of file that is wanted, a default ending, and a question before something is written over.
//
// Folders are read in the background: a slow network drive never holds the window.
package files

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview"
)

// Options say what is wanted.
type Options struct {
	Title      string
	Confirm    string   // what the button does
	Kind       string   // "Nåbar-projekt", said beside the list
	Dir        string   // where to begin; "" for the home folder
	Name       string   // proposed name of a file to write
	Extensions []string // ".gpkg"; the first is added to a name without one. nil for all files
	Many       bool     // several files may be chosen
}

// chooser is the state of one dialog.
type chooser struct {
	window   fyne.Window
	printer  *i18n.Printer
	dispatch mapview.Dispatcher
	opt      Options
	save     bool
	done     func(paths []string)

	dir     string
	reading int // counts the folders read, so that a slow one does not overwrite a later one
	entries []entry
	chosen  map[string]bool

	list    *widget.List
	places  []place
	path    *widget.Label
	name    *widgets.Entry
	confirm *widget.Button
	hint    *widgets.Text
	sheet   *ask.Sheet
}

// entry is one row of the list.
type entry struct {
	name   string
	folder bool
	size   int64
}

// Open asks for existing files.
func Open(w fyne.Window, p *i18n.Printer, dispatch mapview.Dispatcher, opt Options, fn func(paths []string)) {
	newChooser(w, p, dispatch, opt, false, fn).show()
}

// Save asks where a file shall be written. The file is not touched; writing over one is asked about.
func Save(w fyne.Window, p *i18n.Printer, dispatch mapview.Dispatcher, opt Options, fn func(path string)) {
	newChooser(w, p, dispatch, opt, true, func(paths []string) { fn(paths[0]) }).show()
}

func newChooser(w fyne.Window, p *i18n.Printer, dispatch mapview.Dispatcher, opt Options, save bool, fn func([]string)) *chooser {
	return &chooser{
		window: w, printer: p, dispatch: dispatch, opt: opt, save: save, done: fn,
		chosen: map[string]bool{}, places: places(p),
	}
}

// show opens the dialog in its first folder.
func (c *chooser) show() {
	c.build()
	dir := c.opt.Dir
	if info, err := os.Stat(dir); dir == "" || err != nil || !info.IsDir() {
		dir, _ = os.UserHomeDir()
	}
	var focus fyne.Focusable
	if c.save {
		focus = c.name
	}
	c.sheet.Show(fyne.NewSize(dialogWidth, dialogHeight), focus)
	c.enter(dir)
}

// enter reads a folder and shows it when it has been read.
func (c *chooser) enter(dir string) {
	dir = filepath.Clean(dir)
	c.reading++
	turn := c.reading
	c.path.SetText(dir)
	go func() {
		entries, err := c.read(dir)
		c.dispatch(func() {
			if turn != c.reading {
				return
			}
			c.dir = dir
			c.entries = entries
			clear(c.chosen)
			c.hint.SetText(c.summary(err))
			c.list.UnselectAll()
			c.list.Refresh()
			c.list.ScrollToTop()
			c.update()
		})
	}()
}

// read lists the folders and the wanted files of a folder, folders first, each by name. Hidden ones are left out.
func (c *chooser) read(dir string) ([]entry, error) {
	found, err := os.ReadDir(dir)
	var out []entry
	for _, f := range found {
		if strings.HasPrefix(f.Name(), ".") {
			continue
		}
		info, err := os.Stat(filepath.Join(dir, f.Name())) // follows links
		if err != nil || (!info.IsDir() && !c.wanted(f.Name())) {
			continue
		}
		out = append(out, entry{name: f.Name(), folder: info.IsDir(), size: info.Size()})
	}
	slices.SortStableFunc(out, func(a, b entry) int {
		if a.folder != b.folder {
			if a.folder {
				return -1
			}
			return 1
		}
		return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	return out, err
}

// wanted tells whether a file has one of the endings.
func (c *chooser) wanted(name string) bool {
	return len(c.opt.Extensions) == 0 || slices.Contains(c.opt.Extensions, strings.ToLower(filepath.Ext(name)))
}

// summary says what the list holds, or why it is empty.
func (c *chooser) summary(err error) string {
	if err != nil && len(c.entries) == 0 {
		return c.printer.T("ui.files.unreadable")
	}
	return c.opt.Kind
}

// tapped enters a folder or chooses a file.
func (c *chooser) tapped(i int) {
	if i >= len(c.entries) {
		return
	}
	e := c.entries[i]
	path := filepath.Join(c.dir, e.name)
	switch {
	case e.folder:
		c.list.UnselectAll()
		c.enter(path)
		return
	case c.save:
		c.name.SetText(e.name)
	case c.opt.Many:
		c.chosen[path] = !c.chosen[path]
		c.list.UnselectAll()
		c.list.RefreshItem(i)
	default:
		clear(c.chosen)
		c.chosen[path] = true
	}
	c.update()
}

// paths are the chosen files in the list's order.
func (c *chooser) paths() []string {
	if c.save {
		name := strings.TrimSpace(c.name.Text)
		if name == "" || name != filepath.Base(name) {
			return nil
		}
		return []string{filepath.Join(c.dir, c.complete(name))}
	}
	var out []string
	for _, e := range c.entries {
		if path := filepath.Join(c.dir, e.name); c.chosen[path] {
			out = append(out, path)
		}
	}
	return out
}

// complete adds the ending to a name that has none of the wanted ones.
func (c *chooser) complete(name string) string {
	if len(c.opt.Extensions) == 0 || c.wanted(name) {
		return name
	}
	return name + c.opt.Extensions[0]
}

// update lets the button be pressed where there is something to confirm.
func (c *chooser) update() {
	if len(c.paths()) > 0 {
		c.confirm.Enable()
	} else {
		c.confirm.Disable()
	}
}

// finish hands the choice over, after a question where a file would be written over.
func (c *chooser) finish() {
	paths := c.paths()
	if len(paths) == 0 {
		return
	}
	end := func() {
		c.sheet.Hide()
		c.done(paths)
	}
	info, err := os.Stat(paths[0])
	switch {
	case !c.save || err != nil:
		end()
	case info.IsDir():
		ask.Error(c.window, c.printer, i18n.Errorf("ui.files.is_folder", filepath.Base(paths[0])))
	default:
		p := c.printer
		ask.Confirm(c.window, p, p.T("ui.files.replace_title"), p.T("ui.files.replace", filepath.Base(paths[0])), p.T("ui.files.replace_yes"), end)
	}
}
