package ui

import (
	"cmp"
	"context"
	"image"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/app/ui/places"
	"nabar/app/ui/results"
	"nabar/app/ui/toolbar"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/scenario"
	"nabar/model/symbology"
)

// state is all that the window shows, taken from the session at one moment.
type state struct {
	open       bool
	path       string
	kommun     model.Kommun
	notice     string
	readOnly   bool
	layers     []model.Layer
	lost       map[int64]string // basemaps that are not shown, by id, with the reason
	stale      map[int64]bool   // those that the program made of something that has changed since, by id
	undo, redo i18n.Message
	canUndo    bool
	canRedo    bool
	types      []model.ServiceType // those with an open place
	choice     choice
	snapshot   *model.Snapshot
	result     *model.Result
	otherwise  *model.ServedOtherwise // who is served at home or by a mobile shop; nil where the scenario has neither
	missing    string                 // why there can be no result yet
	scene      *render.Scene
	scenarios  []scenario.Scenario
	views      []model.MapView
	comments   []session.Comment
	profiles   []model.Profile
	way        i18n.Message // how, when and for whom, where that is not as usual
	demand     model.DemandSets
	steps      []string // of the chosen one, in words
	fault      error    // why the wanted scenario is not shown
	rules      model.Rules
}

// reload takes the state anew in the background; calls that come meanwhile are answered by one more.
func (w *Window) reload() {
	if w.loading {
		w.again = true
		return
	}
	w.loading = true
	wanted, p := w.choice, w.printer
	over := overlays{dark: w.prefs.dark(), comparison: w.comparison}
	if w.tabs.SelectedIndex() == lossesTab {
		over.ranking = w.ranking
	}
	go func() {
		st, err := load(context.Background(), w.session, p, wanted, over)
		w.dispatch(func() {
			w.loading = false
			if w.again {
				w.again = false
				w.reload()
			}
			if err != nil {
				w.fail(err)
				return
			}
			w.apply(st)
		})
	}()
}

// load takes the state from the session. A service type that is not there gives way to the first one that is.
func load(ctx context.Context, s *session.Session, p *i18n.Printer, wanted choice, over overlays) (st state, err error) {
	st.choice = wanted
	if !s.HasProject() {
		return st, nil
	}
	st.open, st.path, st.kommun = true, s.Path(), s.Kommun()
	st.notice, st.readOnly = notice(s, p)
	if st.rules, err = s.Rules(ctx); err != nil {
		return st, err
	}
	if st.rules != 0 && st.notice == "" {
		st.notice = p.T("pipos.status")
	}
	st.undo, st.canUndo = s.CanUndo(ctx)
	st.redo, st.canRedo = s.CanRedo(ctx)
	if st.layers, err = s.Layers(ctx); err != nil {
		return st, err
	}
	if st.snapshot, err = s.Snapshot(ctx, nil); err != nil {
		return st, err
	}
	if st.views, err = s.Views(ctx); err != nil {
		return st, err
	}
	if st.comments, err = s.Comments(ctx); err != nil {
		return st, err
	}
	_, bases, err := s.Basemaps(ctx)
	if err != nil {
		return st, err
	}
	st.lost = lostBasemaps(p, bases)
	if st.stale, err = s.StaleLayers(ctx); err != nil {
		return st, err
	}
	if err = st.loadWays(ctx, s); err != nil {
		return st, err
	}
	if err = st.loadScenario(ctx, s); err != nil {
		return st, err
	}
	if st.types, err = s.Present(ctx); err != nil {
		return st, err
	}
	if !slices.ContainsFunc(st.types, func(t model.ServiceType) bool { return t.ID == wanted.service }) {
		st.choice.service = ""
		if len(st.types) > 0 {
			st.choice.service = st.types[0].ID
		}
	}
	st.missing = missing(p, &st)
	if st.missing == "" {
		if st.result, err = stored(ctx, s, st.choice.query(), st.readOnly); err != nil {
			st.missing, st.result = p.Error(err), nil
		} else if st.result != nil {
			if st.otherwise, err = s.ServedOtherwise(ctx, st.result); err != nil {
				return st, err
			}
		}
	}
	st.scene, err = s.Scene(ctx, over.scene(&st))
	return st, err
}

// overlays are what the map shows beside the project's own figures, where they are of what the window shows.
type overlays struct {
	dark       bool
	comparison comparison
	ranking    ranking // none unless it is in front
}

// scene is the map of a state.
func (o *overlays) scene(st *state) session.SceneChoice {
	out := session.SceneChoice{Query: st.choice.query(), Dark: o.dark, Live: true}
	key := rankingKey{st.choice, st.snapshot}
	if st.choice.from.on {
		out.Comparison = o.comparison.compared(key)
	}
	if o.ranking.have != nil && *o.ranking.have == key {
		out.Ranking = o.ranking.data
	}
	return out
}

