package session

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/plan"
	"nabar/model/project"
)

// PlanBook are the entries of the plan, the ledger, the register and the bank, in the user's order.
func (s *Session) PlanBook(ctx context.Context) (plan.Book, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	return p.Plan(ctx)
}

// AddEntry keeps a new entry after the others of its kind and gives it its id. An action without a letter gets the next of
// its area.
func (s *Session) AddEntry(ctx context.Context, item plan.Item) error {
	b, err := s.PlanBook(ctx)
	if err != nil {
		return err
	}
	if a, ok := item.(*plan.Action); ok && a.Letter == "" {
		a.Letter = b.NextLetter(a.Area)
	}
	return s.edit(ctx, i18n.M("action.step_add", entryName(b, item)), func(tx *project.Tx) error { return tx.AddEntry(item) })
}

// UpdateEntry changes what the entry with the item's id holds.
func (s *Session) UpdateEntry(ctx context.Context, item plan.Item) error {
	return s.editEntry(ctx, "action.step_update", item.Number(), func(tx *project.Tx) error { return tx.UpdateEntry(item) })
}

// RemoveEntry takes an entry out of the plan. One that others point at stays, with a Problem.
func (s *Session) RemoveEntry(ctx context.Context, id int64) error {
	return s.editEntry(ctx, "action.step_remove", id, func(tx *project.Tx) error { return tx.RemoveEntry(id) })
}

// MoveEntry gives an entry another place among those of its kind, 0 being the first.
func (s *Session) MoveEntry(ctx context.Context, id int64, to int) error {
	return s.editEntry(ctx, "action.step_move", id, func(tx *project.Tx) error { return tx.MoveEntry(id, to) })
}

// editEntry edits an entry as a step that names it.
func (s *Session) editEntry(ctx context.Context, step string, id int64, fn func(*project.Tx) error) error {
	b, err := s.PlanBook(ctx)
	if err != nil {
		return err
	}
	item := b.Find(id)
	if item == nil {
		return i18n.Errorf("action.gone")
	}
	return s.edit(ctx, i18n.M(step, entryName(b, item)), fn)
}

// entryName names an entry in the history: by its kind where it has no code yet.
func entryName(b plan.Book, item plan.Item) i18n.Message {
	if item.Number() == 0 {
		return item.Kind().Label()
	}
	return b.Name(item)
}

// Words writes what entries say for people to read: choices, places and forms of support by their names.
type Words struct {
	printer *i18n.Printer
	book    plan.Book
	names   map[string]map[string]string // by what a field asks for, then by id
}

// PlanWords gives the words for entries, as the project is now.
func (s *Session) PlanWords(ctx context.Context, b plan.Book) (*Words, error) {
	w := &Words{s.Printer(), b, map[string]map[string]string{}}
	for _, of := range []string{"facility", "service", "form", "solution"} {
		options, err := s.EntryOptions(ctx, b, of)
		if err != nil {
			return nil, err
		}
		w.names[of] = map[string]string{}
		for _, o := range options {
			w.names[of][o.ID] = o.Name
		}
	}
	return w, nil
}

// Option is something that a field can say, with what it is called.
type Option struct{ ID, Name string }

