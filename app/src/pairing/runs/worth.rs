//! Where one more seat would help most, from the prices of the proof; pure. A mentor's price is exactly what one more seat there
//! would add if it cost nothing (Shapley & Shubik, *The assignment game I*, 1971): a person more with a mentor, which outweighs all
//! points, or points. Where load costs points, the further seat costs what comes next there.

use std::collections::BTreeMap;

use super::model::{FurtherSeat, FurtherSeats};
use crate::i18n::{fold, sort_key};
use crate::pairing::model::{MentorLoad, Outcome, Pool};
use crate::pairing::rules::Balance;

/// How many are named.
const NAMED: usize = 5;

/// What one more seat would bring with a mentor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worth {
    pub covers: bool,
    pub points: i64,
}

/// For each mentor. Whether a further seat gives somebody a mentor who has none is looked up, not guessed from the price: it does
/// where moves along allowed pairs lead from somebody left out to that mentor. Prices hold the points of reserved criteria too: where
/// such count, no points are told.
pub fn worths(outcome: &Outcome, balance: Option<&Balance>, is_shown: bool) -> Vec<Worth> {
    let covers = within_reach_of_those_left_out(outcome);
    let penalty = outcome.problem.table.unmatched_penalty();
    let added = |load: &MentorLoad, price: i64| match balance {
        // While a seat is free, one more adds nothing.
        _ if load.load < load.capacity => 0,
        Some(balance) => (price - balance.penalty(load.load as usize)).max(0),
        None => price,
    };
    let points = |price: i64, covers: bool| if covers { price - penalty } else { price };
    let worth = |((price, load), covers): ((&i64, &MentorLoad), bool)| {
        let points = points(added(load, *price), covers);
        Worth { covers, points: if is_shown { points } else { 0 } }
    };
    outcome.solution.prices.mentors.iter().zip(&outcome.mentors).zip(covers).map(worth).collect()
}

fn within_reach_of_those_left_out(outcome: &Outcome) -> Vec<bool> {
    let (table, matching) = (&outcome.problem.table, &outcome.solution.matching);
    let mut seated: Vec<Vec<usize>> = vec![Vec::new(); table.mentors().len()];
    let mut waiting = Vec::new();
    for (mentee, mentor) in matching.iter().enumerate() {
        match mentor {
            Some(mentor) => seated[mentor.index()].push(mentee),
            None => waiting.push(mentee),
        }
    }
    let mut reached = vec![false; seated.len()];
    while let Some(mentee) = waiting.pop() {
        let mentee = assignment::MenteeId(u32::try_from(mentee).unwrap_or(u32::MAX));
        for pair in table.pairs_of(mentee) {
            let mentor = pair.mentor.index();
            if !reached[mentor] {
                reached[mentor] = true;
                waiting.append(&mut seated[mentor]);
            }
        }
    }
    reached
}

/// The mentors and the competencies with whom a further seat would help most.
pub fn further_seats(pool: &Pool, worths: &[Worth]) -> FurtherSeats {
    let of_mentor = |(row, worth): (usize, &Worth)| {
        let (name, covers) = (pool.mentor(row), usize::from(worth.covers));
        (pool.mentors[row].called(), FurtherSeat { name, mentors: 1, covers, points: worth.points })
    };
    let mentors = worths.iter().enumerate().map(of_mentor).collect();
    let mut sums: BTreeMap<String, (&str, FurtherSeat)> = BTreeMap::new();
    for (person, worth) in pool.mentors.iter().zip(worths) {
        let mut seen = std::collections::BTreeSet::new();
        for skill in person.held.iter().filter(|skill| seen.insert(fold(&skill.name))) {
            let nothing = FurtherSeat { name: skill.name.as_str().into(), mentors: 0, covers: 0, points: 0 };
            let (_, sum) = sums.entry(fold(&skill.name)).or_insert((&skill.name, nothing));
            sum.mentors += 1;
            sum.covers += usize::from(worth.covers);
            sum.points += worth.points;
        }
    }
    let average = |(called, mut seat): (_, FurtherSeat)| {
        seat.points /= i64::try_from(seat.mentors).unwrap_or(1).max(1);
        (called, seat)
    };
    FurtherSeats { mentors: most(mentors), competencies: most(sums.into_values().map(average).collect()) }
}

