package check

import (
	"fmt"
	"slices"
	"strings"
)

// page holds a page to the standards, and reads its content.
func (c *checker) page(no int, n ref) {
	d := c.dict(n)
	c.pageNeed(no, c.name(d["Tabs"]) == "S", "page", "the tab order is not that of the structure")
	c.pageNeed(no, len(c.array(d["MediaBox"])) == 4, "page", "no format")
	c.pageNeed(no, d["AA"] == nil, "action", "the page acts by itself")
	for _, a := range c.array(d["Annots"]) {
		c.annotation(no, c.dict(a))
	}
	s, ok := c.get(d["Contents"]).(*stream)
	if !ok {
		c.fault("content", no, "no content")
		return
	}
	data, err := s.bytes()
	if err != nil {
		c.fault("content", no, "%v", err)
		return
	}
	p := &painter{checker: c, no: no, page: n, resources: c.dict(d["Resources"]), group: c.dict(d["Group"])}
	if err := p.run(data); err != nil {
		c.fault("content", no, "%v", err)
	}
}

func (c *checker) pageNeed(no int, ok bool, rule, format string, args ...any) {
	if !ok {
		c.fault(rule, no, format, args...)
	}
}

// annotation holds a link to the standards; other annotations have no place here.
func (c *checker) annotation(no int, d dict) {
	c.pageNeed(no, c.name(d["Subtype"]) == "Link", "annotation", "an annotation of the kind %q", c.name(d["Subtype"]))
	c.pageNeed(no, strings.TrimSpace(c.text(d["Contents"])) != "", "annotation", "a link does not say where it leads")
	flags, _ := c.number(d["F"])
	c.pageNeed(no, int(flags)&4 != 0 && int(flags)&(1|2|32) == 0, "annotation", "a link that is hidden or not printed")
	c.pageNeed(no, len(c.array(d["Rect"])) == 4, "annotation", "a link without bounds")
	if a := c.dict(d["A"]); a != nil {
		uri, _ := c.get(a["URI"]).(text)
		ok := false
		for _, scheme := range []string{"http://", "https://", "mailto:"} {
			ok = ok || strings.HasPrefix(string(uri), scheme)
		}
		c.pageNeed(no, c.name(a["S"]) == "URI" && ok, "link", "a link leads to %q", string(uri))
		return
	}
	c.pageNeed(no, c.leads(d["Dest"]), "link", "a link leads nowhere")
}

// painter reads the operators of a page.
type painter struct {
	*checker
	no        int
	page      ref
	resources dict
	group     dict
	marks     []bool // open marks; true for one that says what its content is
	saved     int    // open q
	inText    bool
	font      []ref // the current font, one for each open q
	now       mark  // the open mark, where it has a number
	args      []any
}

// maxArgs is how many operands are kept.
const maxArgs = 64

// run reads all operators.
func (p *painter) run(data []byte) error {
	p.font = []ref{0}
	l := &lexer{data: data}
	for {
		v, err := l.next(0)
		if err != nil {
			return err
		}
		op, ok := v.(keyword)
		if !ok {
			if p.args = append(p.args, v); len(p.args) > maxArgs {
				return fmt.Errorf("an operator has too many operands")
			}
			continue
		}
		if op == "" {
			break
		}
		p.operator(string(op))
		p.args = p.args[:0]
	}
	p.pageNeed(p.no, len(p.marks) == 0, "marking", "a mark is not closed")
	p.pageNeed(p.no, p.saved == 0, "content", "a graphics state is not restored")
	return nil
}

// The operators that are known, by what they do.
var (
	painting = setOf("f F f* B B* b b* S s sh Do Tj TJ ' \"")
	neutral  = setOf("m l c v y h re n W W* w J j M d ri i cm RG rg G g Td TD Tm T* Tc Tw Tz TL Tr Ts")
)

// operator holds one operator to the standards.
func (p *painter) operator(op string) {
	switch {
	case op == "BDC" || op == "BMC":
		p.begin()
	case op == "EMC":
		if len(p.marks) == 0 {
			p.fault("marking", p.no, "a mark is closed that was not opened")
			return
		}
		p.marks = p.marks[:len(p.marks)-1]
		p.now = mark{}
	case op == "q":
		p.saved++
		p.font = append(p.font, p.font[len(p.font)-1])
	case op == "Q":
		if p.saved == 0 {
			p.fault("content", p.no, "a graphics state is restored that was not saved")
			return
		}
		p.saved--
		p.font = p.font[:len(p.font)-1]
	case op == "BT" || op == "ET":
		p.pageNeed(p.no, p.inText == (op == "ET"), "content", "text objects nest")
		p.inText = op == "BT"
	case op == "Tf" || op == "gs":
		p.resource(op)
	case painting[op]:
		p.paint(op)
	case !neutral[op]:
		p.fault("content", p.no, "the operator %q", op)
	}
}

