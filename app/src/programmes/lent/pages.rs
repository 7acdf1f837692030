//! The line manager's doors.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::Lent;
use crate::app::App;
use crate::db::After;
use crate::i18n::Message;
use crate::identity::{self, Act, Part, PersonId, Viewer};
use crate::people::model::Side;
use crate::people::{self, Report};
use crate::problems::{Failure, Problems};
use crate::programmes::enrolments::actions;
use crate::programmes::enrolments::store::Place;
use crate::programmes::model::{Edition, Enrolment, Standing};
use crate::programmes::pages::again;
use crate::programmes::released::{Released, released};
use crate::programmes::store as editions;
use crate::programmes::store::ON_A_PAGE;
use crate::sheets::{Cell, Table};
use crate::web::{Answer, Door, Failed, Form, Query, Shell, Who, download, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    vec![
        Door::get("/lent", Who::May(Act::ReadLent), list),
        Door::get("/lent/export", Who::May(Act::ReadLent), export),
        Door::post("/lent", Who::May(Act::NominateReports), nominate),
    ]
}

/// More reports than anybody has.
const MOST_EXPORTED: usize = 20_000;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Search {
    q: String,
    after: String,
    form: String,
}

#[derive(Template)]
#[template(path = "programmes/lent/list.html")]
struct LentPage {
    s: Shell,
    zone: TimeZone,
    q: String,
    lent: Lent,
    /// Of the whole team, if it stands on this page.
    taking_part: Option<usize>,
    /// Who was chosen and does not stand on this page.
    chosen: Option<(PersonId, String)>,
    open: Vec<Edition>,
    more: Option<String>,
    /// Lines that pairs released to this line manager.
    released: Vec<Released>,
    form: Form,
    problems: Problems,
}

impl LentPage {
    fn title(&self) -> String {
        match self.taking_part {
            Some(count) => self.s.tell(&Message::new("programmes-lent-title").with("count", count)),
            None => self.s.t("programmes-lent-reports"),
        }
    }

    fn since(&self, enrolment: &Enrolment) -> String {
        self.s.lang.date(enrolment.changed_at.to_zoned_datetime(self.zone.clone()).date())
    }
}

async fn list(State(app): State<App>, viewer: Viewer, Query(search): Query<Search>) -> Answer {
    page(&the_list(&app, &viewer, search, Form::default(), Problems::default()).await?)
}

async fn the_list(
    app: &App,
    viewer: &Viewer,
    Search { q, after, .. }: Search,
    form: Form,
    problems: Problems,
) -> Result<LentPage, Failed> {
    let mut lent = Lent::load(app, viewer, &q, &After::parse(&after), ON_A_PAGE + 1).await?;
    let has_more = lent.reports.len() > ON_A_PAGE;
    lent.reports.truncate(ON_A_PAGE);
    let more = lent.reports.last().filter(|_| has_more).map(|last| After::of(last.id.0, &last.sort));
    let is_whole = q.is_empty() && after.is_empty() && !has_more;
    let taking_part = is_whole.then(|| lent.taking_part());
    let chosen = chosen(app, viewer, &lent, &form).await?;
    let open = editions::open_editions(&app.db, viewer.organisation).await?;
    let zone = viewer.zone.clone();
    let released = released(app, viewer, Part::Supervisor).await?;
    let s = Shell::of(app, viewer, "/lent");
    Ok(LentPage { s, zone, q, lent, taking_part, chosen, open, more, released, form, problems })
}

async fn chosen(app: &App, viewer: &Viewer, lent: &Lent, form: &Form) -> Result<Option<(PersonId, String)>, Failed> {
    let Some(person) = form.text("person").parse().ok().map(PersonId) else { return Ok(None) };
    let stands = lent.reports.iter().any(|report| report.id == person);
    if stands || !people::is_manager_of(&app.db, viewer.person, person).await? {
        return Ok(None);
    }
    Ok(identity::person(&app.db, person).await?.map(|report| (report.id, report.name)))
}

async fn export(State(app): State<App>, viewer: Viewer, Query(search): Query<Search>) -> Answer {
    let lent = Lent::load(&app, &viewer, &search.q, &After::parse(""), MOST_EXPORTED).await?;
    let lang = viewer.lang;
    let words = |key: &str, code: &str| Cell::Text(lang.say(&format!("programmes-{key}-{code}")));
    let row = |report: &Report, (enrolment, place): &(Enrolment, Place)| {
        vec![
            Cell::Text(report.name.clone()),
            Cell::Text(place.edition_name.clone()),
            words("side", enrolment.side.code()),
            words("standing", enrolment.standing.code()),
            Cell::Text(enrolment.changed_at.to_zoned_datetime(viewer.zone.clone()).date().to_string()),
        ]
    };
    let of_report = |report: &Report| {
        let rows: Vec<_> = lent.of(&report.id).into_iter().map(|there| row(report, there)).collect();
        let nowhere =
            || vec![vec![Cell::Text(report.name.clone()), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]];
        if rows.is_empty() { nowhere() } else { rows }
    };
    let columns = ["people-column-name", "programmes-column-edition", "programmes-column-side"]
        .into_iter()
        .chain(["programmes-column-standing", "programmes-column-since"]);
    let table = Table {
        title: lang.say("programmes-lent-reports"),
        headings: columns.map(|key| lang.say(key)).collect(),
        rows: lent.reports.iter().flat_map(of_report).collect(),
    };
    download(&table, "lent", &search.form)
}

async fn nominate(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    match actions::nominate_report(&app, &viewer, &form).await {
        Ok(()) => Ok(see_other_with("/lent", &Message::new("programmes-lent-nominated"))),
        Err(Failure::Problems(problems)) => {
            again(StatusCode::UNPROCESSABLE_ENTITY, &the_list(&app, &viewer, Search::default(), form, problems).await?)
        }
        Err(failure) => Err(failure.into()),
    }
}
