package session

import (
	"context"
	"slices"
	"strings"

	"nabar/analysis/supply"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/project"
	"nabar/model/symbology"
)

// How much service people have within reach: the question and its answer; see package supply.
type (
	SupplyQuery  = supply.Query
	SupplyGroup  = supply.Figures
	Decay        = supply.Decay
	DecayZone    = supply.Zone
	DecayForm    = supply.Form
	SupplyMethod = supply.Method
)

// SupplyResult is the answer for a project.
type SupplyResult struct {
	supply.Result
	Base   model.Query // what travel is by, in which scenario, at which date and for which people
	Column string      // that capacities were taken from; "" for none
}

// The methods and forms of decay that the window and the command line name.
const (
	TwoStepSupply    = supply.TwoStep
	CumulativeSupply = supply.Cumulative
	GravitySupply    = supply.Gravity
	EnhancedSupply   = supply.Enhanced
	StepDecay        = supply.Step
	PowerDecay       = supply.Power
)

// SupplyMethods lists the methods, DecayForms the forms of decay.
func SupplyMethods() []SupplyMethod { return supply.Methods() }

// DecayForms lists the forms of decay.
func DecayForms() []DecayForm { return supply.Forms() }

// settingSupply is what the kept measures of supply were asked for, by layer.
const settingSupply = "supply"

// KeptSupply is a measure that is kept as a layer.
type KeptSupply struct {
	Layer  int64            `json:"layer"` // model.Layer.ID
	Query  SupplyQuery      `json:"query"`
	Base   model.Query      `json:"base"`
	Column string           `json:"column,omitempty"` // that capacities were taken from
	Params model.Params     `json:"params"`
	Inputs []model.InputRef `json:"inputs"`
	Engine string           `json:"engine"`
	Name   string           `json:"-"` // the layer's name now
	Stale  bool             `json:"-"` // an input has changed since
}

// Supply measures what people have within reach. base says what travel is by and in which scenario; q what is measured;
// column names a column of the services' layers that holds the capacity of each place, "" for none. It stores nothing.
func (s *Session) Supply(ctx context.Context, base model.Query, q SupplyQuery, column string, progress model.Progress) (*SupplyResult, error) {
	progress = orSilent(progress)
	q.Impedance, q.Scenario = withBands(base).Impedance, base.Scenario
	if _, err := q.Complete(); err != nil {
		return nil, err
	}
	for _, service := range q.Services {
		if err := s.knownService(ctx, service); err != nil {
			return nil, err
		}
	}
	base.Service = q.Services[0]
	ready, err := s.ready(ctx, base, part(progress, 0, 0.4))
	if err != nil {
		return nil, err
	}
	if column != "" {
		if q.Capacities, err = s.capacities(ctx, column); err != nil {
			return nil, err
		}
	}
	r, err := supply.OnRoads(ctx, ready.Prepared, q, part(progress, 0.4, 1))
	if err != nil {
		return nil, err
	}
	out := &SupplyResult{Result: *r, Base: ready.query(base), Column: column}
	out.Query.Scenario, out.Inputs = out.Base.Scenario, append(r.Inputs, ready.inputs...)
	return out, nil
}

