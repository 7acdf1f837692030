//! Against an oracle that tries every assignment of a small problem.

use assignment::{Draft, MentorId, Prices, Problem, Rules, Seats, solve, verify};
use proptest::prelude::*;

use crate::oracle;
use crate::small::draft;

fn worth(draft: &Draft, matching: &[Option<MentorId>]) -> Option<i64> {
    oracle::worth(draft, &Rules::default(), matching)
}

fn best_of_all(draft: &Draft) -> (i64, oracle::Matching) {
    oracle::best_of_all(draft, &Rules::default()).expect("leaving all out is always allowed")
}

fn with_one_more_free_seat(draft: &Draft, mentor: usize) -> Draft {
    let mut more = draft.clone();
    match &mut more.mentors[mentor] {
        Seats::Alike(seats) => *seats += 1,
        Seats::Dearer(penalties) => penalties.insert(0, 0),
    }
    more
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_answer_is_the_first_of_the_best(draft in draft()) {
        let solution = solve(&Problem::new(draft.clone()).unwrap()).unwrap();
        let (most, first) = best_of_all(&draft);
        prop_assert_eq!(solution.proof.objective(), i128::from(most));
        prop_assert_eq!(solution.matching, first);
    }

    #[test]
    fn a_mentors_price_is_the_worth_of_one_more_seat(draft in draft()) {
        let solution = solve(&Problem::new(draft.clone()).unwrap()).unwrap();
        let (before, _) = best_of_all(&draft);
        for mentor in 0..draft.mentors.len() {
            let (after, _) = best_of_all(&with_one_more_free_seat(&draft, mentor));
            prop_assert_eq!(solution.prices.mentors[mentor], after - before);
        }
    }

    #[test]
    fn the_order_of_the_pairs_does_not_matter(draft in draft(), seed in any::<u64>()) {
        let mut shuffled = draft.clone();
        shuffled.pairs.sort_by_key(|pair| u64::from(pair.mentee.0 * 4 + pair.mentor.0 + 1).wrapping_mul(seed | 1).rotate_left(23));
        let (one, other) = (Problem::new(draft).unwrap(), Problem::new(shuffled).unwrap());
        prop_assert_eq!(solve(&one).unwrap(), solve(&other).unwrap());
    }

    #[test]
    fn coverage_first_covers_most(draft in draft()) {
        let mut first = draft.clone();
        first.unmatched_penalty = draft.penalty_that_covers_first().unwrap();
        let solution = solve(&Problem::new(first).unwrap()).unwrap();
        let mut count = draft;
        count.unmatched_penalty = 0;
        count.pairs.iter_mut().for_each(|pair| pair.score = 1);
        for seats in &mut count.mentors {
            *seats = Seats::Alike(u32::try_from(seats.capacity()).unwrap());
        }
        prop_assert_eq!(i64::try_from(solution.proof.matched()).unwrap(), best_of_all(&count).0);
    }

    /// Any other price of a mentee, and any other choice of mentors that is worth less, is refused; any other price of
    /// a mentor is refused unless it bounds just as well.
    #[test]
    fn a_corrupted_certificate_is_refused(draft in draft(), at in 0_usize..6, by in prop_oneof![-9_i64..0, 1_i64..10], to in 0_u32..5) {
        let problem = Problem::new(draft.clone()).unwrap();
        let solution = solve(&problem).unwrap();
        let objective = solution.proof.objective();

        if at < solution.prices.mentees.len() {
            let mut prices = solution.prices.clone();
            prices.mentees[at] += by;
            prop_assert!(verify(&problem, &solution.matching, &prices).is_err());

            let mut matching = solution.matching.clone();
            matching[at] = (to < 4).then_some(MentorId(to));
            let worthless = worth(&draft, &matching).is_none_or(|worth| i128::from(worth) < objective);
            prop_assert_eq!(verify(&problem, &matching, &solution.prices).is_err(), worthless);
        }
        if at < solution.prices.mentors.len() {
            let mut prices = solution.prices.clone();
            prices.mentors[at] += by;
            let seats = &draft.mentors[at];
            let refused = verify(&problem, &solution.matching, &prices).is_err();
            prop_assert_eq!(refused, !sound_and_tight(&draft, &prices, objective));
            if matches!(seats, Seats::Alike(1..)) {
                prop_assert!(refused);
            }
        }
    }
}

/// The definition of a dual optimum, once more and without regard to cost.
fn sound_and_tight(draft: &Draft, prices: &Prices, objective: i128) -> bool {
    let sound = draft
        .pairs
        .iter()
        .all(|pair| prices.mentees[pair.mentee.index()] + prices.mentors[pair.mentor.index()] >= pair.score);
    let surplus = draft.mentors.iter().zip(&prices.mentors).flat_map(|(seats, &price)| {
        (0..seats.capacity()).filter_map(move |seat| seats.penalty(seat)).map(move |penalty| (price - penalty).max(0))
    });
    let bound = prices.mentees.iter().sum::<i64>() + surplus.sum::<i64>();
    sound && prices.mentors.iter().all(|&price| price >= 0) && i128::from(bound) == objective
}
