//! Doors to openings: where one asks for one, where the other answers, where both read, and where the pair sees what was opened.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::IntoResponse as _;
use serde::Deserialize;

use super::actions::{self, Asked, Ground};
use super::model::{HELD_AT_MOST, HOURS, Opening, OpeningId, State};
use super::reading::{self, ON_A_PAGE};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{self, Act, Part, PersonId, Viewer};
use crate::mentorships::visibility::Visibility;
use crate::mentorships::{Mentorship, MentorshipId, these};
use crate::problems::{Failure, Problems};
use crate::programmes;
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
    id: OpeningId,
    names: String,
    opening: Opening,
    state: State,
    /// Whether it waits for the reader.
    is_asked: bool,
}

#[derive(Template)]
#[template(path = "breakglass/list.html")]
struct ListPage {
    s: Shell,
    rows: Vec<Row>,
    form: Form,
    problems: Problems,
}

impl ListPage {
    async fn of(app: &App, viewer: &Viewer, form: Form, problems: Problems) -> Result<Self, Failed> {
        let openings = store::of_person(&app.db, viewer.organisation, viewer.person).await?;
        let ids: Vec<MentorshipId> = openings.iter().map(|opening| opening.mentorship).collect();
        let pairs = these(&app.db, viewer.organisation, &ids).await?;
        let now = app.now();
        let row = |opening: Opening| {
            let pair = pairs.iter().find(|pair| pair.id == opening.mentorship)?;
            let state = opening.state(now);
            let is_asked = state == State::Waits && opening.second == viewer.person;
            Some(Row { id: opening.id, names: names(pair), opening, state, is_asked })
        };
        let mut rows: Vec<Row> = openings.into_iter().filter_map(row).collect();
        rows.sort_by_key(|row| (!row.is_asked, row.state != State::Open));
        Ok(Self { s: Shell::of(app, viewer, "/break-glass"), rows, form, problems })
    }

    fn title(&self) -> String {
        let asked = self.rows.iter().filter(|row| row.is_asked).count();
        if asked == 0 { self.s.t("breakglass-list-title") } else { self.s.count("breakglass-list-asked", &asked) }
    }

    fn stands(&self, state: State) -> String {
        self.s.t(&format!("breakglass-is-{}", state.code()))
    }
}

async fn list(Extract(app): Extract<App>, viewer: Viewer) -> Answer {
    page(&ListPage::of(&app, &viewer, Form::default(), Problems::default()).await?)
}

