//! Stable assignments against the definition, and against all of them where there are few enough to try.

#![expect(clippy::expect_used, reason = "a test may stop where it stands")]

use assignment::stability::{
    Market, MarketMistake, NoAssignment, Regard, Ties, Trade, blocking_pairs, mentee_optimal, mentor_optimal, trade,
};
use assignment::{Draft, MenteeId, MentorId, Pair, Problem, Seats, solve};
use proptest::prelude::*;

type Matching = Vec<Option<MentorId>>;

#[derive(Debug, Clone)]
struct People {
    mentees: u32,
    capacities: Vec<u32>,
    regards: Vec<Regard>,
}

impl People {
    fn market(&self, ties: Ties) -> Market {
        Market::new(self.mentees, &self.capacities, &self.regards, ties).expect("a right market")
    }

    fn regard(&self, mentee: MenteeId, mentor: MentorId) -> Option<&Regard> {
        self.regards.iter().find(|regard| (regard.mentee, regard.mentor) == (mentee, mentor))
    }

    fn mentees_of(&self, matching: &Matching, mentor: MentorId) -> Vec<MenteeId> {
        (0..self.mentees).map(MenteeId).filter(|mentee| matching[mentee.index()] == Some(mentor)).collect()
    }

    /// The definition, word by word.
    fn blocks(&self, matching: &Matching, regard: &Regard) -> bool {
        let Regard { mentee, mentor, by_mentee, by_mentor } = *regard;
        let now = matching[mentee.index()];
        let prefers = now.is_none_or(|now| by_mentee > self.regard(mentee, now).expect("acceptable").by_mentee);
        let with = self.mentees_of(matching, mentor);
        let takes = with.len() < self.capacities[mentor.index()] as usize
            || with.iter().any(|&other| by_mentor > self.regard(other, mentor).expect("acceptable").by_mentor);
        now != Some(mentor) && prefers && takes
    }

    fn blocking(&self, matching: &Matching) -> Vec<(MenteeId, MentorId)> {
        let blocking = self.regards.iter().filter(|regard| self.blocks(matching, regard));
        blocking.map(|regard| (regard.mentee, regard.mentor)).collect()
    }

    /// Every assignment that nobody finds unacceptable.
    fn all(&self) -> Vec<Matching> {
        let mut all = vec![vec![]];
        for mentee in (0..self.mentees).map(MenteeId) {
            let mentors = (0..).map(MentorId).take(self.capacities.len());
            let choices: Vec<_> =
                mentors.filter(|&mentor| self.regard(mentee, mentor).is_some()).map(Some).chain([None]).collect();
            all = all
                .into_iter()
                .flat_map(|so_far: Matching| choices.iter().map(move |&choice| [so_far.clone(), vec![choice]].concat()))
                .collect();
        }
        let fits = |matching: &Matching| {
            (0..).map(MentorId).zip(&self.capacities).all(|(mentor, &seats)| {
                matching.iter().filter(|&&other| other == Some(mentor)).count() <= seats as usize
            })
        };
        all.retain(fits);
        all
    }

    fn all_stable(&self) -> Vec<Matching> {
        self.all().into_iter().filter(|matching| self.blocking(matching).is_empty()).collect()
    }

    /// The same with strict orders, ties going to the lower number.
    fn strictly(&self) -> Self {
        let mut strict = self.clone();
        for regard in &mut strict.regards {
            regard.by_mentee = regard.by_mentee * 100 - i64::from(regard.mentor.0);
            regard.by_mentor = regard.by_mentor * 100 - i64::from(regard.mentee.0);
        }
        strict
    }
}

