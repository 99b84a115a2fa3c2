package role

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
)

// CellDecoder turns rows into demand squares.
type CellDecoder struct {
	id, people, women, men, size column
	ages                         []ageColumns
}

// ageColumns are the columns of one age class.
type ageColumns struct {
	from, to        int
	all, women, men column
}

// NewCellDecoder prepares a decoder for rows with these fields. A mapping that names a column which is not there gives
// a *i18n.Problem.
func NewCellDecoder(fields []model.Field, m model.Mapping) (*CellDecoder, error) {
	c := columns{fields: fields, mapping: m}
	d := &CellDecoder{
		id: c.part(model.PartCellID), people: c.part(model.PartPeople), women: c.part(model.PartWomen),
		men: c.part(model.PartMen), size: c.part(model.PartSize),
	}
	d.ages = ageParts(&c, m)
	return d, c.err
}

// ageParts collects the age classes of a mapping in the order of their ages.
func ageParts(c *columns, m model.Mapping) []ageColumns {
	none := column{index: -1}
	var out []ageColumns
	for part := range m {
		prefix, span, ok := strings.Cut(part, ":")
		if !ok || prefix != model.PartAge && prefix != model.PartWomenA && prefix != model.PartMenA {
			continue
		}
		from, to, ok := parseSpan(span)
		if !ok {
			continue
		}
		i := slices.IndexFunc(out, func(a ageColumns) bool { return a.from == from && a.to == to })
		if i < 0 {
			i = len(out)
			out = append(out, ageColumns{from: from, to: to, all: none, women: none, men: none})
		}
		switch prefix {
		case model.PartAge:
			out[i].all = c.part(part)
		case model.PartWomenA:
			out[i].women = c.part(part)
		case model.PartMenA:
			out[i].men = c.part(part)
		}
	}
	slices.SortFunc(out, func(a, b ageColumns) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return a.to - b.to
	})
	return out
}

// parseSpan reads "0-5"; the upper end of "100-" is -1.
func parseSpan(s string) (from, to int, ok bool) {
	low, high, cut := strings.Cut(s, "-")
	from, err := strconv.Atoi(low)
	if !cut || err != nil || from < 0 {
		return 0, 0, false
	}
	if high == "" {
		return from, -1, true
	}
	to, err = strconv.Atoi(high)
	return from, to, err == nil && to >= from
}

// span writes an age class as it stands in a mapping.
func span(from, to int) string {
	if to < 0 {
		return strconv.Itoa(from) + "-"
	}
	return strconv.Itoa(from) + "-" + strconv.Itoa(to)
}

// Decode gives the square of a row, or the reason why there is none. Its place is told by its id, else by its geometry;
// its side by the size column, else by its geometry, else by what its id is a multiple of. Inside is left false.
func (d *CellDecoder) Decode(f model.Feature) (model.Cell, *i18n.Message) {
	raw := d.people.value(&f)
	if text(raw) == "" {
		return model.Cell{}, reason("import.row_no_people")
	}
	n, ok := people(raw)
	if !ok {
		return model.Cell{}, reason("import.row_people", text(raw))
	}
	cell := model.Cell{People: n, Women: d.count(d.women, &f), Men: d.count(d.men, &f)}
	if why := d.place(&f, &cell); why != nil {
		return model.Cell{}, why
	}
	for _, a := range d.ages {
		count := model.AgeCount{From: a.from, To: a.to, Women: d.count(a.women, &f), Men: d.count(a.men, &f)}
		count.People = d.count(a.all, &f)
		if count.People < 0 && count.Women >= 0 && count.Men >= 0 {
			count.People = count.Women + count.Men
		}
		if count.People >= 0 {
			cell.Ages = append(cell.Ages, count)
		}
	}
	return cell, nil
}

// count reads a number of people; -1 where the row does not tell.
func (d *CellDecoder) count(c column, f *model.Feature) int {
	if n, ok := people(c.value(f)); ok {
		return n
	}
	return -1
}

// place sets the square's id, centre and side.
func (d *CellDecoder) place(f *model.Feature, cell *model.Cell) *i18n.Message {
	id := text(d.id.value(f))
	corner, side, known := parseCellID(id)
	if size, ok := number(d.size.value(f)); ok && size > 0 && size <= maxSide {
		if !known || d.size.index >= 0 || size < side {
			side = size
		}
	}
	width := 0.0
	if f.Geometry != nil {
		b := f.Geometry.Bound()
		width = b.Max[0] - b.Min[0]
		cell.Centre = b.Center()
	}
	switch {
	case known:
		if d.size.index < 0 && width > 0 && width <= maxSide {
			side = math.Round(width)
		}
		cell.Centre = orb.Point{corner[0] + side/2, corner[1] + side/2}
	case f.Geometry == nil:
		return reason("import.row_cell", id)
	case side == 0:
		side = math.Round(width)
	}
	if !inSweden(cell.Centre) {
		return reason("import.row_cell_outside")
	}
	cell.ID, cell.Size = id, side
	if id == "" {
		cell.ID = strconv.FormatInt(f.ID, 10)
	}
	return nil
}

// maxSide is the largest side of a square that is believed, in metres.
const maxSide = 100_000

// inSweden tells whether a position of the project is in Sweden or some kilometres around it.
func inSweden(p orb.Point) bool { return crs.Extent().Pad(50_000).Contains(p) }

// inspireID is the form of rutid_inspire: CRS, resolution, northing and easting of the lower left corner.
var inspireID = regexp.MustCompile(`^(?:SE_)?CRS3006RES(\d{1,6})mN(\d{7})E(\d{6})$`)

// parseCellID reads a square's id: SCB's (easting in six digits, northing in seven) or INSPIRE's. The side is what the
// id states, else the largest of the usual sides that both coordinates are multiples of.
func parseCellID(id string) (corner orb.Point, side float64, ok bool) {
	if m := inspireID.FindStringSubmatch(id); m != nil {
		side, _ = strconv.ParseFloat(m[1], 64)
		n, _ := strconv.ParseFloat(m[2], 64)
		e, _ := strconv.ParseFloat(m[3], 64)
		return orb.Point{e, n}, side, side > 0
	}
	if len(id) != 13 {
		return orb.Point{}, 0, false
	}
	v, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return orb.Point{}, 0, false
	}
	corner = orb.Point{float64(v / 1e7), float64(v % 1e7)}
	for _, side := range []float64{1000, 500, 250, 100} {
		if math.Mod(corner[0], side) == 0 && math.Mod(corner[1], side) == 0 {
			return corner, side, inSweden(corner)
		}
	}
	return corner, 0, false
}
