//! What happens on the board: rules are saved, pairs are marked, runs are started, named and carried out. Who may, in one
//! transaction, with the audit entry and the job.

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::Semaphore;

use super::gather::{Gathered, Known, gather};
use super::model::{Frees, FurtherSeats, MarkKind, Run, Since, Summary};
use super::offers::{Offer, offers};
use super::store::{self, AfterMark, NewMentor, NewResult, NewRun};
use super::worth::{further_seats, worths};
use super::{Kept, ReasonKept, RunId, Told, barred, proof};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::Tx;
use crate::i18n::{Lang, Message};
use crate::identity::{Act, OrganisationId, PersonId, Record, Sought, Viewer};
use crate::jobs::{self, Job};
use crate::mentorships::{self, NewMentorship};
use crate::pairing::account::{PersonTold, mends, musts, wishes};
use crate::pairing::attributes::attribute;
use crate::pairing::consent;
use crate::pairing::model::{Outcome, Pool, Side};
use crate::pairing::needs::needs;
use crate::pairing::rules::Rules;
use crate::pairing::rules_file::{RulesFile, write};
use crate::pairing::terms::Terms;
use crate::pairing::{propose_balance, propose_rules, run_on};
use crate::people;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, Edition, EditionId};
use crate::transaction;
use crate::web::Stage;

pub(super) const RUN: &str = "pairing.run";
/// Follows when the job above is given up.
pub(super) const RUN_GIVEN_UP: &str = "pairing.run.given-up";
/// More marks than a coordinator makes by hand.
const MOST_MARKS: usize = 10_000;

/// An edition whose pairing this person may see and change.
pub(super) async fn edition(app: &App, viewer: &Viewer, id: EditionId) -> Result<Edition, Failure> {
    programmes::edition_for(&app.db, viewer, id, Act::Pair).await
}

/// A run of an edition that this person may see.
pub(super) async fn run(app: &App, viewer: &Viewer, edition: EditionId, id: RunId) -> Result<Run, Failure> {
    let run = run_of(app, viewer, id).await?;
    if run.edition == edition { Ok(run) } else { Err(Refusal::NotFound.into()) }
}

