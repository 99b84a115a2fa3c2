package modify

import (
	"reflect"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"nabar/internal/i18n"
	"nabar/mapview"
	"nabar/model/scenario"
)

func ptr[T any](v T) *T { return &v }

// full is a modification of every kind that has fields, as a form may hold it.
func full() []scenario.Modification {
	at := orb.Point{712100, 6406145}
	ring := orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}}
	return []scenario.Modification{
		scenario.ClosePlace{ID: "A"},
		scenario.OpenPlace{Name: "Ny", Types: []string{"post", "dagligvaror"}, At: at},
		scenario.MovePlace{ID: "B", At: at},
		scenario.Convert{ID: "A", Types: []string{"post"}, Form: "Postombud"},
		scenario.AddServices{ID: "borta", Types: []string{"apotek"}, Form: "Apoteksombud"},
		scenario.SetHours{ID: "A", Hours: "mån–fre 10–18", Staffed: ptr(false)},
		scenario.SetHours{ID: "A", Hours: "mån–fre 10–18"},
		scenario.MobileShop{Name: "Bussen", Types: []string{"dagligvaror"}, Stops: []scenario.Stop{
			{At: at, Days: []int{1, 4}}, {At: at, Days: []int{2}, Name: "Torget", Hours: "9:30–11"},
		}},
		scenario.ParcelLocker{Name: "Lådan", At: at},
		scenario.DeliveryZone{Types: []string{"dagligvaror"}, Area: ring, Where: "Fårö", Days: 2},
		scenario.NewRoad{Name: "Förbifarten", Line: orb.LineString{{1, 2}, {3, 4}}, Speed: 70, OneWay: true, Length: 1234.5, Reach: 50},
		scenario.ChangeRoad{Layer: "vägar", FID: 7, Speed: 30, Direction: scenario.Backward, Name: "Backen"},
		scenario.CloseRoad{Layer: "vägar", FID: 7, Name: "Bron"},
		scenario.CloseFerry{Layer: "vägar", FID: 7},
		scenario.ChangePeople{Percent: -2.5, Ages: &scenario.AgeSpan{From: 70, To: -1}, Area: ring, Where: "Fårö"},
		scenario.ChangePeople{Percent: 5},
		scenario.AddPeople{Name: "Höjden", At: at, People: 120, Average: true},
		scenario.AddPeople{At: at, People: 120, Women: ptr(50)},
		scenario.Forecast{Layer: "prognos", Column: "2035"},
	}
}

// bench is a form in a window, and what it had kept.
type bench struct {
	*Form
	saved []scenario.Modification
	err   error
	drawn []orb.Point
}

func open(t *testing.T, kind scenario.Kind, m scenario.Modification) *bench {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, widget.NewLabel(""))
	w.Resize(fyne.NewSize(1000, 800))
	b := &bench{}
	b.Form = Show(w, i18n.For("sv"), kind, m, Offer{
		Types:  []Choice{{"dagligvaror", "Dagligvaror"}, {"post", "Post"}, {"apotek", "Apotek"}},
		Places: []Choice{{"A", "Ahandeln"}, {"B", "Bboden"}}, Areas: []string{"Socknar"}, Columns: []string{"prognos.2035", "prognos.2040"},
		RoadAt: func(p orb.Point) (string, int64, bool) { return "vägar", 12, p[0] > 0 },
		Reach:  func() float64 { return 700 },
		Pick:   func(_ mapview.Shape, done func([]orb.Point)) { done(b.drawn) },
		Save: func(m scenario.Modification, done func(error)) {
			b.saved = append(b.saved, m)
			done(b.err)
		},
	})
	return b
}

// press presses the button of a text in the form.
func (b *bench) press(t *testing.T, text string) {
	t.Helper()
	for _, o := range b.pairs {
		for _, o := range test.LaidOutObjects(o) {
			if button, ok := o.(*widget.Button); ok && button.Text == text {
				test.Tap(button)
				return
			}
		}
	}
	t.Fatalf("no button %q", text)
}

