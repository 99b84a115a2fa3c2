package role

import (
	"fmt"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
)

// FacilityDecoder turns rows into facilities. It remembers the ids that it has given, so that each is unique: one
// decoder serves one pass over one layer.
type FacilityDecoder struct {
	layer                                              string
	types                                              *typeWords
	kind, more                                         column
	kindName, moreName                                 string
	id, name, form, chain                              column
	address, town, municipality                        column
	opened, closed, hours, staffed, fullRange, reserve column
	order, told                                        column
	x, y                                               column
	given                                              map[string]bool
}

// NewFacilityDecoder prepares a decoder for rows of the named layer with these fields. A mapping that names a column
// which is not there gives a *i18n.Problem.
func NewFacilityDecoder(layer string, fields []model.Field, m model.Mapping, types []model.ServiceType) (*FacilityDecoder, error) {
	c := columns{fields: fields, mapping: m}
	d := &FacilityDecoder{
		layer: layer, types: newTypeWords(types), given: map[string]bool{},
		kind: c.part(model.PartType), kindName: m[model.PartType],
		more: c.part(model.PartTypeMore), moreName: m[model.PartTypeMore],
		id: c.part(model.PartID), name: c.part(model.PartName), form: c.part(model.PartForm), chain: c.part(model.PartChain),
		address: c.part(model.PartAddress), town: c.part(model.PartPostTown), municipality: c.part(model.PartMunicipal),
		opened: c.part(model.PartOpened), closed: c.part(model.PartClosed), hours: c.part(model.PartHours),
		order:   c.part(model.PartDateOrder),
		staffed: c.part(model.PartStaffed), fullRange: c.part(model.PartFullRange), reserve: c.part(model.PartReserve),
		told: c.part(model.PartTold),
		x:    c.part(model.PartEasting), y: c.part(model.PartNorthing),
	}
	return d, c.err
}

// Decode gives the facility of a row, or the reason why there is none.
func (d *FacilityDecoder) Decode(f model.Feature) (model.Facility, *i18n.Message) {
	form := text(d.form.value(&f))
	kind, why := d.kindOf(&f, form)
	if why != nil {
		return model.Facility{}, why
	}
	at, why := d.position(&f)
	if why != nil {
		return model.Facility{}, why
	}
	opened, why := d.date(d.opened, &f)
	if why != nil {
		return model.Facility{}, why
	}
	closed, why := d.date(d.closed, &f)
	if why != nil {
		return model.Facility{}, why
	}
	return model.Facility{
		ID: d.uniqueID(&f), Layer: d.layer, FID: f.ID, Name: d.title(&f), Type: kind, Form: form,
		Chain: text(d.chain.value(&f)), Town: text(d.town.value(&f)), Address: text(d.address.value(&f)),
		Municipality: text(d.municipality.value(&f)), At: at, Opened: opened, Closed: closed,
		Hours: text(d.hours.value(&f)), Staffed: d.isStaffed(&f, form), FullRange: d.hasFullRange(&f, form),
		RangeTold: d.tellsRange(&f, form), Reserve: d.hasReserve(&f), Told: text(d.told.value(&f)),
	}, nil
}

// date is the ISO date in a column of a row, "" for none.
func (d *FacilityDecoder) date(c column, f *model.Feature) (string, *i18n.Message) {
	iso, ok := orderedDate(c.value(f), text(d.order.value(f)) == MonthFirst)
	if !ok {
		return "", reason("import.row_date", text(c.value(f)))
	}
	return iso, nil
}

// kindOf finds the service type of a row: by the type columns, else by the form.
func (d *FacilityDecoder) kindOf(f *model.Feature, form string) (string, *i18n.Message) {
	word, second := text(d.kind.value(f)), text(d.more.value(f))
	if word == "" && second == "" {
		return "", reason("import.row_no_type")
	}
	for _, try := range [][2]string{{d.kindName, word}, {d.moreName, second}, {"", form}} {
		if id, ok := d.types.find(try[0], try[1]); ok {
			return id, nil
		}
	}
	if word == "" {
		word = second
	}
	return "", reason("import.row_type", word)
}

