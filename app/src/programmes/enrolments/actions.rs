//! Every change to who takes part: who may, in one transaction, with the audit entry and the mails.

use std::collections::HashSet;

use serde_json::json;

use super::store;
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::Tx;
use crate::i18n::Message;
use crate::identity::{self, Act, Held, Part, PersonId, Record, Scope, Viewer};
use crate::jobs;
use crate::people;
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::actions::{managed, named};
use crate::programmes::departures::{Departure, depart};
use crate::programmes::model::{Edition, EditionId, Enrolment, EnrolmentId, NewEnrolment, Phase, Standing, Step, Way};
use crate::programmes::{assigning, forms, said, store as editions};
use crate::transaction;
use crate::web::Form;

/// The job that tells somebody where they stand.
pub(super) const TELL: &str = "programmes.tell";

/// How many people may be asked with one form.
const MOST_AT_ONCE: usize = 100;
const LONGEST_REASON: usize = 500;
const LONGEST_POST: usize = 200;

/// Adds people to an edition as they stand; those who are in it already on that side stay as they are, and mentees for whom
/// there is no place wait. Nobody is written to. Says how many were added.
pub async fn enrol(app: &App, viewer: &Viewer, id: EditionId, people: &[NewEnrolment]) -> Result<u64, Failure> {
    transaction!(app.db, tx => {
        let edition = managed(&mut *tx, viewer, id).await?;
        insert(app, tx, viewer, &edition, people.to_vec(), false).await
    })
}

/// Who of the records is to be taken in.
#[derive(Clone, Debug)]
pub(in crate::programmes) enum Group {
    /// Everybody whose profile says that they stand on one of these sides and whom the search finds.
    All { sides: Vec<Side>, search: String },
    /// These, on those of the sides on which their profiles say that they stand.
    These { sides: Vec<Side>, people: HashSet<PersonId> },
}

/// Enrols a group of those whose profile says on which side they stand, and who were never in the edition's list on that side.
pub(in crate::programmes) async fn take_in(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    group: &Group,
    tells: bool,
) -> Result<u64, Failure> {
    let (sides, search, ticked) = match group {
        Group::All { sides, search } => (sides, search.as_str(), None),
        Group::These { sides, people } => (sides, "", Some(people)),
    };
    let sought = identity::sought(app, viewer.organisation, search).await?;
    transaction!(app.db, tx => {
        let edition = managed(&mut *tx, viewer, id).await?;
        edition.must_be_open()?;
        let mut new = Vec::new();
        for side in sides.iter().copied() {
            let known = store::known(&mut *tx, id, side).await?;
            let people = people::of_side(&mut *tx, edition.organisation, side, &sought).await?;
            let wanted = people.into_iter().filter(|person| {
                !known.contains(person) && ticked.is_none_or(|ticked| ticked.contains(person))
            });
            new.extend(wanted.map(|person| NewEnrolment::of(person, side, Standing::Enrolled, Way::Import)));
        }
        if new.is_empty() {
            return Err(Problems::one("people", Message::new("programmes-group-nobody")).into());
        }
        insert(app, tx, viewer, &edition, new, tells).await
    })
}

