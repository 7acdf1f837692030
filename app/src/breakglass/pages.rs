//! Doors to openings: where one asks for one, where the other answers, where both read, and where the pair sees what was opened.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::IntoResponse as _;
use serde::Deserialize;

use super::actions::{self, Asked};
use super::ground::{self, Candidate, Ground, MOST_CANDIDATES, allowed_by, path};
use super::model::{HELD_AT_MOST, HOURS, Opening, OpeningId, State, Telling};
use super::reading::{self, ON_A_PAGE};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{self, Act, Part, PersonId, Viewer};
use crate::mentorships::visibility::Visibility;
use crate::mentorships::{self, Mentorship, MentorshipId};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, Edition};
use crate::vault::{self, Closed, Words};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, again, page, see_other, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let (able, anybody) = (Who::May(Act::BreakGlass), Who::May(Act::UseAccount));
    vec![
        Door::get("/break-glass", able, list),
        Door::post("/break-glass", able, find),
        Door::get("/mentorships/{id}/break-glass", able, begin),
        Door::post("/mentorships/{id}/break-glass", able, ask),
        Door::get("/break-glass/{opening}", anybody, one),
        Door::post("/break-glass/{opening}/confirm", able, confirm),
        Door::post("/break-glass/{opening}/refuse", able, refuse),
        Door::post("/break-glass/{opening}/close", able, close),
        Door::post("/break-glass/{opening}/sooner", able, sooner),
        Door::get("/break-glass/{opening}/words", able, words),
    ]
}

fn names(pair: &Mentorship) -> String {
    format!("{} · {}", pair.mentee_name, pair.mentor_name)
}

/// An opening in a list.
struct Row {
    /// Whose it is and where it leads, as long as the reader may know.
    known: Option<(OpeningId, String)>,
    opening: Opening,
    state: State,
    /// Whether it waits for the reader.
    is_asked: bool,
}

/// A mentorship of the two who were looked for.
struct Found {
    id: MentorshipId,
    edition: String,
    began: String,
    ended: Option<String>,
}

#[derive(Template)]
#[template(path = "breakglass/list.html")]
struct ListPage {
    s: Shell,
    rows: Vec<Row>,
    /// Several of the same two, to choose from.
    found: Vec<Found>,
    form: Form,
    problems: Problems,
}

impl ListPage {
    async fn of(app: &App, viewer: &Viewer, form: Form, problems: Problems) -> Result<Self, Failed> {
        let openings = store::of_person(&app.db, viewer.organisation, viewer.person).await?;
        let theirs = actions::still_theirs(app, viewer, &openings).await?;
        let now = app.now();
        let row = |opening: Opening| {
            let known = theirs.iter().find(|(id, _)| *id == opening.id).map(|(id, pair)| (*id, names(pair)));
            let state = opening.state(now);
            let is_asked = known.is_some() && state == State::Waits && opening.second == viewer.person;
            Row { known, opening, state, is_asked }
        };
        let mut rows: Vec<Row> = openings.into_iter().map(row).collect();
        rows.sort_by_key(|row| (!row.is_asked, row.state != State::Open));
        Ok(Self { s: Shell::of(app, viewer, "/break-glass"), rows, found: Vec::new(), form, problems })
    }

    /// The same with what was found.
    async fn with(mut self, app: &App, viewer: &Viewer, pairs: &[Mentorship]) -> Result<Self, Failed> {
        let editions = programmes::editions(&app.db, viewer.organisation).await?;
        let day = |at: jiff::Timestamp| viewer.lang.date(at.to_zoned_datetime(viewer.zone.clone()).date());
        let found = pairs.iter().map(|pair| Found {
            id: pair.id,
            edition: editions.iter().find(|one| one.id == pair.edition).map(Edition::full_name).unwrap_or_default(),
            began: day(pair.began_at),
            ended: pair.ended_at.map(day),
        });
        self.found = found.collect();
        Ok(self)
    }

    fn title(&self) -> String {
        let asked = self.rows.iter().filter(|row| row.is_asked).count();
        if asked == 0 { self.s.t("breakglass-list-title") } else { self.s.count("breakglass-list-asked", &asked) }
    }

    fn lasted(&self, began: &str, ended: &str) -> String {
        self.s.tell(&Message::new("breakglass-found-until").with("began", began).with("ended", ended))
    }

    fn stands(&self, row: &Row) -> String {
        let state = if row.is_asked { "asked" } else { row.state.code() };
        self.s.t(&format!("breakglass-is-{state}"))
    }
}

