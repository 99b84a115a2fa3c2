package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
)

// commentJSON is a comment.
type commentJSON struct {
	Number    int     `json:"number"`
	E         float64 `json:"e"`
	N         float64 `json:"n"`
	Text      string  `json:"text"`
	Author    string  `json:"author"`
	Date      string  `json:"date"`
	Theme     string  `json:"theme"`
	Status    string  `json:"status"`
	Reply     string  `json:"reply"`
	ReplyBy   string  `json:"reply_by"`
	ReplyDate string  `json:"reply_date"`
	Place     string  `json:"place"`
}

// commentToJSON is a comment as JSON has it.
func commentToJSON(c *session.Comment) commentJSON {
	return commentJSON{
		c.Number, c.At[0], c.At[1], c.Text, c.Author, c.Date, c.Theme, string(c.Status), c.Reply, c.ReplyBy, c.ReplyDate, c.Facility,
	}
}

// sayComment answers with a comment.
func (c *call) sayComment(k session.Comment) error {
	if c.json {
		return c.answer(commentToJSON(&k))
	}
	c.say("spot.cli_comment", k.Number, k.Status.Label(), i18n.Plain(c.session.CommentLine(&k)))
	return nil
}

// commentFlags are what a call tells of a comment, by the flag.
type commentFlags struct {
	told map[string]string
	at   *orb.Point
}

// add makes the flags known to a call.
func (f *commentFlags) add(c *call) {
	f.told = map[string]string{}
	for _, name := range []string{"text", "author", "date", "theme", "status", "place"} {
		c.flags.Func(name, "", func(text string) error {
			f.told[name] = text
			return nil
		})
	}
	c.positionFlag("at", &f.at)
}

// put writes what was told into a comment.
func (f *commentFlags) put(k *session.Comment) {
	for name, into := range map[string]*string{
		"text": &k.Text, "author": &k.Author, "date": &k.Date, "theme": &k.Theme, "place": &k.Facility, "status": (*string)(&k.Status),
	} {
		if text, ok := f.told[name]; ok {
			*into = text
		}
	}
	if f.at != nil {
		k.At = *f.at
	}
}

// status reads the status that was told.
func (f *commentFlags) status() error {
	if text, ok := f.told["status"]; ok {
		known, err := session.ParseCommentStatus(text)
		if err != nil {
			return usage("spot.bad_status", text)
		}
		f.told["status"] = string(known)
	}
	return nil
}

// commentAddCommand pins a comment at a point or on a service place.
func commentAddCommand() command {
	var f commentFlags
	return command{
		name: "comment add", args: []string{"P.gpkg", "TEXT"}, flags: f.add,
		run: func(ctx context.Context, c *call) error {
			if err := f.status(); err != nil {
				return err
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			if id := f.told["place"]; id != "" && f.at == nil {
				at, err := c.placeAt(ctx, id)
				if err != nil {
					return err
				}
				f.at = &at
			}
			if f.at == nil {
				return usage("spot.cli_where", i18n.M("cli.usage_comment_add"))
			}
			var k session.Comment
			f.told["text"] = c.args[1]
			f.put(&k)
			k, err := c.session.AddComment(ctx, k)
			if err != nil {
				return err
			}
			return c.sayComment(k)
		},
	}
}

// placeAt is where the service place of an id lies.
func (c *call) placeAt(ctx context.Context, id string) (orb.Point, error) {
	snapshot, err := c.session.Snapshot(ctx, c.progress())
	if err != nil {
		return orb.Point{}, err
	}
	for i := range snapshot.Facilities {
		if snapshot.Facilities[i].ID == id {
			return snapshot.Facilities[i].At, nil
		}
	}
	return orb.Point{}, i18n.Errorf("spot.unknown", id)
}

// commentListCommand lists comments, and writes them to a file.
func commentListCommand() command {
	var filter session.CommentFilter
	var status, out string
	return command{
		name: "comment list", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&status, "status", "", "")
			c.flags.StringVar(&filter.Theme, "theme", "", "")
			c.flags.StringVar(&filter.Search, "search", "", "")
			c.flags.StringVar(&filter.Facility, "place", "", "")
			c.flags.StringVar(&out, "out", "", "")
		},
		run: func(ctx context.Context, c *call) (err error) {
			if status != "" {
				if filter.Status, err = session.ParseCommentStatus(status); err != nil {
					return usage("spot.bad_status", status)
				}
			}
			if err := c.open(ctx); err != nil {
				return err
			}
			all, err := c.session.Comments(ctx)
			if err != nil {
				return err
			}
			chosen := slices.DeleteFunc(slices.Clone(all), func(k session.Comment) bool { return !filter.Takes(&k) })
			if out != "" {
				if err := c.session.WriteTable(out, c.session.CommentTable(chosen)); err != nil {
					return err
				}
				return c.wrote(out)
			}
			return c.sayComments(chosen, len(all), nil)
		},
	}
}

