package importer

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"nabar/app/session"
	"nabar/app/ui/widgets"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/format/tile"
)

// tiles is a project for which every file is an archive of map tiles.
type tiles struct{ fake }

func (f *tiles) Preview(_ context.Context, path string, _ session.ImportOptions) (session.Preview, error) {
	return session.Preview{Path: path, File: path, Format: "pmtiles", Basemap: &session.BasemapInfo{
		Info: tile.Info{Kind: tile.MVT, MinZoom: 3, MaxZoom: 14, Attribution: "© Någon"}, Size: 123_400_000,
		Warnings: []i18n.Message{i18n.M("base.elsewhere")},
	}}, nil
}

// words are all texts of a page.
func words(o fyne.CanvasObject) string {
	switch o := o.(type) {
	case *widgets.Text:
		return o.Content + "\n"
	case *widget.Label:
		return o.Text + "\n"
	case *widget.RichText:
		return o.String() + "\n"
	case *container.Scroll:
		return words(o.Content)
	case *fyne.Container:
		out := ""
		for _, child := range o.Objects {
			out += words(child)
		}
		return out
	}
	return ""
}

// TestBasemapPage shows what the archive holds, and gives it the name of its file.
func TestBasemapPage(t *testing.T) {
	f := &tiles{}
	f.Session = session.New("sv")
	f.project = []model.Layer{{Name: "topo"}}
	b := openProject(t, f, "topo.pmtiles")
	b.until("the file has been looked at", func() bool { return b.yes != nil })
	page := words(b.basemapForm())
	for _, want := range []string{"PMTiles", "Vektorer", "3–14", "123,4\u00a0MB", "© Någon", "annan plats", "kopieras inte"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	b.run()
	b.until("it is added", func() bool { return len(b.done) > 0 })
	if got := f.imports[0].Name; got != "topo 2" {
		t.Errorf("the layer is called %q", got)
	}
}
