//! Changes of reviews: who may, in one transaction, with the audit entry and what the other is told. The trail says that a review was
//! given, never what; of drafts and letters it says nothing.

use jiff::civil::Date;
use serde_json::json;
use uuid::Uuid;

use super::letters::{GIVEN, LETTER};
use super::model::{Draft, Due, Kind, Letter, LetterId, Line, Part, PartId, due, is_shown, may_write};
use super::store;
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::Tx;
use crate::i18n::Message;
use crate::identity::{OrganisationId, PersonId, Viewer};
use crate::mentorships::visibility::{Visibility, place_of};
use crate::mentorships::{self, Mentorship, MentorshipId, own, own_running};
use crate::notices::{self, Notice};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, Edition, EditionId};
use crate::vault::{self, Closed, Keys, Place, Words};
use crate::{jobs, transaction};

pub(super) fn place_of_part(pair: &Mentorship, author: PersonId, visibility: Visibility, id: PartId) -> Place {
    place_of(pair, author, visibility, ("reviews", "words", id.0))
}

pub(super) fn place_of_line(pair: &Mentorship, author: PersonId, kind: Kind) -> Place {
    place_of(pair, author, Visibility::Pair, ("review_lines", kind.line(), pair.id.0))
}

fn place_of_letter(pair: &Mentorship, author: PersonId, id: LetterId) -> Place {
    place_of(pair, author, Visibility::OnlyMe, ("review_letters", "words", id.0))
}

/// What somebody wrote. Whoever calls has asked whether the reader may read it.
pub(super) fn draft_of(keys: &Keys, pair: &Mentorship, part: &Part) -> Result<Draft, Closed> {
    let words = keys.open(&place_of_part(pair, part.author, part.visibility(), part.id), &part.words)?;
    Draft::of(part.kind, &words).ok_or(Closed::Refused)
}

pub(super) fn line_of(keys: &Keys, pair: &Mentorship, line: &Line) -> Result<Words, Closed> {
    keys.open(&place_of_line(pair, line.author, line.kind), &line.words)
}

/// A letter that has been opened.
pub(super) fn letter_of(keys: &Keys, pair: &Mentorship, letter: &Letter) -> Result<Words, Closed> {
    keys.open(&place_of_letter(pair, letter.author, letter.id), &letter.words)
}

/// When the reviews of a pair are due, and what day it is in its edition.
async fn clocks(app: &App, tx: &mut Tx, pair: &Mentorship) -> Result<(Due, Date), Failure> {
    let edition = programmes::edition(tx, pair.edition).await?.ok_or(Refusal::NotFound)?;
    let today = app.now().to_zoned_datetime(edition.settings.calendar.time_zone()).date();
    Ok((due(&edition, pair), today))
}

/// The job that looks after a letter on its day.
pub(super) const DELIVER: &str = "reviews.deliver";
/// The job that counts the days of letters anew.
pub(super) const RECOUNT: &str = "reviews.letters-days";

/// Writes one's own part of a review over the version that was read. A draft is one's own alone; with `gives`, the other is told that
/// it is given, and reads it once theirs is given too. What both have read is not changed any more.
pub async fn write(
    app: &App,
    viewer: &Viewer,
    (id, kind, version): (MentorshipId, Kind, i64),
    draft: &Draft,
    gives: bool,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = own(&mut *tx, viewer, id).await?;
        let (due, today) = clocks(app, tx, &pair).await?;
        may_write(kind, &pair, &due, today).map_err(|why| Problems::one("", Message::new(why)))?;
        let parts = store::parts(&mut *tx, id).await?;
        if is_shown(&parts, &pair, kind) {
            return Err(Problems::one("", Message::new("reviews-shown-already")).into());
        }
        let before = parts.iter().find(|part| part.kind == kind && part.author == viewer.person);
        if before.map_or(0, |part| part.version) != version {
            return Err(Refusal::Conflict.into());
        }
        if gives {
            draft.is_whole(kind)?;
        }
        let part = before.map_or_else(|| PartId(app.id()), |before| before.id);
        let visibility = if gives { Visibility::Pair } else { Visibility::OnlyMe };
        let place = place_of_part(&pair, viewer.person, visibility, part);
        let stands = before.filter(|part| part.given_at.is_some() == gives).map(|part| &part.words);
        let words = vault::seal_over(app, tx, &place, &draft.words(kind), stands).await?;
        let given_at = gives.then(|| app.now());
        let part = Part { id: part, kind, author: viewer.person, words, given_at, version };
        if !store::write(tx, (pair.organisation, id), &part, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        if gives {
            tell_other(app, tx, viewer, &pair, kind).await?;
            note(app, tx, viewer, &pair, ("reviews.give", kind)).await?;
        }
        Ok(())
    })
}

