package session_test

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/mapview/render"
	"nabar/model"
)

// said is a comment on the village's road.
func said(text string, e float64) session.Comment {
	return session.Comment{Text: text, At: orb.Point{e, 6700000}, Author: "Byalaget", Date: "2026-03-01", Theme: "Dagligvaror"}
}

// TestComments adds, answers, edits and removes comments, and takes each of these back.
func TestComments(t *testing.T) {
	s := village(t)
	before := figuresOf(t, s)
	for i, text := range []string{"Bussen går för sällan", "Macken behövs", "Här vill vi ha ett ombud"} {
		c, err := s.AddComment(ctx, said(text, 501000+1000*float64(i)))
		must(t, err)
		if c.Number != i+1 || c.Status != session.CommentNew {
			t.Errorf("comment %+v", c)
		}
	}
	stored, err := s.Stored(ctx, groceries)
	must(t, err)
	if stored.Stale || figuresOf(t, s) != before {
		t.Error("comments change figures")
	}
	c, err := s.AnswerComment(ctx, 2, "Utreds i handlingsplanen", "Kommunen", "2026-04-01")
	must(t, err)
	if c.Status != session.CommentHandled || c.Text != "Macken behövs" {
		t.Errorf("answered: %+v", c)
	}
	_, err = s.ChangeComment(ctx, 3, func(c *session.Comment) { c.Facility, c.Theme = "B", "Post" })
	must(t, err)
	all, err := s.Comments(ctx)
	must(t, err)
	want := []session.Comment{said("Bussen går för sällan", 501000), said("Macken behövs", 502000), said("Här vill vi ha ett ombud", 503000)}
	want[1].Reply, want[1].ReplyBy, want[1].ReplyDate = "Utreds i handlingsplanen", "Kommunen", "2026-04-01"
	want[2].Facility, want[2].Theme = "B", "Post"
	for i, c := range all {
		if c.At != want[i].At || c.Text != want[i].Text || c.Reply != want[i].Reply || c.ReplyBy != want[i].ReplyBy || c.Facility != want[i].Facility || c.Theme != want[i].Theme {
			t.Errorf("comment %d is %+v", i+1, c)
		}
	}
	for _, f := range []struct {
		filter session.CommentFilter
		want   int
	}{
		{session.CommentFilter{}, 3},
		{session.CommentFilter{Status: session.CommentHandled}, 1},
		{session.CommentFilter{Theme: "post"}, 1},
		{session.CommentFilter{Search: "byalaget ombud"}, 1},
		{session.CommentFilter{Search: "handlingsplanen"}, 1},
		{session.CommentFilter{Facility: "B"}, 1},
		{session.CommentFilter{Search: "skola"}, 0},
	} {
		n := 0
		for i := range all {
			if f.filter.Takes(&all[i]) {
				n++
			}
		}
		if n != f.want {
			t.Errorf("%+v takes %d, want %d", f.filter, n, f.want)
		}
	}
	if uses, err := s.PlaceUses(ctx, "B"); err != nil || uses.Comments != 1 {
		t.Errorf("uses of B: %+v, %v", uses, err)
	}
	must(t, s.RemoveComment(ctx, 1))
	if left, _ := s.Comments(ctx); len(left) != 2 || left[0].Number != 2 {
		t.Errorf("left %+v", left)
	}
	for _, step := range []string{
		"Ta bort kommentar 1", "Ändra kommentar 3", "Besvara kommentar 2", "Lägg till kommentar 3", "Lägg till kommentar 2", "Lägg till kommentar 1",
	} {
		name, err := s.Undo(ctx)
		must(t, err)
		if got := i18n.For("sv").Text(name); got != step {
			t.Errorf("undo of %q, want %q", got, step)
		}
	}
	if _, there, _ := s.CommentLayer(ctx); there {
		t.Error("undo leaves the layer of comments")
	}
	for range 6 {
		_, err := s.Redo(ctx)
		must(t, err)
	}
	if again, _ := s.Comments(ctx); !reflect.DeepEqual(again, all[1:]) {
		t.Errorf("after redo %+v, want %+v", again, all[1:])
	}
}

func TestCommentsAreRefused(t *testing.T) {
	s := village(t)
	at := func(c session.Comment, p orb.Point) session.Comment { c.At = p; return c }
	dated := said("x", 501000)
	dated.Date = "igår"
	for want, c := range map[string]session.Comment{
		"spot.comment_empty": said("  ", 501000), "spot.outside": at(said("x", 0), orb.Point{}), "spot.comment_date": dated,
		"spot.comment_long": said(strings.Repeat("ö", 5001), 501000),
	} {
		if _, err := s.AddComment(ctx, c); problem(err) != want {
			t.Errorf("%s: %v", want, err)
		}
	}
	if _, err := s.AnswerComment(ctx, 7, "svar", "", ""); problem(err) != "spot.no_comment" {
		t.Errorf("answering none: %v", err)
	}
	if _, there, _ := s.CommentLayer(ctx); there {
		t.Error("a refused comment made the layer")
	}
}

