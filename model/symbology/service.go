package symbology

import "nabar/model"

// Shape is the outline of a symbol. Each service type has its own, so that types are told apart without colour.
type Shape string

// The shapes. The first five are those of the basic services; the others go to types that the user adds.
const (
	Circle   Shape = "circle"
	Drop     Shape = "drop"
	Envelope Shape = "envelope"
	Cross    Shape = "cross"
	Diamond  Shape = "diamond"
	Triangle Shape = "triangle"
	Square   Shape = "square"
	Star     Shape = "star"
	Pentagon Shape = "pentagon"
	Hexagon  Shape = "hexagon"
	Wedge    Shape = "wedge" // a triangle on its tip
	Ring     Shape = "ring"
)

// Shapes lists all shapes.
func Shapes() []Shape {
	return []Shape{Circle, Drop, Envelope, Cross, Diamond, Triangle, Square, Star, Pentagon, Hexagon, Wedge, Ring}
}

// Symbol is how a service type looks on the map, in legends, tables and print.
type Symbol struct {
	Shape  Shape  `json:"shape"`
	Colour Colour `json:"colour"`
}

// basic are the symbols of the five basic services.
var basic = map[string]Symbol{
	"dagligvaror":   {Circle, RGB(0xcc4a12)},
	"drivmedel":     {Drop, RGB(0x7a2468)},
	"post":          {Envelope, RGB(0x2a3f8f)},
	"apotek":        {Cross, RGB(0x11764a)},
	"betaltjanster": {Diamond, RGB(0x8a5a00)},
}

// further are the symbols of the types that a user adds, in turn.
var further = []Symbol{
	{Triangle, RGB(0xa3123e)},
	{Square, RGB(0x33545e)},
	{Star, RGB(0x6b4a10)},
	{Pentagon, RGB(0x5b3fa0)},
	{Hexagon, RGB(0x0a6a86)},
	{Wedge, RGB(0x4c5a14)},
	{Ring, RGB(0x8c2f2f)},
}

// SymbolOf gives the symbol of a service type among all types of the project: the basic services have theirs, the
// others take the further ones in the list's order, from the first again when they are used up.
func SymbolOf(id string, types []model.ServiceType) Symbol {
	if s, ok := basic[id]; ok {
		return s
	}
	n := 0
	for _, t := range types {
		if t.ID == id {
			break
		}
		if _, ok := basic[t.ID]; !ok {
			n++
		}
	}
	return further[n%len(further)]
}

// OnDark gives the colour that a symbol has on the dark map: the same hue, lighter.
func (s Symbol) OnDark() Symbol {
	o := toOklab(s.Colour)
	o.l = 0.74
	s.Colour = o.colour()
	return s
}
