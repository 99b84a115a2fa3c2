package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/reports/internal/fixture"
)

// checker reads a finished file by its own means and gathers what is wrong with its tags.
type checker struct {
	objs   objects
	faults []string
	owner  map[[2]int]int // page object and MCID → structure element
	ids    map[string]bool
	level  int // of the last heading
}

func (c *checker) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

// The parts of objects that the checker reads.
var (
	reRole    = regexp.MustCompile(`/S/(\w+)/P`)
	rePg      = regexp.MustCompile(`/Pg (\d+) 0 R/K`)
	reKidList = regexp.MustCompile(`(?s)/K\[(.*)\]>>$`)
	reKid     = regexp.MustCompile(`<</Type/(MCR|OBJR)([^>]*)>>|(\d+) 0 R|(\d+)`)
	reMCR     = regexp.MustCompile(`/Pg (\d+) 0 R/MCID (\d+)`)
	rePaints  = regexp.MustCompile(`(?:^|[ >\n])(f|S|B|Tj|TJ)$`)
	reAltText = regexp.MustCompile(`/Alt<feff[0-9a-f]{4,}>`)
	reID      = regexp.MustCompile(`/ID\(([^)]*)\)`)
	reHeaders = regexp.MustCompile(`/Headers \[\(([^)]*)\) \(([^)]*)\)\]`)
	reRoot    = regexp.MustCompile(`/Root (\d+) 0 R`)
	reTree    = regexp.MustCompile(`/StructTreeRoot (\d+) 0 R`)
	reTop     = regexp.MustCompile(`/K (\d+) 0 R/ParentTree (\d+) 0 R`)
	rePages   = regexp.MustCompile(`/Pages (\d+) 0 R`)
	reMembers = regexp.MustCompile(`/Kids\[([^\]]*)\]`)
	reContent = regexp.MustCompile(`/Contents (\d+) 0 R`)
	reSP      = regexp.MustCompile(`/StructParents (\d+)`)
	reNums    = regexp.MustCompile(`(\d+)\[([^\]]*)\]`)
)

// check gives the faults of a file, none for a good one.
func check(data []byte, lang string) []string {
	c := &checker{owner: map[[2]int]int{}, ids: map[string]bool{}}
	objs, err := readObjects(data)
	if err != nil {
		return []string{err.Error()}
	}
	c.objs = objs
	root := c.objs[c.number(reRoot, data)]
	for _, want := range []string{
		"/Lang(" + lang + ")", "/MarkInfo<</Marked true>>", "/DisplayDocTitle true", "/OutputIntents[", "/Outlines ", "/Metadata ",
	} {
		if !bytes.Contains(root, []byte(want)) {
			c.fault("catalogue lacks %s", want)
		}
	}
	for _, want := range []string{"<pdfuaid:part>1<", "<pdfaid:part>3<", "<dc:title>", "/ID[<"} {
		if !bytes.Contains(data, []byte(want)) {
			c.fault("file lacks %s", want)
		}
	}
	tree := c.objs[c.number(reTree, root)]
	top := reTop.FindSubmatch(tree)
	if top == nil {
		return append(c.faults, "no structure tree")
	}
	c.walk(atoi(top[1]))
	c.pages(c.objs[c.number(rePages, root)], c.objs[atoi(top[2])])
	return c.faults
}

func (c *checker) number(re *regexp.Regexp, data []byte) int {
	m := re.FindSubmatch(data)
	if m == nil {
		c.fault("%s not found", re)
		return 0
	}
	return atoi(m[1])
}

// walk reads an element and all below it.
func (c *checker) walk(n int) {
	body := c.objs[n]
	role := reRole.FindSubmatch(body)
	kids := reKidList.FindSubmatch(body)
	if role == nil || kids == nil {
		c.fault("element %d has no role or kids", n)
		return
	}
	c.element(string(role[1]), n, body)
	page := 0
	if m := rePg.FindSubmatch(body); m != nil {
		page = atoi(m[1])
	}
	annotated := false
	for _, k := range reKid.FindAllSubmatch(kids[1], -1) {
		switch {
		case string(k[1]) == "OBJR":
			annotated = true
		case string(k[1]) == "MCR":
			m := reMCR.FindSubmatch(k[2])
			c.owner[[2]int{atoi(m[1]), atoi(m[2])}] = n
		case len(k[3]) > 0:
			c.walk(atoi(k[3]))
		default:
			c.owner[[2]int{page, atoi(k[4])}] = n
		}
	}
	if string(role[1]) == "Link" && !annotated {
		c.fault("link %d has no annotation", n)
	}
}

