//! More wishes than seats: who gets one, and why. Over all sittings of an edition at once, in rounds: in each those have their turn who have had
//! fewest seats, counting what this very share-out gave them, and the optimal assignment seats as many of them as can be, where there is
//! room for all before where there is not, those first who have still to see what the sitting shows, then whoever asked first. Pure, and
//! the same each time.

use std::collections::{BTreeMap, BTreeSet};

use assignment::{Draft, MenteeId, MentorId, Pair, Problem, Seats, solve};
use jiff::Timestamp;

use super::model::{Reason, SeatId, ShareReason, SittingId};
use crate::identity::PersonId;

/// Somebody's wish for a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    pub seat: SeatId,
    pub sitting: SittingId,
    pub observer: PersonId,
    pub asked_at: Timestamp,
    /// Seats that they have had, or have been given.
    pub had: i64,
    /// Whether the sitting shows a competency that they have still to see.
    pub still: bool,
}

/// What became of a wish, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub seat: SeatId,
    pub is_given: bool,
    pub reason: Reason,
}

/// Shares out the free places of sittings; the answer is in the order of the wishes.
pub fn share(wishes: &[Wish], places: &[(SittingId, i64)]) -> anyhow::Result<Vec<Share>> {
    let mut free: BTreeMap<SittingId, i64> = places.iter().copied().collect();
    let mut had: BTreeMap<PersonId, i64> = wishes.iter().map(|wish| (wish.observer, wish.had)).collect();
    let mut outcome = Outcome::of(wishes);
    loop {
        let is_open = |wish: &Wish| free.get(&wish.sitting).is_some_and(|places| *places > 0);
        let open: Vec<&Wish> =
            wishes.iter().filter(|wish| !outcome.given.contains(&wish.seat) && is_open(wish)).collect();
        // Whoever has had fewest so far comes before everybody else, also for a second seat.
        let count = |wish: &Wish| had.get(&wish.observer).copied().unwrap_or(0);
        let Some(fewest) = open.iter().map(|wish| count(wish)).min() else { break };
        let turn: Vec<&Wish> = open.iter().copied().filter(|wish| count(wish) == fewest).collect();
        let counted: Vec<(SeatId, i64)> = open.iter().map(|wish| (wish.seat, count(wish))).collect();
        outcome.counted.extend(counted);
        let round = seated(&turn, &free, &roomy(&open, &free))?;
        anyhow::ensure!(!round.is_empty(), "a place is free that nobody takes who wishes for it");
        for wish in round {
            outcome.give(wish);
            *free.entry(wish.sitting).or_default() -= 1;
            *had.entry(wish.observer).or_default() += 1;
        }
    }
    let places: BTreeMap<SittingId, i64> = places.iter().copied().collect();
    let told = |wish: &Wish| {
        let reason = Reason {
            code: outcome.why(wish),
            had: outcome.counted(wish),
            still: wish.still,
            wishes: i64::try_from(outcome.at(wish.sitting).len()).unwrap_or(i64::MAX),
            places: places.get(&wish.sitting).copied().unwrap_or(0),
        };
        Share { seat: wish.seat, is_given: outcome.given.contains(&wish.seat), reason }
    };
    Ok(wishes.iter().map(told).collect())
}

/// The sittings with a free place for everybody who wishes for one: who takes it there is in nobody's way.
fn roomy(open: &[&Wish], free: &BTreeMap<SittingId, i64>) -> BTreeSet<SittingId> {
    let mut wishes: BTreeMap<SittingId, i64> = BTreeMap::new();
    for wish in open {
        *wishes.entry(wish.sitting).or_default() += 1;
    }
    let has_room = |(sitting, wishes): &(SittingId, i64)| free.get(sitting).is_some_and(|places| places >= wishes);
    wishes.into_iter().filter(has_room).map(|(sitting, _)| sitting).collect()
}

