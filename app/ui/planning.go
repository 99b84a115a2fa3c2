package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/entries"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/plan"
)

// planning is one of the windows of the plan: the prefix of its words.
type planning string

// The windows of the plan.
const (
	actionPlanning planning = "action"
	ledgerPlanning planning = "ledger"
	factsPlanning  planning = "facts"
	bankPlanning   planning = "bank"
	// consultPlanning is what was said of the plan at consultation.
	consultPlanning planning = "consult"
)

// The size that they open with, in units.
const (
	planningWidth  = 1180
	planningHeight = 740
)

// planningWindow is an open window of the plan.
type planningWindow struct {
	win   fyne.Window
	panel *entries.Panel
	data  *planningData // that is shown, nil before it has been read
	turn  int           // counts what has been asked for, so that what is slow does not overwrite what came later
}

// planningData is what a window of the plan shows.
type planningData struct {
	book     plan.Book
	options  map[string][]session.Option
	words    *session.Words
	sections []entries.Section
}

// showPlanning opens a window of the plan, or brings it forward.
func (w *Window) showPlanning(which planning) {
	if open := w.planning[which]; open != nil {
		open.win.RequestFocus()
		return
	}
	s := &planningWindow{win: w.app.NewWindow(w.printer.T(string(which) + ".ui.title"))}
	s.panel = entries.New(w.printer, entries.Actions{
		Add: func(k plan.Kind) { w.askEntry(s, plan.New(k)) }, Edit: func(item plan.Item) { w.askEntry(s, item) },
		Remove: func(item plan.Item) { w.askRemoveEntry(s, item) },
		Move: func(item plan.Item, to int) {
			w.editOver(s, func(ctx context.Context) error { return w.session.MoveEntry(ctx, item.Number(), to) }, nil)
		},
		Select: w.selectEntry, Export: func(t model.Table) { w.askTableOver(s.win, t) },
	})
	if w.planning == nil {
		w.planning = map[planning]*planningWindow{}
	}
	w.planning[which] = s
	s.win.SetContent(s.panel.Object())
	s.win.Resize(fyne.NewSize(planningWidth, planningHeight))
	s.win.SetOnClosed(func() {
		if w.planning[which] == s {
			delete(w.planning, which)
		}
	})
	s.win.Show()
	w.loadPlanningOf(which, s)
}

// closePlanning takes the windows of the plan away.
func (w *Window) closePlanning() {
	for which, s := range w.planning {
		delete(w.planning, which)
		s.win.Close()
	}
}

// loadPlanning reads anew what the open windows of the plan show.
func (w *Window) loadPlanning() {
	for which, s := range w.planning {
		w.loadPlanningOf(which, s)
	}
}

// loadPlanningOf reads what one window shows: first the entries, then what takes figures.
func (w *Window) loadPlanningOf(which planning, s *planningWindow) {
	if !w.session.HasProject() {
		return
	}
	s.turn++
	turn := s.turn
	go func() {
		ctx := context.Background()
		for _, figures := range []bool{false, true} {
			data, err := w.readPlanning(ctx, which, s, figures)
			w.dispatch(func() {
				switch {
				case turn != s.turn || w.planning[which] != s:
				case err != nil && !figures:
					ask.Error(s.win, w.printer, err)
				case err == nil:
					s.data = data
					s.panel.Set(data.book, data.words, data.sections)
				}
			})
			if err != nil || which == factsPlanning || which == consultPlanning {
				return
			}
		}
	}()
}

// readPlanning reads what a window shows. Without figures, the tables that need them are empty: they take a while the first
// time.
func (w *Window) readPlanning(ctx context.Context, which planning, s *planningWindow, figures bool) (*planningData, error) {
	b, err := w.session.PlanBook(ctx)
	if err != nil {
		return nil, err
	}
	d := &planningData{book: b, options: map[string][]session.Option{}}
	for _, of := range []string{"facility", "service", "form", "solution", "group", "area", "goal", "action"} {
		if d.options[of], err = w.session.EntryOptions(ctx, b, of); err != nil {
			return nil, err
		}
	}
	if d.words, err = w.session.PlanWords(ctx, b); err != nil {
		return nil, err
	}
	switch which {
	case actionPlanning:
		err = w.actionSections(ctx, d, figures)
	case ledgerPlanning:
		err = w.ledgerSections(ctx, d, s, figures)
	case factsPlanning:
		d.list(w.printer, "facts.ui.title", plan.KindFact)
		d.tell(w.printer, "facts.ui.year", d.words.YearTable(0), false)
	case bankPlanning:
		err = w.bankSections(ctx, d, figures)
	case consultPlanning:
		d.list(w.printer, "consult.ui.tab", plan.KindOpinion)
		d.tell(w.printer, "consult.ui.sums", d.words.OpinionTable(), false)
		d.tell(w.printer, "consult.ui.check", w.session.FindingsTable("consult.ui.check", b.CheckOpinions()), true)
	}
	return d, err
}

// list adds a section of entries.
func (d *planningData) list(p *i18n.Printer, title string, k plan.Kind) {
	d.sections = append(d.sections, entries.Section{Title: p.T(title), Kind: k, Table: d.words.BriefTable(k), Full: d.words.PlanTable(k)})
}

