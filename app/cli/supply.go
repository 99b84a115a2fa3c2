package cli

import (
	"context"
	"encoding/csv"
	"io"
	"math"
	"strconv"
	"strings"

	"nabar/app/session"
	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
	"nabar/model"
)

// supplyCommand measures how much service people have within reach.
func supplyCommand() command {
	var f supplyFlags
	return command{
		name: "supply", args: []string{"P.gpkg"},
		flags: func(c *call) { f.add(c) },
		run: func(ctx context.Context, c *call) error {
			if f.list {
				return c.listSupplies(ctx)
			}
			base, query, err := f.read()
			if err != nil {
				return err
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			r, err := c.session.Supply(ctx, base, query, f.column, c.progress())
			if err != nil {
				return err
			}
			return c.supplied(ctx, r, &f)
		},
	}
}

// supplyFlags are the flags of nabar supply.
type supplyFlags struct {
	query                                queryFlags
	method, form, zones, group, capacity string
	half, width, exponent, from, limit   float64
	column, cells                        string
	keep, list                           bool
}

// add makes the flags known to a call.
func (f *supplyFlags) add(c *call) {
	f.query.add(c)
	f.query.addScenario(c)
	for name, into := range map[string]*string{
		"method": &f.method, "decay": &f.form, "zones": &f.zones, "group": &f.group, "capacity": &f.capacity, "cells": &f.cells,
	} {
		c.flags.StringVar(into, name, "", "")
	}
	for name, into := range map[string]*float64{
		"half": &f.half, "width": &f.width, "exponent": &f.exponent, "from": &f.from, "limit": &f.limit,
	} {
		c.flags.Float64Var(into, name, 0, "")
	}
	c.flags.BoolVar(&f.keep, "keep", false, "")
	c.flags.BoolVar(&f.list, "list", false, "")
}

// read makes the query. What is wrong with it in itself is a fault of the call.
func (f *supplyFlags) read() (base model.Query, q session.SupplyQuery, err error) {
	services := strings.Split(f.query.service, ",")
	for i := range services {
		services[i] = strings.ToLower(strings.TrimSpace(services[i]))
	}
	if base, err = f.query.query(); err != nil {
		return base, q, err
	}
	q = session.SupplyQuery{
		Services: services, Impedance: base.Impedance, Method: session.SupplyMethod(strings.ToLower(f.method)), Limit: f.limit, Group: f.group,
		Decay: session.Decay{Form: session.DecayForm(strings.ToLower(f.form)), Half: f.half, Width: f.width, Exponent: f.exponent, From: f.from},
	}
	if q.Decay.Zones, err = zones(f.zones); err != nil {
		return base, q, err
	}
	if q.Capacity, err = strconv.ParseFloat(f.capacity, 64); err != nil {
		q.Capacity, f.column = 0, f.capacity
	}
	if _, err := q.Complete(); err != nil {
		return base, q, fault(err)
	}
	return base, q, nil
}

// fault makes a Problem one of the call.
func fault(err error) error {
	if p, ok := err.(*i18n.Problem); ok {
		return usageError{p}
	}
	return err
}

// zones reads "10000:1,20000:0.68".
func zones(text string) (out []session.DecayZone, err error) {
	if text == "" {
		return nil, nil
	}
	for _, zone := range strings.Split(text, ",") {
		to, weight, _ := strings.Cut(strings.TrimSpace(zone), ":")
		t, errTo := strconv.ParseFloat(to, 64)
		w, errWeight := strconv.ParseFloat(weight, 64)
		if errTo != nil || errWeight != nil {
			return nil, usage("supply.zones_wrong")
		}
		out = append(out, session.DecayZone{To: t, Weight: w})
	}
	return out, nil
}

// supplied gives the answer in the ways asked for.
func (c *call) supplied(ctx context.Context, r *session.SupplyResult, f *supplyFlags) error {
	if f.cells != "" {
		if err := writeSupplyCells(f.cells, r); err != nil {
			return err
		}
	}
	layer := ""
	if f.keep {
		var err error
		if layer, err = c.session.KeepSupply(ctx, r); err != nil {
			return err
		}
	}
	if c.json {
		out := c.supplyToJSON(r)
		out.Layer = layer
		return c.answer(out)
	}
	c.saySupply(r)
	if layer != "" {
		c.say("supply.kept", layer)
	}
	return nil
}

// supplyJSON is a measure as scripts read it. Costs are metres or seconds; values are in Unit.
type supplyJSON struct {
	session.SupplyQuery
	wayJSON
	Unit       string            `json:"unit"`
	Definition []string          `json:"definition"`
	Places     int               `json:"places"`
	Supply     float64           `json:"supply"`
	All        supplyGroupJSON   `json:"all"`
	Groups     []supplyGroupJSON `json:"groups"`
	Classes    []supplyClassJSON `json:"classes"`
	ByPlace    []countedJSON     `json:"by_places"` // the last counts those with as many or more
	ByType     []countedJSON     `json:"by_types"`
	Remarks    []string          `json:"remarks"`
	Layer      string            `json:"layer,omitempty"`
}

// supplyGroupJSON are the figures of a group; null where nobody has anything within the limit.
type supplyGroupJSON struct {
	By          string   `json:"by,omitempty"`
	Group       string   `json:"group,omitempty"`
	Name        string   `json:"name"`
	Approximate bool     `json:"approximate"`
	People      int      `json:"people"`
	With        int      `json:"with"`
	Without     int      `json:"without"`
	Mean        *float64 `json:"mean"`
	P10         *float64 `json:"p10"`
	Median      *float64 `json:"median"`
	Max         *float64 `json:"max"`
}

// supplyClassJSON counts the people of a class; To is null for the last.
type supplyClassJSON struct {
	To     *float64 `json:"to"`
	People int      `json:"people"`
	Label  string   `json:"label"`
}

// countedJSON counts the people who have so many of something.
type countedJSON struct {
	Count  int `json:"count"`
	People int `json:"people"`
}

// supplyToJSON turns a measure into its JSON form.
func (c *call) supplyToJSON(r *session.SupplyResult) supplyJSON {
	out := supplyJSON{
		SupplyQuery: r.Query, wayJSON: wayToJSON(r.Base), Unit: c.printer.Text(r.Query.Unit()), Definition: c.texts(r.Query.Define()), Places: r.Places, Supply: r.Supply,
		All: c.supplyGroup(&r.All), Groups: []supplyGroupJSON{}, Remarks: list(c.texts(r.Remarks)),
		ByPlace: counted(r.ByPlace), ByType: counted(r.ByType),
	}
	for i := range r.Groups {
		out.Groups = append(out.Groups, c.supplyGroup(&r.Groups[i]))
	}
	labels := r.ClassLabels(c.printer)
	for i, people := range r.All.InClass {
		class := supplyClassJSON{People: people, Label: labels[i]}
		if i < len(r.Breaks) {
			class.To = &r.Breaks[i]
		}
		out.Classes = append(out.Classes, class)
	}
	return out
}

// supplyGroup turns the figures of a group into their JSON form.
func (c *call) supplyGroup(f *session.SupplyGroup) supplyGroupJSON {
	g := &f.Group
	return supplyGroupJSON{
		By: string(g.By), Group: g.ID, Name: c.printer.Text(g.Name), Approximate: g.Approximate, People: f.People, With: f.With, Without: f.Without,
		Mean: share(f.Mean), P10: share(f.P10), Median: share(f.Median), Max: share(f.Max),
	}
}

// counted gives the people by how many of something they have.
func counted(people []int) []countedJSON {
	out := []countedJSON{}
	for n, people := range people {
		out = append(out, countedJSON{n, people})
	}
	return out
}

// saySupply prints a measure for people to read.
func (c *call) saySupply(r *session.SupplyResult) {
	q, p := &r.Query, c.printer
	limit := costIn(q.Impedance)(q.Limit)
	value := func(v float64) string { return p.Float(v, r.Decimals()+1) }
	if q.Scenario != "" {
		c.say("cli.result_scenario", q.Scenario)
	}
	c.say("supply.say_head", r.Name, i18n.M("supply.method."+string(q.Method)), r.Places, q.Unit())
	for _, text := range c.texts(q.Define()) {
		c.say("cli.remark", text)
	}
	a := &r.All
	c.say("supply.say_people", a.People, a.With, limit, a.Without)
	c.say("supply.say_figures", value(a.Mean), value(a.Median), value(a.P10), value(a.Max))
	part := func(people int) any { return i18n.Share(float64(people) / float64(max(a.People, 1))) }
	labels := r.ClassLabels(p)
	for i, people := range append(a.InClass[:len(a.InClass):len(a.InClass)], a.Without) {
		c.say("supply.say_class", labels[i], people, part(people))
	}
	for n, people := range r.ByPlace {
		key := "supply.say_place"
		if n == len(r.ByPlace)-1 {
			key = "supply.say_place_more"
		}
		if people > 0 {
			c.say(key, n, limit, people, part(people))
		}
	}
	for n, people := range r.ByType {
		if len(q.Services) > 1 {
			c.say("supply.say_type", n, len(q.Services), limit, people, part(people))
		}
	}
	c.supplyTable(r, value)
	for _, text := range c.texts(r.Remarks) {
		c.say("cli.remark", text)
	}
}

// supplyTable prints women and men, and the ages, under each other.
func (c *call) supplyTable(r *session.SupplyResult, value func(float64) string) {
	if len(r.Groups) == 0 {
		return
	}
	rows := [][]string{{}}
	for _, key := range []string{"group", "people", "without", "mean", "median", "p10", "max"} {
		rows[0] = append(rows[0], c.printer.T("supply.column_"+key))
	}
	for _, f := range r.Groups {
		rows = append(rows, []string{
			c.groupName(f.Group), c.printer.Int(int64(f.People)), c.printer.Int(int64(f.Without)),
			value(f.Mean), value(f.Median), value(f.P10), value(f.Max),
		})
	}
	c.columns(rows)
}

// writeSupplyCells writes the squares of a measure as CSV: comma, point, UTF-8; the value is empty where nothing lies within
// the limit.
func writeSupplyCells(path string, r *session.SupplyResult) error {
	return atomicfile.Write(path, func(w io.Writer) error {
		rows := [][]string{{"cell", "people", "value", "places", "types"}}
		for i := range r.Cells {
			c := &r.Cells[i]
			value := ""
			if !math.IsNaN(c.Value) {
				value = strconv.FormatFloat(c.Value, 'g', 9, 64)
			}
			rows = append(rows, []string{c.ID, strconv.Itoa(c.People), value, strconv.Itoa(c.Places), strconv.Itoa(c.Types)})
		}
		return csv.NewWriter(w).WriteAll(rows)
	})
}

// keptJSON is a kept measure.
type keptJSON struct {
	Layer string `json:"layer"`
	Stale bool   `json:"stale"`
	session.SupplyQuery
	Column string `json:"column,omitempty"`
}

// listSupplies lists the measures that the project keeps.
func (c *call) listSupplies(ctx context.Context) error {
	if err := c.open(ctx); err != nil {
		return err
	}
	kept, err := c.session.KeptSupplies(ctx)
	if err != nil {
		return err
	}
	out := struct {
		Kept []keptJSON `json:"kept"`
	}{[]keptJSON{}}
	for i := range kept {
		k := &kept[i]
		out.Kept = append(out.Kept, keptJSON{k.Name, k.Stale, k.Query, k.Column})
	}
	if c.json {
		return c.answer(out)
	}
	if len(kept) == 0 {
		c.say("supply.list_none")
	}
	for _, k := range out.Kept {
		state := "cli.result_fresh"
		if k.Stale {
			state = "cli.result_stale"
		}
		c.say("supply.list_row", k.Layer, i18n.M(state))
	}
	return nil
}
