package pdf

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"nabar/reports"
)

// finisher writes the final file.
type finisher struct {
	*file
	layout    *layout
	pages     []*page
	pageNums  []int   // object number of each page
	linkNums  [][]int // object number of each link of each page
	linkKeys  [][]int // its key in the parent tree
	pageTree  int
	resources int
	tree      int // structure tree root
}

// finish makes the tagged file of drawn pages.
func finish(l *layout, pages []*page) ([]byte, error) {
	f := &finisher{file: newFile(), layout: l, pages: pages}
	catalog := f.reserve()
	f.pageTree, f.resources, f.tree = f.reserve(), f.reserve(), f.reserve()
	f.reservePages()
	if err := f.writeResources(); err != nil {
		return nil, err
	}
	f.writePages()
	f.writeStructure()
	f.writeCatalog(catalog)
	return f.end(catalog, f.writeInfo()), nil
}

// reservePages gives pages and links their numbers, and links their keys behind those of the pages.
func (f *finisher) reservePages() {
	key := len(f.pages)
	for _, p := range f.pages {
		f.pageNums = append(f.pageNums, f.reserve())
		var numbers, keys []int
		for range p.links {
			numbers = append(numbers, f.reserve())
			keys = append(keys, key)
			key++
		}
		f.linkNums, f.linkKeys = append(f.linkNums, numbers), append(f.linkKeys, keys)
	}
}

// writeResources writes what all pages share: fonts, opacities and pictures.
func (f *finisher) writeResources() error {
	var b strings.Builder
	b.WriteString("<</Font<<")
	for i, face := range f.layout.fonts.faces {
		if len(face.used) == 0 {
			continue
		}
		n, err := f.writeFont(face)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "/F%d %d 0 R", i, n)
	}
	b.WriteString(">>")
	if alphas := slices.Sorted(maps.Keys(f.layout.alphas)); len(alphas) > 0 {
		b.WriteString("/ExtGState<<")
		for _, a := range alphas {
			v := trimmed(float64(a)/255, 4)
			fmt.Fprintf(&b, "/A%d<</Type/ExtGState/ca %s>>/S%d<</Type/ExtGState/CA %s>>", a, v, a, v)
		}
		b.WriteString(">>")
	}
	b.WriteString(f.writeImages() + ">>")
	f.put(f.resources, b.String())
	return nil
}

// writePages writes the page tree, the pages, their content and links.
func (f *finisher) writePages() {
	contents := packed(f.pages)
	for i, p := range f.pages {
		content := f.stream("/Filter/FlateDecode", contents[i])
		annots := ""
		if len(p.links) > 0 {
			annots = "/Annots[" + refs(f.linkNums[i]) + "]"
		}
		f.put(f.pageNums[i], fmt.Sprintf("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Resources %d 0 R/Contents %d 0 R"+
			"/Group<</S/Transparency/CS/DeviceRGB>>/StructParents %d/Tabs/S%s>>",
			f.pageTree, number(p.width), number(p.height), f.resources, content, i, annots))
		for k, link := range p.links {
			f.pack(f.linkNums[i][k], fmt.Sprintf("<</Type/Annot/Subtype/Link/Rect[%s %s %s %s]/Border[0 0 0]/F 4%s"+
				"/Contents%s/StructParent %d>>", number(link.x), number(p.height-link.y-link.h), number(link.x+link.w),
				number(p.height-link.y), f.target(link), textString(link.contents), f.linkKeys[i][k]))
		}
	}
	f.put(f.pageTree, fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(f.pages), refs(f.pageNums)))
}

// target writes where a link leads.
func (f *finisher) target(l link) string {
	if l.url != "" {
		return "/A<</S/URI/URI(" + escapeString(l.url) + ")>>"
	}
	return "/Dest" + f.destination(l.anchor)
}

// destination writes where an anchor stands, a little above it.
func (f *finisher) destination(anchor string) string {
	at := f.layout.pageOf[anchor]
	return fmt.Sprintf("[%d 0 R/XYZ 0 %s null]", f.pageNums[at.page], number(f.pages[at.page].height-at.y+12))
}

// writeCatalog writes the document's root, with language, view and the metadata's references.
func (f *finisher) writeCatalog(n int) {
	metadata := f.stream("/Type/Metadata/Subtype/XML", xmp(f.layout.doc))
	profile := f.packedStream("/N 3", sRGB())
	intent := f.add("<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>", profile)
	f.put(n, fmt.Sprintf("<</Type/Catalog/Pages %d 0 R/Lang(%s)/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>"+
		"/Metadata %d 0 R/OutputIntents[%d 0 R]/StructTreeRoot %d 0 R/Outlines %d 0 R/PageMode/UseOutlines%s>>",
		f.pageTree, language(f.layout.doc), metadata, intent, f.tree, f.writeOutlines(), f.writeAttachments()))
}

// writeInfo writes the old form of the metadata; it says what the new one says.
func (f *finisher) writeInfo() int {
	d := f.layout.doc
	var b strings.Builder
	b.WriteString("<</Producer" + textString(producer))
	for _, entry := range [][2]string{{"Title", d.Title}, {"Author", d.Author}, {"Subject", d.Subject}, {"Creator", d.Creator}} {
		if entry[1] != "" {
			b.WriteString("/" + entry[0] + textString(entry[1]))
		}
	}
	if day := isoDay(d.Date); day != "" {
		b.WriteString("/CreationDate" + pdfDate(day) + "/ModDate" + pdfDate(day))
	}
	return f.add("%s>>", b.String())
}

// outline is an entry of the bookmarks.
type outline struct {
	number, parent    int
	title, anchor     string
	prev, next        int
	first, last, kids int
}

// writeOutlines writes chapters and their sections as bookmarks.
func (f *finisher) writeOutlines() int {
	root := &outline{number: f.reserve()}
	var all []*outline
	parent, level := [4]*outline{root}, 0
	headings := f.layout.doc.Headings()
	if len(headings) == 0 {
		headings = []reports.Heading{{Level: 1, Text: f.layout.doc.Title}} // its anchor "" is the first page
	}
	for _, h := range headings {
		level = min(max(h.Depth, 1), level+1, 3)
		up := parent[level-1]
		o := &outline{number: f.reserve(), parent: up.number, title: strings.TrimSpace(h.Number + " " + h.Text), anchor: h.Anchor}
		for _, other := range all {
			if other.number == up.last {
				other.next, o.prev = o.number, other.number
			}
		}
		if up.first == 0 {
			up.first = o.number
		}
		up.last = o.number
		up.kids++
		parent[level] = o
		all = append(all, o)
	}
	for _, o := range all {
		f.pack(o.number, o.dictionary(f.destination(o.anchor)))
	}
	family := ""
	if root.first != 0 {
		family = fmt.Sprintf("/First %d 0 R/Last %d 0 R/Count %d", root.first, root.last, root.kids)
	}
	f.pack(root.number, "<</Type/Outlines"+family+">>")
	return root.number
}

// dictionary writes an entry; its own entries are folded.
func (o *outline) dictionary(destination string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<</Title%s/Parent %d 0 R/Dest%s", textString(o.title), o.parent, destination)
	for _, ref := range []struct {
		key    string
		number int
	}{{"Prev", o.prev}, {"Next", o.next}, {"First", o.first}, {"Last", o.last}} {
		if ref.number != 0 {
			fmt.Fprintf(&b, "/%s %d 0 R", ref.key, ref.number)
		}
	}
	if o.kids > 0 {
		fmt.Fprintf(&b, "/Count -%d", o.kids)
	}
	b.WriteString(">>")
	return b.String()
}
