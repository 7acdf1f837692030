//! Changes of sittings: who may, in one transaction, with the audit entry. The trail says the number of a sitting and what was done; there
//! is nothing else to be said of one.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::access::Access;
use super::learning::actions::forget;
use super::letters;
use super::model::{
    InvitationId, Item, ItemId, Kind, LONGEST_SITTING, LinkAct, Plan, Seat, SeatId, SeatState, Sitting, SittingId,
    Somebody, State, Terms,
};
use super::policy::actions::newest_text;
use super::policy::store::text;
use super::record::actions::{follow, goes_on, has_begun, moved};
use super::seating::actions::{offer, promote, sign_again};
use super::store::{self, Link};
use super::undertakings::checked;
use crate::activities;
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Error, Reader, Tx};
use crate::erasure::Leaving;
use crate::i18n::Message;
use crate::identity::{self, Act, Address, OrganisationId, Part, PersonId, Record, Scope, Viewer};
use crate::mentorships;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, Edition, EditionId};
use crate::transaction;

/// An edition for which somebody may open sittings: whoever may everywhere in the organisation, and a mentor of a pair of it that runs.
pub(super) async fn edition_to_open(
    from: impl Into<Reader<'_>>,
    viewer: &Viewer,
    id: EditionId,
) -> Result<Edition, Failure> {
    let mut from = from.into();
    let edition = programmes::edition(from.again(), id).await?;
    let edition = edition.filter(|edition| edition.organisation == viewer.organisation).ok_or(Refusal::NotFound)?;
    if viewer.may(Act::OpenSittings, &viewer.record()) {
        return Ok(edition);
    }
    let own = mentorships::running_with(from, viewer.person).await?;
    let teaches = own.iter().any(|pair| {
        let scope = Some(Scope::Mentorship(pair.id.0));
        pair.edition == id && viewer.may(Act::OpenSittings, &Record { scope, ..viewer.record() })
    });
    if teaches { Ok(edition) } else { Err(Refusal::NotFound.into()) }
}

/// Opens a meeting or a negotiation to observers. Where the host is somebody else, it is a draft until they agree.
pub async fn open(app: &App, viewer: &Viewer, edition: EditionId, wanted: &Wanted) -> Result<SittingId, Failure> {
    transaction!(app.db, tx => {
        let edition = edition_to_open(&mut *tx, viewer, edition).await?;
        let plan = wanted.resolved(app, tx, viewer.organisation).await?;
        fits(tx, &edition, &plan).await?;
        not_own_record(viewer, &plan, None)?;
        let is_host = plan.host.is(viewer.person);
        let terms = wanted.terms.filter(|_| is_host);
        let sitting = planned(app, tx, (viewer, &edition), &plan, (terms, is_host)).await?;
        add(app, tx, (viewer, Opened::Hand), &sitting, &plan.competencies).await?;
        if is_host {
            letters::secretaries(app, tx, &sitting, "observations-notice-classify").await?;
        } else {
            letters::ask_host(app, tx, &sitting).await?;
        }
        Ok(sitting.id)
    })
}

/// A sitting as somebody opens it: open where its host agrees by that, under the terms that they choose, else a draft.
pub(super) async fn planned(
    app: &App,
    tx: &mut Tx,
    (viewer, edition): (&Viewer, &Edition),
    plan: &Plan,
    (terms, agrees): (Option<Terms>, bool),
) -> Result<Sitting, Failure> {
    let newest = newest_text(app, tx, viewer.organisation).await?;
    let terms = match terms {
        Some(terms) => {
            let text = terms.text.or(newest.terms.text);
            chosen(tx, viewer.organisation, Terms { text, ..terms }).await?
        }
        None => newest.terms,
    };
    Ok(Sitting {
        id: SittingId(app.id()),
        organisation: viewer.organisation,
        edition: edition.id,
        number: store::next_number(tx, viewer.organisation).await?,
        kind: plan.kind,
        starts_at: plan.starts_at,
        ends_at: plan.ends_at,
        zone: plan.zone.clone(),
        place: plan.place.clone(),
        link: plan.link.clone(),
        seats: plan.seats,
        terms,
        host: plan.host.clone(),
        host_agreed_at: agrees.then(|| app.now()),
        chair: plan.chair.clone(),
        is_chair_forgotten: false,
        keeper: plan.keeper.or_else(|| keeper_for_outside(viewer, &plan.host)),
        opened_by: viewer.person,
        other_side_agreed_at: None,
        other_side_by: None,
        other_side_was: Vec::new(),
        state: if agrees { State::Open } else { State::Draft },
        changed_at: app.now(),
        version: 1,
    })
}

