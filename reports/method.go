package reports

import (
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
)

// method is the last chapter: how the figures came about, and from what.
func (b *builder) method() {
	b.doc.Chapter(b.p.T("report.method"))
	b.howFigured()
	b.networkSection()
	b.leftOutSection()
	b.doc.Section(b.p.T("report.sources"))
	b.sources()
	b.doc.Section(b.p.T("report.program"))
	b.madeBy()
}

// howFigured tells how the figures came about, with the choices that they depend on.
func (b *builder) howFigured() {
	p := b.p
	b.doc.Section(p.T("report.method.how"))
	b.rulesNote()
	b.doc.Para(Body, p.T("report.method.roads"))
	b.doc.Para(Body, p.T("report.method.squares"))
	noise := p.T("report.method.noise")
	if b.in.Kommun.Fictional {
		noise = ""
	}
	b.doc.Para(Body, sentences(p.T("report.method.measures"), noise))
	b.doc.Para(Body, p.T("report.method.second", i18n.Metres(b.params().PlaceRadius)))
	b.doc.Add(b.paramsTable())
}

// networkSection tells of the road network.
func (b *builder) networkSection() {
	b.doc.Section(b.p.T("report.network"))
	b.doc.Add(b.networkTable())
	b.findings()
}

// leftOutSection tells what could not be counted.
func (b *builder) leftOutSection() {
	b.doc.Section(b.p.T("report.left_out"))
	if list := b.leftOut(); len(list.Items) > 0 {
		b.doc.Para(Body, b.p.T("report.left_out.text"))
		b.doc.Add(list)
	} else {
		b.doc.Para(Body, b.p.T("report.left_out.nothing"))
	}
}

// madeBy names the program, the engine, and those whose data the figures are made from.
func (b *builder) madeBy() {
	b.doc.Para(Body, sentences(b.p.T("report.program.text", b.in.Program), b.engineSentence()))
	for _, line := range b.attributions() {
		b.doc.Para(Fine, line)
	}
}

// rulesNote says that the figures are computed by other rules than the program's own, where they are.
func (b *builder) rulesNote() {
	if b.params().Rules != 0 {
		b.doc.Para(Note, b.p.T("pipos.plan"))
	}
}

// params are those of the first result, else the project's.
func (b *builder) params() model.Params {
	if len(b.have) > 0 {
		return b.have[0].main().Params
	}
	return b.in.Snapshot.Params
}

// engineSentence names the versions of the engine that the results were computed with.
func (b *builder) engineSentence() string {
	var versions []string
	for i := range b.in.Results {
		if v := b.in.Results[i].Engine; v != "" && !slices.Contains(versions, v) {
			versions = append(versions, v)
		}
	}
	if len(versions) == 0 {
		return ""
	}
	return b.p.T("report.program.engine", strings.Join(versions, ", "))
}

// paramsTable lists the choices that the figures depend on.
func (b *builder) paramsTable() Table {
	p, v := b.p, b.params()
	t := Table{Caption: p.T("report.params.caption"), Columns: []Column{
		{Head: p.T("report.col.setting"), Weight: 1}, {Head: p.T("report.col.value"), Align: Right},
	}}
	add := func(key, value string) { t.Rows = append(t.Rows, []string{p.T("report.params." + key), value}) }
	speed := func(kmh float64) string { return p.T("report.unit.kmh", p.Float(kmh, 0)) }
	date := p.T("report.params.date.now")
	if v.Date != "" {
		date = p.Date(v.Date)
	}
	add("date", date)
	if v.Rules != 0 {
		t.Rows = append(t.Rows, []string{p.T("pipos.setting"), p.T("pipos.rules")})
	}
	add("join", metres(p, v.JoinRadius))
	add("snap", limitLabel(p, model.Distance, v.SnapLimit))
	add("place", metres(p, v.PlaceRadius))
	if v.FerriesOff {
		add("ferry", p.T("report.params.ferry.off"))
	} else {
		add("ferry", speed(v.FerrySpeed))
		wait := p.T("report.params.wait.none")
		if v.FerryWait > 0 {
			wait = p.Time(v.FerryWait)
		}
		add("wait", wait)
	}
	add("speed", speed(v.DefaultSpeed))
	connector := p.T("report.params.connector.none")
	if v.ConnectorSpeed > 0 {
		connector = speed(v.ConnectorSpeed)
	}
	add("connector", connector)
	return t
}

