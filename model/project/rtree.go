package project

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
)

// An R-tree of SQLite lies in three tables: the nodes, the node of each row, and the parent of each node
// (https://www.sqlite.org/rtree.html#shadow_tables). Filling them at once, from rows that are sorted first, takes a
// tenth of the time of inserting one row after the other, and gives a tighter tree. What is read afterwards is the same.
const (
	rtreeHeader  = 4           // bytes of a node: the tree's height, in the root alone, and the number of cells
	rtreeCell    = 8 + 4*4     // bytes of a cell: row or node, and its box in single precision
	rtreeTowards = 1 - 0x1p-23 // factors that round outwards, as SQLite does
	rtreeAway    = 1 + 0x1p-23
)

// rtreeBox is a box as the tree holds it: min x, max x, min y, max y, rounded outwards.
type rtreeBox struct {
	id   int64
	side [4]float32
}

// outwards rounds a box so that it still holds all that it held.
func outwards(b box) rtreeBox {
	return rtreeBox{b.id, [4]float32{roundedDown(b.Min[0]), roundedUp(b.Max[0]), roundedDown(b.Min[1]), roundedUp(b.Max[1])}}
}

// roundedDown is the value in single precision, not above it.
func roundedDown(v float64) float32 {
	f := float32(v)
	switch {
	case float64(f) <= v:
		return f
	case v < 0:
		return float32(v * rtreeAway)
	}
	return float32(v * rtreeTowards)
}

// roundedUp is the value in single precision, not below it.
func roundedUp(v float64) float32 { return -roundedDown(-v) }

// rtree is a tree under construction.
type rtree struct {
	nodes   [][]byte // by number - 1; the root is the first
	parents []int64  // of each node, 0 for the root
	rows    [][2]int64
}

// packRtree makes a tree of boxes with so many cells in a node at most. They are cut into columns, each column into leaves,
// as in Leutenegger, Lopez and Edgington (1997); nodes beside each other then share a parent. Ids break ties.
func packRtree(boxes []box, most int) *rtree {
	level := make([]rtreeBox, len(boxes))
	for i, b := range boxes {
		level[i] = outwards(b)
	}
	leaves := (len(level) + most - 1) / most
	column := int(math.Ceil(math.Sqrt(float64(leaves)))) * most
	sortBoxes(level, 0)
	for part := range slices.Chunk(level, max(column, 1)) {
		sortBoxes(part, 2)
	}
	t := &rtree{nodes: make([][]byte, 1), parents: make([]int64, 1)}
	height := 0
	for len(level) > most {
		level = t.addLevel(level, most, height == 0)
		height++
	}
	t.nodes[0] = nodeBytes(level, height, most)
	t.adopt(level, 1, height == 0)
	slices.SortFunc(t.rows, func(a, b [2]int64) int { return cmp.Compare(a[0], b[0]) })
	return t
}

// sortBoxes sorts by the middle along an axis, which is given by the index of its lower side.
func sortBoxes(boxes []rtreeBox, axis int) {
	middle := func(b *rtreeBox) float64 { return float64(b.side[axis]) + float64(b.side[axis+1]) }
	slices.SortFunc(boxes, func(a, b rtreeBox) int {
		return cmp.Or(cmp.Compare(middle(&a), middle(&b)), cmp.Compare(a.id, b.id))
	})
}

// addLevel puts boxes into nodes and gives the boxes of these.
func (t *rtree) addLevel(level []rtreeBox, most int, leaf bool) (above []rtreeBox) {
	for part := range slices.Chunk(level, most) {
		t.nodes, t.parents = append(t.nodes, nodeBytes(part, 0, most)), append(t.parents, 0)
		number := int64(len(t.nodes))
		t.adopt(part, number, leaf)
		all := part[0].side
		for _, b := range part[1:] {
			all[0], all[1] = min(all[0], b.side[0]), max(all[1], b.side[1])
			all[2], all[3] = min(all[2], b.side[2]), max(all[3], b.side[3])
		}
		above = append(above, rtreeBox{number, all})
	}
	return above
}

// adopt notes the node that boxes lie in: rows in a leaf, nodes in others.
func (t *rtree) adopt(part []rtreeBox, number int64, leaf bool) {
	for _, b := range part {
		if leaf {
			t.rows = append(t.rows, [2]int64{b.id, number})
		} else {
			t.parents[b.id-1] = number
		}
	}
}

// nodeBytes writes a node.
func nodeBytes(part []rtreeBox, height, most int) []byte {
	out := make([]byte, rtreeHeader, rtreeHeader+most*rtreeCell)
	binary.BigEndian.PutUint16(out, uint16(height))
	binary.BigEndian.PutUint16(out[2:], uint16(len(part)))
	for _, b := range part {
		out = binary.BigEndian.AppendUint64(out, uint64(b.id))
		for _, v := range b.side {
			out = binary.BigEndian.AppendUint32(out, math.Float32bits(v))
		}
	}
	return out[:cap(out)]
}

// fillIndex fills an R-tree that has just been made with the boxes of a layer's rows.
func fillIndex(ctx context.Context, c *sql.Conn, index string, boxes []box) error {
	var size int
	if err := c.QueryRowContext(ctx, `SELECT length(data) FROM `+ident(index+"_node")+` WHERE nodeno=1`).Scan(&size); err != nil {
		return err
	}
	if size < rtreeHeader+2*rtreeCell {
		return fmt.Errorf("the nodes of %s have %d bytes", index, size)
	}
	most := (size - rtreeHeader) / rtreeCell
	t := packRtree(boxes, most)
	grown := func(node []byte) []byte { return append(node, make([]byte, size-len(node))...) }
	if _, err := c.ExecContext(ctx, `UPDATE `+ident(index+"_node")+` SET data=? WHERE nodeno=1`, grown(t.nodes[0])); err != nil {
		return err
	}
	err := insertMany(ctx, c, index+"_node", len(t.nodes)-1, func(i int) (a, b any) { return int64(i + 2), grown(t.nodes[i+1]) })
	if err != nil {
		return err
	}
	err = insertMany(ctx, c, index+"_parent", len(t.nodes)-1, func(i int) (a, b any) { return int64(i + 2), t.parents[i+1] })
	if err != nil {
		return err
	}
	return insertMany(ctx, c, index+"_rowid", len(t.rows), func(i int) (a, b any) { return t.rows[i][0], t.rows[i][1] })
}

// rowsAtOnce is how many rows of two columns one statement inserts.
const rowsAtOnce = 128

// insertMany inserts n rows of two columns into a table.
func insertMany(ctx context.Context, c *sql.Conn, table string, n int, row func(i int) (a, b any)) error {
	plain := context.WithoutCancel(ctx)
	insert := func(rows int) string {
		return `INSERT INTO ` + ident(table) + ` VALUES (?,?)` + strings.Repeat(",(?,?)", rows-1)
	}
	many, err := c.PrepareContext(plain, insert(rowsAtOnce))
	if err != nil {
		return err
	}
	defer many.Close()
	args := make([]any, 0, 2*rowsAtOnce)
	for i := 0; i < n; i += rowsAtOnce {
		if err := ctx.Err(); err != nil {
			return err
		}
		args = args[:0]
		for k := i; k < min(i+rowsAtOnce, n); k++ {
			a, b := row(k)
			args = append(args, a, b)
		}
		if len(args) == 2*rowsAtOnce {
			_, err = many.ExecContext(plain, args...)
		} else {
			_, err = c.ExecContext(plain, insert(len(args)/2), args...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