/// Who keeps the record where nobody is named and the host has no account: whoever opens the sitting. Whoever coordinates reads of no
/// sitting who was there.
fn keeper_for_outside(viewer: &Viewer, host: &Somebody) -> Option<PersonId> {
    (host.person.is_none() && !viewer.holds(Part::Coordinator)).then_some(viewer.person)
}

/// Whoever coordinates makes themselves keeper of no record but of a sitting that they receive: they read of none who was there.
fn not_own_record(viewer: &Viewer, plan: &Plan, before: Option<PersonId>) -> Result<(), Problems> {
    let is_own = plan.keeper == Some(viewer.person) && plan.keeper != before && !plan.host.is(viewer.person);
    if is_own && viewer.holds(Part::Coordinator) && !viewer.may(Act::KeepRoom, &viewer.record()) {
        return Err(Problems::one("keeper", Message::new("observations-keeper-coordinates")));
    }
    Ok(())
}

/// What a sitting is opened by. What nobody with an account presses is done by nobody, and says what did it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Opened {
    Hand,
    /// By the link of an invitation.
    Link(InvitationId),
    /// By a mail to the address of somebody's.
    Mail,
}

/// Adds a sitting that somebody opens, or has opened.
pub(super) async fn add(
    app: &App,
    tx: &mut Tx,
    (viewer, opened): (&Viewer, Opened),
    sitting: &Sitting,
    competencies: &[String],
) -> Result<(), Failure> {
    store::add(tx, sitting).await?;
    letters::forget_outside(app, tx, sitting).await?;
    store::set_competencies(tx, (sitting.organisation, sitting.id), competencies).await?;
    if sitting.kind == Kind::Negotiation {
        one_item(app, tx, viewer, sitting).await?;
    }
    let number = sitting.number;
    let (by, detail) = match opened {
        Opened::Hand => (Some(viewer.person), json!({ "number": number })),
        Opened::Link(invitation) => (None, json!({ "number": number, "invitation": invitation })),
        Opened::Mail => (None, json!({ "number": number, "by": "mail" })),
    };
    noted(app, tx, by, sitting, ("observations.open", detail)).await
}

/// A negotiation is one item until a secretary says otherwise.
async fn one_item(app: &App, tx: &mut Tx, viewer: &Viewer, sitting: &Sitting) -> Result<(), Failure> {
    let (from, to) = (Some(sitting.starts_at), Some(sitting.ends_at));
    let item = Item {
        id: ItemId(app.id()),
        sitting: sitting.id,
        number: 1,
        class: None,
        planned_from: from,
        planned_to: to,
        classified_at: None,
        agreed_at: None,
    };
    Ok(store::put_item(tx, sitting.organisation, &item, (viewer.person, app.now())).await?)
}

/// A draft that becomes a negotiation has its one item, and one that is none any more has it no longer.
async fn other_kind(app: &App, tx: &mut Tx, viewer: &Viewer, sitting: &Sitting) -> Result<(), Failure> {
    let items = store::items_of(&mut *tx, sitting.id).await?;
    match sitting.kind {
        Kind::Negotiation if items.is_empty() => one_item(app, tx, viewer, sitting).await,
        Kind::Meeting if matches!(items.as_slice(), [only] if only.class.is_none()) => {
            Ok(store::cut_items(tx, sitting.id, 0).await?)
        }
        _ => Ok(()),
    }
}

/// A draft from the times of a calendar file: whoever uploads it is the host until they say otherwise. Nothing else of it is kept.
pub async fn draft(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    times: (Timestamp, Timestamp),
) -> Result<SittingId, Failure> {
    transaction!(app.db, tx => Ok(drafted(app, tx, (viewer, Opened::Hand), (edition, times)).await?.id))
}

/// The same in the caller's transaction.
pub(super) async fn drafted(
    app: &App,
    tx: &mut Tx,
    (viewer, opened): (&Viewer, Opened),
    (edition, (starts_at, ends_at)): (EditionId, (Timestamp, Timestamp)),
) -> Result<Sitting, Failure> {
    if starts_at.duration_until(ends_at) > LONGEST_SITTING {
        return Err(Problems::one("file", Message::new("observations-length-wrong")).into());
    }
    let plan = Plan {
        kind: Kind::Meeting,
        starts_at,
        ends_at,
        zone: viewer.zone.iana_name().unwrap_or("UTC").to_owned(),
        place: String::new(),
        link: String::new(),
        seats: 1,
        competencies: Vec::new(),
        host: Somebody { person: Some(viewer.person), ..Somebody::default() },
        chair: Somebody::default(),
        keeper: None,
    };
    let edition = edition_to_open(&mut *tx, viewer, edition).await?;
    let sitting = planned(app, tx, (viewer, &edition), &plan, (None, false)).await?;
    add(app, tx, (viewer, opened), &sitting, &[]).await?;
    Ok(sitting)
}

