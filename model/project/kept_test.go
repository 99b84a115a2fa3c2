package project

import (
	"bytes"
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
)

func TestKeptBytesServeTheirKeyAlone(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "p.gpkg")
	p, err := Create(ctx, path, model.Kommun{Code: "0980", Name: "Gotland"})
	if err != nil {
		t.Fatal(err)
	}
	if p.Kept(ctx, "order", "a") != nil || p.IsKept(ctx, "order", "a") {
		t.Error("a new project keeps something")
	}
	long := bytes.Repeat([]byte("0123456789abcdef"), keptPart/16*2+5)
	for _, content := range [][]byte{[]byte("short"), long, {}, long[:keptPart], long} {
		if err := p.Keep(ctx, "order", "a", content); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(p.Kept(ctx, "order", "a"), content) || !p.IsKept(ctx, "order", "a") {
			t.Errorf("%d bytes came back as others", len(content))
		}
	}
	if p.Kept(ctx, "order", "b") != nil || p.Kept(ctx, "roads", "a") != nil || p.IsKept(ctx, "order", "b") {
		t.Error("bytes serve another key or name")
	}
	if _, can := p.CanUndo(ctx); can {
		t.Error("keeping is an undo step")
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if p, err = Open(ctx, path); err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if !bytes.Equal(p.Kept(ctx, "order", "a"), long) || len(p.Warnings()) > 0 {
		t.Errorf("gone when opened again, or warnings: %v", p.Warnings())
	}
}

// TestKeptBytesThatAreNotWhole are as good as none, and are replaced.
func TestKeptBytesThatAreNotWhole(t *testing.T) {
	ctx := t.Context()
	content := bytes.Repeat([]byte{7}, keptPart+9)
	for name, harm := range map[string]string{
		"a part gone":       `DELETE FROM nabar_kept WHERE part=2`,
		"a part cut":        `UPDATE nabar_kept SET content=x'07' WHERE part=2`,
		"head gone":         `DELETE FROM nabar_kept WHERE part=0`,
		"head spoiled":      `UPDATE nabar_kept SET content='nonsense' WHERE part=0`,
		"head too large":    `UPDATE nabar_kept SET content='{"key":"k","parts":-1,"bytes":-5}' WHERE part=0`,
		"a table of others": `DROP TABLE nabar_kept; CREATE TABLE nabar_kept (x)`,
		"the table gone":    `DROP TABLE nabar_kept`,
	} {
		p, err := Create(ctx, filepath.Join(t.TempDir(), "p.gpkg"), model.Kommun{Code: "0980", Name: "Gotland"})
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Keep(ctx, "order", "k", content); err != nil {
			t.Fatal(err)
		}
		if err := p.writing(ctx, func(c *sql.Conn) error { _, err := c.ExecContext(ctx, harm); return err }); err != nil {
			t.Fatal(name, err)
		}
		if p.Kept(ctx, "order", "k") != nil {
			t.Errorf("%s: bytes all the same", name)
		}
		if err := p.Keep(ctx, "order", "k", content); name != "a table of others" && (err != nil || !bytes.Equal(p.Kept(ctx, "order", "k"), content)) {
			t.Errorf("%s: not mended: %v", name, err)
		}
		p.Close()
	}
}

// TestKeepStopsAndLetsEditsIn cancels after the first part, and edits between two.
func TestKeepStopsAndLetsEditsIn(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p, err := Create(ctx, filepath.Join(t.TempDir(), "p.gpkg"), model.Kommun{Code: "0980", Name: "Gotland"})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if err := p.Keep(ctx, "roads", "k", []byte("before")); err != nil {
		t.Fatal(err)
	}
	if err := p.unkeep(ctx, "roads"); err != nil {
		t.Fatal(err)
	}
	if err := p.keepPart(ctx, "roads", 1, []byte("half")); err != nil {
		t.Fatal(err)
	}
	if err := p.Edit(ctx, i18n.M("session.step_import", "x"), func(tx *Tx) error { return tx.SetSetting("x", 1) }); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := p.Keep(ctx, "roads", "k", slices.Repeat([]byte{1}, 3*keptPart)); err == nil {
		t.Error("kept after the end")
	}
	if p.Kept(t.Context(), "roads", "k") != nil {
		t.Error("half of it is kept")
	}
}
