package project

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// ResultLook says how a result's layer presents itself to other programs. Everything may be left out.
type ResultLook struct {
	Service string // the service type's name; else its translation, else its id
	Profile string // the travel profile's name, where the query names one; else its id
	QML     string // style for QGIS
	SLD     string // style for other programs
}

// SaveResult stores a result in place of the earlier one of the same query, and its squares as a layer of polygons with
// the figures as columns, which other programs show. cells gives the squares their places; one that is not among them
// stands without geometry. It is no undo step. The layer is named in the language of SetLanguage when it is first made.
func (p *Project) SaveResult(ctx context.Context, r *model.Result, cells []model.Cell, look ...ResultLook) error {
	var l ResultLook
	if len(look) > 0 {
		l = look[0]
	}
	return p.writing(ctx, func(c *sql.Conn) error {
		if err := adoptOutside(ctx, c); err != nil {
			return err
		}
		return unlogged(ctx, c, func() error {
			if err := dropForsaken(ctx, c); err != nil {
				return err
			}
			s := saver{ctx: ctx, c: c, r: r}
			var err error
			if s.key, err = keyOf(ctx, c, r.Query); err != nil {
				return err
			}
			if err := s.place(p.resultName(r, l)); err != nil {
				return err
			}
			if err := s.figures(); err != nil {
				return err
			}
			if err := s.squares(cells); err != nil {
				return err
			}
			return putQGISStyle(ctx, c, s.table, s.name, l.QML, l.SLD)
		})
	})
}

// resultName names a result's layer. Its no-break spaces keep it apart from every name that a layer of the user's can
// have, see cleanName.
func (p *Project) resultName(r *model.Result, l ResultLook) string {
	q := r.Query
	p.mu.Lock()
	printer := i18n.For(p.lang)
	p.mu.Unlock()
	service := l.Service
	if key := "service." + q.Service; service == "" && printer.Has(key) {
		service = printer.T(key)
	} else if service == "" {
		service = q.Service
	}
	impedance := strings.ToLower(printer.T("impedance." + string(q.Impedance)))
	name := printer.T("project.result_layer", strings.ToLower(service), impedance)
	if q.Scenario != "" {
		name = printer.T("scenario.result_layer", strings.ToLower(service), impedance, q.Scenario)
	}
	profile := q.Profile
	if profile != "" {
		profile = cmp.Or(l.Profile, profile)
	}
	for _, more := range []string{profile, q.Date, q.Demand} {
		if more != "" {
			name = printer.T("profile.result_layer", name, more)
		}
	}
	if r.Params.Rules != 0 {
		name = printer.T("pipos.result_layer", name)
	}
	return strings.ReplaceAll(cleanName(name), " ", i18n.NBSP)
}

// saver stores one result.
type saver struct {
	ctx         context.Context
	c           *sql.Conn
	r           *model.Result
	key         resultKey
	id          int64 // 0 for a new one
	table, name string
}

// place makes room: it removes the earlier result of the query but keeps its number and names, or chooses new ones. The
// names follow when a scenario, a profile or a demand set was given another name.
func (s *saver) place(name string) error {
	err := s.earlier().Scan(&s.id, &s.table, &s.name)
	if err == nil {
		named, err := s.named(name)
		if err == nil {
			err = removeResult(s.ctx, s.c, s.id, s.table)
		}
		if err != nil || named {
			return err
		}
	} else if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	s.name, err = numbered(name, i18n.NBSP, func(name string) (taken bool, err error) {
		err = s.c.QueryRowContext(s.ctx, `SELECT EXISTS(SELECT 1 FROM gpkg_contents WHERE identifier=?)`, name).Scan(&taken)
		return taken, err
	})
	if err != nil {
		return err
	}
	s.table, err = freeTable(s.ctx, s.c, s.name)
	return err
}

// named tells whether the earlier result may keep its name: its scenario has no other name, and it was computed by the same
// rules.
func (s *saver) named(name string) (bool, error) {
	var rules string
	err := s.c.QueryRowContext(s.ctx, `SELECT coalesce(json_extract(params,'$.rules'),'') FROM nabar_result WHERE id=?`, s.id).Scan(&rules)
	return rules == s.r.Params.Rules.String() && (s.key.plain() || strings.HasPrefix(s.name, name)), err
}

// earlier finds the stored result of the query.
func (s *saver) earlier() *sql.Row {
	return s.c.QueryRowContext(s.ctx, `SELECT id,table_name,layer_name FROM nabar_result WHERE `+ofKey, s.key.args()...)
}

// removeResult removes a stored result with its layer.
func removeResult(ctx context.Context, c *sql.Conn, id int64, table string) error {
	if err := unregister(ctx, c, table); err != nil {
		return err
	}
	if err := dropTable(ctx, c, table); err != nil {
		return err
	}
	_, err := c.ExecContext(ctx, `DELETE FROM nabar_result WHERE id=?`, id)
	return err
}

