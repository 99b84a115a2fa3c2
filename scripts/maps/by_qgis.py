"""Draws the maps of scripts/bench-map with QGIS and prints both programs' times as a table.

QGIS is given its best case: layers in memory with a spatial index, no labels, geometries simplified to the pixel as its window
does, one warm-up before the times, and all cores that its parallel renderer takes.
"""

import json
import os
import statistics
import sys
import time

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsFillSymbol,
    QgsGeometry,
    QgsLineSymbol,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPoint,
    QgsRectangle,
    QgsRendererCategory,
    QgsSimpleLineSymbolLayer,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorSimplifyMethod,
)
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor

RUNS = 7


def memory_layer(kind, features):
    """Makes an indexed layer in memory."""
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:3006&field=class:integer&index=yes", kind, "memory")
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    simplify = QgsVectorSimplifyMethod()
    simplify.setSimplifyHints(QgsVectorSimplifyMethod.GeometrySimplification)
    simplify.setThreshold(1.0)
    layer.setSimplifyMethod(simplify)
    return layer


def read(path):
    """Gives the layers of a file, the squares below the roads."""
    roads, squares = [], []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            kind, number, *values = line.split()
            xy = [float(v) for v in values]
            feature = QgsFeature()
            feature.setAttributes([int(number)])
            if kind == "road":
                feature.setGeometry(QgsGeometry.fromPolyline([QgsPoint(xy[i], xy[i + 1]) for i in range(0, len(xy), 2)]))
                roads.append(feature)
            else:
                e, n, size = xy
                feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(e, n, e + size, n + size)))
                squares.append(feature)
    layers = []
    if roads:
        layers.append(("roads", memory_layer("LineString", roads)))
    if squares:
        layers.append(("squares", memory_layer("Polygon", squares)))
    return layers


def stroke(colour, width, dash=None):
    """Makes one line of a road's symbol, in pixels."""
    line = QgsSimpleLineSymbolLayer(QColor(colour), width)
    line.setWidthUnit(QgsUnitTypes.RenderPixels)
    line.setPenCapStyle(Qt.RoundCap)
    line.setPenJoinStyle(Qt.RoundJoin)
    if dash:
        line.setUseCustomDashPattern(True)
        line.setCustomDashVector(dash)
        line.setCustomDashPatternUnit(QgsUnitTypes.RenderPixels)
    return line


def style(name, layer, view):
    """Gives a layer the view's styles."""
    categories = []
    if name == "roads":
        for tier in view["tiers"]:
            symbol = QgsLineSymbol()
            symbol.deleteSymbolLayer(0)
            if tier["casing_width"] > 0:
                symbol.appendSymbolLayer(stroke(tier["casing"], tier["casing_width"]))
            symbol.appendSymbolLayer(stroke(tier["colour"], tier["width"], tier["dash"]))
            categories.append(QgsRendererCategory(tier["tier"], symbol, ""))
    else:
        for number, colour in enumerate(view["fills"]):
            symbol = QgsFillSymbol.createSimple({"color": colour, "outline_style": "no"})
            categories.append(QgsRendererCategory(number, symbol, ""))
    layer.setRenderer(QgsCategorizedSymbolRenderer("class", categories))


def draw(layers, view):
    """Draws a view once and gives its picture and the seconds."""
    settings = QgsMapSettings()
    settings.setLayers([layer for _, layer in layers])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3006"))
    settings.setOutputSize(QSize(view["Width"], view["Height"]))
    settings.setExtent(QgsRectangle(*view["bounds"]))
    settings.setBackgroundColor(QColor("#f8f7f2"))
    settings.setFlag(QgsMapSettings.Antialiasing, True)
    settings.setFlag(QgsMapSettings.UseRenderingOptimization, True)
    start = time.perf_counter()
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return image, time.perf_counter() - start


def main(folder):
    with open(os.path.join(folder, "views.json"), encoding="utf-8") as file:
        views = json.load(file)
    print(f"QGIS {Qgis.version()}; median of {RUNS} drawings, load {os.getloadavg()[0]:.0f}")
    print(f"{'layers':10} {'m/pixel':>8} {'nabar ms':>9} {'QGIS ms':>9} {'times':>6}")
    layers, of, number = [], None, 0
    for view in views:
        if view["set"] != of:
            layers, of, number = read(os.path.join(folder, view["set"] + ".txt")), view["set"], 0
        for name, layer in layers:
            style(name, layer, view)
        draw(layers, view)
        times = []
        for _ in range(RUNS):
            image, seconds = draw(layers, view)
            times.append(1000 * seconds)
        image.save(os.path.join(folder, f"{of}-{number}-qgis.png"))
        number += 1
        ours, theirs = statistics.median(view["ms"]), statistics.median(times)
        scale = (view["bounds"][2] - view["bounds"][0]) / view["Width"]
        print(f"{of:10} {scale:8.0f} {ours:9.1f} {theirs:9.1f} {theirs / ours:6.1f}", flush=True)


if __name__ == "__main__":
    app = QgsApplication([], False)
    app.initQgis()
    main(sys.argv[1])
    app.exitQgis()
