package check

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"
)

// The name spaces of the metadata.
const (
	nsPDFA   = "http://www.aiim.org/pdfa/ns/id/"
	nsPDFUA  = "http://www.aiim.org/pdfua/ns/id/"
	nsDC     = "http://purl.org/dc/elements/1.1/"
	nsXMP    = "http://ns.adobe.com/xap/1.0/"
	nsPDF    = "http://ns.adobe.com/pdf/1.3/"
	nsSchema = "http://www.aiim.org/pdfa/ns/schema#"
)

// metadata holds the metadata packet to the standards, and to the old form of the metadata.
func (c *checker) metadata() {
	s, ok := c.get(c.root["Metadata"]).(*stream)
	if !ok || s.dict["Filter"] != nil || c.name(s.dict["Type"]) != "Metadata" || c.name(s.dict["Subtype"]) != "XML" {
		c.fault("metadata", 0, "no metadata in plain XML")
		return
	}
	x, err := properties(s.raw)
	if err != nil {
		c.fault("metadata", 0, "%v", err)
		return
	}
	first := func(space, local string) string {
		if v := x[xml.Name{Space: space, Local: local}]; len(v) > 0 {
			return v[0]
		}
		return ""
	}
	part := first(nsPDFA, "part")
	c.need(part == "2" || part == "3", "metadata", "PDF/A part %q", part)
	c.need(first(nsPDFA, "conformance") == "A", "metadata", "PDF/A conformance %q", first(nsPDFA, "conformance"))
	c.need(first(nsPDFUA, "part") == "1", "metadata", "PDF/UA part %q", first(nsPDFUA, "part"))
	c.need(slices.Contains(x[xml.Name{Space: nsSchema, Local: "namespaceURI"}], nsPDFUA), "metadata", "pdfuaid is not described")
	title := first(nsDC, "title")
	c.need(strings.TrimSpace(title) != "", "title", "the document has no title")
	for _, pair := range []struct{ key, old, now string }{
		{"Title", c.text(c.info["Title"]), title},
		{"Author", c.text(c.info["Author"]), first(nsDC, "creator")},
		{"Subject", c.text(c.info["Subject"]), first(nsDC, "description")},
		{"Creator", c.text(c.info["Creator"]), first(nsXMP, "CreatorTool")},
		{"Producer", c.text(c.info["Producer"]), first(nsPDF, "Producer")},
	} {
		if pair.old != "" && strings.TrimSpace(pair.old) != pair.now {
			c.fault("metadata", 0, "%s is %q in one place and %q in the other", pair.key, pair.old, pair.now)
		}
	}
	created := digitsOf(first(nsXMP, "CreateDate"))
	if old := digitsOf(c.text(c.info["CreationDate"])); old != created {
		c.fault("metadata", 0, "the date is %q in one place and %q in the other", old, created)
	}
}

// digitsOf gives the digits of a date.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// properties gives the text of every element of an XML packet, with that of the elements inside it, by name.
func properties(data []byte) (map[xml.Name][]string, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	out := map[xml.Name][]string{}
	var open []xml.Name
	var said []string
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			open, said = append(open, t.Name), append(said, "")
		case xml.CharData:
			for i := range said {
				said[i] += string(t)
			}
		case xml.EndElement:
			n := len(open) - 1
			out[open[n]] = append(out[open[n]], strings.TrimSpace(said[n]))
			open, said = open[:n], said[:n]
		}
	}
}

// outlines holds the bookmarks to a tree of titles that lead to pages.
func (c *checker) outlines() {
	root := c.dict(c.root["Outlines"])
	if root == nil {
		c.fault("outline", 0, "no bookmarks")
		return
	}
	seen := map[ref]bool{}
	c.siblings(c.root["Outlines"], root, seen)
	c.need(len(seen) > 0, "outline", "no bookmarks")
}

// siblings follows the entries below one.
func (c *checker) siblings(parent any, d dict, seen map[ref]bool) {
	var last ref
	for v := d["First"]; v != nil; {
		n, ok := v.(ref)
		if !ok || seen[n] {
			c.fault("outline", 0, "the bookmarks run in a circle")
			return
		}
		seen[n] = true
		e := c.dict(n)
		c.need(strings.TrimSpace(c.text(e["Title"])) != "", "outline", "bookmark %d has no title", n)
		c.need(c.leads(e["Dest"]), "outline", "bookmark %d leads nowhere", n)
		c.need(e["Parent"] == parent, "outline", "bookmark %d has another parent", n)
		c.need((last == 0 && e["Prev"] == nil) || e["Prev"] == last, "outline", "bookmark %d does not follow %d", n, last)
		c.siblings(n, e, seen)
		last, v = n, e["Next"]
	}
	if last > 0 && d["Last"] != last {
		c.fault("outline", 0, "the last bookmark is not %d", last)
	}
}

// leads tells whether a destination is a place on a page of the file.
func (c *checker) leads(v any) bool {
	a := c.array(v)
	if len(a) < 2 {
		return false
	}
	page, ok := a[0].(ref)
	return ok && c.pageNo[page] > 0
}

// attachments holds files inside the file to PDF/A-3.
func (c *checker) attachments() {
	files := c.array(c.dict(c.dict(c.root["Names"])["EmbeddedFiles"])["Names"])
	associated := map[ref]bool{}
	for _, v := range c.array(c.root["AF"]) {
		if n, ok := v.(ref); ok {
			associated[n] = true
		}
	}
	if len(files) > 0 {
		s, _ := c.get(c.root["Metadata"]).(*stream)
		if s == nil || !bytes.Contains(s.raw, []byte("<pdfaid:part>3<")) {
			c.fault("attachment", 0, "files travel inside a file that is not PDF/A-3")
		}
	}
	last := ""
	for i := 0; i+1 < len(files); i += 2 {
		key, _ := files[i].(text)
		c.need(i == 0 || string(key) > last, "attachment", "the names are not in order")
		last = string(key)
		n, _ := files[i+1].(ref)
		c.need(associated[n], "attachment", "%q is not associated with the document", key.unicode())
		delete(associated, n)
		c.attachment(key.unicode(), c.dict(n))
	}
	c.need(len(associated) == 0, "attachment", "%d associated files are not among the attachments", len(associated))
}

// relations are what a file can be to the document.
var relations = []string{"Source", "Data", "Alternative", "Supplement", "Unspecified"}

// attachment holds one file to the standard.
func (c *checker) attachment(title string, d dict) {
	c.need(c.text(d["F"]) != "" && c.text(d["UF"]) != "", "attachment", "%q has no file name", title)
	c.need(slices.Contains(relations, c.name(d["AFRelationship"])), "attachment", "%q has no relation to the document", title)
	c.need(c.text(d["Desc"]) != "", "attachment", "%q has no description", title)
	s, ok := c.get(c.dict(d["EF"])["F"]).(*stream)
	if !ok {
		c.fault("attachment", 0, "%q has no bytes", title)
		return
	}
	c.need(strings.Contains(c.name(s.dict["Subtype"]), "/"), "attachment", "%q has no type", title)
	data, err := s.bytes()
	size, _ := c.number(c.dict(s.dict["Params"])["Size"])
	c.need(err == nil && int(size) == len(data), "attachment", "%q is not as long as it says", title)
}
