// Package write is the tab where documents are written: their chapters to the left, the text of the chosen one in the
// middle, and the page as it will print to the right.
//
// Invariants: it knows no session; what the user asks for goes out through Actions, what is to be shown comes in through
// State and Preview. Text that is typed goes to the desk at once, and nothing here waits for the project or for a page. Every
// part can be reached and used by keys alone, and says in words what it is.
package write
