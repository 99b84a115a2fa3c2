package plan

// Kind is a kind of entry.
type Kind string

// The kinds of entries.
const (
	KindArea      Kind = "area"      // a prioritised area
	KindGoal      Kind = "goal"      // a numbered goal of an area
	KindAction    Kind = "action"    // an action of an area, which serves goals
	KindGrant     Kind = "grant"     // a support that was applied for, granted or paid
	KindFact      Kind = "fact"      // a dated fact of the register
	KindSolution  Kind = "solution"  // a solution of the user's own
	KindPlacement Kind = "placement" // a solution at a place or in an action
	KindOpinion   Kind = "opinion"   // what somebody said of the plan at consultation
)

// Kinds are all kinds, in the order in which entries are listed.
func Kinds() []Kind {
	return []Kind{KindArea, KindGoal, KindAction, KindGrant, KindFact, KindSolution, KindPlacement, KindOpinion}
}

// Prefix is what the keys of the words of a kind begin with.
func (k Kind) Prefix() string {
	switch k {
	case KindGrant:
		return "ledger"
	case KindFact:
		return "facts"
	case KindSolution, KindPlacement:
		return "bank"
	case KindOpinion:
		return "consult"
	}
	return "action"
}

// Item is one entry: a pointer to one of the types below.
type Item interface {
	Kind() Kind
	Number() int64 // the entry's id, 0 for one that is not kept yet
	SetNumber(id int64)
	check(b Book) error
}

// Base is what all entries have.
type Base struct {
	ID int64 `json:"-"`
}

// Number is the entry's id.
func (b *Base) Number() int64 { return b.ID }

// SetNumber gives the entry its id.
func (b *Base) SetNumber(id int64) { b.ID = id }

// Area is a prioritised area of the programme.
type Area struct {
	Base
	Code  string `json:"number" plan:"line,need"` // "1"
	Title string `json:"title" plan:"line,need"`
	Text  string `json:"text,omitempty" plan:"block"`
}

// Goal is a goal of an area.
type Goal struct {
	Base
	Area int64  `json:"area" plan:"one,area,need"`
	Code string `json:"number" plan:"line,need"` // "1.1"
	Text string `json:"text" plan:"block,need"`
	Indicator
}

// Action is what will be done.
type Action struct {
	Base
	Area       int64     `json:"area" plan:"one,area,need"`
	Letter     string    `json:"letter" plan:"line,need"` // "A", unique in its area
	Title      string    `json:"title" plan:"block,need"`
	Milestones []string  `json:"milestones,omitempty" plan:"lines"` // delmål
	Goals      []int64   `json:"goals,omitempty" plan:"many,goal"`
	Activities []string  `json:"activities,omitempty" plan:"lines"`
	Parties    []Party   `json:"parties,omitempty" plan:"rows"`
	Financing  []Funding `json:"financing,omitempty" plan:"rows"`
	From       string    `json:"from,omitempty" plan:"date"` // a year, a month or a day
	To         string    `json:"to,omitempty" plan:"date"`
	Status     string    `json:"status,omitempty" plan:"choice,status"`
	Progress   string    `json:"progress,omitempty" plan:"block"` // what has come of it so far
	Indicator
	Sites     []Site   `json:"sites,omitempty" plan:"rows"`
	Solutions []string `json:"solutions,omitempty" plan:"lines,solution"`
}

// Party is somebody who answers for an action or takes part in it.
type Party struct {
	Name string `json:"name" plan:"line,need"`
	Lead bool   `json:"lead,omitempty" plan:"flag"` // answers for it; printed in bold
	Role string `json:"role,omitempty" plan:"line"` // "ansvarar för stödet till kommersiell service"
}

// Funding is how an action, or a part of it, is paid for.
type Funding struct {
	Source  string `json:"source" plan:"line,need"` // may combine: "Ordinarie medel / Regionalt projekt Tillväxtverket"
	Budget  *int64 `json:"budget,omitempty" plan:"whole"`
	Outcome *int64 `json:"outcome,omitempty" plan:"whole"`
}

// Site is a place on the map: a service place by its id, or a point in SWEREF 99 TM.
type Site struct {
	Facility string   `json:"facility,omitempty" plan:"line,facility"`
	Name     string   `json:"name,omitempty" plan:"line"`
	E        *float64 `json:"e,omitempty" plan:"number"`
	N        *float64 `json:"n,omitempty" plan:"number"`
}

// Indicator is how a goal or an action is measured: in words and, where it is bound to a figure of the program, by that.
type Indicator struct {
	Words     string   `json:"indicator,omitempty" plan:"line"`
	Baseline  string   `json:"baseline,omitempty" plan:"line"`
	Target    string   `json:"target,omitempty" plan:"line"`
	Outcome   string   `json:"outcome,omitempty" plan:"line"`
	Measure   string   `json:"measure,omitempty" plan:"choice,measure"` // "" where it is bound to no figure
	Service   string   `json:"service,omitempty" plan:"line,service"`
	Impedance string   `json:"impedance,omitempty" plan:"choice,impedance"` // "" is distance
	Within    *float64 `json:"within,omitempty" plan:"number"`              // km or minutes
	Group     string   `json:"group,omitempty" plan:"line,group"`           // "women", "70-"; "" for everybody
	Where     string   `json:"where,omitempty" plan:"line,where"`           // "LAYER/AREA"; "" for the whole kommun
	Op        string   `json:"op,omitempty" plan:"choice,op"`
	Aim       *float64 `json:"aim,omitempty" plan:"number"` // km, minutes, per cent, people or places, as the measure has it
}

