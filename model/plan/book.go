package plan

import (
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"nabar/internal/i18n"
)

// Book is all entries of a project, in the user's order within each kind.
type Book []Item

// Of are the entries of one type, in the user's order.
func Of[T Item](b Book) []T {
	var out []T
	for _, item := range b {
		if t, ok := item.(T); ok {
			out = append(out, t)
		}
	}
	return out
}

// Kind are the entries of a kind, in the user's order.
func (b Book) Kind(k Kind) []Item {
	return slices.DeleteFunc(slices.Clone(b), func(i Item) bool { return i.Kind() != k })
}

// Find finds an entry by its id, nil where there is none.
func (b Book) Find(id int64) Item {
	if i := slices.IndexFunc(b, func(item Item) bool { return item.Number() == id }); i >= 0 {
		return b[i]
	}
	return nil
}

// Code is how people name an entry: an area by its number, a goal by its own, an action by its area and letter ("2 A"),
// others by their id. It is "" for 0.
func (b Book) Code(id int64) string {
	switch item := b.Find(id).(type) {
	case *Area:
		return item.Code
	case *Goal:
		return item.Code
	case *Action:
		if area, ok := b.Find(item.Area).(*Area); ok {
			return area.Code + " " + item.Letter
		}
		return item.Letter
	}
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

// find finds an entry of a kind by how people name it, in any case and with or without the blank.
func (b Book) find(k Kind, code string) (int64, bool) {
	folded := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }
	for _, item := range b.Kind(k) {
		if folded(b.Code(item.Number())) == folded(code) {
			return item.Number(), true
		}
	}
	id, err := strconv.ParseInt(code, 10, 64)
	if item := b.Find(id); err == nil && item != nil && item.Kind() == k {
		return id, true
	}
	return 0, false
}

// Lookup finds an entry of some kinds by how people name it or by its id.
func (b Book) Lookup(code string, kinds ...Kind) (Item, error) {
	for _, k := range kinds {
		if id, ok := b.find(k, code); ok {
			return b.Find(id), nil
		}
	}
	return nil, i18n.Errorf("action.unknown", code, kinds[len(kinds)-1].Label())
}

// Name is what an entry is called in a sentence: its code and title.
func (b Book) Name(item Item) i18n.Message {
	title := ""
	switch item := item.(type) {
	case *Area:
		title = item.Title
	case *Goal:
		title = item.Text
	case *Action:
		title = item.Title
	case *Grant:
		title = item.Who()
	case *Fact:
		title = cmp.Or(item.Name, item.Facility, item.Kommun, item.Date)
	case *Solution:
		title = item.Title
	case *Placement:
		title = cmp.Or(item.Name, item.Facility, item.Solution)
	case *Opinion:
		title = item.From
	}
	title, _, _ = strings.Cut(title, "\n")
	if cut := []rune(title); len(cut) > 60 {
		title = strings.TrimSpace(string(cut[:59])) + "…"
	}
	return i18n.M("action.named", item.Kind().Label(), b.Code(item.Number()), title)
}

// Sound makes sure that an entry can stand among the others: what must be said is said, what it points at is there, and
// no other has its number. Else it gives a *i18n.Problem.
func (b Book) Sound(item Item) error {
	v := reflect.ValueOf(item).Elem()
	for _, f := range Fields(item.Kind()) {
		field := v.FieldByIndex(f.index)
		if f.Need && field.IsZero() {
			return i18n.Errorf("action.needed", f.Label())
		}
		if err := b.checkChoice(b.Text(item, &f), &f); err != nil {
			return err
		}
		var refs []int64
		switch f.Type {
		case One:
			refs = []int64{field.Int()}
		case Many:
			refs = field.Interface().([]int64)
		}
		for _, id := range refs {
			if other := b.Find(id); id != 0 && (other == nil || other.Kind() != Kind(f.Of)) {
				return i18n.Errorf("action.ref_unknown", Kind(f.Of).Label(), strconv.FormatInt(id, 10))
			}
		}
	}
	return item.check(b)
}

