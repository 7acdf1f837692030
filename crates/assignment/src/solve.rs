//! The solver: its steps, and a check by others.

use std::borrow::Cow;

use thiserror::Error;

use crate::auction::auction;
use crate::certificate::{Flaw, Prices, Proof, verify};
use crate::least::least_prices;
use crate::lower::fill_empty_seats;
use crate::market::{Market, NOBODY};
use crate::network::Network;
use crate::problem::{MentorId, Problem};
use crate::raise::seat_who_waits;
use crate::rows::{Points, Scale};
use crate::ties::first_of_equals;

/// An optimal assignment and what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// For each mentee their mentor, or `None` when they are left out.
    pub matching: Vec<Option<MentorId>>,
    /// The least optimal prices. A mentor's is exactly what one more seat there would add to the objective, if it had
    /// no penalty; a mentee's is their part in it.
    pub prices: Prices,
    pub proof: Proof,
}

/// The solver made a mistake, and the certificate caught it. There is nothing that a caller can mend.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the assignment found is not proved optimal: {flaw}")]
pub struct Unproved {
    pub flaw: Flaw,
}

/// Finds the assignment that maximises scores, less seat penalties, less the penalty for each mentee left out; checks
/// it with [`verify`]; and returns it only if it holds.
///
/// The answer depends on the problem alone, not on the method: of all optimal assignments it is the first in the order
/// of a dictionary (mentee 0 has the lowest-numbered mentor that any optimal assignment gives them, then mentee 1, and
/// so on; being left out comes last), and of all optimal prices those that are least for mentors.
///
/// Where there are so many optima that finding the first would take longer than everything else, it is one that depends on
/// nothing but the problem, though perhaps not the first (`ties.rs` says when).
///
/// With least loads or quotas it is an optimum that depends on nothing but the problem, though perhaps not the first, and
/// the prices prove it but need not be the least.
pub fn solve(problem: &Problem) -> Result<Solution, Unproved> {
    if !problem.rules().is_empty() {
        return solve_with_rules(problem);
    }
    first_and_proved(problem, optimum_of(problem))
}

/// Solves what is left of the problem without the rules; the network then mends what they change. Pins, forbidden pairs
/// and penalties of one's own leave nothing to mend.
fn solve_with_rules(problem: &Problem) -> Result<Solution, Unproved> {
    let plain = problem.without_rules();
    let Optimum { seats, prices } = optimum_of(&plain);
    let seats = if problem.rules().is_reducible() { first_of_equals(&plain, &prices, &seats) } else { seats };
    let mut network = Network::with(Cow::Borrowed(problem), &seats, &prices);
    // Least loads that cannot be met make no problem; if it were otherwise, the check would find it.
    let _ = network.mend();
    proved(problem, network.matching(), network.prices())
}

pub(crate) fn proved(problem: &Problem, matching: Vec<Option<MentorId>>, prices: Prices) -> Result<Solution, Unproved> {
    match verify(problem, &matching, &prices) {
        Ok(proof) => Ok(Solution { matching, prices, proof }),
        Err(flaw) => Err(Unproved { flaw }),
    }
}

fn optimum_of(problem: &Problem) -> Optimum {
    let scale = Scale::of(problem);
    if scale.is_narrow { optimum::<i32>(problem, &scale) } else { optimum::<i64>(problem, &scale) }
}

/// An optimum and the least prices.
struct Optimum {
    seats: Vec<Option<MentorId>>,
    prices: Prices,
}

fn optimum<S: Points>(problem: &Problem, scale: &Scale) -> Optimum {
    let mut market = Market::<S>::new(problem, scale.fineness);
    let waiting = auction(&mut market, scale);
    market.number_seats();
    seat_who_waits(&mut market, waiting);
    fill_empty_seats(&mut market);
    at_least_prices(market)
}

