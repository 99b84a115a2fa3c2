package symbology

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// QGISStyle gives the style of a result layer of squares in QGIS's own form (QML), so that QGIS shows the program's
// colours: a rule for each class of breaks on the numeric column field, and one for the squares without a value.
// labels are those of BandLabels.
func QGISStyle(field string, breaks []float64, labels []string) string {
	ramp := Ramp(len(breaks)+1, Light)
	quoted := `"` + strings.ReplaceAll(field, `"`, `""`) + `"`
	var rules, symbols strings.Builder
	add := func(filter string, fill Colour, hatch bool) {
		i := strings.Count(rules.String(), "<rule ")
		label := ""
		if i < len(labels) {
			label = labels[i]
		}
		fmt.Fprintf(&rules, "      <rule key=\"nabar-%d\" symbol=\"%d\" filter=\"%s\" label=\"%s\"/>\n",
			i, i, escape(filter), escape(label))
		symbols.WriteString(qgisSymbol(i, fill, hatch))
	}
	for i, c := range ramp {
		add(bandFilter(quoted, breaks, i), c, false)
	}
	add(quoted+" IS NULL", UnreachableFill(Light), true)
	return `<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
  <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">
    <rules key="nabar">
` + rules.String() + `    </rules>
    <symbols>
` + symbols.String() + `    </symbols>
  </renderer-v2>
  <layerGeometryType>2</layerGeometryType>
</qgis>
`
}

// bandFilter is the QGIS expression of class i.
func bandFilter(quoted string, breaks []float64, i int) string {
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	var parts []string
	if i > 0 {
		parts = append(parts, quoted+" > "+number(breaks[i-1]))
	}
	if i < len(breaks) {
		parts = append(parts, quoted+" <= "+number(breaks[i]))
	}
	if len(parts) == 0 {
		return quoted + " IS NOT NULL"
	}
	return strings.Join(parts, " AND ")
}

// qgisSymbol writes one fill symbol without an outline.
func qgisSymbol(i int, fill Colour, hatch bool) string {
	style := "solid"
	if hatch {
		style, fill = "f_diagonal", UnreachableHatch(Light)
	}
	return qgisSymbolOf(i, "fill", "SimpleFill", [][2]string{
		{"color", fmt.Sprintf("%d,%d,%d,%d", fill.R, fill.G, fill.B, fill.A)},
		{"outline_style", "no"},
		{"style", style},
	})
}

// qgisSymbolOf writes one symbol of a single layer. Options are read by QGIS 3.18 and later, props by older ones.
func qgisSymbolOf(i int, kind, layer string, settings [][2]string) string {
	var options, props strings.Builder
	for _, s := range settings {
		fmt.Fprintf(&options, "            <Option name=\"%s\" type=\"QString\" value=\"%s\"/>\n", s[0], s[1])
		fmt.Fprintf(&props, "          <prop k=\"%s\" v=\"%s\"/>\n", s[0], s[1])
	}
	return fmt.Sprintf(`      <symbol name="%d" type="%s" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="%s" enabled="1" locked="0" pass="0">
          <Option type="Map">
%s          </Option>
%s        </layer>
      </symbol>
`, i, kind, layer, options.String(), props.String())
}

// escape writes text for an XML attribute.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
	return b.String()
}
