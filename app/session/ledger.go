package session

import (
	"context"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/plan"
	"nabar/model/project"
)

// settingLedgerLimits keeps the project's limits of de minimis aid.
const settingLedgerLimits = "ledger_limits"

// LedgerLimits are the limits of de minimis aid: the project's, else the program's.
func (s *Session) LedgerLimits(ctx context.Context) (plan.Limits, error) {
	limits := plan.DefaultLimits()
	return limits, s.setting(ctx, settingLedgerLimits, &limits)
}

// SetLedgerLimits changes the limits of de minimis aid.
func (s *Session) SetLedgerLimits(ctx context.Context, limits plan.Limits) error {
	if err := limits.Sound(); err != nil {
		return err
	}
	return s.edit(ctx, i18n.M("ledger.step_limits"), func(tx *project.Tx) error { return tx.SetSetting(settingLedgerLimits, limits) })
}

// LedgerFindings check the ledger against the rules of support, the limits of de minimis, and what the kept report of the
// conditions says of the shops; without one nothing is said of that.
func (s *Session) LedgerFindings(ctx context.Context) ([]plan.Finding, error) {
	b, err := s.PlanBook(ctx)
	if err != nil {
		return nil, err
	}
	limits, err := s.LedgerLimits(ctx)
	if err != nil {
		return nil, err
	}
	set, err := s.SupportSet(ctx, "")
	if err != nil {
		return nil, err
	}
	tried, err := s.StoredSupport(ctx, set.ID)
	if err != nil {
		return nil, err
	}
	return b.CheckLedger(&set, &limits, tried), nil
}

// WithConditions adds to a table of all grants what the kept report of the conditions says of each shop and form.
func (s *Session) WithConditions(ctx context.Context, w *Words, t model.Table) (model.Table, error) {
	tried, err := s.StoredSupport(ctx, "")
	if err != nil {
		return t, err
	}
	t.Columns = append(t.Columns, model.TableColumn{Head: w.printer.T("ledger.column.condition")})
	for i, g := range plan.Of[*plan.Grant](w.book) {
		text := ""
		if v := plan.Verdict(tried, g.Facility, g.Form); v != "" {
			text = w.printer.T("support.verdict." + string(v))
			if tried.Stale {
				text = w.printer.T("ledger.stale", text)
			}
		}
		t.Rows[i].Cells = append(t.Rows[i].Cells, model.Words(text))
	}
	return t, nil
}

// FollowUpTable is count and kronor of each form of support and year, the newest first, with a sum for each year; year is 0
// for all.
func (w *Words) FollowUpTable(year int64) model.Table {
	p := w.printer
	t := model.Table{Name: p.T("ledger.table.follow"), Columns: []model.TableColumn{
		{Head: p.T("ledger.field.year")},
		{Head: p.T("ledger.field.form")},
		{Head: p.T("ledger.column.count"), Unit: p.T("ledger.unit.count"), Number: true},
		{Head: p.T("ledger.field.granted"), Unit: "kr", Number: true},
		{Head: p.T("ledger.field.applied"), Unit: "kr", Number: true},
		{Head: p.T("ledger.field.paid"), Unit: "kr", Number: true},
	}}
	sums := w.book.FollowUp(year)
	for i := 0; i < len(sums); {
		total := plan.Sum{Year: sums[i].Year}
		for ; i < len(sums) && sums[i].Year == total.Year; i++ {
			t.Rows = append(t.Rows, w.followRow(&sums[i], w.Form(sums[i].Form)))
			total.Include(&sums[i])
		}
		t.Rows = append(t.Rows, w.followRow(&total, p.T("ledger.total")))
	}
	return t
}

// followRow is one row of the follow-up.
func (w *Words) followRow(s *plan.Sum, name string) model.TableRow {
	year := strconv.FormatInt(s.Year, 10)
	return model.TableRow{ID: year + " " + s.Form, Cells: []model.TableCell{
		model.Words(year), model.Words(name), model.Amount(float64(s.Count)), model.Amount(float64(s.Granted)),
		some(s.Applied, s.AppliedSaid), some(s.Paid, s.PaidSaid),
	}}
}

