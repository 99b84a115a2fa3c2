// Package cli is the command line: what the window can do, a script can. Each subcommand has a file of its own.
//
// Invariants: standard output carries the answer alone, as text or with --json as one JSON object; progress and errors
// go to standard error. The exit status is 0 for done, 1 where the data or the project is at fault, 2 where the call is.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nabar/app/session"
	"nabar/internal/i18n"
	"nabar/model"
)

// The exit statuses.
const (
	exitDone  = 0
	exitFault = 1
	exitUsage = 2
)

// command is one subcommand: its name of one or two words, the names of its arguments, and what it does with a call.
type command struct {
	name  string
	args  []string // e.g. "P.gpkg"; a trailing "?" marks one that may be left out, "..." any number of more
	flags func(*call)
	run   func(context.Context, *call) error
}

// key is the name as it stands in keys of the catalogue.
func (c command) key() string { return strings.ReplaceAll(c.name, " ", "_") }

// find gives the subcommand that args begin with, and what follows it.
func find(args []string) (cmd command, rest []string, ok bool) {
	for _, c := range commands() {
		words := strings.Fields(c.name)
		if len(args) >= len(words) && slices.Equal(args[:len(words)], words) {
			return c, args[len(words):], true
		}
	}
	return command{}, nil, false
}

// commands are all subcommands, in the order in which the help lists them. One whose name begins with another's stands before it.
func commands() []command {
	return slices.Concat(mainCommands(), textCommands())
}

// mainCommands are the subcommands but for those of the documents' text.
func mainCommands() []command {
	return []command{
		demoCommand(),
		newCommand(),
		importCommand(),
		infoCommand(),
		checkCommand(),
		layerListCommand(),
		layerStyleCommand(),
		layerRenameCommand(),
		layerFindCommand(),
		layerRemoveCommand(),
		layerOrderCommand(),
		layerChangeCommand(),
		layerRowsCommand(),
		layerSetCommand(),
		placeListCommand(),
		placeAddCommand(),
		placeMoveCommand(),
		placeEditCommand(),
		placeRemoveCommand(),
		commentAddCommand(),
		commentListCommand(),
		commentAnswerCommand(),
		commentEditCommand(),
		commentRemoveCommand(),
		commentImportCommand(),
		selectCommand(),
		measureCommand(),
		drawNewCommand(),
		drawAddCommand(),
		drawShapeCommand(),
		drawSetCommand(),
		drawRemoveCommand(),
		analyseCommand(),
		nearestCommand(),
		explainCommand(),
		areaCommand(),
		rankCommand(),
		roadRiskCommand(),
		crisisCommand(),
		reserveCommand(),
		reachCommand(),
		catchmentCommand(),
		supplyCommand(),
		seriesCommand(),
		supportRulesListCommand(),
		supportRulesSetCommand(),
		supportFactsCommand(),
		supportCommand(),
		locateCommand(),
		tourCommand(),
		deliveryCommand(),
		scenarioAddCommand(),
		scenarioListCommand(),
		scenarioRemoveCommand(),
		scenarioEditCommand(),
		scenarioSwitchCommand(true),
		scenarioSwitchCommand(false),
		scenarioMoveCommand(),
		scenarioCopyCommand(),
		scenarioMergeCommand(),
		scenarioParentCommand(),
		compareCommand(),
		factorsCommand(),
		profileListCommand(),
		profileSetCommand(),
		profileRemoveCommand(),
		demandListCommand(),
		demandSetCommand(),
		demandRemoveCommand(),
		actionGroup.listCommand(),
		actionGroup.addCommand(),
		actionGroup.setCommand(),
		actionGroup.removeCommand(),
		actionCheckCommand(),
		grantGroup.listCommand(),
		grantGroup.addCommand(),
		grantGroup.setCommand(),
		grantGroup.removeCommand(),
		grantTableCommand(),
		grantCheckCommand(),
		grantDeMinimisCommand(),
		factGroup.listCommand(),
		factGroup.addCommand(),
		factGroup.setCommand(),
		factGroup.removeCommand(),
		factSummaryCommand(),
		opinionGroup.listCommand(),
		opinionGroup.addCommand(),
		opinionGroup.setCommand(),
		opinionGroup.removeCommand(),
		versionAddCommand(),
		versionListCommand(),
		versionPrintCommand(),
		versionCompareCommand(),
		versionRemoveCommand(),
		completeCommand(),
		planNextCommand(),
		followUpCommand(),
		bankListCommand(),
		bankGroup.addCommand(),
		bankGroup.setCommand(),
		bankGroup.removeCommand(),
		bankSuggestCommand(),
		piposCommand(),
		renderCommand(),
		logoCommand(),
		viewListCommand(),
		viewAddCommand(),
		viewRemoveCommand(),
		viewMoveCommand(),
		viewRenameCommand(),
		exportCommand(),
		reportCommand(),
		undoCommand(),
		redoCommand(),
	}
}

// call is one subcommand under way.
type call struct {
	session *session.Session
	printer *i18n.Printer
	flags   *flag.FlagSet
	args    []string
	json    bool
	out     io.Writer
	err     io.Writer
}

// usageError marks a fault of the call itself.
type usageError struct{ *i18n.Problem }

// Unwrap gives the Problem with its sentence.
func (e usageError) Unwrap() error { return e.Problem }

// usage makes a usageError.
func usage(key string, args ...any) error { return usageError{i18n.Errorf(key, args...)} }

// IsCommand tells whether the first argument names a subcommand or asks for help, so that no window is wanted.
func IsCommand(args []string) bool {
	if len(args) == 0 {
		return false
	}
	if slices.Contains([]string{"help", "--help", "-h", "version", "--version"}, args[0]) {
		return true
	}
	return slices.ContainsFunc(commands(), func(c command) bool { return strings.Fields(c.name)[0] == args[0] })
}

