//! Why, the next best, changes, and the closest assignment, against the oracle.

use std::collections::BTreeMap;

use assignment::{
    Change, Draft, MenteeId, MentorId, NotSettled, Pair, Problem, Rules, Seats, Settled, closest, solve, verify,
};
use proptest::prelude::*;

use crate::oracle::{Matching, all, best_of_all, worth};
use crate::small::{ruled, seats};

#[expect(clippy::unwrap_used, reason = "a test says so by failing")]
fn settled(draft: &Draft, rules: &Rules) -> Option<Settled> {
    Some(Settled::new(Problem::with_rules(draft.clone(), rules).ok()?).unwrap())
}

fn changed(one: &Matching, other: &Matching) -> usize {
    one.iter().zip(other).filter(|(one, other)| one != other).count()
}

/// What may be changed: numbers are taken modulo what there is.
fn changes() -> impl Strategy<Value = Vec<(u8, u8, u8, i64, Seats)>> {
    proptest::collection::vec((0_u8..8, any::<u8>(), any::<u8>(), -12_i64..12, seats()), 1..5)
}

/// The change, and what becomes of the draft and the rules by it.
fn change(
    draft: &mut Draft,
    rules: &mut Rules,
    (kind, one, other, score, seats): (u8, u8, u8, i64, Seats),
) -> Option<Change> {
    let mentee = MenteeId(u32::from(one).checked_rem(draft.mentees)?);
    let mentor = MentorId(u32::from(other).checked_rem(u32::try_from(draft.mentors.len()).expect("few"))?);
    Some(match kind {
        0 if draft.mentees < 7 => {
            let joins = MenteeId(draft.mentees);
            draft.mentees += 1;
            draft.pairs.push(Pair { mentee: joins, mentor, score });
            Change::MenteeJoins { pairs: vec![(mentor, score)] }
        }
        1 => {
            draft.pairs.retain(|pair| pair.mentee != mentee);
            Change::MenteeLeaves(mentee)
        }
        2 if draft.mentors.len() < 5 => {
            let joins = MentorId(u32::try_from(draft.mentors.len()).expect("few"));
            draft.mentors.push(seats.clone());
            draft.pairs.push(Pair { mentee, mentor: joins, score });
            Change::MentorJoins { seats, pairs: vec![(mentee, score)] }
        }
        3 => {
            draft.mentors[mentor.index()] = Seats::Alike(0);
            rules.least_loads.retain(|(other, _)| *other != mentor);
            Change::MentorLeaves(mentor)
        }
        4 => {
            draft.mentors[mentor.index()] = seats.clone();
            Change::SetSeats { mentor, seats }
        }
        5 => {
            let least = u32::from(one) % 3;
            rules.least_loads.retain(|(other, _)| *other != mentor);
            rules.least_loads.push((mentor, least));
            Change::SetLeastLoad { mentor, least }
        }
        6 => {
            draft.pairs.retain(|pair| (pair.mentee, pair.mentor) != (mentee, mentor));
            Change::Forbid { mentee, mentor }
        }
        _ => {
            let pair = Pair { mentee, mentor, score };
            draft.pairs.retain(|pair| (pair.mentee, pair.mentor) != (mentee, mentor));
            rules.forbidden.retain(|forbidden| *forbidden != (mentee, mentor));
            draft.pairs.push(pair);
            Change::SetScore(pair)
        }
    })
}

