package session

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/crs"
	"nabar/model/project"
)

// Comment is what somebody says of a place on the map.
type Comment struct {
	Number    int       // from 1, as the map's pin has it
	At        orb.Point // SWEREF 99 TM
	Text      string
	Author    string // "" for nobody in particular
	Date      string // ISO date
	Theme     string // in the user's words, "" for none
	Status    CommentStatus
	Reply     string
	ReplyBy   string
	ReplyDate string // ISO date
	Facility  string // id of the service place that it is about, "" for none

	fid int64
}

// Row is the id of the comment's row in its layer.
func (c *Comment) Row() int64 { return c.fid }

// CommentStatus is how far a comment has come.
type CommentStatus string

// The statuses, as the layer of comments writes them.
const (
	CommentNew     CommentStatus = "ny"
	CommentHandled CommentStatus = "behandlad"
)

// Label is what a status is called.
func (s CommentStatus) Label() i18n.Message { return i18n.M("spot.status." + string(s)) }

// ParseCommentStatus reads a status in either language.
func ParseCommentStatus(text string) (CommentStatus, error) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "ny", "new", "":
		return CommentNew, nil
	case "behandlad", "handled":
		return CommentHandled, nil
	}
	return "", i18n.Errorf("spot.bad_status", text)
}

// CommentFilter chooses among comments; what is empty chooses all.
type CommentFilter struct {
	Status   CommentStatus
	Theme    string
	Search   string // words that must all stand in text, author, theme or reply
	Facility string
}

