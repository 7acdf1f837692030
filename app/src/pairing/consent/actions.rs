//! Every change to consent: who may, in one transaction, with the audit entry and the jobs.

use std::collections::HashSet;
use std::sync::Arc;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

use super::Couple;
use super::letters::{Letter, changed, note, wait_for_silence, write};
use super::model::{Answer, Done, Press, Proposal, ProposalId, Standing, State, What};
use super::others::Others;
use super::presses::{self, PART, takes_part};
use super::reasons;
use super::shortlist::{Candidate, Enrolled};
use super::store::{self, OwnWishes};
use crate::app::App;
use crate::db::{Error, Reader, Tx};
use crate::erasure::Leaving;
use crate::i18n::{Message, sort_key};
use crate::identity::{Act, PersonId, Record, Viewer, digest_of};
use crate::mentorships;
use crate::pairing::attributes::attribute;
use crate::pairing::propose_rules;
use crate::pairing::rules_file::RulesFile;
use crate::pairing::runs::{self, RunId};
use crate::people::model::{PersonDraft, Side};
use crate::people::{self};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::model::Phase;
use crate::programmes::{self, Edition, EditionId, Standing as Enrolment, Track, orientation};
use crate::transaction;
use crate::vault;

pub(super) const REMIND_EVERY: SignedDuration = SignedDuration::from_hours(24);
/// How many somebody may rank.
pub(super) const MOST_RANKED: usize = 5;
const MOST_CONFLICTS: usize = 50;
const LONGEST_LINE: usize = 200;
/// Of the students without anybody, how many a refusal names.
const MOST_NAMED: usize = 10;

/// What a press came to, so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pairing) struct Pressed {
    pub done: Done,
    /// Whether the rest is still being carried out.
    pub is_under_way: bool,
}

/// Whom somebody may wish for, and what they said so far.
pub(super) struct WishList {
    pub edition: Edition,
    pub side: Side,
    /// Whether they stand on the other side too.
    pub on_both: bool,
    /// Nobody where the list is kept from them.
    pub candidates: Vec<Candidate>,
    pub sees_list: bool,
    pub said: OwnWishes,
}

/// Asks the mentors of a run's pairs. What an earlier run proposed and this one keeps stands; what it changed is taken back, and
/// those who had been shown a name are told so, neutrally. Sending the same run again asks nobody twice.
pub(in crate::pairing) async fn send(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    run: RunId,
) -> Result<Pressed, Failure> {
    let all = store::count_pairs(&app.db, run).await?;
    press(app, viewer, id, What::Send { run, place: -1 }, all).await
}

/// Makes mentorships of what both sides accepted, and writes to both. A second press finds nothing left to publish.
pub(in crate::pairing) async fn publish(app: &App, viewer: &Viewer, id: EditionId) -> Result<Pressed, Failure> {
    // Whose window has run out has answered, also while the job that says so is late.
    transaction!(app.db, tx => {
        let edition = programmes::edition_for(&mut *tx, viewer, id, Act::Pair).await?;
        edition.must_be_open()?;
        let_silence_speak(app, tx, &edition).await
    })?;
    let (counts, _) = store::counts(&app.db, id, None).await?;
    let all = counts.get(&State::Accepted).copied().unwrap_or(0);
    press(app, viewer, id, What::Publish, all).await
}