// metres writes a short distance in whole metres.
func metres(p *i18n.Printer, m float64) string { return p.Float(m, 0) + i18n.NBSP + "m" }

// networkTable tells of the road network and of how the squares join it.
func (b *builder) networkTable() Table {
	p, n := b.p, b.in.Network
	t := Table{Caption: p.T("report.network.caption"), Columns: []Column{
		{Head: p.T("report.col.figure"), Weight: 1}, {Head: p.T("report.col.value"), Align: Right},
	}}
	add := func(key, value string) { t.Rows = append(t.Rows, []string{p.T("report.network." + key), value}) }
	add("edges", p.Int(int64(n.Edges)))
	add("nodes", p.Int(int64(n.Nodes)))
	add("length", p.Float(n.LengthM/1000, 0)+i18n.NBSP+"km")
	add("components", p.Int(int64(n.Components)))
	add("largest", p.Percent(n.LargestShare))
	add("snap_max", metres(p, n.Snap.DemandMaxM))
	add("snap_p95", metres(p, n.Snap.DemandP95M))
	unjoined := p.T("report.network.unjoined.none")
	if n.Snap.UnjoinedCells > 0 {
		unjoined = p.T("report.network.unjoined.value", n.Snap.UnjoinedPeople, n.Snap.UnjoinedCells)
	}
	add("unjoined", unjoined)
	return t
}

// findings lists what the check of the network noticed.
func (b *builder) findings() {
	if len(b.in.Network.Findings) == 0 {
		return
	}
	var items [][]Run
	for _, f := range b.in.Network.Findings {
		text := strings.TrimSuffix(b.p.Text(f.What), ".")
		if where := b.p.Text(f.Where); where != "" {
			text += " (" + where + ")"
		}
		items = append(items, Plain(text+"."))
	}
	b.doc.Para(Body, b.p.T("report.network.findings"))
	b.doc.Add(List{Items: items})
}

// leftOut lists the people whom no place is reached by, and the rows that imports could not use.
func (b *builder) leftOut() List {
	p := b.p
	var items [][]Run
	for i := range b.have {
		items = append(items, b.unreachedItems(&b.have[i])...)
	}
	if n := b.in.Network.Snap; n.UnjoinedCells > 0 {
		items = append(items, Plain(p.T("report.left_out.unjoined", n.UnjoinedCells, n.UnjoinedPeople)))
	}
	if n := b.looseFacilities(); n > 0 {
		items = append(items, Plain(p.T("report.left_out.facilities", n)))
	}
	for i := range b.in.Layers {
		l := &b.in.Layers[i]
		if n := l.Source.Read - l.Source.Imported; n > 0 {
			items = append(items, Plain(p.T("report.left_out.rows", l.Name, n, l.Source.Read, skipReasons(p, l.Source.Skipped))))
		}
	}
	return List{Items: items}
}

// unreachedItems tells how many don't reach a service: once where distance and time agree.
func (b *builder) unreachedItems(s *service) [][]Run {
	p := b.p
	if s.distance != nil && s.time != nil && s.distance.Unreached == s.time.Unreached {
		if s.distance.Unreached == 0 {
			return nil
		}
		return [][]Run{Plain(p.T("report.left_out.unreached", s.name, s.distance.Unreached))}
	}
	var items [][]Run
	for _, r := range s.results() {
		if r.Unreached > 0 {
			what := strings.ToLower(p.T("impedance." + string(r.Query.Impedance)))
			items = append(items, Plain(p.T("report.left_out.unreached", s.name+", "+what, r.Unreached)))
		}
	}
	return items
}