/// What somebody typed of a sitting; who is named in it is still to be found.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub plan: Plan,
    /// Address or name, and a name where it is nobody of the organisation.
    pub host: (String, String),
    pub chair: (String, String),
    pub keeper: String,
    /// What is wrong with what was typed, as far as a form can say it. Of these fields nothing else is complained of.
    pub problems: Problems,
    /// Under which undertaking, where whoever opens it receives; nothing, or no text, is the newest.
    pub terms: Option<Terms>,
}

impl Wanted {
    pub(super) async fn resolved(&self, app: &App, tx: &mut Tx, organisation: OrganisationId) -> Result<Plan, Failure> {
        let mut problems = self.problems.clone();
        let mut plan = self.plan.clone();
        (plan.place, plan.link) = (one_line(&plan.place), one_line(&plan.link));
        let mut known = HashSet::new();
        plan.competencies.retain(|key| known.insert(key.clone()));
        for (field, named, (typed, name)) in [("host", "host-name", &self.host), ("chair", "chair-name", &self.chair)] {
            let typed = (one_line(typed), one_line(name));
            let found = match somebody(tx, organisation, (field, named), &typed).await {
                Ok(found) => found,
                Err(Failure::Problems(wrong)) => {
                    problems.extend(wrong);
                    continue;
                }
                Err(failure) => return Err(failure),
            };
            if field == "host" { plan.host = found } else { plan.chair = found }
        }
        let keeper = one_line(&self.keeper);
        if !keeper.is_empty() {
            match programmes::named(&mut *tx, organisation, "keeper", &keeper).await {
                Ok(keeper) => plan.keeper = Some(keeper),
                Err(Failure::Problems(wrong)) => problems.extend(wrong),
                Err(failure) => return Err(failure),
            }
        }
        let is_host_wrong = problems.of("host").next().is_some() || problems.of("host-name").next().is_some();
        match Plan::parse(plan, app.now()) {
            Ok(plan) => Ok(problems.or(plan)?),
            Err(mut wrong) => {
                if is_host_wrong {
                    wrong = wrong.without("host");
                }
                let known: Vec<String> = self.problems.iter().map(|problem| problem.field.to_string()).collect();
                for field in &known {
                    wrong = wrong.without(field);
                }
                // A time that is missing is not wrong as well.
                if known.iter().any(|field| ["day", "from", "until"].contains(&field.as_str())) {
                    wrong = wrong.without("day").without("until");
                }
                problems.extend(wrong);
                Err(problems.into())
            }
        }
    }
}

/// What somebody typed on one line, without blanks around it; a program may send more.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A person of the organisation, or somebody outside with a name and an address.
async fn somebody(
    tx: &mut Tx,
    organisation: OrganisationId,
    (field, named): (&'static str, &'static str),
    (typed, name): &(String, String),
) -> Result<Somebody, Failure> {
    if typed.is_empty() {
        return Ok(Somebody::default());
    }
    match programmes::named(&mut *tx, organisation, field, typed).await {
        Ok(person) => {
            let core = identity::person(&mut *tx, person).await?.ok_or(Refusal::NotFound)?;
            Ok(Somebody { person: Some(person), name: core.name, address: core.address })
        }
        Err(Failure::Problems(problems)) => match Address::parse(typed) {
            Some(_) if name.is_empty() => Err(Problems::one(named, Message::new("observations-name-missing")).into()),
            Some(address) => Ok(Somebody { person: None, name: name.clone(), address: address.to_string() }),
            None => Err(problems.into()),
        },
        Err(failure) => Err(failure),
    }
}

/// What a sitting shows is of the edition's framework.
pub(super) async fn fits(tx: &mut Tx, edition: &Edition, plan: &Plan) -> Result<(), Failure> {
    let framework = programmes::framework_of(tx, edition).await?;
    let is_known =
        |key: &String| framework.as_ref().is_some_and(|framework| framework.content.competency(key).is_some());
    if plan.competencies.iter().all(is_known) {
        return Ok(());
    }
    Err(Problems::one("competencies", Message::new("observations-competency-unknown")).into())
}

