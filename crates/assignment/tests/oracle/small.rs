//! Small problems, with and without rules.

use assignment::{CategoryId, Draft, MenteeId, MentorId, Pair, Quota, Rules, Seats};
use proptest::prelude::*;

pub fn seats() -> impl Strategy<Value = Seats> {
    prop_oneof![
        (0_u32..4).prop_map(Seats::Alike),
        proptest::collection::vec(0_i64..6, 0..4).prop_map(|mut penalties| {
            penalties.sort_unstable();
            Seats::Dearer(penalties)
        }),
    ]
}

/// Up to 6 mentees and 4 mentors; few different scores make many ties, many make few.
pub fn draft() -> impl Strategy<Value = Draft> {
    let shape = (0_u32..=6, proptest::collection::vec(seats(), 0..=4), 1_i64..12, -3_i64..15);
    shape.prop_flat_map(|(mentees, mentors, spread, unmatched_penalty)| {
        let places = mentees as usize * mentors.len();
        let scores = proptest::collection::vec(proptest::option::weighted(0.7, -spread..=spread), places);
        scores.prop_map(move |scores| {
            let mentor_count = u32::try_from(mentors.len()).expect("few mentors");
            let everybody = (0..mentees).flat_map(|mentee| (0..mentor_count).map(move |mentor| (mentee, mentor)));
            let pairs = everybody.zip(scores).filter_map(|((mentee, mentor), score)| {
                Some(Pair { mentee: MenteeId(mentee), mentor: MentorId(mentor), score: score? })
            });
            Draft { mentees, mentors: mentors.clone(), pairs: pairs.collect(), unmatched_penalty }
        })
    })
}

/// For each mentee a mentor or none to be pinned to, whom not to have, and what being left out costs.
type OfMentee = (Option<u8>, Option<u8>, Option<i64>);
/// For each mentor a least load, and a quota for each of the categories.
type OfMentor = (u32, [Option<u32>; 4]);

/// Rules that name nobody who is not there; of everything some, or none. Some contradict each other.
pub fn ruled() -> impl Strategy<Value = (Draft, Rules)> {
    let of_mentee = (
        proptest::option::weighted(0.15, any::<u8>()),
        proptest::option::weighted(0.2, any::<u8>()),
        proptest::option::weighted(0.3, -5_i64..15),
    );
    let of_mentor = (
        prop_oneof![2 => Just(0_u32), 1 => 1_u32..3],
        proptest::array::uniform4(proptest::option::weighted(0.4, 0_u32..3)),
    );
    let all = (
        draft(),
        proptest::collection::vec(of_mentee, 6),
        proptest::collection::vec(of_mentor, 4),
        proptest::array::uniform4(any::<bool>()),
        1_u32..6,
    );
    all.prop_map(|(draft, mentees, mentors, [pins, own, least, quotas], cut)| {
        let rules = make_rules(&draft, &mentees, &mentors, [pins, own, least, quotas], cut);
        (draft, rules)
    })
}

fn make_rules(
    draft: &Draft,
    of: &[OfMentee],
    mentors: &[OfMentor],
    [pins, own, least, quotas]: [bool; 4],
    cut: u32,
) -> Rules {
    let mut rules = Rules::default();
    // Nested: everybody, those before the cut, those after it, the first.
    let members =
        |keep: &dyn Fn(u32) -> bool| (0..draft.mentees).filter(|&mentee| keep(mentee)).map(MenteeId).collect();
    rules.categories = vec![
        members(&|_| true),
        members(&|mentee| mentee < cut),
        members(&|mentee| mentee >= cut),
        members(&|mentee| mentee < 1),
    ];
    for (mentee, &(pin, forbidden, penalty)) in (0..draft.mentees).map(MenteeId).zip(of) {
        let row: Vec<MentorId> =
            draft.pairs.iter().filter(|pair| pair.mentee == mentee).map(|pair| pair.mentor).collect();
        let one = |choice: u8| row.get(usize::from(choice) % row.len().max(1)).copied();
        if pins {
            rules.pins.extend(pin.and_then(one).map(|mentor| (mentee, mentor)));
            rules.forbidden.extend(forbidden.and_then(one).map(|mentor| (mentee, mentor)));
        }
        if own {
            rules.unmatched_penalties.extend(penalty.map(|penalty| (mentee, penalty)));
        }
    }
    for ((mentor, seats), &(load, of_category)) in (0..).map(MentorId).zip(&draft.mentors).zip(mentors) {
        if least {
            rules.least_loads.push((mentor, load.min(u32::try_from(seats.capacity()).expect("few seats"))));
        }
        if quotas {
            let quota = |(category, most): (u32, Option<u32>)| {
                Some(Quota { mentor, category: CategoryId(category), most: most? })
            };
            rules.quotas.extend((0..).zip(of_category).filter_map(quota));
        }
    }
    rules
}
