//! The doors of those who take part, or would like to.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use uuid::Uuid;

use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Record, Viewer};
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::enrolments::actions;
use crate::programmes::enrolments::store::{self, Place};
use crate::programmes::model::{Edition, EditionId, Enrolment, EnrolmentId, Phase, Standing, Step};
use crate::programmes::pages::again;
use crate::programmes::said::{Coming, coming};
use crate::programmes::store as editions;
use crate::programmes::tasks::what_comes;
use crate::web::{Answer, Door, Failed, Form, Path, Shell, Who, page, see_other_with};

pub(in crate::programmes) fn doors() -> Vec<Door> {
    let participant = Who::May(Act::TakePart);
    vec![
        Door::get("/taking-part", participant, list),
        Door::post("/taking-part", participant, apply),
        Door::get("/taking-part/{enrolment}", participant, own),
        Door::post("/taking-part/{enrolment}", participant, step),
    ]
}

#[derive(Template)]
#[template(path = "programmes/taking_part/list.html")]
struct ListPage {
    s: Shell,
    own: Vec<(Enrolment, Place)>,
    /// The editions that take applications, each with the sides on which this person may apply.
    open: Vec<(Edition, Vec<Offer>)>,
    problems: Problems,
}

/// A side on which one may apply, with the words of its button and, for who only hears it, of what it is for.
#[derive(Clone, Copy, Debug)]
struct Offer {
    side: Side,
    words: &'static str,
    words_alone: &'static str,
}

const OFFERS: [Offer; 2] = [
    Offer { side: Side::Mentee, words: "programmes-apply-mentee", words_alone: "programmes-apply-mentee-to" },
    Offer { side: Side::Mentor, words: "programmes-apply-mentor", words_alone: "programmes-apply-mentor-to" },
];

impl ListPage {
    /// What waits for an answer.
    fn asked(&self) -> Option<&(Enrolment, Place)> {
        self.own.iter().find(|(enrolment, _)| enrolment.standing == Standing::Asked)
    }
}

async fn list(State(app): State<App>, viewer: Viewer) -> Answer {
    page(&the_list(&app, &viewer, Problems::default()).await?)
}

async fn the_list(app: &App, viewer: &Viewer, problems: Problems) -> Result<ListPage, Failed> {
    let own = store::of_person(&app.db, viewer.organisation, viewer.person).await?;
    let open = editions::open_editions(&app.db, viewer.organisation).await?;
    let may_apply = |edition: &Edition, side: Side| {
        let mut there = own.iter().filter(|(enrolment, _)| enrolment.edition == edition.id && enrolment.side == side);
        there.all(|(enrolment, _)| enrolment.standing.after(Step::Apply, true).is_some())
    };
    let open = open
        .into_iter()
        .filter(|edition| edition.settings.applications)
        .map(|edition| {
            let sides = OFFERS.into_iter().filter(|offer| may_apply(&edition, offer.side)).collect::<Vec<_>>();
            (edition, sides)
        })
        .filter(|(_, sides)| !sides.is_empty())
        .collect();
    Ok(ListPage { s: Shell::of(app, viewer, "/taking-part"), own, open, problems })
}

async fn apply(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    let edition = EditionId(form.text("edition").parse::<Uuid>().map_err(|_| Refusal::NotFound)?);
    let side = Side::parse(form.text("side")).ok_or(Refusal::NotFound)?;
    match actions::apply(&app, &viewer, edition, side).await {
        Ok(id) => Ok(see_other_with(&format!("/taking-part/{id}"), &Message::new("programmes-applied"))),
        Err(Failure::Refusal(Refusal::Conflict)) => {
            let problems = Problems::one("", Message::new("programmes-applied-already"));
            again(StatusCode::CONFLICT, &the_list(&app, &viewer, problems).await?)
        }
        Err(failure) => Err(failure.into()),
    }
}

#[derive(Template)]
#[template(path = "programmes/taking_part/own.html")]
struct OwnPage {
    s: Shell,
    edition: Edition,
    enrolment: Enrolment,
    title: Message,
    comes: Message,
    coming: Option<Coming>,
    form: Form,
    problems: Problems,
}

impl OwnPage {
    /// What the person may do, the most likely first.
    fn steps(&self) -> Vec<Step> {
        if self.edition.phase() != Phase::Open {
            return Vec::new();
        }
        let offered = match self.enrolment.standing {
            Standing::Asked => vec![Step::Accept, Step::Decline],
            Standing::Declined | Standing::Withdrawn if self.edition.settings.applications => vec![Step::Apply],
            _ => vec![Step::Withdraw],
        };
        offered.into_iter().filter(|step| self.enrolment.standing.after(*step, true).is_some()).collect()
    }
}

async fn own(State(app): State<App>, viewer: Viewer, Path(id): Path<EnrolmentId>) -> Answer {
    page(&the_own(&app, &viewer, id, Form::default(), Problems::default()).await?)
}

async fn the_own(
    app: &App,
    viewer: &Viewer,
    id: EnrolmentId,
    form: Form,
    problems: Problems,
) -> Result<OwnPage, Failed> {
    let enrolment = store::enrolment(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    let may = viewer.may(Act::TakePart, &Record::of_organisation(enrolment.organisation));
    if !may || enrolment.person != viewer.person {
        return Err(Refusal::NotFound.into());
    }
    let edition = editions::edition(&app.db, enrolment.edition).await?.ok_or(Refusal::NotFound)?;
    if edition.phase() == Phase::SettingUp {
        return Err(Refusal::NotFound.into());
    }
    let title = Message::new(format!("programmes-own-{}", enrolment.standing.code()))
        .with("edition", edition.name.as_str())
        .with("programme", edition.programme_name.as_str());
    let comes = match edition.phase() {
        Phase::Closed => Message::new("programmes-comes-closed"),
        _ => what_comes(enrolment.standing, enrolment.side),
    };
    let coming = match (edition.phase(), enrolment.standing) {
        (Phase::Open, Standing::Enrolled) => coming(app, edition.id, viewer.person, enrolment.side).await?,
        _ => None,
    };
    Ok(OwnPage { s: Shell::of(app, viewer, "/taking-part"), edition, enrolment, title, comes, coming, form, problems })
}

async fn step(State(app): State<App>, viewer: Viewer, Path(id): Path<EnrolmentId>, form: Form) -> Answer {
    let page = the_own(&app, &viewer, id, Form::default(), Problems::default()).await?;
    let step = Step::parse(form.text("step")).ok_or(Refusal::NotFound)?;
    let version = form.text("version").parse().unwrap_or(0);
    let done = match step {
        Step::Accept | Step::Decline | Step::Withdraw => {
            actions::step(&app, &viewer, id, version, step, form.text("reason")).await
        }
        Step::Apply => {
            let side = page.enrolment.side;
            actions::apply(&app, &viewer, page.edition.id, side).await.map(|_| Standing::Applied)
        }
        _ => Err(Refusal::NotFound.into()),
    };
    let (status, problems) = match done {
        Ok(standing) => {
            let notice = Message::new(format!("programmes-own-stepped-{}", standing.code()));
            return Ok(see_other_with(&format!("/taking-part/{id}"), &notice));
        }
        Err(Failure::Problems(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
        Err(Failure::Refusal(Refusal::Conflict)) => {
            (StatusCode::CONFLICT, Problems::one("", Message::new("programmes-stepped-meanwhile")))
        }
        Err(failure) => return Err(failure.into()),
    };
    again(status, &the_own(&app, &viewer, id, form, problems).await?)
}
