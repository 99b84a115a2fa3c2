package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOfficeFiles writes the plan for word processor and spreadsheet twice: same project, same bytes.
func TestOfficeFiles(t *testing.T) {
	project := village(t)
	for _, name := range []string{"plan.docx", "plan.xlsx"} {
		t.Run(name, func(t *testing.T) {
			var all [2][]byte
			for i := range all {
				path := filepath.Join(t.TempDir(), name)
				done(t, "report", project, "--out", path)
				data, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				all[i] = data
			}
			if !bytes.HasPrefix(all[0], []byte("PK\x03\x04")) || !bytes.Equal(all[0], all[1]) {
				t.Errorf("%d and %d bytes, not one archive twice", len(all[0]), len(all[1]))
			}
		})
	}
}

// TestShapefileTellsWhatItShortened looks for the remark in the text and in the object.
func TestShapefileTellsWhatItShortened(t *testing.T) {
	project := village(t)
	out := filepath.Join(t.TempDir(), "service.shp")
	v := answer(t, "export", project, "--layer", "service", "--out", out)
	if warnings, ok := v["warnings"].([]any); !ok || len(warnings) != 1 || !strings.Contains(warnings[0].(string), "Serviceplatsid") || v["out"] != out {
		t.Errorf("answer %v", v)
	}
	if text := done(t, "export", project, "--layer", "service", "--out", out); !strings.Contains(text, "Obs: ") || !strings.Contains(text, "Serviceplatsid") {
		t.Errorf("said %q", text)
	}
}
