package role

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"nabar/internal/i18n"
	"nabar/model"
)

// FactKind is what a fact of a service place is written as.
type FactKind uint8

// The kinds of facts.
const (
	TextFact   FactKind = iota
	DateFact            // 2026-03-01
	TruthFact           // "yes", "no", "" for unknown
	AmountFact          // a number that is not negative, with a decimal point
)

// PlaceFact is one thing that is told of a service place, beside its type and where it lies.
type PlaceFact struct {
	Part  string // of the mapping
	Kind  FactKind
	field model.Field // the column that a layer without one gets
}

// longestFact is how many letters a text of a place has at most.
const longestFact = 500

// PlaceFacts are the facts of a service place in the order in which a form asks for them.
func PlaceFacts() []PlaceFact {
	fact := func(part string, kind FactKind, column string, t model.FieldType) PlaceFact {
		return PlaceFact{part, kind, model.Field{Name: column, Type: t}}
	}
	return []PlaceFact{
		fact(model.PartName, TextFact, "namn", model.Text),
		fact(model.PartForm, TextFact, "serviceform", model.Text),
		fact(model.PartChain, TextFact, "huvudman", model.Text),
		fact(model.PartAddress, TextFact, "adress", model.Text),
		fact(model.PartPostcode, TextFact, "postnummer", model.Text),
		fact(model.PartPostTown, TextFact, "postort", model.Text),
		fact(model.PartHours, TextFact, "oppettider", model.Text),
		fact(model.PartFullRange, TruthFact, "fullsortiment", model.Boolean),
		fact(model.PartStaffed, TruthFact, "bemannad", model.Boolean),
		fact(model.PartReserve, TruthFact, "reservkraft", model.Boolean),
		fact(model.PartOpened, DateFact, "oppnad", model.DateType),
		fact(model.PartClosed, DateFact, "stangd", model.DateType),
		fact(model.PartCapacity, AmountFact, "kapacitet", model.Real),
		fact(model.PartTold, TextFact, "kalla", model.Text),
	}
}

// FactOf finds a fact by its part.
func FactOf(part string) (PlaceFact, bool) {
	all := PlaceFacts()
	if i := slices.IndexFunc(all, func(f PlaceFact) bool { return f.Part == part }); i >= 0 {
		return all[i], true
	}
	return PlaceFact{}, false
}

// Label is what the fact is called.
func (f PlaceFact) Label() i18n.Message { return i18n.M("spot.fact." + f.Part) }

// Clean reads what a user wrote as the fact is kept, "" for nothing; a date may be written with the month in letters, a truth in
// either language. What can't be read is a *i18n.Problem.
func (f PlaceFact) Clean(written string) (string, error) {
	s := strings.Join(strings.Fields(written), " ")
	if s == "" {
		return "", nil
	}
	switch f.Kind {
	case DateFact:
		if iso, ok := orderedDate(s, false); ok && len(iso) == len("2026-03-01") {
			return iso, nil
		}
		return "", i18n.Errorf("spot.bad_date", s, f.Label())
	case TruthFact:
		switch strings.ToLower(s) {
		case "ja", "j", "yes", "y", "true", "1":
			return string(model.Yes), nil
		case "nej", "n", "no", "false", "0":
			return string(model.No), nil
		case "okänt", "unknown", "?":
			return "", nil
		}
		return "", i18n.Errorf("spot.bad_truth", s, f.Label())
	case AmountFact:
		if v, ok := number(s); ok && v >= 0 && v < 1e9 {
			return strconv.FormatFloat(v, 'f', -1, 64), nil
		}
		return "", i18n.Errorf("spot.bad_amount", s, f.Label())
	}
	if utf8.RuneCountInString(s) > longestFact {
		return "", i18n.Errorf("spot.long", f.Label(), longestFact)
	}
	return s, nil
}

// Read gives the fact of a row as Clean does, "" where the row does not tell or tells what can't be read.
func (f PlaceFact) Read(l model.Layer, row *model.Feature) string {
	c := columns{fields: l.Fields, mapping: l.Mapping}
	v := c.part(f.Part).value(row)
	switch f.Kind {
	case DateFact:
		iso, _ := orderedDate(v, text(c.part(model.PartDateOrder).value(row)) == MonthFirst)
		return iso
	case TruthFact:
		switch {
		case text(v) == "":
			return ""
		case truth(v):
			return string(model.Yes)
		}
		return string(model.No)
	case AmountFact:
		if n, ok := number(v); ok && text(v) != "" {
			return strconv.FormatFloat(n, 'f', -1, 64)
		}
		return ""
	}
	return text(v)
}