/// Who gets a seat in one round, of people who have had as many as each other. Each wish is for a sitting with a free place.
fn seated<'a>(
    wishes: &[&'a Wish],
    free: &BTreeMap<SittingId, i64>,
    roomy: &BTreeSet<SittingId>,
) -> anyhow::Result<Vec<&'a Wish>> {
    let open: Vec<SittingId> = wishes.iter().map(|wish| wish.sitting).collect::<BTreeSet<_>>().into_iter().collect();
    let people: Vec<PersonId> = wishes.iter().map(|wish| wish.observer).collect::<BTreeSet<_>>().into_iter().collect();
    let worth = Worth::of(wishes);
    let mut pairs = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let mentee = MenteeId(u32::try_from(people.partition_point(|person| *person < wish.observer))?);
        let mentor = MentorId(u32::try_from(open.partition_point(|sitting| *sitting < wish.sitting))?);
        pairs.push(Pair { mentee, mentor, score: worth.score(wish, roomy.contains(&wish.sitting)) });
    }
    let seats = |sitting: &SittingId| Seats::Alike(u32::try_from(free.get(sitting).copied().unwrap_or(0)).unwrap_or(0));
    let mut draft = Draft {
        mentees: u32::try_from(people.len())?,
        mentors: open.iter().map(seats).collect(),
        pairs,
        unmatched_penalty: 0,
    };
    draft.unmatched_penalty =
        draft.penalty_that_covers_first().ok_or_else(|| anyhow::anyhow!("too many wishes to share out at once"))?;
    let solution = solve(&Problem::new(draft)?)?;
    let is_seated = |wish: &&&Wish| {
        let mentee = people.partition_point(|person| *person < wish.observer);
        let seated = solution.matching.get(mentee).copied().flatten();
        seated.and_then(|mentor| open.get(mentor.index())).is_some_and(|open| *open == wish.sitting)
    };
    Ok(wishes.iter().filter(is_seated).copied().collect())
}

/// What a wish is worth in points: no number of lesser reasons weighs as much as one of a greater.
struct Worth {
    room: i64,
    still: i64,
    /// The place of each wish in the order of asking.
    order: BTreeMap<SeatId, i64>,
}

impl Worth {
    fn of(wishes: &[&Wish]) -> Self {
        let count = i64::try_from(wishes.len()).unwrap_or(i64::MAX);
        let mut by_time: Vec<&&Wish> = wishes.iter().collect();
        by_time.sort_by_key(|wish| (wish.asked_at, wish.seat));
        let order = (0..count).zip(by_time).map(|(place, wish)| (wish.seat, place)).collect();
        let still = count * count + 1;
        Self { room: count * (still + count) + 1, still, order }
    }

    fn score(&self, wish: &Wish, has_room: bool) -> i64 {
        let later = self.order.get(&wish.seat).copied().unwrap_or(0);
        let first = i64::try_from(self.order.len()).unwrap_or(i64::MAX) - later;
        i64::from(has_room) * self.room + i64::from(wish.still) * self.still + first
    }
}

/// What was given, so that the reason of each wish is found without asking all the others.
struct Outcome<'a> {
    given: BTreeSet<SeatId>,
    by_sitting: BTreeMap<SittingId, Vec<&'a Wish>>,
    /// How many seats each of them was given.
    count: BTreeMap<PersonId, usize>,
    /// How many seats whoever wished had had, with those of this share-out, when they last had a chance of this one.
    counted: BTreeMap<SeatId, i64>,
}

impl<'a> Outcome<'a> {
    fn of(wishes: &'a [Wish]) -> Self {
        let mut by_sitting: BTreeMap<SittingId, Vec<&Wish>> = BTreeMap::new();
        for wish in wishes {
            by_sitting.entry(wish.sitting).or_default().push(wish);
        }
        Self { given: BTreeSet::new(), by_sitting, count: BTreeMap::new(), counted: BTreeMap::new() }
    }

    fn give(&mut self, wish: &Wish) {
        self.given.insert(wish.seat);
        *self.count.entry(wish.observer).or_default() += 1;
    }

    /// The wishes for a sitting.
    fn at(&self, sitting: SittingId) -> &[&'a Wish] {
        self.by_sitting.get(&sitting).map_or(&[], Vec::as_slice)
    }

    fn counted(&self, wish: &Wish) -> i64 {
        self.counted.get(&wish.seat).copied().unwrap_or(wish.had)
    }

    fn has_elsewhere(&self, wish: &Wish) -> bool {
        let all = self.count.get(&wish.observer).copied().unwrap_or(0);
        all > usize::from(self.given.contains(&wish.seat))
    }

