package session

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"nabar/analysis/access"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format"
	"nabar/model/role"
)

// DefaultTolerance is within how many metres distances of a square are equal unless the user says otherwise.
const DefaultTolerance = access.DefaultTolerance

// ReferenceOptions overrule what would be found out about another program's result. The zero value leaves everything to it,
// but for Tolerance.
type ReferenceOptions struct {
	Layer     string        // layer in the file; "" for the only one that can be used
	Mapping   model.Mapping // column for model.PartCellID, PartReferenceCost, PartPeople and PartReferenceNearest
	Unit      model.ReferenceUnit
	Tolerance float64 // metres, inclusive; below 0 for DefaultTolerance
}

// PiposDifferences compares the distances of a query with Pipos' result, which is a layer of the project or a file, square
// by square, and tells which rule makes each difference. The project's figures are those by the program's own rules,
// whatever rules the project has. Nothing is stored.
func (s *Session) PiposDifferences(ctx context.Context, result string, q model.Query, opt ReferenceOptions, progress model.Progress) (*model.Differences, error) {
	progress = orSilent(progress)
	if _, err := s.current(); err != nil {
		return nil, err
	}
	if err := s.knownService(ctx, q.Service); err != nil {
		return nil, err
	}
	ref, err := s.reference(ctx, result, opt)
	if err != nil {
		return nil, err
	}
	q.Impedance, q.Pipos = model.Distance, false
	v, err := s.variant(ctx, withBands(q), part(progress, 0, 0.2))
	if err != nil {
		return nil, err
	}
	if err := complete(v.base); err != nil {
		return nil, err
	}
	snapshot := *v.snapshot
	snapshot.Params.Rules = 0
	return access.Differ(ctx, &snapshot, engine{variant: v}.query(q), ref, opt.Tolerance, part(progress, 0.2, 1))
}

// reference reads a result by squares from a layer of the project, or else from a file.
func (s *Session) reference(ctx context.Context, result string, opt ReferenceOptions) (*model.Reference, error) {
	layer, missing := s.layer(ctx, result)
	if missing != nil {
		if _, err := os.Stat(result); errors.Is(err, os.ErrNotExist) {
			return nil, i18n.Errorf("pipos.no_result", result)
		}
		return s.referenceFile(ctx, result, opt)
	}
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	in := &referenceIntake{printer: s.Printer(), unit: opt.Unit}
	if err := in.begin(layer.Name, layer.Fields, opt.Mapping); err != nil {
		return nil, err
	}
	in.out.SHA256 = layer.Source.SHA256
	return in.out, p.Features(ctx, layer, in.row)
}

// referenceFile reads a file's layer: the one that is named, else the only one with the columns of a result.
func (s *Session) referenceFile(ctx context.Context, path string, opt ReferenceOptions) (*model.Reference, error) {
	source, err := s.formats.Open(ctx, path, format.Options{Layer: opt.Layer})
	if err != nil {
		return nil, err
	}
	defer source.Close()
	file := filepath.Base(path)
	var in *referenceIntake
	var usable []string
	problem := error(i18n.Errorf("pipos.no_layer", file, opt.Layer))
	for _, info := range source.Layers() {
		if opt.Layer != "" && info.Name != opt.Layer {
			continue
		}
		one := &referenceIntake{printer: s.Printer(), unit: opt.Unit}
		if err := one.begin(file, info.Fields, opt.Mapping); err != nil {
			problem = err
			continue
		}
		in, usable = one, append(usable, info.Name)
	}
	switch len(usable) {
	case 0:
		return nil, problem
	case 1:
	default:
		return nil, i18n.Errorf("pipos.several_layers", file, strings.Join(usable, ", "))
	}
	origin, err := identify(ctx, path, source.Format())
	if err != nil {
		return nil, err
	}
	in.out.SHA256 = origin.SHA256
	return in.out, source.Read(ctx, usable[0], in.row, in.skip)
}

// referenceIntake takes the rows of a result in.
type referenceIntake struct {
	printer *i18n.Printer
	unit    model.ReferenceUnit
	decoder *role.ReferenceDecoder
	out     *model.Reference
}

// begin finds the columns.
func (in *referenceIntake) begin(source string, fields []model.Field, given model.Mapping) (err error) {
	if in.decoder, err = role.NewReferenceDecoder(fields, given); err != nil {
		return err
	}
	in.out = &model.Reference{Source: source, Mapping: in.decoder.Mapping, Unit: in.decoder.Unit}
	if in.unit != "" {
		in.out.Unit = in.unit
	}
	return nil
}

// row takes a row.
func (in *referenceIntake) row(f model.Feature) error {
	cell, why := in.decoder.Decode(f)
	if why != nil {
		in.skip(format.Skip{Row: f.ID, Reason: *why})
		return nil
	}
	in.out.Cells = append(in.out.Cells, cell)
	return nil
}

// skip notes a row that can't be used.
func (in *referenceIntake) skip(s format.Skip) {
	in.out.Skipped = append(in.out.Skipped, model.Skipped{Row: s.Row, Reason: in.printer.Text(s.Reason)})
}
