package pdf

import (
	"strings"
	"time"

	"nabar/internal/i18n"
	"nabar/reports"
)

// producer names what wrote the file.
const producer = "Nåbar"

// language is the document's language tag.
func language(d *reports.Document) string {
	if d.Printer.Lang() == i18n.English {
		return "en-GB"
	}
	return "sv-SE"
}

// isoDay gives the date back if it is one, else "".
func isoDay(date string) string {
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return ""
	}
	return date
}

// xmp writes the metadata packet: title and dates, and that the file keeps PDF/A-3a, which asks for the same as 2a
// and lets files travel inside, and PDF/UA-1. The description of
// pdfuaid's only property is there because PDF/A asks for it.
func xmp(d *reports.Document) []byte {
	date := ""
	if day := isoDay(d.Date); day != "" {
		stamp := day + "T00:00:00Z"
		date = "<xmp:CreateDate>" + stamp + "</xmp:CreateDate><xmp:ModifyDate>" + stamp + "</xmp:ModifyDate>\n"
	}
	creator, subject := "", ""
	if d.Author != "" {
		creator = "<dc:creator><rdf:Seq><rdf:li>" + escape(d.Author) + "</rdf:li></rdf:Seq></dc:creator>\n"
	}
	if d.Subject != "" {
		subject = "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">" + escape(d.Subject) + "</rdf:li></rdf:Alt></dc:description>\n"
	}
	var b strings.Builder
	b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + escape(d.Title) + `</rdf:li></rdf:Alt></dc:title>
` + creator + subject + `<dc:language><rdf:Bag><rdf:li>` + language(d) + `</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>` + escape(d.Creator) + `</xmp:CreatorTool>
` + date + `<pdf:Producer>` + escape(producer) + `</pdf:Producer>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
` + uaSchema + `</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`)
	return []byte(b.String())
}

const uaSchema = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of the standard</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
`

// escape writes text for XML elements; control characters, which XML cannot hold, are left out.
func escape(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
