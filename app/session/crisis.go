package session

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
	"nabar/model/scenario"
)

// settingReserve is what the user has said of reserve power, by the id of the place.
const settingReserve = "reserve_power"

// CrisisKind is something that a kommun prepares for.
type CrisisKind string

// The crises.
const (
	PowerCut    CrisisKind = "power"   // only places with reserve power are open
	FerriesStop CrisisKind = "ferries" // no ferry runs
	FerryStop   CrisisKind = "ferry"   // one ferry does not run
	RoadCut     CrisisKind = "road"    // one road or bridge is closed
)

// CrisisQuery asks what a crisis takes from people.
type CrisisQuery struct {
	model.Query // its service does not matter: all types are told of
	Kind        CrisisKind
	Layer       string // of the road or ferry
	FID         int64
}

// Crisis is the answer.
type Crisis struct {
	Query    CrisisQuery
	Name     i18n.Message
	Steps    []scenario.Modification // what happens, as a scenario
	Reserve  int                     // open facilities that are known to have reserve power
	Without  int                     // that are known to have none
	Unknown  int                     // of which nobody knows: they count as closed, and this says how many
	Services []CrisisService         // in the project's order
	All      []CrisisGroup           // having all services: everybody first, then by sex and age; cost is that of the farthest
	Squares  []CrisisSquare          // where anybody loses a service or gets farther to one, the most people first
	Remarks  []i18n.Message
	Summary  i18n.Message

	usual *model.Snapshot // the project without the crisis
}

// CrisisService is what is taken of one service type.
type CrisisService struct {
	Service     string
	Change      *model.Comparison
	NearestLost int           // people whose nearest place is another one now, or none
	Groups      []CrisisGroup // everybody first, then by sex and age
}

// CrisisGroup is a group of people before and during a crisis. Costs are NaN where nobody is reached.
type CrisisGroup struct{ Before, After model.Group }

// ReservePower tells which open facilities have reserve power: what the user has said, else what the source says.
func (s *Session) ReservePower(ctx context.Context, snapshot *model.Snapshot) (map[string]model.Known, error) {
	said := map[string]model.Known{}
	if err := s.setting(ctx, settingReserve, &said); err != nil {
		return nil, err
	}
	out := map[string]model.Known{}
	for i := range snapshot.Facilities {
		f := &snapshot.Facilities[i]
		if !f.OpenOn(snapshot.Params.Date) {
			continue
		}
		out[f.ID] = f.Reserve
		if known, ok := said[f.ID]; ok {
			out[f.ID] = known
		}
	}
	return out, nil
}

// SetReservePower says of places whether they have reserve power, as one step that can be taken back. model.Untold lets the
// source speak again. A place that is not there gives a Problem.
func (s *Session) SetReservePower(ctx context.Context, values map[string]model.Known) error {
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		return err
	}
	said := map[string]model.Known{}
	if err := s.setting(ctx, settingReserve, &said); err != nil {
		return err
	}
	name := i18n.M("prep.several_places", len(values))
	for id, known := range values {
		at := slices.IndexFunc(snapshot.Facilities, func(f model.Facility) bool { return f.ID == id })
		if at < 0 {
			return i18n.Errorf("prep.no_place", id)
		}
		if len(values) == 1 {
			name = i18n.Plain(snapshot.Facilities[at].Name)
		}
		delete(said, id)
		if known != model.Untold {
			said[id] = known
		}
	}
	return s.edit(ctx, i18n.M("prep.step_reserve", name), func(tx *project.Tx) error { return tx.SetSetting(settingReserve, said) })
}

// ReserveWord says whether a place has reserve power.
func ReserveWord(known model.Known) i18n.Message {
	if known == model.Untold {
		return i18n.M("prep.reserve_unknown")
	}
	return i18n.M("prep.reserve_" + string(known))
}

// Crisis tells what a crisis takes from people: of every service type, and of all of them together, by sex and age. Nothing
// is stored: its Steps make a scenario of it, see SaveCrisis.
func (s *Session) Crisis(ctx context.Context, q CrisisQuery, progress model.Progress) (*Crisis, error) {
	progress = orSilent(progress)
	ready, err := s.readyForSome(ctx, q.Query, nil, part(progress, 0, 0.3))
	if err != nil {
		return nil, err
	}
	out := &Crisis{Query: q}
	if err := s.crisisSteps(ctx, out, ready.snapshot); err != nil {
		return nil, err
	}
	changed, err := scenario.Apply(ready.snapshot, []scenario.Scenario{{Name: s.Printer().Text(out.Name), Steps: stepsOf(out.Steps)}})
	if err != nil {
		return nil, err
	}
	during, err := ready.Derive(ctx, changed, part(progress, 0.3, 0.6))
	if err != nil {
		return nil, err
	}
	return out, s.crisisFigures(ctx, out, ready, during, part(progress, 0.6, 1))
}

