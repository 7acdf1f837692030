//! Stable assignments: nobody would rather have each other than what they were given.
//!
//! A [`Market`] holds who would have whom, and in which order: each side judges the other by points of its own, equal
//! points are a tie. A mentee and a mentor *block* an assignment when the mentee strictly prefers that mentor to the one
//! they have, or has none, and the mentor has a free seat or strictly prefers that mentee to one of theirs. An assignment
//! without a blocking pair is stable (Gale & Shapley, *College admissions and the stability of marriage*, 1962; with
//! ties: weakly stable, Irving, *Stable marriage and indifference*, 1994).
//!
//! [`mentee_optimal`] and [`mentor_optimal`] find the two ends of the stable assignments by deferred acceptance.
//! Without ties, no stable assignment gives any mentee more than the first, nor any mentor more than the second; what is
//! best for the one side is worst for the other; and in all of them the same mentees have a mentor, and each mentor has
//! the same number (Roth, *The evolution of the labor market for medical interns and residents*, 1984; *On the
//! allocation of residents to rural hospitals*, 1986). No mentee gains by a false order in the first (Dubins &
//! Freedman, *Machiavelli and the Gale-Shapley algorithm*, 1981); mentors with several seats can in either (Roth, *The
//! college admissions problem is not equivalent to the marriage problem*, 1985).
//!
//! With ties the orders are made strict by [`Ties`] first. The result is stable in the sense above; the statements about
//! all stable assignments then hold for the strict orders.
//!
//! A stable assignment is seldom the one with the highest score, and the optimum seldom stable: [`trade`] says what each
//! costs in terms of the other. How the optimum is found does not belong here.
//!
//! ```
//! use assignment::stability::{Market, Regard, Ties, blocking_pairs, mentee_optimal, mentor_optimal};
//! use assignment::{MenteeId, MentorId};
//!
//! let regard = |mentee, mentor, by_mentee, by_mentor| Regard {
//!     mentee: MenteeId(mentee), mentor: MentorId(mentor), by_mentee, by_mentor,
//! };
//! // Each mentee prefers one mentor, and each mentor the other mentee.
//! let regards = [regard(0, 0, 2, 1), regard(0, 1, 1, 2), regard(1, 0, 1, 2), regard(1, 1, 2, 1)];
//! let market = Market::new(2, &[1, 1], &regards, Ties::LowerNumber)?;
//! let (mentees, mentors) = (mentee_optimal(&market), mentor_optimal(&market));
//! assert_eq!(mentees, [Some(MentorId(0)), Some(MentorId(1))]);
//! assert_eq!(mentors, [Some(MentorId(1)), Some(MentorId(0))]);
//! assert!(blocking_pairs(&market, &mentees)?.is_empty());
//! // Both would rather have the second mentor, who is free.
//! let blocking = blocking_pairs(&market, &[None, Some(MentorId(0))])?;
//! assert_eq!(blocking, [(MenteeId(0), MentorId(1)), (MenteeId(1), MentorId(1))]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![expect(clippy::cast_possible_truncation, reason = "a market has no more people, pairs or seats than fit 32 bits")]

use std::cmp::Reverse;
use std::ops::Range;

use thiserror::Error;

use crate::problem::{MenteeId, MentorId, Problem};

/// A mentee and a mentor who would have each other, and what each thinks of it in points; higher is better. A pair that
/// is not listed is unacceptable to one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regard {
    pub mentee: MenteeId,
    pub mentor: MentorId,
    pub by_mentee: i64,
    pub by_mentor: i64,
}

/// Who comes first among those with equal points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ties {
    /// The lower number.
    #[default]
    LowerNumber,
    /// The better lot. One lot for each person, drawn from this seed and the same in the eyes of all: then fewer are
    /// hurt by the draw than with a draw by each (Abdulkadiroğlu, Pathak & Roth, *Strategy-proofness versus efficiency
    /// in matching with indifferences*, 2009). Equal lots: the lower number.
    Lot(u64),
}

