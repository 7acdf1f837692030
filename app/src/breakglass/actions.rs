//! Changes of openings: who may, in one transaction, with the entry in the trail, which says who, when, whose and for how long, and
//! never why.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};
use uuid::Uuid;

use super::ground::{self, Ground, Search, allowed_by, ground, path};
use super::letters::{ANSWERED, ASKED, OPENED};
use super::model::{Hold, Opening, OpeningId, Request, State, Telling, hidden_since, lapsed_before};
use super::standing::{around, circle};
use super::store;
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Db, Error, Reader, Tx};
use crate::i18n::Message;
use crate::identity::{self, Act, OrganisationId, Part, PersonId, Viewer};
use crate::mentorships::visibility::{Relation, Visibility, may_read, place_of};
use crate::mentorships::{self, Allowed, Mentorship, MentorshipId, mentorship};
use crate::notices::{self, Notice};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes;
use crate::vault::{self, Closed, Keys, Place, Sealed, Words};
use crate::{jobs, transaction};

/// The job that tells a pair on the day that was chosen.
pub(super) const TELL: &str = "breakglass.tell-pair";
/// The job that takes back what the second was told, once they have not answered in time.
pub(super) const LAPSE: &str = "breakglass.lapse";

/// What somebody asks, as a form or a program says it. The day of a hold is the edition's.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub second: Option<PersonId>,
    /// Whoever is not among those who are offered is named by name or address.
    pub named: &'a str,
    pub reason: &'a str,
    pub hours: Option<i64>,
    pub telling: Telling<'a>,
}

fn place(pair: &Mentorship, asked_by: PersonId, column: &'static str, id: OpeningId) -> Place {
    place_of(pair, asked_by, Visibility::Grounds, ("glass_openings", column, id.0))
}

/// Why it was asked for. Whoever calls has asked whether the reader may read it.
pub(super) fn reason_of(keys: &Keys, pair: &Mentorship, opening: &Opening) -> Result<Words, Closed> {
    keys.open(&place(pair, opening.asked_by, "reason", opening.id), &opening.reason)
}

/// Why the pair was not told at once, if they were not.
pub(super) fn hold_of(keys: &Keys, pair: &Mentorship, opening: &Opening) -> Option<Result<Words, Closed>> {
    let place = place(pair, opening.asked_by, "hold", opening.id);
    opening.hold.as_ref().map(|hold| keys.open(&place, hold))
}

/// Asks somebody to open with one what a pair wrote.
pub async fn ask(app: &App, viewer: &Viewer, id: MentorshipId, asked: Asked<'_>) -> Result<OpeningId, Failure> {
    viewer_may(viewer)?;
    transaction!(app.db, tx => {
        let Ground { pair, permission } = ground(&mut *tx, viewer, id, app.now()).await?;
        let allowed = allowed_by(permission).map_err(|why| Problems::one("", Message::new(why)))?;
        let (request, tells_at) = read_request(app, tx, &pair, &asked).await?;
        let two = [viewer.person, request.second];
        let around = around(&mut *tx, pair.organisation, &[&pair], &two, app.now()).await?;
        let parts = circle(&pair, &around).as_two(viewer.person, request.second);
        let parts = parts.ok_or_else(|| Problems::one("second", Message::new("breakglass-second-wrong")))?;
        if store::has_asked(tx, (pair.organisation, id), viewer.person, lapsed_before(app.now())).await? {
            return Err(Problems::one("", Message::new("breakglass-asked-already")).into());
        }
        let opening = OpeningId(app.id());
        let (reason, hold) = seal(app, tx, &pair, (viewer.person, opening), &request).await?;
        let new = Opening {
            id: opening,
            organisation: pair.organisation,
            mentorship: id,
            agreement: allowed.version,
            asked_by: viewer.person,
            asked_part: parts.0,
            asked_at: app.now(),
            second: request.second,
            second_part: parts.1,
            reason,
            hours: request.hours,
            hold,
            tells_at,
            confirmed_at: None,
            refused_at: None,
            opens_until: None,
            told_at: None,
            closed_at: None,
        };
        store::add(tx, &new).await?;
        let text = Message::new("breakglass-notice-asked").with("name", viewer.name.as_str());
        tell(app, tx, &new, (new.second, ASKED), text).await?;
        let lapse = (jobs::made_of(&[LAPSE.as_bytes(), new.id.0.as_bytes()]), &due(&new));
        jobs::add_once(app, tx, Some(new.organisation.0), LAPSE, lapse, new.answer_by()).await?;
        let detail = json!({ "second": new.second, "hours": new.hours, "held": new.hold.is_some() });
        note(app, tx, (&new, Some(viewer.person)), "breakglass.ask", detail).await?;
        Ok(opening)
    })
}

