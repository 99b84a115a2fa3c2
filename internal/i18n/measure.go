package i18n

import "math"

// Measured is a length in metres that has been measured and is read off: in whole metres below 10 km, in kilometres with two
// decimals above.
type Measured float64

// Surface is an area in square metres: in m² below a hectare, in hectares below a square kilometre, else in km².
type Surface float64

// Length writes a measured length.
func (p *Printer) Length(m float64) string {
	switch {
	case math.IsNaN(m) || math.IsInf(m, 0):
		return "–"
	case math.Abs(m) < 9999.5:
		return p.Float(m, 0) + NBSP + "m"
	}
	return p.Float(m/1000, 2) + NBSP + "km"
}

// Area writes a surface.
func (p *Printer) Area(m2 float64) string {
	switch {
	case math.IsNaN(m2) || math.IsInf(m2, 0):
		return "–"
	case math.Abs(m2) < 9999.5:
		return p.Float(m2, 0) + NBSP + "m²"
	case math.Abs(m2) < 999_950:
		return p.Float(m2/1e4, 2) + NBSP + "ha"
	}
	return p.Float(m2/1e6, 2) + NBSP + "km²"
}
