package access

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/internal/i18n"
	"nabar/model"
)

// AreaProfile tells who lives in an area, which places are open there, and how far people there have to each of some
// service types. Only squares of the kommun count, by their centres; places serve from everywhere. A type that nobody
// there reaches, or that has no open place, says so in place of figures. It gives a Problem for an area without surface
// and for a faulty query, and the context's error.
func (p *Prepared) AreaProfile(ctx context.Context, area model.Area, q model.Query, services []string) (*model.AreaProfile, error) {
	square := math.Abs(planar.Area(area.Shape))
	if !(square > 0) || math.IsInf(square, 0) {
		return nil, i18n.Errorf("areas.no_surface", area.Name)
	}
	all := p.counted()
	keep := all.positions(area.Shape)
	there := &squares{take(all.cells, keep), take(all.index, keep)}
	out := &model.AreaProfile{
		Area: area, Query: q, Square: square, Beyond: p.beyond(area.Shape), Places: p.openIn(area.Shape),
		Params: p.snapshot.Params, Inputs: slices.Clone(p.snapshot.Inputs), Engine: Version,
	}
	out.People, out.Kommun = there.people(), all.people()
	parts, remarks := (&chosen{squares: there, options: model.FigureOptions{By: []model.Breakdown{model.BySex, model.ByAge}}}).breakdowns()
	if out.People > 0 {
		out.Remarks = remarks
	}
	for _, part := range parts {
		g := part.group
		out.Groups = append(out.Groups, model.Headcount{
			By: g.By, ID: g.ID, Name: g.Name, People: part.weights.total(), Approximate: g.Approximate, Unknown: g.Unknown,
		})
	}
	for _, service := range services {
		q.Service = service
		one, err := p.areaService(ctx, area.Shape, q)
		if err != nil {
			return nil, err
		}
		one.Inside = countOf(out.Places, service)
		out.Services = append(out.Services, one)
	}
	return out, nil
}

// areaService figures out one service type for the people of an area.
func (p *Prepared) areaService(ctx context.Context, shape orb.MultiPolygon, q model.Query) (model.AreaService, error) {
	one := model.AreaService{Service: q.Service, Kommun: math.NaN()}
	const here = "here"
	f, err := p.Figures(ctx, q, model.FigureOptions{
		By: []model.Breakdown{model.BySex, model.ByAge}, Areas: []model.Area{{ID: here, Shape: shape}}, Within: here,
	})
	if err == nil && f.All.Reached == 0 {
		one.Missing = i18n.M("areas.nobody_reached")
	} else if err == nil {
		one.All, one.Groups = &f.All, f.Groups
	} else if one.Missing, err = noFigures(err); err != nil {
		return one, err
	}
	switch whole, err := p.Figures(ctx, q, model.FigureOptions{}); {
	case err == nil:
		one.Kommun = whole.All.Mean
	default:
		_, err = noFigures(err)
		return one, err
	}
	return one, nil
}

// noFigures gives the reason why there are no figures where that is a fact about the area, else the error.
func noFigures(err error) (i18n.Message, error) {
	for _, key := range []string{"analysis.no_facilities", "analysis.no_joined_facilities", "analysis.nobody_lives", "analysis.nobody_reached", "panel.nobody_chosen"} {
		var problem *i18n.Problem
		if errors.Is(err, i18n.Errorf(key)) && errors.As(err, &problem) {
			if key == "panel.nobody_chosen" || key == "analysis.nobody_lives" {
				return i18n.M("areas.nobody_lives"), nil
			}
			return problem.Message, nil
		}
	}
	return i18n.Message{}, err
}

// positions are those of the squares in an area; never nil.
func (s *squares) positions(shape orb.MultiPolygon) []int32 {
	out := []int32{}
	for k, here := range s.inArea(shape) {
		if here {
			out = append(out, int32(k))
		}
	}
	return out
}

// people are all people of the squares.
func (s *squares) people() int {
	sum := 0
	for _, c := range s.cells {
		sum += c.People
	}
	return sum
}

// total is the number of people of a group, rounded to whole ones.
func (w weights) total() int {
	sum := int64(0)
	for _, part := range w.of {
		sum += part
	}
	return w.whole(sum)
}

// beyond counts the people of an area who live beyond the kommun's border.
func (p *Prepared) beyond(shape orb.MultiPolygon) int {
	sum, bound := 0, shape.Bound()
	for i := range p.snapshot.Cells {
		if c := &p.snapshot.Cells[i]; !c.Inside && bound.Contains(c.Centre) && inside(shape, c.Centre) {
			sum += c.People
		}
	}
	return sum
}

// openIn lists the open facilities in an area by type, in the project's order, and id.
func (p *Prepared) openIn(shape orb.MultiPolygon) []model.Facility {
	order := map[string]int{}
	for i := range p.snapshot.Types {
		order[p.snapshot.Types[i].ID] = i
	}
	var out []model.Facility
	bound := shape.Bound()
	for _, f := range p.snapshot.Facilities {
		if f.OpenOn(p.snapshot.Params.Date) && bound.Contains(f.At) && inside(shape, f.At) {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b model.Facility) int {
		return cmp.Or(cmp.Compare(order[a.Type], order[b.Type]), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// countOf counts the facilities of a type.
func countOf(places []model.Facility, service string) int {
	n := 0
	for i := range places {
		if places[i].Type == service {
			n++
		}
	}
	return n
}
