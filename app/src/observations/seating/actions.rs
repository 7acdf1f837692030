//! Changes of seats: who may, in one transaction, with the audit entry and what people are told.

use std::collections::{HashMap, HashSet};

use anyhow::Context as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::super::access::Access;
use super::super::actions::{By, LetsIn, comes, is_late, note};
use super::super::learning::actions::forget;
use super::super::letters::{self, Reminder};
use super::super::model::{
    Answer, Declaration, ItemId, LinkAct, Policy, Seat, SeatId, SeatState, Sitting, SittingId, Undertaking, declared,
};
use super::super::policy::actions::in_force;
use super::super::policy::store::text;
use super::super::record::actions::{follow, follow_all, has_begun, has_signed};
use super::super::record::events::Paper;
use super::super::sharing::{Share, Wish, share};
use super::super::store as sittings;
use super::super::undertakings::{digest, ends_on, exact, notes_until};
use super::store;
use crate::activities::{self, model as plan};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Reader, Tx};
use crate::i18n::{Lang, Message};
use crate::identity::{self, Act, OrganisationId, Part, PersonId, Viewer};
use crate::mentorships::visibility::{Visibility, place_of};
use crate::mentorships::{self, Mentorship, MentorshipId};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, EditionId};
use crate::transaction;
use crate::vault::{self, Place, Words};

/// An observer is reminded so many days before an undertaking ends.
const REMINDED_BEFORE: i64 = 14;

/// A mentee asks for a seat, or their mentor proposes one, for an activity of the plan or without.
pub async fn ask(
    app: &App,
    viewer: &Viewer,
    id: SittingId,
    (mentorship, activity): (MentorshipId, Option<plan::ActivityId>),
) -> Result<SeatId, Failure> {
    transaction!(app.db, tx => {
        let access = Access::of(&mut *tx, viewer, id).await?;
        let pair = access.running().find(|pair| pair.id == mentorship).ok_or(Refusal::NotFound)?.clone();
        let sitting = access.sitting;
        is_for(&sitting, pair.mentee, app.now())?;
        if let Some(activity) = activity {
            fulfils(tx, &pair, &sitting, activity).await?;
        }
        let seats = sittings::seats_of(&mut *tx, id).await?;
        let own = seats.iter().find(|seat| seat.mentorship == mentorship);
        if own.is_some_and(|seat| !matches!(seat.state, SeatState::Withdrawn | SeatState::NotShared)) {
            return Err(Refusal::Conflict.into());
        }
        has_room(&sitting, &seats)?;
        let seat = Seat {
            id: own.map_or_else(|| SeatId(app.id()), |seat| seat.id),
            sitting: id,
            mentorship,
            observer: pair.mentee,
            observer_name: pair.mentee_name.clone(),
            activity,
            asked_by: viewer.person,
            asked_at: app.now(),
            state: SeatState::Asked,
            host_answer: None,
            secretary_answer: None,
            shared_at: None,
            reason: None,
            conflict: Declaration::NotAsked,
            conflict_words: None,
            sequence: 0,
            changed_at: app.now(),
            version: 1,
            signed_at: None,
            kept_out_at: None,
        };
        store::ask(tx, &sitting, &seat).await?;
        let known = own.map_or(seat.clone(), |own| Seat { version: own.version + 1, ..own.clone() });
        if let Some(earlier) = declared_before(&seats, &known) {
            declare_again(app, tx, &pair, (&known, earlier)).await?;
            letters::of_conflicts(app, tx, &sitting, &[seat.observer]).await?;
        }
        let policy = in_force(&mut *tx, sitting.organisation).await?;
        letters::asked(app, tx, &sitting, (true, policy.secretary_agrees)).await?;
        note(app, tx, None, &sitting, "observations.ask").await?;
        Ok(seat.id)
    })
}

/// Refuses a wish where a sitting is open to nobody any more, or where whoever would observe has a part in it.
fn is_for(sitting: &Sitting, observer: PersonId, now: Timestamp) -> Result<(), Problems> {
    if !sitting.state.is_open() || sitting.has_begun(now) {
        return Err(Problems::one("", Message::new("observations-ask-late")));
    }
    if [sitting.host.person, sitting.chair.person, sitting.keeper].contains(&Some(observer)) {
        return Err(Problems::one("", Message::new("observations-ask-has-part")));
    }
    Ok(())
}

/// Refuses a wish where every seat is taken.
fn has_room(sitting: &Sitting, seats: &[Seat]) -> Result<(), Problems> {
    if count(seats, |seat| seat.state == SeatState::Held) >= sitting.seats {
        return Err(Problems::one("", Message::new("observations-ask-full")));
    }
    Ok(())
}