/// A run that this person may see, of whatever edition.
pub(super) async fn run_of(app: &App, viewer: &Viewer, id: RunId) -> Result<Run, Failure> {
    let run = store::run(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    let allowed = viewer.may(Act::Pair, &Record::of_organisation(run.organisation));
    if allowed { Ok(run) } else { Err(Refusal::NotFound.into()) }
}

/// What the attributes of an organisation are called, without anybody in the pool: enough to say rules aloud.
pub(super) async fn labels(app: &App, viewer: &Viewer) -> Result<Pool, Failure> {
    let attributes = people::attributes(&app.db, viewer.organisation).await?;
    Ok(Pool { attributes: attributes.into_iter().map(attribute).collect(), ..Pool::default() })
}

/// Everything that a run begins with, as it stands at one moment.
async fn known(tx: &mut Tx, organisation: OrganisationId, edition: EditionId) -> Result<Known, crate::db::Error> {
    let people =
        people::records(&mut *tx, organisation).await?.into_iter().map(|record| (record.id, record.draft)).collect();
    let attributes = people::attributes(&mut *tx, organisation).await?.into_iter().map(attribute).collect();
    let running = mentorships::of_edition(&mut *tx, edition).await?;
    let running = running.iter().map(|pair| NewMentorship { mentee: pair.mentee, mentor: pair.mentor }).collect();
    Ok(Known {
        people,
        attributes,
        enrolled: programmes::enrolled(&mut *tx, edition).await?,
        wishes: consent::wishes(&mut *tx, edition).await?,
        settled: consent::settled(&mut *tx, edition).await?,
        running,
        marks: store::marks(&mut *tx, edition, &Sought::Everybody, &AfterMark::default(), MOST_MARKS).await?,
    })
}

/// The people of an edition as a pool, put together beside the runtime.
pub(super) async fn gathered(app: &App, edition: &Edition) -> Result<Gathered, Failure> {
    let known: Result<Known, Failure> =
        transaction!(app.db, tx => Ok(known(tx, edition.organisation, edition.id).await?));
    let known = known?;
    Ok(tokio::task::spawn_blocking(move || gather(known, None)).await.context("the people could not be gathered")?)
}

/// The saved rules, or sensible ones for these people with the version 0.
pub(super) async fn rules(app: &App, edition: &Edition, lang: Lang) -> Result<store::SavedRules, Failure> {
    if let Some(saved) = store::rules(&app.db, edition.id).await? {
        return Ok(saved);
    }
    let pool = gathered(app, edition).await?.pool;
    let proposed = tokio::task::spawn_blocking(move || propose(&pool, lang));
    Ok(store::SavedRules { text: proposed.await.context("rules could not be proposed")?, version: 0 })
}

/// Pages show these until rules are saved, so that nothing is solved for them. The seats are what division gives; where the rules need
/// more at somebody's, the run says how many and with whom.
fn propose(pool: &Pool, lang: Lang) -> String {
    let mut file = RulesFile::new(propose_rules(pool));
    file.rules.capacity = shared_seats(pool);
    file.rules.balance = propose_balance(pool, file.rules.capacity);
    write(&file, pool, &[], lang)
}

/// How many seats each mentor needs whose row names none, if all share alike those for whom no seat is named.
fn shared_seats(pool: &Pool) -> Option<u32> {
    let open = pool.mentors.iter().filter(|mentor| mentor.capacity.is_none()).count();
    let named: usize = pool.mentors.iter().filter_map(|mentor| mentor.capacity).map(|seats| seats as usize).sum();
    let each = (open > 0).then(|| pool.mentees.len().saturating_sub(named).div_ceil(open))?;
    Some(u32::try_from(each).unwrap_or(u32::MAX).max(1))
}

/// Reads rules, and says with its line what is wrong with them.
pub(super) fn read(text: &str, labels: &Pool) -> Result<RulesFile, Problems> {
    let wrong = |fault: crate::pairing::Fault| Problems::one("rules", fault.message());
    let file = RulesFile::parse(text).map_err(wrong)?;
    match file.unknown_attribute(labels) {
        Some(fault) => Err(wrong(fault)),
        None => Ok(file),
    }
}

/// Saves the rules of an edition over the version that was looked at.
pub(super) async fn save_rules(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    text: &str,
    version: i64,
) -> Result<(), Failure> {
    read(text, &labels(app, viewer).await?)?;
    transaction!(app.db, tx => {
        keep_rules(app, tx, viewer, edition, text, version).await
    })
}

async fn keep_rules(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    edition: &Edition,
    text: &str,
    version: i64,
) -> Result<(), Failure> {
    if !store::save_rules(tx, edition.id, edition.organisation, text, version, app.now()).await? {
        return Err(Refusal::Conflict.into());
    }
    note(app, tx, viewer, "pairing.rules", edition.id.0, json!({ "version": version + 1 })).await
}

/// Starts a run under the saved rules, or under those that are proposed, which are saved with it. While one is under way there
/// is no second: then this is that one.
pub(in crate::pairing) async fn start(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    name: &str,
) -> Result<RunId, Failure> {
    if name.chars().count() > 100 {
        return Err(Problems::one("name", Message::new("pairing-board-name-long")).into());
    }
    edition.must_be_open()?;
    // What is proposed takes a while; what is saved is read where the run is queued, since somebody may save other rules meanwhile.
    let proposed = rules(app, edition, viewer.lang).await?;
    let id = RunId(app.id());
    transaction!(app.db, tx => {
        let newest = store::plain_runs(&mut *tx, edition.id, i64::MAX, 1).await?.into_iter().next();
        if let Some(open) = newest.filter(Run::is_open) {
            return Ok(open.id);
        }
        let rules = if let Some(saved) = store::rules(&mut *tx, edition.id).await? {
            saved.text
        } else {
            keep_rules(app, tx, viewer, edition, &proposed.text, 0).await?;
            proposed.text.clone()
        };
        let new = NewRun {
            id,
            organisation: edition.organisation,
            edition: edition.id,
            name: name.to_owned(),
            rules,
            frees: None,
            by: viewer.person,
        };
        let number = queue(app, tx, &new).await?;
        note(app, tx, viewer, "pairing.run.start", edition.id.0, json!({ "run": id, "number": number })).await?;
        Ok::<_, Failure>(id)
    })
}

/// Asks what it would bring if pairs were free that the newest run kept: a run under the same rules that keeps fewer, from which
/// nothing is sent. While the same is asked already, it is that one; without a run that kept pairs there is nothing to ask.
pub(super) async fn ask_what_if(app: &App, viewer: &Viewer, edition: &Edition, frees: Frees) -> Result<RunId, Failure> {
    edition.must_be_open()?;
    let id = RunId(app.id());
    transaction!(app.db, tx => {
        let before = newest_done(tx, edition.id, i64::MAX).await?.ok_or(Refusal::Conflict)?;
        if before.summary.as_ref().is_none_or(|summary| !summary.could_free(frees)) {
            return Err(Refusal::Conflict.into());
        }
        if let Some(asked) = store::asked(tx, edition.id, frees).await? {
            return Ok(asked);
        }
        let new = NewRun {
            id,
            organisation: edition.organisation,
            edition: edition.id,
            name: String::new(),
            rules: before.rules,
            frees: Some(frees),
            by: viewer.person,
        };
        let number = queue(app, tx, &new).await?;
        let detail = json!({ "run": id, "number": number, "frees": frees.code() });
        note(app, tx, viewer, "pairing.run.what-if", edition.id.0, detail).await?;
        Ok::<_, Failure>(id)
    })
}

/// Adds a run and the job that carries it out, and gives its number.
async fn queue(app: &App, tx: &mut Tx, new: &NewRun) -> Result<i64, Failure> {
    let number = store::next_number(tx, new.edition).await?;
    store::add_run(tx, new, number, app.now()).await?;
    jobs::add(app, tx, Some(new.organisation.0), RUN, &json!({ "run": new.id })).await?;
    Ok(number)
}

/// Of so many runs one is done.
const LOOKED_BACK: usize = 20;

/// The newest run before a number that is done, of those from which proposals are sent.
async fn newest_done(tx: &mut Tx, edition: EditionId, before: i64) -> Result<Option<Run>, Failure> {
    let runs = store::plain_runs(&mut *tx, edition, before, LOOKED_BACK).await?;
    Ok(runs.into_iter().find(|run| run.summary.is_some()))
}

pub(super) async fn name(app: &App, viewer: &Viewer, run: &Run, version: i64, name: &str) -> Result<(), Failure> {
    if name.chars().count() > 100 {
        return Err(Problems::one("name", Message::new("pairing-board-name-long")).into());
    }
    transaction!(app.db, tx => {
        if !store::name(tx, run.id, version, name).await? {
            return Err(Refusal::Conflict.into());
        }
        note(app, tx, viewer, "pairing.run.name", run.edition.0, json!({ "run": run.id })).await
    })
}

/// Marks a pair of people who are enrolled in the edition. A pin that no rule allows is refused.
pub(super) async fn mark(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    (mentee, mentor): (PersonId, PersonId),
    kind: MarkKind,
) -> Result<(), Failure> {
    edition.must_be_open()?;
    let gathered = gathered(app, edition).await?;
    let row = |people: &[PersonId], person| people.iter().position(|known| *known == person).ok_or(Refusal::NotFound);
    let rows = (row(&gathered.mentees, mentee)?, row(&gathered.mentors, mentor)?);
    if kind == MarkKind::Pin {
        let rules = rules(app, edition, viewer.lang).await?;
        let file = read(&rules.text, &gathered.pool)?;
        let against = tokio::task::spawn_blocking(move || against(&gathered.pool, &file.rules, rows)).await;
        if let Some(why) = against.context("the rules could not be asked")? {
            return Err(Problems::one("mark", why).into());
        }
    }
    transaction!(app.db, tx => {
        if kind == MarkKind::Pin {
            store::unpin(tx, edition.id, mentee).await?;
        }
        store::mark(tx, (edition.id, edition.organisation), (mentee, mentor), kind, viewer.person, app.now()).await?;
        // A run reads no more than these, and none is to be dropped unseen.
        if store::count_marks(&mut *tx, edition.id).await? > i64::try_from(MOST_MARKS).unwrap_or(i64::MAX) {
            let why = Message::new("pairing-board-marks-full").with("most", MOST_MARKS);
            return Err(Problems::one("mark", why).into());
        }
        let pair = json!({ "mark": kind.code(), "mentee": mentee, "mentor": mentor });
        note(app, tx, viewer, "pairing.mark", edition.id.0, pair).await
    })
}

pub(super) async fn unmark(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    (mentee, mentor): (PersonId, PersonId),
) -> Result<(), Failure> {
    edition.must_be_open()?;
    transaction!(app.db, tx => {
        if !store::unmark(tx, edition.id, (mentee, mentor)).await? {
            return Err(Refusal::NotFound.into());
        }
        let pair = json!({ "mentee": mentee, "mentor": mentor });
        note(app, tx, viewer, "pairing.unmark", edition.id.0, pair).await
    })
}

/// What stands against a pair, as a sentence; `None` where the rules allow it. Once one of the rules reads what was told in confidence
/// the sentence is the same whatever stands there: else it would tell who declared a conflict with whom.
fn against(pool: &Pool, rules: &Rules, (mentee, mentor): (usize, usize)) -> Option<Message> {
    let terms = Terms::new(pool, rules);
    if terms.allowed(mentee, mentor) {
        return None;
    }
    let why = match terms.against(mentee, mentor).next() {
        _ if terms.holds_private() => Message::new("pairing-board-pin-private"),
        Some(rule) if !terms.never(mentee, mentor) => {
            Message::new("pairing-board-pin-against").with("rule", rules.musts[rule].sentence(pool))
        }
        _ => Message::new("pairing-board-pin-never"),
    };
    Some(why.with("mentee", pool.mentees[mentee].called()).with("mentor", pool.mentors[mentor].called()))
}

async fn note(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    verb: &'static str,
    edition: uuid::Uuid,
    detail: serde_json::Value,
) -> Result<(), Failure> {
    let note = Note::new(viewer.organisation.0, viewer.person.0, verb).about("edition", edition);
    Ok(audit::note(app, tx, note.with(detail)).await?)
}

#[derive(Deserialize)]
struct Payload {
    run: RunId,
}

/// Everything that a run leaves behind, before it is written.
struct Computed {
    results: Vec<NewResult>,
    mentors: Vec<NewMentor>,
    summary: Summary,
    proof: Vec<u8>,
    /// Which pairs of the proof are not allowed although they bear a score.
    barred: Vec<u8>,
}

/// The job that carries a run out. It is begun anew after a crash; what comes of it is written in the one transaction that settles
/// the run, so that there is all of it or nothing, and once.
pub(super) async fn carry_out(app: App, job: Job) -> anyhow::Result<()> {
    let id = serde_json::from_value::<Payload>(job.payload)?.run;
    let begun: Result<Option<(Run, Known)>, Failure> = transaction!(app.db, tx => {
        if !store::begin(tx, id).await? {
            return Ok(None);
        }
        let run = store::run(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        let known = known(tx, run.organisation, run.edition).await?;
        Ok(Some((run, known)))
    });
    let Some((run, known)) = begun? else { return Ok(()) };
    let progress = app.progress.clone();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (rules, frees) = (run.rules.clone(), run.frees);
    let told = move |done, all| progress.set(id.0, Stage { done, all });
    let computed = tokio::task::spawn_blocking(move || compute(known, frees, &rules, threads, &told)).await;
    let settled = match computed.context("the run was broken off").flatten() {
        Ok(Ok(computed)) => settle(&app, &run, computed).await,
        Ok(Err(why)) => fail(&app, id, &why).await,
        // Trying again would come to the same; whoever waits is told, and the operator finds it in the log.
        Err(error) => {
            tracing::error!(run = %id, error = format!("{error:#}"), "a pairing could not be run");
            fail(&app, id, &[Message::new("pairing-board-fault")]).await
        }
    };
    app.progress.end(id.0);
    Ok(settled?)
}

async fn fail(app: &App, id: RunId, why: &[Message]) -> Result<(), Failure> {
    transaction!(app.db, tx => { store::fail(tx, id, why, app.now()).await?; Ok(()) })
}

/// Settles a run whose job was tried in vain too often, so that another can be started.
pub(super) async fn give_up(app: App, job: Job) -> anyhow::Result<()> {
    let id = serde_json::from_value::<Payload>(job.payload)?.run;
    fail(&app, id, &[Message::new("pairing-board-fault")]).await?;
    app.progress.end(id.0);
    Ok(())
}

/// The whole run, pure. The outer error is ours; the inner one is what the coordinator can mend.
fn compute(
    known: Known,
    frees: Option<Frees>,
    rules: &str,
    threads: usize,
    told: &(impl Fn(usize, usize) + Sync),
) -> anyhow::Result<Result<Computed, Vec<Message>>> {
    let mut gathered = gather(known, frees);
    let file = match read(rules, &gathered.pool) {
        Ok(file) => file,
        Err(problems) => return Ok(Err(problems.iter().map(|problem| problem.message.clone()).collect())),
    };
    let dropped = drop_pins(&mut gathered, &file.rules);
    let wrong = wrong_pins(&gathered, &file.rules);
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let mut outcome = match run_on(&gathered.pool, &file.rules, threads, told) {
        Ok(outcome) => outcome,
        Err(crate::pairing::Failure::TooLarge(_)) => return Ok(Err(vec![Message::new("pairing-too-large")])),
        Err(unproved) => return Err(unproved.into()),
    };
    if dropped > 0 {
        outcome.notes.push(Message::new("pairing-board-pins-dropped").with("pins", dropped));
    }
    let barred = barred::barred(&gathered.pool, &file.rules, &outcome);
    let (proof, digest) = proof::write(&outcome.problem, &gathered.pool.given.kept, &outcome.solution, &barred)?;
    let barred = barred::pack(&barred);
    let mentors = outcome.mentors.iter().map(|load| NewMentor {
        mentor: gathered.mentors[load.mentor],
        capacity: load.capacity,
        load: load.load,
    });
    let is_shown = !file.rules.count_reserved(&gathered.pool);
    let further = further_seats(&gathered.pool, &worths(&outcome, file.rules.balance.as_ref(), is_shown));
    let summary = summary(&gathered, &file.rules, &outcome, further, digest);
    Ok(Ok(Computed { results: results(&gathered, &outcome)?, mentors: mentors.collect(), summary, proof, barred }))
}

/// Passes over the pins that the rules do not allow, and says how many: what forbids a pair may have been told in confidence since.
fn drop_pins(gathered: &mut Gathered, rules: &Rules) -> usize {
    let terms = Terms::new(&gathered.pool, rules);
    let given = gathered.pool.given.kept.iter().zip(&gathered.kept);
    let (kept, why): (Vec<(usize, usize)>, Vec<Kept>) = given
        .filter(|(pair, why)| **why != Kept::Pinned || terms.allowed(pair.0, pair.1))
        .map(|(pair, why)| (*pair, *why))
        .unzip();
    let dropped = gathered.kept.len() - kept.len();
    gathered.pool.given.kept = kept;
    gathered.kept = why;
    dropped
}

/// Pins beyond a mentor's seats.
fn wrong_pins(gathered: &Gathered, rules: &Rules) -> Vec<Message> {
    let pool = &gathered.pool;
    let mut wrong = Vec::new();
    let mut taken = vec![0_u32; pool.mentors.len()];
    for (_, mentor) in &pool.given.kept {
        taken[*mentor] += 1;
    }
    let mut pinned: Vec<usize> = gathered.pins().map(|(_, mentor)| mentor).collect();
    pinned.sort_unstable();
    pinned.dedup();
    for mentor in pinned {
        let seats = pool.mentors[mentor].capacity.or(rules.capacity).unwrap_or(1);
        if taken[mentor] > seats {
            let message = Message::new("pairing-board-pin-seats").with("mentor", pool.mentor(mentor));
            wrong.push(message.with("taken", taken[mentor]).with("seats", seats));
        }
    }
    wrong
}

fn summary(
    gathered: &Gathered,
    rules: &Rules,
    outcome: &Outcome,
    further_seats: FurtherSeats,
    digest: String,
) -> Summary {
    let pool = &gathered.pool;
    let resting = Message::new("pairing-board-resting").with("count", gathered.resting);
    let resting: Vec<Message> = (gathered.resting > 0).then_some(resting).into_iter().collect();
    Summary {
        mentees: pool.mentees.len(),
        mentors: pool.mentors.len(),
        seats: outcome.mentors.iter().map(|mentor| u64::from(mentor.capacity)).sum(),
        paired: outcome.pairs.len(),
        kept: pool.given.kept.len(),
        agreed: gathered.kept.iter().filter(|kept| kept.is_agreed()).count(),
        running: gathered.kept.iter().filter(|kept| **kept == Kept::Mentorship).count(),
        points: outcome.pairs.iter().map(|pair| pair.score).sum(),
        reserved: rules.count_reserved(pool),
        withheld: rules.forbid_reserved(pool),
        notes: [outcome.notes.clone(), resting].concat(),
        needs: needs(pool, rules, outcome),
        further_seats,
        musts: musts(pool, rules),
        wishes: wishes(pool, rules),
        digest,
        since: None,
    }
}

fn results(gathered: &Gathered, outcome: &Outcome) -> anyhow::Result<Vec<NewResult>> {
    let pool = &gathered.pool;
    let about = |side: Side, row: usize| PersonTold::new(&pool.side(side)[row]).about;
    let mut kept: Vec<Option<Kept>> = vec![None; pool.mentees.len()];
    for ((mentee, _), why) in pool.given.kept.iter().zip(&gathered.kept) {
        kept[*mentee] = Some(*why);
    }
    let mut results: Vec<Option<NewResult>> = vec![None; pool.mentees.len()];
    for pair in &outcome.pairs {
        let reasons = pair.reasons.iter().map(|reason| ReasonKept {
            rule: reason.rule.clone(),
            points: reason.points,
            text: reason.text.clone(),
        });
        let told = Told {
            reasons: reasons.collect(),
            kept: kept[pair.mentee],
            mentee_about: about(Side::Mentee, pair.mentee),
            mentor_about: about(Side::Mentor, pair.mentor),
            ..Told::default()
        };
        results[pair.mentee] = Some(NewResult {
            mentee: gathered.mentees[pair.mentee],
            mentor: Some(gathered.mentors[pair.mentor]),
            score: Some(pair.score),
            told: serde_json::to_string(&told)?,
        });
    }
    for alone in &outcome.left_out {
        let told = Told {
            why: alone.why.clone(),
            mends: mends(pool, alone),
            mentee_about: about(Side::Mentee, alone.mentee),
            ..Told::default()
        };
        let mentee = gathered.mentees[alone.mentee];
        results[alone.mentee] =
            Some(NewResult { mentee, mentor: None, score: None, told: serde_json::to_string(&told)? });
    }
    results.into_iter().collect::<Option<Vec<_>>>().context("somebody is neither paired nor left out")
}

async fn settle(app: &App, run: &Run, computed: Computed) -> Result<(), Failure> {
    let Computed { results, mentors, summary, proof, barred } = computed;
    transaction!(app.db, tx => {
        // The state is asked before anything is written: another server may have been as far.
        if !store::finish(tx, run, &summary, (&proof, &barred), app.now()).await? {
            return Ok(());
        }
        store::add_results(tx, run.id, run.organisation, &results).await?;
        store::add_mentors(tx, run.id, run.organisation, &mentors).await?;
        if let Some(before) = newest_done(tx, run.edition, run.number).await? {
            let people = store::count_changes(&mut *tx, (before.id, run.id)).await?;
            let since = Some(Since { run: before.id, number: before.number, people });
            store::set_summary(tx, run.id, &Summary { since, ..summary.clone() }).await?;
        }
        let counts = json!({ "run": run.id, "pairs": summary.paired, "left_out": summary.left_out() });
        let note = Note::new(run.organisation.0, None, "pairing.run.done").about("edition", run.edition.0);
        audit::note(app, tx, note.with(counts)).await?;
        Ok(())
    })
}

/// The proof of a run as a file. Where criteria count that are reserved to the rules its scores and dashes would tell, pair by pair,
/// who is alike in what was told in confidence: then nobody is handed it.
pub(super) async fn proof(app: &App, run: &Run) -> Result<Vec<u8>, Failure> {
    if run.summary.as_ref().is_some_and(Summary::withholds_proof) {
        return Err(Refusal::NotFound.into());
    }
    Ok(store::proof(&app.db, run.id).await?.ok_or(Refusal::NotFound)?.0)
}

/// The next best for somebody who is paired, and what it would cost: the run's own problem solved again without that pair.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Alternative {
    /// The place of the mentor, or `None` where the person would be left out.
    pub mentor: Option<usize>,
    /// Their points with that mentor, before any load; none where points count that are shown for nobody.
    pub score: Option<i64>,
    /// By how many points the whole would be lower, as far as that may be shown, and how many people fewer would have a mentor.
    pub cost: Option<i64>,
    pub fewer: usize,
    /// How many others would have another mentor or none.
    pub moves: usize,
    /// The mentors whom the rules allow the person: first those whom it would cost the whole least to pin, or in the order of names
    /// where costs may not be shown.
    pub others: Vec<Other>,
}

/// A mentor whom the rules allow somebody instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Other {
    pub mentor: usize,
    pub told: Option<OtherTold>,
}

