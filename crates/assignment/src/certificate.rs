//! The proof that an assignment is optimal, checked by code that shares nothing with the solver: it reads the problem,
//! the assignment and the prices, and trusts none of them. Linear in the pairs and the seats, and for pairs that only quotas
//! make dear enough in the quotas of their mentor; sums are `i128`.
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
//!
//! Rules change the bound a little:
//!
//! - a mentor who must have `l` mentees at least may have a price below 0, and the first `l` seats, which are filled in any
//!   assignment, count `v − p` even where that is below 0;
//! - each quota has a price `q ≥ 0`, which is added to `v` for a mentee of its category (`u + v + Σ q ≥ score`), and adds
//!   `most · q` to the bound, which is what it can bring at most;
//! - somebody who is pinned has one pair, and cannot be left out: their price may be any that suits that pair.

use thiserror::Error;

use crate::problem::{MenteeId, MentorId, Mistake, Problem, Seats};
use crate::rules::{CategoryId, Quota};
use crate::table::{FORBIDDEN, Table};

/// Dual prices in points: one for each mentee (`u`) and one for each mentor (`v`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prices {
    pub mentees: Vec<i64>,
    pub mentors: Vec<i64>,
    /// One for each of the problem's quotas, in their order; mostly there are none.
    pub quotas: Vec<i64>,
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
    #[error("there are prices for {found} quotas, the problem has {expected}")]
    QuotaPricesLength { expected: usize, found: usize },
    #[error("mentee {} is pinned to mentor {} and has another seat or none", mentee.0, mentor.0)]
    PinNotKept { mentee: MenteeId, mentor: MentorId },
    #[error("mentor {} has {load} mentees and must have at least {least}", mentor.0)]
    LeastLoadNotMet { mentor: MentorId, load: usize, least: usize },
    #[error("mentor {} has {load} mentees of category {} and a quota of {most}", mentor.0, category.0)]
    QuotaExceeded { mentor: MentorId, category: CategoryId, load: usize, most: u32 },
    #[error("the quota of mentor {} for category {} has the price {price}, below 0", mentor.0, category.0)]
    QuotaPriceNegative { mentor: MentorId, category: CategoryId, price: i64 },
    #[error(transparent)]
    NoProblem(#[from] Mistake),
    #[error("the assignment is worth {objective} and the prices allow {dual_objective}")]
    Gap { objective: i128, dual_objective: i128 },
}

/// Checks that `matching` (for each mentee their mentor, or `None`) keeps every rule of the problem, that `prices` are
/// sound, and that the two meet.
///
/// # Errors
/// The first [`Flaw`] that was found.
pub fn verify(problem: &Problem, matching: &[Option<MentorId>], prices: &Prices) -> Result<Proof, Flaw> {
    let seats: Vec<&Seats> = problem.mentors().map(|mentor| problem.seats(mentor)).collect();
    let rules = Demands {
        pin: |mentee| problem.pin(mentee),
        unmatched_penalty: |mentee| problem.unmatched_penalty_of(mentee),
        least: |mentor| problem.least_load(mentor),
        quotas: QuotaPrices::new(problem, matching, prices)?,
    };
    let row = |mentee| problem.pairs_of(mentee).iter().map(|pair| (pair.mentor, pair.score));
    check(problem.mentee_count(), &seats, &rules, row, matching, prices)
}

/// The same for every allowed pair of a table.
///
/// # Errors
/// The first [`Flaw`] that was found.
pub fn verify_table(table: &Table, matching: &[Option<MentorId>], prices: &Prices) -> Result<Proof, Flaw> {
    let seats: Vec<&Seats> = table.mentors().iter().collect();
    let rules = Demands {
        pin: |_| None,
        unmatched_penalty: |_| table.unmatched_penalty(),
        least: |_| 0,
        quotas: QuotaPrices::none(prices)?,
    };
    let row = |mentee| {
        let scores = (0..).map(MentorId).zip(table.row(mentee));
        scores.filter(|&(_, &score)| score != FORBIDDEN).map(|(mentor, &score)| (mentor, i64::from(score)))
    };
    check(table.mentee_count(), &seats, &rules, row, matching, prices)
}

/// What has to be kept beyond seats and pairs.
struct Demands<'p, Pin, Penalty, Least> {
    pin: Pin,
    unmatched_penalty: Penalty,
    least: Least,
    quotas: QuotaPrices<'p>,
}

