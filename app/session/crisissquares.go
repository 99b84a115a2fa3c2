package session

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// CrisisSquare is a square where a crisis takes something from people.
type CrisisSquare struct {
	Cell     int // index in the snapshot of the project as it usually is
	ID       string
	People   int
	Lost     []string // service types that are no longer reached, in the project's order
	Farther  []string // those that are reached by a longer way
	Most     float64  // the greatest longer way of these, metres or seconds; 0 where there is none
	Services []CrisisShift
}

// CrisisShift is the way to one service type before and during a crisis, NaN where it is not reached.
type CrisisShift struct {
	Service       string
	Before, After float64
}

// crisisSquares gathers the squares with people that lose a service or get farther to one, the most people first.
func crisisSquares(snapshot *model.Snapshot, services []CrisisService) []CrisisSquare {
	at := map[string]int{}
	var out []CrisisSquare
	index := make(map[string]int, len(snapshot.Cells))
	for i := range snapshot.Cells {
		index[snapshot.Cells[i].ID] = i
	}
	for _, one := range services {
		for _, shift := range one.Change.Cells {
			lost := shift.Kind == model.ShiftUnreached
			if shift.People == 0 || !lost && shift.Kind != model.ShiftWorse {
				continue
			}
			k, known := at[shift.Cell]
			if !known {
				k = len(out)
				at[shift.Cell] = k
				out = append(out, CrisisSquare{Cell: index[shift.Cell], ID: shift.Cell, People: shift.People})
			}
			square := &out[k]
			if lost {
				square.Lost = append(square.Lost, one.Service)
			} else {
				square.Farther = append(square.Farther, one.Service)
				square.Most = math.Max(square.Most, shift.After-shift.Before)
			}
			square.Services = append(square.Services, CrisisShift{one.Service, shift.Before, shift.After})
		}
	}
	slices.SortFunc(out, func(a, b CrisisSquare) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(a.Cell, b.Cell))
	})
	return out
}

// CrisisSquaresTable lists the squares that a crisis takes something from, the most people first.
func (s *Session) CrisisSquaresTable(ctx context.Context, c *Crisis) model.Table {
	p := s.Printer()
	unit, divisor := costUnit(p, c.Query.Impedance)
	t := model.Table{Name: p.T("more.crisis.squares", c.Name), Columns: []model.TableColumn{
		{Head: p.T("more.crisis.square")},
		{Head: p.T("more.crisis.near")},
		{Head: p.T("prep.col.people"), Number: true},
		{Head: p.T("more.crisis.lost")},
		{Head: p.T("more.crisis.farther")},
		{Head: p.T("prep.column.most"), Unit: unit, Number: true, Decimals: 1},
	}}
	for i := range c.Squares {
		square := &c.Squares[i]
		most := math.NaN()
		if square.Most > 0 {
			most = square.Most / divisor
		}
		t.Rows = append(t.Rows, model.TableRow{ID: square.ID, Cells: []model.TableCell{
			model.Words(square.ID), model.Words(Near(c.usual, c.usual.Cells[square.Cell].Centre)), model.Amount(float64(square.People)),
			model.Words(s.serviceList(ctx, square.Lost)), model.Words(s.serviceList(ctx, square.Farther)), model.Amount(most),
		}})
	}
	return t
}

// WriteCrisisSquares writes what each square loses as CSV, a row for each square and service type that changes: comma, point, UTF-8;
// metres or seconds, empty where the service is not reached.
func (s *Session) WriteCrisisSquares(path string, c *Crisis) error {
	return atomicfile.Write(path, func(w io.Writer) error {
		rows := [][]string{{"cell", "people", "service", "change", "before", "after"}}
		number := func(v float64) string {
			if math.IsNaN(v) {
				return ""
			}
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
		for i := range c.Squares {
			square := &c.Squares[i]
			for _, shift := range square.Services {
				kind := model.ShiftWorse
				if math.IsNaN(shift.After) {
					kind = model.ShiftUnreached
				}
				rows = append(rows, []string{
					square.ID, strconv.Itoa(square.People), shift.Service, string(kind), number(shift.Before), number(shift.After),
				})
			}
		}
		return csv.NewWriter(w).WriteAll(rows)
	})
}

// crisisBreaks are the classes of squares by how many service types they no longer reach.
var crisisBreaks = []float64{0, 1, 2, 3}

// SaveCrisisSquares keeps the squares that a crisis takes something from as a layer, in classes by how many service types they no
// longer reach, as one step that can be taken back, and gives the layer's name. A layer of that name that the program made
// takes its place; name "" is that of the crisis. Where nobody loses anything it gives a Problem.
func (s *Session) SaveCrisisSquares(ctx context.Context, c *Crisis, name string) (string, error) {
	p := s.Printer()
	if len(c.Squares) == 0 {
		return "", i18n.Errorf("more.crisis.no_squares", c.Name)
	}
	if name = strings.TrimSpace(name); name == "" {
		name = p.T("more.crisis.layer", c.Name)
	}
	unit, divisor := costUnit(p, c.Query.Impedance)
	lost := p.T("more.crisis.column_lost")
	style := symbology.Style{Kind: symbology.AreaKind, Column: lost, Breaks: crisisBreaks, Ramp: symbology.Heat, Width: 0.5}
	for i := range len(crisisBreaks) + 1 {
		style.Labels = append(style.Labels, p.T(fmt.Sprint("more.crisis.class.", i)))
	}
	layer := model.Layer{
		Name: name, Role: model.RoleResult, Geometry: model.PolygonType, Visible: true, Opacity: 1, Style: style.JSON(),
		Source: model.Import{
			CRS: "EPSG:3006", Date: time.Now().Format(time.DateOnly), Imported: len(c.Squares), Made: []string{p.Text(c.Name), p.Text(c.Summary)},
		},
		Fields: []model.Field{
			{Name: p.T("more.crisis.square"), Type: model.Text},
			{Name: p.T("prep.col.people"), Type: model.Integer},
			{Name: lost, Type: model.Integer},
			{Name: p.T("more.crisis.lost"), Type: model.Text},
			{Name: p.T("more.crisis.farther"), Type: model.Text},
			{Name: p.T("prep.column.most") + " " + unit, Type: model.Real},
		},
	}
	var rows []model.Feature
	for i := range c.Squares {
		square := &c.Squares[i]
		rows = append(rows, model.Feature{ID: int64(i + 1), Geometry: squareOf(&c.usual.Cells[square.Cell]), Values: []any{
			square.ID, int64(square.People), int64(len(square.Lost)), s.serviceList(ctx, square.Lost), s.serviceList(ctx, square.Farther),
			thousandths(square.Most / divisor),
		}})
	}
	return s.keepMade(ctx, layer, func(yield func(model.Feature) error) error {
		for _, f := range rows {
			if err := yield(f); err != nil {
				return err
			}
		}
		return nil
	})
}

// squareOf is the outline of a square.
func squareOf(c *model.Cell) orb.Polygon {
	half := c.Size / 2
	return orb.Bound{
		Min: orb.Point{c.Centre[0] - half, c.Centre[1] - half}, Max: orb.Point{c.Centre[0] + half, c.Centre[1] + half},
	}.ToPolygon()
}
