package project

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math"
	"slices"

	"nabar/model"
)

// inputRow is how the identity of an input is kept.
type inputRow struct {
	Layer    string     `json:"layer"`
	Role     model.Role `json:"role"`
	Source   string     `json:"source,omitempty"`
	SHA256   string     `json:"sha256,omitempty"`
	Revision int64      `json:"revision"`
	Edition  string     `json:"edition,omitempty"`
}

// Results reads all stored results in the order they were first computed. Stale is set for those whose inputs are not
// what they were: layers, parameters, service types or kommun.
func (p *Project) Results(ctx context.Context) (results []model.Result, err error) {
	err = p.reading(ctx, func(db *sql.DB) error {
		results, err = readResults(ctx, db, ``)
		return err
	})
	return results, err
}

// Result reads the result of one query, as Results does.
func (p *Project) Result(ctx context.Context, q model.Query) (r *model.Result, found bool, err error) {
	err = p.reading(ctx, func(db *sql.DB) error {
		key, err := keyOf(ctx, db, q)
		if err != nil {
			return err
		}
		results, err := readResults(ctx, db, ` AND `+ofKey, key.args()...)
		if err == nil && len(results) > 0 {
			r, found = &results[0], true
		}
		return err
	})
	return r, found, err
}

// resultKey tells the queries of stored results apart.
type resultKey struct {
	scenario                       int64 // 0 for the baseline
	profile, date, demand, service string
	impedance, limits              string
}

// ofKey is the condition that a result is that of args().
const ofKey = `scenario=? AND profile=? AND date=? AND demand=? AND service=? AND impedance=? AND limits=?`

func (k resultKey) args() []any {
	return []any{k.scenario, k.profile, k.date, k.demand, k.service, k.impedance, k.limits}
}

// plain tells whether the project is taken as it is, in the usual way, today and for the usual people.
func (k resultKey) plain() bool {
	return k.scenario == 0 && k.profile == "" && k.date == "" && k.demand == ""
}

// keyOf gives the key of a query.
func keyOf(ctx context.Context, db querier, q model.Query) (k resultKey, err error) {
	k = resultKey{profile: q.Profile, date: q.Date, demand: q.Demand, service: q.Service, impedance: string(q.Impedance)}
	if k.limits, err = encodeBands(q); err != nil {
		return k, err
	}
	k.scenario, err = scenarioID(ctx, db, q.Scenario)
	return k, err
}

// encodeBands gives the part of a query's identity that its limits are.
func encodeBands(q model.Query) (string, error) {
	bands := q.Bands
	if bands == nil {
		bands = model.DefaultBands(q.Impedance)
	}
	out, err := json.Marshal(bands)
	return string(out), err
}

