package docx

import (
	_ "embed"
	"strings"

	"nabar/reports"
)

// fontName is the house's typeface.
const fontName = "Source Sans 3"

// styleSheet is the part styles with words in braces for what depends on the document and the house.
//
//go:embed styles.xml
var styleSheet string

// ownStyles are the ids of the styles that Word does not know; their names come from the catalogue.
var ownStyles = []string{
	"Lead", "Note", "Fine", "Source", "KeyFigure", "KeyValue", "Picture", "Kommun", "Notice", "Period", "Fact", "TableText", "TableHead", "TableName", "PlanTable",
}

// styles fills the style sheet.
func styles(d *reports.Document) []byte {
	words := []string{
		"{font}", fontName, "{lang}", language(d),
		"{petrol}", hex(reports.Petrol), "{teal}", hex(reports.Teal), "{accent}", hex(reports.Accent), "{ink}", hex(reports.Ink),
		"{quiet}", hex(reports.Quiet), "{rule}", hex(reports.Rule), "{tint}", hex(reports.Tint), "{white}", hex(reports.White),
		"{right}", twips(standard.text()),
	}
	for _, id := range ownStyles {
		words = append(words, "{"+id+"}", esc(d.Printer.T("export.style."+strings.ToLower(id))))
	}
	return []byte(strings.NewReplacer(words...).Replace(styleSheet))
}