    fn why(&self, wish: &Wish) -> ShareReason {
        let is_given = self.given.contains(&wish.seat);
        let own = self.counted(wish);
        // Whoever got a seat elsewhere at the same turn stood in nobody's way.
        let stood_aside = |other: &Wish| self.counted(other) <= own && self.has_elsewhere(other);
        // Those who fared otherwise at the same sitting.
        let contrary = self
            .at(wish.sitting)
            .iter()
            .copied()
            .filter(|other| self.given.contains(&other.seat) != is_given && (!is_given || !stood_aside(other)));
        let contrary: Vec<&Wish> = contrary.collect();
        if contrary.is_empty() {
            return if is_given { ShareReason::Enough } else { ShareReason::Full };
        }
        let equals: Vec<&Wish> = contrary.into_iter().filter(|other| self.counted(other) == own).collect();
        if equals.is_empty() {
            return ShareReason::Fewest;
        }
        if !is_given && self.has_elsewhere(wish) {
            return ShareReason::Elsewhere;
        }
        if wish.still == is_given && equals.iter().all(|other| other.still != wish.still) {
            return ShareReason::Competency;
        }
        ShareReason::Earlier
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn wish(seat: u128, sitting: u128, observer: u128, had: i64, still: bool) -> Wish {
        Wish {
            seat: SeatId(Uuid::from_u128(seat)),
            sitting: SittingId(Uuid::from_u128(sitting)),
            observer: PersonId(Uuid::from_u128(observer)),
            asked_at: Timestamp::UNIX_EPOCH + SignedDuration::from_secs(i64::try_from(seat).unwrap()),
            had,
            still,
        }
    }

    fn sitting(number: u128) -> SittingId {
        SittingId(Uuid::from_u128(number))
    }

    fn told(wishes: &[Wish], places: &[(SittingId, i64)]) -> Vec<(bool, ShareReason)> {
        share(wishes, places).unwrap().iter().map(|share| (share.is_given, share.reason.code)).collect()
    }

    #[test]
    fn where_there_is_room_everybody_gets_a_seat() {
        let wishes = [wish(1, 1, 1, 0, false), wish(2, 1, 2, 4, false)];
        assert_eq!(told(&wishes, &[(sitting(1), 2)]), [(true, ShareReason::Enough); 2]);
    }

    #[test]
    fn those_who_have_had_fewest_come_first_then_what_is_still_to_be_seen_then_time() {
        let places = [(sitting(1), 1)];
        let fewest = [wish(1, 1, 1, 2, true), wish(2, 1, 2, 1, false)];
        assert_eq!(told(&fewest, &places), [(false, ShareReason::Fewest), (true, ShareReason::Fewest)]);
        let competency = [wish(1, 1, 1, 1, false), wish(2, 1, 2, 1, true)];
        assert_eq!(told(&competency, &places), [(false, ShareReason::Competency), (true, ShareReason::Competency)]);
        let time = [wish(1, 1, 1, 1, true), wish(2, 1, 2, 1, true)];
        assert_eq!(told(&time, &places), [(true, ShareReason::Earlier), (false, ShareReason::Earlier)]);
        assert_eq!(share(&time, &places).unwrap()[1].reason.places, 1);
    }

    #[test]
    fn nobody_gets_two_while_somebody_has_none() {
        // The first asked for both, the second for one of them only.
        let wishes = [wish(1, 1, 1, 0, true), wish(2, 2, 1, 0, true), wish(3, 1, 2, 0, false)];
        let places = [(sitting(1), 1), (sitting(2), 1)];
        let told = told(&wishes, &places);
        assert_eq!(told, [(false, ShareReason::Elsewhere), (true, ShareReason::Enough), (true, ShareReason::Enough)]);
        // With a place more, the seat that is left goes to whoever asked twice.
        let all = share(&wishes, &[(sitting(1), 2), (sitting(2), 1)]).unwrap();
        assert!(all.iter().all(|share| share.is_given));
    }

    #[test]
    fn whoever_has_had_fewest_comes_first_also_for_a_second_seat() {
        // Two seats are free at the second sitting, for which the newcomer alone asks; both ask for the only one at the first.
        let wishes = [wish(1, 1, 1, 4, true), wish(2, 1, 2, 0, true), wish(3, 2, 2, 0, true)];
        let told = told(&wishes, &[(sitting(1), 1), (sitting(2), 2)]);
        assert_eq!(told, [(false, ShareReason::Fewest), (true, ShareReason::Fewest), (true, ShareReason::Enough)]);
        // What this share-out gave counts: of two who have had as many, the one who got none elsewhere comes first.
        let wishes = [wish(1, 1, 1, 1, true), wish(2, 1, 2, 0, true), wish(3, 2, 2, 0, true), wish(4, 1, 3, 1, true)];
        let shares = share(&wishes, &[(sitting(1), 1), (sitting(2), 1)]).unwrap();
        let told: Vec<(bool, ShareReason)> = shares.iter().map(|share| (share.is_given, share.reason.code)).collect();
        let expected = [
            (true, ShareReason::Earlier),
            (false, ShareReason::Elsewhere),
            (true, ShareReason::Enough),
            (false, ShareReason::Earlier),
        ];
        assert_eq!(told, expected);
        assert!(shares.iter().all(|share| share.reason.had == i64::from(share.seat.0.as_u128() != 3)));
    }

    #[test]
    fn the_reasons_of_one_sitting_agree_with_each_other() {
        let wishes: Vec<Wish> = (0..60_u128)
            .map(|number| {
                let had = i64::try_from(number / 2 % 4).unwrap();
                wish(number + 1, number % 7, 100 + number / 2, had, number % 3 == 0)
            })
            .collect();
        let places: Vec<(SittingId, i64)> = (0..7).map(|number| (sitting(number), 3)).collect();
        let shares = share(&wishes, &places).unwrap();
        for (wish, share) in wishes.iter().zip(&shares) {
            let of_it: Vec<&Share> = wishes
                .iter()
                .zip(&shares)
                .filter(|(other, _)| other.sitting == wish.sitting)
                .map(|(_, share)| share)
                .collect();
            let most_given = of_it.iter().filter(|one| one.is_given).map(|one| one.reason.had).max().unwrap_or(0);
            if !share.is_given {
                assert!(most_given <= share.reason.had, "nobody was given one who had had more");
            }
            if share.reason.code == ShareReason::Fewest && share.is_given {
                assert!(of_it.iter().any(|one| !one.is_given && one.reason.had > share.reason.had));
            }
        }
    }

    #[test]
    fn a_thousand_wishes_are_shared_out_the_same_each_time() {
        let wishes: Vec<Wish> = (0..1000)
            .map(|number| {
                let had = i64::try_from(number * 7 % 5).unwrap();
                wish(number + 1, number * 13 % 40, number * 31 % 600, had, number % 3 == 0)
            })
            .collect();
        // One wish of one person for one sitting.
        let mut known = BTreeSet::new();
        let mut wishes = wishes;
        for wish in &mut wishes {
            wish.had = i64::from(wish.observer.0.as_u128() % 5 == 0) * 2;
            if !known.insert((wish.observer, wish.sitting)) {
                wish.observer = PersonId(Uuid::from_u128(10_000 + wish.seat.0.as_u128()));
            }
        }
        let places: Vec<(SittingId, i64)> = (0..40).map(|number| (sitting(number), 5)).collect();
        let once = share(&wishes, &places).unwrap();
        let again = share(&wishes, &places).unwrap();
        assert_eq!(once, again);
        assert_eq!(once.iter().filter(|share| share.is_given).count(), 200);
    }

    proptest! {
        /// No place is given twice, none stays free while somebody waits for it, and whoever got none had no fewer seats than anybody
        /// who got one there in their stead.
        #[test]
        fn what_is_shared_out_is_fair(
            raw in prop::collection::btree_map((0_u128..12, 0_u128..4), (0_i64..4, any::<bool>()), 1..30),
            rooms in prop::collection::vec(0_i64..4, 4),
        ) {
            let had: BTreeMap<u128, i64> = raw.iter().map(|((person, _), (had, _))| (*person, *had)).collect();
            let wishes: Vec<Wish> = (1_u128..)
                .zip(&raw)
                .map(|(seat, ((person, at), (_, still)))| wish(seat, *at, *person + 1, had[person], *still))
                .collect();
            let places: Vec<(SittingId, i64)> =
                (0_u128..).zip(&rooms).map(|(number, places)| (sitting(number), *places)).collect();
            let shares = share(&wishes, &places).unwrap();
            let is_given = |seat: SeatId| shares.iter().any(|share| share.seat == seat && share.is_given);
            for (at, places) in &places {
                let (given, waiting): (Vec<&Wish>, Vec<&Wish>) =
                    wishes.iter().filter(|wish| wish.sitting == *at).partition(|wish| is_given(wish.seat));
                let taken = i64::try_from(given.len()).unwrap();
                prop_assert!(taken <= *places);
                prop_assert!(taken == *places || waiting.is_empty());
                for out in waiting {
                    let has_any = wishes.iter().any(|wish| wish.observer == out.observer && is_given(wish.seat));
                    let worst = given.iter().map(|wish| wish.had).max().unwrap_or(0);
                    prop_assert!(has_any || worst <= out.had);
                }
            }
        }
    }
}
