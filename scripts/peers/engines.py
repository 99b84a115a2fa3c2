"""Other programs' searches for the cost from the nearest of several sources to every node.

Each function takes a graph and gives a function that searches from one list of sources and gives the costs, infinite where a node
is not reached; or None where the program is not installed. Making the graph ready is not part of the search. Programs that
search from one node alone get a node beside the others with arcs of no cost to the sources.
"""

import os
import shutil
import struct
import subprocess
import time

import numpy as np


def missing(module):
    """Tells whether a Python module is not installed."""
    import importlib.util
    try:
        return importlib.util.find_spec(module) is None
    except ModuleNotFoundError:
        return True


def scipy(graph):
    """scipy's Dijkstra, which takes several sources."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra
    matrix = csr_matrix((graph.cost.astype(float), graph.to, graph.first), shape=(graph.nodes, graph.nodes))
    return lambda sources: dijkstra(matrix, directed=True, indices=sources, min_only=True)


def igraph(graph):
    """python-igraph's Dijkstra, from a node beside the others."""
    if missing("igraph"):
        return None
    from igraph import Graph
    arcs = list(zip(graph.tails().tolist(), graph.to.tolist()))
    weights = graph.cost.tolist()

    def search(sources):
        extra = [(graph.nodes, s) for s in sources.tolist()]
        g.add_edges(extra)
        start = time.process_time()
        found = g.distances(source=[graph.nodes], weights=weights + [0] * len(extra))[0]
        search.took = time.process_time() - start
        g.delete_edges(range(len(arcs), len(arcs) + len(extra)))
        return np.array(found[:graph.nodes])
    g = Graph(n=graph.nodes + 1, edges=arcs, directed=True)
    return search


def networkx(graph):
    """networkx' Dijkstra, which takes several sources. Only for small graphs."""
    if graph.nodes > 200_000 or missing("networkx"):
        return None
    from networkx import DiGraph, multi_source_dijkstra_path_length
    g = DiGraph()
    g.add_nodes_from(range(graph.nodes))
    for tail, head, cost in zip(graph.tails().tolist(), graph.to.tolist(), graph.cost.tolist()):
        if not g.has_edge(tail, head) or g[tail][head]["weight"] > cost:
            g.add_edge(tail, head, weight=cost)

    def search(sources):
        out = np.full(graph.nodes, np.inf)
        for node, cost in multi_source_dijkstra_path_length(g, set(sources.tolist())).items():
            out[node] = cost
        return out
    return search


def boost(graph):
    """The Boost Graph Library's Dijkstra, compiled on the spot."""
    if not (shutil.which("g++") and os.path.exists("/usr/include/boost/graph/dijkstra_shortest_paths.hpp")):
        return None
    program = os.path.join(graph.folder, "boost")
    if not os.path.exists(program):
        source = os.path.join(os.path.dirname(__file__), "boost.cpp")
        subprocess.run(["g++", "-O3", "-DNDEBUG", "-std=c++17", "-o", program, source], check=True)

    def search(sources):
        text = struct.pack(f"<{len(sources) + 1}i", len(sources), *sources.tolist())
        done = subprocess.run([program, graph.path], input=text, capture_output=True, check=True)
        search.took = struct.unpack_from("<d", done.stdout)[0]
        found = np.frombuffer(done.stdout, "<i4", graph.nodes, 8).astype(float)
        return np.where(found == np.iinfo(np.int32).max, np.inf, found)
    return search


def qgis(graph):
    """QGIS' Dijkstra, from a node beside the others. Only for small graphs: it holds an object for each arc."""
    if graph.nodes > 200_000 or missing("qgis"):
        return None
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from qgis.analysis import QgsGraph, QgsGraphAnalyzer
    from qgis.core import QgsPointXY
    g = QgsGraph()
    for v in range(graph.nodes):
        g.addVertex(QgsPointXY(v, 0))
    for tail, head, cost in zip(graph.tails().tolist(), graph.to.tolist(), graph.cost.tolist()):
        g.addEdge(tail, head, [float(cost)])

    def search(sources):
        root = g.addVertex(QgsPointXY(-1, 0))  # one of its own for each search: nothing leads to the others
        for s in sources.tolist():
            g.addEdge(root, s, [0.0])
        start = time.process_time()
        found = QgsGraphAnalyzer.dijkstra(g, root, 0)[1]
        search.took = time.process_time() - start
        out = np.array(found[:graph.nodes])
        out[out > 1e300] = np.inf
        return out
    return search


def pgrouting(graph):
    """pgRouting's driving distance, from a node beside the others; by the clock, as the server works by itself. Only for small
    graphs. Reading the roads from their table is part of each search: it can't be done once."""
    from oracles import by_pgrouting
    if graph.nodes > 200_000 or by_pgrouting.binaries() is None:
        return None
    by_pgrouting.begin()
    ask = by_pgrouting.cluster.ask
    ask("CREATE TABLE arc (id bigint, source bigint, target bigint, cost float8)")
    ask("COPY arc FROM STDIN (FORMAT csv)", zip(range(len(graph.to)), graph.tails(), graph.to, graph.cost))

    def search(sources):
        ask("DELETE FROM arc WHERE id<0")
        ask("COPY arc FROM STDIN (FORMAT csv)", ((-1 - k, graph.nodes, s, 0) for k, s in enumerate(sources)))
        start = time.monotonic()
        ask("CREATE TEMP TABLE found AS SELECT node, agg_cost FROM "
            f"pgr_drivingDistance('SELECT id, source, target, cost FROM arc', {graph.nodes}, 1e12, true); "
            "COPY found TO '" + by_pgrouting.cluster.folder + "/found' (FORMAT csv)")
        search.took = time.monotonic() - start
        out = np.full(graph.nodes + 1, np.inf)
        rows = np.loadtxt(by_pgrouting.cluster.folder + "/found", delimiter=",", ndmin=2)
        out[rows[:, 0].astype(int)] = rows[:, 1]
        return out[:graph.nodes]
    search.end = by_pgrouting.end
    return search


PEERS = {
    "scipy `dijkstra(min_only=True)`": scipy, "Boost `dijkstra_shortest_paths_no_color_map`": boost, "python-igraph `distances`": igraph,
    "QGIS `QgsGraphAnalyzer.dijkstra`": qgis, "networkx `multi_source_dijkstra`": networkx,
    "pgRouting `pgr_drivingDistance`, by the clock": pgrouting,
}