async fn list(Extract(app): Extract<App>, viewer: Viewer) -> Answer {
    page(&ListPage::of(&app, &viewer, Form::default(), Problems::default()).await?)
}

async fn find(Extract(app): Extract<App>, viewer: Viewer, mut form: Form) -> Answer {
    match ground::find(&app, &viewer, [form.text("one"), form.text("other")]).await {
        Ok(found) if found.len() == 1 => Ok(see_other(&format!("/mentorships/{}/break-glass", found[0].id))),
        Ok(found) => {
            page(&ListPage::of(&app, &viewer, form, Problems::default()).await?.with(&app, &viewer, &found).await?)
        }
        Err(failure) => {
            let (status, problems) = again(failure, "breakglass-meanwhile", &mut form)?;
            Ok((status, page(&ListPage::of(&app, &viewer, form, problems).await?)?).into_response())
        }
    }
}

#[derive(Template)]
#[template(path = "breakglass/ask.html")]
struct AskPage {
    s: Shell,
    pair: Mentorship,
    edition: String,
    /// The key of why nothing may be opened, where nothing may.
    hindrance: Option<&'static str>,
    /// Since when what was written may be opened.
    since: String,
    /// Whom one may name: the first of them, and whether there are more.
    candidates: Vec<Candidate>,
    has_more: bool,
    form: Form,
    problems: Problems,
}

impl AskPage {
    async fn of(app: &App, viewer: &Viewer, id: MentorshipId, form: Form, problems: Problems) -> Result<Self, Failed> {
        let Ground { pair, permission } = ground::ground(&app.db, viewer, id, app.now()).await?;
        let edition = programmes::edition(&app.db, pair.edition).await?;
        let allowed = allowed_by(permission);
        let mut candidates = match allowed {
            Ok(_) => ground::candidates(app, viewer, &pair).await?,
            Err(_) => Vec::new(),
        };
        let has_more = candidates.len() > MOST_CANDIDATES;
        candidates.truncate(MOST_CANDIDATES);
        let day = |at: jiff::Timestamp| viewer.lang.date(at.to_zoned_datetime(viewer.zone.clone()).date());
        Ok(Self {
            s: Shell::of(app, viewer, "/break-glass"),
            edition: edition.map(|edition| edition.full_name()).unwrap_or_default(),
            hindrance: allowed.err(),
            since: allowed.map(|allowed| day(allowed.since)).unwrap_or_default(),
            pair,
            candidates,
            has_more,
            form,
            problems,
        })
    }

    fn names(&self) -> String {
        names(&self.pair)
    }

    /// For how long one may ask.
    fn hours() -> &'static [i64] {
        &HOURS
    }

    fn days() -> i64 {
        HELD_AT_MOST
    }

    /// What was typed where there is no form any more to give it back in.
    fn unsaved(&self) -> Vec<(&'static str, &str)> {
        let is_form = self.hindrance.is_none() && !self.candidates.is_empty();
        let typed = [("reason", self.form.text("reason")), ("why", self.form.text("why"))];
        typed.into_iter().filter(|(_, text)| !is_form && !text.is_empty()).collect()
    }

    fn is_chosen(&self, field: &str, value: &dyn std::fmt::Display) -> bool {
        self.form.text(field) == value.to_string()
    }
}

async fn begin(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    page(&AskPage::of(&app, &viewer, id, Form::default(), Problems::default()).await?)
}

async fn ask(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MentorshipId>, mut form: Form) -> Answer {
    let asked = Asked {
        second: form.text("second").parse().ok().map(PersonId),
        reason: form.text("reason"),
        hours: form.text("hours").parse().ok(),
        named: form.text("named"),
        telling: Telling { is_held: form.has("hold"), until: form.text("until"), why: form.text("why") },
    };
    match actions::ask(&app, &viewer, id, asked).await {
        Ok(opening) => Ok(see_other_with(&path(opening), &Message::new("breakglass-asked"))),
        Err(failure) => {
            let (status, problems) = again(failure, "breakglass-meanwhile", &mut form)?;
            Ok((status, page(&AskPage::of(&app, &viewer, id, form, problems).await?)?).into_response())
        }
    }
}

