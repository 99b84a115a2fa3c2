package windowtest

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
)

// pointer moves the mouse of a virtual screen by the screen's own test extension, over one connection: a program started for
// each movement would take milliseconds of the processors that are measured, and a good part of what is measured itself.
type pointer struct {
	t      *testing.T
	server net.Conn
	opcode byte // of the extension
}

// Events of the test extension, and requests of the X protocol.
const (
	buttonPress     = 4
	buttonRelease   = 5
	motionNotify    = 6
	getInputFocus   = 43
	queryExtension  = 98
	fakeInput       = 2
	fakeInputLength = 36
)

// pointer connects to the screen.
func (s *screen) pointer() *pointer {
	s.t.Helper()
	server, err := net.Dial("unix", "/tmp/.X11-unix/X"+strings.TrimPrefix(s.display, ":"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { server.Close() })
	p := &pointer{t: s.t, server: server}
	p.send([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	head := p.read(8)
	if head[0] != 1 {
		s.t.Fatalf("the screen refuses the connection: %s", p.read(4*int(binary.LittleEndian.Uint16(head[6:]))))
	}
	p.read(4 * int(binary.LittleEndian.Uint16(head[6:])))
	const name = "XTEST"
	request := append([]byte{queryExtension, 0, 4, 0, byte(len(name)), 0, 0, 0}, name...)
	p.send(append(request, 0, 0, 0))
	reply := p.read(32)
	if reply[8] == 0 {
		s.t.Skip("the screen has no test extension")
	}
	p.opcode = reply[9]
	return p
}

// send writes a request.
func (p *pointer) send(b []byte) {
	p.t.Helper()
	if _, err := p.server.Write(b); err != nil {
		p.t.Fatal(err)
	}
}

// read reads so many bytes of what the screen answers.
func (p *pointer) read(n int) []byte {
	p.t.Helper()
	b := make([]byte, n)
	if _, err := io.ReadFull(p.server, b); err != nil {
		p.t.Fatal(fmt.Errorf("the screen does not answer: %w", err))
	}
	return b
}

// fake makes an event, and returns when the screen has taken it in.
func (p *pointer) fake(event, detail byte, x, y int) {
	p.t.Helper()
	b := make([]byte, fakeInputLength+4)
	b[0], b[1], b[2] = p.opcode, fakeInput, fakeInputLength/4
	b[4], b[5] = event, detail
	binary.LittleEndian.PutUint16(b[24:], uint16(int16(x)))
	binary.LittleEndian.PutUint16(b[26:], uint16(int16(y)))
	b[fakeInputLength], b[fakeInputLength+2] = getInputFocus, 1
	p.send(b)
	p.read(32)
}

// move moves the mouse to a pixel of the screen.
func (p *pointer) move(x, y int) { p.fake(motionNotify, 0, x, y) }

// press presses a button and keeps it down, release lets it go.
func (p *pointer) press(button byte)   { p.fake(buttonPress, button, 0, 0) }
func (p *pointer) release(button byte) { p.fake(buttonRelease, button, 0, 0) }

// click presses a button and lets it go. Buttons 4 and 5 are the wheel, away from the hand and towards it.
func (p *pointer) click(button byte) {
	p.press(button)
	p.release(button)
}
