package session_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
	entries "nabar/model/plan"
	"nabar/model/scenario"
)

// shop is a draft of a shop on the village's road.
func shop(name string, e float64, types ...string) session.PlaceDraft {
	return session.PlaceDraft{Types: types, At: orb.Point{e, 6700000}, Facts: map[string]string{model.PartName: name}}
}

// figuresOf are the figures of a result and of its squares, as a text that tells every bit.
func figuresOf(t *testing.T, s *session.Session) string {
	t.Helper()
	r, err := s.Analyse(ctx, groceries, nil)
	must(t, err)
	return fmt.Sprintf("%d %d %d %b %b %b %b %v %+v", r.People, r.Reached, r.Unreached, r.Mean, r.Median, r.P90, r.Max, r.Bands, r.Cells)
}

// facility is the facility of an id as the project has it now.
func facility(t *testing.T, s *session.Session, id string) model.Facility {
	t.Helper()
	snapshot, err := s.Snapshot(ctx, nil)
	must(t, err)
	for _, f := range snapshot.Facilities {
		if f.ID == id {
			return f
		}
	}
	t.Fatalf("no facility %s", id)
	return model.Facility{}
}

func TestAddPlace(t *testing.T) {
	s := village(t)
	before := figuresOf(t, s)
	draft := shop("Nyboden", 508400, "dagligvaror", "post")
	for part, value := range map[string]string{
		model.PartForm: "Ombud", model.PartHours: "Må–Fr 9–18", model.PartStaffed: "nej", model.PartReserve: "ja", model.PartOpened: "1 mars 2020",
		model.PartCapacity: "120,5", model.PartTold: "Aby byalag", model.PartPostTown: "Aby",
	} {
		draft.Facts[part] = value
	}
	draft.At[1] += 40
	r, err := s.AddPlace(ctx, draft)
	must(t, err)
	if len(r.Places) != 2 || r.Layer != layer(t, s, model.RoleServices).Name || len(r.Broken) != 0 {
		t.Fatalf("report %+v", r)
	}
	if r.Road.Metres != 40 || !r.Road.Joined || r.Road.FID == 0 {
		t.Errorf("road %+v, want 40 m to one of the two", r.Road)
	}
	for _, want := range []string{"oppettider", "bemannad", "reservkraft", "oppnad", "kapacitet", "kalla"} {
		if !slices.Contains(r.Columns, want) {
			t.Errorf("the layer got %v, without %s", r.Columns, want)
		}
	}
	f := r.Places[0]
	if f.Name != "Nyboden" || f.Type != "dagligvaror" || f.Form != "Ombud" || f.Hours != "Må–Fr 9–18" || f.Staffed || f.Reserve != model.Yes ||
		f.Opened != "2020-03-01" || f.Told != "Aby byalag" || f.Town != "Aby" || f.At != draft.At {
		t.Errorf("the place is %+v", f)
	}
	facts, err := s.PlaceFacts(ctx, f.ID)
	must(t, err)
	if facts[model.PartCapacity] != "120.5" || facts[model.PartStaffed] != "no" || facts[model.PartFullRange] != "" {
		t.Errorf("facts %v", facts)
	}
	stored, err := s.Stored(ctx, groceries)
	must(t, err)
	if !stored.Stale {
		t.Error("the result is not stale")
	}
	// 100 people to A as before, 50 people 100 m and the 40 m of the connector
	result, err := s.Analyse(ctx, groceries, nil)
	must(t, err)
	if want := (100*510 + 50*140) / 150.0; result.Mean != want {
		t.Errorf("mean %v, want %v", result.Mean, want)
	}
	after := figuresOf(t, s)
	name, err := s.Undo(ctx)
	must(t, err)
	if i18n.For("sv").Text(name) != "Lägg till serviceställe Nyboden" || figuresOf(t, s) != before {
		t.Errorf("undo of %v does not give the figures back", name)
	}
	if l := layer(t, s, model.RoleServices); len(l.Fields) != 13 {
		t.Errorf("undo left the columns %v", l.Fields)
	}
	_, err = s.Redo(ctx)
	must(t, err)
	if figuresOf(t, s) != after {
		t.Error("redo gives other figures")
	}
	_, err = s.RemovePlace(ctx, f.ID, false)
	must(t, err)
	if figuresOf(t, s) != before {
		t.Error("removing what was added does not give the figures back to the bit")
	}
}

