package symbology

import (
	"fmt"
	"image/color"
	"math"
	"strconv"
)

// Colour is an sRGB colour with straight (not premultiplied) alpha. The zero Colour is fully transparent: nothing is
// painted with it. In JSON it is "#rrggbb", or "#rrggbbaa" where it is not opaque.
type Colour struct {
	R, G, B, A uint8
}

// RGB makes an opaque colour of 0xrrggbb.
func RGB(hex uint32) Colour {
	return Colour{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}

// IsZero tells whether the colour paints nothing.
func (c Colour) IsZero() bool { return c.A == 0 }

// Fade gives the colour with its alpha multiplied by opacity, 0 to 1.
func (c Colour) Fade(opacity float64) Colour {
	c.A = uint8(math.Round(float64(c.A) * math.Min(math.Max(opacity, 0), 1)))
	return c
}

// Over gives the opaque colour that c leaves when it is painted on the opaque colour below.
func (c Colour) Over(below Colour) Colour {
	mix := func(a, b uint8) uint8 {
		return uint8((int(a)*int(c.A) + int(b)*(255-int(c.A)) + 127) / 255)
	}
	return Colour{mix(c.R, below.R), mix(c.G, below.G), mix(c.B, below.B), 255}
}

// NRGBA gives the colour to packages that take image/color.
func (c Colour) NRGBA() color.NRGBA { return color.NRGBA{c.R, c.G, c.B, c.A} }

// String writes "#rrggbb" or "#rrggbbaa".
func (c Colour) String() string {
	if c.A == 255 {
		return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	}
	return fmt.Sprintf("#%02x%02x%02x%02x", c.R, c.G, c.B, c.A)
}

// ParseColour reads what String writes.
func ParseColour(s string) (Colour, error) {
	if (len(s) != 7 && len(s) != 9) || s[0] != '#' {
		return Colour{}, fmt.Errorf("colour %q is not #rrggbb or #rrggbbaa", s)
	}
	digits := s[1:]
	if len(digits) == 6 {
		digits += "ff"
	}
	v, err := strconv.ParseUint(digits, 16, 32)
	if err != nil {
		return Colour{}, fmt.Errorf("colour %q is not #rrggbb or #rrggbbaa: %w", s, err)
	}
	return Colour{uint8(v >> 24), uint8(v >> 16), uint8(v >> 8), uint8(v)}, nil
}

// MarshalText writes the colour for JSON.
func (c Colour) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the colour from JSON.
func (c *Colour) UnmarshalText(text []byte) error {
	v, err := ParseColour(string(text))
	if err == nil {
		*c = v
	}
	return err
}

// linear gives the linear light of an sRGB channel, 0 to 1 (IEC 61966-2-1).
func linear(v uint8) float64 {
	s := float64(v) / 255
	if s <= 0.04045 {
		return s / 12.92
	}
	return math.Pow((s+0.055)/1.055, 2.4)
}

// encode is the inverse of linear; light outside the gamut is cut.
func encode(l float64) uint8 {
	l = math.Min(math.Max(l, 0), 1)
	s := 12.92 * l
	if l > 0.0031308 {
		s = 1.055*math.Pow(l, 1/2.4) - 0.055
	}
	return uint8(math.Round(s * 255))
}

// Luminance is the relative luminance of the opaque colour, 0 to 1 (WCAG 2).
func (c Colour) Luminance() float64 {
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// Contrast is the contrast ratio of two opaque colours, 1 to 21 (WCAG 2).
func Contrast(a, b Colour) float64 {
	la, lb := a.Luminance(), b.Luminance()
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

// oklab is a colour in Björn Ottosson's Oklab space, where equal steps look equal.
type oklab struct{ l, a, b float64 }

func toOklab(c Colour) oklab {
	r, g, b := linear(c.R), linear(c.G), linear(c.B)
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	return oklab{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

func (o oklab) colour() Colour {
	l := cube(o.l + 0.3963377774*o.a + 0.2158037573*o.b)
	m := cube(o.l - 0.1055613458*o.a - 0.0638541728*o.b)
	s := cube(o.l - 0.0894841775*o.a - 1.2914855480*o.b)
	return Colour{
		encode(4.0767416621*l - 3.3077115913*m + 0.2309699292*s),
		encode(-1.2684380046*l + 2.6097574011*m - 0.3413193965*s),
		encode(-0.0041960863*l - 0.7034186147*m + 1.7076147010*s),
		255,
	}
}

func cube(v float64) float64 { return v * v * v }
