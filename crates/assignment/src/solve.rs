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
    /// The least optimal prices. A mentor's is exactly what one more seat there would add to the objective, if it had no
    /// penalty; a mentee's is their part in it.
    pub prices: Prices,
    pub proof: Proof,
}

/// The solver made a mistake, and the certificate caught it. There is nothing that a caller can mend.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the assignment found is not proved optimal: {flaw}")]
pub struct Unproved {
    pub flaw: Flaw,
}

/// Finds the assignment that maximises scores, less seat penalties, less the penalty for each mentee left out; checks it with
/// [`verify`]; and returns it only if it holds.
///
/// The answer depends on the problem alone, not on the method: of all optimal assignments it is the first in the order of a dictionary
/// (mentee 0 has the lowest-numbered mentor that any optimal assignment gives them, then mentee 1, and so on; being left out
/// comes last), and of all optimal prices those that are least for mentors.
pub fn solve(problem: &Problem) -> Result<Solution, Unproved> {
    let mut board = Board::new(problem);
    let waiting = ascending_auction(&mut board);
    successive_shortest_paths(&mut board, &waiting);
    least_prices(&mut board);
    let matching = first_of_equals(&board);
    let prices = Prices { mentees: board.mentee_prices(), mentors: board.price };
    match verify(problem, &matching, &prices) {
        Ok(proof) => Ok(Solution { matching, prices, proof }),
        Err(flaw) => Err(Unproved { flaw }),
    }
}