fn check<R: Iterator<Item = (MentorId, i64)>>(
    mentees: usize,
    seats: &[&Seats],
    rules: &Demands<'_, impl Fn(MenteeId) -> Option<MentorId>, impl Fn(MenteeId) -> i64, impl Fn(MentorId) -> u32>,
    row: impl Fn(MenteeId) -> R,
    matching: &[Option<MentorId>],
    prices: &Prices,
) -> Result<Proof, Flaw> {
    check_lengths(mentees, seats.len(), matching, prices)?;
    let pairs = check_mentees(rules, row, matching, prices)?;
    let (penalties, surplus) = check_mentors(seats, &rules.least, matching, prices)?;

    let matched = matching.iter().flatten().count();
    let objective = pairs - penalties;
    let mentees = prices.mentees.iter().map(|&price| i128::from(price)).sum::<i128>();
    let dual_objective = mentees + surplus + rules.quotas.surplus;
    if objective != dual_objective {
        return Err(Flaw::Gap { objective, dual_objective });
    }
    Ok(Proof { objective, dual_objective, matched })
}

/// The quotas, each with its price.
struct QuotaPrices<'p> {
    /// Where each mentor's quotas begin; empty when there are none at all.
    first: Vec<usize>,
    quotas: &'p [Quota],
    /// The categories of each mentee, one mentee after the other, and where theirs begin.
    categories: Vec<CategoryId>,
    first_category: Vec<usize>,
    prices: &'p [i64],
    /// What all places of all quotas are worth at the prices.
    surplus: i128,
}

impl<'p> QuotaPrices<'p> {
    fn none(prices: &'p Prices) -> Result<Self, Flaw> {
        if !prices.quotas.is_empty() {
            return Err(Flaw::QuotaPricesLength { expected: 0, found: prices.quotas.len() });
        }
        Ok(Self {
            first: Vec::new(),
            quotas: &[],
            categories: Vec::new(),
            first_category: Vec::new(),
            prices: &[],
            surplus: 0,
        })
    }

    /// Each quota's price against 0, and how much of it is used.
    fn new(problem: &'p Problem, matching: &[Option<MentorId>], prices: &'p Prices) -> Result<Self, Flaw> {
        let quotas = problem.quotas();
        if prices.quotas.len() != quotas.len() {
            return Err(Flaw::QuotaPricesLength { expected: quotas.len(), found: prices.quotas.len() });
        }
        if quotas.is_empty() {
            return Self::none(prices);
        }
        let mut first = vec![0; problem.mentor_count() + 1];
        for quota in quotas {
            first[quota.mentor.index() + 1] += 1;
        }
        for mentor in 0..problem.mentor_count() {
            first[mentor + 1] += first[mentor];
        }
        let (categories, first_category) = categories_by_mentee(problem);
        let mut found = Self { first, quotas, categories, first_category, prices: &prices.quotas, surplus: 0 };
        let loads = found.loads(problem, matching);
        for ((&Quota { mentor, category, most }, &price), load) in quotas.iter().zip(&prices.quotas).zip(loads) {
            if price < 0 {
                return Err(Flaw::QuotaPriceNegative { mentor, category, price });
            }
            if load > most as usize {
                return Err(Flaw::QuotaExceeded { mentor, category, load, most });
            }
            found.surplus += i128::from(most) * i128::from(price);
        }
        Ok(found)
    }

    /// How many mentees each quota counts. Who is with nobody that there is counts nowhere.
    fn loads(&self, problem: &Problem, matching: &[Option<MentorId>]) -> Vec<usize> {
        let mut loads = vec![0; self.quotas.len()];
        for (mentee, mentor) in problem.mentees().zip(matching) {
            let Some(mentor) = mentor.filter(|mentor| mentor.index() < problem.mentor_count()) else { continue };
            let range = self.first[mentor.index()]..self.first[mentor.index() + 1];
            for (load, quota) in loads[range.clone()].iter_mut().zip(&self.quotas[range]) {
                *load += usize::from(self.belongs(mentee, quota.category));
            }
        }
        loads
    }

    fn belongs(&self, mentee: MenteeId, category: CategoryId) -> bool {
        let own = self.first_category[mentee.index()]..self.first_category[mentee.index() + 1];
        self.categories[own].binary_search(&category).is_ok()
    }

    /// What this mentee pays for the quotas of this mentor.
    fn of(&self, mentee: MenteeId, mentor: MentorId) -> i128 {
        if self.first.is_empty() {
            return 0;
        }
        let range = self.first[mentor.index()]..self.first[mentor.index() + 1];
        let paid = |(quota, price): (&Quota, &i64)| {
            if *price != 0 && self.belongs(mentee, quota.category) { i128::from(*price) } else { 0 }
        };
        self.quotas[range.clone()].iter().zip(&self.prices[range]).map(paid).sum()
    }
}

