package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/app/ui/tools"
	"nabar/mapview"
	"nabar/model"
	"nabar/model/rows"
)

// selecting is the tool that selects features of a layer: by clicks, boxes, areas and conditions.
type selecting struct {
	still
	ui     *tools.Select
	layers []model.Layer // that can be chosen among, the topmost first
	layer  int64         // id of the chosen one
	area   bool          // an area is drawn; else clicks and boxes count
	column int           // that is summed up
	turn   int           // counts the searches, so that a slow one does not overwrite a later one
}

func newSelecting(w *Window) *selecting {
	t := &selecting{still: still{w}}
	t.ui = tools.NewSelect(w.printer, tools.SelectActions{
		Layer: t.chooseLayer, Mode: t.setMode, Find: t.find, Column: t.sumUp, Invert: t.invert, Clear: w.selectNone, Zoom: w.zoomSelection,
		Table: t.table, Export: t.export, Leave: w.dropTool,
	})
	if rows := w.selected.rows; rows != nil {
		t.layer = rows.layer.ID
	}
	return t
}

func (*selecting) name() toolName             { return selectTool }
func (t *selecting) panel() fyne.CanvasObject { return t.ui.Object() }

func (t *selecting) begin() {
	t.follow()
	t.arm()
}

// follow shows the layers as they are now. What has features but is only computed can be selected too.
func (t *selecting) follow() {
	t.layers = nil
	for _, l := range slices.Backward(t.w.state.layers) {
		if l.Role != model.RoleBasemap {
			t.layers = append(t.layers, l)
		}
	}
	if _, there := t.chosenLayer(); !there && len(t.layers) > 0 {
		t.layer = t.layers[0].ID
		for _, l := range t.layers {
			if l.Visible && l.Role == model.RoleLayer {
				t.layer = l.ID
				break
			}
		}
	}
	t.showLayers()
	t.chosen()
}

// chosenLayer is the layer that is selected in.
func (t *selecting) chosenLayer() (model.Layer, bool) {
	i := slices.IndexFunc(t.layers, func(l model.Layer) bool { return l.ID == t.layer })
	if i < 0 {
		return model.Layer{}, false
	}
	return t.layers[i], true
}

func (t *selecting) showLayers() {
	names, chosen := make([]string, len(t.layers)), -1
	var columns []string
	for i, l := range t.layers {
		names[i] = l.Name
		if l.ID != t.layer {
			continue
		}
		chosen = i
		for _, f := range l.Fields {
			columns = append(columns, f.Name)
		}
	}
	t.column = min(t.column, max(len(columns)-1, 0))
	t.ui.SetLayers(names, chosen, columns, t.column)
	t.ui.SetMode(t.area)
}

// chooseLayer selects in another layer from now on.
func (t *selecting) chooseLayer(i int) {
	t.layer, t.column = t.layers[i].ID, 0
	t.showLayers()
	t.ui.Say("")
	t.chosen()
	t.arm()
}

// setMode has areas drawn, or clicks and boxes count.
func (t *selecting) setMode(area bool) {
	t.area = area
	t.arm()
}

// arm makes the map ready for the next choice.
func (t *selecting) arm() {
	t.w.win.Canvas().Focus(t.w.view)
	t.w.view.StopDrawing()
	if !t.area {
		t.w.view.OnBox = t.boxed
		return
	}
	t.w.view.OnBox = nil
	t.w.view.Draw(mapview.Sketch{Shape: mapview.AreaShape, Done: func(points []orb.Point) {
		if points == nil {
			t.w.dropTool()
			return
		}
		area, err := t.w.session.Polygon(points)
		if err == nil {
			t.search(session.Choice{Area: area.Shape}, t.w.view.Held())
		}
		t.arm()
	}})
}

// before are the features of the layer that are selected.
func (t *selecting) before() []int64 {
	if rows := t.w.selected.rows; rows != nil && rows.layer.ID == t.layer {
		return rows.ids
	}
	return nil
}