// crisisSteps makes the modifications of a crisis.
func (s *Session) crisisSteps(ctx context.Context, c *Crisis, snapshot *model.Snapshot) error {
	q := &c.Query
	c.Name = i18n.M("prep.crisis." + string(q.Kind))
	switch q.Kind {
	case PowerCut:
		return s.cutPower(ctx, c, snapshot)
	case FerriesStop:
		c.Steps = []scenario.Modification{scenario.FerriesOff{}}
	case FerryStop:
		name, err := s.RoadWords(ctx, q.Layer, q.FID)
		if err != nil {
			return err
		}
		c.Name = i18n.M("prep.crisis_of.ferry", name)
		c.Steps = []scenario.Modification{scenario.CloseFerry{Layer: q.Layer, FID: q.FID}}
	case RoadCut:
		name, err := s.RoadWords(ctx, q.Layer, q.FID)
		if err != nil {
			return err
		}
		c.Name = i18n.M("prep.crisis_of.road", name)
		c.Steps = []scenario.Modification{scenario.CloseRoad{Layer: q.Layer, FID: q.FID}}
	default:
		return i18n.Errorf("prep.crisis_unknown", string(q.Kind))
	}
	return nil
}

// cutPower closes all places that are not known to have reserve power.
func (s *Session) cutPower(ctx context.Context, c *Crisis, snapshot *model.Snapshot) error {
	reserve, err := s.ReservePower(ctx, snapshot)
	if err != nil {
		return err
	}
	for i := range snapshot.Facilities {
		f := &snapshot.Facilities[i]
		known, open := reserve[f.ID]
		switch {
		case !open:
			continue
		case known == model.Yes:
			c.Reserve++
			continue
		case known == model.No:
			c.Without++
		default:
			c.Unknown++
		}
		c.Steps = append(c.Steps, scenario.ClosePlace{ID: f.ID, Name: f.Name})
	}
	if c.Unknown > 0 {
		c.Remarks = append(c.Remarks, i18n.M("prep.unknown_reserve", c.Unknown, len(reserve)))
	}
	return nil
}

// crisisFigures compares every type that has a place today, and all of them together.
func (s *Session) crisisFigures(ctx context.Context, c *Crisis, ready engine, during *access.Prepared, progress model.Progress) error {
	var present []string
	for _, t := range ready.snapshot.Types {
		if len(ready.Open(t.ID)) > 0 {
			present = append(present, t.ID)
		}
	}
	for i, service := range present {
		progress(i18n.M("session.progress_search", s.ServiceLabel(ctx, service)), share(i, len(present)))
		q := c.Query.Query
		q.Service = service
		o := model.FigureOptions{By: []model.Breakdown{model.BySex, model.ByAge}}
		if i == 0 {
			o.Services = present
		}
		one, all, err := crisisOf(ctx, ready.Prepared, during, ready.query(q), o)
		if err != nil {
			return err
		}
		if i == 0 {
			c.All = all
		}
		c.Services = append(c.Services, one)
	}
	c.Squares, c.usual = crisisSquares(ready.snapshot, c.Services), ready.snapshot
	c.Summary = s.crisisSummary(ctx, c)
	return nil
}

// crisisOf compares one type, and all types where the options name them.
func crisisOf(ctx context.Context, usual, during *access.Prepared, q model.Query, o model.FigureOptions) (one CrisisService, all []CrisisGroup, err error) {
	one.Service = q.Service
	before, err := reachedOr(ctx, usual, q)
	if err != nil {
		return one, nil, err
	}
	after, err := reachedOr(ctx, during, q)
	if err != nil {
		return one, nil, err
	}
	if one.Change, err = access.Compare(before, after, usual.Snapshot().Types); err != nil {
		return one, nil, err
	}
	one.NearestLost = nearestLost(before, after)
	was, err := figuresOr(ctx, usual, q, o)
	if err != nil {
		return one, nil, err
	}
	now, err := figuresOr(ctx, during, q, o)
	if err != nil {
		return one, nil, err
	}
	one.Groups = crisisGroups(was, now, false)
	if o.Services != nil {
		all = crisisGroups(was, now, true)
	}
	return one, all, nil
}

// reachedOr are the figures of a query, with nobody reached where no place is left.
func reachedOr(ctx context.Context, p *access.Prepared, q model.Query) (*model.Result, error) {
	r, why := p.Analyse(ctx, q)
	if why == nil {
		return r, nil
	}
	return p.Unreached(q, why)
}

// figuresOr are the figures of groups, nil where no place is left.
func figuresOr(ctx context.Context, p *access.Prepared, q model.Query, o model.FigureOptions) (*model.Figures, error) {
	f, err := p.Figures(ctx, q, o)
	var problem *i18n.Problem
	if err != nil && ctx.Err() == nil && errors.As(err, &problem) {
		return nil, nil
	}
	return f, err
}

// nearestLost counts the people whose nearest place is another one, or none.
func nearestLost(before, after *model.Result) int {
	now := map[string]string{}
	for i := range after.Cells {
		now[after.Cells[i].Cell] = after.Cells[i].Nearest
	}
	sum := 0
	for i := range before.Cells {
		if c := &before.Cells[i]; !math.IsNaN(c.Cost) && now[c.Cell] != c.Nearest {
			sum += c.People
		}
	}
	return sum
}

