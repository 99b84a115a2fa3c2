package session

import (
	"testing"

	"nabar/model/manuscript"
)

func TestNewTextsGetTitlesOfTheirOwn(t *testing.T) {
	s, ctx := blankSession(t), t.Context()
	from := &manuscript.Manuscript{Kind: manuscript.Own, Title: "Vår mall", Chapters: []manuscript.Chapter{{Title: "A", Level: 1}}}
	for _, c := range []struct {
		from *manuscript.Manuscript
		want string
	}{{nil, "Serviceplan"}, {nil, "Serviceplan (2)"}, {nil, "Serviceplan (3)"}, {from, "Vår mall"}, {from, "Vår mall (2)"}} {
		m, err := s.NewText(ctx, manuscript.Serviceplan, c.from)
		if err != nil || m.Title != c.want || m.ID == 0 {
			t.Fatalf("made %+v, %v, want %s", m, err, c.want)
		}
		if c.from != nil && m.Kind != manuscript.Own {
			t.Errorf("a template's document is of kind %s", m.Kind)
		}
	}
}
