package docx

import (
	"strconv"
	"strings"
	"time"

	"nabar/reports"
)

// contentTypes tells what each part is.
func (b *body) contentTypes() []byte {
	x := declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>`
	add := func(name, kind string) {
		x += `<Override PartName="/word/` + name + `.xml" ContentType="` + wordType + kind + `+xml"/>`
	}
	add("document", "document.main")
	for _, name := range []string{"styles", "numbering", "settings", "fontTable", "footnotes"} {
		add(name, name)
	}
	add("headerFirst", "header")
	for i := range b.widths {
		n := strconv.Itoa(i + 1)
		add("header"+n, "header")
		add("footer"+n, "footer")
	}
	return []byte(x + "</Types>")
}

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
	add("rIdFootnotes", "footnotes", "footnotes.xml")
	add("rIdHeaderFirst", "header", "headerFirst.xml")
	for i := range b.widths {
		n := strconv.Itoa(i + 1)
		add("rIdHeader"+n, "header", "header"+n+".xml")
		add("rIdFooter"+n, "footer", "footer"+n+".xml")
	}
	for i := range b.images {
		add("rIdImage"+strconv.Itoa(i+1), "image", imageName(i))
	}
	x.WriteString(b.links.xml() + "</Relationships>")
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
		`<w:characterSpacingControl w:val="doNotCompress"/><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat>` +
		`<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="` + language(d) + `"/></w:settings>`)
}

// fontTable tells what to use where Source Sans 3 is not installed: another sans serif.
const fontTable = declaration + "<w:fonts" + mainSpace + `><w:font w:name="` + fontName + `"><w:altName w:val="Calibri"/>` +
	`<w:panose1 w:val="020B0503030403020204"/><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>` +
	`<w:font w:name="Symbol"><w:charset w:val="02"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`

// footer writes the running footer with the page's number and their count at its right end.
func footer(d *reports.Document, width float64) []byte {
	x := declaration + "<w:ftr" + mainSpace + `><w:p><w:pPr><w:pStyle w:val="Footer"/>` + rightEnd(width) + `</w:pPr>` + run(d.Footer, look{}) + "<w:r><w:tab/></w:r>"
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
		level(0, "decimal", "%1", "Heading1", 28, 28) + level(1, "decimal", "%1.%2", "Heading2", 28, 28) +
		level(2, "decimal", "%1.%2.%3", "Heading3", 36, 36) + `</w:abstractNum>`)
	bullets, numbers := level(0, "bullet", "•", "ListBullet", 14, 14), level(0, "decimal", "%1.", "", 18, 18)
	for n := 1; n <= maxListLevel; n++ {
		bullets += level(n, "bullet", "–", "", 14*float64(n+1), 14)
		numbers += level(n, "decimal", "%"+strconv.Itoa(n+1)+".", "", 14*float64(n)+18, 18)
	}
	x.WriteString(`<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>` + bullets + `</w:abstractNum>`)
	x.WriteString(`<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="hybridMultilevel"/>` + numbers + `</w:abstractNum>`)
	num := func(id, abstract int, more string) {
		x.WriteString(`<w:num w:numId="` + strconv.Itoa(id) + `"><w:abstractNumId w:val="` + strconv.Itoa(abstract) + `"/>` + more + "</w:num>")
	}
	num(headingList, 0, "")
	num(bulletList, 1, "")
	for i := range ordered {
		restart := ""
		for n := 0; n <= maxListLevel; n++ {
			restart += `<w:lvlOverride w:ilvl="` + strconv.Itoa(n) + `"><w:startOverride w:val="1"/></w:lvlOverride>`
		}
		num(bulletList+1+i, 2, restart)
	}
	x.WriteString("</w:numbering>")
	return []byte(x.String())
}

// level defines one level of a list, its text indented and its mark hanging by so many points.
func level(n int, format, text, style string, indent, hanging float64) string {
	linked := ""
	if style != "" {
		linked = `<w:pStyle w:val="` + style + `"/>`
	}
	return `<w:lvl w:ilvl="` + strconv.Itoa(n) + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/>` + linked +
		`<w:lvlText w:val="` + text + `"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="` + twips(indent) + `" w:hanging="` + twips(hanging) + `"/></w:pPr></w:lvl>`
}