/// The points with them, and what pinning the pair would cost the whole at least: people with a mentor, and points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OtherTold {
    pub score: i64,
    pub fewer: usize,
    pub cost: i64,
}

/// How many mentors are offered instead where only names may be shown.
const OTHERS_BY_NAME: usize = 100;

/// At the size of a large edition an alternative takes seconds and some hundred megabytes: they are worked out one at a time, however
/// many press, also those whose asker has gone.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// `None` where the pair stood before the rules were asked.
pub(super) async fn alternative(app: &App, run: &Run, mentee: usize) -> Result<Option<Alternative>, Failure> {
    let turn = ONE_AT_A_TIME.acquire().await.context("no alternative is worked out any more")?;
    let (file, barred) = store::proof(&app.db, run.id).await?.ok_or(Refusal::NotFound)?;
    let is_shown = !run.is_reserved();
    let found = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        next_best(&file, &barred, mentee, is_shown)
    })
    .await;
    Ok(found.context("the alternative could not be worked out")??)
}

fn next_best(file: &[u8], barred: &[u8], mentee: usize, is_shown: bool) -> anyhow::Result<Option<Alternative>> {
    let mut checked = proof::check(file)?;
    for (mentee, mentor) in barred::unpack(barred) {
        checked.table = checked.table.without(assignment::MenteeId(mentee), assignment::MentorId(mentor));
    }
    let Some(number) = checked.rows.iter().position(|row| *row == mentee) else { return Ok(None) };
    let id = assignment::MenteeId(u32::try_from(number)?);
    let others = others(&checked, id, is_shown);
    let Some(now) = checked.matching[number] else {
        let none = Alternative { mentor: None, score: None, cost: None, fewer: 0, moves: 0, others };
        return Ok(Some(none));
    };
    let (table, before) = (checked.table, checked.proof);
    let penalty = table.unmatched_penalty();
    let without = table.without(id, now);
    let solution = assignment::solve_table(&without)?;
    let mentor = solution.matching[number];
    let fewer = before.matched().saturating_sub(solution.proof.matched());
    let lost = before.objective() - solution.proof.objective() - fewer as i128 * i128::from(penalty);
    let changed = solution.matching.iter().zip(&checked.matching).filter(|(one, other)| one != other).count();
    let shown = |points: i64| is_shown.then_some(points);
    Ok(Some(Alternative {
        mentor: mentor.map(assignment::MentorId::index),
        score: shown(mentor.and_then(|mentor| without.score(id, mentor)).map_or(0, i64::from)),
        cost: shown(i64::try_from(lost).unwrap_or(i64::MAX)),
        fewer,
        moves: changed.saturating_sub(1),
        others,
    }))
}

