"""Asks the program, and compares its answers with those of a check."""

import csv
import json
import os
import subprocess
import sys

import numpy as np

TOLERANCE, FIGURE = 0.1, 0.01  # metres or seconds: for a square, for a figure of all squares


def ask(program, *arguments):
    """Runs the program; its answer."""
    run = subprocess.run([program, *arguments, "--json"], capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"{' '.join(arguments)}: {run.stderr}")
    return json.loads(run.stdout)


def ask_squares(program, project, folder, pipos, service, measure):
    """The program's figures, and cost and facility of nearest and second nearest by the name of the square."""
    path = os.path.join(folder, "cells.csv")
    figures = ask(program, "analyse", project, "--service", service, "--impedance", measure, "--cells", path, *["--pipos"] * pipos)
    with open(path, encoding="utf-8", newline="") as file:
        return figures, {r["cell"]: r for r in csv.DictReader(file)}


def apart(own, other):
    """How far two arrays are from each other; 0 where neither is reached, infinite where one alone is."""
    both = np.isfinite(own) & np.isfinite(other)
    gap = np.where(np.isfinite(own) == np.isfinite(other), 0.0, np.inf)
    gap[both] = np.abs(own[both] - other[both])
    return gap


def compare_squares(squares, own, costs_of, ids, answers, what):
    """Compares two_nearest with the answers, and the facility that is named with its own cost; the largest difference."""
    largest, wrong = 0.0, []
    if set(answers) != set(squares.names):
        wrong.append(f"{what}: {len(answers)} squares, {len(squares.names)} in the file")
    number = {name: k for k, name in enumerate(ids)}
    for own_cost, facility, cost in ((own[0], "nearest", "cost"), (own[1], "second", "second_cost")):
        told = [answers.get(name, {cost: "", facility: ""}) for name in squares.names]
        value = np.array([float(r[cost] or "inf") for r in told])
        named = np.array([costs_of[i, number[r[facility]]] if r[facility] in number else np.inf for i, r in enumerate(told)])
        gap = np.maximum(apart(own_cost, value), apart(named, value))
        largest = max(largest, gap.max())
        wrong += [f"{what}: square {squares.names[i]}, {facility}: {value[i]} ({told[i][facility] or 'none'}), "
                  f"should be {own_cost[i]:.3f}" for i in np.flatnonzero(gap > TOLERANCE)]
    return largest, wrong


def weighed(people, cost, share):
    """The least cost such that at least this share of the people have that or less."""
    order = np.argsort(cost, kind="stable")
    sums = np.cumsum(people[order])
    return cost[order][np.searchsorted(sums, share * sums[-1])]


def compare_figures(people, first, second, figures, what):
    """Compares the figures of all squares; what is wrong."""
    reached, again = np.isfinite(first) & (people > 0), np.isfinite(second) & (people > 0)
    p, d = people[reached], first[reached]
    own = {"people": people.sum(), "reached": p.sum(), "unreached": people.sum() - p.sum(), "mean": (p * d).sum() / p.sum(),
           "median": weighed(p, d, 0.5), "p90": weighed(p, d, 0.9), "max": d.max(),
           "second": (people[again] * second[again]).sum() / people[again].sum()}
    told = dict(figures, second=figures["second"]["mean"])
    # A mean is an average of what may differ by little; a figure of one square may differ by as much as a square.
    allowed = dict.fromkeys(own, FIGURE) | dict.fromkeys(("median", "p90", "max"), TOLERANCE)
    wrong = [f"{what}: {k} {told[k]}, should be {v:.3f}" for k, v in own.items()
             if told[k] is None or abs(told[k] - v) > allowed[k] + 0.005]  # half of the last digit written
    for band in figures["bands"]:
        inside, at_limit = p[d <= band["to"]].sum(), p[np.abs(d - band["to"]) <= TOLERANCE].sum()
        if abs(band["people"] - inside) > at_limit:
            wrong.append(f"{what}: within {band['to']:g} {band['people']} people, should be {inside:g}")
    return wrong


def compare_network(roads, squares, report):
    """Compares the network and the squares' joining; what is wrong."""
    join_max = squares.connector[squares.road >= 0].max() / 100
    own = {"nodes": roads.met, "edges": roads.used.sum(), "components": roads.parts,
           "length_m": roads.length[roads.used].sum() / 100, "demand_max_m": join_max,
           "unjoined_cells": (squares.road < 0).sum()}
    told = report["network"] | report["snap"]
    print(f"network: {own['nodes']} nodes, {own['edges']} roads, {own['components']} parts, "
          f"{own['length_m'] / 1000:.1f} km; {len(squares.road)} squares joined within {join_max:.1f} m")
    return [f"network: {k} {told[k]}, should be {v}" for k, v in own.items() if abs(told[k] - v) > TOLERANCE]
