package access

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
)

// Moment is the project as it is at one date, prepared.
type Moment struct {
	Date     string // ISO
	Demand   string // name of the demand set, "" for the usual people
	Edition  string // that the people are of
	Prepared *Prepared
}

// Series computes a query's figures at several moments, which must be in the order of their dates and of one project. A
// moment at which the same places are open for the same people as at an earlier one, on the same network, is not searched
// again. A moment at which nobody reaches the service is a point like all others; that nobody does at any is a Problem.
func Series(ctx context.Context, moments []Moment, q model.Query, o model.FigureOptions, progress model.Progress) (*model.Series, error) {
	s := &model.Series{}
	known := map[string]*model.Figures{}
	reached := false
	for i, m := range moments {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		progress(i18n.M("series.progress", i18n.Date(m.Date)), float64(i)/float64(len(moments)))
		key := m.Prepared.sameKey(q.Service)
		f := known[key]
		if f == nil {
			var err error
			if f, err = m.Prepared.figures(ctx, q, o, true); err != nil {
				return nil, err
			}
			known[key] = f
		}
		reached = reached || f.All.Reached > 0
		point := model.SeriesPoint{
			Date: m.Date, Demand: m.Demand, Edition: m.Edition, Facilities: f.Facilities, Places: m.Prepared.placeCount(q.Service),
			All: f.All, Groups: f.Groups,
		}
		if i > 0 {
			point.Opened, point.Closed = between(&moments[i-1], &m, q.Service)
		} else {
			s.Query, s.Params, s.Inputs, s.Engine = f.Query, f.Params, f.Inputs, f.Engine
			s.Params.Date = ""
		}
		s.Remarks = appendNew(s.Remarks, f.Remarks)
		s.Points = append(s.Points, point)
	}
	if !reached {
		return nil, i18n.Errorf("analysis.nobody_reached", serviceName(moments, s.Query.Service))
	}
	if undated := undated(moments, q.Service); undated > 0 {
		s.Remarks = append(s.Remarks, i18n.M("series.undated", undated))
	}
	return s, nil
}

// serviceName is what a service type is called in the first moment's project.
func serviceName(moments []Moment, id string) i18n.Message {
	for i := range moments[0].Prepared.snapshot.Types {
		if t := &moments[0].Prepared.snapshot.Types[i]; t.ID == id {
			return typeName(t)
		}
	}
	return i18n.Plain(id)
}

// sameKey tells moments apart by all that their figures depend on: the network, the squares and the open facilities.
func (p *Prepared) sameKey(service string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%p", p.net)
	if len(p.snapshot.Cells) > 0 {
		fmt.Fprintf(&b, " %p %d", &p.snapshot.Cells[0], len(p.snapshot.Cells))
	}
	for _, i := range p.open(service) {
		f := &p.snapshot.Facilities[i]
		fmt.Fprintf(&b, " %q %v", f.ID, f.At)
	}
	return b.String()
}

// placeCount is the number of places with an open facility of a type that has joined the network.
func (p *Prepared) placeCount(service string) int {
	joined := slices.DeleteFunc(p.open(service), func(f int) bool { return !p.facilities[f].ok })
	places := p.places(joined)
	slices.Sort(places)
	return len(slices.Compact(places))
}

// between lists what opened and closed from one moment to the next: what is open at one of them alone, and what by its own
// dates came and went between them.
func between(from, to *Moment, service string) (opened, closed []model.FacilityEvent) {
	before, after := from.Prepared.byID(service), to.Prepared.byID(service)
	event := func(f *model.Facility, date string) model.FacilityEvent {
		return model.FacilityEvent{ID: f.ID, Name: f.Name, Town: f.Town, Date: date}
	}
	for id, f := range after {
		passed := f.Opened > from.Date && f.Opened <= to.Date && f.Closed != "" && f.Closed <= to.Date && f.Closed > f.Opened
		was := before[id] != nil && before[id].OpenOn(from.Date)
		is := f.OpenOn(to.Date)
		if passed || is && !was {
			opened = append(opened, event(f, f.Opened))
		}
		if passed || was && !is {
			closed = append(closed, event(f, f.Closed))
		}
	}
	for id, f := range before {
		if after[id] == nil && f.OpenOn(from.Date) {
			closed = append(closed, event(f, f.Closed))
		}
	}
	inOrder(opened)
	inOrder(closed)
	return opened, closed
}

// inOrder sorts events by date, then name, then id.
func inOrder(events []model.FacilityEvent) {
	slices.SortFunc(events, func(a, b model.FacilityEvent) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
}

// byID are all facilities of a type, open or not.
func (p *Prepared) byID(service string) map[string]*model.Facility {
	out := map[string]*model.Facility{}
	for i := range p.snapshot.Facilities {
		if f := &p.snapshot.Facilities[i]; f.Type == service {
			out[f.ID] = f
		}
	}
	return out
}

// undated counts the facilities of a type whose opening date is unknown and that are open at some moment: they count as
// open from the beginning.
func undated(moments []Moment, service string) int {
	seen := map[string]bool{}
	for _, m := range moments {
		for _, i := range m.Prepared.open(service) {
			if f := &m.Prepared.snapshot.Facilities[i]; f.Opened == "" {
				seen[f.ID] = true
			}
		}
	}
	return len(seen)
}

// appendNew appends the messages that are not there yet.
func appendNew(all, more []i18n.Message) []i18n.Message {
	for _, m := range more {
		if !slices.ContainsFunc(all, func(have i18n.Message) bool { return fmt.Sprint(have) == fmt.Sprint(m) }) {
			all = append(all, m)
		}
	}
	return all
}