// Users are the entries that point at one, in the order of the book.
func (b Book) Users(id int64) []Item {
	var out []Item
	for _, item := range b {
		uses := false
		switch item := item.(type) {
		case *Goal:
			uses = item.Area == id
		case *Action:
			uses = item.Area == id || slices.Contains(item.Goals, id)
		case *Placement:
			uses = item.Action == id
		}
		if uses {
			out = append(out, item)
		}
	}
	return out
}

// NextLetter is the first letter that no action of an area has: A, B, …, Z, then AA.
func (b Book) NextLetter(area int64) string {
	for n := 0; ; n++ {
		letter := string(rune('A' + n%26))
		if n >= 26 {
			letter = string(rune('A'+n/26-1)) + letter
		}
		if !slices.ContainsFunc(Of[*Action](b), func(a *Action) bool { return a.Area == area && strings.EqualFold(a.Letter, letter) }) {
			return letter
		}
	}
}

// taken makes sure that no other entry of the kind has a code.
func (b Book) taken(item Item, code string) error {
	for _, other := range b.Kind(item.Kind()) {
		if other.Number() != item.Number() && strings.EqualFold(b.Code(other.Number()), code) {
			return i18n.Errorf("action.taken", item.Kind().Label(), code)
		}
	}
	return nil
}

func (a *Area) check(b Book) error { return b.taken(a, a.Code) }

func (g *Goal) check(b Book) error {
	if err := b.taken(g, g.Code); err != nil {
		return err
	}
	return g.sound()
}

func (a *Action) check(b Book) error {
	if area, ok := b.Find(a.Area).(*Area); ok {
		if err := b.taken(a, area.Code+" "+a.Letter); err != nil {
			return err
		}
	}
	if a.From != "" && a.To != "" && LastDay(a.To) < FirstDay(a.From) {
		return i18n.Errorf("action.dates_turned", a.From, a.To)
	}
	return a.sound()
}

func (g *Grant) check(Book) error {
	if *g.Year < 1990 || *g.Year > 2200 {
		return i18n.Errorf("ledger.year_wrong", i18n.Plain(strconv.FormatInt(*g.Year, 10)))
	}
	if g.Facility == "" && g.Name == "" && g.Recipient == "" {
		return i18n.Errorf("ledger.nobody")
	}
	return nil
}

func (f *Fact) check(Book) error {
	if f.Until != "" && LastDay(f.Until) < FirstDay(f.Date) {
		return i18n.Errorf("action.dates_turned", f.Date, f.Until)
	}
	return nil
}

func (s *Solution) check(b Book) error {
	for _, other := range b.Bank() {
		if other.Code == s.Code && (other.BuiltIn || other.ID != s.ID) {
			return i18n.Errorf("action.taken", s.Kind().Label(), s.Code)
		}
	}
	return nil
}

func (p *Placement) check(b Book) error {
	if p.Facility == "" && p.Name == "" && p.E == nil && p.Action == 0 {
		return i18n.Errorf("bank.nowhere")
	}
	if b.Solution(p.Solution) == nil {
		return i18n.Errorf("bank.unknown", p.Solution)
	}
	return nil
}

// Encode writes what an entry holds as JSON, which Decode reads for its kind.
func Encode(item Item) ([]byte, error) { return json.Marshal(item) }

// Copy is an entry of the same id that shares nothing with another.
func Copy(item Item) Item {
	content, err := Encode(item)
	if err != nil {
		return nil // plain data: can't fail
	}
	out, err := Decode(item.Kind(), content)
	if err != nil {
		return nil
	}
	out.SetNumber(item.Number())
	return out
}

// Decode reads an entry of a kind. Its id is not in the content.
func Decode(kind Kind, content []byte) (Item, error) {
	item := New(kind)
	if item == nil {
		return nil, fmt.Errorf("no kind of entry is called %q", kind)
	}
	if err := json.Unmarshal(content, item); err != nil {
		return nil, err
	}
	if g, ok := item.(*Grant); ok && g.Year == nil {
		return nil, fmt.Errorf("a grant without a year")
	}
	return item, nil
}
