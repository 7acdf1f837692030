//! Whom somebody may say that they would like: those of the other side whom the rules allow. A rule that reads what people told in
//! confidence hides nobody here: who is missing from a list would be told that somebody declared a conflict. Pure.

use crate::i18n::fold;
use crate::identity::PersonId;
use crate::pairing::model::{Pool, Side};
use crate::pairing::rules::Rules;
use crate::pairing::terms::Terms;
use crate::people::model::PersonDraft;

/// The people of an edition with their identifiers, each list in the order of the pool's.
#[derive(Debug, Default)]
pub(super) struct Enrolled {
    pub pool: Pool,
    pub mentees: Vec<PersonId>,
    pub mentors: Vec<PersonId>,
}

/// Somebody who may be wished for.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub person: PersonId,
    pub draft: PersonDraft,
}

impl Enrolled {
    fn ids(&self, side: Side) -> &[PersonId] {
        match side {
            Side::Mentee => &self.mentees,
            Side::Mentor => &self.mentors,
        }
    }

    /// Whom the rules allow somebody of this side, in the order of the lists.
    pub(super) fn open_to(&self, rules: &Rules, side: Side, person: PersonId) -> Vec<Candidate> {
        let other = match side {
            Side::Mentee => Side::Mentor,
            Side::Mentor => Side::Mentee,
        };
        let Some(own) = self.ids(side).iter().position(|id| *id == person) else { return Vec::new() };
        let terms = Terms::new(&self.pool, rules);
        let is_open = |row: usize| {
            let (mentee, mentor) = match side {
                Side::Mentee => (own, row),
                Side::Mentor => (row, own),
            };
            !terms.same_person(mentee, mentor) && terms.against(mentee, mentor).all(|rule| terms.private(rule))
        };
        let ids = self.ids(other).iter().zip(self.pool.side(other)).enumerate();
        ids.filter(|(row, _)| is_open(*row))
            .map(|(_, (id, draft))| Candidate { person: *id, draft: draft.clone() })
            .collect()
    }
}

impl Candidate {
    /// Whether a search finds them by what a list shows of them.
    pub(super) fn is_found(&self, search: &str) -> bool {
        let wanted = fold(search.trim());
        let texts = [Some(&self.draft.name), self.draft.title.as_ref(), self.draft.unit.as_ref()];
        let competencies = self.draft.held.iter().chain(&self.draft.wanted).map(|level| &level.name);
        texts.into_iter().flatten().chain(competencies).any(|text| fold(text).contains(&wanted))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::pairing::rules::Must;
    use crate::pairing::testing::{person, pool};

    #[test]
    fn a_declared_conflict_hides_nobody_and_a_reporting_line_does() {
        let id = |number| PersonId(Uuid::from_u128(number));
        let boss = person("jefa");
        let ana = PersonDraft { manager: Some("jefa@example.org".to_owned()), ..person("ana") };
        let hostile = PersonDraft { conflicts: vec!["ana@example.org".to_owned()], ..person("otro") };
        let people = Enrolled {
            pool: pool(vec![ana], vec![boss, hostile, person("libre")]),
            mentees: vec![id(1)],
            mentors: vec![id(11), id(12), id(13)],
        };
        let rules = Rules { musts: vec![Must::ReportingLine, Must::NoConflict], ..Rules::default() };
        let open = people.open_to(&rules, Side::Mentee, id(1));
        assert_eq!(open.iter().map(|one| one.person).collect::<Vec<_>>(), [id(12), id(13)]);
        assert!(people.open_to(&rules, Side::Mentee, id(9)).is_empty(), "somebody who is not enrolled");
        assert!(open[0].is_found("OTR") && !open[0].is_found("libre"));
    }
}
