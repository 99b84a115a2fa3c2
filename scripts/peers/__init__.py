"""Times other programs on the graphs that the search engine is timed on. See bench.py."""
