package ui

import (
	"context"
	"image/color"
	"os"
	"strings"
	"testing"

	"nabar/app/session"
	"nabar/internal/tiletest"
	"nabar/model"
)

// TestBasemapInTheWindow adds a basemap, sees it under the map with its source, loses its file and finds it again.
func TestBasemapInTheWindow(t *testing.T) {
	b := openBench(t)
	ctx := context.Background()
	file := tiletest.MBTiles(t, "grund.mbtiles", map[string]string{"attribution": "© Provverket", "bounds": "-180,-85,180,85"},
		tiletest.Tiles{{}: tiletest.Plain(t, 256, color.RGBA{120, 200, 90, 255})})
	if _, err := b.session.Import(ctx, file, session.ImportOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	at := func() int {
		for i, l := range b.state.layers {
			if l.Role == model.RoleBasemap {
				return i
			}
		}
		return -1
	}
	b.until("the basemap lies at the bottom", func() bool { return at() == 0 && b.calm() })
	if got := b.state.scene.Credits(); !strings.Contains(got, "© Provverket") || len(b.state.lost) > 0 {
		t.Errorf("sources %q, lost %v", got, b.state.lost)
	}
	layer := b.state.layers[0]
	b.heard(session.Event{Kind: session.TilesArrived}) // draws again and asks for nothing else
	if b.loading {
		t.Error("tiles that come make the window read the project anew")
	}
	if err := os.Rename(file, file+".bort"); err != nil {
		t.Fatal(err)
	}
	b.edit(func(ctx context.Context) error { return b.session.SetOpacity(ctx, layer, 0.9) })
	b.until("the lost file is told", func() bool { return len(b.state.lost) == 1 && b.calm() })
	if _, err := b.session.FindBasemap(ctx, layer, file+".bort", nil); err != nil {
		t.Fatal(err)
	}
	b.until("the file is found", func() bool { return len(b.state.lost) == 0 && b.calm() })
}

// TestViewsAreArranged opens the list of views, which follows what is done with them.
func TestViewsAreArranged(t *testing.T) {
	b := openBench(t)
	ctx := context.Background()
	for _, name := range []string{"A", "B"} {
		if err := b.session.SaveView(ctx, model.NewMapView(name, b.shown(), b.choice.query())); err != nil {
			t.Fatal(err)
		}
	}
	b.until("the views are kept", func() bool { return len(b.state.views) == 2 && b.calm() })
	b.arrangeViews()
	if err := b.session.MoveView(ctx, "B", 0); err != nil {
		t.Fatal(err)
	}
	b.until("the order is another", func() bool { return b.state.views[0].Name == "B" && b.calm() })
	if b.viewList == nil {
		t.Error("the list was closed")
	}
	b.removeView(b.state.views[0])
	b.until("a view is gone", func() bool { return len(b.state.views) == 1 && b.calm() })
}
