//! Who mentors whom: the optimal assignment of many mentees to mentors with several seats each, and its proof.
//!
//! **In**: a [`Draft`] of mentees and mentors by number, each mentor with [`Seats`] (a capacity, or a penalty for each
//! further mentee that never falls), the allowed [`Pair`]s with their scores, and the penalty for each mentee left out.
//! Scores and penalties are whole points; any pair that is not listed is forbidden. [`Problem::new`] checks the draft
//! once, overflow included, and says what is wrong as a [`Mistake`].
//!
//! **Out**: [`solve`] gives a [`Solution`]: for each mentee their mentor or none, a price in points for each person,
//! and a [`Proof`]. It maximises the sum of scores, less the penalties of the seats filled, less the penalty for each
//! mentee left out. Nothing unproved comes out: [`certificate::verify`], which shares no code with the solver, has
//! checked the assignment against the prices. If it ever found a [`Flaw`], `solve` would return [`Unproved`].
//!
//! The same problem gives the same answer, whatever the order of the draft's pairs; [`solve`] says which of several
//! optima it is.
//!
//! ```
//! use assignment::{Draft, MenteeId, MentorId, Pair, Problem, Seats, solve};
//!
//! let pair = |mentee, mentor, score| Pair { mentee: MenteeId(mentee), mentor: MentorId(mentor), score };
//! let problem = Problem::new(Draft {
//!     mentees: 3,
//!     mentors: vec![Seats::Alike(1), Seats::Alike(1)],
//!     pairs: vec![pair(0, 0, 9), pair(0, 1, 8), pair(1, 0, 7), pair(2, 1, 3)],
//!     unmatched_penalty: 100,
//! })?;
//! let solution = solve(&problem)?;
//! assert_eq!(solution.matching, [Some(MentorId(1)), Some(MentorId(0)), None]);
//! assert_eq!(solution.proof.objective(), 8 + 7 - 100);
//! // One more seat with mentor 1 would pair mentee 2 as well.
//! assert_eq!(solution.prices.mentors[1], 103);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Where nearly every pair is allowed, a [`Table`] holds the scores in four bytes a pair and [`solve_table`] gives the
//! same answer as [`solve`], looking at most pairs only to prove that they are not needed.
//!
//! # Method
//! An auction with ε-scaling (Bertsekas 1988), first roughly and then finely, then with exact rises, seats nearly all;
//! a primal-dual search for shortest paths (the Hungarian method: Kuhn, *The Hungarian method for the assignment
//! problem*, 1955; in the order of Jonker & Volgenant, 1987, with several seats to a mentor as in Ahuja, Magnanti & Orlin,
//! *Network flows*, 1993) seats the rest, and its mirror image fills the seats whose price has become too high; a last
//! shortest-path pass lowers the prices to the least; a search along tight pairs picks the first optimum. Each module
//! cites its own.
//!
//! [`Rules`] (pins, forbidden pairs, least loads, quotas) and [`Settled`] (questions and changes) see the problem as a network
//! of flow, in which a solution is mended or questioned along shortest paths; [`closest`] weighs changes against points.
//!
//! What is deliberately absent: clocks, randomness, files, logs. Values in, values out. The solver takes one thread;
//! [`candidates`] takes as many as it is given, and finds the same for any number.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod auction;
mod both_ends;
pub mod candidates;
pub mod certificate;
mod change;
mod closest;
mod feasible;
mod few_best;
mod least;
mod lower;
mod market;
mod mend;
mod network;
mod paths;
mod places;
mod problem;
mod queue;
mod raise;
mod ranked;
mod reverse;
mod rows;
mod rules;
mod settled;
mod solve;
pub mod stability;
mod table;
mod ties;
mod why;

pub use certificate::{Flaw, Prices, Proof, verify, verify_table};
pub use change::Change;
pub use closest::{Closest, NotClosest, closest};
pub use problem::{Aim, Draft, MenteeId, MentorId, Mistake, Pair, Problem, Seats, Shortfall};
pub use ranked::Ranked;
pub use rules::{CategoryId, Quota, Rules};
pub use settled::{NotSettled, Settled};
pub use solve::{Solution, Unproved, solve};
pub use table::{FORBIDDEN, Table, solve_table};
pub use why::{Alternative, Why};
