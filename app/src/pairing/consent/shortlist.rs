//! Whom somebody may say that they would like: those of the other side whom the rules allow. A rule that reads what not everybody may
//! see hides nobody here: who is missing from a list would tell that somebody declared a conflict, or what only the coordinator
//! knows of them. Pure.

use std::sync::Arc;

use crate::i18n::fold;
use crate::identity::PersonId;
use crate::pairing::model::{Pool, Side};
use crate::pairing::rules::Rules;
use crate::pairing::terms::Terms;
use crate::people::model::{CompetencyLevel, PersonDraft};

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
    pub draft: Arc<PersonDraft>,
}

impl Enrolled {
    /// Takes somebody in, after whoever is there.
    pub(super) fn take(&mut self, side: Side, person: PersonId, draft: PersonDraft) {
        let (ids, drafts) = match side {
            Side::Mentee => (&mut self.mentees, &mut self.pool.mentees),
            Side::Mentor => (&mut self.mentors, &mut self.pool.mentors),
        };
        ids.push(person);
        drafts.push(draft);
    }

    fn ids(&self, side: Side) -> &[PersonId] {
        match side {
            Side::Mentee => &self.mentees,
            Side::Mentor => &self.mentors,
        }
    }

    /// Whom the rules allow somebody of this side: rows of the other side's list.
    pub(super) fn open_to(&self, rules: &Rules, side: Side, person: PersonId) -> Vec<usize> {
        let Some(own) = self.ids(side).iter().position(|id| *id == person) else { return Vec::new() };
        // How dear a pair is does not matter here, and takes long to prepare.
        let musts = Rules { preferences: Vec::new(), ..rules.clone() };
        let terms = Terms::new(&self.pool, &musts);
        let is_open = |row: &usize| {
            let (mentee, mentor) = match side {
                Side::Mentee => (own, *row),
                Side::Mentor => (*row, own),
            };
            !terms.same_person(mentee, mentor) && !terms.against(mentee, mentor).any(|rule| terms.everybody_sees(rule))
        };
        (0..self.pool.side(side.other()).len()).filter(is_open).collect()
    }
}

impl Candidate {
    /// What a list shows below the name: of a mentor what the directory says, of a mentee nothing. `reader` is the side of whoever
    /// reads the list.
    pub(super) fn about(&self, reader: Side) -> Vec<&str> {
        let PersonDraft { title, unit, place, .. } = &*self.draft;
        match reader {
            Side::Mentee => [title, unit, place].into_iter().flatten().map(String::as_str).collect(),
            Side::Mentor => Vec::new(),
        }
    }

    /// What a list shows beside it: what a mentor can teach, or a mentee wants to learn.
    pub(super) fn competencies(&self, reader: Side) -> &[CompetencyLevel] {
        match reader {
            Side::Mentee => &self.draft.held,
            Side::Mentor => &self.draft.wanted,
        }
    }

    /// Whether a search finds them: by what the list shows, for by anything else it would tell what the list does not.
    pub(super) fn is_found(&self, search: &str, reader: Side) -> bool {
        let wanted = fold(search.trim());
        if wanted.is_empty() {
            return true;
        }
        let competencies = self.competencies(reader).iter().map(|level| level.name.as_str());
        let mut shown = [self.draft.called()].into_iter().chain(self.about(reader)).chain(competencies);
        shown.any(|text| fold(text).contains(&wanted))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::pairing::model::{Attribute, Shown};
    use crate::pairing::rules::{Must, Unknown};
    use crate::pairing::testing::{person, pool, skill, with};

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
        assert_eq!(open, [1, 2]);
        assert!(people.open_to(&rules, Side::Mentee, id(9)).is_empty(), "somebody who is not enrolled");
    }

    #[test]
    fn what_only_the_coordinator_sees_hides_nobody() {
        let id = |number| PersonId(Uuid::from_u128(number));
        let band = |name: &str, band: &str| with(person(name), "band", &[band]);
        let mut people = Enrolled {
            pool: pool(vec![band("ana", "B7")], vec![band("igual", "B7"), band("otra", "B9")]),
            mentees: vec![id(1)],
            mentors: vec![id(11), id(12)],
        };
        let differ = Must::Differ { attribute: "band".to_owned(), unknown: Unknown::Allow };
        let rules = Rules { musts: vec![differ], ..Rules::default() };
        let mut open = |shown| {
            people.pool.attributes.insert("band".into(), Attribute { label: "band".to_owned(), shown });
            people.open_to(&rules, Side::Mentee, id(1))
        };
        assert_eq!(open(Shown::Everything), [1]);
        assert_eq!(open(Shown::NameOnly), [0, 1], "else she reads that the one who is missing is in her band");
        assert_eq!(open(Shown::Nothing), [0, 1]);
    }

    #[test]
    fn a_search_finds_by_nothing_but_what_the_list_shows() {
        let draft = PersonDraft {
            title: Some("Directora".to_owned()),
            unit: Some("Riesgos".to_owned()),
            place: Some("Vigo".to_owned()),
            held: vec![skill("Negociación", Some(5))],
            wanted: vec![skill("Oratoria", Some(4))],
            ..person("lucia")
        };
        let candidate = Candidate { person: PersonId(Uuid::from_u128(1)), draft: Arc::new(draft) };
        let found = |reader| {
            let words = ["lucia", "directora", "riesgos", "vigo", "negocia", "oratoria", "example.org"];
            words.into_iter().filter(|word| candidate.is_found(word, reader)).collect::<Vec<_>>()
        };
        assert_eq!(found(Side::Mentee), ["lucia", "directora", "riesgos", "vigo", "negocia"]);
        assert_eq!(found(Side::Mentor), ["lucia", "oratoria"]);
    }
}