/// A wish to which somebody said no waits anew, as if it were asked now: what was asked of it then is asked again, and what the share-out gave
/// others have been given since.
async fn ask_anew(app: &App, tx: &mut Tx, sitting: &Sitting, seat: &Seat) -> Result<(), Failure> {
    let pairs = mentorships::these(&mut *tx, sitting.organisation, &[seat.mentorship]).await?;
    if pairs.iter().all(|pair| pair.ended_at.is_some()) {
        return Err(Problems::one("", Message::new("observations-ask-parted")).into());
    }
    is_for(sitting, seat.observer, app.now())?;
    has_room(sitting, &sittings::seats_of(&mut *tx, sitting.id).await?)?;
    Ok(store::unshare(tx, seat.id).await?)
}

/// The seat of another pair of theirs at the same sitting for which an observer declared a conflict of interest, where they have declared none
/// for this one: what they declared was of the sitting, and stands.
fn declared_before<'a>(seats: &'a [Seat], seat: &Seat) -> Option<&'a Seat> {
    let is_declared =
        |seat: &Seat| matches!(seat.conflict, Declaration::Declared | Declaration::Settled | Declaration::Barred);
    let is_it = |one: &&Seat| one.observer == seat.observer && one.id != seat.id && is_declared(one);
    seats.iter().rfind(is_it).filter(|_| !is_declared(seat))
}

/// Declares for a seat what its observer declared for an earlier one; the secretary settles it for this one.
async fn declare_again(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (seat, earlier): (&Seat, &Seat),
) -> Result<(), Failure> {
    let before = mentorships::these(&mut *tx, pair.organisation, &[earlier.mentorship]).await?;
    let keys = vault::keys(app, &mut *tx, pair.organisation, &[earlier.mentorship.0]).await?;
    let words = before.first().zip(earlier.conflict_words.as_ref());
    let words = words.and_then(|(before, sealed)| keys.open(&place_of_conflict(before, earlier.id), sealed).ok());
    let sealed = match &words {
        Some(words) => Some(vault::seal(app, tx, &place_of_conflict(pair, seat.id), words).await?),
        None => None,
    };
    if !store::declare(tx, seat, (Declaration::Declared, sealed), (None, &[]), app.now()).await? {
        return Err(Refusal::Conflict.into());
    }
    Ok(sittings::unconcern(tx, seat.id).await?)
}

/// An activity is to be done by the pair's plan, of the kind that the sitting shows, and no other seat of the pair is to fulfil it: its debrief
/// is that of one observation.
async fn fulfils(tx: &mut Tx, pair: &Mentorship, sitting: &Sitting, activity: plan::ActivityId) -> Result<(), Failure> {
    let planned = activities::plan(&mut *tx, pair.id).await?;
    let fits =
        planned.iter().any(|one| one.id == activity && one.is_to_be_done() && one.kind == sitting.kind.activity());
    if !fits {
        return Err(Problems::one("activity", Message::new("observations-activity-unknown")).into());
    }
    let spoken_for = store::spoken_for(&mut *tx, pair.id, sitting.id).await?;
    if spoken_for.contains(&activity) {
        return Err(Problems::one("activity", Message::new("observations-activity-spoken-for")).into());
    }
    // A seat that came to nothing fulfils it no more.
    Ok(store::release(tx, pair.id, activity, sitting.id).await?)
}

fn count(seats: &[Seat], is: impl Fn(&Seat) -> bool) -> i64 {
    i64::try_from(seats.iter().filter(|seat| is(seat)).count()).unwrap_or(i64::MAX)
}

/// A seat of a sitting, in the transaction.
async fn known(tx: &mut Tx, id: SittingId, seat: SeatId) -> Result<Seat, Failure> {
    Ok(store::seat(tx, id, seat).await?.ok_or(Refusal::NotFound)?)
}

/// Nobody decides about a seat of their own, whatever part they have.
pub(in super::super) fn not_own(viewer: &Viewer, seat: &Seat) -> Result<(), Problems> {
    if seat.observer == viewer.person {
        return Err(Problems::one("", Message::new("observations-own-decided")));
    }
    Ok(())
}

