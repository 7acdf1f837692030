//! Small problems whose answers were worked out by hand.

#![expect(clippy::expect_used, reason = "a test may stop where it stands")]

use assignment::{Draft, Flaw, MenteeId, MentorId, Mistake, Pair, Prices, Problem, Seats, Solution, solve, verify};

fn pair(mentee: u32, mentor: u32, score: i64) -> Pair {
    Pair { mentee: MenteeId(mentee), mentor: MentorId(mentor), score }
}

fn draft(mentees: u32, mentors: &[Seats], pairs: &[(u32, u32, i64)], unmatched_penalty: i64) -> Draft {
    let pairs = pairs.iter().map(|&(mentee, mentor, score)| pair(mentee, mentor, score)).collect();
    Draft { mentees, mentors: mentors.to_vec(), pairs, unmatched_penalty }
}

fn solved(draft: Draft) -> Solution {
    solve(&Problem::new(draft).expect("a right problem")).expect("a proved solution")
}

fn mentors(solution: &Solution) -> Vec<Option<u32>> {
    solution.matching.iter().map(|mentor| mentor.map(|mentor| mentor.0)).collect()
}

#[test]
fn the_sum_decides_and_not_the_first_wish() {
    let seats = [Seats::Alike(1), Seats::Alike(1), Seats::Alike(1)];
    let table = [(0, 0, 7), (0, 1, 4), (0, 2, 3), (1, 0, 6), (1, 1, 8), (1, 2, 5), (2, 0, 9), (2, 1, 4), (2, 2, 4)];
    let solution = solved(draft(3, &seats, &table, 100));
    // 4 + 5 + 9 = 18 and 7 + 8 + 4 = 19 and 3 + 8 + 9 = 20.
    assert_eq!(mentors(&solution), [Some(2), Some(1), Some(0)]);
    assert_eq!(solution.proof.objective(), 20);
    assert_eq!(solution.proof.gap(), 0);
}

#[test]
fn nobody_at_all() {
    let solution = solved(draft(0, &[], &[], 100));
    assert_eq!(solution.proof.objective(), 0);
    let solution = solved(draft(0, &[Seats::Alike(3)], &[], 100));
    assert_eq!(solution.prices.mentors, [0]);
}

#[test]
fn no_pairs_leave_all_out() {
    let solution = solved(draft(3, &[Seats::Alike(5)], &[], 10));
    assert_eq!(mentors(&solution), [None, None, None]);
    assert_eq!(solution.proof.objective(), -30);
    assert_eq!(solution.proof.matched(), 0);
}

#[test]
fn a_mentor_without_seats_takes_nobody_and_tells_what_a_seat_is_worth() {
    let solution = solved(draft(2, &[Seats::Alike(0), Seats::Dearer(vec![])], &[(0, 0, 5), (1, 0, 6), (1, 1, 1)], 10));
    assert_eq!(mentors(&solution), [None, None]);
    assert_eq!(solution.prices.mentors, [16, 11]);
}

#[test]
fn one_mentor_for_a_thousand() {
    let pairs: Vec<_> = (0..1000).map(|mentee| (mentee, 0, i64::from(mentee))).collect();
    let solution = solved(draft(1000, &[Seats::Alike(10)], &pairs, 0));
    assert_eq!(solution.proof.matched(), 10);
    assert_eq!(solution.proof.objective(), (990..1000).sum());
    assert_eq!(solution.prices.mentors, [989]);
}

#[test]
fn equal_scores_fill_in_order() {
    let pairs: Vec<_> = (0..6).flat_map(|mentee| (0..3).map(move |mentor| (mentee, mentor, 5))).collect();
    let solution = solved(draft(6, &[Seats::Alike(2), Seats::Alike(1), Seats::Alike(2)], &pairs, 1));
    assert_eq!(mentors(&solution), [Some(0), Some(0), Some(1), Some(2), Some(2), None]);
    // Mentee 5 would rather have a seat: worth 5 + 1 with anybody.
    assert_eq!(solution.prices.mentors, [6, 6, 6]);
}

#[test]
fn a_rising_penalty_spreads_the_load() {
    let seats = [Seats::Dearer(vec![0, 3, 6]), Seats::Alike(3)];
    let pairs = [(0, 0, 10), (0, 1, 8), (1, 0, 10), (1, 1, 6), (2, 0, 10), (2, 1, 5)];
    let solution = solved(draft(3, &seats, &pairs, 100));
    // All three with mentor 0: 30 − 9. Mentee 0 with mentor 1: 8 + 20 − 3.
    assert_eq!(mentors(&solution), [Some(1), Some(0), Some(0)]);
    assert_eq!(solution.proof.objective(), 25);
}

#[test]
fn a_pair_worse_than_being_left_out_is_not_made() {
    let solution = solved(draft(2, &[Seats::Alike(2)], &[(0, 0, -11), (1, 0, -9)], 10));
    assert_eq!(mentors(&solution), [None, Some(0)]);
    assert_eq!(solution.proof.objective(), -19);
}

#[test]
fn being_left_out_may_be_worth_something() {
    let solution = solved(draft(2, &[Seats::Alike(2)], &[(0, 0, 3), (1, 0, 9)], -5));
    assert_eq!(mentors(&solution), [None, Some(0)]);
    assert_eq!(solution.proof.objective(), 14);
}

#[test]
fn coverage_first_covers_all_who_can_be() {
    let mut draft = draft(2, &[Seats::Alike(1), Seats::Dearer(vec![7])], &[(0, 0, 1000), (0, 1, -50), (1, 0, -20)], 0);
    assert_eq!(solved(draft.clone()).proof.matched(), 1);
    draft.unmatched_penalty = draft.penalty_that_covers_first().expect("it fits");
    assert_eq!(draft.unmatched_penalty, 1050 + 20 + 7 + 1);
    assert_eq!(mentors(&solved(draft)), [Some(1), Some(0)]);
}

