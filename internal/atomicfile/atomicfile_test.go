package atomicfile_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"nabar/internal/atomicfile"
	"nabar/internal/i18n"
)

func TestWriteReplacesWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan å.txt")
	for _, text := range []string{"en längre text", "kort"} {
		err := atomicfile.Write(path, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(path); string(got) != text {
			t.Errorf("read %q, want %q", got, text)
		}
	}
}

func TestWriteKeepsTheOldWhenItFails(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "plan.txt")
	if err := os.WriteFile(path, []byte("gammal"), 0o644); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := atomicfile.Write(path, func(w io.Writer) error { io.WriteString(w, "half"); return broken })
	if !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
	if got, _ := os.ReadFile(path); string(got) != "gammal" {
		t.Errorf("the old file holds %q", got)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("%d files left, want 1", len(left))
	}
}

func TestWriteSaysWhereItCannot(t *testing.T) {
	path := filepath.Join(t.TempDir(), "saknas", "plan.txt")
	if err := atomicfile.Write(path, func(io.Writer) error { return nil }); !errors.Is(err, i18n.Errorf("error.cannot_write")) {
		t.Errorf("error %v, want error.cannot_write", err)
	}
	if err := atomicfile.Check(path); !errors.Is(err, i18n.Errorf("error.cannot_write")) {
		t.Errorf("check says %v, want error.cannot_write", err)
	}
	if err := atomicfile.Check(filepath.Join(t.TempDir(), "plan.txt")); err != nil {
		t.Errorf("check of a good place says %v", err)
	}
}

// TestWriteSetIsAllOrNone replaces two files, and fails at the last of three, where a folder stands in the way.
func TestWriteSetIsAllOrNone(t *testing.T) {
	dir := t.TempDir()
	a, b, c := filepath.Join(dir, "a"), filepath.Join(dir, "b"), filepath.Join(dir, "c")
	put := func(text string) func(files []io.WriteSeeker) error {
		return func(files []io.WriteSeeker) error {
			for _, f := range files {
				if _, err := io.WriteString(f, text); err != nil {
					return err
				}
			}
			return nil
		}
	}
	holds := func(step string, want map[string]string) {
		t.Helper()
		for path, text := range want {
			if got, err := os.ReadFile(path); string(got) != text || (err == nil) != (text != "") {
				t.Errorf("%s: %s holds %q, want %q", step, filepath.Base(path), got, text)
			}
		}
	}
	if err := atomicfile.WriteSet([]string{a}, put("gammal")); err != nil {
		t.Fatal(err)
	}
	inside := filepath.Join(c, "viktig")
	if err := os.MkdirAll(c, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(inside, []byte("kvar"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := atomicfile.WriteSet([]string{a, b, c}, put("ny")); !errors.Is(err, i18n.Errorf("error.cannot_write")) {
		t.Errorf("error %v, want error.cannot_write", err)
	}
	holds("folder in the way", map[string]string{a: "gammal", b: "", inside: "kvar"})
	broken := errors.New("broken")
	if err := atomicfile.WriteSet([]string{a, b}, func([]io.WriteSeeker) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
	holds("failed write", map[string]string{a: "gammal", b: ""})
	if err := atomicfile.WriteSet([]string{a, b}, put("ny")); err != nil {
		t.Fatal(err)
	}
	holds("done", map[string]string{a: "ny", b: "ny"})
	if left, _ := os.ReadDir(dir); len(left) != 3 {
		t.Errorf("%d files left, want 3", len(left))
	}
}