impl Ties {
    fn lot(self, number: u32) -> u64 {
        match self {
            Self::LowerNumber => 0,
            Self::Lot(seed) => mixed(mixed(seed).wrapping_add(number.into())),
        }
    }
}

/// `SplitMix64` (Steele, Lea & Flood, *Fast splittable pseudorandom number generators*, 2014): one to one, and without
/// pattern.
fn mixed(seed: u64) -> u64 {
    let seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}

/// Why regards are no [`Market`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MarketMistake {
    #[error("there are more than {} mentors, seats or pairs", u32::MAX)]
    TooMany,
    #[error("the pair {}–{} names somebody beyond the {mentees} mentees and {mentors} mentors", mentee.0, mentor.0)]
    Unknown { mentee: MenteeId, mentor: MentorId, mentees: u32, mentors: usize },
    #[error("the pair {}–{} stands twice", mentee.0, mentor.0)]
    PairTwice { mentee: MenteeId, mentor: MentorId },
}

/// Why what was given is no assignment of this market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoAssignment {
    #[error("the assignment speaks of {found} mentees, there are {expected}")]
    Length { expected: usize, found: usize },
    #[error("mentee {} and mentor {} are paired, which is not acceptable", mentee.0, mentor.0)]
    Unacceptable { mentee: MenteeId, mentor: MentorId },
    #[error("mentor {} has {load} mentees and {capacity} seats", mentor.0)]
    CapacityExceeded { mentor: MentorId, load: u32, capacity: u32 },
}

/// Somebody in a list of preference, and the place that they give in return to whose list it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Entry {
    person: u32,
    /// From 0, the best.
    place: u32,
}

/// One side's lists, one after the other, each the best first.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Lists {
    first: Vec<u32>,
    entries: Vec<Entry>,
    /// For each entry, the place of the first with the same points: lower is strictly better.
    class: Vec<u32>,
}

impl Lists {
    fn row(&self, person: usize) -> Range<usize> {
        self.first[person] as usize..self.first[person + 1] as usize
    }

    fn len(&self) -> usize {
        self.first.len() - 1
    }
}

/// Who would have whom, in which order, checked. Twenty-four bytes for each pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Market {
    mentees: Lists,
    mentors: Lists,
    capacities: Vec<u32>,
}

impl Market {
    /// `capacities` are the seats of each mentor; regards may come in any order, each pair once.
    ///
    /// # Errors
    /// [`MarketMistake`], when a pair names nobody or stands twice, or there are more than fit `u32`.
    pub fn new(mentees: u32, capacities: &[u32], regards: &[Regard], ties: Ties) -> Result<Self, MarketMistake> {
        let mentors = u32::try_from(capacities.len()).map_err(|_| MarketMistake::TooMany)?;
        if u32::try_from(regards.len()).is_err()
            || capacities.iter().try_fold(0_u32, |sum, &seats| sum.checked_add(seats)).is_none()
        {
            return Err(MarketMistake::TooMany);
        }
        let unknown = |regard: &&Regard| regard.mentee.0 >= mentees || regard.mentor.0 >= mentors;
        if let Some(&Regard { mentee, mentor, .. }) = regards.iter().find(unknown) {
            return Err(MarketMistake::Unknown { mentee, mentor, mentees, mentors: capacities.len() });
        }
        let mut mentees = lists(mentees, regards, |regard| (regard.mentee.0, regard.mentor.0, regard.by_mentee), ties);
        check_once(&mentees, capacities.len())?;
        let mut mentors = lists(mentors, regards, |regard| (regard.mentor.0, regard.mentee.0, regard.by_mentor), ties);
        tell_places(&mut mentees, &mut mentors);
        Ok(Self { mentees, mentors, capacities: capacities.to_vec() })
    }

