package model

import (
	"github.com/paulmach/orb"

	"nabar/internal/i18n"
)

// Asked says which number is to be explained.
type Asked struct {
	Figure   string  // ID of a figure in the catalogue of package method; "cell" for one square's way
	Limit    float64 // metres or seconds, of the figures that have one
	Cell     string  // Cell.ID, for "cell"
	Facility string  // Facility.ID, for the figures of one service place
}

// Explanation tells how one number came about: the case's own numbers step by step.
type Explanation struct {
	Asked     Asked
	Query     Query
	Of        i18n.Message // whom it is of
	Value     i18n.Message // the number as it is shown, with its unit
	Lines     []i18n.Message
	Terms     []Term // the numbers of the lines, unrounded
	Witnesses []Witness
	Way       orb.LineString // driven, for "cell"; nil where there is none
	Basis     []i18n.Message // parameters that it depends on
	Inputs    []InputRef     // that were read
	Engine    string
}

// Term is one number of an explanation: metres, seconds, people, squares or a share, as its name tells.
type Term struct {
	Name  string // for scripts: "people", "sum", "mean"
	Value float64
}

// Witness is a square that shows the number: the one at which half of the people are passed, the farthest one.
type Witness struct {
	Cell string
	What i18n.Message
}

// shownChecksum is how much of a checksum is shown where people read it.
const shownChecksum = 12

// Describe says what an input is: the layer, the file that it came from, the edition and the beginning of the checksum.
func (in *InputRef) Describe() i18n.Message {
	sum := in.SHA256[:min(shownChecksum, len(in.SHA256))]
	switch {
	case in.Role == RoleProfile || in.Role == RoleDemand || in.Role == RoleScenario:
		return i18n.M("explain.input_"+string(in.Role), in.Layer)
	case in.Source == "" || sum == "":
		return i18n.M("explain.input_made", in.Layer)
	case in.Edition == "":
		return i18n.M("explain.input_plain", in.Layer, in.Source, sum)
	}
	return i18n.M("explain.input", in.Layer, in.Source, in.Edition, sum)
}
