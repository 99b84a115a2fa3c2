package cli

import (
	"context"
	"os"
	"strconv"
	"strings"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model/manuscript"
)

// textCommands write the project's documents.
func textCommands() []command {
	return []command{
		textNewCommand(), textListCommand(), textRemoveCommand(), textHeadCommand(),
		textShowCommand(), textWriteCommand(),
		textAddCommand(), textChapterCommand(), textDropCommand(), textBackCommand(),
		textStaleCommand(), textUpdateCommand(), textNamesCommand(), textTemplateCommand(),
	}
}

// documentFlag asks which document a call is about.
func documentFlag(c *call, name *string) { c.flags.StringVar(name, "document", "", "") }

// document opens the project and finds the document that a call is about.
func (c *call) document(ctx context.Context, name string) (*manuscript.Manuscript, error) {
	if err := c.open(ctx); err != nil {
		return nil, err
	}
	return c.session.FindManuscript(ctx, name)
}

// findChapter finds a chapter by its place from 1, its key or its title in any case.
func findChapter(m *manuscript.Manuscript, name string) (int, error) {
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(m.Chapters) {
		return n - 1, nil
	}
	var titles []string
	for i := range m.Chapters {
		if c := &m.Chapters[i]; c.Key != "" && strings.EqualFold(c.Key, name) || strings.EqualFold(c.Title, name) {
			return i, nil
		}
		titles = append(titles, m.Chapters[i].Title)
	}
	return 0, i18n.Errorf("text.chapter_unknown", m.Title, name, strings.Join(titles, ", "))
}

