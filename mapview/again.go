package mapview

// Again draws the map anew as it is: what its renderer shows has become more. The picture that is there stays until then.
func (m *Map) Again() { m.redraw() }