async fn find(Extract(app): Extract<App>, viewer: Viewer, form: Form) -> Answer {
    match actions::find(&app, &viewer, [form.text("one"), form.text("other")]).await {
        Ok(pair) => Ok(see_other(&format!("/mentorships/{pair}/break-glass"))),
        Err(failure) => {
            let (status, problems) = again(failure, "breakglass-meanwhile")?;
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
    is_allowed: bool,
    /// Since when what was written may be opened.
    since: String,
    /// Whom one may name, each with the part.
    candidates: Vec<(PersonId, String, Part)>,
    form: Form,
    problems: Problems,
}

impl AskPage {
    async fn of(app: &App, viewer: &Viewer, id: MentorshipId, form: Form, problems: Problems) -> Result<Self, Failed> {
        let Ground { pair, allowed } = actions::ground(&app.db, viewer, id).await?;
        let edition = programmes::edition(&app.db, pair.edition).await?;
        let candidates = match allowed {
            Some(_) => actions::candidates(app, viewer, &pair).await?,
            None => Vec::new(),
        };
        let day = |at: jiff::Timestamp| viewer.lang.date(at.to_zoned_datetime(viewer.zone.clone()).date());
        Ok(Self {
            s: Shell::of(app, viewer, "/break-glass"),
            edition: edition.map(|edition| edition.full_name()).unwrap_or_default(),
            is_allowed: allowed.is_some(),
            since: allowed.map(|allowed| day(allowed.since)).unwrap_or_default(),
            pair,
            candidates,
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

    fn is_chosen(&self, field: &str, value: &dyn std::fmt::Display) -> bool {
        self.form.text(field) == value.to_string()
    }
}

async fn begin(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    page(&AskPage::of(&app, &viewer, id, Form::default(), Problems::default()).await?)
}

async fn ask(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MentorshipId>, form: Form) -> Answer {
    let asked = Asked {
        second: form.text("second").parse().ok().map(PersonId),
        reason: form.text("reason"),
        hours: form.text("hours").parse().ok(),
        hold: form.has("hold").then(|| (form.text("until").parse().ok(), form.text("why"))),
    };
    match actions::ask(&app, &viewer, id, asked).await {
        Ok(opening) => Ok(see_other_with(&format!("/break-glass/{opening}"), &Message::new("breakglass-asked"))),
        Err(failure) => {
            let (status, problems) = again(failure, "breakglass-meanwhile")?;
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
    is_told: bool,
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
        let others = if is_of_pair { store::told_of(&app.db, &[pair.id], now).await? } else { Vec::new() };
        let hindrance = if is_of_pair { None } else { actions::clearance(&app.db, &opening, &pair).await?.err() };
        let keys = vault::keys(app, &app.db, pair.organisation, &[pair.id.0]).await?;
        let told = |words: Result<Words, Closed>| {
            words.map_or_else(|closed| viewer.lang.say(closed.key()), |words| words.as_str().to_owned())
        };
        let people = identity::names(&app.db, &[opening.asked_by.0, opening.second.0]).await?;
        let name = |person: PersonId| people.get(&person.0).cloned().unwrap_or_default();
        Ok(Self {
            s: Shell::of(app, viewer, if is_of_pair { "/mentorships" } else { "/break-glass" }),
            state: opening.state(now),
            first: name(opening.asked_by),
            second: name(opening.second),
            reason: told(actions::reason_of(&keys, &pair, &opening)),
            hold: actions::hold_of(&keys, &pair, &opening).map(told),
            is_second: opening.second == viewer.person,
            is_told: opening.is_told(now),
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

    /// Whether the pair is still to be told, and may be told sooner.
    fn may_be_sooner(&self) -> bool {
        let comes = matches!(self.state, State::Waits | State::Open | State::Closed | State::Over);
        comes && !self.is_told && self.opening.tells_at.is_some()
    }

    fn answer_by(&self) -> String {
        self.s.at(&self.opening.answer_by())
    }
}

async fn one(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<OpeningId>) -> Answer {
    page(&OnePage::of(&app, &viewer, id, Form::default(), Problems::default()).await?)
}

/// The page of an opening once something was done about it, or with why it was not.
async fn done(
    app: &App,
    viewer: &Viewer,
    (id, form): (OpeningId, Form),
    (done, notice): (Result<(), Failure>, &'static str),
) -> Answer {
    match done {
        Ok(()) => Ok(see_other_with(&format!("/break-glass/{id}"), &Message::new(notice))),
        Err(failure) => {
            let (status, problems) = again(failure, "breakglass-meanwhile")?;
            Ok((status, page(&OnePage::of(app, viewer, id, form, problems).await?)?).into_response())
        }
    }
}

async fn confirm(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<OpeningId>, form: Form) -> Answer {
    let confirmed = actions::confirm(&app, &viewer, id).await;
    done(&app, &viewer, (id, form), (confirmed, "breakglass-confirmed")).await
}

async fn refuse(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<OpeningId>, form: Form) -> Answer {
    let refused = actions::refuse(&app, &viewer, id).await;
    done(&app, &viewer, (id, form), (refused, "breakglass-refused")).await
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
    at: String,
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
    let actions::Through { opening, pair, allowed } = actions::read(&app, &viewer, id, place.page).await?;
    let reading = reading::page(&app, (&pair, &allowed), viewer.lang, place.page).await?;
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
            at: s.at(&opened.at),
            words: opened.words.iter().map(|(label, words)| (s.tell(label), told(words))).collect(),
        }
    });
    let shown: Vec<Shown> = shown.collect();
    let after = (place.page.saturating_add(1).saturating_mul(ON_A_PAGE) < reading.all).then(|| place.page + 1);
    let since = s.lang.date(allowed.since.to_zoned_datetime(viewer.zone.clone()).date());
    page(&WordsPage { s, opening, pair, since, shown, before: place.page.checked_sub(1), after })
}
