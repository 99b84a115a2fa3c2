"""Searches with pgRouting, in a database cluster of its own that is made for the check, listens on a socket alone and ends with it.

The points that have joined a road are pgRouting's points on edges. Costs are in the units of the network; what it says of a root
and a point is the least cost of a way between them. Its option equicost is not used: it is wrong for some nodes.
"""

import contextlib
import csv
import glob
import io
import os
import shutil
import subprocess
import sys
import tempfile

import numpy as np

from .roads import spots

PORT = "5432"  # a name in the socket's folder; nothing is listened to on the network


def binaries():
    """The folder of PostgreSQL's programs whose pgRouting is installed, the newest; None where there is none."""
    found = [p for p in glob.glob("/usr/share/postgresql/*/extension/pgrouting.control")]
    versions = sorted((int(p.split("/")[4]) for p in found), reverse=True)
    folders = [f"/usr/lib/postgresql/{v}/bin" for v in versions]
    return next((f for f in folders if os.path.exists(f"{f}/initdb")), None)


class Cluster:
    """A database of its own in a folder."""

    def __init__(self):
        self.bin, self.folder = binaries(), tempfile.mkdtemp(prefix="nabar-pg-")
        # a cluster refuses to be root's: Debian's own user of databases lends its name
        self.user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if self.user:
            shutil.chown(self.folder, "postgres")

    def run(self, *command):
        """Runs one of PostgreSQL's programs; its fault ends the check."""
        done = subprocess.run([*self.user, f"{self.bin}/{command[0]}", *command[1:]], capture_output=True, text=True, cwd="/", check=False)
        if done.returncode:
            sys.exit(f"{command[0]}: {done.stderr or done.stdout}")

    def start(self):
        """Makes the cluster and starts it."""
        data = f"{self.folder}/data"
        self.run("initdb", "-D", data, "-U", "oracle", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-k {self.folder} -h '' -p {PORT} -F -c work_mem=64MB"
        self.run("pg_ctl", "-D", data, "-w", "-o", options, "-l", f"{self.folder}/log", "start")
        self.ask("CREATE EXTENSION pgrouting CASCADE;")

    def stop(self):
        """Ends the cluster and removes all of it."""
        with contextlib.suppress(SystemExit):
            self.run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, sql, rows=None):
        """Runs SQL, with rows for a COPY from standard input; what it answers, as lists of texts."""
        command = [f"{self.bin}/psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "--csv", "-t", "-h", self.folder, "-p", PORT, "-U", "oracle",
                   "postgres", "-c", sql]
        text = None if rows is None else "".join(",".join(map(str, r)) + "\n" for r in rows)
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"pgRouting: {done.stderr}")
        return list(csv.reader(io.StringIO(done.stdout)))


cluster = None


def begin():
    """Starts the cluster."""
    global cluster
    cluster = Cluster()
    try:
        cluster.start()
    except SystemExit:
        end()
        raise


def end():
    """Ends it."""
    cluster.stop()


def version():
    """What the engine is called."""
    (pgr,), (pg,) = cluster.ask("SELECT pgr_version(); SHOW server_version")[0], cluster.ask("SHOW server_version")[0]
    return f"pgRouting {pgr}, PostgreSQL {pg.split()[0]}"


def ways(roads, measure, squares, facilities):
    """What the way along the roads from each square to each facility costs; infinite where there is none."""
    (at, to), new = spots(roads, squares, facilities)
    load(roads, measure, new)
    number = {int(v): -(k + 1) for k, (v, _, _) in enumerate(new)}  # a point on an edge is known by its number below zero
    name = lambda vertex: number.get(int(vertex), int(vertex))
    roots = sorted({name(v) for v in to[to >= 0]})
    found = {}
    for root, node, cost in search(roots):
        found[int(root), int(node)] = float(cost)
    for root in roots:
        found[root, root] = 0.0
    total = np.full((len(at), len(to)), np.inf)
    for j in np.flatnonzero(to >= 0):
        root = name(to[j])
        total[:, j] = [found.get((root, name(v)), np.inf) if v >= 0 else np.inf for v in at]
    return total


def load(roads, measure, new):
    """Puts the roads into the database, turned about: searches go from a facility against the direction of travel."""
    cluster.ask("DROP TABLE IF EXISTS road, point; "
                "CREATE TABLE road (id bigint PRIMARY KEY, source bigint, target bigint, cost float8, reverse_cost float8); "
                "CREATE TABLE point (pid bigint, edge_id bigint, fraction float8, vertex bigint)")
    used = np.flatnonzero(roads.used)
    ahead, back = (np.where(way, cost, -1) for way, cost in zip(roads.open, roads.cost[measure]))
    cluster.ask("COPY road FROM STDIN (FORMAT csv)", zip(used, roads.node[0][used], roads.node[1][used], back[used], ahead[used]))
    cluster.ask("COPY point FROM STDIN (FORMAT csv)",
                ((k + 1, r, float(position / roads.length[r]), v) for k, (v, r, position) in enumerate(new)))


def search(roots):
    """The least cost from each root to every node and point."""
    array = ",".join(map(str, roots))
    return cluster.ask(f"SELECT start_vid, node, agg_cost FROM pgr_withPointsDD('SELECT * FROM road', "
                       f"'SELECT pid, edge_id, fraction FROM point', ARRAY[{array}]::bigint[], 1e12, directed => true, "
                       f"driving_side => 'b', details => true)")
