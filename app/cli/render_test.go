package cli_test

import (
	"bytes"
	"encoding/binary"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMapSheets(t *testing.T) {
	project := datedVillage(t)
	dir := t.TempDir()
	logo := filepath.Join(dir, "logga.svg")
	if err := os.WriteFile(logo, []byte(`<svg viewBox="0 0 4 1"><rect width="4" height="1" fill="#c00"/></svg>`), 0o644); err != nil {
		t.Fatal(err)
	}
	if a := answer(t, "logo", project, "--file", logo); a["logo"] != "logga.svg" {
		t.Errorf("logo %v", a)
	}
	var first []byte
	for i := range 2 {
		out := filepath.Join(dir, "karta.pdf")
		a := answer(t, "render", project, "--out", out, "--service", "dagligvaror", "--template", "a3-landscape", "--scale", "50000", "--title", "Byn", "--dated", "2026-11-30")
		near(t, "scale", a["sheets"].([]any)[0].(map[string]any)["scale"], 50000)
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = data
		}
		if !bytes.Equal(first, data) || !bytes.Contains(data, []byte("/MediaBox[0 0 1191 842]")) || !bytes.Contains(data, []byte("/Subtype/Image")) {
			t.Errorf("writing number %d: not the same A3 sheet with a logo", i+1)
		}
	}
	out := filepath.Join(dir, "karta.png")
	done(t, "render", project, "--out", out, "--template", "a4-portrait", "--dpi", "100")
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil || img.Bounds().Dx() != 827 || img.Bounds().Dy() != 1169 {
		t.Fatalf("%v %v, want 827 × 1169", img.Bounds(), err)
	}
	at := bytes.Index(data, []byte("pHYs"))
	if at < 0 || binary.BigEndian.Uint32(data[at+4:]) != 3937 {
		t.Error("the picture does not say that it has 100 pixels an inch")
	}
	done(t, "logo", project, "--remove")
	done(t, "undo", project)
	if a := answer(t, "logo", project); a["logo"] != "logga.svg" {
		t.Errorf("undone, logo %v", a)
	}
}

func TestAtlas(t *testing.T) {
	project := datedVillage(t)
	out := filepath.Join(t.TempDir(), "atlas.pdf")
	sheets := answer(t, "render", project, "--out", out, "--atlas", "services")["sheets"].([]any)
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if len(sheets) != 1 || bytes.Count(data, []byte("/Type/Page/")) != 1 {
		t.Errorf("%d sheets: %v", len(sheets), sheets)
	}
	layers := answer(t, "info", project)["layers"].([]any)
	area := ""
	for _, l := range layers {
		if l := l.(map[string]any); l["as"] == "area" {
			area = l["name"].(string)
		}
	}
	pictures := answer(t, "render", project, "--out", strings.TrimSuffix(out, ".pdf")+".png", "--atlas", area, "--dpi", "40", "--service", "dagligvaror")["sheets"].([]any)
	if len(pictures) != 1 {
		t.Fatalf("%d pictures", len(pictures))
	}
	if file := pictures[0].(map[string]any)["file"].(string); filepath.Base(file) != "atlas-01-Gotland.png" {
		t.Errorf("written as %s", file)
	} else if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

func TestSheetsThatCannotBe(t *testing.T) {
	project := datedVillage(t)
	out := filepath.Join(t.TempDir(), "karta.png")
	for _, c := range []struct {
		status int
		args   []string
	}{
		{1, []string{"--template", "a5"}},
		{1, []string{"--dpi", "5000"}},
		{2, []string{"--scale", "stor"}},
		{1, []string{"--scale", "3"}},
		{2, []string{"--dated", "igår"}},
		{1, []string{"--atlas", "finns inte"}},
	} {
		status, _, errOut := call(t, append([]string{"render", project, "--out", out}, c.args...)...)
		if status != c.status || errOut == "" {
			t.Errorf("%v: status %d, want %d: %s", c.args, status, c.status, errOut)
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%v: a file was written", c.args)
		}
	}
}
