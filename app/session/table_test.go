package session

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"nabar/model"
)

func TestWriteTable(t *testing.T) {
	table := model.Table{
		Name: "Efter kön",
		Columns: []model.TableColumn{
			{Head: "Grupp"}, {Head: "Invånare", Number: true}, {Head: "Medel", Unit: "km", Number: true, Decimals: 1},
		},
		Rows: []model.TableRow{
			{Cells: []model.TableCell{model.Words("Kvinnor; alla"), model.Amount(1234), model.Amount(3.1234567)}},
			{Cells: []model.TableCell{model.Words("=Män"), model.Amount(0), model.Amount(math.NaN())}},
			{Cells: []model.TableCell{model.Words("kort rad")}},
		},
	}
	dir := t.TempDir()
	for lang, want := range map[string]string{
		"sv": "\ufeffGrupp;Invånare;Medel (km)\r\n\"Kvinnor; alla\";1234;3,123457\r\n'=Män;0;\r\nkort rad;;\r\n",
		"en": "\ufeffGrupp,Invånare,Medel (km)\r\nKvinnor; alla,1234,3.123457\r\n'=Män,0,\r\nkort rad,,\r\n",
	} {
		s := New(lang)
		path := filepath.Join(dir, lang+".csv")
		if err := s.WriteTable(path, table); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(path); string(got) != want {
			t.Errorf("%s: wrote %q, want %q", lang, got, want)
		}
	}
	s := New("sv")
	path := filepath.Join(dir, "a.xlsx")
	if err := s.WriteTable(path, table); err != nil {
		t.Fatal(err)
	}
	again := filepath.Join(dir, "b.xlsx")
	if err := s.WriteTable(again, table); err != nil {
		t.Fatal(err)
	}
	a, _ := os.ReadFile(path)
	b, _ := os.ReadFile(again)
	if !bytes.Equal(a, b) {
		t.Error("the same table gives other bytes")
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"A1": "Grupp", "C1": "Medel (km)", "B2": "1234", "C2": "3.123457", "A3": "'=Män", "C3": ""} {
		if got, _ := f.GetCellValue("Efter kön", cell); got != want {
			t.Errorf("%s is %q, want %q", cell, got, want)
		}
	}
	if err := s.WriteTable(filepath.Join(dir, "a.doc"), table); err == nil {
		t.Error("a form that is not written is no error")
	}
}
