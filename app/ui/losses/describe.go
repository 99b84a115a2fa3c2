package losses

import (
	"image"
	"math"
	"strings"

	"nabar/app/session"
	"nabar/app/ui/results"
	"nabar/internal/i18n"
	"nabar/model"
)

// View is what the panel shows, in the user's words.
type View struct {
	Title    string
	Subtitle string
	Symbol   image.Image
	Notice   string   // why there is no ranking
	Tried    string   // what the ranking has been tried against; "" for nothing
	Limits   []string // of the columns
	Places   []Place
}

// Place is one row of the ranking.
type Place struct {
	ID, Name string
	People   string   // whose nearest it is
	Extra    string   // how much farther they have on average
	Beyond   []string // for each limit the people who come to live beyond it
	Notes    []string // what else goes with it
}

// Input is what a View is made of.
type Input struct {
	Printer  *i18n.Printer
	Service  string // the type's name
	Symbol   image.Image
	Query    model.Query
	Ranking  *model.Ranking    // nil where there is none yet
	Robust   *model.Robustness // whether it stands; nil where that is not known
	Missing  string            // why there can be none
	TypeName func(id string) string
}

// Describe puts a ranking into words. The order is the ranking's own: the greatest loss first.
func Describe(in Input) View {
	p := in.Printer
	v := View{Title: in.Service, Symbol: in.Symbol, Notice: in.Missing}
	if in.Missing != "" {
		return v
	}
	v.Subtitle = p.T("ui.losses.by_" + string(in.Query.Impedance))
	r := in.Ranking
	if r == nil {
		v.Notice = p.T("ui.losses.none")
		return v
	}
	if r.Params.Rules != 0 {
		v.Subtitle = p.T("pipos.legend", v.Subtitle)
	}
	if in.Robust != nil {
		var varied []string
		for _, words := range session.VariedWords(in.Robust.Trials) {
			varied = append(varied, p.Text(words))
		}
		v.Tried = p.T("prep.ui_tried", strings.Join(varied, ", "))
	}
	for _, to := range r.Query.Bands {
		v.Limits = append(v.Limits, results.Limit(p, r.Query.Impedance, to))
	}
	for i := range r.Facilities {
		v.Places = append(v.Places, place(in, &r.Facilities[i]))
	}
	return v
}

// place writes one row.
func place(in Input, f *model.FacilityLoss) Place {
	p := in.Printer
	out := Place{ID: f.ID, Name: f.Name, People: p.Int(int64(f.PeopleNearest)), Extra: "–"}
	if !math.IsNaN(f.MeanExtra) {
		out.Extra = "+" + results.Cost(p, in.Query.Impedance, f.MeanExtra)
	}
	for _, b := range f.NewlyBeyond {
		out.Beyond = append(out.Beyond, p.Int(int64(b.People)))
	}
	out.Notes = append(steady(in, f.ID), notes(in, f)...)
	return out
}

// steady is the note of how a place fares when circumstances are varied, none where that is not known.
func steady(in Input, id string) []string {
	if in.Robust == nil {
		return nil
	}
	for _, p := range in.Robust.Places {
		if p.ID != id || p.Tried == 0 {
			continue
		}
		unit := 1000.0
		if in.Query.Impedance == model.Time {
			unit = 3600
		}
		return []string{in.Printer.T("prep.ui_band_"+string(in.Query.Impedance), math.Round(p.ExtraMin/unit), math.Round(p.ExtraMax/unit), p.Same, p.Tried)}
	}
	return nil
}

// notes tell what a sum of distances does not.
func notes(in Input, f *model.FacilityLoss) []string {
	p := in.Printer
	var out []string
	if !f.Joined {
		out = append(out, p.T("ui.losses.not_joined"))
	}
	if f.LeftWithout > 0 {
		out = append(out, p.T("ui.losses.left_without", f.LeftWithout))
	}
	switch {
	case f.LastInKommun:
		out = append(out, p.T("ui.losses.last_in_kommun"))
	case f.LastInTown:
		out = append(out, p.T("ui.losses.last_in_town", f.Town))
	}
	if len(f.Siblings) > 0 {
		out = append(out, p.T("ui.losses.siblings", len(f.Siblings)))
	}
	if len(f.ServicesLost) > 0 {
		var names []string
		for _, id := range f.ServicesLost {
			names = append(names, in.TypeName(id))
		}
		out = append(out, p.T("ui.losses.with", strings.Join(names, ", ")))
	}
	return out
}