// Write puts a fact into a row's column. Its layer must have one: see Missing. A column of a type that can't hold the fact is a
// *i18n.Problem.
func (f PlaceFact) Write(l model.Layer, row *model.Feature, fact string) error {
	i := findField(l.Fields, l.Mapping[f.Part])
	switch {
	case i < 0 && f.Read(l, row) == fact:
		return nil // all rows have it, or nothing is said
	case i < 0:
		return i18n.Errorf("import.no_such_column", l.Mapping[f.Part])
	}
	value, ok := f.as(l.Fields[i].Type, fact)
	if !ok {
		return i18n.Errorf("spot.column_type", l.Fields[i].Name, l.Name, f.Label(), i18n.Plain(fact))
	}
	row.Values[i] = value
	return nil
}

// as is a fact as a value of a column's type; nil for nothing.
func (f PlaceFact) as(t model.FieldType, fact string) (any, bool) {
	if fact == "" {
		return nil, true
	}
	yes := fact == string(model.Yes)
	switch {
	case f.Kind == TruthFact && t == model.Boolean:
		return yes, true
	case f.Kind == TruthFact && t == model.Text:
		return map[bool]string{true: "ja", false: "nej"}[yes], true
	case f.Kind == TruthFact && (t == model.Integer || t == model.Real):
		n := map[bool]float64{true: 1}[yes]
		if t == model.Integer {
			return int64(n), true
		}
		return n, true
	case t == model.Text, f.Kind == DateFact && t == model.DateType:
		return fact, true
	case f.Kind == DateFact && t == model.DateTime:
		return fact + "T00:00:00.000Z", true
	case f.Kind == DateFact || f.Kind == TruthFact:
		return nil, false
	}
	v, ok := number(fact)
	switch {
	case !ok || t != model.Integer && t != model.Real:
		return nil, false
	case t == model.Real:
		return v, true
	}
	return int64(v), v == float64(int64(v))
}

// Missing are the columns that a layer must get before rows of it can say something other than now of these parts: those that no
// column plays. A part that all rows have the same value of needs none where that is the value wanted. With them come the parts
// that they will play.
func Missing(l model.Layer, wanted map[string]string) (fields []model.Field, parts []string) {
	need := func(part string, field model.Field) {
		value, asked := wanted[part]
		column := l.Mapping[part]
		literal, fixed := strings.CutPrefix(column, "=")
		switch {
		case !asked, column == "" && value == "", fixed && literal == value, column != "" && !fixed:
			return
		}
		fields, parts = append(fields, field), append(parts, part)
	}
	need(model.PartType, model.Field{Name: "servicetyp", Type: model.Text})
	for _, f := range PlaceFacts() {
		need(f.Part, f.field)
	}
	return fields, parts
}

// PlaceLayer are the columns and the mapping of a layer of service places that the program makes.
func PlaceLayer() ([]model.Field, model.Mapping) {
	fields := []model.Field{{Name: "serviceplatsid", Type: model.Text}, {Name: "servicetyp", Type: model.Text}}
	mapping := model.Mapping{model.PartID: "serviceplatsid", model.PartType: "servicetyp"}
	for _, f := range PlaceFacts() {
		fields = append(fields, f.field)
		mapping[f.Part] = f.field.Name
	}
	return fields, mapping
}

// TypeWord is the word that rows of a layer have for a service type: that of the first row of the type, else the type's id.
func TypeWord(l model.Layer, rows []model.Feature, types []model.ServiceType, id string) string {
	c := columns{fields: l.Fields, mapping: l.Mapping}
	kind, words := c.part(model.PartType), newTypeWords(types)
	for i := range rows {
		word := text(kind.value(&rows[i]))
		if found, ok := words.find(l.Mapping[model.PartType], word); ok && found == id && !strings.ContainsAny(word, ",;/|+") {
			return word
		}
	}
	return id
}

// SetType writes the word of a service type into a row.
func SetType(l model.Layer, row *model.Feature, word string) {
	if i := findField(l.Fields, l.Mapping[model.PartType]); i >= 0 {
		row.Values[i] = word
	}
}

// SetID writes the id of a place into a row, and tells whether its layer has a column that can hold it.
func SetID(l model.Layer, row *model.Feature, id string) bool {
	i := findField(l.Fields, l.Mapping[model.PartID])
	if i < 0 || l.Fields[i].Type != model.Text {
		return false
	}
	row.Values[i] = id
	return true
}
