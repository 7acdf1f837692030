"""Compares the deferred acceptance of `crates/assignment` with plain Python and a heap, on the same markets, in turn.

Mentees have 32 mentors each, sought after as by Zipf and Mandelbrot and correlated with what they think of them; mentors judge
by points of their own; there are as many seats as mentees. Both sides get the lists ready made, so that only the algorithm is
timed; what making them takes stands beside it. There are two peers: "plain" is the textbook's algorithm with a heap and a
dictionary of places for each mentor, and "tuned" what can be got out of Python: lists of integers alone, places looked up
beforehand, a single `heapq.heapreplace` where one is put out, nothing looked up twice. The garbage collector is off for both.
They run in a process of their own, so that memory is its own too. All have to give the same assignment, for either side; the
script ends with exit code 1 if not. Best of several runs, in turn.

    python -m venv venv && venv/bin/pip install numpy
    cargo build --release -p assignment --example stability
    venv/bin/python benches/assignment/stability.py target/release/examples/stability [--quick]
"""

import argparse
import gc
import heapq
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np

CHOICES = 32
SIZES = [(2_000, 400), (10_000, 2_000), (50_000, 10_000)]
# What ours and the peer call it, and its name in the table.
PHASES = [
    ("build", "build", "lists"),
    ("mentee_optimal", "plain", "best for mentees, plain"),
    ("mentee_optimal", "by_mentees", "best for mentees, tuned"),
    ("mentor_optimal", "by_mentors", "best for mentors, tuned"),
]


def instance(mentees, mentors, seed):
    """Capacities, and rows of mentee, mentor, the mentee's points, the mentor's points."""
    rng = np.random.default_rng([seed, mentees, mentors])
    popularity = 1 / (np.arange(mentors) + 2.7) ** 0.8
    rng.shuffle(popularity)
    # Without repetition: the best of popularity times chance (Efraimidis and Spirakis 2006), a block of mentees at a time.
    chosen = []
    for start in range(0, mentees, 1_000):
        keys = rng.exponential(size=(min(1_000, mentees - start), mentors)) / popularity
        chosen.append(np.argpartition(keys, CHOICES, axis=1)[:, :CHOICES].copy())
    mentor = np.concatenate(chosen).ravel()
    mentee = np.repeat(np.arange(mentees), CHOICES)
    by_mentee = 300 * np.log(popularity[mentor] * mentors) + rng.normal(0, 300, len(mentor))
    by_mentor = rng.normal(0, 300, len(mentor))
    capacity = np.bincount(rng.integers(0, mentors, mentees), minlength=mentors)
    return capacity, np.column_stack([mentee, mentor, by_mentee.astype(int), by_mentor.astype(int)]).astype(np.int32)


def in_order(whose, who, points, people):
    """Each person's list, the best first, ties by the lower number."""
    order = np.lexsort([who, -points, whose])
    return [part.tolist() for part in np.split(who[order], np.searchsorted(whose[order], np.arange(1, people)))]


def places(lists, others):
    """For each entry of each list, the place at which the other has that person."""
    place = [{person: place for place, person in enumerate(row)} for row in others]
    return [[place[other][person] for other in row] for person, row in enumerate(lists)]


def plainly(choices, ranks, capacity):
    """Mentees ask; each mentor pushes whoever asks on a heap and puts out the worst when it is too long."""
    kept = [[] for _ in capacity]
    asked = [0] * len(choices)
    free = list(range(len(choices)))
    while free:
        mentee = free.pop()
        if asked[mentee] == len(choices[mentee]):
            continue
        mentor = choices[mentee][asked[mentee]]
        asked[mentee] += 1
        heapq.heappush(kept[mentor], (-ranks[mentor][mentee], mentee))
        if len(kept[mentor]) > capacity[mentor]:
            _, out = heapq.heappop(kept[mentor])
            free.append(out)
    mentor_of = [-1] * len(choices)
    for mentor, heap in enumerate(kept):
        for _, mentee in heap:
            mentor_of[mentee] = mentor
    return mentor_of


def by_mentees(choices, place, applicants, capacity):
    """Mentees ask; each mentor keeps places in a heap, the worst (greatest, hence negated) on top."""
    kept = [[] for _ in capacity]
    asked = [0] * len(choices)
    replace, push = heapq.heapreplace, heapq.heappush
    for first in range(len(choices)):
        mentee = first
        while mentee is not None:
            mine, theirs, at = choices[mentee], place[mentee], asked[mentee]
            asking, mentee = mentee, None
            while at < len(mine):
                mentor, standing = mine[at], theirs[at]
                at += 1
                heap = kept[mentor]
                if len(heap) < capacity[mentor]:
                    push(heap, -standing)
                    break
                if heap and -standing > heap[0]:
                    mentee = applicants[mentor][-replace(heap, -standing)]
                    break
            asked[asking] = at
    mentor_of = [-1] * len(choices)
    for mentor, heap in enumerate(kept):
        for standing in heap:
            mentor_of[applicants[mentor][-standing]] = mentor
    return mentor_of


