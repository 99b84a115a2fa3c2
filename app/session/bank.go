package session

import (
	"context"
	"math"
	"strconv"
	"strings"

	"nabar/model"
	"nabar/model/plan"
)

// none is a cell of numbers without one.
func none() model.TableCell { return model.Amount(math.NaN()) }

// BankTable are the solutions with what they need, whom they suit, what can be supported, and where they are used.
func (w *Words) BankTable() model.Table {
	p := w.printer
	t := model.Table{Name: p.T("bank.table.bank")}
	for _, part := range []string{"title", "text", "needs", "suits"} {
		t.Columns = append(t.Columns, model.TableColumn{Head: p.T("bank.field." + part)})
	}
	for _, head := range []string{"bank.field.forms", "bank.column.used", "bank.field.sources", "bank.field.code"} {
		t.Columns = append(t.Columns, model.TableColumn{Head: p.T(head)})
	}
	for _, s := range w.book.Bank() {
		row := model.TableRow{ID: s.Code}
		for _, part := range []string{"title", "text", "needs", "suits"} {
			row.Cells = append(row.Cells, model.Words(p.Text(s.Say(part))))
		}
		var forms []string
		for _, f := range s.Forms {
			forms = append(forms, w.Form(f))
		}
		for _, text := range []string{strings.Join(forms, ", "), strings.Join(w.Uses(s.Code), "; "), p.Text(s.Say("sources")), s.Code} {
			row.Cells = append(row.Cells, model.Words(text))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Uses tell where a solution is used or wanted: places and actions.
func (w *Words) Uses(solution string) []string {
	var out []string
	for _, pl := range plan.Of[*plan.Placement](w.book) {
		if pl.Solution != solution {
			continue
		}
		site := w.Site(plan.Site{Facility: pl.Facility, Name: pl.Name, E: pl.E, N: pl.N})
		if site == "" {
			site = w.book.Code(pl.Action)
		}
		out = append(out, site)
	}
	for _, a := range plan.Of[*plan.Action](w.book) {
		for _, id := range a.Solutions {
			if id == solution {
				out = append(out, w.printer.T("bank.in_action", w.book.Code(a.ID)))
			}
		}
	}
	return out
}

// Suggest says which solutions the figures call for, of a service type or of all for "", with the reason for each. People
// and roads are those of the project as it is; the limits are plan.DefaultRules.
func (s *Session) Suggest(ctx context.Context, service string, progress model.Progress) ([]plan.Suggestion, error) {
	types, err := s.ServiceTypes(ctx)
	if err != nil {
		return nil, err
	}
	if service != "" {
		if err := s.knownService(ctx, service); err != nil {
			return nil, err
		}
	}
	rules := plan.DefaultRules()
	var out []plan.Suggestion
	progress = orSilent(progress)
	for i, t := range types {
		if service != "" && t.ID != service {
			continue
		}
		needs, err := s.needs(ctx, t.ID, rules, part(progress, share(i, len(types)), share(i+1, len(types))))
		if err != nil {
			return nil, err
		}
		out = append(out, rules.Suggest(needs)...)
	}
	return out, nil
}

// needs gathers what suggestions of a service type are made from: the ranking of its places, and how many live far from it.
func (s *Session) needs(ctx context.Context, service string, rules plan.Rules, progress model.Progress) (plan.Needs, error) {
	q := model.Query{Service: service, Impedance: model.Distance, Bands: []float64{rules.OldBeyond, rules.FarBeyond}}
	n := plan.Needs{Service: service}
	ranking, err := s.Rank(ctx, q, progress)
	if err != nil {
		return n, err
	}
	for i := range ranking.Places {
		l := &ranking.Places[i]
		extra := l.MeanExtra
		if math.IsNaN(extra) {
			extra = 0
		}
		if l.PeopleNearest > 0 {
			n.Shops = append(n.Shops, plan.Shop{
				ID: l.IDs[0], Name: l.Name, Service: service, Town: l.Town, Last: l.LastInTown, People: l.PeopleNearest,
				MeanExtra: extra, Others: len(l.ServicesLost),
			})
		}
	}
	all, err := s.Figures(ctx, q, FigureOptions{}, nil)
	if err != nil {
		return n, err
	}
	n.Far = all.All.People - bandPeople(all.All.Bands, rules.FarBeyond)
	old, err := s.Figures(ctx, q, FigureOptions{Of: "70-"}, nil)
	if ctx.Err() != nil {
		return n, ctx.Err()
	}
	if err == nil { // else the squares don't tell ages, and nothing is said of the old
		n.Old = old.All.People - bandPeople(old.All.Bands, rules.OldBeyond)
	}
	return n, nil
}

// bandPeople are the people at or under a limit.
func bandPeople(bands []model.Band, to float64) int {
	for _, b := range bands {
		if b.To == to {
			return b.People
		}
	}
	return 0
}

// SuggestTable are suggestions as a table; the rows' ids are the places'.
func (w *Words) SuggestTable(all []plan.Suggestion) model.Table {
	p := w.printer
	t := model.Table{Name: p.T("bank.table.suggest"), Columns: []model.TableColumn{
		{Head: p.T("bank.field.facility")}, {Head: p.T("bank.field.solution")}, {Head: p.T("bank.column.why")},
	}}
	for i, s := range all {
		where := s.Name
		if s.Facility == "" {
			where = p.T("bank.whole")
		}
		t.Rows = append(t.Rows, model.TableRow{ID: strconv.Itoa(i), Cells: []model.TableCell{
			model.Words(where), model.Words(w.named("solution", s.Solution)), model.Words(p.Text(s.Why)),
		}})
	}
	return t
}
