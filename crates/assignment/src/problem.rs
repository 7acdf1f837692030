//! What is to be decided: mentees, mentors with seats, allowed pairs with scores. A [`Problem`] that exists is right,
//! so neither the solver nor the certificate has to doubt it. How to solve it does not belong here.

use std::ops::Range;

use thiserror::Error;

/// A mentee's number, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MenteeId(pub u32);

/// A mentor's number, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentorId(pub u32);

impl MenteeId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl MentorId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An allowed pair and its score in points; higher is better. A pair that is not listed is forbidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    pub mentee: MenteeId,
    pub mentor: MentorId,
    pub score: i64,
}

/// The seats of one mentor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seats {
    /// So many seats, none dearer than another.
    Alike(u32),
    /// A seat for each entry; the entry is the penalty in points for filling it, on top of those before it. Penalties
    /// are at least 0 and never fall from one seat to the next: this keeps the problem convex, and so a flow.
    Dearer(Vec<i64>),
}

impl Seats {
    pub fn capacity(&self) -> usize {
        match self {
            Self::Alike(seats) => *seats as usize,
            Self::Dearer(penalties) => penalties.len(),
        }
    }

    /// The penalty for filling seat `seat` (from 0), or `None` when there is no such seat.
    pub fn penalty(&self, seat: usize) -> Option<i64> {
        match self {
            Self::Alike(seats) => (seat < *seats as usize).then_some(0),
            Self::Dearer(penalties) => penalties.get(seat).copied(),
        }
    }
}

/// The makings of a [`Problem`], as a caller has them: in any order, not yet checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Mentees are 0 to `mentees` − 1.
    pub mentees: u32,
    /// Mentors are 0 to `mentors.len()` − 1.
    pub mentors: Vec<Seats>,
    pub pairs: Vec<Pair>,
    /// Points lost for each mentee who is left out. It may be negative: then a pair has to be worth something.
    pub unmatched_penalty: i64,
}

impl Draft {
    /// The least simple penalty for being left out that puts coverage first: with it, no assignment that covers fewer
    /// mentees can be worth as much as one that covers more. `None` when it does not fit an `i64`.
    ///
    /// It is one more than the widest difference that scores and seat penalties can make between two assignments: for
    /// each mentee the spread of their scores and 0 (being left out scores nothing), and for each mentor all seat
    /// penalties.
    pub fn penalty_that_covers_first(&self) -> Option<i64> {
        let mut spread = vec![(0_i128, 0_i128); self.mentees as usize];
        for pair in &self.pairs {
            let (low, high) = spread.get_mut(pair.mentee.index())?;
            *low = (*low).min(pair.score.into());
            *high = (*high).max(pair.score.into());
        }
        covering_penalty(spread.into_iter(), &self.mentors)
    }
}

/// One more than the widest difference: `spread` is the lowest and the highest score of each mentee, 0 among them.
pub(crate) fn covering_penalty(spread: impl Iterator<Item = (i128, i128)>, mentors: &[Seats]) -> Option<i64> {
    let scores: i128 = spread.map(|(low, high)| high - low).sum();
    let seats: i128 = mentors
        .iter()
        .map(|seats| match seats {
            Seats::Alike(_) => 0,
            Seats::Dearer(penalties) => penalties.iter().map(|&penalty| i128::from(penalty)).sum(),
        })
        .sum();
    i64::try_from(scores + seats + 1).ok()
}

/// A checked problem: ids exist, no pair stands twice, seat penalties never fall, and no sum can overflow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    mentees: u32,
    mentors: Vec<Seats>,
    /// By mentee, then mentor.
    pairs: Vec<Pair>,
    /// Where each mentee's pairs begin; one more entry for the end.
    first: Vec<usize>,
    unmatched_penalty: i64,
}

/// Why a [`Draft`] is no [`Problem`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Mistake {
    #[error("there are more than {} mentors", u32::MAX)]
    TooManyMentors,
    #[error("pair {}–{} names a mentee beyond the {mentees} there are", pair.mentee.0, pair.mentor.0)]
    MenteeUnknown { pair: Pair, mentees: u32 },
    #[error("pair {}–{} names a mentor beyond the {mentors} there are", pair.mentee.0, pair.mentor.0)]
    MentorUnknown { pair: Pair, mentors: usize },
    #[error("pair {}–{} stands twice", mentee.0, mentor.0)]
    PairTwice { mentee: MenteeId, mentor: MentorId },
    #[error("score {} of pair {}–{} lies beyond ±{limit}", pair.score, pair.mentee.0, pair.mentor.0)]
    ScoreTooLarge { pair: Pair, limit: i64 },
    #[error("the penalty for being left out, {penalty}, lies beyond ±{limit}")]
    UnmatchedPenaltyTooLarge { penalty: i64, limit: i64 },
    #[error("seat {seat} of mentor {}: a penalty of {penalty} is not between 0 and {limit}", mentor.0)]
    SeatPenaltyOutOfRange { mentor: MentorId, seat: usize, penalty: i64, limit: i64 },
    #[error("seat {seat} of mentor {} has a lower penalty than the seat before it", mentor.0)]
    SeatPenaltyFalls { mentor: MentorId, seat: usize },
    #[error("the table has {found} scores where {expected} are expected")]
    TableSize { expected: usize, found: usize },
    #[error("no penalty for being left out is large enough to put coverage first")]
    NoPenaltyCovers,
}

