package session

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format"
	"nabar/model/role"
)

// sampleRows is how many rows of a layer are looked at to recognise it.
const sampleRows = 200

// ImportOptions overrule what an import would find out by itself. The zero value leaves everything to it.
type ImportOptions struct {
	Role      model.Role    // what the layer is
	Layer     string        // layer in the file; "" for all
	Name      string        // the new layer's name; "" for the file's
	Beside    bool          // squares that stand beside the population: they count in demand sets alone
	Mapping   model.Mapping // column for a part
	CRS       string        // "EPSG:3006"
	Encoding  string        // "windows-1252"
	Separator rune
	NoHeader  bool
	Edition   string // of the data; "" for what the file tells
}

// readOptions are the options that the readers understand.
func (o ImportOptions) readOptions() format.Options {
	return format.Options{
		Layer: o.Layer, CRS: o.CRS, Encoding: o.Encoding,
		Separator: o.Separator, NoHeader: o.NoHeader, Mapping: o.Mapping,
	}
}

// Preview is what an import would do with a file: shown before anything is read in.
type Preview struct {
	Path     string
	File     string
	Format   string
	Layers   []LayerPreview
	Basemap  *BasemapInfo   // of an archive of map tiles, which has no layers; nil for all else
	Warnings []i18n.Message // those of the file as a whole; a layer's own stand with it
}

// LayerPreview is one layer of a previewed file.
type LayerPreview struct {
	Info     format.LayerInfo
	Guess    role.Guess
	CRS      crs.CRS // the system that would be used
	CRSKnown bool    // false: a guess from the coordinates, or none; then the user is asked
	CRSGuess []crs.CRS
	Sample   []model.Feature // the first rows
	Problem  error           // why the layer can't be imported as it stands; nil where it can
}

// Preview looks at a file without changing anything.
func (s *Session) Preview(ctx context.Context, path string, opt ImportOptions) (Preview, error) {
	if tiles, err := isBasemap(path, opt); tiles || err != nil {
		if err != nil {
			return Preview{}, err
		}
		return s.previewBasemap(ctx, path)
	}
	source, err := s.formats.Open(ctx, path, opt.readOptions())
	if isTiles(err, opt) {
		return s.previewBasemap(ctx, path)
	}
	if err != nil {
		return Preview{}, err
	}
	defer source.Close()
	types, err := s.typesOrDefault(ctx)
	if err != nil {
		return Preview{}, err
	}
	out := Preview{Path: path, File: filepath.Base(path), Format: source.Format()}
	for _, info := range source.Layers() {
		if opt.Layer != "" && info.Name != opt.Layer {
			continue
		}
		l, err := previewLayer(ctx, source, info, opt, types)
		if err != nil {
			return Preview{}, err
		}
		out.Layers = append(out.Layers, l)
	}
	out.lift(s.Printer())
	return out, nil
}

// lift makes the warnings that all layers have the file's.
func (p *Preview) lift(printer *i18n.Printer) {
	var lists [][]i18n.Message
	for _, l := range p.Layers {
		lists = append(lists, l.Info.Warnings)
	}
	for _, w := range shared(lists, printer) {
		p.Warnings = append(p.Warnings, w)
		for i := range p.Layers {
			info := &p.Layers[i].Info
			info.Warnings = without(info.Warnings, w, printer)
		}
	}
}

// typesOrDefault are the project's service types, or the usual ones where no project is open.
func (s *Session) typesOrDefault(ctx context.Context) ([]model.ServiceType, error) {
	if !s.HasProject() {
		return model.DefaultServiceTypes(), nil
	}
	return s.ServiceTypes(ctx)
}

// errEnough ends the reading of a sample.
var errEnough = errors.New("enough rows")

// sample reads the first rows of a layer.
func sample(ctx context.Context, source format.Source, layer string) ([]model.Feature, error) {
	var rows []model.Feature
	err := source.Read(ctx, layer, func(f model.Feature) error {
		rows = append(rows, f)
		if len(rows) == sampleRows {
			return errEnough
		}
		return nil
	}, func(format.Skip) {})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return rows, nil
}

// previewLayer recognises one layer and settles its system of coordinates.
func previewLayer(ctx context.Context, source format.Source, info format.LayerInfo, opt ImportOptions, types []model.ServiceType) (LayerPreview, error) {
	rows, err := sample(ctx, source, info.Name)
	if err != nil {
		return LayerPreview{}, err
	}
	l := LayerPreview{Info: info, Sample: rows, Guess: role.Recognise(info, rows, types)}
	if opt.Role != "" && opt.Role != l.Guess.Role {
		l.Guess = role.Guess{Role: opt.Role, Types: l.Guess.Types, Sure: true, Reason: i18n.M("session.role_told")}
	}
	mapping, err := role.Complete(l.Guess.Role, info, rows, merge(l.Guess.Mapping, opt.Mapping), types)
	if err != nil {
		l.Problem = err
	}
	l.Guess.Mapping = mapping
	l.settleCRS(opt.CRS)
	return l, nil
}

// merge lays the told mapping over the found one.
func merge(found, told model.Mapping) model.Mapping {
	out := model.Mapping{}
	for part, column := range found {
		out[part] = column
	}
	for part, column := range told {
		out[part] = column
	}
	return out
}

// settleCRS decides which system of coordinates the layer is in: what the user says, what the file says, what the
// coordinates allow. What remains unknown is a Problem that asks.
func (l *LayerPreview) settleCRS(told string) {
	if l.Info.Geometry == model.NoGeometry {
		l.CRS, l.CRSKnown = crs.SWEREF99TM, true
		return
	}
	if told != "" {
		c, err := crs.Parse(told)
		if err != nil {
			l.fail(err)
			return
		}
		l.CRS, l.CRSKnown = c, true
		return
	}
	l.CRSGuess = crs.Guess(l.bounds())
	switch {
	case !l.Info.CRS.IsZero():
		l.CRS, l.CRSKnown = l.Info.CRS, l.Info.CRSKnown
	case len(l.CRSGuess) > 0:
		l.CRS = l.CRSGuess[0]
	case l.empty():
		l.CRS = crs.SWEREF99TM
	default:
		l.fail(i18n.Errorf("session.crs_unknown", l.Info.Name))
	}
}

// fail keeps the first reason why the layer can't be imported.
func (l *LayerPreview) fail(err error) {
	if l.Problem == nil {
		l.Problem = err
	}
}

// bounds are the layer's bounds in its own system: told by the file, or those of the sample.
func (l *LayerPreview) bounds() orb.Bound {
	if !l.Info.Bounds.IsZero() {
		return l.Info.Bounds
	}
	var b orb.Bound
	started := false
	for _, f := range l.Sample {
		if f.Geometry == nil {
			continue
		}
		if !started {
			b, started = f.Geometry.Bound(), true
			continue
		}
		b = b.Union(f.Geometry.Bound())
	}
	return b
}

// empty tells whether no row of the sample has a geometry: then no system is needed.
func (l *LayerPreview) empty() bool {
	for _, f := range l.Sample {
		if f.Geometry != nil {
			return false
		}
	}
	return true
}