// TestCommentsOnTheMap draws comments as pins, as long as their layer is shown.
func TestCommentsOnTheMap(t *testing.T) {
	s := village(t)
	_, err := s.AddComment(ctx, said("Här", 505000))
	must(t, err)
	scene := func() *render.Scene {
		sc, err := s.Scene(ctx, session.SceneChoice{})
		must(t, err)
		return sc
	}
	v := render.Fit(scene().Bounds(), 400, 300, 10)
	draw := func(sc *render.Scene) []byte {
		img := image.NewRGBA(image.Rect(0, 0, 400, 300))
		must(t, sc.Draw(ctx, img, v))
		return img.Pix
	}
	shown := scene()
	x, y := v.ToScreen(orb.Point{505000, 6700000})
	if n, ok := shown.PinAt(v, x, y-25); !ok || n != 1 {
		t.Errorf("under the pin's head: %d, %v", n, ok)
	}
	l, _, err := s.CommentLayer(ctx)
	must(t, err)
	must(t, s.ShowLayer(ctx, l, false))
	hidden := scene()
	if _, ok := hidden.PinAt(v, x, y-25); ok || bytes.Equal(draw(shown), draw(hidden)) {
		t.Error("hiding the layer does not hide the pin")
	}
	if !bytes.Equal(draw(shown.WithPins(false)), draw(hidden)) || !bytes.Equal(draw(hidden.WithPins(true)), draw(shown)) {
		t.Error("pins are not shown and hidden by choice")
	}
}

// TestCommentsTravel writes comments to files and reads them again.
func TestCommentsTravel(t *testing.T) {
	s := village(t)
	_, err := s.AddComment(ctx, said("Bussen = för sällan", 501000))
	must(t, err)
	_, err = s.AnswerComment(ctx, 1, "Tas upp", "Kommunen", "2026-04-01")
	must(t, err)
	all, err := s.Comments(ctx)
	must(t, err)
	dir := t.TempDir()
	l, _, err := s.CommentLayer(ctx)
	must(t, err)
	for _, name := range []string{"ut.csv", "ut.xlsx", "ut.gpkg"} {
		_, err := s.Export(ctx, l.Name, filepath.Join(dir, name), nil)
		must(t, err)
	}
	must(t, s.WriteTable(filepath.Join(dir, "tabell.csv"), s.CommentTable(all)))
	text, err := os.ReadFile(filepath.Join(dir, "tabell.csv"))
	must(t, err)
	for _, want := range []string{"Kommentar", "Byalaget", "Behandlad", "Tas upp", "501000"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the table lacks %s: %s", want, text)
		}
	}
	other := village(t)
	added, skipped, err := other.ImportComments(ctx, filepath.Join(dir, "ut.gpkg"), session.ImportOptions{})
	must(t, err)
	if len(added) != 1 || len(skipped) != 0 || added[0].Text != all[0].Text || added[0].Reply != "Tas upp" || added[0].At != all[0].At {
		t.Errorf("read again: %+v, %v", added, skipped)
	}
	file := writeFile(t, "synpunkter.csv", "E;N;text;datum\n501000;6700000;Lång väg till apoteket;1 mars 2026\n502000;6700000;;\n503000;6700000;Tack;i fjol\n;;Utan läge;\n")
	added, skipped, err = other.ImportComments(ctx, file, session.ImportOptions{})
	must(t, err)
	if len(added) != 1 || added[0].Number != 2 || added[0].Date != "2026-03-01" || len(skipped) != 3 {
		t.Errorf("from a table: %+v, %+v", added, skipped)
	}
	_, err = other.Undo(ctx)
	must(t, err)
	if left, _ := other.Comments(ctx); len(left) != 1 {
		t.Errorf("undo of an import leaves %d", len(left))
	}
	bad := writeFile(t, "annat.csv", "E;N;rubrik\n501000;6700000;A\n")
	if _, _, err := other.ImportComments(ctx, bad, session.ImportOptions{}); problem(err) != "spot.import_no_text" {
		t.Errorf("without a text: %v", err)
	}
	var l2 model.Layer
	if l2, _, _ = other.CommentLayer(ctx); l2.Features != 1 {
		t.Errorf("the layer counts %d", l2.Features)
	}
}