// stored gives the kept result; a project that can't keep one computes it for the showing.
func stored(ctx context.Context, s *session.Session, q model.Query, readOnly bool) (*model.Result, error) {
	if readOnly {
		return s.Analyse(ctx, q, nil)
	}
	return s.Stored(ctx, q)
}

// notice says what holds for the whole project: that it can't be changed, or where it lies.
func notice(s *session.Session, p *i18n.Printer) (text string, readOnly bool) {
	if _, readOnly := s.ReadOnly(); readOnly {
		return p.T("ui.status.read_only"), true
	}
	if warnings := s.Warnings(); len(warnings) > 0 {
		return p.T("ui.status.warning"), false
	}
	return "", false
}

// missing says what the project still lacks for any figures.
func missing(p *i18n.Printer, st *state) string {
	var lacks []string
	if st.snapshot.Roads.Len() == 0 {
		lacks = append(lacks, p.T("ui.lacks.roads"))
	}
	if len(st.snapshot.Cells) == 0 {
		lacks = append(lacks, p.T("ui.lacks.population"))
	}
	if len(st.types) == 0 {
		lacks = append(lacks, p.T("ui.lacks.services"))
	}
	if len(lacks) == 0 {
		return ""
	}
	return p.T("ui.lacks", list(p, lacks))
}

// list joins words as they are said: "a, b and c".
func list(p *i18n.Printer, words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return p.T("ui.and", strings.Join(words[:last], ", "), words[last])
}

// apply shows a state in all panels.
func (w *Window) apply(st state) {
	fresh := w.state.path != st.path
	other := fresh || w.state.choice.service != st.choice.service
	w.state, w.choice = st, st.choice
	w.win.SetTitle(w.title())
	w.status.Notice(st.notice)
	w.bar.Set(w.barState())
	if w.viewList != nil {
		w.viewList.Set(st.views, st.readOnly)
	}
	w.layers.SetLost(st.lost)
	w.layers.Set(st.layers, st.stale, st.readOnly)
	w.places.Set(w.groups())
	if other {
		w.places.Unfold(st.choice.service)
	}
	w.setResults()
	w.setLosses()
	if st.fault != nil {
		w.brokenFault = w.printer.Error(st.fault)
	}
	w.setScenarios()
	w.setComments()
	w.setMenu()
	if st.scene != nil {
		w.overlay.Set(st.scene, w.theme(), w.view.View().Unit)
		w.view.SetHome(home(&st))
		w.showScene()
		w.overlay.View(w.view.View())
		w.status.Scale(w.view.View().Denominator())
		if w.view.HasPicture() {
			w.wait.hide()
		}
	}
	if fresh {
		w.showWarnings()
	}
	w.followRows()
	w.reselect()
	w.showPresentation()
	w.tool.follow()
	w.computeMissing()
	w.figure()
	w.rank()
	if st.fault != nil {
		w.fail(st.fault)
	}
}

// reachShare is how much of the border's area the squares must take up for the border to be what Home shows.
const reachShare = 0.5

// home is what Home shows: the kommun's border, or only the part where people live where the border goes far out to sea.
func home(st *state) orb.Bound {
	whole := st.scene.Bounds()
	var lived orb.Bound
	first := true
	for i := range st.snapshot.Cells {
		c := &st.snapshot.Cells[i]
		switch {
		case !c.Inside || c.People == 0:
		case first:
			lived, first = square(c), false
		default:
			lived = lived.Union(square(c))
		}
	}
	if first || extent(lived) > reachShare*extent(whole) {
		return whole
	}
	return lived
}

// extent is the area of a bound.
func extent(b orb.Bound) float64 { return (b.Max[0] - b.Min[0]) * (b.Max[1] - b.Min[1]) }

// title is the window's title: the kommun first, as it is what tells windows apart.
func (w *Window) title() string {
	if !w.state.open {
		return w.printer.T("app.name")
	}
	return w.state.kommun.Name + " – " + w.printer.T("app.name")
}

// barState is what the toolbar shows.
func (w *Window) barState() toolbar.State {
	st := &w.state
	s := toolbar.State{
		Undo: st.canUndo && !st.readOnly, Redo: st.canRedo && !st.readOnly, Service: st.choice.service,
		Impedance: st.choice.impedance, Scenario: st.choice.scenario, Import: st.open && !st.readOnly, Plan: st.open && st.missing == "",
		Try: st.open && !st.readOnly && st.missing == "", Trying: w.trialOn(), Tools: w.toolChoices(), Tool: string(w.tool.name()),
	}
	for _, t := range st.types {
		s.Services = append(s.Services, toolbar.Service{ID: t.ID, Name: w.session.TypeName(t)})
	}
	for _, sc := range st.scenarios {
		s.Scenarios = append(s.Scenarios, sc.Name)
	}
	s.Profile, s.Demand = cmp.Or(st.choice.profile, model.CarID), st.choice.demand
	for _, p := range st.profiles {
		s.Profiles = append(s.Profiles, toolbar.Service{ID: p.ID, Name: w.printer.Text(p.Label())})
	}
	for _, set := range st.demand.Sets {
		if set.Name != st.demand.Usual {
			s.Demands = append(s.Demands, set.Name)
		}
	}
	if s.Demand != "" && !slices.Contains(s.Demands, s.Demand) {
		s.Demands = append(s.Demands, s.Demand) // an edition of the people, which a layer holds
	}
	return s
}