// Takes tells whether a comment is among those that are chosen.
func (f *CommentFilter) Takes(c *Comment) bool {
	if f.Status != "" && c.Status != f.Status || f.Theme != "" && !strings.EqualFold(c.Theme, f.Theme) || f.Facility != "" && c.Facility != f.Facility {
		return false
	}
	text := strings.ToLower(strings.Join([]string{c.Text, c.Author, c.Theme, c.Reply}, " "))
	for _, word := range strings.Fields(strings.ToLower(f.Search)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// longestComment is how many letters a comment or a reply has at most.
const longestComment = 5000

// sound cleans a comment, and refuses what can't be one.
func (c *Comment) sound() error {
	for _, s := range []*string{&c.Text, &c.Author, &c.Theme, &c.Reply, &c.ReplyBy} {
		*s = strings.TrimSpace(*s)
		if utf8.RuneCountInString(*s) > longestComment {
			return i18n.Errorf("spot.comment_long", longestComment)
		}
	}
	for _, date := range []string{c.Date, c.ReplyDate} {
		if date != "" && !model.IsDate(date) {
			return i18n.Errorf("spot.comment_date", date)
		}
	}
	switch {
	case c.Text == "":
		return i18n.Errorf("spot.comment_empty")
	case !crs.Extent().Contains(c.At):
		return i18n.Errorf("spot.outside")
	}
	if c.Status == "" {
		c.Status = CommentNew
	}
	return nil
}

// commentColumn is a column of the layer of comments, by the comment's own member.
type commentColumn struct {
	field model.Field
	get   func(*Comment) any
	set   func(*Comment, string)
}

// commentColumns are the columns that the layer of comments is made with.
func commentColumns() []commentColumn {
	text := func(name string, of func(*Comment) *string) commentColumn {
		return commentColumn{
			model.Field{Name: name, Type: model.Text},
			func(c *Comment) any { return orNil(*of(c)) },
			func(c *Comment, s string) { *of(c) = s },
		}
	}
	date := func(name string, of func(*Comment) *string) commentColumn {
		column := text(name, of)
		column.field.Type = model.DateType
		return column
	}
	return []commentColumn{
		{model.Field{Name: "nummer", Type: model.Integer}, func(c *Comment) any { return int64(c.Number) }, nil},
		text("kommentar", func(c *Comment) *string { return &c.Text }),
		text("av", func(c *Comment) *string { return &c.Author }),
		date("datum", func(c *Comment) *string { return &c.Date }),
		text("tema", func(c *Comment) *string { return &c.Theme }),
		text("status", func(c *Comment) *string { return (*string)(&c.Status) }),
		text("svar", func(c *Comment) *string { return &c.Reply }),
		text("svar_av", func(c *Comment) *string { return &c.ReplyBy }),
		date("svarsdatum", func(c *Comment) *string { return &c.ReplyDate }),
		text("serviceplatsid", func(c *Comment) *string { return &c.Facility }),
	}
}

// orNil is a text as a value of a row, nothing for none.
func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// fill writes a comment into the values of a row; columns that others have added stay.
func (c *Comment) fill(l *model.Layer, values []any) {
	for _, column := range commentColumns() {
		if i := columnNamed(*l, column.field.Name); i >= 0 {
			values[i] = column.get(c)
		}
	}
}

// readComment reads a row.
func readComment(l *model.Layer, f *model.Feature) (Comment, bool) {
	c := Comment{fid: f.ID}
	at, ok := f.Geometry.(orb.Point)
	for _, column := range commentColumns() {
		i := columnNamed(*l, column.field.Name)
		switch {
		case i < 0 || f.Values[i] == nil:
		case column.set == nil:
			c.Number = int(asNumber(f.Values[i]))
		default:
			column.set(&c, WriteValue(f.Values[i]))
		}
	}
	c.At, c.Status = at, status(c.Status)
	if c.Number == 0 {
		c.Number = int(f.ID) // drawn in another program
	}
	return c, ok
}

// status is a status that the program knows.
func status(s CommentStatus) CommentStatus {
	if known, err := ParseCommentStatus(string(s)); err == nil {
		return known
	}
	return CommentNew
}

// CommentLayer is the layer of comments; ok is false where there is none.
func (s *Session) CommentLayer(ctx context.Context) (l model.Layer, ok bool, err error) {
	layers, err := s.Layers(ctx)
	i := slices.IndexFunc(layers, func(l model.Layer) bool { return l.Role == model.RoleComments })
	if err != nil || i < 0 {
		return l, false, err
	}
	return layers[i], true, nil
}

// Comments are the comments of the project by number. The plan's chapters and appendices take them from here.
func (s *Session) Comments(ctx context.Context) ([]Comment, error) {
	l, ok, err := s.CommentLayer(ctx)
	if err != nil || !ok {
		return nil, err
	}
	p, err := s.current()
	if err != nil {
		return nil, err
	}
	var out []Comment
	err = p.Features(ctx, l, func(f model.Feature) error {
		if c, ok := readComment(&l, &f); ok {
			out = append(out, c)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b Comment) int { return a.Number - b.Number })
	return out, err
}

// Comment is the comment of a number.
func (s *Session) Comment(ctx context.Context, number int) (Comment, error) {
	all, err := s.Comments(ctx)
	if err != nil {
		return Comment{}, err
	}
	if i := slices.IndexFunc(all, func(c Comment) bool { return c.Number == number }); i >= 0 {
		return all[i], nil
	}
	return Comment{}, i18n.Errorf("spot.no_comment", number)
}

// AddComment keeps a new comment and gives it its number, as one undoable step. It is of today where it has no date. The first one
// makes the layer of comments.
func (s *Session) AddComment(ctx context.Context, c Comment) (Comment, error) {
	added, err := s.addComments(ctx, i18n.Message{}, c)
	if err != nil {
		return c, err
	}
	return added[0], nil
}

// addComments keeps new comments as one step; the step is named by the number of the only one where no name is given.
func (s *Session) addComments(ctx context.Context, step i18n.Message, comments ...Comment) ([]Comment, error) {
	all, err := s.Comments(ctx)
	if err != nil {
		return nil, err
	}
	out, err := numbered(comments, all)
	if err != nil {
		return nil, err
	}
	if step.IsZero() {
		step = i18n.M("spot.step_comment", out[0].Number)
	}
	l, there, err := s.CommentLayer(ctx)
	if err != nil {
		return nil, err
	}
	return out, s.edit(ctx, step, func(tx *project.Tx) error {
		if !there {
			if l, err = tx.AddLayer(s.newCommentLayer(), func(func(model.Feature) error) error { return nil }); err != nil {
				return err
			}
		}
		for i := range out {
			f := model.Feature{Geometry: out[i].At, Values: make([]any, len(l.Fields))}
			out[i].fill(&l, f.Values)
			if err := tx.InsertFeature(l, &f); err != nil {
				return err
			}
			out[i].fid = f.ID
		}
		return nil
	})
}

// numbered are new comments cleaned, dated and numbered on from those that there are.
func numbered(comments, all []Comment) ([]Comment, error) {
	next := 1
	if len(all) > 0 {
		next = all[len(all)-1].Number + 1
	}
	out := slices.Clone(comments)
	for i := range out {
		c := &out[i]
		if c.Date == "" {
			c.Date = time.Now().Format(time.DateOnly)
		}
		c.Number = next + i
		if err := c.sound(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// newCommentLayer describes the layer of comments before it is made.
func (s *Session) newCommentLayer() model.Layer {
	l := model.Layer{
		Name: s.Printer().T("spot.comments"), Role: model.RoleComments, Geometry: model.PointType, Visible: true, Opacity: 1,
		Mapping: model.Mapping{model.PartName: "nummer"},
	}
	for _, c := range commentColumns() {
		l.Fields = append(l.Fields, c.field)
	}
	return l
}

// ChangeComment changes the comment of a number as one undoable step; its number stays.
func (s *Session) ChangeComment(ctx context.Context, number int, change func(*Comment)) (Comment, error) {
	return s.changeComment(ctx, "spot.step_comment_edit", number, change)
}

// AnswerComment replies to a comment, which then counts as handled. An empty reply takes the reply away and makes it new again. It is
// of today where no date is given.
func (s *Session) AnswerComment(ctx context.Context, number int, reply, by, date string) (Comment, error) {
	return s.changeComment(ctx, "spot.step_comment_answer", number, func(c *Comment) {
		if strings.TrimSpace(reply) == "" {
			c.Reply, c.ReplyBy, c.ReplyDate, c.Status = "", "", "", CommentNew
			return
		}
		if date == "" {
			date = time.Now().Format(time.DateOnly)
		}
		c.Reply, c.ReplyBy, c.ReplyDate, c.Status = reply, by, date, CommentHandled
	})
}

// changeComment changes a comment as a step.
func (s *Session) changeComment(ctx context.Context, step string, number int, change func(*Comment)) (Comment, error) {
	c, err := s.Comment(ctx, number)
	if err != nil {
		return c, err
	}
	was := c
	change(&c)
	c.Number, c.fid = was.Number, was.fid
	if err := c.sound(); err != nil {
		return was, err
	}
	l, _, err := s.CommentLayer(ctx)
	if err != nil {
		return was, err
	}
	p, err := s.current()
	if err != nil {
		return was, err
	}
	f, err := p.Feature(ctx, l, c.fid)
	if err != nil {
		return was, err
	}
	f.Geometry = c.At
	c.fill(&l, f.Values)
	return c, s.edit(ctx, i18n.M(step, number), func(tx *project.Tx) error { return tx.UpdateFeature(l, &f) })
}

// RemoveComment takes the comment of a number out of the project as one undoable step.
func (s *Session) RemoveComment(ctx context.Context, number int) error {
	c, err := s.Comment(ctx, number)
	if err != nil {
		return err
	}
	l, _, err := s.CommentLayer(ctx)
	if err != nil {
		return err
	}
	return s.edit(ctx, i18n.M("spot.step_comment_remove", number), func(tx *project.Tx) error { return tx.DeleteFeature(l, c.fid) })
}
