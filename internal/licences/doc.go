// Package licences holds the test that the page of licences names every module that the program depends on, and that
// the embedded fonts are the files that the page vouches for.
package licences
