package importer

import (
	"fmt"
	"path/filepath"
	"strings"

	"nabar/app/session"
	"nabar/model"
)

// name is the name that the new layer gets: what the user has written, else the proposal.
func (d *Dialog) name(l session.LayerPreview) string {
	if name := strings.TrimSpace(d.written); name != "" {
		return name
	}
	return d.proposal(l)
}

// proposal names a layer by what it is, in the user's language, and tells it apart from those that there are: files
// are often named by their makers' abbreviations. A layer that is only shown keeps the file's name, as that says more.
func (d *Dialog) proposal(l session.LayerPreview) string {
	p := d.Printer
	switch l.Guess.Role {
	case model.RoleArea:
		if d.isBorder(l) {
			return d.unique(p.T("ui.import.border"))
		}
	case model.RoleLayer:
		return d.unique(fileName(d.path, l))
	}
	return d.unique(p.T("role." + string(l.Guess.Role)))
}

// fileName is what the file calls its layer, or its own name without the ending.
func fileName(path string, l session.LayerPreview) string {
	if l.Info.Name != "" {
		return l.Info.Name
	}
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// unique puts a number behind a name that another layer has.
func (d *Dialog) unique(name string) string {
	out := name
	for n := 2; d.taken(out); n++ {
		out = fmt.Sprintf("%s %d", name, n)
	}
	return out
}

// taken tells whether a layer of the project has a name, in any case.
func (d *Dialog) taken(name string) bool {
	for _, l := range d.layers {
		if strings.EqualFold(l.Name, name) {
			return true
		}
	}
	return false
}

// isBorder tells whether an area is the kommun's border: its rows carry the kommun's code, or it is one area without
// any code.
func (d *Dialog) isBorder(l session.LayerPreview) bool {
	column := -1
	for i, f := range l.Info.Fields {
		if f.Name == l.Guess.Mapping[model.PartAreaCode] {
			column = i
		}
	}
	if column < 0 {
		return len(l.Sample) == 1
	}
	code := withoutZeros(d.Project.Kommun().Code)
	for _, row := range l.Sample {
		if column < len(row.Values) && withoutZeros(fmt.Sprint(row.Values[column])) == code {
			return true
		}
	}
	return false
}

// withoutZeros writes a code as a file does that takes it for a number.
func withoutZeros(code string) string {
	return strings.TrimLeft(strings.TrimSpace(code), "0")
}
