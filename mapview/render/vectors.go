package render

import (
	"image"
	"strings"

	"github.com/paulmach/orb"

	"nabar/model/format/mvt"
	"nabar/model/format/tile"
	"nabar/model/symbology"
)

// vectorPart is what a layer of vector tiles is drawn as. The parts are in drawing order.
type vectorPart uint8

const (
	noPart vectorPart = iota
	landPart
	builtUpPart
	woodPart
	waterPart
	housePart
	streamPart
	borderPart
	roadPart
	vectorParts
)

// vectorWords are the words in the names of layers that tell what they hold, in the schemas that are about: OpenMapTiles,
// Protomaps, Shortbread, and Swedish ones. The first that fits counts.
var vectorWords = []struct {
	part  vectorPart
	words []string
}{
	{noPart, []string{"name", "label", "poi", "place", "housenum", "address", "text", "peak"}},
	{waterPart, []string{"water", "ocean", "lake", "vatten", "hav", "sjo"}},
	{housePart, []string{"building", "byggnad"}},
	{borderPart, []string{"boundar", "grans"}},
	{roadPart, []string{"transport", "road", "street", "rail", "transit", "vag"}},
	{landPart, []string{"earth"}},
	{woodPart, []string{"landcover", "landuse", "land", "park", "mark", "skog", "natural"}},
}

// partOf tells what a layer is drawn as.
func partOf(layer string) vectorPart {
	layer = strings.ToLower(layer)
	for _, v := range vectorWords {
		for _, w := range v.words {
			if strings.Contains(layer, w) {
				return v.part
			}
		}
	}
	return noPart
}

// groundPart tells woods and built-up land apart by the class of a feature; other land is not drawn.
func groundPart(class string) vectorPart {
	switch class {
	case "wood", "forest", "scrub", "skog":
		return woodPart
	case "residential", "urban_area", "commercial", "industrial", "retail", "suburb", "quarter", "neighbourhood", "tatort":
		return builtUpPart
	}
	return noPart
}

// roadWidths are the widths of roads by class, in pixels; other roads are narrow, and what is not listed as a road is not one.
var roadWidths = map[string]float64{
	"motorway": 2.6, "highway": 2.6, "trunk": 2.4, "primary": 2, "major_road": 2, "secondary": 1.6, "medium_road": 1.5, "tertiary": 1.3,
	"minor_road": 0.9, "minor": 0.9, "residential": 0.9, "unclassified": 0.9, "service": 0.7, "rail": 0.7, "path": 0, "track": 0.5,
	"footway": 0, "cycleway": 0, "steps": 0, "pedestrian": 0,
}

// narrowRoad is the width of a road whose class is unknown.
const narrowRoad = 0.8

// The colours of the quiet look that are not the map's own.
var (
	woodColour   = symbology.RGB(0xe9eedf)
	houseColour  = symbology.RGB(0xdcd4c8)
	streetColour = symbology.RGB(0xcfcac0)
)

// drawVectors draws the part of a vector tile that tile k takes, so many levels below the tile's own, in a quiet look without names:
// the map's own names stand on it. A damaged tile is nothing.
func drawVectors(data []byte, k tile.Key, beyond uint8, side int) *image.RGBA {
	layers, err := mvt.Decode(data, func(name string) bool { return partOf(name) != noPart })
	if err != nil || len(data) == 0 {
		return nil
	}
	d := &vectorDrawing{}
	for i := range layers {
		d.layer(&layers[i], k, beyond, side)
	}
	p := symbology.PaletteOf(symbology.Light)
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	r := NewRaster(img)
	backgroundItem{p.Land, side, side}.raster(r)
	for part, look := range [vectorParts]Paint{
		builtUpPart: {Fill: p.BuiltUp.Fade(0.6)}, woodPart: {Fill: woodColour}, waterPart: {Fill: p.Water},
		housePart: {Fill: houseColour}, streamPart: {Stroke: p.Shore, Width: 1}, borderPart: {Stroke: p.Muted.Fade(0.5), Width: 1, Dash: []float64{6, 4}},
	} {
		if !d.paths[part].Empty() {
			r.Path(&d.paths[part], look)
		}
	}
	for width, path := range d.roads {
		if !path.Empty() {
			r.Path(&d.roads[width], Paint{Stroke: streetColour, Width: float64(width) / 10})
		}
	}
	return img
}

// vectorDrawing gathers the paths of a tile.
type vectorDrawing struct {
	paths [vectorParts]Path
	roads [40]Path // by width in tenths of a pixel
}

// layer takes the features of a layer up.
func (d *vectorDrawing) layer(l *mvt.Layer, k tile.Key, beyond uint8, side int) {
	size := l.Extent / float64(uint(1)<<beyond)
	x, y := float64(k.X&(1<<beyond-1))*size, float64(k.Y&(1<<beyond-1))*size
	shaper := newShaper(View{
		Centre: orb.Point{x + size/2, -(y + size/2)}, Scale: size / float64(side), Width: side, Height: side, Unit: 1,
	}, 4)
	part := partOf(l.Name)
	for i := range l.Features {
		f := &l.Features[i]
		class := l.Text(f, "class")
		if class == "" {
			class = l.Text(f, "kind")
		}
		switch g := f.Geometry.(type) {
		case orb.MultiPolygon:
			d.area(shaper, part, class, g)
		case orb.MultiLineString:
			d.line(shaper, part, class, g)
		}
	}
}

// area takes an area up.
func (d *vectorDrawing) area(s *shaper, part vectorPart, class string, g orb.MultiPolygon) {
	switch part {
	case woodPart:
		part = groundPart(class)
	case waterPart, housePart:
	default:
		return
	}
	for _, polygon := range g {
		s.area(&d.paths[part], southward(polygon))
	}
}

// line takes a line up.
func (d *vectorDrawing) line(s *shaper, part vectorPart, class string, g orb.MultiLineString) {
	into := &d.paths[borderPart]
	switch part {
	case waterPart:
		into = &d.paths[streamPart]
	case borderPart:
	case roadPart:
		width, known := roadWidths[class]
		if !known {
			width = narrowRoad
		}
		if width == 0 {
			return
		}
		into = &d.roads[int(width*10)]
	default:
		return
	}
	for _, line := range g {
		s.line(into, flipped(line))
	}
}

// southward gives a polygon of a tile, whose Y grows to the south, as one of the world.
func southward(p orb.Polygon) orb.Polygon {
	out := make(orb.Polygon, len(p))
	for i, ring := range p {
		out[i] = flipped(ring)
	}
	return out
}

// flipped gives points with Y the other way.
func flipped[S ~[]orb.Point](in S) S {
	out := make(S, len(in))
	for i, p := range in {
		out[i] = orb.Point{p[0], -p[1]}
	}
	return out
}
