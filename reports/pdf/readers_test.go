package pdf

import (
	"os/exec"
	"strings"
	"testing"

	"nabar/internal/i18n"
	"nabar/reports/internal/fixture"
)

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