/// Those with whom it covers somebody most often come first, then those with most points.
fn most(mut seats: Vec<(&str, FurtherSeat)>) -> Vec<FurtherSeat> {
    seats.retain(|(_, seat)| seat.covers > 0 || seat.points > 0);
    // Shares are compared without dividing: a/b against c/d as a·d against c·b.
    seats.sort_by(|(called, one), (called_other, other)| {
        let (mine, theirs) = (one.covers * other.mentors, other.covers * one.mentors);
        theirs
            .cmp(&mine)
            .then(other.points.cmp(&one.points))
            .then_with(|| sort_key(called).cmp(&sort_key(called_other)))
    });
    seats.truncate(NAMED);
    seats.into_iter().map(|(_, seat)| seat).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::pairing::rules::{Must, Rules, Unknown, Wish};
    use crate::pairing::run;
    use crate::pairing::testing::{person, pool, prefer, skill, speaking};
    use crate::people::model::PersonDraft;

    #[test]
    fn a_further_seat_covers_or_adds_points() {
        let holds = |name: &str, language: &str, skills: &[&str]| PersonDraft {
            held: skills.iter().map(|name| skill(name, None)).collect(),
            ..speaking(name, &[language])
        };
        let wants = |name: &str, language: &str, wanted: &str| PersonDraft {
            wanted: vec![skill(wanted, None)],
            ..speaking(name, &[language])
        };
        // Two who speak French and one seat; two who speak Spanish, one of whom has to do with the mentor who does not hold it.
        let people = pool(
            vec![wants("ana", "fr", "a"), wants("ben", "fr", "a"), wants("eva", "es", "b"), wants("leo", "es", "b")],
            vec![holds("zoe", "fr", &["a"]), holds("max", "es", &["b"]), holds("kim", "es", &["c"])],
        );
        let rules =
            Rules { musts: vec![Must::SharedLanguage { unknown: Unknown::Forbid }], ..prefer(Wish::Competencies, 100) };
        let outcome = run(&people, &rules).unwrap();
        assert!(
            worths(&outcome, None, false).iter().all(|worth| worth.points == 0),
            "what may not be shown is not told"
        );
        let worths = worths(&outcome, None, true);
        let told: Vec<(bool, i64)> = worths.iter().map(|worth| (worth.covers, worth.points)).collect();
        assert_eq!(told, [(true, 100), (false, 100), (false, 0)]);
        let seats = further_seats(&people, &worths);
        let names = |seats: &[FurtherSeat]| seats.iter().map(|seat| seat.name.tell(Lang::En)).collect::<Vec<_>>();
        assert_eq!(
            (names(&seats.mentors), names(&seats.competencies)),
            (vec!["zoe".into(), "max".into()], vec!["a".into(), "b".into()])
        );
    }

    /// What a further seat adds is looked up by running again with it.
    #[test]
    fn where_load_costs_points_a_further_seat_costs_them_too() {
        let likes = |name: &str, skills: &[&str]| PersonDraft {
            wanted: skills.iter().map(|name| skill(name, None)).collect(),
            ..person(name)
        };
        let holds = |name: &str, capacity: u32, skills: &[&str]| PersonDraft {
            held: skills.iter().map(|name| skill(name, None)).collect(),
            capacity: Some(capacity),
            ..person(name)
        };
        let mentees = vec![likes("ana", &["a"]), likes("ben", &["a"]), likes("eva", &["a"]), likes("leo", &["b"])];
        let seats = [[3, 2, 1], [2, 1, 1], [1, 3, 0], [1, 1, 1], [4, 1, 1]];
        for (seats, steps) in
            seats.into_iter().flat_map(|seats| [vec![0, 25], vec![0, 10, 60], vec![5]].map(|steps| (seats, steps)))
        {
            let mentors =
                vec![holds("zoe", seats[0], &["a"]), holds("max", seats[1], &["b"]), holds("kim", seats[2], &["c"])];
            let people = pool(mentees.clone(), mentors);
            let rules = Rules { balance: Balance::new(steps.clone()), ..prefer(Wish::Competencies, 100) };
            let outcome = run(&people, &rules).unwrap();
            let worth_of = |outcome: &Outcome| -> (usize, i64) {
                (outcome.pairs.len(), outcome.pairs.iter().map(|pair| pair.score).sum())
            };
            let (covered, points) = worth_of(&outcome);
            for (mentor, worth) in worths(&outcome, rules.balance.as_ref(), true).into_iter().enumerate() {
                let mut more = people.clone();
                more.mentors[mentor].capacity = Some(seats[mentor] + 1);
                let (covered_then, points_then) = worth_of(&run(&more, &rules).unwrap());
                let added = (covered_then > covered, points_then - points);
                assert_eq!(
                    (worth.covers, worth.points),
                    added,
                    "{} of {seats:?}, {steps:?}",
                    people.mentors[mentor].name
                );
            }
        }
    }
}
