package writing

import "nabar/model/manuscript"

// Note is a comment with the words that it is about.
type Note struct {
	manuscript.Comment
	About string
}

// Notes are the comments of a block, in reading order.
func Notes(b *manuscript.Block) []Note {
	var out []Note
	eachComment(b, func(i int, r *manuscript.Run) {
		if i == len(out) {
			out = append(out, Note{Comment: *r.Comment})
		}
		out[i].About += manuscript.Text([]manuscript.Run{*r})
	})
	return out
}

// eachComment calls fn for every run with a comment; runs beside each other with equal ones have the same, of the number i.
func eachComment(b *manuscript.Block, fn func(i int, r *manuscript.Run)) {
	n := -1
	var last *manuscript.Comment
	b.EachRun(func(r *manuscript.Run) {
		if r.Comment == nil {
			last = nil
			return
		}
		if last == nil || *last != *r.Comment {
			n++
		}
		c := *r.Comment
		last = &c
		fn(n, r)
	})
}

// Answer changes a block's comment of a number; nil takes it away. The words stay.
func Answer(b *manuscript.Block, number int, c *manuscript.Comment) {
	eachComment(b, func(i int, r *manuscript.Run) {
		if i == number {
			r.Comment = c
		}
	})
	b.Normalise()
}
