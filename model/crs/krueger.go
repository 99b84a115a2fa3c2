package crs

import (
	"math"

	"github.com/paulmach/orb"
)

// GRS 80: half the major axis in metres, and the flattening.
const (
	majorAxis  = 6378137
	flattening = 1 / 298.257222101
)

// order is how many terms of the Krüger series are summed.
const order = 6

// transverseMercator projects by the Krüger series in the third flattening n, sixth order, which is exact to some
// nanometres within 4 000 km of the central meridian. The coefficients are those of C. F. F. Karney, "Transverse
// Mercator with an accuracy of a few nanometers", J. Geodesy 85 (2011), equations 35 and 36.
type transverseMercator struct {
	meridian                    float64 // radians
	falseEasting, falseNorthing float64
	radius                      float64 // rectifying radius times the scale
	alpha, beta                 [order]float64
}

// newTransverseMercator prepares a projection of GRS 80; the meridian is in degrees.
func newTransverseMercator(meridian, scale, falseEasting, falseNorthing float64) *transverseMercator {
	const n = flattening / (2 - flattening)
	powers := func(from int, c ...float64) float64 {
		sum := 0.0
		for i := len(c) - 1; i >= 0; i-- {
			sum = sum*n + c[i]
		}
		return sum * math.Pow(n, float64(from))
	}
	return &transverseMercator{
		meridian:     meridian / degrees,
		falseEasting: falseEasting, falseNorthing: falseNorthing,
		radius: scale * majorAxis / (1 + n) * (1 + n*n/4 + n*n*n*n/64 + n*n*n*n*n*n/256),
		alpha: [order]float64{
			powers(1, 1./2, -2./3, 5./16, 41./180, -127./288, 7891./37800),
			powers(2, 13./48, -3./5, 557./1440, 281./630, -1983433./1935360),
			powers(3, 61./240, -103./140, 15061./26880, 167603./181440),
			powers(4, 49561./161280, -179./168, 6601661./7257600),
			powers(5, 34729./80640, -3418889./1995840),
			powers(6, 212378941./319334400),
		},
		beta: [order]float64{
			powers(1, 1./2, -2./3, 37./96, -1./360, -81./512, 96199./604800),
			powers(2, 1./48, 1./15, -437./1440, 46./105, -1118711./3870720),
			powers(3, 17./480, -37./840, -209./4480, 5569./90720),
			powers(4, 4397./161280, -11./504, -830251./7257600),
			powers(5, 4583./161280, -108847./3991680),
			powers(6, 20648693./638668800),
		},
	}
}

// forward projects longitude and latitude in degrees to easting and northing in metres.
func (t *transverseMercator) forward(p orb.Point) orb.Point {
	lon := p[0]/degrees - t.meridian
	tau := conformal(math.Tan(p[1] / degrees))
	sinLon, cosLon := math.Sincos(lon)
	xi := math.Atan2(tau, cosLon)
	eta := math.Asinh(sinLon / math.Hypot(tau, cosLon))
	dXi, dEta := series(&t.alpha, xi, eta)
	return orb.Point{
		t.falseEasting + t.radius*(eta+dEta),
		t.falseNorthing + t.radius*(xi+dXi),
	}
}

// inverse gives longitude and latitude in degrees.
func (t *transverseMercator) inverse(p orb.Point) orb.Point {
	xi := (p[1] - t.falseNorthing) / t.radius
	eta := (p[0] - t.falseEasting) / t.radius
	dXi, dEta := series(&t.beta, xi, eta)
	xi -= dXi
	eta -= dEta
	sinXi, cosXi := math.Sincos(xi)
	sinhEta := math.Sinh(eta)
	lon := math.Atan2(sinhEta, cosXi)
	tau := geodetic(sinXi / math.Hypot(sinhEta, cosXi))
	return orb.Point{(t.meridian + lon) * degrees, math.Atan(tau) * degrees}
}

// series sums c[j-1] sin(2j·(ξ+iη)) over j by Clenshaw's rule in complex numbers and gives both parts.
func series(c *[order]float64, xi, eta float64) (re, im float64) {
	sin, cos := math.Sincos(2 * xi)
	sinh := math.Sinh(2 * eta)
	cosh := math.Hypot(1, sinh)
	// a = 2 cos(2ζ)
	aRe, aIm := 2*cos*cosh, -2*sin*sinh
	var y0Re, y0Im, y1Re, y1Im float64
	for j := order - 1; j >= 0; j-- {
		y0Re, y0Im, y1Re, y1Im = aRe*y0Re-aIm*y0Im-y1Re+c[j], aRe*y0Im+aIm*y0Re-y1Im, y0Re, y0Im
	}
	// sin(2ζ) times the sum
	sRe, sIm := sin*cosh, cos*sinh
	return sRe*y0Re - sIm*y0Im, sRe*y0Im + sIm*y0Re
}

// eccentricity is the first eccentricity of GRS 80.
var eccentricity = math.Sqrt(flattening * (2 - flattening))

// conformal turns the tangent of a latitude into that of its conformal latitude (Karney, equations 7 to 9).
func conformal(tau float64) float64 {
	sec := math.Hypot(1, tau)
	sigma := math.Sinh(eccentricity * math.Atanh(eccentricity*tau/sec))
	return math.Hypot(1, sigma)*tau - sigma*sec
}

// geodetic is the inverse of conformal, by Newton's method (Karney, equations 19 to 21). It converges in two or three
// rounds; the fixed bound only guards against values that are no numbers.
func geodetic(want float64) float64 {
	rest := 1 - eccentricity*eccentricity
	tau := want / rest
	for range 6 {
		got := conformal(tau)
		step := (want - got) / math.Hypot(1, got) * (1 + rest*tau*tau) / (rest * math.Hypot(1, tau))
		tau += step
		if math.Abs(step) < 1e-14*math.Max(1, math.Abs(tau)) {
			break
		}
	}
	return tau
}
