package pdf

import (
	"strconv"

	"nabar/mapview/render"
	"nabar/reports"
)

// inline is a run that is more than letters: a link, a reference, words in another language, the sign of a footnote.
type inline struct {
	lang     string
	url      string // of a link, "" for none
	anchor   string // of a reference or a sign, "" for none
	contents string // what the link says, for those who don't see it
	note     *note  // of a sign
	owner    *element
	element  *element // made when the run is first drawn in its owner
}

// note is a footnote while it is laid out.
type note struct {
	element *element
	lines   []line
}

// The anchors of a note and of its sign.
func (n *note) anchor() string { return "note" + n.element.id }
func (n *note) sign() string   { return "sign" + n.element.id }

// inline draws a piece of an inline run as an element of its own inside e, and lays its link over it.
func (p *page) inline(e *element, x, y, w float64, s span) {
	r := s.run
	if p.screen == nil {
		if r.element == nil || r.owner != e {
			r.owner, r.element = e, r.make(e)
		}
		p.tag(r.element)
	}
	p.text(x, y, s.ink, s.text)
	if r.url != "" {
		p.rect(x, y+1.2, w, 0.5, s.ink.colour)
	}
	if r.url != "" || r.anchor != "" {
		size := s.ink.Size
		p.link(link{
			x: x, y: y - s.ink.rise - size*render.Ascent, w: w, h: size * (render.Ascent + render.Descent),
			anchor: r.anchor, url: r.url, contents: r.contents, element: r.element,
		})
	}
}

// make adds the element of the run to the one that it stands in.
func (r *inline) make(e *element) *element {
	var out *element
	switch {
	case r.anchor != "":
		out = e.child("Reference").child("Link")
	case r.url != "":
		out = e.child("Link")
	default:
		out = e.child("Span")
	}
	out.lang = r.lang
	return out
}

// inks are the inks of a paragraph style.
type inks struct{ plain, bold, italic ink }

var bodyInks = inks{bodyInk, boldInk, italicInk}

// of gives the ink of a run.
func (in inks) of(r reports.Run) ink {
	switch {
	case r.Bold:
		return in.bold
	case r.Italic:
		return in.italic
	}
	return in.plain
}

// signSize and signRise are the size and the height of a footnote's sign, as parts of the text's size.
const (
	signSize = 0.66
	signRise = 0.32
)

// styled gives runs as spans of a paragraph style, and takes up their footnotes.
func (l *layout) styled(runs []reports.Run, in inks) []span {
	var out []span
	for _, r := range runs {
		s := span{text: l.fonts.clean(r.Text), ink: in.of(r)}
		if r.Link != "" || r.Anchor != "" || r.Lang != "" {
			s.run = &inline{lang: r.Lang, url: r.Link, anchor: r.Anchor, contents: s.text}
			if r.Link != "" {
				s.run.contents = s.text + " (" + r.Link + ")"
			}
			if r.Link != "" || r.Anchor != "" {
				s.ink.colour = reports.Petrol
			}
		}
		out = append(out, s)
		if r.Note != nil {
			out = append(out, l.noteSign(r, s.ink))
		}
	}
	return out
}

// noteSign takes up a footnote and gives its sign, in small raised digits.
func (l *layout) noteSign(r reports.Run, in ink) span {
	l.notes++
	p := l.doc.Printer
	n := &note{element: &element{role: "Note", id: "n" + strconv.Itoa(l.notes)}}
	back := &inline{anchor: n.sign(), contents: p.T("out.note_back", l.notes), owner: n.element}
	back.element = n.element.child("Lbl").child("Link")
	spans := append([]span{{text: strconv.Itoa(l.notes) + "\u00a0", ink: fineInk, run: back}}, l.styled(r.Note, noteInks)...)
	n.lines = l.fonts.wrap(spans, measure+40)
	l.pending = append(l.pending, n)
	in.rise, in.colour = in.Size*signRise, reports.Petrol
	in.Size *= signSize
	sign := &inline{anchor: n.anchor(), contents: p.T("out.note", l.notes), note: n}
	return span{text: strconv.Itoa(l.notes), ink: in, run: sign}
}

var noteInks = inks{fineInk, labelInk, fineInk}

// notesOf gives the footnotes whose signs stand in lines.
func notesOf(lines ...line) []*note {
	var out []*note
	for _, l := range lines {
		for _, s := range l.spans {
			if s.run != nil && s.run.note != nil {
				out = append(out, s.run.note)
			}
		}
	}
	return out
}

// flushNotes puts the notes of the block that has been laid out behind it in the structure.
func (l *layout) flushNotes() {
	for _, n := range l.pending {
		n.element.parent = l.chapter
		l.chapter.kids = append(l.chapter.kids, n.element)
	}
	l.pending = nil
}

// noteGap is the room above the notes of a page, with their rule.
const noteGap = 12.0

// height is the room that a note takes.
func (n *note) height() float64 { return float64(len(n.lines))*fineLeading + 2 }

// drawNotes draws a page's notes with their last line at its foot.
func (p *page) drawNotes(notes []*note, top float64) {
	if len(notes) == 0 {
		return
	}
	p.furnish(layoutArtifact)
	p.rule(margin, top+5, margin+90, top+5, 0.5, reports.Quiet)
	y := top + noteGap
	for _, n := range notes {
		p.stack(n.element, margin, y, fineLeading, n.lines)
		y += n.height()
	}
}
