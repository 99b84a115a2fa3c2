package check

import "strings"

// Element is a node of a file's structure, with what a reader hears there.
type Element struct {
	Role string
	Alt  string // of a figure
	Kids []Node // in reading order
}

// Node is an element, or text.
type Node struct {
	Element *Element
	Text    string
}

// Tree gives the structure of a file with its text, as a screen reader goes through it. The file is to have passed File.
func Tree(data []byte) (*Element, error) {
	c, err := newChecker(data)
	if err != nil {
		return nil, err
	}
	c.said = map[mark]string{}
	c.listPages(c.root["Pages"], 0)
	for i, p := range c.pages {
		c.page(i+1, p)
	}
	tree := c.dict(c.root["StructTreeRoot"])
	return c.node(tree["K"], 0, 0), nil
}

// node reads an element and all below it.
func (c *checker) node(v any, page ref, depth int) *Element {
	d := c.dict(v)
	out := &Element{Role: c.name(d["S"]), Alt: c.text(d["Alt"])}
	if p, ok := d["Pg"].(ref); ok {
		page = p
	}
	list := c.array(d["K"])
	if list == nil && d["K"] != nil {
		list = array{d["K"]}
	}
	for _, k := range list {
		if mcid, ok := c.number(k); ok {
			out.Kids = append(out.Kids, Node{Text: c.said[mark{page, int(mcid)}]})
			continue
		}
		kid := c.dict(k)
		switch c.name(kid["Type"]) {
		case "MCR":
			on, _ := kid["Pg"].(ref)
			mcid, _ := c.number(kid["MCID"])
			out.Kids = append(out.Kids, Node{Text: c.said[mark{on, int(mcid)}]})
		case "OBJR":
		default:
			if depth < maxDepth {
				out.Kids = append(out.Kids, Node{Element: c.node(k, page, depth+1)})
			}
		}
	}
	return out
}

// letter gives what a code of a font says.
func (c *checker) letter(font ref, code int) string {
	m, ok := c.maps[font]
	if !ok {
		d := c.dict(font)
		m = c.toUnicode(c.name(d["BaseFont"]), d["ToUnicode"])
		c.maps[font] = m
	}
	return m[code]
}

// All lists the elements of a role, in reading order.
func (e *Element) All(role string) []*Element {
	var out []*Element
	if e.Role == role {
		out = append(out, e)
	}
	for _, k := range e.Kids {
		if k.Element != nil {
			out = append(out, k.Element.All(role)...)
		}
	}
	return out
}

// Said is all text of an element, in reading order.
func (e *Element) Said() string {
	var b strings.Builder
	for _, k := range e.Kids {
		if k.Element != nil {
			b.WriteString(k.Element.Said())
		}
		b.WriteString(k.Text)
	}
	return b.String()
}
