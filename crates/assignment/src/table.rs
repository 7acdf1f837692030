//! A problem in which nearly every pair is allowed: a score for each mentee and mentor in one table, four bytes a pair.
//! Ten thousand mentees and two thousand mentors make twenty million pairs, most of which no optimum would ever use.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::certificate::{Prices, verify_table};
use crate::problem::{Draft, MenteeId, MentorId, Mistake, Pair, Problem, Seats, covering_penalty};
use crate::solve::{Solution, Unproved, solve};

/// Stands in a table where a pair is forbidden.
pub const FORBIDDEN: i32 = i32::MIN;

/// With no more allowed pairs than this, all of them go to the solver at once.
const FEW_PAIRS: usize = 100_000;
/// Pairs of each mentee with which the search begins.
const CANDIDATES: usize = 12;
/// Pairs of each mentee that are added at most when prices show that better ones were left out.
const ADDED: usize = 8;
/// Beyond so many pairs that are as good as those chosen, the first of all optima is not looked for.
const EQUALS: usize = 3_000_000;
/// Bids for each mentee, on average, for the prices by which candidates are chosen.
const BIDS_PER_MENTEE: usize = 32;

/// Mentees by mentors, checked: the score of each pair, or [`FORBIDDEN`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    mentees: u32,
    mentors: Vec<Seats>,
    scores: Vec<i32>,
    unmatched_penalty: i64,
}

impl Table {
    /// `scores` are a row of `mentors.len()` for each mentee, one row after the other. Without a penalty, the one that
    /// puts coverage first ([`Draft::penalty_that_covers_first`]).
    ///
    /// # Errors
    /// The first [`Mistake`] that was found.
    pub fn new(
        mentees: u32,
        mentors: Vec<Seats>,
        scores: Vec<i32>,
        unmatched_penalty: Option<i64>,
    ) -> Result<Self, Mistake> {
        let expected = mentees as usize * mentors.len();
        if scores.len() != expected {
            return Err(Mistake::TableSize { expected, found: scores.len() });
        }
        let mut table = Self { mentees, mentors, scores, unmatched_penalty: 0 };
        table.unmatched_penalty = match unmatched_penalty {
            Some(penalty) => penalty,
            None => table.penalty_that_covers_first().ok_or(Mistake::NoPenaltyCovers)?,
        };
        // What a problem refuses is refused here too: the seats, the penalty, and the score furthest from 0.
        let furthest = table.pairs().max_by_key(|pair| pair.score.unsigned_abs());
        let draft = table.draft(furthest.into_iter().collect());
        Problem::new(draft).map(|_| table)
    }

    fn penalty_that_covers_first(&self) -> Option<i64> {
        let spread = |mentee| {
            self.row(mentee)
                .iter()
                .filter(|&&score| score != FORBIDDEN)
                .fold((0, 0), |(low, high), &score| (i128::from(score).min(low), i128::from(score).max(high)))
        };
        covering_penalty((0..self.mentees).map(MenteeId).map(spread), &self.mentors)
    }

    pub fn mentee_count(&self) -> usize {
        self.mentees as usize
    }

    pub fn mentors(&self) -> &[Seats] {
        &self.mentors
    }

    pub fn unmatched_penalty(&self) -> i64 {
        self.unmatched_penalty
    }

    /// The scores of one mentee, by mentor.
    ///
    /// # Panics
    /// When there is no such mentee.
    pub fn row(&self, mentee: MenteeId) -> &[i32] {
        let width = self.mentors.len();
        &self.scores[mentee.index() * width..][..width]
    }

    /// The score of these two, or `None` when the pair is forbidden.
    ///
    /// # Panics
    /// When there is no such mentee or mentor.
    pub fn score(&self, mentee: MenteeId, mentor: MentorId) -> Option<i32> {
        Some(self.row(mentee)[mentor.index()]).filter(|&score| score != FORBIDDEN)
    }

