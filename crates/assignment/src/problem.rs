//! What is to be decided: mentees, mentors with seats, allowed pairs with scores. A [`Problem`] that exists is right,
//! so neither the solver nor the certificate has to doubt it. How to solve it does not belong here.

use std::borrow::Cow;
use std::ops::Range;

use thiserror::Error;

use crate::feasible::least_loads_can_be_met;
use crate::rules::{CategoryId, Quota, Rulebook, Rules};

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

/// What matters most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// As many mentees as can be; of those assignments the one with the best score.
    CoverageFirst,
    /// The best score: a pair is made only where it adds to the sum, being left out counting 0.
    ScoreOnly,
}

impl Draft {
    /// The same with the penalty for being left out that serves the aim.
    ///
    /// # Errors
    /// [`Mistake::NoPenaltyCovers`] when none is large enough, or when a pair names a mentee who is not there.
    pub fn aiming_at(mut self, aim: Aim) -> Result<Self, Mistake> {
        self.unmatched_penalty = match aim {
            Aim::CoverageFirst => self.penalty_that_covers_first().ok_or(Mistake::NoPenaltyCovers)?,
            Aim::ScoreOnly => 0,
        };
        Ok(self)
    }

    /// The least simple penalty for being left out that puts coverage first: with it, no assignment that covers fewer
    /// mentees can be worth as much as one that covers more. `None` when it does not fit an `i64`, or a pair names a mentee
    /// beyond those there are.
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
    rules: Rulebook,
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
    #[error("a rule names mentee {} beyond the {mentees} there are", mentee.0)]
    RuleForUnknownMentee { mentee: MenteeId, mentees: u32 },
    #[error("a rule names mentor {} beyond the {mentors} there are", mentor.0)]
    RuleForUnknownMentor { mentor: MentorId, mentors: usize },
    #[error("a quota names category {} beyond the {categories} there are", category.0)]
    CategoryUnknown { category: CategoryId, categories: usize },
    #[error("mentee {} is pinned to mentor {}, but that pair is not allowed", mentee.0, mentor.0)]
    PinForbidden { mentee: MenteeId, mentor: MentorId },
    #[error("mentee {} is pinned to two mentors", mentee.0)]
    PinnedTwice { mentee: MenteeId },
    #[error("{pins} mentees are pinned to mentor {}, who has {capacity} seats", mentor.0)]
    PinsExceedSeats { mentor: MentorId, pins: usize, capacity: usize },
    #[error("{pins} mentees of category {} are pinned to mentor {}, whose quota is {most}", category.0, mentor.0)]
    PinsExceedQuota { mentor: MentorId, category: CategoryId, pins: usize, most: u32 },
    #[error("mentee {} has two penalties for being left out", mentee.0)]
    UnmatchedPenaltyTwice { mentee: MenteeId },
    #[error("mentor {} must have at least {least} mentees and has {capacity} seats", mentor.0)]
    LeastLoadAboveCapacity { mentor: MentorId, least: u32, capacity: usize },
    #[error("mentor {} has two least loads", mentor.0)]
    LeastLoadTwice { mentor: MentorId },
    #[error("mentor {} has two quotas for category {}", mentor.0, category.0)]
    QuotaTwice { mentor: MentorId, category: CategoryId },
    #[error("mentor {} has quotas for categories {} and {}, which overlap without one lying in the other", mentor.0, one.0, other.0)]
    QuotasOverlap { mentor: MentorId, one: CategoryId, other: CategoryId },
    #[error(transparent)]
    LeastLoadsUnmeetable(#[from] Shortfall),
}

/// Least loads that cannot all be met: what stands in the way is these mentors, and nobody else.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("together {} must have at least {least} mentees, but no more than {most} can be with them", named(mentors))]
pub struct Shortfall {
    /// In rising order.
    pub mentors: Vec<MentorId>,
    pub least: u64,
    pub most: u64,
}

fn named(mentors: &[MentorId]) -> String {
    const NAMED: usize = 20;
    let shown: Vec<String> = mentors.iter().take(NAMED).map(|mentor| mentor.0.to_string()).collect();
    let more = mentors.len().saturating_sub(NAMED);
    let plural = if mentors.len() == 1 { "mentor" } else { "mentors" };
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{plural} {}{rest}", shown.join(", "))
}

impl Problem {
    /// Checks a draft. Pairs already in order of mentee and mentor save a sort.
    ///
    /// # Errors
    /// The first [`Mistake`] that was found: somebody who is not there, a pair that stands twice, points beyond
    /// [`Self::magnitude_limit`], rules that nobody can keep.
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
        Ok(Self { mentees, mentors, pairs, first, unmatched_penalty, rules: Rulebook::default() })
    }