/// Changes when, where and for how many a sitting is. Whoever holds a seat is told, and their calendar with them. The host stays who
/// agreed.
pub async fn change(
    app: &App,
    viewer: &Viewer,
    (id, version): (SittingId, i64),
    wanted: &Wanted,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let access = Access::of(&mut *tx, viewer, id).await?;
        access.must(access.may_change())?;
        let seats = store::seats_of(&mut *tx, id).await?;
        let may_name = access.names_parts(&seats);
        // Whoever gave it to somebody else would have nothing to do with it any more.
        let may_pass_on = access.is_opener || access.is_secretary;
        let before = access.sitting;
        if !wanted.problems.is_empty() {
            // What cannot be read as it was typed is said first, with whatever else is wrong.
            wanted.resolved(app, tx, viewer.organisation).await?;
        }
        if before.version != version || !matches!(before.state, State::Draft | State::Open | State::Shared) {
            return Err(Refusal::Conflict.into());
        }
        not_begun(tx, &before).await?;
        let edition = programmes::edition(&mut *tx, before.edition).await?.ok_or(Refusal::NotFound)?;
        let plan = wanted.resolved(app, tx, viewer.organisation).await?;
        fits(tx, &edition, &plan).await?;
        may_become(&before, &plan, (&seats, may_name))?;
        if before.state == State::Draft && plan.host != before.host && !may_pass_on {
            return Err(Problems::one("host", Message::new("observations-host-not-yours")).into());
        }
        let host = if before.host_agreed_at.is_some() { before.host.clone() } else { plan.host.clone() };
        // Whom a host had keep the record that host answers for; another host has named nobody yet.
        let kept_by = before.keeper.filter(|_| host == before.host);
        not_own_record(viewer, &Plan { host: host.clone(), ..plan.clone() }, kept_by)?;
        let asks_host = host != before.host && !host.is(viewer.person);
        let is_moved = (before.starts_at, before.ends_at) != (plan.starts_at, plan.ends_at);
        let mut after = Sitting {
            kind: plan.kind,
            starts_at: plan.starts_at,
            ends_at: plan.ends_at,
            zone: plan.zone.clone(),
            place: plan.place.clone(),
            link: plan.link.clone(),
            seats: plan.seats,
            host,
            chair: plan.chair.clone(),
            is_chair_forgotten: false,
            keeper: plan.keeper,
            ..before.clone()
        };
        let is_other_day = after.day() != before.day();
        // What the other side agreed to was that day.
        let is_side_asked_again = is_other_day && after.without_other_side(app.now());
        put(app, tx, &after).await?;
        store::set_competencies(tx, (after.organisation, id), &plan.competencies).await?;
        if after.kind != before.kind {
            other_kind(app, tx, viewer, &after).await?;
        }
        // Whoever is it no longer acts no longer, and whoever is it now has agreed to nothing yet.
        if after.host != before.host {
            store::drop_links(tx, id, LinkAct::Host).await?;
        }
        if after.presiding() != before.presiding() {
            store::drop_links(tx, id, LinkAct::Chair).await?;
            store::disagree(tx, id, app.now()).await?;
            if after.state != State::Draft {
                ask_chair_if_waiting(app, tx, &after).await?;
            }
        }
        // A mail with the time as it was asks no more for what it is.
        let asks_outside_again = is_moved && after.host_agreed_at.is_none() && after.host.person.is_none();
        if asks_host || asks_outside_again {
            letters::ask_host(app, tx, &after).await?;
        }
        if is_other_day {
            sign_again(app, tx, &after).await?;
        }
        if is_moved || is_side_asked_again {
            store::prolong_links(tx, id, link_holds(&after)).await?;
            letters::moved(app, tx, &after, (viewer.person, is_side_asked_again)).await?;
        }
        if is_moved || (&before.place, &before.link) != (&after.place, &after.link) {
            tell_observers(app, tx, &after, letters::other_time).await?;
        }
        if after.seats > before.seats && after.state.is_open() {
            promote(app, tx, std::slice::from_ref(&after)).await?;
            offer(app, tx, &after).await?;
        }
        moved(app, tx, (after.organisation, viewer.person), id).await?;
        note(app, tx, Some(viewer.person), &after, "observations.change").await
    })
}

/// Asks whoever presides now, where a class waits for their agreement: whoever did before may have given none.
async fn ask_chair_if_waiting(app: &App, tx: &mut Tx, sitting: &Sitting) -> Result<(), Failure> {
    let items = store::items_of(&mut *tx, sitting.id).await?;
    if items.iter().any(|item| item.class.is_some() && item.agreed_at.is_none()) {
        letters::ask_chair(app, tx, sitting).await?;
    }
    Ok(())
}

