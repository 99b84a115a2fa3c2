package scenario

import (
	"nabar/internal/i18n"
	"nabar/model"
)

// Fault is one thing in a scenario that can't be done: what it refers to is not there, or makes no sense.
type Fault struct {
	Scenario string       // name of the scenario that the step is in
	Step     i18n.Message // the step in one line
	What     i18n.Message
}

// Broken lists everything in a scenario that can't be done. To the user it is a Problem of one sentence that names all.
type Broken struct {
	Name   string // of the scenario that was to be resolved
	Faults []Fault
}

// Error gives the sentence in English, for logs and tests.
func (b *Broken) Error() string { return b.problem().Error() }

// Unwrap gives the Problem.
func (b *Broken) Unwrap() error { return b.problem() }

// problem writes the faults as one sentence.
func (b *Broken) problem() *i18n.Problem {
	parts := make([]i18n.Message, len(b.Faults))
	for i, f := range b.Faults {
		parts[i] = i18n.M("scenario.fault", f.Step, f.What)
		if f.Scenario != b.Name {
			parts[i] = i18n.M("scenario.fault_in", f.Step, f.What, f.Scenario)
		}
	}
	return i18n.Errorf("scenario.broken", b.Name, len(parts), join(parts, "scenario.list_faults", "scenario.list_faults"))
}

// Resolved is a chain of scenarios of which every reference has been found in a snapshot.
type Resolved struct {
	snapshot *model.Snapshot
}

// Resolve finds all that a chain of scenarios, as Chain gives it, refers to in a snapshot: facilities, roads, service
// types, positions. Later steps see what earlier ones have made. Steps that are switched off are left alone. Where
// anything is missing it gives a *Broken with every fault of the whole chain.
func Resolve(base *model.Snapshot, chain []Scenario) (*Resolved, error) {
	d := newDraft(base)
	name := ""
	for _, s := range chain {
		name = s.Name
		for _, step := range s.Steps {
			if !step.Off {
				d.scenario, d.step = s.Name, step
				step.modify(d)
			}
		}
	}
	if len(d.faults) > 0 {
		return nil, &Broken{Name: name, Faults: d.faults}
	}
	return &Resolved{snapshot: d.finish()}, nil
}

// Apply gives the snapshot as the scenarios make it: the base itself where they change nothing.
func (r *Resolved) Apply() *model.Snapshot { return r.snapshot }

// Apply resolves a chain and gives the snapshot that it makes.
func Apply(base *model.Snapshot, chain []Scenario) (*model.Snapshot, error) {
	r, err := Resolve(base, chain)
	if err != nil {
		return nil, err
	}
	return r.Apply(), nil
}
