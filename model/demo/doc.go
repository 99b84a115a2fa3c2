// Package demo invents a kommun: land, lakes, roads, people, shops and a border, drawn from a seed. It is what the
// program shows to somebody who has no data yet, and what the tests of every other part can rely on.
//
// Invariants: nothing in it is real (the name, the places, the codes and the companies are made up, and Kommun.Fictional
// is set); the same seed gives the same bytes; the columns are those of the real sources (NVDB's road network, SCB's
// squares, a Pipos export) so that the set passes through recognition like a real delivery; positions are SWEREF 99 TM
// metres; counts agree with each other, since no disclosure noise is put on invented people. No input or output.
//
// The layout is grown, not drawn: noise makes the lakes, roads take the cheapest way over the terrain from place to
// place and share what is already built, and people settle along them. The order is terrain, border, settlements,
// roads, people, services; each stage has its own random stream, so that a change in one leaves the draws of the others alone.
package demo

import (
	"math/rand/v2"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// Seed is the seed of the kommun that the program shows.
const Seed uint64 = 7

// Name, Code and NeighbourName are the invented kommun, its code (outside SCB's list) and the kommun to the east.
const (
	Name          = "Tjärnskoga"
	Code          = "9901"
	NeighbourName = "Kvarnunda"
)

// Edition is the reference date of the invented roads and people.
const Edition = "2025-12-31"

// Set is the whole demo kommun, ready to be put into a project.
type Set struct {
	Kommun   model.Kommun
	Layers   []Layer // in drawing order, the lowest first
	Decision model.Decision
	// Plan are the entries of the plan, and Scenarios the scenarios: what somebody who looks around finds entered already.
	Plan      []Said
	Scenarios []scenario.Scenario
}

// Layer is one layer: its definition (without ID and table, which the project gives) and its features.
type Layer struct {
	Def      model.Layer
	Features []model.Feature
}

// Layer gives the first layer of a role, or nil.
func (s *Set) Layer(role model.Role) *Layer {
	for i := range s.Layers {
		if s.Layers[i].Def.Role == role {
			return &s.Layers[i]
		}
	}
	return nil
}

// Generate invents the kommun of a seed, with its texts in Swedish. It takes some tenths of a second.
func Generate(seed uint64) *Set { return GenerateIn(seed, i18n.For(i18n.Swedish)) }

// GenerateIn is Generate with layer names and decision texts in the printer's language. The data itself (columns,
// names, opening hours) is that of a Swedish kommun in any language.
func GenerateIn(seed uint64, p *i18n.Printer) *Set {
	w := newWorld(seed)
	w.drawBorder()
	w.settle()
	w.buildRoads()
	w.joinEdges()
	w.populate()
	w.serve()
	return &Set{
		Kommun:   model.Kommun{Code: Code, Name: Name, Fictional: true},
		Layers:   w.layers(p),
		Decision: decision(p),
		Plan:     entered(), Scenarios: scenarios(),
	}
}

// world is the kommun while it is being made.
type world struct {
	seed     uint64
	land     *terrain
	lakes    []lake
	net      *network
	towns    []*settlement // the named places with a street grid, the main town first
	hamlets  []hamlet
	gates    []gate
	ferry    [2]int32 // the nodes of the two landings, the mainland's first
	isleNode int32    // where the island's village lies
	edges    []edge
	border   orb.Ring
	squares  []square
	shops    []service
}

// stage is the random stream of one stage of the making.
func (w *world) stage(n uint64) *rand.Rand { return rand.New(rand.NewPCG(w.seed, 0x6e61626172+n)) }

// The random streams.
const (
	stageStreets uint64 = iota + 1
	stageRoads
	stageEdges
	stageBorder
	stagePeople
	stageServices
)

func newWorld(seed uint64) *world {
	w := &world{seed: seed, land: newTerrain(seed)}
	w.lakes = w.land.lakes()
	w.net = newNetwork(w.land)
	return w
}

// decision is the invented decision block of the plan's cover.
func decision(p *i18n.Printer) model.Decision {
	return model.Decision{
		Title:       p.T("demo.decision.title"),
		Period:      "2026–2030",
		Subtitle:    p.T("demo.decision.subtitle", Name),
		Status:      p.T("demo.decision.status"),
		Body:        p.T("demo.decision.body"),
		Paragraph:   "§ 47",
		CaseNumber:  "KS 2025/0417",
		Date:        "2026-02-16",
		Responsible: p.T("demo.decision.responsible"),
	}
}
