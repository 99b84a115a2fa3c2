package project

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"nabar/internal/i18n"
	"nabar/model/version"
)

// Versions reads the versions of the plan's documents, in the order in which they were made.
func (p *Project) Versions(ctx context.Context) (all []version.Version, err error) {
	err = p.reading(ctx, func(db *sql.DB) error {
		all, err = readVersions(ctx, db)
		return err
	})
	return all, err
}

// VersionFile reads the file of a version, byte for byte as it was written. A version or format that is not there, and a
// file that is not what it was, give a *i18n.Problem.
func (p *Project) VersionFile(ctx context.Context, id int64, format string) (content []byte, err error) {
	err = p.reading(ctx, func(db *sql.DB) error {
		all, err := readVersions(ctx, db)
		if err != nil {
			return err
		}
		k := slices.IndexFunc(all, func(v version.Version) bool { return v.ID == id })
		if k < 0 {
			return i18n.Errorf("version.gone")
		}
		file, ok := all[k].File(format)
		if !ok {
			return i18n.Errorf("version.no_format", all[k].Name, format, formats(&all[k]))
		}
		content, err = readVersionFile(ctx, db, id, file)
		if err != nil && ctx.Err() == nil {
			return &i18n.Problem{Message: i18n.M("version.damaged", all[k].Name, format), Cause: err}
		}
		return err
	})
	return content, err
}

// formats lists the forms in which a version was written.
func formats(v *version.Version) string {
	var out []string
	for _, f := range v.Files {
		out = append(out, f.Format)
	}
	return strings.Join(out, ", ")
}

// AddVersion keeps a version with its files, whose bytes stand by their format, and gives it its id and its list of files. A
// name that another version has gives a *i18n.Problem.
func (tx *Tx) AddVersion(v *version.Version, files map[string][]byte) error {
	all, err := readVersions(tx.ctx, tx.conn)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(o version.Version) bool { return strings.EqualFold(o.Name, v.Name) }) {
		return i18n.Errorf("version.taken", v.Name)
	}
	v.Files = nil
	for _, format := range version.Formats() {
		if content, ok := files[format]; ok {
			sum := sha256.Sum256(content)
			v.Files = append(v.Files, version.File{Format: format, Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])})
		}
	}
	content, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := tx.exec(`INSERT INTO nabar_version(content) VALUES(?)`, string(content)); err != nil {
		return err
	}
	if err := tx.conn.QueryRowContext(tx.ctx, `SELECT max(id) FROM nabar_version`).Scan(&v.ID); err != nil {
		return err
	}
	for _, f := range v.Files {
		packed, err := pack(files[f.Format])
		if err != nil {
			return err
		}
		if err := tx.exec(`INSERT OR REPLACE INTO nabar_version_file(version,format,sha256,content) VALUES(?,?,?,?)`, v.ID, f.Format, f.SHA256, packed); err != nil {
			return err
		}
	}
	return nil
}

// RemoveVersion takes a version away. Its files stay where they are for as long as the step can be undone, and longer.
func (tx *Tx) RemoveVersion(id int64) error {
	return tx.exec(`DELETE FROM nabar_version WHERE id=?`, id)
}

// readVersions reads all versions.
func readVersions(ctx context.Context, q querier) ([]version.Version, error) {
	return collect(ctx, q, func(rows *sql.Rows) (v version.Version, err error) {
		var id int64
		var content string
		if err := rows.Scan(&id, &content); err != nil {
			return v, err
		}
		if err := json.Unmarshal([]byte(content), &v); err != nil {
			return v, &i18n.Problem{Message: i18n.M("version.unreadable", id), Cause: err}
		}
		v.ID = id
		return v, nil
	}, `SELECT id,content FROM nabar_version ORDER BY id`)
}

// readVersionFile reads a file and makes sure that it is the one that was written.
func readVersionFile(ctx context.Context, q querier, id int64, file version.File) ([]byte, error) {
	var packed []byte
	if err := q.QueryRowContext(ctx, `SELECT content FROM nabar_version_file WHERE version=? AND format=?`, id, file.Format).Scan(&packed); err != nil {
		return nil, err
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(r, file.Size+1))
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != file.SHA256 {
		return nil, errors.New("the digest is another")
	}
	return content, nil
}

// pack makes bytes smaller, always in the same way.
func pack(content []byte) ([]byte, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
