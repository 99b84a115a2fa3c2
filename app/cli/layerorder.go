package cli

import (
	"context"
	"math"
	"strconv"

	"nabar/model"
)

// layerOrderCommand gives a layer a place in the list, 1 at the top.
func layerOrderCommand() command {
	return layerChange("order", []string{"PLATS"}, nil, func(ctx context.Context, c *call, l model.Layer) error {
		layers, err := c.session.Layers(ctx)
		if err != nil {
			return err
		}
		place, err := strconv.Atoi(c.args[2])
		if err != nil || place < 1 || place > len(layers) {
			return usage("layers.bad_place", c.args[2], len(layers))
		}
		return c.session.PlaceLayer(ctx, l, len(layers)-place)
	})
}

// layerChangeCommand changes how a layer is shown: at all, how strongly, under which heading, between which scales.
func layerChangeCommand() command {
	var visible, group string
	var opacity, from, to float64
	flags := func(c *call) {
		c.flags.StringVar(&visible, "visible", "", "")
		c.flags.StringVar(&group, "group", "\x00", "")
		c.flags.Float64Var(&opacity, "opacity", math.NaN(), "")
		c.flags.Float64Var(&from, "scale-from", math.NaN(), "")
		c.flags.Float64Var(&to, "scale-to", math.NaN(), "")
	}
	return layerChange("change", nil, flags, func(ctx context.Context, c *call, l model.Layer) error {
		if visible != "" && visible != "yes" && visible != "no" {
			return usage("layers.yes_no", visible)
		}
		if visible != "" {
			if err := c.session.ShowLayer(ctx, l, visible == "yes"); err != nil {
				return err
			}
			l.Visible = visible == "yes"
		}
		if !math.IsNaN(opacity) {
			if err := c.session.SetOpacity(ctx, l, opacity); err != nil {
				return err
			}
			l.Opacity = min(max(opacity, 0), 1)
		}
		if group != "\x00" {
			if err := c.session.GroupLayer(ctx, l, group); err != nil {
				return err
			}
		}
		if math.IsNaN(from) && math.IsNaN(to) {
			return nil
		}
		l, err := c.session.Layer(ctx, l.Name) // with the place that its group gave it
		if err != nil {
			return err
		}
		style := c.session.StyleOf(l)
		for v, into := range map[*float64]*float64{&from: &style.ScaleFrom, &to: &style.ScaleTo} {
			if !math.IsNaN(*v) {
				*into = *v
			}
		}
		return c.session.SetScales(ctx, l, style.ScaleFrom, style.ScaleTo)
	})
}