// TestAddingNeverLengthens adds places at random and removes them again: no square's way grows when one comes, and the figures are
// those of before, to the bit, once all are gone.
func TestAddingNeverLengthens(t *testing.T) {
	s := village(t)
	r := rand.New(rand.NewPCG(4, 32))
	first := figuresOf(t, s)
	costs := func() map[string]float64 {
		result, err := s.Analyse(ctx, groceries, nil)
		must(t, err)
		out := map[string]float64{}
		for _, c := range result.Cells {
			out[c.Cell] = c.Cost
		}
		return out
	}
	var added []string
	was := costs()
	for i := range 12 {
		d := shop(fmt.Sprint("Bod ", i), 499500+11000*r.Float64(), "dagligvaror")
		d.At[1] += 400*r.Float64() - 200
		report, err := s.AddPlace(ctx, d)
		must(t, err)
		added = append(added, report.Places[0].ID)
		now := costs()
		for id, cost := range was {
			if now[id] > cost {
				t.Fatalf("square %s had %v, with %v it has %v", id, cost, d.At, now[id])
			}
		}
		was = now
	}
	r.Shuffle(len(added), func(i, k int) { added[i], added[k] = added[k], added[i] })
	for _, id := range added {
		_, err := s.RemovePlace(ctx, id, false)
		must(t, err)
	}
	if figuresOf(t, s) != first {
		t.Error("the figures are not those of before")
	}
}

func TestPlacesAreRefused(t *testing.T) {
	with := func(part, value string) session.PlaceDraft {
		d := shop("Ny", 505000, "dagligvaror")
		d.Facts[part] = value
		return d
	}
	abroad := shop("Ny", 505000, "dagligvaror")
	abroad.At = orb.Point{10, 20}
	backward := with(model.PartOpened, "2026-01-01")
	backward.Facts[model.PartClosed] = "2025-01-01"
	elsewhere := shop("Ny", 505000, "dagligvaror")
	elsewhere.Layer = "vägar"
	twice := shop("Bboden", 509000, "dagligvaror")
	s := village(t)
	before, _ := s.CanUndo(ctx)
	for want, d := range map[string]session.PlaceDraft{
		"spot.no_name": shop("  ", 505000, "dagligvaror"), "spot.no_type": shop("Ny", 505000), "spot.unknown_type": shop("Ny", 505000, "glass"),
		"spot.outside": abroad, "spot.bad_date": with(model.PartClosed, "2026-02-30"), "spot.bad_truth": with(model.PartStaffed, "kanske"),
		"spot.bad_amount": with(model.PartCapacity, "-4"), "spot.backward": backward, "spot.no_fact": with("färg", "röd"),
		"spot.layer_role": elsewhere, "spot.twice": twice, "spot.type_twice": shop("Ny", 505000, "post", "post"),
		"spot.long": with(model.PartTold, strings.Repeat("å", 501)),
	} {
		if _, err := s.AddPlace(ctx, d); problem(err) != want {
			t.Errorf("%s: %v", want, err)
		}
	}
	if now, _ := s.CanUndo(ctx); !reflect.DeepEqual(now, before) {
		t.Errorf("a refused place left the step %v", now)
	}
}

func TestFirstPlaceMakesTheLayer(t *testing.T) {
	s := session.New("sv")
	t.Cleanup(func() { s.Close() })
	must(t, s.Create(ctx, filepath.Join(t.TempDir(), "tom.gpkg"), "0980"))
	r, err := s.AddPlace(ctx, shop("Boden", 505000, "dagligvaror"))
	must(t, err)
	if r.Layer != "Serviceställen" || len(r.Places) != 1 || r.Places[0].ID != "lokal-1" || r.Road.Found || len(r.Columns) != 0 {
		t.Errorf("report %+v", r)
	}
	out := filepath.Join(t.TempDir(), "ut.csv")
	_, err = s.Export(ctx, r.Layer, out, nil)
	must(t, err)
	previews, err := s.Preview(ctx, out, session.ImportOptions{})
	must(t, err)
	if g := previews.Layers[0].Guess; g.Role != model.RoleServices || g.Mapping[model.PartTold] != "kalla" || g.Mapping[model.PartCapacity] != "kapacitet" {
		t.Errorf("what is exported is taken for %+v", g)
	}
	_, err = s.Undo(ctx)
	must(t, err)
	if layers, _ := s.Layers(ctx); len(layers) != 0 {
		t.Errorf("undo left %v", layers)
	}
}

