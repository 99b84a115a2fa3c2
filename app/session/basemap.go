package session

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/format"
	"nabar/model/format/all"
	"nabar/model/format/tile"
	"nabar/model/project"
	"nabar/model/symbology"
)

// BasemapInfo is what an archive of map tiles holds, as the preview tells it.
type BasemapInfo struct {
	tile.Info
	Size     int64 // bytes
	Warnings []i18n.Message
}

// BasemapState is how the file of a basemap is found now.
type BasemapState struct {
	Path    string // where it was found, or is looked for
	Problem error  // why the map is drawn without it; nil where it is shown
	Changed bool   // it is not as large as when it was added
}

// isBasemap tells whether a file is to be added as a basemap: because the user says so, or because of what it holds.
func isBasemap(path string, opt ImportOptions) (bool, error) {
	if opt.Role != "" {
		return opt.Role == model.RoleBasemap, nil
	}
	kind, err := format.KindOf(path)
	return kind == "mbtiles" || kind == "pmtiles", err
}

// previewBasemap looks at an archive of map tiles.
func (s *Session) previewBasemap(ctx context.Context, path string) (Preview, error) {
	archive, err := all.OpenTiles(ctx, path)
	if err != nil {
		return Preview{}, err
	}
	tiles := render.NewTiles(archive, nil)
	defer tiles.Close()
	warnings, err := s.basemapWarnings(ctx, tiles)
	if err != nil {
		return Preview{}, err
	}
	stat, err := os.Stat(path)
	if err != nil {
		return Preview{}, i18n.Errorf("session.cannot_read", filepath.Base(path), err)
	}
	return Preview{
		Path: path, File: filepath.Base(path), Format: archive.Format(),
		Basemap: &BasemapInfo{archive.Info(), stat.Size(), warnings},
	}, nil
}

// basemapWarnings are what the user should know of an archive: tiles that can't be shown, that it lies elsewhere, that it names
// nobody.
func (s *Session) basemapWarnings(ctx context.Context, tiles *render.Tiles) ([]i18n.Message, error) {
	info := tiles.Info()
	out := slices.Clone(info.Warnings)
	tried, bad, err := tiles.Check(ctx)
	if err != nil {
		return nil, err
	}
	if bad > 0 {
		out = append(out, i18n.M("base.bad_tiles", bad, tried))
	}
	if s.HasProject() {
		bounds, err := s.Bounds(ctx)
		if err != nil {
			return nil, err
		}
		if shown := projectBounds(info.Bounds); !bounds.IsZero() && (shown.IsZero() || !shown.Intersects(bounds)) {
			out = append(out, i18n.M("base.elsewhere"))
		}
	}
	if info.Attribution == "" {
		out = append(out, i18n.M("base.no_attribution"))
	}
	return out, nil
}

// swerefArea is where SWEREF 99 TM is of use, in degrees: a basemap of the whole world is described by its part of it.
var swerefArea = orb.Bound{Min: orb.Point{5, 52}, Max: orb.Point{30, 71}}

// projectBounds are an archive's bounds in the project's system; zero where it lies far from Sweden.
func projectBounds(b orb.Bound) orb.Bound {
	if !b.Intersects(swerefArea) {
		return orb.Bound{}
	}
	for i := range 2 {
		b.Min[i], b.Max[i] = max(b.Min[i], swerefArea.Min[i]), min(b.Max[i], swerefArea.Max[i])
	}
	return crs.ToProject(b, crs.WGS84).(orb.Bound)
}

// importBasemap adds an archive of map tiles as a layer at the bottom. The file stays where it is.
func (s *Session) importBasemap(ctx context.Context, p *project.Project, path string, opt ImportOptions, progress model.Progress) ([]ImportReport, error) {
	preview, err := s.previewBasemap(ctx, path)
	if err != nil {
		return nil, err
	}
	progress(i18n.M("base.progress_sum", preview.File), -1)
	origin, err := s.basemapOrigin(ctx, p, path, preview)
	if err != nil {
		return nil, err
	}
	layer := basemapLayer(preview, origin, opt)
	report := ImportReport{
		Role: model.RoleBasemap, Format: preview.Format, CRS: origin.CRS, Read: 1, Imported: 1, Features: 1, Warnings: preview.Basemap.Warnings,
	}
	err = s.edit(ctx, i18n.M("base.step_add", layer.Name), func(tx *project.Tx) error {
		added, err := tx.AddLayer(layer, func(yield func(model.Feature) error) error { return yield(basemapFeature(preview)) })
		if err != nil {
			return err
		}
		report.Layer = added.Name
		if err := tx.SetQGISStyle(added.ID, symbology.QGISLayerStyle(s.Printer(), added, symbology.Style{}), ""); err != nil {
			return err
		}
		return layBottom(tx, added)
	})
	if err != nil {
		return nil, err
	}
	return []ImportReport{report}, nil
}