// crisisGroups pairs the groups before and during a crisis. Where there are no figures during it, or one of all services has
// no place left, nobody reaches it.
func crisisGroups(was, now *model.Figures, joint bool) []CrisisGroup {
	if was == nil {
		return nil
	}
	before, after := groupsOf(was, joint), []model.Group(nil)
	if now != nil && !(joint && len(now.Joint.Missing) > len(was.Joint.Missing)) {
		after = groupsOf(now, joint)
	}
	out := make([]CrisisGroup, len(before))
	for i, g := range before {
		out[i].Before = g
		if i < len(after) {
			out[i].After = after[i]
			continue
		}
		nan := math.NaN()
		out[i].After = model.Group{
			By: g.By, ID: g.ID, Name: g.Name, People: g.People, Unreached: g.People,
			Mean: nan, Median: nan, P90: nan, Max: nan, SecondMean: nan,
		}
	}
	return out
}

// groupsOf are everybody and the groups of figures, of one service or of all.
func groupsOf(f *model.Figures, joint bool) []model.Group {
	if joint {
		return append([]model.Group{f.Joint.All}, f.Joint.Groups...)
	}
	return append([]model.Group{f.All}, f.Groups...)
}

// crisisSummary is one sentence: how many lose which service.
func (s *Session) crisisSummary(ctx context.Context, c *Crisis) i18n.Message {
	var lost []i18n.Message
	for i := range c.Services {
		if one := &c.Services[i]; one.Change.NewlyUnreached+one.Change.Worse.People > 0 {
			key := "prep.summary_one"
			switch {
			case one.Change.NewlyUnreached == 0:
				key = "more.crisis.one_farther"
			case one.Change.Worse.People == 0:
				key = "more.crisis.one_lost"
			}
			lost = append(lost, i18n.M(key, s.ServiceLabel(ctx, one.Service), one.Change.NewlyUnreached, one.Change.Worse.People))
		}
	}
	if len(lost) == 0 {
		return i18n.M("prep.summary_none", c.Name)
	}
	return i18n.M("prep.summary", c.Name, scenario.Sentence(lost))
}

// CrisisTable sets a crisis out, a row for each group of people and service type, all services last.
func (s *Session) CrisisTable(ctx context.Context, c *Crisis) model.Table {
	p := s.Printer()
	unit, divisor := costUnit(p, c.Query.Impedance)
	t := model.Table{Name: p.Text(c.Name), Columns: []model.TableColumn{
		{Head: p.T("prep.col.service")},
		{Head: p.T("prep.col.group")},
		{Head: p.T("prep.col.people"), Number: true},
		{Head: p.T("prep.col.nearest_lost"), Number: true},
		{Head: p.T("prep.col.unreached_before"), Number: true},
		{Head: p.T("prep.col.unreached"), Number: true},
		{Head: p.T("prep.col.mean_before"), Unit: unit, Number: true, Decimals: 1},
		{Head: p.T("prep.col.mean"), Unit: unit, Number: true, Decimals: 1},
	}}
	add := func(id, name string, lost float64, g *CrisisGroup) {
		t.Rows = append(t.Rows, model.TableRow{ID: id + " " + g.Before.ID, Cells: []model.TableCell{
			model.Words(name), model.Words(p.Text(g.Before.Name)), model.Amount(float64(g.Before.People)), model.Amount(lost),
			model.Amount(float64(g.Before.Unreached)), model.Amount(float64(g.After.Unreached)),
			model.Amount(g.Before.Mean / divisor), model.Amount(g.After.Mean / divisor),
		}})
	}
	for i := range c.Services {
		one := &c.Services[i]
		for k := range one.Groups {
			lost := math.NaN() // known of everybody alone
			if k == 0 {
				lost = float64(one.NearestLost)
			}
			add(one.Service, p.Text(s.ServiceLabel(ctx, one.Service)), lost, &one.Groups[k])
		}
	}
	for k := range c.All {
		add("*", p.T("prep.all_services"), math.NaN(), &c.All[k])
	}
	return t
}

// SaveCrisis makes a scenario of a crisis, as a step that can be taken back; name "" is the crisis' own.
func (s *Session) SaveCrisis(ctx context.Context, c *Crisis, name string) (scenario.Scenario, error) {
	if strings.TrimSpace(name) == "" {
		name = s.Printer().Text(c.Name)
	}
	sc := scenario.Scenario{Name: name, Steps: stepsOf(c.Steps)}
	if len(c.Steps) == 0 {
		return sc, i18n.Errorf("prep.nothing_to_save")
	}
	if !scenario.IsBaseline(c.Query.Scenario) {
		parent, err := s.Scenario(ctx, c.Query.Scenario)
		if err != nil {
			return sc, err
		}
		sc.Parent = parent.ID
	}
	return s.AddScenario(ctx, sc)
}