/// The categories of each mentee in rising order, one mentee after the other, and where theirs begin, with one more for the end.
fn categories_by_mentee(problem: &Problem) -> (Vec<CategoryId>, Vec<usize>) {
    let mut first = vec![0; problem.mentee_count() + 1];
    for mentee in problem.categories().iter().flatten() {
        first[mentee.index() + 1] += 1;
    }
    for mentee in 0..problem.mentee_count() {
        first[mentee + 1] += first[mentee];
    }
    let mut next = first.clone();
    let mut categories = vec![CategoryId(0); first[problem.mentee_count()]];
    for (category, members) in (0..).map(CategoryId).zip(problem.categories()) {
        for mentee in members {
            categories[next[mentee.index()]] = category;
            next[mentee.index()] += 1;
        }
    }
    (categories, first)
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
/// pairs made, less the penalties for those left out.
fn check_mentees<R: Iterator<Item = (MentorId, i64)>, Least>(
    rules: &Demands<'_, impl Fn(MenteeId) -> Option<MentorId>, impl Fn(MenteeId) -> i64, Least>,
    row: impl Fn(MenteeId) -> R,
    matching: &[Option<MentorId>],
    prices: &Prices,
) -> Result<i128, Flaw> {
    let mut worth = 0_i128;
    for ((mentee, &chosen), &price) in (0..).map(MenteeId).zip(matching).zip(&prices.mentees) {
        let pin = (rules.pin)(mentee);
        let penalty = (rules.unmatched_penalty)(mentee);
        match pin {
            Some(mentor) if chosen != pin => return Err(Flaw::PinNotKept { mentee, mentor }),
            None if i128::from(price) < -i128::from(penalty) => {
                return Err(Flaw::MenteePriceTooLow { mentee, price, floor: -penalty });
            }
            _ => {}
        }
        // Quotas come on top and cost at least nothing, so that this answers for nearly all. No branches: it is most of the work.
        let (mut score_made, mut all_reach) = (None, true);
        for (mentor, score) in row(mentee) {
            let (rest, overflows) = score.overflowing_sub(prices.mentors[mentor.index()]);
            all_reach &= rest <= price && !overflows;
            score_made = if chosen == Some(mentor) { Some(score) } else { score_made };
        }
        if !all_reach {
            for (mentor, score) in row(mentee).filter(|&(mentor, _)| pin.is_none_or(|pin| pin == mentor)) {
                let of_mentor = prices.mentors[mentor.index()];
                let both = i128::from(price) + i128::from(of_mentor) + rules.quotas.of(mentee, mentor);
                if both < i128::from(score) {
                    return Err(Flaw::PairPricedTooLow { mentee, mentor, prices: both, score });
                }
            }
        }
        worth += match (chosen, score_made) {
            (Some(mentor), None) => return Err(Flaw::PairNotAllowed { mentee, mentor }),
            (Some(_), Some(score)) => i128::from(score),
            (None, _) => -i128::from(penalty),
        };
    }
    Ok(worth)
}

/// Each mentor's load against the seats and price against 0; returns the penalties of the seats filled, and what all
/// seats are worth at the prices.
fn check_mentors(
    seats: &[&Seats],
    least: impl Fn(MentorId) -> u32,
    matching: &[Option<MentorId>],
    prices: &Prices,
) -> Result<(i128, i128), Flaw> {
    let mut loads = vec![0_usize; seats.len()];
    for mentor in matching.iter().flatten() {
        loads[mentor.index()] += 1;
    }
    let (mut penalties, mut surplus) = (0_i128, 0_i128);
    for (((mentor, seats), &load), &price) in (0..).map(MentorId).zip(seats).zip(&loads).zip(&prices.mentors) {
        if load > seats.capacity() {
            return Err(Flaw::CapacityExceeded { mentor, load, capacity: seats.capacity() });
        }
        let least = least(mentor) as usize;
        if load < least {
            return Err(Flaw::LeastLoadNotMet { mentor, load, least });
        }
        if price < 0 && least == 0 {
            return Err(Flaw::MentorPriceNegative { mentor, price });
        }
        let price = i128::from(price);
        match seats {
            Seats::Alike(capacity) => {
                let must = (least as i128).min(i128::from(*capacity));
                surplus += must * price + (i128::from(*capacity) - must) * price.max(0);
            }
            Seats::Dearer(each) => {
                penalties += each[..load].iter().map(|&penalty| i128::from(penalty)).sum::<i128>();
                let (must, may) = each.split_at(least.min(each.len()));
                surplus += must.iter().map(|&penalty| price - i128::from(penalty)).sum::<i128>();
                surplus += may.iter().map(|&penalty| (price - i128::from(penalty)).max(0)).sum::<i128>();
            }
        }
    }
    Ok((penalties, surplus))
}
