// Package mapview is the map on the screen: a Fyne widget that shows the pictures of a Renderer and lets the user move
// about in them.
//
// Invariants: nothing is drawn in Fyne's painter – it only shows the last finished picture, moved and scaled to where
// the map is now; pictures are drawn one at a time in the background, and only the newest wish is kept; every call
// from a goroutine to the window goes through one Dispatcher. Fields and methods of Map belong to the window's thread.
package mapview