/// What is done with one press. What fits into one part is done at once; of more the press is kept, and a job carries it out.
async fn press(app: &App, viewer: &Viewer, id: EditionId, what: What, all: i64) -> Result<Pressed, Failure> {
    let all = usize::try_from(all).unwrap_or(0);
    // Who is without a mentor is a question to the whole edition, which nothing that others write meanwhile has to wait for.
    let without = if what == What::Publish && all > PART { Some(without_anybody(&app.db, id).await?) } else { None };
    transaction!(app.db, tx => {
        let edition = programmes::edition_for(&mut *tx, viewer, id, Act::Pair).await?;
        if let What::Send { run, .. } = what && !store::is_finished(tx, id, run).await? {
            return Err(Refusal::NotFound.into());
        }
        edition.must_be_open()?;
        let turn = store::turn(&mut *tx, id).await?;
        if let Some(under_way) = &turn.under_way {
            return again(app, tx, &edition, under_way, what).await;
        }
        if let What::Send { run, .. } = what && store::is_outdated(tx, run).await? {
            return Err(Refusal::Conflict.into());
        }
        if !store::take_turn(tx, &edition, turn.taken).await? {
            return Err(Refusal::Conflict.into());
        }
        let_silence_speak(app, tx, &edition).await?;
        if what == What::Publish {
            nobody_is_waited_for(tx, id).await?;
            let without = match &without {
                Some(without) => without.clone(),
                None => without_anybody(&mut *tx, id).await?,
            };
            nobody_is_left_without(tx, &edition, &without).await?;
        }
        let mut press = Press {
            id: app.timeless_id(), by: viewer.person, at: app.now(), what, done: 0, all, came_of_it: Done::default()
        };
        let part = if all > PART { None } else { Some(presses::part(&mut *tx, id, &press).await?) };
        let is_done = match part {
            Some(part) => presses::carry_out(app, tx, &edition, &mut press, part).await?,
            None => false,
        };
        if !is_done {
            store::set_under_way(tx, id, Some(&press)).await?;
            presses::go_on(app, tx, &edition, &press).await?;
        }
        Ok(Pressed { done: press.came_of_it, is_under_way: !is_done })
    })
}

/// The same press once more while it is carried out changes nothing; if it came to a stop, it goes on. Another one has to wait.
async fn again(app: &App, tx: &mut Tx, edition: &Edition, under_way: &Press, what: What) -> Result<Pressed, Failure> {
    if !under_way.what.is_same(what) {
        return Err(wrong(under_way.told()));
    }
    presses::go_on(app, tx, edition, under_way).await?;
    Ok(Pressed { done: under_way.came_of_it, is_under_way: true })
}

/// Carries out a press part by part, each in a transaction of its own.
pub(super) async fn carry_on(app: &App, edition: EditionId, press: Uuid) -> Result<(), Failure> {
    let mut is_large = false;
    while carry_one_on(app, edition, press).await? {
        is_large = true;
    }
    if is_large {
        app.db.take_stock().await;
    }
    Ok(())
}

/// The next part of a press; false where there is none. What is read is read before: nobody else asks or publishes meanwhile, and what
/// may have changed is asked again where it is written.
async fn carry_one_on(app: &App, id: EditionId, press: Uuid) -> Result<bool, Failure> {
    let turn = store::turn(&app.db, id).await?;
    let Some(press) = turn.under_way.filter(|under_way| under_way.id == press) else { return Ok(false) };
    let part = presses::part(&app.db, id, &press).await?;
    transaction!(app.db, tx => {
        let edition = programmes::edition(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        if !store::take_turn(tx, &edition, turn.taken).await? {
            // Another server was faster: the next part is another one.
            return Ok(true);
        }
        let mut press = press.clone();
        let is_done = edition.must_be_open().is_err()
            || presses::carry_out(app, tx, &edition, &mut press, part.clone()).await?;
        store::set_under_way(tx, id, Some(&press).filter(|_| !is_done)).await?;
        Ok::<_, Failure>(!is_done)
    })
}

/// Makes answers of the windows that ran out. Doing so twice changes nothing.
pub(super) async fn silence(app: &App, id: EditionId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let Some(edition) = programmes::edition(&mut *tx, id).await? else { return Ok(()) };
        store::forget_links(tx, app.now()).await?;
        let_silence_speak(app, tx, &edition).await
    })
}

async fn let_silence_speak(app: &App, tx: &mut Tx, edition: &Edition) -> Result<(), Failure> {
    let (declined, accepted) = store::silence(tx, edition.id, app.now()).await?;
    if declined + accepted > 0 {
        let detail = json!({ "declined": declined, "accepted": accepted });
        note(app, tx, edition, None, "pairing.consent.silence", detail).await?;
    }
    Ok(())
}

