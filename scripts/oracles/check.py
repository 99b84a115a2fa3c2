"""Computes nearest and second nearest service for every square, and compares with the program.

Usage: python3 -m oracles.check DATA PROGRAM FOLDER ENGINE... with scipy, pgrouting or qgis for ENGINE. DATA holds the files, see
oracles.files; PROGRAM is the command line; FOLDER takes the projects and the answers. Files, network and joining are read and made
anew here, so that nothing is shared with the program but docs/method.md; the engine searches. Ends with 1 on any difference
that the rules do not explain.
"""

import importlib
import os
import sys
from types import SimpleNamespace

import numpy as np

from . import causes
from .files import SERVICES, read_folder
from .program import TOLERANCE, ask, ask_squares, compare_figures, compare_network, compare_squares
from .roads import PLACE, SCALE, build, chains, costs, join, two_nearest


class Check:
    """A project of the files, with the network and the points that have joined it, by one set of rules."""

    def __init__(self, files, program, folder, engine, pipos):
        self.program, self.folder, self.engine, self.pipos = program, folder, engine, pipos
        self.roads, self.squares, self.services = (files[k][1] for k in ("roads", "squares", "services"))
        self.project = os.path.join(folder, "oracle.gpkg")
        if not os.path.exists(self.project):
            ask(program, "new", self.project, "--kommun", "0980")  # whichever kommun: without a border all squares count
            for path, _ in files.values():
                ask(program, "import", self.project, path)
        build(self.roads, pipos)
        self.joined = join(self.roads, self.squares.at), join(self.roads, self.services.at)

    def compute(self, kind, measure):
        """Costs of every pair, nearest and second nearest of a kind of service, and which service places are of that kind."""
        mine = np.flatnonzero(self.services.types == kind)
        targets = SimpleNamespace(**{k: v[mine] for k, v in vars(self.joined[1]).items()})
        ways = self.engine.ways(self.roads, measure, self.joined[0], targets)
        total = costs(ways, measure, self.joined[0], targets, self.pipos) / SCALE[measure]
        return total, two_nearest(total, chains(self.services.at[mine], PLACE)), mine

    def kinds(self):
        """The kinds of service that are compared."""
        return sorted(set(self.services.types) & set(SERVICES))

    def compare(self, kind, measure):
        """Compares one service by one measure; prints the table's row and returns what is wrong."""
        total, (first, second), mine = self.compute(kind, measure)
        what = f"{kind}, {measure}" + ", Pipos' rules" * self.pipos
        figures, answers = ask_squares(self.program, self.project, self.folder, self.pipos, SERVICES[kind], measure)
        largest, wrong = compare_squares(self.squares, (first, second), total, self.services.ids[mine], answers, what)
        unit = "m" if measure == "distance" else "s"
        rules = "Pipos" if self.pipos else "own"
        print(f"| {kind} | {measure} | {rules} | {len(answers)} | {largest:.3f} {unit} | {figures['people']} |", flush=True)
        return wrong + compare_figures(self.squares.people, first, second, figures, what)

    def run(self):
        """Compares everything; what is wrong."""
        return [w for kind in self.kinds() for measure in SCALE for w in self.compare(kind, measure)]


def by_engine(name, files, program, folder):
    """Checks with one engine, by the program's own rules and by Pipos'; what is wrong."""
    engine = importlib.import_module(f".by_{name}", __package__)
    begin, end = getattr(engine, "begin", lambda: None), getattr(engine, "end", lambda: None)
    begin()
    try:
        print(f"\n{engine.version()}")
        own = Check(files, program, folder, engine, False)
        wrong = compare_network(own.roads, own.joined[0], ask(program, "check", own.project)) if name == "scipy" else []
        if name == "qgis":
            own_graph(own)
        print("\n| service | measure | rules | squares | largest difference | people |\n|---|---|---|---|---|---|")
        wrong += own.run()
        if name == "scipy":  # the searches are the same, so that one engine is enough for other rules
            other = Check(files, program, folder, engine, True)
            wrong += other.run()
            wrong += causes.compare(other)
        return wrong
    finally:
        end()


def own_graph(check):
    """Tells how many squares differ where QGIS builds its graph from the drawn roads, by the tolerance that it is given and by
    whether ends that are one node here lie at one place."""
    print("\n| QGIS' own graph: service | ends | tolerance | squares off by more than 0.1 m | nearer | largest |\n|---|---|---|---|---|---|")
    kind = "Dagligvaror" if "Dagligvaror" in check.kinds() else check.kinds()[0]
    _, (first, _), mine = check.compute(kind, "distance")
    targets = SimpleNamespace(**{k: v[mine] for k, v in vars(check.joined[1]).items()})
    for at_nodes, tolerance in ((False, 0.0), (False, 1.0), (True, 0.0)):
        ways = check.engine.by_lines(check.roads, check.joined[0], targets, tolerance, at_nodes)
        found = costs(ways, "distance", check.joined[0], targets).min(axis=1) / SCALE["distance"]
        gap = found - first
        off = ~(np.abs(gap) <= TOLERANCE)
        print(f"| {kind} | {'at nodes' if at_nodes else 'as drawn'} | {tolerance:g} m | {off.sum()} of {len(first)} | "
              f"{(gap < -TOLERANCE).sum()} | {np.abs(gap[np.isfinite(gap)]).max(initial=0):.1f} m |", flush=True)


def main(data, program, folder, *engines):
    """Does it all; the lines that tell what is wrong."""
    files = read_folder(data)
    if len(files) < 3:
        print(f"Skipped: {data} needs roads, squares and service places; found {', '.join(files) or 'none'}.")
        return []
    print(os.path.basename(os.path.abspath(data)))
    return [w for name in engines for w in by_engine(name, files, program, folder)]


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    problems = main(*sys.argv[1:])
    if problems:
        print("\n".join([f"\n{len(problems)} differences that the rules do not explain; the first 40:", *problems[:40]]))
    sys.exit(1 if problems else 0)
