package session

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format"
	"nabar/model/role"
)

// intake takes the rows of one layer in: it brings them to the project's system and keeps those that its role can use.
type intake struct {
	preview  LayerPreview
	name     string // of the new layer
	format   string
	printer  *i18n.Printer
	types    []model.ServiceType
	progress model.Progress
	rows     []model.Feature
	skipped  []model.Skipped
	count    int
}

// read takes all rows of the layer, and the warnings that the reading brought.
func (in *intake) read(ctx context.Context, source format.Source) error {
	if err := in.take(ctx, source); err != nil {
		return err
	}
	for _, info := range source.Layers() {
		if info.Name == in.preview.Info.Name {
			in.preview.Info.Warnings = info.Warnings
		}
	}
	return nil
}

// take takes the rows.
func (in *intake) take(ctx context.Context, source format.Source) error {
	accept, err := in.acceptor()
	if err != nil {
		return err
	}
	total := in.preview.Info.Features
	return source.Read(ctx, in.preview.Info.Name, func(f model.Feature) error {
		in.count++
		if in.count%1000 == 0 && total > 0 {
			in.progress(i18n.M("session.progress_read", in.name), min(share(in.count, total), 1))
		}
		if f.Geometry != nil {
			f.Geometry = crs.ToProject(f.Geometry, in.preview.CRS)
		}
		if reason := accept(&f); reason != nil {
			in.skip(f.ID, *reason)
			return nil
		}
		in.rows = append(in.rows, f)
		return nil
	}, func(s format.Skip) {
		in.count++
		in.skip(s.Row, s.Reason)
	})
}

// skip notes a row that can't be used.
func (in *intake) skip(row int64, reason i18n.Message) {
	in.skipped = append(in.skipped, model.Skipped{Row: row, Reason: in.printer.Text(reason)})
}

// acceptor gives the test that a row must pass to be of use in its role; nil means that it is.
func (in *intake) acceptor() (func(*model.Feature) *i18n.Message, error) {
	fields, mapping := in.preview.Info.Fields, in.preview.Guess.Mapping
	switch in.preview.Guess.Role {
	case model.RoleRoads:
		d, err := role.NewRoadDecoder(fields, mapping)
		if err != nil {
			return nil, err
		}
		return func(f *model.Feature) *i18n.Message { _, why := d.Decode(*f); return why }, nil
	case model.RolePopulation:
		d, err := role.NewCellDecoder(fields, mapping)
		if err != nil {
			return nil, err
		}
		return func(f *model.Feature) *i18n.Message {
			cell, why := d.Decode(*f)
			if why == nil && f.Geometry == nil {
				f.Geometry = square(cell)
			}
			return why
		}, nil
	case model.RoleServices:
		d, err := role.NewFacilityDecoder(in.name, fields, mapping, in.types)
		if err != nil {
			return nil, err
		}
		return func(f *model.Feature) *i18n.Message { _, why := d.Decode(*f); return why }, nil
	case model.RoleArea:
		return surface, nil
	}
	return func(*model.Feature) *i18n.Message { return nil }, nil
}

// surface accepts the rows that can be part of a border.
func surface(f *model.Feature) *i18n.Message {
	m := i18n.M("import.row_not_surface")
	switch f.Geometry.(type) {
	case orb.Polygon, orb.MultiPolygon:
		return nil
	case nil:
		m = i18n.M("import.row_no_geometry")
	}
	return &m
}

// square is the outline of a cell.
func square(c model.Cell) orb.Polygon {
	h := c.Size / 2
	x0, y0, x1, y1 := c.Centre[0]-h, c.Centre[1]-h, c.Centre[0]+h, c.Centre[1]+h
	return orb.Polygon{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}}
}

// edition is the date of the data themselves: told by the file, or by the first row of the column that carries it.
func (in *intake) edition() string {
	if in.preview.Info.Edition != "" || len(in.rows) == 0 {
		return in.preview.Info.Edition
	}
	column, ok := in.preview.Guess.Mapping[model.PartDate]
	if !ok {
		return ""
	}
	i := slices.IndexFunc(in.preview.Info.Fields, func(f model.Field) bool { return f.Name == column })
	if i < 0 || in.rows[0].Values[i] == nil {
		return ""
	}
	return fmt.Sprint(in.rows[0].Values[i])
}

// report sums up what was taken in.
func (in *intake) report() ImportReport {
	l := in.preview
	r := ImportReport{
		Role: l.Guess.Role, Format: in.format, Encoding: l.Info.Encoding,
		Read: in.count, Imported: len(in.rows), Skipped: in.skipped,
	}
	r.Warnings = append(r.Warnings, l.Info.Warnings...)
	if l.Info.Geometry != model.NoGeometry {
		r.CRS = l.CRS.String()
		if !l.CRSKnown && !l.Info.CRSTold {
			r.Warnings = append(r.Warnings, i18n.M("session.crs_guessed", l.CRS.Name(), l.CRS.String()))
		}
	}
	if m := in.unplaced(); m != nil {
		r.Warnings = append(r.Warnings, *m)
	}
	if l.Guess.Role == model.RoleServices {
		r.Warnings = append(r.Warnings, doubtfulDates(role.Dates(l.Info.Fields, l.Guess.Mapping, in.rows), l.Guess.Mapping)...)
	}
	return r
}

// doubtfulDates warns of dates that can be read in two ways, and of places that close before they open.
func doubtfulDates(d role.DateFindings, m model.Mapping) (warnings []i18n.Message) {
	if !d.Sure() {
		key := "series.dates_day_first"
		if m[model.PartDateOrder] == "="+role.MonthFirst {
			key = "series.dates_month_first"
		}
		warnings = append(warnings, i18n.M(key, d.Doubtful, d.Example))
	}
	if d.Backward > 0 {
		warnings = append(warnings, i18n.M("series.dates_backward", d.Backward))
	}
	return warnings
}

// unplaced tells of the rows that are kept and can't be shown on the map; nil where there are none. Only plain layers
// keep such rows: for the other roles they are of no use.
func (in *intake) unplaced() *i18n.Message {
	n := 0
	for _, f := range in.rows {
		if f.Geometry == nil {
			n++
		}
	}
	m := i18n.M("session.some_without_position", n, len(in.rows), in.name)
	switch {
	case n == 0 || in.preview.Guess.Role != model.RoleLayer:
		return nil
	case n == len(in.rows):
		m = i18n.M("session.no_positions", in.name)
	}
	return &m
}

// nothing is the Problem of a layer of which no row could be used: it names the first reason.
func (in *intake) nothing(path string) error {
	if len(in.skipped) == 0 {
		return i18n.Errorf("session.layer_empty", filepath.Base(path))
	}
	first := in.skipped[0]
	return i18n.Errorf("session.no_row_usable", filepath.Base(path), len(in.skipped), first.Row, first.Reason)
}

// geometry is the type that all the taken rows share.
func (in *intake) geometry() model.GeometryType {
	kind := model.NoGeometry
	for _, f := range in.rows {
		if f.Geometry == nil {
			continue
		}
		k := model.TypeOf(f.Geometry)
		if kind != model.NoGeometry && kind != k {
			return model.AnyGeometry
		}
		kind = k
	}
	if kind == model.NoGeometry {
		return in.preview.Info.Geometry
	}
	return kind
}
