package licences

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"nabar/assets"
)

// read gives a file of the module by its path from the root.
func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// required is a line of go.mod that asks for a module.
var required = regexp.MustCompile(`(?m)^\s+([a-zA-Z0-9./_-]+\.[a-zA-Z0-9./_-]+) v\d`)

func TestEveryModuleIsListed(t *testing.T) {
	modules := required.FindAllStringSubmatch(read(t, "go.mod"), -1)
	if len(modules) < 20 {
		t.Fatalf("only %d modules found in go.mod", len(modules))
	}
	page := read(t, "docs/licences.md")
	for _, m := range modules {
		if !strings.Contains(page, "| "+m[1]+" |") {
			t.Errorf("docs/licences.md does not name %s and its licence", m[1])
		}
	}
}

func TestFontsAreThoseOfThePage(t *testing.T) {
	page := read(t, "docs/licences.md")
	names, err := fs.Glob(assets.Fonts, "fonts/*.ttf")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d fonts, %v", len(names), err)
	}
	for _, name := range names {
		data, err := assets.Fonts.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		if line := hex.EncodeToString(sum[:]) + "  " + path.Base(name); !strings.Contains(page, line) {
			t.Errorf("docs/licences.md does not hold %q", line)
		}
	}
}

func TestLicenceIsWhole(t *testing.T) {
	text := read(t, "LICENSE")
	for _, part := range []string{"EUROPEAN UNION PUBLIC LICENCE v. 1.2", "Applicable Law", "Appendix"} {
		if !strings.Contains(text, part) {
			t.Errorf("LICENSE lacks %q", part)
		}
	}
}
