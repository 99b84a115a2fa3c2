package session_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"nabar/internal/i18n"
	"nabar/model"
)

func TestExportWorkbook(t *testing.T) {
	s := village(t)
	path := filepath.Join(t.TempDir(), "service.xlsx")
	_, err := s.Export(ctx, layer(t, s, model.RoleServices).Name, path, nil)
	must(t, err)
	f, err := excelize.OpenFile(path)
	must(t, err)
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetList()[0])
	must(t, err)
	if len(rows) != 4 || !slices.Contains(rows[0], "Namn") {
		t.Errorf("rows %q", rows)
	}
}

// TestExportShapefile writes over an older one, whose index must not stay to mislead, and keeps it where writing fails.
func TestExportShapefile(t *testing.T) {
	s := village(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "service.shp")
	stale := filepath.Join(dir, "service.qix")
	must(t, os.WriteFile(stale, []byte("gammal"), 0o644))
	remarks, err := s.Export(ctx, layer(t, s, model.RoleServices).Name, path, nil)
	must(t, err)
	if len(remarks) == 0 || remarks[0].Key != "export.shp_renamed" || !strings.Contains(i18n.For("sv").Text(remarks[0]), "Serviceplatsid") {
		t.Errorf("remarks %v", remarks)
	}
	var names []string
	files, err := os.ReadDir(dir)
	must(t, err)
	for _, f := range files {
		names = append(names, f.Name())
	}
	if want := []string{"service.cpg", "service.dbf", "service.prj", "service.shp", "service.shx"}; !slices.Equal(names, want) {
		t.Errorf("files %q", names)
	}
	must(t, os.Remove(filepath.Join(dir, "service.dbf")))
	must(t, os.Mkdir(filepath.Join(dir, "service.dbf"), 0o755))
	before, err := os.ReadFile(path)
	must(t, err)
	if _, err := s.Export(ctx, layer(t, s, model.RoleArea).Name, path, nil); !errors.Is(err, i18n.Errorf("error.cannot_write")) {
		t.Errorf("error %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Error("the old file is gone")
	}
}

func TestFormatsThatAreNotWritten(t *testing.T) {
	s := village(t)
	path := filepath.Join(t.TempDir(), "fil.dwg")
	_, err := s.Export(ctx, layer(t, s, model.RoleServices).Name, path, nil)
	for name, err := range map[string]error{"export": err, "report": s.Report(ctx, path, nil)} {
		if !errors.Is(err, i18n.Errorf("session.format_out")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
