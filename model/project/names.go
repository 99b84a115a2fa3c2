package project

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"nabar/model"
)

// The columns that every layer table has beside its fields.
const (
	idColumn   = "fid"
	geomColumn = "geom"
)

// maxSlug keeps table names short enough to read in a list.
const maxSlug = 48

// slug makes a table name of a layer's name: lower-case ASCII letters, digits and underscores, å and ä as a, ö as o.
// It never begins with a digit or with a prefix that SQLite, the standard or the program keeps to itself.
func slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		letters := spelling[r]
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			letters = string(r)
		}
		switch {
		case letters != "":
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteString(letters)
		case !unicode.Is(unicode.Mn, r):
			gap = true
		}
		if b.Len() >= maxSlug {
			break
		}
	}
	s := b.String()
	if s == "" {
		return "lager"
	}
	for _, kept := range []string{"sqlite", "gpkg", "rtree", "nabar", "layer_styles", "idx"} {
		if strings.HasPrefix(s, kept) {
			return "lager_" + s
		}
	}
	if s[0] <= '9' {
		return "lager_" + s
	}
	return s
}

// spelling holds letters that don't come apart into a letter and an accent.
var spelling = map[rune]string{'æ': "ae", 'ø': "o", 'ð': "d", 'þ': "th", 'ß': "ss", 'đ': "d", 'ŋ': "n", 'ŧ': "t", 'ł': "l"}

// numbered gives the first of base, base_2, base_3 … that is not taken.
func numbered(base, separator string, taken func(string) (bool, error)) (string, error) {
	name := base
	for n := 2; ; n++ {
		used, err := taken(name)
		if err != nil || !used {
			return name, err
		}
		name = base + separator + strconv.Itoa(n)
	}
}

// cleanName gives a layer's name as it is kept: single plain spaces. Names of results hold no-break spaces instead,
// so that no undo can bring back a layer whose name a result has taken meanwhile.
func cleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, name)
	return strings.Join(strings.Fields(name), " ")
}

// columnNames gives fields names that can stand beside each other in a table: as they were where possible, numbered
// where two differ by case alone or meet fid and geom. The mapping follows the names.
func columnNames(fields []model.Field, mapping model.Mapping) ([]model.Field, model.Mapping) {
	out := make([]model.Field, len(fields))
	taken := map[string]bool{idColumn: true, geomColumn: true}
	renamed := map[string]string{}
	for i, field := range fields {
		base := strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(field.Name, "_"), "\x00", ""))
		if base == "" {
			base = "kolumn_" + strconv.Itoa(i+1)
		}
		name, _ := numbered(base, "_", func(s string) (bool, error) { return taken[foldASCII(s)], nil })
		taken[foldASCII(name)] = true
		if _, twice := renamed[field.Name]; !twice {
			renamed[field.Name] = name
		}
		out[i] = model.Field{Name: name, Type: field.Type}
	}
	follow := make(model.Mapping, len(mapping))
	for part, column := range mapping {
		if name, ok := renamed[column]; ok {
			column = name
		}
		follow[part] = column
	}
	return out, follow
}

// foldASCII lowers A to Z alone, which is how SQLite compares names of columns and tables.
func foldASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// columnType is the GeoPackage type of a field's column.
func columnType(t model.FieldType) string {
	switch t {
	case model.Integer:
		return "INTEGER"
	case model.Real:
		return "REAL"
	case model.Boolean:
		return "BOOLEAN"
	case model.DateType:
		return "DATE"
	case model.DateTime:
		return "DATETIME"
	case model.Blob:
		return "BLOB"
	}
	return "TEXT"
}