    /// The allowed pairs of one mentee, by mentor.
    ///
    /// # Panics
    /// When there is no such mentee.
    pub fn pairs_of(&self, mentee: MenteeId) -> impl Iterator<Item = Pair> + '_ {
        let pair = move |(mentor, &score): (u32, &i32)| Pair { mentee, mentor: MentorId(mentor), score: score.into() };
        (0..).zip(self.row(mentee)).filter(|&(_, &score)| score != FORBIDDEN).map(pair)
    }

    /// All allowed pairs, by mentee and then mentor.
    pub fn pairs(&self) -> impl Iterator<Item = Pair> + '_ {
        (0..self.mentees).flat_map(|mentee| self.pairs_of(MenteeId(mentee)))
    }

    /// The same problem without this pair.
    ///
    /// # Panics
    /// When there is no such mentee or mentor.
    #[must_use]
    pub fn without(mut self, mentee: MenteeId, mentor: MentorId) -> Self {
        let width = self.mentors.len();
        self.scores[mentee.index() * width + mentor.index()] = FORBIDDEN;
        self
    }

    fn draft(&self, pairs: Vec<Pair>) -> Draft {
        Draft { mentees: self.mentees, mentors: self.mentors.clone(), pairs, unmatched_penalty: self.unmatched_penalty }
    }
}

/// Solves the whole table, as [`solve`] does, and proves it for every allowed pair, without handing every pair to the
/// solver (column generation; Gilmore & Gomory, *A linear programming approach to the cutting-stock problem*, 1961).
///
/// It solves with a few pairs of each mentee. The prices then tell which of the others would do better; those are added,
/// until there are none. Optimal prices of the few that suit every pair are optimal for all, and the least of the one
/// are the least of the other. Last come the pairs that are as good as the chosen ones, so that the answer is the first
/// of all optima, the same as with every pair at hand. Where there are millions of such equals that last step is left
/// out: then it is an optimum that depends on nothing but the table, though not the first.
pub fn solve_table(table: &Table) -> Result<Solution, Unproved> {
    if table.pairs().nth(FEW_PAIRS).is_none() {
        return solve_pairs(table, table.pairs().collect());
    }
    by_columns(table, CANDIDATES, ADDED)
}

fn by_columns(table: &Table, candidates: usize, added: usize) -> Result<Solution, Unproved> {
    let mut chosen = Candidates::at_prices(table, &rough_prices(table), candidates);
    loop {
        let solution = solve_pairs(table, chosen.pairs(table))?;
        if chosen.add_better(table, &solution.prices, added) {
            continue;
        }
        if chosen.add_equals(table, &solution.prices) {
            // Prices and worth stay as they are; another of the optima may come first.
            let first = solve_pairs(table, chosen.pairs(table))?;
            return prove(table, first);
        }
        return prove(table, solution);
    }
}

/// A solution of some of the pairs, proved for all of them.
fn prove(table: &Table, solution: Solution) -> Result<Solution, Unproved> {
    match verify_table(table, &solution.matching, &solution.prices) {
        Ok(proof) => Ok(Solution { proof, ..solution }),
        Err(flaw) => Err(Unproved { flaw }),
    }
}

fn solve_pairs(table: &Table, pairs: Vec<Pair>) -> Result<Solution, Unproved> {
    // The table was checked, and these are some of its pairs.
    let problem = Problem::new(table.draft(pairs)).map_err(|mistake| Unproved { flaw: mistake.into() })?;
    solve(&problem)
}

/// For each mentee the mentors whose pairs are handed to the solver, in rising order.
struct Candidates {
    mentors: Vec<Vec<u32>>,
}

impl Candidates {
    fn at_prices(table: &Table, prices: &[i64], most: usize) -> Self {
        let mut worths = Vec::new();
        let best = |mentee| {
            worths.clear();
            worths.extend(table.pairs_of(mentee).map(|pair| Worth::of(pair, pair.score - prices[pair.mentor.index()])));
            let mut mentors = first(&mut worths, most);
            mentors.sort_unstable();
            mentors
        };
        Self { mentors: (0..table.mentees).map(MenteeId).map(best).collect() }
    }

    fn pairs(&self, table: &Table) -> Vec<Pair> {
        let mut pairs = Vec::with_capacity(self.mentors.iter().map(Vec::len).sum());
        for (mentee, mentors) in (0..).map(MenteeId).zip(&self.mentors) {
            let row = table.row(mentee);
            pairs.extend(mentors.iter().map(|&mentor| Pair {
                mentee,
                mentor: MentorId(mentor),
                score: row[mentor as usize].into(),
            }));
        }
        pairs
    }

