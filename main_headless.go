//go:build headless

package main

// hasWindow tells that this build is the command line alone.
const hasWindow = false

// window is never called in this build.
func window([]string) int { return 2 }
