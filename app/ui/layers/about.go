package layers

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
)

// fact is one line of what is known of a layer.
type fact struct{ label, value string }

// facts are what is known of where a layer comes from and what it holds.
func facts(p *i18n.Printer, l model.Layer) []fact {
	var out []fact
	add := func(key, value string) {
		if value != "" {
			out = append(out, fact{p.T(key), value})
		}
	}
	s := l.Source
	add("ui.about.role", p.T("role."+string(l.Role)))
	if l.Role != model.RoleBasemap {
		add("ui.about.features", p.Int(int64(l.Features)))
	}
	add("ui.about.file", s.File)
	if s.Size > 0 {
		add("ui.about.size", Size(p, s.Size))
	}
	add("ui.about.date", p.Date(s.Date))
	add("ui.about.edition", p.Date(s.Edition))
	add("ui.about.format", formatName(p, s.Format))
	add("ui.about.layer", s.Layer)
	add("ui.about.crs", systemName(s.CRS))
	add("ui.about.encoding", s.Encoding)
	if s.Read > 0 && l.Role != model.RoleBasemap {
		add("ui.about.rows", p.T("ui.about.rows_value", s.Read, s.Imported, len(s.Skipped)))
	}
	add("base.ui.maker", s.Attribution)
	add("base.ui.path", s.Path)
	add("ui.about.fingerprint", s.SHA256)
	return out
}

// formatName is the everyday name of a file format.
func formatName(p *i18n.Printer, format string) string {
	if key := "ui.format." + format; p.Has(key) {
		return p.T(key)
	}
	return format
}

// systemName names a system of coordinates and gives its code.
func systemName(code string) string {
	if c, err := crs.Parse(code); err == nil {
		return c.Name() + " (" + c.String() + ")"
	}
	return code
}

// Size writes a number of bytes.
func Size(p *i18n.Printer, bytes int64) string {
	switch {
	case bytes >= 1e6:
		return p.Float(float64(bytes)/1e6, 1) + i18n.NBSP + "MB"
	case bytes >= 1e3:
		return p.Float(float64(bytes)/1e3, 0) + i18n.NBSP + "kB"
	}
	return p.Int(bytes) + i18n.NBSP + "B"
}

// About shows where a layer comes from: the file, its system and fingerprint, and what was left out.
func About(p *i18n.Printer, l model.Layer) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, f := range facts(p, l) {
		value := widget.NewLabel(f.value)
		value.Wrapping = fyne.TextWrapBreak
		value.Selectable = true
		rows = append(rows, widgets.Note(f.label), value)
	}
	form := widgets.Facts(140, rows...)
	content := widgets.Stack(look.Step3, form)
	for _, w := range append(slices.Clone(l.Source.Made), l.Source.Warnings...) {
		content.Add(widgets.Wrapped(w))
	}
	if n := len(l.Source.Skipped); n > 0 {
		content.Add(widgets.NewHeading(p.T("ui.about.skipped", n)))
		content.Add(widgets.Wrapped(SkippedText(p, l.Source.Skipped, 50)))
	}
	return content
}

// SkippedText lists rows that could not be used, at most a number of them.
func SkippedText(p *i18n.Printer, rows []model.Skipped, most int) string {
	text := ""
	for i, s := range rows {
		if i == most {
			return text + p.T("ui.about.more", len(rows)-most)
		}
		text += fmt.Sprintf("%s %s: %s\n", p.T("ui.about.row"), p.Int(s.Row), s.Reason)
	}
	return text
}
