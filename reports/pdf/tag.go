package pdf

// element is one node of the structure tree.
type element struct {
	role   string // standard structure type
	alt    string // text alternative of a figure
	lang   string // language tag where it is not the document's
	id     string // of a table header or a note, unique in the file
	attrs  string // attribute dictionary in PDF's notation
	kids   []any  // *element, content or annotation, in reading order
	parent *element
	number int // object number, set by the finishing pass
}

// content is a marked piece of a page.
type content struct{ page, mcid int }

// annotation is a link on a page.
type annotation struct{ page, index int }

// child adds an element under e.
func (e *element) child(role string) *element {
	c := &element{role: role, parent: e}
	e.kids = append(e.kids, c)
	return c
}

// walk calls visit for e and all below it, parents first.
func (e *element) walk(visit func(*element)) {
	visit(e)
	for _, k := range e.kids {
		if c, ok := k.(*element); ok {
			c.walk(visit)
		}
	}
}
