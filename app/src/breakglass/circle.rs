//! Who stands apart from a pair, as what they may open what it wrote, and with whom. Pure.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::concerns::model::is_outside;
use crate::identity::may::parts_for;
use crate::identity::{Act, Held, Part, PersonId, Scope};

/// A part counts once it has been held for so long before it is asked, and what bars somebody bars them so long after it ended: nobody
/// is made able for the occasion.
const SETTLED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// From when on a part that is to count, or a bar that is not to, is too new for what is asked at an instant.
pub fn too_new_from(asked_at: Timestamp) -> Timestamp {
    asked_at.saturating_sub(SETTLED).unwrap_or(asked_at)
}

/// A part that somebody holds, since when, and who gave it to them where that is known.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    pub person: PersonId,
    pub held: Held,
    pub since: Timestamp,
    pub given_by: Option<PersonId>,
}

/// Reporting lines: somebody, and their line manager.
#[derive(Clone, Debug, Default)]
pub struct Lines(pub Vec<(PersonId, PersonId)>);

/// What has to be known of some people and pairs of an organisation.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// All reporting lines of the organisation, and those that ended of late.
    pub lines: Arc<Lines>,
    /// Those whose diaries are kept, each with who keeps it.
    pub diaries: Vec<(PersonId, PersonId)>,
    pub holdings: Vec<Holding>,
    /// Who was a sponsor or a supervisor until lately.
    pub freed: Vec<PersonId>,
    /// A part that is held only from this instant on does not count.
    pub too_new_from: Timestamp,
}

/// A pair among them.
#[derive(Clone, Copy, Debug)]
pub struct Circle<'a> {
    pub pair: [PersonId; 2],
    pub edition: Uuid,
    pub around: &'a Around,
}