/// The host or the secretary answers whether somebody may observe. Once both have agreed as the policy asks, and there are not more wishes
/// than seats, the seat is theirs.
pub async fn answer(
    app: &App,
    by: By<'_>,
    (id, seat): (Option<SittingId>, SeatId),
    answer: Answer,
) -> Result<SittingId, Failure> {
    transaction!(app.db, tx => {
        let (sitting, person, as_host, as_secretary) = if let (By::Person(viewer), Some(id)) = (by, id) {
            let access = Access::of(&mut *tx, viewer, id).await?;
            access.must(access.answers())?;
            (access.sitting, Some(viewer.person), access.is_host, access.is_secretary)
        } else {
            let (sitting, person) = comes(app, tx, by, (id, LinkAct::Host)).await?;
            (sitting, person, true, false)
        };
        let before = known(tx, sitting.id, seat).await?;
        if let By::Person(viewer) = by {
            not_own(viewer, &before)?;
        }
        // Whoever said yes may take it back until it begins.
        let was_held = before.state == SeatState::Held;
        let takes_back = was_held && answer == Answer::Refused && !sitting.has_begun(app.now());
        // And so may whoever said no.
        let said_no = [(as_host, before.host_answer), (as_secretary, before.secretary_answer)];
        let said_no = said_no.iter().any(|(is_it, said)| *is_it && *said == Some(Answer::Refused));
        let is_open_again = before.state == SeatState::Refused && said_no && answer == Answer::Agreed;
        let is_open_again = is_open_again && !sitting.has_begun(app.now());
        if !(before.state == SeatState::Asked || takes_back || is_open_again) || !sitting.state.is_open() {
            return Err(Refusal::Conflict.into());
        }
        if takes_back {
            not_recorded(tx, &sitting, &before).await?;
        }
        // Nobody is let in to what is over.
        let lets_in = before.state == SeatState::Asked && answer == Answer::Agreed;
        if lets_in && is_late(&mut *tx, &sitting, LetsIn::Yes, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        let host_answer = if as_host { Some(answer) } else { before.host_answer };
        let secretary_answer = if as_secretary { Some(answer) } else { before.secretary_answer };
        let after = Seat {
            host_answer,
            secretary_answer,
            state: if [host_answer, secretary_answer].contains(&Some(Answer::Refused)) {
                SeatState::Refused
            } else if is_open_again {
                SeatState::Asked
            } else {
                before.state
            },
            sequence: before.sequence + i64::from(was_held),
            ..before
        };
        if after.state == SeatState::Asked && is_open_again {
            ask_anew(app, tx, &sitting, &after).await?;
        }
        let secretary = person.filter(|_| as_secretary);
        if !store::put(tx, &after, secretary, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        if takes_back {
            forget(tx, &[after.id]).await?;
        }
        if answer == Answer::Refused {
            let told = if was_held {
                letters::gone(&sitting, after.observer, after.id)
            } else {
                letters::answered(&sitting, after.observer, "observations-notice-refused")
            };
            letters::tell(app, tx, &[told]).await?;
        }
        promote(app, tx, std::slice::from_ref(&sitting)).await?;
        // Whoever was told that there is no seat, and has none yet, waits again.
        if is_open_again && known(tx, sitting.id, seat).await?.state == SeatState::Asked {
            letters::tell(app, tx, &[letters::answered(&sitting, after.observer, "observations-notice-again")]).await?;
            // The other of the two may have thought it settled.
            let policy = in_force(&mut *tx, sitting.organisation).await?;
            let waits_for_secretary = policy.secretary_agrees && after.secretary_answer.is_none();
            letters::asked(app, tx, &sitting, (after.host_answer.is_none(), waits_for_secretary)).await?;
        }
        if answer == Answer::Refused {
            offer(app, tx, &sitting).await?;
        }
        follow(app, tx, (sitting.organisation, person), sitting.id).await?;
        if let Some(person) = person {
            let waits = |seat: &Seat| {
                seat.state == SeatState::Asked
                    && ((as_host && seat.host_answer.is_none()) || (as_secretary && seat.secretary_answer.is_none()))
            };
            if !sittings::seats_of(&mut *tx, sitting.id).await?.iter().any(waits) {
                letters::done(app, tx, &sitting, (person, LinkAct::Host)).await?;
            }
        }
        note(app, tx, person, &sitting, "observations.answer").await?;
        Ok(sitting.id)
    })
}

/// Gives a seat to everybody whose wish is agreed to, where there is room: either the share-out gave it, or all who wait fit in. As many
/// statements for forty sittings as for one.
pub(in super::super) async fn promote(app: &App, tx: &mut Tx, of: &[Sitting]) -> Result<(), Failure> {
    let Some(first) = of.first() else { return Ok(()) };
    let policy: Policy = in_force(&mut *tx, first.organisation).await?;
    let ids: Vec<SittingId> = of.iter().map(|sitting| sitting.id).collect();
    let standing = store::standing_at(&mut *tx, &ids).await?;
    let secretaries = if policy.secretary_agrees {
        identity::person_ids_with_part(&mut *tx, first.organisation, Part::Secretary).await?
    } else {
        Vec::new()
    };
    // Where the only secretary asks for themselves nobody else can agree as one, and the host's yes is enough.
    let policy_for = |seat: &Seat| Policy {
        secretary_agrees: policy.secretary_agrees && secretaries.iter().any(|secretary| *secretary != seat.observer),
        ..policy
    };
    let mut held = Vec::new();
    let mut notices = Vec::new();
    for sitting in of {
        let seats: Vec<&Seat> = standing.iter().filter(|seat| seat.sitting == sitting.id).collect();
        let all_fit = i64::try_from(seats.len()).unwrap_or(i64::MAX) <= sitting.seats;
        let is_due = |seat: &Seat| {
            seat.state == SeatState::Asked && seat.is_agreed(policy_for(seat)) && (seat.shared_at.is_some() || all_fit)
        };
        for seat in seats.into_iter().filter(|seat| is_due(seat)) {
            held.push(seat.id);
            notices.push(letters::seated(sitting, seat.observer, seat.id));
        }
    }
    if held.is_empty() {
        return Ok(());
    }
    all_touched(store::hold(tx, &held, app.now()).await?, held.len())?;
    letters::tell(app, tx, &notices).await
}

/// Tells whoever the share-out gave no seat that one is free, where it is: they may ask again.
pub(in super::super) async fn offer(app: &App, tx: &mut Tx, sitting: &Sitting) -> Result<(), Failure> {
    let seats = sittings::seats_of(&mut *tx, sitting.id).await?;
    let is_free = count(&seats, |seat| seat.state.stands()) < sitting.seats;
    if !is_free || !sitting.state.is_open() || sitting.has_begun(app.now()) {
        return Ok(());
    }
    let without = seats.iter().filter(|seat| seat.state == SeatState::NotShared);
    let told = without.map(|seat| letters::answered(sitting, seat.observer, "observations-notice-free"));
    letters::tell(app, tx, &told.collect::<Vec<_>>()).await
}

/// Somebody else was first where fewer rows were as they had been read.
fn all_touched(touched: u64, of: usize) -> Result<(), Refusal> {
    if usize::try_from(touched).is_ok_and(|touched| touched == of) { Ok(()) } else { Err(Refusal::Conflict) }
}

/// Whoever may have been in the room with a seat keeps it, whatever the plan says of when it begins.
async fn not_recorded(tx: &mut Tx, sitting: &Sitting, seat: &Seat) -> Result<(), Failure> {
    if seat.state == SeatState::Held && has_begun(&mut *tx, sitting.organisation, sitting.id).await? {
        return Err(Problems::one("", Message::new("observations-recorded")).into());
    }
    Ok(())
}

/// One of the pair takes a wish or a seat back.
pub async fn withdraw(app: &App, viewer: &Viewer, (id, seat): (SittingId, SeatId)) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let access = Access::of(&mut *tx, viewer, id).await?;
        let before = known(tx, id, seat).await?;
        access.must(access.pairs.iter().any(|pair| pair.id == before.mentorship))?;
        let sitting = access.sitting;
        if !before.state.stands() || sitting.has_begun(app.now()) {
            return Err(Refusal::Conflict.into());
        }
        not_recorded(tx, &sitting, &before).await?;
        give_back(app, tx, &sitting, before, Some(viewer.person)).await?;
        note(app, tx, None, &sitting, "observations.withdraw").await
    })
}

