package plan

import (
	"slices"

	"nabar/internal/i18n"
)

// choices are the values of the fields that can be chosen, by what the fields ask for, in the order shown.
var choices = map[string][]string{
	"status":    {"planned", "ongoing", "done", "paused", "dropped"},
	"placed":    {"wanted", "planned", "used", "ended"},
	"measure":   {"mean", "median", "p90", "max", "share", "within", "beyond", "unreached", "facilities"},
	"impedance": {"distance", "time"},
	"op":        {"at_least", "at_most"},
	"aid":       {"general", "sgei", "none"},
	"answer":    {"yes", "no"},
	"fact":      FactTypes(),
	"sender":    {"person", "association", "company", "authority", "kommun", "region", "other"},
	"outcome":   {"followed", "partly", "not", "noted"},
}

// Choices are the values that a field can have, nil where it is free.
func (f *Field) Choices() []string {
	if f.Type != Choice {
		return nil
	}
	return choices[f.Of]
}

// ChoiceLabel is what a value of a field is called; what is no choice of the program's stands as it is.
func (f *Field) ChoiceLabel(value string) i18n.Message {
	if !slices.Contains(f.Choices(), value) {
		return i18n.Plain(value)
	}
	return i18n.M(f.Kind.Prefix() + ".choice." + f.Of + "." + value)
}

// Label is what a field is called.
func (f *Field) Label() i18n.Message { return i18n.M(f.Kind.Prefix() + ".field." + f.Key) }

// Label is what one entry of the kind is called.
func (k Kind) Label() i18n.Message { return i18n.M(k.Prefix() + ".kind." + string(k)) }