// Main runs the subcommand that args begins with and gives the exit status. The language is Swedish unless --lang or
// the environment variable NABAR_LANG says otherwise.
func Main(ctx context.Context, args []string, out, errOut io.Writer) int {
	lang, args := language(args)
	printer := i18n.For(lang)
	if len(args) == 0 || slices.Contains([]string{"help", "--help", "-h"}, args[0]) {
		help(out, printer)
		return exitDone
	}
	if args[0] == "version" || args[0] == "--version" {
		fmt.Fprintf(out, "%s %s\n", printer.T("app.name"), session.Version)
		return exitDone
	}
	cmd, rest, ok := find(args)
	if !ok {
		said := args[0]
		if len(args) > 1 && IsCommand(args) {
			said += " " + args[1]
		}
		return fail(errOut, printer, usage("cli.unknown_command", said))
	}
	c := &call{session: session.New(lang), printer: printer, out: out, err: errOut}
	defer c.session.Close()
	err := c.do(ctx, cmd, rest)
	if err == nil {
		c.session.Settle(ctx)
	}
	return fail(errOut, printer, err)
}

// language takes --lang out of the arguments, wherever it stands.
func language(args []string) (lang string, rest []string) {
	lang = os.Getenv("NABAR_LANG")
	for i := 0; i < len(args); i++ {
		if value, ok := strings.CutPrefix(args[i], "--lang="); ok {
			lang = value
		} else if args[i] == "--lang" && i+1 < len(args) {
			i++
			lang = args[i]
		} else {
			rest = append(rest, args[i])
		}
	}
	return lang, rest
}

// fail prints the sentence of an error and gives the exit status that it means.
func fail(w io.Writer, printer *i18n.Printer, err error) int {
	if err == nil {
		return exitDone
	}
	if errors.Is(err, context.Canceled) {
		err = i18n.Errorf("error.cancelled", err)
	}
	fmt.Fprintf(w, "nabar: %s\n", printer.Error(err))
	var bad usageError
	if errors.As(err, &bad) {
		return exitUsage
	}
	return exitFault
}

// do reads the flags and arguments and runs the subcommand.
func (c *call) do(ctx context.Context, cmd command, args []string) error {
	c.flags = flag.NewFlagSet(cmd.key(), flag.ContinueOnError)
	c.flags.SetOutput(io.Discard)
	c.flags.BoolVar(&c.json, "json", false, "")
	if cmd.flags != nil {
		cmd.flags(c)
	}
	if err := c.parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(c.out, c.printer.T("cli.usage_"+cmd.key()))
			for flag, key := range map[string]string{"profile": "profile.flags", "beside": "profile.flags_import"} {
				if c.flags.Lookup(flag) != nil {
					c.say(key)
				}
			}
			return nil
		}
		return err
	}
	more := len(cmd.args) > 0 && strings.HasSuffix(cmd.args[len(cmd.args)-1], "...")
	needed := slices.DeleteFunc(slices.Clone(cmd.args), func(a string) bool { return strings.HasSuffix(a, "?") || strings.HasSuffix(a, "...") })
	if len(c.args) < len(needed) {
		return usage("cli.argument_missing", cmd.args[len(c.args)], i18n.M("cli.usage_"+cmd.key()))
	}
	if len(c.args) > len(cmd.args) && !more {
		return usage("cli.argument_extra", c.args[len(cmd.args)], i18n.M("cli.usage_"+cmd.key()))
	}
	return cmd.run(ctx, c)
}

// parse takes flags and arguments in any order, as people write them; the flag package alone stops at the first
// argument.
func (c *call) parse(args []string) error {
	for len(args) > 0 {
		if err := c.flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return err
			}
			return usage("cli.flag_wrong", i18n.Plain(err.Error()), i18n.M("cli.usage_"+c.flags.Name()))
		}
		args = c.flags.Args()
		if len(args) > 0 {
			c.args = append(c.args, args[0])
			args = args[1:]
		}
	}
	return nil
}

// help lists the subcommands.
func help(w io.Writer, p *i18n.Printer) {
	fmt.Fprintln(w, p.T("cli.help_head"))
	for _, c := range commands() {
		fmt.Fprintf(w, "  %s\n      %s\n", p.T("cli.usage_"+c.key()), sentence(p.T("cli.about_"+c.key())))
	}
	fmt.Fprintln(w, p.T("cli.help_foot"))
}

// sentence begins a text with a capital letter and ends it with a full stop.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(first)) + text[size:]
	if strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

// open opens the project that the first argument names and says on standard error what the user should know of it.
func (c *call) open(ctx context.Context) error {
	if err := c.session.Open(ctx, c.args[0]); err != nil {
		return err
	}
	for _, w := range c.session.Warnings() {
		c.note(w)
	}
	rules, err := c.session.Rules(ctx)
	if err == nil && rules != 0 {
		c.note(session.RulesNote(rules))
	}
	return err
}

// note prints a message on standard error.
func (c *call) note(m i18n.Message) { fmt.Fprintln(c.err, c.printer.Text(m)) }

// say prints a line of the human answer.
func (c *call) say(key string, args ...any) { fmt.Fprintln(c.out, c.printer.T(key, args...)) }

// answer prints v as the one JSON object.
func (c *call) answer(v any) error {
	enc := json.NewEncoder(c.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// progress tells each new step of long work on standard error.
func (c *call) progress() model.Progress {
	last := ""
	return func(what i18n.Message, _ float64) {
		if text := c.printer.Text(what); text != last && text != "" {
			last = text
			fmt.Fprintln(c.err, "… "+text)
		}
	}
}