func TestEditPlace(t *testing.T) {
	s := village(t)
	at := orb.Point{505000, 6700000}
	r, err := s.EditPlace(ctx, "B", session.PlaceChange{At: &at})
	must(t, err)
	if r.Places[0].At != at || len(r.Columns) != 0 {
		t.Errorf("moved: %+v", r)
	}
	row, err := s.Row(ctx, layer(t, s, model.RoleServices), r.Places[0].FID)
	must(t, err)
	if cells := fmt.Sprint(row.Cells); !strings.Contains(cells, "505000") || strings.Contains(cells, "509000") {
		t.Errorf("the columns of the position say %s", cells)
	}
	if step, _ := s.CanUndo(ctx); i18n.For("sv").Text(step) != "Flytta serviceställe Bboden" {
		t.Errorf("the step is %v", step)
	}
	// a service more, then another in its place: the first keeps its id
	r, err = s.EditPlace(ctx, "B", session.PlaceChange{Types: []string{"dagligvaror", "post"}})
	must(t, err)
	if len(r.Places) != 2 || r.Places[0].ID != "B" || r.Places[1].Type != "post" || r.Places[1].Name != "Bboden" || r.Places[1].Form != "" {
		t.Errorf("with post: %+v", r.Places)
	}
	second := r.Places[1].ID
	r, err = s.EditPlace(ctx, second, session.PlaceChange{Types: []string{"dagligvaror", "apotek"}, Facts: map[string]string{model.PartHours: "dygnet runt"}})
	must(t, err)
	if len(r.Places) != 2 || r.Places[1].ID != second || r.Places[1].Type != "apotek" || r.Places[0].Hours != "dygnet runt" || r.Places[1].Hours != "dygnet runt" {
		t.Errorf("with a pharmacy: %+v", r.Places)
	}
	_, err = s.EditPlace(ctx, second, session.PlaceChange{Alone: true, Facts: map[string]string{model.PartHours: "9–18", model.PartName: "Apoteket"}})
	must(t, err)
	if b := facility(t, s, "B"); b.Hours != "dygnet runt" || b.Name != "Bboden" || facility(t, s, second).Hours != "9–18" {
		t.Errorf("editing one alone changed the other: %+v", b)
	}
	// a date of the past closes the place although the layer was read today
	_, err = s.EditPlace(ctx, "A", session.PlaceChange{Facts: map[string]string{model.PartClosed: "2024-12-31"}})
	must(t, err)
	if a := facility(t, s, "A"); a.OpenOn("") {
		t.Errorf("A is still open: %+v", a)
	}
	if _, err := s.EditPlace(ctx, "A", session.PlaceChange{Facts: map[string]string{model.PartOpened: "2025-01-01"}}); problem(err) != "spot.backward" {
		t.Errorf("opening after the closing: %v", err)
	}
	if _, err := s.EditPlace(ctx, "Z", session.PlaceChange{At: &at}); problem(err) != "spot.unknown" {
		t.Errorf("no such place: %v", err)
	}
	if _, err := s.EditPlace(ctx, "A", session.PlaceChange{Facts: map[string]string{model.PartName: ""}}); problem(err) != "spot.no_name" {
		t.Errorf("without a name: %v", err)
	}
}

// TestRemovePlace tells what a place that goes leaves behind.
func TestRemovePlace(t *testing.T) {
	s := village(t)
	_, err := s.AnalyseAll(ctx, nil)
	must(t, err)
	add(t, s, plan("Utan B", scenario.ClosePlace{ID: "B"}))
	must(t, s.AddEntry(ctx, &entries.Fact{Type: entries.FactTypes()[0], Facility: "B", Date: "2026"}))
	uses, err := s.PlaceUses(ctx, "B")
	must(t, err)
	if len(uses.Steps) != 1 || len(uses.Entries) != 1 || uses.Results == 0 {
		t.Fatalf("uses %+v", uses)
	}
	r, err := s.RemovePlace(ctx, "B", false)
	must(t, err)
	if len(r.Broken) != 2 || len(r.Places) != 0 || r.Name != "Bboden" {
		t.Errorf("report %+v", r)
	}
	_, err = s.Undo(ctx)
	must(t, err)
	if facility(t, s, "B").Name != "Bboden" {
		t.Error("undo does not bring B back")
	}
}

