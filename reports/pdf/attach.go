package pdf

import (
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"nabar/reports"
)

// writeAttachments writes the document's attachments and gives their part of the catalogue: the list of associated files,
// and their names in byte order. Without attachments it is empty.
func (f *finisher) writeAttachments() string {
	list := slices.Clone(f.layout.doc.Attachments)
	if len(list) == 0 {
		return ""
	}
	slices.SortStableFunc(list, func(a, b reports.Attachment) int { return strings.Compare(textString(a.Name), textString(b.Name)) })
	var numbers []int
	var names strings.Builder
	for _, a := range list {
		n := f.writeAttachment(a)
		numbers = append(numbers, n)
		fmt.Fprintf(&names, "%s%d 0 R ", textString(a.Name), n)
	}
	return fmt.Sprintf("/AF[%s]/Names<</EmbeddedFiles<</Names[%s]>>>>", refs(numbers), names.String())
}

// writeAttachment writes one file with what it is to the document. The checksum is the one that the format asks for.
func (f *finisher) writeAttachment(a reports.Attachment) int {
	sum := md5.Sum(a.Data)
	date := ""
	if day := isoDay(f.layout.doc.Date); day != "" {
		date = "/ModDate" + pdfDate(day)
	}
	file := f.packedStream(fmt.Sprintf("/Type/EmbeddedFile/Subtype/%s/Params<</Size %d/CheckSum<%s>%s>>",
		strings.ReplaceAll(a.Type, "/", "#2F"), len(a.Data), hex.EncodeToString(sum[:]), date), a.Data)
	relation := "Data"
	if a.Source {
		relation = "Source"
	}
	return f.add("<</Type/Filespec/F%s/UF%s/Desc%s/AFRelationship/%s/EF<</F %d 0 R/UF %d 0 R>>>>",
		literal(a.Name), textString(a.Name), textString(a.Description), relation, file, file)
}