// some is an amount that somebody has told.
func some(kronor int64, said int) model.TableCell {
	if said == 0 {
		return none()
	}
	return model.Amount(float64(kronor))
}

// DeMinimisTable is the aid that each receiver was given in the years that are summed, with what is left.
func (w *Words) DeMinimisTable(limits *plan.Limits) model.Table {
	p := w.printer
	t := model.Table{Name: p.T("ledger.table.de_minimis", limits.Years), Columns: []model.TableColumn{
		{Head: p.T("ledger.field.receiver")},
		{Head: p.T("ledger.field.aid")},
		{Head: p.T("ledger.column.until")},
		{Head: p.T("ledger.column.sum"), Unit: "kr", Number: true},
		{Head: p.T("ledger.column.limit"), Unit: "kr", Number: true},
		{Head: p.T("ledger.column.left"), Unit: "kr", Number: true},
		{Head: p.T("ledger.column.state")},
	}}
	for _, a := range w.book.DeMinimis(limits) {
		state := "under"
		switch {
		case a.Over():
			state = "over"
		case a.Near(limits):
			state = "near"
		}
		t.Rows = append(t.Rows, model.TableRow{ID: strconv.FormatInt(a.Entry, 10), Cells: []model.TableCell{
			model.Words(w.Facility(a.Receiver)), model.Words(p.T("ledger.choice.aid." + a.Sort)), model.Words(p.Date(a.Date)),
			model.Amount(float64(a.Kronor)), model.Amount(a.Limit), model.Amount(a.Limit - float64(a.Kronor)), model.Words(p.T("ledger.state." + state)),
		}})
	}
	return t
}

// YearTable is a year of the register, or all years for 0, the newest first.
func (w *Words) YearTable(year int64) model.Table {
	p := w.printer
	years := []int64{year}
	name := p.T("facts.table.year", i18n.Plain(strconv.FormatInt(year, 10)))
	if year == 0 {
		years, name = w.book.Years(), p.T("facts.table.years")
	}
	t := model.Table{Name: name, Columns: []model.TableColumn{
		{Head: p.T("facts.column.year")},
		{Head: p.T("facts.field.type")},
		{Head: p.T("facts.column.happened"), Number: true},
		{Head: p.T("facts.column.new"), Number: true},
		{Head: p.T("facts.column.yes"), Number: true},
		{Head: p.T("facts.column.no"), Number: true},
		{Head: p.T("facts.column.exceptions")},
		{Head: p.T("facts.field.kommun")},
	}}
	for _, year := range years {
		for _, y := range w.book.Year(year) {
			t.Rows = append(t.Rows, w.yearRow(strconv.FormatInt(year, 10), &y))
		}
	}
	return t
}

// yearRow is what the register says of a type in a year.
func (w *Words) yearRow(year string, y *plan.YearFacts) model.TableRow {
	p := w.printer
	var exceptions []string
	for _, f := range y.Exceptions {
		exceptions = append(exceptions, p.T("facts.exception", w.Subject(f), f.Exception))
	}
	counts := []model.TableCell{model.Amount(float64(y.Happened)), none(), none(), none()}
	if plan.Holds(y.Type) {
		counts = []model.TableCell{none(), model.Amount(float64(y.New)), model.Amount(float64(y.Yes)), model.Amount(float64(y.No))}
	}
	cells := append([]model.TableCell{model.Words(year), model.Words(p.T("facts.choice.fact." + y.Type))}, counts...)
	cells = append(cells, model.Words(strings.Join(exceptions, "; ")), model.Words(strings.Join(y.Kommuner, ", ")))
	return model.TableRow{ID: year + " " + y.Type, Cells: cells}
}

// Subject is what a fact is about.
func (w *Words) Subject(f *plan.Fact) string {
	switch {
	case f.Name != "":
		return f.Name
	case f.Facility != "":
		return w.Facility(f.Facility)
	}
	return f.Kommun
}
