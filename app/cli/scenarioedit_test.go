package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEveryModificationOfTheVillage adds one of each of the later kinds, and computes with them.
func TestEveryModificationOfTheVillage(t *testing.T) {
	project := village(t)
	added := answer(t, "scenario", "add", project, "Mer",
		"--add-service", "A=apotek;Apoteksombud", "--hours", "A=mån–fre 10–18", "--staffed", "B=nej", "--locker", "502000,6700000;Lådan",
		"--mobile", "Bussen=dagligvaror+post@501000,6700000:mån+tor;503000,6700000:2", "--deliver", "500000,6699000 502000,6699000 502000,6701000 500000,6701000=dagligvaror:2",
		"--speed", "vägar:1=80", "--direction", "vägar:2=both", "--new-road", "501000,6700050 501000,6703000;speed=70;name=Förbifarten",
		"--people-in", "500000,6699000 502000,6699000 502000,6701000 500000,6701000=10", "--add-people", "250@501500,6700000;women=120;ages=0-19:50,20-:200")
	want := []string{
		"Lägg till apotek (Apoteksombud) hos Ahandeln", "Ändra öppettiderna för Ahandeln till mån–fre 10–18", "Låt Bboden vara obemannat",
		"Ställ upp paketautomaten Lådan vid N 6 700 000, E 502 000", "Låt Bussen med dagligvaror och post och paket stanna på 2 platser 1–2 dagar i veckan",
		"Kör hem dagligvaror inom ett område 2 dagar i veckan", "Sätt hastigheten på vägen mellan Aby och Bby (5,0 km) till 80 km/h",
		"Öppna vägen mellan Aby och Bby (5,0 km) i båda riktningarna", "Bygg Förbifarten, 3,0 km, 70 km/h",
		"Öka antalet invånare med 10,0 % inom ett område", "Bygg bostäder för 250 invånare vid N 6 700 000, E 501 500",
	}
	if got := texts(added); !slices.Equal(got, want) {
		t.Errorf("modifications %q", got)
	}
	steps := added["steps"].([]any)
	if s := steps[8].(map[string]any); s["kind"] != "new_road" || s["makes"] != "Mer+4" || s["on"] != true || s["number"] != 9.0 {
		t.Errorf("the road is %v", s)
	}
	r := answer(t, "analyse", project, "--service", "dagligvaror", "--scenario", "Mer", "--bands", "400,1000")
	near(t, "people", r["people"], 110+50+250)
	home := part(t, r, "home_delivery")
	near(t, "home", home["people"], 110+250)
	near(t, "home within 400 m", home["bands"].([]any)[0].(map[string]any)["people"], 0)
	if days := r["nearest_is_mobile"].([]any); len(days) != 1 || days[0].(map[string]any)["days_per_week"] != 2.0 {
		t.Errorf("mobile %v", days)
	}
	if base := answer(t, "analyse", project, "--service", "dagligvaror"); base["home_delivery"] != nil || base["nearest_is_mobile"] != nil {
		t.Errorf("the project as it is has %v", base)
	}
	compared := answer(t, "compare", project, "nuläge", "Mer", "--service", "dagligvaror")
	near(t, "home in a comparison", part(t, part(t, compared, "b"), "home_delivery")["people"], 110+250)
	if part(t, compared, "a")["home_delivery"] != nil {
		t.Error("the project as it is delivers")
	}
	for lang, want := range map[string]string{"sv": "invånare bor där varor körs hem", "en": "people live where goods are brought home"} {
		if out := done(t, "analyse", project, "--service", "dagligvaror", "--scenario", "Mer", "--lang", lang); !strings.Contains(out, want) || strings.ContainsAny(out, "⟦{") {
			t.Errorf("%s", out)
		}
	}
}

