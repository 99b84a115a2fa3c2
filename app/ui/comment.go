package ui

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/app/ui/ask"
	"nabar/app/ui/comments"
	"nabar/app/ui/detail"
	"nabar/app/ui/files"
	"nabar/internal/i18n"
	"nabar/mapview"
	"nabar/model"
)

// longCard is how many letters of a comment the card shows.
const longCard = 400

// commentActions are what the panel of comments asks for.
func (w *Window) commentActions() comments.Actions {
	return comments.Actions{
		Select: func(number int) { w.selectComment(number, true) },
		Add:    w.askComment,
		Import: w.askImportComments,
		Export: func(list []session.Comment) { w.exportTable(w.session.CommentTable(list)) },
		Show: func(on bool) {
			w.edit(func(ctx context.Context) error {
				l, there, err := w.session.CommentLayer(ctx)
				if err != nil || !there {
					return err
				}
				return w.session.ShowLayer(ctx, l, on)
			})
		},
	}
}

// setComments shows the comments of the state.
func (w *Window) setComments() {
	v := comments.View{Comments: w.state.comments, Open: w.state.open, Writable: !w.state.readOnly}
	for _, l := range w.state.layers {
		if l.Role == model.RoleComments {
			v.Shown = l.Visible
		}
	}
	w.comments.Set(v)
}

// comment is the comment of a number, nil where there is none.
func (w *Window) comment(number int) *session.Comment {
	for i := range w.state.comments {
		if w.state.comments[i].Number == number {
			return &w.state.comments[i]
		}
	}
	return nil
}

// selectComment chooses a comment; where move is set the map goes there if it lies outside.
func (w *Window) selectComment(number int, move bool) {
	w.selected = selection{comment: number}
	if c := w.comment(number); c != nil && move {
		w.view.Centre(c.At)
	}
	w.showSelection(false)
}

// chooseCommentRow chooses the comment of a row of its layer, and tells whether there is one.
func (w *Window) chooseCommentRow(row int64) bool {
	for i := range w.state.comments {
		if w.state.comments[i].Row() == row {
			w.selectComment(w.state.comments[i].Number, true)
			return true
		}
	}
	return false
}

// commentRow is the row of the chosen comment, "" for none.
func (w *Window) commentRow() string {
	if c := w.comment(w.selected.comment); c != nil {
		return strconv.FormatInt(c.Row(), 10)
	}
	return ""
}

// tappedPin chooses the comment under a click, and tells whether there is one.
func (w *Window) tappedPin(p mapview.Pointer) bool {
	n, ok := w.state.scene.PinAt(p.View, p.X, p.Y)
	if ok {
		w.selectComment(n, false)
	}
	return ok
}

// commentCard is the card of the chosen comment; ok is false where none is chosen.
func (w *Window) commentCard() (t detail.Text, at orb.Point, ok bool) {
	c := w.comment(w.selected.comment)
	if c == nil {
		return t, at, false
	}
	p := w.printer
	t.Title = p.T("spot.ui.card", c.Number, c.Status.Label())
	t.Long = cut(c.Text)
	var said []string
	for _, s := range []string{c.Author, p.Date(c.Date), c.Theme} {
		if s != "" {
			said = append(said, s)
		}
	}
	t.Lines = []string{strings.Join(said, " · ")}
	if i := w.facility(c.Facility); i >= 0 {
		t.Lines = append(t.Lines, p.T("spot.ui.about", w.state.snapshot.Facilities[i].Name))
	}
	if c.Reply != "" {
		t.Long += "\n\n" + p.T("spot.ui.replied", cut(c.Reply))
	}
	if !w.state.readOnly {
		t.Tools = []detail.Action{
			{Label: p.T("spot.ui.answer"), Do: func() { w.askAnswer(c.Number) }},
			{Label: p.T("spot.ui.edit"), Do: func() { w.askEditComment(c.Number) }},
			{Label: p.T("spot.ui.remove"), Do: func() { w.askRemoveComment(c.Number) }},
		}
	}
	return t, c.At, true
}

// cut is a text as the card shows it.
func cut(text string) string {
	if letters := []rune(text); len(letters) > longCard {
		return string(letters[:longCard]) + "…"
	}
	return text
}

// askComment lets the user point out what a comment is about, and asks for it. A click on a service place is about that.
func (w *Window) askComment() {
	if !w.writable() {
		return
	}
	if w.trialOn() {
		w.endTrial()
	}
	w.pickOnMap(mapview.PointShape, func(points []orb.Point) {
		if points == nil {
			return
		}
		v := w.view.View()
		x, y := v.ToScreen(points[0])
		if hit := w.state.scene.Hit(v, x, y); len(hit.Facilities) > 0 {
			f := &w.state.snapshot.Facilities[w.preferred(hit.Facilities)]
			w.askCommentOn(f.ID, f.At)
			return
		}
		w.askCommentOn("", points[0])
	})
	w.status.Idle(w.printer.T("spot.ui.comment_hint"))
}

