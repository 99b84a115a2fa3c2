package plan

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"nabar/internal/i18n"
)

// FieldType says how a field is written.
type FieldType string

// The types of fields.
const (
	Line   FieldType = "line"   // a short text
	Block  FieldType = "block"  // a text of several lines
	Lines  FieldType = "lines"  // short texts, a line each
	Date   FieldType = "date"   // 2026, 2026-03 or 2026-03-31
	Whole  FieldType = "whole"  // a whole number, at least 0
	Number FieldType = "number" // a number
	Flag   FieldType = "flag"   // yes or no
	Choice FieldType = "choice" // one of Choices
	One    FieldType = "one"    // another entry, by its number or letter
	Many   FieldType = "many"   // other entries, commas between
	Rows   FieldType = "rows"   // a line for each, with | between Columns
)

// Field describes one field of a kind of entry.
type Field struct {
	Kind    Kind
	Key     string
	Type    FieldType
	Of      string // what is chosen among or pointed at: "status", "goal", "facility", "form"
	Need    bool   // must be said
	Columns []Field
	index   []int
}

// Fields are the fields of a kind in the order in which they are asked for.
func Fields(k Kind) []Field {
	item := New(k)
	if item == nil {
		return nil
	}
	return fieldsOf(k, reflect.TypeOf(item).Elem())
}

// FindField finds a field by its key.
func FindField(k Kind, key string) (Field, bool) {
	all := Fields(k)
	if i := slices.IndexFunc(all, func(f Field) bool { return f.Key == key }); i >= 0 {
		return all[i], true
	}
	return Field{}, false
}

// fieldsOf reads the tags of a struct: the type, then what is chosen among, then "need".
func fieldsOf(k Kind, t reflect.Type) []Field {
	var out []Field
	for _, s := range reflect.VisibleFields(t) {
		tag := s.Tag.Get("plan")
		if tag == "" {
			continue
		}
		words := strings.Split(tag, ",")
		key, _, _ := strings.Cut(s.Tag.Get("json"), ",")
		f := Field{Kind: k, Key: key, Type: FieldType(words[0]), index: s.Index}
		for _, w := range words[1:] {
			if w == "need" {
				f.Need = true
			} else {
				f.Of = w
			}
		}
		if f.Type == Rows {
			f.Columns = fieldsOf(k, s.Type.Elem())
		}
		out = append(out, f)
	}
	return out
}

// Text is what a field of an entry says, "" for nothing. Set takes it back as it is.
func (b Book) Text(item Item, f *Field) string {
	return b.text(reflect.ValueOf(item).Elem().FieldByIndex(f.index), f)
}

func (b Book) text(v reflect.Value, f *Field) string {
	switch f.Type {
	case Lines:
		return strings.Join(v.Interface().([]string), "\n")
	case Whole, Number:
		if v.IsNil() {
			return ""
		}
		if f.Type == Whole {
			return strconv.FormatInt(v.Elem().Int(), 10)
		}
		return strconv.FormatFloat(v.Elem().Float(), 'f', -1, 64)
	case Flag:
		if v.Bool() {
			return "x"
		}
		return ""
	case One:
		return b.Code(v.Int())
	case Many:
		var codes []string
		for _, id := range v.Interface().([]int64) {
			codes = append(codes, b.Code(id))
		}
		return strings.Join(codes, ", ")
	case Rows:
		return b.rowsText(v, f)
	}
	return v.String()
}

// rowsText writes a line for each row; columns that say nothing at its end are left out.
func (b Book) rowsText(v reflect.Value, f *Field) string {
	lines := make([]string, v.Len())
	for i := range lines {
		cells := make([]string, len(f.Columns))
		for c := range f.Columns {
			cells[c] = b.text(v.Index(i).FieldByIndex(f.Columns[c].index), &f.Columns[c])
		}
		lines[i] = strings.TrimRight(strings.Join(cells, " | "), " |")
	}
	return strings.Join(lines, "\n")
}

