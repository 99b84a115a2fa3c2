package reports

import (
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
)

// Serviceplan builds the plan that a council decides on: cover, contents, summary, comparison, a chapter for each service
// type, weak points, and method and sources. Every figure in it is one of the results' or rankings'.
func Serviceplan(in Input) *Document {
	b := newBuilder(&in)
	b.doc = newDocument(&in)
	b.doc.Add(Contents{Title: b.p.T("report.contents")})
	b.summary()
	if len(b.have) > 0 {
		b.comparison()
	}
	for i := range b.have {
		b.serviceChapter(&b.have[i])
	}
	b.vulnerable()
	b.contrast()
	b.supportChapter()
	b.planChapter()
	b.followUpChapter()
	b.consultationChapter()
	b.method()
	b.doc.DataAppendix(b.p.T("out.data_title"))
	return b.doc
}

// builder puts a plan together.
type builder struct {
	in   *Input
	p    *i18n.Printer
	doc  *Document
	all  []service
	have []service // those with a result
}

// newDocument makes the empty document with its cover, headers and footers.
func newDocument(in *Input) *Document {
	p, d := in.Printer, in.Decision
	title := or(d.Title, p.T("report.title"))
	full := strings.TrimSpace(title + " " + d.Period)
	status := or(d.Status, p.T("report.status.draft"))
	name := in.Kommun.Name
	header := name
	footer := status
	if d.CaseNumber != "" {
		footer = p.T("report.footer", d.CaseNumber, status)
	}
	if in.Kommun.Fictional {
		header = p.T("report.header.fictional", name)
	}
	return &Document{
		Printer: p,
		Title:   p.T("report.doc_title", full, name),
		Author:  or(d.Responsible, name),
		Subject: or(d.Subtitle, p.T("report.subtitle", name)),
		Creator: in.Program,
		Date:    d.Date,
		Header:  [2]string{header, full},
		Footer:  footer,
		Cover:   newCover(in, title, status),
	}
}

// newCover makes the cover with its decision block. What is not set yet is said to be set at the decision.
func newCover(in *Input, title, status string) Cover {
	p, d := in.Printer, in.Decision
	later := p.T("report.later")
	date := later
	if d.Date != "" {
		date = p.Date(d.Date)
	}
	c := Cover{
		Kommun: in.Kommun.Name, Title: title, Period: d.Period,
		Subtitle: or(d.Subtitle, p.T("report.subtitle", in.Kommun.Name)),
		Facts: []Fact{
			{p.T("report.fact.status"), status},
			{p.T("report.fact.case"), or(d.CaseNumber, later)},
			{p.T("report.fact.body"), or(strings.TrimSpace(d.Body+" "+strings.ReplaceAll(d.Paragraph, "§ ", "§"+i18n.NBSP)), later)},
			{p.T("report.fact.date"), date},
			{p.T("report.fact.responsible"), or(d.Responsible, later)},
		},
		Motif: motif(in.Snapshot),
	}
	if in.Kommun.Fictional {
		c.Notice = p.T("report.fictional")
	}
	return c
}

// or gives the first text that says something.
func or(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}

// summary is the first chapter.
func (b *builder) summary() {
	b.doc.Chapter(b.p.T("report.summary"))
	if len(b.have) == 0 {
		b.doc.Para(Note, b.p.T("report.no_results"))
		b.introduction()
		b.missing()
		return
	}
	first := &b.have[0]
	r := first.main()
	b.doc.Para(Lead, sentences(bandSentence(b.p, first, r), b.p.T("report.mean."+string(r.Query.Impedance), cost(b.p, r.Query.Impedance, r.Mean))))
	b.doc.Add(b.summaryFigures(first))
	b.rulesNote()
	if b.stale() {
		b.doc.Para(Note, b.p.T("report.stale"))
	}
	b.introduction()
	b.doc.Section(b.p.T("report.brief"))
	b.doc.Add(b.brief())
	b.doc.Section(b.p.T("report.reading"))
	b.doc.Para(Body, b.p.T("report.reading.nearest"))
	b.doc.Para(Body, b.p.T("report.reading.spread"))
	b.doc.Para(Body, b.p.T("report.reading.second"))
}

// summaryFigures are the numbers that the summary opens with.
func (b *builder) summaryFigures(s *service) KeyFigures {
	p, r := b.p, s.main()
	i := r.Query.Impedance
	k := KeyFigures{Items: []KeyFigure{{Value: p.Int(int64(r.People)), Label: p.T("report.key.people"), Note: p.T("report.key.people.note")}}}
	if band, ok := chosenBand(r); ok {
		k.Items = append(k.Items, KeyFigure{
			Value: share(p, band.People, r.People), Label: p.T("report.key.within", limitLabel(p, i, band.To)), Note: s.nearest,
		})
	}
	if r.Reached > 0 {
		k.Items = append(k.Items, KeyFigure{Value: cost(p, i, r.Mean), Label: p.T("report.key.mean." + string(i)), Note: s.nearest})
	}
	if s.distance != nil && s.time != nil && s.time.Reached > 0 {
		k.Items = append(k.Items, KeyFigure{
			Value: cost(p, model.Time, s.time.Mean), Label: p.T("report.key.mean.time"), Note: s.nearest,
		})
	}
	return k
}

// introduction adds the planner's own words: paragraphs parted by empty lines, and lines that begin with a hyphen as a
// list.
func (b *builder) introduction() {
	text := strings.ReplaceAll(b.in.Decision.Introduction, "\r\n", "\n")
	for part := range strings.SplitSeq(text, "\n\n") {
		var items [][]Run
		var words []string
		for line := range strings.SplitSeq(part, "\n") {
			line = strings.TrimSpace(line)
			if item, ok := strings.CutPrefix(line, "- "); ok {
				items = append(items, Plain(item))
			} else if line != "" {
				words = append(words, line)
			}
		}
		b.doc.Para(Body, strings.Join(words, " "))
		if len(items) > 0 {
			b.doc.Add(List{Items: items})
		}
	}
}

// brief says a few words about each service type.
func (b *builder) brief() List {
	var items [][]Run
	for i := range b.all {
		s := &b.all[i]
		text := b.p.T("report.brief.none")
		if r := s.main(); r != nil {
			text = sentences(b.briefSentence(r), unreachedSentence(b.p, r))
		}
		items = append(items, []Run{{Text: s.name + ": ", Bold: true}, {Text: text}})
	}
	return List{Items: items}
}

// briefSentence says how far half and nine of ten have.
func (b *builder) briefSentence(r *model.Result) string {
	if r.Reached == 0 {
		return b.p.T("report.brief.nobody")
	}
	i := r.Query.Impedance
	return b.p.T("report.brief."+string(i), cost(b.p, i, r.Median), cost(b.p, i, r.P90))
}

// stale tells whether an input has changed since any result was computed.
func (b *builder) stale() bool {
	for i := range b.in.Results {
		if b.in.Results[i].Stale {
			return true
		}
	}
	return false
}

// sentences joins those that say something.
func sentences(parts ...string) string {
	var out []string
	for _, s := range parts {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}
