package session

import (
	"context"
	"fmt"

	"nabar/model"
)

// ContrastPart is one part of a comparison that can stand by itself in a document: a sentence, a table or a map. Exactly one of
// Sentence, Table and Map is there.
type ContrastPart struct {
	ID       string // stays the same for the same comparison: "sentence 1", "table costs", "map 0", "difference 1"
	Title    string
	Sentence string
	Table    *model.Table
	Map      *SceneChoice // for Scene; maps of states have the same classes, that of a difference the comparison's own
}

// contrastTableIDs name the tables of ContrastTables, in their order.
var contrastTableIDs = []string{"people", "lengths", "changes", "groups", "costs", "shifts"}

// ContrastParts are the parts of a comparison, for the blocks of a document: first a sentence for each state but the first, then the
// tables of ContrastTables, then the map of each state and of what differs between the first and each other. A block keeps the ID and
// the queries that Contrast was asked with (those of c.Results); asked anew, the part with that ID is what the block shows.
func (s *Session) ContrastParts(ctx context.Context, c *Contrast) []ContrastPart {
	p := s.Printer()
	var out []ContrastPart
	for i, change := range c.Changes {
		if change != nil {
			out = append(out, ContrastPart{
				ID: fmt.Sprint("sentence ", i), Title: p.Text(c.Labels[i]), Sentence: p.T("live.say_sentence", c.Labels[i], change.Summary),
			})
		}
	}
	for k, t := range s.ContrastTables(ctx, c) {
		out = append(out, ContrastPart{ID: "table " + contrastTableIDs[k], Title: t.Name, Table: &t})
	}
	for i, r := range c.Results {
		out = append(out, ContrastPart{ID: fmt.Sprint("map ", i), Title: p.Text(c.Labels[i]), Map: &SceneChoice{Query: r.Query}})
	}
	for i, change := range c.Changes {
		if change != nil {
			out = append(out, ContrastPart{
				ID: fmt.Sprint("difference ", i), Title: p.T("series.card_title", c.Labels[0], c.Labels[i]),
				Map: &SceneChoice{Query: change.B.Query, Comparison: change},
			})
		}
	}
	return out
}
