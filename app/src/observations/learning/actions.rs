//! Changes of loops: who may, in one transaction, with the audit entry and the notices. The trail says that something was written, never
//! what. Before anything is saved it is looked at for figures and names; whoever writes decides.

use jiff::civil::Date;

use super::letters;
use super::model::{
    Debrief, Observation, Outcome, Prediction, Preparation, Proposed, Saying, Stored, Talk, line as the_line,
};
use super::redaction::{Known, marks};
use super::{lenses, store};
use crate::activities::model::{self as plan, ActivityId, Row, When, field};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::Tx;
use crate::i18n::{Lang, Message};
use crate::identity::{self, PersonId, Viewer};
use crate::mentorships::visibility::{Visibility, place_of, reads};
use crate::mentorships::{Mentorship, MentorshipId, own, own_running};
use crate::observations::model::{SeatId, State};
use crate::observations::store::side;
use crate::observations::{places_of, sitting};
use crate::problems::{Failure, Problems, Refusal};
use crate::vault::{self, Closed, Keys, Place, Words};
use crate::{activities, notices, programmes, transaction};

/// A mentorship and a seat in it.
pub type Path = (MentorshipId, SeatId);

/// An observation of a pair.
pub(super) async fn observation(
    from: impl Into<crate::db::Reader<'_>>,
    pair: &Mentorship,
    seat: SeatId,
) -> Result<Observation, Failure> {
    let found = store::observation(from, pair.organisation, seat).await?;
    Ok(found.filter(|observation| observation.mentorship == pair.id).ok_or(Refusal::NotFound)?)
}

/// An observation of one's own pair about which one may write: the pair runs, and its notes are still to be kept.
async fn writable(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    (id, seat): Path,
) -> Result<(Mentorship, Observation), Failure> {
    let pair = own_running(tx, viewer, id, "loops-ended").await?;
    let observation = observation(&mut *tx, &pair, seat).await?;
    if observation.is_closed(app.now()) {
        return Err(Problems::one("", Message::new("loops-destroyed")).into());
    }
    Ok((pair, observation))
}

/// The same, for the one who observes.
async fn observed(app: &App, tx: &mut Tx, viewer: &Viewer, path: Path) -> Result<(Mentorship, Observation), Failure> {
    let (pair, observation) = writable(app, tx, viewer, path).await?;
    if observation.observer == viewer.person { Ok((pair, observation)) } else { Err(Refusal::NotFound.into()) }
}

fn place_of_prediction(pair: &Mentorship, visibility: Visibility, column: &'static str, seat: SeatId) -> Place {
    place_of(pair, pair.mentee, visibility, ("predictions", column, seat.0))
}

fn place_of_talk(pair: &Mentorship, author: PersonId, column: &'static str, seat: SeatId) -> Place {
    place_of(pair, author, Visibility::Pair, ("loop_talks", column, seat.0))
}

/// What was predicted and what came of it, for whoever may read it.
pub(super) fn prediction_of(
    keys: &Keys,
    viewer: &Viewer,
    pair: &Mentorship,
    stored: &Stored,
) -> Option<Result<(Prediction, Option<Outcome>), Closed>> {
    if !reads(stored.visibility, viewer, pair, stored.author) {
        return None;
    }
    let place = |column| place_of_prediction(pair, stored.visibility, column, stored.seat);
    let opened = || {
        let words = keys.open(&place("words"), &stored.words)?;
        let prediction = Prediction::of(stored.visibility, &words).ok_or(Closed::Refused)?;
        let outcome = match &stored.outcome {
            Some(sealed) => Some(Outcome::of(&keys.open(&place("outcome"), sealed)?).ok_or(Closed::Refused)?),
            None => None,
        };
        Ok((prediction, outcome))
    };
    Some(opened())
}

/// The mentor's line.
pub(super) fn line_of(keys: &Keys, pair: &Mentorship, seat: SeatId, talk: &Talk) -> Option<Result<Words, Closed>> {
    let (sealed, by) = talk.line.as_ref()?;
    Some(keys.open(&place_of_talk(pair, *by, "line", seat), sealed))
}

/// What is proposed to be practised.
pub(super) fn practice_of(keys: &Keys, pair: &Mentorship, seat: SeatId, proposed: &Proposed) -> Result<Words, Closed> {
    keys.open(&place_of_talk(pair, proposed.by, "practice", seat), &proposed.what)
}

