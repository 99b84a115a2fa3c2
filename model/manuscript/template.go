package manuscript

import (
	"embed"
	"encoding/json"
	"slices"
	"strings"

	"nabar/internal/i18n"
)

//go:embed templates/*.txt
var templates embed.FS

// Standard makes a document of a kind as the program proposes it, in the language of the names, with a part for each service
// type that they know. It gives nil for what is no kind.
func (n *Names) Standard(kind Kind) *Manuscript {
	text, err := templates.ReadFile("templates/" + string(kind) + "." + n.p.Lang() + ".txt")
	if err != nil {
		return nil
	}
	m := &Manuscript{
		Kind: kind, Lang: n.p.Lang(), Title: n.p.T("text.kind." + string(kind)),
		Chapters: n.ParseAll(n.expand(string(text))),
	}
	for i := range m.Chapters { // what is about a service type that the project does not have
		c := &m.Chapters[i]
		c.Blocks = slices.DeleteFunc(c.Blocks, func(b Block) bool {
			return len(b.Runs) == 1 && b.Runs[0].Figure != nil && !b.Runs[0].Figure.Known()
		})
	}
	return m
}

// expand writes what stands between %each and %end once for each service type. A type that the program knows by its id keeps
// its place in the other parts even where the project has renamed it.
func (n *Names) expand(text string) string {
	before, rest, _ := strings.Cut(text, "%each\n")
	each, after, _ := strings.Cut(rest, "%end\n")
	var out strings.Builder
	out.WriteString(before)
	for _, t := range n.types {
		out.WriteString(strings.NewReplacer(
			"%Service%", escape(n.p.Text(t.Label()), special), "%service%", escape(n.service(t.ID), `\}`), "%id%", t.ID,
		).Replace(each))
	}
	out.WriteString(after)
	return out.String()
}

// MissingParts are the chapters of a standard document that a manuscript does not have, in the standard's order.
func MissingParts(m, standard *Manuscript) []Chapter {
	var out []Chapter
	if standard == nil {
		return nil
	}
	for _, c := range standard.Chapters {
		if c.Key != "" && m.Part(c.Key) < 0 {
			out = append(out, c)
		}
	}
	return out
}

// PlaceOf is where a chapter of the standard belongs in a manuscript: behind the nearest of those before it in the standard.
func PlaceOf(m, standard *Manuscript, key string) int {
	place := 0
	for _, c := range standard.Chapters {
		if c.Key == key {
			break
		}
		if i := m.Part(c.Key); i >= 0 {
			place = i + m.Family(i)
		}
	}
	return place
}

// fileMark is what a file of a template says that it is.
const fileMark = "nabar-template-1"

// templateFile is a template as it travels between projects.
type templateFile struct {
	Format string `json:"format"`
	Manuscript
}

// Template makes a template of a manuscript: what living things have shown, comments and particulars of one decision are left
// out, and without text all but headings and what is living.
func (m *Manuscript) Template(text bool) *Manuscript {
	out := m.Copy()
	out.ID, out.Head = 0, Head{}
	for i := range out.Chapters {
		c := &out.Chapters[i]
		c.ID = 0
		var blocks []Block
		for _, b := range c.Blocks {
			if !text && b.Type != Heading && b.Type != LivingOne && b.Type != PageBreak {
				continue
			}
			b.ID = 0
			if !text && b.Type == LivingOne {
				b.Runs = nil
			}
			b.EachLiving(func(l *Living) { l.Shown = nil })
			b.EachRun(func(r *Run) { r.Comment = nil })
			if b.Normalise() {
				blocks = append(blocks, b)
			}
		}
		c.Blocks = blocks
	}
	return out
}

// WriteTemplate writes a template as a file.
func WriteTemplate(m *Manuscript) ([]byte, error) {
	out, err := json.MarshalIndent(templateFile{fileMark, *m}, "", "  ")
	return append(out, '\n'), err
}

// ReadTemplate reads a file of a template. What is no such file gives a *i18n.Problem.
func ReadTemplate(content []byte) (*Manuscript, error) {
	var f templateFile
	if err := json.Unmarshal(content, &f); err != nil || f.Format != fileMark {
		return nil, i18n.Errorf("text.no_template")
	}
	return f.Sound().Template(true), nil
}

// Sound gives everything in a manuscript its one form and leaves out what can't stand: for what comes from a file.
func (m *Manuscript) Sound() *Manuscript {
	out := m.Copy()
	out.Title = line(out.Title)
	for i := range out.Chapters {
		c := &out.Chapters[i]
		c.Title, c.Key = line(c.Title), label(c.Key)
		var blocks []Block
		for _, b := range c.Blocks {
			if b.Normalise() {
				blocks = append(blocks, b)
			}
		}
		c.Blocks = blocks
	}
	out.Levels()
	return out
}

// Levels lets no chapter be more than one level deeper than the one before, nor above 1 or below 3.
func (m *Manuscript) Levels() {
	deepest := 1
	for i := range m.Chapters {
		c := &m.Chapters[i]
		c.Level = min(max(c.Level, 1), deepest)
		if c.Level > 1 {
			c.Appendix = false
		}
		deepest = min(c.Level+1, 3)
	}
}

// requests are the words that the texts of the program's templates begin with where they ask the writer for something.
var requests = []string{"Skriv ", "Beskriv ", "Ange ", "Gå igenom ", "Lägg här ", "Namn och ", "Write ", "Describe ", "Say ", "Give ", "Go through ", "Put here ", "Name and "}

// Asks tells whether a text of a template asks the writer for something, and is not to be printed as it stands.
func Asks(text string) bool {
	return slices.ContainsFunc(requests, func(r string) bool { return strings.HasPrefix(text, r) })
}