// askCommentOn asks for a comment at a point, about a service place where one is named.
func (w *Window) askCommentOn(facility string, at orb.Point) {
	c := session.Comment{At: whole(at), Facility: facility, Date: time.Now().Format(time.DateOnly)}
	if n := len(w.state.comments); n > 0 { // those of one evening come from the same people
		c.Author = w.state.comments[n-1].Author
	}
	place := ""
	if i := w.facility(facility); i >= 0 {
		place = w.state.snapshot.Facilities[i].Name
	}
	w.commentForm = comments.Edit(w.win, w.printer, w.printer.T("spot.ui.comment_title"), place, c, w.state.comments,
		func(c session.Comment, done func(error)) {
			w.saveComment(done, func(ctx context.Context) (session.Comment, error) { return w.session.AddComment(ctx, c) })
		})
}

// saveComment changes a comment off the window's thread and chooses it.
func (w *Window) saveComment(done func(error), change func(context.Context) (session.Comment, error)) {
	go func() {
		c, err := change(context.Background())
		w.dispatch(func() {
			done(err)
			if err == nil {
				w.selected = selection{comment: c.Number}
				w.reload()
			}
		})
	}()
}

// askEditComment asks for another text of a comment.
func (w *Window) askEditComment(number int) {
	c := w.comment(number)
	if c == nil {
		return
	}
	place := ""
	if i := w.facility(c.Facility); i >= 0 {
		place = w.state.snapshot.Facilities[i].Name
	}
	w.commentForm = comments.Edit(w.win, w.printer, w.printer.T("spot.ui.comment_edit_title", number), place, *c, w.state.comments,
		func(changed session.Comment, done func(error)) {
			w.saveComment(done, func(ctx context.Context) (session.Comment, error) {
				return w.session.ChangeComment(ctx, number, func(c *session.Comment) {
					c.Text, c.Author, c.Theme, c.Date, c.Status = changed.Text, changed.Author, changed.Theme, changed.Date, changed.Status
				})
			})
		})
}

// askAnswer asks for the reply to a comment.
func (w *Window) askAnswer(number int) {
	c := w.comment(number)
	if c == nil {
		return
	}
	w.commentForm = comments.Answer(w.win, w.printer, *c, w.state.comments, func(reply, by, date string, done func(error)) {
		w.saveComment(done, func(ctx context.Context) (session.Comment, error) {
			return w.session.AnswerComment(ctx, number, reply, by, date)
		})
	})
}

// askRemoveComment removes a comment where the user wants that.
func (w *Window) askRemoveComment(number int) {
	p := w.printer
	ask.Confirm(w.win, p, p.T("spot.ui.comment_remove_title"), p.T("spot.ui.comment_remove_text", number), p.T("spot.ui.remove_yes"), func() {
		w.edit(func(ctx context.Context) error { return w.session.RemoveComment(ctx, number) })
	})
}

// askImportComments asks for a file of comments and reads it.
func (w *Window) askImportComments() {
	p := w.printer
	if !w.writable() {
		return
	}
	opt := files.Options{
		Title: p.T("spot.ui.import_title"), Confirm: p.T("spot.ui.import_yes"), Kind: p.T("ui.files.imports"),
		Dir: w.lastOr(w.beside()), Extensions: importEndings,
	}
	files.Open(w.win, p, w.dispatch, opt, func(paths []string) {
		w.prefs.setFolder(filepath.Dir(paths[0]))
		var added []session.Comment
		var skipped []model.Skipped
		w.work(i18n.M("spot.ui.import_job", filepath.Base(paths[0])), func(ctx context.Context, _ model.Progress) (err error) {
			added, skipped, err = w.session.ImportComments(ctx, paths[0], session.ImportOptions{})
			return err
		}, func() { w.tellImported(added, skipped) })
	})
}

// tellImported says how many comments were read, and which rows were left out.
func (w *Window) tellImported(added []session.Comment, skipped []model.Skipped) {
	p := w.printer
	text := p.T("spot.ui.imported", len(added))
	for i, s := range skipped {
		if i == mostUses && len(skipped) > mostUses+1 {
			text += "\n" + p.T("spot.sheet_more", len(skipped)-i)
			break
		}
		text += "\n" + p.T("spot.cli_skipped", s.Row, i18n.Plain(s.Reason))
	}
	ask.Tell(w.win, p, p.T("spot.comments"), text)
}
