//! The line manager's doors.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::app::App;
use crate::db::After;
use crate::i18n::Message;
use crate::identity::{Act, Part, PersonId, Record, Viewer};
use crate::people::model::Side;
use crate::people::{self, Report};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::enrolments::actions;
use crate::programmes::enrolments::store::{self, Place};
use crate::programmes::model::{Edition, Enrolment, Standing};
use crate::programmes::pages::again;
use crate::programmes::released::{Released, released};
use crate::programmes::store as editions;
use crate::programmes::store::ON_A_PAGE;
use crate::web::{Answer, Door, Failed, Form, Query, Shell, Who, page, see_other_with};

pub(in crate::programmes) fn doors() -> Vec<Door> {
    vec![
        Door::get("/lent", Who::May(Act::ReadLent), list),
        Door::post("/lent", Who::May(Act::NominateReports), nominate),
    ]
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Paged {
    #[serde(default)]
    after: String,
}

#[derive(Template)]
#[template(path = "programmes/lent/list.html")]
struct LentPage {
    s: Shell,
    zone: TimeZone,
    reports: Vec<Report>,
    lent: Vec<(Enrolment, Place)>,
    open: Vec<Edition>,
    more: Option<String>,
    /// Lines that pairs released to this line manager.
    released: Vec<Released>,
    form: Form,
    problems: Problems,
}

impl LentPage {
    /// Where a report stands. Who applied by themselves, or said no, tells their line manager or does not.
    fn of(&self, person: &PersonId) -> Vec<&(Enrolment, Place)> {
        self.lent.iter().filter(|(enrolment, _)| enrolment.person == *person).collect()
    }

    fn since(&self, enrolment: &Enrolment) -> String {
        self.s.lang.date(enrolment.changed_at.to_zoned_datetime(self.zone.clone()).date())
    }

    fn taking_part(&self) -> usize {
        let is_in = |report: &&Report| {
            self.of(&report.id).iter().any(|(enrolment, _)| enrolment.standing == Standing::Enrolled)
        };
        self.reports.iter().filter(is_in).count()
    }
}

async fn list(State(app): State<App>, viewer: Viewer, Query(paged): Query<Paged>) -> Answer {
    page(&the_list(&app, &viewer, &paged.after, Form::default(), Problems::default()).await?)
}

async fn the_list(app: &App, viewer: &Viewer, after: &str, form: Form, problems: Problems) -> Result<LentPage, Failed> {
    if !viewer.may(Act::ReadLent, &Record::of_organisation(viewer.organisation)) {
        return Err(Refusal::NotFound.into());
    }
    let mut reports = people::reports(&app.db, viewer.person, &After::parse(after), ON_A_PAGE + 1).await?;
    let has_more = reports.len() > ON_A_PAGE;
    reports.truncate(ON_A_PAGE);
    let more = reports.last().filter(|_| has_more).map(|last| After::of(last.id.0, &last.sort));
    let people: Vec<PersonId> = reports.iter().map(|report| report.id).collect();
    let mut lent = store::of_people(&app.db, viewer.organisation, &people).await?;
    lent.retain(|(enrolment, _)| enrolment.is_told_to(viewer.person));
    let open = editions::open_editions(&app.db, viewer.organisation).await?;
    let zone = viewer.zone.clone();
    let released = released(app, viewer, Part::Supervisor).await?;
    Ok(LentPage { s: Shell::of(app, viewer, "/lent"), zone, reports, lent, open, more, released, form, problems })
}

async fn nominate(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    match actions::nominate_report(&app, &viewer, &form).await {
        Ok(()) => Ok(see_other_with("/lent", &Message::new("programmes-lent-nominated"))),
        Err(Failure::Problems(problems)) => {
            again(StatusCode::UNPROCESSABLE_ENTITY, &the_list(&app, &viewer, "", form, problems).await?)
        }
        Err(failure) => Err(failure.into()),
    }
}
