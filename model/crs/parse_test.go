package crs

import (
	"errors"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
)

const (
	esriTM = `PROJCS["SWEREF99_TM",GEOGCS["GCS_SWEREF99",DATUM["D_SWEREF99",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",15.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`
	esriRT = `PROJCS["RT90_25_gon_W",GEOGCS["GCS_RT_1990",DATUM["D_RT_1990",SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",1500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",15.80827777777778],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`
	wkt2   = `PROJCRS["SWEREF99 18 00", BASEGEOGCRS["SWEREF99",DATUM["SWEREF99",ELLIPSOID["GRS 1980",6378137,298.257222101,LENGTHUNIT["metre",1]]]],CONVERSION["Sweden zone",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Latitude of natural origin",0],PARAMETER["Longitude of natural origin",18],PARAMETER["Scale factor at natural origin",1],PARAMETER["False easting",150000],PARAMETER["False northing",0]],CS[Cartesian,2],AXIS["northing",north],AXIS["easting",east],LENGTHUNIT["metre",1]]`
)

func TestParse(t *testing.T) {
	tests := []struct {
		in   string
		want int
	}{
		{"3006", 3006},
		{" EPSG:3006\n", 3006},
		{"epsg:3857", 3857},
		{"\ufeffEPSG:4326", 4326},
		{"+init=epsg:3021", 3021},
		{"urn:ogc:def:crs:EPSG::3006", 3006},
		{"urn:ogc:def:crs:EPSG:9.9:3018", 3018},
		{"http://www.opengis.net/def/crs/EPSG/0/3007", 3007},
		{"http://www.opengis.net/gml/srs/epsg.xml#4326", 4326},
		{"https://epsg.io/3011", 3011},
		{"urn:ogc:def:crs:OGC:1.3:CRS84", 4326},
		{"OGC:CRS84", 4326},
		{"CRS:84", 4326},
		{"http://www.opengis.net/def/crs/OGC/1.3/CRS84", 4326},
		{"SWEREF 99 TM", 3006},
		{"sweref99tm", 3006},
		{"SWEREF99_18_00", 3011},
		{"RT90 2.5 gon V", 3021},
		{"RT90_25_gon_W", 3021},
		{"RT 90 2.5 gon väst", 3021},
		{"WGS84", 4326},
		{"WGS 84 / Pseudo-Mercator", 3857},
		{"4619", 4619},
		{"EPSG:4979", 4326},
		{esriTM, 3006},
		{esriRT, 3021},
		{wkt2, 3011},
		{strings.NewReplacer("[", "(", "]", ")", "SWEREF99_TM", "Egen").Replace(esriTM), 3006},
		{strings.NewReplacer("500000.0", "150000.0", "15.0", "20.25", "0.9996", "1").Replace(esriTM), 3016},
		{`GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]]`, 4326},
		{`GEOGCS["GCS_SWEREF99",DATUM["D_SWEREF99",SPHEROID["GRS_1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]`, 4619},
		{`COMPD_CS["SWEREF99 TM + RH2000",` + esriTM + `,VERT_CS["RH2000",UNIT["metre",1]]]`, 3006},
		{`PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],UNIT["Meter",1.0]]`, 3857},
		{`PROJCS["WGS_1984_UTM_Zone_33N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["Central_Meridian",15.0],PARAMETER["Scale_Factor",0.9996],UNIT["Meter",1.0]]`, 3006},
		{`PROJCS["x",GEOGCS["y"],AUTHORITY["EPSG","3006"]]`, 3006},
	}
	for _, tt := range tests {
		t.Run(shorten(tt.in), func(t *testing.T) {
			c, err := Parse(tt.in)
			if err != nil || c.EPSG() != tt.want {
				t.Errorf("got %v, %v; want EPSG:%d", c, err, tt.want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ name, in, key string }{
		{"nothing", "  ", "crs.empty"},
		{"words", "Gauss", "crs.unknown"},
		{"too long a number", "30063006", "crs.unknown"},
		{"a code we don't know", "EPSG:2400", "crs.unsupported"},
		{"open bracket", `PROJCS["x",GEOGCS[`, "crs.unknown"},
		{"open quote", `PROJCS["x`, "crs.unknown"},
		{"nested without end", strings.Repeat("A[", 10_000), "crs.unknown"},
		{"very long", strings.Repeat("x", maxText+1), "crs.unknown"},
		{"another code inside", strings.Replace(esriTM, `UNIT["Meter",1.0]]`, `UNIT["Meter",1.0],AUTHORITY["EPSG","32632"]]`, 1), "crs.unsupported"},
		{"another meridian", strings.Replace(esriTM, "15.0", "14.9", 1), "crs.unsupported"},
		{"another scale", strings.Replace(esriTM, "0.9996", "1.0", 1), "crs.unsupported"},
		{"another datum", strings.Replace(esriTM, "D_SWEREF99", "D_European_1950", 1), "crs.unsupported"},
		{"feet", strings.Replace(esriTM, `UNIT["Meter",1.0]`, `UNIT["Foot",0.3048]`, 1), "crs.unsupported"},
		{"gon", `GEOGCS["WGS 84",DATUM["WGS_1984"],UNIT["grad",0.01570796326794897]]`, "crs.unsupported"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Parse(tt.in)
			var problem *i18n.Problem
			if !errors.As(err, &problem) || problem.Key != tt.key {
				t.Fatalf("got %v, %v; want %s", c, err, tt.key)
			}
			if s := i18n.For("sv").Error(err); strings.Contains(s, "⟦") || strings.Contains(s, "{") {
				t.Errorf("not a sentence: %s", s)
			}
		})
	}
}

// What the program writes it must understand, with the code and, as a .prj file has it, without.
func TestWKTRoundTrip(t *testing.T) {
	for i := range definitions {
		c := CRS{&definitions[i]}
		t.Run(c.String(), func(t *testing.T) {
			got, err := Parse(c.WKT())
			if err != nil || got != c {
				t.Errorf("with its code it is read as %v, %v", got, err)
			}
			bare := strings.ReplaceAll(c.WKT(), `,AUTHORITY["EPSG","`+strconv.Itoa(c.EPSG())+`"]`, "")
			got, err = Parse(bare)
			if err != nil || got.ToProject(orb.Point{16, 60}) != c.ToProject(orb.Point{16, 60}) {
				t.Errorf("without its code it is read as %v, %v", got, err)
			}
		})
	}
}

// PROJ, where it is installed, must recognise each definition as the system that it is meant to be.
func TestWKTWithPROJ(t *testing.T) {
	tool, err := exec.LookPath("projinfo")
	if err != nil {
		t.Skip("projinfo is not installed")
	}
	for i := range definitions {
		c := CRS{&definitions[i]}
		t.Run(c.String(), func(t *testing.T) {
			bare := strings.TrimSuffix(c.WKT(), `,AUTHORITY["EPSG","`+strconv.Itoa(c.EPSG())+`"]]`) + "]"
			out, err := exec.Command(tool, "-o", "PROJ", "-q", "--identify", bare).CombinedOutput()
			if err != nil || !strings.Contains(string(out), c.String()+":") {
				t.Errorf("projinfo: %v\n%s", err, out)
			}
		})
	}
}

func TestGuess(t *testing.T) {
	gotland := orb.Bound{Min: orb.Point{678335, 6311534}, Max: orb.Point{757255, 6436043}}
	for _, c := range Supported() {
		t.Run(c.String(), func(t *testing.T) {
			b := gotland
			if c.def.falseEasting == 150000 { // a kommun of the zone's own
				mid := c.ToProject(orb.Point{150000, 6_700_000})
				if c.def.meridian < 13 {
					mid = c.ToProject(orb.Point{150000, 6_400_000})
				}
				if c.def.meridian > 20 {
					mid = c.ToProject(orb.Point{150000, 7_450_000})
				}
				b = orb.Bound{Min: mid, Max: mid}.Pad(10_000)
			}
			in := FromProject(b, c).(orb.Bound)
			found := false
			for _, g := range Guess(in) {
				found = found || g == c
			}
			if !found {
				t.Errorf("%v in %v is taken as %v", b, c, Guess(in))
			}
			swapped := orb.Bound{Min: orb.Point{in.Min[1], in.Min[0]}, Max: orb.Point{in.Max[1], in.Max[0]}}
			if len(GuessSwapped(swapped)) != len(Guess(in)) {
				t.Errorf("swapped: %v", GuessSwapped(swapped))
			}
			if g := Guess(swapped); len(g) != 0 {
				t.Errorf("northing first is taken as %v", g)
			}
		})
	}
}

func TestGuessNothing(t *testing.T) {
	tests := map[string]orb.Bound{
		"zero":       {},
		"empty":      {Min: orb.Point{1, 1}, Max: orb.Point{0, 0}},
		"Oslo":       {Min: orb.Point{10.7, 59.9}, Max: orb.Point{10.8, 60}},
		"Washington": {Min: orb.Point{-123, 48}, Max: orb.Point{-95, 49}},
		"pixels":     {Max: orb.Point{1000, 1000}},
	}
	for name, b := range tests {
		if g := Guess(b); len(g) != 0 {
			t.Errorf("%s: %v", name, g)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"EPSG:3006", "urn:ogc:def:crs:OGC:1.3:CRS84", esriTM, esriRT, wkt2, `A["b""c",1e9,-,D[]]`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := Parse(s)
		if (err == nil) == c.IsZero() {
			t.Fatalf("%q gave %v and %v", s, c, err)
		}
		if err != nil {
			var problem *i18n.Problem
			if !errors.As(err, &problem) {
				t.Fatalf("%q: %v is no problem that a user can read", s, err)
			}
		}
	})
}
