package html

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/symbology"
	"nabar/reports"
	"nabar/reports/internal/fixture"
)

func written(t testing.TB, d *reports.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// element is a start tag with the names of the elements around it.
type element struct {
	name   string
	attrs  map[string]string
	around []string
}

// parse reads the file as strict XML, which its HTML is too: every element is closed and every attribute quoted.
func parse(t *testing.T, file string) []element {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(file))
	var out []element
	var around []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{token.Name.Local, map[string]string{}, slices.Clone(around)}
			for _, a := range token.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			out = append(out, e)
			around = append(around, e.name)
		case xml.EndElement:
			around = around[:len(around)-1]
		}
	}
	if len(around) > 0 {
		t.Fatalf("left open: %v", around)
	}
	return out
}

func TestPlanIsWellFormedAndAccessible(t *testing.T) {
	for lang, title := range map[string]string{"sv": "Serviceplan", "en": "Service plan"} {
		t.Run(lang, func(t *testing.T) {
			file := written(t, reports.Serviceplan(fixture.Plan(lang)))
			elements := parse(t, file)
			count, ids := map[string]int{}, map[string]bool{}
			level := 0
			for _, e := range elements {
				count[e.name]++
				if id := e.attrs["id"]; id != "" {
					if ids[id] {
						t.Errorf("id %q stands twice", id)
					}
					ids[id] = true
				}
				inspect(t, e, &level)
			}
			if elements[0].name != "html" || elements[0].attrs["lang"] != lang {
				t.Errorf("the root is %v", elements[0])
			}
			for name, want := range map[string]int{"h1": 1, "main": 1, "title": 1, "script": 0, "img": 0, "figure": 14, "figcaption": 14, "table": 13, "caption": 13} {
				if count[name] != want {
					t.Errorf("%d of %s, want %d", count[name], name, want)
				}
			}
			for _, e := range elements {
				if to, ok := strings.CutPrefix(e.attrs["href"], "#"); ok && !ids[to] {
					t.Errorf("a link leads to %q, which is nowhere", to)
				}
				if by := e.attrs["aria-labelledby"]; by != "" && !ids[by] {
					t.Errorf("%s is labelled by %q, which is nowhere", e.name, by)
				}
			}
			if !strings.Contains(file, "<h1>"+title) || strings.Contains(file, "⟦") {
				t.Error("a text is missing")
			}
		})
	}
}

// inspect holds one element to the rules of its kind.
func inspect(t *testing.T, e element, level *int) {
	t.Helper()
	switch e.name {
	case "h1", "h2", "h3":
		now := int(e.name[1] - '0')
		if now > *level+1 {
			t.Errorf("%s follows h%d", e.name, *level)
		}
		*level = now
	case "th":
		if s := e.attrs["scope"]; s != "col" && s != "row" {
			t.Errorf("a table header has scope %q", s)
		}
	case "svg":
		hidden := slices.Contains(e.around, "div") && e.attrs["role"] == ""
		if !hidden && e.attrs["aria-label"] == "" {
			t.Error("a picture has no text alternative")
		}
	case "link", "script", "img", "iframe":
		t.Errorf("the file fetches something: %v", e)
	}
}

func TestTwoExportsAreTheSame(t *testing.T) {
	in := fixture.Plan("sv")
	first, second := written(t, reports.Serviceplan(in)), written(t, reports.Serviceplan(in))
	if first != second {
		t.Error("two exports of the same plan differ")
	}
}

func TestTextIsEscaped(t *testing.T) {
	in := fixture.Plan("sv")
	in.Kommun.Name = `<script>alert("x")</script> & 'Å'`
	in.Decision.Introduction = "Första <b>raden</b>\n\n- punkt & punkt"
	in.Snapshot.Facilities[0].Town = "<i>Å</i>"
	in.Results[0].Places[0].Name = `"><img src=x onerror=alert(1)>`
	file := written(t, reports.Serviceplan(in))
	for _, e := range parse(t, file) {
		if e.name == "script" || e.name == "img" || e.name == "b" || e.name == "i" {
			t.Errorf("text became the element %s", e.name)
		}
	}
}

// TestColours holds the style sheet to the document's colours, and these to WCAG 2.1 AA: 4.5:1 for text.
func TestColours(t *testing.T) {
	names := map[string]symbology.Colour{
		"petrol": reports.Petrol, "teal": reports.Teal, "accent": reports.Accent, "ink": reports.Ink, "quiet": reports.Quiet,
		"rule": reports.Rule, "tint": reports.Tint,
	}
	for _, m := range regexp.MustCompile(`--(\w+): (#\w{6})`).FindAllStringSubmatch(style, -1) {
		if names[m[1]].String() != m[2] {
			t.Errorf("%s is %s in the style sheet and %s in print", m[1], m[2], names[m[1]])
		}
		delete(names, m[1])
	}
	if len(names) > 0 {
		t.Errorf("missing in the style sheet: %v", names)
	}
	for _, text := range []symbology.Colour{reports.Petrol, reports.Teal, reports.Ink, reports.Quiet} {
		for _, ground := range []symbology.Colour{reports.White, reports.Tint} {
			if c := symbology.Contrast(text, ground); c < 4.5 {
				t.Errorf("%s on %s has only %.1f:1", text, ground, c)
			}
		}
	}
	for _, ground := range []symbology.Colour{reports.Petrol, reports.Accent} {
		if c := symbology.Contrast(reports.White, ground); c < 4.5 {
			t.Errorf("white on %s has only %.1f:1", ground, c)
		}
	}
}

func TestFiguresAreInTheText(t *testing.T) {
	file := written(t, reports.Serviceplan(fixture.Plan("sv")))
	p := i18n.For("sv")
	for _, r := range fixture.Plan("sv").Results {
		want := []string{p.Int(int64(r.People))}
		for _, b := range r.Bands {
			want = append(want, p.Int(int64(b.People)))
		}
		for _, place := range r.Places {
			want = append(want, p.Int(int64(place.PeopleNearest)))
		}
		if r.Query.Impedance == model.Distance {
			want = append(want, p.Distance(r.Mean), p.Distance(r.SecondMean))
		}
		for _, w := range want {
			if !strings.Contains(file, w) {
				t.Errorf("%q is not in the text", w)
			}
		}
	}
}

func TestPicture(t *testing.T) {
	got := picture("a < b", "p", 10, 20, func(c render.Canvas, w, h float64) {
		var p render.Path
		p.MoveTo(0, 0)
		p.LineTo(0.01, 0.01)
		p.LineTo(w, h)
		c.Begin(render.Group{Name: "left open"})
		c.Path(&p, render.Paint{Stroke: symbology.RGB(0xff0000).Fade(0.5), Width: 1, Dash: []float64{2, 1}})
		c.Path(&p, render.Paint{})
		c.Text(render.Text{X: 1, Y: 2, Text: "<å>", Colour: symbology.RGB(0), Anchor: render.End})
	})
	parse(t, got)
	for _, want := range []string{
		`viewBox="0 0 10 20"`, `aria-label="a &lt; b"`, `d="M0 0L10 20"`, `stroke-opacity="0.502"`, `stroke-dasharray="2 1"`,
		`text-anchor="end"`, `&lt;å&gt;`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in %s", want, got)
		}
	}
}
