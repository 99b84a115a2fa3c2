// Package graph reads graphs in the form of the OR-Library's p-median problems (Beasley 1990): a first line with the
// number of vertices, of edges and of places to choose, then a line with two vertices and a length for each edge.
//
// Invariants: vertices are numbered from 0 here and from 1 in the file; edges are undirected; there is one edge for a
// pair of vertices, of which the last line in the file counts, as the library's own figures demand; edges are in order
// of their vertices.
package graph

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"nabar/internal/i18n"
)

// Edge joins two vertices, From below To.
type Edge struct {
	From, To int32
	Length   int32 // 0 or more, in the file's unit
}

// Graph is an undirected graph, and how many of its vertices are to be chosen.
type Graph struct {
	Nodes  int
	Choose int
	Edges  []Edge
}

const (
	// maxNodes and maxEdges are the largest numbers that are believed; they keep a damaged file from filling the memory.
	maxNodes = 1_000_000
	maxEdges = 20_000_000
	// maxLength keeps the length of a path within an int64 whatever the graph.
	maxLength = 1_000_000_000
)

// Read reads a graph. Any white space parts the numbers of a line, and empty lines do not count. A file that is none
// gives a Problem with the line and the remedy.
func Read(r io.Reader) (*Graph, error) {
	p := parser{lines: bufio.NewScanner(r)}
	p.lines.Buffer(make([]byte, 4096), 1<<16)
	g, edges, err := p.head()
	if err != nil {
		return nil, err
	}
	length := make(map[[2]int32]int32, min(edges, 1<<16))
	for read := 0; ; read++ {
		fields, err := p.next()
		switch {
		case errors.Is(err, io.EOF) && read < edges:
			return nil, i18n.Errorf("locate.graph_short", edges, read)
		case errors.Is(err, io.EOF):
			g.Edges = sorted(length)
			return g, nil
		case err != nil:
			return nil, err
		case read == edges:
			return nil, i18n.Errorf("locate.graph_more", p.line, edges)
		}
		e, err := p.edge(fields, g.Nodes)
		if err != nil {
			return nil, err
		}
		if e.From != e.To { // a loop is on no shortest path
			length[[2]int32{e.From, e.To}] = e.Length
		}
	}
}

// sorted lists the edges in order of their vertices.
func sorted(length map[[2]int32]int32) []Edge {
	edges := make([]Edge, 0, len(length))
	for pair, l := range length {
		edges = append(edges, Edge{pair[0], pair[1], l})
	}
	slices.SortFunc(edges, func(a, b Edge) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	return edges
}

// parser reads a file line by line.
type parser struct {
	lines *bufio.Scanner
	line  int
}

// next gives the fields of the next line that has any, io.EOF after the last.
func (p *parser) next() ([]string, error) {
	for p.lines.Scan() {
		p.line++
		if fields := strings.Fields(strings.TrimPrefix(p.lines.Text(), "\ufeff")); len(fields) > 0 {
			return fields, nil
		}
	}
	switch err := p.lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, i18n.Errorf("locate.graph_line", p.line+1)
	case err != nil:
		return nil, i18n.Errorf("locate.graph_unread", err)
	}
	return nil, io.EOF
}

// head reads the first line.
func (p *parser) head() (g *Graph, edges int, err error) {
	fields, err := p.next()
	if errors.Is(err, io.EOF) {
		return nil, 0, i18n.Errorf("locate.graph_empty")
	}
	if err != nil {
		return nil, 0, err
	}
	numbers, ok := whole(fields, 3)
	if !ok || numbers[0] < 1 || numbers[0] > maxNodes || numbers[1] < 0 || numbers[1] > maxEdges {
		return nil, 0, i18n.Errorf("locate.graph_head", p.line)
	}
	if numbers[2] < 1 || numbers[2] > numbers[0] {
		return nil, 0, i18n.Errorf("locate.graph_choose", p.line, numbers[2], numbers[0])
	}
	return &Graph{Nodes: numbers[0], Choose: numbers[2]}, numbers[1], nil
}

// edge reads an edge.
func (p *parser) edge(fields []string, nodes int) (Edge, error) {
	numbers, ok := whole(fields, 3)
	if !ok {
		return Edge{}, i18n.Errorf("locate.graph_line", p.line)
	}
	for _, v := range numbers[:2] {
		if v < 1 || v > nodes {
			return Edge{}, i18n.Errorf("locate.graph_vertex", p.line, v, nodes)
		}
	}
	if numbers[2] < 0 || numbers[2] > maxLength {
		return Edge{}, i18n.Errorf("locate.graph_length", p.line, numbers[2], maxLength)
	}
	from, to := numbers[0]-1, numbers[1]-1
	return Edge{int32(min(from, to)), int32(max(from, to)), int32(numbers[2])}, nil
}

// whole reads exactly n whole numbers.
func whole(fields []string, n int) ([]int, bool) {
	if len(fields) != n {
		return nil, false
	}
	out := make([]int, n)
	for k, f := range fields {
		v, err := strconv.Atoi(f)
		if err != nil {
			return nil, false
		}
		out[k] = v
	}
	return out, true
}
