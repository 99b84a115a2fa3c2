package support

import (
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// Verdict is what a rule says of a place.
type Verdict string

// The verdicts, from best to worst. Borderline is where a value lies near a threshold or something is not known.
const (
	Eligible   Verdict = "eligible"
	Borderline Verdict = "borderline"
	Not        Verdict = "not"
)

// Answer is what a condition says of a place.
type Answer string

// The answers.
const (
	Met     Answer = "met"
	Near    Answer = "near" // within the margin, or where the authority decides
	Unmet   Answer = "unmet"
	Unknown Answer = "unknown"
)

// Report is what a set of rules says of every place that it is about, as stored and shown.
type Report struct {
	Rules    Set              `json:"rules"` // whole, so that the report stays explained when the rules change
	Scenario string           `json:"scenario,omitempty"`
	Date     string           `json:"date,omitempty"` // that places are taken at, "" is now
	Places   []Place          `json:"places"`
	Untold   int              `json:"untold"`  // open shops whose range nobody has told
	Outside  int              `json:"outside"` // open places of the rules' types outside the border
	Border   bool             `json:"border"`  // the project has a border
	People   int              `json:"people"`  // on the part of the network that islands are judged against
	Params   model.Params     `json:"params"`
	Inputs   []model.InputRef `json:"inputs"`
	Engine   string           `json:"engine"`
	Facts    Facts            `json:"facts"` // as they were
	Stale    bool             `json:"-"`     // something has changed since
}

// Place is one place with its evidence and outcomes.
type Place struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Town    string    `json:"town,omitempty"`
	Kommun  string    `json:"kommun,omitempty"`
	Service string    `json:"service"`
	At      orb.Point `json:"at"`
	Inside  bool      `json:"inside"` // in the kommun, or there is no border
	Hours   string    `json:"hours,omitempty"`
	Joined  bool      `json:"joined"`
	JoinM   float64   `json:"join_m"` // metres straight to the road
	// Far is set where the nearest road lies so far off that the place may stand on an island without roads in the data.
	Far bool `json:"far,omitempty"`
	// IslandPeople live on the same part of the network where that is an island, else 0.
	IslandPeople int       `json:"island_people,omitempty"`
	Others       []string  `json:"others,omitempty"` // other service types at the place
	Outcomes     []Outcome `json:"outcomes"`
}

// Outcome is what one rule says of a place.
type Outcome struct {
	Rule    string  `json:"rule"`
	Verdict Verdict `json:"verdict"`
	// Next is the next place that surely counts, nil where none can be reached.
	Next *Next `json:"next,omitempty"`
	// Perhaps is a nearer shop whose range nobody has told, nil where there is none.
	Perhaps *Next   `json:"perhaps,omitempty"`
	Checks  []Check `json:"checks"`
}

// Next is the way to another place.
type Next struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Metres float64 `json:"metres"`
}

// Check is one condition with what is known.
type Check struct {
	Condition string   `json:"condition"`
	Value     *float64 `json:"value"`         // nil where it is not known
	Low       *float64 `json:"low,omitempty"` // the least that it may be, where it is not sure
	Answer    Answer   `json:"answer"`
	// Holds tells whether the value meets the condition to the letter, apart from any margin; nil where it is not known.
	Holds   *bool  `json:"holds"`
	Entered bool   `json:"entered,omitempty"` // by the user
	Source  string `json:"source,omitempty"`  // of what was entered
	Dated   string `json:"dated,omitempty"`
}

// Of is the outcome of a rule, nil where the rule is not about the place.
func (p *Place) Of(rule string) *Outcome {
	for i := range p.Outcomes {
		if p.Outcomes[i].Rule == rule {
			return &p.Outcomes[i]
		}
	}
	return nil
}

// Nearest is the nearest place that may count as the next one, and whether that is sure; nil where none can be reached.
func (o *Outcome) Nearest() (next *Next, sure bool) {
	if o.Perhaps != nil {
		return o.Perhaps, false
	}
	return o.Next, true
}

// Unknowns are the facts that nobody has told and that could change the verdict, each once: those of conditions that
// decide and that have no alternative which is met. A verdict that is sure has none.
func (o *Outcome) Unknowns(r *Rule) []string {
	if o.Verdict != Borderline {
		return nil
	}
	met := map[string]bool{}
	for _, c := range o.Checks {
		if condition := r.Condition(c.Condition); condition != nil && c.Answer == Met && condition.Group != "" {
			met[condition.Group] = true
		}
	}
	var out []string
	for _, c := range o.Checks {
		condition := r.Condition(c.Condition)
		if condition == nil || c.Answer != Unknown || condition.Guide || met[condition.Group] || slices.Contains(out, condition.Fact) {
			continue
		}
		out = append(out, condition.Fact)
	}
	return out
}

// yearText writes a year, which has no thousands apart.
func yearText(v float64) string { return strconv.Itoa(int(v)) }

// Remarks are what a reader must know of the report as a whole.
func (r *Report) Remarks() []i18n.Message {
	var out []i18n.Message
	add := func(some bool, key string, args ...any) {
		if some {
			out = append(out, i18n.M("support.remark."+key, args...))
		}
	}
	far, island, own := 0, false, false
	for i := range r.Places {
		if r.Places[i].Far {
			far++
		}
	}
	for i := range r.Rules.Rules {
		for _, c := range r.Rules.Rules[i].Conditions {
			island, own = island || c.Fact == Island, own || c.Own
		}
	}
	add(true, "margin", i18n.Share(r.Rules.Margin))
	add(r.Rules.To != "", "ended", i18n.Date(r.Rules.To))
	add(island, "island", r.People)
	add(r.Untold > 0 && !r.Rules.AssumeFull, "untold", r.Untold)
	add(r.Border && r.Outside == 0, "outside")
	add(far > 0, "far", far)
	add(own, "own")
	return out
}
