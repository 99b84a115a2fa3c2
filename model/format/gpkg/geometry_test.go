package gpkg

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"nabar/internal/i18n"
)

// square is a closed ring of side 10 with its lower left corner at (e, n).
func square(e, n float64) orb.Ring {
	return orb.Ring{{e, n}, {e + 10, n}, {e + 10, n + 10}, {e, n + 10}, {e, n}}
}

// everyKind holds one geometry of each kind that orb has.
func everyKind() map[string]orb.Geometry {
	hole := orb.Ring{{2, 2}, {2, 4}, {4, 4}, {2, 2}}
	return map[string]orb.Geometry{
		"point":           orb.Point{697456, 6390123.25},
		"multipoint":      orb.MultiPoint{{1, 2}, {3, 4}},
		"line":            orb.LineString{{0, 0}, {3, 4}, {3, 5}},
		"multiline":       orb.MultiLineString{{{0, 0}, {1, 1}}, {{5, 5}, {6, 7}, {8, 9}}},
		"polygon":         orb.Polygon{square(0, 0), hole},
		"multipolygon":    orb.MultiPolygon{{square(0, 0), hole}, {square(100, 100)}},
		"collection":      orb.Collection{orb.Point{1, 2}, orb.LineString{{0, 0}, {1, 1}}},
		"collection deep": orb.Collection{orb.Collection{orb.Collection{orb.Point{9, 9}}}},
	}
}

func TestGeometryRoundTrip(t *testing.T) {
	for name, g := range everyKind() {
		t.Run(name, func(t *testing.T) {
			blob, err := WriteGeometry(g, 3006)
			if err != nil {
				t.Fatal(err)
			}
			back, err := ReadGeometry(blob)
			if err != nil {
				t.Fatal(err)
			}
			if !orb.Equal(g, back) {
				t.Errorf("wrote %v, read %v", g, back)
			}
		})
	}
}

func TestWriteGeometryHeader(t *testing.T) {
	blob, err := WriteGeometry(orb.LineString{{1, 20}, {-3, 40}}, 3006)
	if err != nil {
		t.Fatal(err)
	}
	// magic, version 0, flags: little-endian and XY envelope; srid 0x0bbe; min x, max x, min y, max y
	want := "47500003" + "be0b0000" + "00000000000008c0" + "000000000000f03f" + "0000000000003440" + "0000000000004440"
	if got := hex.EncodeToString(blob[:40]); got != want {
		t.Errorf("header is %s, want %s", got, want)
	}
	g, err := wkb.Unmarshal(blob[40:])
	if err != nil || !orb.Equal(g, orb.LineString{{1, 20}, {-3, 40}}) {
		t.Errorf("orb reads the body as %v, %v", g, err)
	}
}

func TestWriteGeometryOddities(t *testing.T) {
	tests := []struct {
		name  string
		in    orb.Geometry
		want  orb.Geometry // as read back
		null  bool
		empty bool
		fails bool
	}{
		{name: "nil", in: nil, null: true},
		{name: "nil line", in: orb.LineString(nil), null: true},
		{name: "nil ring", in: orb.Ring(nil), null: true},
		{name: "nil collection", in: orb.Collection(nil), null: true},
		{name: "empty line", in: orb.LineString{}, empty: true},
		{name: "empty polygon", in: orb.Polygon{}, empty: true},
		{name: "polygon of an empty ring", in: orb.Polygon{{}}, empty: true},
		{name: "nil members", in: orb.Collection{nil, orb.Polygon(nil), orb.Point{1, 2}}, want: orb.Collection{orb.Point{1, 2}}},
		{name: "ring", in: square(0, 0), want: orb.Polygon{square(0, 0)}},
		{name: "bound", in: orb.Bound{Max: orb.Point{2, 1}}, want: orb.Bound{Max: orb.Point{2, 1}}.ToPolygon()},
		{name: "not a number", in: orb.LineString{{0, 0}, {math.NaN(), 1}}, fails: true},
		{name: "infinite", in: orb.Point{0, math.Inf(-1)}, fails: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			blob, err := WriteGeometry(tt.in, 3006)
			if (err != nil) != tt.fails {
				t.Fatalf("error %v, want failure %v", err, tt.fails)
			}
			if err != nil {
				return
			}
			if (blob == nil) != tt.null {
				t.Fatalf("blob %x, want NULL %v", blob, tt.null)
			}
			if !tt.null && (blob[3]&flagEmpty != 0) != tt.empty {
				t.Errorf("flags %08b, want empty %v", blob[3], tt.empty)
			}
			back, err := ReadGeometry(blob)
			if err != nil {
				t.Fatal(err)
			}
			if (back == nil) != (tt.want == nil) || back != nil && !orb.Equal(back, tt.want) {
				t.Errorf("read back %v, want %v", back, tt.want)
			}
		})
	}
}