    /// Checks a draft and rules that the assignment has to keep to as well.
    ///
    /// Magnitudes may be an eighth of [`Self::magnitude_limit`] here.
    ///
    /// # Errors
    /// Beyond those of [`Self::new`], a [`Mistake`] that says which rule names somebody who is not there, contradicts
    /// another, or cannot be kept, alone or together with others ([`Mistake::LeastLoadsUnmeetable`] says which mentors).
    pub fn with_rules(draft: Draft, rules: &Rules) -> Result<Self, Mistake> {
        let mut problem = Self::new(draft)?;
        if *rules == Rules::default() {
            return Ok(problem);
        }
        problem.check_for_paths()?;
        let limit = Self::magnitude_limit(problem.mentees) / 8;
        if !rules.forbidden.is_empty() {
            let mut forbidden = rules.forbidden.clone();
            forbidden.sort_unstable();
            problem.retain(|pair| forbidden.binary_search(&(pair.mentee, pair.mentor)).is_err());
        }
        let Self { mentees, mentors, pairs, unmatched_penalty, .. } = &problem;
        let book = Rulebook::new(rules, *mentees, mentors, pairs, *unmatched_penalty, limit)?;
        if !rules.pins.is_empty() {
            problem.retain(|pair| book.pin(pair.mentee).is_none_or(|mentor| mentor == pair.mentor));
        }
        problem.rules = book;
        least_loads_can_be_met(&problem)?;
        Ok(problem)
    }

    /// That points are small enough for paths of any length.
    pub(crate) fn check_for_paths(&self) -> Result<(), Mistake> {
        self.check_magnitudes(Self::magnitude_limit(self.mentees) / 8)
    }

    fn check_magnitudes(&self, limit: i64) -> Result<(), Mistake> {
        let beyond = |points: i64| points.unsigned_abs() > limit.unsigned_abs();
        if beyond(self.unmatched_penalty) {
            return Err(Mistake::UnmatchedPenaltyTooLarge { penalty: self.unmatched_penalty, limit });
        }
        for (mentor, seats) in (0..).map(MentorId).zip(&self.mentors) {
            check_seats(mentor, seats, limit)?;
        }
        if let Some(penalty) = self.mentees().map(|mentee| self.unmatched_penalty_of(mentee)).find(|&own| beyond(own)) {
            return Err(Mistake::UnmatchedPenaltyTooLarge { penalty, limit });
        }
        match self.pairs.iter().find(|pair| beyond(pair.score)) {
            Some(&pair) => Err(Mistake::ScoreTooLarge { pair, limit }),
            None => Ok(()),
        }
    }

    /// Changes the seats and the least load of a mentor; checks what can be checked without looking at others.
    pub(crate) fn set_seats(&mut self, mentor: MentorId, seats: Seats, least: u32) -> Result<(), Mistake> {
        self.check_mentor(mentor)?;
        check_seats(mentor, &seats, Self::magnitude_limit(self.mentees) / 8)?;
        let capacity = seats.capacity();
        let pins = self.mentees().filter(|&mentee| self.pin(mentee) == Some(mentor)).count();
        if pins > capacity {
            return Err(Mistake::PinsExceedSeats { mentor, pins, capacity });
        }
        if least as usize > capacity {
            return Err(Mistake::LeastLoadAboveCapacity { mentor, least, capacity });
        }
        self.rules.set_least(mentor, self.mentors.len(), least);
        self.mentors[mentor.index()] = seats;
        Ok(())
    }