def by_mentors(applicants, place, capacity, mentees):
    """Mentors ask; each mentee keeps the best place."""
    kept, keeper = [1 << 40] * mentees, [-1] * mentees
    asked, free = [0] * len(applicants), list(capacity)
    asking = list(range(len(applicants)))
    while asking:
        mentor = asking.pop()
        mine, theirs, at, seats = applicants[mentor], place[mentor], asked[mentor], free[mentor]
        while seats and at < len(mine):
            mentee, standing = mine[at], theirs[at]
            at += 1
            if standing < kept[mentee]:
                left = keeper[mentee]
                if left >= 0:
                    free[left] += 1
                    asking.append(left)
                kept[mentee], keeper[mentee] = standing, mentor
                seats -= 1
        asked[mentor], free[mentor] = at, seats
    return keeper


def timed(run):
    gc.collect()
    gc.disable()
    cpu, wall = time.process_time(), time.perf_counter()
    result = run()
    seconds = time.process_time() - cpu, time.perf_counter() - wall
    gc.enable()
    return seconds, result


def peer(market, assignment, runs):
    numbers = np.fromfile(market, "<i4")
    mentees, mentors = numbers[:2].tolist()
    capacity = numbers[3 : 3 + mentors].tolist()
    mentee, mentor, by_mentee, by_mentor = numbers[3 + mentors :].reshape(-1, 4).T.astype(np.int64)

    def build():
        choices, applicants = in_order(mentee, mentor, by_mentee, mentees), in_order(mentor, mentee, by_mentor, mentors)
        return choices, applicants, places(choices, applicants), places(applicants, choices)

    seconds = {}
    seconds["build"], (choices, applicants, place, place_back) = timed(build)
    ranks = [{mentee: rank for rank, mentee in enumerate(row)} for row in applicants]
    plain = [timed(lambda: plainly(choices, ranks, capacity)) for _ in range(runs)]
    seconds["plain"] = [min(column) for column in zip(*(times for times, _ in plain))]
    first = [timed(lambda: by_mentees(choices, place, applicants, capacity)) for _ in range(runs)]
    second = [timed(lambda: by_mentors(applicants, place_back, capacity, mentees)) for _ in range(runs)]
    for phase, done in (("by_mentees", first), ("by_mentors", second)):
        seconds[phase] = [min(column) for column in zip(*(times for times, _ in done))]
    if plain[-1][1] != first[-1][1]:
        raise RuntimeError("the peers differ")
    np.array(first[-1][1] + second[-1][1], "<i4").tofile(assignment)
    # What getrusage says would be the parent's, before this process became another program.
    peak = next(line for line in pathlib.Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    seconds["peak_kb"] = int(peak.split()[1])
    print(json.dumps(seconds))


def measure(command, assignment):
    """What a run printed, and the assignments that it wrote."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout), np.fromfile(assignment, "<i4")


def compare(program, folder, size, seed, rounds):
    capacity, rows = instance(*size, seed)
    market, written = folder / "market", folder / "assignment"
    np.concatenate([[*size, len(rows)], capacity, rows.ravel()]).astype("<i4").tofile(market)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(measure([program, market, written, 5], written))
        theirs.append(measure([sys.executable, __file__, "--peer", market, written, 2], written))
    same = all(np.array_equal(ours[0][1], other[1]) for other in ours + theirs)
    for phase, peer_phase, name in PHASES:
        (our_cpu, our_wall), (cpu, wall) = (
            [min(said[key][kind] for said, _ in side) for kind in (0, 1)] for side, key in ((ours, phase), (theirs, peer_phase))
        )
        name = f"{size[0]}×{size[1]}, seed {seed}: {name}"
        times = f"{1e3 * our_cpu:>10.2f}{1e3 * our_wall:>10.2f}{1e3 * cpu:>11.1f}{1e3 * wall:>11.1f}{cpu / our_cpu:>8.0f}×"
        print(f"{name:<48}{times}{ours[0][0]['peak_kb'] / 1024:>9.0f}{theirs[0][0]['peak_kb'] / 1024:>9.0f}", flush=True)
    print(f"{'':<48}{'the same assignments' if same else 'THE ASSIGNMENTS DIFFER'}", flush=True)
    return same


def main():
    if sys.argv[1:2] == ["--peer"]:
        return peer(*sys.argv[2:4], int(sys.argv[4]))
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", type=pathlib.Path, help="the example `stability`, built for release")
    parser.add_argument("--quick", action="store_true", help="the smallest market only")
    parser.add_argument("--seeds", type=int, default=2, help="markets of each size")
    parser.add_argument("--rounds", type=int, default=3, help="how often each runs, in turn")
    arguments = parser.parse_args()
    print(f"{'milliseconds, MB':<48}{'CPU':>10}{'wall':>10}{'their CPU':>11}{'wall':>11}{'ratio':>9}{'MB':>9}{'theirs':>9}")
    results = []
    with tempfile.TemporaryDirectory(prefix="assignment-stability-") as folder:
        for size in SIZES[: 1 if arguments.quick else None]:
            for seed in range(arguments.seeds):
                results.append(compare(arguments.program, pathlib.Path(folder), size, seed, arguments.rounds))
    print(f"{sum(results)} of {len(results)} the same")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