/// Writes the line that the two share, once both have read what the other wrote.
pub(super) async fn write_line(
    app: &App,
    viewer: &Viewer,
    (id, kind, version): (MentorshipId, Kind, i64),
    words: &Words,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = own_running(tx, viewer, id, "reviews-ended").await?;
        if !kind.has_line() || !is_shown(&store::parts(&mut *tx, id).await?, &pair, kind) {
            return Err(Refusal::NotFound.into());
        }
        let keys = vault::keys(app, &mut *tx, pair.organisation, &[id.0]).await?;
        let says_it = |line: &Line| keys.says(&place_of_line(&pair, line.author, kind), &line.words, words);
        let before = store::lines(&mut *tx, id).await?.into_iter().find(|line| line.kind == kind && says_it(line));
        let line = if let Some(before) = before {
            Line { version, ..before }
        } else {
            let sealed = vault::seal(app, tx, &place_of_line(&pair, viewer.person, kind), words).await?;
            Line { kind, author: viewer.person, words: sealed, version }
        };
        if !store::write_line(tx, (pair.organisation, id), &line, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        note(app, tx, viewer, &pair, ("reviews.line", kind)).await
    })
}

/// Closes a mentorship whose two have both given their closure; either of them does it.
pub async fn close(app: &App, viewer: &Viewer, id: MentorshipId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = own_running(tx, viewer, id, "reviews-closed-already").await?;
        if !is_shown(&store::parts(&mut *tx, id).await?, &pair, Kind::Closure) {
            return Err(Problems::one("", Message::new("reviews-close-early")).into());
        }
        mentorships::close(app, tx, &pair, viewer.person).await
    })
}

/// A mentorship of which somebody is the mentee: nobody else has to do with the letter.
async fn of_mentee(tx: &mut Tx, viewer: &Viewer, id: MentorshipId) -> Result<Mentorship, Failure> {
    let pair = own(tx, viewer, id).await?;
    if pair.mentee == viewer.person { Ok(pair) } else { Err(Refusal::NotFound.into()) }
}

/// Seals the letter of a mentee to themselves. There is one; who would write another withdraws it first.
pub async fn seal_letter(app: &App, viewer: &Viewer, id: MentorshipId, words: &Words) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = of_mentee(tx, viewer, id).await?;
        if pair.ended_at.is_some() {
            return Err(Problems::one("", Message::new("reviews-ended")).into());
        }
        let letter = LetterId(app.id());
        let sealed = vault::seal(app, tx, &place_of_letter(&pair, viewer.person, letter), words).await?;
        let (author, sealed_at) = (viewer.person, app.now());
        let letter = Letter { id: letter, author, words: sealed, sealed_at, opened_at: None };
        if !store::add_letter(tx, (pair.organisation, id), &letter).await? {
            return Err(Refusal::Conflict.into());
        }
        let edition = programmes::edition(&mut *tx, pair.edition).await?.ok_or(Refusal::NotFound)?;
        wait_for_its_day(app, tx, (&pair, letter.id), &edition).await
    })
}

/// Has a letter looked after on the morning on which it may be opened, as the edition and the pair are now. Whoever changes either has
/// this done anew ([`recount`], [`ends`]): a job stands at the instant of its day at any time. One of a former day finds that it is not
/// the day, and sees to the same.
async fn wait_for_its_day(
    app: &App,
    tx: &mut Tx,
    (pair, letter): (&Mentorship, LetterId),
    edition: &Edition,
) -> Result<(), Failure> {
    let morning = due(edition, pair).follow_up.at(8, 0, 0, 0);
    let at = edition.settings.calendar.time_zone().to_timestamp(morning).unwrap_or_else(|_| app.now());
    let payload = json!({ "mentorship": pair.id });
    if at <= app.now() {
        // That very job may have run a moment ago and still stand; it would go, and with it this one. The letter is told of once.
        return Ok(jobs::add(app, tx, Some(pair.organisation.0), DELIVER, &payload).await?);
    }
    // It was told of before its day was put off: that it has come is not so, and it will be told of again.
    notices::take_back_kind(tx, pair.mentee, (LETTER, &href(pair.id))).await?;
    // Of the instant, not of the day: in another zone the same day begins at another, and the job that finds so is not the one it adds.
    let id = jobs::made_of(&[DELIVER.as_bytes(), letter.0.as_bytes(), &at.as_microsecond().to_be_bytes()]);
    Ok(jobs::add_once(app, tx, Some(pair.organisation.0), DELIVER, (id, &payload), at).await?)
}

/// The page of a letter.
fn href(pair: MentorshipId) -> String {
    format!("/mentorships/{pair}/letter")
}