// tell adds a section that only tells.
func (d *planningData) tell(p *i18n.Printer, title string, t model.Table, about bool) {
	d.sections = append(d.sections, entries.Section{Title: p.T(title), Table: t, Full: t, About: about})
}

// actionSections are those of the action plan.
func (w *Window) actionSections(ctx context.Context, d *planningData, figures bool) error {
	p := w.printer
	d.list(p, "action.ui.tab.action", plan.KindAction)
	d.list(p, "action.ui.tab.goal", plan.KindGoal)
	d.list(p, "action.ui.tab.area", plan.KindArea)
	var found []plan.Finding
	var err error
	if today := time.Now().Format(time.DateOnly); figures {
		found, err = w.session.PlanFindings(ctx, today, nil)
	} else {
		found = d.book.Check(today, nil)
	}
	d.tell(p, "action.ui.check", w.session.FindingsTable("action.table.check", found), true)
	return err
}

// ledgerSections are those of the ledger.
func (w *Window) ledgerSections(ctx context.Context, d *planningData, s *planningWindow, figures bool) error {
	p := w.printer
	limits, err := w.session.LedgerLimits(ctx)
	if err != nil {
		return err
	}
	d.list(p, "ledger.ui.title", plan.KindGrant)
	d.tell(p, "ledger.ui.tab.follow", d.words.FollowUpTable(0), false)
	d.tell(p, "ledger.ui.tab.de_minimis", d.words.DeMinimisTable(&limits), true)
	d.sections[2].Extra = &entries.Extra{Title: p.T("ledger.ui.limits"), Do: func() {
		entries.ShowLimits(s.win, p, limits, func(l plan.Limits) {
			w.editOver(s, func(ctx context.Context) error { return w.session.SetLedgerLimits(ctx, l) }, nil)
		})
	}}
	var found []plan.Finding
	if figures { // the kept report of the conditions is compared with the data
		for _, t := range []*model.Table{&d.sections[0].Table, &d.sections[0].Full} {
			if *t, err = w.session.WithConditions(ctx, d.words, *t); err != nil {
				return err
			}
		}
		found, err = w.session.LedgerFindings(ctx)
	}
	d.tell(p, "action.ui.check", w.session.FindingsTable("ledger.table.check", found), true)
	return err
}

// bankSections are those of the bank.
func (w *Window) bankSections(ctx context.Context, d *planningData, figures bool) error {
	p := w.printer
	d.tell(p, "bank.ui.title", d.words.BankTable(), false)
	d.list(p, "bank.ui.tab.placement", plan.KindPlacement)
	d.list(p, "bank.ui.tab.solution", plan.KindSolution)
	var all []plan.Suggestion
	var err error
	if figures {
		all, err = w.session.Suggest(ctx, "", nil)
	}
	d.tell(p, "bank.ui.suggest", d.words.SuggestTable(all), false)
	return err
}

// editOver edits the project off the window's thread; a refusal is told to done, or shown over a window of the plan.
func (w *Window) editOver(s *planningWindow, fn func(context.Context) error, done func(error)) {
	go func() {
		err := fn(context.Background())
		w.dispatch(func() {
			if done != nil {
				done(err)
			} else {
				ask.Error(s.win, w.printer, err)
			}
		})
	}()
}

// askEntry asks for a new entry, or for changes of one that is kept.
func (w *Window) askEntry(s *planningWindow, item plan.Item) *entries.Form {
	if s.data == nil || !w.writable() {
		return nil
	}
	q := entries.Question{Book: s.data.book, Item: item, Options: s.data.options, Title: w.printer.T("action.ui.new_title", item.Kind().Label())}
	save := w.session.AddEntry
	if item.Number() != 0 {
		save = w.session.UpdateEntry
		q.Title, q.Item = w.printer.Text(s.data.book.Name(item)), plan.Copy(item)
	}
	q.Save = func(item plan.Item, done func(error)) {
		w.editOver(s, func(ctx context.Context) error { return save(ctx, item) }, done)
	}
	return entries.Show(s.win, w.printer, q)
}

// askRemoveEntry asks before an entry is taken away.
func (w *Window) askRemoveEntry(s *planningWindow, item plan.Item) {
	if !w.writable() {
		return
	}
	p, name := w.printer, s.data.book.Name(item)
	ask.Confirm(s.win, p, p.T("action.ui.remove"), p.T("action.ui.remove_text", name), p.T("action.ui.remove_yes"), func() {
		w.editOver(s, func(ctx context.Context) error { return w.session.RemoveEntry(ctx, item.Number()) }, nil)
	})
}

// selectEntry chooses the service place that an entry is about everywhere, where it is about one.
func (w *Window) selectEntry(item plan.Item) {
	id := ""
	switch item := item.(type) {
	case *plan.Grant:
		id = item.Facility
	case *plan.Fact:
		id = item.Facility
	case *plan.Placement:
		id = item.Facility
	case *plan.Action:
		if len(item.Sites) > 0 {
			id = item.Sites[0].Facility
		}
	}
	if id != "" {
		w.selectFacility(id, true)
	}
}
