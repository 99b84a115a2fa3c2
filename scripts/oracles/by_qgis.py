"""Searches with QGIS' network analysis, without a screen.

Two ways. As an engine of the check the network is laid into QGIS' graph as it is, arc by arc, with the points that have joined as
vertices of their own: that compares the searches. by_lines lets QGIS build its graph from the drawn roads, as its own tools
do: that shows what its rules for a network make out.
"""

import os

import numpy as np

from .roads import spots

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.analysis import QgsGraph, QgsGraphAnalyzer, QgsGraphBuilder, QgsNetworkStrategy, QgsVectorLayerDirector  # noqa: E402
from qgis.core import (Qgis, QgsApplication, QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsPointXY,  # noqa: E402
                       QgsVectorLayer)

application = None


def begin():
    """Starts QGIS."""
    global application
    application = QgsApplication([], False)
    application.initQgis()


def end():
    """Ends it."""
    application.exitQgis()


def version():
    """What the engine is called."""
    return f"QGIS {Qgis.QGIS_VERSION.split('-')[0]}"


def ways(roads, measure, squares, facilities):
    """What the way along the roads from each square to each facility costs; infinite where there is none."""
    (at, to), new = spots(roads, squares, facilities)
    graph = QgsGraph()
    for v in range(roads.nodes + len(new)):
        graph.addVertex(QgsPointXY(v, 0))  # the places don't matter: costs are given
    for tail, head, cost in arcs(roads, measure, new):
        graph.addEdge(head, tail, [cost])  # turned about: searches go from a facility against the direction of travel
    return matrix(graph, at, to)


def arcs(roads, measure, new):
    """The arcs (tail, head, cost) of all roads, cut where points have joined."""
    on = {}
    for v, r, position in new:
        on.setdefault(r, []).append((position, v))
    for r in np.flatnonzero(roads.used):
        a, b = int(roads.node[0][r]), int(roads.node[1][r])
        stops = [(0.0, a), *sorted(on.get(r, [])), (roads.length[r], b)]
        whole_ahead, whole_back = (cost[r] for cost in roads.cost[measure])
        for (start, tail), (stop, head) in zip(stops, stops[1:]):
            share = (stop - start) / roads.length[r]
            if roads.open[0][r]:
                yield int(tail), int(head), float(whole_ahead * share)
            if roads.open[1][r]:
                yield int(head), int(tail), float(whole_back * share)


def matrix(graph, at, to):
    """The cost between every square's vertex and every facility's, on a graph that is turned about."""
    total = np.full((len(at), len(to)), np.inf)
    for j in np.flatnonzero(to >= 0):
        _, cost = QgsGraphAnalyzer.dijkstra(graph, int(to[j]), 0)
        cost = np.array(cost)
        total[:, j] = np.where(at >= 0, cost[at], np.inf)
    total[total > 1e300] = np.inf  # what QGIS does not reach costs the greatest number there is
    return total


class Register(QgsNetworkStrategy):
    """The register's length of a piece of road, in centimetres: its share of what is drawn."""

    def __init__(self, ratio):
        super().__init__()
        self.ratio = ratio

    def requiredAttributes(self):
        """The column that names the road."""
        return [0]  # a list: QGIS 3.22 takes no set

    def cost(self, distance, feature):
        """What a piece of a road costs."""
        return float(distance * self.ratio[int(feature.attribute("road"))])


def by_lines(roads, squares, facilities, tolerance, at_nodes):
    """Costs by distance on the graph that QGIS builds from the drawn roads with a tolerance in metres. The points where squares
    and facilities join are handed over as they are, so that what differs is the graph alone. With at_nodes the ends of roads
    that are one node here lie at one place for QGIS too."""
    crs = QgsCoordinateReferenceSystem("EPSG:3006")
    layer = QgsVectorLayer("LineString?crs=EPSG:3006&field=road:integer&field=way:string", "roads", "memory")
    features, place = [], {}
    for r in np.flatnonzero(roads.used):
        for end, at in ((0, 0), (1, -1)):
            place.setdefault(roads.node[end][r], roads.lines[r][at])
    for r in np.flatnonzero(roads.used):
        feature = QgsFeature(layer.fields())
        way = "both" if roads.open[0][r] and roads.open[1][r] else "back" if roads.open[0][r] else "ahead"  # turned about
        feature.setAttributes([int(r), way])
        line = roads.lines[r].copy()
        if at_nodes:
            line[0], line[-1] = place[roads.node[0][r]], place[roads.node[1][r]]
        feature.setGeometry(QgsGeometry.fromPolylineXY([QgsPointXY(*p) for p in line]))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    director = QgsVectorLayerDirector(layer, 1, "ahead", "back", "both", QgsVectorLayerDirector.DirectionBoth)
    strategy = Register(roads.length / roads.drawn)
    director.addStrategy(strategy)
    builder = QgsGraphBuilder(crs, False, tolerance, "NONE")
    points = [QgsPointXY(*on_road(roads, joined, i)) for joined in (squares, facilities) for i in range(len(joined.road))]
    tied = director.makeGraph(builder, points)
    graph = builder.graph()
    vertex = np.array([graph.findVertex(p) for p in tied])
    return matrix(graph, vertex[:len(squares.road)], vertex[len(squares.road):])


def on_road(roads, joined, i):
    """Where on the drawn road a point has joined."""
    r = joined.road[i]
    line = roads.lines[r]
    steps = np.hypot(*np.diff(line, axis=0).T)
    along = joined.position[i] / roads.length[r] * roads.drawn[r]
    before = np.concatenate([[0], np.cumsum(steps)])
    return [np.interp(along, before, line[:, k]) for k in (0, 1)]