/// Up to 5 mentees and 4 mentors, with few points (many ties) or many.
fn people() -> impl Strategy<Value = People> {
    let shape = (0_u32..=5, proptest::collection::vec(0_u32..3, 0..=4), 1_i64..40);
    shape.prop_flat_map(|(mentees, capacities, spread)| {
        let points = proptest::option::weighted(0.8, (0..spread, 0..spread));
        proptest::collection::vec(points, mentees as usize * capacities.len()).prop_map(move |points| {
            let mentors = u32::try_from(capacities.len()).expect("few");
            let everybody =
                (0..mentees).flat_map(|mentee| (0..mentors).map(move |mentor| (MenteeId(mentee), MentorId(mentor))));
            let regards = everybody.zip(points).filter_map(|((mentee, mentor), points)| {
                let (by_mentee, by_mentor) = points?;
                Some(Regard { mentee, mentor, by_mentee, by_mentor })
            });
            People { mentees, capacities: capacities.clone(), regards: regards.collect() }
        })
    })
}

fn ties() -> impl Strategy<Value = Ties> {
    prop_oneof![Just(Ties::LowerNumber), any::<u64>().prop_map(Ties::Lot)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_ends_are_stable_with_ties_too(people in people(), ties in ties()) {
        let market = people.market(ties);
        for matching in [mentee_optimal(&market), mentor_optimal(&market)] {
            prop_assert!(people.all().contains(&matching));
            prop_assert_eq!(people.blocking(&matching), []);
            prop_assert_eq!(blocking_pairs(&market, &matching), Ok(vec![]));
        }
    }

    #[test]
    fn of_all_stable_assignments_one_is_best_for_every_mentee_and_one_for_every_mentor(people in people()) {
        let (market, people) = (people.market(Ties::LowerNumber), people.strictly());
        let (mentees_best, mentors_best) = (mentee_optimal(&market), mentor_optimal(&market));
        let all = people.all_stable();
        prop_assert!(all.contains(&mentees_best) && all.contains(&mentors_best));
        let points = |matching: &Matching, mentee: MenteeId| {
            matching[mentee.index()].map(|mentor| people.regard(mentee, mentor).expect("acceptable").by_mentee)
        };
        let kept = |matching: &Matching, mentor: MentorId| {
            let mut points: Vec<_> = people.mentees_of(matching, mentor).iter()
                .map(|&mentee| people.regard(mentee, mentor).expect("acceptable").by_mentor).collect();
            points.sort_unstable_by(|one, other| other.cmp(one));
            points
        };
        for other in &all {
            for mentee in (0..people.mentees).map(MenteeId) {
                prop_assert!(points(&mentees_best, mentee) >= points(other, mentee));
                prop_assert!(points(&mentors_best, mentee) <= points(other, mentee));
                // The theorem of the rural hospitals.
                prop_assert_eq!(points(&mentees_best, mentee).is_some(), points(other, mentee).is_some());
            }
            for mentor in (0..).map(MentorId).take(people.capacities.len()) {
                let (best, other) = (kept(&mentors_best, mentor), kept(other, mentor));
                prop_assert_eq!(best.len(), other.len());
                prop_assert!(best.iter().zip(&other).all(|(best, other)| best >= other));
            }
        }
    }

    #[test]
    fn blocking_pairs_are_those_of_the_definition(people in people(), at in any::<prop::sample::Index>()) {
        let market = people.market(Ties::LowerNumber);
        let all = people.all();
        let matching = at.get(&all);
        let mut found = blocking_pairs(&market, matching).expect("an assignment");
        found.sort_unstable();
        prop_assert_eq!(found, people.blocking(matching));
    }

    #[test]
    fn the_order_of_the_regards_does_not_matter(people in people(), ties in ties()) {
        let mut other = people.clone();
        other.regards.reverse();
        prop_assert_eq!(people.market(ties), other.market(ties));
    }

    /// 60 mentees and 12 mentors: too many to try all, enough to put many out.
    #[test]
    fn larger_ones_are_stable(
        points in proptest::collection::vec(proptest::option::weighted(0.6, (0_i64..30, 0_i64..30)), 60 * 12),
        capacities in proptest::collection::vec(0_u32..12, 12),
        ties in ties(),
    ) {
        let regards = points.iter().enumerate().filter_map(|(at, points)| {
            let (by_mentee, by_mentor) = (*points)?;
            let at = u32::try_from(at).expect("few");
            Some(Regard { mentee: MenteeId(at / 12), mentor: MentorId(at % 12), by_mentee, by_mentor })
        });
        let people = People { mentees: 60, capacities, regards: regards.collect() };
        let market = people.market(ties);
        for matching in [mentee_optimal(&market), mentor_optimal(&market)] {
            prop_assert_eq!(people.blocking(&matching), []);
            prop_assert_eq!(blocking_pairs(&market, &matching), Ok(vec![]));
        }
    }

    #[test]
    fn stability_costs_score_and_the_optimum_stability(people in people()) {
        let market = people.market(Ties::LowerNumber);
        let pairs = people.regards.iter().map(|&Regard { mentee, mentor, by_mentee, by_mentor }| Pair { mentee, mentor, score: by_mentee + by_mentor });
        let problem = Problem::new(Draft {
            mentees: people.mentees,
            mentors: people.capacities.iter().map(|&seats| Seats::Alike(seats)).collect(),
            pairs: pairs.collect(),
            unmatched_penalty: 5,
        }).expect("a right problem");
        let (optimum, stable) = (solve(&problem).expect("a proof"), mentee_optimal(&market));
        let found = trade(&problem, &market, &optimum.matching, &stable).expect("assignments");
        prop_assert_eq!(found.optimum, optimum.proof.objective());
        prop_assert!(found.price_of_stability() >= 0);
        prop_assert_eq!(found.blocking_pairs, people.blocking(&optimum.matching).len());
        prop_assert!(found.mentees_who_block <= found.blocking_pairs);
    }
}

fn regards(by_mentee: &[&[u32]], by_mentor: &[&[u32]]) -> Vec<Regard> {
    let points = |list: &[u32], who: u32| {
        list.iter().position(|&other| other == who).map(|place| 100 - i64::try_from(place).expect("few"))
    };
    let mut regards = vec![];
    for (mentee, choices) in (0..).zip(by_mentee) {
        for &mentor in *choices {
            regards.push(Regard {
                mentee: MenteeId(mentee),
                mentor: MentorId(mentor),
                by_mentee: points(choices, mentor).expect("chosen"),
                by_mentor: points(by_mentor[mentor as usize], mentee).expect("chosen in return"),
            });
        }
    }
    regards
}

fn numbers(matching: &[Option<MentorId>]) -> Vec<Option<u32>> {
    matching.iter().map(|mentor| mentor.map(|mentor| mentor.0)).collect()
}

/// Gale & Shapley 1962, example 1: three of each, and three stable assignments.
#[test]
fn the_first_example_of_gale_and_shapley() {
    let regards = regards(&[&[0, 1, 2], &[1, 2, 0], &[2, 0, 1]], &[&[1, 2, 0], &[2, 0, 1], &[0, 1, 2]]);
    let market = Market::new(3, &[1, 1, 1], &regards, Ties::LowerNumber).expect("a right market");
    assert_eq!(numbers(&mentee_optimal(&market)), [Some(0), Some(1), Some(2)]);
    assert_eq!(numbers(&mentor_optimal(&market)), [Some(2), Some(0), Some(1)]);
    let between = [Some(MentorId(1)), Some(MentorId(2)), Some(MentorId(0))];
    assert_eq!(blocking_pairs(&market, &between), Ok(vec![]));
}

/// Gale & Shapley 1962, example 2: four of each, and a single stable assignment, in which only γ has a first or second
/// choice.
#[test]
fn the_second_example_of_gale_and_shapley() {
    let men: [&[u32]; 4] = [&[0, 1, 2, 3], &[0, 3, 2, 1], &[1, 0, 2, 3], &[3, 1, 2, 0]];
    let women: [&[u32]; 4] = [&[3, 2, 0, 1], &[1, 3, 0, 2], &[3, 0, 1, 2], &[2, 1, 0, 3]];
    let market = Market::new(4, &[1; 4], &regards(&men, &women), Ties::LowerNumber).expect("a right market");
    let only = [Some(2), Some(3), Some(0), Some(1)];
    assert_eq!(numbers(&mentee_optimal(&market)), only);
    assert_eq!(numbers(&mentor_optimal(&market)), only);
}

#[test]
fn a_lot_is_drawn_once_and_stays() {
    let everybody: Vec<Regard> = (0..50)
        .map(|mentee| Regard { mentee: MenteeId(mentee), mentor: MentorId(0), by_mentee: 0, by_mentor: 0 })
        .collect();
    let chosen = |ties| {
        let matching = mentee_optimal(&Market::new(50, &[5], &everybody, ties).expect("a right market"));
        (0..50_u32).filter(|&mentee| matching[mentee as usize].is_some()).collect::<Vec<_>>()
    };
    assert_eq!(chosen(Ties::LowerNumber), [0, 1, 2, 3, 4]);
    assert_eq!(chosen(Ties::Lot(1)), chosen(Ties::Lot(1)));
    assert_ne!(chosen(Ties::Lot(1)), chosen(Ties::Lot(2)));
}

#[test]
fn what_the_best_score_costs() {
    // Mentor 0 and mentee 0 want each other most; the sum wants them apart.
    let regard = |mentee, mentor, by_mentee, by_mentor| Regard {
        mentee: MenteeId(mentee),
        mentor: MentorId(mentor),
        by_mentee,
        by_mentor,
    };
    let regards = [regard(0, 0, 5, 5), regard(0, 1, 4, 4), regard(1, 0, 4, 4), regard(1, 1, 0, 0)];
    let market = Market::new(2, &[1, 1], &regards, Ties::LowerNumber).expect("a right market");
    let pairs = regards.iter().map(|&Regard { mentee, mentor, by_mentee, by_mentor }| Pair {
        mentee,
        mentor,
        score: by_mentee + by_mentor,
    });
    let draft = Draft {
        mentees: 2,
        mentors: vec![Seats::Alike(1), Seats::Dearer(vec![1])],
        pairs: pairs.collect(),
        unmatched_penalty: 9,
    };
    let problem = Problem::new(draft).expect("a right problem");
    let optimum = solve(&problem).expect("a proof").matching;
    let stable = mentee_optimal(&market);
    assert_eq!((numbers(&optimum), numbers(&stable)), (vec![Some(1), Some(0)], vec![Some(0), Some(1)]));
    let expected = Trade {
        blocking_pairs: 1,
        mentees_who_block: 1,
        optimum: 15,
        stable: 9,
        optimum_matched: 2,
        stable_matched: 2,
    };
    assert_eq!(trade(&problem, &market, &optimum, &stable), Ok(expected));
    assert_eq!(expected.price_of_stability(), 6);
}

#[test]
fn what_is_wrong_is_named() {
    let regard =
        |mentee, mentor| Regard { mentee: MenteeId(mentee), mentor: MentorId(mentor), by_mentee: 1, by_mentor: 1 };
    let market = |regards: &[Regard]| Market::new(2, &[1], regards, Ties::LowerNumber);
    let (mentee, mentor) = (MenteeId(0), MentorId(0));
    assert_eq!(market(&[regard(0, 0), regard(1, 0), regard(0, 0)]), Err(MarketMistake::PairTwice { mentee, mentor }));
    assert_eq!(
        market(&[regard(2, 0)]),
        Err(MarketMistake::Unknown { mentee: MenteeId(2), mentor, mentees: 2, mentors: 1 })
    );
    assert_eq!(Market::new(1, &[u32::MAX, 1], &[], Ties::LowerNumber), Err(MarketMistake::TooMany));

    let market = market(&[regard(0, 0), regard(1, 0)]).expect("a right market");
    let both = [Some(mentor), Some(mentor)];
    assert_eq!(blocking_pairs(&market, &both[..1]), Err(NoAssignment::Length { expected: 2, found: 1 }));
    assert_eq!(blocking_pairs(&market, &both), Err(NoAssignment::CapacityExceeded { mentor, load: 2, capacity: 1 }));
    let nobody = Some(MentorId(1));
    assert_eq!(
        blocking_pairs(&market, &[nobody, None]),
        Err(NoAssignment::Unacceptable { mentee, mentor: MentorId(1) })
    );
}
