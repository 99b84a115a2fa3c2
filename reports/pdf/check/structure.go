package check

import (
	"strings"
)

// roles are the standard structure types.
var roles = setOf("Document Part Art Sect Div BlockQuote Caption TOC TOCI Index P H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD" +
	" THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Figure Formula Form")

// parentsOf says in which types those must stand that can't stand anywhere.
var parentsOf = map[string]map[string]bool{
	"TR": setOf("Table THead TBody TFoot"), "TH": setOf("TR"), "TD": setOf("TR"), "THead": setOf("Table"), "TBody": setOf("Table"),
	"LI": setOf("L"), "LBody": setOf("LI"), "TOCI": setOf("TOC"), "Lbl": setOf("LI Note TOCI Caption"),
}

func setOf(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// walker goes through the structure tree.
type walker struct {
	*checker
	level   int // of the last heading
	seen    map[ref]bool
	waiting []cellHeaders
}

// cellHeaders are the headers that a cell names.
type cellHeaders struct {
	cell  ref
	names array
}

// structure goes through the structure tree and gathers what its elements own.
func (c *checker) structure() {
	tree := c.dict(c.root["StructTreeRoot"])
	if tree == nil || c.name(tree["Type"]) != "StructTreeRoot" {
		c.fault("structure", 0, "no structure tree")
		return
	}
	w := &walker{checker: c, seen: map[ref]bool{}}
	kids := c.array(tree["K"])
	if kids == nil {
		kids = array{tree["K"]}
	}
	for _, k := range kids {
		w.element(k, c.root["StructTreeRoot"], "", 0, 0)
	}
	for _, cell := range w.waiting {
		for _, name := range cell.names {
			if e, ok := c.ids[c.text(name)]; !ok || c.name(c.dict(e)["S"]) != "TH" {
				c.fault("table", 0, "cell %d names the header %q, which is none", cell.cell, c.text(name))
			}
		}
	}
	c.idTree(tree)
}

// idTree holds the names of elements to the elements.
func (c *checker) idTree(tree dict) {
	names := c.array(c.dict(tree["IDTree"])["Names"])
	last := ""
	for i := 0; i+1 < len(names); i += 2 {
		id := c.text(names[i])
		c.need(i == 0 || id > last, "ids", "the names are not in order at %q", id)
		last = id
		c.need(c.ids[id] == names[i+1], "ids", "%q is not the element that the list of names says", id)
	}
	c.need(len(names)/2 == len(c.ids), "ids", "%d names are listed and %d used", len(names)/2, len(c.ids))
}

// element reads an element and all below it.
func (w *walker) element(v, parent any, above string, page ref, depth int) {
	n, ok := v.(ref)
	d := w.dict(v)
	role := w.name(d["S"])
	switch {
	case !ok || d == nil || depth > maxDepth || w.seen[n]:
		w.fault("structure", 0, "element %v is none, or stands twice", v)
		return
	case !roles[role]:
		w.fault("structure", 0, "element %d has the type %q", n, role)
	}
	w.seen[n] = true
	w.need(d["P"] == parent, "structure", "element %d does not know its parent", n)
	if may := parentsOf[role]; may != nil && !may[above] {
		w.fault("structure", 0, "%s %d stands in %q", role, n, above)
	}
	w.identify(n, d)
	if p, ok := d["Pg"].(ref); ok {
		page = p
		w.need(w.pageNo[p] > 0, "structure", "element %d is on a page that is none", n)
	}
	w.byRole(n, role, d)
	annotated := w.kids(n, role, d, page, depth)
	w.need(role != "Link" || annotated, "link", "link %d has no annotation", n)
}

// identify takes up the id and the language of an element.
func (w *walker) identify(n ref, d dict) {
	if d["ID"] != nil {
		id := w.text(d["ID"])
		if other, twice := w.ids[id]; twice || id == "" {
			w.fault("ids", 0, "elements %d and %d are both named %q", other, n, id)
		}
		w.ids[id] = n
	}
	if d["Lang"] != nil {
		w.need(languageTag(w.text(d["Lang"])), "language", "element %d has the language %q", n, w.text(d["Lang"]))
	}
}

// byRole holds an element to the rules of its type.
func (w *walker) byRole(n ref, role string, d dict) {
	attrs := w.dict(d["A"])
	switch role {
	case "H1", "H2", "H3", "H4", "H5", "H6":
		level := int(role[1] - '0')
		w.need(level <= w.level+1, "heading-order", "%s %d follows H%d", role, n, w.level)
		w.level = level
	case "Figure", "Formula":
		w.need(strings.TrimSpace(w.text(d["Alt"])) != "", "figure-alt", "%s %d has no alternative text", role, n)
		w.need(len(w.array(attrs["BBox"])) == 4, "figure-alt", "%s %d has no bounds", role, n)
	case "Note":
		w.need(d["ID"] != nil, "ids", "note %d has no name", n)
	case "TH":
		scope := w.name(attrs["Scope"])
		w.need((scope == "Column" || scope == "Row" || scope == "Both") && d["ID"] != nil, "table", "header cell %d has no scope or no name", n)
	case "TD":
		w.need(len(w.array(attrs["Headers"])) > 0, "table", "cell %d names no headers", n)
		w.waiting = append(w.waiting, cellHeaders{n, w.array(attrs["Headers"])})
	case "Table":
		w.rows(n, d)
	case "L":
		w.need(w.kidCount(d) > 0, "structure", "list %d has no items", n)
	}
}

// kidCount counts the children of an element.
func (w *walker) kidCount(d dict) int {
	if a := w.array(d["K"]); a != nil {
		return len(a)
	}
	if d["K"] == nil {
		return 0
	}
	return 1
}

// rows holds the rows of a table to an equal count of cells and a first row of headers.
func (w *walker) rows(n ref, d dict) {
	count, head := -1, false
	var visit func(v any, depth int)
	visit = func(v any, depth int) {
		e := w.dict(v)
		switch w.name(e["S"]) {
		case "TR":
			cells := w.kidCount(e)
			if count >= 0 && cells != count {
				w.fault("table", 0, "a row of table %d has %d cells, another %d", n, cells, count)
			}
			count = cells
		case "THead":
			head = true
			fallthrough
		case "Table", "TBody", "TFoot":
			if depth > 3 {
				return
			}
			kids := w.array(e["K"])
			if kids == nil && e["K"] != nil {
				kids = array{e["K"]}
			}
			for _, k := range kids {
				visit(k, depth+1)
			}
		}
	}
	visit(n, 0)
	w.need(count > 0, "table", "table %d has no rows", n)
	w.need(head, "table", "table %d has no header row", n)
}

// kids reads the children of an element: elements, marked content, annotations. It tells whether there is an annotation.
func (w *walker) kids(n ref, role string, d dict, page ref, depth int) (annotated bool) {
	list := w.array(d["K"])
	if list == nil && d["K"] != nil {
		list = array{d["K"]}
	}
	for _, k := range list {
		if mcid, ok := w.get(k).(float64); ok {
			w.own(n, page, int(mcid))
			continue
		}
		kid := w.dict(k)
		switch w.name(kid["Type"]) {
		case "MCR":
			on := page
			if p, ok := kid["Pg"].(ref); ok {
				on = p
			}
			mcid, _ := w.number(kid["MCID"])
			w.own(n, on, int(mcid))
		case "OBJR":
			a, _ := kid["Obj"].(ref)
			if _, twice := w.annots[a]; twice {
				w.fault("link", 0, "annotation %d has two elements", a)
			}
			w.annots[a] = n
			annotated = true
		default:
			w.element(k, n, role, page, depth+1)
		}
	}
	return annotated
}

// own makes marked content an element's.
func (w *walker) own(n, page ref, mcid int) {
	m := mark{page, mcid}
	if other, twice := w.owners[m]; twice {
		w.fault("parent-tree", w.pageNo[page], "content %d belongs to %d and to %d", mcid, other, n)
	}
	w.owners[m] = n
}

// parents holds the way back from pages and annotations to elements to the tree itself.
func (c *checker) parents() {
	nums := c.array(c.dict(c.dict(c.root["StructTreeRoot"])["ParentTree"])["Nums"])
	table := map[float64]any{}
	last := -1.0
	for i := 0; i+1 < len(nums); i += 2 {
		k, _ := c.number(nums[i])
		c.need(k > last, "parent-tree", "the keys are not in order at %v", k)
		last = k
		table[k] = nums[i+1]
	}
	next, _ := c.number(c.dict(c.root["StructTreeRoot"])["ParentTreeNextKey"])
	c.need(next > last, "parent-tree", "the next key %v is taken", next)
	used := map[float64]bool{}
	for i, p := range c.pages {
		page := c.dict(p)
		key, ok := c.number(page["StructParents"])
		if !ok || used[key] {
			c.fault("parent-tree", i+1, "the page has no key of its own")
			continue
		}
		used[key] = true
		for mcid, owner := range c.array(table[key]) {
			if c.owners[mark{p, mcid}] != owner {
				c.fault("parent-tree", i+1, "content %d is said to be %v's", mcid, owner)
			}
		}
		c.annotationParents(i+1, page, table, used)
	}
	c.need(len(used) == len(table), "parent-tree", "%d keys are listed and %d used", len(table), len(used))
	listed := map[mark]bool{}
	for _, p := range c.pages {
		key, _ := c.number(c.dict(p)["StructParents"])
		for mcid := range c.array(table[key]) {
			listed[mark{p, mcid}] = true
		}
	}
	for m := range c.owners {
		if !listed[m] {
			c.fault("parent-tree", c.pageNo[m.page], "some content of the page has no way back to its element")
		}
	}
}

// annotationParents holds a page's annotations to the elements that they are said to be in.
func (c *checker) annotationParents(no int, page dict, table map[float64]any, used map[float64]bool) {
	for _, a := range c.array(page["Annots"]) {
		n, _ := a.(ref)
		key, ok := c.number(c.dict(a)["StructParent"])
		owner, listed := table[key]
		if !ok || used[key] || !listed || c.annots[n] == 0 || owner != c.annots[n] {
			c.fault("annotation", no, "annotation %d is not in the structure", n)
		}
		used[key] = true
	}
}
