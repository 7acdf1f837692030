//! The best of all pairs against a sort, and the optimum found with few pairs against the solver with every pair.

#![expect(clippy::expect_used, reason = "a test may stop where it stands")]

use std::num::NonZero;

use assignment::candidates::{
    Affinity, Candidates, NotSolved, Optimum, Points, VectorMistake, Vectors, Whole, WholeMistake, score, solve_whole,
    top_k, verify_whole,
};
use assignment::{Flaw, MenteeId, MentorId, Mistake, Seats, solve, verify};
use proptest::prelude::*;

const ONE: NonZero<usize> = NonZero::<usize>::MIN;

fn threads(count: usize) -> NonZero<usize> {
    NonZero::new(count).expect("at least one")
}

fn vectors(dimensions: usize, values: &[f32]) -> Vectors {
    Vectors::new(dimensions, values.to_vec()).expect("right vectors")
}

/// Every allowed mentor, sorted.
fn sorted(affinity: &Affinity, mentee: MenteeId) -> Vec<(MentorId, f32)> {
    let mentors = (0..).map(MentorId).take(affinity.offers().len());
    let mut all: Vec<_> = mentors.filter_map(|mentor| Some((mentor, affinity.score(mentee, mentor)?))).collect();
    all.sort_by(|one, other| other.1.partial_cmp(&one.1).expect("numbers").then(one.0.cmp(&other.0)));
    all
}

fn mentees(affinity: &Affinity) -> impl Iterator<Item = MenteeId> + use<> {
    (0..).map(MenteeId).take(affinity.needs().len())
}

/// Values of few kinds make many equal scores; of many, none.
fn value() -> impl Strategy<Value = f32> {
    prop_oneof![(-3_i8..=3).prop_map(f32::from), -2.0_f32..2.0, Just(-0.0)]
}

fn affinity(mentees: std::ops::Range<usize>, mentors: std::ops::Range<usize>) -> impl Strategy<Value = Affinity> {
    (mentees, mentors, 1_usize..40).prop_flat_map(|(mentees, mentors, dimensions)| {
        let values = |count| proptest::collection::vec(value(), count * dimensions);
        let excluded = proptest::collection::vec((0..mentees.max(1), 0..mentors.max(1)), 0..=(mentees * mentors / 8));
        (values(mentees), values(mentors), excluded).prop_map(move |(needs, offers, excluded)| {
            let number = |number: usize| u32::try_from(number).expect("few");
            let pair = |(mentee, mentor)| (MenteeId(number(mentee)), MentorId(number(mentor)));
            let excluded = excluded.into_iter().map(pair).collect();
            Affinity::new(vectors(dimensions, &needs), vectors(dimensions, &offers), excluded)
                .expect("a right affinity")
        })
    })
}

fn seats() -> impl Strategy<Value = Seats> {
    prop_oneof![
        3 => (0_u32..4).prop_map(Seats::Alike),
        1 => proptest::collection::vec(0_i64..600, 0..4).prop_map(|mut penalties| {
            penalties.sort_unstable();
            Seats::Dearer(penalties)
        }),
    ]
}

