package project

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"nabar/internal/i18n"
	"nabar/model"
)

// Keys of settings that the project itself looks at. Results are stale when they change.
const (
	SettingParams = "params"        // model.Params; model.DefaultParams where there is none
	SettingTypes  = "service_types" // []model.ServiceType

	SettingProfiles = "profiles" // []model.Profile: see MergeProfiles
	SettingDemand   = "demand"   // model.DemandSets

	settingKommun = "kommun"
)

// kommunRow is how the kommun is kept.
type kommunRow struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	Fictional bool   `json:"fictional,omitempty"`
}

// querier is a connection or a pool of them.
type querier interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

// Setting reads the setting of a key into what into points to, by the rules of encoding/json. found is false, and
// into untouched, where there is none. Settings made by Tx.SetSetting come before those of SetView.
func (p *Project) Setting(ctx context.Context, key string, into any) (found bool, err error) {
	err = p.reading(ctx, func(db *sql.DB) error {
		found, err = getSetting(ctx, db, key, into)
		return err
	})
	return found, err
}

// SetView keeps a setting of the view, such as the map's position, which is no undo step.
func (p *Project) SetView(ctx context.Context, key string, value any) error {
	content, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return p.writing(ctx, func(c *sql.Conn) error {
		_, err := c.ExecContext(ctx, `INSERT INTO nabar_view(key,value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value`, key, string(content))
		return err
	})
}

// getSetting is Setting on a connection.
func getSetting(ctx context.Context, q querier, key string, into any) (found bool, err error) {
	var value string
	err = q.QueryRowContext(ctx, `SELECT value FROM nabar_setting WHERE key=?1 UNION ALL SELECT value FROM nabar_view WHERE key=?1 LIMIT 1`, key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := json.Unmarshal([]byte(value), into); err != nil {
		return false, &i18n.Problem{Message: i18n.M("project.setting_unreadable", key), Cause: err}
	}
	return true, nil
}

// putSetting writes a setting; nil removes it.
func putSetting(ctx context.Context, c *sql.Conn, key string, value any) error {
	if value == nil {
		_, err := c.ExecContext(ctx, `DELETE FROM nabar_setting WHERE key=?`, key)
		return err
	}
	content, err := json.Marshal(value)
	if err != nil {
		return err
	}
	_, err = c.ExecContext(ctx, `INSERT INTO nabar_setting(key,value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value`, key, string(content))
	return err
}

// loadKommun reads the kommun for Kommun.
func (p *Project) loadKommun(ctx context.Context) error {
	var row kommunRow
	if _, err := p.Setting(ctx, settingKommun, &row); err != nil {
		return err
	}
	p.setKommun(row)
	return nil
}

// setKommun changes what Kommun answers.
func (p *Project) setKommun(row kommunRow) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kommun = model.Kommun(row)
}
