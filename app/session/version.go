package session

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/plan"
	"nabar/model/project"
	"nabar/model/version"
	"nabar/reports"
)

// VersionRequest says what version is to be made.
type VersionRequest struct {
	Stage    version.Stage
	Name     string // "" for one made of stage and date
	Document string // which document; "" is the serviceplan
	Note     string
	Date     string         // ISO date of today
	Decision model.Decision // the cover's facts; its Status is the stage's
	Despite  bool           // also where the completeness check finds faults
}

// Versions are the versions that have been made, in their order.
func (s *Session) Versions(ctx context.Context) ([]version.Version, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	return p.Versions(ctx)
}

// MakeVersion writes the plan in every form and keeps it with its figures, so that it can be printed again byte for byte
// whatever becomes of the project. A decided version needs who decided, when, in which paragraph and case, and no fault in
// the completeness check unless the request says despite; it becomes the plan's cover from now on. It is one step that can
// be undone. Long work: with progress, and cancelled with the context.
func (s *Session) MakeVersion(ctx context.Context, r VersionRequest, progress model.Progress) (*version.Version, error) {
	progress = orSilent(progress)
	if err := s.soundVersion(ctx, &r); err != nil {
		return nil, err
	}
	if r.Stage.Decided() && !r.Despite {
		found, err := s.Completeness(ctx, r.Stage, &r.Decision, r.Date, part(progress, 0, 0.2))
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(found, func(f plan.Finding) bool { return f.Level == plan.Fault }); i >= 0 {
			return nil, i18n.Errorf("version.incomplete", count(found, plan.Fault), found[i].Text)
		}
	}
	v, files, err := s.writeVersion(ctx, &r, part(progress, 0.2, 0.95))
	if err != nil {
		return nil, err
	}
	progress(i18n.M("version.progress_keep"), 0.95)
	err = s.edit(ctx, i18n.M("version.step_make", v.Name), func(tx *project.Tx) error {
		if err := tx.AddVersion(v, files); err != nil {
			return err
		}
		if !r.Stage.Decided() {
			return nil
		}
		return tx.SetSetting(settingDecision, r.Decision)
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

// count counts the findings of a level.
func count(found []plan.Finding, l plan.Level) (n int) {
	for _, f := range found {
		if f.Level == l {
			n++
		}
	}
	return n
}

// soundVersion completes a request, and refuses one that lacks what its stage needs.
func (s *Session) soundVersion(ctx context.Context, r *VersionRequest) error {
	if !slices.Contains(version.Stages(), r.Stage) {
		var stages []string
		for _, st := range version.Stages() {
			stages = append(stages, string(st))
		}
		return i18n.Errorf("version.stage_wrong", string(r.Stage), strings.Join(stages, ", "))
	}
	if r.Date == "" || plan.LastDay(r.Date) != r.Date {
		return i18n.Errorf("version.date_wrong", r.Date)
	}
	d := &r.Decision
	d.Status = s.Printer().Text(r.Stage.Label())
	if r.Stage.Decided() {
		for _, f := range []struct{ key, value string }{
			{"body", d.Body}, {"date", d.Date}, {"paragraph", d.Paragraph}, {"case_number", d.CaseNumber},
		} {
			if strings.TrimSpace(f.value) == "" {
				return i18n.Errorf("version.needs", i18n.M("version.fact."+f.key))
			}
		}
		if plan.LastDay(d.Date) != d.Date {
			return i18n.Errorf("version.date_wrong", d.Date)
		}
	}
	if r.Name = strings.TrimSpace(r.Name); r.Name == "" {
		r.Name = s.Printer().T("version.name", d.Status, i18n.Date(r.Date))
	}
	all, err := s.Versions(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(v version.Version) bool { return strings.EqualFold(v.Name, r.Name) }) {
		return i18n.Errorf("version.taken", r.Name)
	}
	return nil
}

// writeVersion writes the document in every form, and what it was made of.
func (s *Session) writeVersion(ctx context.Context, r *VersionRequest, progress model.Progress) (*version.Version, map[string][]byte, error) {
	v, doc, err := s.recorded(ctx, r.Document, &r.Decision, s.watermark(r.Stage), part(progress, 0, 0.6))
	if err != nil {
		return nil, nil, err
	}
	v.Stage, v.Name, v.Note, v.Saved, v.Document = r.Stage, r.Name, r.Note, r.Date, r.Document
	if r.Stage == version.Revised {
		all, err := s.Versions(ctx)
		if err != nil {
			return nil, nil, err
		}
		if last := lastDecided(all); last != nil {
			v.Replaces = last.ID
		}
	}
	files := map[string][]byte{}
	for i, format := range version.Formats() {
		progress(i18n.M("version.progress_write", format), 0.6+0.4*share(i, len(version.Formats())))
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		write, err := s.writer("." + format)
		if err != nil {
			return nil, nil, err
		}
		var b bytes.Buffer
		if err := write(&b, doc); err != nil {
			return nil, nil, err
		}
		files[format] = b.Bytes()
	}
	return v, files, nil
}

// watermark is what stands across the pages of a version that nobody has decided on.
func (s *Session) watermark(stage version.Stage) string {
	if stage.Decided() {
		return ""
	}
	return strings.ToUpper(s.Printer().Text(stage.Label()))
}

// lastDecided is the last of the decided versions, nil where there is none.
func lastDecided(all []version.Version) *version.Version {
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Stage.Decided() {
			return &all[i]
		}
	}
	return nil
}

// recorded builds a document with the cover's facts, and a version that holds what it was made of.
func (s *Session) recorded(ctx context.Context, document string, d *model.Decision, watermark string, progress model.Progress) (*version.Version, *reports.Document, error) {
	made, err := s.makeDocument(ctx, document, d, progress)
	if err != nil {
		return nil, nil, err
	}
	doc, err := made.doc.Resolved()
	if err != nil {
		return nil, nil, err
	}
	doc.Watermark = watermark
	v := &version.Version{Decision: *d, Program: s.program(), Language: s.Printer().Lang()}
	v.Record, err = s.record(ctx, &made.in, doc)
	return v, doc, err
}

// record keeps what a document was made of.
func (s *Session) record(ctx context.Context, in *reports.Input, doc *reports.Document) (r version.Record, err error) {
	if r.Entries, err = version.EntriesOf(in.Plan); err != nil {
		return r, err
	}
	for i := range in.Results {
		name := s.Printer().Text(s.ServiceLabel(ctx, in.Results[i].Query.Service))
		r.Figures = append(r.Figures, version.FigureOf(&in.Results[i], name))
	}
	r.Places = openPlaces(in.Snapshot)
	for _, part := range doc.Outline() {
		r.Sections = append(r.Sections, version.Section(part))
	}
	for _, ref := range in.Snapshot.Inputs {
		r.Sources = append(r.Sources, version.Source{Layer: ref.Layer, File: ref.Source, SHA256: ref.SHA256, Edition: ref.Edition})
	}
	return r, nil
}

// openPlaces are the services that are open at the date of the parameters.
func openPlaces(snapshot *model.Snapshot) []version.Place {
	var out []version.Place
	for i := range snapshot.Facilities {
		if f := &snapshot.Facilities[i]; f.OpenOn(snapshot.Params.Date) {
			out = append(out, version.Place{ID: f.ID, Name: f.Name, Type: f.Type, Town: f.Town, E: f.At[0], N: f.At[1]})
		}
	}
	return out
}

// FindVersion finds a version by its number in the list, from 1, or by its name in any case.
func (s *Session) FindVersion(ctx context.Context, name string) (*version.Version, error) {
	all, err := s.Versions(ctx)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if strings.EqualFold(all[i].Name, strings.TrimSpace(name)) || number(i+1) == strings.TrimSpace(name) {
			return &all[i], nil
		}
	}
	var names []string
	for i := range all {
		names = append(names, all[i].Name)
	}
	if names == nil {
		return nil, i18n.Errorf("version.none", name)
	}
	return nil, i18n.Errorf("version.unknown", name, strings.Join(names, ", "))
}

// PrintVersion writes a version to a file as it was written then, in the form of the file's ending.
func (s *Session) PrintVersion(ctx context.Context, id int64, path string) error {
	p, err := s.current()
	if err != nil {
		return err
	}
	if err := atomicfile.Check(path); err != nil {
		return err
	}
	content, err := p.VersionFile(ctx, id, versionFormat(path))
	if err != nil {
		return err
	}
	return atomicfile.Write(path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// RemoveVersion takes a version away as a step that can be undone. A decided one needs decided to be true: it is what the
// council voted on.
func (s *Session) RemoveVersion(ctx context.Context, v *version.Version, decided bool) error {
	if v.Stage.Decided() && !decided {
		return i18n.Errorf("version.is_decided", v.Name)
	}
	return s.edit(ctx, i18n.M("version.step_remove", v.Name), func(tx *project.Tx) error { return tx.RemoveVersion(v.ID) })
}

// VersionNow is the plan as the project is now, as if it were a version. It is not kept.
func (s *Session) VersionNow(ctx context.Context, progress model.Progress) (*version.Version, error) {
	d, err := s.Decision(ctx)
	if err != nil {
		return nil, err
	}
	v, _, err := s.recorded(ctx, "", &d, "", orSilent(progress))
	if v != nil {
		v.Name = s.Printer().T("version.now")
	}
	return v, err
}
