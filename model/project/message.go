package project

import (
	"encoding/json"
	"fmt"
	"strconv"

	"nabar/internal/i18n"
)

// messageRow is how a step's name is kept: the key and its arguments with their types, so that the history reads in
// the language of the day it is looked at.
type messageRow struct {
	Key  string   `json:"key"`
	Args []argRow `json:"args,omitempty"`
}

// argRow is one argument: its type by one word, and its value.
type argRow struct {
	Type  string          `json:"type"`
	Value json.RawMessage `json:"value"`
}

// encodeMessage writes a message as JSON.
func encodeMessage(m i18n.Message) (string, error) {
	row, err := toMessageRow(m)
	if err != nil {
		return "", err
	}
	out, err := json.Marshal(row)
	return string(out), err
}

// toMessageRow gives every argument its type.
func toMessageRow(m i18n.Message) (messageRow, error) {
	row := messageRow{Key: m.Key}
	for _, arg := range m.Args {
		kind, value := "text", arg
		switch v := arg.(type) {
		case string:
		case int, int32, int64:
			kind = "int"
		case float64:
			kind, value = "float", strconv.FormatFloat(v, 'g', -1, 64)
		case bool:
			kind = "bool"
		case i18n.Metres:
			kind, value = "metres", strconv.FormatFloat(float64(v), 'g', -1, 64)
		case i18n.Seconds:
			kind, value = "seconds", strconv.FormatFloat(float64(v), 'g', -1, 64)
		case i18n.Share:
			kind, value = "share", strconv.FormatFloat(float64(v), 'g', -1, 64)
		case i18n.Date:
			kind = "date"
		case i18n.Message:
			inner, err := toMessageRow(v)
			if err != nil {
				return row, err
			}
			kind, value = "message", inner
		default:
			value = fmt.Sprint(v)
		}
		raw, err := json.Marshal(value)
		if err != nil {
			return row, err
		}
		row.Args = append(row.Args, argRow{Type: kind, Value: raw})
	}
	return row, nil
}

// decodeMessage reads what encodeMessage wrote.
func decodeMessage(s string) (i18n.Message, error) {
	var row messageRow
	if err := json.Unmarshal([]byte(s), &row); err != nil {
		return i18n.Message{}, err
	}
	return row.message()
}

// message gives the arguments their types back.
func (row messageRow) message() (i18n.Message, error) {
	m := i18n.Message{Key: row.Key}
	for _, arg := range row.Args {
		value, err := arg.value()
		if err != nil {
			return m, err
		}
		m.Args = append(m.Args, value)
	}
	return m, nil
}

// value is one argument with its own type.
func (a argRow) value() (any, error) {
	switch a.Type {
	case "int":
		var v int64
		err := json.Unmarshal(a.Value, &v)
		return v, err
	case "bool":
		var v bool
		err := json.Unmarshal(a.Value, &v)
		return v, err
	case "message":
		var v messageRow
		if err := json.Unmarshal(a.Value, &v); err != nil {
			return nil, err
		}
		return v.message()
	}
	var s string
	if err := json.Unmarshal(a.Value, &s); err != nil {
		return nil, err
	}
	switch a.Type {
	case "date":
		return i18n.Date(s), nil
	case "float", "metres", "seconds", "share":
		f, err := strconv.ParseFloat(s, 64)
		switch a.Type {
		case "metres":
			return i18n.Metres(f), err
		case "seconds":
			return i18n.Seconds(f), err
		case "share":
			return i18n.Share(f), err
		}
		return f, err
	}
	return s, nil
}
