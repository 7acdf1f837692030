//! Pins, forbidden pairs, penalties of one's own, least loads and quotas, each and all at once, against the oracle.

use assignment::{
    Aim, CategoryId, Draft, Flaw, MenteeId, MentorId, Mistake, Pair, Problem, Quota, Rules, Seats, solve, verify,
};
use proptest::prelude::*;

use crate::oracle::{all, best_of_all, worth};
use crate::small::ruled;

fn reducible(rules: &Rules) -> bool {
    rules.quotas.is_empty() && rules.least_loads.iter().all(|(_, least)| *least == 0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    /// It finds what the oracle finds, and refuses exactly the rules that no assignment keeps.
    #[test]
    fn the_answer_is_one_of_the_best((draft, rules) in ruled()) {
        let best = best_of_all(&draft, &rules);
        match Problem::with_rules(draft.clone(), &rules) {
            Ok(problem) => {
                let (most, first) = best.expect("an assignment keeps the rules");
                let solution = solve(&problem).unwrap();
                prop_assert_eq!(solution.proof.objective(), i128::from(most));
                prop_assert_eq!(worth(&draft, &rules, &solution.matching), Some(most));
                if reducible(&rules) {
                    prop_assert_eq!(solution.matching, first);
                }
            }
            Err(Mistake::LeastLoadsUnmeetable(shortfall)) => {
                prop_assert!(best.is_none());
                prop_assert!(shortfall.most < shortfall.least);
                // These alone cannot be met, and they can have as many as it says.
                let mut only = rules.clone();
                only.least_loads.retain(|(mentor, _)| shortfall.mentors.contains(mentor));
                prop_assert!(best_of_all(&draft, &only).is_none());
                let together = all(&draft, &Rules { least_loads: vec![], ..rules }).into_iter().map(|(_, matching)| {
                    matching.iter().flatten().filter(|mentor| shortfall.mentors.contains(mentor)).count()
                });
                prop_assert_eq!(together.max(), usize::try_from(shortfall.most).ok());
            }
            Err(_) => prop_assert!(best.is_none()),
        }
    }

    /// Whatever is changed in a certificate, it is refused unless the assignment is optimal and the bound holds.
    #[test]
    fn a_corrupted_certificate_is_refused((draft, rules) in ruled(), at in any::<prop::sample::Index>(), by in prop_oneof![-9_i64..0, 1_i64..10], to in 0_u32..5) {
        let Ok(problem) = Problem::with_rules(draft.clone(), &rules) else { return Ok(()) };
        let solution = solve(&problem).unwrap();
        let objective = solution.proof.objective();
        let mut prices = solution.prices.clone();
        let entries = prices.mentees.iter_mut().chain(&mut prices.mentors).chain(&mut prices.quotas).collect::<Vec<_>>();
        if !entries.is_empty() {
            let place = at.index(entries.len());
            *entries.into_iter().nth(place).unwrap() += by;
            if let Ok(proof) = verify(&problem, &solution.matching, &prices) {
                prop_assert_eq!(proof.objective(), objective);
            }
        }
        if draft.mentees > 0 {
            let mut matching = solution.matching.clone();
            let place = at.index(matching.len());
            matching[place] = (to < 4).then_some(MentorId(to));
            let is_optimal = worth(&draft, &rules, &matching).map(i128::from) == Some(objective);
            prop_assert_eq!(verify(&problem, &matching, &solution.prices).is_ok(), is_optimal);
        }
    }
}

fn pair(mentee: u32, mentor: u32, score: i64) -> Pair {
    Pair { mentee: MenteeId(mentee), mentor: MentorId(mentor), score }
}

/// Three mentees who all do better with mentor 0, who has three seats; mentor 1 has two.
fn three() -> Draft {
    let pairs = (0..3).flat_map(|mentee| [pair(mentee, 0, 10), pair(mentee, 1, 4 - i64::from(mentee))]);
    Draft { mentees: 3, mentors: vec![Seats::Alike(3), Seats::Alike(2)], pairs: pairs.collect(), unmatched_penalty: 50 }
}

#[expect(clippy::unwrap_used, reason = "a test says so by failing")]
fn solved(rules: &Rules) -> (Vec<Option<u32>>, i128, Vec<i64>) {
    let solution = solve(&Problem::with_rules(three(), rules).unwrap()).unwrap();
    let mentors = solution.matching.iter().map(|mentor| mentor.map(|mentor| mentor.0)).collect();
    (mentors, solution.proof.objective(), solution.prices.mentors)
}

#[test]
fn each_rule_by_itself() {
    let (mentee, mentor) = (MenteeId, MentorId);
    let none = Rules::default();
    assert_eq!(solved(&none), (vec![Some(0), Some(0), Some(0)], 30, vec![0, 0]));
    let pinned = Rules { pins: vec![(mentee(2), mentor(1))], ..none.clone() };
    assert_eq!(solved(&pinned).0, [Some(0), Some(0), Some(1)]);
    let forbidden = Rules { forbidden: vec![(mentee(1), mentor(0))], ..none.clone() };
    assert_eq!(solved(&forbidden).0, [Some(0), Some(1), Some(0)]);
    // Whoever is sent to mentor 1 loses 6 points at least: so much would have to be paid for going there.
    let least = Rules { least_loads: vec![(mentor(1), 1)], ..none.clone() };
    assert_eq!(solved(&least), (vec![Some(1), Some(0), Some(0)], 24, vec![0, -6]));
    let everybody = vec![vec![mentee(0), mentee(1), mentee(2)], vec![mentee(0), mentee(1)]];
    let quota = |category, most| Quota { mentor: mentor(0), category: CategoryId(category), most };
    let quotas = Rules { categories: everybody, quotas: vec![quota(0, 2), quota(1, 1)], ..none };
    assert_eq!(solved(&quotas).1, 24);
}

#[test]
fn aims_have_names() {
    let draft = Draft { pairs: vec![pair(0, 0, -7), pair(1, 0, 3), pair(2, 1, 5)], ..three() };
    let matched = |aim| {
        let draft = draft.clone().aiming_at(aim).unwrap();
        solve(&Problem::new(draft).unwrap()).unwrap().proof.matched()
    };
    assert_eq!((matched(Aim::CoverageFirst), matched(Aim::ScoreOnly)), (3, 2));
}

#[test]
fn rules_that_cannot_be_kept_are_named() {
    let refused = |rules: Rules| Problem::with_rules(three(), &rules).unwrap_err().to_string();
    let (mentee, mentor, none) = (MenteeId, MentorId, Rules::default);
    let quota = |category, most| Quota { mentor: mentor(0), category: CategoryId(category), most };
    let said = [
        (Rules { pins: vec![(mentee(3), mentor(0))], ..none() }, "a rule names mentee 3 beyond the 3 there are"),
        (Rules { forbidden: vec![(mentee(0), mentor(2))], ..none() }, "a rule names mentor 2 beyond the 2 there are"),
        (
            Rules { pins: vec![(mentee(0), mentor(1))], forbidden: vec![(mentee(0), mentor(1))], ..none() },
            "mentee 0 is pinned to mentor 1, but that pair is not allowed",
        ),
        (
            Rules { pins: vec![(mentee(0), mentor(0)), (mentee(0), mentor(1))], ..none() },
            "mentee 0 is pinned to two mentors",
        ),
        (
            Rules { pins: (0..3).map(|of| (mentee(of), mentor(1))).collect(), ..none() },
            "3 mentees are pinned to mentor 1, who has 2 seats",
        ),
        (
            Rules { least_loads: vec![(mentor(1), 3)], ..none() },
            "mentor 1 must have at least 3 mentees and has 2 seats",
        ),
        (
            Rules { least_loads: vec![(mentor(0), 2), (mentor(1), 2)], ..none() },
            "together mentors 0, 1 must have at least 4 mentees, but no more than 3 can be with them",
        ),
        (
            Rules {
                categories: vec![vec![mentee(0), mentee(1)], vec![mentee(1), mentee(2)]],
                quotas: vec![quota(0, 1), quota(1, 1)],
                ..none()
            },
            "mentor 0 has quotas for categories 0 and 1, which overlap without one lying in the other",
        ),
        (Rules { quotas: vec![quota(0, 1)], ..none() }, "a quota names category 0 beyond the 0 there are"),
        (
            Rules {
                categories: vec![vec![mentee(0)]],
                quotas: vec![quota(0, 0)],
                pins: vec![(mentee(0), mentor(0))],
                ..none()
            },
            "1 mentees of category 0 are pinned to mentor 0, whose quota is 0",
        ),
        (
            Rules { unmatched_penalties: vec![(mentee(0), 1), (mentee(0), 2)], ..none() },
            "mentee 0 has two penalties for being left out",
        ),
    ];
    for (rules, expected) in said {
        assert_eq!(refused(rules), expected);
    }
}

#[test]
fn the_greatest_figures_do_not_overflow() {
    let limit = Problem::magnitude_limit(3) / 8;
    let draft = Draft {
        mentees: 3,
        mentors: vec![Seats::Dearer(vec![0, limit]), Seats::Alike(2)],
        pairs: vec![pair(0, 0, limit), pair(0, 1, -limit), pair(1, 0, limit), pair(1, 1, -limit), pair(2, 0, limit)],
        unmatched_penalty: -limit,
    };
    let quota = Quota { mentor: MentorId(0), category: CategoryId(0), most: 1 };
    let rules = Rules {
        unmatched_penalties: vec![(MenteeId(2), limit)],
        least_loads: vec![(MentorId(0), 2), (MentorId(1), 1)],
        categories: vec![vec![MenteeId(0), MenteeId(1)]],
        quotas: vec![quota],
        ..Rules::default()
    };
    let solution = solve(&Problem::with_rules(draft.clone(), &rules).unwrap()).unwrap();
    assert_eq!(Some(solution.proof.objective()), best_of_all(&draft, &rules).map(|(worth, _)| worth.into()));
    let too_large = Draft { unmatched_penalty: limit + 1, ..draft };
    assert!(matches!(Problem::with_rules(too_large, &rules), Err(Mistake::UnmatchedPenaltyTooLarge { .. })));
}

#[test]
fn every_flaw_of_a_rule_has_a_name() {
    let (mentee, mentor, category) = (MenteeId(0), MentorId(0), CategoryId(0));
    let quota = Quota { mentor, category, most: 1 };
    let rules = Rules {
        pins: vec![(mentee, mentor)],
        least_loads: vec![(MentorId(1), 1)],
        categories: vec![vec![mentee, MenteeId(1)]],
        quotas: vec![quota],
        ..Rules::default()
    };
    let problem = Problem::with_rules(three(), &rules).unwrap();
    let solution = solve(&problem).unwrap();
    assert_eq!(solution.matching, [Some(mentor), Some(MentorId(1)), Some(mentor)]);
    let with = |changes: &[(usize, Option<u32>)]| {
        let mut matching = solution.matching.clone();
        for &(mentee, mentor) in changes {
            matching[mentee] = mentor.map(MentorId);
        }
        verify(&problem, &matching, &solution.prices).unwrap_err()
    };
    assert_eq!(with(&[(0, Some(1))]), Flaw::PinNotKept { mentee, mentor });
    assert_eq!(with(&[(1, Some(0))]), Flaw::QuotaExceeded { mentor, category, load: 2, most: 1 });
    assert_eq!(with(&[(1, None)]), Flaw::LeastLoadNotMet { mentor: MentorId(1), load: 0, least: 1 });
    let mut prices = solution.prices.clone();
    prices.quotas[0] = -1;
    assert_eq!(
        verify(&problem, &solution.matching, &prices),
        Err(Flaw::QuotaPriceNegative { mentor, category, price: -1 })
    );
    prices.quotas.clear();
    assert_eq!(verify(&problem, &solution.matching, &prices), Err(Flaw::QuotaPricesLength { expected: 1, found: 0 }));
}
