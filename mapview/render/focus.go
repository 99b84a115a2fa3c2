package render

// Attention is how much a map is about a square.
type Attention uint8

// The degrees of attention.
const (
	Inside  Attention = iota // the map is about it
	Outside                  // it lies outside the chosen area, and is dimmed
	Nobody                   // none of the chosen people live there, and it is not coloured
)

// Focus says how much a map is about each square, by its index in the snapshot; nil for all alike.
type Focus []Attention

// of is the attention that a square gets; one that is not told of lies outside.
func (f Focus) of(cell int) Attention {
	switch {
	case f == nil:
		return Inside
	case cell < len(f):
		return f[cell]
	}
	return Outside
}

// WithFocus gives a scene that shows the same with the attention on some squares. The scene itself is unchanged.
func (s *Scene) WithFocus(f Focus) *Scene {
	out := *s
	out.focus = f
	return &out
}
