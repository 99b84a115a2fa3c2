package cli

import (
	"context"
	"strconv"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/method"
)

// explainCommand tells what a figure means and how it came about in this case.
func explainCommand() command {
	var q queryFlags
	var more figureFlags
	var figure, cell, facility string
	return command{
		name: "explain", args: []string{"P.gpkg"},
		flags: func(c *call) {
			q.add(c)
			q.addScenario(c)
			q.addPipos(c)
			more.add(c)
			c.flags.StringVar(&figure, "figure", "", "")
			c.flags.StringVar(&cell, "cell", "", "")
			c.flags.StringVar(&facility, "facility", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			if figure == "" && cell != "" {
				figure = method.Cell
			}
			if figure == "" {
				return c.listFigures()
			}
			asked, err := askedFigure(figure)
			if err != nil {
				return err
			}
			asked.Cell, asked.Facility = cell, facility
			query, err := q.query()
			if err != nil {
				return err
			}
			if err := more.check(); err != nil {
				return err
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			e, err := c.session.Explain(ctx, query, more.options(), asked, c.progress())
			if err != nil {
				return err
			}
			if c.json {
				return c.answer(c.explanationToJSON(e))
			}
			c.sayExplanation(e)
			return nil
		},
	}
}

// askedFigure reads "mean" or "band:5000".
func askedFigure(text string) (a model.Asked, err error) {
	name, limit, has := strings.Cut(text, ":")
	a.Figure = name
	if has {
		if a.Limit, err = strconv.ParseFloat(limit, 64); err != nil || !(a.Limit > 0) || a.Limit > 1e9 {
			return a, usage("explain.limit_wrong", limit)
		}
	}
	if !method.Known(name) {
		return a, usage("explain.no_case", name)
	}
	return a, nil
}

// definitionJSON is a figure of the catalogue.
type definitionJSON struct {
	Figure     string `json:"figure"`
	Name       string `json:"name"`
	Definition string `json:"definition"`
}

// listFigures lists the catalogue.
func (c *call) listFigures() error {
	out := struct {
		Figures []definitionJSON `json:"figures"`
	}{}
	for _, id := range method.Figures() {
		out.Figures = append(out.Figures, c.definition(id))
	}
	if c.json {
		return c.answer(out)
	}
	for _, d := range out.Figures {
		c.say("explain.listed", d.Figure, d.Name, d.Definition)
	}
	return nil
}

// definition is a figure's name and definition; a square's way has no definition but the rules of costs.
func (c *call) definition(id string) definitionJSON {
	d := definitionJSON{id, c.printer.Text(method.Name(id)), ""}
	if id != method.Cell {
		d.Definition = method.Unmarked(c.printer.Text(method.Definition(id)))
	}
	return d
}

// explanationJSON is an explanation as scripts read it.
type explanationJSON struct {
	definitionJSON
	Plain     string              `json:"plain,omitempty"`
	Symbols   string              `json:"symbols"`
	Service   string              `json:"service"`
	Impedance string              `json:"impedance"`
	Of        string              `json:"of"`
	Value     string              `json:"value"`
	Numbers   map[string]*float64 `json:"numbers"` // metres, seconds, people; those of several limits in Series
	Series    []termJSON          `json:"series,omitempty"`
	Lines     []string            `json:"lines"`
	Squares   []witnessJSON       `json:"squares"`
	Rules     []string            `json:"rules"`
	Inputs    []inputJSON         `json:"inputs"`
	Engine    string              `json:"engine"`
	Way       [][2]float64        `json:"way,omitempty"` // E, N
}

// termJSON is one of several numbers of the same name, in the order of the lines.
type termJSON struct {
	Name  string   `json:"name"`
	Value *float64 `json:"value"`
}

// witnessJSON is a square that shows the number.
type witnessJSON struct {
	Cell string `json:"cell"`
	What string `json:"what"`
}

// inputJSON is a layer that was read.
type inputJSON struct {
	Layer   string `json:"layer"`
	As      string `json:"as"`
	Source  string `json:"source"`
	Edition string `json:"edition"`
	SHA256  string `json:"sha256"`
}

// explanationToJSON turns an explanation into its JSON form.
func (c *call) explanationToJSON(e *model.Explanation) explanationJSON {
	out := explanationJSON{
		definitionJSON: c.definition(e.Asked.Figure), Symbols: method.Unmarked(c.printer.Text(method.Symbols())),
		Service: e.Query.Service, Impedance: string(e.Query.Impedance), Of: c.printer.Text(e.Of), Value: c.printer.Text(e.Value),
		Numbers: map[string]*float64{}, Lines: list(c.texts(e.Lines)), Squares: []witnessJSON{}, Rules: list(c.texts(e.Basis)), Inputs: []inputJSON{}, Engine: e.Engine,
	}
	if plain, ok := method.Plain(c.printer, e.Asked.Figure); ok {
		out.Plain = c.printer.Text(plain)
	}
	count := map[string]int{}
	for _, t := range e.Terms {
		count[t.Name]++
	}
	for _, t := range e.Terms {
		if count[t.Name] > 1 {
			out.Series = append(out.Series, termJSON{t.Name, share(t.Value)})
		} else {
			out.Numbers[t.Name] = share(t.Value)
		}
	}
	for _, w := range e.Witnesses {
		out.Squares = append(out.Squares, witnessJSON{w.Cell, c.printer.Text(w.What)})
	}
	for _, in := range e.Inputs {
		out.Inputs = append(out.Inputs, inputJSON{in.Layer, string(in.Role), in.Source, in.Edition, in.SHA256})
	}
	for _, p := range e.Way {
		out.Way = append(out.Way, p)
	}
	return out
}

// sayExplanation prints an explanation for people to read.
func (c *call) sayExplanation(e *model.Explanation) {
	d := c.definition(e.Asked.Figure)
	c.say("explain.head", d.Name, e.Value, e.Of)
	if plain, ok := method.Plain(c.printer, e.Asked.Figure); ok {
		c.say("explain.value", plain)
	}
	if d.Definition != "" {
		c.say("explain.titled", i18n.M("explain.definition"), d.Definition)
		c.say("explain.value", method.Unmarked(c.printer.Text(method.Symbols())))
	}
	c.sayList("explain.case", e.Lines)
	var squares, inputs []i18n.Message
	for _, w := range e.Witnesses {
		squares = append(squares, w.What)
	}
	for i := range e.Inputs {
		inputs = append(inputs, e.Inputs[i].Describe())
	}
	c.sayList("explain.squares", squares)
	c.sayList("explain.rules", e.Basis)
	c.sayList("explain.data", inputs)
	c.say("explain.value", i18n.M("explain.engine", e.Engine))
}

// sayList prints a heading and lines, nothing where there are none.
func (c *call) sayList(head string, lines []i18n.Message) {
	if len(lines) == 0 {
		return
	}
	c.say("explain.heading", i18n.M(head))
	for _, m := range lines {
		c.say("cli.remark", m)
	}
}