// typeName is the name of a service type, by its id.
func (w *Window) typeName(id string) string {
	if w.state.snapshot != nil {
		for _, t := range w.state.snapshot.Types {
			if t.ID == id {
				return w.session.TypeName(t)
			}
		}
	}
	return id
}

// symbol is the picture of a service type, for a square of size units.
func (w *Window) symbol(id string, size int) image.Image {
	if w.state.snapshot == nil {
		return nil
	}
	s := symbology.SymbolOf(id, w.state.snapshot.Types)
	if w.prefs.dark() {
		s = s.OnDark()
	}
	return widgets.SymbolImage(s, size)
}

// describe gathers what the panel of figures shows.
func (w *Window) describe() results.Input {
	st := &w.state
	in := results.Input{
		Printer: w.printer, Query: st.choice.query(), Result: st.result, Snapshot: st.snapshot,
		Otherwise: st.otherwise, Way: w.printer.Text(st.way), Theme: w.theme(), Missing: w.noFigures(), Writable: !st.readOnly,
	}
	if st.choice.service != "" {
		in.Service, in.Symbol = w.typeName(st.choice.service), w.symbol(st.choice.service, results.SymbolSize)
	} else {
		in.Service = w.printer.T("ui.results.title")
	}
	return in
}

// groups are the service places by type, in the project's order of types; open ones first, then by name.
func (w *Window) groups() []places.Group {
	s := w.state.snapshot
	if s == nil {
		return nil
	}
	byType := map[string][]places.Place{}
	for i := range s.Facilities {
		f := &s.Facilities[i]
		byType[f.Type] = append(byType[f.Type], places.Place{ID: f.ID, Name: f.Name, Town: f.Town, Closed: !f.OpenOn(s.Params.Date)})
	}
	var out []places.Group
	for _, t := range s.Types {
		list := byType[t.ID]
		if len(list) == 0 {
			continue
		}
		slices.SortStableFunc(list, func(a, b places.Place) int {
			if a.Closed != b.Closed {
				if b.Closed {
					return -1
				}
				return 1
			}
			return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Town, b.Town), cmp.Compare(a.ID, b.ID))
		})
		out = append(out, places.Group{Type: t.ID, Name: w.session.TypeName(t), Symbol: w.symbol(t.ID, places.SymbolSize), Places: list})
	}
	return out
}

// computeMissing has the figures computed when the inputs are new and complete: the user never has to ask for them.
// It is tried once for each snapshot, so that a fault is told once. By another way of travelling, at another date or for other
// people only what is shown is computed.
func (w *Window) computeMissing() {
	st := &w.state
	wanting := st.result == nil || st.result.Stale
	if _, wanted := st.choice.origin(); wanted {
		w.compare()
	}
	if st.choice.scenario != "" && st.choice == st.choice.usual() {
		return // comparing computes it
	}
	if !st.open || st.readOnly || st.missing != "" || !wanting || len(w.jobs) > 0 {
		return
	}
	if key := (rankingKey{st.choice, st.snapshot}); st.choice != st.choice.usual() && w.asked != key {
		w.asked = key
		w.compute()
		return
	}
	if st.choice == st.choice.usual() && w.tried != st.snapshot {
		w.compute()
	}
}

// compute brings all figures up to date.
func (w *Window) compute() {
	if _, wanted := w.state.choice.origin(); wanted {
		w.comparison.of = rankingKey{}
		w.compare()
	}
	if c := w.state.choice; c.scenario != "" && c == c.usual() {
		return // comparing computes it
	}
	if c := w.state.choice; c != c.usual() {
		w.work(i18n.M("ui.job.analyse"), func(ctx context.Context, progress model.Progress) error {
			_, err := w.session.Compute(ctx, c.query(), progress)
			return err
		}, w.reload)
		return
	}
	w.tried = w.state.snapshot
	w.work(i18n.M("ui.job.analyse"), func(ctx context.Context, progress model.Progress) error {
		_, err := w.session.AnalyseAll(ctx, progress)
		return err
	}, w.reload)
}

// chooseService shows another service type.
func (w *Window) chooseService(id string) {
	c := w.choice
	c.service = id
	w.choose(c)
}

// chooseImpedance shows another measure.
func (w *Window) chooseImpedance(i model.Impedance) {
	c := w.choice
	c.impedance = i
	w.choose(c)
}

// choose shows another service type, measure or scenario in the whole window.
func (w *Window) choose(c choice) {
	if c == w.choice {
		return
	}
	w.choice = c
	w.reload()
}