/// An edition was changed: where letters wait, their days are counted anew, beside whoever changes it.
pub(super) async fn edition_changed(app: &App, tx: &mut Tx, edition: &Edition) -> Result<(), Failure> {
    if store::unopened(&mut *tx, edition.organisation, (Uuid::nil(), 1)).await?.is_empty() {
        return Ok(());
    }
    let payload = json!({ "edition": edition.id });
    Ok(jobs::add(app, tx, Some(edition.organisation.0), RECOUNT, &payload).await?)
}

/// Counts the days of letters that wait anew, of one edition or of all.
pub(super) async fn recount(
    app: &App,
    job: &jobs::Job,
    (organisation, edition): (OrganisationId, Option<EditionId>),
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let letters = store::unopened(tx, organisation, (job.after(), jobs::PART)).await?;
        let ids: Vec<MentorshipId> = letters.iter().map(|(_, pair)| *pair).collect();
        let pairs = mentorships::these(&mut *tx, organisation, &ids).await?;
        let editions = programmes::editions(&mut *tx, organisation).await?;
        for (letter, pair) in &letters {
            let Some(pair) = pairs.iter().find(|one| one.id == *pair) else { continue };
            let Some(of) = editions.iter().find(|one| one.id == pair.edition) else { continue };
            if edition.is_none_or(|edition| edition == of.id) {
                wait_for_its_day(app, tx, (pair, *letter), of).await?;
            }
        }
        Ok(jobs::go_on(app, tx, job, letters.last().map(|(letter, _)| letter.0)).await?)
    })
}

/// A pair has ended: the day of a letter that waits is counted from now.
pub(super) async fn ends(app: &App, tx: &mut Tx, id: MentorshipId) -> Result<(), Failure> {
    let letter = store::letter(&mut *tx, id).await?.filter(|letter| letter.opened_at.is_none());
    let Some(letter) = letter else { return Ok(()) };
    let pair = mentorships::mentorship(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
    let edition = programmes::edition(&mut *tx, pair.edition).await?.ok_or(Refusal::NotFound)?;
    wait_for_its_day(app, tx, (&pair, letter.id), &edition).await
}

/// Tells the author that their letter may be opened, once and them alone; waits on where its day is another one by now.
pub(super) async fn deliver(app: &App, id: MentorshipId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let Some(pair) = mentorships::mentorship(&mut *tx, id).await? else { return Ok(()) };
        let letter = store::letter(&mut *tx, id).await?.filter(|letter| letter.opened_at.is_none());
        let edition = programmes::edition(&mut *tx, pair.edition).await?;
        let (Some(letter), Some(edition)) = (letter, edition) else { return Ok(()) };
        let today = app.now().to_zoned_datetime(edition.settings.calendar.time_zone()).date();
        if today < due(&edition, &pair).follow_up {
            return wait_for_its_day(app, tx, (&pair, letter.id), &edition).await;
        }
        let text = Message::new("reviews-come-notice");
        let notice = Notice::new(pair.organisation, letter.author, LETTER, text, href(id));
        Ok(notices::tell(app, tx, &notice.once(letter.id.to_string())).await?)
    })
}

/// Takes the letter back, unread; it is gone.
pub(super) async fn withdraw_letter(app: &App, viewer: &Viewer, id: MentorshipId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        of_mentee(tx, viewer, id).await?;
        let letter = store::letter(&mut *tx, id).await?.ok_or(Refusal::Conflict)?;
        store::drop_letter(tx, letter.id).await?;
        Ok(())
    })
}

/// Opens the letter, from the day of the follow-up on.
pub(super) async fn open_letter(app: &App, viewer: &Viewer, id: MentorshipId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = of_mentee(tx, viewer, id).await?;
        let letter = store::letter(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        let (due, today) = clocks(app, tx, &pair).await?;
        if today < due.follow_up {
            return Err(Problems::one("", Message::new("reviews-letter-early")).into());
        }
        store::open_letter(tx, letter.id, app.now()).await?;
        Ok(())
    })
}

async fn tell_other(app: &App, tx: &mut Tx, viewer: &Viewer, pair: &Mentorship, kind: Kind) -> Result<(), Failure> {
    let (to, name) = pair.told_by(viewer.person);
    let text = Message::new(format!("reviews-notice-{}", kind.code())).with("name", name);
    let href = format!("/mentorships/{}/reviews/{}", pair.id, kind.code());
    let notice = Notice::new(pair.organisation, to, GIVEN, text, href).about(pair.id.0);
    notices::tell(app, tx, &notice.once(format!("{} {} {}", pair.id, kind.code(), viewer.person))).await?;
    Ok(())
}

async fn note(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    pair: &Mentorship,
    (verb, kind): (&'static str, Kind),
) -> Result<(), Failure> {
    let note = Note::new(pair.organisation.0, viewer.person.0, verb).about("mentorship", pair.id.0);
    audit::note(app, tx, note.with(json!({ "kind": kind.code() }))).await?;
    Ok(())
}