// TestIDsOutliveTheirNeighbours removes the first of two rows that a source gave one id: the other keeps the id that it had.
func TestIDsOutliveTheirNeighbours(t *testing.T) {
	s := session.New("sv")
	t.Cleanup(func() { s.Close() })
	must(t, s.Create(ctx, filepath.Join(t.TempDir(), "by.gpkg"), "0980"))
	file := writeFile(t, "butiker.csv", "Serviceplatsid;Namn;Servicetyp;X;Y\n7a;Affären;Dagligvaror;501000;6700000\n7a;Posten;Post;502000;6700000\n")
	_, err := s.Import(ctx, file, session.ImportOptions{}, nil)
	must(t, err)
	post := facility(t, s, "7a#2")
	_, err = s.RemovePlace(ctx, "7a", false)
	must(t, err)
	if now := facility(t, s, "7a#2"); now.FID != post.FID || now.Name != "Posten" {
		t.Errorf("the post office is now %+v", now)
	}
}

// TestOneTypeForAll adds a place of another type to a layer whose rows all are of one type by its mapping: these keep it.
func TestOneTypeForAll(t *testing.T) {
	s := session.New("sv")
	t.Cleanup(func() { s.Close() })
	must(t, s.Create(ctx, filepath.Join(t.TempDir(), "by.gpkg"), "0980"))
	file := writeFile(t, "mackar.csv", "Namn;X;Y\nMacken;501000;6700000\n")
	opt := session.ImportOptions{Role: model.RoleServices, Mapping: model.Mapping{model.PartType: "=drivmedel", model.PartName: "Namn"}}
	_, err := s.Import(ctx, file, opt, nil)
	must(t, err)
	if r, err := s.AddPlace(ctx, shop("Andra macken", 502000, "drivmedel")); err != nil || len(r.Columns) != 0 {
		t.Errorf("of the same type: %+v, %v", r, err)
	}
	r, err := s.AddPlace(ctx, shop("Boden", 503000, "dagligvaror"))
	must(t, err)
	if !slices.Equal(r.Columns, []string{"servicetyp"}) {
		t.Errorf("columns %v", r.Columns)
	}
	snapshot, err := s.Snapshot(ctx, nil)
	must(t, err)
	var types []string
	for _, f := range snapshot.Facilities {
		types = append(types, f.Type)
	}
	if !slices.Equal(types, []string{"drivmedel", "drivmedel", "dagligvaror"}) {
		t.Errorf("types %v", types)
	}
}

func TestRoadFinder(t *testing.T) {
	s := village(t)
	find, err := s.RoadFinder(ctx)
	must(t, err)
	r := find(orb.Point{503000, 6700120})
	if !r.Joined || r.Metres != 120 || r.At != (orb.Point{503000, 6700000}) || r.FID != 1 {
		t.Errorf("near: %+v", r)
	}
	if say := i18n.For("sv").Text(r.Say()); say != "120\u00a0m till väg mellan Aby och Bby" {
		t.Errorf("told as %q", say)
	}
	if r := find(orb.Point{503000, 6706000}); !r.Found || r.Joined || r.Metres != 6000 {
		t.Errorf("beyond the limit: %+v", r)
	}
}

// TestPlacesOfGotland adds, moves and removes on the real network.
func TestPlacesOfGotland(t *testing.T) {
	s := gotland(t)
	before := figuresOf(t, s)
	r, err := s.AddPlace(ctx, session.PlaceDraft{
		Types: []string{"dagligvaror"}, At: orb.Point{731500, 6383500}, Facts: map[string]string{model.PartName: "Norra boden", model.PartReserve: "ja"},
	})
	must(t, err)
	if !r.Road.Joined {
		t.Errorf("road %+v", r.Road)
	}
	if say := i18n.For("sv").Text(r.Road.Say()); !strings.Contains(say, " mellan ") {
		t.Errorf("the road is told as %q", say)
	}
	with := figuresOf(t, s)
	_, err = s.RemovePlace(ctx, r.Places[0].ID, false)
	must(t, err)
	if with == before || figuresOf(t, s) != before {
		t.Error("adding changes nothing, or removing does not give the figures back")
	}
}

// writeFile writes a file into a folder of the test's.
func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}