/// Until when a question may be answered that is mailed now: its time counts from the mail, not from the press.
pub(super) async fn window_of(
    app: &App,
    tx: &mut Tx,
    edition: &Edition,
    proposal: &Proposal,
    (side, until): (Side, Timestamp),
) -> Result<Timestamp, Failure> {
    let late = edition.settings.calendar.end_of_day_after(app.now(), edition.settings.consent.days(side));
    if proposal.reached || late <= until {
        return Ok(until);
    }
    store::stretch(tx, proposal, late).await?;
    note(app, tx, edition, None, "pairing.consent.stretch", json!({ "proposal": proposal.id })).await?;
    wait_for_silence(app, tx, edition, late).await?;
    Ok(late)
}

/// The mail that asks somebody has gone.
pub(super) async fn reached(app: &App, id: ProposalId, to: PersonId) -> Result<(), Failure> {
    Ok(transaction!(app.db, tx => store::reached(tx, id, to, app.now()).await)?)
}

/// The mail that asks somebody is given up. Their window does not run out before they are asked again.
pub(super) async fn unreached(app: &App, id: ProposalId, to: PersonId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        if !store::unreached(tx, id, to, app.now()).await? {
            return Ok(());
        }
        let proposal = store::proposal(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        let edition = programmes::edition(&mut *tx, proposal.edition).await?.ok_or(Refusal::NotFound)?;
        note(app, tx, &edition, None, "pairing.consent.unreached", json!({ "proposal": id })).await
    })
}

/// Somebody answers a proposal. What was answered already stays, and is shown. A no stands whoever has left meanwhile; what would
/// be a yes to somebody who takes part no longer is taken back.
pub(in crate::pairing) async fn answer(
    app: &App,
    person: PersonId,
    id: ProposalId,
    answer: &Answer,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let now = app.now();
        let proposal = store::proposal(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        let side = proposal.side_of(person).ok_or(Refusal::NotFound)?;
        proposal.seen_by(side, now).ok_or(Refusal::NotFound)?;
        let Some(state) = proposal.after(side, answer.accepts, now) else { return Ok(()) };
        let edition = programmes::edition(&mut *tx, proposal.edition).await?.ok_or(Refusal::NotFound)?;
        edition.must_be_open()?;
        if answer.accepts && !both_take_part(tx, &proposal).await? {
            if !store::take_back(tx, id, now).await? {
                return Err(Refusal::Conflict.into());
            }
            let gone: Vec<Letter> = changed(&standing_of(&proposal)).collect();
            write(app, tx, &edition, &gone).await?;
            let detail = json!({ "proposal": id, "left": true });
            return note(app, tx, &edition, None, "pairing.consent.take-back", detail).await;
        }
        let days = edition.settings.consent.days(Side::Mentee);
        let mentee_until =
            (state == State::MenteeAsked).then(|| edition.settings.calendar.end_of_day_after(now, days));
        let reason = match &answer.reason {
            Some(words) => Some(vault::seal(app, tx, &reasons::place(&proposal, person), words).await?),
            None => None,
        };
        if !store::answer(tx, &proposal, side, state, mentee_until, reason, now).await? {
            return Err(Refusal::Conflict.into());
        }
        if let Some(until) = mentee_until {
            write(app, tx, &edition, &[Letter::Ask { proposal: id, to: proposal.mentee }]).await?;
            wait_for_silence(app, tx, &edition, until).await?;
        }
        // Not what they said: a coordinator who takes part herself reads the trail too.
        let detail = json!({ "proposal": id });
        note(app, tx, &edition, Some(person), "pairing.consent.answer", detail).await
    })
}

fn standing_of(proposal: &Proposal) -> Standing {
    Standing {
        id: proposal.id,
        couple: Couple { mentee: proposal.mentee, mentor: proposal.mentor },
        state: proposal.state,
        mentee_knows: proposal.mentee_until.is_some(),
        closed: proposal.closed_at.is_some(),
    }
}