    pub fn mentee_count(&self) -> usize {
        self.mentees.len()
    }

    pub fn capacities(&self) -> &[u32] {
        &self.capacities
    }

    /// The mentors whom a mentee would have, the best first.
    pub fn choices(&self, mentee: MenteeId) -> impl ExactSizeIterator<Item = MentorId> + '_ {
        self.mentees.entries[self.mentees.row(mentee.index())].iter().map(|entry| MentorId(entry.person))
    }

    /// The mentees whom a mentor would have, the best first.
    pub fn applicants(&self, mentor: MentorId) -> impl ExactSizeIterator<Item = MenteeId> + '_ {
        self.mentors.entries[self.mentors.row(mentor.index())].iter().map(|entry| MenteeId(entry.person))
    }

    fn mentees(&self) -> impl Iterator<Item = MenteeId> + use<> {
        (0..).map(MenteeId).take(self.mentees.len())
    }
}

/// Each person's list, the best first; places in return are not told yet.
fn lists(people: u32, regards: &[Regard], of: impl Fn(&Regard) -> (u32, u32, i64), ties: Ties) -> Lists {
    let mut first = vec![0_u32; people as usize + 1];
    for regard in regards {
        first[of(regard).0 as usize + 1] += 1;
    }
    for person in 0..people as usize {
        first[person + 1] += first[person];
    }
    let mut next = first.clone();
    let mut rows = vec![(Reverse(0_i64), 0_u64, 0_u32); regards.len()];
    for (whose, who, points) in regards.iter().map(of) {
        let place = &mut next[whose as usize];
        rows[*place as usize] = (Reverse(points), ties.lot(who), who);
        *place += 1;
    }
    let mut class = vec![0; regards.len()];
    for row in first.windows(2).map(|ends| ends[0] as usize..ends[1] as usize) {
        rows[row.clone()].sort_unstable();
        for place in row.clone().skip(1) {
            let equal = rows[place].0 == rows[place - 1].0;
            class[place] = if equal { class[place - 1] } else { (place - row.start) as u32 };
        }
    }
    let entries = rows.into_iter().map(|(_, _, person)| Entry { person, place: 0 }).collect();
    Lists { first, entries, class }
}

fn check_once(mentees: &Lists, mentors: usize) -> Result<(), MarketMistake> {
    let mut last_seen = vec![u32::MAX; mentors];
    for mentee in (0..).take(mentees.len()) {
        for entry in &mentees.entries[mentees.row(mentee as usize)] {
            if last_seen[entry.person as usize] == mentee {
                return Err(MarketMistake::PairTwice { mentee: MenteeId(mentee), mentor: MentorId(entry.person) });
            }
            last_seen[entry.person as usize] = mentee;
        }
    }
    Ok(())
}

/// Tells each side at which place the other has them.
fn tell_places(mentees: &mut Lists, mentors: &mut Lists) {
    // Mentees in order find each mentor's entries for them in order of the mentees.
    let mut by_mentee: Vec<u32> = (0..mentors.entries.len() as u32).collect();
    for mentor in 0..mentors.len() {
        by_mentee[mentors.row(mentor)].sort_unstable_by_key(|&at| mentors.entries[at as usize].person);
    }
    let mut next = mentors.first.clone();
    for mentee in 0..mentees.len() {
        for (place, choice) in
            (0..).zip(&mut mentees.entries[mentees.first[mentee] as usize..mentees.first[mentee + 1] as usize])
        {
            let mentor = choice.person as usize;
            let at = by_mentee[next[mentor] as usize];
            next[mentor] += 1;
            choice.place = at - mentors.first[mentor];
            mentors.entries[at as usize].place = place;
        }
    }
}

