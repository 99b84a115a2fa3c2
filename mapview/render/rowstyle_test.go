package render

import (
	"slices"
	"strings"
	"testing"

	"nabar/internal/golden"
	"nabar/internal/i18n"
	"nabar/model"
	"nabar/model/symbology"
)

// styledRow gives every row of a layer of the test project a class and a size in turn.
func styledRow(role model.Role, name string, s symbology.Style, keys []string) RowStyle {
	r := RowStyle{
		Layer: model.Layer{Name: name, Role: role, Visible: true, Opacity: 1, Style: s.JSON()},
		Class: map[string]int{}, Size: map[string]float64{}, Name: map[string]string{},
	}
	for i, k := range keys {
		if i%4 < 3 { // every fourth is in no class
			r.Class[k] = i % 3
		}
		r.Size[k] = float64(20 + 40*(i%3))
		r.Name[k] = "Rad " + k
	}
	return r
}

// styledInput is the test project with its layers styled: every one in the way that f makes of its keys.
func styledInput(style func(role model.Role) (symbology.Style, bool)) SceneInput {
	snap := testSnapshot()
	in := SceneInput{Snapshot: snap, Printer: i18n.For("sv")}
	keys := map[model.Role][]string{}
	for i := range snap.Facilities {
		snap.Facilities[i].FID, snap.Facilities[i].Layer = int64(i+1), "Service"
		keys[model.RoleServices] = append(keys[model.RoleServices], FeatureKey(int64(i+1)))
	}
	for i := range snap.Cells {
		keys[model.RolePopulation] = append(keys[model.RolePopulation], snap.Cells[i].ID)
	}
	snap.Roads.LayerName = "Vägar"
	for i := range snap.Roads.FID {
		snap.Roads.FID[i] = int64(i + 1)
		keys[model.RoleRoads] = append(keys[model.RoleRoads], FeatureKey(int64(i+1)))
	}
	for _, l := range []struct {
		role model.Role
		name string
	}{{model.RoleServices, "Service"}, {model.RolePopulation, "Befolkning"}, {model.RoleRoads, "Vägar"}} {
		s, ok := style(l.role)
		if !ok {
			continue
		}
		r := styledRow(l.role, l.name, s, keys[l.role])
		in.Layers = append(in.Layers, r.Layer)
		if l.role == model.RoleRoads {
			in.StyledRoads = PrepareStyledRoads(snap.Roads, r)
		} else {
			in.Styled = append(in.Styled, r)
		}
	}
	return in
}

var (
	threeCategories = []symbology.Category{{Value: "A", Shape: symbology.Triangle}, {Value: "B", Shape: symbology.Square}, {Value: "C", Shape: symbology.Star}}
	someBlue        = symbology.RGB(0x2a4fb0)
)

// rowStyles are all ways of styling a layer with a part in the figures.
var rowStyles = map[string]symbology.Style{
	"single":      {Fill: &someBlue, Stroke: &someBlue},
	"categories":  {Column: "slag", Categories: threeCategories},
	"graduated":   {Column: "antal", Method: symbology.Own, Breaks: []float64{10, 20}, Ramp: symbology.Plum},
	"heat":        {Column: "antal", Method: symbology.Jenks, Breaks: []float64{10, 20}, Ramp: symbology.Heat},
	"diverging":   {Column: "skillnad", Method: symbology.Own, Breaks: []float64{-1, 1}, Ramp: symbology.BlueOrange},
	"size":        {SizeBy: "antal", SizeTop: 100},
	"size-colour": {Column: "slag", Categories: threeCategories, SizeBy: "antal", SizeTop: 100, Label: "slag"},
}

// TestGoldenRowStyles draws every style on roads, squares and service places, with its legend.
func TestGoldenRowStyles(t *testing.T) {
	for name, style := range rowStyles {
		t.Run(name, func(t *testing.T) {
			scene := NewScene(styledInput(func(model.Role) (symbology.Style, bool) { return style, true }))
			v := testView()
			v.Height = 460
			img, err := DrawSheet(t.Context(), scene, v, SheetOptions{NoSource: true, NoScale: true})
			if err != nil {
				t.Fatal(err)
			}
			golden.Image(t, "row-"+name, img)
		})
	}
}

// TestRowStylesReachTheMap looks at what is drawn: each class in its colour, and the legend with each class once.
func TestRowStylesReachTheMap(t *testing.T) {
	style := rowStyles["categories"]
	for _, role := range []model.Role{model.RoleServices, model.RolePopulation, model.RoleRoads} {
		t.Run(string(role), func(t *testing.T) {
			scene := NewScene(styledInput(func(r model.Role) (symbology.Style, bool) { return style, r == role }))
			img := shownIn(t, scene, testView())
			for i := range style.Categories {
				c := symbology.CategoryColour(i, symbology.Light)
				found := 0
				for p := 0; p < len(img.Pix); p += 4 {
					if img.Pix[p] == c.R && img.Pix[p+1] == c.G && img.Pix[p+2] == c.B {
						found++
					}
				}
				if found < 8 {
					t.Errorf("category %d: %d pixels of %v", i, found, c)
				}
			}
			var labels []string
			for _, item := range scene.Legend().Items {
				labels = append(labels, item.Label)
			}
			for _, want := range []string{"A", "B", "C"} {
				if n := len(slices.DeleteFunc(slices.Clone(labels), func(l string) bool { return l != want })); n != 1 {
					t.Errorf("%q stands %d times in %v", want, n, labels)
				}
			}
		})
	}
}

// TestServiceTypesStayDistinct: without a style, and with one that says nothing of colour, types have their own symbols.
func TestServiceTypesStayDistinct(t *testing.T) {
	for name, style := range map[string]symbology.Style{"none": {}, "names": {Label: "slag"}, "size": {SizeBy: "antal", SizeTop: 100}} {
		scene := NewScene(styledInput(func(r model.Role) (symbology.Style, bool) { return style, r == model.RoleServices && name != "none" }))
		shapes := map[symbology.Shape]string{}
		for _, p := range scene.places {
			for _, sym := range p.symbols {
				if other, known := shapes[sym.look.Shape]; known && other != sym.service {
					t.Errorf("%s: %s and %s have one shape", name, other, sym.service)
				}
				shapes[sym.look.Shape] = sym.service
			}
		}
		if len(shapes) < 3 {
			t.Errorf("%s: %v", name, shapes)
		}
	}
	scene := NewScene(styledInput(func(r model.Role) (symbology.Style, bool) {
		return symbology.Style{Label: "slag"}, r == model.RoleServices
	}))
	named := 0
	for _, n := range scene.names {
		if strings.HasPrefix(n.text, "Rad ") {
			named++
		}
	}
	if named == 0 {
		t.Error("the column of names is not on the map")
	}
}
