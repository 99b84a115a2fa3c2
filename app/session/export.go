package session

import (
	"context"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format/csv"
	"nabar/model/format/geojson"
	"nabar/model/project"
)

// Export writes one layer to a file of its own: .geojson, .csv or .gpkg by its ending.
func (s *Session) Export(ctx context.Context, layerName, path string, progress model.Progress) error {
	p, err := s.current()
	if err != nil {
		return err
	}
	layer, err := s.layer(ctx, layerName)
	if err != nil {
		return err
	}
	orSilent(progress)(i18n.M("session.progress_write", layer.Name), -1)
	rows := features(ctx, p, layer)
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".geojson", ".json":
		return atomicfile.Write(path, func(w io.Writer) error { return geojson.Write(w, layer, rows) })
	case ".csv":
		return atomicfile.Write(path, func(w io.Writer) error { return csv.Write(w, layer, rows) })
	case ".gpkg":
		return s.exportProject(ctx, layer, path, rows)
	default:
		return i18n.Errorf("session.format_out", ext, ".gpkg, .geojson, .csv")
	}
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
