package cli

import (
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"nabar/model/scenario"
)

// parseServices reads ID=TYPE[+TYPE][;FORM].
func parseServices(value string) (scenario.Modification, bool) {
	value, form, _ := strings.Cut(value, ";")
	id, types, ok := cutLast(value, "=")
	return scenario.AddServices{ID: id, Types: parseTypes(types), Form: form}, ok
}

// parseHours reads ID=TEXT. The text may hold a "=", the id not.
func parseHours(value string) (scenario.Modification, bool) {
	id, hours, ok := strings.Cut(value, "=")
	return scenario.SetHours{ID: id, Hours: strings.TrimSpace(hours)}, ok && id != "" && strings.TrimSpace(hours) != ""
}

// parseStaffed reads ID=yes or ID=no, in Swedish too.
func parseStaffed(value string) (scenario.Modification, bool) {
	id, word, ok := cutLast(value, "=")
	staffed := slices.Contains([]string{"yes", "ja", "true", "1"}, strings.ToLower(word))
	known := staffed || slices.Contains([]string{"no", "nej", "false", "0"}, strings.ToLower(word))
	return scenario.SetHours{ID: id, Staffed: &staffed}, ok && known
}

// parseLocker reads E,N[;NAME].
func parseLocker(value string) (scenario.Modification, bool) {
	position, name, _ := strings.Cut(value, ";")
	at, ok := parsePosition(position)
	return scenario.ParcelLocker{At: at, Name: strings.TrimSpace(name)}, ok
}

// parseMobile reads NAME=TYPE[+TYPE]@E,N:DAYS[;E,N:DAYS]..., where DAYS are such as mon+thu or 1+4.
func parseMobile(value string) (scenario.Modification, bool) {
	name, rest, named := strings.Cut(value, "=")
	types, stops, halts := strings.Cut(rest, "@")
	m := scenario.MobileShop{Name: strings.TrimSpace(name), Types: parseTypes(types)}
	for _, text := range strings.Split(stops, ";") {
		position, days, some := strings.Cut(text, ":")
		at, sound := parsePosition(position)
		on, known := parseDays(days)
		if !known || !some || !sound {
			return nil, false
		}
		m.Stops = append(m.Stops, scenario.Stop{At: at, Days: on})
	}
	return m, named && halts && m.Name != ""
}

// weekdays are the beginnings of the days' names in both languages, Monday first.
var weekdays = [][]string{{"1", "mån", "man", "mon"}, {"2", "tis", "tue"}, {"3", "ons", "wed"}, {"4", "tor", "thu"}, {"5", "fre", "fri"}, {"6", "lör", "lor", "sat"}, {"7", "sön", "son", "sun"}}

// parseDays reads days of the week with plus signs between, by number or name.
func parseDays(text string) (days []int, ok bool) {
	for _, word := range strings.Split(strings.ToLower(text), "+") {
		day := slices.IndexFunc(weekdays, func(names []string) bool { return slices.Contains(names, strings.TrimSpace(word)) }) + 1
		if day == 0 || slices.Contains(days, day) {
			return nil, false
		}
		days = append(days, day)
	}
	slices.Sort(days)
	return days, true
}

// parseArea reads an area: corners "E,N E,N E,N", else what a layer or one of its areas is called.
func parseArea(text string) (area orb.MultiPolygon, where string) {
	var ring orb.Ring
	for _, corner := range strings.Fields(text) {
		at, ok := parsePosition(corner)
		if !ok {
			return nil, strings.TrimSpace(text)
		}
		ring = append(ring, at)
	}
	if len(ring) < 3 {
		return nil, strings.TrimSpace(text)
	}
	if ring[0] != ring[len(ring)-1] {
		ring = append(ring, ring[0])
	}
	return orb.MultiPolygon{{ring}}, ""
}

// parseDelivery reads AREA=TYPE[+TYPE][:DAYS], where DAYS is how many a week.
func parseDelivery(value string) (scenario.Modification, bool) {
	where, what, ok := cutLast(value, "=")
	types, days, told := strings.Cut(what, ":")
	m := scenario.DeliveryZone{Types: parseTypes(types)}
	m.Area, m.Where = parseArea(where)
	if told {
		n, err := strconv.Atoi(days)
		if m.Days = n; err != nil || n < 1 {
			return nil, false
		}
	}
	return m, ok
}

// parseRoad reads LAYER:FID=VALUE.
func parseRoad(value string) (layer string, fid int64, what string, ok bool) {
	road, what, ok := cutLast(value, "=")
	layer, number, also := cutLast(road, ":")
	fid, err := strconv.ParseInt(number, 10, 64)
	return layer, fid, what, ok && also && err == nil
}

