package ui

import (
	"context"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/internal/i18n"
	"nabar/model"
)

// riskRows is how many roads the table of the worst ones shows; the layer has them all.
const riskRows = 500

// showRoadRisks closes every road, one at a time, keeps those that make anything worse as a layer, which the map then
// shows, and sets the worst out in a table. A row shows its road on the map.
func (w *Window) showRoadRisks() {
	if !w.writable() || w.state.missing != "" {
		return
	}
	q := w.state.choice.query()
	var r *model.RoadRisks
	var data model.Table
	w.work(i18n.M("prep.job_roads"), func(ctx context.Context, progress model.Progress) (err error) {
		if r, err = w.session.RoadRisks(ctx, q, nil, 0, progress); err != nil {
			return err
		}
		if _, err = w.session.SaveRoadRisks(ctx, q, r, ""); err != nil {
			return err
		}
		data, err = w.session.RoadRisksTable(ctx, q, r, riskRows)
		return err
	}, func() {
		w.reload()
		var sheet *ask.Sheet
		t := w.newTable(data, func(row string) {
			sheet.Hide()
			w.showRiskyRoad(r, row)
		})
		sheet = w.showTables(data.Name, t.Object())
	})
}

// showRiskyRoad brings the road of a row to the middle of the map.
func (w *Window) showRiskyRoad(r *model.RoadRisks, row string) {
	for i := range r.Roads {
		if one := &r.Roads[i]; session.RoadName(one.Layer, one.FID) == row {
			w.view.Centre(one.At)
			return
		}
	}
}