// EntryOptions are what fields that ask for something of the project can say: "facility", "service", "form", "solution",
// "group", or a kind of entry. What is free text has none.
func (s *Session) EntryOptions(ctx context.Context, b plan.Book, of string) ([]Option, error) {
	var out []Option
	p := s.Printer()
	switch of {
	case "facility":
		snapshot, err := s.Snapshot(ctx, nil)
		if err != nil {
			return nil, err
		}
		for i := range snapshot.Facilities {
			f := &snapshot.Facilities[i]
			if !slices.ContainsFunc(out, func(o Option) bool { return o.ID == f.ID }) {
				out = append(out, Option{f.ID, f.Name})
			}
		}
	case "service":
		types, err := s.ServiceTypes(ctx)
		if err != nil {
			return nil, err
		}
		for _, t := range types {
			out = append(out, Option{t.ID, s.TypeName(t)})
		}
	case "form":
		set, err := s.SupportSet(ctx, "")
		if err != nil {
			return nil, err
		}
		for i := range set.Rules {
			out = append(out, Option{set.Rules[i].ID, p.Text(set.Rules[i].Label())})
		}
	case "solution":
		for _, solution := range b.Bank() {
			out = append(out, Option{solution.Code, p.Text(solution.Say("title"))})
		}
	case "group":
		for _, id := range []string{"women", "men", "70-"} {
			out = append(out, Option{id, p.T("action.group." + strings.TrimSuffix(id, "-"))})
		}
	default:
		for _, item := range b.Kind(plan.Kind(of)) {
			out = append(out, Option{b.Code(item.Number()), p.Text(b.Name(item))})
		}
	}
	return out, nil
}

// named is what an id is called, the id itself where it is not known.
func (w *Words) named(of, id string) string {
	if name := w.names[of][id]; name != "" {
		return name
	}
	return id
}

// Form is what a form of support is called.
func (w *Words) Form(id string) string { return w.named("form", id) }

// Facility is the name of a service place.
func (w *Words) Facility(id string) string { return w.named("facility", id) }

// Text is what a field says for people to read. A lead is told by words, since a cell has no bold.
func (w *Words) Text(item plan.Item, f *plan.Field) string {
	text := w.book.Text(item, f)
	p := w.printer
	switch {
	case text == "":
		return ""
	case f.Type == plan.Choice:
		return p.Text(f.ChoiceLabel(text))
	case f.Type == plan.Date:
		return p.Date(text)
	case f.Type == plan.Lines && f.Of != "":
		lines := strings.Split(text, "\n")
		for i := range lines {
			lines[i] = w.named(f.Of, lines[i])
		}
		return strings.Join(lines, "\n")
	case f.Type == plan.Rows:
		return w.rows(item, f.Key)
	case f.Of != "" && f.Type == plan.Line:
		return w.named(f.Of, text)
	}
	return text
}

// rows writes a field of rows, a line for each.
func (w *Words) rows(item plan.Item, key string) string {
	a, ok := item.(*plan.Action)
	if !ok {
		return ""
	}
	var out []string
	switch key {
	case "parties":
		for _, p := range a.Parties {
			out = append(out, w.Party(p))
		}
	case "financing":
		for _, f := range a.Financing {
			out = append(out, w.Funding(f))
		}
	case "sites":
		for _, at := range a.Sites {
			out = append(out, w.Site(at))
		}
	}
	return strings.Join(out, "\n")
}

// Party writes a party with its role, and that it leads.
func (w *Words) Party(p plan.Party) string {
	name := p.Name
	if p.Role != "" {
		name = w.printer.T("action.party_role", name, p.Role)
	}
	if p.Lead {
		return w.printer.T("action.party_lead", name)
	}
	return name
}

// Funding writes a source with what it gives.
func (w *Words) Funding(f plan.Funding) string {
	switch {
	case f.Budget != nil && f.Outcome != nil:
		return w.printer.T("action.money_both", f.Source, *f.Budget, *f.Outcome)
	case f.Budget != nil:
		return w.printer.T("action.money_budget", f.Source, *f.Budget)
	case f.Outcome != nil:
		return w.printer.T("action.money_outcome", f.Source, *f.Outcome)
	}
	return f.Source
}

// Site writes a place on the map.
func (w *Words) Site(at plan.Site) string {
	name := at.Name
	if name == "" && at.Facility != "" {
		name = w.named("facility", at.Facility)
	}
	if at.E == nil || at.N == nil {
		return name
	}
	return strings.TrimSpace(w.printer.T("action.at", name, i18n.Plain(w.printer.Float(*at.N, 0)), i18n.Plain(w.printer.Float(*at.E, 0))))
}

