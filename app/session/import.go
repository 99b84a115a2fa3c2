package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format"
	"nabar/model/project"
	"nabar/model/symbology"
)

// ImportReport is what an import did with one layer.
type ImportReport struct {
	Layer    string
	Role     model.Role
	Format   string
	CRS      string
	Encoding string
	Read     int
	Imported int
	Skipped  []model.Skipped
	Warnings []i18n.Message
	Features int
}

// Import reads a file into the project as one undoable step and reports layer by layer what came in and what did not.
// Nothing is changed when it fails or is cancelled.
func (s *Session) Import(ctx context.Context, path string, opt ImportOptions, progress model.Progress) ([]ImportReport, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	if reason, readOnly := p.ReadOnly(); readOnly {
		return nil, i18n.Errorf("session.read_only", reason)
	}
	if tiles, err := isBasemap(path, opt); err != nil {
		return nil, err
	} else if tiles {
		return s.importBasemap(ctx, p, path, opt, orSilent(progress))
	}
	run := &importRun{s: s, project: p, path: path, opt: opt, progress: orSilent(progress)}
	reports, err := run.do(ctx)
	if isTiles(err, opt) {
		return s.importBasemap(ctx, p, path, opt, orSilent(progress))
	}
	if err != nil {
		return nil, err
	}
	s.changed()
	return reports, nil
}

// importRun is one import under way.
type importRun struct {
	s        *Session
	project  *project.Project
	path     string
	opt      ImportOptions
	progress model.Progress
	types    []model.ServiceType
	origin   model.Import   // what all layers of the file share
	leftOut  []i18n.Message // the layers that are not imported beside those that are, and why
}

