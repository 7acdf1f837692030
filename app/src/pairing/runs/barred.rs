//! What a proof says of pairs that are not allowed for a reason that was told in confidence; pure. A dash there would tell whoever
//! knows the rules who declared a conflict with whom. So such a pair stands in the proof with a score like any: its own, as far as
//! no pairing would be better with it. An optimum among more pairs, each with a score that changes nothing, is an optimum among
//! those that are allowed, so that the file proves no less than it did (docs/decisions/0017).

use assignment::{FORBIDDEN, MenteeId};

use super::offers::{last_cost, offers};
use crate::pairing::model::{Outcome, Pool};
use crate::pairing::rules::Rules;
use crate::pairing::terms::Terms;

/// A pair that is not allowed and bears a score in the proof, by the numbers of the problem that was solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Barred {
    pub mentee: u32,
    pub mentor: u32,
    pub score: i32,
}

/// Those pairs, in the order of the table, and behind the mentors who are offered to the mentee instead, as far as a score can say
/// that: then the list of those is as the proof has it. A pair against which another rule stands as well has its dash for that one's sake; and one
/// whose absence left somebody without a mentor keeps it: there the result itself says that something stands in the way.
pub fn barred(pool: &Pool, rules: &Rules, outcome: &Outcome) -> Vec<Barred> {
    let terms = Terms::new(pool, rules);
    let (table, prices) = (&outcome.problem.table, &outcome.solution.prices);
    let most = table.pairs().map(|pair| pair.score).max();
    let Some(most) = most.filter(|_| terms.holds_private()) else { return Vec::new() };
    let mut barred = Vec::new();
    for ((mentee, row), price) in (0..).zip(&outcome.problem.rows).zip(&prices.mentees) {
        let id = MenteeId(mentee);
        let forbidden =
            (0_u32..).zip(table.row(id)).filter(|(_, score)| **score == FORBIDDEN).map(|(mentor, _)| mentor);
        let mut apart = forbidden.filter(|mentor| terms.is_apart_in_confidence(*row, *mentor as usize)).peekable();
        if apart.peek().is_none() {
            continue;
        }
        let last_cost = last_cost(&offers(table, outcome.solution.matching[mentee as usize], prices, id));
        for mentor in apart {
            let changes_nothing = price + prices.mentors[mentor as usize];
            let score = terms.score(*row, mentor as usize).min(changes_nothing).min(most);
            if score >= 0 {
                // Behind those who are offered, where a score can say that: who misses it there would know.
                let behind = last_cost.map(|cost| changes_nothing - cost - 1).filter(|score| *score >= 0);
                let score = score.min(behind.unwrap_or(score));
                barred.push(Barred { mentee, mentor, score: i32::try_from(score).unwrap_or(i32::MAX) });
            }
        }
    }
    barred
}

/// The places of those pairs as they are kept beside the proof.
pub fn pack(barred: &[Barred]) -> Vec<u8> {
    barred.iter().flat_map(|pair| [pair.mentee, pair.mentor]).flat_map(u32::to_le_bytes).collect()
}

/// Which pairs of a proof are not allowed although they bear a score: mentee and mentor.
pub fn unpack(bytes: &[u8]) -> impl Iterator<Item = (u32, u32)> + '_ {
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0_u32, |number, byte| (number << 8) | u32::from(*byte));
    bytes.chunks_exact(8).map(move |pair| (number(&pair[..4]), number(&pair[4..])))
}

#[cfg(test)]
mod tests {
    use assignment::MentorId;

    use super::*;
    use crate::pairing::rules::{Must, Unknown, Wish};
    use crate::pairing::run;
    use crate::pairing::runs::proof;
    use crate::pairing::testing::{pool, prefer, skill, speaking};
    use crate::people::model::PersonDraft;

    fn wants(name: &str, language: &str, wanted: &str, conflicts: &[&str]) -> PersonDraft {
        let conflicts = conflicts.iter().map(|name| format!("{name}@example.org")).collect();
        PersonDraft { wanted: vec![skill(wanted, None)], conflicts, ..speaking(name, &[language]) }
    }

    fn holds(name: &str, language: &str, held: &str) -> PersonDraft {
        PersonDraft { held: vec![skill(held, None)], ..speaking(name, &[language]) }
    }