#[derive(Template)]
#[template(path = "breakglass/one.html")]
struct OnePage {
    s: Shell,
    opening: Opening,
    pair: Mentorship,
    state: State,
    first: String,
    second: String,
    reason: String,
    hold: Option<String>,
    is_of_pair: bool,
    is_second: bool,
    /// What is said of when the pair is told; nothing where nothing was opened and nothing will be.
    telling: Option<String>,
    /// Whether the day on which it is told is still to come.
    is_to_come: bool,
    /// The version of the agreement that allowed it: its number, and the day on which the second of the pair signed it.
    signed: Option<(i64, String)>,
    /// Why the two may not open it now, where they may not.
    hindrance: Option<&'static str>,
    /// What else was opened of the same pair, for the two of it.
    others: Vec<Opening>,
    form: Form,
    problems: Problems,
}

impl OnePage {
    async fn of(app: &App, viewer: &Viewer, id: OpeningId, form: Form, problems: Problems) -> Result<Self, Failed> {
        let now = app.now();
        let (opening, pair) = actions::known(&app.db, viewer, id, now).await?;
        let is_of_pair = pair.is_of(viewer);
        let others =
            if is_of_pair { store::told_of(&app.db, viewer.organisation, &[pair.id], now).await? } else { Vec::new() };
        let hindrance = if is_of_pair { None } else { actions::clearance(&app.db, &opening, &pair).await?.err() };
        let keys = vault::keys(app, &app.db, pair.organisation, &[pair.id.0]).await?;
        let told = |words: Result<Words, Closed>| {
            words.map_or_else(|closed| viewer.lang.say(closed.key()), |words| words.as_str().to_owned())
        };
        let signed = mentorships::signed_agreement(&app.db, pair.id, opening.agreement).await?;
        let s = Shell::of(app, viewer, if is_of_pair { "/mentorships" } else { "/break-glass" });
        let day = |at: jiff::Timestamp| viewer.lang.date(at.to_zoned_datetime(viewer.zone.clone()).date());
        let people = identity::names(&app.db, &[opening.asked_by.0, opening.second.0]).await?;
        let name = |person: PersonId| people.get(&person.0).cloned().unwrap_or_default();
        Ok(Self {
            telling: telling(&s, &opening, now),
            is_to_come: opening.still_to_be_told(now).is_some(),
            signed: signed.map(|(number, at)| (number, day(at))),
            s,
            state: opening.state(now),
            first: name(opening.asked_by),
            second: name(opening.second),
            reason: told(actions::reason_of(&keys, &pair, &opening)),
            hold: actions::hold_of(&keys, &pair, &opening).map(told),
            is_second: opening.second == viewer.person,
            is_of_pair,
            hindrance,
            others: others.into_iter().filter(|other| other.id != id).collect(),
            opening,
            pair,
            form,
            problems,
        })
    }

    fn title(&self) -> String {
        let key = match self.state {
            _ if self.is_of_pair => "breakglass-one-pair".to_owned(),
            State::Waits if self.is_second => "breakglass-one-asked".to_owned(),
            state => format!("breakglass-one-{}", state.code()),
        };
        self.s.tell(&Message::new(key).with("first", self.first.as_str()).with("second", self.second.as_str()))
    }

    fn names(&self) -> String {
        names(&self.pair)
    }

    /// Somebody with the part as which they open it.
    fn who(&self, name: &str, part: Part) -> String {
        format!("{name} · {}", self.s.t(&part.key()))
    }

    fn at(&self, instant: Option<jiff::Timestamp>) -> String {
        instant.map(|at| self.s.at(&at)).unwrap_or_default()
    }

    fn waits(&self) -> bool {
        self.state == State::Waits
    }

    fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// What the pair reads of why this was allowed.
    fn allowed(&self) -> Option<String> {
        let (number, day) = self.signed.as_ref()?;
        Some(self.s.tell(&Message::new("breakglass-pair-text").with("number", *number).with("day", day.as_str())))
    }

    fn answer_by(&self) -> String {
        self.s.at(&self.opening.answer_by())
    }
}

/// When the pair is told, or was. What was refused, taken back or not answered it is told nothing of.
fn telling(s: &Shell, opening: &Opening, now: jiff::Timestamp) -> Option<String> {
    match (opening.state(now), opening.still_to_be_told(now)) {
        (_, Some(at)) => Some(s.at(&at)),
        (State::Waits, None) => Some(s.t("breakglass-pair-told-at-once")),
        (State::Open | State::Closed | State::Over, None) => opening.tells_at.map(|at| s.at(&at)),
        (State::Lapsed | State::Refused | State::Withdrawn, None) => None,
    }
}

async fn one(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<OpeningId>) -> Answer {
    page(&OnePage::of(&app, &viewer, id, Form::default(), Problems::default()).await?)
}