/// What somebody asks, and when the pair is told if it is not at once: when its day begins where the edition counts its days.
async fn read_request(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    asked: &Asked<'_>,
) -> Result<(Request, Option<Timestamp>), Failure> {
    let edition = programmes::edition(&mut *tx, pair.edition).await?.ok_or(Refusal::NotFound)?;
    let zone = edition.settings.calendar.time_zone();
    let today = app.now().to_zoned_datetime(zone.clone()).date();
    let second = match (asked.second, asked.named) {
        (None, named) if !named.is_empty() => Some(programmes::named(tx, pair.organisation, "named", named).await?),
        (second, _) => second,
    };
    let request = Request::parse(second, asked.reason, asked.hours, asked.telling, today)?;
    let tells_at = request.hold.as_ref().and_then(|hold| zone.to_timestamp(hold.until.at(0, 0, 0, 0)).ok());
    Ok((request, tells_at))
}

/// Why it is asked for, and why the pair is not told at once, sealed.
async fn seal(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (by, id): (PersonId, OpeningId),
    request: &Request,
) -> Result<(Sealed, Option<Sealed>), Failure> {
    let reason = vault::seal(app, tx, &place(pair, by, "reason", id), &request.reason).await?;
    let hold = match &request.hold {
        Some(Hold { why, .. }) => Some(vault::seal(app, tx, &place(pair, by, "hold", id), why).await?),
        None => None,
    };
    Ok((reason, hold))
}

fn viewer_may(viewer: &Viewer) -> Result<(), Refusal> {
    viewer.may_sometimes(Act::BreakGlass).then_some(()).ok_or(Refusal::NotFound)
}

/// An opening of which somebody is one of the two.
async fn of_two(tx: &mut Tx, viewer: &Viewer, id: OpeningId) -> Result<Opening, Failure> {
    viewer_may(viewer)?;
    let opening = store::opening(tx, viewer.organisation, id).await?;
    Ok(opening.filter(|opening| opening.is_of_two(viewer.person)).ok_or(Refusal::NotFound)?)
}

/// An opening that waits for the answer of this very person.
async fn to_answer(app: &App, tx: &mut Tx, viewer: &Viewer, id: OpeningId) -> Result<Opening, Failure> {
    let opening = of_two(tx, viewer, id).await?;
    if opening.second != viewer.person {
        return Err(Refusal::NotFound.into());
    }
    match opening.state(app.now()) {
        State::Waits => Ok(opening),
        State::Lapsed => Err(Problems::one("", Message::new("breakglass-too-late")).into()),
        _ => Err(Refusal::Conflict.into()),
    }
}

/// Whether the two may open it now: what allows it, and as what they do; or the key of why they may not.
pub(super) async fn clearance(
    from: impl Into<Reader<'_>>,
    opening: &Opening,
    pair: &Mentorship,
) -> Result<Result<(Allowed, (Part, Part)), &'static str>, Error> {
    let mut from = from.into();
    let two = [opening.asked_by, opening.second];
    let around = around(from.again(), pair.organisation, &[pair], &two, opening.asked_at).await?;
    let Some(parts) = circle(pair, &around).as_two(opening.asked_by, opening.second) else {
        return Ok(Err("breakglass-not-two"));
    };
    let permission = mentorships::permission_to_open(from, pair.id).await?;
    Ok(allowed_by(permission).map(|allowed| (allowed, parts)))
}

/// The second has read why, and confirms it: it is open for both from now on, and the pair is told, now or on its day.
pub async fn confirm(app: &App, viewer: &Viewer, id: OpeningId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let opening = to_answer(app, tx, viewer, id).await?;
        let pair = mentorship(&mut *tx, opening.mentorship).await?.ok_or(Refusal::NotFound)?;
        let clear = clearance(&mut *tx, &opening, &pair).await?;
        let (allowed, (asked_part, second_part)) = clear.map_err(|why| Problems::one("", Message::new(why)))?;
        let now = app.now();
        let until = now.saturating_add(jiff::SignedDuration::from_hours(opening.hours)).unwrap_or(now);
        let opening = Opening {
            agreement: allowed.version,
            asked_part,
            second_part,
            confirmed_at: Some(now),
            opens_until: Some(until),
            tells_at: Some(opening.tells_at.map_or(now, |at| at.max(now))),
            ..opening
        };
        if !store::confirm(tx, &opening).await? {
            return Err(Refusal::Conflict.into());
        }
        let text = Message::new("breakglass-notice-confirmed").with("name", viewer.name.as_str());
        tell(app, tx, &opening, (opening.asked_by, ANSWERED), text).await?;
        note(app, tx, (&opening, Some(viewer.person)), "breakglass.confirm", json!({ "hours": opening.hours })).await?;
        tell_or_wait(app, tx, &opening, &pair).await
    })
}