    fn rules() -> Rules {
        let musts = vec![Must::NoConflict, Must::SharedLanguage { unknown: Unknown::Forbid }];
        Rules { musts, ..prefer(Wish::Competencies, 100) }
    }

    /// The scores of a mentee as the file has them.
    fn scores(mentees: Vec<PersonDraft>, mentors: Vec<PersonDraft>, mentee: usize) -> (Vec<String>, Vec<Barred>) {
        let people = pool(mentees, mentors);
        let outcome = run(&people, &rules()).unwrap();
        let barred = barred(&people, &rules(), &outcome);
        let (file, _) = proof::write(&outcome.problem, &[], &outcome.solution, &barred).unwrap();
        let checked = proof::check(&file).unwrap();
        assert_eq!(checked.matching, outcome.solution.matching, "the file proves the pairs that were found");
        let text = String::from_utf8(file).unwrap();
        let line = text.lines().find(|line| line.starts_with(&format!("mentee {mentee} "))).unwrap();
        (line.split(' ').skip(4).map(str::to_owned).collect(), barred)
    }

    #[test]
    fn a_declared_conflict_leaves_no_dash() {
        let mentors = || vec![holds("zoe", "es", "a"), holds("max", "es", "b"), holds("kim", "de", "a")];
        let mentees = |conflicts: &[&str]| vec![wants("ana", "es", "b", conflicts), wants("ben", "es", "a", &[])];
        let (plain, none) = scores(mentees(&[]), mentors(), 0);
        let (scored, barred) = scores(mentees(&["zoe"]), mentors(), 0);
        assert_eq!(
            (plain.clone(), none.len(), barred.len()),
            (scored, 0, 1),
            "it reads as if nobody had said anything"
        );
        assert_eq!(plain[2], "-", "what an open rule forbids has its dash");
        // What another rule forbids as well has its dash for that one's sake.
        let (scored, barred) = scores(mentees(&["kim"]), mentors(), 0);
        assert_eq!((scored[2].as_str(), barred.len()), ("-", 0));
    }

    #[test]
    fn one_that_would_have_been_better_bears_what_changes_nothing() {
        // Without the conflict Ana would be Zoe's, with a hundred points more.
        let mentors = vec![holds("zoe", "es", "a"), holds("max", "es", "b")];
        let (scored, barred) = scores(vec![wants("ana", "es", "a", &["zoe"])], mentors, 0);
        assert_eq!((scored, barred.len()), (vec!["0".to_owned(), "0".to_owned()], 1));
    }

    /// Whoever compares the file with the mentors who are offered instead finds the same.
    #[test]
    fn one_as_good_as_those_who_are_offered_comes_behind_them() {
        let alike = ["ada", "eli", "ira", "kai", "lou", "oda"].map(|name| holds(name, "es", "a"));
        let mentors: Vec<PersonDraft> = alike.into_iter().chain([holds("zoe", "es", "a")]).collect();
        let people = pool(vec![wants("ana", "es", "a", &["ira"])], mentors);
        let outcome = run(&people, &rules()).unwrap();
        let barred = barred(&people, &rules(), &outcome);
        let (file, _) = proof::write(&outcome.problem, &[], &outcome.solution, &barred).unwrap();
        let checked = proof::check(&file).unwrap();
        let by = |table| offers(table, checked.matching[0], &checked.prices, MenteeId(0));
        assert_eq!(checked.table.score(MenteeId(0), MentorId(2)), Some(99), "a point less than the others");
        assert_eq!(by(&checked.table), by(&outcome.problem.table));
    }

    #[test]
    fn one_that_costs_somebody_their_seat_says_no_more_than_the_result() {
        let (scored, barred) = scores(
            vec![wants("ana", "es", "a", &["zoe"]), wants("ben", "fr", "a", &[])],
            vec![holds("zoe", "es", "a"), holds("max", "fr", "b")],
            0,
        );
        assert_eq!((scored, barred.len()), (vec!["-".to_owned(), "-".to_owned()], 0));
    }

    #[test]
    fn their_places_come_back_as_they_went() {
        let barred = [(0, 7), (70_000, 2), (u32::MAX, 0)].map(|(mentee, mentor)| Barred { mentee, mentor, score: 1 });
        let places: Vec<(u32, u32)> = unpack(&pack(&barred)).collect();
        assert_eq!(places, barred.map(|pair| (pair.mentee, pair.mentor)));
    }
}
