package session

import (
	"context"
	"slices"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
	"nabar/model/plan"
)

// TextFindings are what a document's text lacks before it is decided on: names that mean nothing, figures that are stale, words
// of the template that nobody has replaced, comments that wait for an answer, and parts of the standard document that are missing.
func (s *Session) TextFindings(ctx context.Context, m *manuscript.Manuscript, progress model.Progress) ([]plan.Finding, error) {
	states, err := s.LivingStates(ctx, m, progress)
	if err != nil {
		return nil, err
	}
	var out []plan.Finding
	add := func(level plan.Level, code string, args ...any) {
		out = append(out, plan.Finding{Level: level, Code: code, Text: i18n.M("text.finding."+code, args...)})
	}
	for _, st := range states {
		if st.Status == LivingUnknown {
			add(plan.Fault, "text_unknown", st.Name, st.Title)
		}
	}
	if n := countStatus(states, LivingStale); n > 0 {
		add(plan.Look, "text_stale", m.Title, n)
	}
	names, err := s.standardNames(ctx, m)
	if err != nil {
		return nil, err
	}
	standard := names.Standard(m.Kind)
	for i := range m.Chapters {
		c := &m.Chapters[i]
		if k := standard.Part(c.Key); !c.Hidden && k >= 0 && leftFromTemplate(c, &standard.Chapters[k]) {
			add(plan.Look, "text_template", c.Title)
		}
		if open := openComments(c); open > 0 {
			add(plan.Look, "text_comments", c.Title, open)
		}
	}
	for _, c := range manuscript.MissingParts(m, standard) {
		if !c.Hidden {
			add(plan.Look, "text_part", c.Title)
		}
	}
	return out, nil
}

// leftFromTemplate tells whether a chapter still has a request of the template's, in words that ask the writer for something: the
// paragraphs that the program itself never fills in.
func leftFromTemplate(c, standard *manuscript.Chapter) bool {
	for i := range standard.Blocks {
		b := &standard.Blocks[i]
		asks := b.Type == manuscript.Paragraph && b.Style != manuscript.Proposal
		if asks && slices.ContainsFunc(c.Blocks, func(o manuscript.Block) bool {
			return o.Type == b.Type && manuscript.Text(o.Runs) == manuscript.Text(b.Runs)
		}) && manuscript.Asks(manuscript.Text(b.Runs)) {
			return true
		}
	}
	return false
}

// openComments counts the comments of a chapter that nobody has resolved.
func openComments(c *manuscript.Chapter) (n int) {
	for i := range c.Blocks {
		c.Blocks[i].EachRun(func(r *manuscript.Run) {
			if r.Comment != nil && !r.Comment.Resolved {
				n++
			}
		})
	}
	return n
}

// planText are the findings on the text of the serviceplan, where the project has one that is written.
func (s *Session) planText(ctx context.Context, progress model.Progress) ([]plan.Finding, error) {
	m, _, err := s.namedManuscript(ctx, "")
	if err != nil || m == nil {
		return nil, err
	}
	return s.TextFindings(ctx, m, progress)
}