/// Whom else the rules allow somebody, and what it would cost to pin them.
fn others(checked: &proof::Checked, mentee: assignment::MenteeId, is_shown: bool) -> Vec<Other> {
    let now = checked.matching[mentee.index()];
    if !is_shown {
        let allowed = checked.table.pairs_of(mentee).filter(|pair| Some(pair.mentor) != now);
        return allowed.take(OTHERS_BY_NAME).map(|pair| Other { mentor: pair.mentor.index(), told: None }).collect();
    }
    let offers = offers(&checked.table, now, &checked.prices, mentee);
    let give_way = give_way(checked, mentee);
    // Whoever has no mentor and can have such a seat makes up for the one who loses theirs.
    let left_out = (0..).map(assignment::MenteeId).zip(&checked.matching).filter(|(_, mentor)| mentor.is_none());
    let makes_up = left_out.flat_map(|(row, _)| checked.table.pairs_of(row)).any(|pair| give_way[pair.mentor.index()]);
    let told = |Offer { cost, score, mentor }| {
        let fewer = usize::from(now.is_some() && !give_way[mentor] && !makes_up);
        let cost = if fewer > 0 { cost - checked.table.unmatched_penalty() } else { cost };
        Other { mentor, told: Some(OtherTold { score, fewer, cost }) }
    };
    offers.into_iter().map(told).collect()
}