async fn both_take_part(tx: &mut Tx, proposal: &Proposal) -> Result<bool, Failure> {
    for side in Side::BOTH {
        let enrolment = programmes::enrolment_of(&mut *tx, proposal.edition, proposal.person(side), side).await?;
        if enrolment.is_none_or(|enrolment| enrolment.standing != Enrolment::Enrolled) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Somebody answers with the link of a mail.
pub(super) async fn answer_by_link(app: &App, token: &str, given: &Answer) -> Result<(), Failure> {
    let (proposal, person) = look_at_link(app, token).await?.ok_or(Refusal::NotFound)?;
    answer(app, person, proposal, given).await
}

/// What a link is for, without doing anything: mail scanners follow every link.
pub(super) async fn look_at_link(app: &App, token: &str) -> Result<Option<(ProposalId, PersonId)>, Failure> {
    let Some(digest) = digest_of(token) else { return Ok(None) };
    Ok(store::link(&app.db, &digest, app.now()).await?)
}

/// Writes again to who has not answered, each at most once a day, and asks those again whose mail was given up. Says to how many.
pub(super) async fn remind(app: &App, viewer: &Viewer, id: EditionId) -> Result<usize, Failure> {
    transaction!(app.db, tx => {
        let edition = programmes::edition_for(&mut *tx, viewer, id, Act::Pair).await?;
        edition.must_be_open()?;
        let_silence_speak(app, tx, &edition).await?;
        let (now, since) = (app.now(), app.now() - REMIND_EVERY);
        let waiting = store::to_remind(tx, id, since).await?;
        store::reminded(tx, id, since, now).await?;
        let unreached = store::ask_again(tx, id).await?;
        let reminders = waiting.into_iter().map(|(proposal, to)| Letter::Remind { proposal, to });
        let questions = unreached.into_iter().map(|(proposal, to)| Letter::Ask { proposal, to });
        let letters: Vec<Letter> = reminders.chain(questions).collect();
        if letters.is_empty() {
            return Ok(0);
        }
        write(app, tx, &edition, &letters).await?;
        let detail = json!({ "reminded": letters.len() });
        note(app, tx, &edition, Some(viewer.person), "pairing.consent.remind", detail).await?;
        Ok(letters.len())
    })
}

/// Takes a proposal back that is still under way. Whoever had been shown a name is told that the coordinator changed it.
pub(super) async fn take_back(app: &App, viewer: &Viewer, id: ProposalId, version: i64) -> Result<EditionId, Failure> {
    transaction!(app.db, tx => {
        let proposal = store::proposal(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        let edition = programmes::edition_for(&mut *tx, viewer, proposal.edition, Act::Pair).await?;
        // Whether her own can still be taken back would tell her what the other one said.
        if proposal.side_of(viewer.person).is_some() {
            return Err(Refusal::NotFound.into());
        }
        if proposal.version != version || !store::take_back(tx, id, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        let letters: Vec<Letter> = changed(&standing_of(&proposal)).collect();
        write(app, tx, &edition, &letters).await?;
        let detail = json!({ "proposal": id });
        note(app, tx, &edition, Some(viewer.person), "pairing.consent.take-back", detail).await?;
        Ok(edition.id)
    })
}

/// What keeps an edition from being closed: those who were asked would go on answering, or find nothing to answer.
pub(in crate::pairing) async fn hinders(tx: &mut Tx, id: EditionId) -> Result<Option<Message>, Error> {
    if let Some(press) = store::turn(&mut *tx, id).await?.under_way {
        return Ok(Some(press.told()));
    }
    let (counts, _) = store::counts(&mut *tx, id, None).await?;
    let under_way: i64 = counts.iter().filter(|(state, _)| state.is_under_way()).map(|(_, count)| count).sum();
    Ok((under_way > 0).then(|| Message::new("consent-under-way").with("count", under_way)))
}

/// What keeps somebody from being erased: proposals of theirs that are under way, which are taken back first.
pub(in crate::pairing) async fn keeps(tx: &mut Tx, leaving: Leaving) -> Result<Option<Message>, Error> {
    let under_way = store::under_way_of(tx, leaving.organisation, leaving.person).await?;
    Ok((under_way > 0).then(|| Message::new("consent-keeps").with("count", under_way)))
}

/// Nothing is published while somebody may still answer.
async fn nobody_is_waited_for(tx: &mut Tx, id: EditionId) -> Result<(), Failure> {
    let waiting = store::count_waiting(tx, id).await?;
    if waiting == 0 {
        return Ok(());
    }
    Err(wrong(Message::new("consent-publish-waiting").with("count", waiting)))
}

/// The students of an edition who have neither a mentor, nor a yes of both sides, nor a member of the faculty who stands in.
async fn without_anybody(from: impl Into<Reader<'_>>, id: EditionId) -> Result<Vec<PersonId>, Error> {
    let mut from = from.into();
    let mut covered: HashSet<PersonId> = mentorships::mentees_of(from.again(), id).await?.into_iter().collect();
    let enrolled = programmes::enrolled(from.again(), id).await?;
    let roll: HashSet<(PersonId, Side)> = enrolled.iter().map(|one| (one.person, one.side)).collect();
    let accepted = store::accepted_couples(from, id).await?;
    covered.extend(accepted.into_iter().filter(|couple| takes_part(&roll, *couple)).map(|couple| couple.mentee));
    let without = enrolled.into_iter().filter(|one| one.side == Side::Mentee && one.fallback.is_none());
    Ok(without.map(|one| one.person).filter(|person| !covered.contains(person)).collect())
}

/// Where mentoring counts towards a degree, every student has a mentor or a named member of the faculty who stands in.
async fn nobody_is_left_without(tx: &mut Tx, edition: &Edition, without: &[PersonId]) -> Result<(), Failure> {
    if edition.track != Track::Degree || without.is_empty() {
        return Ok(());
    }
    let mut names = Vec::new();
    for person in without.iter().take(MOST_NAMED) {
        names.extend(crate::identity::person(&mut *tx, *person).await?.map(|person| person.name));
    }
    names.sort_by_key(|name| sort_key(name));
    let message = Message::new("consent-publish-without").with("count", without.len()).with("names", names.join(", "));
    Err(wrong(message))
}

fn wrong(message: Message) -> Failure {
    Problems::one("", message).into()
}

/// Whom somebody may wish for in an edition in which they are enrolled, on the side that they ask for or else on theirs.
pub(super) async fn wish_list(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    side: Option<Side>,
) -> Result<WishList, Failure> {
    let edition = programmes::edition(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if !viewer.may(Act::TakePart, &Record::of_organisation(edition.organisation)) || edition.phase() == Phase::Closed {
        return Err(Refusal::NotFound.into());
    }
    let own = programmes::enrolled_among(&app.db, id, [viewer.person]).await?;
    let own: Vec<Side> = Side::BOTH.into_iter().filter(|side| own.contains(&(viewer.person, *side))).collect();
    let side = match side {
        Some(side) => *own.iter().find(|own| **own == side).ok_or(Refusal::NotFound)?,
        None => *own.first().ok_or(Refusal::NotFound)?,
    };
    let said = store::own_wishes(&app.db, id, viewer.person, side).await?;
    let mut list = WishList {
        side,
        on_both: own.len() > 1,
        candidates: Vec::new(),
        sees_list: side == Side::Mentee || edition.settings.consent.mentors_see_mentees,
        said,
        edition,
    };
    if !list.sees_list {
        return Ok(list);
    }
    let others = Others::of(app, &list.edition, side.other()).await?;
    let rules = runs::saved_rules(&app.db, id).await?;
    let mut people = Enrolled::default();
    // What rules are proposed depends on everybody; those that are saved are asked about one person alone.
    if rules.is_none() {
        for (person, draft) in &Others::of(app, &list.edition, side).await?.people {
            people.take(side, *person, PersonDraft::clone(draft));
        }
    } else if let Some(own) = people::record(&app.db, viewer.person).await? {
        people.take(side, own.id, own.draft);
    }
    let attributes = people::attributes(&app.db, viewer.organisation).await?;
    people.pool.attributes = attributes.into_iter().map(attribute).collect();
    people.pool.lines = others.lines(people.pool.side(side).iter().map(|own| own.address.as_str()));
    let person = viewer.person;
    let open = tokio::task::spawn_blocking(move || {
        for (other, draft) in &others.people {
            people.take(side.other(), *other, PersonDraft::clone(draft));
        }
        let rules = match rules {
            Some(saved) => RulesFile::parse(&saved.text).map(|file| file.rules).map_err(|fault| fault.message())?,
            None => propose_rules(&people.pool),
        };
        let candidate = |row: usize| {
            let (person, draft) = &others.people[row];
            Candidate { person: *person, draft: Arc::clone(draft) }
        };
        Ok::<_, Message>(people.open_to(&rules, side, person).into_iter().map(candidate).collect())
    });
    let open: Result<Vec<Candidate>, Message> = open.await.context("a shortlist could not be made")?;
    list.candidates = open.map_err(|_| anyhow::anyhow!("the rules of edition {id} cannot be read"))?;
    Ok(list)
}

/// Keeps what somebody said before the run. Whom they may not see they cannot have ranked; where the other side's list is kept from
/// them, a name is taken as it is written, so that nobody learns who is enrolled.
pub(super) async fn set_wishes(app: &App, viewer: &Viewer, list: &WishList, wishes: &OwnWishes) -> Result<(), Failure> {
    let known = store::named(&app.db, list.edition.organisation).await?;
    let declarable = declarable(app, list).await?;
    check(list, wishes, |line| store::meant(&known, line).iter().any(|person| declarable.contains(person)))?;
    if wishes.version != list.said.version {
        return Err(Refusal::Conflict.into());
    }
    transaction!(app.db, tx => {
        let enrolment = programmes::enrolment_of(&mut *tx, list.edition.id, viewer.person, list.side).await?;
        if enrolment.is_none_or(|enrolment| enrolment.standing != Enrolment::Enrolled) {
            return Err(Refusal::NotFound.into());
        }
        let conflicts: Vec<PersonId> =
            wishes.written.iter().flat_map(|line| store::meant(&known, line)).collect();
        let (who, now) = ((viewer.person, list.side), app.now());
        if !store::set_wishes(tx, &list.edition, who, wishes, &conflicts, now).await? {
            return Err(Refusal::Conflict.into());
        }
        // How many, and of whom, is nobody's business.
        note(app, tx, &list.edition, Some(viewer.person), "pairing.wishes", json!({ "side": list.side })).await
    })
}

/// With whom a conflict may be declared where names are checked: those of the other side, and who mentors, as everybody knows from
/// the directory.
async fn declarable(app: &App, list: &WishList) -> Result<HashSet<PersonId>, crate::db::Error> {
    let others = orientation::enrolled_on(&app.db, list.edition.id, list.side.other()).await?;
    let mut people: HashSet<PersonId> = others.into_iter().collect();
    if list.side == Side::Mentee {
        people.extend(people::ids_of_mentors(&app.db, list.edition.organisation).await?);
    }
    Ok(people)
}

fn check(list: &WishList, wishes: &OwnWishes, is_known: impl Fn(&str) -> bool) -> Result<(), Problems> {
    let mut problems = Problems::default();
    if wishes.ranked.len() > MOST_RANKED {
        problems.add("rank", Message::new("consent-rank-many").with("count", MOST_RANKED));
    }
    if wishes.ranked.iter().collect::<HashSet<_>>().len() < wishes.ranked.len() {
        problems.add("rank", Message::new("consent-rank-person-twice"));
    }
    let is_open = |person: &PersonId| list.candidates.iter().any(|candidate| candidate.person == *person);
    // Somebody who was ranked may have left the edition since: that is no reason to lose the others.
    if wishes.ranked.iter().any(|person| !is_open(person) && !list.said.ranked.contains(person)) {
        problems.add("rank", Message::new("consent-rank-unknown"));
    }
    if wishes.written.len() > MOST_CONFLICTS || wishes.written.iter().any(|line| line.chars().count() > LONGEST_LINE) {
        problems.add("conflicts", Message::new("consent-conflicts-many").with("count", MOST_CONFLICTS));
    }
    if list.sees_list {
        let is_unknown = |line: &&String| !is_known(line) && !list.said.written.contains(line);
        for line in wishes.written.iter().filter(is_unknown).take(MOST_NAMED) {
            problems.add("conflicts", Message::new("consent-conflicts-unknown").with("name", line.as_str()));
        }
    }
    problems.or(())
}