    /// Adds the pairs that would leave their mentee more than what they have, the best of them; says whether there were
    /// any. Those at hand never do.
    fn add_better(&mut self, table: &Table, prices: &Prices, most: usize) -> bool {
        let mut worths = Vec::new();
        let mut added = false;
        for (mentee, mentors) in (0..).map(MenteeId).zip(&mut self.mentors) {
            let now = prices.mentees[mentee.index()];
            worths.clear();
            for pair in table.pairs_of(mentee) {
                let worth = pair.score - prices.mentors[pair.mentor.index()];
                if worth > now {
                    worths.push(Worth::of(pair, worth));
                }
            }
            if !worths.is_empty() {
                added = true;
                mentors.extend(first(&mut worths, most));
                mentors.sort_unstable();
            }
        }
        added
    }

    /// Adds every pair that would leave its mentee as much as what they have; says whether there were any that were not at
    /// hand. Does nothing where they are too many.
    fn add_equals(&mut self, table: &Table, prices: &Prices) -> bool {
        let equal = |mentee: MenteeId| {
            let now = prices.mentees[mentee.index()];
            table.pairs_of(mentee).filter(move |pair| pair.score - prices.mentors[pair.mentor.index()] == now)
        };
        let everybody = || (0..table.mentees).map(MenteeId);
        if everybody().flat_map(equal).nth(EQUALS).is_some() {
            return false;
        }
        let mut added = false;
        for mentee in everybody() {
            let mentors = &mut self.mentors[mentee.index()];
            let before = mentors.len();
            mentors.extend(equal(mentee).map(|pair| pair.mentor.0));
            mentors.sort_unstable();
            mentors.dedup();
            added |= mentors.len() > before;
        }
        added
    }
}

/// What a pair would leave its mentee. Of equals each mentee begins with another mentor, so that where all are alike not
/// everybody asks for the same few.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Worth {
    left: Reverse<i64>,
    turn: u32,
    mentor: u32,
}

impl Worth {
    fn of(pair: Pair, worth: i64) -> Self {
        // Knuth's multiplicative hashing (The Art of Computer Programming, volume 3, section 6.4).
        let turn = (pair.mentor.0 ^ pair.mentee.0.wrapping_mul(0x9E37_79B1)).wrapping_mul(0x9E37_79B1);
        Self { left: Reverse(worth), turn, mentor: pair.mentor.0 }
    }
}

/// The mentors of the `most` best.
fn first(worths: &mut [Worth], most: usize) -> Vec<u32> {
    let most = most.min(worths.len());
    if most < worths.len() {
        worths.select_nth_unstable(most);
    }
    worths[..most].iter().map(|worth| worth.mentor).collect()
}

/// What a seat with each mentor might cost, by an auction that is cut short (Bertsekas, *The auction algorithm*, 1988).
/// Nothing depends on these prices but which pairs are looked at first.
fn rough_prices(table: &Table) -> Vec<i64> {
    let mut seats: Vec<Bids> = table.mentors.iter().map(|_| Bids::default()).collect();
    let mut price: Vec<i64> = table.mentors.iter().map(|seats| seats.penalty(0).unwrap_or(OUT_OF_REACH)).collect();
    let highest = table.scores.iter().copied().max().unwrap_or(0).max(0);
    let step = i64::from(highest / 100).max(1);
    let mut asking: VecDeque<MenteeId> = (0..table.mentees).map(MenteeId).collect();
    let mut bids = BIDS_PER_MENTEE * asking.len();
    while let Some(mentee) = asking.pop_front() {
        if bids == 0 {
            break;
        }
        bids -= 1;
        let Some((mentor, worth, second)) = two_best(table, mentee, &price) else { continue };
        let offer = price[mentor] + (worth - second) + step;
        asking.extend(seats[mentor].take(mentee, offer, &table.mentors[mentor]));
        price[mentor] = seats[mentor].price(&table.mentors[mentor]);
    }
    price
}

const OUT_OF_REACH: i64 = i64::MAX / 4;

