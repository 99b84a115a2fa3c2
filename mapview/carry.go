package mapview

import (
	"image"

	"fyne.io/fyne/v2"
)

// carrying is how far the carrying of something over the map has come.
type carrying uint8

const (
	carryNothing carrying = iota
	carryOn
	carryGivenUp // Escape was pressed, the button is still down
)

// carriedSize is how large what is carried is drawn, in units: somewhat larger than where it stands.
const carriedSize = 26

// ShowCarried has a picture follow the pointer while something is carried. It is taken away when that ends.
func (m *Map) ShowCarried(picture image.Image) {
	m.carried.Image = picture
	m.carried.Resize(fyne.NewSquareSize(carriedSize))
	m.carried.Refresh()
}

// Carrying tells whether something is being carried over the map.
func (m *Map) Carrying() bool { return m.carrying == carryOn }

// carry takes a drag up where it carries something; first marks the beginning. It tells whether the drag is dealt with.
func (m *Map) carry(first bool, at fyne.Position) bool {
	if first && !m.boxing && m.OnGrab != nil && m.OnGrab(m.pointer(m.press)) {
		m.carrying = carryOn
	}
	if m.carrying != carryOn {
		return m.carrying == carryGivenUp
	}
	m.hand = at
	if m.OnCarry == nil || !m.OnCarry(m.pointer(at)) {
		m.PlaceCarried()
	}
	return true
}

// drop ends a drag: what is carried is let go where the pointer is.
func (m *Map) drop() {
	was := m.carrying
	m.carrying = carryNothing
	m.PlaceCarried()
	if was == carryOn && m.OnDrop != nil {
		m.OnDrop(m.pointer(m.hand), true)
	}
}

// letGo gives what is carried up, and tells whether there was anything.
func (m *Map) letGo() bool {
	if m.carrying != carryOn {
		return false
	}
	m.carrying = carryGivenUp
	m.PlaceCarried()
	if m.OnDrop != nil {
		m.OnDrop(m.pointer(m.hand), false)
	}
	return true
}

// PlaceCarried puts the picture of what is carried under the pointer.
func (m *Map) PlaceCarried() {
	setVisible(m.carried, m.carrying == carryOn && m.carried.Image != nil)
	m.carried.Move(m.hand.SubtractXY(carriedSize/2, carriedSize/2))
}
