package role

import (
	"math"
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
)

// referenceParts are the columns of another program's result by squares.
var referenceParts = []pattern{
	like(model.PartCellID, `rut_?id_?scb`),
	like(model.PartCellID, `rut_?id|ruta|rutnr|cell_?id|cell|pipos_?id`),
	like(model.PartCellID, `rut_?id_?inspire|inspire_?id|grd_id|cellcode`),
	like(model.PartReferenceCost, `(?:vag_?)?avst(?:and)?(?:_.*)?|vagavstand(?:_.*)?`),
	like(model.PartReferenceCost, `dist(?:ance|ans)?(?:_.*)?|cost(?:_k?m)?`),
	like(model.PartReferenceCost, `narmast[ae]?_(?:km|m|meter|avst.*|dist.*)|(?:shortest|nearest)_(?:km|m|dist.*)`),
	like(model.PartReferenceCost, `km|meter|langd(?:_.*)?`),
	like(model.PartPeople, `bef_?totalt?|tot_?bef|befolkning_?totalt?|totalt|bef|befolkning|folkmangd|antal_?personer|antal_?invanare|personer|invanare|population|people|pop(?:_tot(?:al)?)?`),
	like(model.PartReferenceNearest, `narmast[ae]?(?:_.*)?|nearest(?:_.*)?|service_?stalle(?:_.*)?|service_?plats(?:_.*)?|namn`),
}

// ReferenceDecoder turns rows into squares of another program's result.
type ReferenceDecoder struct {
	// Mapping says which columns are used.
	Mapping model.Mapping
	// Unit is what the distance column's name tells; "" where it does not.
	Unit model.ReferenceUnit

	cell, cost, people, nearest column
}

// NewReferenceDecoder finds the columns of a result by squares. given overrules what would be found. It gives a
// *i18n.Problem where there is no column of squares or of distances, or where given names a column that is not there.
func NewReferenceDecoder(fields []model.Field, given model.Mapping) (*ReferenceDecoder, error) {
	found := match(withoutGiven(fields, given), referenceParts)
	for part, name := range given {
		if name != "" {
			found[part] = name
		}
	}
	c := columns{fields: fields, mapping: found}
	d := &ReferenceDecoder{
		Mapping: found, cell: c.part(model.PartCellID), cost: c.part(model.PartReferenceCost),
		people: c.part(model.PartPeople), nearest: c.part(model.PartReferenceNearest),
	}
	if c.err != nil {
		return nil, c.err
	}
	var names []string
	for _, f := range fields {
		names = append(names, f.Name)
	}
	switch all := strings.Join(names, ", "); {
	case d.cell.index < 0:
		return nil, i18n.Errorf("pipos.no_cell_column", all)
	case d.cost.index < 0:
		return nil, i18n.Errorf("pipos.no_cost_column", all)
	}
	d.Unit = unitOf(found[model.PartReferenceCost])
	return d, nil
}

// withoutGiven leaves out the fields whose part the user has told.
func withoutGiven(fields []model.Field, given model.Mapping) []model.Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f model.Field) bool {
		for _, name := range given {
			if strings.EqualFold(name, f.Name) {
				return true
			}
		}
		return false
	})
}

// unitOf reads the unit out of a column's name.
func unitOf(name string) model.ReferenceUnit {
	for _, word := range strings.Split(fold(name), "_") {
		switch word {
		case "km", "kilometer":
			return model.UnitKm
		case "m", "meter", "metres":
			return model.UnitMetre
		}
	}
	return ""
}

// Decode gives the square of a row, or the reason why there is none. No distance, or a negative one, means unreached.
func (d *ReferenceDecoder) Decode(f model.Feature) (model.ReferenceCell, *i18n.Message) {
	out := model.ReferenceCell{Row: f.ID, Cell: model.CanonicalCell(text(d.cell.value(&f))), Cost: math.NaN(), People: -1, Nearest: text(d.nearest.value(&f))}
	if out.Cell == "" {
		return out, reason("pipos.row_no_cell")
	}
	if raw := d.cost.value(&f); text(raw) != "" {
		cost, ok := number(raw)
		if !ok {
			return out, reason("pipos.row_cost", text(raw))
		}
		if cost >= 0 {
			out.Cost = cost
		}
	}
	if n, ok := people(d.people.value(&f)); ok {
		out.People = n
	}
	return out, nil
}
