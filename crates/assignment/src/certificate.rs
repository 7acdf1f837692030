//! The proof that an assignment is optimal, checked by code that shares nothing with the solver: it reads the problem,
//! the assignment and the prices, and trusts none of them. Linear in the pairs and the seats; sums are `i128`.
//!
//! Linear programming duality (Kuhn 1955; Shapley & Shubik, *The assignment game I*, 1971). A mentee `i` has a price
//! `u`, what they get out of it; a mentor `j` has a price `v`, the worth of a seat. The prices are sound when
//!
//! - `u ≥ −penalty` for each mentee and `v ≥ 0` for each mentor;
//! - `u + v ≥ score` on every allowed pair.
//!
//! Then no assignment is worth more than `Σ u + Σ max(0, v − p)`, the second sum over every seat of every mentor, with
//! `p` the penalty of that seat (0 for seats that are alike, hence `Σ u + Σ capacity · v`). For in any assignment a
//! pair that fills a seat brings `score − p ≤ u + (v − p)`, somebody left out brings `−penalty ≤ u`, and an empty seat
//! brings `0 ≤ max(0, v − p)`. Adding them up gives the bound. An assignment that reaches the bound is therefore
//! optimal: their difference, the gap, is 0.

use thiserror::Error;

use crate::problem::{MenteeId, MentorId, Mistake, Problem, Seats};
use crate::table::{FORBIDDEN, Table};

/// Dual prices in points: one for each mentee (`u`) and one for each mentor (`v`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prices {
    pub mentees: Vec<i64>,
    pub mentors: Vec<i64>,
}

/// That an assignment was checked and is optimal. Only [`verify`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    objective: i128,
    dual_objective: i128,
    matched: usize,
}

impl Proof {
    /// What the assignment is worth: scores, less seat penalties, less the penalty for each mentee left out.
    pub fn objective(&self) -> i128 {
        self.objective
    }

    /// What no assignment can exceed, by the prices alone.
    pub fn dual_objective(&self) -> i128 {
        self.dual_objective
    }

    /// The bound less the worth: 0, or there would be no proof.
    pub fn gap(&self) -> i128 {
        self.dual_objective - self.objective
    }

    /// How many mentees have a mentor.
    pub fn matched(&self) -> usize {
        self.matched
    }
}

/// Why an assignment is not proved optimal.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Flaw {
    #[error("the assignment speaks of {found} mentees, the problem of {expected}")]
    MatchingLength { expected: usize, found: usize },
    #[error("there are prices for {found} mentees, the problem has {expected}")]
    MenteePricesLength { expected: usize, found: usize },
    #[error("there are prices for {found} mentors, the problem has {expected}")]
    MentorPricesLength { expected: usize, found: usize },
    #[error("mentee {} and mentor {} are paired, which is not allowed", mentee.0, mentor.0)]
    PairNotAllowed { mentee: MenteeId, mentor: MentorId },
    #[error("mentor {} has {load} mentees and {capacity} seats", mentor.0)]
    CapacityExceeded { mentor: MentorId, load: usize, capacity: usize },
    #[error("mentee {} has the price {price}, below the {floor} of being left out", mentee.0)]
    MenteePriceTooLow { mentee: MenteeId, price: i64, floor: i64 },
    #[error("mentor {} has the price {price}, below 0", mentor.0)]
    MentorPriceNegative { mentor: MentorId, price: i64 },
    #[error("the prices of mentee {} and mentor {} add up to {prices}, below their score of {score}", mentee.0, mentor.0)]
    PairPricedTooLow { mentee: MenteeId, mentor: MentorId, prices: i128, score: i64 },
    #[error(transparent)]
    NoProblem(#[from] Mistake),
    #[error("the assignment is worth {objective} and the prices allow {dual_objective}")]
    Gap { objective: i128, dual_objective: i128 },
}

/// Checks that `matching` (for each mentee their mentor, or `None`) keeps every rule of the problem, that `prices` are
/// sound, and that the two meet.
pub fn verify(problem: &Problem, matching: &[Option<MentorId>], prices: &Prices) -> Result<Proof, Flaw> {
    let seats: Vec<&Seats> = problem.mentors().map(|mentor| problem.seats(mentor)).collect();
    let row = |mentee| problem.pairs_of(mentee).iter().map(|pair| (pair.mentor, pair.score));
    check(problem.mentee_count(), &seats, problem.unmatched_penalty(), row, matching, prices)
}