func TestFormsGiveBackWhatTheyWereFilledWith(t *testing.T) {
	for _, m := range full() {
		t.Run(string(m.Kind()), func(t *testing.T) {
			b := open(t, m.Kind(), m)
			b.done()
			if len(b.saved) != 1 || !reflect.DeepEqual(b.saved[0], m) {
				t.Errorf("got  %#v (%s)\nwant %#v", b.saved, b.fault.Text, m)
			}
			if b.sheet.Visible() {
				t.Error("the form stays")
			}
		})
	}
}

func TestEmptyFormsSayWhatIsMissing(t *testing.T) {
	for _, kind := range Kinds() {
		if kind == scenario.KindFerries || kind == scenario.KindPeople {
			continue // nothing need be filled in
		}
		t.Run(string(kind), func(t *testing.T) {
			b := open(t, kind, nil)
			b.done()
			if kind == scenario.KindHours {
				return // the place is chosen, the rest is for the session to refuse
			}
			if len(b.saved) > 0 || !b.fault.Visible() || b.fault.Text == "" || !b.sheet.Visible() {
				t.Errorf("saved %#v, says %q", b.saved, b.fault.Text)
			}
		})
	}
}

func TestWhatIsRefusedStaysInTheForm(t *testing.T) {
	b := open(t, scenario.KindLocker, scenario.ParcelLocker{At: orb.Point{1, 2}})
	b.err = i18n.Errorf("scenario.gone")
	b.done()
	if !b.sheet.Visible() || b.fault.Text != "Scenariot finns inte längre." {
		t.Errorf("says %q", b.fault.Text)
	}
	b.err = nil
	b.done()
	if b.sheet.Visible() || len(b.saved) != 2 {
		t.Error("what is mended is not kept")
	}
}

func TestMapIsPointedAt(t *testing.T) {
	b := open(t, scenario.KindLocker, nil)
	b.drawn = []orb.Point{{712100.4, 6406144.6}}
	b.press(t, "Peka på kartan")
	b.done()
	if want := (scenario.ParcelLocker{At: orb.Point{712100, 6406145}}); !reflect.DeepEqual(b.saved, []scenario.Modification{want}) {
		t.Errorf("got %#v", b.saved)
	}

	b = open(t, scenario.KindCloseRoad, nil)
	b.drawn = []orb.Point{{-1, 0}}
	b.press(t, "Peka på kartan")
	if b.fault.Text != "Det finns ingen väg där. Peka närmare." {
		t.Errorf("says %q", b.fault.Text)
	}
	b.drawn = []orb.Point{{1, 0}}
	b.press(t, "Peka på kartan")
	b.done()
	if want := (scenario.CloseRoad{Layer: "vägar", FID: 12}); !reflect.DeepEqual(b.saved, []scenario.Modification{want}) {
		t.Errorf("got %#v", b.saved)
	}

	b = open(t, scenario.KindNewRoad, nil)
	b.drawn = []orb.Point{{1, 0}, {2, 0}, {2, 5}}
	b.press(t, "Rita på kartan")
	b.drawn = nil // a second drawing that is left changes nothing
	b.press(t, "Rita på kartan")
	b.done()
	if len(b.saved) != 1 || len(b.saved[0].(scenario.NewRoad).Line) != 3 || b.saved[0].(scenario.NewRoad).Reach != 700 {
		t.Errorf("got %#v", b.saved)
	}

	b = open(t, scenario.KindDelivery, scenario.DeliveryZone{Types: []string{"post"}})
	b.drawn = []orb.Point{{1, 0}, {2, 0}, {2, 5}}
	b.press(t, "Rita på kartan")
	b.done()
	if len(b.saved) != 1 || len(b.saved[0].(scenario.DeliveryZone).Area[0][0]) != 4 {
		t.Errorf("got %#v, says %q", b.saved, b.fault.Text)
	}

	b = open(t, scenario.KindMobile, scenario.MobileShop{Name: "Bussen", Types: []string{"post"}})
	b.drawn = []orb.Point{{5, 6}}
	b.press(t, "Peka ut en hållplats på kartan")
	b.press(t, "Peka ut en hållplats på kartan")
	b.done()
	if len(b.saved) != 1 || len(b.saved[0].(scenario.MobileShop).Stops) != 2 {
		t.Errorf("got %#v, says %q", b.saved, b.fault.Text)
	}
}