    pub(crate) fn add_mentor(&mut self, seats: Seats) -> Result<MentorId, Mistake> {
        let mentor = MentorId(u32::try_from(self.mentors.len()).map_err(|_| Mistake::TooManyMentors)?);
        self.mentors.push(Seats::Alike(0));
        self.set_seats(mentor, seats, 0).map(|()| mentor)
    }

    pub(crate) fn add_mentee(&mut self) -> MenteeId {
        self.mentees += 1;
        self.first.push(self.pairs.len());
        MenteeId(self.mentees - 1)
    }

    pub(crate) fn set_score(&mut self, number: usize, score: i64) {
        self.pairs[number].score = score;
    }

    /// Adds pairs that are not there yet. Those of somebody who is pinned are not considered.
    pub(crate) fn add_pairs(&mut self, pairs: &[Pair]) -> Result<(), Mistake> {
        let limit = Self::magnitude_limit(self.mentees) / 8;
        for &pair in pairs {
            check_pair(pair, self.mentees, self.mentors.len(), limit)?;
        }
        let place = |pair: &Pair| (pair.mentee, pair.mentor);
        let free: Vec<Pair> = pairs.iter().filter(|pair| self.pin(pair.mentee).is_none()).copied().collect();
        self.pairs.extend(free);
        self.pairs.sort_by_key(place);
        if let Some(twice) = self.pairs.windows(2).find(|two| place(&two[0]) == place(&two[1])) {
            return Err(Mistake::PairTwice { mentee: twice[0].mentee, mentor: twice[0].mentor });
        }
        self.first = row_starts(self.mentees, &self.pairs);
        Ok(())
    }

    pub(crate) fn check_mentee(&self, mentee: MenteeId) -> Result<(), Mistake> {
        if mentee.0 < self.mentees {
            return Ok(());
        }
        Err(Mistake::RuleForUnknownMentee { mentee, mentees: self.mentees })
    }

    pub(crate) fn check_mentor(&self, mentor: MentorId) -> Result<(), Mistake> {
        if mentor.index() < self.mentors.len() {
            return Ok(());
        }
        Err(Mistake::RuleForUnknownMentor { mentor, mentors: self.mentors.len() })
    }

    /// The same problem with each point counting so many times, and a bonus for everybody who has what they had before.
    pub(crate) fn with_bonus(&self, times: i64, bonus: i64, former: &[Option<MentorId>]) -> Option<Self> {
        let mut problem = self.clone();
        problem.unmatched_penalty = problem.unmatched_penalty.checked_mul(times)?;
        for seats in &mut problem.mentors {
            if let Seats::Dearer(each) = seats {
                for penalty in each {
                    *penalty = penalty.checked_mul(times)?;
                }
            }
        }
        for pair in &mut problem.pairs {
            let kept = former[pair.mentee.index()] == Some(pair.mentor);
            pair.score = pair.score.checked_mul(times)?.checked_add(if kept { bonus } else { 0 })?;
        }
        let mut penalties = Vec::with_capacity(former.len());
        for (mentee, former) in self.mentees().zip(former) {
            let kept = if former.is_none() { bonus } else { 0 };
            penalties.push(self.unmatched_penalty_of(mentee).checked_mul(times)?.checked_sub(kept)?);
        }
        problem.rules.set_own_penalties(penalties);
        problem.check_for_paths().ok().map(|()| problem)
    }

    /// Forgets the other pairs.
    pub(crate) fn retain(&mut self, keep: impl Fn(&Pair) -> bool) {
        self.pairs.retain(keep);
        self.first = row_starts(self.mentees, &self.pairs);
    }

