package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// layerStateJSON is a layer as the list of layers shows it.
type layerStateJSON struct {
	Name      string           `json:"name"`
	As        string           `json:"as"`
	Features  int              `json:"features"`
	Visible   bool             `json:"visible"`
	Opacity   float64          `json:"opacity"`
	Group     string           `json:"group,omitempty"`
	ScaleFrom float64          `json:"scale_from,omitempty"`
	ScaleTo   float64          `json:"scale_to,omitempty"`
	File      string           `json:"file,omitempty"`    // of a basemap: where it lies or is looked for
	Problem   string           `json:"problem,omitempty"` // of a basemap: why it is not shown
	Columns   []string         `json:"columns"`
	Style     *symbology.Style `json:"style,omitempty"`
}

// layerState is a layer's JSON form.
func (c *call) layerState(l model.Layer) layerStateJSON {
	style := c.session.StyleOf(l)
	out := layerStateJSON{
		Name: l.Name, As: string(l.Role), Features: l.Features, Visible: l.Visible, Opacity: l.Opacity,
		Group: l.Group, ScaleFrom: style.ScaleFrom, ScaleTo: style.ScaleTo, Columns: []string{},
	}
	for _, f := range l.Fields {
		out.Columns = append(out.Columns, f.Name)
	}
	if len(l.Style) > 0 {
		out.Style = &style
	}
	return out
}

// layerListCommand lists the layers, the topmost first.
func layerListCommand() command {
	return command{
		name: "layer list", args: []string{"P.gpkg"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			return c.sayLayers(ctx)
		},
	}
}

// sayLayers answers with the layers as they are now.
func (c *call) sayLayers(ctx context.Context) error {
	layers, err := c.session.Layers(ctx)
	if err != nil {
		return err
	}
	_, files, err := c.session.Basemaps(ctx)
	if err != nil {
		return err
	}
	slices.Reverse(layers)
	if c.json {
		out := make([]layerStateJSON, len(layers))
		for i, l := range layers {
			out[i] = c.layerState(l)
			if file, ok := files[l.ID]; ok {
				out[i].File = file.Path
				if file.Problem != nil {
					out[i].Problem = c.printer.Error(file.Problem)
				}
			}
		}
		return c.answer(map[string]any{"layers": out})
	}
	for _, l := range layers {
		shown := i18n.M("layers.shown")
		if !l.Visible {
			shown = i18n.M("layers.hidden")
		}
		c.say("layers.line", l.Name, i18n.M("role."+string(l.Role)), l.Features, shown)
		if file := files[l.ID]; file.Problem != nil {
			c.say("cli.import_warning", c.printer.Error(file.Problem))
		}
	}
	return nil
}

// openLayer opens the project and gives the layer that the second argument names.
func (c *call) openLayer(ctx context.Context) (model.Layer, error) {
	if err := c.open(ctx); err != nil {
		return model.Layer{}, err
	}
	return c.session.Layer(ctx, c.args[1])
}

// layerChange is a subcommand that changes one layer and answers with all.
func layerChange(name string, args []string, flags func(*call), do func(context.Context, *call, model.Layer) error) command {
	return command{
		name: "layer " + name, args: append([]string{"P.gpkg", "LAGER"}, args...), flags: flags,
		run: func(ctx context.Context, c *call) error {
			l, err := c.openLayer(ctx)
			if err != nil {
				return err
			}
			if err := do(ctx, c, l); err != nil {
				return err
			}
			return c.sayLayers(ctx)
		},
	}
}

// layerRenameCommand gives a layer another name.
func layerRenameCommand() command {
	return layerChange("rename", []string{"NAMN"}, nil, func(ctx context.Context, c *call, l model.Layer) error {
		return c.session.RenameLayer(ctx, l, c.args[2])
	})
}

// layerRemoveCommand takes a layer out of the project.
func layerRemoveCommand() command {
	return layerChange("remove", nil, nil, func(ctx context.Context, c *call, l model.Layer) error {
		return c.session.RemoveLayer(ctx, l)
	})
}

// styleFlags are the flags that change a layer's style.
type styleFlags struct {
	column, method, ramp, breaks, label, size, with string
	classes                                         int
	categories, reversed, own                       bool
	fill, stroke                                    string
	width                                           float64
}

