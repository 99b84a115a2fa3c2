package route

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/roadgen"
	"nabar/model"
)

// keptOrder is a small network's order as it is kept.
func keptOrder(t testing.TB, seed uint64) (*Order, []byte) {
	t.Helper()
	n := built(t, roadgen.Generate(seed, 200, orb.Bound{Max: orb.Point{3_000, 3_000}}), nil)
	order, err := NewOrder(context.Background(), n)
	if err != nil {
		t.Fatal(err)
	}
	data, err := order.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return order, data
}

func TestOrderIsKeptAndReadBack(t *testing.T) {
	order, data := keptOrder(t, 1)
	var back Order
	if err := back.UnmarshalBinary(data); err != nil || !reflect.DeepEqual(&back, order) {
		t.Fatalf("%v: %+v, want %+v", err, back, order)
	}
	if _, again := keptOrder(t, 1); !bytes.Equal(data, again) {
		t.Error("the same network gives another order")
	}
	clear(data) // the order does not hold on to what it was read from
	if !reflect.DeepEqual(&back, order) {
		t.Error("the order changed with the bytes it was read from")
	}
}

// TestOrderOfAnotherNetworkIsRefused changes what the edges join, and what does not matter.
func TestOrderOfAnotherNetworkIsRefused(t *testing.T) {
	roads := roadgen.Generate(1, 200, orb.Bound{Max: orb.Point{3_000, 3_000}})
	order, _ := keptOrder(t, 1)
	ctx := context.Background()
	same := roadgen.Generate(1, 200, orb.Bound{Max: orb.Point{3_000, 3_000}})
	for i := range same.Len() {
		same.SpeedF[i], same.Length[i] = 20, 77
		if i%3 == 0 {
			same.Flags[i] = model.ForbiddenForward
		}
	}
	if _, err := NewHierarchy(ctx, built(t, same, nil), order); err != nil {
		t.Errorf("other speeds, lengths and directions: %v", err)
	}
	roads.Add(model.Road{FID: 1, Line: orb.LineString{{10, 10}, {20, 20}}})
	if _, err := NewHierarchy(ctx, built(t, roads, nil), order); !errors.Is(err, ErrOrder) {
		t.Errorf("another road: %v", err)
	}
	other, _ := keptOrder(t, 2)
	if other.identity == order.identity {
		t.Error("two networks have one identity")
	}
}

// resealed gives damaged data a right digest, so that what lies behind it is tried.
func resealed(data []byte) []byte {
	body := data[:len(data)-sha256.Size]
	digest := sha256.Sum256(body)
	return append(bytes.Clone(body), digest[:]...)
}

func TestDamagedOrdersAreRefused(t *testing.T) {
	_, good := keptOrder(t, 1)
	change := func(at int, value byte) []byte {
		data := bytes.Clone(good)
		data[at] = value
		return data
	}
	twice := bytes.Clone(good)
	copy(twice[orderHeader+4:orderHeader+8], twice[orderHeader:])
	for name, data := range map[string][]byte{
		"nothing":         nil,
		"cut off":         good[:len(good)-1],
		"too long":        append(bytes.Clone(good), 0),
		"head alone":      resealed(good[:orderHeader+sha256.Size]),
		"another version": resealed(change(len(orderMagic)-2, '9')),
		"one bit":         change(orderHeader+9, good[orderHeader+9]^1),
		"too many nodes":  resealed(change(orderHeader-1, 0x7f)),
		"a node twice":    resealed(twice),
		"no such node":    resealed(change(orderHeader+3, 0x7f)),
		"a negative node": resealed(change(orderHeader+3, 0xff)),
	} {
		t.Run(name, func(t *testing.T) {
			o := Order{nodes: []int32{7}}
			if err := o.UnmarshalBinary(data); !errors.Is(err, ErrOrder) || len(o.nodes) != 1 {
				t.Errorf("got %v and %d nodes", err, len(o.nodes))
			}
		})
	}
}

// FuzzOrder reads arbitrary bytes, as they are and with a right digest. What is accepted has every node once and is
// written back as it was.
func FuzzOrder(f *testing.F) {
	_, good := keptOrder(f, 1)
	f.Add(good, false)
	f.Add(good[:orderHeader+sha256.Size], true)
	f.Add([]byte(orderMagic), true)
	f.Fuzz(func(t *testing.T, data []byte, reseal bool) {
		if reseal && len(data) >= sha256.Size {
			data = resealed(data)
		}
		var o Order
		if err := o.UnmarshalBinary(data); err != nil {
			if !errors.Is(err, ErrOrder) {
				t.Fatalf("%v", err)
			}
			return
		}
		seen := make([]bool, len(o.nodes))
		for _, v := range o.nodes {
			if seen[v] {
				t.Fatalf("node %d twice", v)
			}
			seen[v] = true
		}
		if back, err := o.MarshalBinary(); err != nil || !bytes.Equal(back, data) {
			t.Fatalf("written back differently: %v", err)
		}
	})
}
