//! The solver: its steps, and a check by others.

use std::borrow::Cow;

use thiserror::Error;

use crate::auction::auction;
use crate::certificate::{Flaw, Prices, Proof, verify};
use crate::least::least_prices;
use crate::lower::fill_empty_seats;
use crate::market::{Market, NOBODY, Seat};
use crate::network::Network;
use crate::places::{Place, Places};
use crate::problem::{MentorId, Problem};
use crate::raise::seat_who_waits;
use crate::rows::{Points, Scale};
use crate::ties::first_of_equals;

/// So many above quotas, and one mentee in so many, are mended one by one. With more, mending may take several times as long as
/// solving anew; where there are few different scores, up to about half as long.
const FEW_TOO_MANY: usize = 64;
const MANY_TOO_MANY: usize = 32;

/// An optimal assignment and what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// For each mentee their mentor, or `None` when they are left out.
    pub matching: Vec<Option<MentorId>>,
    /// Without least loads and quotas the least optimal prices: a mentor's is exactly what one more seat there would add to the
    /// objective, if it had no penalty; a mentee's is their part in it. With them, optimal prices, though perhaps not the least.
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
///
/// # Errors
/// [`Unproved`], when what was found does not hold before the checker, which would be a fault of this crate.
pub fn solve(problem: &Problem) -> Result<Solution, Unproved> {
    if !problem.rules().is_empty() {
        return solve_with_rules(problem);
    }
    first_and_proved(problem, optimum_of(problem, Places::of_mentors(problem.mentor_count())))
}

/// Solves what is left of the problem without the rules; the network then mends what they change. Pins, forbidden pairs
/// and penalties of one's own leave nothing to mend. Where quotas would send away too many to be mended one by one, it is solved
/// again with them, and least loads are left to be mended.
fn solve_with_rules(problem: &Problem) -> Result<Solution, Unproved> {
    let plain = problem.without_rules();
    let mut optimum = optimum_of(&plain, Places::of_mentors(plain.mentor_count()));
    if problem.rules().is_reducible() {
        optimum.seats = first_of_equals(&plain, &optimum.prices, &optimum.seats);
    } else {
        let places = Places::without_pinned(problem);
        if places.too_many(&plain, &optimum.seats) > FEW_TOO_MANY + problem.mentee_count() / MANY_TOO_MANY {
            optimum = optimum_of(&plain, places);
        }
    }
    mended_and_proved(problem, &optimum)
}

