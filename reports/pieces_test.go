package reports

import (
	"strings"
	"testing"
)

func TestLongActionsGoOnInRowsOfTheirOwn(t *testing.T) {
	word := strings.Repeat("lång ", 500)
	for name, runs := range map[string][]Run{
		"words": Plain(strings.TrimSpace(word)), "one word": Plain(strings.Repeat("å", 2000)), "short": Plain("kort"),
		"bold between": {{Text: strings.Repeat("a", 890), Bold: true}, {Text: strings.Repeat("b", 700)}},
	} {
		t.Run(name, func(t *testing.T) {
			var all string
			for _, piece := range pieces(runs) {
				text := Text(piece)
				if n := len([]rune(text)); n > mostInCell || n == 0 {
					t.Errorf("a piece of %d letters", n)
				}
				all += text
			}
			bare := func(s string) string { return strings.ReplaceAll(s, " ", "") }
			if bare(all) != bare(Text(runs)) {
				t.Error("the pieces are not the whole")
			}
		})
	}
}