pub(super) async fn refuse(app: &App, viewer: &Viewer, id: OpeningId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let opening = to_answer(app, tx, viewer, id).await?;
        if !store::refuse(tx, &opening, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        take_back(tx, &opening).await?;
        let text = Message::new("breakglass-notice-refused").with("name", viewer.name.as_str());
        tell(app, tx, &opening, (opening.asked_by, ANSWERED), text).await?;
        note(app, tx, (&opening, Some(viewer.person)), "breakglass.refuse", Value::Null).await
    })
}

/// Either of the two closes it before its hours are over; whoever asked takes back what was not answered.
pub(super) async fn close(app: &App, viewer: &Viewer, id: OpeningId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let opening = of_two(tx, viewer, id).await?;
        match opening.state(app.now()) {
            State::Open => {}
            State::Waits if opening.asked_by == viewer.person => {}
            State::Waits => return Err(Refusal::NotFound.into()),
            _ => return Err(Refusal::Conflict.into()),
        }
        if !store::close(tx, &opening, (viewer.person, app.now())).await? {
            return Err(Refusal::Conflict.into());
        }
        if opening.confirmed_at.is_none() {
            take_back(tx, &opening).await?;
        }
        note(app, tx, (&opening, Some(viewer.person)), "breakglass.close", Value::Null).await
    })
}

/// Has the pair told sooner: on an earlier day, or now. Never later.
pub(super) async fn tell_sooner(app: &App, viewer: &Viewer, id: OpeningId, day: Option<Date>) -> Result<(), Failure> {
    let wrong = || Problems::one("until", Message::new("breakglass-sooner-wrong"));
    transaction!(app.db, tx => {
        let opening = of_two(tx, viewer, id).await?;
        if matches!(opening.state(app.now()), State::Refused | State::Lapsed | State::Withdrawn) {
            return Err(Refusal::Conflict.into());
        }
        let pair = mentorship(&mut *tx, opening.mentorship).await?.ok_or(Refusal::NotFound)?;
        let edition = programmes::edition(&mut *tx, pair.edition).await?.ok_or(Refusal::NotFound)?;
        let zone = edition.settings.calendar.time_zone();
        let day = day.filter(|day| *day >= app.now().to_zoned_datetime(zone.clone()).date()).ok_or_else(wrong)?;
        let at = zone.to_timestamp(day.at(0, 0, 0, 0)).map_err(|_| wrong())?.max(app.now());
        if opening.told_at.is_some() || !store::tell_sooner(tx, &opening, at).await? {
            return Err(wrong().into());
        }
        note(app, tx, (&opening, Some(viewer.person)), "breakglass.sooner", Value::Null).await?;
        let opening = Opening { tells_at: Some(at), ..opening };
        if opening.confirmed_at.is_some() { tell_or_wait(app, tx, &opening, &pair).await } else { Ok(()) }
    })
}

/// Tells the pair of an opening that was confirmed, or has them told on its day.
async fn tell_or_wait(app: &App, tx: &mut Tx, opening: &Opening, pair: &Mentorship) -> Result<(), Failure> {
    let Some(at) = opening.tells_at else { return Ok(()) };
    if at <= app.now() {
        return tell_pair(app, tx, opening, pair).await;
    }
    let id = jobs::made_of(&[TELL.as_bytes(), opening.id.0.as_bytes(), &at.as_microsecond().to_be_bytes()]);
    Ok(jobs::add_once(app, tx, Some(opening.organisation.0), TELL, (id, &due(opening)), at).await?)
}

/// What a job has to know of an opening.
fn due(opening: &Opening) -> Value {
    json!({ "organisation": opening.organisation, "opening": opening.id })
}

/// Takes back that the second was asked; a mail that waits for the morning does not leave.
async fn take_back(tx: &mut Tx, opening: &Opening) -> Result<(), Failure> {
    Ok(notices::take_back(tx, &[opening.second], opening.id.0).await?)
}