func TestScenariosAreEdited(t *testing.T) {
	project := village(t)
	done(t, "scenario", "add", project, "Utan A", "--close", "A", "--ferries", "off")
	lines := func(args ...string) string { return strings.Join(texts(answer(t, args...)), "; ") }
	for _, c := range []struct {
		want string
		args []string
	}{
		{"Stäng Ahandeln; Ställ in färjorna; Ställ upp en paketautomat vid N 6 700 000, E 502 000", []string{"edit", project, "Utan A", "--locker", "502000,6700000"}},
		{"Stäng Ahandeln; Ställ in färjorna (avstängd); Ställ upp en paketautomat vid N 6 700 000, E 502 000 (avstängd)", []string{"off", project, "Utan A", "2,3"}},
		{"Stäng Ahandeln; Ställ in färjorna; Ställ upp en paketautomat vid N 6 700 000, E 502 000 (avstängd)", []string{"on", project, "utan a", "2"}},
		{"Ställ in färjorna; Ställ upp en paketautomat vid N 6 700 000, E 502 000 (avstängd); Stäng Ahandeln", []string{"move", project, "Utan A", "1", "3"}},
		{"Ställ in färjorna; Ställ upp en paketautomat vid N 6 700 000, E 502 000 (avstängd); Stäng Bboden", []string{"edit", project, "Utan A", "--replace", "3", "--close", "B"}},
		{"Ställ upp en paketautomat vid N 6 700 000, E 502 000 (avstängd); Stäng Bboden", []string{"edit", project, "Utan A", "--drop", "1", "--rename", "Utan B"}},
		{"Ställ upp en paketautomat vid N 6 700 000, E 502 000 (avstängd); Stäng Bboden", []string{"copy", project, "Utan B", "Kopian"}},
		{"Ställ upp en paketautomat vid N 6 700 000, E 502 000 (avstängd); Stäng Bboden; Minska antalet invånare med 10,0 % överallt", []string{"edit", project, "Kopian", "--people", "-10"}},
		{"Ställ upp en paketautomat vid N 6 700 000, E 502 000 (avstängd); Stäng Bboden; Minska antalet invånare med 10,0 % överallt", []string{"copy", project, "Kopian", "Utan B", "--step", "3"}},
	} {
		if got := lines(append([]string{"scenario"}, c.args...)...); got != c.want {
			t.Errorf("%v\ngot  %s\nwant %s", c.args, got, c.want)
		}
	}
	fails(t, 1, "redan stängt", "scenario", "parent", project, "Kopian", "Utan B") // both close the same
	done(t, "scenario", "off", project, "Kopian", "2")
	if got := answer(t, "scenario", "parent", project, "Kopian", "Utan B")["parent"]; got != "Utan B" {
		t.Errorf("parent %v", got)
	}
	fails(t, 1, "bygger på", "scenario", "parent", project, "Utan B", "Kopian")
	fails(t, 1, "redan stängt", "scenario", "edit", project, "Utan B", "--close", "B", "--close", "Q")
	fails(t, 1, "ingen ändring nummer 9", "scenario", "off", project, "Utan B", "9")
	fails(t, 2, "inget nummer", "scenario", "on", project, "Utan B", "x")
	fails(t, 2, "--new-road", "scenario", "edit", project, "Utan B", "--new-road", "501000,6700050")
	done(t, "undo", project)
	if got := answer(t, "scenario", "list", project)["scenarios"].([]any)[1].(map[string]any)["parent"]; got != "nuläge" {
		t.Errorf("the parent was not undone: %v", got)
	}
	// Merging: one moves what the other closes.
	done(t, "scenario", "add", project, "Flytt", "--move", "B@505000,6700000", "--close", "C")
	merged := answer(t, "scenario", "merge", project, "Utan B", "Flytt", "Båda")
	if c := merged["conflicts"].([]any); len(c) != 1 || c[0].(map[string]any)["first"] != "Stäng Bboden" || len(texts(merged)) != 5 {
		t.Errorf("merged %v", merged)
	}
	near(t, "facilities", answer(t, "analyse", project, "--service", "dagligvaror", "--scenario", "Båda")["facilities"], 1)
}

// TestForecastOfALayer has a layer of areas with a column for a year.
func TestForecastOfALayer(t *testing.T) {
	project := village(t)
	file := filepath.Join(t.TempDir(), "prognos.geojson")
	area := func(name, people string, west, east string) string {
		ring := "[[" + west + ",6699000],[" + east + ",6699000],[" + east + ",6701000],[" + west + ",6701000],[" + west + ",6699000]]"
		return `{"type":"Feature","properties":{"namn":"` + name + `","2035":` + people + `},"geometry":{"type":"Polygon","coordinates":[` + ring + `]}}`
	}
	content := `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3006"}},"features":[` +
		area("Väst", "120", "499000", "502000") + "," + area("Öst", "25", "502000", "512000") + "," + area("Ut", "null", "512000", "513000") + `]}`
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	done(t, "import", project, file, "--as", "layer", "--name", "prognos")
	added := answer(t, "scenario", "add", project, "2035", "--forecast", "prognos.2035")
	if got := texts(added); got[0] != "Räkna med befolkningen enligt 2035 i prognos (1 rad utan tal eller yta hoppas över)" {
		t.Errorf("%q", got)
	}
	r := answer(t, "analyse", project, "--service", "dagligvaror", "--scenario", "2035")
	near(t, "people", r["people"], 145)
	near(t, "mean", r["mean"], (120*510+25*500)/145.0)
	answer(t, "scenario", "add", project, "Öst växer", "--people-in", "prognos:Öst=100")
	near(t, "people", answer(t, "analyse", project, "--service", "dagligvaror", "--scenario", "Öst växer")["people"], 200)
	fails(t, 1, "Lagret har", "scenario", "edit", project, "2035", "--forecast", "prognos.2040")
}

// fails makes a call that must end with a status and say something.
func fails(t *testing.T, want int, says string, args ...string) {
	t.Helper()
	if status, out, errOut := call(t, args...); status != want || !strings.Contains(errOut, says) {
		t.Errorf("nabar %s: status %d, want %d and %q: %s%s", strings.Join(args, " "), status, want, says, out, errOut)
	}
}
