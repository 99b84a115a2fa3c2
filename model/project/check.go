package project

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"nabar/internal/i18n"
)

// headerSize is the length of the header of an SQLite file.
const headerSize = 100

// checkHeader looks at the first bytes and the size of a file before SQLite does: an empty file, one of another kind
// and one that was cut off while it was copied are told apart. wal tells that another program has left the file in
// write-ahead mode.
func checkHeader(path string) (wal bool, err error) {
	file, err := os.Open(path)
	if err != nil {
		return false, &i18n.Problem{Message: i18n.M("project.unreadable", filepath.Base(path)), Cause: err}
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return false, err
	}
	if info.Size() == 0 {
		return false, refuse("project.empty", path)
	}
	header := make([]byte, headerSize)
	n, err := io.ReadFull(file, header)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, &i18n.Problem{Message: i18n.M("project.unreadable", filepath.Base(path)), Cause: err}
	}
	if string(header[:min(n, 16)]) != "SQLite format 3\x00" || n < headerSize ||
		binary.BigEndian.Uint32(header[68:]) != applicationID {
		return false, i18n.Errorf("project.not_a_project", filepath.Base(path))
	}
	if cutOff(header, info.Size()) && !holdsBytes(path+"-journal") && !holdsBytes(path+"-wal") {
		return false, refuse("project.cut_off", path)
	}
	return header[18] == 2, nil
}

// cutOff compares the number of pages in the header, where it is valid, with the file's size.
func cutOff(header []byte, size int64) bool {
	page := int64(binary.BigEndian.Uint16(header[16:]))
	if page == 1 {
		page = 65536
	}
	valid := binary.BigEndian.Uint32(header[24:]) == binary.BigEndian.Uint32(header[92:])
	return valid && size < page*int64(binary.BigEndian.Uint32(header[28:]))
}

// refuse says that a file is damaged and which backup can be opened in its place.
func refuse(key, path string) error {
	hint := i18n.M("project.hint_copy")
	if backups := backupsOf(path); len(backups) > 0 {
		newest := backups[len(backups)-1]
		hint = i18n.M("project.hint_backup", filepath.Base(newest), filepath.Dir(newest))
	}
	return i18n.Errorf(key, filepath.Base(path), hint)
}

// check makes sure that a file is whole and a project of ours, and gives the version of its schema. It reads only,
// save that SQLite rolls back an edit that a crash cut short.
func check(ctx context.Context, path, mode string) (version int, err error) {
	db, err := openDB(ctx, path, mode, readerPragmas, 1)
	if err != nil {
		return 0, checkProblem(err, path)
	}
	defer db.Close()
	conn, err := only(ctx, db)
	if err != nil {
		return 0, checkProblem(err, path)
	}
	defer conn.Close()
	var id int
	if err := conn.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return 0, checkProblem(err, path)
	}
	if id != applicationID {
		return 0, i18n.Errorf("project.not_a_project", filepath.Base(path))
	}
	if err := quickCheck(ctx, conn, path); err != nil {
		return 0, err
	}
	version, err = schemaVersion(ctx, conn, path)
	if err != nil {
		return 0, checkProblem(err, path)
	}
	return version, nil
}

// quickCheck lets SQLite walk through every table, the indexes and the tables that R-trees are kept in, and then through the
// list of free pages. What it leaves out is whether each R-tree finds every row, which takes four fifths of the time
// of a check of all at once in a project with many roads: an index that finds too little is no damage to the data.
func quickCheck(ctx context.Context, conn *sql.Conn, path string) error {
	tables, err := texts(ctx, conn, `SELECT 'sqlite_schema' UNION ALL SELECT name FROM sqlite_schema WHERE type='table' AND rootpage>0`)
	if err != nil {
		return checkProblem(err, path)
	}
	for _, table := range tables {
		var verdict string
		if err := conn.QueryRowContext(ctx, "PRAGMA quick_check("+text(table)+")").Scan(&verdict); err != nil {
			return checkProblem(err, path)
		}
		if verdict != "ok" {
			return refuse("project.damaged", path)
		}
	}
	sound, err := soundFreeList(ctx, conn)
	if err != nil {
		return checkProblem(err, path)
	}
	if !sound {
		return refuse("project.damaged", path)
	}
	return nil
}

