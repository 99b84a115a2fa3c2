package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"nabar/internal/i18n"
	"nabar/model"
)

// demoCommand does the main job on the fictional demo kommun: project, plan as PDF and as HTML.
func demoCommand() command {
	var dir string
	return command{
		name:  "demo",
		flags: func(c *call) { c.flags.StringVar(&dir, "out", "", "") },
		run: func(ctx context.Context, c *call) error {
			if dir == "" {
				return usage("cli.out_missing", i18n.M("cli.usage_demo"))
			}
			return c.demo(ctx, dir)
		},
	}
}

// demo writes the demo's files into dir. An older demo project there is replaced: it is ours and holds no one's work.
func (c *call) demo(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return i18n.Errorf("error.cannot_write", dir, err)
	}
	path := filepath.Join(dir, "demo.gpkg")
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return i18n.Errorf("error.cannot_write", path, err)
	}
	if err := c.session.CreateDemo(ctx, path, c.progress()); err != nil {
		return err
	}
	files := []string{filepath.Join(dir, "serviceplan.pdf"), filepath.Join(dir, "serviceplan.html")}
	for _, file := range files {
		if err := c.session.Report(ctx, file, c.progress()); err != nil {
			return err
		}
	}
	results, err := c.session.AnalyseAll(ctx, nil)
	if err != nil {
		return err
	}
	if c.json {
		return c.answer(demoJSON(path, files, results))
	}
	c.say("cli.demo_done", c.session.Kommun().Name)
	for i := range results {
		if results[i].Query.Impedance == model.Distance {
			c.sayResult(ctx, &results[i])
		}
	}
	c.say("cli.demo_files", path, files[0], files[1])
	return nil
}

// demoJSON is the answer of demo with --json.
func demoJSON(path string, files []string, results []model.Result) any {
	out := struct {
		Project string       `json:"project"`
		PDF     string       `json:"pdf"`
		HTML    string       `json:"html"`
		Results []resultJSON `json:"results"`
	}{Project: path, PDF: files[0], HTML: files[1]}
	for i := range results {
		out.Results = append(out.Results, toJSON(&results[i]))
	}
	return out
}
