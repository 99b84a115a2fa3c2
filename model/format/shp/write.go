package shp

import (
	"bufio"
	"io"
	"iter"

	"nabar/internal/i18n"
	"nabar/model"
)

// Extensions are the endings of the files that make up a shapefile, in the order of Write's files.
var Extensions = []string{".shp", ".shx", ".dbf", ".prj", ".cpg"}

// Write writes a layer to five files, opened for writing in the order of Extensions, and gives remarks on what was
// shortened or left out. It goes through rows twice: the widths of the columns stand before the first row. A Problem
// tells where the layer has no geometry, more than one kind of it, or more than the format holds. An error of rows ends
// the writing and is returned.
func Write(files []io.WriteSeeker, layer model.Layer, rows iter.Seq2[model.Feature, error]) ([]i18n.Message, error) {
	s, err := look(layer, rows)
	if err != nil {
		return nil, err
	}
	shapes := newShapeFiles(files[0], files[1], layer.Name, s.kind)
	table := newTable(files[2], layer, s)
	for f, err := range rows {
		if err != nil {
			return nil, err
		}
		if err := shapes.add(f.Geometry); err != nil {
			return nil, err
		}
		if err := table.add(f); err != nil {
			return nil, err
		}
	}
	if err := shapes.finish(); err != nil {
		return nil, err
	}
	if err := table.finish(); err != nil {
		return nil, err
	}
	if _, err := io.WriteString(files[3], projection); err != nil {
		return nil, err
	}
	_, err = io.WriteString(files[4], "UTF-8")
	return s.remarks(layer.Name), err
}

// projection is SWEREF 99 TM as the format's readers know it.
const projection = `PROJCS["SWEREF99_TM",GEOGCS["GCS_SWEREF99",DATUM["D_SWEREF99",SPHEROID["GRS_1980",6378137.0,298.257222101]],` +
	`PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],` +
	`PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",15.0],PARAMETER["Scale_Factor",0.9996],` +
	`PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`

// mostBytes is the size that every reader takes.
const mostBytes = 1<<31 - 1

// rewindable is a buffered file whose head is written when all else is known.
type rewindable struct {
	*bufio.Writer
	file io.WriteSeeker
	size int64
}

// newRewindable leaves room for the head.
func newRewindable(file io.WriteSeeker, head int) *rewindable {
	r := &rewindable{Writer: bufio.NewWriterSize(file, 64<<10), file: file}
	r.put(make([]byte, head))
	return r
}

// put writes bytes. An error stays in the buffer until the end.
func (r *rewindable) put(b []byte) {
	n, _ := r.Write(b)
	r.size += int64(n)
}

// finish writes the head.
func (r *rewindable) finish(head []byte) error {
	if err := r.Flush(); err != nil {
		return err
	}
	if _, err := r.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := r.file.Write(head)
	return err
}
