//! The optimum over every allowed pair, of which only few are ever written down.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};

use thiserror::Error;

use super::scan::{Found, Panels, Search, scan};
use super::vectors::{Affinity, length};
use super::{Candidates, top_k};
use crate::certificate::Prices;
use crate::problem::{Draft, MenteeId, MentorId, Mistake, Pair, Problem, Seats, covering_penalty};
use crate::solve::{Solution, Unproved, solve};

/// Pairs of each mentee that are added at most when prices show that better ones were left out.
const ADDED: usize = 8;
/// Beyond so many pairs that are as good as those chosen, the first of all optima is not looked for.
const EQUALS: usize = 3_000_000;

/// How a score in `f32` becomes whole points: times points per unit, rounded to the nearest, halves away from 0.
///
/// The product is taken in `f64`: exact up to one rounding there, the same on every machine, and never falling where the
/// score rises.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Points {
    per_unit: f64,
}

impl Points {
    /// `None` unless the number is finite and above 0.
    pub fn per_unit(per_unit: f64) -> Option<Self> {
        (per_unit.is_finite() && per_unit > 0.0).then_some(Self { per_unit })
    }

    pub fn of(self, score: f32) -> i64 {
        whole_points((f64::from(score) * self.per_unit).round())
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what is beyond an i64 becomes the furthest i64, and a problem refuses it"
)]
fn whole_points(points: f64) -> i64 {
    points as i64
}

/// The whole problem: an affinity, the mentors' seats, what a score is worth, and the penalty for each mentee left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    affinity: Affinity,
    mentors: Vec<Seats>,
    points: Points,
    unmatched_penalty: i64,
}

/// Why there is no [`Whole`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WholeMistake {
    #[error("there are seats for {seats} mentors and offers of {offers}")]
    SeatsAndOffers { seats: usize, offers: usize },
    #[error(transparent)]
    Problem(#[from] Mistake),
}

/// Why there is no [`Optimum`]: one of the two made a mistake, and there is nothing that a caller can mend.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotSolved {
    #[error(transparent)]
    Problem(#[from] Mistake),
    #[error(transparent)]
    Solver(#[from] Unproved),
}

/// The solution of the whole, and what it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Optimum {
    /// Its prices suit every allowed pair, and not only those that were handed to the solver.
    pub solution: Solution,
    /// How often the solver was called.
    pub rounds: usize,
    /// How many pairs it was handed in the end.
    pub pairs: usize,
    /// Whether the solution is the same as if every pair had been handed to the solver. Otherwise too many pairs are as
    /// good as those chosen, and it is an optimum that depends on nothing but the arguments, though not that one.
    pub first_of_equals: bool,
}

impl Whole {
    /// Without a penalty, one that puts coverage first: by the lengths of the vectors, no scores can make up for a mentee
    /// left out.
    ///
    /// # Errors
    /// [`WholeMistake`], when seats and offers are not of as many mentors, or by the lengths of the vectors a score may
    /// have more points than [`Problem::magnitude_limit`] allows.
    pub fn new(
        affinity: Affinity,
        mentors: Vec<Seats>,
        points: Points,
        unmatched_penalty: Option<i64>,
    ) -> Result<Self, WholeMistake> {
        let (seats, offers) = (mentors.len(), affinity.offers().len());
        if seats != offers {
            return Err(WholeMistake::SeatsAndOffers { seats, offers });
        }
        // A scalar product is at most the product of the lengths (Cauchy-Schwarz); the rounding of its sum and of the
        // lengths is far below a thousandth of that (Higham, *Accuracy and stability of numerical algorithms*, 2002, 3.1).
        let greatest_offer = affinity.offers().greatest_length() * points.per_unit * 1.001;
        let bound = |need: &[f32]| whole_points((length(need) * greatest_offer).ceil() + 1.0);
        let mentees = affinity.needs().count();
        let unmatched_penalty = if let Some(penalty) = unmatched_penalty {
            penalty
        } else {
            let spread = affinity.needs().iter().map(bound).map(|most| (-i128::from(most), i128::from(most)));
            covering_penalty(spread, &mentors).ok_or(Mistake::NoPenaltyCovers)?
        };
        let whole = Self { affinity, mentors, points, unmatched_penalty };
        // What a problem refuses is refused here too: seats, penalty, and the furthest from 0 that a score may be.
        let furthest = whole.affinity.needs().iter().map(bound).max().filter(|_| offers > 0);
        let pair = |score| Pair { mentee: MenteeId(0), mentor: MentorId(0), score };
        Problem::new(whole.draft(mentees, furthest.map(pair).into_iter().collect()))?;
        Ok(whole)
    }

