package session

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"

	"nabar/mapview/render"
	"nabar/model"
	"nabar/reports"
	"nabar/reports/docx"
	"nabar/reports/html"
	"nabar/reports/pdf/check"
	"nabar/reports/sheet"
)

// equalProjects is how many random projects the outputs are compared for.
const equalProjects = 50

// TestFiguresAreEqualInEveryOutput makes small random projects and reads the figures back out of the PDF, the web page, Word's
// file and the CSV: each cell of each table is what the document says, and what the session's results, which the window shows,
// give is among them.
func TestFiguresAreEqualInEveryOutput(t *testing.T) {
	seeds := make(chan uint64)
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			for seed := range seeds {
				if err := compareOutputs(seed, filepath.Join(t.TempDir(), strconv.FormatUint(seed, 10))); err != nil {
					t.Errorf("project %d: %v", seed, err)
				}
			}
		})
	}
	for seed := range uint64(equalProjects) {
		seeds <- seed
	}
	close(seeds)
	workers.Wait()
}

// compareOutputs makes the project of a seed and compares its outputs.
func compareOutputs(seed uint64, dir string) error {
	ctx := context.Background()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	s := New("sv")
	defer s.Close()
	if err := s.Create(ctx, filepath.Join(dir, "p.gpkg"), "0980"); err != nil {
		return err
	}
	for _, file := range randomFiles(seed) {
		path := filepath.Join(dir, file[0])
		if err := os.WriteFile(path, []byte(file[1]), 0o600); err != nil {
			return err
		}
		if _, err := s.Import(ctx, path, ImportOptions{}, nil); err != nil {
			return err
		}
	}
	doc, _, err := s.Document(ctx, "", nil)
	if err != nil {
		return err
	}
	outputs, err := outputTables(doc)
	if err != nil {
		return err
	}
	if err := sameTables(doc.Tables(), outputs); err != nil {
		return err
	}
	if err := sameNumbers(doc); err != nil {
		return err
	}
	return s.holdsResults(ctx, outputs)
}

// randomFiles are roads, squares, places and border of a small kommun: a road with branches, squares along it, shops and pumps.
func randomFiles(seed uint64) [][2]string {
	rng := rand.New(rand.NewPCG(seed, 7))
	var roads, cells, places []string
	places = append(places, "Servicetyp;Serviceform;Serviceplatsid;Huvudman;Namn;Adress;Postnummer;Postort;Kommun;Län;Stöd;X;Y")
	cells = append(cells, "rutid_scb;rutstorl;beftotalt")
	n := 3 + rng.IntN(5)
	east := func(i int) int { return 500000 + i*3000 }
	line := func(x1, y1, x2, y2 int) {
		length := math.Round(math.Hypot(float64(x2-x1), float64(y2-y1)) * (1 + rng.Float64()/5))
		roads = append(roads, fmt.Sprintf(`{"type":"Feature","properties":{"extlen":%g,"f_hogst_225":%d,"b_hogst_225":70,"klass_181":%d},`+
			`"geometry":{"type":"LineString","coordinates":[[%d,%d],[%d,%d]]}}`, length, 30+10*rng.IntN(8), rng.IntN(8), x1, y1, x2, y2))
	}
	for i := range n {
		line(east(i), 6700000, east(i+1), 6700000)
		branch := 6700000 + 500 + rng.IntN(9000)
		line(east(i+1), 6700000, east(i+1), branch)
		for range 1 + rng.IntN(3) {
			cell := 6700000 + 1000*rng.IntN(max(1, (branch-6700000)/1000))
			cells = append(cells, fmt.Sprintf("%d%d;1000;%d", east(i+1)/1000*1000, cell, 1+rng.IntN(4000)))
		}
		if i == 0 || rng.IntN(2) == 0 {
			kind := []string{"Dagligvaror;Dagligvarubutik", "Drivmedel;Drivmedelsstation"}[min(rng.IntN(3), 1)]
			if i == 0 {
				kind = "Dagligvaror;Dagligvarubutik"
			}
			places = append(places, fmt.Sprintf("%s;S%d;Kedja;Butik %d Å;;;Ort %d;Gotlands kommun;Gotlands län;;%d,00;%d,00", kind, i, i, i, east(i)+rng.IntN(900), 6700000))
		}
	}
	slices.Sort(cells[1:])
	frame := func(features string) string {
		return `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3006"}},"features":[` + features + `]}`
	}
	border := fmt.Sprintf(`{"type":"Feature","properties":{"KOM_KOD":"0980","KOMMUNNAMN":"Gotland"},"geometry":{"type":"Polygon","coordinates":`+
		`[[[498000,6698000],[%d,6698000],[%d,6711000],[498000,6711000],[498000,6698000]]]}}`, east(n)+2000, east(n)+2000)
	return [][2]string{
		{"vägar.geojson", frame(strings.Join(roads, ","))},
		{"rutor.csv", strings.Join(slices.Compact(cells), "\n") + "\n"},
		{"service.csv", "\ufeff" + strings.Join(places, "\r\n") + "\r\n"},
		{"gräns.geojson", frame(border)},
	}
}

