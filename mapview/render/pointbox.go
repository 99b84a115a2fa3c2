package render

import (
	"math"
	"slices"

	"nabar/model/symbology"
)

// mostPointBoxes is how many symbols of layers names keep clear of: where there are more, names would find no room.
const mostPointBoxes = 1500

// pointBoxes are the rooms that the symbols of layers of points take, so that no name is written over them.
func (s *Scene) pointBoxes(v View) []box {
	var out []box
	frame := v.frame()
	for i := range s.layers {
		l := &s.layers[i]
		if l.kind != symbology.PointKind || !l.style.ShownAt(v.Denominator()) {
			continue
		}
		for k, g := range l.Geometries {
			half := l.style.Size / 2
			if k < len(l.Sizes) {
				half = math.Max(leastSymbol, l.style.Size*l.style.Share(l.Sizes[k], true)) / 2
			}
			for _, at := range pointsOf(g) {
				x, y := v.ToScreen(at)
				if b := (box{x, y, x, y}).grow(half * v.unit()); b.overlaps(frame) {
					out = append(out, b)
				}
			}
			if len(out) > mostPointBoxes {
				return nil
			}
		}
	}
	return out
}

// hasLand tells whether the map shows a layer of land: then what lies beyond it is sea.
func (s *Scene) hasLand() bool {
	return slices.ContainsFunc(s.layers, func(l shownLayer) bool { return l.kind == symbology.LandKind })
}
