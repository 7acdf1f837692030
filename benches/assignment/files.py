"""Compares `telemaco assign`, from CSV to CSV, with OR-Tools fed by pandas: wall seconds of the whole process, in turn.

    target/peers-venv/bin/python benches/assignment/files.py target/release/telemaco [--mentees N] [--mentors N] [--runs N]

The peer reads both files with pandas, solves with `SimpleMinCostFlow` and writes the pairs with pandas; the time to start
Python and to import is counted apart, since a larger program would have paid it already. The best of the runs counts, for both.
The exit code is 1 when the two disagree about the worth, or one thread and two about a byte.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from instances import PENALTY, Case, make

PEER = """
import json, sys, time
import numpy as np, pandas as pd
from ortools.graph.python import min_cost_flow
start = time.perf_counter()
edges, mentors = pd.read_csv("edges.csv"), pd.read_csv("mentors.csv")
mentees, seats = int(edges.mentee.max()) + 1, len(mentors)
mentee, mentor = edges.mentee.to_numpy(), edges.mentor.to_numpy()
sink = mentees + seats
flow = min_cost_flow.SimpleMinCostFlow()
arcs = flow.add_arcs_with_capacity_and_unit_cost(
    np.concatenate([mentee, np.arange(mentees), mentees + np.arange(seats)]),
    np.concatenate([mentees + mentor, np.full(mentees + seats, sink)]),
    np.concatenate([np.ones(len(mentee) + mentees, np.int64), mentors.capacity.to_numpy()]),
    np.concatenate([-edges.score.to_numpy(), np.full(mentees, int(sys.argv[1])), np.zeros(seats, np.int64)]),
)
flow.set_nodes_supplies(np.arange(sink + 1), np.concatenate([np.ones(mentees), np.zeros(seats), [-mentees]]))
assert flow.solve() == flow.OPTIMAL
chosen = flow.flows(arcs[: len(mentee)]).astype(bool)
edges[chosen].to_csv("peer.csv", index=False)
print(json.dumps({"seconds": time.perf_counter() - start, "objective": -int(flow.optimal_cost())}))
"""


def ours(telemaco, folder, threads):
    command = [telemaco, "assign", "--edges", "edges.csv", "--mentors", "mentors.csv", "--out", f"pairs{threads}.csv"]
    command += ["--prices", f"prices{threads}.csv", "--unmatched-penalty", str(PENALTY), "--threads", str(threads)]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, json.loads(done.stdout)


def theirs(folder):
    command = [sys.executable, "-c", PEER, str(PENALTY)]
    said = json.loads(subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout)
    return said["seconds"], said


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("telemaco", type=pathlib.Path)
    parser.add_argument("--mentees", type=int, default=100_000)
    parser.add_argument("--mentors", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=2)
    arguments = parser.parse_args()
    telemaco = arguments.telemaco.resolve()
    with tempfile.TemporaryDirectory(prefix="telemaco-files-") as name:
        folder = pathlib.Path(name)
        instance = make(Case(arguments.mentees, arguments.mentors, 32))
        rows = "\n".join(f"{i},{j},{s}" for i, j, s in zip(instance.mentee.tolist(), instance.mentor.tolist(), instance.score.tolist()))
        (folder / "edges.csv").write_text(f"mentee,mentor,score\n{rows}\n")
        seats = "\n".join(f"{j},{seats}" for j, seats in enumerate(instance.capacity.tolist()))
        (folder / "mentors.csv").write_text(f"mentor,capacity\n{seats}\n")
        best, said = {}, {}
        for _ in range(arguments.runs):
            for name, run in (("1", lambda: ours(telemaco, folder, 1)), ("peer", lambda: theirs(folder)), ("2", lambda: ours(telemaco, folder, 2))):
                seconds, told = run()
                if seconds < best.get(name, float("inf")):
                    best[name], said[name] = seconds, told
        same = all((folder / f"{what}1.csv").read_bytes() == (folder / f"{what}2.csv").read_bytes() for what in ("pairs", "prices"))
    print(f"load {os.getloadavg()[0]:.1f}; wall seconds from CSV to CSV, {arguments.mentees:,} mentees")
    for threads in ("1", "2"):
        parts = said[threads]["seconds"]
        print(f"telemaco, {threads} threads: {best[threads]:.3f} ({parts}); {best['peer'] / best[threads]:.1f}×")
    print(f"OR-Tools with pandas: {best['peer']:.3f}")
    agree = same and said["1"]["objective"] == said["peer"]["objective"]
    print("same worth, same bytes" if agree else "they differ")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
