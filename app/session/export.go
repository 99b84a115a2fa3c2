package session

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format/csv"
	"nabar/model/format/geojson"
	"nabar/model/format/shp"
	"nabar/model/format/xlsx"
	"nabar/model/project"
)

// Export writes one layer to a file of its own: .gpkg, .geojson, .csv, .xlsx or .shp by its ending. It gives remarks on
// what the file's format made it shorten or leave out.
func (s *Session) Export(ctx context.Context, layerName, path string, progress model.Progress) ([]i18n.Message, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	layer, err := s.layer(ctx, layerName)
	if err != nil {
		return nil, err
	}
	orSilent(progress)(i18n.M("session.progress_write", layer.Name), -1)
	return s.writeLayer(ctx, layer, path, features(ctx, p, layer))
}

// writeLayer writes rows of a layer to a file by its ending, as Export.
func (s *Session) writeLayer(ctx context.Context, layer model.Layer, path string, rows iter.Seq2[model.Feature, error]) ([]i18n.Message, error) {
	ext := strings.ToLower(filepath.Ext(path))
	if write := plainWriter(ext); write != nil {
		return nil, atomicfile.Write(path, func(w io.Writer) error { return write(w, layer, rows) })
	}
	switch ext {
	case ".shp":
		return exportShapefile(path, layer, rows)
	case ".gpkg":
		return nil, s.exportProject(ctx, layer, path, rows)
	default:
		return nil, i18n.Errorf("session.format_out", ext, ".gpkg, .geojson, .csv, .xlsx, .shp")
	}
}

// plainWriter gives the writer of a format that is one stream of bytes, by a file's ending in lower case; nil for others.
func plainWriter(ext string) func(io.Writer, model.Layer, iter.Seq2[model.Feature, error]) error {
	switch ext {
	case ".geojson", ".json":
		return geojson.Write
	case ".csv":
		return csv.Write
	case ".xlsx":
		return xlsx.Write
	}
	return nil
}

// shapeIndexes are files that other programs lay beside a shapefile to find in it. They tell of the one that was there
// before, and are made anew where they are missing.
var shapeIndexes = []string{".qix", ".sbn", ".sbx"}

// exportShapefile writes the files that make up a shapefile.
func exportShapefile(path string, layer model.Layer, rows iter.Seq2[model.Feature, error]) (remarks []i18n.Message, err error) {
	base := strings.TrimSuffix(path, filepath.Ext(path))
	paths := make([]string, len(shp.Extensions))
	for i, ext := range shp.Extensions {
		paths[i] = base + ext
	}
	paths[0] = path // as the user wrote it, .SHP too
	err = atomicfile.WriteSet(paths, func(files []io.WriteSeeker) error {
		remarks, err = shp.Write(files, layer, rows)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, ext := range shapeIndexes {
		if err := os.Remove(base + ext); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, i18n.Errorf("error.cannot_write", base+ext, err)
		}
	}
	return remarks, nil
}

// features goes through a layer's rows. The reading ends when the consumer stops.
func features(ctx context.Context, p *project.Project, layer model.Layer) iter.Seq2[model.Feature, error] {
	return func(yield func(model.Feature, error) bool) {
		stopped := false
		err := p.Features(ctx, layer, func(f model.Feature) error {
			if !yield(f, nil) {
				stopped = true
				return errEnough
			}
			return nil
		})
		if err != nil && !stopped {
			yield(model.Feature{}, err)
		}
	}
}

// exportProject writes the layer as the only one of a new GeoPackage.
func (s *Session) exportProject(ctx context.Context, layer model.Layer, path string, rows iter.Seq2[model.Feature, error]) error {
	out, err := project.Create(ctx, path, s.Kommun())
	if err != nil {
		return err
	}
	defer out.Close()
	return out.Edit(ctx, i18n.M("session.step_import", layer.Name), func(tx *project.Tx) error {
		_, err := tx.AddLayer(layer, func(yield func(model.Feature) error) error {
			for f, err := range rows {
				if err != nil {
					return err
				}
				if err := yield(f); err != nil {
					return err
				}
			}
			return nil
		})
		return err
	})
}
