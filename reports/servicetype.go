package reports

import (
	"cmp"
	"slices"
	"strings"

	"nabar/model"
)

// serviceChapter tells of one service type: a map, then figures and places.
func (b *builder) serviceChapter(s *service) {
	p, r := b.p, s.main()
	b.doc.Chapter(s.name)
	b.doc.Para(Lead, sentences(bandSentence(p, s, r), unreachedSentence(p, r)))
	b.mapFigure(s, r)
	b.doc.Section(p.T("report.figures"))
	b.doc.Add(b.keyFigures(s))
	for _, res := range s.results() {
		b.doc.Para(Body, sentences(spreadSentence(p, s, res), secondSentence(p, res)))
	}
	b.doc.Add(b.bandCharts(s))
	b.groups(s)
	b.doc.Section(p.T("report.places"))
	b.placesTable(s, r)
}

// keyFigures are the four numbers of a service type.
func (b *builder) keyFigures(s *service) KeyFigures {
	p, r := b.p, s.main()
	i := r.Query.Impedance
	note := p.T("report.key.places.note")
	if b.reachesOut(s.ID) {
		note = p.T("report.key.places.around")
	}
	k := KeyFigures{Items: []KeyFigure{{Value: p.Int(int64(r.Facilities)), Label: p.T("report.key.places", r.Facilities), Note: note}}}
	if r.Reached > 0 {
		k.Items = append(k.Items,
			KeyFigure{Value: cost(p, i, r.Mean), Label: p.T("report.key.mean." + string(i)), Note: p.T("report.key.median", cost(p, i, r.Median))},
			KeyFigure{Value: cost(p, i, r.P90), Label: p.T("report.key.p90"), Note: p.T("report.key.max", cost(p, i, r.Max))},
			KeyFigure{Value: cost(p, i, r.SecondMean), Label: p.T("report.key.second"), Note: p.T("report.key.second.note")},
		)
	}
	return k
}

// reachesOut tells whether any open place of a type lies beyond the border.
func (b *builder) reachesOut(service string) bool {
	s := b.in.Snapshot
	return slices.ContainsFunc(s.Facilities, func(f model.Facility) bool {
		return f.Type == service && f.OpenOn(s.Params.Date) && outside(s, f.At)
	})
}

// missing tells of the service types without a result, in one section: a page each would be all but empty.
func (b *builder) missing() {
	var items [][]Run
	for i := range b.all {
		s := &b.all[i]
		if s.main() != nil {
			continue
		}
		key := "report.missing.none"
		if s.facilities > 0 {
			key = "report.missing.result"
		}
		items = append(items, []Run{{Text: s.name + ": ", Bold: true}, {Text: b.p.T(key, s.facilities)}})
	}
	if len(items) == 0 {
		return
	}
	b.doc.Section(b.p.T("report.missing"))
	b.doc.Para(Body, b.p.T("report.missing.text"))
	b.doc.Add(List{Items: items})
}

// placesTable lists the places of a type, those that most people have nearest first.
func (b *builder) placesTable(s *service, r *model.Result) {
	p := b.p
	t := Table{
		Caption: p.T("report.places.caption", s.name),
		Columns: []Column{
			{Head: p.T("report.col.place"), Weight: 2},
			{Head: p.T("report.col.town"), Weight: 1},
			{Head: p.T("report.col.kind"), Weight: 1},
			{Head: p.T("report.col.people_nearest"), Align: Right, Weight: 0.5},
			{Head: p.T("report.col.share"), Align: Right, Weight: 0.5},
		},
		Source: p.T("report.places.source"),
	}
	byID := b.facilities()
	loose, beyond := false, false
	for _, place := range sorted(r.Places) {
		f := byID[place.ID]
		t.Rows = append(t.Rows, b.placeRow(place, f, r.People))
		loose = loose || !place.Joined
		beyond = beyond || (f != nil && outside(b.in.Snapshot, f.At))
	}
	if beyond {
		t.Source = sentences(t.Source, p.T("report.places.outside"))
	}
	if loose {
		t.Source = sentences(t.Source, p.T("report.places.loose"))
	}
	if len(t.Rows) > 0 {
		b.doc.Add(dropEmpty(t))
	}
}

// placeRow writes one place; f is nil where the project no longer holds it.
func (b *builder) placeRow(place model.PlaceFigure, f *model.Facility, people int) []string {
	var town, kind string
	if f != nil {
		town, kind = townOf(f, b.in.Kommun), or(f.Form, f.Chain)
	}
	name := or(place.Name, place.ID)
	if !place.Joined {
		name += " *"
	}
	return []string{name, or(town, "–"), or(kind, "–"), b.p.Int(int64(place.PeopleNearest)), share(b.p, place.PeopleNearest, people)}
}

// facilities gives the project's facilities by their ids.
func (b *builder) facilities() map[string]*model.Facility {
	out := map[string]*model.Facility{}
	for i := range b.in.Snapshot.Facilities {
		f := &b.in.Snapshot.Facilities[i]
		out[f.ID] = f
	}
	return out
}

// sorted gives the places with most people first, then by name.
func sorted(places []model.PlaceFigure) []model.PlaceFigure {
	out := slices.Clone(places)
	slices.SortStableFunc(out, func(x, y model.PlaceFigure) int {
		return cmp.Or(cmp.Compare(y.PeopleNearest, x.PeopleNearest), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	return out
}

// townOf names where a facility lies: the town, with the municipality where that is another one.
func townOf(f *model.Facility, k model.Kommun) string {
	town := strings.TrimSpace(f.Town)
	if town == strings.ToUpper(town) {
		town = capitals(town)
	}
	other := strings.TrimSpace(f.Municipality)
	if other == "" || k.Name == "" || strings.HasPrefix(strings.ToLower(other), strings.ToLower(k.Name)) {
		return town
	}
	return strings.TrimSpace(town + " (" + other + ")")
}

// capitals writes a name that is all in capitals with one for each word: "VÄSTRA HAMN" as "Västra Hamn".
func capitals(s string) string {
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		words[i] = upperFirst(w)
	}
	return strings.Join(words, " ")
}

// dropEmpty leaves out the columns that hold nothing but dashes; the first stays.
func dropEmpty(t Table) Table {
	for c := len(t.Columns) - 1; c > 0; c-- {
		empty := !slices.ContainsFunc(t.Rows, func(row []string) bool { return row[c] != "–" })
		if !empty {
			continue
		}
		t.Columns = slices.Delete(t.Columns, c, c+1)
		for i := range t.Rows {
			t.Rows[i] = slices.Delete(t.Rows[i], c, c+1)
		}
	}
	return t
}
