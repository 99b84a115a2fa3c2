package role

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/paulmach/orb"

	"nabar/model"
)

// TestRoadsVersion fails when equal rows give other roads than they did: RoadsVersion must then grow, since packed roads are
// kept in projects, and the digest here follow it.
func TestRoadsVersion(t *testing.T) {
	fields := fieldsOf("extlen", "f_hogst_225", "b_hogst_225", "klass_181", "F_ForbjudenFardriktning", "B_ForbjudenFardriktning", "Farjeled",
		"typ_41", "highway", "maxspeed", "oneway", "route", "junction")
	mapping := model.Mapping{
		model.PartLength: "extlen", model.PartSpeedForward: "f_hogst_225", model.PartSpeedBackward: "b_hogst_225", model.PartClass: "klass_181",
		model.PartForbidForward: "F_ForbjudenFardriktning", model.PartForbidBack: "B_ForbjudenFardriktning", model.PartFerry: "Farjeled",
		model.PartMotorway: "typ_41", model.PartHighway: "highway", model.PartMaxSpeed: "maxspeed", model.PartOneway: "oneway",
		model.PartRoute: "route", model.PartJunction: "junction",
	}
	set := &model.RoadSet{}
	for i, values := range [][]any{
		{812.5, int64(70), int64(50), int64(3), int64(0), int64(1), int64(0), int64(0), nil, nil, nil, nil, nil},
		{nil, int64(110), nil, int64(0), nil, nil, nil, int64(1), "motorway", nil, nil, nil, nil},
		{-1.0, nil, nil, nil, "Ja", "-1", nil, nil, "residential", "30 mph", "-1", nil, nil},
		{300.0, nil, nil, nil, nil, nil, int64(1), nil, nil, nil, nil, "ferry", nil},
		{90.0, nil, nil, nil, nil, nil, nil, nil, "tertiary_link", "SE:urban", nil, nil, "roundabout"},
		{90.0, nil, nil, nil, nil, nil, nil, nil, "cycleway", nil, nil, nil, nil},
	} {
		d, err := NewRoadDecoder(fields, mapping)
		if err != nil {
			t.Fatal(err)
		}
		line := orb.MultiLineString{{{float64(i), 0}, {float64(i), 100.25}}, {{5, float64(i)}, {9, 3}, {10, 20.125}}}
		roads, _ := d.Decode(model.Feature{ID: int64(i + 1), Geometry: line, Values: values})
		for _, road := range roads {
			set.Add(road)
		}
	}
	data, err := set.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	const want = "89a35951617649bd"
	if got := hex.EncodeToString(sum[:8]); RoadsVersion != 1 || got != want {
		t.Errorf("version %d, digest %s, want version 1 and %s", RoadsVersion, got, want)
	}
}
