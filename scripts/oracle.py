"""Computes nearest and second nearest service for every square with scipy's Dijkstra, and compares with the program.

Usage: oracle.py DATA PROGRAM FOLDER. DATA holds roads (GeoPackage, NVDB's columns), squares (GeoPackage, SCB's columns)
and service places (CSV, Pipos' columns); PROGRAM is the command line; FOLDER takes the project and the answers.

It shares nothing with the program but docs/method.md: its own reading of the files, its own network, its own joining,
and one search of scipy's for every facility by itself, so that every pair of square and facility has a cost of its own.
Lengths are whole centimetres and times whole milliseconds, held in floats, which add them exactly. No border is read, so
all squares count. Ends with 1 on any difference that the rules do not explain.
"""

import csv
import json
import os
import sqlite3
import struct
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import scipy
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

# Metres. Ends meet where they are nearer than 1 m and not at 1 m; one place includes 30 m; the longest connector.
NODE, PLACE, REACH = 1 - 1e-9, 30 + 1e-6, 5000.0
DEFAULT_SPEED, FERRY_SPEED = 50.0, 10.0  # km/h where the register has none
TOLERANCE, FIGURE = 0.1, 0.01  # metres or seconds: for a square, for a figure of all squares
SCALE = {"distance": 100.0, "time": 1000.0}  # centimetres in a metre, milliseconds in a second
SERVICES = {"Dagligvaror": "dagligvaror", "Drivmedel": "drivmedel", "Apoteksvaror": "apotek",
            "Betaltjänster": "betaltjanster", "Post och paket": "post"}


# --- the files


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


# --- the network


def chains(points, radius):
    """The group of each point; points within the radius of each other are of one group, in chains too."""
    a, b = cKDTree(points).query_pairs(radius, output_type="ndarray").T
    graph = coo_matrix((np.ones(len(a)), (a, b)), shape=(len(points), len(points)))
    return connected_components(graph, directed=False)[1]


def build(roads):
    """Adds to the roads their nodes, which are of the largest part, and what all of each costs in each direction."""
    ends = np.array([line[0] for line in roads.lines] + [line[-1] for line in roads.lines])
    used, group = roads.open[0] | roads.open[1], chains(ends, NODE)
    roads.nodes, roads.node = group.max() + 1, (group[:len(used)], group[len(used):])
    graph = coo_matrix((np.ones(used.sum()), (roads.node[0][used], roads.node[1][used])), shape=(roads.nodes,) * 2)
    _, part = connected_components(graph, directed=False)
    part = part[roads.node[0]]
    lengths = np.bincount(part[used], roads.length[used])
    roads.used, roads.largest = used, used & (part == lengths.argmax())
    roads.parts = np.count_nonzero(lengths)
    roads.met = len(np.unique(np.concatenate([end[used] for end in roads.node])))
    roads.cost = {"distance": (roads.length, roads.length),
                  "time": tuple(whole(roads.length * 36 / speed) for speed in roads.speed)}


def backwards(roads, measure):
    """The network against the direction of travel, the cheapest of parallel roads alone, for searches from a facility."""
    a, b = roads.node
    ahead, back = roads.open
    tail, head = np.concatenate([a[ahead], b[back]]), np.concatenate([b[ahead], a[back]])
    cost = np.concatenate([roads.cost[measure][0][ahead], roads.cost[measure][1][back]])
    order = np.lexsort((cost, tail, head))
    tail, head, cost = tail[order], head[order], cost[order]
    first = np.ones(len(cost), bool)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    if not (cost[first] > 0).all():
        sys.exit("a road that costs nothing; scipy can't tell it from no road")
    return csr_matrix((cost[first], (head[first], tail[first])), shape=(roads.nodes,) * 2)


# --- joining


def segments(roads):
    """The segments of all roads that may be joined, in the layer's order: road, start, step, and drawn length before."""
    allowed = np.flatnonzero(roads.largest & ~roads.ferry & ~roads.motorway)
    lines = [roads.lines[r] for r in allowed]
    steps_of = [np.diff(line, axis=0) for line in lines]
    before = [np.cumsum(np.hypot(*step.T)) - np.hypot(*step.T) for step in steps_of]
    return SimpleNamespace(road=np.repeat(allowed, [len(step) for step in steps_of]), before=np.concatenate(before),
                           start=np.concatenate([line[:-1] for line in lines]), step=np.concatenate(steps_of))


