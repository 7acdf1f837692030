"""Compares `telemaco assign` with the minimum-cost flow of OR-Tools on random instances.

Both solve the very same problem, in turn. For each instance the table shows what both say it is worth, the CPU seconds that
each needed (ours from parsed rows to verified solution, building included; theirs the solver alone) and their ratio.
The pairs and prices that ours wrote are checked here again, from their definition. The script ends with exit code 1 if
anything differs.

    python -m venv venv && venv/bin/pip install ortools
    venv/bin/python benches/assignment/compare.py target/release/telemaco [--quick] [--seeds N]
"""

import argparse
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
from ortools.graph.python import min_cost_flow

PENALTY = 10_000
SIZES = [(50, 20), (500, 200), (2_000, 1_000)]
SEATS_FOR_EACH_MENTEE = {"tight": 1.0, "slack": 1.2, "over-subscribed": 0.8}
SHARE_FORBIDDEN = 0.3


def instance(mentees, mentors, balance, forbidden, seed):
    """Scores from 0 to 1,000, some mentors sought after by all; seats thrown among the mentors, some may have none."""
    rng = np.random.default_rng([seed, mentees, mentors, int(100 * SEATS_FOR_EACH_MENTEE[balance]), forbidden])
    popularity = 500 / (np.arange(mentors) + 2.0) ** 0.5
    scores = np.clip(rng.normal(400, 150, (mentees, mentors)) + popularity, 0, 1_000).astype(np.int64)
    allowed = rng.random((mentees, mentors)) >= (SHARE_FORBIDDEN if forbidden else 0.0)
    if forbidden:
        allowed[rng.integers(0, mentees, max(1, mentees // 50))] = False
        # The greatest id must stand in the file, or there would be fewer mentees.
        allowed[-1, 0] = True
    seats = int(mentees * SEATS_FOR_EACH_MENTEE[balance])
    capacity = np.bincount(rng.integers(0, mentors, seats), minlength=mentors)
    mentee, mentor = np.nonzero(allowed)
    return mentee, mentor, scores[mentee, mentor], capacity


def peer(edges, capacity, mentees):
    """OR-Tools: mentees send one unit each, to a mentor or straight to the sink at the cost of being left out."""
    mentee, mentor, score = edges
    mentors = len(capacity)
    sink = mentees + mentors
    flow = min_cost_flow.SimpleMinCostFlow()
    tails = np.concatenate([mentee, np.arange(mentees), mentees + np.arange(mentors)])
    heads = np.concatenate([mentees + mentor, np.full(mentees, sink), np.full(mentors, sink)])
    costs = np.concatenate([-score, np.full(mentees, PENALTY), np.zeros(mentors, np.int64)])
    room = np.concatenate([np.ones(len(mentee) + mentees, np.int64), capacity])
    flow.add_arcs_with_capacity_and_unit_cost(tails, heads, room, costs)
    flow.set_nodes_supplies(np.arange(sink + 1), np.concatenate([np.ones(mentees), np.zeros(mentors), [-mentees]]))
    start = time.process_time()
    status = flow.solve()
    seconds = time.process_time() - start
    if status != flow.OPTIMAL:
        raise RuntimeError(f"OR-Tools ended with status {status}")
    return -flow.optimal_cost(), seconds


def ours(telemaco, folder, edges, capacity):
    table = "\n".join(f"{i},{j},{s}" for i, j, s in zip(*(column.tolist() for column in edges)))
    (folder / "edges.csv").write_text(f"mentee,mentor,score\n{table}\n")
    seats = "\n".join(f"{j},{seats}" for j, seats in enumerate(capacity.tolist()))
    (folder / "mentors.csv").write_text(f"mentor,capacity\n{seats}\n")
    command = [telemaco, "assign", "--edges", "edges.csv", "--mentors", "mentors.csv"]
    command += ["--unmatched-penalty", str(PENALTY), "--out", "pairs.csv", "--prices", "prices.csv"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def table_of(path, header):
    lines = path.read_text().splitlines()
    if lines[0] != header:
        raise ValueError(f"{path.name} begins with {lines[0]!r}")
    return [line.split(",") for line in lines[1:]]


def faults(folder, said, edges, capacity, mentees):
    """What is wrong with the pairs and prices that ours wrote, by the definition of the problem and of its dual."""
    mentee, mentor, score = edges
    mentors = len(capacity)
    pairs = np.array(table_of(folder / "pairs.csv", "mentee,mentor,score"), np.int64).reshape(-1, 3)
    prices = table_of(folder / "prices.csv", "side,id,price")
    u = np.array([int(price) for side, _, price in prices if side == "mentee"], np.int64)
    v = np.array([int(price) for side, _, price in prices if side == "mentor"], np.int64)
    places = mentee * mentors + mentor
    chosen = pairs[:, 0] * mentors + pairs[:, 1]
    at = np.minimum(np.searchsorted(places, chosen), len(places) - 1)
    worth = int(pairs[:, 2].sum()) - PENALTY * (mentees - len(pairs))
    bound = int(u.sum()) + int((capacity * v).sum())
    checks = {
        "a mentee stands twice": len(np.unique(pairs[:, 0])) == len(pairs),
        "a pair is not allowed": np.array_equal(places[at], chosen) and np.array_equal(score[at], pairs[:, 2]),
        "a mentor has too many": (np.bincount(pairs[:, 1], minlength=mentors) <= capacity).all(),
        "the pairs are not worth what it says": worth == said["objective"],
        "the counts are wrong": (said["matched"], said["unmatched"]) == (len(pairs), mentees - len(pairs)),
        "prices are missing": (len(u), len(v)) == (mentees, mentors),
        "a price is too low": (u >= -PENALTY).all() and (v >= 0).all() and (u[mentee] + v[mentor] >= score).all(),
        "the prices do not bound it": bound == said["dual_objective"] == said["objective"] and said["gap"] == 0,
    }
    return [fault for fault, well in checks.items() if not well]


def compare(telemaco, folder, size, balance, forbidden, seed):
    mentees, mentors = size
    *edges, capacity = instance(mentees, mentors, balance, forbidden, seed)
    said = ours(telemaco, folder, edges, capacity)
    theirs, their_seconds = peer(edges, capacity, mentees)
    found = faults(folder, said, edges, capacity, mentees)
    if said["objective"] != theirs:
        found.append("the objectives differ")
    our_seconds = said["cpu_seconds_solve"]
    name = f"{mentees}×{mentors} {balance}{', forbidden pairs' if forbidden else ''}, seed {seed}"
    row = f"{name:<52}{said['objective']:>14}{theirs:>14}{our_seconds:>11.4f}{their_seconds:>11.4f}"
    print(f"{row}{their_seconds / our_seconds:>8.1f}×  {'; '.join(found) or 'same'}", flush=True)
    return not found


def cases(quick, seeds):
    """Every size, balance and seed, complete and with forbidden pairs; quickly, the largest size with forbidden pairs once."""
    for size, balance, forbidden in itertools.product(SIZES, SEATS_FOR_EACH_MENTEE, (False, True)):
        if quick and size == SIZES[-1]:
            yield from [(size, balance, forbidden, 0)] * forbidden
        else:
            yield from ((size, balance, forbidden, seed) for seed in range(seeds))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("telemaco", type=pathlib.Path, help="the binary to compare")
    parser.add_argument("--quick", action="store_true", help="the largest size three times only")
    parser.add_argument("--seeds", type=int, default=2, help="instances of each kind")
    arguments = parser.parse_args()
    telemaco = arguments.telemaco.resolve()

    print(f"{'instance':<52}{'telemaco':>14}{'OR-Tools':>14}{'CPU s':>11}{'theirs':>11}{'ratio':>9}")
    results = []
    with tempfile.TemporaryDirectory(prefix="telemaco-assign-") as folder:
        for case in cases(arguments.quick, arguments.seeds):
            results.append(compare(telemaco, pathlib.Path(folder), *case))
    print(f"{sum(results)} of {len(results)} the same")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
