package route

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"nabar/analysis/network"
)

const (
	orderMagic     = "nabar order 1\n"
	identityLength = sha256.Size
	orderHeader    = len(orderMagic) + identityLength + 4
)

// ErrOrder tells that an order belongs to another network, to another version of the program, or is damaged. The remedy
// is NewOrder.
var ErrOrder = errors.New("route: the order does not fit the network")

// identity is a digest of which nodes the edges of a network join.
func identity(n *network.Network) [identityLength]byte {
	hash := sha256.New()
	buffer := binary.LittleEndian.AppendUint32(nil, uint32(n.Topology.Nodes))
	for i := range n.Edges {
		buffer = binary.LittleEndian.AppendUint32(buffer, uint32(n.Edges[i].From))
		buffer = binary.LittleEndian.AppendUint32(buffer, uint32(n.Edges[i].To))
		if len(buffer) >= 1<<15 {
			hash.Write(buffer)
			buffer = buffer[:0]
		}
	}
	hash.Write(buffer)
	return [identityLength]byte(hash.Sum(nil))
}

// MarshalBinary writes the order with its version and the identity of the network, four bytes a node, and a digest of
// all that.
func (o *Order) MarshalBinary() ([]byte, error) {
	out := make([]byte, 0, orderHeader+4*len(o.nodes)+sha256.Size)
	out = append(out, orderMagic...)
	out = append(out, o.identity[:]...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(o.nodes)))
	for _, v := range o.nodes {
		out = binary.LittleEndian.AppendUint32(out, uint32(v))
	}
	digest := sha256.Sum256(out)
	return append(out, digest[:]...), nil
}

// UnmarshalBinary reads what MarshalBinary wrote, and gives ErrOrder for all else. What it accepts has every node once,
// so that a hierarchy built from it gives right answers.
func (o *Order) UnmarshalBinary(data []byte) error {
	if len(data) < orderHeader+sha256.Size || string(data[:len(orderMagic)]) != orderMagic {
		return ErrOrder
	}
	body := data[:len(data)-sha256.Size]
	if sha256.Sum256(body) != [sha256.Size]byte(data[len(body):]) {
		return ErrOrder
	}
	count := binary.LittleEndian.Uint32(body[orderHeader-4:])
	list := body[orderHeader:]
	if uint64(len(list)) != 4*uint64(count) {
		return ErrOrder
	}
	nodes, seen := make([]int32, count), make([]bool, count)
	for i := range nodes {
		v := binary.LittleEndian.Uint32(list[4*i:])
		if v >= count || seen[v] {
			return ErrOrder
		}
		nodes[i], seen[v] = int32(v), true
	}
	o.identity, o.nodes = [identityLength]byte(body[len(orderMagic):]), nodes
	return nil
}