    /// The same problem as the solver takes it: pinned mentees have no pairs and their seats are gone, a penalty of one's
    /// own stands in one's scores, least loads and quotas are left to others.
    pub(crate) fn without_rules(&self) -> Cow<'_, Self> {
        let pinned = self.mentees().any(|mentee| self.pin(mentee).is_some());
        let own = self.mentees().any(|mentee| self.own_penalty(mentee) != 0);
        if !pinned && !own {
            return Cow::Borrowed(self);
        }
        let mut mentors = self.mentors.clone();
        for mentor in self.mentees().filter_map(|mentee| self.pin(mentee)) {
            match &mut mentors[mentor.index()] {
                Seats::Alike(seats) => *seats = seats.saturating_sub(1),
                // The first seats are the cheapest; a pinned mentee takes one of them whatever happens.
                Seats::Dearer(each) => drop(each.drain(..1)),
            }
        }
        let free = self.pairs.iter().filter(|pair| self.pin(pair.mentee).is_none());
        let pairs: Vec<Pair> =
            free.map(|pair| Pair { score: pair.score + self.own_penalty(pair.mentee), ..*pair }).collect();
        let first = row_starts(self.mentees, &pairs);
        let rules = Rulebook::default();
        Cow::Owned(Self {
            mentees: self.mentees,
            mentors,
            pairs,
            first,
            unmatched_penalty: self.unmatched_penalty,
            rules,
        })
    }

    /// By how much more than others this mentee counts when left out.
    pub(crate) fn own_penalty(&self, mentee: MenteeId) -> i64 {
        self.unmatched_penalty_of(mentee) - self.unmatched_penalty
    }

    pub(crate) fn rules(&self) -> &Rulebook {
        &self.rules
    }

    /// The mentor to whom this mentee is pinned.
    pub fn pin(&self, mentee: MenteeId) -> Option<MentorId> {
        self.rules.pin(mentee)
    }

    /// Points lost when this mentee is left out.
    pub fn unmatched_penalty_of(&self, mentee: MenteeId) -> i64 {
        self.rules.penalty(mentee).unwrap_or(self.unmatched_penalty)
    }

    /// How many mentees this mentor must have at least.
    pub fn least_load(&self, mentor: MentorId) -> u32 {
        self.rules.least(mentor)
    }

    /// All quotas, by mentor and then from large categories to small.
    pub fn quotas(&self) -> &[Quota] {
        self.rules.quotas()
    }

    /// Who belongs to each category, in rising order.
    pub fn categories(&self) -> &[Vec<MenteeId>] {
        self.rules.categories()
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

    /// The seats of a mentor.
    ///
    /// # Panics
    /// When there is no such mentor.
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
    ///
    /// # Panics
    /// When there is no such mentee.
    pub fn pairs_of(&self, mentee: MenteeId) -> &[Pair] {
        &self.pairs[self.row(mentee)]
    }

    /// Where the pairs of one mentee stand in [`Self::pairs`].
    ///
    /// # Panics
    /// When there is no such mentee.
    pub fn row(&self, mentee: MenteeId) -> Range<usize> {
        self.first[mentee.index()]..self.first[mentee.index() + 1]
    }

    /// The pair of these two, or `None` when it is forbidden.
    pub fn pair(&self, mentee: MenteeId, mentor: MentorId) -> Option<Pair> {
        self.number_of(mentee, mentor).map(|number| self.pairs[number])
    }

    /// Where the pair of these two stands in [`Self::pairs`]; nowhere when there is nobody of that number.
    pub(crate) fn number_of(&self, mentee: MenteeId, mentor: MentorId) -> Option<usize> {
        if mentee.0 >= self.mentees {
            return None;
        }
        let row = self.row(mentee);
        let found = self.pairs[row.clone()].binary_search_by_key(&mentor, |pair| pair.mentor).ok()?;
        Some(row.start + found)
    }

    pub(crate) fn has_least_loads(&self) -> bool {
        self.mentors().any(|mentor| self.least_load(mentor) > 0)
    }

    pub(crate) fn check_score(&self, pair: Pair) -> Result<(), Mistake> {
        check_pair(pair, self.mentees, self.mentors.len(), Self::magnitude_limit(self.mentees) / 8)
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