/// What is known of names where a pair is: those who take part in the edition, whoever receives and chairs, the organisation, and the words
/// that name nobody. Who is on the other side of a negotiation is known to whoever observes it: to the other of the pair a mark would tell it.
pub(super) async fn known(
    app: &App,
    viewer: &Viewer,
    pair: &Mentorship,
    observation: &Observation,
) -> Result<Known, Failure> {
    let enrolled = programmes::enrolled(&app.db, pair.edition).await?;
    let people: Vec<uuid::Uuid> = enrolled.iter().map(|enrolment| enrolment.person.0).collect();
    let names = identity::names(&app.db, &people).await?;
    let edition = programmes::edition(&app.db, pair.edition).await?.ok_or(Refusal::NotFound)?;
    let framework = programmes::framework_of(&app.db, &edition).await?;
    let competencies = framework.iter().flat_map(|version| &version.content.competencies);
    let lenses = lenses::all().iter().map(|lens| &lens.name);
    let texts: Vec<&str> = competencies
        .map(|competency| &competency.name)
        .chain(lenses)
        .flat_map(|text| Lang::ALL.map(|lang| text.told(lang)))
        .collect();
    let pair_names = [pair.mentee_name.as_str(), pair.mentor_name.as_str(), &observation.host, &observation.chair];
    let house = identity::organisation(&app.db, pair.organisation).await?.map(|house| house.name);
    let side = if observation.observer == viewer.person { side(&app.db, observation.sitting).await? } else { None };
    let organisations = [house, side].into_iter().flatten().collect::<Vec<String>>();
    let known = Known::new(names.values().map(String::as_str).chain(pair_names), texts);
    Ok(known.with_organisations(organisations.iter().map(String::as_str)))
}

/// That somebody is of the pair, and that nothing should be seen in these fields that notes do not name, unless whoever writes says that it is to be saved all the same.
async fn looked_at(
    app: &App,
    viewer: &Viewer,
    (id, seat): Path,
    fields: &[(String, &Words)],
    is_meant: bool,
) -> Result<(), Failure> {
    let pair = own(&app.db, viewer, id).await?;
    let observation = observation(&app.db, &pair, seat).await?;
    if is_meant {
        return Ok(());
    }
    let known = known(app, viewer, &pair, &observation).await?;
    let mut problems = Problems::default();
    for (field, words) in fields {
        let found = marks(words.as_str(), &known).len();
        if found > 0 {
            problems.add(field.clone(), Message::new(MARKED).with("count", found));
        }
    }
    Ok(problems.or(())?)
}

/// The key of what is said of a field in which something was marked.
pub(super) const MARKED: &str = "loops-marked";

/// The activity of the plan that an observation fulfils, if it is there: the one for which the seat was asked.
pub(super) async fn planned_for(
    tx: &mut Tx,
    pair: &Mentorship,
    observation: &Observation,
) -> Result<Option<ActivityId>, Failure> {
    let planned = activities::plan(tx, pair.id).await?;
    let is_it = |one: &&plan::Activity| Some(one.id) == observation.activity && one.state != plan::State::LetGo;
    Ok(planned.iter().find(is_it).map(|activity| activity.id))
}

/// The same, or a new one. Its debrief is the observation's.
pub(super) async fn activity_of(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    observation: &Observation,
    lang: Lang,
) -> Result<ActivityId, Failure> {
    if let Some(activity) = planned_for(tx, pair, observation).await? {
        return Ok(activity);
    }
    let row = Row {
        id: None,
        kind: observation.kind.activity(),
        competency: in_framework(tx, pair, observation.competency.clone()).await?,
        when: When::new(observation.day(observation.starts_at), false),
        what: Words::new(lang.tell(&Message::new("loops-activity").with("number", observation.number.to_string()))),
        watch: Words::default(),
    };
    let activity = activities::add(app, tx, pair, pair.mentee, row).await?;
    store::fulfil(tx, observation.seat, activity).await?;
    Ok(activity)
}

/// A competency, if the edition's framework still has it.
async fn in_framework(tx: &mut Tx, pair: &Mentorship, key: Option<String>) -> Result<Option<String>, Failure> {
    let Some(key) = key else { return Ok(None) };
    let edition = programmes::edition(&mut *tx, pair.edition).await?.ok_or(Refusal::NotFound)?;
    let framework = programmes::framework_of(tx, &edition).await?;
    Ok(framework.filter(|version| version.content.competency(&key).is_some()).map(|_| key))
}

