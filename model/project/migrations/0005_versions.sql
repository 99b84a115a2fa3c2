-- The versions of the plan's documents: content is the JSON of version.Version. The files are what was printed, packed by
-- gzip and told by the digest of what they hold. They are written once and take no part in undo: a version that is taken
-- back and made again finds its files where they were.
CREATE TABLE nabar_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  content TEXT NOT NULL
);

CREATE TABLE nabar_version_file (
  version INTEGER NOT NULL,
  format TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (version, format)
);

-- Registering tables is no edit of the user's.
UPDATE nabar_state SET step = -1;
INSERT INTO gpkg_extensions
  VALUES ('nabar_version', NULL, 'nabar_project', 'Tables of the planning program Nåbar: settings, layer descriptions, undo log and results.', 'read-write'),
         ('nabar_version_file', NULL, 'nabar_project', 'Tables of the planning program Nåbar: settings, layer descriptions, undo log and results.', 'read-write');
UPDATE nabar_state SET step = 0;
