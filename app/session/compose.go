package session

import (
	"context"
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/manuscript"
	"nabar/reports"
)

// madeDocument is a document with what it was made of, and what its writer should know of it.
type madeDocument struct {
	in      reports.Input
	doc     *reports.Document
	remarks []i18n.Message
}

// ComposeDocument makes the pages of a document as it is, with what its writer should know of it. What it shows for the first time
// is noted as shown.
func (s *Session) ComposeDocument(ctx context.Context, m *manuscript.Manuscript, progress model.Progress) (*reports.Document, []i18n.Message, error) {
	made, err := s.compose(ctx, m, nil, progress)
	return made.doc, made.remarks, err
}

// compose makes the pages of a document, with other facts on its cover where some are given.
func (s *Session) compose(ctx context.Context, m *manuscript.Manuscript, d *model.Decision, progress model.Progress) (madeDocument, error) {
	in, err := s.textInput(ctx, m, progress)
	if err != nil {
		return madeDocument{}, err
	}
	if d != nil {
		in.Decision = *d
		m = m.Copy()
		m.Head.Decision = *d
	}
	made := madeDocument{in: in}
	made.doc, made.remarks = reports.Compose(in, m)
	states, err := s.livingStates(ctx, m, in)
	if err != nil {
		return madeDocument{}, err
	}
	if stale := countStatus(states, LivingStale); stale > 0 {
		made.remarks = append(made.remarks, i18n.M("text.remark.stale", stale))
	}
	return made, s.noteShown(ctx, m, in)
}

// countStatus counts the living things of a status.
func countStatus(states []LivingState, status LivingStatus) (n int) {
	for _, st := range states {
		if st.Status == status {
			n++
		}
	}
	return n
}

// Document makes the pages of the document with a name: a title, a kind, or "" for the serviceplan. A kind that the project
// has no document of is made as the program proposes it, and the serviceplan as it has always been.
func (s *Session) Document(ctx context.Context, name string, progress model.Progress) (*reports.Document, []i18n.Message, error) {
	made, err := s.makeDocument(ctx, name, nil, orSilent(progress))
	return made.doc, made.remarks, err
}

// makeDocument makes the pages of the document with a name, with other facts on its cover where some are given.
func (s *Session) makeDocument(ctx context.Context, name string, d *model.Decision, progress model.Progress) (madeDocument, error) {
	m, kind, err := s.namedManuscript(ctx, name)
	if err != nil {
		return madeDocument{}, err
	}
	if m != nil {
		return s.compose(ctx, m, d, progress)
	}
	if kind == manuscript.Serviceplan {
		made := madeDocument{}
		if made.in, err = s.reportInput(ctx, progress); err != nil {
			return made, err
		}
		if d != nil {
			made.in.Decision = *d
		}
		made.doc = reports.Serviceplan(made.in)
		return made, nil
	}
	names, err := s.presentNames(ctx)
	if err != nil {
		return madeDocument{}, err
	}
	return s.compose(ctx, names.Standard(kind), d, progress)
}

// namedManuscript is the document that a name means: the first of a kind, or the one of a title. It is nil for a kind that the
// project has no document of.
func (s *Session) namedManuscript(ctx context.Context, name string) (*manuscript.Manuscript, manuscript.Kind, error) {
	all, err := s.Manuscripts(ctx)
	if err != nil {
		return nil, "", err
	}
	if name == "" {
		name = string(manuscript.Serviceplan)
	}
	for i := range all {
		if strings.EqualFold(all[i].Title, name) {
			return &all[i], all[i].Kind, nil
		}
	}
	kind := manuscript.Kind(strings.ToLower(name))
	for i := range all {
		if all[i].Kind == kind {
			return &all[i], kind, nil
		}
	}
	if slices.Contains(manuscript.Kinds(), kind) {
		return nil, kind, nil
	}
	m, err := s.FindManuscript(ctx, name)
	return m, kind, err
}
