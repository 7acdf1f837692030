//! Of whom an edition expects that they read its orientation, who has, and who has not.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::model::{Missing, Tally, parts};
use super::store;
use crate::app::App;
use crate::audit;
use crate::db::{After, Db, Error};
use crate::identity::{Part, PersonId, Sought};
use crate::people::{self, model::Side};
use crate::programmes::Edition;

/// Everybody by whom an orientation is to be read, and by whom it was.
pub(super) struct Readers {
    expected: Vec<(Part, HashSet<PersonId>)>,
    done: BTreeMap<Part, HashSet<PersonId>>,
}

impl Readers {
    pub(super) async fn of(app: &App, edition: &Edition) -> Result<Arc<Self>, Error> {
        audit::remembered(app, (edition.organisation.0, edition.id.0), Self::load(&app.db, edition)).await
    }

    async fn load(db: &Db, edition: &Edition) -> Result<Self, Error> {
        let on = |side| store::enrolled_on(db, edition.id, side);
        let mentees: HashSet<PersonId> = on(Side::Mentee).await?.into_iter().collect();
        let mentors = on(Side::Mentor).await?.into_iter().collect();
        let lines = people::managers(db, edition.organisation).await?;
        let managers = lines.into_iter().filter(|(person, _)| mentees.contains(person)).map(|(_, manager)| manager);
        let mut expected =
            vec![(Part::Mentor, mentors), (Part::Supervisor, managers.collect()), (Part::Mentee, mentees)];
        if parts(edition.track).any(|part| part == Part::Faculty) {
            let faculty = store::faculty(db, edition.organisation, edition.id).await?;
            expected.push((Part::Faculty, faculty.into_iter().collect()));
        }
        let done = store::oriented(db, edition.id).await?;
        Ok(Self {
            expected,
            done: done.into_iter().map(|(part, people)| (part, people.into_iter().collect())).collect(),
        })
    }

    fn has_read(&self, part: Part, person: PersonId) -> bool {
        self.done.get(&part).is_some_and(|done| done.contains(&person))
    }

    /// How many of each part have read theirs, of how many.
    pub(super) fn tallies(&self, edition: &Edition) -> Vec<Tally> {
        let tally = |part: Part| {
            let people = self.expected.iter().filter(|(of, _)| *of == part).flat_map(|(_, people)| people);
            let (mut done, mut all) = (0, 0);
            for person in people {
                all += 1;
                done += usize::from(self.has_read(part, *person));
            }
            Tally { part, done, all }
        };
        parts(edition.track).map(tally).collect()
    }

    /// Those whom the search finds who have still to read theirs, after a place in the order of names.
    pub(super) async fn missing(
        &self,
        db: &Db,
        edition: &Edition,
        sought: &Sought,
        after: &AfterReader,
        most: usize,
    ) -> Result<Vec<Missing>, Error> {
        // Somebody may stand in the list in each of their parts, of which a page may have shown some.
        let room = most.saturating_add(parts(edition.track).count());
        let mut missing: Vec<Missing> = Vec::new();
        for (person, part) in store::unread(db, edition, sought, &after.person, room).await? {
            missing.push(Missing { part, person: person.person, name: person.name, sort: person.sort });
        }
        let others: Vec<(Part, HashSet<PersonId>)> = self
            .expected
            .iter()
            .filter(|(part, _)| matches!(part, Part::Supervisor | Part::Faculty))
            .map(|(part, people)| {
                (*part, people.iter().copied().filter(|person| !self.has_read(*part, *person)).collect())
            })
            .collect();
        let people: HashSet<PersonId> = others.iter().flat_map(|(_, people)| people).copied().collect();
        for person in store::named(db, edition.organisation, people.into_iter(), sought, &after.person, room).await? {
            for (part, _) in others.iter().filter(|(_, people)| people.contains(&person.person)) {
                let (name, sort) = (person.name.clone(), person.sort.clone());
                missing.push(Missing { part: *part, person: person.person, name, sort });
            }
        }
        missing.retain(|one| after.is_passed(one));
        missing.sort_by(|one, other| one.place().cmp(&other.place()));
        missing.truncate(most);
        Ok(missing)
    }
}

/// Where a page begins: after somebody in one of their parts.
#[derive(Clone, Debug, Default)]
pub(super) struct AfterReader {
    person: After,
    part: Option<Part>,
}

impl AfterReader {
    /// What a former page gave, if it is one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (person, part) = text.rsplit_once('.')?;
        let person = Some(After::parse(person)).filter(After::is_somewhere)?;
        Some(Self { person, part: Some(Part::parse(part)?) })
    }

    pub(super) fn of(one: &Missing) -> String {
        format!("{}.{}", After::of(one.person.0, &one.sort), one.part.code())
    }

    fn is_passed(&self, one: &Missing) -> bool {
        self.part.is_none_or(|part| one.place() > (&self.person.sort, PersonId(self.person.id), part))
    }
}