/// The second has not answered in time: what they were told is taken back, and whoever asked is told.
pub(super) async fn lapse(app: &App, organisation: OrganisationId, id: OpeningId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let opening = store::opening(&mut *tx, organisation, id).await?;
        let Some(opening) = opening.filter(|opening| opening.state(app.now()) == State::Lapsed) else { return Ok(()) };
        take_back(tx, &opening).await?;
        let names = identity::names(&mut *tx, &[opening.second.0]).await?;
        let name = names.get(&opening.second.0).cloned().unwrap_or_default();
        let text = Message::new("breakglass-notice-lapsed").with("name", name);
        tell(app, tx, &opening, (opening.asked_by, ANSWERED), text).await
    })
}

async fn tell_pair(app: &App, tx: &mut Tx, opening: &Opening, pair: &Mentorship) -> Result<(), Failure> {
    if !store::told(tx, opening, app.now()).await? {
        return Ok(());
    }
    let names = identity::names(&mut *tx, &[opening.asked_by.0, opening.second.0]).await?;
    let name = |person: PersonId| names.get(&person.0).cloned().unwrap_or_default();
    for to in [pair.mentee, pair.mentor] {
        let text = Message::new("breakglass-notice-opened")
            .with("first", name(opening.asked_by))
            .with("first-part", Message::new(opening.asked_part.key()))
            .with("second", name(opening.second))
            .with("second-part", Message::new(opening.second_part.key()));
        tell(app, tx, opening, (to, OPENED), text).await?;
    }
    note(app, tx, (opening, None), "breakglass.tell", Value::Null).await
}

/// The day has come on which a pair is told.
pub(super) async fn tell_on_its_day(app: &App, organisation: OrganisationId, id: OpeningId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let opening = store::opening(&mut *tx, organisation, id).await?;
        let Some(opening) = opening.filter(|opening| opening.is_told(app.now())) else { return Ok(()) };
        let Some(pair) = mentorship(&mut *tx, opening.mentorship).await? else { return Ok(()) };
        tell_pair(app, tx, &opening, &pair).await
    })
}

/// An opening, its pair, and since when what they wrote may be opened.
pub(super) struct Through {
    pub opening: Opening,
    pub pair: Mentorship,
    pub allowed: Allowed,
}

/// What one of the two may read, while they may.
async fn through_in(app: &App, tx: &mut Tx, viewer: &Viewer, id: OpeningId) -> Result<Through, Failure> {
    let opening = of_two(tx, viewer, id).await?;
    if opening.state(app.now()) != State::Open {
        return Err(Refusal::NotFound.into());
    }
    let pair = mentorship(&mut *tx, opening.mentorship).await?.ok_or(Refusal::NotFound)?;
    let Ok((allowed, _)) = clearance(&mut *tx, &opening, &pair).await? else { return Err(Refusal::NotFound.into()) };
    Ok(Through { opening, pair, allowed })
}

/// The same for who gathers it. Nobody is shown anything of it before [`note_reading`].
pub(super) async fn through(app: &App, viewer: &Viewer, id: OpeningId) -> Result<Through, Failure> {
    transaction!(app.db, tx => through_in(app, tx, viewer, id).await)
}

/// Writes down that one of the two reads a page, if they still may: before they see anything.
pub(super) async fn note_reading(app: &App, viewer: &Viewer, id: OpeningId, page: usize) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let Through { opening, .. } = through_in(app, tx, viewer, id).await?;
        note(app, tx, (&opening, Some(viewer.person)), "breakglass.read", json!({ "page": page })).await
    })
}

/// An opening and its pair, for whoever may know of it: the two who open it, as long as they may and it is their business, and those of
/// the pair once they are told.
pub(super) async fn known(
    db: &Db,
    viewer: &Viewer,
    id: OpeningId,
    now: Timestamp,
) -> Result<(Opening, Mentorship), Failure> {
    let opening = store::opening(db, viewer.organisation, id).await?.ok_or(Refusal::NotFound)?;
    let pair = mentorship(db, opening.mentorship).await?.ok_or(Refusal::NotFound)?;
    let released = if pair.is_of(viewer) {
        opening.is_told(now)
    } else if opening.is_for(viewer.person, now) {
        let around = around(db, pair.organisation, &[&pair], &[viewer.person], now).await?;
        !circle(&pair, &around).parts_of(viewer.person).is_empty()
    } else {
        false
    };
    if may_read(Visibility::Grounds, Relation::Named { released }) {
        Ok((opening, pair))
    } else {
        Err(Refusal::NotFound.into())
    }
}