/// A pair has ended: its wishes and its seats that are to come go with it, and make room for others.
pub(in super::super) async fn part(app: &App, tx: &mut Tx, pair: &Mentorship) -> Result<(), Failure> {
    for (sitting, seat) in store::ahead_of(&mut *tx, pair.id, app.now()).await? {
        let sitting = sittings::sitting(&mut *tx, pair.organisation, sitting).await?.ok_or(Refusal::NotFound)?;
        let before = known(tx, sitting.id, seat).await?;
        match not_recorded(tx, &sitting, &before).await {
            // It has begun before its time: what happened there happened.
            Err(Failure::Problems(_)) => continue,
            other => other?,
        }
        give_back(app, tx, &sitting, before, None).await?;
    }
    Ok(())
}

async fn give_back(
    app: &App,
    tx: &mut Tx,
    sitting: &Sitting,
    before: Seat,
    by: Option<PersonId>,
) -> Result<(), Failure> {
    let was_held = before.state == SeatState::Held;
    let sequence = before.sequence + i64::from(was_held);
    let after = Seat { state: SeatState::Withdrawn, sequence, ..before };
    if !store::put(tx, &after, None, app.now()).await? {
        return Err(Refusal::Conflict.into());
    }
    if was_held {
        forget(tx, &[after.id]).await?;
        letters::tell(app, tx, &[letters::gone(sitting, after.observer, after.id)]).await?;
    }
    promote(app, tx, std::slice::from_ref(sitting)).await?;
    offer(app, tx, sitting).await?;
    follow(app, tx, (sitting.organisation, by), sitting.id).await
}

