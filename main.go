// Nåbar is a planning program for Swedish municipalities: who has how far to food, fuel, post, medicine and payments
// along real roads, and the serviceplan that follows from it. Without a subcommand it opens its window.
package main

import (
	"context"
	"os"
	"os/signal"

	"nabar/app/cli"
)

func main() { os.Exit(run(os.Args[1:])) }

// run chooses between the command line and the window and gives the exit status.
func run(args []string) int {
	if !hasWindow || cli.IsCommand(args) || startsWithFlag(args) {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		return cli.Main(ctx, args, os.Stdout, os.Stderr)
	}
	return window(args)
}

// startsWithFlag tells whether the call begins with an option, which only the command line knows.
func startsWithFlag(args []string) bool {
	return len(args) > 0 && len(args[0]) > 0 && args[0][0] == '-'
}