impl Circle<'_> {
    fn holdings(&self, person: PersonId) -> impl Iterator<Item = &Holding> {
        self.around.holdings.iter().filter(move |holding| holding.person == person)
    }

    /// Whether somebody has nothing to do with the two, and is neither a sponsor of anything nor anybody's line manager, nor was lately.
    pub fn stands_apart(&self, person: PersonId) -> bool {
        let Around { lines, diaries, freed, .. } = self.around;
        let is_barred = |holding: &Holding| matches!(holding.held.part, Part::Sponsor | Part::Supervisor);
        !self.holdings(person).any(is_barred)
            && !freed.contains(&person)
            && !lines.0.iter().any(|(_, manager)| *manager == person)
            && !diaries.iter().any(|(of, keeper)| self.pair.contains(of) && *keeper == person)
            && is_outside(person, self.pair, &lines.0)
    }

    /// The parts as which they might open it, those of the holdings that count.
    fn parts(&self, person: PersonId, counts: impl Fn(&Holding) -> bool) -> Vec<Part> {
        let held: Vec<Held> =
            self.holdings(person).filter(|holding| counts(holding)).map(|holding| holding.held).collect();
        parts_for(Act::BreakGlass, &held, Scope::Edition(self.edition))
    }

    /// As what somebody may open it, with somebody else.
    pub fn parts_of(&self, person: PersonId) -> Vec<Part> {
        self.parts_with(person, person)
    }

    /// As what somebody may open it with this very other one: as nothing that either of the two gave them.
    fn parts_with(&self, person: PersonId, other: PersonId) -> Vec<Part> {
        if !self.stands_apart(person) {
            return Vec::new();
        }
        let is_theirs = |by: PersonId| by == person || by == other;
        self.parts(person, |holding| {
            holding.since < self.around.too_new_from && !holding.given_by.is_some_and(is_theirs)
        })
    }

    /// As what each of two opens it, if they may together: a part that the other does not hold, not even since yesterday.
    pub fn as_two(&self, first: PersonId, second: PersonId) -> Option<(Part, Part)> {
        let apart = |person: PersonId, other: PersonId| {
            let also = self.parts(other, |_| true);
            self.parts_with(person, other).into_iter().find(|part| !also.contains(part))
        };
        Some((apart(first, second)?, apart(second, first)?)).filter(|_| first != second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn held(part: Part) -> Held {
        Held { part, scope: Scope::Organisation }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn holding((person, held): (PersonId, Held)) -> Holding {
        Holding { person, held, since: at(10), given_by: None }
    }

    #[test]
    fn two_of_different_parts_who_stand_apart() {
        let [mentee, mentor, boss, ana, luis, eva, iris] = [1, 2, 3, 4, 5, 6, 7].map(person);
        let [jon, report] = [8, 9].map(person);
        let edition = Uuid::from_u128(99);
        let there = |part| Held { part, scope: Scope::Edition(edition) };
        let elsewhere = |part| Held { part, scope: Scope::Edition(Uuid::from_u128(98)) };
        let around = |more: &[(PersonId, Held)]| Around {
            lines: Arc::new(Lines(vec![(mentee, boss), (report, jon)])),
            diaries: vec![(mentor, iris), (jon, eva)],
            holdings: [
                &[(ana, held(Part::Coordinator)), (luis, held(Part::Operator)), (boss, held(Part::Faculty))],
                more,
            ]
            .concat()
            .into_iter()
            .map(holding)
            .collect(),
            freed: Vec::new(),
            too_new_from: at(20),
        };
        let two =
            |around: &Around, first, second| Circle { pair: [mentee, mentor], edition, around }.as_two(first, second);
        let plain = around(&[
            (eva, held(Part::Coordinator)),
            (iris, held(Part::Secretary)),
            (mentor, held(Part::Faculty)),
            (jon, held(Part::Secretary)),
        ]);
        assert_eq!(two(&plain, ana, luis), Some((Part::Coordinator, Part::Operator)));
        assert!(two(&plain, eva, luis).is_some(), "who keeps the diary of somebody else");
        assert_eq!(two(&plain, ana, eva), None, "of the same part");
        for other in [ana, boss, iris, jon, mentor, mentee, person(50)] {
            assert_eq!(two(&plain, ana, other), None, "{other}");
        }
        // Whoever holds both parts is not of another one than somebody who holds one of them.
        let both = around(&[(luis, held(Part::Coordinator)), (eva, there(Part::Faculty))]);
        assert_eq!(two(&both, ana, luis), None);
        assert_eq!(two(&both, luis, ana), None);
        assert_eq!(two(&both, luis, eva), Some((Part::Operator, Part::Faculty)));
        assert_eq!(two(&around(&[(eva, elsewhere(Part::Faculty))]), ana, eva), None);
        for barred in [held(Part::Sponsor), there(Part::Sponsor), elsewhere(Part::Sponsor), held(Part::Supervisor)] {
            assert_eq!(two(&around(&[(luis, barred)]), ana, luis), None, "{barred:?}");
        }
    }

    #[test]
    fn nobody_is_made_able_for_the_occasion() {
        let [mentee, mentor, ana, luis, eva] = [1, 2, 4, 5, 6].map(person);
        let coordinator = holding((ana, held(Part::Coordinator)));
        let operator = holding((luis, held(Part::Operator)));
        let two = |holdings: &[Holding], freed: &[PersonId]| {
            let (holdings, freed) = (holdings.to_vec(), freed.to_vec());
            let around = Around { holdings, freed, too_new_from: at(20), ..Around::default() };
            let circle = Circle { pair: [mentee, mentor], edition: Uuid::nil(), around: &around };
            (circle.as_two(ana, luis).is_some(), circle.parts_of(luis).len())
        };
        assert_eq!(two(&[coordinator, operator], &[]), (true, 1));
        assert_eq!(two(&[coordinator, Holding { since: at(20), ..operator }], &[]), (false, 0), "held too short");
        let given = |by| [coordinator, Holding { given_by: Some(by), ..operator }];
        assert_eq!(two(&given(ana), &[]), (false, 1), "given by the other");
        assert_eq!(two(&given(luis), &[]), (false, 0), "given by themselves");
        assert_eq!(two(&given(eva), &[]), (true, 1));
        assert_eq!(two(&[coordinator, operator], &[luis]), (false, 0), "a sponsor until lately");
        // A part that does not count yet is no other area either.
        let fresh = Holding { since: at(30), ..holding((luis, held(Part::Coordinator))) };
        assert_eq!(two(&[coordinator, operator, fresh], &[]), (false, 1));
    }
}
