// Package assets embeds the files that the program carries: fonts, icons, translations and the demo kommun.
//
// Invariant: it holds bytes and no logic, and imports nothing of ours, so that every package may use it.
package assets

import "embed"

// Translations holds the catalogues: one file for each area and language, named area.sv.json and area.en.json.
//
//go:embed translations/*.json
var Translations embed.FS

// Fonts holds Source Sans 3 (SIL Open Font License 1.1, see fonts/OFL-SourceSans3.md), as it was published, and for letters
// and signs that it lacks parts of Noto Sans, Noto Emoji (the same licence) and DejaVu Sans (see fonts/LICENCES-More.md).
//
//go:embed fonts/*.ttf
var Fonts embed.FS

// Icons holds the program's icon (nabar.svg, nabar.png) and the toolbar icons that Fyne does not have: pan, identify,
// measure, plan, and one for each service type (basket, fuel, parcel, pharmacy, banknote).
//
//go:generate go run ../internal/icongen icons
//go:embed icons/*.svg icons/*.png
var Icons embed.FS
