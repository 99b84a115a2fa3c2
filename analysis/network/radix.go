package network

// keyed is an index with the key that it is sorted by.
type keyed struct {
	key   uint64
	index int32
}

// digitBits is the size of the digits that keys are sorted by.
const digitBits = 11

// sortByKey sorts by the lowest bits of the keys, those of equal keys staying in their order: digit by digit, the lowest
// first. It takes a third of the time of sorting by comparison from some thousands of items on.
func sortByKey(items []keyed, bits int) []keyed {
	other := make([]keyed, len(items))
	for shift := 0; shift < bits; shift += digitBits {
		var next [1 << digitBits]int
		digit := func(k uint64) uint64 { return k >> shift & (1<<digitBits - 1) }
		for i := range items {
			next[digit(items[i].key)]++
		}
		sum := 0
		for d, n := range next {
			next[d] = sum
			sum += n
		}
		for i := range items {
			d := digit(items[i].key)
			other[next[d]] = items[i]
			next[d]++
		}
		items, other = other, items
	}
	return items
}