/// Least loads that bind, a seat that costs, and one that does not.
#[test]
fn the_next_best_where_seats_cost() {
    let pair = |mentee, mentor, score| Pair { mentee: MenteeId(mentee), mentor: MentorId(mentor), score };
    let draft = Draft {
        mentees: 4,
        mentors: vec![Seats::Dearer(vec![4, 5]), Seats::Alike(2)],
        pairs: vec![pair(0, 1, 0), pair(1, 1, 0), pair(2, 0, -5), pair(3, 0, 0)],
        unmatched_penalty: 8,
    };
    let rules = Rules { least_loads: vec![(MentorId(0), 1), (MentorId(1), 1)], ..Rules::default() };
    let ranked = settled(&draft, &rules).unwrap().next_best(8);
    let worths: Vec<i128> = ranked.iter().map(|ranked| ranked.objective).collect();
    assert_eq!(worths, [-14, -17, -20, -20, -22, -22, -25, -25]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_alternative_costs_what_it_costs((draft, rules) in ruled()) {
        let Some(settled) = settled(&draft, &rules) else { return Ok(()) };
        let solution = settled.solution();
        let best = settled.proof().objective();
        let everything = all(&draft, &rules);
        for (mentee, &now) in (0..).map(MenteeId).zip(&solution.matching) {
            let mut most: BTreeMap<Option<MentorId>, i64> = BTreeMap::new();
            for (worth, matching) in &everything {
                let known = most.entry(matching[mentee.index()]).or_insert(*worth);
                *known = (*known).max(*worth);
            }
            let why = settled.why(mentee).unwrap();
            prop_assert_eq!(why.pair.map(|pair| pair.mentor), now);
            let mut others = 0;
            for alternative in &why.alternatives {
                let expected = most.get(&alternative.mentor).map(|worth| best - i128::from(*worth));
                prop_assert_eq!(alternative.cost.map(i128::from), expected, "{:?} of {:?}", alternative, mentee);
                others += usize::from(expected.is_some());
                let own = now.map_or_else(|| -settled.problem().unmatched_penalty_of(mentee), |mentor| settled.problem().pair(mentee, mentor).unwrap().score);
                prop_assert_eq!(alternative.cost_to_others, alternative.cost.map(|cost| cost - own + alternative.score));
            }
            prop_assert_eq!(others + 1, most.len());
            let without = most.iter().filter(|(mentor, _)| **mentor != now).map(|(_, worth)| *worth).max();
            prop_assert_eq!(why.margin.map(i128::from), without.map(|worth| best - i128::from(worth)));
        }
    }

    #[test]
    fn a_further_seat_is_worth_what_it_adds((draft, rules) in ruled()) {
        let Some(settled) = settled(&draft, &rules) else { return Ok(()) };
        for mentor in settled.problem().mentors() {
            let mut more = draft.clone();
            match &mut more.mentors[mentor.index()] {
                Seats::Alike(seats) => *seats += 1,
                Seats::Dearer(penalties) => penalties.insert(0, 0),
            }
            let after = best_of_all(&more, &rules).unwrap().0;
            prop_assert_eq!(i128::from(settled.worth_of_a_seat(mentor).unwrap()), i128::from(after) - settled.proof().objective());
        }
    }

    #[test]
    fn the_next_best_come_in_order((draft, rules) in ruled(), most in 1_usize..12) {
        let Some(settled) = settled(&draft, &rules) else { return Ok(()) };
        let mut expected: Vec<i64> = all(&draft, &rules).into_iter().map(|(worth, _)| worth).collect();
        expected.sort_unstable_by(|one, other| other.cmp(one));
        let ranked = settled.next_best(most);
        let worths: Vec<i64> = ranked.iter().map(|ranked| i64::try_from(ranked.objective).unwrap()).collect();
        prop_assert_eq!(&worths[..], &expected[1..expected.len().min(most + 1)]);
        let mut seen = vec![settled.solution().matching];
        for one in ranked {
            prop_assert_eq!(worth(&draft, &rules, &one.matching).map(i128::from), Some(one.objective));
            prop_assert!(!seen.contains(&one.matching));
            seen.push(one.matching);
        }
    }

    #[expect(clippy::type_complexity, reason = "what proptest draws is a tuple")]
    /// Changes come to the optimum of what is then the problem, or leave everything as it was.
    #[test]
    fn changes_are_followed((mut draft, mut rules) in ruled(), kinds in changes(), at_once in any::<bool>()) {
        let Some(mut settled) = settled(&draft, &rules) else { return Ok(()) };
        let mut steps: Vec<Vec<(u8, u8, u8, i64, Seats)>> = kinds.into_iter().map(|kind| vec![kind]).collect();
        if at_once {
            steps = vec![steps.concat()];
        }
        for step in steps {
            let (mut new_draft, mut new_rules) = (draft.clone(), rules.clone());
            let changes: Vec<Change> = step.into_iter().filter_map(|kind| change(&mut new_draft, &mut new_rules, kind)).collect();
            let before = settled.solution();
            match settled.apply(&changes) {
                Ok(()) => {
                    let (most, _) = best_of_all(&new_draft, &new_rules).unwrap();
                    let after = settled.solution();
                    prop_assert_eq!(after.proof.objective(), i128::from(most));
                    prop_assert_eq!(worth(&new_draft, &new_rules, &after.matching), Some(most));
                    (draft, rules) = (new_draft, new_rules);
                }
                Err(NotSettled::Unproved(unproved)) => prop_assert!(false, "{}", unproved),
                Err(NotSettled::Mistake(mistake)) => {
                    if changes.len() == 1 {
                        prop_assert!(best_of_all(&new_draft, &new_rules).is_none(), "{}", mistake);
                    }
                    prop_assert_eq!(settled.solution(), before.clone());
                    prop_assert!(verify(settled.problem(), &before.matching, &before.prices).is_ok());
                }
            }
        }
    }

    /// Too large for the oracle, with searches that see more than a few mentors: what solving anew finds.
    #[test]
    fn many_changes_are_followed(
        scores in proptest::collection::vec(proptest::option::weighted(0.4, 0_i64..60), 60 * 20),
        seats in proptest::collection::vec(0_u32..6, 20),
        penalty in -5_i64..120,
        changes in proptest::collection::vec((any::<bool>(), 0_u32..20, 0_u32..60, 0_i64..60), 1..8),
    ) {
        let everybody = (0..60).flat_map(|mentee| (0..20).map(move |mentor| (MenteeId(mentee), MentorId(mentor))));
        let pair = |((mentee, mentor), score): (_, Option<i64>)| Some(Pair { mentee, mentor, score: score? });
        let draft = Draft {
            mentees: 60,
            mentors: seats.into_iter().map(Seats::Alike).collect(),
            pairs: everybody.zip(scores).filter_map(pair).collect(),
            unmatched_penalty: penalty,
        };
        let mut settled = Settled::new(Problem::new(draft).unwrap()).unwrap();
        for (leaves, mentor, mentee, score) in changes {
            let (mentee, mentor) = (MenteeId(mentee), MentorId(mentor));
            let change = if leaves { Change::MentorLeaves(mentor) } else { Change::SetScore(Pair { mentee, mentor, score }) };
            settled.apply(&[change]).unwrap();
            let anew = solve(settled.problem()).unwrap();
            prop_assert_eq!(settled.proof().objective(), anew.proof.objective());
        }
    }

    #[test]
    fn no_assignment_is_closer((draft, rules) in ruled(), former in proptest::collection::vec(proptest::option::of(0_u32..4), 6), loss in 0_u64..30) {
        let Ok(problem) = Problem::with_rules(draft.clone(), &rules) else { return Ok(()) };
        let former: Matching = former[..draft.mentees as usize].iter().map(|mentor| mentor.map(MentorId)).collect();
        let found = closest(&problem, &former, loss).unwrap();
        let best = solve(&problem).unwrap().proof.objective();
        prop_assert_eq!(worth(&draft, &rules, &found.matching).map(i128::from), Some(found.objective));
        prop_assert_eq!((found.lost, found.changed), (best - found.objective, changed(&found.matching, &former)));
        prop_assert!(found.lost <= i128::from(loss));
        let near = all(&draft, &rules).into_iter().filter(|(worth, _)| best - i128::from(*worth) <= i128::from(loss));
        let fewest = near.map(|(_, matching)| changed(&matching, &former)).min().unwrap();
        prop_assert!(found.at_least <= fewest && fewest <= found.changed);
        if loss == 0 {
            prop_assert_eq!(found.changed, found.at_least);
        }
    }
}
