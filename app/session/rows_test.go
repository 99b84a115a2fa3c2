package session_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nabar/app/session"
	"nabar/internal/testdata"
	"nabar/model"
	"nabar/model/rows"
)

var errStop = errors.New("enough")

// manyRows imports a table of n points.
func manyRows(t *testing.T, s *session.Session, n int) model.Layer {
	t.Helper()
	var b strings.Builder
	b.WriteString("namn;antal;x;y\n")
	for i := range n {
		fmt.Fprintf(&b, "Rad %d;%d;%d;6390000\n", i, i%97, 600000+i)
	}
	file := filepath.Join(t.TempDir(), "rader.csv")
	must(t, os.WriteFile(file, []byte(b.String()), 0o600))
	_, err := s.Import(ctx, file, session.ImportOptions{Role: model.RoleLayer, Name: "Rader", Mapping: model.Mapping{"x": "x", "y": "y"}}, nil)
	must(t, err)
	l, err := s.Layer(ctx, "rader")
	must(t, err)
	return l
}

// TestRowsComeInPages reads a layer of more than one page, and each row once.
func TestRowsComeInPages(t *testing.T) {
	s := session.New("sv")
	defer s.Close()
	must(t, s.Create(ctx, filepath.Join(t.TempDir(), "p.gpkg"), "0980"))
	table, err := s.RowsTable(ctx, manyRows(t, s, 9001))
	must(t, err)
	seen := map[string]bool{}
	for _, row := range table.Rows {
		seen[row.ID] = true
	}
	if len(table.Rows) != 9001 || len(seen) != 9001 {
		t.Errorf("%d rows, %d different", len(table.Rows), len(seen))
	}
}

// BenchmarkSwedishRows opens, sorts and sums up the table of all inhabited squares of Sweden.
func BenchmarkSwedishRows(b *testing.B) {
	file := filepath.Join(testdata.Dir(b, "sverige"), "scb_befolkning_1km_2024.csv")
	s := session.New("sv")
	defer s.Close()
	if err := s.Create(ctx, filepath.Join(b.TempDir(), "p.gpkg"), "0980"); err != nil {
		b.Fatal(err)
	}
	if _, err := s.Import(ctx, file, session.ImportOptions{Name: "Rutor"}, nil); err != nil {
		b.Fatal(err)
	}
	l, err := s.Layer(ctx, "Rutor")
	if err != nil {
		b.Fatal(err)
	}
	var table model.Table
	b.Run("first page", func(b *testing.B) {
		for b.Loop() {
			_ = s.Rows(ctx, l, func([]model.TableRow) error { return errStop })
		}
	})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			if table, err = s.RowsTable(ctx, l); err != nil {
				b.Fatal(err)
			}
		}
	})
	column := map[string]int{}
	for i, c := range table.Columns {
		column[c.Head] = i
	}
	for _, name := range []string{"kommunnamn", "beftotalt"} {
		b.Run("sort by "+name, func(b *testing.B) {
			for b.Loop() {
				_, _ = rows.View{By: column[name]}.Order(b.Context(), s.Printer(), &table)
			}
		})
	}
	b.Run("search", func(b *testing.B) {
		for b.Loop() {
			_, _ = rows.View{By: -1, Search: "visby"}.Order(b.Context(), s.Printer(), &table)
		}
	})
	order, _ := rows.View{By: -1}.Order(b.Context(), s.Printer(), &table)
	b.Run("statistics", func(b *testing.B) {
		for b.Loop() {
			rows.Summarise(&table, order, column["beftotalt"])
		}
	})
}