/// Where an observer's words about their conflicts stand: the secretary reads them, and nobody else.
pub(super) fn place_of_conflict(pair: &Mentorship, seat: SeatId) -> Place {
    place_of(pair, pair.mentee, Visibility::Reported, ("seats", "conflict_words", seat.0))
}

/// An observer's own seat.
async fn own(tx: &mut Tx, viewer: &Viewer, (id, seat): (SittingId, SeatId)) -> Result<(Access, Seat), Failure> {
    let access = Access::of(&mut *tx, viewer, id).await?;
    let seat = known(tx, id, seat).await?;
    access.must(seat.observer == viewer.person)?;
    Ok((access, seat))
}

/// An observer says whether they have a conflict of interest: family, holdings, a former employer, the other side.
pub async fn declare(
    app: &App,
    viewer: &Viewer,
    path: (SittingId, SeatId),
    (has_conflict, words): (bool, &str),
) -> Result<(), Failure> {
    let words: Option<Words> = declared(has_conflict, words)?;
    transaction!(app.db, tx => {
        let (access, seat) = own(tx, viewer, path).await?;
        let pair = access.pairs.iter().find(|pair| pair.id == seat.mentorship).ok_or(Refusal::NotFound)?;
        let lets_in = if has_conflict { LetsIn::No } else { LetsIn::Yes };
        if !seat.state.stands() || is_late(&mut *tx, &access.sitting, lets_in, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        let (conflict, sealed) = match &words {
            Some(words) => {
                let words = after_the_first(app, tx, pair, (&seat, words)).await?;
                let sealed = vault::seal(app, tx, &place_of_conflict(pair, seat.id), &words).await?;
                (Declaration::Declared, Some(sealed))
            }
            // What the secretary has read, or barred them for, is not unsaid.
            None if !matches!(seat.conflict, Declaration::NotAsked | Declaration::None) => {
                return Err(Problems::one("conflict", Message::new("observations-conflict-stands")).into());
            }
            None => (Declaration::None, None),
        };
        if !store::declare(tx, &seat, (conflict, sealed), (None, &[]), app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        sittings::unconcern(tx, seat.id).await?;
        if conflict == Declaration::Declared {
            letters::of_conflicts(app, tx, &access.sitting, &[viewer.person]).await?;
        }
        // The trail says nothing of it: coordinators read it.
        follow(app, tx, (access.sitting.organisation, Some(viewer.person)), access.sitting.id).await
    })
}

/// What an observer declares comes after what they declared before: the secretary settled that, and it stays to be read. What does not open any
/// more is said anew.
async fn after_the_first(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (seat, words): (&Seat, &Words),
) -> Result<Words, Failure> {
    let Some(before) = &seat.conflict_words else { return Ok(words.clone()) };
    let keys = vault::keys(app, &mut *tx, pair.organisation, &[pair.id.0]).await?;
    let before = keys.open(&place_of_conflict(pair, seat.id), before).ok().filter(|before| before != words);
    Ok(before.map_or_else(|| words.clone(), |before| Words::new(format!("{}\n\n{}", before.as_str(), words.as_str()))))
}

/// What was read of a conflict of interest: as which version the seat stood, and the sitting with its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Versions {
    pub seat: i64,
    pub sitting: i64,
}

/// For which items a conflict counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    All,
    /// These; none where it counts for nothing.
    Items(Vec<ItemId>),
}

/// The secretary settles for which items a declared conflict counts; that of the only secretary, whoever stands in for them.
pub async fn settle(
    app: &App,
    viewer: &Viewer,
    (id, seat): (SittingId, SeatId),
    (read, settled): (Versions, &Settled),
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let access = Access::of(&mut *tx, viewer, id).await?;
        access.must(access.may_settle())?;
        let seat = known(tx, id, seat).await?;
        not_own(viewer, &seat)?;
        access.must(access.settles(seat.observer))?;
        // What the observer has said since is to be read first, and so are the items.
        if (Versions { seat: seat.version, sitting: access.sitting.version }) != read {
            return Err(Refusal::Conflict.into());
        }
        if !matches!(seat.conflict, Declaration::Declared | Declaration::Settled | Declaration::Barred) {
            return Err(Refusal::Conflict.into());
        }
        let items = sittings::items_of(&mut *tx, id).await?;
        let (conflict, concerned) = match settled {
            Settled::All => (Declaration::Barred, Vec::new()),
            Settled::Items(chosen) => {
                if chosen.iter().any(|item| items.iter().all(|known| known.id != *item)) {
                    return Err(Refusal::NotFound.into());
                }
                (Declaration::Settled, chosen.clone())
            }
        };
        let words = seat.conflict_words.clone();
        let numbers: Vec<i64> =
            items.iter().filter(|item| concerned.contains(&item.id)).map(|item| item.number).collect();
        if !store::declare(tx, &seat, (conflict, words), (Some(viewer.person), &numbers), app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        sittings::unconcern(tx, seat.id).await?;
        let pairs: Vec<_> = concerned.into_iter().map(|item| (seat.id, item)).collect();
        sittings::concern(tx, access.sitting.organisation, &pairs).await?;
        letters::tell(app, tx, &[letters::answered(&access.sitting, seat.observer, "observations-notice-settled")]).await?;
        follow(app, tx, (access.sitting.organisation, Some(viewer.person)), access.sitting.id).await
    })
}

