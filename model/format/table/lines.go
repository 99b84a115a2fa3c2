package table

import (
	"strconv"
	"strings"

	"nabar/internal/i18n"
)

// Lines writes row numbers for a message, without thousands: "22, 31, 1045". all is how many there are in all.
func Lines(first []int64, all int) i18n.Message {
	text := make([]string, len(first))
	for i, n := range first {
		text[i] = strconv.FormatInt(n, 10)
	}
	if all > len(first) {
		return i18n.M("table.lines_and_more", strings.Join(text, ", "), all-len(first))
	}
	return i18n.Plain(strings.Join(text, ", "))
}
