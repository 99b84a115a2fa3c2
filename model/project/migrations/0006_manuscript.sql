-- The documents that the project prints: a row for each manuscript, chapter and block, so that undo restores a block and
-- not a whole plan. content is the JSON of the types in model/manuscript, without what has rows of its own.
CREATE TABLE nabar_manuscript (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  position INTEGER NOT NULL,
  content TEXT NOT NULL
);
CREATE TABLE nabar_chapter (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  manuscript INTEGER NOT NULL REFERENCES nabar_manuscript(id),
  position INTEGER NOT NULL,
  content TEXT NOT NULL
);
CREATE INDEX nabar_chapter_of ON nabar_chapter(manuscript, position);
CREATE TABLE nabar_block (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  chapter INTEGER NOT NULL REFERENCES nabar_chapter(id),
  position INTEGER NOT NULL,
  content TEXT NOT NULL
);
CREATE INDEX nabar_block_of ON nabar_block(chapter, position);

-- Registering tables is no edit of the user's.
UPDATE nabar_state SET step = -1;
INSERT INTO gpkg_extensions
  SELECT name, NULL, 'nabar_project', 'Tables of the planning program Nåbar: settings, layer descriptions, undo log and results.', 'read-write'
  FROM sqlite_master WHERE type = 'table' AND name IN ('nabar_manuscript', 'nabar_chapter', 'nabar_block') ORDER BY rowid;
UPDATE nabar_state SET step = 0;
