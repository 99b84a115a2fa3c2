-- Scenarios: named lists of modifications. A row for each step, so that undo restores a step and not a whole list.

CREATE TABLE nabar_scenario (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  parent INTEGER NOT NULL,
  position INTEGER NOT NULL
);

-- content is the JSON that scenario.Decode reads for the kind.
CREATE TABLE nabar_scenario_step (
  scenario INTEGER NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  off INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (scenario, position)
) WITHOUT ROWID;

-- Results are kept for each scenario, 0 being the baseline. The tables are made anew, since a table's keys can't change.
ALTER TABLE nabar_result RENAME TO nabar_result_1;
ALTER TABLE nabar_result_band RENAME TO nabar_result_band_1;
ALTER TABLE nabar_result_place RENAME TO nabar_result_place_1;

CREATE TABLE nabar_result (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  scenario INTEGER NOT NULL,
  service TEXT NOT NULL,
  impedance TEXT NOT NULL,
  limits TEXT NOT NULL,
  layer_name TEXT NOT NULL,
  table_name TEXT NOT NULL UNIQUE,
  facilities INTEGER NOT NULL,
  people INTEGER NOT NULL,
  reached INTEGER NOT NULL,
  unreached INTEGER NOT NULL,
  mean DOUBLE,
  median DOUBLE,
  p90 DOUBLE,
  max DOUBLE,
  second_mean DOUBLE,
  params TEXT NOT NULL,
  inputs TEXT NOT NULL,
  engine TEXT NOT NULL,
  state TEXT NOT NULL,
  UNIQUE (scenario, service, impedance, limits)
);

CREATE TABLE nabar_result_band (
  result INTEGER NOT NULL REFERENCES nabar_result (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  upto DOUBLE NOT NULL,
  people INTEGER NOT NULL,
  PRIMARY KEY (result, seq)
) WITHOUT ROWID;

CREATE TABLE nabar_result_place (
  result INTEGER NOT NULL REFERENCES nabar_result (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  facility TEXT NOT NULL,
  name TEXT NOT NULL,
  people_nearest INTEGER NOT NULL,
  joined INTEGER NOT NULL,
  PRIMARY KEY (result, seq)
) WITHOUT ROWID;

INSERT INTO nabar_result SELECT id, 0, service, impedance, limits, layer_name, table_name, facilities, people, reached,
  unreached, mean, median, p90, max, second_mean, params, inputs, engine, state FROM nabar_result_1;
INSERT INTO nabar_result_band SELECT * FROM nabar_result_band_1;
INSERT INTO nabar_result_place SELECT * FROM nabar_result_place_1;

DROP TABLE nabar_result_band_1;
DROP TABLE nabar_result_place_1;
DROP TABLE nabar_result_1;

-- Registering tables is no edit of the user's.
UPDATE nabar_state SET step = -1;
INSERT INTO gpkg_extensions
  SELECT name, NULL, 'nabar_project', 'Tables of the planning program Nåbar: settings, layer descriptions, undo log and results.', 'read-write'
  FROM sqlite_master WHERE type = 'table' AND name IN ('nabar_scenario', 'nabar_scenario_step') ORDER BY name;
UPDATE nabar_state SET step = 0;
