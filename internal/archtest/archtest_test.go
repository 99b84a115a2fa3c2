// Package archtest keeps the house in order: it fails when a package imports one that lies above it, and says why.
package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// rule says what the packages under a folder may import of ours and of others' packages that are watched.
type rule struct {
	folder string   // longest match wins
	may    []string // our folders, with all below them
	why    string
}

// rules are the arrows of docs/architecture.md, from the top of the house to its ground.
var rules = []rule{
	{".", []string{"app/cli", "app/ui", "app/session"}, "main only wires"},
	{"app/ui", []string{"app/ui", "app/session", "mapview", "model", "assets"}, "the window shows and asks; the session does"},
	{"app/cli", []string{"app/session", "model"}, "the command line drives the session, as the window does"},
	{"app/session/writing", []string{"model"}, "the text editor's logic knows neither session nor window"},
	{"app/session", []string{"analysis", "reports", "mapview/render", "model"}, "the session needs no screen"},
	{"reports", []string{"reports", "mapview/render", "model", "assets"}, "documents show stored results and never compute"},
	{"reports/pdf/check", nil, "the checker knows nothing of how the file was written"},
	{"mapview", []string{"mapview", "model", "assets"}, "the map shows and never computes"},
	{"mapview/render", []string{"model", "assets"}, "maps are drawn without a screen, for documents too"},
	{"mapview/render/chart", []string{"mapview/render", "model"}, "charts are drawn without a screen, for documents too"},
	{"analysis/access", []string{"analysis/route", "analysis/network", "model"}, "figures are pure functions of a snapshot"},
	{"analysis/locate", []string{"analysis/access", "analysis/route", "analysis/network", "model"}, "siting is a pure function of a snapshot or a graph"},
	{"analysis/support", []string{"analysis/access", "model"}, "rules of support are tried on the figures of a snapshot"},
	{"analysis/reach", []string{"analysis/route", "analysis/network", "model"}, "areas are a pure function of a network and limits"},
	{"analysis/tour", []string{"analysis/access", "analysis/route", "analysis/network", "model"}, "round trips are a pure function of a snapshot or of costs"},
	{"analysis/delivery", []string{"analysis/access", "analysis/tour", "model"}, "costs of deliveries are a pure function of a snapshot"},
	{"analysis/supply", []string{"analysis/access", "model"}, "supply is a pure function of a snapshot"},
	{"analysis/route", []string{"analysis/network", "model"}, "searches know the graph alone"},
	{"analysis/network", []string{"model"}, "the graph knows roads alone"},
	{"model", []string{"model"}, "what a project is depends on nothing above it"},
	{"internal", []string{"assets", "internal", "model", "mapview/render"}, "helpers stand beside the house"},
	{"assets", nil, "assets are bytes"},
}

// watched are packages of others that only some of ours may use.
var watched = []struct {
	path    string
	allowed []string
	why     string
}{
	{"fyne.io/fyne", []string{"main", "app/ui", "mapview"}, "only the window knows Fyne, so that all else runs without a screen"},
	{"database/sql", []string{"model/project", "model/format/gpkg", "model/format/mbtiles", "model/format/database", "internal/tiletest"}, "only the project file and the readers of SQLite files speak SQL"},
	{"modernc.org/sqlite", []string{"model/project", "model/format/gpkg", "model/format/database", "internal/tiletest"}, "only the project file and the readers of SQLite files speak SQL"},
	{"github.com/xuri/excelize", []string{"model/format/xlsx", "reports/sheet"}, "workbooks are written in two places that know how to keep them free of formulas and clocks"},
}

func TestArrows(t *testing.T) {
	for file, imports := range sources(t) {
		folder := filepath.ToSlash(filepath.Dir(file))
		for _, path := range imports {
			if ours, ok := strings.CutPrefix(path, "nabar/"); ok {
				checkOwn(t, file, folder, ours)
				continue
			}
			checkWatched(t, file, folder, path)
		}
	}
}

// checkOwn fails where one of our packages imports another that it may not.
func checkOwn(t *testing.T, file, folder, target string) {
	t.Helper()
	if under(target, "internal") || folder == target {
		return
	}
	r := ruleFor(folder)
	for _, allowed := range r.may {
		if under(target, allowed) && !(allowed == "mapview" && folder == "mapview/render") {
			return
		}
	}
	t.Errorf("%s imports nabar/%s: %s", file, target, r.why)
}

// checkWatched fails where a package of others is used outside its room.
func checkWatched(t *testing.T, file, folder, path string) {
	t.Helper()
	for _, w := range watched {
		if !under(path, w.path) && !strings.HasPrefix(path, w.path+"/") {
			continue
		}
		ok := false
		for _, a := range w.allowed {
			ok = ok || folder == a || (a == "main" && folder == ".") || (under(folder, a) && !under(folder, "mapview/render"))
		}
		if !ok {
			t.Errorf("%s imports %s: %s", file, path, w.why)
		}
	}
}

// ruleFor gives the rule of a folder: the one with the longest name that holds it.
func ruleFor(folder string) rule {
	best := rules[0]
	for _, r := range rules[1:] {
		if under(folder, r.folder) && (best.folder == "." || len(r.folder) > len(best.folder)) {
			best = r
		}
	}
	return best
}

// under tells whether a path is a folder or lies in it.
func under(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

// sources lists the imports of every Go file that is no test, by path from the root.
func sources(t *testing.T) map[string][]string {
	t.Helper()
	root := filepath.Join("..", "..")
	out := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "out" || name == "build") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			out[rel] = append(out[rel], p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 20 {
		t.Fatalf("only %d source files found: the test looks in the wrong place", len(out))
	}
	return out
}

func TestRulesCanFail(t *testing.T) {
	cases := []struct {
		folder, target string
		allowed        bool
	}{
		{"app/ui", "analysis/access", false},
		{"app/ui", "app/session", true},
		{"app/cli", "app/ui", false},
		{"analysis/network", "analysis/access", false},
		{"analysis/access", "analysis/network", true},
		{"reports/pdf", "analysis/access", false},
		{"mapview/render", "mapview", false},
		{"mapview", "mapview/render", true},
		{"model/project", "app/session", false},
	}
	for _, c := range cases {
		t.Run(c.folder+" to "+c.target, func(t *testing.T) {
			allowed := false
			for _, a := range ruleFor(c.folder).may {
				allowed = allowed || under(c.target, a)
			}
			if allowed != c.allowed {
				t.Errorf("allowed %v, want %v", allowed, c.allowed)
			}
		})
	}
}
