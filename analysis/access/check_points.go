package access

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// unjoinedFacilities lists the open facilities that no road lies near.
func (p *Prepared) unjoinedFacilities() []model.Finding {
	var out []model.Finding
	more := 0
	for i := range p.snapshot.Facilities {
		f := &p.snapshot.Facilities[i]
		switch {
		case p.facilities[i].ok || !f.OpenOn(p.snapshot.Params.Date):
		case len(out) < maxListed:
			out = append(out, finding(model.SeverityWarning, "facility", near(f.At), f.Name, i18n.Metres(p.snapshot.Params.SnapLimit)))
		default:
			more++
		}
	}
	if more > 0 {
		out = append(out, finding(model.SeverityWarning, "facility_more", everywhere(), more, i18n.Metres(p.snapshot.Params.SnapLimit)))
	}
	return out
}

// duplicateFacilities lists open facilities of one type, name and place, and those that share an id.
func (p *Prepared) duplicateFacilities() []model.Finding {
	var out []model.Finding
	for t := range p.snapshot.Types {
		for _, pair := range p.twins(p.open(p.snapshot.Types[t].ID)) {
			a, b := &p.snapshot.Facilities[pair[0]], &p.snapshot.Facilities[pair[1]]
			out = append(out, finding(model.SeverityWarning, "duplicate", near(a.At), a.Name, b.Name, typeName(&p.snapshot.Types[t])))
		}
	}
	if more := len(out) - maxListed; more > 0 {
		out = append(out[:maxListed], finding(model.SeverityWarning, "duplicate_more", everywhere(), more))
	}
	return out
}

// twins pairs the facilities, which are in order of their ids, with those of the same id, or of the same name and
// place.
func (p *Prepared) twins(facilities []int) [][2]int {
	var joined []int
	for _, f := range facilities {
		if p.facilities[f].ok {
			joined = append(joined, f)
		}
	}
	type named struct {
		place int32
		name  string
	}
	seen := map[named]int{}
	var out [][2]int
	places := p.places(joined)
	for i, f := range joined {
		facility := &p.snapshot.Facilities[f]
		key := named{places[i], facility.Name}
		first, twice := seen[key]
		switch {
		case twice && facility.Name != "":
			out = append(out, [2]int{first, f})
		case i > 0 && p.snapshot.Facilities[joined[i-1]].ID == facility.ID:
			out = append(out, [2]int{joined[i-1], f})
		default:
			seen[key] = f
		}
	}
	return out
}

// emptyTypes lists the service types that have no open facility.
func (p *Prepared) emptyTypes() []model.Finding {
	var out []model.Finding
	for i := range p.snapshot.Types {
		if t := &p.snapshot.Types[i]; len(p.open(t.ID)) == 0 {
			out = append(out, finding(model.SeverityNote, "empty_type", everywhere(), typeName(t)))
		}
	}
	return out
}

// unjoinedCells tells of inhabited squares that no road lies near.
func (p *Prepared) unjoinedCells() []model.Finding {
	cells, people := 0, 0
	var first orb.Point
	for i := range p.snapshot.Cells {
		c := &p.snapshot.Cells[i]
		if !c.Inside || p.cells[i].ok {
			continue
		}
		if cells == 0 {
			first = c.Centre
		}
		cells++
		people += c.People
	}
	if cells == 0 {
		return nil
	}
	return []model.Finding{finding(model.SeverityWarning, "unjoined", firstNear(first), cells, people,
		i18n.Metres(p.snapshot.Params.SnapLimit))}
}

// farCells tells of squares that join a road far away.
func (p *Prepared) farCells() []model.Finding {
	cells, people, worst := 0, 0, -1
	for i := range p.snapshot.Cells {
		c := &p.snapshot.Cells[i]
		if !c.Inside || !p.cells[i].ok || p.cells[i].join.Connector <= farFromRoad*100 {
			continue
		}
		cells++
		people += c.People
		if worst < 0 || p.cells[i].join.Connector > p.cells[worst].join.Connector {
			worst = i
		}
	}
	if cells == 0 {
		return nil
	}
	return []model.Finding{finding(model.SeverityNote, "far", near(p.snapshot.Cells[worst].Centre), cells, people,
		i18n.Metres(farFromRoad), i18n.Metres(float64(p.cells[worst].join.Connector)/100))}
}

// duplicateCells tells of squares that are there twice, which would count their people twice.
func (p *Prepared) duplicateCells() []model.Finding {
	order := make([]int, 0, len(p.snapshot.Cells))
	for i := range p.snapshot.Cells {
		if p.snapshot.Cells[i].Inside {
			order = append(order, i)
		}
	}
	cells := p.snapshot.Cells
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(cells[a].ID, cells[b].ID), cmp.Compare(a, b)) })
	twice, people := 0, 0
	var first orb.Point
	for i := 1; i < len(order); i++ {
		if cells[order[i]].ID != cells[order[i-1]].ID {
			continue
		}
		if twice == 0 {
			first = cells[order[i]].Centre
		}
		twice++
		people += cells[order[i]].People
	}
	if twice == 0 {
		return nil
	}
	return []model.Finding{finding(model.SeverityError, "duplicate_cells", firstNear(first), twice, people)}
}

// border tells that results are not limited to the kommun.
func (p *Prepared) border() []model.Finding {
	if len(p.snapshot.Border) > 0 {
		return nil
	}
	return []model.Finding{finding(model.SeverityNote, "no_border", everywhere())}
}
