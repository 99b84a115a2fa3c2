package cli

import (
	"context"
	"strings"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
)

// importCommand reads a file into the project.
func importCommand() command {
	var opt session.ImportOptions
	var as, separator string
	mapping := mappingFlag{}
	return command{
		name: "import", args: []string{"P.gpkg", "FILE"},
		flags: func(c *call) {
			c.flags.StringVar(&as, "as", "", "")
			c.flags.StringVar(&opt.Layer, "layer", "", "")
			c.flags.StringVar(&opt.Name, "name", "", "")
			c.flags.StringVar(&opt.CRS, "crs", "", "")
			c.flags.StringVar(&opt.Encoding, "encoding", "", "")
			c.flags.StringVar(&opt.Edition, "edition", "", "")
			c.flags.StringVar(&separator, "separator", "", "")
			c.flags.BoolVar(&opt.Beside, "beside", false, "")
			c.flags.Var(mapping, "map", "")
		},
		run: func(ctx context.Context, c *call) error {
			role, err := roleFlag(as)
			if err != nil {
				return err
			}
			opt.Role, opt.Mapping, opt.Separator = role, model.Mapping(mapping), separatorFlag(separator)
			if err := c.open(ctx); err != nil {
				return err
			}
			reports, err := c.session.Import(ctx, c.args[1], opt, c.progress())
			if err != nil {
				return err
			}
			if c.json {
				return c.answer(importJSON(c.printer, reports))
			}
			for _, r := range reports {
				c.sayImport(r)
			}
			return nil
		},
	}
}

// mappingFlag collects --map ROLE=COLUMN.
type mappingFlag model.Mapping

// String is the flag's default: nothing mapped.
func (m mappingFlag) String() string { return "" }

// Set takes one ROLE=COLUMN.
func (m mappingFlag) Set(text string) error {
	part, column, ok := strings.Cut(text, "=")
	if !ok || part == "" || column == "" {
		return i18n.Errorf("cli.map_wrong", text)
	}
	m[part] = column
	return nil
}

// roleFlag reads --as.
func roleFlag(text string) (model.Role, error) {
	switch r := model.Role(text); r {
	case "", model.RoleRoads, model.RolePopulation, model.RoleServices, model.RoleArea, model.RoleLayer, model.RoleBasemap:
		return r, nil
	}
	return "", usage("cli.as_wrong", text)
}

// separatorFlag reads --separator: the sign itself, or "tab".
func separatorFlag(text string) rune {
	if strings.EqualFold(text, "tab") || text == `\t` {
		return '\t'
	}
	for _, r := range text {
		return r
	}
	return 0
}

// layerImportJSON is what an import did with one layer.
type layerImportJSON struct {
	Layer    string          `json:"layer"`
	As       model.Role      `json:"as"`
	Format   string          `json:"format"`
	CRS      *string         `json:"crs"` // null for a table without positions
	Encoding string          `json:"encoding"`
	Read     int             `json:"read"`
	Imported int             `json:"imported"`
	Skipped  int             `json:"skipped"`
	Problems []model.Skipped `json:"problems"`
	Warnings []string        `json:"warnings"`
}

// importJSON is the answer of import: the first layer's words with the counts of all, and each layer by itself where
// there are several.
func importJSON(p *i18n.Printer, reports []session.ImportReport) any {
	var layers []layerImportJSON
	for _, r := range reports {
		l := layerImportJSON{
			Layer: r.Layer, As: r.Role, Format: r.Format, Encoding: r.Encoding, Read: r.Read, Imported: r.Imported,
			Skipped: len(r.Skipped), Problems: append([]model.Skipped{}, r.Skipped...), Warnings: []string{},
		}
		if r.CRS != "" {
			l.CRS = &r.CRS
		}
		for _, w := range r.Warnings {
			l.Warnings = append(l.Warnings, p.Text(w))
		}
		layers = append(layers, l)
	}
	if len(layers) == 1 {
		return layers[0]
	}
	all := struct {
		layerImportJSON
		Layers []layerImportJSON `json:"layers"`
	}{layers[0], layers}
	for _, l := range layers[1:] {
		all.Read += l.Read
		all.Imported += l.Imported
		all.Skipped += l.Skipped
		all.Problems = append(all.Problems, l.Problems...)
		all.Warnings = append(all.Warnings, l.Warnings...)
	}
	return all
}

// shownProblems is how many skipped rows are listed for people; scripts get all.
const shownProblems = 20

// sayImport prints the report of one layer.
func (c *call) sayImport(r session.ImportReport) {
	if r.Role == model.RoleBasemap {
		c.say("base.cli_added", r.Layer)
	} else {
		c.say("cli.import_done", r.Layer, i18n.M("role."+string(r.Role)), r.Imported, r.Read)
	}
	if r.CRS != "" {
		c.say("cli.import_source", r.Format, r.CRS)
	}
	for _, w := range r.Warnings {
		c.say("cli.import_warning", w)
	}
	if len(r.Skipped) > 0 {
		c.say("cli.import_skipped", len(r.Skipped))
	}
	for i, p := range r.Skipped {
		if i == shownProblems {
			c.say("cli.import_more", len(r.Skipped)-shownProblems)
			break
		}
		c.say("cli.import_row", p.Row, p.Reason)
	}
}
