package project

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/model/version"
)

// addVersion keeps a version with two files.
func addVersion(t *testing.T, p *Project, name string, pdf []byte) int64 {
	t.Helper()
	v := &version.Version{Stage: version.Adopted, Name: name, Saved: "2026-06-12"}
	edit(t, p, "Spara", func(tx *Tx) error {
		return tx.AddVersion(v, map[string][]byte{"pdf": pdf, "html": []byte("<p>" + name)})
	})
	return v.ID
}

// versionNames lists the versions.
func versionNames(t *testing.T, p *Project) []string {
	t.Helper()
	all, err := p.Versions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, v := range all {
		out = append(out, v.Name)
	}
	return out
}

func TestVersionIsPrintedAgainByteForByte(t *testing.T) {
	p := newProject(t)
	pdf := bytes.Repeat([]byte("%PDF \x00\xff"), 100_000)
	id := addVersion(t, p, "Antagen", pdf)
	p = reopen(t, p)
	for _, want := range []struct {
		format  string
		content []byte
	}{{"pdf", pdf}, {"html", []byte("<p>Antagen")}} {
		if got, err := p.VersionFile(t.Context(), id, want.format); err != nil || !bytes.Equal(got, want.content) {
			t.Errorf("%s: %d bytes (%v), want %d", want.format, len(got), err, len(want.content))
		}
	}
	undo(t, p)
	if got := versionNames(t, p); len(got) != 0 {
		t.Errorf("after undo there is %q", got)
	}
	if _, err := p.VersionFile(t.Context(), id, "pdf"); err == nil {
		t.Error("a version that was taken back is printed")
	}
	redo(t, p)
	if got, err := p.VersionFile(t.Context(), id, "pdf"); err != nil || !bytes.Equal(got, pdf) {
		t.Errorf("after redo %d bytes (%v)", len(got), err)
	}
	second := addVersion(t, p, "Reviderad", []byte("2"))
	edit(t, p, "Ta bort", func(tx *Tx) error { return tx.RemoveVersion(id) })
	if third := addVersion(t, p, "Antagen", []byte("3")); third == id || third == second {
		t.Errorf("id %d is used again", third)
	}
	if got := versionNames(t, p); !slices.Equal(got, []string{"Reviderad", "Antagen"}) {
		t.Errorf("versions %q", got)
	}
}

func TestVersionFaultsAreTold(t *testing.T) {
	p := newProject(t)
	id := addVersion(t, p, "Antagen", []byte("%PDF"))
	err := p.Edit(t.Context(), i18n.Plain("x"), func(tx *Tx) error { return tx.AddVersion(&version.Version{Name: "ANTAGEN"}, nil) })
	if problem := (*i18n.Problem)(nil); !errors.As(err, &problem) || problem.Message.Key != "version.taken" {
		t.Errorf("a name that is taken gives %v", err)
	}
	if _, err := p.VersionFile(t.Context(), id, "docx"); err == nil || !strings.Contains(i18n.For(i18n.Swedish).Error(err), "pdf, html") {
		t.Errorf("a format that is not there gives %v", err)
	}
	for _, damage := range []string{`UPDATE nabar_version_file SET content=x'00'`, `UPDATE nabar_version_file SET content=(SELECT content FROM nabar_version_file WHERE format='html')`, `DELETE FROM nabar_version_file`} {
		err := p.writing(t.Context(), func(c *sql.Conn) error {
			_, err := c.ExecContext(context.Background(), damage)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = p.VersionFile(t.Context(), id, "pdf")
		if problem := (*i18n.Problem)(nil); !errors.As(err, &problem) || problem.Message.Key != "version.damaged" {
			t.Errorf("%s: %v", damage, err)
		}
	}
}
