package session

import (
	"context"
	"io"
	"os"
	"slices"
	"strings"

	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/model/manuscript"
	"nabar/model/project"
)

// settingTemplates holds the kommun's own templates.
const settingTemplates = "text_templates"

// Templates are the project's own templates, by title.
func (s *Session) Templates(ctx context.Context) ([]manuscript.Manuscript, error) {
	var out []manuscript.Manuscript
	return out, s.setting(ctx, settingTemplates, &out)
}

// Template is the project's own template with a title, in any case.
func (s *Session) Template(ctx context.Context, title string) (*manuscript.Manuscript, error) {
	all, err := s.Templates(ctx)
	if err != nil {
		return nil, err
	}
	var titles []string
	for i := range all {
		if strings.EqualFold(all[i].Title, strings.TrimSpace(title)) {
			return &all[i], nil
		}
		titles = append(titles, all[i].Title)
	}
	if titles == nil {
		return nil, i18n.Errorf("text.template_none", title)
	}
	return nil, i18n.Errorf("text.template_unknown", title, strings.Join(titles, ", "))
}

// SaveTemplate keeps a document as a template of the project's under a title, in place of one that has it; with its text, or
// with headings and what is living alone.
func (s *Session) SaveTemplate(ctx context.Context, m *manuscript.Manuscript, title string, text bool) error {
	t := m.Template(text)
	if t.Title = strings.Join(strings.Fields(title), " "); t.Title == "" {
		return i18n.Errorf("text.title_needed")
	}
	return s.editTemplates(ctx, "text.step_template", t.Title, t)
}

// RemoveTemplate takes a template out of the project; undo brings it back.
func (s *Session) RemoveTemplate(ctx context.Context, title string) error {
	t, err := s.Template(ctx, title)
	if err != nil {
		return err
	}
	return s.editTemplates(ctx, "text.step_template_remove", t.Title, nil)
}

// editTemplates puts a template in the place of the one with a title, nil for none.
func (s *Session) editTemplates(ctx context.Context, step, title string, t *manuscript.Manuscript) error {
	return s.editText(ctx, i18n.M(step, title), func(tx *project.Tx) error {
		var all []manuscript.Manuscript
		if _, err := tx.Setting(settingTemplates, &all); err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(o manuscript.Manuscript) bool { return strings.EqualFold(o.Title, title) })
		if t != nil {
			all = append(all, *t)
		}
		slices.SortStableFunc(all, func(a, b manuscript.Manuscript) int { return strings.Compare(a.Title, b.Title) })
		if len(all) == 0 {
			return tx.SetSetting(settingTemplates, nil)
		}
		return tx.SetSetting(settingTemplates, all)
	})
}

// WriteTemplate writes a document as a template to a file, for other projects.
func (s *Session) WriteTemplate(m *manuscript.Manuscript, path string, text bool) error {
	content, err := manuscript.WriteTemplate(m.Template(text))
	if err != nil {
		return err
	}
	if err := atomicfile.Check(path); err != nil {
		return err
	}
	return atomicfile.Write(path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// maxTemplate is how large a file of a template may be, in bytes.
const maxTemplate = 20 << 20

// ReadTemplate reads a template from a file.
func (s *Session) ReadTemplate(path string) (*manuscript.Manuscript, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, i18n.Errorf("text.file_unreadable", path, err)
	}
	if info.IsDir() || info.Size() > maxTemplate {
		return nil, i18n.Errorf("text.no_template")
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, i18n.Errorf("text.file_unreadable", path, err)
	}
	return manuscript.ReadTemplate(content)
}