def join(roads, points):
    """Joins each point to the nearest road: the road (-1 for none), the position along it and the connector, in cm."""
    s = segments(roads)
    measured = np.hypot(*s.step.T)
    low, high = np.minimum(s.start, s.start + s.step), np.maximum(s.start, s.start + s.step)
    out = SimpleNamespace(road=np.full(len(points), -1), position=np.zeros(len(points)), connector=np.zeros(len(points)))
    for i, p in enumerate(points):
        # No segment can be the nearest whose box is farther off than some segment's starting point.
        bound = min(np.hypot(*(s.start - p).T).min(), REACH)
        near = np.flatnonzero(np.hypot(*np.maximum(0, np.maximum(low - p, p - high)).T) <= bound)
        if not len(near):
            continue
        along = np.divide(((p - s.start[near]) * s.step[near]).sum(axis=1), measured[near] ** 2,
                          out=np.zeros(len(near)), where=measured[near] > 0).clip(0, 1)
        distance = np.hypot(*(s.start[near] + along[:, None] * s.step[near] - p).T)
        k = distance.argmin()  # of equal ones the first, which is the lower number in the layer
        if distance[k] <= REACH:
            n = near[k]
            r = out.road[i] = s.road[n]
            share = (s.before[n] + along[k] * measured[n]) / roads.drawn[r]
            out.position[i], out.connector[i] = whole(min(share, 1) * roads.length[r]), whole(distance[k] * 100)
    return out


# --- the costs


def costs(roads, measure, squares, facilities):
    """The cost of every pair: travelling from each square to each facility; infinite where there is no way."""
    weight = 1.0 if measure == "distance" else 0.0  # connectors take no time
    graph, total = backwards(roads, measure), np.full((len(squares.road), len(facilities.road)), np.inf)
    leave = steps(roads, measure, squares, leaving=True)
    for j in np.flatnonzero(facilities.road >= 0):
        one = SimpleNamespace(road=facilities.road[j:j + 1], position=facilities.position[j:j + 1])
        arrive = steps(roads, measure, one, leaving=False)
        found = dijkstra(graph, directed=True, indices=[node[0] for node, _ in arrive])
        way = np.min([cost + row for (_, cost), row in zip(arrive, found)], axis=0)
        best = np.min([cost + way[node] for node, cost in leave], axis=0)
        best = np.minimum(best, straight(roads, measure, squares, one))
        total[:, j] = best + weight * (squares.connector + facilities.connector[j])
    total[squares.road < 0] = np.inf
    return total


def steps(roads, measure, joined, leaving):
    """The two nodes that a position leads to, or is reached from, with the cost: infinite against a forbidden direction."""
    road, position = joined.road, joined.position
    length, (ahead, back) = roads.length[road], (cost[road] for cost in roads.cost[measure])
    forward, backward = (way[road] for way in roads.open)
    if not leaving:  # what one drives along to leave towards the start one drives against to arrive from it
        ahead, back, forward, backward = back, ahead, backward, forward
    start = np.where(backward, whole(back * position / length), np.inf)
    end = np.where(forward, whole(ahead * (length - position) / length), np.inf)
    # Whoever joins at the end of a road stands at the node.
    return [(roads.node[0][road], np.where(position == 0, 0, start)),
            (roads.node[1][road], np.where(position == length, 0, end))]


def straight(roads, measure, squares, one):
    """The cost along the road for squares on the facility's own road."""
    road, to = one.road[0], one.position[0]
    ahead, back = (cost[road] / roads.length[road] for cost in roads.cost[measure])
    gap = to - squares.position
    fits = (squares.road == road) & np.where(gap > 0, roads.open[0][road], np.where(gap < 0, roads.open[1][road], True))
    return np.where(fits, whole(np.where(gap > 0, gap * ahead, -gap * back)), np.inf)


def two_nearest(total, place):
    """The least cost of each square, and the least at any place but that of the nearest."""
    nearest = total.argmin(axis=1)
    others = np.where(place[None, :] == place[nearest][:, None], np.inf, total)
    return total.min(axis=1), others.min(axis=1)


# --- the program's own answers


def ask(program, *arguments):
    """Runs the program; its answer."""
    run = subprocess.run([program, *arguments, "--json"], capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"{' '.join(arguments)}: {run.stderr}")
    return json.loads(run.stdout)


def ask_squares(program, project, service, measure, folder):
    """The program's figures, and cost and facility of nearest and second nearest by the name of the square."""
    path = os.path.join(folder, "cells.csv")
    figures = ask(program, "analyse", project, "--service", service, "--impedance", measure, "--cells", path)
    with open(path, encoding="utf-8", newline="") as file:
        return figures, {r["cell"]: r for r in csv.DictReader(file)}


# --- comparing


def apart(own, other):
    """How far two arrays are from each other; 0 where neither is reached, infinite where one alone is."""
    both = np.isfinite(own) & np.isfinite(other)
    gap = np.where(np.isfinite(own) == np.isfinite(other), 0.0, np.inf)
    gap[both] = np.abs(own[both] - other[both])
    return gap


def compare_squares(squares, own, costs_of, ids, answers, what):
    """Compares two_nearest with the answers, and the facility that is named with its own cost; the largest difference."""
    largest, wrong = 0.0, []
    if set(answers) != set(squares.names):
        wrong.append(f"{what}: {len(answers)} squares, {len(squares.names)} in the file")
    number = {name: k for k, name in enumerate(ids)}
    for own_cost, facility, cost in ((own[0], "nearest", "cost"), (own[1], "second", "second_cost")):
        told = [answers.get(name, {cost: "", facility: ""}) for name in squares.names]
        value = np.array([float(r[cost] or "inf") for r in told])
        named = np.array([costs_of[i, number[r[facility]]] if r[facility] in number else np.inf for i, r in enumerate(told)])
        gap = np.maximum(apart(own_cost, value), apart(named, value))
        largest = max(largest, gap.max())
        wrong += [f"{what}: square {squares.names[i]}, {facility}: {value[i]} ({told[i][facility] or 'none'}), "
                  f"should be {own_cost[i]:.3f}" for i in np.flatnonzero(gap > TOLERANCE)]
    return largest, wrong


