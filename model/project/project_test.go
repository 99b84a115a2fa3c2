package project

import (
	"errors"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
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
