-- The tables of the GeoPackage standard (OGC 12-128r18, annex C), and ours beside them.

CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL,
  description TEXT
);

INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('SWEREF99 TM', 3006, 'EPSG', 3006, 'PROJCS["SWEREF99 TM",GEOGCS["SWEREF99",DATUM["SWEREF99",SPHEROID["GRS 1980",6378137,298.257222101,AUTHORITY["EPSG","7019"]],AUTHORITY["EPSG","6619"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4619"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",15],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Northing",NORTH],AXIS["Easting",EAST],AUTHORITY["EPSG","3006"]]', 'Sweden, transverse Mercator, metres'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', 'longitude and latitude in decimal degrees on the WGS 84 spheroid');

CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY,
  data_type TEXT NOT NULL,
  identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);

CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL,
  m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);

CREATE TABLE gpkg_extensions (
  table_name TEXT,
  column_name TEXT,
  extension_name TEXT NOT NULL,
  definition TEXT NOT NULL,
  scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);

-- QGIS' own table of styles, with QGIS' columns. Being registered as attributes it also makes GDAL and QGIS list
-- registered tables only, so that the nabar_ tables don't stand among the user's layers.
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256),
  f_table_schema TEXT(256),
  f_table_name TEXT(256),
  f_geometry_column TEXT(256),
  styleName TEXT(30),
  styleQML TEXT,
  styleSLD TEXT,
  useAsDefault BOOLEAN,
  description TEXT,
  owner TEXT(30),
  ui TEXT(30),
  update_time DATETIME DEFAULT CURRENT_TIMESTAMP
);

INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change)
  VALUES ('layer_styles', 'attributes', 'layer_styles', '1970-01-01T00:00:00.000Z');

-- The version of this schema; PRAGMA user_version is the GeoPackage standard's.
CREATE TABLE nabar_schema (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL
);

-- step is what the undo triggers write under: the step of the running edit, 0 for other programs, -1 for changes
-- that are no undo steps. revision is the last revision given to a layer: it only grows, also past an undo.
CREATE TABLE nabar_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  step INTEGER NOT NULL,
  revision INTEGER NOT NULL
);

INSERT INTO nabar_state VALUES (1, 0, 0);

-- One row for each undo step, named as the user thinks of it; undone steps are those that redo takes up again.
CREATE TABLE nabar_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0
);

-- The way back (or forth, for an undone step): run the statements of a step from the last to the first.
CREATE TABLE nabar_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  step INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  sql TEXT NOT NULL
);

CREATE INDEX nabar_log_step ON nabar_log (step, id);

-- Layer tables that a step registers or unregisters: they stay in the file for as long as the step does.
CREATE TABLE nabar_step_table (
  step INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  PRIMARY KEY (step, table_name)
) WITHOUT ROWID;

-- All layer tables that the program has made, registered or not.
CREATE TABLE nabar_table (
  table_name TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE nabar_layer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  table_name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  geometry TEXT NOT NULL,
  fields TEXT NOT NULL,
  mapping TEXT NOT NULL,
  features INTEGER NOT NULL,
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  visible INTEGER NOT NULL,
  opacity DOUBLE NOT NULL,
  position INTEGER NOT NULL,
  style TEXT,
  source TEXT NOT NULL,
  revision INTEGER NOT NULL
);

-- Settings are JSON. Those of nabar_view (zoom, open panels) are no undo steps.
CREATE TABLE nabar_setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE nabar_view (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- The figures of a result; those of its squares are the rows of its layer table.
CREATE TABLE nabar_result (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
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
  UNIQUE (service, impedance, limits)
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

INSERT INTO gpkg_extensions
  SELECT name, NULL, 'nabar_project', 'Tables of the planning program Nåbar: settings, layer descriptions, undo log and results.', 'read-write'
  FROM sqlite_master WHERE type = 'table' AND name GLOB 'nabar_*' ORDER BY name;