/// Adds enrolments with the parts that they give, and the mails about them.
async fn insert(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    edition: &Edition,
    mut people: Vec<NewEnrolment>,
    tells: bool,
) -> Result<u64, Failure> {
    if edition.phase() == Phase::Closed {
        return Err(closed());
    }
    for side in Side::BOTH {
        let known = store::known(&mut *tx, edition.id, side).await?;
        let mut seen = HashSet::new();
        people.retain(|new| new.side != side || (!known.contains(&new.person) && seen.insert(new.person)));
    }
    let mut places = places_left(tx, edition).await?;
    for new in people.iter_mut().filter(|new| new.side == Side::Mentee && new.standing == Standing::Enrolled) {
        match &mut places {
            Some(0) => new.standing = Standing::Waiting,
            Some(places) => *places -= 1,
            None => {}
        }
    }
    let added: Vec<(EnrolmentId, NewEnrolment)> = people.into_iter().map(|new| (EnrolmentId(app.id()), new)).collect();
    let count = store::add(tx, edition, &added, app.now()).await?;
    let parts: Vec<(PersonId, Held)> = added
        .iter()
        .filter(|(_, new)| new.standing == Standing::Enrolled)
        .map(|(_, new)| (new.person, held(new.side, edition.id)))
        .collect();
    identity::grant_there(app, tx, edition.organisation, &parts).await?;
    assigning::look_next(app, tx, edition).await?;
    if tells {
        let told: Vec<_> = added.iter().map(|(id, new)| letter(*id, new.standing)).collect();
        jobs::add_many(app, tx, Some(edition.organisation.0), TELL, &told, app.now()).await?;
    }
    let note = Note::new(edition.organisation.0, viewer.person.0, "programmes.enrol");
    audit::note(app, tx, note.about("edition", edition.id.0).with(json!({ "added": count }))).await?;
    Ok(count)
}

/// What came of asking people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::programmes) struct Asked {
    pub asked: usize,
    /// They were in the list already, and stand as they stood.
    pub known: usize,
}

/// Nominates or invites people, a line each, by address or name. They are written to, and accept or decline.
pub(in crate::programmes) async fn ask(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    form: &Form,
) -> Result<Asked, Failure> {
    transaction!(app.db, tx => {
        let edition = managed(&mut *tx, viewer, id).await?;
        edition.must_be_open()?;
        let mut problems = Problems::default();
        let side = Side::parse(form.text("side"));
        if side.is_none() {
            problems.add("side", Message::new("programmes-side-missing"));
        }
        let post = post(form, &mut problems);
        let mut nominator = viewer.person;
        if !form.text("nominated-by").is_empty() {
            match named(&mut *tx, edition.organisation, "nominated-by", form.text("nominated-by")).await {
                Ok(person) => nominator = person,
                Err(Failure::Problems(found)) => problems.extend(found),
                Err(failure) => return Err(failure),
            }
        }
        let people = lines_of_people(tx, &edition, form.text("people"), &mut problems).await?;
        problems.or(())?;
        let way = if post.is_some() { Way::Nomination } else { Way::Invitation };
        let mut asked = Asked::default();
        for person in people {
            let mut new = NewEnrolment::of(person, side.unwrap_or(Side::Mentee), Standing::Asked, way);
            new.post.clone_from(&post);
            new.nominated_by = (way == Way::Nomination).then_some(nominator);
            if ask_one(app, tx, viewer, &edition, new).await? { asked.asked += 1 } else { asked.known += 1 }
        }
        Ok(asked)
    })
}

/// Whom the lines of a text name; what names nobody, or several, is a problem of its field.
async fn lines_of_people(
    tx: &mut Tx,
    edition: &Edition,
    text: &str,
    problems: &mut Problems,
) -> Result<Vec<PersonId>, Failure> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        problems.add("people", Message::new("programmes-people-missing"));
    }
    if lines.len() > MOST_AT_ONCE {
        problems.add("people", Message::new("programmes-people-many").with("most", MOST_AT_ONCE));
        return Ok(Vec::new());
    }
    let mut people = Vec::new();
    for line in lines {
        match named(&mut *tx, edition.organisation, "people", line).await {
            Ok(person) => people.push(person),
            Err(Failure::Problems(found)) => problems.extend(found),
            Err(failure) => return Err(failure),
        }
    }
    Ok(people)
}

fn post(form: &Form, problems: &mut Problems) -> Option<String> {
    let post = form.text("post");
    if post.chars().count() > LONGEST_POST {
        problems.add("post", Message::new("programmes-name-long").with("most", LONGEST_POST));
    }
    Some(post.to_owned()).filter(|post| !post.is_empty())
}

