// Package testdata finds the real data that some tests run on, which is not part of the project: the folder named by
// NABAR_DATA, else ../shared/data beside the checkout. A test that needs what is missing says so and is skipped.
package testdata

import (
	"os"
	"path/filepath"
	"testing"
)

// Dir gives the folder of one data set, e.g. "gotland" or "corpus/hostile", or skips the test.
func Dir(t testing.TB, set string) string {
	t.Helper()
	root := os.Getenv("NABAR_DATA")
	if root == "" {
		root = filepath.Join(moduleRoot(t), "..", "shared", "data")
	}
	dir := filepath.Join(root, filepath.FromSlash(set))
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("real data not at hand (%s): set NABAR_DATA to its folder to run this test", set)
	}
	return dir
}

// moduleRoot walks up to the folder of go.mod.
func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the working directory")
		}
		dir = parent
	}
}
