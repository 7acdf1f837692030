"""Measures the engine against its peers on the instances of `instances.py`, in turn, in one run.

    python3 benches/assignment/measure.py [--quick] [--million] [--seeds N] [--out FILE]

It builds the engine, sets up a virtual environment with the peers beside it (`target/peers-venv`), and prints a table: the
CPU seconds of the solve (ours with the proof, and in brackets with the checking of the input as well), the wall time, the most
memory held, what the assignment is worth, and the ratio. Of several runs the best counts, for both sides. The exit code is 1
when two disagree about the worth.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys
import tempfile
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PACKAGES = ["numpy", "ortools", "scipy", "lapjv"]


def environment():
    folder = TARGET / "peers-venv"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    have = subprocess.run([python, "-c", "import " + ", ".join(PACKAGES)], capture_output=True, check=False)
    if have.returncode:
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return python


def cases(arguments):
    from instances import FAMILIES, SEATS_FOR_EACH_MENTEE, Case

    for seed in range(arguments.seeds):
        yield Case(500, 200, None, seed=seed)
        yield Case(2_000, 1_000, None, seed=seed)
        sizes = [(10_000, 2_000)] + [(100_000, 20_000)] * (not arguments.quick)
        for mentees, mentors in sizes:
            for balance in SEATS_FOR_EACH_MENTEE:
                yield Case(mentees, mentors, 32, balance, seed=seed)
            for family in FAMILIES[1:]:
                yield Case(mentees, mentors, 32, "tight", family, seed)
        for family in FAMILIES[1:]:
            yield Case(10_000, 2_000, 32, "slack", family, seed)
    if arguments.million:
        yield Case(1_000_000, 100_000, 32)


def told(command):
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def seconds(value):
    return f"{value:.4f}" if value < 0.1 else f"{value:.3f}" if value < 10 else f"{value:.1f}"


def mebibytes(value):
    return f"{value / 2**20:,.0f}"


def compare(case, python, path):
    """The rows of the table for this case, and whether all agree."""
    from instances import make

    make(case).write(path)
    runs = 5 if case.mentees <= 10_000 else 2 if case.mentees <= 100_000 else 1
    peers = ["or-tools"] + ["scipy", "lapjv"] * (case.candidates is None)
    engine = TARGET / "release" / "examples" / "measure"
    ours, theirs = told([engine, path, str(runs)]), {}
    for peer in peers:
        theirs[peer] = told([python, HERE / "peer.py", peer, path, str(min(runs, 2))])
        again = told([engine, path, str(runs)])
        for key in ("build", "solve", "wall"):
            ours[key] = min(ours[key], again[key])
    rows = []
    for peer in peers:
        found = theirs[peer]
        same = found["objective"] == ours["objective"]
        ratio = found["solve"] / ours["solve"]
        rows.append(
            f"| {case.name} | {ours['objective']:,} | {seconds(ours['solve'])} ({seconds(ours['solve'] + ours['build'])}) "
            f"| {seconds(ours['wall'])} | {mebibytes(ours['rss'])} | {peer} | {'same' if same else found['objective']} "
            f"| {seconds(found['solve'])} | {seconds(found['wall'])} | {mebibytes(found['rss'])} | {ratio:.1f}× |"
        )
    return rows, all(found["objective"] == ours["objective"] for found in theirs.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="nothing above 10,000 mentees")
    parser.add_argument("--million", action="store_true", help="a million mentees as well; the peer takes minutes and gigabytes")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, help="write the table there too")
    arguments = parser.parse_args()
    python = environment()
    if pathlib.Path(sys.prefix).resolve() != (TARGET / "peers-venv").resolve():
        # The instances need NumPy and SciPy, which are there.
        os.execv(python, [str(python), *sys.argv])
    build = ["cargo", "build", "--release", "--package", "assignment", "--example", "measure"]
    subprocess.run(build, cwd=ROOT, check=True, env={**os.environ, "CARGO_TARGET_DIR": str(TARGET)})

    lines = [
        f"{datetime.date.today()}, {machine()}; load {os.getloadavg()[0]:.1f} when it began.",
        "",
        "| instance | worth | CPU s (with checking) | wall s | MiB | peer | worth | CPU s | wall s | MiB | ratio |",
        "| --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    print("\n".join(lines), flush=True)
    well = True
    with tempfile.TemporaryDirectory(prefix="assignment-", dir=TARGET) as folder:
        for case in cases(arguments):
            rows, same = compare(case, python, pathlib.Path(folder) / "instance")
            print("\n".join(rows), flush=True)
            lines += rows
            well &= same
    if arguments.out:
        arguments.out.write_text("\n".join(lines) + "\n")
    return 0 if well else 1


def machine():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return f"{line.split(':')[1].strip()}, {os.cpu_count()} cores, {platform.system()}"
    return platform.platform()


if __name__ == "__main__":
    sys.exit(main())
