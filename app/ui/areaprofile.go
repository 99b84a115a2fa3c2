package ui

import (
	"context"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/profile"
	"nabar/internal/i18n"
	"nabar/model"
)

// showProfile opens the profile of an area of a layer, by the area's id; "" is all of the layer.
func (w *Window) showProfile(layer, id string) {
	var areas []model.Area
	w.work(i18n.M("areas.ui.job", layer), func(ctx context.Context, _ model.Progress) (err error) {
		areas, err = w.session.LayerAreas(ctx, layer)
		return err
	}, func() {
		names, chosen := []string{w.printer.T("areas.ui.whole")}, 0
		for i, a := range areas {
			names = append(names, a.Name)
			if a.ID == id {
				chosen = i + 1
			}
		}
		var d *profile.Dialog
		turn := 0
		d = profile.Show(w.win, w.printer, w.printer.T("areas.ui.title", layer), names, func(i int) {
			area := session.Union(layer, areas)
			if i > 0 {
				area = areas[i-1]
			}
			turn++
			w.profileOf(area, layer, d, turn, &turn)
		})
		d.Export = w.askTable
		d.SelectArea(chosen)
	})
}

// profileOf has the profile of an area worked out and shown, unless another has been asked for since.
func (w *Window) profileOf(area model.Area, layer string, d *profile.Dialog, turn int, now *int) {
	q := w.choice.query()
	go func() {
		a, err := w.session.AreaProfile(context.Background(), area, layer, q, nil)
		w.dispatch(func() {
			switch {
			case turn != *now || !d.Visible():
			case err != nil:
				d.Fail(err)
			default:
				d.Set(a, w.typeName)
			}
		})
	}()
}

// usualRadius is that of a circle unless the user says otherwise, in kilometres.
const usualRadius = 5

// askAround asks for a radius and opens the profile of the circle around a position.
func (w *Window) askAround(at orb.Point) {
	p := w.printer
	ask.Line(w.win, p, p.T("areas.ui.around_title"), p.T("areas.ui.radius"), p.Float(usualRadius, 0), p.T("areas.ui.around_yes"), func(text string) {
		km, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(text), ",", ".", 1), 64)
		if err != nil {
			w.fail(i18n.Errorf("areas.ui.radius_wrong", text))
			return
		}
		area, err := w.session.Circle(at, km*1000)
		if err != nil {
			w.fail(err)
			return
		}
		turn := 1
		var d *profile.Dialog
		d = profile.Show(w.win, p, p.T("areas.ui.title", area.Name), []string{area.Name}, func(int) { w.profileOf(area, "", d, turn, &turn) })
		d.Export = w.askTable
		d.SelectArea(0)
	})
}