// sayComments answers with comments, and with rows that were left out where they were read from a file.
func (c *call) sayComments(chosen []session.Comment, total int, skipped []model.Skipped) error {
	if c.json {
		list := []commentJSON{}
		for i := range chosen {
			list = append(list, commentToJSON(&chosen[i]))
		}
		if skipped == nil {
			skipped = []model.Skipped{}
		}
		return c.answer(map[string]any{"comments": list, "total": total, "problems": skipped})
	}
	for i := range chosen {
		k := &chosen[i]
		c.say("spot.cli_comment", k.Number, k.Status.Label(), i18n.Plain(c.session.CommentLine(k)))
	}
	c.say("spot.cli_comments", len(chosen), total)
	for _, s := range skipped {
		c.say("spot.cli_skipped", s.Row, i18n.Plain(s.Reason))
	}
	return nil
}

// commentNumber opens the project and reads the number of a comment.
func (c *call) commentNumber(ctx context.Context) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(c.args[1]))
	if err != nil || n < 1 {
		return 0, usage("spot.cli_number", c.args[1])
	}
	return n, c.open(ctx)
}

// commentAnswerCommand replies to a comment.
func commentAnswerCommand() command {
	var by, date string
	return command{
		name: "comment answer", args: []string{"P.gpkg", "NUMMER", "SVAR"},
		flags: func(c *call) {
			c.flags.StringVar(&by, "by", "", "")
			c.flags.StringVar(&date, "date", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			n, err := c.commentNumber(ctx)
			if err != nil {
				return err
			}
			k, err := c.session.AnswerComment(ctx, n, c.args[2], by, date)
			if err != nil {
				return err
			}
			return c.sayComment(k)
		},
	}
}

// commentEditCommand changes a comment.
func commentEditCommand() command {
	var f commentFlags
	return command{
		name: "comment edit", args: []string{"P.gpkg", "NUMMER"}, flags: f.add,
		run: func(ctx context.Context, c *call) error {
			if err := f.status(); err != nil {
				return err
			}
			n, err := c.commentNumber(ctx)
			if err != nil {
				return err
			}
			k, err := c.session.ChangeComment(ctx, n, f.put)
			if err != nil {
				return err
			}
			return c.sayComment(k)
		},
	}
}

// commentRemoveCommand takes a comment away.
func commentRemoveCommand() command {
	return command{
		name: "comment remove", args: []string{"P.gpkg", "NUMMER"},
		run: func(ctx context.Context, c *call) error {
			n, err := c.commentNumber(ctx)
			if err != nil {
				return err
			}
			if err := c.session.RemoveComment(ctx, n); err != nil {
				return err
			}
			if c.json {
				return c.answer(map[string]any{"removed": n})
			}
			c.say("spot.cli_comment_removed", n)
			return nil
		},
	}
}

// commentImportCommand reads comments from a file.
func commentImportCommand() command {
	var opt session.ImportOptions
	return command{
		name: "comment import", args: []string{"P.gpkg", "FIL"},
		flags: func(c *call) {
			c.flags.StringVar(&opt.CRS, "crs", "", "")
			c.flags.StringVar(&opt.Encoding, "encoding", "", "")
			c.flags.StringVar(&opt.Layer, "layer", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			added, skipped, err := c.session.ImportComments(ctx, c.args[1], opt)
			if err != nil {
				return err
			}
			all, err := c.session.Comments(ctx)
			if err != nil {
				return err
			}
			return c.sayComments(added, len(all), skipped)
		},
	}
}