#[test]
fn the_greatest_figures_do_not_overflow() {
    let limit = Problem::magnitude_limit(3);
    let seats = [Seats::Dearer(vec![0, limit]), Seats::Alike(0), Seats::Alike(1)];
    let pairs = [(0, 0, limit), (0, 1, limit), (1, 0, limit), (1, 2, -limit), (2, 2, -limit), (2, 0, limit)];
    let solution = solved(draft(3, &seats, &pairs, limit));
    assert_eq!(solution.proof.matched(), 3);
    let least = draft(3, &seats, &pairs, -limit);
    assert_eq!(solved(least).proof.gap(), 0);
}

#[test]
fn mistakes_in_a_draft_are_named() {
    let seats = [Seats::Alike(1)];
    let refused = |draft: Draft| Problem::new(draft).expect_err("a mistake");
    assert_eq!(refused(draft(1, &seats, &[(1, 0, 5)], 0)), Mistake::MenteeUnknown { pair: pair(1, 0, 5), mentees: 1 });
    assert_eq!(refused(draft(1, &seats, &[(0, 1, 5)], 0)), Mistake::MentorUnknown { pair: pair(0, 1, 5), mentors: 1 });
    assert_eq!(
        refused(draft(2, &seats, &[(0, 0, 5), (1, 0, 3), (0, 0, 4)], 0)),
        Mistake::PairTwice { mentee: MenteeId(0), mentor: MentorId(0) }
    );
    let limit = Problem::magnitude_limit(1);
    assert_eq!(
        refused(draft(1, &seats, &[(0, 0, limit + 1)], 0)),
        Mistake::ScoreTooLarge { pair: pair(0, 0, limit + 1), limit }
    );
    assert_eq!(
        refused(draft(1, &seats, &[], i64::MIN)),
        Mistake::UnmatchedPenaltyTooLarge { penalty: i64::MIN, limit }
    );
    assert_eq!(
        refused(draft(1, &[Seats::Dearer(vec![0, 4, 3])], &[], 0)),
        Mistake::SeatPenaltyFalls { mentor: MentorId(0), seat: 2 }
    );
    assert_eq!(
        refused(draft(1, &[Seats::Dearer(vec![-1])], &[], 0)),
        Mistake::SeatPenaltyOutOfRange { mentor: MentorId(0), seat: 0, penalty: -1, limit }
    );
}

/// Two mentees, two mentors of one seat: 0–0 and 1–1 are best, worth 9 + 8.
fn certified() -> (Problem, Vec<Option<MentorId>>, Prices) {
    let pairs = [(0, 0, 9), (0, 1, 7), (1, 1, 8)];
    let problem = Problem::new(draft(2, &[Seats::Alike(1), Seats::Alike(1)], &pairs, 4)).expect("a right problem");
    let matching = vec![Some(MentorId(0)), Some(MentorId(1))];
    let prices = Prices { mentees: vec![9, 8], mentors: vec![0, 0], quotas: vec![] };
    assert!(verify(&problem, &matching, &prices).is_ok());
    (problem, matching, prices)
}

#[test]
fn every_flaw_has_a_name() {
    let (problem, right, prices) = certified();
    let flaw = |matching: &[Option<MentorId>], prices: &Prices| verify(&problem, matching, prices).expect_err("a flaw");
    let with = |mentees: &[i64], mentors: &[i64]| Prices {
        mentees: mentees.to_vec(),
        mentors: mentors.to_vec(),
        quotas: vec![],
    };
    let (mentee, mentor) = (MenteeId(1), MentorId(0));

    assert_eq!(flaw(&right[..1], &prices), Flaw::MatchingLength { expected: 2, found: 1 });
    assert_eq!(flaw(&right, &with(&[9], &[0, 0])), Flaw::MenteePricesLength { expected: 2, found: 1 });
    assert_eq!(flaw(&right, &with(&[9, 8], &[0])), Flaw::MentorPricesLength { expected: 2, found: 1 });
    assert_eq!(flaw(&[right[0], Some(mentor)], &prices), Flaw::PairNotAllowed { mentee, mentor });
    assert_eq!(flaw(&[right[0], Some(MentorId(9))], &prices), Flaw::PairNotAllowed { mentee, mentor: MentorId(9) });
    assert_eq!(
        flaw(&[Some(MentorId(1)), right[1]], &prices),
        Flaw::CapacityExceeded { mentor: MentorId(1), load: 2, capacity: 1 }
    );
    assert_eq!(flaw(&right, &with(&[9, -5], &[0, 20])), Flaw::MenteePriceTooLow { mentee, price: -5, floor: -4 });
    assert_eq!(flaw(&right, &with(&[10, 8], &[-1, 0])), Flaw::MentorPriceNegative { mentor, price: -1 });
    assert_eq!(
        flaw(&right, &with(&[9, 7], &[0, 0])),
        Flaw::PairPricedTooLow { mentee, mentor: MentorId(1), prices: 7, score: 8 }
    );
    assert_eq!(flaw(&right, &with(&[9, 9], &[0, 0])), Flaw::Gap { objective: 17, dual_objective: 18 });
    assert_eq!(flaw(&[right[0], None], &prices), Flaw::Gap { objective: 5, dual_objective: 17 });
    let greatest = with(&[i64::MAX, i64::MAX], &[i64::MAX, i64::MAX]);
    assert!(matches!(flaw(&right, &greatest), Flaw::Gap { .. }));
}
