package version

import (
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/plan"
)

// Whole is what a plan is looked through for before it is decided on.
type Whole struct {
	Stage    Stage
	Decision model.Decision
	Kommun   model.Kommun
	Book     plan.Book
	Found    []plan.Finding // of plan.Check, plan.CheckLedger and so on
	Lacking  []string       // names of the basic services that the project knows no place of
	// Unjoined is how many people live where no road is near enough: no figure tells of them.
	Unjoined int
	Tried    bool     // the conditions of support have been tried
	Past     []Stage  // of the versions made before
	Undated  []string // layers that figures are made of, of which the project does not know what day they tell of
}

// Complete finds what a plan must hold and does not yet: faults keep it from being decided on, the rest is to be looked at.
// What a plan must hold is what the ordinance on state support (2000:284) and the regions' guidance ask for: the state of
// services, need of support, goals, actions with somebody who answers for them, and how they are followed up.
func Complete(w *Whole) []plan.Finding {
	c := completing{w: w}
	c.cover()
	c.contents()
	c.consultation()
	c.ground()
	return c.out
}

// completing gathers what is lacking.
type completing struct {
	w   *Whole
	out []plan.Finding
}

// add adds a finding. Its code is the last part of its key.
func (c *completing) add(l plan.Level, code string, args ...any) {
	c.out = append(c.out, plan.Finding{Level: l, Code: code, Text: i18n.M("version.lacks."+code, args...)})
}

// cover looks at the cover's facts.
func (c *completing) cover() {
	d := &c.w.Decision
	for _, f := range []struct{ key, value string }{
		{"title", d.Title}, {"period", d.Period}, {"responsible", d.Responsible}, {"case_number", d.CaseNumber},
	} {
		if strings.TrimSpace(f.value) == "" {
			c.add(plan.Fault, "fact", i18n.M("version.fact."+f.key))
		}
	}
	if c.w.Stage.Decided() {
		for _, f := range []struct{ key, value string }{{"body", d.Body}, {"date", d.Date}, {"paragraph", d.Paragraph}} {
			if strings.TrimSpace(f.value) == "" {
				c.add(plan.Fault, "fact", i18n.M("version.fact."+f.key))
			}
		}
	}
	if c.w.Kommun.Fictional {
		c.add(plan.Look, "fictional", c.w.Kommun.Name)
	}
}

// contents looks at goals and actions: that there are some, and what their own checks found.
func (c *completing) contents() {
	b := c.w.Book
	for _, k := range []plan.Kind{plan.KindArea, plan.KindGoal, plan.KindAction} {
		if len(b.Kind(k)) == 0 {
			c.add(plan.Fault, "no_"+string(k))
		}
	}
	for _, g := range plan.Of[*plan.Goal](b) {
		if i := g.Measured(); !i.Bound() && i.Words == "" && i.Target == "" {
			c.add(plan.Look, "goal_unmeasured", b.Name(g))
			c.out[len(c.out)-1].Entry = g.ID
		}
	}
	for _, f := range c.w.Found {
		if f.Level != plan.Good {
			c.out = append(c.out, f)
		}
	}
	if !c.w.Tried {
		c.add(plan.Look, "support_untried")
	}
}

// consultation looks at whether people have been asked, and answered.
func (c *completing) consultation() {
	if c.w.Stage.Decided() && !slices.Contains(c.w.Past, Consultation) {
		c.add(plan.Look, "no_consultation")
	}
	c.out = append(c.out, c.w.Book.CheckOpinions()...)
}

// ground looks at what the figures stand on.
func (c *completing) ground() {
	if len(c.w.Lacking) > 0 {
		c.add(plan.Look, "no_places", strings.Join(c.w.Lacking, ", "))
	}
	if c.w.Unjoined > 0 {
		c.add(plan.Look, "unjoined", c.w.Unjoined)
	}
	if len(c.w.Undated) > 0 {
		c.add(plan.Look, "undated", strings.Join(c.w.Undated, ", "))
	}
}
