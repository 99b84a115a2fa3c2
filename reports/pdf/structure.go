package pdf

import (
	"fmt"
	"slices"
	"strings"
)

// writeStructure writes the structure tree, the way back from marked content to it, and the names of table headers.
func (f *finisher) writeStructure() {
	var all []*element
	f.layout.root.walk(func(e *element) {
		e.number = f.reserve()
		all = append(all, e)
	})
	for _, e := range all {
		f.pack(e.number, f.elementDictionary(e))
	}
	names := f.reserve()
	f.pack(names, "<</Names["+headerNames(all)+"]>>")
	f.pack(f.tree, fmt.Sprintf("<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d/IDTree %d 0 R>>",
		f.layout.root.number, f.writeParentTree(), len(f.pages)+f.linkCount(), names))
}

// elementDictionary writes one element.
func (f *finisher) elementDictionary(e *element) string {
	parent := f.tree
	if e.parent != nil {
		parent = e.parent.number
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<</Type/StructElem/S/%s/P %d 0 R", e.role, parent)
	if e.alt != "" {
		b.WriteString("/Alt" + textString(e.alt))
	}
	if e.lang != "" {
		b.WriteString("/Lang" + literal(e.lang))
	}
	if e.id != "" {
		fmt.Fprintf(&b, "/ID(%s)", e.id)
	}
	if e.attrs != "" {
		b.WriteString("/A" + e.attrs)
	}
	home := e.homePage()
	if home >= 0 {
		fmt.Fprintf(&b, "/Pg %d 0 R", f.pageNums[home])
	}
	if len(e.kids) == 1 {
		return b.String() + "/K " + f.kid(e.kids[0], home) + ">>"
	}
	b.WriteString("/K[")
	for i, k := range e.kids {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(f.kid(k, home))
	}
	return b.String() + "]>>"
}

// homePage is the page of the element's first content, -1 where it has none of its own.
func (e *element) homePage() int {
	for _, k := range e.kids {
		if c, ok := k.(content); ok {
			return c.page
		}
	}
	return -1
}

// kid writes one child.
func (f *finisher) kid(k any, home int) string {
	switch k := k.(type) {
	case *element:
		return fmt.Sprintf("%d 0 R", k.number)
	case annotation:
		return fmt.Sprintf("<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>", f.linkNums[k.page][k.index], f.pageNums[k.page])
	case content:
		if k.page == home {
			return fmt.Sprint(k.mcid)
		}
		return fmt.Sprintf("<</Type/MCR/Pg %d 0 R/MCID %d>>", f.pageNums[k.page], k.mcid)
	}
	return ""
}

// writeParentTree writes, for each page, the owners of its marks, and for each link its element.
func (f *finisher) writeParentTree() int {
	var b strings.Builder
	for i, p := range f.pages {
		numbers := make([]int, len(p.owners))
		for mcid, e := range p.owners {
			numbers[mcid] = e.number
		}
		fmt.Fprintf(&b, "%d[%s]", i, refs(numbers))
	}
	for i, p := range f.pages {
		for k, link := range p.links {
			fmt.Fprintf(&b, " %d %d 0 R", f.linkKeys[i][k], link.element.number)
		}
	}
	n := f.reserve()
	f.pack(n, "<</Nums["+b.String()+"]>>")
	return n
}

// linkCount counts the links of all pages.
func (f *finisher) linkCount() int {
	n := 0
	for _, p := range f.pages {
		n += len(p.links)
	}
	return n
}

// headerNames lists the names of table headers in byte order, as a name tree needs them.
func headerNames(all []*element) string {
	var named []*element
	for _, e := range all {
		if e.id != "" {
			named = append(named, e)
		}
	}
	slices.SortFunc(named, func(a, b *element) int { return strings.Compare(a.id, b.id) })
	var b strings.Builder
	for _, e := range named {
		fmt.Fprintf(&b, "(%s)%d 0 R ", e.id, e.number)
	}
	return b.String()
}
