package format

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"nabar/internal/i18n"
)

// Registry knows the formats and opens a file with the one that its content calls for. It is immutable.
type Registry struct{ formats []Format }

// NewRegistry makes a registry. Where several formats match a file, the first given wins: put the strict ones first.
func NewRegistry(formats ...Format) *Registry {
	return &Registry{formats: append([]Format(nil), formats...)}
}

// Formats lists the formats in the order of their precedence.
func (r *Registry) Formats() []Format { return append([]Format(nil), r.formats...) }

// Open finds the file's format by its content and opens it. What can't be opened gives a *i18n.Problem: a file that is
// missing, empty, a folder, protected, of another kind than its name says, or of a kind that is not read.
func (r *Registry) Open(ctx context.Context, path string, opt Options) (Source, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	head, tail, err := ends(path)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	kind := recognise(head, tail, name)
	if kind.name == "" || r.knows(kind.name) {
		for _, f := range r.formats {
			if f.Match(head, name) {
				return f.Open(ctx, path, opt)
			}
		}
	}
	if kind.key == "" {
		kind.key = "import.unknown_format"
	}
	return nil, i18n.Errorf(kind.key, name, filepath.Ext(name))
}

// KindOf tells what a file holds by its content: "gpkg", "mbtiles", "pmtiles", "pdf" and so on; "" where nothing tells.
func KindOf(path string) (string, error) {
	head, tail, err := ends(path)
	if err != nil {
		return "", err
	}
	return recognise(head, tail, filepath.Base(path)).name, nil
}

// knows tells whether a format of that name is registered.
func (r *Registry) knows(name string) bool {
	for _, f := range r.formats {
		if f.Name() == name {
			return true
		}
	}
	return false
}

// tailSize is how much of a file's end is looked at: the list of contents of a zip lies there.
const tailSize = 64 << 10

// ends reads the first HeadSize and the last tailSize bytes of a regular file.
func ends(path string) (head, tail []byte, err error) {
	name := filepath.Base(path)
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, fileProblem(name, err)
	}
	switch {
	case info.IsDir():
		return nil, nil, i18n.Errorf("import.folder", name)
	case !info.Mode().IsRegular():
		return nil, nil, i18n.Errorf("import.not_a_file", name)
	case info.Size() == 0:
		return nil, nil, i18n.Errorf("import.empty_file", name)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, fileProblem(name, err)
	}
	defer file.Close()
	head = make([]byte, min(HeadSize, info.Size()))
	if _, err := io.ReadFull(file, head); err != nil {
		return nil, nil, fileProblem(name, err)
	}
	tail = make([]byte, min(tailSize, info.Size()))
	if _, err := file.ReadAt(tail, info.Size()-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, fileProblem(name, err)
	}
	return head, tail, nil
}

// fileProblem turns what the system says about a file into a sentence.
func fileProblem(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return i18n.Errorf("import.missing", name)
	case errors.Is(err, fs.ErrPermission):
		return i18n.Errorf("import.no_permission", name)
	}
	return &i18n.Problem{Message: i18n.M("import.unreadable", name), Cause: err}
}

// isText tells whether the bytes can be text in an encoding that text formats come in.
func isText(head []byte) bool {
	for _, mark := range [][]byte{{0xff, 0xfe}, {0xfe, 0xff}} {
		if bytes.HasPrefix(head, mark) {
			return true // UTF-16
		}
	}
	return bytes.IndexByte(head, 0) < 0
}
