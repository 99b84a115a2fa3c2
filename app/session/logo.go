package session

import (
	"context"
	"image"
	"io"
	"os"
	"path/filepath"

	"nabar/internal/i18n"
	"nabar/mapview/render/logo"
	"nabar/model/project"
)

// settingLogo is the key of the kommun's logo.
const settingLogo = "logo"

// logoSide is how many pixels of a logo are used on sheets: at most 50 mm at 300 pixels an inch, twice that on a poster.
const logoSide = 1200

// keptLogo is how a project keeps its logo: the file as it was.
type keptLogo struct {
	Name string `json:"name"`
	Data []byte `json:"data"`
}

// LogoName is the file name of the kommun's logo, "" where the project has none.
func (s *Session) LogoName(ctx context.Context) (string, error) {
	var kept keptLogo
	err := s.setting(ctx, settingLogo, &kept)
	return kept.Name, err
}

// Logo is the kommun's logo for map sheets, nil where the project has none.
func (s *Session) Logo(ctx context.Context) (image.Image, error) {
	var kept keptLogo
	if err := s.setting(ctx, settingLogo, &kept); err != nil || kept.Data == nil {
		return nil, err
	}
	img, err := logo.Decode(kept.Data)
	if err != nil {
		return nil, err
	}
	return logo.Shrunk(img, logoSide), nil
}

// SetLogo keeps a PNG, JPEG or SVG file of at most logo.Limit bytes in the project as the kommun's logo. It is an undoable step.
func (s *Session) SetLogo(ctx context.Context, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return i18n.Errorf("sheet.logo_unreadable", filepath.Base(path), err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, logo.Limit+1))
	if err != nil {
		return i18n.Errorf("sheet.logo_unreadable", filepath.Base(path), err)
	}
	if _, err := logo.Decode(data); err != nil {
		return err
	}
	return s.set(ctx, "sheet.step_logo", settingLogo, keptLogo{filepath.Base(path), data})
}

// RemoveLogo takes the logo out of the project. It is an undoable step.
func (s *Session) RemoveLogo(ctx context.Context) error {
	return s.edit(ctx, i18n.M("sheet.step_no_logo"), func(tx *project.Tx) error { return tx.SetSetting(settingLogo, nil) })
}