def weighed(people, cost, share):
    """The least cost such that at least this share of the people have that or less."""
    order = np.argsort(cost, kind="stable")
    sums = np.cumsum(people[order])
    return cost[order][np.searchsorted(sums, share * sums[-1])]


def compare_figures(people, first, second, figures, what):
    """Compares the figures of all squares; what is wrong."""
    reached, again = np.isfinite(first) & (people > 0), np.isfinite(second) & (people > 0)
    p, d = people[reached], first[reached]
    own = {"people": people.sum(), "reached": p.sum(), "unreached": people.sum() - p.sum(), "mean": (p * d).sum() / p.sum(),
           "median": weighed(p, d, 0.5), "p90": weighed(p, d, 0.9), "max": d.max(),
           "second": (people[again] * second[again]).sum() / people[again].sum()}
    told = dict(figures, second=figures["second"]["mean"])
    # A mean is an average of what may differ by little; a figure of one square may differ by as much as a square.
    allowed = dict.fromkeys(own, FIGURE) | dict.fromkeys(("median", "p90", "max"), TOLERANCE)
    wrong = [f"{what}: {k} {told[k]}, should be {v:.3f}" for k, v in own.items()
             if told[k] is None or abs(told[k] - v) > allowed[k] + 0.005]  # half of the last digit written
    for band in figures["bands"]:
        inside, at_limit = p[d <= band["to"]].sum(), p[np.abs(d - band["to"]) <= TOLERANCE].sum()
        if abs(band["people"] - inside) > at_limit:
            wrong.append(f"{what}: within {band['to']:g} {band['people']} people, should be {inside:g}")
    return wrong


def compare_network(roads, squares, report):
    """Compares the network and the squares' joining; what is wrong."""
    join_max = squares.connector[squares.road >= 0].max() / 100
    own = {"nodes": roads.met, "edges": roads.used.sum(), "components": roads.parts,
           "length_m": roads.length[roads.used].sum() / 100, "demand_max_m": join_max,
           "unjoined_cells": (squares.road < 0).sum()}
    told = report["network"] | report["snap"]
    print(f"network: {own['nodes']} nodes, {own['edges']} roads, {own['components']} parts, "
          f"{own['length_m'] / 1000:.1f} km; {len(squares.road)} squares joined within {join_max:.1f} m")
    return [f"network: {k} {told[k]}, should be {v}" for k, v in own.items() if abs(told[k] - v) > TOLERANCE]


def compare_service(kind, measure, found, joined, ask_for):
    """Computes one service by one measure and compares; prints the table's row and returns what is wrong."""
    roads, squares, services = found
    mine, what = np.flatnonzero(services.types == kind), f"{kind}, {measure}"
    targets = SimpleNamespace(**{k: v[mine] for k, v in vars(joined[1]).items()})
    total = costs(roads, measure, joined[0], targets) / SCALE[measure]
    first, second = two_nearest(total, chains(services.at[mine], PLACE))
    figures, answers = ask_for(SERVICES[kind], measure)
    largest, wrong = compare_squares(squares, (first, second), total, services.ids[mine], answers, what)
    unit = "m" if measure == "distance" else "s"
    print(f"| {kind} | {measure} | {len(answers)} | {largest:.3f} {unit} | {figures['people']} |", flush=True)
    return wrong + compare_figures(squares.people, first, second, figures, what)


def main(data, program, folder):
    """Does it all; the lines that tell what is wrong."""
    files = read_folder(data)
    if len(files) < 3:
        print(f"Skipped: {data} needs roads, squares and service places; found {', '.join(files) or 'none'}.")
        return []
    found = roads, squares, services = tuple(files[k][1] for k in ("roads", "squares", "services"))
    project = os.path.join(folder, "oracle.gpkg")
    ask(program, "new", project, "--kommun", "0980")  # whichever kommun: without a border all squares count
    for path, _ in files.values():
        ask(program, "import", project, path)
    build(roads)
    joined = join(roads, squares.at), join(roads, services.at)
    print(f"scipy {scipy.__version__}, numpy {np.__version__}; {os.path.basename(os.path.abspath(data))}")
    wrong = compare_network(roads, joined[0], ask(program, "check", project))
    print("\n| service | measure | squares | largest difference | people |\n|---|---|---|---|---|")
    for kind in sorted(set(services.types) & set(SERVICES)):
        for measure in SCALE:
            wrong += compare_service(kind, measure, found, joined,
                                     lambda *query: ask_squares(program, project, *query, folder))
    return wrong


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    problems = main(*sys.argv[1:])
    if problems:
        print("\n".join([f"\n{len(problems)} differences that the rules do not explain; the first 40:", *problems[:40]]))
    sys.exit(1 if problems else 0)
