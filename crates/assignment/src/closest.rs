//! Nearly the best with the fewest changes: what a new assignment loses when as many as can be keep what they had.

use std::cmp::Ordering;

use thiserror::Error;

use crate::problem::{MentorId, Problem};
use crate::solve::{Unproved, solve};

/// An assignment near a former one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closest {
    pub matching: Vec<Option<MentorId>>,
    /// What it is worth.
    pub objective: i128,
    /// By how much the optimum is worth more.
    pub lost: i128,
    /// How many mentees have another mentor than before, or one where they had none, or none where they had one.
    pub changed: usize,
    /// No assignment that loses as little as was asked for changes fewer than this: where the two are equal it is proved that
    /// none is closer.
    pub at_least: usize,
}

/// Why there is no [`Closest`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotClosest {
    #[error("the former assignment speaks of {found} mentees, the problem of {expected}")]
    Length { expected: usize, found: usize },
    #[error("the scores are too large to be weighed against the number of changes")]
    TooLarge,
    #[error(transparent)]
    Unproved(#[from] Unproved),
}

/// The fewest changes to a former assignment for a loss of at most so many points against the optimum. What was allowed
/// formerly may not be now.
///
/// With a loss of 0, and for every loss that is wide enough for all who can to keep what they had, the answer is exact. In
/// between, deciding it is as hard as the hardest (a knapsack can be written as such a problem); the answer then is the
/// best of those that some price of a change makes optimal, and [`Closest::at_least`] says how far it can be from the best of all
/// (Lagrangian relaxation; Handler & Zang, *A dual algorithm for the constrained shortest path problem*, 1980). It solves the
/// problem a few times.
///
/// # Errors
/// See [`NotClosest`].
pub fn closest(problem: &Problem, former: &[Option<MentorId>], loss: u64) -> Result<Closest, NotClosest> {
    let (expected, found) = (problem.mentee_count(), former.len());
    if expected != found {
        return Err(NotClosest::Length { expected, found });
    }
    let search = Search { problem, former };
    let people = i64::try_from(expected).map_err(|_| NotClosest::TooLarge)?;
    let best = search.weigh(people + 1, 1)?;
    let allowed = best.objective - i128::from(loss);
    let nearest = search.weigh(1, search.widest().ok_or(NotClosest::TooLarge)?)?;
    if nearest.objective >= allowed {
        return Ok(nearest.told(best.objective, nearest.changed));
    }
    let at_least = best.changed;
    if loss == 0 {
        return Ok(best.told(best.objective, at_least));
    }
    search.between(best, nearest, allowed)
}

struct Search<'p> {
    problem: &'p Problem,
    former: &'p [Option<MentorId>],
}

#[derive(Clone)]
struct Weighed {
    matching: Vec<Option<MentorId>>,
    objective: i128,
    changed: usize,
}

impl Weighed {
    fn told(&self, best: i128, at_least: usize) -> Closest {
        let Self { matching, objective, changed } = self.clone();
        Closest { matching, objective, lost: best - objective, changed, at_least }
    }
}

impl Search<'_> {
    /// The optimum where each point counts `times` and each mentee who keeps what they had counts `bonus`.
    fn weigh(&self, times: i64, bonus: i64) -> Result<Weighed, NotClosest> {
        let weighed = self.problem.with_bonus(times, bonus, self.former).ok_or(NotClosest::TooLarge)?;
        let solution = solve(&weighed)?;
        let kept = solution.matching.iter().zip(self.former).filter(|(now, before)| now == before).count();
        let objective = (solution.proof.objective() - i128::from(bonus) * kept as i128) / i128::from(times);
        Ok(Weighed { changed: self.former.len() - kept, objective, matching: solution.matching })
    }

    /// More than the widest difference between two assignments.
    fn widest(&self) -> Option<i64> {
        let spread = self.problem.mentees().map(|mentee| {
            let out = -i128::from(self.problem.unmatched_penalty_of(mentee));
            let scores = self.problem.pairs_of(mentee).iter().map(|pair| i128::from(pair.score));
            scores.fold((out, out), |(low, high), score| (low.min(score), high.max(score)))
        });
        let mentors: Vec<_> = self.problem.mentors().map(|mentor| self.problem.seats(mentor).clone()).collect();
        crate::problem::covering_penalty(spread, &mentors)
    }

    /// Between one that is good enough and one that is not but changes fewer: the one with the fewest changes on the convex
    /// hull of all assignments, by worth and changes, that is good enough.
    fn between(&self, best: Weighed, nearest: Weighed, allowed: i128) -> Result<Closest, NotClosest> {
        let highest = best.objective;
        let (mut good, mut short) = (best, nearest);
        loop {
            let times = i64::try_from(good.changed - short.changed).map_err(|_| NotClosest::TooLarge)?;
            let bonus = i64::try_from(good.objective - short.objective).map_err(|_| NotClosest::TooLarge)?;
            let next = self.weigh(times, bonus)?;
            let weight = |one: &Weighed| i128::from(times) * one.objective - i128::from(bonus) * one.changed as i128;
            match weight(&next).cmp(&weight(&good)) {
                Ordering::Greater if next.objective >= allowed => good = next,
                Ordering::Greater => short = next,
                _ => {
                    // times · objective − bonus · changed ≤ weight, for every assignment.
                    let least = (i128::from(times) * allowed - weight(&good)).div_euclid(i128::from(bonus));
                    let exact = least * i128::from(bonus) == i128::from(times) * allowed - weight(&good);
                    let at_least = usize::try_from(least + i128::from(!exact)).unwrap_or(0);
                    return Ok(good.told(highest, at_least.min(good.changed)));
                }
            }
        }
    }
}