/// The stable assignment that is best for every mentee, as each mentee's mentor or `None`. Mentees ask in their order of
/// preference, and a mentor keeps the best of those who have asked.
///
/// It is Gale & Shapley's deferred acceptance, one mentee after the other (the order of asking does not change the
/// result: McVitie & Wilson, *The stable marriage problem*, 1971). Whoever is put out waits in a queue, not on a stack:
/// the next to ask is then known early, and their list on its way from memory. Linear in the pairs, but for the
/// logarithm of a mentor's seats.
pub fn mentee_optimal(market: &Market) -> Vec<Option<MentorId>> {
    let mut seats = Seats::new(market);
    // Where in the lists each mentee stands; at their end when nobody is left to ask.
    let mut at: Vec<u32> = market.mentees.first[..market.mentees.len()].to_vec();
    let mut asking: Vec<u32> = (0..).take(market.mentees.len()).collect();
    let mut put_out = Vec::new();
    while !asking.is_empty() {
        for &mentee in &asking {
            let at = &mut at[mentee as usize];
            let end = market.mentees.first[mentee as usize + 1];
            for choice in &market.mentees.entries[*at as usize..end as usize] {
                if choice.place < seats.bar[choice.person as usize] {
                    put_out.extend(seats.seat(choice.person as usize, Kept::new(choice.place, mentee)));
                    break;
                }
                *at += 1;
            }
        }
        // They ask again from the one who would not keep them, who refuses at once.
        std::mem::swap(&mut asking, &mut put_out);
        put_out.clear();
    }
    let matched = |(at, end): (u32, u32)| (at < end).then(|| MentorId(market.mentees.entries[at as usize].person));
    at.into_iter().zip(market.mentees.first[1..].iter().copied()).map(matched).collect()
}

/// Somebody who is kept: the place in the list of who keeps them, and their number, in one number that is lower the better the
/// place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Kept(u64);

impl Kept {
    const NOBODY: Self = Self(u64::MAX);

    fn new(place: u32, person: u32) -> Self {
        Self((u64::from(place) << 32) | u64::from(person))
    }

    fn place(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn person(self) -> u32 {
        self.0 as u32
    }
}

/// Who sits with each mentor.
struct Seats {
    /// Where each mentor's seats begin; one more entry for the end.
    first: Vec<u32>,
    /// A mentor's filled seats come first; once all are, they are a heap with the worst on top.
    kept: Vec<Kept>,
    filled: Vec<u32>,
    /// Whoever asks has to have a better place than this.
    bar: Vec<u32>,
}

impl Seats {
    fn new(market: &Market) -> Self {
        let useful = |(mentor, &capacity): (usize, &u32)| capacity.min(market.mentors.row(mentor).len() as u32);
        let mut first = vec![0];
        let mut end = 0;
        first.extend(market.capacities.iter().enumerate().map(useful).map(|seats| {
            end += seats;
            end
        }));
        let bar = first.windows(2).map(|ends| if ends[0] < ends[1] { u32::MAX } else { 0 }).collect();
        Self { kept: vec![Kept::NOBODY; end as usize], filled: vec![0; market.capacities.len()], first, bar }
    }