// tapped selects the feature under a click.
func (t *selecting) tapped(p mapview.Pointer) {
	l, there := t.chosenLayer()
	if !there {
		return
	}
	reach := hitReach * p.View.Scale * p.View.Unit
	t.run(func(ctx context.Context) ([]int64, error) {
		f, found, err := t.w.session.FeatureAt(ctx, l, p.At, reach)
		if err != nil || !found {
			return nil, err
		}
		return []int64{f.ID}, nil
	}, func(ids []int64) []int64 {
		if len(ids) == 0 && p.Modifier != 0 {
			return t.before() // a click beside, while more are being gathered, undoes nothing
		}
		return combine(t.before(), ids, p.Modifier)
	})
}

// boxed selects what has anything in a box.
func (t *selecting) boxed(b orb.Bound, held fyne.KeyModifier) {
	t.search(session.Choice{Area: session.Box(b)}, held)
}

// search selects what a choice finds, with the keys that were held.
func (t *selecting) search(c session.Choice, held fyne.KeyModifier) {
	l, there := t.chosenLayer()
	if !there {
		return
	}
	t.run(func(ctx context.Context) ([]int64, error) { return t.w.session.Select(ctx, l, c) },
		func(ids []int64) []int64 { return combine(t.before(), ids, held) })
}

// find selects by a condition.
func (t *selecting) find(where string, how tools.How) {
	l, there := t.chosenLayer()
	if !there {
		return
	}
	t.run(func(ctx context.Context) ([]int64, error) {
		return t.w.session.Select(ctx, l, session.Choice{Where: where})
	},
		func(ids []int64) []int64 {
			switch before := t.before(); how {
			case tools.Add:
				return combine(before, ids, fyne.KeyModifierShift)
			case tools.Take:
				return without(before, ids)
			case tools.Among:
				return without(before, without(before, ids))
			}
			return ids
		})
}

// invert selects what is not selected.
func (t *selecting) invert() {
	l, there := t.chosenLayer()
	if !there {
		return
	}
	before := t.before()
	t.run(func(ctx context.Context) ([]int64, error) { return t.w.session.Invert(ctx, l, before) }, func(ids []int64) []int64 { return ids })
}

// run searches in the background and makes what then says the selection. An empty condition is a fault like any other.
func (t *selecting) run(search func(context.Context) ([]int64, error), then func([]int64) []int64) {
	t.turn++
	turn := t.turn
	go func() {
		ids, err := search(context.Background())
		t.w.dispatch(func() {
			l, there := t.chosenLayer()
			if turn != t.turn || t.w.tool != tool(t) || !there {
				return
			}
			if err != nil {
				t.ui.Say(t.w.printer.Error(err))
				return
			}
			t.ui.Say("")
			t.w.chooseFeatures(l, then(ids), false)
		})
	}()
}

// chosen shows how much is selected, and sums a column of it up in the background.
func (t *selecting) chosen() {
	l, there := t.chosenLayer()
	ids := t.before()
	t.ui.SetCount(len(ids), l.Features, "")
	if !there || len(ids) == 0 || len(l.Fields) == 0 {
		return
	}
	column := t.column
	go func() {
		table, _, err := t.w.session.SelectedTable(context.Background(), l, ids)
		t.w.dispatch(func() {
			if err != nil || !slices.Equal(ids, t.before()) || column != t.column {
				return
			}
			order := make([]int, len(table.Rows))
			for i := range order {
				order[i] = i
			}
			text := rows.Describe(t.w.printer, table.Columns[column], rows.Summarise(&table, order, column))
			t.ui.SetCount(len(ids), l.Features, text)
		})
	}()
}

// sumUp sums another column up.
func (t *selecting) sumUp(column int) {
	t.column = column
	t.chosen()
}

// table opens the table of the layer.
func (t *selecting) table() {
	if l, there := t.chosenLayer(); there {
		t.w.showRows(l)
	}
}

// export writes the selected rows to a file.
func (t *selecting) export() {
	l, there := t.chosenLayer()
	ids := t.before()
	if !there || len(ids) == 0 {
		return
	}
	go func() {
		table, _, err := t.w.session.SelectedTable(context.Background(), l, ids)
		t.w.dispatch(func() {
			if err != nil {
				t.w.fail(err)
				return
			}
			t.w.exportTable(table)
		})
	}()
}