// soundFreeList follows the list of free pages: it must hold as many as the header says, each once and within the file
// (https://www.sqlite.org/fileformat2.html#the_freelist). A page that is listed though it is in use would be
// written over.
func soundFreeList(ctx context.Context, conn *sql.Conn) (sound bool, err error) {
	read := func(number uint32) (page []byte, err error) {
		err = conn.QueryRowContext(ctx, `SELECT data FROM sqlite_dbpage WHERE pgno=?`, number).Scan(&page)
		return page, err
	}
	var pages uint32
	if err := conn.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
		return false, err
	}
	header, err := read(1)
	if err != nil {
		return false, err
	}
	trunk, left := binary.BigEndian.Uint32(header[32:]), binary.BigEndian.Uint32(header[36:])
	seen := map[uint32]bool{}
	fresh := func(number uint32) bool {
		good := number > 1 && number <= pages && !seen[number] && left > 0
		seen[number] = true
		left--
		return good
	}
	for trunk != 0 {
		if !fresh(trunk) {
			return false, nil
		}
		page, err := read(trunk)
		if err != nil {
			return false, err
		}
		count := binary.BigEndian.Uint32(page[4:])
		if uint64(count) > uint64(len(page)/4-2) {
			return false, nil
		}
		for i := range count {
			if !fresh(binary.BigEndian.Uint32(page[8+4*i:])) {
				return false, nil
			}
		}
		trunk = binary.BigEndian.Uint32(page)
	}
	return left == 0, nil
}

// ourTables are those that every version of a project has.
var ourTables = []string{
	"gpkg_spatial_ref_sys", "gpkg_contents", "gpkg_geometry_columns", "gpkg_extensions", "nabar_schema", "nabar_state",
	"nabar_step", "nabar_log", "nabar_step_table", "nabar_table", "nabar_layer", "nabar_setting",
}

// schemaVersion reads the version, after making sure that our tables are there and are tables.
func schemaVersion(ctx context.Context, conn *sql.Conn, path string) (version int, err error) {
	found := 0
	for i, table := range ourTables {
		var n int
		err := conn.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE type='table' AND name=?`, table).Scan(&n)
		if err != nil {
			return 0, err
		}
		found += n
		if n == 0 && i > 3 && found <= 4 {
			return 0, i18n.Errorf("project.not_ours", filepath.Base(path))
		}
	}
	if found < len(ourTables) {
		return 0, refuse("project.damaged", path)
	}
	err = conn.QueryRowContext(ctx, `SELECT version FROM nabar_schema WHERE id=1`).Scan(&version)
	if err == nil {
		var step int
		err = conn.QueryRowContext(ctx, `SELECT step FROM nabar_state WHERE id=1`).Scan(&step)
	}
	if errors.Is(err, sql.ErrNoRows) || err == nil && version < 1 {
		return 0, refuse("project.damaged", path)
	}
	return version, err
}

// checkProblem says in a sentence why SQLite could not read a file that is being opened.
func checkProblem(err error, path string) error {
	var fault *sqlite.Error
	if !errors.As(err, &fault) {
		return err
	}
	switch fault.Code() & 0xff {
	case sqlite3.SQLITE_INTERRUPT:
		return err
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return i18n.Errorf("project.busy", filepath.Base(path))
	case sqlite3.SQLITE_READONLY:
		return i18n.Errorf("project.unfinished", filepath.Base(path))
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return &i18n.Problem{Message: i18n.M("project.unreadable", filepath.Base(path)), Cause: err}
	}
	problem := refuse("project.damaged", path)
	var p *i18n.Problem
	if errors.As(problem, &p) {
		p.Cause = err
	}
	return problem
}