// add makes the flags known to a call.
func (f *styleFlags) add(c *call) {
	for name, into := range map[string]*string{
		"column": &f.column, "method": &f.method, "ramp": &f.ramp, "breaks": &f.breaks, "label": &f.label, "size-by": &f.size,
		"with": &f.with, "fill": &f.fill, "stroke": &f.stroke,
	} {
		c.flags.StringVar(into, name, "", "")
	}
	c.flags.IntVar(&f.classes, "classes", 5, "")
	c.flags.Float64Var(&f.width, "width", 0, "")
	c.flags.BoolVar(&f.categories, "categories", false, "")
	c.flags.BoolVar(&f.reversed, "reversed", false, "")
	c.flags.BoolVar(&f.own, "own-look", false, "")
}

// style is the style that the flags ask for, from the one that the layer has.
func (f *styleFlags) style(old symbology.Style) (symbology.Style, error) {
	style := symbology.Style{Kind: old.Kind, Label: old.Label, ScaleFrom: old.ScaleFrom, ScaleTo: old.ScaleTo}
	if f.own {
		style.Label = ""
		return style, nil
	}
	style.Column, style.SizeBy, style.Width, style.Reversed = f.column, f.size, f.width, f.reversed
	if f.label != "" {
		style.Label = f.label
	}
	if f.column != "" && !f.categories {
		style.Ramp, style.Method = symbology.Lagoon, symbology.Quantile
		if f.ramp != "" {
			style.Ramp = symbology.RampName(f.ramp)
		}
		if f.method != "" {
			style.Method = symbology.Method(f.method)
		}
		if !slices.Contains(symbology.Methods(), style.Method) {
			return style, usage("style.no_method", f.method, strings.Join(methodNames(), ", "))
		}
	}
	for text, into := range map[string]**symbology.Colour{f.fill: &style.Fill, f.stroke: &style.Stroke} {
		if text == "" {
			continue
		}
		colour, err := symbology.ParseColour(text)
		if err != nil {
			return style, usage("style.no_colour", text)
		}
		*into = &colour
	}
	return style, f.readBreaks(&style)
}

// readBreaks reads own limits, "10,20,50".
func (f *styleFlags) readBreaks(style *symbology.Style) error {
	if f.breaks == "" {
		return nil
	}
	style.Method = symbology.Own
	for _, part := range strings.Split(f.breaks, ",") {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil {
			return usage("style.break_number", part)
		}
		style.Breaks = append(style.Breaks, v)
	}
	return nil
}

// methodNames are the methods as a call writes them.
func methodNames() []string {
	var out []string
	for _, m := range symbology.Methods() {
		out = append(out, string(m))
	}
	return out
}

// classJSON is one class of a style.
type classJSON struct {
	Label  string `json:"label"`
	Count  int    `json:"count"`
	Colour string `json:"colour"`
}

// layerStyleCommand shows or changes how layers are drawn.
func layerStyleCommand() command {
	var f styleFlags
	return command{
		name: "layer style", args: []string{"P.gpkg", "LAGER"}, flags: f.add,
		run: func(ctx context.Context, c *call) error {
			l, err := c.openLayer(ctx)
			if err != nil {
				return err
			}
			style, err := f.style(c.session.StyleOf(l))
			if err != nil {
				return err
			}
			var with []model.Layer
			for _, name := range strings.FieldsFunc(f.with, func(r rune) bool { return r == ',' }) {
				other, err := c.session.Layer(ctx, strings.TrimSpace(name))
				if err != nil {
					return err
				}
				with = append(with, other)
			}
			classes, err := c.session.Classify(ctx, l, style, f.classes, with...)
			if err != nil {
				return err
			}
			if err := c.session.SetStyle(ctx, classes.Style, append([]model.Layer{l}, with...)...); err != nil {
				return err
			}
			return c.sayStyle(l, classes)
		},
	}
}

// sayStyle answers with the classes of a layer.
func (c *call) sayStyle(l model.Layer, classes session.Classes) error {
	out := []classJSON{}
	colours := append(slices.Clone(classes.Style.ClassColours(symbology.Light)), symbology.OtherColour(symbology.Light))
	for i, n := range classes.Counts {
		if i == len(classes.Counts)-1 && n == 0 {
			continue
		}
		out = append(out, classJSON{classes.Names[i], n, colours[i].String()})
	}
	if c.json {
		return c.answer(map[string]any{"layer": l.Name, "style": classes.Style, "classes": out})
	}
	c.say("style.set", l.Name)
	for _, k := range out {
		c.say("style.class_line", k.Label, k.Count, k.Colour)
	}
	return nil
}
