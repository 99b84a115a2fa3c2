package render

import "strings"

// knownSource is an authority whose files are known by their names. Its own name is the same in all languages.
type knownSource struct {
	name  string
	words []string
}

var knownSources = []knownSource{
	{"Trafikverket (NVDB)", []string{"nvdb", "tillganglighetsvag", "tillgänglighetsväg"}},
	{"SCB", []string{"scb_", "_scb", "tatorter", "tätorter"}},
	{"Lantmäteriet", []string{"kommungrans", "kommungräns", "ak_riks", "lantm"}},
	{"Tillväxtverket (Pipos)", []string{"pipos", "servicestall", "serviceställ"}},
	{"© OpenStreetMap", []string{"osm", "openstreetmap", "geofabrik"}},
}

// matches tells whether a file's name is one of the source's.
func (k knownSource) matches(file string) bool {
	file = strings.ToLower(file)
	for _, w := range k.words {
		if strings.Contains(file, w) {
			return true
		}
	}
	return false
}
