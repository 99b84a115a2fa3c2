package cli

import (
	"context"
	"encoding/csv"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"nabar/app/session"
	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/model"
)

// sayRules says by whose rules the figures are computed, where these are not the program's own.
func (c *call) sayRules(r model.Rules) {
	if r != 0 {
		c.say("cli.remark", session.RulesNote(r))
	}
}

// piposFlags are the flags of pipos.
type piposFlags struct {
	q                                           queryFlags
	mode, result, layer, cell, distance, people string
	nearest, unit, out                          string
	tolerance                                   float64
}

// piposCommand turns Pipos mode on and off, and tells where a result of Pipos' differs and why.
func piposCommand() command {
	var f piposFlags
	return command{
		name: "pipos", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&f.q.service, "service", "", "")
			f.q.addScenario(c)
			c.flags.StringVar(&f.mode, "mode", "", "")
			c.flags.StringVar(&f.result, "result", "", "")
			c.flags.StringVar(&f.layer, "layer", "", "")
			c.flags.StringVar(&f.cell, "cell", "", "")
			c.flags.StringVar(&f.distance, "distance", "", "")
			c.flags.StringVar(&f.people, "people", "", "")
			c.flags.StringVar(&f.nearest, "nearest", "", "")
			c.flags.StringVar(&f.unit, "unit", "", "")
			c.flags.StringVar(&f.out, "out", "", "")
			c.flags.Float64Var(&f.tolerance, "tolerance", session.DefaultTolerance, "")
		},
		run: func(ctx context.Context, c *call) error {
			if err := f.check(); err != nil {
				return err
			}
			if f.mode != "" {
				return c.setPipos(ctx, f.mode == "on")
			}
			return c.piposDifferences(ctx, &f)
		},
	}
}

// check finds faults of the call.
func (f *piposFlags) check() error {
	f.q.impedance = string(model.Distance)
	switch {
	case f.mode != "" && f.mode != "on" && f.mode != "off":
		return usage("pipos.mode_wrong", f.mode)
	case f.mode != "" && f.result != "":
		return usage("pipos.mode_or_result")
	case f.mode == "" && f.result == "":
		return usage("pipos.result_missing")
	case f.unit != "" && f.unit != string(model.UnitKm) && f.unit != string(model.UnitMetre):
		return usage("pipos.unit_wrong", f.unit)
	case !(f.tolerance >= 0) || math.IsInf(f.tolerance, 0):
		return usage("pipos.tolerance_wrong", strconv.FormatFloat(f.tolerance, 'f', -1, 64))
	}
	return nil
}

// setPipos turns Pipos mode on or off and says so.
func (c *call) setPipos(ctx context.Context, on bool) error {
	if err := c.session.Open(ctx, c.args[0]); err != nil {
		return err
	}
	if err := c.session.SetPipos(ctx, on); err != nil {
		return err
	}
	rules, err := c.session.Rules(ctx)
	if err != nil {
		return err
	}
	if c.json {
		return c.answer(struct {
			Rules string `json:"rules"`
		}{rules.String()})
	}
	if !on {
		c.say("pipos.note_own")
		return nil
	}
	c.say("pipos.note")
	return nil
}

// piposDifferences compares and tells.
func (c *call) piposDifferences(ctx context.Context, f *piposFlags) error {
	query, err := f.q.query()
	if err != nil {
		return err
	}
	if err := c.open(ctx); err != nil {
		return err
	}
	mapping := model.Mapping{}
	for part, column := range map[string]string{
		model.PartCellID: f.cell, model.PartReferenceCost: f.distance, model.PartPeople: f.people, model.PartReferenceNearest: f.nearest,
	} {
		if column != "" {
			mapping[part] = column
		}
	}
	d, err := c.session.PiposDifferences(ctx, f.result, query, session.ReferenceOptions{
		Layer: f.layer, Mapping: mapping, Unit: model.ReferenceUnit(f.unit), Tolerance: f.tolerance,
	}, c.progress())
	if err != nil {
		return err
	}
	if f.out != "" {
		if err := writeDifferences(f.out, d); err != nil {
			return err
		}
	}
	if c.json {
		return c.answer(c.differencesToJSON(d))
	}
	c.sayDifferences(ctx, d)
	return nil
}

// differencesJSON is the report as scripts read it: metres; null where there is none.
type differencesJSON struct {
	Service string `json:"service"`
	Result  struct {
		Source  string              `json:"source"`
		SHA256  string              `json:"sha256"`
		Columns model.Mapping       `json:"columns"`
		Unit    model.ReferenceUnit `json:"unit"`
		StepM   float64             `json:"step_m"`
		Rows    int                 `json:"rows"`
		Skipped []problemJSON       `json:"skipped"`
		Twice   int                 `json:"twice"`
		Outside int                 `json:"outside"`
	} `json:"result"`
	ToleranceM      float64          `json:"tolerance_m"`
	Compared        int              `json:"compared"`
	People          int              `json:"people"`
	Equal           int              `json:"equal"`
	Differing       int              `json:"differing"`
	PeopleDiffering int              `json:"people_differing"`
	Mean            meansJSON        `json:"mean"`
	Causes          []causeJSON      `json:"causes"`
	Cells           []differenceJSON `json:"cells"`
}

// problemJSON is a row that could not be used.
type problemJSON struct {
	Row    int64  `json:"row"`
	Reason string `json:"reason"`
}

// meansJSON are means over the people of the squares that all three reach.
type meansJSON struct {
	Own     *float64 `json:"own"`
	ByPipos *float64 `json:"by_pipos_rules"`
	Result  *float64 `json:"result"`
}