// cells are the tables of an output: table, row with the header first, column.
type cells [][][]string

// outputTables writes a document in every format and reads its tables back.
func outputTables(doc *reports.Document) (map[string]cells, error) {
	out := map[string]cells{}
	var b bytes.Buffer
	if err := checkedPlan(&b, doc); err != nil {
		return nil, err
	}
	root, err := check.Tree(b.Bytes())
	if err != nil {
		return nil, err
	}
	for _, t := range root.All("Table") {
		var table [][]string
		for _, row := range t.All("TR") {
			var line []string
			for _, k := range row.Kids {
				line = append(line, k.Element.Said())
			}
			table = append(table, line)
		}
		out["PDF"] = append(out["PDF"], table)
	}
	b.Reset()
	if err := html.Write(&b, doc); err != nil {
		return nil, err
	}
	if out["HTML"], err = xmlTables(&b, "table", "tr", "td th"); err != nil {
		return nil, err
	}
	b.Reset()
	if err := docx.Write(&b, withSmallPictures(doc)); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		return nil, err
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out["DOCX"], err = xmlTables(f, "tbl", "tr", "tc")
	return out, err
}

// withSmallPictures gives a document whose pictures, which are not compared, take no time to draw.
func withSmallPictures(doc *reports.Document) *reports.Document {
	small := func(f reports.Figure) reports.Figure {
		f.Width, f.Height, f.Fill, f.Paint = 20, 20, false, func(render.Canvas, float64, float64) {}
		return f
	}
	out := *doc
	out.Blocks = slices.Clone(doc.Blocks)
	for i, b := range out.Blocks {
		switch b := b.(type) {
		case reports.Figure:
			out.Blocks[i] = small(b)
		case reports.Charts:
			b.Figures = slices.Clone(b.Figures)
			for k := range b.Figures {
				b.Figures[k] = small(b.Figures[k])
			}
			out.Blocks[i] = b
		}
	}
	return &out
}

// xmlTables reads the tables of an XML file by the names of their elements.
func xmlTables(r io.Reader, table, row, cell string) (cells, error) {
	d := xml.NewDecoder(r)
	var out cells
	inside := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			n := len(out) - 1
			switch name := token.Name.Local; {
			case name == table:
				out = append(out, nil)
			case name == row && n >= 0:
				out[n] = append(out[n], nil)
			case slices.Contains(strings.Fields(cell), name):
				inside = true
				last := &out[n][len(out[n])-1]
				*last = append(*last, "")
			}
		case xml.EndElement:
			if slices.Contains(strings.Fields(cell), token.Name.Local) {
				inside = false
			}
		case xml.CharData:
			if inside {
				t := out[len(out)-1]
				line := t[len(t)-1]
				line[len(line)-1] += string(token)
			}
		}
	}
}