// readResults reads the results that a condition chooses, whole. A result whose table another program has deleted is
// left out.
func readResults(ctx context.Context, q querier, condition string, args ...any) ([]model.Result, error) {
	state, err := readState(ctx, q)
	if err != nil {
		return nil, err
	}
	results, tables, err := readFigures(ctx, q, state, condition, args...)
	if err != nil {
		return nil, err
	}
	for i := range results {
		r := &results[i]
		if r.Bands, err = readBands(ctx, q, r.ID); err != nil {
			return nil, err
		}
		if r.Places, err = readPlaces(ctx, q, r.ID); err != nil {
			return nil, err
		}
		if r.Cells, err = readCells(ctx, q, tables[i], r.Query.Impedance); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// readFigures reads the rows of nabar_result, and the names of their layer tables.
func readFigures(ctx context.Context, q querier, now state, condition string, args ...any) (results []model.Result, tables []string, err error) {
	rows, err := q.QueryContext(ctx, `SELECT id,scenario,profile,date,demand,service,impedance,limits,table_name,facilities,people,reached,unreached,
  mean,median,p90,max,second_mean,params,inputs,engine,state FROM nabar_result
  WHERE table_name IN (SELECT name FROM sqlite_master WHERE type='table') AND `+ofScenario+condition+` ORDER BY id`, args...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r model.Result
		var scenario int64
		var table, limits, params, inputs, then string
		var figure [5]sql.NullFloat64
		err := rows.Scan(&r.ID, &scenario, &r.Query.Profile, &r.Query.Date, &r.Query.Demand, &r.Query.Service, &r.Query.Impedance,
			&limits, &table, &r.Facilities, &r.People, &r.Reached, &r.Unreached, &figure[0], &figure[1], &figure[2], &figure[3], &figure[4], &params, &inputs, &r.Engine, &then)
		if err != nil {
			return nil, nil, err
		}
		for i, into := range []*float64{&r.Mean, &r.Median, &r.P90, &r.Max, &r.SecondMean} {
			*into = orNaN(figure[i])
		}
		var in []inputRow
		var was state
		err = errors.Join(json.Unmarshal([]byte(limits), &r.Query.Bands), json.Unmarshal([]byte(params), &r.Params),
			json.Unmarshal([]byte(inputs), &in), json.Unmarshal([]byte(then), &was))
		if err != nil {
			return nil, nil, err
		}
		for _, row := range in {
			r.Inputs = append(r.Inputs, model.InputRef(row))
		}
		r.Query.Scenario = now.scenarios[scenario].name
		r.Stale = now.outdates(&r, was, now.scenarios[scenario])
		results, tables = append(results, r), append(tables, table)
	}
	return results, tables, rows.Err()
}

// readBands reads the bands of a result.
func readBands(ctx context.Context, q querier, id int64) ([]model.Band, error) {
	return collect(ctx, q, func(rows *sql.Rows) (b model.Band, err error) {
		return b, rows.Scan(&b.To, &b.People)
	}, `SELECT upto,people FROM nabar_result_band WHERE result=? ORDER BY seq`, id)
}

// readPlaces reads the facilities of a result.
func readPlaces(ctx context.Context, q querier, id int64) ([]model.PlaceFigure, error) {
	return collect(ctx, q, func(rows *sql.Rows) (f model.PlaceFigure, err error) {
		return f, rows.Scan(&f.ID, &f.Name, &f.PeopleNearest, &f.Joined)
	}, `SELECT facility,name,people_nearest,joined FROM nabar_result_place WHERE result=? ORDER BY seq`, id)
}

// readCells reads the squares of a result from its layer's table.
func readCells(ctx context.Context, q querier, table string, i model.Impedance) ([]model.CellCost, error) {
	fields := resultFields(i)
	return collect(ctx, q, func(rows *sql.Rows) (model.CellCost, error) {
		var c model.CellCost
		var nearest, second sql.NullString
		var cost, secondCost sql.NullFloat64
		err := rows.Scan(&c.Cell, &c.People, &nearest, &cost, &second, &secondCost)
		c.Nearest, c.Second, c.Cost, c.SecondCost = nearest.String, second.String, orNaN(cost), orNaN(secondCost)
		return c, err
	}, `SELECT cell,people,nearest,`+ident(fields[3].Name)+`,second,`+ident(fields[5].Name)+` FROM `+ident(table)+` ORDER BY fid`)
}

// collect reads all rows of a query.
func collect[T any](ctx context.Context, q querier, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// orNaN gives NaN for NULL, which is how figures that don't exist are kept.
func orNaN(f sql.NullFloat64) float64 {
	if !f.Valid {
		return math.NaN()
	}
	return f.Float64
}

// orNull gives NULL for what is not a number.
func orNull(f float64) any {
	if math.IsNaN(f) {
		return nil
	}
	return f
}

// state is all that a result depends on and that can change: when it is the same as when the result was stored, so is
// the result.
type state struct {
	Layers []inputRow   `json:"layers"` // role and revision alone, in the order of revisions
	Types  string       `json:"types"`  // checksum of the service types
	Kommun string       `json:"kommun"`
	params model.Params // compared with the result's own

	scenarios map[int64]outcome // by id; 0 is the baseline
	ways      ways
}

// inputRoles are the roles of layers that results are computed from.
const inputRoles = `'roads','population','services','area'`

// readState reads the state as it is now.
func readState(ctx context.Context, q querier) (s state, err error) {
	s.Layers, err = collect(ctx, q, func(rows *sql.Rows) (r inputRow, err error) {
		return r, rows.Scan(&r.Role, &r.Revision)
	}, `SELECT role,revision FROM nabar_layer WHERE role IN (`+inputRoles+`) ORDER BY revision`)
	if err != nil {
		return s, err
	}
	var types json.RawMessage
	if found, err := getSetting(ctx, q, SettingTypes, &types); err != nil {
		return s, err
	} else if found {
		sum := sha256.Sum256(types)
		s.Types = hex.EncodeToString(sum[:])
	}
	var kommun kommunRow
	if _, err := getSetting(ctx, q, settingKommun, &kommun); err != nil {
		return s, err
	}
	s.Kommun = kommun.Code
	s.params = model.DefaultParams()
	if _, err = getSetting(ctx, q, SettingParams, &s.params); err != nil {
		return s, err
	}
	if s.ways, err = readWays(ctx, q); err != nil {
		return s, err
	}
	s.scenarios, err = outcomes(ctx, q, s.params)
	return s, err
}

// outdates tells whether a result that was stored in the state was is stale now. Revisions are never given twice, so
// a result is fresh again when an undo brings its inputs' revisions back. Inputs of the result that were changed
// between its computation and its storing are missed by no list. A scenario is one of the inputs: as long as it and its
// parents mean the same, its checksum is the same.
func (now state) outdates(r *model.Result, was state, here outcome) bool {
	if r.Query.Date != "" {
		here.params.Date = r.Query.Date
	}
	if now.Types != was.Types || now.Kommun != was.Kommun || here.params != r.Params || !slices.Equal(now.Layers, was.Layers) {
		return true
	}
	if here.checksum != "" && !slices.ContainsFunc(r.Inputs, func(in model.InputRef) bool {
		return in.Role == model.RoleScenario && in.SHA256 == here.checksum
	}) {
		return true
	}
	if now.ways.outdate(r) {
		return true
	}
	for _, in := range r.Inputs {
		here := slices.ContainsFunc(now.Layers, func(l inputRow) bool { return l.Role == in.Role && l.Revision == in.Revision })
		if !here && in.Revision != 0 {
			return true
		}
	}
	return false
}
