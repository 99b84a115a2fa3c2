"""Builds the road network, joins points to it and adds what joining costs, by the rules of docs/method.md alone.

The rules are the program's own, or Pipos' where pipos is true: nodes by rounded coordinates, the largest part by its number of
roads, connectors free, ferries at the set speed.
"""

from types import SimpleNamespace

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from .files import FERRY_SPEED, whole

# Metres. Ends meet where they are nearer than 1 m and not at 1 m; one place includes 30 m; the longest connector.
NODE, PLACE, REACH = 1 - 1e-9, 30 + 1e-6, 5000.0
SCALE = {"distance": 100.0, "time": 1000.0}  # centimetres in a metre, milliseconds in a second


def chains(points, radius):
    """The group of each point; points within the radius of each other are of one group, in chains too."""
    a, b = cKDTree(points).query_pairs(radius, output_type="ndarray").T
    graph = coo_matrix((np.ones(len(a)), (a, b)), shape=(len(points), len(points)))
    return connected_components(graph, directed=False)[1]


def rounded(points):
    """The group of each point; points whose coordinates, held to 32 bits, round to the same whole metres are of one group."""
    return np.unique(np.rint(points.astype(np.float32)).astype(np.int64), axis=0, return_inverse=True)[1]


def build(roads, pipos=False):
    """Adds to the roads their nodes, which are of the largest part, and what all of each costs in each direction."""
    ends = np.array([line[0] for line in roads.lines] + [line[-1] for line in roads.lines])
    used, group = roads.open[0] | roads.open[1], rounded(ends) if pipos else chains(ends, NODE)
    roads.nodes, roads.node = group.max() + 1, (group[:len(used)], group[len(used):])
    part = counted_parts(roads, used) if pipos else weak_parts(roads, used)
    lengths = np.bincount(part[used], None if pipos else roads.length[used])
    roads.used, roads.largest = used, used & (part == lengths.argmax())
    roads.parts = np.count_nonzero(lengths)
    roads.met = len(np.unique(np.concatenate([end[used] for end in roads.node])))
    speeds = [np.where(roads.ferry, FERRY_SPEED, speed) if pipos else speed for speed in roads.speed]
    roads.cost = {"distance": (roads.length, roads.length), "time": tuple(whole(roads.length * 36 / speed) for speed in speeds)}


def weak_parts(roads, used):
    """The part of each road, without regard to direction."""
    graph = coo_matrix((np.ones(used.sum()), (roads.node[0][used], roads.node[1][used])), shape=(roads.nodes,) * 2)
    return connected_components(graph, directed=False)[1][roads.node[0]]


def counted_parts(roads, used):
    """The part of each road as Pipos marks it: from each road without a part, all that touch an end one may drive to."""
    at = {}
    for r in np.flatnonzero(used):
        for end in roads.node:
            at.setdefault(end[r], []).append(r)
    part, found = np.full(len(used), -1), 0
    for first in np.flatnonzero(used):
        if part[first] >= 0:
            continue
        part[first], queue = found, [first]
        while queue:
            r = queue.pop()
            for may, node in ((roads.open[0][r], roads.node[1][r]), (roads.open[1][r], roads.node[0][r])):
                for other in at[node] if may else ():
                    if part[other] < 0:
                        part[other] = found
                        queue.append(other)
        found += 1
    return part


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


def costs(ways, measure, squares, facilities, pipos=False):
    """The cost of every pair with both connectors, from what the ways along the roads cost; infinite where there is none."""
    weight = 1.0 if measure == "distance" and not pipos else 0.0  # connectors take no time
    total = ways + weight * (squares.connector[:, None] + facilities.connector[None, :])
    total[squares.road < 0] = np.inf
    total[:, facilities.road < 0] = np.inf
    return total


def two_nearest(total, place):
    """The least cost of each square, and the least at any place but that of the nearest."""
    nearest = total.argmin(axis=1)
    others = np.where(place[None, :] == place[nearest][:, None], np.inf, total)
    return total.min(axis=1), others.min(axis=1)


def spots(roads, *lists):
    """Numbers joined points as vertices beside the nodes: a point at the end of a road is the node, one in between is a vertex
    of its own, and one that joined nothing is -1. Gives the numbers of each list, and (vertex, road, position) of the new."""
    new, out = [], []
    for joined in lists:
        vertex = np.full(len(joined.road), -1)
        for i, r in enumerate(joined.road):
            if r < 0:
                continue
            position = joined.position[i]
            if position in (0, roads.length[r]):
                vertex[i] = roads.node[0 if position == 0 else 1][r]
                continue
            vertex[i] = roads.nodes + len(new)
            new.append((vertex[i], r, position))
        out.append(vertex)
    return out, new
