//! The agreement of a pair: what for, how often, until when, what stays between them and where that ends, how either leaves. It
//! begins with the edition's template; both edit it, both sign the same exact text, and only a new version that both sign again
//! takes its place. The coordinator sees that it was signed and when.
//!
//! What a pair writes is sealed (`vault`). What has to outlast the words stands beside them: signatures, dates, and the digest of
//! the exact text.

mod actions;
mod letters;
mod model;
mod pages;
mod shelf;
mod store;
mod template;
mod voice;

pub(super) use letters::CHANGED_KIND;
pub use model::{Allowed, Permission};
pub use shelf::SHELF;
pub(super) use store::template_of;
pub use store::{Open, open_of};
pub use voice::VOICE;

use jiff::Timestamp;
use uuid::Uuid;

use crate::app::App;
use crate::db::{self, Reader};
use crate::i18n::{Lang, Message};
use crate::identity::Viewer;
use crate::mentorships::{Mentorship, MentorshipId, mentorship};
use crate::problems::{Failure, Refusal};
use crate::programmes::{self, Edition, State, Task};
use crate::web::Door;
use model::{Draft, Seen, Template};

/// The line in the list of an edition's tasks: nobody has to change what its pairs begin with.
pub(super) fn task(edition: &Edition, template: &Template) -> Task {
    let (text, state) = if template.is_own() {
        ("agreement-task-own", State::Done)
    } else {
        ("agreement-task-shipped", State::Optional)
    };
    Task {
        name: "agreement",
        title: Message::new("agreement-task"),
        text: Message::new(text),
        state,
        href: format!("/editions/{}/agreement", edition.id),
    }
}

/// What the agreement of a pair says of opening what it wrote if something serious happens.
pub async fn permission_to_open(from: impl Into<Reader<'_>>, pair: MentorshipId) -> Result<Permission, db::Error> {
    Ok(store::versions(from, pair).await?.permission())
}

/// The number of a version that both of a pair signed, and when the second did.
pub async fn signed(
    from: impl Into<Reader<'_>>,
    pair: MentorshipId,
    version: Uuid,
) -> Result<Option<(i64, Timestamp)>, db::Error> {
    let versions = store::versions(from, pair).await?;
    let found = versions.0.iter().find(|known| known.id.0 == version);
    Ok(found.and_then(|version| Some((version.number, version.settled_at?))))
}

/// What a pair of an edition begins with.
fn first_draft(template: &Template, (pair, edition): (&Mentorship, &Edition), lang: Lang) -> Draft {
    let midpoint = edition.midpoint_of(edition.settings.calendar.day(pair.began_at));
    Draft::of_template(template, lang, midpoint, edition.ends_on)
}

/// How far a rehearsed agreement comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rehearsed {
    Drafted,
    /// The mentor proposed it and waits.
    Proposed,
    Signed,
}

/// Brings the agreement of a pair so far, for the demonstration, whose people are invented. It goes the same way as everybody's.
pub async fn rehearse(
    app: &App,
    id: MentorshipId,
    (mentor, mentee): (&Viewer, &Viewer),
    far: Rehearsed,
) -> Result<(), Failure> {
    let pair = mentorship(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    let edition = programmes::edition(&app.db, pair.edition).await?.ok_or(Refusal::NotFound)?;
    let draft = first_draft(&template_of(&app.db, edition.id).await?, (&pair, &edition), mentor.lang);
    let seen = Seen { number: 1, version: 0 };
    actions::write(app, mentor, id, seen, &draft, far != Rehearsed::Drafted).await?;
    if far == Rehearsed::Signed {
        let versions = store::versions(&app.db, id).await?;
        let hash = versions.open().and_then(|open| open.hash.as_deref()).ok_or(Refusal::NotFound)?;
        actions::sign(app, mentee, id, seen.number, hash).await?;
    }
    Ok(())
}

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), template::doors()].concat()
}