// textNewCommand makes a document.
func textNewCommand() command {
	var kind, title, from string
	return command{
		name: "text new", args: []string{"P.gpkg"},
		flags: func(c *call) {
			c.flags.StringVar(&kind, "kind", "", "")
			c.flags.StringVar(&title, "title", "", "")
			c.flags.StringVar(&from, "from", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			template, err := c.template(ctx, from)
			if err != nil {
				return err
			}
			if kind == "" && template != nil {
				kind = string(template.Kind)
			}
			if kind == "" {
				kind = string(manuscript.Serviceplan)
			}
			m, err := c.session.NewManuscript(ctx, manuscript.Kind(kind), title, template)
			if err != nil {
				return err
			}
			return c.answerDocuments([]manuscript.Manuscript{*m})
		},
	}
}

// template is the template that a call names: a file, or one of the project's own; nil for none.
func (c *call) template(ctx context.Context, from string) (*manuscript.Manuscript, error) {
	if from == "" {
		return nil, nil
	}
	if _, err := os.Stat(from); err == nil {
		return c.session.ReadTemplate(from)
	}
	return c.session.Template(ctx, from)
}

// chapterJSON is a chapter as scripts read it.
type chapterJSON struct {
	ID       int64           `json:"id"`
	Key      string          `json:"key"`
	Title    string          `json:"title"`
	Level    int             `json:"level"`
	Plain    bool            `json:"plain"`
	Appendix bool            `json:"appendix"`
	Hidden   bool            `json:"hidden"`
	Page     manuscript.Page `json:"page"`
	Blocks   int             `json:"blocks"`
}

// documentJSON is a document as scripts read it.
type documentJSON struct {
	ID       int64           `json:"id"`
	Kind     manuscript.Kind `json:"kind"`
	Title    string          `json:"title"`
	Language string          `json:"language"`
	Chapters []chapterJSON   `json:"chapters"`
}

// answerDocuments prints documents with their chapters.
func (c *call) answerDocuments(all []manuscript.Manuscript) error {
	out := []documentJSON{}
	for i := range all {
		m := &all[i]
		d := documentJSON{m.ID, m.Kind, m.Title, m.Lang, []chapterJSON{}}
		if !c.json {
			c.say("cli.text_document", m.Title, i18n.M("text.kind."+string(m.Kind)))
		}
		for k := range m.Chapters {
			ch := &m.Chapters[k]
			d.Chapters = append(d.Chapters, chapterJSON{ch.ID, ch.Key, ch.Title, ch.Level, ch.Plain, ch.Appendix, ch.Hidden, ch.Page, len(ch.Blocks)})
			if !c.json {
				c.say("cli.text_chapter", strings.Repeat("  ", ch.Level), k+1, ch.Title)
			}
		}
		out = append(out, d)
	}
	if c.json {
		return c.answer(map[string]any{"documents": out})
	}
	return nil
}

// answerDocument prints the document with an id as it is now.
func (c *call) answerDocument(ctx context.Context, id int64) error {
	m, err := c.session.Manuscript(ctx, id)
	if err != nil {
		return err
	}
	return c.answerDocuments([]manuscript.Manuscript{*m})
}

// textListCommand lists the documents.
func textListCommand() command {
	return command{
		name: "text list", args: []string{"P.gpkg"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			all, err := c.session.Manuscripts(ctx)
			if err != nil {
				return err
			}
			if len(all) == 0 && !c.json {
				c.say("text.none")
				return nil
			}
			return c.answerDocuments(all)
		},
	}
}

// textRemoveCommand takes a document away.
func textRemoveCommand() command {
	return command{
		name: "text remove", args: []string{"P.gpkg", "TITLE"},
		run: func(ctx context.Context, c *call) error {
			if err := c.open(ctx); err != nil {
				return err
			}
			m, err := c.session.FindManuscript(ctx, c.args[1])
			if err != nil {
				return err
			}
			if err := c.session.RemoveManuscript(ctx, m.ID); err != nil {
				return err
			}
			if c.json {
				return c.answer(map[string]int64{"removed": m.ID})
			}
			c.say("cli.text_removed", m.Title)
			return nil
		},
	}
}

// headFields are the particulars of a document's first page, by the keys that --set takes.
func headFields(h *manuscript.Head) map[string]*string {
	return map[string]*string{
		"period": &h.Period, "subtitle": &h.Subtitle, "status": &h.Status, "body": &h.Body, "paragraph": &h.Paragraph,
		"case_number": &h.CaseNumber, "date": &h.Date, "responsible": &h.Responsible, "unit": &h.Unit,
	}
}

// textHeadCommand changes what the first page says.
func textHeadCommand() command {
	var document string
	var sets []string
	return command{
		name: "text head", args: []string{"P.gpkg"},
		flags: func(c *call) {
			documentFlag(c, &document)
			setFlag(c, &sets)
		},
		run: func(ctx context.Context, c *call) error {
			m, err := c.document(ctx, document)
			if err != nil {
				return err
			}
			title := m.Title
			for _, set := range sets {
				key, value, ok := strings.Cut(set, "=")
				switch field := headFields(&m.Head)[key]; {
				case ok && key == "title":
					title = value
				case ok && key == "contact":
					m.Head.Contact = strings.Split(strings.ReplaceAll(value, `\n`, "\n"), "\n")
				case ok && field != nil:
					*field = value
				default:
					return usage("cli.text_head_wrong", set)
				}
			}
			if title != m.Title {
				if err := c.session.RenameManuscript(ctx, m.ID, title); err != nil {
					return err
				}
			}
			if err := c.session.SetManuscriptHead(ctx, m.ID, m.Head); err != nil {
				return err
			}
			if c.json {
				return c.answer(map[string]any{"id": m.ID, "title": title, "head": m.Head})
			}
			return c.answerDocument(ctx, m.ID)
		},
	}
}

// textShowCommand gives a text in the plain form.
func textShowCommand() command {
	var document, chapter, out string
	return command{
		name: "text show", args: []string{"P.gpkg"},
		flags: func(c *call) {
			documentFlag(c, &document)
			c.flags.StringVar(&chapter, "chapter", "", "")
			c.flags.StringVar(&out, "out", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			m, err := c.document(ctx, document)
			if err != nil {
				return err
			}
			text, err := c.session.ManuscriptText(ctx, m)
			if chapter != "" && err == nil {
				i, wrong := findChapter(m, chapter)
				if wrong != nil {
					return wrong
				}
				text, err = c.session.ChapterText(ctx, m, m.Chapters[i].ID)
			}
			if err != nil {
				return err
			}
			if out != "" {
				if err := os.WriteFile(out, []byte(text), 0o644); err != nil {
					return i18n.Errorf("error.cannot_write", out, err)
				}
				return c.wrote(out)
			}
			if c.json {
				return c.answer(map[string]string{"text": text})
			}
			_, err = c.out.Write([]byte(text))
			return err
		},
	}
}

// textWriteCommand makes a text what a file in the plain form says.
func textWriteCommand() command {
	var document, chapter, file string
	return command{
		name: "text write", args: []string{"P.gpkg"},
		flags: func(c *call) {
			documentFlag(c, &document)
			c.flags.StringVar(&chapter, "chapter", "", "")
			c.flags.StringVar(&file, "file", "", "")
		},
		run: func(ctx context.Context, c *call) error {
			if file == "" {
				return usage("cli.argument_missing", "--file", i18n.M("cli.usage_text_write"))
			}
			text, err := os.ReadFile(file)
			if err != nil {
				return i18n.Errorf("text.file_unreadable", file, err)
			}
			m, err := c.document(ctx, document)
			if err != nil {
				return err
			}
			if chapter == "" {
				err = c.session.SetManuscriptText(ctx, m, string(text))
			} else {
				i, wrong := findChapter(m, chapter)
				if wrong != nil {
					return wrong
				}
				err = c.session.SetChapterText(ctx, m, m.Chapters[i].ID, string(text))
			}
			if err != nil {
				return err
			}
			if err := c.noteUnknown(ctx, m.ID); err != nil {
				return err
			}
			return c.answerDocument(ctx, m.ID)
		},
	}
}

// noteUnknown tells on standard error which names in a document mean nothing.
func (c *call) noteUnknown(ctx context.Context, id int64) error {
	m, err := c.session.Manuscript(ctx, id)
	if err != nil {
		return err
	}
	m.EachLiving(func(ch *manuscript.Chapter, _ *manuscript.Block, l *manuscript.Living) {
		if !l.Known() {
			c.note(i18n.M("text.remark.unknown", l.Name, ch.Title))
		}
	})
	return nil
}

// textAddCommand adds a chapter.
func textAddCommand() command {
	var document string
	var level, position int
	return command{
		name: "text add", args: []string{"P.gpkg", "TITLE"},
		flags: func(c *call) {
			documentFlag(c, &document)
			c.flags.IntVar(&level, "level", 1, "")
			c.flags.IntVar(&position, "position", 0, "")
		},
		run: func(ctx context.Context, c *call) error {
			m, err := c.document(ctx, document)
			if err != nil {
				return err
			}
			at := len(m.Chapters)
			if position > 0 {
				at = position - 1
			}
			if _, err := c.session.AddChapter(ctx, m.ID, at, manuscript.Chapter{Title: c.args[1], Level: level}); err != nil {
				return err
			}
			return c.answerDocument(ctx, m.ID)
		},
	}
}

// textChapterCommand changes a chapter's heading, and its place.
func textChapterCommand() command {
	var document, title, page string
	var level, position int
	flags := map[string]*string{"plain": new(string), "appendix": new(string), "hidden": new(string)}
	return command{
		name: "text chapter", args: []string{"P.gpkg", "CHAPTER"},
		flags: func(c *call) {
			documentFlag(c, &document)
			c.flags.StringVar(&title, "title", "", "")
			c.flags.StringVar(&page, "page", "", "")
			c.flags.IntVar(&level, "level", 0, "")
			c.flags.IntVar(&position, "position", 0, "")
			for name, value := range flags {
				c.flags.StringVar(value, name, "", "")
			}
		},
		run: func(ctx context.Context, c *call) error {
			m, i, err := c.chapter(ctx, document)
			if err != nil {
				return err
			}
			ch := m.Chapters[i]
			if title != "" {
				ch.Title = title
			}
			if level != 0 {
				ch.Level = level
			}
			pages := map[string]manuscript.Page{"": ch.Page, "portrait": manuscript.Portrait, "landscape": manuscript.Landscape, "a3": manuscript.A3}
			paper, ok := pages[page]
			if !ok {
				return usage("cli.text_page_wrong", page)
			}
			ch.Page = paper
			for name, into := range map[string]*bool{"plain": &ch.Plain, "appendix": &ch.Appendix, "hidden": &ch.Hidden} {
				switch *flags[name] {
				case "":
				case "yes", "no":
					*into = *flags[name] == "yes"
				default:
					return usage("cli.text_yes_no", name, *flags[name])
				}
			}
			if err := c.session.UpdateChapter(ctx, m.ID, ch); err != nil {
				return err
			}
			if position > 0 {
				if err := c.session.MoveChapter(ctx, m.ID, ch.ID, position-1); err != nil {
					return err
				}
			}
			return c.answerDocument(ctx, m.ID)
		},
	}
}

// chapter opens the project and finds the document and the chapter that a call is about.
func (c *call) chapter(ctx context.Context, document string) (*manuscript.Manuscript, int, error) {
	m, err := c.document(ctx, document)
	if err != nil {
		return nil, 0, err
	}
	i, err := findChapter(m, c.args[1])
	return m, i, err
}

// textDropCommand takes a chapter away.
func textDropCommand() command {
	var document string
	return command{
		name: "text drop", args: []string{"P.gpkg", "CHAPTER"},
		flags: func(c *call) { documentFlag(c, &document) },
		run: func(ctx context.Context, c *call) error {
			m, i, err := c.chapter(ctx, document)
			if err != nil {
				return err
			}
			if err := c.session.RemoveChapter(ctx, m.ID, m.Chapters[i].ID); err != nil {
				return err
			}
			return c.answerDocument(ctx, m.ID)
		},
	}
}

// textBackCommand puts a part of the standard document back, or lists those that are missing.
func textBackCommand() command {
	var document string
	return command{
		name: "text back", args: []string{"P.gpkg", "KEY?"},
		flags: func(c *call) { documentFlag(c, &document) },
		run: func(ctx context.Context, c *call) error {
			m, err := c.document(ctx, document)
			if err != nil {
				return err
			}
			if len(c.args) > 1 {
				if _, err := c.session.PutBackChapter(ctx, m, c.args[1]); err != nil {
					return err
				}
				return c.answerDocument(ctx, m.ID)
			}
			missing, err := c.session.MissingChapters(ctx, m)
			if err != nil {
				return err
			}
			parts := []map[string]string{}
			for _, ch := range missing {
				parts = append(parts, map[string]string{"key": ch.Key, "title": ch.Title})
				if !c.json {
					c.say("cli.text_part", ch.Key, ch.Title)
				}
			}
			if c.json {
				return c.answer(map[string]any{"missing": parts})
			}
			return nil
		},
	}
}

// livingJSON is something living as scripts read it.
type livingJSON struct {
	Block  int64                `json:"block"`
	Index  int                  `json:"index"`
	Title  string               `json:"chapter"`
	Name   string               `json:"name"`
	Status session.LivingStatus `json:"status"`
	Edited bool                 `json:"edited"`
	Was    *string              `json:"was"`
	Now    *string              `json:"now"`
}
