package project

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// dump writes down all that an undo must restore: every row of the undoable tables and of the registered layers, and
// what the layers' indexes hold. Each value stands with its type.
func dump(t testing.TB, p *Project) string {
	t.Helper()
	var b strings.Builder
	err := p.reading(t.Context(), func(db *sql.DB) error {
		tables := []string{}
		for _, table := range systemTables {
			tables = append(tables, table.table)
		}
		layers, err := listLayers(t.Context(), db)
		if err != nil {
			return err
		}
		for _, l := range layers {
			tables = append(tables, l.Table)
			if l.Geometry != model.NoGeometry {
				tables = append(tables, indexName(l.Table))
			}
		}
		for _, table := range tables {
			rows, err := dumpTable(t, db, table)
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, "%s\n%s\n", table, strings.Join(rows, "\n"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func dumpTable(t testing.TB, db *sql.DB, table string) ([]string, error) {
	columns, err := texts(t.Context(), db, `SELECT name FROM pragma_table_info(?)`, table)
	if err != nil {
		return nil, err
	}
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = `typeof(` + ident(c) + `)||' '||quote(` + ident(c) + `)`
	}
	for i := range parts[1:] {
		parts[i] += `||'|'`
	}
	rows, err := texts(t.Context(), db, `SELECT `+joined(parts)+` FROM `+ident(table))
	slices.Sort(rows)
	return rows, err
}

// sameDump compares two dumps and shows the lines that differ.
func sameDump(t testing.TB, what, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	is, was := strings.Split(got, "\n"), strings.Split(want, "\n")
	for _, line := range is {
		if !slices.Contains(was, line) {
			t.Logf("is  %s", line)
		}
	}
	for _, line := range was {
		if !slices.Contains(is, line) {
			t.Logf("was %s", line)
		}
	}
	t.Fatalf("%s: the project is not what it was", what)
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:8])
}

func TestUndoAndRedoOfEachKindOfEdit(t *testing.T) {
	p := newProject(t)
	var l model.Layer
	states := []string{dump(t, p)}
	steps := []struct {
		name string
		do   func(*Tx) error
	}{
		{"import", func(tx *Tx) (err error) { l, err = tx.AddLayer(shops, feed(shopRows())); return err }},
		{"insert", func(tx *Tx) error {
			f := model.Feature{Geometry: orb.Point{1, 2}, Values: []any{"ny", int64(math.MaxInt64), 0.1 + 0.2, true, "2020-01-01", "x", []byte{}}}
			if err := tx.InsertFeature(l, &f); err != nil {
				return err
			}
			if f.ID != 8 {
				return fmt.Errorf("new id %d", f.ID)
			}
			return nil
		}},
		{"update", func(tx *Tx) error {
			f := shopRows()[1]
			f.Geometry, f.Values[0], f.Values[2] = orb.Point{5, 6}, "flyttad\nrad", -1e-300
			return tx.UpdateFeature(l, &f)
		}},
		{"lose geometry", func(tx *Tx) error {
			f := shopRows()[0]
			f.Geometry = nil
			return tx.UpdateFeature(l, &f)
		}},
		{"gain geometry", func(tx *Tx) error {
			f := shopRows()[2]
			f.Geometry = orb.Point{9, 9}
			return tx.UpdateFeature(l, &f)
		}},
		{"delete", func(tx *Tx) error { return tx.DeleteFeature(l, 2) }},
		{"setting", func(tx *Tx) error { return tx.SetSetting("decision", model.Decision{Title: "Serviceplan"}) }},
		{"change setting", func(tx *Tx) error { return tx.SetSetting("decision", model.Decision{Title: "Plan"}) }},
		{"remove setting", func(tx *Tx) error { return tx.SetSetting("decision", nil) }},
		{"kommun", func(tx *Tx) error { return tx.SetKommun(model.Kommun{Code: "2084", Name: "Avesta"}) }},
		{"style", func(tx *Tx) error {
			l.Style, l.Opacity, l.Visible, l.Name, l.Position = []byte(`{"a":1}`), 0.5, false, "Affärer", 3
			if err := tx.UpdateLayer(l); err != nil {
				return err
			}
			return tx.SetQGISStyle(l.ID, "<qgis/>", "<sld/>")
		}},
		{"mapping", func(tx *Tx) error { l.Mapping = model.Mapping{model.PartID: "Namn"}; return tx.UpdateLayer(l) }},
		{"table without geometry", func(tx *Tx) error {
			_, err := tx.AddLayer(model.Layer{Name: "Tabell", Role: model.RoleLayer, Fields: []model.Field{{Name: "a", Type: model.Text}}},
				feed([]model.Feature{{Values: []any{"1"}}}))
			return err
		}},
		{"remove layer", func(tx *Tx) error { return tx.RemoveLayer(l.ID) }},
	}
	for _, step := range steps {
		edit(t, p, step.name, step.do)
		states = append(states, dump(t, p))
	}
	for round := range 2 {
		for i := len(steps) - 1; i >= 0; i-- {
			if step := undo(t, p); i18n.For("sv").Text(step.Name) != steps[i].name || !step.Undone {
				t.Fatalf("undid %+v, want %s", step, steps[i].name)
			}
			sameDump(t, "undo "+steps[i].name, dump(t, p), states[i])
		}
		if p.Kommun() != gotland {
			t.Errorf("kommun %v", p.Kommun())
		}
		if _, err := p.Undo(t.Context()); err == nil {
			t.Fatal("undid more than there was")
		} else {
			wantProblem(t, err, "project.nothing_to_undo")
		}
		if round == 0 {
			p = reopen(t, p)
		}
		for i := range steps {
			redo(t, p)
			sameDump(t, "redo "+steps[i].name, dump(t, p), states[i+1])
		}
		_, err := p.Redo(t.Context())
		wantProblem(t, err, "project.nothing_to_redo")
	}
	if p.Kommun().Code != "2084" {
		t.Errorf("kommun %v", p.Kommun())
	}
}

func TestHistory(t *testing.T) {
	p := newProject(t)
	name := i18n.M("project.layer_exists", "å", 3, i18n.Metres(4.5), i18n.Seconds(6), i18n.Share(0.5), true, 1.25, i18n.Date("2024-01-02"), i18n.M("app.name"))
	set := func(key string) {
		t.Helper()
		if err := p.Edit(t.Context(), name, func(tx *Tx) error { return tx.SetSetting(key, 1) }); err != nil {
			t.Fatal(err)
		}
	}
	if _, can := p.CanUndo(t.Context()); can {
		t.Error("a new project can undo")
	}
	set("a")
	set("b")
	p = reopen(t, p)
	if step, can := p.CanUndo(t.Context()); !can || i18n.For("sv").Text(step.Name) != i18n.For("sv").Text(name) || len(step.Name.Args) != 9 {
		t.Errorf("can undo %v %+v", can, step)
	}
	undo(t, p)
	if step, can := p.CanRedo(t.Context()); !can || step.ID != 2 {
		t.Errorf("can redo %v %+v", can, step)
	}
	steps, err := p.History(t.Context())
	if err != nil || len(steps) != 2 || steps[0].Undone || !steps[1].Undone {
		t.Errorf("%+v %v", steps, err)
	}
	edit(t, p, "nothing", func(*Tx) error { return nil })
	if _, can := p.CanRedo(t.Context()); !can {
		t.Error("an edit that changes nothing took the redo away")
	}
	set("c")
	if _, can := p.CanRedo(t.Context()); can {
		t.Error("an edit left the redo standing")
	}
	var n int
	if found, err := p.Setting(t.Context(), "b", &n); found || err != nil {
		t.Errorf("undone setting: %v %v", found, err)
	}
}

func TestUndoneImportIsDroppedByTheNextEdit(t *testing.T) {
	p := newProject(t)
	l := addShops(t, p)
	undo(t, p)
	if tables := tablesOf(t, p); !slices.Contains(tables, l.Table) {
		t.Fatal("the undone layer's table is gone before the redo is")
	}
	edit(t, p, "other", func(tx *Tx) error { return tx.SetSetting("a", 1) })
	for _, table := range tablesOf(t, p) {
		if strings.Contains(table, l.Table) {
			t.Errorf("%s is left", table)
		}
	}
	again := addShops(t, p)
	if again.Table != l.Table || again.Revision == l.Revision {
		t.Errorf("%+v", again)
	}
}

func tablesOf(t testing.TB, p *Project) (tables []string) {
	t.Helper()
	err := p.reading(t.Context(), func(db *sql.DB) (err error) {
		tables, err = texts(t.Context(), db, `SELECT name FROM sqlite_master ORDER BY name`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func TestHistoryIsTrimmed(t *testing.T) {
	p := newProject(t)
	fast(t, p)
	l := addShops(t, p)
	edit(t, p, "remove", func(tx *Tx) error { return tx.RemoveLayer(l.ID) })
	for i := range maxSteps {
		edit(t, p, "set", func(tx *Tx) error { return tx.SetSetting("a", i) })
	}
	steps, err := p.History(t.Context())
	if err != nil || len(steps) != maxSteps {
		t.Fatalf("%d steps, %v", len(steps), err)
	}
	if slices.Contains(tablesOf(t, p), l.Table) {
		t.Error("the table of a layer that no undo can bring back is left")
	}
	for range steps {
		undo(t, p)
	}
	var n int
	if found, err := p.Setting(t.Context(), "a", &n); found || err != nil {
		t.Error(found, err)
	}
}

// fast lets a test make many edits without waiting for the disk.
func fast(t testing.TB, p *Project) {
	t.Helper()
	if _, err := p.conn.ExecContext(t.Context(), `PRAGMA synchronous=OFF`); err != nil {
		t.Fatal(err)
	}
}

// TestRandomEditsUndoneAndRedone makes random edits, takes all back and does all again, several times with turns in
// between, and compares every state on the way with what it was on the way there.
func TestRandomEditsUndoneAndRedone(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			p := newProjectAt(t, filepath.Join(t.TempDir(), "p.gpkg"))
			fast(t, p)
			r := rand.New(rand.NewPCG(seed, 1))
			states := []string{hash(dump(t, p))}
			at := 0 // the state that the project is in
			for range 100 {
				switch n := r.IntN(8); {
				case n == 0 && at > 0:
					undo(t, p)
					at--
				case n == 1 && at < len(states)-1:
					redo(t, p)
					at++
				default:
					before, _ := p.CanUndo(t.Context())
					edit(t, p, "edit", func(tx *Tx) error { return randomEdit(r, tx) })
					if after, _ := p.CanUndo(t.Context()); after.ID == before.ID {
						continue // changed nothing: no step
					}
					at++
					states = append(states[:at], "")
				}
				got := hash(dump(t, p))
				if states[at] == "" {
					states[at] = got
				}
				if got != states[at] {
					t.Fatalf("state %d is %s, was %s", at, got, states[at])
				}
			}
			for ; at > 0; at-- {
				undo(t, p)
				if got := hash(dump(t, p)); got != states[at-1] {
					t.Fatalf("undo to state %d gives %s, was %s", at-1, got, states[at-1])
				}
			}
			for ; at < len(states)-1; at++ {
				redo(t, p)
				if got := hash(dump(t, p)); got != states[at+1] {
					t.Fatalf("redo to state %d gives %s, was %s", at+1, got, states[at+1])
				}
			}
		})
	}
}

// TestThousandsOfSteps makes more steps than are kept, and goes all the way that is left back and forth.
func TestThousandsOfSteps(t *testing.T) {
	p := newProject(t)
	fast(t, p)
	r := rand.New(rand.NewPCG(7, 7))
	l := addShops(t, p)
	const steps = 1200
	var there string
	for i := range steps {
		if i == steps-maxSteps {
			there = dump(t, p)
		}
		edit(t, p, "insert", func(tx *Tx) error { return tx.InsertFeature(l, randomFeature(r, 0)) })
	}
	end := dump(t, p)
	for range maxSteps {
		undo(t, p)
	}
	sameDump(t, "undo", dump(t, p), there)
	if _, can := p.CanUndo(t.Context()); can {
		t.Error("more steps are kept than should be")
	}
	for range maxSteps {
		redo(t, p)
	}
	sameDump(t, "redo", dump(t, p), end)
}

// randomEdit does one to three random things.
func randomEdit(r *rand.Rand, tx *Tx) error {
	for range 1 + r.IntN(3) {
		layers, err := tx.Layers()
		if err != nil {
			return err
		}
		if len(layers) == 0 || r.IntN(12) == 0 {
			def := shops
			def.Name = fmt.Sprintf("Lager %d", r.Uint32())
			if _, err := tx.AddLayer(def, feed(shopRows())); err != nil {
				return err
			}
			continue
		}
		if err := randomChange(r, tx, layers[r.IntN(len(layers))]); err != nil {
			return err
		}
	}
	return nil
}

func randomChange(r *rand.Rand, tx *Tx, l model.Layer) error {
	switch r.IntN(8) {
	case 0:
		return tx.RemoveLayer(l.ID)
	case 1:
		l.Opacity, l.Style, l.Name = r.Float64(), []byte(randomText(r)), fmt.Sprintf("Lager %d", r.Uint32())
		return tx.UpdateLayer(l)
	case 2:
		return tx.SetSetting(fmt.Sprint("k", r.IntN(3)), randomText(r))
	case 3:
		return tx.SetQGISStyle(l.ID, randomText(r), "")
	case 4, 5:
		return tx.InsertFeature(l, randomFeature(r, 0))
	}
	var id int64
	err := tx.conn.QueryRowContext(tx.ctx, `SELECT fid FROM `+ident(l.Table)+` ORDER BY fid LIMIT 1 OFFSET ?`, r.IntN(3)).Scan(&id)
	if err != nil {
		return tx.InsertFeature(l, randomFeature(r, 0))
	}
	if r.IntN(3) == 0 {
		return tx.DeleteFeature(l, id)
	}
	return tx.UpdateFeature(l, randomFeature(r, id))
}

func randomFeature(r *rand.Rand, id int64) *model.Feature {
	f := &model.Feature{ID: id, Values: []any{
		randomText(r), int64(r.Uint64()), math.Float64frombits(r.Uint64()), r.IntN(2) == 0, "2024-01-02", nil, []byte(randomText(r)),
	}}
	if v := f.Values[2].(float64); math.IsNaN(v) {
		f.Values[2] = nil
	}
	if r.IntN(4) > 0 {
		f.Geometry = orb.Point{r.Float64() * 1e6, r.NormFloat64() * 1e7}
	}
	return f
}

func randomText(r *rand.Rand) string {
	const letters = `abcåäöÅ'";%?_ --` + "\n\t\x00\u00a0😀"
	runes := []rune(letters)
	out := make([]rune, r.IntN(12))
	for i := range out {
		out[i] = runes[r.IntN(len(runes))]
	}
	return string(out)
}

// TestManyColumns holds the log's triggers against the limit on the depth of an expression.
func TestManyColumns(t *testing.T) {
	p := newProject(t)
	def := model.Layer{Name: "Bred", Role: model.RoleLayer}
	values := make([]any, maxFields)
	for i := range maxFields {
		def.Fields = append(def.Fields, model.Field{Name: fmt.Sprint("k", i), Type: model.Integer})
		values[i] = int64(i)
	}
	l := addLayer(t, p, def, []model.Feature{{ID: 1, Values: values}})
	before := dump(t, p)
	edit(t, p, "update", func(tx *Tx) error {
		changed := slices.Clone(values)
		changed[maxFields-1] = int64(-1)
		return tx.UpdateFeature(l, &model.Feature{ID: 1, Values: changed})
	})
	edit(t, p, "delete", func(tx *Tx) error { return tx.DeleteFeature(l, 1) })
	undo(t, p)
	undo(t, p)
	if dump(t, p) != before {
		t.Error("undo does not restore a table of many columns")
	}
	def.Name = "Bredare"
	def.Fields = append(def.Fields, model.Field{Name: "till", Type: model.Text})
	err := p.Edit(t.Context(), i18n.Plain("x"), func(tx *Tx) error { _, err := tx.AddLayer(def, feed(nil)); return err })
	wantProblem(t, err, "project.too_many_fields")
}

func TestBeginHistory(t *testing.T) {
	p := newProject(t)
	edit := func(value int) {
		err := p.Edit(t.Context(), i18n.Plain("steg"), func(tx *Tx) error { return tx.SetSetting("x", value) })
		if err != nil {
			t.Fatal(err)
		}
	}
	edit(1)
	before := dump(t, p)
	if err := p.BeginHistory(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, ok := p.CanUndo(t.Context()); ok {
		t.Error("what was done before the beginning can be undone")
	}
	if dump(t, p) != before {
		t.Error("the project changed")
	}
	edit(2)
	if _, err := p.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if dump(t, p) != before {
		t.Error("undo does not lead back to the beginning")
	}
}
