"""Searches with scipy's Dijkstra: one search for every facility by itself, so that every pair has a cost of its own."""

import sys
from types import SimpleNamespace

import numpy as np
import scipy
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from .files import whole


def version():
    """What the engine is called."""
    return f"scipy {scipy.__version__}, numpy {np.__version__}"


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


def ways(roads, measure, squares, facilities):
    """What the way along the roads from each square to each facility costs; infinite where there is none."""
    graph, total = backwards(roads, measure), np.full((len(squares.road), len(facilities.road)), np.inf)
    leave = steps(roads, measure, squares, leaving=True)
    for j in np.flatnonzero(facilities.road >= 0):
        one = SimpleNamespace(road=facilities.road[j:j + 1], position=facilities.position[j:j + 1])
        arrive = steps(roads, measure, one, leaving=False)
        found = dijkstra(graph, directed=True, indices=[node[0] for node, _ in arrive])
        way = np.min([cost + row for (_, cost), row in zip(arrive, found)], axis=0)
        best = np.min([cost + way[node] for node, cost in leave], axis=0)
        total[:, j] = np.minimum(best, straight(roads, measure, squares, one))
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