// PlanTable are the entries of a kind with all that they say, a column for each field. The rows' ids are the entries'.
func (w *Words) PlanTable(k plan.Kind) model.Table {
	p := w.printer
	t := model.Table{Name: p.T(k.Prefix() + ".table." + string(k)), Columns: []model.TableColumn{{Head: p.T("action.field.id")}}}
	fields := plan.Fields(k)
	for i := range fields {
		f := &fields[i]
		column := model.TableColumn{Head: p.Text(f.Label()), Number: f.Type == plan.Whole && f.Key != "year" || f.Type == plan.Number}
		if f.Type == plan.Whole && column.Number {
			column.Unit = "kr"
		}
		if f.Type == plan.Number {
			column.Decimals = 1
		}
		t.Columns = append(t.Columns, column)
	}
	for _, item := range w.book.Kind(k) {
		row := model.TableRow{ID: entryID(item), Cells: []model.TableCell{model.Words(w.book.Code(item.Number()))}}
		for i := range fields {
			row.Cells = append(row.Cells, w.cell(item, &fields[i], t.Columns[i+1].Number))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// brief are the fields that a list in the window shows; all stand beside it for the chosen entry.
var brief = map[plan.Kind][]string{
	plan.KindArea:      {"number", "title", "text"},
	plan.KindGoal:      {"number", "text", "indicator", "target"},
	plan.KindAction:    {"title", "goals", "parties", "from", "to", "status"},
	plan.KindGrant:     {"year", "form", "facility", "name", "granted", "paid", "date", "case", "applied"},
	plan.KindFact:      {"date", "type", "facility", "name", "kommun", "answer", "value", "exception"},
	plan.KindSolution:  {"code", "title", "text"},
	plan.KindPlacement: {"solution", "facility", "name", "action", "status", "note"},
	plan.KindOpinion:   {"date", "from", "about", "text", "outcome", "answer"},
}

// BriefTable are the entries of a kind with what matters most, a line each.
func (w *Words) BriefTable(k plan.Kind) model.Table {
	full := w.PlanTable(k)
	keep := []int{0}
	fields := plan.Fields(k)
	for _, key := range brief[k] {
		keep = append(keep, 1+slices.IndexFunc(fields, func(f plan.Field) bool { return f.Key == key }))
	}
	t := model.Table{Name: full.Name}
	for _, c := range keep {
		t.Columns = append(t.Columns, full.Columns[c])
	}
	for _, row := range full.Rows {
		short := model.TableRow{ID: row.ID}
		for _, c := range keep {
			cell := row.Cells[c]
			cell.Text = strings.ReplaceAll(cell.Text, "\n", "; ")
			short.Cells = append(short.Cells, cell)
		}
		t.Rows = append(t.Rows, short)
	}
	return t
}

// Detail is one thing that an entry says, a line for each of its texts.
type Detail struct {
	Label string
	Lines []DetailLine
}

// DetailLine is a line of a detail; a lead is strong.
type DetailLine struct {
	Text   string
	Strong bool
}

// Details are all that an entry says.
func (w *Words) Details(item plan.Item) []Detail {
	var out []Detail
	for _, f := range plan.Fields(item.Kind()) {
		text := w.Text(item, &f)
		if text == "" {
			continue
		}
		d := Detail{Label: w.printer.Text(f.Label())}
		for i, line := range strings.Split(text, "\n") {
			a, _ := item.(*plan.Action)
			d.Lines = append(d.Lines, DetailLine{line, f.Key == "parties" && a != nil && a.Parties[i].Lead})
		}
		out = append(out, d)
	}
	return out
}

// SolutionDetails are all that a solution of the bank says, and where it is used; nil for one that is not there.
func (w *Words) SolutionDetails(id string) []Detail {
	s := w.book.Solution(id)
	if s == nil {
		return nil
	}
	var out []Detail
	add := func(head, text string) {
		if text != "" {
			out = append(out, Detail{head, []DetailLine{{Text: text}}})
		}
	}
	for _, part := range []string{"title", "text", "needs", "suits", "sources"} {
		add(w.printer.T("bank.field."+part), w.printer.Text(s.Say(part)))
	}
	var forms []string
	for _, f := range s.Forms {
		forms = append(forms, w.Form(f))
	}
	add(w.printer.T("bank.field.forms"), strings.Join(forms, ", "))
	add(w.printer.T("bank.column.used"), strings.Join(w.Uses(id), "; "))
	return out
}

// cell is one field as a cell of a table.
func (w *Words) cell(item plan.Item, f *plan.Field, number bool) model.TableCell {
	if !number {
		return model.Words(w.Text(item, f))
	}
	v, given := plan.Amount(w.book.Text(item, f))
	if !given {
		return model.Amount(math.NaN())
	}
	return model.Amount(v)
}

// entryID is an entry's id as rows of tables have it.
func entryID(item plan.Item) string { return strconv.FormatInt(item.Number(), 10) }

// PlanFigures are the figures that the indicators of goals and actions are bound to, as the project is now. A figure
// that can't be told, for want of a layer, a group or people, is left out.
func (s *Session) PlanFigures(ctx context.Context, b plan.Book, progress model.Progress) (plan.Figures, error) {
	out := plan.Figures{}
	for _, item := range b {
		indicated, ok := item.(plan.Indicated)
		if !ok || !indicated.Measured().Bound() {
			continue
		}
		v, err := s.figure(ctx, indicated.Measured(), progress)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil {
			out[item.Number()] = v
		}
	}
	return out, nil
}

// figure computes the figure of an indicator.
func (s *Session) figure(ctx context.Context, i *plan.Indicator, progress model.Progress) (float64, error) {
	q := model.Query{Service: i.Service, Impedance: model.Distance}
	if i.Impedance == "time" {
		q.Impedance = model.Time
	}
	if i.NeedsLimit() {
		q.Bands = []float64{i.Limit()}
	}
	o := FigureOptions{Of: i.Group}
	if layer, area, ok := strings.Cut(i.Where, "/"); ok {
		o.By, o.Within = []string{layer}, area
	}
	f, err := s.Figures(ctx, q, o, progress)
	if err != nil {
		return 0, err
	}
	v := plan.Values{
		Mean: f.All.Mean, Median: f.All.Median, P90: f.All.P90, Max: f.All.Max, People: f.All.People, Unreached: f.All.Unreached, Facilities: f.Facilities,
	}
	for _, band := range f.All.Bands {
		if band.To == i.Limit() {
			v.Within = band.People
		}
	}
	return i.Value(v), nil
}

// PlanFindings check the plan at an ISO date against what the figures say now.
func (s *Session) PlanFindings(ctx context.Context, date string, progress model.Progress) ([]plan.Finding, error) {
	b, err := s.PlanBook(ctx)
	if err != nil {
		return nil, err
	}
	figures, err := s.PlanFigures(ctx, b, progress)
	if err != nil {
		return nil, err
	}
	return b.Check(date, figures), nil
}

// FindingsTable are findings as a table. The rows' ids are the entries'.
func (s *Session) FindingsTable(name string, all []plan.Finding) model.Table {
	p := s.Printer()
	t := model.Table{Name: p.T(name), Columns: []model.TableColumn{{Head: p.T("action.column.finding")}, {Head: p.T("action.column.level")}}}
	for _, f := range all {
		t.Rows = append(t.Rows, model.TableRow{
			ID:    strconv.FormatInt(f.Entry, 10),
			Cells: []model.TableCell{model.Words(p.Text(f.Text)), model.Words(p.T("action.level." + string(f.Level)))},
		})
	}
	return t
}
