-- The plan, the ledger of support, the register's facts and the bank of solutions: a row for each entry, so that undo
-- restores an entry and not a whole plan. content is the JSON that plan.Decode reads for the kind.
CREATE TABLE nabar_plan_entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  position INTEGER NOT NULL,
  content TEXT NOT NULL
);

-- Registering tables is no edit of the user's.
UPDATE nabar_state SET step = -1;
INSERT INTO gpkg_extensions
  VALUES ('nabar_plan_entry', NULL, 'nabar_project', 'Tables of the planning program Nåbar: settings, layer descriptions, undo log and results.', 'read-write');
UPDATE nabar_state SET step = 0;