/// What happened in the room happened at the place and the time that were planned: nobody moves it or calls it off any more. What was
/// noted by mistake, and struck, did not happen.
async fn not_begun(tx: &mut Tx, sitting: &Sitting) -> Result<(), Failure> {
    if has_begun(tx, sitting.organisation, sitting.id).await? {
        return Err(Problems::one("", Message::new("observations-recorded")).into());
    }
    Ok(())
}

/// Of what somebody has written a debrief it is not said afterwards that it never was.
async fn not_debriefed(tx: &mut Tx, seats: &[Seat]) -> Result<(), Failure> {
    let fulfilled: Vec<_> = seats.iter().filter_map(|seat| seat.activity).collect();
    let courses = activities::courses_of(tx, &fulfilled).await?;
    if courses.iter().any(|course| course.debriefed_at.is_some()) {
        return Err(Problems::one("", Message::new("observations-debriefed")).into());
    }
    Ok(())
}

/// Once a sitting is open it stays what it is, and only its host or a secretary, or whoever stands in, names who presides and who keeps its
/// record; nobody does either, or receives, where they observe.
fn may_become(before: &Sitting, plan: &Plan, (seats, may_name): (&[Seat], bool)) -> Result<(), Problems> {
    let mut problems = Problems::default();
    let is_draft = before.state == State::Draft;
    if !is_draft && plan.kind != before.kind {
        problems.add("kind", Message::new("observations-kind-stays"));
    }
    if !is_draft && !may_name {
        if plan.chair != before.chair {
            problems.add("chair", Message::new("observations-chair-not-yours"));
        }
        if plan.keeper != before.keeper {
            problems.add("keeper", Message::new("observations-keeper-not-yours"));
        }
    }
    let observes = |person: PersonId| seats.iter().any(|seat| seat.observer == person && seat.state.stands());
    for (field, person, key) in [
        ("host", plan.host.person, "observations-host-observes"),
        ("chair", plan.chair.person, "observations-chair-observes"),
        ("keeper", plan.keeper, "observations-keeper-observes"),
    ] {
        if person.is_some_and(observes) {
            problems.add(field, Message::new(key));
        }
    }
    let held = seats.iter().filter(|seat| seat.state == SeatState::Held || is_given(seat)).count();
    if plan.seats < before.seats && plan.seats < i64::try_from(held).unwrap_or(i64::MAX) {
        problems.add("seats", Message::new("observations-seats-held").with("held", held));
    }
    problems.or(())
}

/// Whether the share-out gave a seat that still waits for an answer.
fn is_given(seat: &Seat) -> bool {
    seat.state == SeatState::Asked && seat.shared_at.is_some()
}

/// Writes a sitting over what was read in this transaction.
pub(super) async fn put(app: &App, tx: &mut Tx, sitting: &Sitting) -> Result<(), Failure> {
    if !store::put(tx, sitting, app.now()).await? {
        return Err(Refusal::Conflict.into());
    }
    if sitting.state == State::Held {
        super::learning::look_on(app, tx, sitting.organisation).await?;
    }
    letters::forget_outside(app, tx, sitting).await
}

/// Tells everybody who holds a seat, each with a message of a higher sequence for their calendar.
async fn tell_observers(
    app: &App,
    tx: &mut Tx,
    sitting: &Sitting,
    letter: fn(&Sitting, PersonId, SeatId) -> crate::notices::Notice,
) -> Result<(), Failure> {
    let mut seats = store::seats_of(&mut *tx, sitting.id).await?;
    seats.retain(|seat| seat.state == SeatState::Held);
    store::next_sequence(tx, sitting.id).await?;
    let notices: Vec<_> = seats.iter().map(|seat| letter(sitting, seat.observer, seat.id)).collect();
    letters::tell(app, tx, &notices).await
}

/// Who answers for a host or a chair: a person, or whoever has the link of their mail.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    Person(&'a Viewer),
    Link(&'a str),
}

/// A sitting as its host or chair comes to it, with who that is.
pub(super) async fn comes(
    app: &App,
    tx: &mut Tx,
    by: By<'_>,
    (id, act): (Option<SittingId>, LinkAct),
) -> Result<(Sitting, Option<PersonId>), Failure> {
    match by {
        By::Person(viewer) => {
            let access = Access::of(tx, viewer, id.ok_or(Refusal::NotFound)?).await?;
            access.must(if act == LinkAct::Host { access.is_host } else { access.is_chair })?;
            Ok((access.sitting, Some(viewer.person)))
        }
        By::Link(token) => {
            let link = link_of(app, &mut *tx, token).await?.filter(|link| link.act == act).ok_or(Refusal::NotFound)?;
            let sitting = store::sitting(tx, link.organisation, link.sitting).await?.ok_or(Refusal::NotFound)?;
            if sitting.state == State::Cancelled {
                return Err(Refusal::NotFound.into());
            }
            Ok((sitting, None))
        }
    }
}

