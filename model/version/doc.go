// Package version says what a version of the plan is: the document as it stood when it was sent out, adopted or revised,
// with the figures, places and entries that it was made of, and what has changed from one version to another.
//
// Invariants: a version is never changed once it is made; its files are told by their SHA-256 and printed again byte for
// byte; what is compared is what the versions keep, so that an old version needs neither today's data nor today's program.
package version
