//! Who is asked in an edition and who has given theirs: what coordinators see, and what other features ask for. Never a level.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::model::View;
use super::store;
use crate::app::App;
use crate::audit;
use crate::db::{Db, Error};
use crate::identity::PersonId;
use crate::people::model::Side;
use crate::programmes::Edition;
use crate::programmes::orientation::{Participant, enrolled_on};
use crate::{mentorships, people};

/// How a view of a mentee stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    Given(Timestamp),
    Missing,
    /// Nobody is there to be asked.
    NotAsked,
}

/// Of how many mentees a view was given, of how many for whom somebody is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    pub view: View,
    pub given: usize,
    pub due: usize,
}

/// The enrolled mentees of an edition, who is there to be asked about each, and of whom what was given.
struct Asked {
    mentees: Vec<PersonId>,
    mentored: HashSet<PersonId>,
    managed: HashSet<PersonId>,
    given: HashMap<View, HashSet<PersonId>>,
}

/// How the baselines of an edition stand; of some mentees, since when.
pub(super) struct Standings {
    asked: Arc<Asked>,
    since: HashMap<(PersonId, View), Timestamp>,
}

impl Asked {
    async fn of(app: &App, edition: &Edition) -> Result<Arc<Self>, Error> {
        audit::remembered(app, (edition.organisation.0, edition.id.0), Self::load(&app.db, edition)).await
    }

    async fn load(db: &Db, edition: &Edition) -> Result<Self, Error> {
        let mentees = enrolled_on(db, edition.id, Side::Mentee).await?;
        let mentored = mentorships::mentees_of(db, edition.id).await?.into_iter().collect();
        let managed = people::managers(db, edition.organisation).await?.into_iter().map(|(person, _)| person).collect();
        let given = store::mentees_given(db, edition.id).await?;
        let given = given.into_iter().map(|(view, mentees)| (view, mentees.into_iter().collect())).collect();
        Ok(Self { mentees, mentored, managed, given })
    }

    /// Whether a view of a mentee was given, or somebody is there to be asked for it.
    fn is_given(&self, mentee: PersonId, view: View) -> bool {
        self.given.get(&view).is_some_and(|given| given.contains(&mentee))
    }

    fn is_asked(&self, mentee: PersonId, view: View) -> bool {
        match view {
            View::Own => true,
            View::Mentor => self.mentored.contains(&mentee),
            View::Supervisor => self.managed.contains(&mentee),
        }
    }

    fn totals(&self) -> Vec<Total> {
        let total = |view| {
            let (mut given, mut due) = (0, 0);
            for mentee in &self.mentees {
                let is_given = self.is_given(*mentee, view);
                given += usize::from(is_given);
                due += usize::from(is_given || self.is_asked(*mentee, view));
            }
            Total { view, given, due }
        };
        View::ALL.into_iter().map(total).collect()
    }
}

impl Standings {
    /// `shown` are those of whom it is said since when.
    pub(super) async fn load(app: &App, edition: &Edition, shown: &[Participant]) -> Result<Self, Error> {
        let since = store::done_of(&app.db, edition.id, shown.iter().map(|one| one.person)).await?;
        Ok(Self {
            asked: Asked::of(app, edition).await?,
            since: since.into_iter().map(|done| ((done.mentee, done.view), done.at)).collect(),
        })
    }

    /// How a view stands of one of those who are shown.
    pub(super) fn of(&self, mentee: PersonId, view: View) -> Progress {
        match self.since.get(&(mentee, view)) {
            Some(at) => Progress::Given(*at),
            None if self.asked.is_asked(mentee, view) => Progress::Missing,
            None => Progress::NotAsked,
        }
    }

    pub(super) fn totals(&self) -> Vec<Total> {
        self.asked.totals()
    }
}

/// How the baselines of an edition stand, in figures.
pub async fn totals(app: &App, edition: &Edition) -> Result<Vec<Total>, Error> {
    Ok(Asked::of(app, edition).await?.totals())
}