/// The best mentor at these prices, what they would leave the mentee, and what the next best or being left out would.
fn two_best(table: &Table, mentee: MenteeId, price: &[i64]) -> Option<(usize, i64, i64)> {
    let out = -table.unmatched_penalty;
    let (mut mentor, mut best, mut second) = (None, out, out);
    for (place, (&score, &price)) in table.row(mentee).iter().zip(price).enumerate() {
        let worth = i64::from(score) - price;
        if worth > second && score != FORBIDDEN {
            if worth > best {
                second = best;
                (mentor, best) = (Some(place), worth);
            } else {
                second = worth;
            }
        }
    }
    mentor.map(|mentor| (mentor, best, second))
}

/// Who sits with a mentor, by what they offered.
#[derive(Default)]
struct Bids(BinaryHeap<Reverse<(i64, MenteeId)>>);

impl Bids {
    /// Seats the bidder, and gives back who had to leave.
    fn take(&mut self, mentee: MenteeId, offer: i64, seats: &Seats) -> Option<MenteeId> {
        let lowest = self.0.peek().map(|Reverse((lowest, _))| *lowest);
        let next = seats.penalty(self.0.len());
        let leaves = match (next, lowest) {
            (Some(penalty), Some(lowest)) => lowest < penalty,
            (next, _) => next.is_none(),
        };
        let left = if leaves { self.0.pop() } else { None };
        self.0.push(Reverse((offer, mentee)));
        left.map(|Reverse((_, mentee))| mentee)
    }

    fn price(&self, seats: &Seats) -> i64 {
        let lowest = self.0.peek().map_or(OUT_OF_REACH, |Reverse((lowest, _))| *lowest);
        seats.penalty(self.0.len()).unwrap_or(OUT_OF_REACH).min(lowest)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table() -> impl Strategy<Value = Table> {
        let seats = proptest::collection::vec((0_u32..4, proptest::bool::ANY), 15);
        let scores = proptest::collection::vec(proptest::option::weighted(0.8, -50_i32..1000), 40 * 15);
        (seats, scores, 1_i32..1000, proptest::option::of(-5_i64..2000), 1_u32..4).prop_map(
            |(seats, scores, spread, penalty, times)| {
                let mentors = seats.into_iter().map(|(count, dearer)| match (count * times, dearer) {
                    (count, true) => Seats::Dearer((0..i64::from(count)).map(|seat| seat * 20).collect()),
                    (count, false) => Seats::Alike(count),
                });
                let scores = scores.into_iter().map(|score| score.map_or(FORBIDDEN, |score| score % spread));
                Table::new(40, mentors.collect(), scores.collect(), penalty).expect("a right table")
            },
        )
    }

    proptest! {
        /// Few pairs at a time come to the very answer of all pairs at once.
        #[test]
        fn columns_do_not_show_in_the_answer(table in table(), candidates in 1_usize..4, added in 1_usize..3) {
            let whole = solve_pairs(&table, table.pairs().collect()).unwrap();
            prop_assert_eq!(by_columns(&table, candidates, added).unwrap(), whole);
        }
    }

    #[test]
    fn a_pair_taken_out_is_not_made() {
        let table = Table::new(1, vec![Seats::Alike(1), Seats::Alike(1)], vec![7, 5], None).unwrap();
        let mentor = |table: &Table| solve_table(table).unwrap().matching[0];
        assert_eq!(mentor(&table), Some(MentorId(0)));
        assert_eq!(table.score(MenteeId(0), MentorId(0)), Some(7));
        let less = table.without(MenteeId(0), MentorId(0));
        assert_eq!((mentor(&less), less.score(MenteeId(0), MentorId(0))), (Some(MentorId(1)), None));
    }

    #[test]
    fn a_table_of_another_size_is_refused() {
        let expected = Mistake::TableSize { expected: 2, found: 1 };
        assert_eq!(Table::new(2, vec![Seats::Alike(1)], vec![1], None), Err(expected));
        assert!(Table::new(1, vec![Seats::Dearer(vec![2, 1])], vec![1], None).is_err());
        assert_eq!(solve_table(&Table::new(3, Vec::new(), Vec::new(), None).unwrap()).unwrap().matching, [None; 3]);
    }
}
