package xlsx

import (
	"github.com/xuri/excelize/v2"
)

// The bounds of a sheet and of a cell, in UTF-16 units.
const (
	MaxRows    = excelize.TotalRows
	MaxColumns = excelize.MaxColumns
	MaxText    = excelize.TotalCellChars
)

// Properties tell what a workbook is.
type Properties struct {
	Title, Subject, Author string
	Program                string // what wrote it
	Date                   string // ISO date, "" for none
	Language               string // tag, "" for none
}

// emptyProperties takes the place of the library's own, which hold a name and a date that say nothing of the file.
const emptyProperties = `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"></cp:coreProperties>`

// New gives a workbook with one empty sheet of the given name.
func New(sheet string, p Properties) (*excelize.File, error) {
	f := excelize.NewFile()
	f.Pkg.Store("docProps/core.xml", []byte(emptyProperties))
	core := &excelize.DocProperties{Title: p.Title, Subject: p.Subject, Creator: p.Author, Language: p.Language}
	if p.Date != "" {
		core.Created = p.Date + "T00:00:00Z"
	}
	if err := f.SetDocProps(core); err != nil {
		return nil, err
	}
	if err := f.SetAppProps(&excelize.AppProperties{Application: p.Program}); err != nil {
		return nil, err
	}
	return f, f.SetSheetName(f.GetSheetName(0), sheet)
}

// Frozen keeps the first row in sight.
func Frozen() *excelize.Panes {
	return &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
}

// Head is the look of a row with the names of columns.
func Head(f *excelize.File) (int, error) {
	return f.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EDF3F4"}},
		Border:    []excelize.Border{{Type: "bottom", Style: 1, Color: "0B4F5C"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "bottom"},
	})
}