/// Begins the loop of an observation with what is known of it: the competency of its activity, or the first that the sitting shows.
pub(super) async fn begun(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    observation: Observation,
) -> Result<Observation, Failure> {
    if observation.version > 0 {
        return Ok(observation);
    }
    let planned = activities::plan(&mut *tx, pair.id).await?;
    let of_activity = planned.into_iter().find(|one| Some(one.id) == observation.activity);
    let competency = match of_activity.and_then(|activity| activity.competency) {
        Some(key) => Some(key),
        None => store::competencies(&mut *tx, observation.seat).await?.into_iter().next(),
    };
    let begun = Observation { competency, version: 1, ..observation };
    store::begin(tx, (pair.organisation, &begun), app.now()).await?;
    Ok(begun)
}

/// Chooses the competency and the lenses, before the sitting begins, over the version that was read; 0 where nothing was chosen yet.
pub async fn prepare(
    app: &App,
    viewer: &Viewer,
    (id, seat, version): (MentorshipId, SeatId, i64),
    preparation: Preparation,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let (pair, observation) = observed(app, tx, viewer, (id, seat)).await?;
        if observation.has_begun(app.now()) {
            return Err(Problems::one("", Message::new("loops-too-late")).into());
        }
        let preparation = Preparation::parse(preparation.clone(), observation.kind)?;
        let competency = in_framework(tx, &pair, preparation.competency.clone()).await?;
        if competency != preparation.competency {
            return Err(Problems::one("competency", Message::new("loops-competency-unknown")).into());
        }
        let was_begun = observation.version > 0;
        let observation = begun(app, tx, &pair, observation).await?;
        let version = if was_begun { version } else { version + observation.version };
        if !store::prepare(tx, (seat, version), &preparation, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        let observation = Observation { competency, ..observation };
        activity_of(app, tx, &pair, &observation, viewer.lang).await?;
        super::look_on(app, tx, pair.organisation).await?;
        note(app, tx, viewer.person, &pair, "observations.prepare").await
    })
}

/// Writes down what is predicted, before the sitting begins, over the version that was read. Later nobody changes it.
pub async fn predict(
    app: &App,
    viewer: &Viewer,
    (id, seat, version): (MentorshipId, SeatId, i64),
    (prediction, is_meant): (Prediction, bool),
) -> Result<(), Failure> {
    let statements = prediction.statements.iter().enumerate();
    let fields: Vec<(String, &Words)> = statements.map(|(place, one)| (field("what", place), &one.what)).collect();
    looked_at(app, viewer, (id, seat), &fields, is_meant).await?;
    transaction!(app.db, tx => {
        let (pair, observation) = observed(app, tx, viewer, (id, seat)).await?;
        if observation.has_begun(app.now()) {
            return Err(Problems::one("", Message::new("loops-predict-late")).into());
        }
        let prediction = Prediction::parse(prediction.clone())?;
        let before = stored(tx, &pair, seat).await?;
        let was_shared = before.as_ref().is_some_and(|before| before.visibility == Visibility::Pair);
        if was_shared && prediction.visibility != Visibility::Pair {
            return Err(Problems::one("visibility", Message::new("loops-visibility-back")).into());
        }
        begun(app, tx, &pair, observation).await?;
        let place = place_of_prediction(&pair, prediction.visibility, "words", seat);
        let words = vault::seal(app, tx, &place, &prediction.words()).await?;
        let (author, written_at) = (viewer.person, app.now());
        let written = Stored { seat, author, visibility: prediction.visibility, words, written_at, outcome: None, version };
        if !store::predict(tx, pair.organisation, &written).await? {
            return Err(Refusal::Conflict.into());
        }
        store::predicted(tx, seat, app.now()).await?;
        super::look_on(app, tx, pair.organisation).await?;
        if prediction.visibility == Visibility::OnlyMe {
            return Ok(());
        }
        note(app, tx, viewer.person, &pair, "observations.predict").await
    })
}

/// Whether nothing says that an observer was there, and nothing was open to them: until somebody says that it was held, or the record says
/// that they came, there is nothing to debrief.
pub(super) async fn is_shut_out(
    from: impl Into<crate::db::Reader<'_>>,
    observation: &Observation,
) -> Result<bool, Failure> {
    if observation.state == State::Held || observation.is_recorded {
        return Ok(false);
    }
    let mut from = from.into();
    let sitting =
        sitting(from.again(), observation.organisation, observation.sitting).await?.ok_or(Refusal::NotFound)?;
    Ok(!places_of(from, &sitting).await?.lets_in(observation.seat))
}

