//! Programmes and their editions: the track, the dates, the settings and clocks, and who takes part in which edition and how
//! they came to. Who is paired with whom is `pairing`'s; what becomes of a pair is `mentorships`'.

mod actions;
mod api;
mod assigning;
mod changes;
mod closing;
mod departures;
mod enrolments;
mod forms;
mod imported;
mod lent;
pub mod model;
mod onlookers;
pub mod orientation;
mod overview;
mod pages;
mod released;
mod said;
mod store;
mod taking_part;
mod tasks;
pub mod working_days;

use jiff::civil::Date;

use crate::db::{Error, Reader};
use crate::erasure::{Blank, Naming};
use crate::features::{Feature, Table, joined};
use crate::identity::PersonId;
use crate::notices;

pub use actions::{
    add_edition, add_programme, begin_edition, close_edition, edition_for, managed, named, open_edition,
};
pub use changes::Afterthought;
pub use closing::Hindrance;
pub use departures::{Departure, Follower};
pub use enrolments::actions::{enrol, step};
pub use enrolments::store::{Counts, counts, enrolled, enrolled_among, enrolment, enrolment_of, of_person};
pub use model::{Edition, EditionId, Enrolment, EnrolmentId, Programme, ProgrammeId, Standing, Step, Track};
pub use onlookers::{TURNED as ONLOOKERS_TURNED, turns_in as turns_of_onlookers};
pub use pages::{NextStep, count_enrolled, next_step};
pub use released::{Released, Releases};
pub use said::{Coming, Mentored, Said, Saying, Speaker, Waiting, waiting};
pub use store::{edition, editions, framework_of};
pub use tasks::{State, Task};

/// Which days somebody works: those of the open editions in which they are enrolled, or else of all of their organisation.
pub const WORKED: notices::Worked = |app, (organisation, person), days| {
    Box::pin(async move {
        let calendars = store::calendars(&app.db, organisation, person).await?;
        let is_worked = |day: &Date| calendars.iter().any(|calendar| calendar.is_worked(*day));
        Ok((!calendars.is_empty()).then(|| days.into_iter().filter(is_worked).collect()))
    })
};

pub const FEATURE: Feature = Feature {
    name: "programmes",
    doors: || {
        [
            pages::doors(),
            enrolments::pages::doors(),
            taking_part::pages::doors(),
            lent::doors(),
            imported::pages::doors(),
            onlookers::doors(),
            overview::doors(),
            orientation::doors(),
            api::doors(),
        ]
        .concat()
    },
    jobs: &joined::<_, { enrolments::jobs::KINDS.len() + assigning::JOBS.len() }>(&[
        enrolments::jobs::KINDS,
        assigning::JOBS,
    ]),
    notices: assigning::NOTICES,
    tables: &[
        Table::kept("programmes", "a programme is nobody's personal data"),
        Table::kept("editions", "an edition is nobody's personal data"),
        Table::of(
            "enrolments",
            &[
                Naming::Goes("person"),
                Naming::By("nominated_by", &[Blank::Null("nominated_by")]),
                Naming::By("fallback", &[Blank::Null("fallback")]),
            ],
        ),
        Table::of("orientations", &[Naming::Goes("person")]),
    ],
};

/// The enrolled students of an edition for whom no faculty fall-back is named, with their names. Publishing waits while one
/// of them has no mentor either.
pub async fn without_fallback(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
) -> Result<Vec<(PersonId, String)>, Error> {
    let students = enrolments::store::without_fallback(from, edition).await?;
    Ok(students.into_iter().map(|student| (student.enrolment.person, student.name)).collect())
}