// begin opens a mark: content of the structure, or an artifact.
func (p *painter) begin() {
	kind := ""
	if len(p.args) > 0 {
		kind = p.name(p.args[0])
	}
	if slices.Contains(p.marks, true) {
		p.fault("marking", p.no, "a mark %s stands inside another", kind)
	}
	if kind == "Artifact" {
		p.marks = append(p.marks, true)
		if len(p.args) > 1 {
			t := p.name(p.dict(p.args[1])["Type"])
			p.pageNeed(p.no, slices.Contains([]string{"Pagination", "Layout", "Page", "Background"}, t), "artifact", "an artifact of the kind %q", t)
		}
		return
	}
	var props dict
	if len(p.args) == 2 {
		props = p.dict(p.args[1])
	}
	mcid, ok := p.number(props["MCID"])
	if !ok {
		p.fault("marking", p.no, "a mark %s without a number", kind)
		p.marks = append(p.marks, false)
		return
	}
	p.marks = append(p.marks, true)
	m := mark{p.page, int(mcid)}
	p.now = m
	owner, owned := p.owners[m]
	p.pageNeed(p.no, !p.found[m], "marking", "content %d stands twice", m.mcid)
	p.found[m] = true
	p.pageNeed(p.no, owned, "marking", "content %d is in no element", m.mcid)
	p.pageNeed(p.no, !owned || p.name(p.dict(owner)["S"]) == kind, "marking", "content %d is marked %s and is in another kind of element", m.mcid, kind)
}

// resource takes up a font or a graphics state.
func (p *painter) resource(op string) {
	if len(p.args) == 0 {
		p.fault("resource", p.no, "%s without a name", op)
		return
	}
	key := name(p.name(p.args[0]))
	if op == "gs" {
		p.pageNeed(p.no, p.dict(p.dict(p.resources["ExtGState"])[key]) != nil, "resource", "no graphics state %s", key)
		p.pageNeed(p.no, p.name(p.group["S"]) == "Transparency" && p.group["CS"] != nil, "page", "opacity without a colour space for it")
		return
	}
	n, ok := p.dict(p.resources["Font"])[key].(ref)
	p.pageNeed(p.no, ok, "resource", "no font %s", key)
	p.font[len(p.font)-1] = n
}

// paint holds what is seen to be marked, and takes up the letters.
func (p *painter) paint(op string) {
	p.pageNeed(p.no, slices.Contains(p.marks, true), "marking", "%s outside all marks", op)
	switch op {
	case "Do":
		key := name("")
		if len(p.args) > 0 {
			key = name(p.name(p.args[0]))
		}
		x := p.dict(p.dict(p.resources["XObject"])[key])
		p.pageNeed(p.no, p.name(x["Subtype"]) == "Image" && x["Interpolate"] != true && x["Alternates"] == nil, "resource", "no picture %s", key)
	case "Tj", "TJ":
		p.pageNeed(p.no, p.inText, "content", "letters outside a text object")
		for _, a := range p.args {
			p.letters(a)
		}
	case "'", "\"", "sh":
		p.fault("content", p.no, "the operator %s", op)
	}
}

// letters takes up the codes that text shows in the current font.
func (p *painter) letters(v any) {
	switch v := v.(type) {
	case array:
		for _, m := range v {
			p.letters(m)
		}
	case text:
		font := p.font[len(p.font)-1]
		if font == 0 {
			p.fault("content", p.no, "letters without a font")
			return
		}
		if p.codes[font] == nil {
			p.codes[font] = map[int]string{}
		}
		p.pageNeed(p.no, len(v)%2 == 0, "content", "a code is cut in two")
		for i := 0; i+1 < len(v); i += 2 {
			code := int(v[i])<<8 | int(v[i+1])
			if _, met := p.codes[font][code]; !met {
				p.codes[font][code] = fmt.Sprintf("page %d", p.no)
			}
			if p.said != nil && p.now != (mark{}) {
				p.said[p.now] += p.letter(font, code)
			}
		}
	}
}

// lost finds content that the structure names and no page has.
func (c *checker) lost() {
	for _, p := range c.pages {
		for m := 0; ; m++ {
			if _, ok := c.owners[mark{p, m}]; !ok {
				break
			}
			c.pageNeed(c.pageNo[p], c.found[mark{p, m}], "marking", "content %d is in the structure and not on the page", m)
		}
	}
	for m := range c.owners {
		if c.pageNo[m.page] == 0 {
			c.fault("marking", 0, "content is on a page that is none")
		}
	}
}
