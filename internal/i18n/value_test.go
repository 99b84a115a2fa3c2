package i18n

import "testing"

func TestBareNumbersAreReadBySpreadsheets(t *testing.T) {
	tests := []struct {
		v        float64
		decimals int
		sv, en   string
	}{
		{1234567.25, 1, "1234567,2", "1234567.2"},
		{-5, 0, "-5", "-5"},
		{-0.04, 1, "0,0", "0.0"},
		{0, 0, "0", "0"},
	}
	for _, tt := range tests {
		if got := For(Swedish).Bare(tt.v, tt.decimals); got != tt.sv {
			t.Errorf("%g in Swedish is %q, want %q", tt.v, got, tt.sv)
		}
		if got := For(English).Bare(tt.v, tt.decimals); got != tt.en {
			t.Errorf("%g in English is %q, want %q", tt.v, got, tt.en)
		}
	}
}
