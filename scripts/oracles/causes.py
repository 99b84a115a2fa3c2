"""Checks the report of squares that differ from Pipos: a result by Pipos' rules is computed here, altered square by square, and the
program must name the alteration."""

import csv
import os

import numpy as np

from .files import SERVICES
from .program import ask


def compare(check):
    """Compares one kind of service; what is wrong. check computes by Pipos' rules."""
    kind = check.kinds()[0] if "Dagligvaror" not in check.kinds() else "Dagligvaror"
    total, (first, _), _ = check.compute(kind, "distance")
    people = check.squares.people.astype(int)
    rows = {name: [km, int(p)] for name, km, p in zip(check.squares.names, np.round(first / 1000, 3), people)}
    wanted = alter(rows, check.squares.names, np.sort(total, axis=1))
    path = os.path.join(check.folder, "pipos.csv")
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(["Rutid_SCB", "Befolkning", "Avstånd (km)"])
        table.writerows([name, p, f"{km:.3f}".replace(".", ",")] for name, (km, p) in rows.items())
    report = ask(check.program, "pipos", check.project, "--result", path, "--service", SERVICES[kind], "--tolerance", "2")
    told = {cell["cell"]: cell["causes"] for cell in report["cells"]}
    wrong = [f"{kind}, Pipos: square {name}: {told.get(name)}, should hold {cause}"
             for name, cause in wanted.items() if cause not in told.get(name, ())]
    rules = {"connector", "nodes", "component"}
    wrong += [f"{kind}, Pipos: square {name}: {found}, should be rules alone"
              for name, found in told.items() if name not in wanted and not set(found) <= rules]
    count = {}
    for found in told.values():
        for cause in found:
            count[cause] = count.get(cause, 0) + 1
    print(f"\nPipos' result with {len(wanted)} altered squares of {len(rows)}: " + ", ".join(f"{k} {v}" for k, v in sorted(count.items())))
    return wrong


def alter(rows, names, ranked):
    """Alters some rows; the cause of each. ranked holds the distances to all facilities in order."""
    wanted = {}
    far = np.flatnonzero((ranked[:, 0] > 3000) & (ranked[:, 1] - ranked[:, 0] > 500) & (ranked[:, 1] < 30000))
    for k, i in enumerate(far[::max(1, len(far) // 60)]):
        name, (km, people) = names[i], rows[names[i]]
        cause = ("longer", "shorter", "unit", "facility", "population", "only_here")[k % 6]
        if cause == "only_here":
            if people > 0:
                del rows[name]
                wanted[name] = cause
            continue
        wanted[name] = cause
        rows[name] = {"longer": [km + 200, people], "shorter": [km / 50, people], "unit": [km * 1000, people],
                      "facility": [round(ranked[i, 1] / 1000, 3), people], "population": [km, people + 1]}[cause]
    rows["9000007000000"] = [1.0, 5]
    wanted["9000007000000"] = "only_there"
    return wanted
