package widgets

import (
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
)

// PointText writes a position as E, N in whole metres.
func PointText(at orb.Point) string {
	return strconv.FormatFloat(math.Round(at[0]), 'f', -1, 64) + ", " + strconv.FormatFloat(math.Round(at[1]), 'f', -1, 64)
}

// ReadPoint reads E, N with a comma or a space between.
func ReadPoint(text string) (orb.Point, bool) {
	parts := strings.FieldsFunc(strings.ReplaceAll(text, i18n.NBSP, ""), func(r rune) bool { return r == ',' || r == ' ' || r == ';' })
	if len(parts) != 2 {
		return orb.Point{}, false
	}
	e, err := strconv.ParseFloat(parts[0], 64)
	n, err2 := strconv.ParseFloat(parts[1], 64)
	return orb.Point{e, n}, err == nil && err2 == nil
}
