package session

import (
	"context"
	"slices"
	"strings"

	"nabar/model/manuscript"
)

// NewText makes a document of a kind, or of a template, and keeps it under a title that no other has: that of the kind or the
// template, with a number behind it where there is one already.
func (s *Session) NewText(ctx context.Context, kind manuscript.Kind, from *manuscript.Manuscript) (*manuscript.Manuscript, error) {
	title := s.Printer().T("text.kind." + string(kind))
	if from != nil {
		kind, title = from.Kind, from.Title
	}
	all, err := s.Manuscripts(ctx)
	if err != nil {
		return nil, err
	}
	wanted := title
	for n := 2; slices.ContainsFunc(all, func(m manuscript.Manuscript) bool { return strings.EqualFold(m.Title, title) }); n++ {
		title = s.Printer().T("write.title_numbered", wanted, n)
	}
	return s.NewManuscript(ctx, kind, title, from)
}
