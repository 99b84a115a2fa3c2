package files

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"nabar/internal/i18n"
)

// folder is a folder with two folders, three files of two kinds and a hidden one.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, d := range []string{"Åre", "boden"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []string{"b.gpkg", "A.GPKG", "text.txt", ".dold.gpkg"} {
		if err := os.WriteFile(filepath.Join(dir, f), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// begin opens a chooser whose background work is run by wait.
func begin(t *testing.T, opt Options, save bool) (c *chooser, wait func(), got *[]string) {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(1000, 800))
	jobs := make(chan func(), 10)
	got = &[]string{}
	c = newChooser(w, i18n.For("sv"), func(fn func()) { jobs <- fn }, opt, save, func(paths []string) { *got = paths })
	c.show()
	wait = func() { (<-jobs)() }
	wait()
	return c, wait, got
}

func (c *chooser) names() string {
	var out []string
	for _, e := range c.entries {
		out = append(out, e.name)
	}
	return strings.Join(out, " ")
}

func TestListsFoldersFirstAndWantedFilesOnly(t *testing.T) {
	dir := folder(t)
	c, _, _ := begin(t, Options{Dir: dir, Extensions: []string{".gpkg"}}, false)
	if got := c.names(); got != "boden Åre A.GPKG b.gpkg" {
		t.Errorf("lists %s", got)
	}
	all, _, _ := begin(t, Options{Dir: dir}, false)
	if got := all.names(); got != "boden Åre A.GPKG b.gpkg text.txt" {
		t.Errorf("lists %s where all files are wanted", got)
	}
}

func TestFoldersAreEntered(t *testing.T) {
	dir := folder(t)
	c, wait, got := begin(t, Options{Dir: dir}, false)
	c.tapped(1)
	wait()
	if c.dir != filepath.Join(dir, "Åre") || len(c.entries) != 0 {
		t.Errorf("is in %s with %d entries", c.dir, len(c.entries))
	}
	if len(*got) != 0 || !c.confirm.Disabled() {
		t.Error("a folder was taken for a file")
	}
}

func TestOneFileIsChosen(t *testing.T) {
	dir := folder(t)
	c, _, got := begin(t, Options{Dir: dir, Extensions: []string{".gpkg"}}, false)
	c.tapped(2)
	c.tapped(3)
	c.finish()
	if len(*got) != 1 || (*got)[0] != filepath.Join(dir, "b.gpkg") {
		t.Errorf("chose %v", *got)
	}
	if c.sheet.Visible() {
		t.Error("the dialog stays open")
	}
}

func TestSeveralFilesAreChosenAndUnchosen(t *testing.T) {
	dir := folder(t)
	c, _, got := begin(t, Options{Dir: dir, Many: true}, false)
	c.tapped(2)
	c.tapped(3)
	c.tapped(4)
	c.tapped(3)
	c.finish()
	want := []string{filepath.Join(dir, "A.GPKG"), filepath.Join(dir, "text.txt")}
	if strings.Join(*got, " ") != strings.Join(want, " ") {
		t.Errorf("chose %v, want %v", *got, want)
	}
}

func TestSavedNamesGetTheirEnding(t *testing.T) {
	dir := folder(t)
	for name, want := range map[string]string{
		"plan": "plan.pdf", "plan.pdf": "plan.pdf", "plan.PDF": "plan.PDF", "plan v1.2": "plan v1.2.pdf",
		"../plan": "", "": "", " ": "",
	} {
		t.Run(name, func(t *testing.T) {
			c, _, got := begin(t, Options{Dir: dir, Extensions: []string{".pdf"}, Name: name}, true)
			c.finish()
			switch {
			case want == "" && (len(*got) != 0 || !c.confirm.Disabled()):
				t.Errorf("accepted %q as %v", name, *got)
			case want != "" && (len(*got) != 1 || (*got)[0] != filepath.Join(dir, want)):
				t.Errorf("%q is saved as %v, want %s", name, *got, want)
			}
		})
	}
}

func TestWritingOverIsAskedAbout(t *testing.T) {
	dir := folder(t)
	c, _, got := begin(t, Options{Dir: dir, Extensions: []string{".gpkg"}, Name: "b"}, true)
	c.finish()
	if len(*got) != 0 {
		t.Fatal("an existing file is written over without a question")
	}
	if n := len(c.window.Canvas().Overlays().List()); n != 2 {
		t.Errorf("%d dialogs are open, want the chooser and the question", n)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "b.gpkg")); err != nil || string(data) != "x" {
		t.Error("choosing a file has touched it")
	}
}

func TestLateAnswerOfASlowFolderIsDropped(t *testing.T) {
	dir := folder(t)
	c, wait, _ := begin(t, Options{Dir: dir}, false)
	c.enter(filepath.Join(dir, "Åre"))
	c.enter(dir)
	wait()
	wait()
	if c.dir != dir || len(c.entries) != 5 {
		t.Errorf("shows %s with %d entries, want the folder that was entered last", c.dir, len(c.entries))
	}
}

func TestFolderThatIsGoneIsSaid(t *testing.T) {
	dir := folder(t)
	c, wait, _ := begin(t, Options{Dir: dir}, false)
	c.enter(filepath.Join(dir, "borta"))
	wait()
	if !strings.Contains(c.hint.Content, "går inte att läsa") {
		t.Errorf("says %q", c.hint.Content)
	}
}