/// What a link opens while it holds.
pub(super) async fn link_of(app: &App, from: impl Into<Reader<'_>>, token: &str) -> Result<Option<Link>, Failure> {
    let Some(digest) = identity::digest_of(token) else { return Ok(None) };
    let Some(link) = store::link(from, &digest, app.now()).await? else { return Ok(None) };
    Ok(Some(link))
}

/// A sitting may last longer than was planned, and its host or chair may have something to say of it then: so long after it a link holds.
const LINK_AFTER: SignedDuration = SignedDuration::from_hours(6);

/// Whether links to a sitting are sent: until it is called off, held, or long over.
pub(super) fn sends_links(sitting: &Sitting, now: Timestamp) -> bool {
    !matches!(sitting.state, State::Cancelled | State::Held) && now < link_holds(sitting)
}

/// Until when the links of a sitting hold.
pub(super) fn link_holds(sitting: &Sitting) -> Timestamp {
    sitting.ends_at.saturating_add(LINK_AFTER).unwrap_or(Timestamp::MAX)
}

/// Makes a link for a mail to whoever is the host or presides now, if they have no account and it is still to be; it holds until some hours
/// after the sitting ends.
pub(super) async fn make_link(app: &App, link: &Link) -> Result<Option<(Sitting, Somebody, String)>, Failure> {
    let (secret, now) = (app.secret(), app.now());
    let written = transaction!(app.db, tx => {
        let sitting = store::sitting(&mut *tx, link.organisation, link.sitting).await?;
        let Some(sitting) = sitting.filter(|sitting| sends_links(sitting, now)) else {
            return Ok(None);
        };
        let somebody = if link.act == LinkAct::Host { sitting.host.clone() } else { sitting.presiding().clone() };
        if somebody.person.is_some() || somebody.address.is_empty() {
            return Ok(None);
        }
        store::add_link(tx, &identity::digest(&secret), link, (now, link_holds(&sitting))).await?;
        Ok::<_, Failure>(Some((sitting, somebody)))
    })?;
    let url = format!("{}/o/{}", app.config.public_url, identity::encode(&secret));
    Ok(written.map(|(sitting, somebody)| (sitting, somebody, url)))
}

/// The terms that a host chose, if they can be and the text is there.
async fn chosen(tx: &mut Tx, organisation: OrganisationId, terms: Terms) -> Result<Terms, Failure> {
    let terms = checked(terms)?;
    let is_known = match terms.text {
        Some(id) => text(tx, organisation, id).await?.is_some(),
        None => false,
    };
    if is_known { Ok(terms) } else { Err(Problems::one("text", Message::new("observations-text-choose")).into()) }
}

/// The host agrees that observers come, under which undertaking and for how long it binds.
pub async fn host_agrees(app: &App, by: By<'_>, id: Option<SittingId>, terms: Terms) -> Result<SittingId, Failure> {
    let terms = checked(terms)?;
    transaction!(app.db, tx => {
        let (sitting, person) = comes(app, tx, by, (id, LinkAct::Host)).await?;
        if sitting.state != State::Draft || sitting.is_over(app.now()) {
            return Err(Refusal::Conflict.into());
        }
        if sitting.starts_at.duration_until(sitting.ends_at) > LONGEST_SITTING {
            return Err(Problems::one("", Message::new("observations-length-wrong")).into());
        }
        let terms = chosen(tx, sitting.organisation, terms).await?;
        let sitting = Sitting { terms, host_agreed_at: Some(app.now()), state: State::Open, ..sitting };
        put(app, tx, &sitting).await?;
        letters::secretaries(app, tx, &sitting, "observations-notice-classify").await?;
        ask_chair_if_waiting(app, tx, &sitting).await?;
        letters::host_said(app, tx, &sitting, (person, "observations-notice-host-agreed")).await?;
        note(app, tx, person, &sitting, "observations.host-agrees").await?;
        Ok(sitting.id)
    })
}

