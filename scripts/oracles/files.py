"""Reads the files that all checks run on: roads (GeoPackage, NVDB's columns), squares (GeoPackage, SCB's columns) and
service places (CSV, Pipos' columns).

It shares nothing with the program but docs/method.md. Lengths are whole centimetres and times whole milliseconds, held in
floats, which add them exactly. No border is read, so all squares count.
"""

import csv
import os
import sqlite3
import struct
import sys
from types import SimpleNamespace

import numpy as np

DEFAULT_SPEED, FERRY_SPEED = 50.0, 10.0  # km/h where the register has none
SERVICES = {"Dagligvaror": "dagligvaror", "Drivmedel": "drivmedel", "Apoteksvaror": "apotek",
            "Betaltjänster": "betaltjanster", "Post och paket": "post"}


def rows(path, wanted):
    """The rows of the GeoPackage's feature table as dicts, geometry under "geometry"; None without the wanted columns."""
    db = sqlite3.connect(f"file:{os.path.abspath(path)}?mode=ro&immutable=1", uri=True)
    db.row_factory = sqlite3.Row
    for table, geometry, srs in db.execute("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns").fetchall():
        columns = {r["name"] for r in db.execute(f'PRAGMA table_info("{table}")')}
        if wanted <= columns:
            if srs != 3006:
                sys.exit(f"{path}: EPSG:{srs}; this check reads SWEREF 99 TM alone")
            return [dict(r, geometry=r[geometry]) for r in db.execute(f'SELECT * FROM "{table}" ORDER BY rowid')]
    return None


def line_of(blob):
    """The points of a line string in GeoPackage binary: header, envelope, then well-known binary."""
    if blob[:2] != b"GP":
        sys.exit("not a GeoPackage geometry")
    body = 8 + (0, 32, 48, 48, 64)[blob[3] >> 1 & 7]
    order = "<" if blob[body] else ">"
    kind, count = struct.unpack_from(order + "II", blob, body + 1)
    dimensions = (2, 3, 3, 4)[kind // 1000]
    if kind % 1000 != 2:
        sys.exit(f"geometry of kind {kind}; this check reads line strings alone")
    numbers = np.frombuffer(blob, order + "f8", count * dimensions, body + 9)
    return numbers.reshape(count, dimensions)[:, :2].astype(float)


def read_roads(table):
    """Drawn line, length (cm), speeds along and against, which directions are open, ferry, motorway, for each road."""
    lines = [line_of(r["geometry"]) for r in table]
    drawn = np.array([np.hypot(*np.diff(line, axis=0).T).sum() for line in lines])
    register = column(table, "extlen")
    ferry = column(table, "Farjeled") != 0
    assumed = np.where(ferry, FERRY_SPEED, DEFAULT_SPEED)
    forward, backward = column(table, "f_hogst_225"), column(table, "b_hogst_225")
    return SimpleNamespace(
        lines=lines, drawn=drawn, length=whole(np.where(register >= 0.005, register, drawn) * 100),
        speed=(np.where(forward > 0, forward, assumed), np.where(backward > 0, backward, assumed)),
        open=(column(table, "F_ForbjudenFardriktning") == 0, column(table, "B_ForbjudenFardriktning") == 0),
        ferry=ferry, motorway=column(table, "typ_41") == 1)


def column(table, name):
    """A column of numbers, 0 where there is none."""
    return np.array([float(r[name] or 0) for r in table])


def whole(value):
    """Rounded to whole units, halves up."""
    return np.floor(np.asarray(value, float) + 0.5)


def read_squares(table):
    """Name, centre and people of each square; the name holds the lower left corner."""
    names = [r["rutid_scb"] for r in table]
    corner = np.array([(float(n[:6]), float(n[6:])) for n in names])
    centre = corner + column(table, "rutstorl")[:, None] / 2
    return SimpleNamespace(names=names, at=centre, people=column(table, "beftotalt"))


def read_services(path):
    """Id, type and point of each service place; None where the columns are not those of Pipos."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file, delimiter=";"))
    if not table or not {"Serviceplatsid", "Servicetyp", "X", "Y"} <= set(table[0]):
        return None
    ids = [r["Serviceplatsid"] for r in table]
    if len(set(ids)) < len(ids) or "" in ids:
        sys.exit(f"{path}: this check needs an id of its own for every service place")
    at = np.array([[float(r[c].replace(",", ".")) for c in "XY"] for r in table])
    return SimpleNamespace(ids=np.array(ids), types=np.array([r["Servicetyp"] for r in table]), at=at)


def read_folder(folder):
    """Finds the three files by their columns; the paths too, for the program to import."""
    found = {}
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name.endswith(".gpkg"):
            if table := rows(path, {"extlen", "f_hogst_225", "b_hogst_225", "Farjeled"}):
                found["roads"] = path, read_roads(table)
            elif table := rows(path, {"rutid_scb", "rutstorl", "beftotalt"}):
                found["squares"] = path, read_squares(table)
        elif name.endswith(".csv") and (services := read_services(path)):
            found["services"] = path, services
    return found
