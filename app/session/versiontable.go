package session

import (
	"path/filepath"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/plan"
	"nabar/model/version"
)

// number writes a whole number as it is typed.
func number(n int) string { return strconv.Itoa(n) }

// versionFormat is the form of a version that a file's ending asks for.
func versionFormat(path string) string {
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	if format == "htm" {
		return "html"
	}
	return format
}

// VersionTable lists versions. The rows' ids are the versions'.
func (s *Session) VersionTable(all []version.Version) model.Table {
	p := s.Printer()
	t := model.Table{Name: p.T("version.table.list")}
	for _, key := range []string{"name", "number", "stage", "saved", "decided", "case", "note"} {
		t.Columns = append(t.Columns, model.TableColumn{Head: p.T("version.column." + key)})
	}
	for i := range all {
		v := &all[i]
		decided := ""
		if v.Stage.Decided() {
			decided = p.T("version.decided", v.Decision.Body, i18n.Date(v.Decision.Date), v.Decision.Paragraph)
		}
		row := model.TableRow{ID: strconv.FormatInt(v.ID, 10)}
		for _, text := range []string{
			v.Name, number(i + 1), p.Text(v.Stage.Label()), p.Date(v.Saved), decided, v.Decision.CaseNumber, v.Note,
		} {
			row.Cells = append(row.Cells, model.Words(text))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// VersionTables are all that differs between two versions: the cover, the figures, the places, the entries and the text. A
// table without rows tells that nothing differs.
func (s *Session) VersionTables(a, b *version.Version) []model.Table {
	w := versionWords{p: s.Printer(), a: a, b: b, words: s.entryWords(a, b)}
	c := version.Compare(a, b)
	return []model.Table{w.facts(c.Facts), w.figures(c.Figures), w.places(c.Places), w.entries(c.Entries), w.sections(c.Sections)}
}

// versionWords writes the tables of a comparison.
type versionWords struct {
	p     *i18n.Printer
	a, b  *version.Version
	words [2]*Words // for the entries of each
}

// entryWords are the words for the entries of versions, with the names of places and services as the versions keep them.
func (s *Session) entryWords(versions ...*version.Version) (out [2]*Words) {
	for i, v := range versions {
		book, _ := v.Record.Book()
		w := &Words{s.Printer(), book, map[string]map[string]string{"facility": {}, "service": {}, "form": {}, "solution": {}}}
		for _, p := range v.Record.Places {
			w.names["facility"][p.ID] = p.Name
		}
		for _, f := range v.Record.Figures {
			w.names["service"][f.Service] = f.Name
		}
		for _, solution := range book.Bank() {
			w.names["solution"][solution.Code] = s.Printer().Text(solution.Say("title"))
		}
		out[i] = w
	}
	return out
}

// table is an empty table with the versions' names as the last heads.
func (w *versionWords) table(name string, heads ...string) model.Table {
	t := model.Table{Name: w.p.T("version.table." + name)}
	for _, h := range heads {
		t.Columns = append(t.Columns, model.TableColumn{Head: w.p.T("version.column." + h)})
	}
	return t
}

// beside adds the two versions as columns.
func (w *versionWords) beside(t *model.Table) {
	for _, v := range []*version.Version{w.a, w.b} {
		t.Columns = append(t.Columns, model.TableColumn{Head: v.Name})
	}
}

// row makes a row of texts.
func (w *versionWords) row(t *model.Table, texts ...string) {
	row := model.TableRow{ID: number(len(t.Rows))}
	for _, text := range texts {
		row.Cells = append(row.Cells, model.Words(text))
	}
	t.Rows = append(t.Rows, row)
}

// facts is the table of what the covers say.
func (w *versionWords) facts(all []version.FactChange) model.Table {
	t := w.table("facts", "fact")
	w.beside(&t)
	for _, f := range all {
		before, after := f.Before, f.After
		if f.Key == "date" {
			before, after = w.p.Date(before), w.p.Date(after)
		}
		w.row(&t, w.p.T("version.fact."+f.Key), before, after)
	}
	return t
}

// change is what happened, in a word.
func (w *versionWords) change(kind string, c version.Change) string {
	return w.p.T("version.change." + kind + "." + string(c))
}

// places is the table of services that opened, closed or changed.
func (w *versionWords) places(all []version.PlaceChange) model.Table {
	t := w.table("places", "place", "service", "change", "town")
	for _, c := range all {
		is := c.After
		if is == nil {
			is = c.Before
		}
		w.row(&t, is.Name, w.service(is.Type), w.change("place", c.Change), is.Town)
	}
	return t
}

// service is the name of a service type, as either version has it.
func (w *versionWords) service(id string) string {
	for _, v := range []*version.Version{w.b, w.a} {
		for _, f := range v.Record.Figures {
			if f.Service == id {
				return f.Name
			}
		}
	}
	return id
}

// entries is the table of entries that came, went or changed: a row for each field that says something else.
func (w *versionWords) entries(all []version.EntryChange) model.Table {
	t := w.table("entries", "entry", "change", "field")
	w.beside(&t)
	for _, c := range all {
		switch c.Change {
		case version.Added:
			w.row(&t, w.entry(1, c.After), w.change("entry", c.Change), "", "", "")
		case version.Removed:
			w.row(&t, w.entry(0, c.Before), w.change("entry", c.Change), "", "", "")
		default:
			for i := range c.Fields {
				f := &c.Fields[i]
				w.row(&t, w.entry(1, c.After), w.change("entry", c.Change), w.p.Text(f.Field.Label()),
					joinLines(w.words[0].Text(c.Before, &f.Field)), joinLines(w.words[1].Text(c.After, &f.Field)))
			}
		}
	}
	return t
}

// entry names an entry of one of the versions.
func (w *versionWords) entry(of int, item plan.Item) string {
	return w.p.Text(w.words[of].book.Name(item))
}

// joinLines sets lines after each other.
func joinLines(text string) string { return strings.ReplaceAll(text, "\n", "; ") }

// sections is the table of lines that came or went, by chapter.
func (w *versionWords) sections(all []version.SectionChange) model.Table {
	t := w.table("sections", "section", "change")
	w.beside(&t)
	for _, c := range all {
		title := strings.TrimSpace(c.After + " " + c.Title)
		if c.Change == version.Removed {
			title = strings.TrimSpace(c.Before + " " + c.Title)
		}
		if len(c.Lines) == 0 {
			w.row(&t, title, w.change("section", c.Change), "", "")
		}
		for _, l := range c.Lines {
			before, after := l.Text, ""
			if l.Change == version.Added {
				before, after = after, before
			}
			w.row(&t, title, w.change("section", c.Change), before, after)
		}
	}
	return t
}
