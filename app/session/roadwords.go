package session

import (
	"context"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// roadNameColumns are what columns with a road's name or number are called, the best first.
var roadNameColumns = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^(gatunamn|gatu_namn|vagnamn|vägnamn|namn|name|road_?name)(_\d+)?$`),
	regexp.MustCompile(`(?i)^(vagnummer|vägnummer|vagnr|vägnr|huvudnummer|huvnr|ref|road_?number|road_?no)(_\d+)?$`),
}

// Between which places a road lies: they are named within roadNear metres of its middle, roughly ahead and behind.
const (
	roadNear  = 25000.0
	roadAhead = 0.5 // cosine of the angle between the road and the way to the place
)

// roadNamer says where roads are, in words: by the name or number that their layer tells, and by the places that they lie between.
type roadNamer struct {
	session  *Session
	snapshot *model.Snapshot
	told     map[string]map[int64]string // by layer and row
	places   []LocateSpot
	at       map[string]map[int64]int // the first part of each road, by layer and row; nil until it is asked for
}

// roadNamer prepares names for the roads of a snapshot.
func (s *Session) roadNamer(ctx context.Context, snapshot *model.Snapshot) (*roadNamer, error) {
	n := &roadNamer{session: s, snapshot: snapshot, told: map[string]map[int64]string{}}
	layers, err := s.Layers(ctx)
	if err != nil {
		return nil, err
	}
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	for _, layer := range layers {
		name, number := roadColumn(layer, 0), roadColumn(layer, 1)
		if layer.Role != model.RoleRoads || name < 0 && number < 0 {
			continue
		}
		told := map[int64]string{}
		n.told[layer.Name] = told
		err := p.Features(ctx, layer, func(f model.Feature) error {
			if text := s.roadTold(cellText(f, name), cellText(f, number)); text != "" {
				told[f.ID] = text
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	n.places = s.roadPlaces(ctx, snapshot)
	return n, nil
}

// roadPlaces are what roads are told of by: the orter, else the service places.
func (s *Session) roadPlaces(ctx context.Context, snapshot *model.Snapshot) []LocateSpot {
	if towns, err := s.towns(ctx); err == nil {
		return towns
	}
	var out []LocateSpot
	for i := range snapshot.Facilities {
		if f := &snapshot.Facilities[i]; f.Name != "" {
			out = append(out, LocateSpot{Name: f.Name, At: f.At})
		}
	}
	return out
}

// roadColumn finds a layer's column with the name (0) or the number (1) of roads, -1 for none.
func roadColumn(layer model.Layer, which int) int {
	for i, f := range layer.Fields {
		if roadNameColumns[which].MatchString(f.Name) {
			return i
		}
	}
	return -1
}

// roadTold is what a row tells of its road's name: "Storgatan", "väg 148", "Storgatan (väg 148)".
func (s *Session) roadTold(name, number string) string {
	empty := func(text string) bool { return text == "" || text == "0" || text == "-" }
	name, number = strings.TrimSpace(name), strings.TrimSpace(number)
	if !empty(number) && number[0] >= '0' && number[0] <= '9' {
		number = s.Printer().T("more.road.number", number)
	}
	switch {
	case empty(name) && empty(number):
		return ""
	case empty(name):
		return number
	case empty(number):
		return name
	}
	return name + " (" + number + ")"
}

// find gives the first part of a road.
func (n *roadNamer) find(layer string, fid int64) (int, bool) {
	roads := n.snapshot.Roads
	if n.at == nil && roads != nil {
		n.at = map[string]map[int64]int{}
		for _, part := range roads.ByLayer() {
			rows := make(map[int64]int, part.To-part.From)
			for i := part.To - 1; i >= part.From; i-- {
				rows[roads.FID[i]] = i
			}
			n.at[strings.ToLower(part.Layer)] = rows
		}
	}
	i, ok := n.at[strings.ToLower(layer)][fid]
	return i, ok
}

// words name a road: "väg 148 mellan Stenkyrka och Lummelunda", "färja vid Fårösund". of says how the sentence goes: "road" for
// a name by itself, "the_road" for one within a sentence. A road that is not there has its number.
func (n *roadNamer) words(of, layer string, fid int64) i18n.Message {
	i, ok := n.find(layer, fid)
	if !ok {
		return i18n.M("more."+of+".row", fid)
	}
	what := i18n.M("more." + of + ".kind")
	if n.snapshot.Roads.Flags[i]&model.Ferry != 0 {
		what = i18n.M("more." + of + ".ferry")
	}
	for name, rows := range n.told {
		if strings.EqualFold(name, layer) && rows[fid] != "" {
			what = i18n.Plain(rows[fid])
		}
	}
	behind, ahead := n.between(i, fid)
	switch {
	case ahead == "" && behind == "":
		return what
	case ahead == "" || ahead == behind:
		return i18n.M("more.road.at", what, behind)
	}
	return i18n.M("more.road.between", what, behind, ahead)
}

// between names the places nearest to a road's middle, behind and ahead as it is drawn. One that lies beside it stands for what
// is missing; both are "" where no place is near.
func (n *roadNamer) between(i int, fid int64) (behind, ahead string) {
	roads := n.snapshot.Roads
	last := i
	for last+1 < roads.Len() && roads.FID[last+1] == fid {
		last++
	}
	first, end := roads.Vertices(i), roads.Vertices(last)
	if len(first) < 4 || len(end) < 4 {
		return "", ""
	}
	a, b := orb.Point{first[0], first[1]}, orb.Point{end[len(end)-2], end[len(end)-1]}
	middle := orb.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}
	length := planar.Distance(a, b)
	near, least := "", roadNear
	leastBehind, leastAhead := roadNear, roadNear
	for _, p := range n.places {
		far := planar.Distance(middle, p.At)
		if far < least {
			near, least = p.Name, far
		}
		if length == 0 || far == 0 {
			continue
		}
		cosine := ((b[0]-a[0])*(p.At[0]-middle[0]) + (b[1]-a[1])*(p.At[1]-middle[1])) / (length * far)
		switch {
		case cosine <= -roadAhead && far < leastBehind:
			behind, leastBehind = p.Name, far
		case cosine >= roadAhead && far < leastAhead:
			ahead, leastAhead = p.Name, far
		}
	}
	if behind == "" || ahead == "" || math.Max(leastBehind, leastAhead) > roadNear {
		return near, ""
	}
	return behind, ahead
}

// metres is the length of a road, all its parts.
func (n *roadNamer) metres(layer string, fid int64) (sum float64) {
	i, ok := n.find(layer, fid)
	for ; ok && i < n.snapshot.Roads.Len() && n.snapshot.Roads.FID[i] == fid; i++ {
		sum += n.snapshot.Roads.Length[i]
	}
	return sum
}

// RoadWords names a road or ferry in words: by the name or number that its layer tells and the places that it lies between, as
// in "väg mellan Stenkyrka och Lummelunda".
func (s *Session) RoadWords(ctx context.Context, layer string, fid int64) (i18n.Message, error) {
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		return i18n.Message{}, err
	}
	n, err := s.roadNamer(ctx, snapshot)
	if err != nil {
		return i18n.Message{}, err
	}
	return n.words("road", layer, fid), nil
}

// RoadNames gives what names the roads of a query's project in words, as RoadWords names one.
func (s *Session) RoadNames(ctx context.Context, snapshot *model.Snapshot) (func(layer string, fid int64) i18n.Message, error) {
	n, err := s.roadNamer(ctx, snapshot)
	if err != nil {
		return nil, err
	}
	return func(layer string, fid int64) i18n.Message { return n.words("road", layer, fid) }, nil
}

// Ferry is a ferry line of the project.
type Ferry struct {
	Layer string
	FID   int64
	Name  i18n.Message
}

// Ferries lists the project's ferries, in the order of the layers.
func (s *Session) Ferries(ctx context.Context) ([]Ferry, error) {
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil || snapshot.Roads == nil {
		return nil, err
	}
	n, err := s.roadNamer(ctx, snapshot)
	if err != nil {
		return nil, err
	}
	var out []Ferry
	for _, part := range snapshot.Roads.ByLayer() {
		for i := part.From; i < part.To; i++ {
			fid := snapshot.Roads.FID[i]
			again := len(out) > 0 && out[len(out)-1].Layer == part.Layer && out[len(out)-1].FID == fid
			if snapshot.Roads.Flags[i]&model.Ferry != 0 && !again {
				out = append(out, Ferry{part.Layer, fid, n.words("road", part.Layer, fid)})
			}
		}
	}
	return out, nil
}

// withRoadNames gives the steps of a scenario that are about a road without a name the words for it, so that nobody reads row
// numbers.
func (s *Session) withRoadNames(ctx context.Context, base *model.Snapshot, sc scenario.Scenario, parents []scenario.Scenario) (scenario.Scenario, error) {
	var n *roadNamer
	built := s.builtRoads(append(slices.Clone(parents), sc))
	for i, step := range sc.Steps {
		layer, fid, unnamed := scenario.UnnamedRoad(step.Modification)
		if !unnamed {
			continue
		}
		if name, new := built[strings.ToLower(layer)]; new {
			sc.Steps[i].Modification = scenario.WithRoadName(step.Modification, name)
			continue
		}
		if n == nil {
			var err error
			if n, err = s.roadNamer(ctx, base); err != nil {
				return sc, err
			}
		}
		if _, known := n.find(layer, fid); !known {
			continue // a fault, which is told elsewhere
		}
		words := i18n.M("more.road.long", n.words("the_road", layer, fid), i18n.Metres(n.metres(layer, fid)))
		sc.Steps[i].Modification = scenario.WithRoadName(step.Modification, s.Printer().Text(words))
	}
	return sc, nil
}

// builtRoads are what the new roads of a chain are called, by id in lower case.
func (s *Session) builtRoads(chain []scenario.Scenario) map[string]string {
	out := map[string]string{}
	for _, sc := range chain {
		for _, step := range sc.Steps {
			if m, ok := step.Modification.(scenario.NewRoad); ok {
				out[strings.ToLower(m.ID)] = m.Name
				if m.Name == "" {
					out[strings.ToLower(m.ID)] = s.Printer().T("more.road.new")
				}
			}
		}
	}
	return out
}

// RoadName names a road as the command line takes it: its layer and its number there.
func RoadName(layer string, fid int64) string { return layer + ":" + strconv.FormatInt(fid, 10) }
