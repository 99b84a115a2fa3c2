package placeform

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/model"
)

// open opens a form and gives what it was saved as.
func open(t *testing.T, q Question, answer *[]Answer) *Form {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(1280, 720))
	q.Types = []Type{{"dagligvaror", "Dagligvaror"}, {"post", "Post och paket"}, {"apotek", "Apotek"}}
	q.Road = func(at orb.Point) string {
		if at[0] > 600000 {
			return "långt"
		}
		return "nära"
	}
	q.Save = func(a Answer, done func(error)) {
		*answer = append(*answer, a)
		if a.Facts[model.PartName] == "fel" {
			done(errors.New("nej"))
			return
		}
		done(nil)
	}
	return Show(w, i18n.For("sv"), q)
}

func TestNewPlace(t *testing.T) {
	var got []Answer
	f := open(t, Question{New: true, At: orb.Point{500000, 6700000}, Chosen: []string{"dagligvaror"}}, &got)
	f.Say(model.PartName, "fel")
	f.Save()
	if len(got) != 1 || f.Fault() == "" || !f.sheet.Visible() {
		t.Fatalf("%v, fault %q: what is refused does not stay in the form", got, f.Fault())
	}
	f.PutAt("norrut")
	f.Save()
	if len(got) != 1 || !strings.Contains(f.Fault(), "Läget") || f.Road() != "" {
		t.Errorf("a position that is none is handed over, or its road told as %q", f.Road())
	}
	f.PutAt("650000 6700000")
	f.Say(model.PartName, "Boden")
	f.Say(model.PartStaffed, "no")
	f.Tick("post", true)
	if f.Road() != "långt" {
		t.Errorf("road %q", f.Road())
	}
	f.Save()
	want := Answer{Types: []string{"dagligvaror", "post"}, At: &orb.Point{650000, 6700000}, Facts: map[string]string{model.PartName: "Boden", model.PartStaffed: "no"}}
	if !reflect.DeepEqual(got[1], want) || f.sheet.Visible() {
		t.Errorf("got %+v, want %+v", got[1], want)
	}
}

func TestOnlyWhatIsChangedIsSaved(t *testing.T) {
	var got []Answer
	q := Question{
		At: orb.Point{500000, 6700000}, Chosen: []string{"dagligvaror", "post"}, Own: "post", Services: 2,
		Facts: map[string]string{model.PartName: "Boden", model.PartReserve: "yes", model.PartCapacity: "12.5"},
	}
	f := open(t, q, &got)
	f.Save()
	if len(got) != 0 || f.sheet.Visible() {
		t.Fatalf("nothing was changed, saved %v", got)
	}
	f = open(t, q, &got)
	f.Say(model.PartReserve, "")
	f.Say(model.PartTold, "Byalaget")
	f.Save()
	if want := (Answer{Facts: map[string]string{model.PartReserve: "", model.PartTold: "Byalaget"}}); !reflect.DeepEqual(got[0], want) {
		t.Errorf("got %+v, want %+v", got[0], want)
	}
	f = open(t, q, &got)
	f.alone.SetChecked(true)
	if f.types[0].Checked || !f.types[1].Checked {
		t.Error("the one service has the types of all")
	}
	f.Tick("post", false)
	f.Tick("apotek", true)
	f.Save()
	if want := (Answer{Types: []string{"apotek"}, Facts: map[string]string{}, Alone: true}); !reflect.DeepEqual(got[1], want) {
		t.Errorf("got %+v, want %+v", got[1], want)
	}
	f = open(t, q, &got)
	f.Tick("dagligvaror", false)
	f.Tick("post", false)
	f.Save()
	if got[2].Types == nil || len(got[2].Types) != 0 {
		t.Errorf("no type at all is told as %v", got[2].Types)
	}
}