// looseFacilities counts the places that did not join a road, each once.
func (b *builder) looseFacilities() int {
	seen := map[string]bool{}
	for i := range b.have {
		for _, place := range b.have[i].main().Places {
			if !place.Joined {
				seen[place.ID] = true
			}
		}
	}
	return len(seen)
}

// skipReasons names the reasons why rows were left out, with their counts, in order of first appearance.
func skipReasons(p *i18n.Printer, skipped []model.Skipped) string {
	var reasons []string
	count := map[string]int{}
	for _, s := range skipped {
		reason := strings.TrimRight(s.Reason, ". ")
		if count[reason] == 0 {
			reasons = append(reasons, reason)
		}
		count[reason]++
	}
	const most = 3
	var out []string
	for _, r := range reasons[:min(len(reasons), most)] {
		out = append(out, p.T("report.left_out.reason", r, count[r]))
	}
	if len(reasons) > most {
		out = append(out, p.T("report.left_out.more"))
	}
	return strings.Join(out, "; ")
}

// sources adds the table of imported files.
func (b *builder) sources() {
	p := b.p
	t := Table{Caption: p.T("report.sources.caption"), Columns: []Column{
		{Head: p.T("report.col.layer"), Weight: 1},
		{Head: p.T("report.col.file"), Weight: 1},
		{Head: p.T("report.col.edition")},
		{Head: p.T("report.col.imported")},
		{Head: p.T("report.col.crs")},
		{Head: p.T("report.col.features"), Align: Right},
		{Head: "SHA-256"},
	}}
	for i := range b.in.Layers {
		l := &b.in.Layers[i]
		if l.Role == model.RoleResult || l.Source.File == "" {
			continue
		}
		s := l.Source
		t.Rows = append(t.Rows, []string{
			l.Name, s.File, or(s.Edition, "–"), or(s.Date, "–"), or(s.CRS, "–"),
			p.Int(int64(l.Features)), or(s.SHA256[:min(len(s.SHA256), 12)], "–"),
		})
	}
	if len(t.Rows) == 0 {
		b.doc.Para(Body, p.T("report.sources.none"))
		return
	}
	t.Source = p.T("report.sources.source")
	b.doc.Add(dropEmpty(t))
}

// attributions name those whose data the figures and maps are made from, as far as the files tell.
func (b *builder) attributions() []string {
	if b.in.Kommun.Fictional {
		return []string{b.p.T("report.credit.fictional")}
	}
	var out []string
	add := func(key string) {
		if line := b.p.T(key); !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	for i := range b.in.Layers {
		if key := creditKey(&b.in.Layers[i]); key != "" {
			add(key)
		}
	}
	return append(out, b.p.T("report.credit.font"))
}

// creditKey recognises the source of a layer by its role, columns and file; "" where it cannot be told.
func creditKey(l *model.Layer) string {
	words := strings.ToLower(l.Source.File + " " + l.Source.Layer + " " + l.Name)
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(words, part) })
	}
	for _, f := range l.Fields {
		words += " " + strings.ToLower(f.Name)
	}
	switch {
	case has("osm", "highway", "openstreetmap"):
		return "report.credit.osm"
	case l.Role == model.RoleRoads && has("nvdb", "tillg", "klass_181", "f_hogst"):
		return "report.credit.nvdb"
	case l.Role == model.RolePopulation && has("rutid", "beftotalt", "scb"):
		return "report.credit.scb"
	case l.Role == model.RoleServices && has("pipos", "huvudman", "serviceform"):
		return "report.credit.pipos"
	case l.Role == model.RoleArea && has("kommun", "lantm", "objekttyp"):
		return "report.credit.lantmateriet"
	}
	return ""
}
