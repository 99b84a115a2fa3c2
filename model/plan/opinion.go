package plan

import (
	"slices"

	"nabar/internal/i18n"
)

// Opinion is what somebody said of the plan when it was out for consultation (samråd), and what came of it.
type Opinion struct {
	Base
	Date     string `json:"date" plan:"date,need"` // when it was received
	From     string `json:"from" plan:"line,need"` // who says it
	Sort     string `json:"sort,omitempty" plan:"choice,sender"`
	Case     string `json:"case,omitempty" plan:"line"`              // diarienummer
	About    string `json:"about,omitempty" plan:"line"`             // the chapter or matter
	Facility string `json:"facility,omitempty" plan:"line,facility"` // the service place that it is about
	Text     string `json:"text" plan:"block,need"`
	Answer   string `json:"answer,omitempty" plan:"block"`
	Outcome  string `json:"outcome,omitempty" plan:"choice,outcome"` // "" as long as nobody has considered it
}

// Kind is the entry's kind.
func (*Opinion) Kind() Kind { return KindOpinion }

func (o *Opinion) check(Book) error { return nil }

// Answered tells whether the opinion has been considered, with an answer or as followed or noted. One that is not
// followed, or in part only, needs an answer that says why.
func (o *Opinion) Answered() bool {
	switch o.Outcome {
	case "followed", "noted":
		return true
	case "partly", "not":
		return o.Answer != ""
	}
	return false
}

// OpinionSum counts the opinions of one sort of sender by what came of them.
type OpinionSum struct {
	Sort     string // "" where nobody has said
	Count    int
	Outcomes map[string]int // "" for those that nobody has considered
}

// Opinions sums the opinions by sender, in the order of the choices; senders of no sort come last.
func (b Book) Opinions() []OpinionSum {
	var out []OpinionSum
	for _, sort := range slices.Concat(choices["sender"], []string{""}) {
		sum := OpinionSum{sort, 0, map[string]int{}}
		for _, o := range Of[*Opinion](b) {
			if o.Sort == sort {
				sum.Count++
				sum.Outcomes[o.Outcome]++
			}
		}
		if sum.Count > 0 {
			out = append(out, sum)
		}
	}
	return out
}

// CheckOpinions finds what is left to do with the opinions received.
func (b Book) CheckOpinions() []Finding {
	var out []Finding
	for _, o := range Of[*Opinion](b) {
		switch {
		case o.Answered():
		case o.Outcome == "partly" || o.Outcome == "not":
			out = append(out, Finding{Fault, "opinion_without_reason", o.ID, i18n.M("consult.finding.without_reason", b.Name(o))})
		default:
			out = append(out, Finding{Fault, "opinion_unanswered", o.ID, i18n.M("consult.finding.unanswered", b.Name(o))})
		}
	}
	return out
}
