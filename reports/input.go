package reports

import (
	"slices"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/manuscript"
	"nabar/model/plan"
	"nabar/model/support"
	"nabar/model/version"
)

// Input is all that a serviceplan is built from. Nothing in it is changed.
type Input struct {
	Kommun   model.Kommun
	Decision model.Decision
	Results  []model.Result  // any number for each service type and impedance; the first of each pair counts
	Figures  []model.Figures // by sex and age, at most one for each service type and impedance
	Rankings []model.Ranking // what closings would mean, at most one for each service type and impedance
	Snapshot *model.Snapshot
	// Scene gives the map of a result, or the plain map for nil. It may be nil itself: the plan then has no maps.
	Scene   func(r *model.Result) *render.Scene
	Network model.NetworkReport
	// Contrast is scenarios set beside each other; nil for no such chapter.
	Contrast *Contrast
	Layers   []model.Layer       // for the provenance of imports
	Types    []model.ServiceType // in the order of the chapters; nil for the snapshot's
	Support  *support.Report     // what rules of support say of the places; nil where they have not been tried
	Plan     plan.Book           // actions, support and facts; nil where nothing has been entered
	FollowUp *version.FollowUp   // the year's follow-up; nil where none is asked for
	Measured plan.Figures        // what the indicators that are bound to figures say now
	// Bound is what a manuscript's living things are bound to beside the figures above; see Want.
	Bound   map[manuscript.Binding]*Bound
	Forms   *support.Set // what the forms of support in the ledger are called; nil for their ids
	Printer *i18n.Printer
	Program string // the program and its version
}

// service is one service type with its results, nil where there is none.
type service struct {
	model.ServiceType
	name       string // "Dagligvaror"
	nearest    string // "närmaste livsmedelsbutik"
	distance   *model.Result
	time       *model.Result
	facilities int // of the type in the project, open at the date of the parameters
}

// main is the result that stands for the service: distance where there is one.
func (s *service) main() *model.Result {
	if s.distance != nil {
		return s.distance
	}
	return s.time
}

// results lists the service's results, distance first.
func (s *service) results() []*model.Result {
	var out []*model.Result
	for _, r := range []*model.Result{s.distance, s.time} {
		if r != nil {
			out = append(out, r)
		}
	}
	return out
}

// services sorts the results by service type.
func services(in *Input) []service {
	types := in.Types
	if types == nil {
		types = in.Snapshot.Types
	}
	var out []service
	for _, t := range types {
		s := service{ServiceType: t, name: serviceName(in.Printer, t), nearest: nearestWords(in.Printer, t)}
		for i := range in.Results {
			r := &in.Results[i]
			switch {
			case r.Query.Service != t.ID:
			case r.Query.Impedance == model.Time && s.time == nil:
				s.time = r
			case r.Query.Impedance == model.Distance && s.distance == nil:
				s.distance = r
			}
		}
		for i := range in.Snapshot.Facilities {
			if f := &in.Snapshot.Facilities[i]; f.Type == t.ID && f.OpenOn(in.Snapshot.Params.Date) {
				s.facilities++
			}
		}
		out = append(out, s)
	}
	return out
}

// computed lists the services that have a result.
func computed(all []service) []service {
	return slices.DeleteFunc(slices.Clone(all), func(s service) bool { return s.main() == nil })
}

// serviceName is the name of a type in headings and tables.
func serviceName(p *i18n.Printer, t model.ServiceType) string {
	switch {
	case t.Name != "":
		return t.Name
	case p.Has("service." + t.ID):
		return p.T("service." + t.ID)
	}
	return t.ID
}

// nearestWords names the nearest place of a type inside a sentence: "närmaste livsmedelsbutik".
func nearestWords(p *i18n.Printer, t model.ServiceType) string {
	if key := "report.nearest." + t.ID; t.Name == "" && p.Has(key) {
		return p.T(key)
	}
	return p.T("report.nearest.other", serviceName(p, t))
}