/// Which of some openings that somebody asked for, or was asked to, they may still know whose they are.
pub(super) async fn still_theirs(
    app: &App,
    viewer: &Viewer,
    openings: &[Opening],
) -> Result<Vec<(OpeningId, Mentorship)>, Failure> {
    let now = app.now();
    let theirs: Vec<&Opening> = openings.iter().filter(|opening| opening.is_for(viewer.person, now)).collect();
    if theirs.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<MentorshipId> = theirs.iter().map(|opening| opening.mentorship).collect();
    let pairs = mentorships::these(&app.db, viewer.organisation, &ids).await?;
    let around = around(&app.db, viewer.organisation, &pairs.iter().collect::<Vec<_>>(), &[viewer.person], now).await?;
    let known = theirs.into_iter().filter_map(|opening| {
        let pair = pairs.iter().find(|pair| pair.id == opening.mentorship)?;
        let may = !circle(pair, &around).parts_of(viewer.person).is_empty();
        may.then(|| (opening.id, pair.clone()))
    });
    Ok(known.collect())
}

/// How many requests wait for somebody's answer.
pub async fn waiting_for(app: &App, viewer: &Viewer) -> Result<usize, Failure> {
    if viewer_may(viewer).is_err() {
        return Ok(0);
    }
    let waiting = store::waiting(&app.db, viewer.organisation, viewer.person, lapsed_before(app.now())).await?;
    Ok(still_theirs(app, viewer, &waiting).await?.len())
}

/// The openings, and the searches for a pair, of which somebody who reads the trail must not learn from it: those of pairs who do not
/// know of them, where they do not stand apart from the pair. Nothing is kept from anybody for longer than it might have been from the
/// pair.
pub(super) async fn hidden_from(app: &App, viewer: &Viewer) -> Result<Vec<Uuid>, Failure> {
    let (now, organisation) = (app.now(), viewer.organisation);
    let since = hidden_since(now);
    let mut untold = store::untold(&app.db, organisation, (since, now)).await?;
    untold.retain(|one| !one.two.contains(&viewer.person));
    let mut searches = ground::searches(&app.db, organisation, since).await?;
    searches.retain(|search| search.by != Some(viewer.person));
    let mut ids: Vec<MentorshipId> = untold.iter().map(|opening| opening.mentorship).collect();
    ids.extend(searches.iter().flat_map(|search| &search.pairs));
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    ids.sort_unstable();
    ids.dedup();
    let pairs = mentorships::these(&app.db, organisation, &ids).await?;
    let around = around(&app.db, organisation, &pairs.iter().collect::<Vec<_>>(), &[viewer.person], now).await?;
    let apart = pairs.iter().filter(|pair| circle(pair, &around).stands_apart(viewer.person));
    let apart: Vec<MentorshipId> = apart.map(|pair| pair.id).collect();
    // Once the pair is told what somebody opened whom it had searched for, that they had is no secret either.
    let told = if searches.is_empty() { Vec::new() } else { store::told_of(&app.db, organisation, &ids, now).await? };
    let is_hidden = |search: &Search, pair: &MentorshipId| {
        let is_told = |opening: &Opening| {
            opening.mentorship == *pair && Some(opening.asked_by) == search.by && opening.asked_at >= search.at
        };
        !apart.contains(pair) && !told.iter().any(is_told)
    };
    let openings = untold.iter().filter(|one| !apart.contains(&one.mentorship)).map(|one| one.id.0);
    let hidden = searches.iter().filter(|search| search.pairs.iter().any(|pair| is_hidden(search, pair)));
    Ok(openings.chain(hidden.map(|search| search.id)).collect())
}

async fn tell(
    app: &App,
    tx: &mut Tx,
    opening: &Opening,
    (to, kind): (PersonId, &'static str),
    text: Message,
) -> Result<(), Failure> {
    let notice = Notice::new(opening.organisation, to, kind, text, path(opening.id)).about(opening.id.0);
    notices::tell(app, tx, &notice.once(opening.id.to_string())).await?;
    Ok(())
}

async fn note(
    app: &App,
    tx: &mut Tx,
    (opening, by): (&Opening, Option<PersonId>),
    verb: &'static str,
    detail: Value,
) -> Result<(), Failure> {
    let mut detail = if detail.is_null() { json!({}) } else { detail };
    detail["mentorship"] = json!(opening.mentorship);
    let note = Note::new(opening.organisation.0, by.map(|by| by.0), verb);
    audit::note(app, tx, note.about("opening", opening.id.0).with(detail)).await?;
    Ok(())
}