    pub fn affinity(&self) -> &Affinity {
        &self.affinity
    }

    pub fn mentors(&self) -> &[Seats] {
        &self.mentors
    }

    pub fn points(&self) -> Points {
        self.points
    }

    pub fn unmatched_penalty(&self) -> i64 {
        self.unmatched_penalty
    }

    /// The points of these two, or `None` when the pair is excluded.
    pub fn score(&self, mentee: MenteeId, mentor: MentorId) -> Option<i64> {
        self.affinity.score(mentee, mentor).map(|score| self.points.of(score))
    }

    /// Every allowed pair written down: for small problems, and to compare with.
    ///
    /// # Errors
    /// None that [`Self::new`] has let pass.
    pub fn problem(&self) -> Result<Problem, Mistake> {
        let mentees = self.affinity.needs().count();
        let everybody = (0..mentees).flat_map(|mentee| {
            (0..).map(MentorId).take(self.mentors.len()).map(move |mentor| (MenteeId(mentee), mentor))
        });
        let pair = |(mentee, mentor)| Some(Pair { mentee, mentor, score: self.score(mentee, mentor)? });
        Problem::new(self.draft(mentees, everybody.filter_map(pair).collect()))
    }

    fn draft(&self, mentees: u32, pairs: Vec<Pair>) -> Draft {
        Draft { mentees, mentors: self.mentors.clone(), pairs, unmatched_penalty: self.unmatched_penalty }
    }
}

/// Solves the whole problem, starting from the best `candidates` of each mentee, and proves it for every allowed pair
/// (column generation: Gilmore & Gomory, *A linear programming approach to the cutting-stock problem*, 1961).
///
/// The solver's prices bound what any pair may score. A pass over every allowed pair looks for those that score more; the
/// best few of each mentee are added, and it is solved again, until there are none. Prices that are optimal for the few
/// and suit every pair are optimal for all, and with them the assignment. Last come the pairs that are exactly as good as
/// the chosen ones: every optimum is made of such pairs only (complementary slackness), so that the solver's rule for ties
/// chooses as it would with every pair at hand. The result does not depend on the number of threads, nor, but for
/// [`Optimum::first_of_equals`], on `candidates`.
///
/// # Errors
/// [`NotSolved`], when the solver made a mistake.
pub fn solve_whole(whole: &Whole, candidates: usize, threads: NonZero<usize>) -> Result<Optimum, NotSolved> {
    let pass = Pass { whole, panels: Panels::new(whole.affinity.offers()), threads };
    let mentees = whole.affinity.needs().count();
    let mut problem = Problem::new(whole.draft(mentees, pass.listed(&top_k(&whole.affinity, candidates, threads))))?;
    // The prices whose equals have been added.
    let mut settled: Option<Prices> = None;
    for rounds in 1.. {
        let solution = solve(&problem)?;
        let pairs = problem.pairs().len();
        if settled.as_ref() == Some(&solution.prices) {
            return Ok(Optimum { solution, rounds, pairs, first_of_equals: true });
        }
        let mut more = pass.better(&solution.prices);
        if more.is_empty() {
            more = match pass.equals(&problem, &solution.prices) {
                Some(equals) if !equals.is_empty() => equals,
                none => return Ok(Optimum { solution, rounds, pairs, first_of_equals: none.is_some() }),
            };
            settled = Some(solution.prices);
        }
        more.extend_from_slice(problem.pairs());
        problem = Problem::new(whole.draft(mentees, more))?;
    }
    unreachable!("every round adds a pair, of which there are finitely many")
}