    /// Seats a mentee who is below the bar; returns who is put out, when all seats were filled.
    fn seat(&mut self, mentor: usize, mentee: Kept) -> Option<u32> {
        let seats = &mut self.kept[self.first[mentor] as usize..self.first[mentor + 1] as usize];
        let filled = self.filled[mentor] as usize;
        if filled < seats.len() {
            seats[filled] = mentee;
            self.filled[mentor] += 1;
            if filled + 1 == seats.len() {
                // In falling order it is a heap already.
                seats.sort_unstable_by_key(|&mentee| Reverse(mentee));
                self.bar[mentor] = seats[0].place();
            }
            return None;
        }
        let put_out = replace_worst(seats, mentee);
        self.bar[mentor] = seats[0].place();
        Some(put_out.person())
    }
}

/// Puts a better one into the heap for the worst, and returns the worst.
fn replace_worst(heap: &mut [Kept], better: Kept) -> Kept {
    let worst = heap[0];
    let mut hole = 0;
    loop {
        let left = 2 * hole + 1;
        let Some(&first) = heap.get(left) else { break };
        let (child, value) = match heap.get(left + 1) {
            Some(&second) if second > first => (left + 1, second),
            _ => (left, first),
        };
        if value <= better {
            break;
        }
        heap[hole] = value;
        hole = child;
    }
    heap[hole] = better;
    worst
}

/// The stable assignment that is best for every mentor, as each mentee's mentor or `None`: mentors ask in their order of
/// preference until their seats are filled, and a mentee keeps the best of those who have asked. Linear in the pairs.
pub fn mentor_optimal(market: &Market) -> Vec<Option<MentorId>> {
    let mut free = market.capacities.clone();
    let mut at: Vec<u32> = market.mentors.first[..market.mentors.len()].to_vec();
    let mut kept = vec![Kept::NOBODY; market.mentees.len()];
    let mut asking: Vec<u32> = (0..).take(market.mentors.len()).collect();
    let mut left = Vec::new();
    while !asking.is_empty() {
        for &mentor in &asking {
            let (at, end) = (&mut at[mentor as usize], market.mentors.first[mentor as usize + 1]);
            let mut seats = free[mentor as usize];
            for ahead in &market.mentors.entries[*at as usize..end as usize] {
                if seats == 0 {
                    break;
                }
                *at += 1;
                let kept = &mut kept[ahead.person as usize];
                if ahead.place < kept.place() {
                    seats -= 1;
                    if *kept != Kept::NOBODY {
                        left.push(kept.person());
                    }
                    *kept = Kept::new(ahead.place, mentor);
                }
            }
            free[mentor as usize] = seats;
        }
        for &mentor in &left {
            free[mentor as usize] += 1;
        }
        std::mem::swap(&mut asking, &mut left);
        left.clear();
    }
    kept.into_iter().map(|kept| (kept != Kept::NOBODY).then(|| MentorId(kept.person()))).collect()
}

/// The pairs that block an assignment (each mentee's mentor or `None`), by mentee and the mentee's preference. Linear in
/// the pairs.
///
/// # Errors
/// [`NoAssignment`], when it pairs who would not have each other or fills more seats than there are.
pub fn blocking_pairs(
    market: &Market,
    matching: &[Option<MentorId>],
) -> Result<Vec<(MenteeId, MentorId)>, NoAssignment> {
    let Standing { class, worst } = standing(market, matching)?;
    let mut blocking = Vec::new();
    for mentee in market.mentees() {
        let row = market.mentees.row(mentee.index());
        let better = market.mentees.class[row.clone()].partition_point(|&choice| choice < class[mentee.index()]);
        for &choice in &market.mentees.entries[row][..better] {
            if market.class_by_mentor(choice) < worst[choice.person as usize] {
                blocking.push((mentee, MentorId(choice.person)));
            }
        }
    }
    Ok(blocking)
}

impl Market {
    /// The class in which the mentor of a mentee's choice has that mentee.
    fn class_by_mentor(&self, choice: Entry) -> u32 {
        self.mentors.class[(self.mentors.first[choice.person as usize] + choice.place) as usize]
    }
}

/// What an assignment gives.
struct Standing {
    /// To each mentee: the class of their mentor; beyond all when they have none.
    class: Vec<u32>,
    /// To each mentor: the class of their worst mentee; beyond all when a seat is free, before all when there is none.
    worst: Vec<u32>,
}

fn standing(market: &Market, matching: &[Option<MentorId>]) -> Result<Standing, NoAssignment> {
    if matching.len() != market.mentees.len() {
        return Err(NoAssignment::Length { expected: market.mentees.len(), found: matching.len() });
    }
    let mut class = vec![u32::MAX; matching.len()];
    let mut worst = vec![0; market.capacities.len()];
    let mut loads = vec![0; market.capacities.len()];
    for (mentee, mentor) in market.mentees().zip(matching) {
        let Some(mentor) = *mentor else { continue };
        let row = market.mentees.row(mentee.index());
        let place = market.mentees.entries[row.clone()].iter().position(|choice| choice.person == mentor.0);
        let at = row.start + place.ok_or(NoAssignment::Unacceptable { mentee, mentor })?;
        class[mentee.index()] = market.mentees.class[at];
        let worst = &mut worst[mentor.index()];
        *worst = market.class_by_mentor(market.mentees.entries[at]).max(*worst);
        loads[mentor.index()] += 1;
    }
    for ((mentor, &capacity), load) in (0..).map(MentorId).zip(&market.capacities).zip(loads) {
        if load > capacity {
            return Err(NoAssignment::CapacityExceeded { mentor, load, capacity });
        }
        if load < capacity {
            worst[mentor.index()] = u32::MAX;
        }
    }
    Ok(Standing { class, worst })
}

/// What the best score costs in stability, and stability in score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trade {
    /// Pairs that block the optimum.
    pub blocking_pairs: usize,
    /// Mentees in one of them or more.
    pub mentees_who_block: usize,
    /// What the optimum is worth in points: scores, less seat penalties, less the penalty for each mentee left out.
    pub optimum: i128,
    /// What the stable assignment is worth in the same points.
    pub stable: i128,
    /// How many mentees have a mentor in the optimum.
    pub optimum_matched: usize,
    /// How many mentees have a mentor in the stable assignment.
    pub stable_matched: usize,
}

