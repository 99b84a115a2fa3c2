package ui

import (
	"strconv"
	"testing"

	"nabar/app/ui/widgets"
	"nabar/model"
)

// openRows opens the table of the first layer of a role in the demo kommun.
func openRows(t *testing.T, role model.Role) (*bench, *rowsWindow) {
	t.Helper()
	b := openBench(t)
	for _, l := range b.state.layers {
		if l.Role == role {
			b.showRows(l)
			r := b.rows[l.ID]
			b.until("the rows are read", func() bool {
				_, all := r.panel.Table.Count()
				return all == l.Features && b.calm()
			})
			return b, r
		}
	}
	t.Fatalf("no layer of role %s", role)
	return nil, nil
}

// TestOneSelectionForMapAndTable chooses a place in the table and another on the map.
func TestOneSelectionForMapAndTable(t *testing.T) {
	b, r := openRows(t, model.RoleServices)
	first, second := b.state.snapshot.Facilities[0], b.state.snapshot.Facilities[1]
	if first.Layer != r.layer.Name || second.Layer != r.layer.Name {
		t.Skip("the demo kommun has several layers of places")
	}
	b.selectRows(r, []string{strconv.FormatInt(first.FID, 10)})
	b.until("the place is chosen", func() bool { return b.selected.facility == first.ID })
	b.selectFacility(second.ID, false)
	if got := r.panel.Table.Selected(); got != strconv.FormatInt(second.FID, 10) {
		t.Errorf("row %q is chosen, want %d", got, second.FID)
	}
}

// TestCellIsEditedInTheWindow writes another name, sees it in table and map, and takes it back.
func TestCellIsEditedInTheWindow(t *testing.T) {
	b, r := openRows(t, model.RoleServices)
	f := b.state.snapshot.Facilities[0]
	row := strconv.FormatInt(f.FID, 10)
	column := -1
	for i, field := range r.layer.Fields {
		if field.Name == r.layer.Mapping[model.PartName] {
			column = i
		}
	}
	b.askCell(r, row, column)
	entries := inside[*widgets.Entry](r.win.Canvas().Overlays().Top())
	if len(entries) != 1 || entries[0].Text != f.Name {
		t.Fatalf("the value is not asked for: %v", entries)
	}
	entry := entries[0]
	entry.SetText("Nya namnet")
	entry.OnSubmitted("")
	name := func() string {
		if i := b.facility(f.ID); i >= 0 {
			return b.state.snapshot.Facilities[i].Name
		}
		return ""
	}
	b.until("the map knows the name", func() bool { return name() == "Nya namnet" && b.calm() })
	shown := func() string {
		for _, line := range r.panel.Table.Shown().Rows {
			if line.ID == row {
				return line.Cells[column].Text
			}
		}
		return ""
	}
	b.until("the table shows it", func() bool { return shown() == "Nya namnet" })
	b.undo()
	b.until("the name is taken back", func() bool { return name() == f.Name && shown() == f.Name && b.calm() })
}
