package supply

import (
	"context"
	"testing"

	"nabar/analysis/access"
)

// BenchmarkMeasure measures 1 000 places of two types for 20 000 squares on 180 000 streets, all within 30 km: 90 000
// nodes, about 20 000 of which each search touches, and some 4 million pairs.
func BenchmarkMeasure(b *testing.B) {
	p, err := access.Prepare(context.Background(), grid(300, 20_000, 1000), nil)
	if err != nil {
		b.Fatal(err)
	}
	for _, method := range Methods() {
		b.Run(string(method), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				q := Query{Services: []string{"dagligvaror", "post"}, Method: method, Limit: 30_000}
				if _, err := OnRoads(context.Background(), p, q, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
