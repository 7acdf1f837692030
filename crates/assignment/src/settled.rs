//! A problem together with an optimum of it, kept so that questions can be asked and changes followed without solving
//! again. What is asked is in [`why`](crate::why) and [`ranked`](crate::ranked), what changes in
//! [`change`](crate::change).

use std::borrow::Cow;

use thiserror::Error;

use crate::certificate::{Flaw, Prices, Proof, verify};
use crate::network::Network;
use crate::problem::{MentorId, Mistake, Problem};
use crate::solve::{Solution, Unproved, solve};

/// A problem and a proved optimum of it.
///
/// ```
/// use assignment::{Change, Draft, MenteeId, MentorId, Pair, Problem, Seats, Settled};
///
/// let pair = |mentee, mentor, score| Pair { mentee: MenteeId(mentee), mentor: MentorId(mentor), score };
/// let mut settled = Settled::new(Problem::new(Draft {
///     mentees: 2,
///     mentors: vec![Seats::Alike(1), Seats::Alike(1)],
///     pairs: vec![pair(0, 0, 9), pair(0, 1, 8), pair(1, 0, 7), pair(1, 1, 3)],
///     unmatched_penalty: 100,
/// })?)?;
/// assert_eq!(settled.solution().matching, [Some(MentorId(1)), Some(MentorId(0))]);
///
/// // Mentee 0 would have a point more with mentor 0, and mentee 1 four less with mentor 1.
/// let why = settled.why(MenteeId(0))?;
/// assert_eq!(why.alternatives[0].cost, Some(3));
/// assert_eq!(why.alternatives[0].cost_to_others, Some(4));
///
/// settled.apply(&[Change::MentorLeaves(MentorId(0))])?;
/// assert_eq!(settled.solution().matching, [Some(MentorId(1)), None]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Settled {
    pub(crate) network: Network<'static>,
    pub(crate) proof: Proof,
}

/// Why there is no [`Settled`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotSettled {
    #[error(transparent)]
    Mistake(#[from] Mistake),
    #[error(transparent)]
    Unproved(#[from] Unproved),
}

impl From<Flaw> for NotSettled {
    fn from(flaw: Flaw) -> Self {
        Self::Unproved(Unproved { flaw })
    }
}

impl Settled {
    /// Solves the problem.
    ///
    /// # Errors
    /// When points are beyond an eighth of [`Problem::magnitude_limit`], since questions add more of them up.
    pub fn new(problem: Problem) -> Result<Self, NotSettled> {
        problem.check_for_paths()?;
        let Solution { matching, prices, proof } = solve(&problem)?;
        Ok(Self { network: Network::with(Cow::Owned(problem), &matching, &prices), proof })
    }

    /// Takes up an optimum that was found before, and checks it.
    ///
    /// # Errors
    /// As [`Self::new`], and what [`verify`] finds.
    pub fn with(problem: Problem, matching: &[Option<MentorId>], prices: &Prices) -> Result<Self, NotSettled> {
        problem.check_for_paths()?;
        let proof = verify(&problem, matching, prices)?;
        Ok(Self { network: Network::with(Cow::Owned(problem), matching, prices), proof })
    }

    pub fn problem(&self) -> &Problem {
        &self.network.problem
    }

    pub fn proof(&self) -> Proof {
        self.proof
    }

    /// After changes it is an optimum, though perhaps not the first one, and the prices are optimal, though perhaps not the
    /// least ones.
    pub fn solution(&self) -> Solution {
        Solution { matching: self.network.matching(), prices: self.network.prices(), proof: self.proof }
    }
}
