//! The programmes of the demonstration: in each organisation an edition that runs and one that is ready to be paired.

use jiff::civil::Date;
use jiff::{SignedDuration, Span, ToSpan as _};

use crate::app::App;
use crate::identity::{self, Organisation, PersonId, Viewer};
use crate::meetings::{self, Script};
use crate::mentorships::{self, Mentorship, MentorshipId, Rehearsed};
use crate::pairing;
use crate::people::model::Side;
use crate::problems::{Failure, Refusal};
use crate::programmes::model::{NewEnrolment, Settings, Way};
use crate::programmes::working_days::WorkingDays;
use crate::programmes::{self, Edition, EditionId, ProgrammeId, Standing, Track};

/// So many mentees are in the edition that runs; the others wait to be paired.
const RUNNING: usize = 8;

/// What an organisation's programme is called, and its two editions.
pub(super) struct Plan {
    pub track: Track,
    pub programme: &'static str,
    pub running: &'static str,
    pub ready: &'static str,
}

pub(super) const PROMOTION: Plan = Plan {
    track: Track::Promotion,
    programme: "Siguiente paso",
    running: "Primera promoción",
    ready: "Segunda promoción",
};

pub(super) const DEGREE: Plan = Plan {
    track: Track::Degree,
    programme: "Mentoría ejecutiva del grado",
    running: "Grupo de otoño",
    ready: "Grupo de primavera",
};

/// What the pairs of the edition that runs have said to each other.
const MEETINGS: Script = Script {
    points: ["Cómo preparar el comité de dirección de enero", "A quién conviene pedir opinión antes de decidir"],
    notes: [
        "Llevo tres propuestas al comité y no sé por cuál empezar. Me sugiere empezar por la que ya tiene aliados.",
        "Prepara bien los datos y le cuesta defenderlos en voz alta. La próxima vez ensayamos los dos primeros minutos.",
    ],
    promise: "Presentarle a la directora de compras",
    lines: ["Pedir opinión antes no es pedir permiso.", "Escuchar hasta el final cambia la pregunta."],
};

/// Adds the programme with both editions, in the coordinator's name. Whoever a visitor may be is in the edition that runs.
pub(super) async fn add(
    app: &App,
    organisation: &Organisation,
    coordinator: PersonId,
    visitors: &[PersonId],
    plan: &Plan,
) -> Result<(), Failure> {
    let viewer = viewer(app, coordinator).await?;
    let records = crate::people::records(&app.db, organisation.id).await?;
    let of = |side: Side| {
        records
            .iter()
            .filter(move |record| match side {
                Side::Mentee => record.draft.roles.mentee,
                Side::Mentor => record.draft.roles.mentor,
            })
            .map(|record| record.id)
            .collect::<Vec<PersonId>>()
    };
    let (mut mentees, mentors) = (of(Side::Mentee), of(Side::Mentor));
    mentees.sort_by_key(|mentee| !visitors.contains(mentee));
    let (first, rest) = mentees.split_at(RUNNING.min(mentees.len()));
    let programme = programmes::add_programme(app, &viewer, plan.programme, plan.track).await?;
    let today = app.now().to_zoned_datetime(viewer.zone.clone()).date();
    let running = edition(app, &viewer, programme, plan, plan.running, months(today, -2)).await?;
    enrol(app, &viewer, running.id, first, &mentors).await?;
    pairing::rehearse(app, &viewer, &running).await?;
    agree(app, running.id).await?;
    let pairs = mentorships::of_edition(&app.db, running.id).await?;
    let quiet = quiet(&pairs, visitors);
    for pair in &pairs {
        mentorships::rehearse_beginning(app, pair.id, app.now() - BEGAN).await?;
        if !quiet.contains(&pair.id) {
            meetings::rehearse(app, pair, &MEETINGS).await?;
        }
    }
    super::journeys::live(app, organisation, running.id, quiet.first().copied()).await?;
    super::room::open(app, organisation, running.id, visitors).await?;
    super::reviews::name_channel(app, &viewer, running.id).await?;
    let ready = edition(app, &viewer, programme, plan, plan.ready, months(today, 1)).await?;
    enrol(app, &viewer, ready.id, rest, &mentors).await
}

/// Since when the pairs have been at it.
const BEGAN: SignedDuration = SignedDuration::from_hours(50 * 24);

/// Two pairs that never met, for a coordinator to look after: the first of them is silent, the other has goals at least. No visitor
/// is of them.
fn quiet(pairs: &[Mentorship], visitors: &[PersonId]) -> Vec<MentorshipId> {
    let is_of_others = |pair: &&Mentorship| !visitors.contains(&pair.mentee) && !visitors.contains(&pair.mentor);
    pairs.iter().rev().filter(is_of_others).take(2).map(|pair| pair.id).collect()
}

/// Agreements in every state there is, pair by pair: signed, proposed by the mentor, a draft, and none.
async fn agree(app: &App, edition: EditionId) -> Result<(), Failure> {
    let states = [Some(Rehearsed::Signed), Some(Rehearsed::Proposed), Some(Rehearsed::Drafted), None];
    let pairs = mentorships::of_edition(&app.db, edition).await?;
    for (pair, far) in pairs.iter().zip(states.into_iter().cycle()) {
        let Some(far) = far else { continue };
        let both = (viewer(app, pair.mentor).await?, viewer(app, pair.mentee).await?);
        mentorships::rehearse_agreement(app, pair.id, (&both.0, &both.1), far).await?;
    }
    Ok(())
}

/// The first of the month that is so many months from a day.
fn months(day: Date, months: i64) -> Date {
    day.first_of_month().saturating_add(Span::new().months(months))
}

async fn edition(
    app: &App,
    viewer: &Viewer,
    programme: ProgrammeId,
    plan: &Plan,
    name: &str,
    starts_on: Date,
) -> Result<Edition, Failure> {
    let lasts = match plan.track {
        Track::Promotion => 12.months(),
        Track::Degree => 5.months(),
    };
    let ends_on = starts_on.saturating_add(lasts).saturating_sub(1.day());
    let zone = viewer.zone.iana_name().unwrap_or("UTC").to_owned();
    let course = plan.track.proposed_course("Mentoría ejecutiva");
    let calendar = WorkingDays { zone, ..WorkingDays::default() };
    let settings = Settings { calendar, course, ..Settings::proposed(starts_on, ends_on) };
    let id = programmes::begin_edition(app, viewer, programme, name, (starts_on, ends_on), settings).await?;
    programmes::open_edition(app, viewer, id, 1).await?;
    Ok(programmes::edition(&app.db, id).await?.ok_or(Refusal::NotFound)?)
}

async fn enrol(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    mentees: &[PersonId],
    mentors: &[PersonId],
) -> Result<(), Failure> {
    let new = |side: Side| move |person: &PersonId| NewEnrolment::of(*person, side, Standing::Enrolled, Way::Import);
    let people: Vec<NewEnrolment> =
        mentees.iter().map(new(Side::Mentee)).chain(mentors.iter().map(new(Side::Mentor))).collect();
    programmes::enrol(app, viewer, edition, &people).await.map(drop)
}

/// Somebody as actions know them.
pub(super) async fn viewer(app: &App, id: PersonId) -> Result<Viewer, Failure> {
    Ok(identity::viewer_of(app, id).await?.ok_or(Refusal::NotFound)?)
}
