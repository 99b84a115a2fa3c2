package session_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/scenario"
)

// TestRoadsAreNamedInWords takes a road's name and number from its layer, and else the places that it lies between: ahead and behind,
// one of them for a road that leads past it, none where none is near.
func TestRoadsAreNamedInWords(t *testing.T) {
	dir := t.TempDir()
	s := village(t)
	roads := filepath.Join(dir, "namngivna.geojson")
	road := func(properties, line string) string {
		return `{"type":"Feature","properties":{"extlen":2000,"f_hogst_225":60,"b_hogst_225":60,"klass_181":3` + properties +
			`},"geometry":{"type":"LineString","coordinates":` + line + `}}`
	}
	text := `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3006"}},"features":[` +
		road(`,"Gatunamn":"Storgatan","Vagnummer":"148"`, `[[503000,6700500],[505000,6700500]]`) + "," +
		road(`,"Gatunamn":"","Vagnummer":"148.01"`, `[[503000,6700600],[505000,6700600]]`) + "," +
		road(`,"Gatunamn":null,"Vagnummer":null`, `[[501000,6702000],[501000,6704000]]`) + "," +
		road(`,"Gatunamn":"-","Vagnummer":"0"`, `[[600000,6800000],[602000,6800000]]`) + `]}`
	must(t, os.WriteFile(roads, []byte(text), 0o644))
	_, err := s.Import(ctx, roads, session.ImportOptions{Role: model.RoleRoads}, nil)
	must(t, err)
	p := s.Printer()
	for fid, want := range map[int64]string{
		1: "Storgatan (väg 148) mellan Aby och Bby", 2: "väg 148.01 mellan Aby och Bby", 3: "väg vid Aby", 4: "väg", 99: "väg nummer 99",
	} {
		words, err := s.RoadWords(ctx, "namngivna", fid)
		if err != nil || p.Text(words) != want {
			t.Errorf("road %d is %q, want %q; %v", fid, p.Text(words), want, err)
		}
	}
	sc, err := s.AddScenario(ctx, plan("Vägar",
		scenario.CloseRoad{Layer: "namngivna", FID: 1}, scenario.CloseRoad{Layer: "namngivna", FID: 2, Name: "Bron"},
		scenario.NewRoad{Line: orb.LineString{{501000, 6700100}, {501000, 6701900}}, Reach: 500},
	))
	must(t, err)
	sc.Steps = append(sc.Steps, scenario.Step{Modification: scenario.ChangeRoad{Layer: scenario.IDOf(sc.Steps[2].Modification), FID: 1, Speed: 50}})
	must(t, s.UpdateScenario(ctx, sc))
	sc, err = s.Scenario(ctx, "Vägar")
	must(t, err)
	types, err := s.ServiceTypes(ctx)
	must(t, err)
	for i, want := range []string{"Stäng Storgatan (väg 148) mellan Aby och Bby (2,0 km)", "Stäng Bron", "", "Sätt hastigheten på den nya vägen till 50 km/h"} {
		if said := p.Text(sc.Steps[i].Describe(types)); want != "" && strings.ReplaceAll(said, i18n.NBSP, " ") != want {
			t.Errorf("step %d is %q, want %q", i+1, said, want)
		}
	}
}

// TestFerriesAreNamed lists each ferry of the demo once, in words.
func TestFerriesAreNamed(t *testing.T) {
	s := session.New("sv")
	t.Cleanup(func() { s.Close() })
	must(t, s.CreateDemo(ctx, filepath.Join(t.TempDir(), "demo.gpkg"), nil))
	ferries, err := s.Ferries(ctx)
	must(t, err)
	seen := map[int64]bool{}
	for _, f := range ferries {
		if said := s.Printer().Text(f.Name); seen[f.FID] || len(said) < len("färja vid X") || said[:6] != "färja" {
			t.Errorf("%+v: %q", f, said)
		}
		seen[f.FID] = true
	}
	if len(ferries) == 0 {
		t.Error("the demo has an island")
	}
}