impl Problem {
    /// Checks a draft. Pairs already in order of mentee and mentor save a sort.
    pub fn new(draft: Draft) -> Result<Self, Mistake> {
        let Draft { mentees, mentors, mut pairs, unmatched_penalty } = draft;
        let limit = Self::magnitude_limit(mentees);
        if u32::try_from(mentors.len()).is_err() {
            return Err(Mistake::TooManyMentors);
        }
        if unmatched_penalty.unsigned_abs() > limit.unsigned_abs() {
            return Err(Mistake::UnmatchedPenaltyTooLarge { penalty: unmatched_penalty, limit });
        }
        for (mentor, seats) in (0..).map(MentorId).zip(&mentors) {
            check_seats(mentor, seats, limit)?;
        }
        for &pair in &pairs {
            check_pair(pair, mentees, mentors.len(), limit)?;
        }

        let place = |pair: &Pair| (pair.mentee, pair.mentor);
        if !pairs.is_sorted_by_key(place) {
            pairs.sort_unstable_by_key(place);
        }
        if let Some(twice) = pairs.windows(2).find(|two| place(&two[0]) == place(&two[1])) {
            return Err(Mistake::PairTwice { mentee: twice[0].mentee, mentor: twice[0].mentor });
        }
        let first = row_starts(mentees, &pairs);
        Ok(Self { mentees, mentors, pairs, first, unmatched_penalty })
    }

    /// The greatest magnitude of a score or penalty with so many mentees. A price is then below twice it, a path below
    /// eight times it, and the objective below `i64::MAX`, so that no sum of the solver can overflow.
    pub fn magnitude_limit(mentees: u32) -> i64 {
        i64::MAX / (8 * (i64::from(mentees) + 1))
    }

    pub fn mentees(&self) -> impl ExactSizeIterator<Item = MenteeId> + use<> {
        (0..self.mentees).map(MenteeId)
    }

    pub fn mentors(&self) -> impl Iterator<Item = MentorId> + use<> {
        (0..).map(MentorId).take(self.mentors.len())
    }

    pub fn mentee_count(&self) -> usize {
        self.mentees as usize
    }

    pub fn mentor_count(&self) -> usize {
        self.mentors.len()
    }

    pub fn seats(&self, mentor: MentorId) -> &Seats {
        &self.mentors[mentor.index()]
    }

    pub fn unmatched_penalty(&self) -> i64 {
        self.unmatched_penalty
    }

    /// All pairs, by mentee and then mentor.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// The pairs of one mentee, by mentor.
    pub fn pairs_of(&self, mentee: MenteeId) -> &[Pair] {
        &self.pairs[self.row(mentee)]
    }

    /// Where the pairs of one mentee stand in [`Self::pairs`].
    pub fn row(&self, mentee: MenteeId) -> Range<usize> {
        self.first[mentee.index()]..self.first[mentee.index() + 1]
    }

    /// The pair of these two, or `None` when it is forbidden.
    pub fn pair(&self, mentee: MenteeId, mentor: MentorId) -> Option<Pair> {
        let pairs = self.pairs_of(mentee);
        pairs.binary_search_by_key(&mentor, |pair| pair.mentor).ok().map(|place| pairs[place])
    }
}

fn check_seats(mentor: MentorId, seats: &Seats, limit: i64) -> Result<(), Mistake> {
    let Seats::Dearer(penalties) = seats else { return Ok(()) };
    for (seat, &penalty) in penalties.iter().enumerate() {
        if penalty < 0 || penalty > limit {
            return Err(Mistake::SeatPenaltyOutOfRange { mentor, seat, penalty, limit });
        }
        if seat > 0 && penalty < penalties[seat - 1] {
            return Err(Mistake::SeatPenaltyFalls { mentor, seat });
        }
    }
    Ok(())
}

fn check_pair(pair: Pair, mentees: u32, mentors: usize, limit: i64) -> Result<(), Mistake> {
    if pair.mentee.0 >= mentees {
        return Err(Mistake::MenteeUnknown { pair, mentees });
    }
    if pair.mentor.index() >= mentors {
        return Err(Mistake::MentorUnknown { pair, mentors });
    }
    if pair.score.unsigned_abs() > limit.unsigned_abs() {
        return Err(Mistake::ScoreTooLarge { pair, limit });
    }
    Ok(())
}

fn row_starts(mentees: u32, pairs: &[Pair]) -> Vec<usize> {
    let mut first = vec![0; mentees as usize + 1];
    for pair in pairs {
        first[pair.mentee.index() + 1] += 1;
    }
    for mentee in 0..mentees as usize {
        first[mentee + 1] += first[mentee];
    }
    first
}
