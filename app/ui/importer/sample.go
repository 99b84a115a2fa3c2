package importer

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/app/ui/look"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
)

const (
	sampleRows    = 12
	sampleColumns = 40
	columnLeast   = 70
	columnMost    = 220
)

// sampleTable shows the first rows of a layer as the program reads them.
func sampleTable(p *i18n.Printer, l session.LayerPreview) fyne.CanvasObject {
	fields := l.Info.Fields[:min(len(l.Info.Fields), sampleColumns)]
	rows := l.Sample[:min(len(l.Sample), sampleRows)]
	t := widget.NewTableWithHeaders(
		func() (int, int) { return len(rows), len(fields) },
		func() fyne.CanvasObject { return widgets.Cut("") },
		func(id widget.TableCellID, o fyne.CanvasObject) {
			label := o.(*widget.Label)
			label.Alignment = alignment(fields[id.Col].Type)
			label.SetText(cell(p, rows[id.Row], id.Col))
		})
	t.ShowHeaderColumn = false
	t.CreateHeader = func() fyne.CanvasObject {
		h := widgets.Cut("")
		h.TextStyle.Bold = true
		return h
	}
	t.UpdateHeader = func(id widget.TableCellID, o fyne.CanvasObject) {
		if id.Col >= 0 {
			label := o.(*widget.Label)
			label.Alignment = alignment(fields[id.Col].Type)
			label.SetText(fields[id.Col].Name)
		}
	}
	for i, f := range fields {
		t.SetColumnWidth(i, columnWidth(p, f.Name, rows, i))
	}
	return t
}

// alignment puts numbers to the right.
func alignment(t model.FieldType) fyne.TextAlign {
	if t == model.Integer || t == model.Real {
		return fyne.TextAlignTrailing
	}
	return fyne.TextAlignLeading
}

// columnWidth fits a column's heading and values, within limits.
func columnWidth(p *i18n.Printer, heading string, rows []model.Feature, col int) float32 {
	size := theme.TextSize()
	width := fyne.MeasureText(heading, size, fyne.TextStyle{Bold: true}).Width
	for _, r := range rows {
		width = max(width, fyne.MeasureText(cell(p, r, col), size, fyne.TextStyle{}).Width)
	}
	return min(max(width+4*look.Step2, columnLeast), columnMost)
}

// cell writes a value as it stands in the file, so that the user knows it again: ids get no thousands.
func cell(p *i18n.Printer, f model.Feature, col int) string {
	if col >= len(f.Values) || f.Values[col] == nil {
		return ""
	}
	switch v := f.Values[col].(type) {
	case bool:
		if v {
			return p.T("ui.yes")
		}
		return p.T("ui.no")
	case []byte:
		return p.T("ui.import.bytes", len(v))
	case orb.Geometry:
		return v.GeoJSONType()
	case string:
		return v
	default:
		return fmt.Sprint(v)
	}
}

// overview lists the layers of a file that has several: what each is read in as, or why it can't be.
func (d *Dialog) overview() fyne.CanvasObject {
	p := d.Printer
	list := widgets.Stack(look.Step3)
	for _, l := range d.preview.Layers {
		name := widget.NewLabel(l.Info.Name)
		name.TextStyle.Bold = true
		note := widgets.Wrapped(p.T("ui.import.layer_as", p.T("role."+string(l.Guess.Role)), max(l.Info.Features, 0)))
		if l.Problem != nil {
			note = widgets.Wrapped(p.Error(l.Problem))
			note.Importance = widget.DangerImportance
		}
		list.Add(widgets.Stack(0, name, note))
	}
	return container.NewVScroll(list)
}
