package version

import (
	"encoding/json"
	"math"
	"slices"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/plan"
)

// Stage is how far a version has come towards a decision.
type Stage string

// The stages, in their order.
const (
	Draft        Stage = "draft"        // utkast
	Consultation Stage = "consultation" // samrådshandling
	Adopted      Stage = "adopted"      // antagen
	Revised      Stage = "revised"      // antagen, in place of an earlier one
)

// Stages are all stages, in their order.
func Stages() []Stage { return []Stage{Draft, Consultation, Adopted, Revised} }

// Decided tells whether a council or board has decided on a version of the stage.
func (s Stage) Decided() bool { return s == Adopted || s == Revised }

// Label is what the stage is called on the document.
func (s Stage) Label() i18n.Message { return i18n.M("version.stage." + string(s)) }

// Version is a version of one of the project's documents.
type Version struct {
	ID       int64          `json:"-"`
	Stage    Stage          `json:"stage"`
	Name     string         `json:"name"`               // "Samrådshandling, maj 2026"; unique in the project
	Document string         `json:"document"`           // which of the project's documents
	Decision model.Decision `json:"decision"`           // the cover's facts as they stand in it
	Replaces int64          `json:"replaces,omitempty"` // the decided version that it replaces
	Note     string         `json:"note,omitempty"`
	Saved    string         `json:"saved"` // ISO date on which it was made
	Program  string         `json:"program"`
	Language string         `json:"language"`
	Files    []File         `json:"files"`
	Record   Record         `json:"record"`
}

// File is a form in which a version was written.
type File struct {
	Format string `json:"format"` // "pdf", "html", "docx", "xlsx"
	Size   int64  `json:"size"`   // bytes
	SHA256 string `json:"sha256"` // of the file
}

// Formats are the forms in which versions are written, in their order.
func Formats() []string { return []string{"pdf", "html", "docx", "xlsx"} }

// File finds the file of a format.
func (v *Version) File(format string) (File, bool) {
	i := slices.IndexFunc(v.Files, func(f File) bool { return f.Format == format })
	if i < 0 {
		return File{}, false
	}
	return v.Files[i], true
}

// Record is what a version was made of.
type Record struct {
	Figures  []Figure  `json:"figures"`
	Places   []Place   `json:"places"`
	Entries  []Entry   `json:"entries"`
	Sections []Section `json:"sections"`
	Sources  []Source  `json:"sources"`
}

// Figure is how far people have to a type of service. Costs are metres or seconds, nil where nobody reaches any.
type Figure struct {
	Service    string          `json:"service"`
	Name       string          `json:"name"` // "Dagligvaror"
	Impedance  model.Impedance `json:"impedance"`
	Facilities int             `json:"facilities"`
	People     int             `json:"people"`
	Reached    int             `json:"reached"`
	Unreached  int             `json:"unreached"`
	Mean       *float64        `json:"mean"`
	Median     *float64        `json:"median"`
	P90        *float64        `json:"p90"`
	Max        *float64        `json:"max"`
	SecondMean *float64        `json:"second_mean"`
	Bands      []Band          `json:"bands"`
}

// Band counts the people at or under a limit.
type Band struct {
	To     float64 `json:"to"`
	People int     `json:"people"`
}

// Place is a service that was open.
type Place struct {
	ID   string  `json:"id"`
	Name string  `json:"name"`
	Type string  `json:"type"`
	Town string  `json:"town,omitempty"`
	E    float64 `json:"e"`
	N    float64 `json:"n"`
}

// Entry is an entry of the plan as plan.Encode writes it.
type Entry struct {
	ID      int64           `json:"id"`
	Kind    plan.Kind       `json:"kind"`
	Content json.RawMessage `json:"content"`
}

// Section is a chapter or section with its text, a line for each paragraph, item and row of a table.
type Section struct {
	Level  int      `json:"level"`
	Number string   `json:"number,omitempty"`
	Title  string   `json:"title"`
	Lines  []string `json:"lines,omitempty"`
}

// Source is a layer that figures were made of.
type Source struct {
	Layer   string `json:"layer"`
	File    string `json:"file,omitempty"`
	SHA256  string `json:"sha256,omitempty"`
	Edition string `json:"edition,omitempty"`
}

// FigureOf keeps what a result says.
func FigureOf(r *model.Result, name string) Figure {
	f := Figure{
		Service: r.Query.Service, Name: name, Impedance: r.Query.Impedance, Facilities: r.Facilities,
		People: r.People, Reached: r.Reached, Unreached: r.Unreached,
	}
	if r.Reached > 0 {
		f.Mean, f.Median, f.P90, f.Max = cost(r.Mean), cost(r.Median), cost(r.P90), cost(r.Max)
	}
	f.SecondMean = cost(r.SecondMean)
	for _, b := range r.Bands {
		f.Bands = append(f.Bands, Band{b.To, b.People})
	}
	return f
}

// cost keeps a number, nil for none.
func cost(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// Within is how many people have at most so far, where the figure tells.
func (f *Figure) Within(to float64) (people int, told bool) {
	i := slices.IndexFunc(f.Bands, func(b Band) bool { return b.To == to })
	if i < 0 {
		return 0, false
	}
	return f.Bands[i].People, true
}

// EntriesOf keeps the entries of a plan.
func EntriesOf(b plan.Book) ([]Entry, error) {
	out := make([]Entry, len(b))
	for i, item := range b {
		content, err := plan.Encode(item)
		if err != nil {
			return nil, err
		}
		out[i] = Entry{item.Number(), item.Kind(), content}
	}
	return out, nil
}

// Book are the entries as a plan again. Entries of a kind that this program does not know are left out and counted.
func (r *Record) Book() (b plan.Book, unknown int) {
	for _, e := range r.Entries {
		item, err := plan.Decode(e.Kind, e.Content)
		if err != nil {
			unknown++
			continue
		}
		item.SetNumber(e.ID)
		b = append(b, item)
	}
	return b, unknown
}

// Figure finds the figure of a service and impedance, nil where there is none.
func (r *Record) Figure(service string, i model.Impedance) *Figure {
	k := slices.IndexFunc(r.Figures, func(f Figure) bool { return f.Service == service && f.Impedance == i })
	if k < 0 {
		return nil
	}
	return &r.Figures[k]
}
