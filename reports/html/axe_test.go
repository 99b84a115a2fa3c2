package html

import (
	"encoding/json"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"nabar/reports"
	"nabar/reports/internal/fixture"
)

// axeSource finds axe-core's script: the file that NABAR_AXE names, or the one that scripts/setup test fetches.
func axeSource(t *testing.T) string {
	t.Helper()
	for _, file := range []string{os.Getenv("NABAR_AXE"), "../../build/tools/axe.min.js"} {
		if data, err := os.ReadFile(file); err == nil {
			return string(data)
		}
	}
	t.Skip("axe-core is not here; scripts/setup test fetches it where npm is installed")
	return ""
}

// chromium finds the browser.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium is installed")
	return ""
}

// axeResult is what the script leaves in the page.
type axeResult struct {
	Violations []struct {
		ID, Help string
		Nodes    []struct{ HTML, FailureSummary string }
	}
	Passes int
}

// axe opens a page in a window of a width, lets axe-core look at it and reads the answer.
func axe(t *testing.T, page, source, width string) axeResult {
	t.Helper()
	const ask = `<script>axe.run().then(r => {
  const said = JSON.stringify({violations: r.violations, passes: r.passes.length});
  document.body.innerHTML = ""; document.body.appendChild(document.createElement("pre")).textContent = "AXE" + said + "AXE";
});</script>`
	page = strings.Replace(page, "</body>", "<script>"+source+"</script>"+ask+"</body>", 1)
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(chromium(t), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=60000",
		"--user-data-dir="+t.TempDir(), "--window-size="+width+",900", "--dump-dom", "file://"+file).Output()
	if err != nil {
		t.Fatalf("chromium: %v", err)
	}
	parts := strings.Split(string(out), "AXE")
	if len(parts) < 3 {
		t.Fatal("axe-core has not answered")
	}
	var r axeResult
	if err := json.Unmarshal([]byte(html.UnescapeString(strings.Join(parts[1:len(parts)-1], "AXE"))), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestAxeFindsNoViolation lets axe-core, with all its rules, look at whole documents in a wide window and in a narrow one.
func TestAxeFindsNoViolation(t *testing.T) {
	if testing.Short() {
		t.Skip("opens a browser")
	}
	source := axeSource(t)
	acted := fixture.Plan("sv")
	acted.Plan = fixture.Acted()
	rich, plan := written(t, fixture.Rich("sv")), written(t, reports.Serviceplan(acted))
	for _, c := range []struct{ name, page, width string }{
		{"everything", rich, "1280"}, {"everything, narrow", rich, "360"}, {"plan, narrow", plan, "360"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := axe(t, c.page, source, c.width)
			if r.Passes < 20 {
				t.Errorf("only %d rules passed: was the page read?", r.Passes)
			}
			for _, v := range r.Violations {
				t.Errorf("%s: %s, %d times, first %s\n%s", v.ID, v.Help, len(v.Nodes), v.Nodes[0].HTML, v.Nodes[0].FailureSummary)
			}
		})
	}
	t.Run("planted fault", func(t *testing.T) {
		r := axe(t, strings.Replace(rich, `aria-label="En cirkel."`, "", 1), source, "1280")
		if len(r.Violations) == 0 {
			t.Error("a picture without words passed")
		}
	})
}
