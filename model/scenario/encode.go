package scenario

import (
	"encoding/json"
	"fmt"
)

// Encode writes what a modification holds as JSON, which Decode reads for its kind.
func Encode(m Modification) ([]byte, error) { return json.Marshal(m) }

// Decode reads a modification of a kind.
func Decode(kind Kind, content []byte) (Modification, error) {
	switch kind {
	case KindClose:
		return decode[ClosePlace](content)
	case KindOpen:
		return decode[OpenPlace](content)
	case KindMove:
		return decode[MovePlace](content)
	case KindConvert:
		return decode[Convert](content)
	case KindCloseRoad:
		return decode[CloseRoad](content)
	case KindFerries:
		return decode[FerriesOff](content)
	case KindPeople:
		return decode[ChangePeople](content)
	case KindServices:
		return decode[AddServices](content)
	case KindHours:
		return decode[SetHours](content)
	case KindLocker:
		return decode[ParcelLocker](content)
	case KindMobile:
		return decode[MobileShop](content)
	case KindDelivery:
		return decode[DeliveryZone](content)
	case KindRoad:
		return decode[ChangeRoad](content)
	case KindNewRoad:
		return decode[NewRoad](content)
	case KindCloseFerry:
		return decode[CloseFerry](content)
	case KindHousing:
		return decode[AddPeople](content)
	case KindForecast:
		return decode[Forecast](content)
	}
	return nil, fmt.Errorf("no kind of modification is called %q", kind)
}

// decode reads one sort of modification.
func decode[M Modification](content []byte) (Modification, error) {
	var m M
	if err := json.Unmarshal(content, &m); err != nil {
		return nil, err
	}
	return m, nil
}
