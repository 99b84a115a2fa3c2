package reports

import (
	"nabar/internal/i18n"
	"nabar/model"
)

// figuresOf are the figures by group of a service type, nil where there are none.
func (b *builder) figuresOf(service string, i model.Impedance) *model.Figures {
	for k := range b.in.Figures {
		if f := &b.in.Figures[k]; f.Query.Service == service && f.Query.Impedance == i {
			return f
		}
	}
	return nil
}

// groups tells of women and men, and of the ages, beside each other, and how evenly travel is spread.
func (b *builder) groups(s *service) {
	f := b.figuresOf(s.ID, s.main().Query.Impedance)
	if f == nil {
		return
	}
	if len(f.Groups) > 0 {
		b.doc.Add(b.groupsTable(s, f))
	}
	var text []string
	for _, m := range f.Equity.Text {
		text = append(text, b.p.Text(m))
	}
	b.doc.Para(Body, sentences(text...))
}

// groupsTable sets the groups of a service type under each other, everybody first.
func (b *builder) groupsTable(s *service, f *model.Figures) Table {
	p, i := b.p, f.Query.Impedance
	t := Table{Caption: p.T("report.groups.caption", s.name), Columns: []Column{{Head: p.T("report.groups.group"), Weight: 1}}}
	head := func(text string) { t.Columns = append(t.Columns, Column{Head: text, Align: Right, Weight: 0.5}) }
	for _, key := range []string{"report.groups.people", "report.col.unreached", "report.col.mean", "report.col.median", "report.col.p90"} {
		head(p.T(key))
	}
	limits := middle(f.All.Bands)
	for _, k := range limits {
		head(p.T("report.col.within", limitLabel(p, i, f.All.Bands[k].To)))
	}
	approximate := false
	for _, g := range append([]model.Group{f.All}, f.Groups...) {
		row := []string{
			b.groupName(&g), p.Int(int64(g.People)), p.Int(int64(g.Unreached)), cost(p, i, g.Mean), cost(p, i, g.Median), cost(p, i, g.P90),
		}
		for _, k := range limits {
			row = append(row, share(p, g.Bands[k].People, g.People))
		}
		t.Rows = append(t.Rows, row)
		approximate = approximate || g.Approximate
	}
	t.Source = b.groupsSource(f.Remarks, approximate)
	return t
}

// groupsSource is what the reader must know of a table of groups.
func (b *builder) groupsSource(remarks []i18n.Message, approximate bool) string {
	var said []string
	if approximate {
		said = append(said, b.p.T("report.groups.approximate"))
	}
	for _, m := range remarks {
		if m.Key == "figures.noise" || m.Key == "figures.unknown_sex" {
			said = append(said, b.p.Text(m))
		}
	}
	return sentences(said...)
}

// groupName is what a group is called, marked where its ages were shared out.
func (b *builder) groupName(g *model.Group) string {
	if g.Approximate {
		return b.p.Text(g.Name) + " *"
	}
	return b.p.Text(g.Name)
}

// middle picks the two bands that part people best: those around the middle.
func middle(bands []model.Band) []int {
	if len(bands) < 3 {
		out := make([]int, len(bands))
		for k := range out {
			out[k] = k
		}
		return out
	}
	return []int{len(bands) / 2, len(bands)/2 + 1}
}

// joint tells how many have all service types within each limit, women and men beside each other.
func (b *builder) joint() {
	for k := range b.in.Figures {
		j := b.in.Figures[k].Joint
		if j == nil || len(j.Services) < 2 {
			continue
		}
		b.doc.Add(PageBreak{})
		b.doc.Section(b.p.T("report.joint"))
		b.jointFigures(&b.in.Figures[k])
		return
	}
}

// jointFigures tells how many have all service types.
func (b *builder) jointFigures(f *model.Figures) {
	b.doc.Para(Body, b.p.T("report.joint.text", b.serviceList(f.Joint.Services)))
	if len(f.Joint.Missing) > 0 {
		b.doc.Para(Note, b.p.T("cli.joint_missing", b.serviceList(f.Joint.Missing)))
	}
	b.doc.Add(b.jointTable(f))
}

// serviceList names service types.
func (b *builder) serviceList(ids []string) i18n.Message {
	var out i18n.Message
	for k, id := range ids {
		name := i18n.Plain(id)
		for i := range b.all {
			if b.all[i].ID == id {
				name = i18n.Plain(b.all[i].name)
			}
		}
		if out = i18n.M("figures.list", out, name); k == 0 {
			out = name
		}
	}
	return out
}

// jointTable gives for each group the people who have all service types within each limit, people over share.
func (b *builder) jointTable(f *model.Figures) Table {
	p, i, j := b.p, f.Query.Impedance, f.Joint
	t := Table{Caption: p.T("report.joint.caption"), Columns: []Column{{Head: p.T("report.groups.group"), Weight: 1}}}
	for _, band := range j.All.Bands {
		t.Columns = append(t.Columns, Column{Head: p.T("report.col.within", limitLabel(p, i, band.To)), Align: Right, Weight: 0.5})
	}
	t.Columns = append(t.Columns, Column{Head: p.T("report.joint.not"), Align: Right, Weight: 0.5})
	approximate := false
	for _, g := range append([]model.Group{j.All}, j.Groups...) {
		row := []string{b.groupName(&g)}
		for _, band := range g.Bands {
			row = append(row, b.peopleAndShare(band.People, g.People))
		}
		t.Rows = append(t.Rows, append(row, b.peopleAndShare(g.Unreached, g.People)))
		approximate = approximate || g.Approximate
	}
	t.Source = b.groupsSource(f.Remarks, approximate)
	return t
}
