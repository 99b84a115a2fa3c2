package files

import (
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/ask"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
)

const (
	dialogWidth  = 760
	dialogHeight = 540
	placesWidth  = 170
)

// build makes the dialog's objects.
func (c *chooser) build() {
	p := c.printer
	c.path = widgets.Cut("")
	c.hint = widgets.NewCaption(c.opt.Kind)
	c.list = widget.NewList(func() int { return len(c.entries) }, newEntryRow, c.fill)
	c.list.HideSeparators = true
	c.list.OnSelected = c.tapped
	c.sheet = ask.NewSheet(c.window, c.opt.Title)
	c.confirm = ask.Primary(c.opt.Confirm, c.finish)
	up := widget.NewButtonWithIcon("", theme.MoveUpIcon(), func() { c.enter(filepath.Dir(c.dir)) })
	up.Importance = widget.LowImportance
	head := container.NewBorder(nil, nil, up, c.folderButton(), c.path)
	foot := widgets.Stack(look.Step3, c.hint)
	if c.save {
		c.name = widgets.NewEntry(c.opt.Name)
		c.name.OnEscape = c.sheet.Hide
		c.name.OnChanged = func(string) { c.update() }
		c.name.OnSubmitted = func(string) { c.finish() }
		label := widgets.NewCaption(p.T("ui.files.name"))
		foot = widgets.Stack(look.Step2, container.NewBorder(nil, nil, container.NewCenter(label), nil, c.name), c.hint)
	}
	body := container.NewBorder(nil, nil, widgets.MinWidth(placesWidth, c.shortcuts()), nil, c.list)
	content := container.NewBorder(head, widgets.Inset(look.Step2, 0, foot), nil, nil, body)
	c.sheet.Set(content, c.sheet.Hide, widget.NewButton(p.T("ui.cancel"), c.sheet.Hide), c.confirm)
}

// folderButton makes a folder, where a file is to be written.
func (c *chooser) folderButton() fyne.CanvasObject {
	if !c.save {
		return nil
	}
	b := widget.NewButtonWithIcon(c.printer.T("ui.files.new_folder"), theme.FolderNewIcon(), c.newFolder)
	b.Importance = widget.LowImportance
	return b
}

// shortcuts are the places that people keep their files in.
func (c *chooser) shortcuts() fyne.CanvasObject {
	box := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, pl := range c.places {
		b := widget.NewButtonWithIcon(pl.name, pl.icon, func() { c.enter(pl.dir) })
		b.Alignment, b.Importance = widget.ButtonAlignLeading, widget.LowImportance
		box.Add(b)
	}
	return container.NewVScroll(box)
}

// newEntryRow makes a row's objects: icon, name, size.
func newEntryRow() fyne.CanvasObject {
	return container.NewBorder(nil, nil, widget.NewIcon(theme.FileIcon()), container.NewCenter(widgets.NewCaption("")), widgets.Cut(""))
}

// fill shows entry i in objects made by newEntryRow.
func (c *chooser) fill(i widget.ListItemID, o fyne.CanvasObject) {
	if i >= len(c.entries) {
		return
	}
	e := c.entries[i]
	parts := o.(*fyne.Container).Objects
	parts[0].(*widget.Label).SetText(e.name)
	icon, note := theme.FileIcon(), fileSize(c.printer, e.size)
	switch {
	case e.folder:
		icon, note = theme.FolderIcon(), ""
	case c.chosen[filepath.Join(c.dir, e.name)] && c.opt.Many:
		icon = theme.NewPrimaryThemedResource(theme.ConfirmIcon())
	}
	parts[1].(*widget.Icon).SetResource(icon)
	parts[2].(*fyne.Container).Objects[0].(*widgets.Text).SetText(note)
}

// fileSize writes a number of bytes.
func fileSize(p *i18n.Printer, bytes int64) string {
	if bytes >= 1e6 {
		return p.Float(float64(bytes)/1e6, 1) + i18n.NBSP + "MB"
	}
	return p.Int((bytes+999)/1000) + i18n.NBSP + "kB"
}

// place is a shortcut to a folder.
type place struct {
	name string
	dir  string
	icon fyne.Resource
}

// usualFolder is a folder that most home folders have, by its names in Swedish and English.
type usualFolder struct {
	key   string
	names []string
	icon  fyne.ThemeIconName
}

var (
	documents = usualFolder{"ui.files.documents", []string{"Dokument", "Documents"}, theme.IconNameDocument}
	usual     = []usualFolder{
		{"ui.files.desktop", []string{"Skrivbord", "Desktop"}, theme.IconNameDesktop},
		documents,
		{"ui.files.downloads", []string{"Hämtningar", "Downloads", "Hämtade filer"}, theme.IconNameDownload},
	}
)

// in gives the folder in a home folder, "" where there is none.
func (u usualFolder) in(home string) string {
	for _, name := range u.names {
		dir := filepath.Join(home, name)
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
	}
	return ""
}

// Documents is the user's folder of documents, "" where there is none.
func Documents() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return documents.in(home)
}

// places are the home folder, the usual folders that exist in it under their Swedish or English names, and the root.
func places(p *i18n.Printer) []place {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "/"
	}
	out := []place{{p.T("ui.files.home"), home, theme.HomeIcon()}}
	for _, u := range usual {
		if dir := u.in(home); dir != "" {
			out = append(out, place{p.T(u.key), dir, theme.Icon(u.icon)})
		}
	}
	root := filepath.VolumeName(home) + string(filepath.Separator)
	return append(out, place{p.T("ui.files.computer"), root, theme.ComputerIcon()})
}

// newFolder asks for a name and makes a folder of it.
func (c *chooser) newFolder() {
	p := c.printer
	ask.Line(c.window, p, p.T("ui.files.new_folder"), p.T("ui.files.name"), "", p.T("ui.files.create"), func(name string) {
		name = strings.TrimSpace(name)
		if name == "" || name != filepath.Base(name) {
			ask.Error(c.window, p, i18n.Errorf("ui.files.bad_name"))
			return
		}
		dir := filepath.Join(c.dir, name)
		if err := os.Mkdir(dir, 0o755); err != nil {
			ask.Error(c.window, p, i18n.Errorf("ui.files.no_folder", name, err))
			return
		}
		c.enter(dir)
	})
}