fn mended_and_proved(problem: &Problem, optimum: &Optimum) -> Result<Solution, Unproved> {
    let mut network = Network::with(Cow::Borrowed(problem), &optimum.seats, &optimum.prices);
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

/// `problem` without rules but for the quotas that `places` are made of.
fn optimum_of(problem: &Problem, places: Places) -> Optimum {
    let scale = Scale::of(problem);
    if scale.is_narrow { optimum::<i32>(problem, places, &scale) } else { optimum::<i64>(problem, places, &scale) }
}

/// An optimum and the least prices.
struct Optimum {
    seats: Vec<Option<MentorId>>,
    prices: Prices,
}

fn optimum<S: Points>(problem: &Problem, places: Places, scale: &Scale) -> Optimum {
    let mut market = Market::<S>::new(problem, places, scale.fineness);
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
    let mentees: Vec<i64> = (0..market.seat.len()).map(|mentee| market.worth(mentee) / fineness).collect();
    let mut price: Vec<i64> = market.price.iter().map(|price| price / fineness).collect();
    price_of_closed_places(&market, &mut price, &mentees);
    let above = |(&around, &inner): (&Place, &i64)| inner - price[around as usize];
    let quotas = market.layout.around.iter().zip(&price[market.layout.mentors..]).map(above).collect();
    price.truncate(market.layout.mentors);
    let seat = |seat: &Seat<S>| (seat.mentor != NOBODY).then(|| market.layout.mentor_of(seat.mentor));
    Optimum { seats: market.seat.iter().map(seat).collect(), prices: Prices { mentees, mentors: price, quotas } }
}

/// What the first seat would be worth where there is none: the most that anybody would gain by it.
fn price_of_closed_places<S: Points>(market: &Market<S>, price: &mut [i64], mentees: &[i64]) {
    let (problem, layout) = (market.problem, &market.layout);
    let have_seats = layout.have_seats(problem);
    for place in layout.mentors..price.len() {
        if market.desks[place].capacity == 0 {
            price[place] = market.around(place).map_or(0, |around| price[around]);
        }
    }
    if have_seats.iter().all(|&has| has) {
        return;
    }
    let mut most = vec![0; price.len()];
    for (number, pair) in problem.pairs().iter().enumerate() {
        let gain = pair.score - mentees[pair.mentee.index()];
        for place in layout.outward(layout.of_pair(problem, number)) {
            most[place as usize] = gain.max(most[place as usize]);
        }
    }
    // Outer places come before inner ones.
    for place in (0..price.len()).filter(|&place| !have_seats[place]) {
        let around = market.around(place).map_or(0, |around| price[around]);
        price[place] = most[place].max(around);
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
    use crate::rules::{CategoryId, Quota, Rules};

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

    /// The same under quotas for nested categories, some pins, penalties of one's own and least loads.
    fn with_rules(problem: &Problem, of_mentor: &[(u32, u32, u32, u32)], pins: &[(u32, u32)]) -> Option<Problem> {
        let members = |keep: fn(u32) -> bool| (0..40).filter(|&mentee| keep(mentee)).map(MenteeId).collect();
        let mut rules = Rules {
            categories: vec![
                members(|m| m < 30),
                members(|m| m < 20),
                members(|m| m % 2 == 1 && m < 20),
                members(|m| m >= 30),
            ],
            unmatched_penalties: (0..40).step_by(7).map(|mentee| (MenteeId(mentee), i64::from(mentee))).collect(),
            ..Rules::default()
        };
        for (mentor, &(least, outer, middle, inner)) in (0..).map(MentorId).zip(of_mentor) {
            let quota = |(category, most)| Quota { mentor, category: CategoryId(category), most };
            let given = [(0, outer), (1, middle), (2, inner), (3, outer)].into_iter().filter(|&(_, most)| most < 4);
            rules.quotas.extend(given.map(quota));
            // In half of all cases there are no least loads.
            if of_mentor[0].0 < 2 {
                let seats = u32::try_from(problem.seats(mentor).capacity()).unwrap_or(0);
                rules.least_loads.push((mentor, least.min(seats) / 3));
            }
        }
        for &(mentee, nth) in pins {
            let row = problem.pairs_of(MenteeId(mentee));
            rules.pins.extend(row.get(nth as usize % row.len().max(1)).map(|pair| (pair.mentee, pair.mentor)));
        }
        let draft = Draft {
            mentees: 40,
            mentors: problem.mentors().map(|mentor| problem.seats(mentor).clone()).collect(),
            pairs: problem.pairs().to_vec(),
            unmatched_penalty: problem.unmatched_penalty(),
        };
        Problem::with_rules(draft, &rules).ok()
    }

    fn by_paths<S: Points>(problem: &Problem, waiting: Vec<u32>, fineness: i64) -> Solution {
        let mut market = Market::<S>::new(problem, Places::of_mentors(problem.mentor_count()), fineness);
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

        /// Solving with the quotas from the beginning comes to what mending one by one does.
        #[test]
        fn solving_with_quotas_is_as_good_as_mending(
            problem in problem(),
            of_mentor in proptest::collection::vec((0_u32..4, 0_u32..6, 0_u32..6, 0_u32..6), 15),
            pins in proptest::collection::btree_map(0_u32..40, any::<u32>(), 0..4),
        ) {
            let pins: Vec<_> = pins.into_iter().collect();
            let Some(problem) = with_rules(&problem, &of_mentor, &pins) else { return Ok(()) };
            let plain = problem.without_rules();
            let mended = mended_and_proved(&problem, &optimum_of(&plain, Places::of_mentors(15))).unwrap();
            let optimum = optimum_of(&plain, Places::without_pinned(&problem));
            if !problem.has_least_loads() && pins.is_empty() {
                // Nothing is left to be mended. What seats of those who are pinned cost is told by nobody else.
                let network = Network::with(Cow::Borrowed(&problem), &optimum.seats, &optimum.prices);
                prop_assert!(proved(&problem, network.matching(), network.prices()).is_ok());
            }
            let solved = mended_and_proved(&problem, &optimum).unwrap();
            prop_assert_eq!(solved.proof.objective(), mended.proof.objective());
        }
    }

    /// Nothing is called once more for each quota around another: a small stack is enough for ten thousand.
    #[test]
    fn quotas_nest_as_deep_as_they_like() {
        const DEPTH: u32 = 10_000;
        let solved_both_ways = || {
            let pair = |number: u32| {
                let (mentee, mentor) = (MenteeId(number / 2), MentorId(number % 2));
                Pair { mentee, mentor, score: i64::from(number * 7 % 11) }
            };
            let quotas = (0..DEPTH * 2).map(|number| {
                let category = CategoryId(number / 2);
                Quota { mentor: MentorId(number % 2), category, most: if category.0 < DEPTH / 2 { 5 } else { 3 } }
            });
            let rules = Rules {
                categories: vec![(0..8).map(MenteeId).collect(); DEPTH as usize],
                quotas: quotas.collect(),
                ..Rules::default()
            };
            let draft = Draft {
                mentees: 9,
                mentors: vec![Seats::Dearer((0..9).collect()), Seats::Alike(9)],
                pairs: (0..18).map(pair).collect(),
                unmatched_penalty: 100,
            };
            let problem = Problem::with_rules(draft, &rules).unwrap();
            let plain = problem.without_rules();
            let mended = mended_and_proved(&problem, &optimum_of(&plain, Places::of_mentors(2))).unwrap();
            let solved = mended_and_proved(&problem, &optimum_of(&plain, Places::new(&problem))).unwrap();
            assert_eq!(solved.proof.objective(), mended.proof.objective());
            assert_eq!(solved.proof.matched(), 7);
        };
        let thread = std::thread::Builder::new().stack_size(256 << 10);
        thread.spawn(solved_both_ways).unwrap().join().unwrap();
    }

    /// Two who can have nothing else outbid each other for a place inside another and for being left out, by twice the greatest score.
    #[test]
    fn offers_have_an_end() {
        let greatest = Problem::magnitude_limit(2) / 8;
        let pair = |mentee, score| Pair { mentee: MenteeId(mentee), mentor: MentorId(0), score };
        let draft = Draft {
            mentees: 2,
            mentors: vec![Seats::Alike(10)],
            pairs: vec![pair(0, -greatest), pair(1, greatest)],
            unmatched_penalty: -greatest / 2,
        };
        let rules = Rules {
            categories: vec![vec![MenteeId(0), MenteeId(1)]],
            quotas: vec![Quota { mentor: MentorId(0), category: CategoryId(0), most: 1 }],
            ..Rules::default()
        };
        let problem = Problem::with_rules(draft, &rules).unwrap();
        let Optimum { seats, prices } = optimum_of(&problem, Places::new(&problem));
        assert_eq!(proved(&problem, seats, prices).unwrap().matching, [None, Some(MentorId(0))]);
    }
}
