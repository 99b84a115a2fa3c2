package project

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"nabar/internal/i18n"
	"nabar/model"
)

// Feature gives the feature of an id, or a problem where the layer has none.
func (p *Project) Feature(ctx context.Context, layer model.Layer, id int64) (found model.Feature, err error) {
	there := false
	err = p.reading(ctx, func(db *sql.DB) error {
		args := []driver.NamedValue{{Ordinal: 1, Value: id}}
		return stream(ctx, db, layer, selectSQL(&layer)+` WHERE "fid"=?`, args, func(f model.Feature) error {
			found, there = f, true
			return nil
		})
	})
	if err == nil && !there {
		err = i18n.Errorf("project.no_feature", layer.Name, id)
	}
	return found, err
}

// FeaturesFrom is Features for at most count of those whose ids lie above after: a page. The last id of a page is after of the
// next.
func (p *Project) FeaturesFrom(ctx context.Context, layer model.Layer, after int64, count int, yield func(model.Feature) error) error {
	args := []driver.NamedValue{{Ordinal: 1, Value: after}, {Ordinal: 2, Value: int64(count)}}
	return p.reading(ctx, func(db *sql.DB) error {
		return stream(ctx, db, layer, selectSQL(&layer)+` WHERE "fid">? ORDER BY "fid" LIMIT ?`, args, yield)
	})
}