/// The exact words that an observer would sign now.
pub(super) async fn to_sign(
    from: impl Into<Reader<'_>>,
    sitting: &Sitting,
    name: &str,
    lang: Lang,
) -> Result<String, Failure> {
    let mut from = from.into();
    let id = sitting.terms.text.ok_or(Refusal::NotFound)?;
    let text = text(from.again(), sitting.organisation, id).await?.ok_or(Refusal::NotFound)?;
    let house = identity::organisation(from, sitting.organisation).await?.ok_or(Refusal::NotFound)?;
    Ok(exact(&text, (sitting, &house.name), sitting.day(), name, lang))
}

/// What an observer would sign, or signed, for whoever may read it: the observer, the host and the secretary.
pub(in super::super) async fn undertaking(
    app: &App,
    viewer: &Viewer,
    (id, seat): (SittingId, SeatId),
    lang: Lang,
) -> Result<(Sitting, Seat, String, Option<Undertaking>), Failure> {
    let access = Access::of(&app.db, viewer, id).await?;
    let seat = store::seat(&app.db, id, seat).await?.ok_or(Refusal::NotFound)?;
    access.must(seat.observer == viewer.person || access.is_secretary || access.is_host)?;
    if seat.state != SeatState::Held {
        return Err(Refusal::NotFound.into());
    }
    let signed = store::undertakings_of(&app.db, &[seat.id]).await?.into_iter().next();
    let words = match &signed {
        Some(signed) => signed.words.clone(),
        None => to_sign(&app.db, &access.sitting, &seat.observer_name, lang).await?,
    };
    Ok((access.sitting, seat, words, signed))
}

/// An observer signs the words that they read, which their digest names.
pub async fn sign(
    app: &App,
    viewer: &Viewer,
    path: (SittingId, SeatId),
    (lang, seen): (Lang, &str),
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let (access, seat) = own(tx, viewer, path).await?;
        let sitting = access.sitting;
        if seat.state != SeatState::Held || seat.signed_at.is_some() {
            return Err(Refusal::Conflict.into());
        }
        if is_late(&mut *tx, &sitting, LetsIn::Yes, app.now()).await? {
            return Err(Problems::one("", Message::new("observations-sign-late")).into());
        }
        let words = to_sign(&mut *tx, &sitting, &seat.observer_name, lang).await?;
        let digest = digest(&words);
        if hex::encode(&digest) != seen {
            return Err(Refusal::Conflict.into());
        }
        let day = sitting.day();
        let undertaking = Undertaking {
            seat: seat.id,
            observer: viewer.person,
            text: sitting.terms.text.ok_or(Refusal::NotFound)?,
            words,
            digest,
            signed_at: app.now(),
            ends_on: ends_on(sitting.terms, day),
            notes_until: notes_until(sitting.terms, day),
        };
        store::sign(tx, sitting.organisation, &undertaking, lang).await?;
        let number = text(&mut *tx, sitting.organisation, undertaking.text).await?.map_or(0, |text| text.number);
        let Undertaking { signed_at, ends_on, notes_until, .. } = undertaking;
        let paper = Paper { text: number, signed_at, ends_on, notes_until: Some(notes_until) };
        has_signed(app, tx, &sitting, (viewer.person, &undertaking.digest), paper).await?;
        if let Some(ends_on) = undertaking.ends_on {
            let reminder = Reminder { organisation: sitting.organisation, sitting: sitting.id, seat: seat.id };
            letters::remind(app, tx, reminder, reminded_at(ends_on, &sitting.zone, app.now())).await?;
        }
        note(app, tx, None, &sitting, "observations.sign").await
    })
}

/// The sitting is on another day than what was signed says: it is kept as it was, and signed anew.
pub(in super::super) async fn sign_again(app: &App, tx: &mut Tx, sitting: &Sitting) -> Result<(), Failure> {
    let seats = sittings::seats_of(&mut *tx, sitting.id).await?;
    store::replace_undertakings(tx, sitting.id, app.now()).await?;
    let signed = seats.iter().filter(|seat| seat.state == SeatState::Held && seat.signed_at.is_some());
    let notices: Vec<_> = signed.map(|seat| letters::sign_again(sitting, seat.observer)).collect();
    letters::tell(app, tx, &notices).await
}

