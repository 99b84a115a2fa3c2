package reports

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"nabar/internal/i18n"
)

// target is what a key names: where it stands and what a reference to it says.
type target struct{ anchor, text string }

// resolver makes the references of a document whole.
type resolver struct {
	doc     *Document
	targets map[string]target
	depth   int               // of the last heading
	held    map[string]target // the first table that holds something
	where   string            // the last heading, figure or table passed, for the errors
	notes   bool              // inside a note
	err     error             // the first
}

// Resolved gives the document as the renderers write it: every reference has its words and the anchor that it leads to.
// The document itself is left as it is. The error, a Problem, names the key that two blocks have or that none has, and
// where: it is told before anything is written, so that no reference of a written document leads nowhere.
func (d *Document) Resolved() (*Document, error) {
	r := &resolver{doc: d, targets: map[string]target{}, held: map[string]target{}, where: d.Title}
	r.collect()
	out := *d
	out.Title = titled(d)
	if blank(out.Cover.Title) {
		out.Cover.Title = out.Title
	}
	out.Blocks = make([]Block, 0, len(d.Blocks))
	for _, b := range d.Blocks {
		if b = r.block(b); b != nil {
			out.Blocks = append(out.Blocks, b)
		}
	}
	return &out, r.err
}

// fail keeps the first error.
func (r *resolver) fail(key string, args ...any) {
	if r.err == nil {
		r.err = i18n.Errorf(key, args...)
	}
}

// collect finds what keys name.
func (r *resolver) collect() {
	p := r.doc.Printer
	for _, b := range r.doc.Blocks {
		switch b := b.(type) {
		case Heading:
			r.name(b.Key, target{b.Anchor, headingReference(p, b)})
		case Table:
			at := target{b.Anchor, p.T("out.ref_table", b.Number)}
			r.name(b.Key, at)
			if _, ok := r.held[b.Holds]; !ok && b.Holds != "" {
				r.held[b.Holds] = at
			}
		case Figure:
			r.name(b.Key, target{b.Anchor, p.T("out.ref_figure", b.Number)})
		case Charts:
			for _, f := range b.Figures {
				r.name(f.Key, target{f.Anchor, p.T("out.ref_figure", f.Number)})
			}
		}
	}
}

// headingReference is how running text names a chapter or section.
func headingReference(p *i18n.Printer, h Heading) string {
	switch {
	case h.Number == "":
		return p.T("out.ref_heading", h.Text)
	case h.Level == 1 && !unicode.IsDigit(rune(h.Number[0])):
		return strings.ToLower(h.Number) // "bilaga 1"
	case h.Level == 1:
		return p.T("out.ref_chapter", h.Number)
	}
	return p.T("out.ref_section", h.Number)
}

// name takes up what a key names.
func (r *resolver) name(key string, t target) {
	if key == "" {
		return
	}
	if other, twice := r.targets[key]; twice {
		r.fail("out.key_twice", key, other.text, t.text)
	}
	r.targets[key] = t
}

// block resolves one block; nil for one that says nothing.
func (r *resolver) block(b Block) Block {
	switch b := b.(type) {
	case Heading:
		return r.heading(b)
	case Paragraph:
		b.Runs = r.runs(b.Runs)
		if silent(b.Runs) {
			return nil
		}
		return b
	case List:
		if len(b.Items) == 0 {
			return nil
		}
		return r.list(b)
	case Table:
		return r.table(b)
	case Figure:
		return r.figure(b)
	case Charts:
		b.Figures = slices.Clone(b.Figures)
		for i, f := range b.Figures {
			b.Figures[i] = r.figure(f)
		}
		return b
	}
	return b
}

// list resolves a list and those inside it.
func (r *resolver) list(l List) List {
	items := make([][]Run, len(l.Items))
	for i, item := range l.Items {
		items[i] = r.runs(item)
	}
	l.Items = items
	if len(l.Below) > 0 {
		below := make(map[int]List, len(l.Below))
		for _, i := range slices.Sorted(maps.Keys(l.Below)) {
			below[i] = r.list(l.Below[i])
		}
		l.Below = below
	}
	return l
}

// table resolves the cells that have styles; their text is said anew where it holds references.
func (r *resolver) table(t Table) Table {
	r.where = t.Label(r.doc)
	t = squared(t)
	if len(t.Rich) == 0 {
		return t
	}
	rich := make(map[Spot][]Run, len(t.Rich))
	rows := slices.Clone(t.Rows)
	for _, at := range slices.SortedFunc(maps.Keys(t.Rich), Spot.compare) {
		rich[at] = r.runs(t.Rich[at])
		if said := Text(rich[at]); said != t.Rows[at.Row][at.Column] {
			rows[at.Row] = slices.Clone(rows[at.Row])
			rows[at.Row][at.Column] = said
		}
	}
	t.Rich, t.Rows = rich, rows
	return t
}

// compare orders the cells of a table by row, then by column.
func (s Spot) compare(other Spot) int {
	if s.Row != other.Row {
		return s.Row - other.Row
	}
	return s.Column - other.Column
}

// figure adds to the line under a figure where its numbers stand.
func (r *resolver) figure(f Figure) Figure {
	r.where = f.Label(r.doc)
	if t, ok := r.data(f); ok {
		f.Source = joined(f.Source, r.doc.Printer.T("out.data_in", t.text))
	}
	return f
}

// data gives the table that holds a figure's numbers.
func (r *resolver) data(f Figure) (target, bool) {
	if f.DataKey != "" {
		return r.find(f.DataKey)
	}
	for _, name := range f.Holds {
		if t, ok := r.held[name]; ok {
			return t, true
		}
	}
	return target{}, false
}

// joined sets two sentences behind each other; either may be empty.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

// runs resolves the references in runs and in their notes.
func (r *resolver) runs(runs []Run) []Run {
	if !slices.ContainsFunc(runs, func(x Run) bool { return x.Ref != "" || x.Note != nil || x.Link != "" || x.Lang != "" }) {
		return runs
	}
	out := slices.Clone(runs)
	for i := range out {
		out[i].Link, out[i].Lang = address(out[i].Link), languageTag(out[i].Lang)
		if blank(out[i].Text) {
			out[i].Link = "" // nothing to follow it by
		}
		if out[i].Ref != "" {
			r.refer(&out[i])
		}
		if out[i].Note == nil {
			continue
		}
		if r.notes {
			r.fail("out.note_in_note", r.where)
			out[i].Note = nil
			continue
		}
		r.notes = true
		out[i].Note = r.runs(out[i].Note)
		r.notes = false
	}
	return out
}

// refer gives a reference its words and its anchor.
func (r *resolver) refer(run *Run) {
	t, ok := r.find(run.Ref)
	if !ok {
		return
	}
	run.Anchor = t.anchor
	if blank(run.Text) {
		run.Text = t.text
	}
}

// find gives what a key names, and keeps the error where that is nothing.
func (r *resolver) find(key string) (target, bool) {
	t, ok := r.targets[key]
	if !ok {
		r.fail("out.ref_missing", key, r.where)
	}
	return t, ok
}