/// The host does not want observers: it is called off before it was opened.
pub async fn host_refuses(app: &App, by: By<'_>, id: Option<SittingId>) -> Result<SittingId, Failure> {
    transaction!(app.db, tx => {
        let (sitting, person) = comes(app, tx, by, (id, LinkAct::Host)).await?;
        if sitting.state != State::Draft {
            return Err(Refusal::Conflict.into());
        }
        let sitting = Sitting { state: State::Cancelled, ..sitting };
        put(app, tx, &sitting).await?;
        letters::host_said(app, tx, &sitting, (person, "observations-notice-host-refused")).await?;
        note(app, tx, person, &sitting, "observations.host-refuses").await?;
        Ok(sitting.id)
    })
}

/// A host without account takes back that observers come: as long as nothing happened in the room it is called off for everybody.
pub(super) async fn host_takes_back(app: &App, by: By<'_>) -> Result<SittingId, Failure> {
    transaction!(app.db, tx => {
        let (sitting, person) = comes(app, tx, by, (None, LinkAct::Host)).await?;
        // What was to begin by now is not called off by a link: it holds for some hours longer, for what goes on.
        if !sitting.state.is_open() || sitting.has_begun(app.now()) {
            return Err(Refusal::Conflict.into());
        }
        let sitting = call_off(app, tx, sitting, person).await?;
        note(app, tx, person, &sitting, "observations.host-refuses").await?;
        Ok(sitting.id)
    })
}

/// Sends a host or a chair without account another link. Those that they have still open the sitting.
pub(super) async fn send_again(app: &App, viewer: &Viewer, id: SittingId, act: LinkAct) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let access = Access::of(&mut *tx, viewer, id).await?;
        access.must(access.may_change())?;
        let sitting = access.sitting;
        let somebody = if act == LinkAct::Host { &sitting.host } else { sitting.presiding() };
        if somebody.person.is_some() || somebody.address.is_empty() || !sends_links(&sitting, app.now()) {
            return Err(Refusal::Conflict.into());
        }
        letters::again(app, tx, &sitting, act).await?;
        note(app, tx, Some(viewer.person), &sitting, "observations.send-again").await
    })
}

/// A negotiation as whoever notes what its other side says comes to it: the host, or a secretary who does not observe it.
async fn asks_side(
    app: &App,
    tx: &mut Tx,
    by: By<'_>,
    id: Option<SittingId>,
    lets_in: LetsIn,
) -> Result<(Sitting, Option<PersonId>), Failure> {
    let (sitting, person) = match (by, id) {
        (By::Person(viewer), Some(id)) => {
            let access = Access::of(&mut *tx, viewer, id).await?;
            access.must(access.is_host || access.is_secretary)?;
            let seats = store::seats_of(&mut *tx, id).await?;
            if !access.asks_side(&seats) {
                return Err(Problems::one("", Message::new("observations-own-room")).into());
            }
            (access.sitting, Some(viewer.person))
        }
        _ => comes(app, tx, by, (id, LinkAct::Host)).await?,
    };
    let is_late = is_late(tx, &sitting, lets_in, app.now()).await?;
    if sitting.kind != Kind::Negotiation || is_late { Err(Refusal::Conflict.into()) } else { Ok((sitting, person)) }
}

/// Whether what is said of a sitting lets somebody in, or keeps them out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LetsIn {
    Yes,
    No,
}

/// Whether nothing that is said of a sitting changes any more who is let in: it was called off, or it is over, by its plan or by a secretary's
/// word, and no record says that it goes on. A phone without connection may tell for hours that it does: what keeps somebody out is heard
/// for as long as the links of a sitting hold.
pub(super) async fn is_late(
    from: impl Into<Reader<'_>>,
    sitting: &Sitting,
    lets_in: LetsIn,
    now: Timestamp,
) -> Result<bool, Failure> {
    let ends_at = if lets_in == LetsIn::Yes { sitting.ends_at } else { link_holds(sitting) };
    let is_over = ends_at <= now || sitting.state == State::Held;
    Ok(sitting.state == State::Cancelled || (is_over && !goes_on(from, sitting, now).await?))
}

/// Records that the other side of a negotiation does not agree any more that somebody observes, or never did. From then on nobody does.
pub async fn other_side_takes_back(app: &App, by: By<'_>, id: Option<SittingId>) -> Result<SittingId, Failure> {
    transaction!(app.db, tx => {
        let (mut sitting, person) = asks_side(app, tx, by, id, LetsIn::No).await?;
        if !sitting.without_other_side(app.now()) {
            return Err(Refusal::Conflict.into());
        }
        put(app, tx, &sitting).await?;
        // Once nobody is let in any more it is not asked again.
        if !is_late(&mut *tx, &sitting, LetsIn::Yes, app.now()).await? {
            letters::side_left(app, tx, &sitting, (person, "observations-notice-side-back")).await?;
        }
        tell_of_side(app, tx, &sitting, "observations-notice-side-back").await?;
        follow(app, tx, (sitting.organisation, person), sitting.id).await?;
        note(app, tx, person, &sitting, "observations.other-side-back").await?;
        Ok(sitting.id)
    })
}