/// Of each mentor whether somebody more would have a seat there and nobody be left out for it, once a mentee gave up theirs: where a
/// seat is free, and where somebody can move, with others perhaps, until a seat is free.
fn give_way(checked: &proof::Checked, mentee: assignment::MenteeId) -> Vec<bool> {
    let (table, matching) = (&checked.table, &checked.matching);
    let mut loads = vec![0_usize; table.mentors().len()];
    let others = matching.iter().enumerate().filter(|(row, _)| *row != mentee.index());
    for mentor in others.filter_map(|(_, mentor)| *mentor) {
        loads[mentor.index()] += 1;
    }
    let is_free = |(seats, load): (&assignment::Seats, &usize)| seats.capacity() > *load;
    let mut give_way: Vec<bool> = table.mentors().iter().zip(&loads).map(is_free).collect();
    let mut open: Vec<usize> = (0..give_way.len()).filter(|mentor| give_way[*mentor]).collect();
    while let Some(free) = open.pop() {
        let free = assignment::MentorId(u32::try_from(free).unwrap_or(u32::MAX));
        for (row, mentor) in (0..).map(assignment::MenteeId).zip(matching) {
            let Some(mentor) = mentor.map(assignment::MentorId::index) else { continue };
            if row != mentee && !give_way[mentor] && table.score(row, free).is_some() {
                give_way[mentor] = true;
                open.push(mentor);
            }
        }
    }
    give_way
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pairing::rules::{Must, Unknown, Wish};
    use crate::pairing::testing::{person, pool, prefer, skill, speaking};
    use crate::people::model::PersonDraft;

    #[test]
    fn seats_that_nobody_names_are_shared_alike() {
        let seats = |mentees: usize, mentors: &[Option<u32>]| {
            let mentors = mentors.iter().map(|capacity| PersonDraft { capacity: *capacity, ..person("zoe") }).collect();
            shared_seats(&pool((0..mentees).map(|_| person("ana")).collect(), mentors))
        };
        assert_eq!(seats(7, &[None, None, Some(2)]), Some(3));
        assert_eq!(seats(1, &[None, Some(2)]), Some(1), "nobody is proposed without a seat");
        assert_eq!(seats(7, &[Some(2)]), None);
        assert_eq!(seats(0, &[]), None);
    }

    /// What a pin is said to cost is looked up by running again with it.
    #[test]
    fn a_pin_costs_people_and_points() {
        let wants = |name: &str, languages: &[&str], skills: &[&str]| PersonDraft {
            wanted: skills.iter().map(|name| skill(name, None)).collect(),
            ..speaking(name, languages)
        };
        let holds = |name: &str, languages: &[&str], skills: &[&str]| PersonDraft {
            held: skills.iter().map(|name| skill(name, None)).collect(),
            ..speaking(name, languages)
        };
        // One too many, who makes up for whoever loses a seat; and one each, where nobody does.
        let crowded = pool(
            vec![
                wants("ana", &["fr"], &["a"]),
                wants("ben", &["fr", "es"], &["b"]),
                wants("eva", &["es"], &["a"]),
                wants("leo", &["es", "en"], &["c"]),
                wants("mia", &["en"], &["b"]),
            ],
            vec![
                holds("zoe", &["fr"], &["a", "b"]),
                holds("max", &["es"], &["c"]),
                holds("kim", &["en"], &["a", "c"]),
                holds("tom", &["es", "fr"], &["b"]),
            ],
        );
        let even = pool(
            vec![wants("ana", &["fr"], &["a"]), wants("ben", &["fr", "es"], &["b"])],
            vec![holds("zoe", &["fr"], &["a", "b"]), holds("max", &["es"], &["c"])],
        );
        let costs: std::collections::BTreeSet<usize> = [crowded, even].iter().flat_map(told_and_true).collect();
        assert_eq!(costs.into_iter().collect::<Vec<_>>(), [0, 1], "both are among them");
    }

    /// By how many people fewer each pin is said to leave, which is what running again with it shows.
    fn told_and_true(people: &Pool) -> Vec<usize> {
        let musts = vec![Must::SharedLanguage { unknown: Unknown::Forbid }];
        let rules = Rules { musts, ..prefer(Wish::Competencies, 100) };
        let outcome = run_on(people, &rules, 1, |_, _| ()).unwrap();
        let points = |outcome: &Outcome| outcome.pairs.iter().map(|pair| pair.score).sum::<i64>();
        let (file, _) = proof::write(&outcome.problem, &[], &outcome.solution, &[]).unwrap();
        let mut fewer = Vec::new();
        for mentee in 0..people.mentees.len() {
            for other in next_best(&file, &[], mentee, true).unwrap().unwrap().others {
                let told = other.told.unwrap();
                let mut pinned = people.clone();
                pinned.given.kept = vec![(mentee, other.mentor)];
                let then = run_on(&pinned, &rules, 1, |_, _| ()).unwrap();
                let at = format!("{mentee} with {}", other.mentor);
                assert_eq!(told.fewer, outcome.pairs.len() - then.pairs.len(), "{at}");
                assert!(told.cost <= points(&outcome) - points(&then), "{at}: {told:?}");
                fewer.push(told.fewer);
            }
            for other in next_best(&file, &[], mentee, false).unwrap().unwrap().others {
                assert_eq!(other.told, None, "nothing is told where it may not be shown");
            }
        }
        fewer
    }
}
