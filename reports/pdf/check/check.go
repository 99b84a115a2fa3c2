package check

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Fault is one way in which a file breaks a rule.
type Fault struct {
	Rule   string // "figure-alt": what kind of fault it is
	Page   int    // from 1; 0 where the fault is not on a page
	Detail string // in English, for the log: which object, which value
}

// String says the fault in one line.
func (f Fault) String() string {
	if f.Page > 0 {
		return fmt.Sprintf("%s: page %d: %s", f.Rule, f.Page, f.Detail)
	}
	return f.Rule + ": " + f.Detail
}

// Rules are the kinds of faults that a file is checked for, in order.
func Rules() []string { return slices.Clone(rules) }

var rules = []string{
	"action", "annotation", "artifact", "attachment", "content", "figure-alt", "file", "font", "glyph", "heading-order", "ids",
	"language", "link", "marking", "metadata", "outline", "output-intent", "page", "parent-tree", "resource", "structure",
	"table", "title", "trailer",
}

// maxFaults is how many faults of a rule are listed; one more says that there are others.
const maxFaults = 5

// checker gathers the faults of one file.
type checker struct {
	*reader
	faults map[string][]Fault
	root   dict
	info   dict
	pages  []ref
	pageNo map[ref]int            // from 1
	owners map[mark]ref           // of marked content, by the structure tree
	found  map[mark]bool          // marked content that the pages hold
	annots map[ref]ref            // the structure element that each annotation is in
	ids    map[string]ref         // of structure elements
	codes  map[ref]map[int]string // codes shown in each font, and where first
	said   map[mark]string        // what marked content says; nil where nobody asks
	maps   map[ref]map[int]string // from codes to letters, of the fonts that were asked
}

// mark is a piece of marked content: its page and number.
type mark struct {
	page ref
	mcid int
}

func (c *checker) fault(rule string, page int, format string, args ...any) {
	list := c.faults[rule]
	switch {
	case len(list) < maxFaults:
		c.faults[rule] = append(list, Fault{rule, page, fmt.Sprintf(format, args...)})
	case len(list) == maxFaults:
		c.faults[rule] = append(list, Fault{rule, 0, "and more"})
	}
}

// need gives a fault where a condition does not hold.
func (c *checker) need(ok bool, rule, format string, args ...any) {
	if !ok {
		c.fault(rule, 0, format, args...)
	}
}

// File gives the faults of a PDF, none for a good one: by rule, then in the order of the file.
func File(data []byte) []Fault {
	c, err := newChecker(data)
	if err != nil {
		return []Fault{{Rule: "file", Detail: err.Error()}}
	}
	c.header()
	c.listPages(c.root["Pages"], 0)
	c.catalogue()
	c.metadata()
	c.structure()
	c.parents()
	for i, p := range c.pages {
		c.page(i+1, p)
	}
	c.lost()
	c.fonts()
	c.outlines()
	c.attachments()
	c.forbidden()
	var out []Fault
	for _, rule := range slices.Sorted(maps.Keys(c.faults)) {
		out = append(out, c.faults[rule]...)
	}
	return out
}

// newChecker takes a file apart.
func newChecker(data []byte) (*checker, error) {
	r, err := read(data)
	if err != nil {
		return nil, err
	}
	return &checker{
		reader: r, faults: map[string][]Fault{}, pageNo: map[ref]int{}, owners: map[mark]ref{}, found: map[mark]bool{},
		annots: map[ref]ref{}, ids: map[string]ref{}, codes: map[ref]map[int]string{}, maps: map[ref]map[int]string{},
		root: r.dict(r.trailer["Root"]), info: r.dict(r.trailer["Info"]),
	}, nil
}

// header holds the first lines and the trailer to the standards.
func (c *checker) header() {
	c.need(bytes.HasPrefix(c.data, []byte("%PDF-1.7\n%")), "file", "the file does not begin with %%PDF-1.7 and a comment")
	if len(c.data) > 14 {
		for _, b := range c.data[10:14] {
			c.need(b > 127, "file", "the second line is not of bytes above 127")
		}
	}
	id := c.array(c.trailer["ID"])
	c.need(len(id) == 2, "trailer", "no file identity")
	c.need(c.trailer["Encrypt"] == nil, "trailer", "the file is encrypted")
	c.need(c.root != nil, "trailer", "no catalogue")
}

