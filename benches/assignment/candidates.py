"""Compares the exact top-k of `crates/assignment` with faiss `IndexFlatIP` on the same vectors, in turn, each in a process of its own.

Vectors are normal and scaled to length 1. Both find the 32 best of every mentee; the peer knows no exclusions, so that the comparison is
without any, and a second table shows what a percent of excluded pairs adds to ours. Scores of the two agree up to the
rounding of their different orders of summation; a mentor found by one alone has to score, in double precision, within that rounding
of the last of the other. The script ends with exit code 1 if not. Best of several runs.

The BLAS that faiss' wheel brings does not know every newer processor and then falls back to instructions of 2004; so the peer is run once
as installed and once with OPENBLAS_CORETYPE=SkylakeX (with AVX-512) or Haswell, and the better of them counts.

Last comes the optimum over every pair (column generation), on a smaller instance, with no peer beside it.

    python -m venv venv && venv/bin/pip install numpy faiss-cpu
    cargo build --release -p assignment --example candidates
    venv/bin/python benches/assignment/candidates.py target/release/examples/candidates [--quick]
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np

K = 32
SIZES = [(10_000, 2_000, 64), (100_000, 20_000, 16), (100_000, 20_000, 64), (100_000, 20_000, 128)]
WHOLE = [(2_000, 500, 64), (10_000, 2_000, 64)]


def instance(mentees, mentors, dimensions, seed):
    rng = np.random.default_rng([seed, mentees, mentors, dimensions])
    vectors = [rng.standard_normal((count, dimensions), np.float32) for count in (mentees, mentors)]
    return [part / np.linalg.norm(part, axis=1, keepdims=True) for part in vectors]


def write(path, needs, offers, excluded):
    head = np.array([len(needs), len(offers), needs.shape[1], len(excluded)], "<i4")
    path.write_bytes(b"".join(part.tobytes() for part in (head, needs, offers, excluded.astype("<i4"))))


def peer(path, found, runs, threads, k):
    import faiss

    faiss.omp_set_num_threads(threads)
    mentees, mentors, dimensions, _ = np.fromfile(path, "<i4", 4).tolist()
    values = np.fromfile(path, "<f4", (mentees + mentors) * dimensions, offset=16).reshape(-1, dimensions)
    needs, offers = values[:mentees], values[mentees:]
    seconds = []
    for _ in range(runs):
        cpu, wall = time.process_time(), time.perf_counter()
        index = faiss.IndexFlatIP(dimensions)
        index.add(offers)
        _, best = index.search(needs, k)
        seconds.append((time.process_time() - cpu, time.perf_counter() - wall))
    best.astype("<i4").tofile(found)
    # What getrusage says would be the parent's, before this process became another program.
    peak = next(line for line in pathlib.Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(json.dumps({"top": [min(column) for column in zip(*seconds)], "peak_kb": int(peak.split()[1])}))


def measure(command, found, **environment):
    command = [str(word) for word in command]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=os.environ | environment)
    return json.loads(done.stdout), np.fromfile(found, "<i4")


def least(runs):
    return {
        "cpu": min(said["top"][0] for said, _ in runs),
        "wall": min(said["top"][1] for said, _ in runs),
        "mb": min(said["peak_kb"] for said, _ in runs) / 1024,
    }


def faults(needs, offers, ours, theirs):
    """Whether what only one of the two found is more than a matter of rounding, for every 37th mentee."""
    tolerance = 4e-7 * needs.shape[1]
    for mentee in range(0, len(needs), 37):
        scores = offers.astype(np.float64) @ needs[mentee].astype(np.float64)
        last = np.partition(scores, -K)[-K]
        if len(set(ours[mentee])) != K or scores[ours[mentee]].min() < last - tolerance:
            return f"mentee {mentee}: ours is not the best"
        alone = np.setxor1d(ours[mentee], theirs[mentee])
        if len(alone) and np.abs(scores[alone] - last).max() > tolerance:
            return f"mentee {mentee}: the two differ"
    return None


def row(name, ours, theirs=None):
    text = f"{name:<44}{ours['cpu']:>8.3f}{ours['wall']:>8.3f}{ours['mb']:>7.0f}"
    if theirs:
        ratios = f"{theirs['cpu'] / ours['cpu']:>8.2f}×{theirs['wall'] / ours['wall']:>7.2f}×"
        text += f"{theirs['cpu']:>9.3f}{theirs['wall']:>8.3f}{theirs['mb']:>7.0f}{ratios}"
    print(text, flush=True)


def compare(program, folder, size, rounds, cores):
    needs, offers = instance(*size, 0)
    vectors, found = folder / "vectors", folder / "found"
    write(vectors, needs, offers, np.empty((0, 2)))
    runs = {}
    for _ in range(rounds):
        for threads in (1, 2):
            run = measure([program, "top", vectors, found, 1, threads, K], found)
            runs.setdefault(("ours", threads), []).append(run)
            for core in cores:
                command = [sys.executable, __file__, "--peer", vectors, found, 1, threads, K]
                run = measure(command, found, **({"OPENBLAS_CORETYPE": core} if core else {}))
                runs.setdefault((core, threads), []).append(run)
    name = "×".join(map(str, size))
    for threads in (1, 2):
        ours = least(runs["ours", threads])
        for core in cores:
            row(f"{name}, threads {threads}, faiss {core or 'as installed'}", ours, least(runs[core, threads]))
    bytes_of_ours = {run[1].tobytes() for threads in (1, 2) for run in runs["ours", threads]}
    found = faults(needs, offers, *(runs[who, 1][0][1].reshape(-1, K) for who in ("ours", cores[-1])))
    if len(bytes_of_ours) != 1:
        found = "one thread and two differ"
    print(f"{'':<44}{found or 'the same mentors; the same bytes with one thread and two'}", flush=True)

    rng = np.random.default_rng(1)
    excluded = rng.integers(0, size[:2], (size[0] * size[1] // 100, 2))
    write(vectors, needs, offers, excluded)
    row(f"{name}, threads 1, 1 % excluded", least([measure([program, "top", vectors, folder / "found", 1, 1, K], folder / "found")]))
    return not found


def optimum(program, folder, size):
    vectors, found = folder / "vectors", folder / "found"
    write(vectors, *instance(*size, 0), np.empty((0, 2)))
    said, _ = measure([program, "whole", vectors, found, 1, 1, K], found)
    cpu, wall = said["whole"]
    every = size[0] * size[1]
    print(
        f"{'×'.join(map(str, size)) + ', optimum over every pair':<44}{cpu:>8.3f}{wall:>8.3f}{said['peak_kb'] / 1024:>7.0f}"
        f"   {said['rounds']} rounds, {said['pairs']} of {every} pairs ({said['pairs'] / every:.1%}); checked in {said['verify']:.3f} s",
        flush=True,
    )


def main():
    if sys.argv[1:2] == ["--peer"]:
        return peer(*sys.argv[2:4], *map(int, sys.argv[4:]))
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", type=pathlib.Path, help="the example `candidates`, built for release")
    parser.add_argument("--quick", action="store_true", help="the smallest instances only")
    parser.add_argument("--rounds", type=int, default=3, help="how often each runs, in turn")
    parser.add_argument("--size", type=int, help="one of the sizes only, by its place")
    arguments = parser.parse_args()
    sizes = SIZES[:1] if arguments.quick else SIZES if arguments.size is None else [SIZES[arguments.size]]
    flags = pathlib.Path("/proc/cpuinfo").read_text()
    cores = [None, "SkylakeX" if "avx512f" in flags else "Haswell"]
    columns = f"{'CPU s':>8}{'wall':>8}{'MB':>7}{'theirs':>9}{'wall':>8}{'MB':>7}{'CPU':>9}{'wall':>8}"
    print(f"{f'top {K}':<44}{columns}")
    with tempfile.TemporaryDirectory(prefix="assignment-candidates-") as folder:
        folder = pathlib.Path(folder)
        results = [compare(arguments.program, folder, size, arguments.rounds, cores) for size in sizes]
        for size in WHOLE[: 1 if arguments.quick else None]:
            optimum(arguments.program, folder, size)
    print(f"{sum(results)} of {len(results)} the same")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
