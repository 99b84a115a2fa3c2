package model

import (
	"crypto/sha256"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
)

// packed makes a set whose coordinates are of a kind: 0 whole centimetres, 1 millimetres, 2 single precision, 3 all that
// a float64 can hold.
func packed(kind int) *RoadSet {
	r := rand.New(rand.NewPCG(uint64(kind), 5))
	value := func(size float64) float64 {
		v := size * (r.Float64() - 0.2)
		switch kind {
		case 0:
			return math.Round(v*100) / 100
		case 1:
			return math.Round(v*1000) / 1000
		case 2:
			return float64(float32(v))
		}
		return v
	}
	set := &RoadSet{}
	for i := range 200 {
		if i%90 == 0 {
			set.Begin([]string{"vägar", "enskilda", "färjor"}[i/90])
		}
		line := make(orb.LineString, 2+r.IntN(5))
		for k := range line {
			line[k] = orb.Point{value(7e5), value(7e6)}
		}
		set.Add(Road{
			FID: r.Int64N(1 << 40), Line: line, Length: math.Abs(value(900)), SpeedF: uint8(r.IntN(256)), SpeedB: uint8(r.IntN(256)),
			Class: int8(r.IntN(11) - 1), Flags: RoadFlags(r.IntN(16)),
		})
	}
	if kind == 3 {
		set.XY[0], set.XY[1], set.Length[0] = math.Copysign(0, -1), math.Inf(1), math.MaxFloat64
	}
	return set
}

func TestPackedRoadsComeBackToTheLastBit(t *testing.T) {
	sizes := []int{}
	for kind := range 4 {
		want := packed(kind)
		data, err := want.MarshalBinary()
		var got RoadSet
		if err != nil || got.UnmarshalBinary(data) != nil || !reflect.DeepEqual(&got, want) {
			t.Errorf("kind %d: other roads came back", kind)
		}
		again, _ := got.MarshalBinary()
		if string(again) != string(data) {
			t.Errorf("kind %d: the same roads gave other bytes", kind)
		}
		if math.Signbit(got.XY[0]) != math.Signbit(want.XY[0]) {
			t.Errorf("kind %d: a zero lost its sign", kind)
		}
		sizes = append(sizes, len(data))
	}
	if !(sizes[0] < sizes[3] && sizes[2] < sizes[3]) {
		t.Errorf("sizes %v: tighter ways take no less", sizes)
	}
}

// TestPackedRoadsHoldEveryField fails when RoadSet gets a field that the packing does not know.
func TestPackedRoadsHoldEveryField(t *testing.T) {
	set := packed(1)
	value := reflect.ValueOf(*set)
	for i := range value.NumField() {
		if value.Field(i).IsZero() {
			t.Errorf("%s is not tried", value.Type().Field(i).Name)
		}
	}
}

func TestUnpackingRefusesWhatIsDamaged(t *testing.T) {
	data, _ := packed(0).MarshalBinary()
	for i := 0; i < len(data); i += 7 {
		bad := append([]byte{}, data...)
		bad[i] ^= 0x41
		if err := new(RoadSet).UnmarshalBinary(bad); !errors.Is(err, ErrRoads) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
		if err := new(RoadSet).UnmarshalBinary(data[:i]); !errors.Is(err, ErrRoads) {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
}

// FuzzUnpackRoads gives the reader bodies with a right digest, so that all behind it is reached.
func FuzzUnpackRoads(f *testing.F) {
	for kind := range 4 {
		data, _ := packed(kind).MarshalBinary()
		f.Add(data[len(roadMagic) : len(data)-sha256.Size])
	}
	f.Add([]byte{0, 0, 255, 255, 255, 255, 7})
	f.Fuzz(func(t *testing.T, body []byte) {
		data := append([]byte(roadMagic), body...)
		digest := sha256.Sum256(data)
		var set RoadSet
		if set.UnmarshalBinary(append(data, digest[:]...)) != nil {
			return
		}
		n := set.Len()
		if len(set.Start) != n+1 || len(set.Length) != n || len(set.SpeedF) != n || len(set.SpeedB) != n || len(set.Class) != n || len(set.Flags) != n {
			t.Fatal("columns of different lengths")
		}
		for i := range n {
			_ = set.Vertices(i)
		}
	})
}
