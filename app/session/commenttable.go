package session

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
	"nabar/model/role"
)

// CommentTable is comments with their answers as a table, in the user's words.
func (s *Session) CommentTable(comments []Comment) model.Table {
	p := s.Printer()
	t := model.Table{Name: p.T("spot.comments"), Columns: []model.TableColumn{{Head: p.T("spot.column.number"), Number: true}}}
	for _, key := range []string{"text", "author", "date", "theme", "status", "reply", "reply_by", "reply_date", "place"} {
		t.Columns = append(t.Columns, model.TableColumn{Head: p.T("spot.column." + key)})
	}
	for _, axis := range []string{"E", "N"} {
		t.Columns = append(t.Columns, model.TableColumn{Head: axis, Unit: "m", Number: true})
	}
	for i := range comments {
		c := &comments[i]
		row := model.TableRow{ID: p.Bare(float64(c.Number), 0), Cells: []model.TableCell{model.Amount(float64(c.Number))}}
		for _, text := range []string{c.Text, c.Author, c.Date, c.Theme, p.Text(c.Status.Label()), c.Reply, c.ReplyBy, c.ReplyDate, c.Facility} {
			row.Cells = append(row.Cells, model.Words(text))
		}
		t.Rows = append(t.Rows, model.TableRow{ID: row.ID, Cells: append(row.Cells, model.Amount(c.At[0]), model.Amount(c.At[1]))})
	}
	return t
}

// pins are the comments as the map shows them; they are hidden where their layer is.
func (s *Session) pins(ctx context.Context, layers []model.Layer) (pins []render.Pin, hidden bool, err error) {
	i := slices.IndexFunc(layers, func(l model.Layer) bool { return l.Role == model.RoleComments })
	if i < 0 {
		return nil, false, nil
	}
	comments, err := s.Comments(ctx)
	for i := range comments {
		pins = append(pins, render.Pin{At: comments[i].At, Number: comments[i].Number, Done: comments[i].Status == CommentHandled})
	}
	return pins, !layers[i].Visible, err
}

// notes are the comments within a part of the world as the list under a map.
func (s *Session) notes(ctx context.Context, within orb.Bound) (out []render.Note, err error) {
	comments, err := s.Comments(ctx)
	for i := range comments {
		if within.Contains(comments[i].At) {
			out = append(out, render.Note{Number: comments[i].Number, Text: s.CommentLine(&comments[i])})
		}
	}
	return out, err
}

// CommentLine writes a comment with its answer in a line, as the list under a map has it.
func (s *Session) CommentLine(c *Comment) string {
	p := s.Printer()
	said := c.Text
	if by := strings.Join(strings.Fields(c.Author), " "); by != "" {
		said = p.T("spot.said_by", said, by)
	}
	if c.Reply != "" {
		said = p.T("spot.said_reply", said, c.Reply)
	}
	return strings.Join(strings.Fields(said), " ")
}

// commentWords are what columns with a comment's parts are called in files, in lower case.
var commentWords = []struct {
	names []string
	set   func(*Comment, string)
}{
	{[]string{"kommentar", "synpunkt", "text", "comment", "beskrivning", "description"}, func(c *Comment, s string) { c.Text = s }},
	{[]string{"av", "författare", "namn", "author", "name", "vem"}, func(c *Comment, s string) { c.Author = s }},
	{[]string{"datum", "date"}, func(c *Comment, s string) { c.Date = s }},
	{[]string{"tema", "kategori", "ämne", "theme", "category"}, func(c *Comment, s string) { c.Theme = s }},
	{[]string{"status"}, func(c *Comment, s string) { c.Status = status(CommentStatus(s)) }},
	{[]string{"svar", "reply", "answer"}, func(c *Comment, s string) { c.Reply = s }},
	{[]string{"svar_av", "svar av", "answered by"}, func(c *Comment, s string) { c.ReplyBy = s }},
	{[]string{"svarsdatum", "answered"}, func(c *Comment, s string) { c.ReplyDate = s }},
	{[]string{"serviceplatsid"}, func(c *Comment, s string) { c.Facility = s }},
}

// ImportComments reads comments from a file of points, or of rows with coordinates: a column kommentar, synpunkt, text or comment,
// and, where there are such, author, date, theme, status and reply. It is one undoable step. Rows without a position or a text are
// left out and listed.
func (s *Session) ImportComments(ctx context.Context, path string, opt ImportOptions) ([]Comment, []model.Skipped, error) {
	p, err := s.current()
	if err != nil {
		return nil, nil, err
	}
	opt.Role = model.RoleLayer
	run := &importRun{s: s, project: p, path: path, opt: opt, progress: orSilent(nil)}
	source, err := s.formats.Open(ctx, path, opt.readOptions())
	if err != nil {
		return nil, nil, err
	}
	defer source.Close()
	if run.types, err = s.ServiceTypes(ctx); err != nil {
		return nil, nil, err
	}
	previews, err := run.previews(ctx, source)
	if err != nil {
		return nil, nil, err
	}
	intakes, err := run.read(ctx, source, previews)
	if err != nil {
		return nil, nil, err
	}
	var read []Comment
	var skipped []model.Skipped
	for _, in := range intakes {
		l := model.Layer{Name: in.name, Fields: in.preview.Info.Fields}
		if columnNamed(l, commentWords[0].names...) < 0 {
			return nil, nil, i18n.Errorf("spot.import_no_text", filepath.Base(path), strings.Join(columnNames(l), ", "))
		}
		good, bad := s.commentsOf(&l, in)
		read, skipped = append(read, good...), append(skipped, bad...)
	}
	if len(read) == 0 {
		return nil, skipped, i18n.Errorf("spot.import_none", filepath.Base(path))
	}
	added, err := s.addComments(ctx, i18n.M("spot.step_comment_import", filepath.Base(path)), read...)
	return added, skipped, err
}

// commentsOf makes comments of the rows of a file's layer, and lists those that are none.
func (s *Session) commentsOf(l *model.Layer, in *intake) (read []Comment, skipped []model.Skipped) {
	skipped = in.report().Skipped
	for i := range in.rows {
		c, why := commentOf(l, &in.rows[i])
		if why != nil {
			skipped = append(skipped, model.Skipped{Row: in.rows[i].ID, Reason: s.Printer().Error(why)})
			continue
		}
		read = append(read, c)
	}
	return read, skipped
}

// commentOf makes a comment of a row of any file.
func commentOf(l *model.Layer, f *model.Feature) (Comment, error) {
	var c Comment
	for _, w := range commentWords {
		if i := columnNamed(*l, w.names...); i >= 0 && f.Values[i] != nil {
			w.set(&c, WriteValue(f.Values[i]))
		}
	}
	at, ok := f.Geometry.(orb.Point)
	if !ok {
		return c, i18n.Errorf("spot.import_no_position")
	}
	c.At = at
	for _, date := range []*string{&c.Date, &c.ReplyDate} {
		if iso, ok := role.ISODate(*date); ok {
			*date = iso
		}
	}
	return c, c.sound()
}