async fn stored(tx: &mut Tx, pair: &Mentorship, seat: SeatId) -> Result<Option<Stored>, Failure> {
    Ok(store::predictions(tx, pair.id).await?.into_iter().find(|stored| stored.seat == seat))
}

/// Writes the debrief, once the sitting is over: what was seen, what came of the prediction, what will be tried next. It is that of the
/// activity in the plan, which is done with it.
pub async fn debrief(app: &App, viewer: &Viewer, (id, seat): Path, debrief: Debrief) -> Result<(), Failure> {
    looked_at(app, viewer, (id, seat), &debrief.fields(), debrief.is_meant).await?;
    transaction!(app.db, tx => {
        let (pair, observation) = observed(app, tx, viewer, (id, seat)).await?;
        let now = app.now();
        if !observation.is_over(now) {
            return Err(Problems::one("", Message::new("loops-too-early")).into());
        }
        if observation.is_missed(now) {
            return Err(Problems::one("", Message::new("loops-was-missed")).into());
        }
        if is_shut_out(&mut *tx, &observation).await? {
            return Err(Problems::one("", Message::new("loops-shut-out")).into());
        }
        if debrief.reflection.through.iter().any(|(lens, _)| !observation.lenses.contains(lens)) {
            return Err(Problems::one("seen", Message::new("loops-lens-unchosen")).into());
        }
        let observation = begun(app, tx, &pair, observation).await?;
        let activity = activity_of(app, tx, &pair, &observation, viewer.lang).await?;
        let done = plan::Done { ended_at: observation.ended_at(now), minutes: Some(observation.minutes().max(1)) };
        activities::has_been_done(app, tx, (&pair, viewer.person), activity, done).await?;
        let version = debrief.version;
        activities::write_debrief_of(app, tx, &pair, (activity, version), &debrief.reflection).await?;
        if let Some(before) = stored(tx, &pair, seat).await? {
            let keys = vault::keys(app, &mut *tx, pair.organisation, &[id.0]).await?;
            let opened = prediction_of(&keys, viewer, &pair, &before).ok_or(Refusal::NotFound)?;
            let (prediction, _) = opened.map_err(|closed| Problems::one("", Message::new(closed.key())))?;
            let outcome = Outcome::parse(&debrief.came, debrief.against.clone(), prediction.statements.len())?;
            let place = place_of_prediction(&pair, before.visibility, "outcome", seat);
            let sealed = vault::seal(app, tx, &place, &outcome.words()).await?;
            store::resolve(tx, seat, &sealed, now).await?;
        }
        if debrief.reflection.visibility == Visibility::Pair {
            notices::tell(app, tx, &letters::debriefed(&pair, seat)).await?;
        }
        super::look_on(app, tx, pair.organisation).await?;
        note(app, tx, viewer.person, &pair, "observations.debrief").await
    })
}

/// Says a line, proposes a practice, or both.
pub async fn say(app: &App, viewer: &Viewer, (id, seat): Path, saying: Saying) -> Result<(), Failure> {
    let practice = saying.practice.as_ref();
    let what = practice.map(|practice| ("what".to_owned(), &practice.what));
    let fields: Vec<(String, &Words)> = [("line".to_owned(), &saying.line)].into_iter().chain(what).collect();
    looked_at(app, viewer, (id, seat), &fields, saying.is_meant).await?;
    transaction!(app.db, tx => {
        let (pair, observation) = writable(app, tx, viewer, (id, seat)).await?;
        let line = the_line(saying.line.clone())?;
        if line.is_none() && practice.is_none() {
            return Err(Problems::one("line", Message::new("loops-saying-missing")).into());
        }
        if line.is_some() && viewer.person != pair.mentor || !is_open(tx, &observation).await? {
            return Err(Refusal::NotFound.into());
        }
        if practice.is_some() && observation.practice.is_some() {
            return Err(Refusal::Conflict.into());
        }
        let by = (viewer.person, app.now());
        if !store::touch_talk(tx, (pair.organisation, seat), saying.version).await? {
            return Err(Refusal::Conflict.into());
        }
        if let Some(line) = &line {
            let sealed = vault::seal(app, tx, &place_of_talk(&pair, viewer.person, "line", seat), line).await?;
            store::say_line(tx, seat, &sealed, by).await?;
        }
        if let Some(practice) = practice {
            let place = place_of_talk(&pair, viewer.person, "practice", seat);
            let sealed = vault::seal(app, tx, &place, &practice.what).await?;
            store::propose(tx, seat, (practice, &sealed), by).await?;
        }
        notices::tell(app, tx, &letters::said(&pair, viewer.person, seat, practice.is_some())).await?;
        note(app, tx, viewer.person, &pair, "observations.talk").await
    })
}