/// Tells whoever holds a seat what the other side says; `key` says it.
async fn tell_of_side(app: &App, tx: &mut Tx, sitting: &Sitting, key: &'static str) -> Result<(), Failure> {
    let seats = store::seats_of(&mut *tx, sitting.id).await?;
    let held = seats.iter().filter(|seat| seat.state == SeatState::Held);
    letters::tell(app, tx, &held.map(|seat| letters::answered(sitting, seat.observer, key)).collect::<Vec<_>>()).await
}

/// Records that the other side of a negotiation agrees that somebody observes. Until then nobody does.
pub async fn other_side_agrees(app: &App, by: By<'_>, id: Option<SittingId>) -> Result<SittingId, Failure> {
    transaction!(app.db, tx => {
        let (sitting, person) = asks_side(app, tx, by, id, LetsIn::Yes).await?;
        if sitting.other_side_agreed_at.is_some() {
            return Err(Refusal::Conflict.into());
        }
        let sitting =
            Sitting { other_side_agreed_at: Some(app.now()), other_side_by: person, ..sitting };
        put(app, tx, &sitting).await?;
        tell_of_side(app, tx, &sitting, "observations-notice-side-agrees").await?;
        follow(app, tx, (sitting.organisation, person), sitting.id).await?;
        note(app, tx, person, &sitting, "observations.other-side").await?;
        Ok(sitting.id)
    })
}

/// Calls a sitting off. Whoever held a seat is told, and their calendar with them.
pub async fn cancel(app: &App, viewer: &Viewer, (id, version): (SittingId, i64)) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let access = Access::of(&mut *tx, viewer, id).await?;
        access.must(access.may_change())?;
        let sitting = access.sitting;
        if sitting.version != version || matches!(sitting.state, State::Held | State::Cancelled) {
            return Err(Refusal::Conflict.into());
        }
        let sitting = call_off(app, tx, sitting, Some(viewer.person)).await?;
        note(app, tx, Some(viewer.person), &sitting, "observations.cancel").await
    })
}

/// Calls a sitting off that has not been. What its observers had prepared goes with it. Whoever knows of it is told; of a draft that is its
/// host alone.
async fn call_off(app: &App, tx: &mut Tx, sitting: Sitting, by: Option<PersonId>) -> Result<Sitting, Failure> {
    not_begun(tx, &sitting).await?;
    let seats = store::seats_of(&mut *tx, sitting.id).await?;
    not_debriefed(tx, &seats).await?;
    let was_draft = sitting.state == State::Draft;
    let sitting = Sitting { state: State::Cancelled, ..sitting };
    put(app, tx, &sitting).await?;
    if was_draft {
        letters::off_draft(app, tx, &sitting, by).await?;
    } else {
        let waiting = seats.iter().filter(|seat| seat.state == SeatState::Asked).map(|seat| seat.observer);
        letters::off(app, tx, (&sitting, &waiting.collect::<Vec<_>>()), by).await?;
    }
    forget(tx, &seats.iter().map(|seat| seat.id).collect::<Vec<_>>()).await?;
    tell_observers(app, tx, &sitting, letters::gone).await?;
    Ok(sitting)
}

/// Whether a sitting is still to come that somebody opens, leads, keeps the record of or has asked to observe.
pub(super) async fn keeps(tx: &mut Tx, leaving: Leaving) -> Result<Option<Message>, Error> {
    let coming = store::coming_of(tx, leaving.organisation, leaving.person, leaving.now).await?;
    Ok((coming > 0).then(|| Message::new("observations-keeps").with("count", coming)))
}

pub(super) async fn note(
    app: &App,
    tx: &mut Tx,
    person: Option<PersonId>,
    sitting: &Sitting,
    verb: &'static str,
) -> Result<(), Failure> {
    noted(app, tx, person, sitting, (verb, json!({ "number": sitting.number }))).await
}

/// The same with more to be said of it.
pub(super) async fn noted(
    app: &App,
    tx: &mut Tx,
    person: Option<PersonId>,
    sitting: &Sitting,
    (verb, detail): (&'static str, serde_json::Value),
) -> Result<(), Failure> {
    let note = Note::new(sitting.organisation.0, person.map(|person| person.0), verb).about("sitting", sitting.id.0);
    audit::note(app, tx, note.with(detail)).await?;
    Ok(())
}