// bare is text without any kind of space: lines break at other places in every format.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// sameTables compares every cell of every output with the document's.
func sameTables(tables []reports.Table, outputs map[string]cells) error {
	for format, got := range outputs {
		if len(got) != len(tables) {
			return fmt.Errorf("%s has %d tables, want %d", format, len(got), len(tables))
		}
		for i, t := range tables {
			if len(got[i]) != len(t.Rows)+1 {
				return fmt.Errorf("%s: table %d has %d rows, want %d", format, i+1, len(got[i]), len(t.Rows)+1)
			}
			for r, row := range t.Rows {
				for c, want := range row {
					if have := got[i][r+1][c]; bare(have) != bare(want) {
						return fmt.Errorf("%s: table %d row %d column %d is %q, want %q", format, i+1, r+1, c+1, have, want)
					}
				}
			}
		}
	}
	return nil
}

// sameNumbers compares the numbers of the CSV files with the printed ones, whatever unit the column has.
func sameNumbers(doc *reports.Document) error {
	files, err := sheet.CSV(doc)
	if err != nil {
		return err
	}
	compared := 0
	for i, t := range doc.Tables() {
		rows, err := csv.NewReader(bytes.NewReader(files[i].Data)).ReadAll()
		if err != nil {
			return err
		}
		if len(rows[0]) != len(t.Columns) {
			continue // a column of two numbers has become two
		}
		for r, row := range t.Rows {
			for c, cell := range row {
				printed, ok := printedNumber(cell)
				value, err := strconv.ParseFloat(rows[r+1][c], 64)
				if !ok || err != nil || t.Columns[c].Align != reports.Right {
					continue
				}
				compared++
				if !slices.ContainsFunc([]float64{1, 100, 1000}, func(k float64) bool { return math.Abs(value*k-printed) < 1e-6*max(1, printed) }) {
					return fmt.Errorf("%s row %d column %d is %v, printed %q", files[i].Name, r+1, c+1, value, cell)
				}
			}
		}
	}
	if compared < 20 {
		return fmt.Errorf("only %d numbers were compared", compared)
	}
	return nil
}

// printedNumber reads a printed figure without its unit.
func printedNumber(s string) (float64, bool) {
	s = strings.ReplaceAll(strings.TrimRightFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }), "\u00a0", "")
	v, err := strconv.ParseFloat(strings.Replace(strings.Replace(s, "−", "-", 1), ",", ".", 1), 64)
	return v, err == nil
}

// holdsResults looks up what the window shows of each result in the tables of every output.
func (s *Session) holdsResults(ctx context.Context, outputs map[string]cells) error {
	p := s.Printer()
	for _, impedance := range []model.Impedance{model.Distance, model.Time} {
		r, err := s.Analyse(ctx, model.Query{Service: "dagligvaror", Impedance: impedance}, nil)
		if err != nil {
			return err
		}
		cost := p.Distance
		if impedance == model.Time {
			cost = p.Time
		}
		want := []string{cost(r.Mean), cost(r.Median), cost(r.P90), cost(r.Max)}
		for _, band := range r.Bands {
			want = append(want, p.Int(int64(band.People)))
		}
		for format, tables := range outputs {
			var all strings.Builder
			for _, t := range tables {
				for _, row := range t {
					all.WriteString(bare(strings.Join(row, "|")) + "|")
				}
			}
			for _, w := range want {
				if !strings.Contains(all.String(), bare(w)) {
					return fmt.Errorf("%s: %q is in no table", format, w)
				}
			}
		}
	}
	return nil
}

// TestComparisonFindsADifference holds the comparison itself to account.
func TestComparisonFindsADifference(t *testing.T) {
	doc := &reports.Document{Printer: New("sv").Printer(), Title: "Prov"}
	doc.Chapter("Ett")
	doc.Add(reports.Table{Caption: "x", Columns: []reports.Column{{Head: "a"}, {Head: "b", Align: reports.Right}}, Rows: [][]string{{"r", "1\u00a0234"}}})
	outputs, err := outputTables(doc)
	if err != nil {
		t.Fatal(err)
	}
	if err := sameTables(doc.Tables(), outputs); err != nil {
		t.Error(err)
	}
	for format := range outputs {
		kept := outputs[format][0][1][1]
		outputs[format][0][1][1] = "1\u00a0235"
		if sameTables(doc.Tables(), outputs) == nil {
			t.Errorf("%s: another number passed", format)
		}
		outputs[format][0][1][1] = kept
	}
}