fn at_least_prices<S: Points>(mut market: Market<S>) -> Optimum {
    least_prices(&mut market);
    let fineness = market.fineness;
    // Least prices are sums and differences of scores and penalties, so nothing is lost.
    let mentees = (0..market.seat.len()).map(|mentee| market.worth(mentee) / fineness).collect();
    let mentors = market.price.iter().map(|price| price / fineness).collect();
    let mut prices = Prices { mentees, mentors, quotas: Vec::new() };
    price_of_mentors_without_seats(market.problem, &mut prices);
    let seats = market.seat.iter().map(|seat| (seat.mentor != NOBODY).then_some(MentorId(seat.mentor))).collect();
    Optimum { seats, prices }
}

/// What the first seat of a mentor who has none would be worth: the most that anybody would gain by it.
fn price_of_mentors_without_seats(problem: &Problem, prices: &mut Prices) {
    let without: Vec<bool> = problem.mentors().map(|mentor| problem.seats(mentor).capacity() == 0).collect();
    if !without.contains(&true) {
        return;
    }
    for (price, without) in prices.mentors.iter_mut().zip(&without) {
        if *without {
            *price = 0;
        }
    }
    for pair in problem.pairs().iter().filter(|pair| without[pair.mentor.index()]) {
        let price = &mut prices.mentors[pair.mentor.index()];
        *price = (*price).max(pair.score - prices.mentees[pair.mentee.index()]);
    }
}

/// Of all optima the one that is promised, and its proof.
fn first_and_proved(problem: &Problem, optimum: Optimum) -> Result<Solution, Unproved> {
    let Optimum { seats, prices } = optimum;
    let matching = first_of_equals(problem, &prices, &seats);
    proved(problem, matching, prices)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::problem::{Draft, MenteeId, Pair, Seats};

    /// 40 mentees and 15 mentors with about 20, 45 or 70 seats; from a few different scores to many.
    fn problem() -> impl Strategy<Value = Problem> {
        let seats = proptest::collection::vec((0_u32..4, proptest::bool::ANY), 15);
        let scores = proptest::collection::vec(proptest::option::weighted(0.5, 0_i64..1000), 40 * 15);
        (seats, scores, 1_i64..1000, -5_i64..50, 1_u32..4).prop_map(
            |(seats, scores, spread, unmatched_penalty, times)| {
                let mentors = seats.into_iter().map(|(count, dearer)| match (count * times, dearer) {
                    (count, true) => Seats::Dearer((0..i64::from(count)).collect()),
                    (count, false) => Seats::Alike(count),
                });
                let everybody =
                    (0..40).flat_map(|mentee| (0..15).map(move |mentor| (MenteeId(mentee), MentorId(mentor))));
                let pairs = everybody
                    .zip(scores)
                    .filter_map(|((mentee, mentor), score)| Some(Pair { mentee, mentor, score: score? % spread }));
                let draft =
                    Draft { mentees: 40, mentors: mentors.collect(), pairs: pairs.collect(), unmatched_penalty };
                Problem::new(draft).expect("a right problem")
            },
        )
    }

    fn by_paths<S: Points>(problem: &Problem, waiting: Vec<u32>, fineness: i64) -> Solution {
        let mut market = Market::<S>::new(problem, fineness);
        market.number_seats();
        seat_who_waits(&mut market, waiting);
        first_and_proved(problem, at_least_prices(market)).expect("a proved solution")
    }

    proptest! {
        /// The auction only saves time: shortest paths alone come to the same answer, too large for the oracle of the
        /// other tests.
        #[test]
        fn the_method_does_not_show_in_the_answer(problem in problem()) {
            let everybody: Vec<u32> = (0..40).collect();
            let slowly = by_paths::<i32>(&problem, everybody.clone(), 1);
            prop_assert_eq!(&by_paths::<i32>(&problem, everybody.iter().rev().copied().collect(), 7), &slowly);
            prop_assert_eq!(&by_paths::<i64>(&problem, everybody, 1 << 44), &slowly);
            prop_assert_eq!(solve(&problem).unwrap(), slowly);
        }
    }
}