// figures writes all but the squares.
func (s *saver) figures() error {
	r := s.r
	now, err := readState(s.ctx, s.c)
	if err != nil {
		return err
	}
	inputs := make([]inputRow, len(r.Inputs))
	for i, in := range r.Inputs {
		inputs[i] = inputRow(in)
	}
	var asJSON [3]string
	for i, v := range []any{r.Params, inputs, now} {
		content, err := json.Marshal(v)
		if err != nil {
			return err
		}
		asJSON[i] = string(content)
	}
	id := any(nil)
	if s.id != 0 {
		id = s.id
	}
	result, err := s.c.ExecContext(s.ctx, `INSERT INTO nabar_result(id,scenario,profile,date,demand,service,impedance,limits,layer_name,table_name,
  facilities,people,reached,unreached,mean,median,p90,max,second_mean,params,inputs,engine,state)
  VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		append(append([]any{id}, s.key.args()...), s.name, s.table, r.Facilities, r.People, r.Reached, r.Unreached,
			orNull(r.Mean), orNull(r.Median), orNull(r.P90), orNull(r.Max), orNull(r.SecondMean), asJSON[0], asJSON[1], r.Engine, asJSON[2])...)
	if err != nil {
		return err
	}
	if s.id, err = result.LastInsertId(); err != nil {
		return err
	}
	return s.lists()
}

// lists writes the bands and the facilities.
func (s *saver) lists() error {
	for i, b := range s.r.Bands {
		_, err := s.c.ExecContext(s.ctx, `INSERT INTO nabar_result_band(result,seq,upto,people) VALUES(?,?,?,?)`, s.id, i, b.To, b.People)
		if err != nil {
			return err
		}
	}
	for i, f := range s.r.Places {
		_, err := s.c.ExecContext(s.ctx, `INSERT INTO nabar_result_place(result,seq,facility,name,people_nearest,joined) VALUES(?,?,?,?,?,?)`,
			s.id, i, f.ID, f.Name, f.PeopleNearest, f.Joined)
		if err != nil {
			return err
		}
	}
	return nil
}

// resultFields are the columns of a result's layer.
func resultFields(i model.Impedance) []model.Field {
	unit := "_m"
	if i == model.Time {
		unit = "_s"
	}
	return []model.Field{
		{Name: "cell", Type: model.Text},
		{Name: "people", Type: model.Integer},
		{Name: "nearest", Type: model.Text},
		{Name: "cost" + unit, Type: model.Real},
		{Name: "second", Type: model.Text},
		{Name: "second_cost" + unit, Type: model.Real},
	}
}

// squares writes the layer.
func (s *saver) squares(cells []model.Cell) error {
	at := make(map[string]orb.Geometry, len(cells))
	for i := range cells {
		at[cells[i].ID] = square(&cells[i])
	}
	layer := model.Layer{Name: s.name, Table: s.table, Geometry: model.PolygonType, Fields: resultFields(s.r.Query.Impedance)}
	err := fill(s.ctx, s.c, &layer, func(yield func(model.Feature) error) error {
		for _, c := range s.r.Cells {
			err := yield(model.Feature{Geometry: at[c.Cell], Values: []any{
				c.Cell, c.People, orEmpty(c.Nearest), orNull(c.Cost), orEmpty(c.Second), orNull(c.SecondCost),
			}})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return register(s.ctx, s.c, &layer, "")
}

// orEmpty gives NULL for the empty text.
func orEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// square is the outline of a demand square, counter-clockwise.
func square(c *model.Cell) orb.Geometry {
	h := c.Size / 2
	west, south, east, north := c.Centre[0]-h, c.Centre[1]-h, c.Centre[0]+h, c.Centre[1]+h
	return orb.Polygon{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}}
}

// RemoveResult removes the stored result of a query and its layer, if there is one. It is no undo step.
func (p *Project) RemoveResult(ctx context.Context, q model.Query) error {
	return p.writing(ctx, func(c *sql.Conn) error {
		return unlogged(ctx, c, func() error {
			s := saver{ctx: ctx, c: c, r: &model.Result{Query: q}}
			var err error
			if s.key, err = keyOf(ctx, c, q); err != nil {
				return err
			}
			err = s.earlier().Scan(&s.id, &s.table, &s.name)
			if errors.Is(err, sql.ErrNoRows) {
				return nil
			}
			if err != nil {
				return err
			}
			return removeResult(ctx, c, s.id, s.table)
		})
	})
}

// ResultLayers lists the layers of stored results, which can be read with Features. Their IDs are negative: they are no layers that an edit can change.
func (p *Project) ResultLayers(ctx context.Context) (layers []model.Layer, err error) {
	err = p.reading(ctx, func(db *sql.DB) error {
		layers, err = listResultLayers(ctx, db)
		return err
	})
	return layers, err
}

// listResultLayers is ResultLayers on a connection.
func listResultLayers(ctx context.Context, q querier) ([]model.Layer, error) {
	layers, err := collect(ctx, q, func(rows *sql.Rows) (model.Layer, error) {
		l := model.Layer{Role: model.RoleResult, Geometry: model.PolygonType, Visible: true, Opacity: 1}
		var impedance model.Impedance
		var side [4]sql.NullFloat64
		err := rows.Scan(&l.ID, &l.Name, &l.Table, &impedance, &side[0], &side[1], &side[2], &side[3])
		if side[0].Valid {
			l.Bounds = orb.Bound{Min: orb.Point{side[0].Float64, side[1].Float64}, Max: orb.Point{side[2].Float64, side[3].Float64}}
		}
		l.Fields = resultFields(impedance)
		return l, err
	}, `SELECT -r.id,layer_name,r.table_name,impedance,min_x,min_y,max_x,max_y
  FROM nabar_result r JOIN gpkg_contents c ON c.table_name=r.table_name
  WHERE r.table_name IN (SELECT name FROM sqlite_master WHERE type='table') AND `+ofScenario+` ORDER BY r.id`)
	if err != nil {
		return nil, err
	}
	for i := range layers {
		err := q.QueryRowContext(ctx, `SELECT count(*) FROM `+ident(layers[i].Table)).Scan(&layers[i].Features)
		if err != nil {
			return nil, err
		}
	}
	return layers, nil
}