/// The same for every allowed pair of a table.
pub fn verify_table(table: &Table, matching: &[Option<MentorId>], prices: &Prices) -> Result<Proof, Flaw> {
    let seats: Vec<&Seats> = table.mentors().iter().collect();
    let row = |mentee| {
        let scores = (0..).map(MentorId).zip(table.row(mentee));
        scores.filter(|&(_, &score)| score != FORBIDDEN).map(|(mentor, &score)| (mentor, i64::from(score)))
    };
    check(table.mentee_count(), &seats, table.unmatched_penalty(), row, matching, prices)
}

fn check<R: Iterator<Item = (MentorId, i64)>>(
    mentees: usize,
    seats: &[&Seats],
    unmatched_penalty: i64,
    row: impl Fn(MenteeId) -> R,
    matching: &[Option<MentorId>],
    prices: &Prices,
) -> Result<Proof, Flaw> {
    check_lengths(mentees, seats.len(), matching, prices)?;
    let scores = check_mentees(unmatched_penalty, row, matching, prices)?;
    let (penalties, surplus) = check_mentors(seats, matching, prices)?;

    let matched = matching.iter().flatten().count();
    let left_out = (matching.len() - matched) as i128;
    let objective = scores - penalties - left_out * i128::from(unmatched_penalty);
    let dual_objective = prices.mentees.iter().map(|&price| i128::from(price)).sum::<i128>() + surplus;
    if objective != dual_objective {
        return Err(Flaw::Gap { objective, dual_objective });
    }
    Ok(Proof { objective, dual_objective, matched })
}

fn check_lengths(mentees: usize, mentors: usize, matching: &[Option<MentorId>], prices: &Prices) -> Result<(), Flaw> {
    if matching.len() != mentees {
        return Err(Flaw::MatchingLength { expected: mentees, found: matching.len() });
    }
    if prices.mentees.len() != mentees {
        return Err(Flaw::MenteePricesLength { expected: mentees, found: prices.mentees.len() });
    }
    if prices.mentors.len() != mentors {
        return Err(Flaw::MentorPricesLength { expected: mentors, found: prices.mentors.len() });
    }
    Ok(())
}

/// Each mentee's price against being left out and against each of their pairs; returns the sum of the scores of the
/// pairs made.
fn check_mentees<R: Iterator<Item = (MentorId, i64)>>(
    unmatched_penalty: i64,
    row: impl Fn(MenteeId) -> R,
    matching: &[Option<MentorId>],
    prices: &Prices,
) -> Result<i128, Flaw> {
    let mut scores = 0_i128;
    for ((mentee, &chosen), &price) in (0..).map(MenteeId).zip(matching).zip(&prices.mentees) {
        if i128::from(price) < -i128::from(unmatched_penalty) {
            return Err(Flaw::MenteePriceTooLow { mentee, price, floor: -unmatched_penalty });
        }
        let mut score_made = None;
        for (mentor, score) in row(mentee) {
            let both = i128::from(price) + i128::from(prices.mentors[mentor.index()]);
            if both < i128::from(score) {
                return Err(Flaw::PairPricedTooLow { mentee, mentor, prices: both, score });
            }
            if chosen == Some(mentor) {
                score_made = Some(score);
            }
        }
        match (chosen, score_made) {
            (Some(mentor), None) => return Err(Flaw::PairNotAllowed { mentee, mentor }),
            (_, made) => scores += i128::from(made.unwrap_or(0)),
        }
    }
    Ok(scores)
}

/// Each mentor's load against the seats and price against 0; returns the penalties of the seats filled, and what all
/// seats are worth at the prices.
fn check_mentors(seats: &[&Seats], matching: &[Option<MentorId>], prices: &Prices) -> Result<(i128, i128), Flaw> {
    let mut loads = vec![0_usize; seats.len()];
    for mentor in matching.iter().flatten() {
        loads[mentor.index()] += 1;
    }
    let (mut penalties, mut surplus) = (0_i128, 0_i128);
    for (((mentor, seats), &load), &price) in (0..).map(MentorId).zip(seats).zip(&loads).zip(&prices.mentors) {
        if load > seats.capacity() {
            return Err(Flaw::CapacityExceeded { mentor, load, capacity: seats.capacity() });
        }
        if price < 0 {
            return Err(Flaw::MentorPriceNegative { mentor, price });
        }
        match seats {
            Seats::Alike(capacity) => surplus += i128::from(*capacity) * i128::from(price),
            Seats::Dearer(each) => {
                penalties += each[..load].iter().map(|&penalty| i128::from(penalty)).sum::<i128>();
                surplus += each.iter().map(|&penalty| (i128::from(price) - i128::from(penalty)).max(0)).sum::<i128>();
            }
        }
    }
    Ok((penalties, surplus))
}
