package plan_test

import (
	"slices"
	"testing"

	"nabar/model/plan"
)

func TestOpinionsAreSummedAndChecked(t *testing.T) {
	opinion := func(id int64, sort, outcome, answer string) *plan.Opinion {
		return &plan.Opinion{Base: plan.Base{ID: id}, Date: "2026-05-02", From: "Byalaget", Sort: sort, Text: "Mer tid.", Outcome: outcome, Answer: answer}
	}
	b := plan.Book{
		opinion(1, "association", "followed", ""), opinion(2, "association", "not", ""), opinion(3, "", "", ""),
		opinion(4, "person", "partly", "Medel saknas."), opinion(5, "association", "not", "Avtalet löper ut."), opinion(6, "person", "noted", ""),
	}
	sums := b.Opinions()
	if len(sums) != 3 || sums[0].Sort != "person" || sums[0].Count != 2 || sums[1].Outcomes["not"] != 2 || sums[1].Count != 3 || sums[2].Sort != "" {
		t.Errorf("the sums are %+v", sums)
	}
	total := 0
	for _, s := range sums {
		total += s.Count
		of := 0
		for _, n := range s.Outcomes {
			of += n
		}
		if of != s.Count {
			t.Errorf("%s: outcomes add up to %d of %d", s.Sort, of, s.Count)
		}
	}
	if total != len(b) {
		t.Errorf("the sums hold %d of %d opinions", total, len(b))
	}
	var codes []string
	for _, f := range b.CheckOpinions() {
		codes = append(codes, f.Code)
		if f.Entry != 2 && f.Entry != 3 {
			t.Errorf("%d is not answered", f.Entry)
		}
	}
	if !slices.Equal(codes, []string{"opinion_without_reason", "opinion_unanswered"}) {
		t.Errorf("found %q", codes)
	}
}