// capacities reads a column of all layers of service places that have it.
func (s *Session) capacities(ctx context.Context, column string) (map[supply.Row]float64, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	layers, err := s.Layers(ctx)
	if err != nil {
		return nil, err
	}
	out := map[supply.Row]float64{}
	for _, layer := range layers {
		i := columnNamed(layer, column)
		if layer.Role != model.RoleServices || i < 0 {
			continue
		}
		err := p.Features(ctx, layer, func(f model.Feature) error {
			if v := orNaN(f.Values[i]); v >= 0 {
				out[supply.Row{Layer: layer.Name, FID: f.ID}] = v
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if len(out) == 0 {
		return nil, i18n.Errorf("supply.capacity_column", column)
	}
	return out, nil
}

// supplyColumn is the column that the layer of a measure is coloured by.
const supplyColumn = "value"

// KeepSupply keeps a measure as a layer of squares in classes, which other programs show in the same colours, in place of an
// earlier one of the same services, method and scenario. It is one step that can be undone. It gives the layer's name.
func (s *Session) KeepSupply(ctx context.Context, r *SupplyResult) (string, error) {
	name := s.supplyName(r)
	err := s.edit(ctx, i18n.M("supply.step", name), func(tx *project.Tx) error {
		kept, err := dropSupply(tx, name)
		if err != nil {
			return err
		}
		layer, err := tx.AddLayer(supplyLayer(s.Printer(), name, r), func(yield func(model.Feature) error) error {
			return supplyRows(r, yield)
		})
		if err != nil {
			return err
		}
		if err := tx.SetQGISStyle(layer.ID, symbology.QGISStyle(supplyColumn, r.Breaks, r.ClassLabels(s.Printer())), ""); err != nil {
			return err
		}
		query := r.Query
		query.Capacities = nil // the column tells
		kept = append(kept, KeptSupply{
			Layer: layer.ID, Query: query, Base: r.Base, Column: r.Column, Params: r.Params, Inputs: r.Inputs, Engine: r.Engine,
		})
		return tx.SetSetting(settingSupply, kept)
	})
	return name, err
}

// supplyName names the layer of a measure.
func (s *Session) supplyName(r *SupplyResult) string {
	p := s.Printer()
	b := &r.Base
	said := []string{p.T("supply.short." + string(r.Query.Method)), r.Query.Group, b.Scenario, b.Profile, b.Date, b.Demand}
	said = slices.DeleteFunc(said, func(s string) bool { return s == "" })
	return p.T("supply.layer", strings.ToLower(p.Text(r.Name)), strings.Join(said, ", "))
}

// dropSupply removes the kept measure of a name, and lists those that stay.
func dropSupply(tx *project.Tx, name string) ([]KeptSupply, error) {
	var kept []KeptSupply
	if _, err := tx.Setting(settingSupply, &kept); err != nil {
		return nil, err
	}
	layers, err := tx.Layers()
	if err != nil {
		return nil, err
	}
	var stay []KeptSupply
	for _, k := range kept {
		i := slices.IndexFunc(layers, func(l model.Layer) bool { return l.ID == k.Layer })
		switch {
		case i < 0: // the user removed it
		case layers[i].Name == name:
			if err := tx.RemoveLayer(k.Layer); err != nil {
				return nil, err
			}
		default:
			stay = append(stay, k)
		}
	}
	return stay, nil
}

// supplyLayer describes the layer of a measure.
func supplyLayer(p *i18n.Printer, name string, r *SupplyResult) model.Layer {
	style := symbology.Style{Kind: symbology.ClassKind, Column: supplyColumn, Breaks: r.Breaks, Labels: r.ClassLabels(p)}
	return model.Layer{
		Name: name, Role: model.RoleLayer, Geometry: model.PolygonType, Visible: true, Style: style.JSON(),
		Fields: []model.Field{
			{Name: "cell", Type: model.Text},
			{Name: "people", Type: model.Integer},
			{Name: supplyColumn, Type: model.Real},
			{Name: "places", Type: model.Integer},
			{Name: "types", Type: model.Integer},
		},
		Source: model.Import{CRS: "EPSG:3006", Read: len(r.Cells), Imported: len(r.Cells)},
	}
}

// supplyRows gives the squares of a measure.
func supplyRows(r *SupplyResult, yield func(model.Feature) error) error {
	for i := range r.Cells {
		c := &r.Cells[i]
		value := any(nil)
		if c.Places > 0 {
			value = c.Value
		}
		err := yield(model.Feature{
			Geometry: c.Centre.Bound().Pad(c.Size / 2).ToPolygon(),
			Values:   []any{c.ID, int64(c.People), value, int64(c.Places), int64(c.Types)},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// KeptSupplies lists the measures that are kept as layers, with how they were asked for and whether their inputs have
// changed since.
func (s *Session) KeptSupplies(ctx context.Context) ([]KeptSupply, error) {
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	var kept, out []KeptSupply
	if _, err := p.Setting(ctx, settingSupply, &kept); err != nil {
		return nil, err
	}
	layers, err := s.Layers(ctx)
	if err != nil {
		return nil, err
	}
	for _, k := range kept {
		if i := slices.IndexFunc(layers, func(l model.Layer) bool { return l.ID == k.Layer }); i >= 0 {
			k.Name, k.Stale = layers[i].Name, s.outdated(ctx, k.Base, k.Params, k.Inputs)
			out = append(out, k)
		}
	}
	return out, nil
}