// position is the row's geometry as a point, else its coordinate columns, whichever way round they stand.
func (d *FacilityDecoder) position(f *model.Feature) (orb.Point, *i18n.Message) {
	if p, ok := centre(f.Geometry); ok {
		if !inSweden(p) {
			return p, reason("import.row_outside")
		}
		return p, nil
	}
	vx, vy := d.x.value(f), d.y.value(f)
	x, okX := number(vx)
	y, okY := number(vy)
	if !okX || !okY {
		return orb.Point{}, reason("import.row_no_position")
	}
	for _, p := range []orb.Point{{x, y}, {y, x}} {
		if crs.Extent().Contains(p) {
			return p, nil
		}
		if p[0] > 4 && p[0] < 33 && p[1] > 53 && p[1] < 72 { // degrees: no other pair looks like it
			if q := crs.WGS84.ToProject(p); inSweden(q) {
				return q, nil
			}
		}
	}
	return orb.Point{}, reason("import.row_position", text(vx), text(vy))
}

// centre is the point that stands for a geometry: itself, the first of several points, the middle of an area or box.
func centre(g orb.Geometry) (orb.Point, bool) {
	switch g := g.(type) {
	case nil:
		return orb.Point{}, false
	case orb.Point:
		return g, true
	case orb.MultiPoint:
		if len(g) == 0 {
			return orb.Point{}, false
		}
		return g[0], true
	case orb.Polygon, orb.MultiPolygon:
		if p, area := planar.CentroidArea(g); area > 0 {
			return p, true
		}
	}
	b := g.Bound()
	return b.Center(), !b.IsEmpty()
}

// uniqueID is the source's own id, with a number behind where an earlier row has it already; else layer and row.
func (d *FacilityDecoder) uniqueID(f *model.Feature) string {
	id := text(d.id.value(f))
	if id == "" {
		id = fmt.Sprintf("%s:%d", d.layer, f.ID)
	}
	unique := id
	for n := 2; d.given[unique]; n++ {
		unique = fmt.Sprintf("%s#%d", id, n)
	}
	d.given[unique] = true
	return unique
}

// title is the place's name, else its chain, else its address, else nothing.
func (d *FacilityDecoder) title(f *model.Feature) string {
	for _, c := range []column{d.name, d.chain, d.address} {
		if s := text(c.value(f)); s != "" {
			return s
		}
	}
	return ""
}

// isStaffed holds unless the row says otherwise, in its column or in its form.
func (d *FacilityDecoder) isStaffed(f *model.Feature, form string) bool {
	if v := d.staffed.value(f); text(v) != "" {
		return truth(v)
	}
	form = fold(form)
	return !strings.Contains(form, "obemann") && !strings.Contains(form, "automat")
}

// hasFullRange holds where the row says so, in its column or in its form.
func (d *FacilityDecoder) hasFullRange(f *model.Feature, form string) bool {
	if v := d.fullRange.value(f); text(v) != "" {
		return truth(v)
	}
	form = fold(form)
	return strings.Contains(form, "fullsortiment") && !strings.Contains(form, "ej_") && !strings.Contains(form, "inte_")
}

// hasReserve is what the row says of reserve power; where it says nothing, nobody knows.
func (d *FacilityDecoder) hasReserve(f *model.Feature) model.Known {
	switch v := d.reserve.value(f); {
	case text(v) == "":
		return model.Untold
	case truth(v):
		return model.Yes
	}
	return model.No
}

// tellsRange holds where the row says whether the range is full.
func (d *FacilityDecoder) tellsRange(f *model.Feature, form string) bool {
	return text(d.fullRange.value(f)) != "" || strings.Contains(fold(form), "fullsortiment")
}

// typeWords finds service types by the words of a source.
type typeWords struct{ byWord map[string]string }

// newTypeWords indexes types by id, name and words. The first type that claims a word has it.
func newTypeWords(types []model.ServiceType) *typeWords {
	t := &typeWords{byWord: map[string]string{}}
	claim := func(word, id string) {
		word = normal(word)
		if _, taken := t.byWord[word]; word != "" && !taken {
			t.byWord[word] = id
		}
	}
	for _, s := range types {
		claim(s.ID, s.ID)
		claim(s.Name, s.ID)
	}
	for _, s := range types {
		for _, word := range s.Match {
			claim(word, s.ID)
		}
	}
	return t
}

// normal reduces a word to what is compared.
func normal(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

// find gives the type of a value, by "column=value" as tags are written, by the value alone, or by one of the words
// that it lists.
func (t *typeWords) find(column, value string) (string, bool) {
	value = normal(value)
	if value == "" {
		return "", false
	}
	for _, word := range []string{normal(column) + "=" + value, value} {
		if id, ok := t.byWord[word]; ok {
			return id, true
		}
	}
	for _, word := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(",;/|+", r) }) {
		if id, ok := t.byWord[normal(word)]; ok {
			return id, true
		}
		if id, ok := t.byWord[normal(column)+"="+normal(word)]; ok {
			return id, true
		}
	}
	return "", false
}
