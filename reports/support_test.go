package reports

import (
	"slices"
	"testing"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/support"
)

// tried is a report of a shop in the kommun and one beyond it.
func tried() *support.Report {
	set := support.BuiltIn()[0]
	outcome := func(v support.Verdict) []support.Outcome {
		return []support.Outcome{{Rule: set.Rules[0].ID, Verdict: v, Next: &support.Next{ID: "2", Name: "Affären", Metres: 12345}}}
	}
	return &support.Report{Rules: set, Places: []support.Place{
		{ID: "1", Name: "Lanthandeln", Inside: true, Outcomes: outcome(support.Borderline)},
		{ID: "2", Name: "Affären", Outcomes: outcome(support.Not)},
	}}
}

// chapterTable is the table of the chapter on support, nil where there is none.
func chapterTable(d *Document) *Table {
	for _, block := range d.Blocks {
		if t, ok := block.(Table); ok && len(t.Rows) > 0 && slices.Contains(t.Rows[0], "Lanthandeln") && slices.Contains(t.Rows[0], "Gränsfall") {
			return &t
		}
	}
	return nil
}

func TestPlanShowsSupportConditions(t *testing.T) {
	in := Input{Kommun: model.Kommun{Name: "Gotland"}, Printer: i18n.For("sv"), Support: tried()}
	table := chapterTable(Serviceplan(in))
	if table == nil {
		t.Fatal("the plan has no table of support")
	}
	want := []string{"Lanthandeln", "Affären", "12,3\u00a0km", "Gränsfall", "–", "–", "–"}
	if len(table.Rows) != 1 || !slices.Equal(table.Rows[0], want) {
		t.Errorf("rows %q, want %q", table.Rows, want)
	}
	in.Support = nil
	if chapterTable(Serviceplan(in)) != nil {
		t.Error("a project that has not been tried has a chapter on support")
	}
}
