package project

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"nabar/internal/i18n"
	"nabar/internal/testdata"
	"nabar/model"
)

func TestPathsOfAllKinds(t *testing.T) {
	for _, name := range []string{"åäö Å.gpkg", "a b.gpkg", "a#b.gpkg", "a?b=c&mode=ro.gpkg", "100%25 %.gpkg", "'\"`;.gpkg", "utan ändelse", "日本.gpkg"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "mapp med å, # och %41")
			if err := os.Mkdir(dir, 0o777); err != nil {
				t.Fatal(err)
			}
			p := newProjectAt(t, filepath.Join(dir, name))
			addShops(t, p)
			p = reopen(t, p)
			if _, err := p.LayerByName(t.Context(), shops.Name); err != nil {
				t.Error(err)
			}
			if _, err := p.RotateBackup(t.Context()); err != nil {
				t.Error(err)
			}
			if err := p.Close(); err != nil {
				t.Fatal(err)
			}
			entries, err := os.ReadDir(dir)
			if err != nil || len(entries) != 2 {
				t.Errorf("left behind: %v %v", entries, err)
			}
		})
	}
}

func TestCreateRefuses(t *testing.T) {
	dir := t.TempDir()
	taken := filepath.Join(dir, "p.gpkg")
	if err := os.WriteFile(taken, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := Create(t.Context(), taken, gotland)
	wantProblem(t, err, "project.exists")
	if string(bytesOf(t, taken)) != "mine" {
		t.Error("the file was touched")
	}
	_, err = Create(t.Context(), filepath.Join(dir, "no", "p.gpkg"), gotland)
	wantProblem(t, err, "project.no_folder")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = Create(ctx, filepath.Join(dir, "q.gpkg"), gotland)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestOpenRefuses(t *testing.T) {
	p := newProject(t)
	addShops(t, p)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	good := bytesOf(t, p.Path())
	foreign := filepath.Join(t.TempDir(), "foreign.gpkg")
	execIn(t, foreign, `PRAGMA application_id=1196444487; CREATE TABLE gpkg_spatial_ref_sys(a); CREATE TABLE gpkg_contents(a); CREATE TABLE gpkg_geometry_columns(a)`)
	lacking := filepath.Join(t.TempDir(), "lacking.gpkg")
	if err := os.WriteFile(lacking, good, 0o666); err != nil {
		t.Fatal(err)
	}
	execIn(t, lacking, `DROP TABLE nabar_log`)
	cases := []struct {
		name, key string
		content   []byte
	}{
		{"empty", "project.empty", nil},
		{"text", "project.not_a_project", []byte("hello")},
		{"long text", "project.not_a_project", bytes.Repeat([]byte("hello "), 100)},
		{"cut short", "project.cut_off", good[:len(good)*6/10]},
		{"cut inside the header", "project.not_a_project", good[:50]},
		{"other application", "project.not_a_project", swap(good, 68, []byte{0, 0, 0, 0})},
		{"overwritten pages", "project.damaged", swap(good, 4096, bytes.Repeat([]byte{0xA5}, 8192))},
		{"free pages that are not there", "project.damaged", swap(good, 36, []byte{0, 0, 0, 9})},
		{"free pages beyond the end", "project.damaged", swap(good, 32, []byte{0, 9, 0, 0, 0, 0, 0, 1})},
		{"zeroed schema", "project.damaged", swap(good, 100, make([]byte, 3000))},
		{"other GeoPackage", "project.not_ours", bytesOf(t, foreign)},
		{"table missing", "project.damaged", bytesOf(t, lacking)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			refusedUntouched(t, c.content, c.key)
		})
	}
	t.Run("missing", func(t *testing.T) {
		_, err := Open(t.Context(), filepath.Join(t.TempDir(), "p.gpkg"))
		wantProblem(t, err, "project.missing")
	})
	t.Run("folder", func(t *testing.T) {
		_, err := Open(t.Context(), t.TempDir())
		wantProblem(t, err, "project.folder")
	})
}

// refusedUntouched opens a file of the given content and makes sure that it is refused, unchanged and alone.
func refusedUntouched(t *testing.T, content []byte, key string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "p.gpkg")
	if err := os.WriteFile(path, content, 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), path)
	if key == "" && err == nil {
		t.Error("opened")
	}
	if key != "" {
		wantProblem(t, err, key)
	} else if _, ok := errorsAs(err); !ok {
		t.Errorf("no sentence for the user: %v", err)
	}
	if !bytes.Equal(bytesOf(t, path), content) {
		t.Error("the file was changed")
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

// swap gives content with other bytes at an offset.
func swap(content []byte, at int, with []byte) []byte {
	out := bytes.Clone(content)
	copy(out[at:], with)
	return out
}

// execIn runs SQL in a file as another program would.
func execIn(t testing.TB, path, query string) {
	t.Helper()
	db, err := openDB(t.Context(), path, "rwc", nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
}

func TestHostileProjectsAreRefused(t *testing.T) {
	dir := testdata.Dir(t, "corpus/hostile/project")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		t.Run(entry.Name(), func(t *testing.T) {
			refusedUntouched(t, bytesOf(t, filepath.Join(dir, entry.Name())), "")
		})
	}
}

func TestOpeningChangesNothing(t *testing.T) {
	p := newProject(t)
	addShops(t, p)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	before := bytesOf(t, p.Path())
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(p.Path(), old, old); err != nil {
		t.Fatal(err)
	}
	p = open(t, p.Path())
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(p.Path())
	if err != nil || !bytes.Equal(before, bytesOf(t, p.Path())) || time.Since(info.ModTime()) < time.Minute {
		t.Error("the file was written to", err)
	}
}

// wantReadOnly makes sure that a project can be read but not edited, for the reason given.
func wantReadOnly(t *testing.T, p *Project, reason string) {
	t.Helper()
	got, yes := p.ReadOnly()
	if !yes || got.Key != reason {
		t.Fatalf("read-only %v: %+v, want %s", yes, got, reason)
	}
	if _, err := p.LayerByName(t.Context(), shops.Name); err != nil {
		t.Error(err)
	}
	if p.Kommun() != gotland {
		t.Error(p.Kommun())
	}
	err := p.Edit(t.Context(), i18n.Plain("x"), func(tx *Tx) error { return tx.SetSetting("a", 1) })
	wantProblem(t, err, "project.read_only")
	_, err = p.Undo(t.Context())
	wantProblem(t, err, "project.read_only")
	if _, can := p.CanUndo(t.Context()); can {
		t.Error("can undo")
	}
}

func TestSecondWindowIsReadOnly(t *testing.T) {
	p := newProject(t)
	addShops(t, p)
	second := open(t, p.Path())
	wantReadOnly(t, second, "project.reason_locked_by")
	// The second sees what the first does, and does not stand in its way.
	edit(t, p, "set", func(tx *Tx) error { return tx.SetSetting("a", 1) })
	var n int
	if found, err := second.Setting(t.Context(), "a", &n); !found || err != nil {
		t.Error(found, err)
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	edit(t, p, "set", func(tx *Tx) error { return tx.SetSetting("a", 2) })
	p = reopen(t, p)
	if reason, yes := p.ReadOnly(); yes {
		t.Error(reason)
	}
}

func TestStaleLockFileLocksNobodyOut(t *testing.T) {
	p := newProject(t)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(lockPath(p.Path()), []byte("left by a crash"), 0o666); err != nil {
		t.Fatal(err)
	}
	p = open(t, p.Path())
	if reason, yes := p.ReadOnly(); yes {
		t.Error(reason)
	}
}

func TestReadOnlyFileAndFolder(t *testing.T) {
	p := newProject(t)
	addShops(t, p)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	chmod := func(path string, mode fs.FileMode) {
		t.Helper()
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	chmod(p.Path(), 0o444)
	q := open(t, p.Path())
	wantReadOnly(t, q, "project.reason_file")
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	chmod(p.Path(), 0o644)
	chmod(filepath.Dir(p.Path()), 0o555)
	q = open(t, p.Path())
	wantReadOnly(t, q, "project.reason_folder")
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	chmod(filepath.Dir(p.Path()), 0o755)
	execIn(t, p.Path(), `PRAGMA journal_mode=WAL`)
	chmod(filepath.Dir(p.Path()), 0o555)
	defer chmod(filepath.Dir(p.Path()), 0o755)
	q = open(t, p.Path())
	wantReadOnly(t, q, "project.reason_folder")
}

// TestWriteAheadModeOfAnotherProgram opens a file as QGIS leaves it, and while QGIS has it.
func TestWriteAheadModeOfAnotherProgram(t *testing.T) {
	p := newProject(t)
	addShops(t, p)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	other, err := openDB(t.Context(), p.Path(), "rw", nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	for _, query := range []string{`PRAGMA journal_mode=WAL`, `UPDATE butiker_pa_gotland SET Namn='QGIS' WHERE fid=1`} {
		if _, err := other.ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	q := open(t, p.Path())
	wantReadOnly(t, q, "project.reason_other_program")
	if err := errors.Join(q.Close(), other.Close()); err != nil {
		t.Fatal(err)
	}
	q = open(t, p.Path())
	if reason, yes := q.ReadOnly(); yes {
		t.Fatal(reason)
	}
	l, err := q.LayerByName(t.Context(), shops.Name)
	if err != nil {
		t.Fatal(err)
	}
	if rows := all(t, q, l); rows[0].Values[0] != "QGIS" {
		t.Errorf("%v", rows[0])
	}
}

func TestNewerVersionIsReadOnly(t *testing.T) {
	p := newProject(t)
	addShops(t, p)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	execIn(t, p.Path(), `UPDATE nabar_schema SET version=99`)
	wantReadOnly(t, open(t, p.Path()), "project.reason_newer")
}

// TestMigration brings a project to a version that only this test knows.
func TestMigration(t *testing.T) {
	p := newProject(t)
	addShops(t, p)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	first, err := migrations(migrationFiles)
	if err != nil {
		t.Fatal(err)
	}
	broken := append(slices.Clone(first), migration{len(first) + 1, `CREATE TABLE nabar_new(a); INSERT INTO nabar_new VALUES(1); SELECT no_such_function()`})
	if _, err := openWith(t.Context(), p.Path(), broken); err == nil {
		t.Fatal("a migration that fails went through")
	}
	for range 7 {
		execIn(t, p.Path(), fmt.Sprintf(`UPDATE nabar_schema SET version=%d;`, len(first))+` DROP TABLE IF EXISTS nabar_new`)
		q, err := openWith(t.Context(), p.Path(), append(slices.Clone(first), migration{len(first) + 1, `CREATE TABLE nabar_new(a)`}))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(tablesOf(t, q), "nabar_new") {
			t.Error("not migrated")
		}
		if err := q.Close(); err != nil {
			t.Fatal(err)
		}
	}
	backups := backupsOf(p.Path())
	if len(backups) != keptBackups {
		t.Fatalf("%d backups", len(backups))
	}
	q := open(t, backups[len(backups)-1])
	if _, err := q.LayerByName(t.Context(), shops.Name); err != nil {
		t.Error(err)
	}
	// A file that needs the migration and can't have it is refused, with the reason.
	execIn(t, p.Path(), fmt.Sprintf(`UPDATE nabar_schema SET version=%d;`, len(first))+` DROP TABLE nabar_new`)
	if err := os.Chmod(p.Path(), 0o444); err != nil {
		t.Fatal(err)
	}
	_, err = openWith(t.Context(), p.Path(), broken)
	wantProblem(t, err, "project.old_read_only")
	// And a damaged one is refused with the name of the newest backup.
	if err := errors.Join(os.Chmod(p.Path(), 0o644), os.Truncate(p.Path(), 20000)); err != nil {
		t.Fatal(err)
	}
	_, err = Open(t.Context(), p.Path())
	wantProblem(t, err, "project.cut_off")
	if !strings.Contains(i18n.For("sv").Error(err), filepath.Base(backups[len(backups)-1])) {
		t.Error(i18n.For("sv").Error(err))
	}
}

func TestMigrationsAreNumbered(t *testing.T) {
	for _, name := range []string{"migrations/0002_gap.sql", "migrations/x001_name.sql"} {
		if _, err := migrations(fstest.MapFS{name: {}}); err == nil {
			t.Errorf("%s went through", name)
		}
	}
}

func TestMovedFileIsNoticed(t *testing.T) {
	for name, move := range map[string]func(path string) error{
		"renamed": func(path string) error { return os.Rename(path, path+".old") },
		"replaced": func(path string) error {
			return errors.Join(os.Rename(path, path+".old"), os.WriteFile(path, []byte("x"), 0o666))
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProject(t)
			addShops(t, p)
			before := bytesOf(t, p.Path())
			err := p.Edit(t.Context(), i18n.Plain("x"), func(tx *Tx) error {
				if err := move(p.Path()); err != nil {
					return err
				}
				return tx.SetSetting("a", 1)
			})
			wantProblem(t, err, "project.moved")
			err = p.Edit(t.Context(), i18n.Plain("x"), func(tx *Tx) error { return tx.SetSetting("a", 1) })
			wantProblem(t, err, "project.moved")
			if !bytes.Equal(before, bytesOf(t, p.Path()+".old")) {
				t.Error("the moved file was changed")
			}
		})
	}
}

func TestBackup(t *testing.T) {
	p := newProject(t)
	l := addShops(t, p)
	path := filepath.Join(t.TempDir(), "kopia å.gpkg")
	if err := p.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	wantProblem(t, p.Backup(t.Context(), path), "project.exists")
	wantProblem(t, p.Backup(t.Context(), filepath.Join(t.TempDir(), "no", "p.gpkg")), "project.backup_failed")
	q := open(t, path)
	if len(all(t, q, l)) != 3 {
		t.Error("features are missing")
	}
	undo(t, q)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	if err := p.Backup(ctx, filepath.Join(dir, "x.gpkg")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestFolderWarnings(t *testing.T) {
	for path, want := range map[string]string{
		"/home/anna/OneDrive - Region Gotland/p.gpkg": "OneDrive",
		`C:\Users\anna\OneDrive\p.gpkg`:               "OneDrive",
		"/home/anna/Dropbox (Arbete)/a/p.gpkg":        "Dropbox",
		"/home/anna/Nextcloud/p.gpkg":                 "Nextcloud",
		"/Volumes/GoogleDrive/My Drive/p.gpkg":        "Google Drive",
		"/home/anna/dropboxar/p.gpkg":                 "",
		"/home/anna/OneDrive.gpkg":                    "",
		"/home/anna/p.gpkg":                           "",
	} {
		if got := syncService(path); got != want && (filepath.Separator == '\\' || !strings.Contains(path, `\`)) {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if w := folderWarnings("//server/share/p.gpkg"); len(w) != 1 || w[0].Key != "project.warn_network" {
		t.Errorf("%v", w)
	}
	dir := filepath.Join(t.TempDir(), "OneDrive - Kommunen")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	p := newProjectAt(t, filepath.Join(dir, "p.gpkg"))
	p = reopen(t, p)
	if w := p.Warnings(); len(w) != 1 || w[0].Key != "project.warn_synchronised" {
		t.Errorf("%v", w)
	}
}

// FuzzOpen opens damaged projects: whatever the damage, no panic, no endless loop, and the file as it was unless it opens.
func FuzzOpen(f *testing.F) {
	dir := f.TempDir()
	p, err := Create(f.Context(), filepath.Join(dir, "p.gpkg"), gotland)
	if err != nil {
		f.Fatal(err)
	}
	if err := p.Edit(f.Context(), i18n.Plain("x"), func(tx *Tx) error { _, err := tx.AddLayer(shops, feed(shopRows())); return err }); err != nil {
		f.Fatal(err)
	}
	if err := p.Close(); err != nil {
		f.Fatal(err)
	}
	good := bytesOf(f, p.Path())
	f.Add(uint32(0), []byte("x"))
	f.Add(uint32(18), []byte{2, 2})
	f.Add(uint32(28), []byte{0, 0, 0, 1})
	f.Add(uint32(100), bytes.Repeat([]byte{0xFF}, 40))
	f.Add(uint32(9000), bytes.Repeat([]byte{0}, 5000))
	f.Add(uint32(len(good)), []byte{})
	f.Fuzz(func(t *testing.T, at uint32, with []byte) {
		content := bytes.Clone(good)
		if int(at) >= len(content) {
			content = content[:int(at)%len(content)]
		} else {
			copy(content[at:], with)
		}
		path := filepath.Join(t.TempDir(), "p.gpkg")
		if err := os.WriteFile(path, content, 0o666); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		p, err := Open(ctx, path)
		if err != nil {
			if errors.Is(err, context.DeadlineExceeded) {
				t.Fatal(err)
			}
			if !bytes.Equal(content, bytesOf(t, path)) {
				t.Error("a refused file was changed")
			}
			return
		}
		layers, err := p.Layers(ctx)
		if err == nil {
			for _, l := range layers {
				_ = p.Features(ctx, l, func(model.Feature) error { return nil })
			}
		}
		_, _ = p.Undo(ctx)
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
}