// layBottom puts a new basemap on top of the other basemaps and below all else.
func layBottom(tx *project.Tx, added model.Layer) error {
	layers, err := tx.Layers()
	if err != nil {
		return err
	}
	slices.SortStableFunc(layers, basemapsFirst)
	for i, l := range layers {
		if l.Position == i {
			continue
		}
		l.Position = i
		if err := tx.UpdateLayer(l); err != nil {
			return err
		}
	}
	return nil
}

// basemapsFirst orders layers so that basemaps lie below all others.
func basemapsFirst(a, b model.Layer) int {
	rank := func(l model.Layer) int {
		if l.Role == model.RoleBasemap {
			return 0
		}
		return 1
	}
	return rank(a) - rank(b)
}

// basemapOrigin is the provenance of a basemap, with where its file lies as seen from the project.
func (s *Session) basemapOrigin(ctx context.Context, p *project.Project, path string, preview Preview) (model.Import, error) {
	origin, err := identify(ctx, path, preview.Format)
	if err != nil {
		return model.Import{}, err
	}
	if origin.Path, err = relativePath(p.Path(), path); err != nil {
		return model.Import{}, err
	}
	info := preview.Basemap
	origin.Layer, origin.CRS, origin.Attribution, origin.Read, origin.Imported = info.Name, "EPSG:3857", info.Attribution, 1, 1
	for _, w := range info.Warnings {
		origin.Warnings = append(origin.Warnings, s.Printer().Text(w))
	}
	return origin, nil
}

// basemapLayer describes the layer of a basemap: its one feature is the area that the tiles cover, so that the project stays a GeoPackage
// that other programs can read.
func basemapLayer(preview Preview, origin model.Import, opt ImportOptions) model.Layer {
	name := opt.Name
	if name == "" {
		name = strings.TrimSuffix(preview.File, filepath.Ext(preview.File))
	}
	return model.Layer{
		Name: name, Role: model.RoleBasemap, Geometry: model.PolygonType, Visible: true, Opacity: 1, Source: origin,
		Fields: []model.Field{
			{Name: "file", Type: model.Text},
			{Name: "title", Type: model.Text},
			{Name: "attribution", Type: model.Text},
			{Name: "tiles", Type: model.Text},
			{Name: "min_zoom", Type: model.Integer},
			{Name: "max_zoom", Type: model.Integer},
		},
	}
}

// basemapFeature is the one feature of a basemap's layer.
func basemapFeature(preview Preview) model.Feature {
	info := preview.Basemap
	f := model.Feature{Values: []any{
		preview.File, info.Name, info.Attribution, string(info.Kind), int64(info.MinZoom), int64(info.MaxZoom),
	}}
	if b := projectBounds(info.Bounds); !b.IsZero() {
		f.Geometry = b.ToPolygon()
	}
	return f
}

// relativePath is where a file lies as seen from the project's folder, with slashes; a file on another drive keeps its whole path.
// One on a network address is refused: a project that somebody sends must not make the computer call another.
func relativePath(project, path string) (string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	folder, err := filepath.Abs(filepath.Dir(project))
	if err != nil {
		return "", err
	}
	if relative, err := filepath.Rel(folder, absolute); err == nil {
		return filepath.ToSlash(relative), nil
	}
	if onNetwork(absolute) {
		return "", i18n.Errorf("base.network", filepath.Base(path))
	}
	return filepath.ToSlash(absolute), nil
}

// onNetwork tells whether a path names another computer.
func onNetwork(path string) bool {
	path = filepath.ToSlash(path)
	return strings.HasPrefix(path, "//")
}

