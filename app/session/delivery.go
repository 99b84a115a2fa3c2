package session

import (
	"context"

	"nabar/analysis/delivery"
	"nabar/model"
)

// The question what home deliveries would cost where a shop closes, and its answer; see package delivery.
type (
	DeliveryQuery  = delivery.Query
	DeliveryResult = delivery.Result
	DeliveryRow    = delivery.Row
	DeliveryFactor = delivery.Factor
)

// The outcomes of a DeliveryRow.
const (
	DeliveryCheaper = delivery.Deliver
	SupportCheaper  = delivery.Keep
	NobodyBeyond    = delivery.Nobody
	NowhereToStart  = delivery.Alone
)

// DeliveryFactors are the usual assumptions of a DeliveryQuery.
func DeliveryFactors() []DeliveryFactor { return delivery.Factors() }

// HomeDelivery tells for each place of a service what home deliveries would cost if it closed, against support to it, in the
// scenario of a base query. It stores nothing. Cancelling ends it within half a second.
func (s *Session) HomeDelivery(ctx context.Context, base model.Query, q DeliveryQuery, progress model.Progress) (*DeliveryResult, error) {
	progress = orSilent(progress)
	base.Service, base.Impedance = q.Service, model.Distance
	ready, err := s.ready(ctx, base, part(progress, 0, 0.3))
	if err != nil {
		return nil, err
	}
	return delivery.Compare(ctx, ready.Prepared, q, part(progress, 0.3, 1))
}