/// Up to 30 mentees and 20 mentors; from one point to a unit (nearly all equal) to a thousand.
fn whole() -> impl Strategy<Value = Whole> {
    let penalty = proptest::option::of(prop_oneof![-100_i64..100, Just(100_000_000)]);
    let per_unit = prop_oneof![Just(0.3), Just(1.0), Just(1000.0)];
    (affinity(0..30, 0..20), per_unit, penalty).prop_flat_map(|(affinity, per_unit, penalty)| {
        proptest::collection::vec(seats(), affinity.offers().len()).prop_map(move |seats| {
            let points = Points::per_unit(per_unit).expect("above 0");
            Whole::new(affinity.clone(), seats, points, penalty).expect("a right problem")
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_best_are_the_first_of_a_sort(affinity in affinity(0..50, 0..150), k in 0_usize..40) {
        let best = top_k(&affinity, k, ONE);
        for mentee in mentees(&affinity) {
            let mut expected = sorted(&affinity, mentee);
            expected.truncate(k);
            prop_assert_eq!(best.of(mentee).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn a_few_pairs_lead_where_all_pairs_lead(whole in whole(), candidates in 0_usize..6) {
        let Optimum { solution, first_of_equals, pairs, .. } = solve_whole(&whole, candidates, ONE).expect("a solution");
        let problem = whole.problem().expect("a right problem");
        prop_assert!(first_of_equals && pairs <= problem.pairs().len());
        let expected = solve(&problem).expect("a proof");
        prop_assert_eq!(solution.proof.objective(), expected.proof.objective());
        prop_assert_eq!(&solution.matching, &expected.matching);
        prop_assert_eq!(&solution.prices, &expected.prices);
        prop_assert_eq!(verify(&problem, &solution.matching, &solution.prices), Ok(expected.proof));
        prop_assert_eq!(verify_whole(&whole, &solution.matching, &solution.prices), Ok(expected.proof));
    }

    /// What the check of every pair refuses is what the certificate of the problem written down refuses.
    #[test]
    fn a_corrupted_certificate_is_refused(whole in whole(), at in any::<prop::sample::Index>(), by in prop_oneof![-9_i64..0, 1_i64..10]) {
        let problem = whole.problem().expect("a right problem");
        let solution = solve(&problem).expect("a proof");
        if !solution.prices.mentors.is_empty() {
            let mut prices = solution.prices.clone();
            let at = at.index(prices.mentors.len());
            prices.mentors[at] += by;
            let refused = verify(&problem, &solution.matching, &prices);
            prop_assert_eq!(verify_whole(&whole, &solution.matching, &prices).is_ok(), refused.is_ok());
        }
    }
}

/// Numbers between −1 and 1 without pattern.
fn noise(count: usize, seed: u64) -> Vec<f32> {
    let mut state = seed;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f32::from(u16::try_from(state >> 48).expect("16 bits")) / 32_768.0 - 1.0
    };
    std::iter::repeat_with(next).take(count).collect()
}

fn noisy(mentees: usize, mentors: usize, dimensions: usize) -> Affinity {
    let (needs, offers) = (noise(mentees * dimensions, 1), noise(mentors * dimensions, 2));
    let excluded = (0..5_000).map(|at| (MenteeId(at * 7 % 1_000), MentorId(at * 11 % 300))).collect();
    Affinity::new(vectors(dimensions, &needs), vectors(dimensions, &offers), excluded).expect("a right affinity")
}

#[test]
fn the_number_of_threads_does_not_show() {
    let affinity = noisy(1_000, 300, 48);
    let bits = |candidates: &Candidates| {
        let rows = mentees(&affinity).flat_map(|mentee| candidates.of(mentee));
        rows.map(|(mentor, score)| (mentor, score.to_bits())).collect::<Vec<_>>()
    };
    let one = top_k(&affinity, 20, ONE);
    assert_eq!(one.len(), 20_000);
    for count in [2, 3, 64] {
        assert_eq!(bits(&top_k(&affinity, 20, threads(count))), bits(&one));
    }
    for mentee in mentees(&affinity).step_by(97) {
        assert_eq!(one.of(mentee).collect::<Vec<_>>(), sorted(&affinity, mentee)[..20]);
    }

    let seats = vec![Seats::Alike(3); 300];
    let whole = Whole::new(affinity, seats, Points::per_unit(100.0).expect("above 0"), None).expect("a right problem");
    let alone = solve_whole(&whole, 8, ONE).expect("a solution");
    assert_eq!(solve_whole(&whole, 8, threads(2)).expect("a solution"), alone);
    assert_eq!(solve_whole(&whole, 16, threads(2)).expect("a solution").solution, alone.solution);
    assert_eq!(alone.solution.proof.matched(), 900);
    assert!(alone.first_of_equals && alone.pairs < 100_000);
    let proof = verify_whole(&whole, &alone.solution.matching, &alone.solution.prices);
    assert_eq!(proof, Ok(alone.solution.proof));
}

/// All want the same few: the best candidates of each mentee are nowhere near enough.
#[test]
fn nobody_is_left_out_for_want_of_candidates() {
    let needs: Vec<f32> = (0..200_u8).flat_map(|mentee| [1.0, f32::from(mentee) / 1000.0]).collect();
    let offers: Vec<f32> = (0..200_u8).flat_map(|mentor| [f32::from(mentor), f32::from(mentor % 7)]).collect();
    let affinity = Affinity::new(vectors(2, &needs), vectors(2, &offers), vec![]).expect("a right affinity");
    let seats = vec![Seats::Alike(1); 200];
    let whole = Whole::new(affinity, seats, Points::per_unit(1e6).expect("above 0"), None).expect("a right problem");
    let optimum = solve_whole(&whole, 3, ONE).expect("a solution");
    assert_eq!(optimum.solution.proof.matched(), 200);
    assert!(optimum.rounds > 1);
    let expected = solve(&whole.problem().expect("a right problem")).expect("a proof");
    assert_eq!(optimum.solution, expected);
}

#[test]
fn scores_are_rounded_once_for_each_dimension() {
    // (1 + 2⁻¹²)² − 1: rounded after the product already, the last of its three terms would be lost.
    let tiny = 1.0 + 2.0_f32.powi(-12);
    let expected = 2.0_f32.powi(-11) + 2.0_f32.powi(-24);
    assert_eq!(score(&[1.0, tiny], &[-1.0, tiny]).to_bits(), expected.to_bits());
    let affinity =
        Affinity::new(vectors(2, &[1.0, tiny]), vectors(2, &[-1.0, tiny]), vec![]).expect("a right affinity");
    assert_eq!(top_k(&affinity, 1, ONE).of(MenteeId(0)).next(), Some((MentorId(0), expected)));
}

#[test]
fn points_are_rounded_to_the_nearest_and_halves_away_from_nought() {
    let points = Points::per_unit(2.0).expect("above 0");
    let halves = [(0.25, 1), (-0.25, -1), (0.75, 2), (-0.75, -2), (0.2, 0), (1.3, 3)];
    for (score, expected) in halves {
        assert_eq!(points.of(score), expected);
    }
    for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(Points::per_unit(wrong), None);
    }
}

#[test]
fn what_is_wrong_is_named() {
    let wrong = |dimensions, values: &[f32]| Vectors::new(dimensions, values.to_vec()).expect_err("something is wrong");
    assert_eq!(wrong(0, &[]), VectorMistake::Dimensions(0));
    assert_eq!(wrong(2, &[1.0; 3]), VectorMistake::NotWhole { values: 3, dimensions: 2 });
    assert_eq!(wrong(2, &[1.0, 1.0, 1.0, 2e16]), VectorMistake::OutOfRange { vector: 1, place: 1, value: 2e16 });
    assert!(matches!(wrong(1, &[f32::NAN]), VectorMistake::OutOfRange { .. }));
    assert!(matches!(wrong(1, &[f32::NEG_INFINITY]), VectorMistake::OutOfRange { .. }));

    let (two, three) = (vectors(2, &[1.0; 4]), vectors(3, &[1.0; 3]));
    assert_eq!(Affinity::new(two.clone(), three, vec![]), Err(VectorMistake::DimensionsDiffer { needs: 2, offers: 3 }));
    let (mentee, mentor) = (MenteeId(0), MentorId(2));
    let unknown = VectorMistake::ExcludedUnknown { mentee, mentor, mentees: 2, mentors: 2 };
    assert_eq!(Affinity::new(two.clone(), two.clone(), vec![(mentee, mentor)]), Err(unknown));

    let affinity = Affinity::new(two.clone(), two, vec![]).expect("a right affinity");
    let whole = |seats, per_unit| {
        Whole::new(
            affinity.clone(),
            vec![Seats::Alike(1); seats],
            Points::per_unit(per_unit).expect("above 0"),
            Some(0),
        )
    };
    assert_eq!(whole(1, 1.0), Err(WholeMistake::SeatsAndOffers { seats: 1, offers: 2 }));
    assert!(matches!(whole(2, 1e18), Err(WholeMistake::Problem(Mistake::ScoreTooLarge { .. }))));

    let whole = whole(2, 1.0).expect("a right problem");
    let optimum: Result<Optimum, NotSolved> = solve_whole(&whole, 1, ONE);
    let mut solution = optimum.expect("a solution").solution;
    solution.matching[0] = Some(MentorId(9));
    let flaw = verify_whole(&whole, &solution.matching, &solution.prices);
    assert_eq!(flaw, Err(Flaw::PairNotAllowed { mentee: MenteeId(0), mentor: MentorId(9) }));
}
