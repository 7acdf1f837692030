"""The instances of the benchmark. Each is fixed by family, size, balance and seed, whatever the machine.

Scores are whole points from 0 to 1,000. Seats are thrown among the mentors, so that some have none. One pair in a hundred is
excluded, whatever its score. What differs between the families is who is sought after by whom:

- `zipf`: some mentors are candidates of nearly everybody and score higher (popularity after Zipf and Mandelbrot).
- `clustered`: people and mentors in 20 groups of competencies; most candidates, and the better ones, are of one's own.
- `near-equal`: five different scores, so that most optima are one of very many.
- `geometric`: places on a plane; the candidates are the nearest mentors, and nearer is better.
- `fine`: like `zipf`, with scores up to 1,000,000, so that hardly any two are equal.
"""

from dataclasses import dataclass

import numpy as np

PENALTY = 10_000
SEATS_FOR_EACH_MENTEE = {"tight": 1.0, "slack": 1.2, "over-subscribed": 0.8}
FAMILIES = ("zipf", "clustered", "near-equal", "geometric", "fine")
GROUPS = 20


@dataclass(frozen=True)
class Case:
    mentees: int
    mentors: int
    candidates: int | None  # None: all mentors
    balance: str = "tight"
    family: str = "zipf"
    seed: int = 0

    @property
    def name(self):
        width = "dense" if self.candidates is None else f"k={self.candidates}"
        return f"{self.mentees:,}×{self.mentors:,} {width} {self.family} {self.balance} seed {self.seed}"


@dataclass(frozen=True)
class Instance:
    """Pairs by mentee and then mentor."""

    case: Case
    mentee: np.ndarray
    mentor: np.ndarray
    score: np.ndarray
    capacity: np.ndarray

    def write(self, path):
        """As raw little-endian words, for `crates/assignment/examples/measure.rs`."""
        with open(path, "wb") as file:
            head = [self.case.mentees, self.case.mentors, len(self.mentee), PENALTY]
            np.array(head, "<i8").tofile(file)
            self.capacity.astype("<u4").tofile(file)
            self.mentee.astype("<u4").tofile(file)
            self.mentor.astype("<u4").tofile(file)
            self.score.astype("<i4").tofile(file)


def make(case):
    seats = SEATS_FOR_EACH_MENTEE[case.balance]
    words = [case.seed, case.mentees, case.mentors, case.candidates or 0, round(100 * seats), FAMILIES.index(case.family)]
    rng = np.random.default_rng(words)
    capacity = np.bincount(rng.integers(0, case.mentors, round(seats * case.mentees)), minlength=case.mentors)
    mentor, score = {
        "zipf": popular,
        "clustered": clustered,
        "near-equal": near_equal,
        "geometric": geometric,
        "fine": fine,
    }[case.family](case, rng)
    mentee = np.repeat(np.arange(case.mentees, dtype=np.int64), mentor.shape[1])
    place = mentee * case.mentors + mentor.ravel()
    order = np.argsort(place, kind="stable")
    place = place[order]
    keep = np.ones(len(place), bool)
    keep[1:] = place[1:] != place[:-1]
    keep &= rng.random(len(place)) >= 0.01
    chosen = order[keep]
    return Instance(case, place[keep] // case.mentors, place[keep] % case.mentors, score.ravel()[chosen], capacity)


def drawn(case, rng, weights=None):
    """The candidates of each mentee: all, or so many drawn (who is drawn twice counts once)."""
    if case.candidates is None:
        return np.broadcast_to(np.arange(case.mentors), (case.mentees, case.mentors))
    if weights is None:
        return rng.integers(0, case.mentors, (case.mentees, case.candidates))
    steps = np.cumsum(weights / weights.sum())
    return np.minimum(np.searchsorted(steps, rng.random((case.mentees, case.candidates))), case.mentors - 1)


def points(values, most=1_000):
    return np.clip(np.rint(values), 0, most).astype(np.int64)


def popularity(case):
    """Zipf-Mandelbrot: the weight of the mentor of each rank; the first has 1."""
    shift = case.mentors / 50
    return ((1 + shift) / (np.arange(case.mentors) + 1 + shift)) ** 0.8


def popular(case, rng):
    weights = rng.permutation(popularity(case))
    mentor = drawn(case, rng, weights)
    return mentor, points(rng.normal(350, 150, mentor.shape) + 350 * weights[mentor])


def fine(case, rng):
    weights = rng.permutation(popularity(case))
    mentor = drawn(case, rng, weights)
    return mentor, points(1_000 * (rng.normal(350, 150, mentor.shape) + 350 * weights[mentor]), 1_000_000)


def clustered(case, rng):
    group_of_mentor = rng.integers(0, GROUPS, case.mentors)
    group_of_mentee = rng.integers(0, GROUPS, case.mentees)
    mentor = drawn(case, rng).copy()
    if case.candidates is not None:
        members = [np.flatnonzero(group_of_mentor == group) for group in range(GROUPS)]
        own = case.candidates * 3 // 4
        for group, those in enumerate(members):
            rows = np.flatnonzero(group_of_mentee == group)
            mentor[rows, :own] = rng.choice(those, (len(rows), own))
    same = group_of_mentor[mentor] == group_of_mentee[:, None]
    return mentor, points(rng.normal(300, 80, mentor.shape) + 350 * same)


def near_equal(case, rng):
    mentor = drawn(case, rng)
    return mentor, rng.integers(498, 503, mentor.shape)


def geometric(case, rng):
    from scipy.spatial import cKDTree

    mentees, mentors = rng.random((case.mentees, 2)), rng.random((case.mentors, 2))
    distance, mentor = cKDTree(mentors).query(mentees, k=case.candidates or case.mentors)
    unit = (case.candidates or case.mentors) ** 0.5 / case.mentors**0.5
    return mentor, points(1_000 * (1 - distance / unit / 0.7))