// causeJSON sums the squares that differ for the same causes.
type causeJSON struct {
	Causes  []model.Cause `json:"causes"`
	Text    string        `json:"text"`
	Squares int           `json:"squares"`
	People  int           `json:"people"`
	Mean    *float64      `json:"mean_difference"`
	Max     *float64      `json:"max_difference"`
}

// differenceJSON is one square that differs.
type differenceJSON struct {
	Cell          string        `json:"cell"`
	People        *int          `json:"people"`
	ResultPeople  *int          `json:"result_people"`
	Own           *float64      `json:"own"`
	ByPipos       *float64      `json:"by_pipos_rules"`
	Result        *float64      `json:"result"`
	Difference    *float64      `json:"difference"`
	Nearest       string        `json:"nearest"`
	PiposNearest  string        `json:"nearest_by_pipos_rules"`
	ResultNearest string        `json:"result_nearest"`
	Causes        []model.Cause `json:"causes"`
}

// differencesToJSON turns the report into its JSON form.
func (c *call) differencesToJSON(d *model.Differences) differencesJSON {
	out := differencesJSON{
		Service: d.Query.Service, ToleranceM: d.Tolerance, Compared: d.Compared, People: d.People, Equal: d.Equal,
		Differing: d.Differing, PeopleDiffering: d.Concerned, Mean: meansJSON{number(d.Own), number(d.ByPipos), number(d.Theirs)},
		Causes: []causeJSON{}, Cells: []differenceJSON{},
	}
	r := &out.Result
	r.Source, r.SHA256, r.Columns, r.Unit, r.StepM, r.Rows = d.Source, d.SHA256, d.Mapping, d.Unit, d.Step, d.Rows
	r.Twice, r.Outside, r.Skipped = d.Twice, d.Outside, []problemJSON{}
	for _, s := range d.Skipped {
		r.Skipped = append(r.Skipped, problemJSON(s))
	}
	for _, s := range d.Causes {
		out.Causes = append(out.Causes, causeJSON{s.Causes, c.causes(s.Causes), s.Squares, s.People, number(s.Mean), number(s.Max)})
	}
	for i := range d.Squares {
		s := &d.Squares[i]
		out.Cells = append(out.Cells, differenceJSON{
			s.Cell, told(s.People), told(s.TheirPeople), number(s.Own), number(s.ByPipos), number(s.Theirs), number(s.Theirs - s.Own),
			s.Nearest, s.PiposNearest, s.TheirNearest, s.Causes,
		})
	}
	return out
}

// told is a count, nil where it is not told.
func told(n int) *int {
	if n < 0 {
		return nil
	}
	return &n
}

// causes writes causes in the call's language.
func (c *call) causes(list []model.Cause) string {
	words := make([]string, len(list))
	for i, cause := range list {
		words[i] = c.printer.Text(cause.Label())
	}
	return strings.Join(words, "; ")
}

// shownSquares is how many squares people are shown; all are in --json and --out.
const shownSquares = 20

// sayDifferences prints the report for people to read.
func (c *call) sayDifferences(ctx context.Context, d *model.Differences) {
	c.say("pipos.say_head", c.session.ServiceLabel(ctx, d.Query.Service), d.Source, i18n.M("pipos.unit."+string(d.Unit)), d.Rounding())
	c.say("pipos.say_compared", d.Compared, d.People, i18n.Metres(d.Tolerance), d.Equal, d.Differing, d.Concerned)
	c.say("pipos.say_means", i18n.Metres(d.Own), i18n.Metres(d.ByPipos), i18n.Metres(d.Theirs))
	if left := len(d.Skipped) + d.Twice + d.Outside; left > 0 {
		c.say("pipos.say_left", len(d.Skipped), d.Twice, d.Outside)
	}
	for _, s := range d.Causes {
		c.say("pipos.say_cause", c.causes(s.Causes), s.Squares, s.People)
	}
	rows := slices.Clone(d.Squares)
	slices.SortStableFunc(rows, func(a, b model.Difference) int { return max(b.TheirPeople, b.People) - max(a.TheirPeople, a.People) })
	for _, s := range rows[:min(len(rows), shownSquares)] {
		c.say("pipos.say_square", s.Cell, max(s.People, s.TheirPeople, 0), i18n.Metres(s.Own), i18n.Metres(s.Theirs), c.causes(s.Causes))
	}
	if len(rows) > shownSquares {
		c.say("pipos.say_more", len(rows)-shownSquares)
	}
}

// writeDifferences writes the squares that differ as CSV: comma, point, UTF-8; empty where there is none.
func writeDifferences(path string, d *model.Differences) error {
	return atomicfile.Write(path, func(w io.Writer) error {
		table := csv.NewWriter(w)
		rows := [][]string{{
			"cell", "people", "result_people", "own_m", "by_pipos_rules_m", "result_m", "difference_m",
			"nearest", "nearest_by_pipos_rules", "result_nearest", "causes",
		}}
		for i := range d.Squares {
			s := &d.Squares[i]
			causes := make([]string, len(s.Causes))
			for k, cause := range s.Causes {
				causes[k] = string(cause)
			}
			rows = append(rows, []string{
				s.Cell, countText(s.People), countText(s.TheirPeople), costText(s.Own), costText(s.ByPipos), costText(s.Theirs),
				costText(s.Theirs - s.Own), s.Nearest, s.PiposNearest, s.TheirNearest, strings.Join(causes, "+"),
			})
		}
		return table.WriteAll(rows)
	})
}

// countText writes a count, nothing where it is not told.
func countText(n int) string {
	if n < 0 {
		return ""
	}
	return strconv.Itoa(n)
}
