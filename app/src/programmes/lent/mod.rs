//! What a line manager sees of the editions in which their reports take part: who, since when and how long, and never what is
//! said there.

mod api;
mod pages;

use crate::app::App;
use crate::db::After;
use crate::identity::{Act, PersonId, Record, Viewer};
use crate::people::{self, Report};
use crate::problems::{Failure, Refusal};
use crate::programmes::enrolments::store::{self, Place};
use crate::programmes::model::{Enrolment, Standing};
use crate::web::Door;

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), api::doors()].concat()
}

/// Somebody's reports, and where each of them stands.
struct Lent {
    reports: Vec<Report>,
    places: Vec<(Enrolment, Place)>,
}

impl Lent {
    async fn load(app: &App, viewer: &Viewer, search: &str, after: &After, limit: usize) -> Result<Self, Failure> {
        if !viewer.may(Act::ReadLent, &Record::of_organisation(viewer.organisation)) {
            return Err(Refusal::NotFound.into());
        }
        let reports = people::reports(&app.db, viewer.person, search, after, limit).await?;
        let people = reports.iter().map(|report| report.id);
        let mut places = store::of_people(&app.db, viewer.organisation, people).await?;
        // Who applied by themselves, or said no, tells their line manager or does not.
        places.retain(|(enrolment, _)| enrolment.is_told_to(viewer.person));
        Ok(Self { reports, places })
    }

    /// Where a report stands.
    fn of(&self, person: &PersonId) -> Vec<&(Enrolment, Place)> {
        self.places.iter().filter(|(enrolment, _)| enrolment.person == *person).collect()
    }

    fn taking_part(&self) -> usize {
        let is_in = |report: &&Report| {
            self.of(&report.id).iter().any(|(enrolment, _)| enrolment.standing == Standing::Enrolled)
        };
        self.reports.iter().filter(is_in).count()
    }
}