// catalogue holds the document's root to what both standards ask of it.
func (c *checker) catalogue() {
	c.need(languageTag(c.text(c.root["Lang"])), "language", "the document's language is %q", c.text(c.root["Lang"]))
	c.need(c.dict(c.root["MarkInfo"])["Marked"] == true, "structure", "the document does not say that it is tagged")
	c.need(c.dict(c.root["MarkInfo"])["Suspects"] != true, "structure", "the document says that its tags are suspect")
	c.need(c.dict(c.root["ViewerPreferences"])["DisplayDocTitle"] == true, "title", "the title is not shown in the window's frame")
	for _, key := range []name{"OpenAction", "AA", "OCProperties", "AcroForm", "Perms", "Requirements"} {
		c.need(c.root[key] == nil, "action", "the catalogue has /%s", key)
	}
	c.outputIntent()
}

// outputIntent asks for one colour profile for all colours.
func (c *checker) outputIntent() {
	intents := c.array(c.root["OutputIntents"])
	if len(intents) != 1 {
		c.fault("output-intent", 0, "%d output intents", len(intents))
		return
	}
	intent := c.dict(intents[0])
	c.need(c.name(intent["S"]) == "GTS_PDFA1", "output-intent", "its kind is %q", c.name(intent["S"]))
	c.need(c.text(intent["OutputConditionIdentifier"]) != "", "output-intent", "it has no identifier")
	profile, ok := c.get(intent["DestOutputProfile"]).(*stream)
	if !ok {
		c.fault("output-intent", 0, "no profile")
		return
	}
	data, err := profile.bytes()
	channels, _ := c.number(profile.dict["N"])
	if err != nil || len(data) < 128 || string(data[36:40]) != "acsp" || string(data[16:20]) != "RGB " || channels != 3 {
		c.fault("output-intent", 0, "the profile is no RGB profile")
	}
}

// languageTag tells whether a text looks like a language tag: "sv-SE", "se".
func languageTag(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if len(part) < 2 || len(part) > 8 || (i == 0 && len(part) > 3) {
			return false
		}
		for _, r := range part {
			if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') {
				return false
			}
		}
	}
	return true
}

// listPages lists the pages of a node of the page tree.
func (c *checker) listPages(v any, depth int) {
	n, _ := v.(ref)
	d := c.dict(v)
	switch {
	case depth > maxDepth:
		c.fault("page", 0, "the page tree is too deep")
	case c.name(d["Type"]) == "Pages":
		for _, kid := range c.array(d["Kids"]) {
			c.listPages(kid, depth+1)
		}
		if count, _ := c.number(d["Count"]); depth == 0 && int(count) != len(c.pages) {
			c.fault("page", 0, "%d pages where %v are counted", len(c.pages), count)
		}
	case c.name(d["Type"]) == "Page":
		if c.pageNo[n] > 0 {
			c.fault("page", 0, "page object %d stands twice", n)
			return
		}
		c.pages = append(c.pages, n)
		c.pageNo[n] = len(c.pages)
	default:
		c.fault("page", 0, "object %d in the page tree is no page", n)
	}
}

// actions that only lead somewhere inside the file or to an address.
var allowedActions = map[string]bool{"GoTo": true, "URI": true, "": true}

// forbidden looks through all objects for what neither standard allows: programs, media, other files.
func (c *checker) forbidden() {
	for _, n := range slices.Sorted(maps.Keys(c.objects)) {
		v := c.objects[n]
		if s, ok := v.(*stream); ok {
			if s.dict["F"] != nil || s.dict["FFilter"] != nil {
				c.fault("action", 0, "the bytes of stream %d lie outside the file", n)
			}
			if _, err := s.bytes(); err != nil {
				c.fault("file", 0, "stream %d: %v", n, err)
			}
			v = s.dict
		}
		c.forbiddenIn(n, v, 0)
	}
}

// forbiddenIn looks through one value.
func (c *checker) forbiddenIn(n ref, v any, depth int) {
	switch v := v.(type) {
	case array:
		for _, m := range v {
			c.forbiddenIn(n, m, depth+1)
		}
	case dict:
		_, isAction := v["S"].(name)
		kind := c.name(v["S"])
		switch {
		case v["JS"] != nil || v["JavaScript"] != nil || kind == "JavaScript":
			c.fault("action", 0, "object %d holds a program", n)
		case isAction && (v["D"] != nil || v["URI"] != nil || v["Next"] != nil || c.name(v["Type"]) == "Action") && !allowedActions[kind]:
			c.fault("action", 0, "object %d holds an action %s", n, kind)
		case kind == "Launch" || kind == "GoToR" || kind == "SubmitForm" || kind == "Movie" || kind == "Sound":
			c.fault("action", 0, "object %d holds an action %s", n, kind)
		case v["AA"] != nil:
			c.fault("action", 0, "object %d acts by itself", n)
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			c.forbiddenIn(n, v[key], depth+1)
		}
	}
}
