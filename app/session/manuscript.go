package session

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model/manuscript"
	"nabar/model/project"
)

// Manuscripts are the project's documents, in the user's order.
func (s *Session) Manuscripts(ctx context.Context) ([]manuscript.Manuscript, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	return p.Manuscripts(ctx)
}

// Manuscript is the document with an id.
func (s *Session) Manuscript(ctx context.Context, id int64) (*manuscript.Manuscript, error) {
	all, err := s.Manuscripts(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(m manuscript.Manuscript) bool { return m.ID == id })
	if i < 0 {
		return nil, i18n.Errorf("text.gone")
	}
	return &all[i], nil
}

// FindManuscript is the document with a title, or the only one of a kind, in any case; "" means the only one of the project.
func (s *Session) FindManuscript(ctx context.Context, name string) (*manuscript.Manuscript, error) {
	all, err := s.Manuscripts(ctx)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, i18n.Errorf("text.none")
	}
	var titles []string
	var fits []*manuscript.Manuscript
	for i := range all {
		m := &all[i]
		titles = append(titles, m.Title)
		if strings.EqualFold(m.Title, name) {
			return m, nil
		}
		if name == "" || strings.EqualFold(string(m.Kind), name) || strconv.FormatInt(m.ID, 10) == name {
			fits = append(fits, m)
		}
	}
	switch {
	case len(fits) == 1:
		return fits[0], nil
	case len(fits) == 0:
		return nil, i18n.Errorf("text.unknown", name, strings.Join(titles, ", "))
	}
	return nil, i18n.Errorf("text.choose", strings.Join(titles, ", "))
}

// Names are the names of figures and blocks for a document's language, "" for the session's.
func (s *Session) Names(ctx context.Context, lang string) (*manuscript.Names, error) {
	types, err := s.ServiceTypes(ctx)
	if err != nil {
		return nil, err
	}
	p := s.Printer()
	if lang != "" {
		p = i18n.For(lang)
	}
	return manuscript.NewNames(p, types), nil
}

// NewManuscript makes a document of a kind and keeps it; from is the template that it is made of, nil for the program's own.
// Without a title it is called what its kind is called. The titles of a project are different.
func (s *Session) NewManuscript(ctx context.Context, kind manuscript.Kind, title string, from *manuscript.Manuscript) (*manuscript.Manuscript, error) {
	if from == nil {
		names, err := s.presentNames(ctx)
		if err != nil {
			return nil, err
		}
		if from = names.Standard(kind); from == nil {
			var kinds []string
			for _, k := range manuscript.Kinds() {
				kinds = append(kinds, string(k))
			}
			return nil, i18n.Errorf("text.kind_unknown", string(kind), strings.Join(kinds, ", "))
		}
	}
	m := from.Template(true)
	m.Kind = kind
	if title = strings.Join(strings.Fields(title), " "); title != "" {
		m.Title = title
	}
	return m, s.keepManuscript(ctx, m)
}

// presentNames are the names for the service types that have a place in the project, or for all types where none has.
func (s *Session) presentNames(ctx context.Context) (*manuscript.Names, error) {
	types, err := s.Present(ctx)
	if err != nil || len(types) == 0 {
		return s.Names(ctx, "")
	}
	return manuscript.NewNames(s.Printer(), types), nil
}

// keepManuscript keeps a new document under a title that no other has.
func (s *Session) keepManuscript(ctx context.Context, m *manuscript.Manuscript) error {
	return s.editText(ctx, i18n.M("text.step_new", m.Title), func(tx *project.Tx) error {
		if err := freeTitle(tx, m); err != nil {
			return err
		}
		return tx.AddManuscript(m)
	})
}

// freeTitle makes sure that a document has a title, and no other has the same.
func freeTitle(tx *project.Tx, m *manuscript.Manuscript) error {
	if m.Title == "" {
		return i18n.Errorf("text.title_needed")
	}
	all, err := tx.Manuscripts()
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].ID != m.ID && strings.EqualFold(all[i].Title, m.Title) {
			return i18n.Errorf("text.title_taken", m.Title)
		}
	}
	return nil
}

// RenameManuscript gives a document another title.
func (s *Session) RenameManuscript(ctx context.Context, id int64, title string) error {
	title = strings.Join(strings.Fields(title), " ")
	return s.editManuscript(ctx, id, "text.step_rename", func(tx *project.Tx, m *manuscript.Manuscript) error {
		m.Title = title
		if err := freeTitle(tx, m); err != nil {
			return err
		}
		return tx.UpdateManuscript(m)
	})
}

// SetManuscriptHead changes the particulars of a document's first page.
func (s *Session) SetManuscriptHead(ctx context.Context, id int64, head manuscript.Head) error {
	return s.editManuscript(ctx, id, "text.step_head", func(tx *project.Tx, m *manuscript.Manuscript) error {
		m.Head = head
		return tx.UpdateManuscript(m)
	})
}

// RemoveManuscript takes a document out of the project; undo brings it back.
func (s *Session) RemoveManuscript(ctx context.Context, id int64) error {
	return s.editManuscript(ctx, id, "text.step_remove", func(tx *project.Tx, m *manuscript.Manuscript) error {
		return tx.RemoveManuscript(m.ID)
	})
}

// editManuscript changes a document as a step that names it.
func (s *Session) editManuscript(ctx context.Context, id int64, step string, fn func(*project.Tx, *manuscript.Manuscript) error) error {
	m, err := s.Manuscript(ctx, id)
	if err != nil {
		return err
	}
	return s.editText(ctx, i18n.M(step, m.Title), func(tx *project.Tx) error {
		now, err := tx.Manuscript(id)
		if err != nil {
			return err
		}
		return fn(tx, now)
	})
}

// editText runs fn as one undoable step of the documents' text and tells subscribers: no figure is another for it.
func (s *Session) editText(ctx context.Context, name i18n.Message, fn func(*project.Tx) error) error {
	p, err := s.current()
	if err != nil {
		return err
	}
	if err := p.Edit(ctx, name, fn); err != nil {
		return err
	}
	s.events.send(Event{Kind: TextChanged}, Event{Kind: HistoryChanged})
	return nil
}
