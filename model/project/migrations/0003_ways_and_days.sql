-- Results are kept for each way of travelling, date and demand set too, '' being the usual one of each. The tables are made
-- anew, since a table's keys can't change.
ALTER TABLE nabar_result RENAME TO nabar_result_2;
ALTER TABLE nabar_result_band RENAME TO nabar_result_band_2;
ALTER TABLE nabar_result_place RENAME TO nabar_result_place_2;

CREATE TABLE nabar_result (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  scenario INTEGER NOT NULL,
  profile TEXT NOT NULL,
  date TEXT NOT NULL,
  demand TEXT NOT NULL,
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
  UNIQUE (scenario, profile, date, demand, service, impedance, limits)
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

INSERT INTO nabar_result SELECT id, scenario, '', '', '', service, impedance, limits, layer_name, table_name, facilities, people, reached,
  unreached, mean, median, p90, max, second_mean, params, inputs, engine, state FROM nabar_result_2;
INSERT INTO nabar_result_band SELECT * FROM nabar_result_band_2;
INSERT INTO nabar_result_place SELECT * FROM nabar_result_place_2;

DROP TABLE nabar_result_band_2;
DROP TABLE nabar_result_place_2;
DROP TABLE nabar_result_2;