/// A line manager nominates one of their own reports, for a post. Whoever is in the list already stands as they stood, and the
/// manager is told so only where their page tells it anyway.
pub(in crate::programmes) async fn nominate_report(app: &App, viewer: &Viewer, form: &Form) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let mut problems = Problems::default();
        let id = |field: &str| form.text(field).parse::<uuid::Uuid>().ok();
        if id("person").is_none() {
            problems.add("person", Message::new("programmes-lent-person-missing"));
        }
        if id("edition").is_none() {
            problems.add("edition", Message::new("programmes-lent-edition-missing"));
        }
        let post = post(form, &mut problems);
        if post.is_none() {
            problems.add("post", Message::new("programmes-post-missing"));
        }
        problems.or(())?;
        let person = PersonId(id("person").ok_or(Refusal::NotFound)?);
        let edition = EditionId(id("edition").ok_or(Refusal::NotFound)?);
        let edition = editions::edition(&mut *tx, edition).await?.ok_or(Refusal::NotFound)?;
        if !viewer.may(Act::NominateReports, &Record::of_organisation(edition.organisation))
            || !people::is_manager_of(&mut *tx, viewer.person, person).await?
            || edition.phase() == Phase::SettingUp
        {
            return Err(Refusal::NotFound.into());
        }
        edition.must_be_open()?;
        if let Some(known) = store::enrolment_of(&mut *tx, edition.id, person, Side::Mentee).await? {
            if known.is_told_to(viewer.person) && known.standing != Standing::Declined {
                return Err(Problems::one("person", Message::new("programmes-lent-known")).into());
            }
            // Who was refused, who left and who applied by themselves is between them and the coordinator.
            if known.standing != Standing::Declined || known.nominated_by != Some(viewer.person) {
                return Ok(());
            }
        }
        let mut new = NewEnrolment::of(person, Side::Mentee, Standing::Asked, Way::Nomination);
        (new.post, new.nominated_by) = (post, Some(viewer.person));
        ask_one(app, tx, viewer, &edition, new).await.map(|_| ())
    })
}

/// Asks somebody, for the first time or again after they had left; false when they are in the list already.
async fn ask_one(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    edition: &Edition,
    new: NewEnrolment,
) -> Result<bool, Failure> {
    let id = if let Some(known) = store::enrolment_of(&mut *tx, edition.id, new.person, new.side).await? {
        let Some(standing) = known.standing.after(Step::Ask, true) else { return Ok(false) };
        let again = Enrolment { way: new.way, post: new.post, nominated_by: new.nominated_by, ..known };
        if !store::set_details(tx, &again).await?
            || !store::set_standing(tx, again.id, again.version + 1, standing, None, app.now()).await?
        {
            return Err(Refusal::Conflict.into());
        }
        again.id
    } else {
        let id = EnrolmentId(app.id());
        store::add(tx, edition, &[(id, new)], app.now()).await?;
        id
    };
    jobs::add(app, tx, Some(edition.organisation.0), TELL, &letter(id, Standing::Asked)).await?;
    let note = Note::new(edition.organisation.0, viewer.person.0, "programmes.ask");
    audit::note(app, tx, note.about("enrolment", id.0)).await?;
    Ok(true)
}