// findBasemap tells where the file of a basemap lies: where it did when it was added, as seen from the project, or beside the project.
func findBasemap(projectPath string, l model.Layer) (path string, info fs.FileInfo, err error) {
	folder := filepath.Dir(projectPath)
	first := filepath.FromSlash(l.Source.Path)
	if first == "" || onNetwork(first) {
		first = filepath.Base(l.Source.File)
	}
	if !filepath.IsAbs(first) {
		first = filepath.Join(folder, first)
	}
	for _, path := range []string{first, filepath.Join(folder, filepath.Base(l.Source.File))} {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path, info, nil
		}
	}
	return first, nil, i18n.Errorf("base.missing", l.Name, filepath.Base(first))
}

// FindBasemap tells a basemap where its file lies now. One that is not the file that was added takes its place, with its own
// provenance; same tells whether it is that file.
func (s *Session) FindBasemap(ctx context.Context, l model.Layer, path string, progress model.Progress) (same bool, err error) {
	p, err := s.current()
	if err != nil {
		return false, err
	}
	if l.Role != model.RoleBasemap {
		return false, i18n.Errorf("base.no_basemap", l.Name)
	}
	preview, err := s.previewBasemap(ctx, path)
	if err != nil {
		return false, err
	}
	orSilent(progress)(i18n.M("base.progress_sum", preview.File), -1)
	origin, err := s.basemapOrigin(ctx, p, path, preview)
	if err != nil {
		return false, err
	}
	same = origin.SHA256 == l.Source.SHA256
	l.Source = origin
	return same, s.edit(ctx, i18n.M("base.step_find", l.Name), func(tx *project.Tx) error { return tx.UpdateLayer(l) })
}

// openBasemap is an archive that is held open for the map.
type openBasemap struct {
	key   basemapKey
	tiles *render.Tiles
	err   error
}

// basemapKey tells files apart, and a file from what it was.
type basemapKey struct {
	path string
	size int64
	time int64
}

// Basemaps are the project's basemaps as the map shows them, the lowest first. One whose file can't be read has no Tiles, and the
// reason stands in states, by the layer's id.
func (s *Session) Basemaps(ctx context.Context) (maps []render.Basemap, states map[int64]BasemapState, err error) {
	p, err := s.current()
	if err != nil {
		return nil, nil, err
	}
	layers, err := s.Layers(ctx)
	if err != nil {
		return nil, nil, err
	}
	s.bases.mu.Lock()
	defer s.bases.mu.Unlock()
	states = map[int64]BasemapState{}
	open := map[basemapKey]*openBasemap{}
	for _, l := range layers {
		if l.Role != model.RoleBasemap {
			continue
		}
		path, info, err := findBasemap(p.Path(), l)
		state := BasemapState{Path: path, Problem: err}
		b := render.Basemap{Layer: l}
		if err == nil {
			o := s.bases.open(ctx, path, info, s.tilesArrived)
			if ctx.Err() != nil {
				return nil, nil, ctx.Err()
			}
			open[o.key] = o
			b.Tiles, state.Problem, state.Changed = o.tiles, o.err, info.Size() != l.Source.Size
		}
		maps, states[l.ID] = append(maps, b), state
	}
	s.bases.keep(open)
	return maps, states, nil
}

// BasemapNotes are what is to be said of basemaps that are not shown as they were added, layer by layer.
func (s *Session) BasemapNotes(ctx context.Context) ([]i18n.Message, error) {
	maps, states, err := s.Basemaps(ctx)
	if err != nil {
		return nil, err
	}
	var out []i18n.Message
	for _, b := range maps {
		var known *i18n.Problem
		switch state := states[b.Layer.ID]; {
		case errors.As(state.Problem, &known):
			out = append(out, known.Message)
		case state.Changed:
			out = append(out, i18n.M("base.changed", b.Layer.Name, b.Layer.Source.File))
		}
	}
	return out, nil
}

// tilesArrived tells that tiles have come which the map was drawn without.
func (s *Session) tilesArrived() { s.events.send(Event{Kind: TilesArrived}) }

// isTiles tells whether an import failed because the file is an archive of map tiles, whose name did not say so.
func isTiles(err error, opt ImportOptions) bool {
	return opt.Role == "" && errors.Is(err, i18n.Errorf("import.is_basemap"))
}
