package docx

import (
	"strconv"
	"strings"
	"time"

	"nabar/reports"
)

const contentTypes = declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + wordType + `document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="` + wordType + `styles+xml"/>` +
	`<Override PartName="/word/numbering.xml" ContentType="` + wordType + `numbering+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="` + wordType + `settings+xml"/>` +
	`<Override PartName="/word/fontTable.xml" ContentType="` + wordType + `fontTable+xml"/>` +
	`<Override PartName="/word/header1.xml" ContentType="` + wordType + `header+xml"/>` +
	`<Override PartName="/word/footer1.xml" ContentType="` + wordType + `footer+xml"/></Types>`

const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml."

const (
	relationSpace = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	officeType    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

const packageRelations = declaration + relationSpace +
	`<Relationship Id="rId1" Type="` + officeType + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`<Relationship Id="rId3" Type="` + officeType + `extended-properties" Target="docProps/app.xml"/></Relationships>`

// relations tells which parts the text uses.
func (b *body) relations() []byte {
	var x strings.Builder
	x.WriteString(declaration + relationSpace)
	add := func(id, kind, target string) {
		x.WriteString(`<Relationship Id="` + id + `" Type="` + officeType + kind + `" Target="` + target + `"/>`)
	}
	add("rIdStyles", "styles", "styles.xml")
	add("rIdNumbering", "numbering", "numbering.xml")
	add("rIdSettings", "settings", "settings.xml")
	add("rIdFonts", "fontTable", "fontTable.xml")
	add("rIdHeader", "header", "header1.xml")
	add("rIdFooter", "footer", "footer1.xml")
	for i := range b.images {
		add("rIdImage"+strconv.Itoa(i+1), "image", imageName(i))
	}
	x.WriteString("</Relationships>")
	return []byte(x.String())
}

// coreProperties tells what the document is. Its only date is that of the decision.
func coreProperties(d *reports.Document) []byte {
	x := declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"` +
		` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` + esc(d.Title) + "</dc:title><dc:subject>" + esc(d.Subject) +
		"</dc:subject><dc:creator>" + esc(d.Author) + "</dc:creator>"
	if _, err := time.Parse(time.DateOnly, d.Date); err == nil {
		x += `<dcterms:created xsi:type="dcterms:W3CDTF">` + d.Date + `T00:00:00Z</dcterms:created>`
	}
	return []byte(x + "<dc:language>" + language(d) + "</dc:language></cp:coreProperties>")
}

// appProperties names the program.
func appProperties(d *reports.Document) []byte {
	return []byte(declaration + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>` +
		esc(d.Creator) + "</Application></Properties>")
}

// settings asks for Word's present layout.
func settings(d *reports.Document) []byte {
	return []byte(declaration + "<w:settings" + mainSpace + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>` +
		`<w:characterSpacingControl w:val="doNotCompress"/><w:compat>` +
		`<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="` + language(d) + `"/></w:settings>`)
}

// fontTable tells what to use where Source Sans 3 is not installed: another sans serif.
const fontTable = declaration + "<w:fonts" + mainSpace + `><w:font w:name="` + fontName + `"><w:altName w:val="Calibri"/>` +
	`<w:panose1 w:val="020B0503030403020204"/><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>` +
	`<w:font w:name="Symbol"><w:charset w:val="02"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`

// header writes the running header.
func header(d *reports.Document) []byte {
	return []byte(declaration + "<w:hdr" + mainSpace + `><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>` +
		run(d.Header[0], look{}) + "<w:r><w:tab/></w:r>" + run(d.Header[1], look{}) + "</w:p></w:hdr>")
}

// footer writes the running footer with the page's number and their count.
func footer(d *reports.Document) []byte {
	x := declaration + "<w:ftr" + mainSpace + `><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>` + run(d.Footer, look{}) + "<w:r><w:tab/></w:r>"
	// The sentence is asked for with two marks that no language writes, which the fields then take the place of.
	const page, pages = "\ue000", "\ue001"
	text := d.Printer.T("report.page", page, pages)
	for text != "" {
		i := strings.IndexAny(text, page+pages)
		if i < 0 {
			x += run(text, look{})
			break
		}
		name := "PAGE"
		if strings.HasPrefix(text[i:], pages) {
			name = "NUMPAGES"
		}
		x += run(text[:i], look{}) + field(name, "1", look{})
		text = text[i+len(page):]
	}
	return []byte(x + "</w:p></w:ftr>")
}

// numbering defines the numbers of headings, the bullets, and one list for each numbered one, so that each starts at 1.
func numbering(ordered int) []byte {
	var x strings.Builder
	x.WriteString(declaration + "<w:numbering" + mainSpace + ">")
	x.WriteString(`<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>` +
		level(0, "decimal", "%1", "Heading1", 28) + level(1, "decimal", "%1.%2", "Heading2", 28) + `</w:abstractNum>`)
	x.WriteString(`<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>` + level(0, "bullet", "•", "ListBullet", 14) + `</w:abstractNum>`)
	x.WriteString(`<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="hybridMultilevel"/>` + level(0, "decimal", "%1.", "", 18) + `</w:abstractNum>`)
	num := func(id, abstract int, more string) {
		x.WriteString(`<w:num w:numId="` + strconv.Itoa(id) + `"><w:abstractNumId w:val="` + strconv.Itoa(abstract) + `"/>` + more + "</w:num>")
	}
	num(headingList, 0, "")
	num(bulletList, 1, "")
	for i := range ordered {
		num(bulletList+1+i, 2, `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`)
	}
	x.WriteString("</w:numbering>")
	return []byte(x.String())
}

// level defines one level of a list, hanging by an indent in points.
func level(n int, format, text, style string, indent float64) string {
	linked := ""
	if style != "" {
		linked = `<w:pStyle w:val="` + style + `"/>`
	}
	return `<w:lvl w:ilvl="` + strconv.Itoa(n) + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/>` + linked +
		`<w:lvlText w:val="` + text + `"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="` + twips(indent) + `" w:hanging="` + twips(indent) + `"/></w:pPr></w:lvl>`
}