impl Trade {
    /// Points that stability costs. Not below 0, if the optimum is one.
    pub fn price_of_stability(&self) -> i128 {
        self.optimum - self.stable
    }
}

/// Sets an optimum of `problem` against a stable assignment of `market`: the same people, whose joint scores are the
/// one's and whose own points the other's.
///
/// # Errors
/// [`NoAssignment`], when the optimum pairs who would not have each other in the market, or the stable assignment whom
/// the problem forbids, or either fills more seats than there are.
pub fn trade(
    problem: &Problem,
    market: &Market,
    optimum: &[Option<MentorId>],
    stable: &[Option<MentorId>],
) -> Result<Trade, NoAssignment> {
    let blocking = blocking_pairs(market, optimum)?;
    let mentees_who_block = blocking.chunk_by(|one, other| one.0 == other.0).count();
    Ok(Trade {
        blocking_pairs: blocking.len(),
        mentees_who_block,
        optimum: worth(problem, optimum)?,
        stable: worth(problem, stable)?,
        optimum_matched: optimum.iter().flatten().count(),
        stable_matched: stable.iter().flatten().count(),
    })
}

/// Scores, less seat penalties, less the penalty for each mentee left out.
fn worth(problem: &Problem, matching: &[Option<MentorId>]) -> Result<i128, NoAssignment> {
    if matching.len() != problem.mentee_count() {
        return Err(NoAssignment::Length { expected: problem.mentee_count(), found: matching.len() });
    }
    let mut loads = vec![0_usize; problem.mentor_count()];
    let mut worth = 0;
    for (mentee, mentor) in problem.mentees().zip(matching) {
        let Some(mentor) = *mentor else {
            worth -= i128::from(problem.unmatched_penalty());
            continue;
        };
        let pair = problem.pair(mentee, mentor).ok_or(NoAssignment::Unacceptable { mentee, mentor })?;
        let (seats, load) = (problem.seats(mentor), &mut loads[mentor.index()]);
        let penalty = seats.penalty(*load).ok_or(NoAssignment::CapacityExceeded {
            mentor,
            load: *load as u32 + 1,
            capacity: seats.capacity() as u32,
        })?;
        *load += 1;
        worth += i128::from(pair.score) - i128::from(penalty);
    }
    Ok(worth)
}