// do opens the file, previews its layers and writes those that can be imported.
func (r *importRun) do(ctx context.Context) ([]ImportReport, error) {
	r.progress(i18n.M("session.progress_open", filepath.Base(r.path)), 0)
	source, err := r.s.formats.Open(ctx, r.path, r.opt.readOptions())
	if err != nil {
		return nil, err
	}
	defer source.Close()
	if r.types, err = r.s.ServiceTypes(ctx); err != nil {
		return nil, err
	}
	previews, err := r.previews(ctx, source)
	if err != nil {
		return nil, err
	}
	if r.origin, err = identify(ctx, r.path, source.Format()); err != nil {
		return nil, err
	}
	intakes, err := r.read(ctx, source, previews)
	if err != nil {
		return nil, err
	}
	var reports []ImportReport
	err = r.project.Edit(ctx, i18n.M("session.step_import", r.origin.File), func(tx *project.Tx) error {
		reports = reports[:0]
		for i, in := range intakes {
			report, err := r.write(ctx, tx, in, part(r.progress, 0.5+0.5*share(i, len(intakes)), 0.5+0.5*share(i+1, len(intakes))))
			if err != nil {
				return err
			}
			reports = append(reports, report)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	reports[0].Warnings = append(reports[0].Warnings, r.leftOut...)
	return once(reports, r.s.Printer()), nil
}

// leave notes a layer that is not imported, and why.
func (r *importRun) leave(name string, why error) {
	reason := i18n.Plain(why.Error())
	var p *i18n.Problem
	if errors.As(why, &p) {
		reason = p.Message
	}
	r.leftOut = append(r.leftOut, i18n.M("session.left_out", name, reason))
}

// once keeps a warning that all the layers of a file have in the first report alone: it is the file's.
func once(reports []ImportReport, p *i18n.Printer) []ImportReport {
	var lists [][]i18n.Message
	for _, r := range reports {
		lists = append(lists, r.Warnings)
	}
	for _, w := range shared(lists, p) {
		for i := range reports[1:] {
			reports[i+1].Warnings = without(reports[i+1].Warnings, w, p)
		}
	}
	return reports
}

// shared gives the messages that stand, word for word, in every one of several lists.
func shared(lists [][]i18n.Message, p *i18n.Printer) []i18n.Message {
	if len(lists) < 2 {
		return nil
	}
	var out []i18n.Message
	for _, m := range lists[0] {
		missing := func(list []i18n.Message) bool { return len(without(list, m, p)) == len(list) }
		if !slices.ContainsFunc(lists[1:], missing) {
			out = append(out, m)
		}
	}
	return out
}

// without gives a list without a message.
func without(list []i18n.Message, m i18n.Message, p *i18n.Printer) []i18n.Message {
	text := p.Text(m)
	return slices.DeleteFunc(slices.Clone(list), func(other i18n.Message) bool { return p.Text(other) == text })
}

// share is i of n as a part of one.
func share(i, n int) float64 { return float64(i) / float64(n) }

// read takes all layers in before anything is written, so that the project is held only for the writing. A layer that
// gives no rows is left out where another gives some.
func (r *importRun) read(ctx context.Context, source format.Source, previews []LayerPreview) ([]*intake, error) {
	var intakes []*intake
	var first error
	for i, l := range previews {
		in := &intake{
			preview: l, name: r.layerName(l), format: source.Format(), printer: r.s.Printer(), types: r.types,
			progress: part(r.progress, 0.5*share(i, len(previews)), 0.5*share(i+1, len(previews))),
		}
		if err := in.read(ctx, source); err != nil {
			return nil, err
		}
		if len(in.rows) > 0 {
			intakes = append(intakes, in)
			continue
		}
		why := in.nothing(r.path)
		r.leave(l.Info.Name, why)
		if first == nil {
			first = why
		}
	}
	if len(intakes) == 0 {
		return nil, first
	}
	return intakes, nil
}

// previews are the layers to import: the named one, or all that can be. A file of which none can be gives the reason.
func (r *importRun) previews(ctx context.Context, source format.Source) ([]LayerPreview, error) {
	var good []LayerPreview
	var names []string
	var first error
	for _, info := range source.Layers() {
		names = append(names, info.Name)
		if r.opt.Layer != "" && info.Name != r.opt.Layer {
			continue
		}
		l, err := previewLayer(ctx, source, info, r.opt, r.types)
		if err != nil {
			return nil, err
		}
		if l.Problem == nil {
			good = append(good, l)
			continue
		}
		r.leave(info.Name, l.Problem)
		if first == nil {
			first = l.Problem
		}
	}
	switch {
	case len(good) > 0:
		return good, nil
	case first != nil:
		return nil, first
	case r.opt.Layer != "":
		return nil, i18n.Errorf("session.no_layer_in_file", r.opt.Layer, strings.Join(names, ", "))
	}
	return nil, i18n.Errorf("session.file_without_layers", filepath.Base(r.path))
}

// identify reads the file's size and fingerprint: the provenance of every layer in it.
func identify(ctx context.Context, path, formatName string) (model.Import, error) {
	f, err := os.Open(path)
	if err != nil {
		return model.Import{}, i18n.Errorf("session.cannot_read", filepath.Base(path), err)
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, contextReader{ctx, f})
	if err != nil {
		return model.Import{}, i18n.Errorf("session.cannot_read", filepath.Base(path), err)
	}
	return model.Import{
		File: filepath.Base(path), Size: n, SHA256: hex.EncodeToString(h.Sum(nil)), Format: formatName,
		Date: time.Now().Format(time.DateOnly),
	}, nil
}

// contextReader ends a long read when the context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

// Read reads unless the context has ended.
func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// write adds one layer that was taken in to the project.
func (r *importRun) write(ctx context.Context, tx *project.Tx, in *intake, progress model.Progress) (ImportReport, error) {
	report := in.report()
	before, err := tx.Layers()
	if err != nil {
		return ImportReport{}, err
	}
	retired, err := r.retire(ctx, tx, report.Role)
	if err != nil {
		return ImportReport{}, err
	}
	report.Warnings = append(report.Warnings, retired...)
	layer, err := tx.AddLayer(r.definition(in, report), func(yield func(model.Feature) error) error {
		for i, f := range in.rows {
			if i%1000 == 0 {
				progress(i18n.M("session.progress_write", in.name), share(i, len(in.rows)))
			}
			if err := yield(f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return ImportReport{}, err
	}
	look := symbology.QGISLayerStyle(r.s.Printer(), layer, ownLook(layer, in.types, in.rows))
	if err := tx.SetQGISStyle(layer.ID, look, ""); err != nil {
		return ImportReport{}, err
	}
	report.Layer, report.Features = layer.Name, layer.Features
	return report, followPeople(tx, before, layer)
}

// layerName is the new layer's name: told, or the file's layer, or the file.
func (r *importRun) layerName(l LayerPreview) string {
	if r.opt.Name != "" {
		return r.opt.Name
	}
	if l.Info.Name != "" {
		return l.Info.Name
	}
	base := filepath.Base(r.path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// definition describes the new layer.
func (r *importRun) definition(in *intake, report ImportReport) model.Layer {
	l, origin := in.preview, r.origin
	origin.Layer, origin.CRS, origin.Encoding, origin.Edition = l.Info.Name, report.CRS, l.Info.Encoding, in.edition()
	if r.opt.Edition != "" {
		origin.Edition = r.opt.Edition
	}
	origin.Read, origin.Imported, origin.Skipped = report.Read, report.Imported, report.Skipped
	for _, w := range report.Warnings {
		origin.Warnings = append(origin.Warnings, r.s.Printer().Text(w))
	}
	kind := l.Guess.Role
	if r.beside(kind) {
		kind = model.RoleLayer
	}
	return model.Layer{
		Name: in.name, Role: kind, Geometry: in.geometry(), Fields: l.Info.Fields,
		Mapping: l.Guess.Mapping, Visible: true, Opacity: 1, Source: origin,
	}
}

// beside tells whether the new layer is squares that only demand sets count.
func (r *importRun) beside(role model.Role) bool { return r.opt.Beside && role == model.RolePopulation }

// retire turns the layer that had a role that only one layer can have into a plain layer: the new one counts from now.
func (r *importRun) retire(ctx context.Context, tx *project.Tx, newRole model.Role) ([]i18n.Message, error) {
	if newRole != model.RoleRoads && newRole != model.RolePopulation || r.beside(newRole) {
		return nil, nil
	}
	layers, err := tx.Layers()
	if err != nil {
		return nil, err
	}
	var notes []i18n.Message
	for _, old := range layers {
		if old.Role != newRole {
			continue
		}
		old.Role, old.Visible = model.RoleLayer, false
		if err := tx.UpdateLayer(old); err != nil {
			return nil, err
		}
		notes = append(notes, i18n.M("session.retired", old.Name, i18n.M("role."+string(newRole))))
	}
	return notes, nil
}