/// Applies for an edition that takes applications, for the first time or again after having left.
pub(in crate::programmes) async fn apply(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    side: Side,
) -> Result<EnrolmentId, Failure> {
    transaction!(app.db, tx => {
        let edition = editions::edition(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        let may = viewer.may(Act::TakePart, &Record::of_organisation(edition.organisation));
        if !may || !edition.settings.applications || edition.phase() != Phase::Open {
            return Err(Refusal::NotFound.into());
        }
        let known = store::enrolment_of(&mut *tx, id, viewer.person, side).await?;
        let enrolment = if let Some(known) = known {
            let standing = known.standing.after(Step::Apply, true).ok_or(Refusal::Conflict)?;
            let again = Enrolment { way: Way::Application, post: None, nominated_by: None, ..known };
            if !store::set_details(tx, &again).await?
                || !store::set_standing(tx, again.id, again.version + 1, standing, None, app.now()).await?
            {
                return Err(Refusal::Conflict.into());
            }
            again.id
        } else {
            let enrolment = EnrolmentId(app.id());
            let new = NewEnrolment::of(viewer.person, side, Standing::Applied, Way::Application);
            store::add(tx, &edition, &[(enrolment, new)], app.now()).await?;
            enrolment
        };
        let note = Note::new(edition.organisation.0, viewer.person.0, "programmes.apply");
        audit::note(app, tx, note.about("enrolment", enrolment.0)).await?;
        Ok(enrolment)
    })
}

/// Takes a step in somebody's standing. The person accepts, declines and withdraws; the coordinator does the rest, and
/// withdraws too. Whoever did not take the step is told where they stand now.
pub async fn step(
    app: &App,
    viewer: &Viewer,
    id: EnrolmentId,
    version: i64,
    step: Step,
    reason: &str,
) -> Result<Standing, Failure> {
    transaction!(app.db, tx => {
        let enrolment = store::enrolment(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        may_step(viewer, &enrolment, step)?;
        if reason.chars().count() > LONGEST_REASON {
            return Err(Problems::one("reason", Message::new("programmes-name-long").with("most", LONGEST_REASON)).into());
        }
        let edition = editions::edition(&mut *tx, enrolment.edition).await?.ok_or(Refusal::NotFound)?;
        if edition.phase() == Phase::Closed {
            return Err(closed());
        }
        let has_room = enrolment.side == Side::Mentor || places_left(tx, &edition).await? != Some(0);
        let next = enrolment.standing.after(step, has_room).ok_or(Refusal::Conflict)?;
        if next == enrolment.standing {
            return Err(Problems::one("", Message::new("programmes-no-room")).into());
        }
        let reason = Some(reason).filter(|reason| !reason.is_empty());
        if !store::set_standing(tx, id, version, next, reason, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        let part = held(enrolment.side, enrolment.edition);
        if next == Standing::Enrolled {
            identity::grant_there(app, tx, enrolment.organisation, &[(enrolment.person, part)]).await?;
            assigning::look_next(app, tx, &edition).await?;
        } else {
            identity::revoke_there(tx, enrolment.person, part).await?;
        }
        if enrolment.standing == Standing::Enrolled && next != Standing::Enrolled {
            let Enrolment { organisation, edition, person, side, .. } = enrolment;
            depart(app, tx, Departure { organisation, edition, person, side, by: viewer.person }).await?;
        }
        if viewer.person != enrolment.person {
            jobs::add(app, tx, Some(enrolment.organisation.0), TELL, &letter(id, next)).await?;
        }
        let note = Note::new(enrolment.organisation.0, viewer.person.0, "programmes.standing");
        audit::note(app, tx, note.about("enrolment", id.0).with(json!({ "standing": next }))).await?;
        Ok(next)
    })
}

/// Changes what an enrolment says beside the standing: a mentor's seats in this edition, a mentee's post and fall-back.
pub(in crate::programmes) async fn set_details(
    app: &App,
    viewer: &Viewer,
    id: EnrolmentId,
    version: i64,
    form: &Form,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let mut enrolment = store::enrolment(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        let edition = managed(&mut *tx, viewer, enrolment.edition).await?;
        if form.has("capacity") {
            enrolment.capacity = forms::capacity(form)?;
        }
        if form.has("post") {
            let mut problems = Problems::default();
            enrolment.post = post(form, &mut problems);
            problems.or(())?;
        }
        if form.has("fallback") {
            enrolment.fallback = match form.text("fallback") {
                "" => None,
                text => Some(one_of_faculty(tx, &edition, text).await?),
            };
        }
        enrolment.version = version;
        if !store::set_details(tx, &enrolment).await? {
            return Err(Refusal::Conflict.into());
        }
        let note = Note::new(enrolment.organisation.0, viewer.person.0, "programmes.details");
        audit::note(app, tx, note.about("enrolment", id.0)).await?;
        Ok(())
    })
}

/// For whom a fall-back is named.
pub(in crate::programmes) enum Students {
    /// Everybody who has neither a mentor nor a fall-back.
    Without,
    These(Vec<EnrolmentId>),
}

/// Names a faculty member as the fall-back of the students who are ticked, or of all who have nobody: no mentor either. Says of
/// how many.
pub(in crate::programmes) async fn set_fallbacks(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    students: Students,
    fallback: &str,
) -> Result<u64, Failure> {
    let mentored = said::mentored(app, id).await?;
    transaction!(app.db, tx => {
        let edition = managed(&mut *tx, viewer, id).await?;
        let fallback = one_of_faculty(tx, &edition, fallback).await?;
        let chosen: Vec<EnrolmentId> = match &students {
            Students::Without => {
                let students = store::unbacked(&mut *tx, id).await?;
                students.into_iter().filter(|(_, person)| !mentored.contains(person)).map(|(id, _)| id).collect()
            }
            Students::These(students) if students.len() > MOST_AT_ONCE => {
                let many = Message::new("programmes-people-many").with("most", MOST_AT_ONCE);
                return Err(Problems::one("student", many).into());
            }
            Students::These(students) => students.clone(),
        };
        let named = store::set_fallbacks(tx, id, &chosen, fallback).await?;
        if named == 0 {
            return Err(Problems::one("student", Message::new("programmes-fallback-nobody")).into());
        }
        let note = Note::new(edition.organisation.0, viewer.person.0, "programmes.fallback");
        audit::note(app, tx, note.about("edition", id.0).with(json!({ "students": named }))).await?;
        Ok(named)
    })
}

/// A faculty member of the organisation or of the edition, as a form chose them.
async fn one_of_faculty(tx: &mut Tx, edition: &Edition, text: &str) -> Result<PersonId, Failure> {
    let faculty = editions::faculty(&mut *tx, edition.organisation, edition.id).await?;
    let chosen = faculty.into_iter().map(|(person, _)| person).find(|person| person.to_string() == text);
    chosen.ok_or_else(|| Problems::one("fallback", Message::new("programmes-fallback-missing")).into())
}

/// How many mentees there still is room for; `None` without a limit. Mentors always find room.
async fn places_left(tx: &mut Tx, edition: &Edition) -> Result<Option<i64>, Failure> {
    let Some(places) = edition.settings.places else { return Ok(None) };
    let enrolled = store::count_enrolled(&mut *tx, edition.id, Side::Mentee).await?;
    Ok(Some((i64::from(places) - enrolled).max(0)))
}

/// The part that an enrolment gives, in the edition.
fn held(side: Side, edition: EditionId) -> Held {
    let part = match side {
        Side::Mentee => Part::Mentee,
        Side::Mentor => Part::Mentor,
    };
    Held { part, scope: Scope::Edition(edition.0) }
}

fn letter(id: EnrolmentId, standing: Standing) -> serde_json::Value {
    json!({ "enrolment": id, "standing": standing })
}

fn closed() -> Failure {
    Problems::one("", Message::new("programmes-closed")).into()
}

fn may_step(viewer: &Viewer, enrolment: &Enrolment, step: Step) -> Result<(), Failure> {
    let is_own = enrolment.person == viewer.person && enrolment.organisation == viewer.organisation;
    let manages = viewer.may(Act::ManageProgrammes, &Record::of_organisation(enrolment.organisation));
    let allowed = match step {
        Step::Accept | Step::Decline | Step::Apply => is_own,
        Step::Withdraw => is_own || manages,
        Step::Ask | Step::Admit | Step::Refuse | Step::Wait => manages,
    };
    if allowed { Ok(()) } else { Err(Refusal::NotFound.into()) }
}
