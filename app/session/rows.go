package session

import (
	"encoding/hex"
	"fmt"
	"strconv"
)

// WriteValue writes a value of a row as files have it: a point in numbers, "" for none.
func WriteValue(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []byte:
		return hex.EncodeToString(v)
	}
	return fmt.Sprint(v)
}