/// An observer of the demonstration signs what they would read.
pub async fn sign_now(app: &App, viewer: &Viewer, (id, seat): (SittingId, SeatId)) -> Result<(), Failure> {
    let access = Access::of(&app.db, viewer, id).await?;
    let known = store::seat(&app.db, id, seat).await?.ok_or(Refusal::NotFound)?;
    let words = to_sign(&app.db, &access.sitting, &known.observer_name, viewer.lang).await?;
    sign(app, viewer, (id, seat), (viewer.lang, &hex::encode(digest(&words)))).await
}

/// The morning some days before an undertaking ends, or now where that has gone.
fn reminded_at(ends_on: Date, zone: &str, now: Timestamp) -> Timestamp {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let day = ends_on.saturating_sub(REMINDED_BEFORE.days());
    zone.to_ambiguous_timestamp(day.at(9, 0, 0, 0)).compatible().unwrap_or(now).max(now)
}

/// Tells an observer that their undertaking ends soon.
pub(in super::super) async fn remind(app: &App, reminder: &Reminder) -> Result<(), Failure> {
    let sitting = sittings::sitting(&app.db, reminder.organisation, reminder.sitting).await?;
    let signed = store::undertakings_of(&app.db, &[reminder.seat]).await?.into_iter().next();
    let (Some(sitting), Some(signed)) = (sitting, signed) else { return Ok(()) };
    let Some(ends_on) = signed.ends_on else { return Ok(()) };
    // One that was signed anew, since the sitting moved, has a reminder of its own.
    if reminded_at(ends_on, &sitting.zone, Timestamp::MIN) > app.now() {
        return Ok(());
    }
    let notice = letters::ending(&sitting, signed.observer, signed.seat, ends_on.to_string());
    transaction!(app.db, tx => letters::tell(app, tx, std::slice::from_ref(&notice)).await)
}

/// What a share-out begins with.
struct Begun {
    wishes: Vec<Wish>,
    /// The places that are free.
    places: Vec<(SittingId, i64)>,
    open: Vec<Sitting>,
}

async fn begun(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    edition: EditionId,
    now: Timestamp,
) -> Result<Begun, Failure> {
    let mut from = from.into();
    let mut wishes = store::wishes(from.again(), edition, now).await?;
    let open = sittings::open_of_edition(from.again(), edition, now).await?;
    let ids: Vec<SittingId> = open.iter().map(|sitting| sitting.id).collect();
    let taken: HashMap<SittingId, i64> = store::taken(from.again(), &ids).await?.into_iter().collect();
    let competencies = sittings::competencies_of(from.again(), &ids).await?;
    let people: Vec<PersonId> = wishes.iter().map(|wish| wish.observer).collect();
    let had: HashMap<PersonId, i64> = store::had(from.again(), organisation, &people).await?.into_iter().collect();
    let seen: HashSet<(PersonId, String)> = store::seen(from, organisation, &people).await?.into_iter().collect();
    for wish in &mut wishes {
        wish.had = had.get(&wish.observer).copied().unwrap_or(0);
        let mut shown = competencies.iter().filter(|(sitting, _)| *sitting == wish.sitting);
        wish.still = shown.any(|(_, key)| !seen.contains(&(wish.observer, key.clone())));
    }
    let free = |sitting: &Sitting| sitting.seats - taken.get(&sitting.id).copied().unwrap_or(0);
    let places = open.iter().map(|sitting| (sitting.id, free(sitting).max(0))).collect();
    Ok(Begun { wishes, places, open })
}

