package project

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

func errorsAs(err error) (*i18n.Problem, bool) {
	var p *i18n.Problem
	ok := errors.As(err, &p)
	return p, ok
}

func TestLayerComesBackAsItWas(t *testing.T) {
	p := newProject(t)
	made := addShops(t, p)
	p = reopen(t, p)
	layers, err := p.Layers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(layers) != 1 {
		t.Fatalf("%d layers", len(layers))
	}
	l := layers[0]
	if !reflect.DeepEqual(l, made) {
		t.Errorf("read  %+v\nwrote %+v", l, made)
	}
	if l.Table != "butiker_pa_gotland" || l.Features != 3 || l.Opacity != 1 || l.Revision == 0 {
		t.Errorf("%+v", l)
	}
	want := orb.Bound{Min: orb.Point{697456, 6390123}, Max: orb.Point{700000.125, 6400000}}
	if l.Bounds != want {
		t.Errorf("bounds %v", l.Bounds)
	}
	if !reflect.DeepEqual(l.Source, shops.Source) || !reflect.DeepEqual(l.Mapping, shops.Mapping) {
		t.Errorf("source %+v mapping %v", l.Source, l.Mapping)
	}
	if got := all(t, p, l); !reflect.DeepEqual(got, shopRows()) {
		t.Errorf("features %+v", got)
	}
	if p.Kommun() != gotland {
		t.Errorf("kommun %+v", p.Kommun())
	}
	if _, ro := p.ReadOnly(); ro {
		t.Error("read-only")
	}
}

func TestClosed(t *testing.T) {
	p := newProject(t)
	for range 2 {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}
	wantProblem(t, p.Edit(t.Context(), i18n.Plain("x"), func(*Tx) error { return nil }), "project.read_only")
	if _, err := p.Layers(t.Context()); err == nil {
		t.Error("a closed project can be read")
	}
}

// TestReadersBesideAnEditor reads from several goroutines while another edits: each sees a whole edit or none of it.
func TestReadersBesideAnEditor(t *testing.T) {
	p := newProject(t)
	l := addShops(t, p)
	done := make(chan error)
	for range 4 {
		go func() {
			for range 40 {
				n := 0
				if err := p.Features(t.Context(), l, func(model.Feature) error { n++; return nil }); err != nil {
					done <- err
					return
				}
				if n != 3 && n != 5 {
					done <- fmt.Errorf("saw %d features", n)
					return
				}
			}
			done <- nil
		}()
	}
	for range 20 {
		edit(t, p, "two more", func(tx *Tx) error {
			for range 2 {
				if err := tx.InsertFeature(l, &model.Feature{Values: make([]any, len(l.Fields))}); err != nil {
					return err
				}
			}
			return nil
		})
		undo(t, p)
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