// parseSpeed reads LAYER:FID=KMH.
func parseSpeed(value string) (scenario.Modification, bool) {
	layer, fid, kmh, ok := parseRoad(value)
	speed, err := strconv.Atoi(kmh)
	return scenario.ChangeRoad{Layer: layer, FID: fid, Speed: speed}, ok && err == nil && speed > 0
}

// parseDirection reads LAYER:FID=both|forward|backward.
func parseDirection(value string) (scenario.Modification, bool) {
	layer, fid, word, ok := parseRoad(value)
	way := scenario.Direction(strings.ToLower(word))
	known := way == scenario.BothWays || way == scenario.Forward || way == scenario.Backward
	return scenario.ChangeRoad{Layer: layer, FID: fid, Direction: way}, ok && known
}

// parseCloseFerry reads LAYER:FID.
func parseCloseFerry(value string) (scenario.Modification, bool) {
	layer, number, ok := cutLast(value, ":")
	fid, err := strconv.ParseInt(number, 10, 64)
	return scenario.CloseFerry{Layer: layer, FID: fid}, ok && err == nil
}

// parseNewRoad reads "E,N E,N ..." and, after semicolons, speed=KMH, length=METRES, reach=METRES, name=TEXT and oneway.
func parseNewRoad(value string) (scenario.Modification, bool) {
	line, options, _ := strings.Cut(value, ";")
	var m scenario.NewRoad
	for _, corner := range strings.Fields(line) {
		at, ok := parsePosition(corner)
		if !ok {
			return nil, false
		}
		m.Line = append(m.Line, at)
	}
	sound := eachOption(options, func(key, text string) bool {
		ok := true
		switch key {
		case "speed":
			var err error
			m.Speed, err = strconv.Atoi(text)
			ok = err == nil
		case "length":
			m.Length, ok = parseNumber(text)
		case "reach":
			m.Reach, ok = parseNumber(text)
		case "name":
			m.Name = text
		case "oneway":
			m.OneWay = true
		default:
			return false
		}
		return ok
	})
	return m, sound && len(m.Line) > 1
}

// eachOption goes through KEY=TEXT with semicolons between. It is false as soon as take is.
func eachOption(options string, take func(key, text string) bool) bool {
	for _, option := range strings.Split(options, ";") {
		key, text, _ := strings.Cut(option, "=")
		if key = strings.ToLower(strings.TrimSpace(key)); key != "" && !take(key, strings.TrimSpace(text)) {
			return false
		}
	}
	return true
}

// parsePeopleIn reads AREA=PERCENT or AREA=FROM-TO:PERCENT.
func parsePeopleIn(value string) (scenario.Modification, bool) {
	where, change, ok := cutLast(value, "=")
	read, sound := parsePeople(change)
	m, is := read.(scenario.ChangePeople)
	if !ok || !sound || !is {
		return nil, false
	}
	m.Area, m.Where = parseArea(where)
	return m, true
}

// parseHousing reads PEOPLE@E,N and, after semicolons, women=NUMBER, ages=FROM-TO:NUMBER,..., average and name=TEXT.
func parseHousing(value string) (scenario.Modification, bool) {
	what, options, _ := strings.Cut(value, ";")
	number, position, ok := strings.Cut(what, "@")
	people, err := strconv.Atoi(strings.TrimSpace(number))
	at, sound := parsePosition(position)
	m := scenario.AddPeople{At: at, People: people}
	read := eachOption(options, func(key, text string) bool {
		switch key {
		case "women":
			n, err := strconv.Atoi(text)
			m.Women = &n
			return err == nil
		case "ages":
			ages, ok := parseAges(text)
			m.Ages = ages
			return ok
		case "average":
			m.Average = true
		case "name":
			m.Name = text
		default:
			return false
		}
		return true
	})
	return m, ok && err == nil && sound && read
}

// parseAges reads FROM-TO:NUMBER with commas between; TO may be left out.
func parseAges(text string) (out []scenario.AgePeople, ok bool) {
	for _, part := range strings.Split(text, ",") {
		span, number, _ := strings.Cut(part, ":")
		from, to, is := strings.Cut(span, "-")
		a := scenario.AgePeople{To: -1}
		var err error
		if a.From, err = strconv.Atoi(strings.TrimSpace(from)); err != nil || !is {
			return nil, false
		}
		if to != "" {
			if a.To, err = strconv.Atoi(to); err != nil {
				return nil, false
			}
		}
		if a.People, err = strconv.Atoi(number); err != nil {
			return nil, false
		}
		out = append(out, a)
	}
	return out, true
}

// parseForecast reads LAYER.COLUMN.
func parseForecast(value string) (scenario.Modification, bool) {
	layer, column, ok := cutLast(value, ".")
	return scenario.Forecast{Layer: layer, Column: column}, ok
}