/// Shares the seats of an edition's sittings out among those who wish for one, with as many statements for a thousand wishes as for two
/// but for those that tell people. Gives what became of each wish.
pub async fn share_out(app: &App, viewer: &Viewer, edition: EditionId) -> Result<Vec<Share>, Failure> {
    let edition = shared_by(&app.db, viewer, edition).await?;
    let organisation = viewer.organisation;
    let before = begun(&app.db, organisation, edition, app.now()).await?;
    let (before, shares) = shared_out(before).await?;
    let given = shares.iter().filter(|share| share.is_given).count();
    transaction!(app.db, tx => {
        // Whoever asked or withdrew meanwhile is to be shared out with the others.
        let again = begun(&mut *tx, organisation, edition, app.now()).await?;
        if (&again.wishes, &again.places) != (&before.wishes, &before.places) {
            return Err(Refusal::Conflict.into());
        }
        all_touched(store::share(tx, &shares, app.now()).await?, shares.len())?;
        let by_id: HashMap<SittingId, &Sitting> = again.open.iter().map(|sitting| (sitting.id, sitting)).collect();
        let without = shares.iter().zip(&again.wishes).filter(|(share, _)| !share.is_given);
        let without: Vec<(&Sitting, PersonId)> = without
            .filter_map(|(_, wish)| Some((*by_id.get(&wish.sitting)?, wish.observer)))
            .collect();
        let mut crowded: Vec<SittingId> = without.iter().map(|(sitting, _)| sitting.id).collect();
        crowded.sort_unstable();
        crowded.dedup();
        sittings::set_shared(tx, &crowded, app.now()).await?;
        promote(app, tx, &again.open).await?;
        // One that begins before its time has a record already.
        follow_all(app, tx, viewer).await?;
        let not = |(sitting, observer): &(&Sitting, PersonId)| {
            letters::answered(sitting, *observer, "observations-notice-not-shared")
        };
        letters::tell(app, tx, &without.iter().map(not).collect::<Vec<_>>()).await?;
        let note = Note::new(organisation.0, viewer.person.0, "observations.share").about("edition", edition.0);
        let detail = serde_json::json!({ "wishes": shares.len(), "given": given });
        audit::note(app, tx, note.with(detail)).await?;
        Ok::<(), Failure>(())
    })?;
    Ok(shares)
}

/// What the share-out would give now, for whoever reads who observes. Nothing is written.
pub(super) async fn would_share(app: &App, viewer: &Viewer, edition: EditionId) -> Result<Shared, Failure> {
    viewer.must(Act::KeepRoom)?;
    let edition = shared_by(&app.db, viewer, edition).await?;
    let begun = begun(&app.db, viewer.organisation, edition, app.now()).await?;
    // Whoever wishes for a seat does not choose the moment at which they would get it.
    if begun.wishes.iter().any(|wish| wish.observer == viewer.person) {
        return Err(Problems::one("", Message::new("observations-own-room")).into());
    }
    let (Begun { open, .. }, shares) = shared_out(begun).await?;
    let ids: Vec<SeatId> = shares.iter().map(|share| share.seat).collect();
    let mut seats = store::these(&app.db, viewer.organisation, &ids).await?;
    for seat in &mut seats {
        let Some(share) = shares.iter().find(|share| share.seat == seat.id) else { continue };
        seat.state = if share.is_given { SeatState::Asked } else { SeatState::NotShared };
        seat.reason = Some(share.reason);
    }
    Ok(Shared { open, seats })
}

/// The seats of a share-out in the order in which they were asked for, with the sittings of the edition.
#[derive(Debug)]
pub(super) struct Shared {
    pub open: Vec<Sitting>,
    pub seats: Vec<Seat>,
}

/// Shares out beside the runtime: a thousand wishes take a while.
async fn shared_out(begun: Begun) -> anyhow::Result<(Begun, Vec<Share>)> {
    let shared = tokio::task::spawn_blocking(move || {
        let shares = share(&begun.wishes, &begun.places)?;
        Ok((begun, shares))
    });
    shared.await.context("the seats could not be shared out")?
}

/// An edition whose wishes somebody may share out: a coordinator, or a secretary.
pub(in super::super) async fn shared_by(
    from: impl Into<Reader<'_>>,
    viewer: &Viewer,
    id: EditionId,
) -> Result<EditionId, Failure> {
    let edition = programmes::edition(from, id).await?;
    edition.filter(|edition| edition.organisation == viewer.organisation).ok_or(Refusal::NotFound)?;
    let may = |act| viewer.may(act, &viewer.record());
    if may(Act::KeepRoom) || may(Act::ManageProgrammes) { Ok(id) } else { Err(Refusal::NotFound.into()) }
}

/// What an observer declared, as the secretary or they themselves read it.
pub(in super::super) async fn conflict_words(
    app: &App,
    organisation: OrganisationId,
    seats: &[Seat],
) -> Result<Vec<(SeatId, Result<Words, vault::Closed>)>, Failure> {
    let declared: Vec<&Seat> = seats.iter().filter(|seat| seat.conflict_words.is_some()).collect();
    let ids: Vec<MentorshipId> = declared.iter().map(|seat| seat.mentorship).collect();
    let pairs = mentorships::these(&app.db, organisation, &ids).await?;
    let keys = vault::keys(app, &app.db, organisation, &ids.iter().map(|id| id.0).collect::<Vec<_>>()).await?;
    let open = |seat: &&Seat| {
        let pair = pairs.iter().find(|pair| pair.id == seat.mentorship)?;
        let sealed = seat.conflict_words.as_ref()?;
        Some((seat.id, keys.open(&place_of_conflict(pair, seat.id), sealed)))
    };
    Ok(declared.iter().filter_map(open).collect())
}
