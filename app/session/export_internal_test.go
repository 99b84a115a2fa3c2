package session

import (
	"context"
	"testing"
)

// FindBasemapFile is findBasemap for tests.
var FindBasemapFile = findBasemap

// GroundClasses are the classes of a layer's areas as the map gets them.
func GroundClasses(ctx context.Context, t *testing.T, s *Session, name string) []int {
	t.Helper()
	l, err := s.Layer(ctx, name)
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.vectorLayer(ctx, l)
	if err != nil {
		t.Fatal(err)
	}
	return v.Classes
}
