package access

import (
	"context"
	"testing"

	"nabar/internal/i18n"
	"nabar/internal/testdata/gotland"
	"nabar/model"
)

func TestTmp(t *testing.T) {
	s := gotland.Snapshot(t)
	p, err := Prepare(context.Background(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	pr := i18n.For("sv")
	rep := p.Check()
	t.Logf("%d %d %d %v %v %+v", rep.Nodes, rep.Edges, rep.Components, rep.LargestShare, rep.LengthM, rep.Snap)
	for _, f := range rep.Findings {
		t.Logf("%s: %s (%s) %s", f.Severity, pr.Text(f.What), pr.Text(f.Where), pr.Text(f.Remedy))
	}
	for _, imp := range []model.Impedance{model.Distance, model.Time} {
		for _, ty := range []string{"dagligvaror", "drivmedel", "apotek", "betaltjanster"} {
			r, err := p.Analyse(context.Background(), model.Query{Service: ty, Impedance: imp})
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s %s fac %d people %d reached %d mean %.2f med %.2f p90 %.2f max %.2f second %.2f %v %+v", ty, imp, r.Facilities, r.People, r.Reached, r.Mean, r.Median, r.P90, r.Max, r.SecondMean, r.Bands, r.Timings)
		}
	}
}
