"""Checks of the program's figures against other programs on the same files.

files reads them, roads builds the network and joins points to it, program asks the program and compares, check does it all with
one engine; the engines by_scipy, by_pgrouting and by_qgis search the network.
"""