// Grant is one support in the ledger.
type Grant struct {
	Base
	Form      string `json:"form" plan:"line,form,need"` // id of a rule in model/support
	Year      *int64 `json:"year" plan:"whole,need"`
	Facility  string `json:"facility,omitempty" plan:"line,facility"`
	Name      string `json:"name,omitempty" plan:"line"`     // of the shop, where the project does not hold it
	Recipient string `json:"receiver,omitempty" plan:"line"` // company or kommun; de minimis is summed by it
	Kommun    string `json:"kommun,omitempty" plan:"line"`
	Applied   *int64 `json:"applied,omitempty" plan:"whole"` // kronor
	Granted   *int64 `json:"granted,omitempty" plan:"whole"`
	Paid      *int64 `json:"paid,omitempty" plan:"whole"`
	Date      string `json:"date,omitempty" plan:"date"` // of the decision
	Case      string `json:"case,omitempty" plan:"line"` // diarienummer
	Aid       string `json:"aid,omitempty" plan:"choice,aid"`
	Note      string `json:"note,omitempty" plan:"block"`
}

// Fact is a dated fact of the register.
type Fact struct {
	Base
	Type      string   `json:"type" plan:"choice,fact,need"`
	Date      string   `json:"date" plan:"date,need"`
	Until     string   `json:"until,omitempty" plan:"date"` // last day that it holds
	Facility  string   `json:"facility,omitempty" plan:"line,facility"`
	Name      string   `json:"name,omitempty" plan:"line"` // of the place, company or organisation
	Kommun    string   `json:"kommun,omitempty" plan:"line"`
	Answer    string   `json:"answer,omitempty" plan:"choice,answer"` // of facts that hold: "" is yes
	Value     *float64 `json:"value,omitempty" plan:"number"`         // a count, or times a week
	Exception string   `json:"exception,omitempty" plan:"line"`       // why it does not hold where it ought to
	Note      string   `json:"note,omitempty" plan:"block"`
	Source    string   `json:"source,omitempty" plan:"line"`
}

// Solution is a way to bring service to a place.
type Solution struct {
	Base
	Code    string   `json:"code" plan:"line,need"`
	Title   string   `json:"title" plan:"line,need"`
	Text    string   `json:"text,omitempty" plan:"block"`
	Needs   string   `json:"needs,omitempty" plan:"block"`
	Suits   string   `json:"suits,omitempty" plan:"block"`
	Forms   []string `json:"forms,omitempty" plan:"lines,form"` // of support
	Sources []string `json:"sources,omitempty" plan:"lines"`
	BuiltIn bool     `json:"-"`
}

// Placement is a solution that is used or wanted at a place or in an action.
type Placement struct {
	Base
	Solution string   `json:"solution" plan:"line,solution,need"`
	Facility string   `json:"facility,omitempty" plan:"line,facility"`
	Name     string   `json:"name,omitempty" plan:"line"`
	E        *float64 `json:"e,omitempty" plan:"number"`
	N        *float64 `json:"n,omitempty" plan:"number"`
	Action   int64    `json:"action,omitempty" plan:"one,action"`
	Status   string   `json:"status,omitempty" plan:"choice,placed"`
	Note     string   `json:"note,omitempty" plan:"block"`
}

// Kind is the entry's kind.
func (*Area) Kind() Kind { return KindArea }

// Kind is the entry's kind.
func (*Goal) Kind() Kind { return KindGoal }

// Kind is the entry's kind.
func (*Action) Kind() Kind { return KindAction }

// Kind is the entry's kind.
func (*Grant) Kind() Kind { return KindGrant }

// Kind is the entry's kind.
func (*Fact) Kind() Kind { return KindFact }

// Kind is the entry's kind.
func (*Solution) Kind() Kind { return KindSolution }

// Kind is the entry's kind.
func (*Placement) Kind() Kind { return KindPlacement }

// New makes an empty entry of a kind, nil for what is no kind.
func New(k Kind) Item {
	switch k {
	case KindArea:
		return &Area{}
	case KindGoal:
		return &Goal{}
	case KindAction:
		return &Action{}
	case KindGrant:
		return &Grant{}
	case KindFact:
		return &Fact{}
	case KindSolution:
		return &Solution{}
	case KindPlacement:
		return &Placement{}
	case KindOpinion:
		return &Opinion{}
	}
	return nil
}

// Leads are the parties who answer for the action, in their order.
func (a *Action) Leads() []Party {
	var out []Party
	for _, p := range a.Parties {
		if p.Lead {
			out = append(out, p)
		}
	}
	return out
}

// Over tells whether nothing more is to come of the action.
func (a *Action) Over() bool { return a.Status == "done" || a.Status == "dropped" }
