package model_test

import (
	"fmt"
	"testing"

	"nabar/model"
)

func TestBandParts(t *testing.T) {
	bands := []model.Band{{To: 1000, People: 30}, {To: 5000, People: 80}, {To: 10000, People: 80}}
	for reached, want := range map[int]string{
		100: "[{0 1000 30} {1000 5000 50} {5000 10000 0} {10000 NaN 20}]",
		80:  "[{0 1000 30} {1000 5000 50} {5000 10000 0} {10000 NaN 0}]",
	} {
		parts, sum := model.BandParts(bands, reached), 0
		for _, p := range parts {
			sum += p.People
		}
		if got := fmt.Sprint(parts); got != want || sum != reached {
			t.Errorf("%d reached: %s, want %s", reached, got, want)
		}
	}
	if got := fmt.Sprint(model.BandParts(nil, 7)); got != "[{0 NaN 7}]" {
		t.Errorf("without limits: %s", got)
	}
}
