package pdf

import (
	"strings"
	"unicode"
)

// span is text in one ink.
type span struct {
	text string
	ink  ink
	run  *inline // that the text is a part of, nil for plain text
}

// line is one set line of text.
type line struct {
	spans []span
	width float64
}

// word is what stands between two places where a line may end: it may change ink inside, and may end in a space.
type word struct {
	spans []span
	width float64 // without the space
	space float64 // width of the space behind it, 0 for none
	hard  bool    // the line ends here
}

// wrap sets spans of clean text in lines no wider than width. Lines end at spaces, after hyphens between letters and
// after slashes and underscores, never at a no-break space; a word that is wider than a line is cut.
func (fs *fonts) wrap(spans []span, width float64) []line {
	var lines []line
	var now line
	flush := func() {
		lines = append(lines, now)
		now = line{}
	}
	gap := 0.0
	for _, w := range fs.words(spans, width) {
		if len(now.spans) > 0 && now.width+gap+w.width > width {
			flush()
			gap = 0
		}
		now.width += gap + w.width
		now.add(w)
		gap = w.space
		if w.hard {
			flush()
			gap = 0
		}
	}
	if len(now.spans) > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// add appends a word to the line, joining text of the same ink.
func (l *line) add(w word) {
	for _, s := range w.spans {
		if n := len(l.spans); n > 0 && l.spans[n-1].ink == s.ink && l.spans[n-1].run == s.run {
			l.spans[n-1].text += s.text
			continue
		}
		l.spans = append(l.spans, s)
	}
}

// words parts spans into words; those wider than limit are cut in pieces that are not.
func (fs *fonts) words(spans []span, limit float64) []word {
	var out []word
	var now word
	end := func() {
		if len(now.spans) > 0 || now.hard {
			out = append(out, fs.fit(now, limit)...)
		}
		now = word{}
	}
	for _, s := range spans {
		for _, piece := range pieces(s.text) {
			core := strings.TrimRight(piece, " \n")
			now.spans = append(now.spans, span{strings.TrimSuffix(piece, "\n"), s.ink, s.run})
			now.width += fs.width(s.ink.Font, core)
			if core != piece {
				now.hard = strings.HasSuffix(piece, "\n")
				now.space = fs.width(s.ink.Font, " ")
				end()
			} else if breaksAfter(piece) {
				end()
			}
		}
	}
	end()
	return out
}

// pieces cuts text behind every place where a line may end.
func pieces(text string) []string {
	var out []string
	runes := []rune(text)
	from := 0
	for i, r := range runes {
		cut := false
		switch r {
		case '\n':
			cut = true
		case ' ':
			cut = i+1 < len(runes) && runes[i+1] != ' ' && runes[i+1] != '\n'
		case '-', '/', '_':
			cut = i > from && i+1 < len(runes) && unicode.IsLetter(runes[i-1]) && unicode.IsLetter(runes[i+1])
		}
		if cut {
			out = append(out, string(runes[from:i+1]))
			from = i + 1
		}
	}
	if from < len(runes) {
		out = append(out, string(runes[from:]))
	}
	return out
}

// breaksAfter tells whether a piece ends in a character behind which a line may end.
func breaksAfter(piece string) bool {
	return strings.HasSuffix(piece, "-") || strings.HasSuffix(piece, "/") || strings.HasSuffix(piece, "_")
}

// fit cuts a word that is wider than limit.
func (fs *fonts) fit(w word, limit float64) []word {
	if w.width <= limit {
		return []word{w}
	}
	var out []word
	var now word
	for _, s := range w.spans {
		for _, r := range s.text {
			advance := fs.width(s.ink.Font, string(r))
			if len(now.spans) > 0 && now.width+advance > limit && r != ' ' {
				out = append(out, now)
				now = word{}
			}
			part := line{spans: now.spans}
			part.add(word{spans: []span{{string(r), s.ink, s.run}}})
			now.spans = part.spans
			now.width += advance
		}
	}
	now.space, now.hard = w.space, w.hard
	return append(out, now)
}

// widest gives the width of the widest word and of the widest line of text that is not wrapped.
func (fs *fonts) widest(text string, in ink) (wordWidth, lineWidth float64) {
	for part := range strings.SplitSeq(text, "\n") {
		lineWidth = max(lineWidth, fs.width(in.Font, part))
	}
	for _, w := range fs.words([]span{{text: text, ink: in}}, 1e9) {
		wordWidth = max(wordWidth, w.width)
	}
	return wordWidth, lineWidth
}
