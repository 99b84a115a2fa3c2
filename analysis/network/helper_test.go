package network

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
)

// line makes a line of E, N pairs.
func line(xy ...float64) orb.LineString {
	var l orb.LineString
	for i := 0; i < len(xy); i += 2 {
		l = append(l, orb.Point{xy[i], xy[i+1]})
	}
	return l
}

// roads makes a RoadSet whose ids count from 1.
func roads(list ...model.Road) *model.RoadSet {
	set := &model.RoadSet{LayerName: "vägar"}
	for i, r := range list {
		r.FID = int64(i + 1)
		set.Add(r)
	}
	return set
}

// build makes a network or fails.
func build(t testing.TB, set *model.RoadSet, change func(*model.Params)) *Network {
	t.Helper()
	p := model.DefaultParams()
	if change != nil {
		change(&p)
	}
	n, err := Build(context.Background(), set, p)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// city is a square grid of streets 100 m apart with 5 segments each, some of them one-way.
func city(side int) *model.RoadSet {
	set := &model.RoadSet{LayerName: "stad"}
	r := rand.New(rand.NewPCG(1, 2))
	add := func(a, b orb.Point) {
		l := orb.LineString{a}
		for k := 1.0; k < 5; k++ {
			l = append(l, orb.Point{a[0] + (b[0]-a[0])*k/5 + r.Float64()*4 - 2, a[1] + (b[1]-a[1])*k/5 + r.Float64()*4 - 2})
		}
		road := model.Road{FID: int64(set.Len() + 1), Line: append(l, b), SpeedF: 40, SpeedB: 40}
		if r.IntN(10) == 0 {
			road.Flags = model.ForbiddenBackward
		}
		set.Add(road)
	}
	at := func(x, y int) orb.Point { return orb.Point{500000 + 100*float64(x), 6500000 + 100*float64(y)} }
	for x := range side {
		for y := range side {
			if x+1 < side {
				add(at(x, y), at(x+1, y))
			}
			if y+1 < side {
				add(at(x, y), at(x, y+1))
			}
		}
	}
	return set
}
