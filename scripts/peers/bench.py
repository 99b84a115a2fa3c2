"""Prints how long this program and others take for the nearest of ten types of places at every node of a graph.

Usage: python3 -m peers.bench GRAPH, for GRAPH.graph and GRAPH.json as TestPeers writes them. Times are the best of several runs, in
processor time unless they say otherwise: what else the machine does must not count. All must give the same sums, or it
fails.
"""

import json
import os
import platform
import sys
import time
from types import SimpleNamespace

import numpy as np

from .engines import PEERS


def read(path):
    """A graph in compressed rows, and the sources of each type."""
    data = np.fromfile(path + ".graph", dtype="<i4")
    nodes, arcs, types = map(int, data[:3])
    data = data[3:]
    graph = SimpleNamespace(
        nodes=nodes, first=data[:nodes + 1], to=data[nodes + 1:nodes + 1 + arcs], cost=data[nodes + 1 + arcs:nodes + 1 + 2 * arcs],
        path=path + ".graph", folder=os.path.dirname(path))
    graph.tails = lambda: np.repeat(np.arange(nodes, dtype=np.int32), np.diff(graph.first))
    rest, sources = data[nodes + 1 + 2 * arcs:], []
    for _ in range(types):
        sources.append(rest[1:1 + rest[0]])
        rest = rest[1 + rest[0]:]
    return graph, sources


def timed(search, sources, own, rounds):
    """The least milliseconds that the search of all types takes, after its answers have been compared."""
    best = float("inf")
    for _ in range(rounds):
        total = 0.0
        for i, s in enumerate(sources):
            start = time.process_time()
            distance = search(s)
            total += getattr(search, "took", time.process_time() - start)
            reached = np.isfinite(distance)
            if reached.sum() != own["Reached"][i] or round(distance[reached].sum()) != own["Sum"][i]:
                sys.exit(f"type {i}: {reached.sum()} nodes reached at {distance[reached].sum():.0f} in all, "
                         f"the sweep {own['Reached'][i]} at {own['Sum'][i]}")
        best = min(best, 1000 * total)
    return best


def main(path):
    """Prints the tables."""
    own = json.load(open(path + ".json", encoding="utf-8"))
    graph, sources = read(path)
    took, skipped = {}, []
    for name, engine in PEERS.items():
        search = engine(graph)
        if search is None:
            skipped.append(name)
            continue
        try:
            took[name] = timed(search, sources, own, 3 if graph.nodes < 1_000_000 else 1)
        finally:
            getattr(search, "end", lambda: None)()
    print(f"\n{os.path.basename(path)}: {own['Nodes']} nodes, {own['Arcs']} arcs, {len(sources)} types of {own['Facilities'][0]} to "
          f"{own['Facilities'][-1]} facilities; Python {platform.python_version()}; best times, load {os.getloadavg()[0]:.1f}\n")
    print("| step | ms | times as long as the sweep |\n|---|---|---|")
    sweep = own["Nearest1"]
    for name, key in (("sweep, nearest, 1 worker", "Nearest1"), ("sweep, nearest, 2 workers, by the clock", "Nearest2"),
                      ("sweep, nearest and second nearest, 1 worker", "Pairs1"),
                      ("sweep, nearest and second nearest, 2 workers, by the clock", "Pairs2"),
                      ("bucket search, nearest and second nearest", "Search")):
        print(f"| {name} | {own[key]:.1f} | {own[key] / sweep:.1f} |")
    for name, ms in sorted(took.items(), key=lambda item: item[1]):
        print(f"| {name}, nearest cost alone | {ms:.0f} | {ms / sweep:.0f} |")
    print(f"| preparing: order | {own['Order']:.0f} | |\n| preparing: hierarchy | {own['Hierarchy']:.0f} | |")
    print(f"| preparing: one metric | {own['Lay']:.0f} | |")
    print(f"\nBytes a node: {own['PrepareBytes']:.0f} for hierarchy and metric, {own['LabelBytes']:.0f} for ten types' nearest, "
          f"{own['PairBytes']:.0f} for nearest and second nearest")
    for name in skipped:
        print(f"Skipped: {name} is not installed, or the graph is too large for it.")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