// Set says a field of an entry. What the text can't mean gives a *i18n.Problem, and the entry stays as it was.
func (b Book) Set(item Item, f *Field, text string) error {
	v := reflect.ValueOf(item).Elem().FieldByIndex(f.index)
	set := reflect.New(v.Type()).Elem()
	if err := b.set(set, f, clean(text)); err != nil {
		return err
	}
	v.Set(set)
	return nil
}

func (b Book) set(v reflect.Value, f *Field, text string) error {
	wrong := func(key string) error { return i18n.Errorf(key, text, f.Label()) }
	switch f.Type {
	case Line, Choice:
		v.SetString(strings.Join(strings.Fields(text), " "))
		return b.checkChoice(v.String(), f)
	case Block:
		v.SetString(text)
	case Lines:
		v.Set(reflect.ValueOf(lines(text)))
	case Date:
		if text != "" && LastDay(text) == "" {
			return wrong("action.date_wrong")
		}
		v.SetString(text)
	case Whole:
		n, ok := parseWhole(text)
		if !ok {
			return wrong("action.whole_wrong")
		}
		v.Set(reflect.ValueOf(n))
	case Number:
		n, ok := parseNumber(text)
		if !ok {
			return wrong("action.number_wrong")
		}
		v.Set(reflect.ValueOf(n))
	case Flag:
		v.SetBool(slices.Contains([]string{"x", "ja", "yes", "1", "true"}, strings.ToLower(text)))
	case One, Many:
		return b.setRefs(v, f, text)
	case Rows:
		return b.setRows(v, f, text)
	}
	return nil
}

// checkChoice makes sure that a value can be chosen. The value's own word in either language is as good as its id.
func (b Book) checkChoice(text string, f *Field) error {
	if of := f.Choices(); f.Type == Choice && text != "" && !slices.Contains(of, text) {
		return i18n.Errorf("action.choice_wrong", text, f.Label(), strings.Join(of, ", "))
	}
	return nil
}

// setRefs reads the numbers or letters of other entries.
func (b Book) setRefs(v reflect.Value, f *Field, text string) error {
	var ids []int64
	for _, code := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '\n' || r == ';' }) {
		if code = strings.TrimSpace(code); code == "" {
			continue
		}
		id, ok := b.find(Kind(f.Of), code)
		if !ok {
			return i18n.Errorf("action.ref_unknown", Kind(f.Of).Label(), code)
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	switch {
	case f.Type == Many:
		v.Set(reflect.ValueOf(ids))
	case len(ids) > 1:
		return i18n.Errorf("action.ref_one", text, f.Label())
	case len(ids) == 1:
		v.SetInt(ids[0])
	}
	return nil
}

// setRows reads a line for each row.
func (b Book) setRows(v reflect.Value, f *Field, text string) error {
	for _, line := range lines(text) {
		cells := strings.Split(line, "|")
		if len(cells) > len(f.Columns) {
			return i18n.Errorf("action.row_wrong", line, f.Label(), len(f.Columns))
		}
		row := reflect.New(v.Type().Elem()).Elem()
		for c, cell := range cells {
			column := &f.Columns[c]
			if cell = strings.TrimSpace(cell); cell == "" && column.Need {
				return i18n.Errorf("action.needed", column.Label())
			}
			if err := b.set(row.FieldByIndex(column.index), column, cell); err != nil {
				return err
			}
		}
		v.Set(reflect.Append(v, row))
	}
	return nil
}

// Cells are the columns of the rows of a field, and Join makes the field's text of them.
func Cells(text string, f *Field) [][]string {
	var out [][]string
	for _, line := range lines(text) {
		cells := make([]string, len(f.Columns))
		for c, cell := range strings.SplitN(line, "|", len(cells)) {
			cells[c] = strings.TrimSpace(cell)
		}
		out = append(out, cells)
	}
	return out
}

// Join makes the text of a field of rows. Rows that say nothing are left out, and a bar in a cell becomes a slash.
func Join(rows [][]string) string {
	var out []string
	for _, row := range rows {
		cells := make([]string, len(row))
		for c := range row {
			cells[c] = strings.Join(strings.Fields(strings.ReplaceAll(row[c], "|", "/")), " ")
		}
		if line := strings.TrimRight(strings.Join(cells, " | "), " |"); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
