//! The solver: four steps, and a check by others.

use thiserror::Error;

use crate::bids::ascending_auction;
use crate::board::Board;
use crate::certificate::{Flaw, Prices, Proof, verify};
use crate::least::least_prices;
use crate::paths::successive_shortest_paths;
use crate::problem::{MentorId, Problem};
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
pub fn solve(problem: &Problem) -> Result<Solution, Unproved> {
    let mut board = Board::new(problem);
    let waiting = ascending_auction(&mut board);
    successive_shortest_paths(&mut board, &waiting);
    settle(board)
}

/// Of all optima the one that is promised, and its proof.
fn settle(mut board: Board) -> Result<Solution, Unproved> {
    least_prices(&mut board);
    let matching = first_of_equals(&board);
    let prices = Prices { mentees: board.mentee_prices(), mentors: std::mem::take(&mut board.price) };
    match verify(board.problem, &matching, &prices) {
        Ok(proof) => Ok(Solution { matching, prices, proof }),
        Err(flaw) => Err(Unproved { flaw }),
    }
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

    proptest! {
        /// The auction only saves time: shortest paths alone come to the same answer, too large for the oracle of the
        /// other tests.
        #[test]
        fn the_method_does_not_show_in_the_answer(problem in problem()) {
            let mut board = Board::new(&problem);
            let everybody: Vec<_> = problem.mentees().collect();
            successive_shortest_paths(&mut board, &everybody);
            let slowly = settle(board).unwrap();

            let mut board = Board::new(&problem);
            let backwards: Vec<_> = (0..40).rev().map(MenteeId).collect();
            successive_shortest_paths(&mut board, &backwards);
            prop_assert_eq!(&settle(board).unwrap(), &slowly);

            prop_assert_eq!(solve(&problem).unwrap(), slowly);
        }
    }
}