/// The page of an opening once something was done about it, or with why it was not; the list, where it is none of theirs any more.
async fn done(
    app: &App,
    viewer: &Viewer,
    (id, mut form): (OpeningId, Form),
    (done, notice): (Result<(), Failure>, &'static str),
) -> Answer {
    match done {
        Ok(()) => Ok(see_other_with(&path(id), &Message::new(notice))),
        Err(failure) => {
            let (status, problems) = again(failure, "breakglass-meanwhile", &mut form)?;
            let shown = match actions::known(&app.db, viewer, id, app.now()).await {
                Ok(_) => page(&OnePage::of(app, viewer, id, form, problems).await?)?,
                Err(Failure::Refusal(Refusal::NotFound)) => {
                    page(&ListPage::of(app, viewer, Form::default(), problems).await?)?
                }
                Err(failure) => return Err(failure.into()),
            };
            Ok((status, shown).into_response())
        }
    }
}

async fn confirm(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<OpeningId>, form: Form) -> Answer {
    let confirmed = actions::confirm(&app, &viewer, id).await;
    done(&app, &viewer, (id, form), (confirmed, "breakglass-confirmed")).await
}

async fn refuse(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<OpeningId>, form: Form) -> Answer {
    match actions::refuse(&app, &viewer, id).await {
        // Whoever refuses has no more to do with it.
        Ok(()) => Ok(see_other_with("/break-glass", &Message::new("breakglass-refused"))),
        refused => done(&app, &viewer, (id, form), (refused, "breakglass-refused")).await,
    }
}

async fn close(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<OpeningId>, form: Form) -> Answer {
    let closed = actions::close(&app, &viewer, id).await;
    done(&app, &viewer, (id, form), (closed, "breakglass-closed")).await
}

async fn sooner(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<OpeningId>, form: Form) -> Answer {
    let sooner = actions::tell_sooner(&app, &viewer, id, form.text("until").parse().ok()).await;
    done(&app, &viewer, (id, form), (sooner, "breakglass-sooner-done")).await
}

/// Something that one of the two wrote, as it is shown.
struct Shown {
    /// The heading of its kind, where it is the first of it.
    kind: Option<String>,
    title: String,
    by: String,
    /// When it was written; nothing of what does not open, whose seal has not proved it.
    at: Option<String>,
    words: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "breakglass/words.html")]
struct WordsPage {
    s: Shell,
    opening: Opening,
    pair: Mentorship,
    since: String,
    shown: Vec<Shown>,
    before: Option<usize>,
    after: Option<usize>,
}

impl WordsPage {
    fn names(&self) -> String {
        names(&self.pair)
    }

    fn until(&self) -> String {
        self.opening.opens_until.as_ref().map(|until| self.s.at(until)).unwrap_or_default()
    }
}

#[derive(Deserialize)]
struct Place {
    #[serde(default)]
    page: usize,
}

async fn words(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<OpeningId>,
    Query(place): Query<Place>,
) -> Answer {
    let actions::Through { opening, pair, allowed } = actions::through(&app, &viewer, id).await?;
    let reading = reading::page(&app, (&pair, &allowed), viewer.lang, place.page).await?;
    // A page that is not there shows nothing, and nobody has read it.
    if place.page > 0 && reading.opened.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    actions::note_reading(&app, &viewer, id, place.page).await?;
    let s = Shell::of(&app, &viewer, "/break-glass");
    let mut last = None;
    let shown = reading.opened.iter().map(|(kind, opened)| {
        let is_first = last.replace(*kind) != Some(*kind);
        let told = |words: &Result<Words, Closed>| match words {
            Ok(words) => words.as_str().to_owned(),
            Err(closed) => s.t(closed.key()),
        };
        Shown {
            kind: is_first.then(|| s.t(&format!("breakglass-shelf-{kind}"))),
            title: s.tell(&opened.title),
            by: reading.names.get(&opened.by.0).cloned().unwrap_or_default(),
            at: opened.words.iter().any(|(_, words)| words.is_ok()).then(|| s.at(&opened.at)),
            words: opened.words.iter().map(|(label, words)| (s.tell(label), told(words))).collect(),
        }
    });
    let shown: Vec<Shown> = shown.collect();
    let after = (place.page.saturating_add(1).saturating_mul(ON_A_PAGE) < reading.all).then(|| place.page + 1);
    let since = s.lang.date(allowed.since.to_zoned_datetime(viewer.zone.clone()).date());
    page(&WordsPage { s, opening, pair, since, shown, before: place.page.checked_sub(1), after })
}
