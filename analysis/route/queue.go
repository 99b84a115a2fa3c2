package route

import "math"

const (
	windowBits = 12
	window     = 1 << windowBits
	// bucketsPerArc is how many buckets the mean arc spans: few enough to scan, many enough that a label is rarely
	// improved after it was passed on.
	bucketsPerArc = 16
)

// entry is a label that a node got and has not passed on.
type entry struct {
	label Label
	node  int32
}

// queue is a monotone bucket queue after Dial (1969), with buckets of 2^shift cost units and two levels: a window of
// buckets in order, and one list of all that lies beyond it. Entries of one bucket come out in the order they came
// in, so the search corrects labels within a bucket.
type queue struct {
	shift   uint
	number  int64 // of the window: it holds the buckets number<<windowBits up to the next window
	at      int   // the bucket in work
	done    int   // entries of it that have come out
	left    int   // entries in all buckets and beyond that have not come out
	buckets [window][]entry
	beyond  []entry
}

// reset empties the queue and fits the buckets to the mean cost of an arc.
func (q *queue) reset(meanCost int64) {
	q.shift = 0
	for meanCost>>(q.shift+1) >= bucketsPerArc {
		q.shift++
	}
	if q.left > 0 { // a search was broken off: else all buckets are empty
		for i := range q.buckets {
			q.buckets[i] = q.buckets[i][:0]
		}
	}
	q.buckets[min(q.at, window-1)] = q.buckets[min(q.at, window-1)][:0]
	q.beyond = q.beyond[:0]
	q.number, q.at, q.done, q.left = 0, 0, 0, 0
}

// push adds an entry whose cost is at least that of the last one that came out.
func (q *queue) push(l Label, node int32) {
	q.left++
	b := l.Cost() >> q.shift
	if b>>windowBits != q.number {
		q.beyond = append(q.beyond, entry{l, node})
		return
	}
	b &= window - 1
	q.buckets[b] = append(q.buckets[b], entry{l, node})
}

// pop gives an entry of the least bucket.
func (q *queue) pop() (entry, bool) {
	for q.left > 0 {
		for ; q.at < window; q.at++ {
			if b := q.buckets[q.at]; q.done < len(b) {
				q.done++
				q.left--
				return b[q.done-1], true
			}
			q.buckets[q.at] = q.buckets[q.at][:0]
			q.done = 0
		}
		q.advance()
	}
	return entry{}, false
}

// advance moves to the next window that holds an entry.
func (q *queue) advance() {
	q.number = math.MaxInt64
	for _, e := range q.beyond {
		q.number = min(q.number, e.label.Cost()>>q.shift>>windowBits)
	}
	q.at, q.done = 0, 0
	far := q.beyond
	q.beyond, q.left = q.beyond[:0], q.left-len(q.beyond)
	for _, e := range far {
		q.push(e.label, e.node) // never writes past what has been read
	}
}
