package project

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// killedEnv makes the test binary the process that is killed: its value is the project's path.
const killedEnv = "NABAR_TEST_KILLED_PROJECT"

func TestMain(m *testing.M) {
	if path := os.Getenv(killedEnv); path != "" {
		fmt.Fprintln(os.Stderr, commitForever(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// commitForever makes edit after edit and reports each, by its number, when Edit has returned. Each adds a feature and
// counts it in a setting.
func commitForever(path string) error {
	ctx := context.Background()
	p, err := Open(ctx, path)
	if err != nil {
		return err
	}
	if reason, yes := p.ReadOnly(); yes {
		return fmt.Errorf("read-only: %v", reason)
	}
	l, err := p.LayerByName(ctx, "Punkter")
	if err != nil {
		return err
	}
	var n int
	if _, err := p.Setting(ctx, "n", &n); err != nil {
		return err
	}
	for {
		n++
		err := p.Edit(ctx, i18n.Plain(strconv.Itoa(n)), func(tx *Tx) error {
			if err := tx.SetSetting("n", n); err != nil {
				return err
			}
			return tx.InsertFeature(l, &model.Feature{ID: int64(n), Geometry: orb.Point{float64(n), 1}, Values: []any{strings.Repeat("å", 3000)}})
		})
		if err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// TestKilled kills a process that is committing edits, again and again, and makes sure that every edit that it had
// reported is there, whole, and can be undone.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	p := newProjectAt(t, filepath.Join(t.TempDir(), "p å.gpkg"))
	addLayer(t, p, model.Layer{Name: "Punkter", Role: model.RoleLayer, Geometry: model.PointType, Fields: []model.Field{{Name: "a", Type: model.Text}}}, nil)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		reported := killedAfter(t, p.Path(), 3+r.IntN(15), time.Duration(r.IntN(6000))*time.Microsecond)
		p := open(t, p.Path())
		if reason, yes := p.ReadOnly(); yes {
			t.Fatal(i18n.For("sv").Text(reason))
		}
		var n int
		if _, err := p.Setting(t.Context(), "n", &n); err != nil || n < reported || n > reported+1 {
			t.Fatalf("%d edits were reported, %d are there: %v", reported, n, err)
		}
		l, err := p.LayerByName(t.Context(), "Punkter")
		if err != nil || l.Features != n || len(all(t, p, l)) != n {
			t.Fatalf("%d features for %d edits: %v", l.Features, n, err)
		}
		if step := undo(t, p); i18n.For("sv").Text(step.Name) != strconv.Itoa(n) {
			t.Fatalf("undid %v, not %d", step, n)
		}
		if rows := all(t, p, l); len(rows) != n-1 {
			t.Fatalf("%d features after an undo, of %d", len(rows), n)
		}
		redo(t, p)
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killedAfter lets the other process report a number of edits, waits a little, kills it, and gives the last number that
// it reported.
func killedAfter(t *testing.T, path string, edits int, wait time.Duration) (last int) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), killedEnv+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for i := 0; lines.Scan(); i++ {
		if last, err = strconv.Atoi(lines.Text()); err != nil {
			t.Fatal(err)
		}
		if i == edits {
			time.Sleep(wait)
			_ = cmd.Process.Kill()
		}
	}
	_ = cmd.Wait() // killed
	if last == 0 {
		t.Fatal("nothing was reported")
	}
	return last
}
