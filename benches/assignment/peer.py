"""Solves one instance file with one peer, in a process of its own so that its memory can be told, and prints JSON.

    python peer.py or-tools|scipy|lapjv FILE [RUNS]
"""

import json
import resource
import sys
import time

import numpy as np


def read(path):
    with open(path, "rb") as file:
        mentees, mentors, pairs, penalty = (int(word) for word in np.fromfile(file, "<i8", 4))
        capacity = np.fromfile(file, "<u4", mentors).astype(np.int64)
        mentee, mentor = np.fromfile(file, "<u4", pairs), np.fromfile(file, "<u4", pairs)
        score = np.fromfile(file, "<i4", pairs)
    return mentees, mentors, penalty, capacity, mentee, mentor, score


def or_tools(instance):
    """Minimum-cost flow: mentees send one unit each, to a mentor or straight to the sink at the cost of being left out."""
    from ortools.graph.python import min_cost_flow

    mentees, mentors, penalty, capacity, mentee, mentor, score = instance
    sink = mentees + mentors
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([mentee, np.arange(mentees), mentees + np.arange(mentors)]).astype(np.int32),
        np.concatenate([mentees + mentor.astype(np.int64), np.full(mentees + mentors, sink)]).astype(np.int32),
        np.concatenate([np.ones(len(mentee) + mentees, np.int64), capacity]),
        np.concatenate([-score.astype(np.int64), np.full(mentees, penalty), np.zeros(mentors, np.int64)]),
    )
    flow.set_nodes_supplies(np.arange(sink + 1), np.concatenate([np.ones(mentees), np.zeros(mentors), [-mentees]]))
    start = time.process_time(), time.perf_counter()
    status = flow.solve()
    spent = time.process_time() - start[0], time.perf_counter() - start[1]
    if status != flow.OPTIMAL:
        raise RuntimeError(f"OR-Tools ended with status {status}")
    return -flow.optimal_cost(), spent


def matrix(instance):
    """Costs by mentee and seat: each mentor as often as they have seats. Only for as many seats as mentees, all filled."""
    mentees, mentors, penalty, capacity, mentee, mentor, score = instance
    scores = np.full((mentees, mentors), -10 * penalty, np.float64)
    scores[mentee, mentor] = score
    return -np.repeat(scores, capacity, axis=1)


def scipy(instance):
    from scipy.optimize import linear_sum_assignment

    costs = matrix(instance)
    start = time.process_time(), time.perf_counter()
    rows, columns = linear_sum_assignment(costs)
    spent = time.process_time() - start[0], time.perf_counter() - start[1]
    return int(-costs[rows, columns].sum()), spent


def lapjv(instance):
    import lapjv

    costs = matrix(instance)
    start = time.process_time(), time.perf_counter()
    columns, _, _ = lapjv.lapjv(costs)
    spent = time.process_time() - start[0], time.perf_counter() - start[1]
    return int(-costs[np.arange(len(costs)), columns].sum()), spent


def main():
    peer = {"or-tools": or_tools, "scipy": scipy, "lapjv": lapjv}[sys.argv[1]]
    instance = read(sys.argv[2])
    results = [peer(instance) for _ in range(int(sys.argv[3]) if len(sys.argv) > 3 else 1)]
    print(json.dumps({
        "objective": results[0][0],
        "solve": min(cpu for _, (cpu, _) in results),
        "wall": min(wall for _, (_, wall) in results),
        "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }))


if __name__ == "__main__":
    main()
