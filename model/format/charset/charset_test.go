package charset

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"nabar/internal/i18n"
)

func TestFind(t *testing.T) {
	tests := []struct {
		name, bytes, told, want string
		fixed                   bool
	}{
		{"ascii", "abc", "", "windows-1252", false},
		{"utf-8", "åäö", "", "windows-1252", false},
		{"cut rune", "abc å"[:5], "", "windows-1252", false},
		{"latin-1", "sm\xf6rg\xe5s", "", "windows-1252", false},
		{"DOS", "sm\x94rg\x86s", "", "cp850", false},
		{"quotes of Windows", "sm\xf6r \x94g\x94", "", "windows-1252", false},
		{"utf-16", "\xff\xfea\x00", "", "utf-16le", true},
		{"told", "abc", "ISO-8859-1", "iso-8859-1", true},
		{"told utf-8", "abc", "UTF-8", "windows-1252", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Find([]byte(tt.bytes), tt.told)
			if err != nil || c.Name() != tt.want || c.Fixed() != tt.fixed {
				t.Errorf("%s (fixed %v), error %v", c.Name(), c.Fixed(), err)
			}
		})
	}
	if _, err := Find(nil, "klingon"); !errors.Is(err, i18n.Errorf("table.unknown_encoding")) {
		t.Errorf("error %v", err)
	}
}

func TestStream(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "a": "a", "\xef\xbb\xbf": "", "\xef\xbb\xbfåäö": "åäö", "\xef\xbbx": "\xef\xbbx",
		"\xff\xfe\xe5\x00a\x00": "åa", "\xfe\xff\x00\xe5\x00a": "åa",
	} {
		c, err := Find([]byte(in), "")
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(c.Stream(context.Background(), strings.NewReader(in)))
		if err != nil || string(got) != want {
			t.Errorf("%q became %q, error %v", in, got, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var c Coding
	if _, err := io.ReadAll(c.Stream(ctx, strings.NewReader("abc"))); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestText(t *testing.T) {
	c, err := Find([]byte("abc"), "")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		in, want     string
		wide, mapped bool
	}{
		{"abc", "abc", false, false},
		{"åäö", "åäö", true, false},
		{"\xe5\xe4\xf6", "åäö", true, true},
		{"\x80 \x81", "€ \ufffd", true, true},
	}
	for _, tt := range tests {
		if got, wide, mapped := c.Text([]byte(tt.in)); got != tt.want || wide != tt.wide || mapped != tt.mapped {
			t.Errorf("%q became %q (%v, %v)", tt.in, got, wide, mapped)
		}
	}
}
