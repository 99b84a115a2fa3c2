package session

import (
	"context"
	"math"
	"strconv"
	"strings"

	"nabar/analysis/supply"
	"nabar/internal/i18n"
)

// LocateRoom reads how many may have each place that is there as their nearest: "" for no limits, a number for all places,
// "ID=NUMBER,ID=NUMBER" for some by the id of a facility, else the name of a column of the service places. It gives what
// LocateQuery.Capacity and Room take. What names nothing gives a Problem.
func (s *Session) LocateRoom(ctx context.Context, service, text string) (byID map[string]int, room int, err error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, 0, nil
	}
	if n, err := strconv.Atoi(strings.Join(strings.Fields(text), "")); err == nil {
		if n < 1 {
			return nil, 0, i18n.Errorf("more.room_wrong", text)
		}
		return nil, n, nil
	}
	if byID, ok := roomByID(text); ok {
		return byID, 0, nil
	}
	column, err := s.capacities(ctx, text)
	if err != nil {
		return nil, 0, err
	}
	snapshot, err := s.Snapshot(ctx, nil)
	if err != nil {
		return nil, 0, err
	}
	byID = map[string]int{}
	for i := range snapshot.Facilities {
		f := &snapshot.Facilities[i]
		if v, told := column[supply.Row{Layer: f.Layer, FID: f.FID}]; told && f.Type == service {
			byID[f.ID] = int(math.Round(min(v, math.MaxInt32)))
		}
	}
	if len(byID) == 0 {
		return nil, 0, i18n.Errorf("supply.capacity_column", text)
	}
	return byID, 0, nil
}

// roomByID reads "ID=NUMBER,ID=NUMBER".
func roomByID(text string) (map[string]int, bool) {
	out := map[string]int{}
	for _, part := range strings.Split(text, ",") {
		at := strings.LastIndex(part, "=")
		if at < 0 {
			return nil, false
		}
		n, err := strconv.Atoi(strings.TrimSpace(part[at+1:]))
		if err != nil || n < 0 {
			return nil, false
		}
		out[strings.TrimSpace(part[:at])] = n
	}
	return out, true
}
