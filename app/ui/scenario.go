package ui

import (
	"context"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// comparison is what the choice changes against what it is compared with. It is worked out once for what is shown.
type comparison struct {
	of   rankingKey  // what it is asked for
	have *rankingKey // what it is of; nil where there is none
	data *model.Comparison
}

// loadScenario takes the scenarios and the project as the choices have it. A scenario that is gone gives way to the
// project as it is; so does one that can't be applied, with its fault.
func (st *state) loadScenario(ctx context.Context, s *session.Session) (err error) {
	if st.scenarios, err = s.Scenarios(ctx); err != nil {
		return err
	}
	if sc, ok := scenario.Find(st.scenarios, st.choice.scenario); ok {
		st.choice.scenario = sc.Name
		for _, m := range s.DescribeScenario(ctx, sc) {
			st.steps = append(st.steps, s.Printer().Text(m))
		}
	} else {
		st.choice.scenario = ""
	}
	changed, err := s.QuerySnapshot(ctx, st.choice.query(), nil)
	if err != nil {
		st.choice, st.fault = st.choice.usual(), err
		st.choice.scenario, st.steps = "", nil
		return nil
	}
	st.snapshot, st.way = changed, s.WayLabel(st.choice.query())
	return nil
}

// compare has the choice compared with what the user wants it compared with, or a scenario with the project as it is. Each
// pair is tried once, so that a fault is told once.
func (w *Window) compare() {
	st := &w.state
	key := rankingKey{st.choice, st.snapshot}
	from, wanted := st.choice.origin()
	if !st.open || st.missing != "" || !wanted || w.comparison.of == key {
		return
	}
	w.comparison.of = key
	var c *model.Comparison
	w.work(i18n.M("ui.job.compare"), func(ctx context.Context, progress model.Progress) (err error) {
		c, err = w.session.Change(ctx, from, key.choice.query(), progress)
		return err
	}, func() {
		if w.comparison.of == key {
			w.comparison.have, w.comparison.data = &key, c
			w.reload()
		}
	})
}

// setScenarios shows the scenarios, and the comparison where it is of what the window shows.
func (w *Window) setScenarios() {
	w.scenarios.Set(w.scenarioView())
	w.versus.Set(w.versusView())
}

// compared is the comparison of what the window shows, nil where there is none yet.
func (c *comparison) compared(key rankingKey) *model.Comparison {
	if c.have == nil || *c.have != key {
		return nil
	}
	return c.data
}

// chooseScenario shows the project as a scenario has it, "" for as it is.
func (w *Window) chooseScenario(name string) {
	w.editing, w.brokenFault = name, ""
	c := w.choice
	c.scenario = name
	w.choose(c)
}

// askScenario asks for a name, and adds a scenario of that name with steps and shows it.
func (w *Window) askScenario(name string, steps ...scenario.Step) {
	if !w.writable() {
		return
	}
	p := w.printer
	ask.Line(w.win, p, p.T("ui.scenarios.add_title"), p.T("ui.scenarios.name"), name, p.T("ui.scenarios.add_yes"), func(name string) {
		w.addScenario(scenario.Scenario{Name: name, Steps: steps})
	})
}

// addScenario adds a scenario and shows it.
func (w *Window) addScenario(sc scenario.Scenario) {
	w.edit(func(ctx context.Context) error {
		added, err := w.session.AddScenario(ctx, sc)
		if err == nil {
			w.dispatch(func() { w.chooseScenario(added.Name) })
		}
		return err
	})
}

// closing is the button of a facility's card that tries what closing it would mean, in the chosen scenario or in the project
// as it is. There is none where it is closed already or nothing can be changed.
func (w *Window) closing(facility int) (label string, fn func()) {
	st := &w.state
	f := &st.snapshot.Facilities[facility]
	if st.readOnly || !f.OpenOn(st.snapshot.Params.Date) {
		return "", nil
	}
	try := func() { w.tryStep(scenario.ClosePlace{ID: f.ID, Name: f.Name}) }
	if name := st.choice.scenario; name != "" {
		return w.printer.T("ui.scenarios.close_in", name), try
	}
	return w.printer.T("ui.scenarios.close_new"), try
}
