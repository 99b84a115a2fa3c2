package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRoadRiskOfTheVillage closes either half of the village's road. Without the western one its 100 people join the
// other at E 505 000, 4 500 m off, and so does the shop A; B is 4 000 m on: 8 500 m where they had 510 m.
func TestRoadRiskOfTheVillage(t *testing.T) {
	project := village(t)
	r := answer(t, "road-risk", project, "--limit", "5000", "--layer", "Sårbara")
	roads := r["roads"].([]any)
	if r["impedance"] != "distance" || len(roads) != 2 || r["kept"] != "Sårbara" {
		t.Fatalf("answer %v", r)
	}
	near(t, "people", r["people"], 150)
	near(t, "tried", r["tried"], 2)
	near(t, "prepared anew", r["prepared_anew"], 0)
	for i, want := range []struct {
		fid, people, e, lost, extra, most float64
		near                              string
	}{{1, 100, 502500, 100, 799000, 7990, "Aby"}, {2, 50, 507500, 50, 350000, 7000, "Bby"}} {
		road := roads[i].(map[string]any)
		near(t, "road", road["fid"], want.fid)
		near(t, "people who lose", road["people"], want.people)
		near(t, "rejoined", road["rejoined"], want.people)
		near(t, "length", road["length"], 5000)
		near(t, "E", road["e"], want.e)
		if road["near"] != want.near || road["layer"] != "vägar" {
			t.Errorf("road %v", road)
		}
		groceries := road["services"].([]any)[0].(map[string]any)
		if groceries["service"] != "dagligvaror" {
			t.Errorf("services %v", road["services"])
		}
		near(t, "lost", groceries["lost"], want.lost)
		near(t, "unreached", groceries["unreached"], 0)
		near(t, "extra", groceries["extra"], want.extra)
		near(t, "most", groceries["max_extra"], want.most)
	}
	layers := answer(t, "info", project)["layers"].([]any)
	if last := layers[len(layers)-1].(map[string]any); last["name"] != "Sårbara" || last["features"].(float64) != 2 {
		t.Errorf("layer %v", last)
	}
	done(t, "undo", project)
	if layers := answer(t, "info", project)["layers"].([]any); len(layers) != 4 {
		t.Errorf("%d layers after undo", len(layers))
	}
}

func TestRoadRiskInWords(t *testing.T) {
	project := village(t)
	table := filepath.Join(t.TempDir(), "vägar.csv")
	out := strings.ReplaceAll(done(t, "road-risk", project, "--limit", "5000", "--services", "dagligvaror", "--top", "1", "--table", table), "\u00a0", " ")
	for _, say := range []string{"2 vägar stängda, en i taget", "1. väg mellan Aby och Bby [vägar:1], 5,0 km, nära Aby: 100 personer mister service", "Dagligvaror: 100 mister den", "799,0 personkilometer"} {
		if !strings.Contains(out, say) {
			t.Errorf("does not say %q:\n%s", say, out)
		}
	}
	if strings.Contains(out, "[vägar:2]") || strings.ContainsAny(out, "⟦{") {
		t.Errorf("more than one road, or words are missing:\n%s", out)
	}
	if text, err := os.ReadFile(table); err != nil || strings.Count(string(text), "\n") != 3 || !strings.Contains(string(text), "väg mellan Aby och Bby;Bby;5000;50;") {
		t.Errorf("table %q, %v", text, err)
	}
	if out := done(t, "road-risk", project, "--impedance", "time", "--lang", "en"); !strings.Contains(out, "roads closed, one at a time") || strings.ContainsAny(out, "⟦{") {
		t.Errorf("in English:\n%s", out)
	}
	for _, c := range []struct {
		args   []string
		status int
	}{{[]string{"--limit", "-1"}, 2}, {[]string{"--services", "bio"}, 1}, {[]string{"--services", "post"}, 1}, {[]string{"--scenario", "finns inte"}, 1}} {
		if status, _, errOut := call(t, append([]string{"road-risk", project}, c.args...)...); status != c.status || errOut == "" {
			t.Errorf("%v: status %d, %s", c.args, status, errOut)
		}
	}
}

// TestRobustRankingOfTheVillage varies what the ranking rests on. By distance winter changes nothing; ten per cent more
// people are 110 and 55; both shops are staffed, so that is not tried. All live on one line from west to east, and nobody's age is told.
func TestRobustRankingOfTheVillage(t *testing.T) {
	project := village(t)
	r := answer(t, "rank", project, "--service", "dagligvaror", "--robust")["robust"].(map[string]any)
	var ids []string
	for _, trial := range r["trials"].([]any) {
		got := trial.(map[string]any)
		ids = append(ids, got["id"].(string))
		near(t, "same", got["same"], 2)
		near(t, "tau", got["tau"], 1)
	}
	if strings.Join(ids, " ") != "winter more fewer more west fewer west more east fewer east" {
		t.Errorf("trials %v", ids)
	}
	first := r["places"].([]any)[0].(map[string]any)
	near(t, "rank", first["rank"], 1)
	near(t, "same", first["same"], 7)
	near(t, "tried", first["tried"], 7)
	for i, want := range []float64{719100, 878900} { // 90 and 110 people, 7 990 m each
		near(t, "extra", first["extra_band"].([]any)[i], want)
	}
	out := strings.ReplaceAll(done(t, "rank", project, "--service", "dagligvaror", "--robust"), "\u00a0", " ")
	for _, say := range []string{"vinterns hastigheter: samma plats för 2 av 2", "1. Ahandeln: 719,1 personkilometer till 878,9 personkilometer; samma plats i 7 av 7 prov, plats 1", "10 % fler i västra halvan"} {
		if !strings.Contains(out, say) {
			t.Errorf("does not say %q:\n%s", say, out)
		}
	}
}
