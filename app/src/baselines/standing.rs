//! Who is asked in an edition and who has given theirs: what coordinators see, and what other features ask for. Never a level.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::model::View;
use super::store;
use crate::db::{Db, Error};
use crate::identity::PersonId;
use crate::people::model::Side;
use crate::programmes::Edition;
use crate::programmes::orientation::enrolled_on;
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

/// The enrolled mentees of an edition, who is there to be asked about each, and what was given.
pub(super) struct Standings {
    mentees: HashSet<PersonId>,
    mentored: HashSet<PersonId>,
    managed: HashSet<PersonId>,
    done: HashMap<(PersonId, View), Timestamp>,
}

impl Standings {
    pub(super) async fn load(db: &Db, edition: &Edition) -> Result<Self, Error> {
        let mentees = enrolled_on(db, edition.id, Side::Mentee).await?.into_iter().collect();
        let mentored = mentorships::mentees_of(db, edition.id).await?.into_iter().collect();
        let managed = people::managers(db, edition.organisation).await?.into_iter().map(|line| line.person).collect();
        let done = store::done_in(db, edition.id).await?;
        let done = done.into_iter().map(|done| ((done.mentee, done.view), done.at)).collect();
        Ok(Self { mentees, mentored, managed, done })
    }

    pub(super) fn of(&self, mentee: PersonId, view: View) -> Progress {
        let is_asked = match view {
            View::Own => true,
            View::Mentor => self.mentored.contains(&mentee),
            View::Supervisor => self.managed.contains(&mentee),
        };
        match self.done.get(&(mentee, view)) {
            Some(at) => Progress::Given(*at),
            None if is_asked => Progress::Missing,
            None => Progress::NotAsked,
        }
    }

    pub(super) fn totals(&self) -> Vec<Total> {
        View::ALL
            .into_iter()
            .map(|view| {
                let states = || self.mentees.iter().map(|mentee| self.of(*mentee, view));
                let given = states().filter(|state| matches!(state, Progress::Given(_))).count();
                let due = states().filter(|state| *state != Progress::NotAsked).count();
                Total { view, given, due }
            })
            .collect()
    }
}

/// How the baselines of an edition stand, in figures.
pub async fn totals(db: &Db, edition: &Edition) -> Result<Vec<Total>, Error> {
    Ok(Standings::load(db, edition).await?.totals())
}
