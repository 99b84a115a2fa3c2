package manuscript

import "encoding/json"

// Merge gives the blocks of a new text the ids, and the living ones what they have shown, of the old blocks that they are:
// first those that are equal, in order, then the ones between them that are of one type. What has no counterpart has id 0.
func Merge(old, fresh []Block) []Block {
	out := make([]Block, len(fresh))
	for i := range fresh {
		out[i] = fresh[i].Copy()
		out[i].ID = 0
	}
	pairs := common(old, out)
	from, to := 0, 0
	for _, p := range append(pairs, [2]int{len(old), len(out)}) {
		pairUp(old[from:p[0]], out[to:p[1]])
		if p[0] < len(old) {
			keep(&old[p[0]], &out[p[1]])
		}
		from, to = p[0]+1, p[1]+1
	}
	return out
}

// bare is what a block says, without what living things have shown.
func bare(b *Block) string {
	c := b.Copy()
	c.EachLiving(func(l *Living) { l.Shown = nil })
	content, _ := json.Marshal(&c)
	return string(content)
}

// common finds the longest run of equal blocks that both have in order, as pairs of indices.
func common(a, b []Block) [][2]int {
	x, y := make([]string, len(a)), make([]string, len(b))
	for i := range a {
		x[i] = bare(&a[i])
	}
	for i := range b {
		y[i] = bare(&b[i])
	}
	length := make([][]int, len(x)+1)
	length[len(x)] = make([]int, len(y)+1)
	for i := len(x) - 1; i >= 0; i-- {
		length[i] = make([]int, len(y)+1)
		for k := len(y) - 1; k >= 0; k-- {
			if x[i] == y[k] {
				length[i][k] = length[i+1][k+1] + 1
			} else {
				length[i][k] = max(length[i+1][k], length[i][k+1])
			}
		}
	}
	var out [][2]int
	for i, k := 0, 0; i < len(x) && k < len(y); {
		switch {
		case x[i] == y[k]:
			out = append(out, [2]int{i, k})
			i, k = i+1, k+1
		case length[i+1][k] >= length[i][k+1]:
			i++
		default:
			k++
		}
	}
	return out
}

// pairUp lets changed blocks of one type be the same block, in order.
func pairUp(old, fresh []Block) {
	next := 0
	for i := range fresh {
		for k := next; k < len(old); k++ {
			if old[k].Type == fresh[i].Type && alike(old[k].Living, fresh[i].Living) {
				keep(&old[k], &fresh[i])
				next = k + 1
				break
			}
		}
	}
}

// alike tells whether two blocks are made of the same, or of nothing living.
func alike(a, b *Living) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Same(b)
}

// keep hands on an old block's id and what its living things have shown.
func keep(old, fresh *Block) {
	fresh.ID = old.ID
	var shown []*Living
	old.EachLiving(func(l *Living) { shown = append(shown, l) })
	fresh.EachLiving(func(l *Living) {
		for i, o := range shown {
			if o != nil && l.Shown == nil && o.Same(l) {
				l.Shown, shown[i] = o.Shown, nil
				return
			}
		}
	})
}

// MergeChapters gives the chapters of a new text the ids of the old ones that they are, by key and title, then by title, then
// by key, and their blocks as Merge does.
func MergeChapters(old, fresh []Chapter) {
	taken := map[int]bool{}
	same := []func(a, b *Chapter) bool{
		func(a, b *Chapter) bool { return a.Key == b.Key && a.Title == b.Title },
		func(a, b *Chapter) bool { return a.Title == b.Title },
		func(a, b *Chapter) bool { return a.Key != "" && a.Key == b.Key },
	}
	for _, is := range same {
		for i := range fresh {
			c := &fresh[i]
			for k := range old {
				if c.ID == 0 && !taken[k] && is(&old[k], c) {
					c.ID, taken[k] = old[k].ID, true
					c.Blocks = Merge(old[k].Blocks, c.Blocks)
				}
			}
		}
	}
}