/// A pass over every allowed pair.
struct Pass<'a> {
    whole: &'a Whole,
    panels: Panels,
    threads: NonZero<usize>,
}

impl Pass<'_> {
    fn listed(&self, candidates: &Candidates) -> Vec<Pair> {
        let mentees = (0..).map(MenteeId).take(self.whole.affinity.needs().len());
        let points = |mentee, (mentor, score)| Pair { mentee, mentor, score: self.whole.points.of(score) };
        mentees.flat_map(|mentee| candidates.of(mentee).map(move |candidate| points(mentee, candidate))).collect()
    }

    /// Of each mentee the pairs that score most above the prices.
    fn better(&self, prices: &Prices) -> Vec<Pair> {
        self.beyond(prices, 1, ADDED, |_, _| true)
    }

    /// The pairs that score exactly the prices and are not listed yet; `None` when there are too many.
    fn equals(&self, problem: &Problem, prices: &Prices) -> Option<Vec<Pair>> {
        let count = AtomicUsize::new(0);
        let news =
            |mentee, mentor| problem.pair(mentee, mentor).is_none() && count.fetch_add(1, Ordering::Relaxed) < EQUALS;
        let pairs = self.beyond(prices, 0, usize::MAX, news);
        (count.into_inner() <= EQUALS).then_some(pairs)
    }

    /// Up to `keep` pairs of each mentee that score at least `gain` points more than the prices of the two.
    ///
    /// The pass compares in `f32`, from below, so that it lets everything pass that matters: with the price of a mentee
    /// and of a mentor turned into units and rounded down, a score that rounds to `gain` points more lies above their sum by
    /// more than `gain` − 0.75 points. (Rounding to points takes 0.5 off; the rest covers that of `f64`, whose numbers
    /// are below 2⁴⁶ here.) What passes is asked again in whole numbers.
    fn beyond(
        &self,
        prices: &Prices,
        gain: i64,
        keep: usize,
        also: impl Fn(MenteeId, MentorId) -> bool + Sync,
    ) -> Vec<Pair> {
        let Self { whole, panels, threads } = self;
        // What all mentors' prices have in common goes to the mentees, so that `f32` keeps the digits that differ.
        let common = median(&prices.mentors);
        let offset = |&price: &i64| units_below(price - common, 0.0, whole.points);
        let floor = |&price: &i64| units_below(price + common + gain, 0.75, whole.points).next_down();
        let offset: Vec<f32> = prices.mentors.iter().map(offset).collect();
        let floor: Vec<f32> = prices.mentees.iter().map(floor).collect();
        let admits = |mentee: MenteeId, mentor: MentorId, score| {
            let bound = prices.mentees[mentee.index()] + prices.mentors[mentor.index()] + gain;
            whole.points.of(score) >= bound && also(mentee, mentor)
        };
        let search = Search { offset: &offset, floor: &floor, keep, admits };
        let Found { counts, mentors, .. } = scan(&whole.affinity, panels, &search, threads.get());
        let mentees = (0..).map(MenteeId).zip(counts).flat_map(|(mentee, count)| std::iter::repeat_n(mentee, count));
        let pair = |(mentee, mentor)| Some(Pair { mentee, mentor, score: whole.score(mentee, mentor)? });
        mentees.zip(mentors).filter_map(pair).collect()
    }
}

/// Points, less a part of one, in units of score; not above what they are.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "rounded down afterwards")]
fn units_below(points: i64, less: f64, per: Points) -> f32 {
    (((points as f64 - less) / per.per_unit) as f32).next_down()
}

fn median(prices: &[i64]) -> i64 {
    let mut prices = prices.to_vec();
    let middle = prices.len() / 2;
    if prices.is_empty() { 0 } else { *prices.select_nth_unstable(middle).1 }
}