// element holds one element to the rules of its role.
func (c *checker) element(role string, n int, body []byte) {
	switch role {
	case "H1", "H2", "H3":
		level := int(role[1] - '0')
		if level > c.level+1 {
			c.fault("%s follows H%d", role, c.level)
		}
		c.level = level
	case "Figure":
		if !reAltText.Match(body) {
			c.fault("figure %d has no alternative", n)
		}
	case "TH":
		m := reID.FindSubmatch(body)
		if m == nil || !bytes.Contains(body, []byte("/Scope ")) {
			c.fault("table header %d has no scope or name", n)
			return
		}
		c.ids[string(m[1])] = true
	case "TD":
		m := reHeaders.FindSubmatch(body)
		if m == nil || !c.ids[string(m[1])] || !c.ids[string(m[2])] {
			c.fault("cell %d names no known headers", n)
		}
	}
}

// pages reads the content of every page: all that paints is marked, and every mark is owned by one element.
func (c *checker) pages(tree, parents []byte) {
	owners := map[int][]byte{}
	for _, m := range reNums.FindAllSubmatch(parents, -1) {
		owners[atoi(m[1])] = m[2]
	}
	used := map[[2]int]bool{}
	for _, ref := range reRef.FindAllSubmatch(reMembers.FindSubmatch(tree)[1], -1) {
		n := atoi(ref[1])
		page := c.objs[n]
		if !bytes.Contains(page, []byte("/Tabs/S")) {
			c.fault("page %d has no tab order", n)
		}
		_, data, err := c.objs.stream(reContent.FindSubmatch(page)[1])
		if err != nil {
			// The finished file writes its filters without a space.
			_, data, _ = bytes.Cut(c.objs[atoi(reContent.FindSubmatch(page)[1])], []byte("\nstream\n"))
		}
		listed := reRef.FindAllSubmatch(owners[c.number(reSP, page)], -1)
		c.content(n, inflated(data), listed, used)
	}
	for key := range c.owner {
		if !used[key] {
			c.fault("page %d has no mark %d", key[0], key[1])
		}
	}
}

// content reads one content stream.
func (c *checker) content(n int, content string, listed [][][]byte, used map[[2]int]bool) {
	open := false
	for line := range strings.Lines(content) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasSuffix(line, " BDC"):
			if open {
				c.fault("page %d: marks nest", n)
			}
			open = true
			_, id, real := strings.Cut(line, "/MCID ")
			if !real {
				continue
			}
			mcid, _ := strconv.Atoi(strings.TrimSuffix(id, ">> BDC"))
			used[[2]int{n, mcid}] = true
			if owner := c.owner[[2]int{n, mcid}]; owner == 0 || mcid >= len(listed) || atoi(listed[mcid][1]) != owner {
				c.fault("page %d: mark %d has no owner, or two", n, mcid)
			}
		case line == "EMC":
			open = false
		case rePaints.MatchString(strings.TrimSuffix(line, " ET")) && !open:
			c.fault("page %d paints outside marks: %.40s", n, line)
		}
	}
	if open {
		c.fault("page %d ends inside a mark", n)
	}
}

func inflated(data []byte) string {
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return ""
	}
	out, _ := io.ReadAll(r) // a stream cut short shows as missing marks
	return string(out)
}

// run runs a program on the file, or skips the test where it is not installed.
func run(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed", name)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return out
}

// figuresInText looks up the results' figures in the text that a reader gets out of the file.
func figuresInText(t *testing.T, text []byte) {
	t.Helper()
	have := strings.ReplaceAll(string(text), i18n.NBSP, " ")
	p := i18n.For("sv")
	for _, r := range fixture.Plan("sv").Results {
		want := []string{p.Int(int64(r.People)), p.Int(int64(r.Reached))}
		for _, b := range r.Bands {
			want = append(want, p.Int(int64(b.People)))
		}
		for _, v := range []float64{r.Mean, r.Median, r.P90, r.Max, r.SecondMean} {
			if r.Query.Impedance == "time" {
				want = append(want, p.Time(v))
			} else {
				want = append(want, p.Distance(v))
			}
		}
		for _, place := range r.Places {
			want = append(want, place.Name)
		}
		for _, w := range want {
			if !strings.Contains(have, strings.ReplaceAll(w, i18n.NBSP, " ")) {
				t.Errorf("%s by %s: %q is not in the text", r.Query.Service, r.Query.Impedance, w)
			}
		}
	}
}