/// Whether the debrief is written, and is the pair's.
async fn is_open(tx: &mut Tx, observation: &Observation) -> Result<bool, Failure> {
    let Some(activity) = observation.activity else { return Ok(false) };
    let debrief = activities::debrief(tx, activity).await?;
    Ok(debrief.is_some_and(|debrief| debrief.written_at.is_some() && debrief.visibility == Visibility::Pair))
}

/// Agrees to the practice that the other proposed: it comes into the plan.
pub async fn agree(app: &App, viewer: &Viewer, (id, seat): Path, version: i64) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let (pair, observation) = writable(app, tx, viewer, (id, seat)).await?;
        let talk = store::talk(&mut *tx, seat).await?.ok_or(Refusal::NotFound)?;
        let proposed = talk.proposal.ok_or(Refusal::NotFound)?;
        if proposed.by == viewer.person {
            return Err(Refusal::NotFound.into());
        }
        if talk.version != version {
            return Err(Refusal::Conflict.into());
        }
        let keys = vault::keys(app, &mut *tx, pair.organisation, &[id.0]).await?;
        let what = practice_of(&keys, &pair, seat, &proposed);
        let what = what.map_err(|closed| Problems::one("", Message::new(closed.key())))?;
        let competency = in_framework(tx, &pair, observation.competency.clone()).await?;
        let when = When::new(proposed.on, false);
        let row = Row { id: None, kind: proposed.kind, competency, when, what, watch: Words::default() };
        let activity = activities::add(app, tx, &pair, viewer.person, row).await?;
        if !store::agreed(tx, seat, activity, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        notices::tell(app, tx, &letters::agreed(&pair, viewer.person, seat)).await?;
        note(app, tx, viewer.person, &pair, "observations.practice").await
    })
}

/// Forgets what was written of seats that were given back, or whose sitting is called off: there is nothing to observe any more, and no day
/// would come on which it goes.
pub(in crate::observations) async fn forget(tx: &mut Tx, seats: &[SeatId]) -> Result<(), Failure> {
    Ok(store::forget(tx, seats).await?)
}

/// Has those who did not observe be asked for their debrief all the same, should it turn out that they did.
pub(in crate::observations) async fn ask_anew(tx: &mut Tx, seats: &[SeatId]) -> Result<(), Failure> {
    Ok(store::ask_anew(tx, seats).await?)
}

/// Destroys what was written of an observation whose day has come, and its activity's debrief with it.
pub(super) async fn destroy(app: &App, pair: &Mentorship, observation: &Observation) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        if !store::destroy(tx, observation.seat, app.now()).await? {
            return Ok(());
        }
        if let Some(activity) = observation.activity {
            activities::destroy_debrief(app, tx, activity).await?;
        }
        if let Some(practice) = observation.practice {
            // What was proposed stands in the plan since the other agreed, in the same words.
            let house = identity::organisation(&mut *tx, pair.organisation).await?;
            let lang = house.map_or(Lang::Es, |house| house.lang);
            let number = observation.number.to_string();
            let instead = Words::new(lang.tell(&Message::new("loops-practice-destroyed").with("number", number)));
            activities::destroy_words(app, tx, pair, (practice, &instead)).await?;
        }
        notices::tell(app, tx, &letters::destroyed(pair, observation)).await?;
        let note = Note::new(pair.organisation.0, None, "observations.destroy").about("mentorship", pair.id.0);
        audit::note(app, tx, note).await?;
        Ok::<(), Failure>(())
    })
}

/// The day today where a pair is, for what is planned.
pub(super) fn today(app: &App, viewer: &Viewer) -> Date {
    app.now().to_zoned_datetime(viewer.zone.clone()).date()
}

async fn note(app: &App, tx: &mut Tx, by: PersonId, pair: &Mentorship, verb: &'static str) -> Result<(), Failure> {
    audit::note(app, tx, Note::new(pair.organisation.0, by.0, verb).about("mentorship", pair.id.0)).await?;
    Ok(())
}