// rawBlob builds a blob by hand: header without envelope, then byte order and code, then the given numbers.
func rawBlob(order binary.AppendByteOrder, code uint32, rest ...any) []byte {
	mark := byte(0)
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		mark = 1
	}
	out := []byte{'G', 'P', 0, 1, 0, 0, 0, 0, mark}
	out = order.AppendUint32(out, code)
	for _, v := range rest {
		switch v := v.(type) {
		case int:
			out = order.AppendUint32(out, uint32(v))
		case float64:
			out = order.AppendUint64(out, math.Float64bits(v))
		}
	}
	return out
}

func TestReadGeometryDimensions(t *testing.T) {
	le, be := binary.LittleEndian, binary.BigEndian
	line := orb.LineString{{1, 2}, {3, 4}}
	tests := []struct {
		name string
		blob []byte
		want orb.Geometry
	}{
		{"ISO Z", rawBlob(le, 1002, 2, 1.0, 2.0, -99999.0, 3.0, 4.0, -99999.0), line},
		{"ISO M", rawBlob(le, 2002, 2, 1.0, 2.0, 7.0, 3.0, 4.0, 7.0), line},
		{"ISO ZM", rawBlob(be, 3002, 2, 1.0, 2.0, 7.0, 8.0, 3.0, 4.0, 7.0, 8.0), line},
		{"EWKB Z", rawBlob(le, 0x80000002, 2, 1.0, 2.0, 7.0, 3.0, 4.0, 7.0), line},
		{"EWKB M", rawBlob(be, 0x40000002, 2, 1.0, 2.0, 7.0, 3.0, 4.0, 7.0), line},
		{"EWKB ZM with SRID", rawBlob(le, 0xe0000002, 3006, 2, 1.0, 2.0, 7.0, 8.0, 3.0, 4.0, 7.0, 8.0), line},
		{"M that is no number", rawBlob(le, 2001, 1.0, 2.0, math.NaN()), orb.Point{1, 2}},
		{"empty point", rawBlob(le, 1, math.NaN(), math.NaN()), nil},
		{"empty point Z", rawBlob(le, 1001, math.NaN(), math.NaN(), math.NaN()), nil},
		{"empty line", rawBlob(le, 2, 0), nil},
		{"empty multipolygon", rawBlob(le, 6, 0), nil},
		{"open ring", rawBlob(le, 3, 1, 3, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0), orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g, err := ReadGeometry(tt.blob)
			if err != nil {
				t.Fatal(err)
			}
			if (g == nil) != (tt.want == nil) || g != nil && !orb.Equal(g, tt.want) {
				t.Errorf("read %v, want %v", g, tt.want)
			}
		})
	}
}

func TestReadGeometryEnvelopes(t *testing.T) {
	body, err := wkb.Marshal(orb.Point{5, 6}, binary.LittleEndian)
	if err != nil {
		t.Fatal(err)
	}
	for kind, size := range envelopeSize {
		t.Run(fmt.Sprintf("kind %d", kind), func(t *testing.T) {
			blob := append([]byte{'G', 'P', 0, byte(1 | kind<<1), 0xbe, 0x0b, 0, 0}, make([]byte, max(size, 0))...)
			g, err := ReadGeometry(append(blob, body...))
			if size < 0 {
				if err == nil {
					t.Fatal("an envelope kind that does not exist was accepted")
				}
				return
			}
			if err != nil || !orb.Equal(g, orb.Point{5, 6}) {
				t.Errorf("read %v, %v", g, err)
			}
		})
	}
}

