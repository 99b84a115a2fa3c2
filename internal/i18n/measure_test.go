package i18n

import "testing"

func TestMeasures(t *testing.T) {
	sv, en := For(Swedish), For(English)
	for _, c := range []struct{ got, want string }{
		{sv.Value(Measured(0.4)), "0\u00a0m"},
		{sv.Value(Measured(3942.3)), "3\u00a0942\u00a0m"},
		{sv.Value(Measured(9999.4)), "9\u00a0999\u00a0m"},
		{sv.Value(Measured(9999.5)), "10,00\u00a0km"},
		{en.Value(Measured(41523)), "41.52\u00a0km"},
		{sv.Value(Surface(950)), "950\u00a0m²"},
		{sv.Value(Surface(12345)), "1,23\u00a0ha"},
		{sv.Value(Surface(999_949)), "99,99\u00a0ha"},
		{sv.Value(Surface(1e6)), "1,00\u00a0km²"},
		{sv.Value(Surface(3.2e9)), "3\u00a0200,00\u00a0km²"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