func TestReadGeometryRefuses(t *testing.T) {
	le := binary.LittleEndian
	deep := []byte{'G', 'P', 0, 1, 0, 0, 0, 0}
	for range 1000 {
		deep = append(deep, 1, 7, 0, 0, 0, 1, 0, 0, 0)
	}
	tests := []struct {
		name, key string
		blob      []byte
	}{
		{"four bytes", "import.geometry_truncated", []byte("GP\x00\x01")},
		{"no magic", "import.geometry_not_gpkg", []byte("XX\x00\x01\x00\x00\x00\x00\x01")},
		{"header alone", "import.geometry_truncated", []byte("GP\x00\x01\x00\x00\x00\x00")},
		{"envelope cut", "import.geometry_truncated", []byte("GP\x00\x03\x00\x00\x00\x00\x00\x00")},
		{"extended type", "import.geometry_kind", []byte("GP\x00\x21\x00\x00\x00\x00ABCD")},
		{"byte order 7", "import.geometry_not_gpkg", []byte("GP\x00\x01\x00\x00\x00\x00\x07\x01\x00\x00\x00")},
		{"circular string", "import.geometry_kind", rawBlob(le, 8, 0)},
		{"code 9999", "import.geometry_kind", rawBlob(le, 9999, 0)},
		{"four thousand million points", "import.geometry_truncated", rawBlob(le, 2, -1, 1.0, 2.0)},
		{"many parts", "import.geometry_truncated", rawBlob(le, 5, 1<<30)},
		{"half a point", "import.geometry_truncated", rawBlob(le, 1, 1.0)},
		{"NaN in a line", "import.geometry_number", rawBlob(le, 2, 1, 1.0, math.NaN())},
		{"infinite point", "import.geometry_number", rawBlob(le, 1, 1.0, math.Inf(1))},
		{"nested too deep", "import.geometry_deep", deep},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g, err := ReadGeometry(tt.blob)
			var problem *i18n.Problem
			if !errors.As(err, &problem) || problem.Key != tt.key {
				t.Fatalf("got %v, %v; want %s", g, err, tt.key)
			}
		})
	}
}

// Every shorter version of a sound blob must be refused: none may be taken for something else.
func TestReadGeometryTruncatedAnywhere(t *testing.T) {
	for name, g := range everyKind() {
		blob, err := WriteGeometry(g, 3006)
		if err != nil {
			t.Fatal(err)
		}
		for n := 1; n < len(blob); n++ {
			if got, err := ReadGeometry(blob[:n]); err == nil {
				t.Errorf("%s cut to %d of %d bytes was read as %v", name, n, len(blob), got)
			}
		}
	}
}

func FuzzReadGeometry(f *testing.F) {
	for _, g := range everyKind() {
		blob, err := WriteGeometry(g, 3006)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(blob)
	}
	f.Add(rawBlob(binary.BigEndian, 3002, 2, 1.0, 2.0, 7.0, 8.0, 3.0, 4.0, 7.0, 8.0))
	f.Fuzz(func(t *testing.T, blob []byte) {
		g, err := ReadGeometry(blob)
		if err != nil || g == nil {
			return
		}
		again, err := WriteGeometry(g, 1)
		if err != nil {
			t.Fatalf("what was read can't be written: %v", err)
		}
		back, err := ReadGeometry(again)
		if err != nil || !orb.Equal(g, back) {
			t.Fatalf("%v became %v, %v", g, back, err)
		}
		third, err := WriteGeometry(back, 1)
		if err != nil || !bytes.Equal(again, third) {
			t.Fatalf("not stable: %x, then %x (%v)", again, third, err)
		}
	})
}

func BenchmarkReadGeometry(b *testing.B) {
	line := make(orb.LineString, 10)
	for i := range line {
		line[i] = orb.Point{float64(i), float64(i * i)}
	}
	blob, err := WriteGeometry(line, 3006)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ReadGeometry(blob); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleReadGeometry() {
	blob, _ := WriteGeometry(orb.Point{697456, 6390123}, 3006)
	g, _ := ReadGeometry(blob)
	fmt.Println(len(blob), g)
	// Output: 29 [697456 6.390123e+06]
}
