//! Doors to consent: what one would like, one's proposals and their answers, the link of a mail, and the coordinator's view.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use axum::extract::State as Extract;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use jiff::Timestamp;
use serde::Deserialize;
use tokio::sync::Mutex;

use super::actions::{self, MOST_RANKED, Pressed, REMIND_EVERY, WishList};
use super::model::{Answer as Given, Done, Press, Proposal, ProposalId, Seen, State, What, last_day};
use super::reasons;
use super::shortlist::Candidate;
use super::store::{self, Filter, ON_A_PAGE, OwnWishes, Silent};
use crate::app::App;
use crate::audit;
use crate::db::{After, Error};
use crate::i18n::{Lang, Message};
use crate::identity::{self, Act, PersonId, Viewer};
use crate::pairing::runs::RunId;
use crate::people;
use crate::people::model::{CompetencyLevel, PersonDraft, Side};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, Edition, EditionId};
use crate::sheets::{Cell, Table};
use crate::web::{
    self, Answer, Door, Failed, Form, Guest, Path, Query, Shell, Who, download, page, see_other, see_other_with,
};

pub(in crate::pairing) fn doors() -> Vec<Door> {
    let (coordinator, participant) = (Who::May(Act::Pair), Who::May(Act::TakePart));
    vec![
        Door::get("/editions/{id}/wishes", participant, wishes),
        Door::post("/editions/{id}/wishes", participant, set_wishes),
        Door::get("/editions/{id}/consent", coordinator, overview),
        Door::get("/editions/{id}/consent/export", coordinator, export),
        Door::post("/editions/{id}/consent/send", coordinator, send),
        Door::post("/editions/{id}/consent/remind", coordinator, remind),
        Door::post("/editions/{id}/publish", coordinator, publish),
        Door::post("/proposals/{id}/take-back", coordinator, take_back),
        Door::get("/proposals", participant, mine),
        Door::get("/proposals/{id}", participant, one),
        Door::post("/proposals/{id}", participant, answer),
        Door::get("/answer/{token}", Who::Anyone, by_link),
        Door::post("/answer/{token}", Who::Anyone, answer_by_link),
    ]
}

const MOST_EXPORTED: usize = 100_000;

/// The last day of a window in words, in the edition's own calendar.
fn day(lang: Lang, until: Timestamp, edition: &Edition) -> String {
    lang.date(last_day(until, &edition.settings.calendar.time_zone()))
}

fn level(lang: Lang, level: &CompetencyLevel) -> String {
    match level.level {
        Some(number) => {
            lang.tell(&Message::new("people-level").with("name", level.name.as_str()).with("level", u32::from(number)))
        }
        None => level.name.clone(),
    }
}

fn levels(lang: Lang, all: &[CompetencyLevel]) -> String {
    all.iter().map(|one| level(lang, one)).collect::<Vec<_>>().join(", ")
}

// Wishes

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    side: String,
}

#[derive(Template)]
#[template(path = "pairing/consent/wishes.html")]
struct WishesPage {
    s: Shell,
    list: WishList,
    /// Those who are ranked first, then whom the search finds.
    rows: Vec<Candidate>,
    /// How many the search finds beyond those shown.
    beyond: usize,
    wishes: OwnWishes,
    /// The places as they were chosen, two of which may be the same.
    places: BTreeMap<PersonId, usize>,
    q: String,
    conflicts: String,
    problems: Problems,
    /// What stands now, when another window saved meanwhile.
    stands: Option<Vec<String>>,
}

impl WishesPage {
    fn word(&self, rest: &str) -> String {
        let is_hidden = !self.list.sees_list && matches!(rest, "title" | "lead");
        let side = if is_hidden { "hidden" } else { self.list.side.code() };
        self.s.t(&format!("consent-wishes-{side}-{rest}"))
    }

    /// Where somebody is ranked; 0 for nowhere.
    fn place_of(&self, row: &Candidate) -> usize {
        self.places.get(&row.person).copied().unwrap_or(0)
    }

    fn about(&self, row: &Candidate) -> String {
        row.about(self.list.side).join(" · ")
    }

    fn competencies(&self, row: &Candidate) -> String {
        levels(self.s.lang, row.competencies(self.list.side))
    }

    fn place_label(&self, row: &Candidate) -> String {
        self.s.with("consent-rank-of", "name", row.draft.called())
    }
}

async fn wishes(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(which): Query<Which>,
) -> Answer {
    let list = actions::wish_list(&app, &viewer, id, Side::parse(&which.side)).await?;
    let said = list.said.clone();
    page(&the_wishes(&app, &viewer, list, said, None, "", Problems::default()))
}

fn the_wishes(
    app: &App,
    viewer: &Viewer,
    list: WishList,
    wishes: OwnWishes,
    places: Option<BTreeMap<PersonId, usize>>,
    q: &str,
    problems: Problems,
) -> WishesPage {
    let places = places
        .unwrap_or_else(|| wishes.ranked.iter().enumerate().map(|(place, person)| (*person, place + 1)).collect());
    let mut rows: Vec<Candidate> =
        list.candidates.iter().filter(|one| places.contains_key(&one.person)).cloned().collect();
    rows.sort_by_key(|one| places.get(&one.person).copied());
    let found: Vec<&Candidate> =
        list.candidates.iter().filter(|one| !places.contains_key(&one.person) && one.is_found(q, list.side)).collect();
    let room = ON_A_PAGE.saturating_sub(rows.len());
    let beyond = found.len().saturating_sub(room);
    rows.extend(found.into_iter().take(room).cloned());
    WishesPage {
        s: Shell::of(app, viewer, &format!("/editions/{}/wishes", list.edition.id)),
        conflicts: wishes.written.join("\n"),
        rows,
        beyond,
        wishes,
        places,
        q: q.to_owned(),
        problems,
        stands: None,
        list,
    }
}

/// The places that a form gives: `person.place`, nothing for nobody.
fn chosen(form: &Form) -> BTreeMap<PersonId, usize> {
    let one = |text: &str| {
        let (person, place) = text.split_once('.')?;
        let place = place.parse().ok().filter(|place| (1..=MOST_RANKED).contains(place))?;
        Some((PersonId(person.parse().ok()?), place))
    };
    form.all("rank").filter_map(one).collect()
}

async fn set_wishes(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<EditionId>, form: Form) -> Answer {
    let side = Side::parse(form.text("side")).ok_or(Refusal::NotFound)?;
    let list = actions::wish_list(&app, &viewer, id, Some(side)).await?;
    let places = chosen(&form);
    let mut ranked: Vec<(usize, PersonId)> = places.iter().map(|(person, place)| (*place, *person)).collect();
    ranked.sort_unstable();
    let written = form.text("conflicts").lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
    let wishes = OwnWishes {
        ranked: ranked.iter().map(|(_, person)| *person).collect(),
        written: written.collect(),
        version: form.version()?,
    };
    let q = form.text("q").to_owned();
    if form.text("do") == "search" {
        return page(&the_wishes(&app, &viewer, list, wishes, Some(places), &q, Problems::default()));
    }
    let saved = if ranked.windows(2).any(|two| two[0].0 == two[1].0) {
        Err(Problems::one("rank", Message::new("consent-rank-twice")).into())
    } else {
        actions::set_wishes(&app, &viewer, &list, &wishes).await
    };
    match saved {
        Ok(()) => {
            let path = format!("/editions/{id}/wishes?side={}", side.code());
            Ok(see_other_with(&path, &Message::new("consent-wishes-saved")))
        }
        Err(Failure::Problems(problems)) => {
            let again = the_wishes(&app, &viewer, list, wishes, Some(places), &q, problems);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response())
        }
        Err(Failure::Refusal(Refusal::Conflict)) => {
            let stands = store::own_wishes(&app.db, id, viewer.person, side).await?;
            let named = |person: &PersonId| {
                let found = list.candidates.iter().find(|one| one.person == *person);
                found.map_or_else(String::new, |one| one.draft.called().to_owned())
            };
            let mut lines: Vec<String> = stands.ranked.iter().map(named).collect();
            lines.extend(stands.written);
            let wishes = OwnWishes { version: stands.version, ..wishes };
            let mut again = the_wishes(&app, &viewer, list, wishes, Some(places), &q, Problems::default());
            again.stands = Some(lines);
            Ok((StatusCode::CONFLICT, page(&again)?).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

// Proposals, as the two see them

/// A proposal as somebody sees it in a list.
struct Mine {
    id: ProposalId,
    side: Side,
    edition: String,
    seen: Seen,
    /// Who it is, where that may still be told.
    other: Option<String>,
    day: Option<String>,
}

#[derive(Template)]
#[template(path = "pairing/consent/mine.html")]
struct MinePage {
    s: Shell,
    rows: Vec<Mine>,
    asked: usize,
    more: Option<ProposalId>,
}

impl MinePage {
    fn title(&self) -> String {
        if self.rows.is_empty() {
            self.s.t("consent-mine-none")
        } else {
            self.s.count("consent-mine-title", &self.asked)
        }
    }

    fn stands(&self, row: &Mine) -> String {
        self.s.t(&seen_key("tag", row.side, row.seen))
    }
}

/// The key of what is said of a proposal: for the tag of a list, the title of its page, or the sentence below.
fn seen_key(what: &str, side: Side, seen: Seen) -> String {
    let word = match seen {
        Seen::Asked { .. } => "asked",
        Seen::SaidYes { by_silence: false } => "yes",
        Seen::SaidYes { by_silence: true } => "silent-yes",
        Seen::SaidNo { by_silence: false } => "no",
        Seen::SaidNo { by_silence: true } => "silent-no",
        Seen::Changed => "changed",
        Seen::Published => "published",
    };
    match (seen, side) {
        (Seen::Asked { .. }, Side::Mentor) => format!("consent-{what}-{word}-mentor"),
        (Seen::Asked { .. }, Side::Mentee) => format!("consent-{what}-{word}-mentee"),
        _ => format!("consent-{what}-{word}"),
    }
}

#[derive(Deserialize)]
struct Before {
    before: Option<ProposalId>,
}

async fn mine(Extract(app): Extract<App>, viewer: Viewer, Query(query): Query<Before>) -> Answer {
    let mut proposals = store::of_person(&app.db, viewer.person, query.before, ON_A_PAGE + 1).await?;
    let has_more = proposals.len() > ON_A_PAGE;
    proposals.truncate(ON_A_PAGE);
    let more = proposals.last().filter(|_| has_more).map(|proposal| proposal.id);
    let editions = programmes::editions(&app.db, viewer.organisation).await?;
    let now = app.now();
    let row = |proposal: &Proposal| {
        let side = proposal.side_of(viewer.person)?;
        let seen = proposal.seen_by(side, now)?;
        let edition = editions.iter().find(|edition| edition.id == proposal.edition)?;
        let until =
            if let Seen::Asked { until } = seen { until.map(|until| day(viewer.lang, until, edition)) } else { None };
        let other = (seen != Seen::Changed).then(|| other(proposal, side).to_owned());
        Some(Mine { id: proposal.id, side, edition: edition.full_name(), seen, other, day: until })
    };
    let rows: Vec<Mine> = proposals.iter().filter_map(row).collect();
    let asked = rows.iter().filter(|row| matches!(row.seen, Seen::Asked { .. })).count();
    page(&MinePage { s: Shell::of(&app, &viewer, "/proposals"), rows, asked, more })
}

fn other(proposal: &Proposal, side: Side) -> &str {
    match side {
        Side::Mentee => &proposal.mentor_name,
        Side::Mentor => &proposal.mentee_name,
    }
}

#[derive(Template)]
#[template(path = "pairing/consent/proposal.html")]
struct ProposalPage {
    s: Shell,
    proposal: Proposal,
    side: Side,
    seen: Seen,
    edition: Edition,
    /// What the other one's record says, where it may be told.
    other: Option<PersonDraft>,
    /// Where the answer goes.
    action: String,
    /// Whether it was opened with the link of a mail.
    by_link: bool,
    form: Form,
    problems: Problems,
}

impl ProposalPage {
    fn name(&self) -> &str {
        other(&self.proposal, self.side)
    }

    fn title(&self) -> String {
        self.s.tell(&Message::new(seen_key("title", self.side, self.seen)).with("name", self.name()))
    }

    fn lead(&self) -> String {
        self.s.t(&seen_key("lead", self.side, self.seen))
    }

    fn is_asked(&self) -> bool {
        matches!(self.seen, Seen::Asked { .. })
    }

    fn is_mentor(&self) -> bool {
        self.side == Side::Mentor
    }

    /// Until when the answer counts, and what silence means.
    fn until(&self) -> String {
        let Seen::Asked { until } = self.seen else { return String::new() };
        let Some(until) = until else { return self.s.t("consent-until-mailed") };
        let key = match self.side {
            Side::Mentor => "consent-until-mentor",
            Side::Mentee => "consent-until-mentee",
        };
        let message = Message::new(key)
            .with("day", day(self.s.lang, until, &self.edition))
            .with("zone", self.edition.settings.calendar.zone.as_str());
        self.s.tell(&message)
    }

    fn why(&self) -> Vec<String> {
        self.proposal.why_for(self.side).iter().map(|reason| self.s.tell(reason)).collect()
    }

    /// What the other one can teach, or wants to learn.
    fn competencies(&self) -> String {
        let of = |draft: &PersonDraft| match self.side {
            Side::Mentee => levels(self.s.lang, &draft.held),
            Side::Mentor => levels(self.s.lang, &draft.wanted),
        };
        self.other.as_ref().map_or_else(String::new, of)
    }

    fn about(&self) -> String {
        let Some(draft) = &self.other else { return String::new() };
        [&draft.title, &draft.unit, &draft.place].into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ")
    }

    /// Mentors write theirs for the directory; what a mentee wrote of themselves is the mentee's to tell.
    fn biography(&self) -> Vec<&str> {
        let told = self.other.as_ref().filter(|_| self.side == Side::Mentee);
        told.and_then(|draft| draft.biography.as_deref()).map_or_else(Vec::new, |text| text.lines().collect())
    }
}

async fn one(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<ProposalId>) -> Answer {
    let s = Shell::of(&app, &viewer, "/proposals");
    page(&the_proposal(&app, viewer.person, id, s, None, Form::default(), Problems::default()).await?)
}

async fn the_proposal(
    app: &App,
    person: PersonId,
    id: ProposalId,
    s: Shell,
    token: Option<&str>,
    form: Form,
    problems: Problems,
) -> Result<ProposalPage, Failed> {
    let proposal = store::proposal(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    let side = proposal.side_of(person).ok_or(Refusal::NotFound)?;
    let seen = proposal.seen_by(side, app.now()).ok_or(Refusal::NotFound)?;
    let edition = programmes::edition(&app.db, proposal.edition).await?.ok_or(Refusal::NotFound)?;
    let opposite = if side == Side::Mentee { proposal.mentor } else { proposal.mentee };
    let other = if matches!(seen, Seen::Asked { .. }) {
        people::record(&app.db, opposite).await?.map(|record| record.draft)
    } else {
        None
    };
    let action = token.map_or_else(|| format!("/proposals/{id}"), |token| format!("/answer/{token}"));
    Ok(ProposalPage { s, side, seen, edition, other, action, by_link: token.is_some(), form, problems, proposal })
}

async fn answer(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<ProposalId>, form: Form) -> Answer {
    let answered = match Given::new(form.text("answer"), form.text("reason")) {
        Ok(given) => actions::answer(&app, viewer.person, id, &given).await,
        Err(problems) => Err(problems.into()),
    };
    match answered {
        Ok(()) => Ok(see_other(&format!("/proposals/{id}"))),
        Err(Failure::Problems(problems)) => {
            let s = Shell::of(&app, &viewer, "/proposals");
            let again = the_proposal(&app, viewer.person, id, s, None, form, problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

#[derive(Template)]
#[template(path = "pairing/consent/expired.html")]
struct ExpiredPage {
    s: Shell,
}

/// The page behind a mail's link, in the language of whom it was written to unless they chose another one here.
async fn linked(app: &App, guest: &Guest, headers: &HeaderMap, token: &str, form: Form, problems: Problems) -> Answer {
    let Some((proposal, person)) = actions::look_at_link(app, token).await? else {
        let s = Shell::plain(app, guest.lang, None, "/sign-in");
        return Ok((StatusCode::NOT_FOUND, page(&ExpiredPage { s })?).into_response());
    };
    let reader = identity::person(&app.db, person).await?.ok_or(Refusal::NotFound)?;
    let chosen = web::chosen_language(headers);
    let s = Shell::plain(app, chosen.unwrap_or(reader.lang), None, &format!("/answer/{token}"));
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = the_proposal(app, person, proposal, s, Some(token), form, problems).await?;
    Ok((status, page(&shown)?).into_response())
}

async fn by_link(Extract(app): Extract<App>, guest: Guest, headers: HeaderMap, Path(token): Path<String>) -> Answer {
    linked(&app, &guest, &headers, &token, Form::default(), Problems::default()).await
}

async fn answer_by_link(
    Extract(app): Extract<App>,
    guest: Guest,
    headers: HeaderMap,
    Path(token): Path<String>,
    form: Form,
) -> Answer {
    let answered = match Given::new(form.text("answer"), form.text("reason")) {
        Ok(given) => actions::answer_by_link(&app, &token, &given).await,
        Err(problems) => Err(problems.into()),
    };
    match answered {
        Ok(()) => Ok(see_other(&format!("/answer/{token}"))),
        Err(Failure::Problems(problems)) => linked(&app, &guest, &headers, &token, form, problems).await,
        // The link does not hold, or not any more.
        Err(Failure::Refusal(Refusal::NotFound)) => {
            linked(&app, &guest, &headers, &token, Form::default(), Problems::default()).await
        }
        Err(failure) => Err(failure.into()),
    }
}

// The coordinator's view

#[derive(Clone, Debug, Default, Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    form: String,
}

impl Search {
    fn filter(&self) -> Filter {
        match self.state.as_str() {
            "waiting" => Filter::Waiting,
            "unreached" => Filter::Unreached,
            code => State::parse(code).map_or(Filter::Everything, Filter::Only),
        }
    }
}

/// Which proposals the list may be narrowed to, with the keys of their names.
const FILTERS: [(&str, &str); 7] = [
    ("waiting", "consent-filter-waiting"),
    ("unreached", "consent-filter-unreached"),
    ("accepted", "consent-filter-accepted"),
    ("declined", "consent-filter-declined"),
    ("published", "consent-filter-published"),
    ("taken-back", "consent-filter-taken-back"),
    ("", "consent-filter-all"),
];

#[derive(Template)]
#[template(path = "pairing/consent/overview.html")]
struct OverviewPage {
    s: Shell,
    viewer: PersonId,
    edition: Edition,
    search: Search,
    /// What was pressed and is still being carried out.
    press: Option<Press>,
    counts: BTreeMap<State, i64>,
    silent: Silent,
    latest: Option<String>,
    rows: Vec<Proposal>,
    reasons: HashMap<ProposalId, String>,
    more: Option<String>,
    problems: Problems,
}

impl OverviewPage {
    fn of(&self, state: State) -> i64 {
        self.counts.get(&state).copied().unwrap_or(0)
    }

    fn waiting(&self) -> i64 {
        self.of(State::MentorAsked) + self.of(State::MenteeAsked)
    }

    fn accepted(&self) -> i64 {
        self.of(State::Accepted)
    }

    fn all(&self) -> i64 {
        self.counts.values().sum()
    }

    fn counted(&self, key: &'static str, count: i64) -> String {
        self.s.tell(&Message::new(key).with("count", count))
    }

    fn figure(&self, state: State) -> String {
        self.s.n(&self.of(state))
    }

    /// The run whose proposals are being sent.
    fn sends(press: &Press) -> Option<RunId> {
        match press.what {
            What::Send { run, .. } => Some(run),
            What::Publish => None,
        }
    }

    /// How far what was pressed has come.
    fn progress(&self, press: &Press) -> String {
        self.s.tell(&Message::new("consent-progress").with("done", press.done).with("all", press.all))
    }

    fn title(&self) -> String {
        if let Some(press) = &self.press {
            return self.s.t(if Self::sends(press).is_some() {
                "consent-sending-title"
            } else {
                "consent-publishing-title"
            });
        }
        let message = match (self.all(), self.waiting(), self.accepted()) {
            (0, ..) => Message::new("consent-overview-none"),
            (_, 1.., _) => Message::new("consent-overview-waiting").with("count", self.waiting()),
            (_, _, 1..) => Message::new("consent-overview-settled").with("count", self.accepted()),
            _ => Message::new("consent-overview-done"),
        };
        self.s.tell(&message)
    }

    /// A coordinator who takes part is told of her own what any participant is, on her own pages; another one looks after it.
    fn is_own(&self, row: &Proposal) -> bool {
        row.side_of(self.viewer).is_some()
    }

    fn state(&self, row: &Proposal) -> String {
        self.s.lang.say(&state_key(row, self.viewer))
    }

    fn reason(&self, row: &Proposal) -> &str {
        self.reasons.get(&row.id).map_or("", String::as_str)
    }

    fn may_take_back(&self, row: &Proposal) -> bool {
        row.state.is_under_way() && !self.is_own(row)
    }

    fn until(&self, row: &Proposal) -> String {
        if self.is_own(row) {
            return String::new();
        }
        let running = row.awaited().filter(|_| !row.unreached);
        running.map_or_else(String::new, |(_, until)| day(self.s.lang, until, &self.edition))
    }

    fn is_shown(&self, code: &str) -> bool {
        self.search.state == code
    }
}

/// Where a proposal stands, for the coordinator, who knows who said no, unless it is her own.
fn state_key(row: &Proposal, viewer: PersonId) -> String {
    if row.side_of(viewer).is_some() {
        return "consent-state-own".to_owned();
    }
    if let Some((side, _)) = row.awaited().filter(|_| row.unreached) {
        return format!("consent-state-unreached-{}", side.code());
    }
    let side = row.declined_by().map(Side::code);
    match (row.state, side, row.by_silence) {
        (State::Declined, Some(side), false) => format!("consent-state-declined-{side}"),
        (State::Declined, _, _) => "consent-state-silent-no".to_owned(),
        (State::Accepted, _, true) => "consent-state-silent-yes".to_owned(),
        (state, ..) => format!("consent-state-{}", state.code()),
    }
}

async fn overview(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    page(&the_overview(&app, &viewer, id, search, Problems::default()).await?)
}

/// How many proposals stand where, as one reader is told.
type Stands = (BTreeMap<State, i64>, Option<Timestamp>);

/// The same for each who has read it since something was done.
#[derive(Default)]
struct Told(Mutex<HashMap<PersonId, Stands>>);

async fn stand(app: &App, viewer: &Viewer, edition: &Edition) -> Result<Stands, Error> {
    let record = (edition.organisation.0, edition.id.0);
    let told = audit::remembered(app, record, async { Ok::<_, Error>(Told::default()) }).await?;
    let mut told = told.0.lock().await;
    if let Some(stands) = told.get(&viewer.person) {
        return Ok(stands.clone());
    }
    let stands = store::counts(&app.db, edition.id, Some(viewer.person)).await?;
    told.insert(viewer.person, stands.clone());
    Ok(stands)
}

async fn the_overview(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    search: Search,
    problems: Problems,
) -> Result<OverviewPage, Failed> {
    let edition = programmes::edition_for(&app.db, viewer, id, Act::Pair).await?;
    let press = store::turn(&app.db, id).await?.under_way;
    let (counts, latest) = stand(app, viewer, &edition).await?;
    let silent = store::count_silent(&app.db, (id, viewer.person), app.now() - REMIND_EVERY).await?;
    let after = After::parse(&search.after);
    let sought = identity::sought(app, edition.organisation, &search.q).await?;
    let mut rows =
        store::page(&app.db, (&edition, viewer.person), search.filter(), &sought, &after, ON_A_PAGE + 1).await?;
    let has_more = rows.len() > ON_A_PAGE;
    rows.truncate(ON_A_PAGE);
    Ok(OverviewPage {
        s: Shell::of(app, viewer, &format!("/editions/{id}/consent")),
        viewer: viewer.person,
        more: rows.last().filter(|_| has_more).map(|last| After::of(last.id.0, &last.sort)),
        latest: latest.map(|until| day(viewer.lang, until, &edition)),
        edition,
        search,
        press,
        counts,
        silent,
        reasons: reasons::told(app, viewer, &rows).await?,
        rows,
        problems,
    })
}

async fn export(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    let edition = programmes::edition_for(&app.db, &viewer, id, Act::Pair).await?;
    let sought = identity::sought(&app, edition.organisation, &search.q).await?;
    let rows =
        store::page(&app.db, (&edition, viewer.person), search.filter(), &sought, &After::default(), MOST_EXPORTED)
            .await?;
    let reasons = reasons::told(&app, &viewer, &rows).await?;
    let (lang, zone) = (viewer.lang, edition.settings.calendar.time_zone());
    let row = |row: &Proposal| {
        let is_own = row.side_of(viewer.person).is_some();
        let until = row.awaited().filter(|_| !row.unreached && !is_own);
        [
            row.mentee_name.clone(),
            row.mentor_name.clone(),
            lang.say(&state_key(row, viewer.person)),
            until.map(|(_, until)| last_day(until, &zone).to_string()).unwrap_or_default(),
            reasons.get(&row.id).cloned().unwrap_or_default(),
        ]
        .map(Cell::Text)
        .to_vec()
    };
    let headings = ["consent-mentee", "consent-mentor", "consent-state", "consent-until", "consent-reason"];
    let table = Table {
        title: lang.say("consent-sheet"),
        headings: headings.map(|key| lang.say(key)).to_vec(),
        rows: rows.iter().map(row).collect(),
    };
    download(&table, "proposals", &search.form)
}

/// Back to the view with a quiet line, or the view again with what stands in the way.
async fn to_overview(app: &App, viewer: &Viewer, id: EditionId, outcome: Result<Message, Failure>) -> Answer {
    match outcome {
        Ok(notice) => Ok(see_other_with(&format!("/editions/{id}/consent"), &notice)),
        Err(Failure::Problems(problems)) => {
            let again = the_overview(app, viewer, id, Search::default(), problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn send(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<EditionId>, form: Form) -> Answer {
    let run = RunId(form.text("run").parse().map_err(|_| Refusal::NotFound)?);
    let told = |sent: Pressed| match sent.done {
        _ if sent.is_under_way => Message::new("consent-sending-begun"),
        Done { asked: 0, taken_back: 0, .. } => Message::new("consent-sent-none"),
        Done { asked, kept: 0, taken_back: 0, .. } => Message::new("consent-sent").with("count", asked),
        Done { asked, kept, taken_back, .. } => {
            Message::new("consent-sent-again").with("asked", asked).with("kept", kept).with("changed", taken_back)
        }
    };
    let sent = actions::send(&app, &viewer, id, run).await.map(told);
    to_overview(&app, &viewer, id, sent).await
}

async fn remind(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    let told = |count: usize| match count {
        0 => Message::new("consent-reminded-none"),
        _ => Message::new("consent-reminded").with("count", count),
    };
    let reminded = actions::remind(&app, &viewer, id).await.map(told);
    to_overview(&app, &viewer, id, reminded).await
}

async fn publish(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    let published = actions::publish(&app, &viewer, id).await;
    match published {
        Ok(published) if published.is_under_way => {
            to_overview(&app, &viewer, id, Ok(Message::new("consent-publishing-begun"))).await
        }
        Ok(Pressed { done: Done { mentorships: 0, .. }, .. }) => {
            to_overview(&app, &viewer, id, Ok(Message::new("consent-published-none"))).await
        }
        Ok(published) => {
            let path = format!("/editions/{id}/mentorships");
            let notice = Message::new("consent-published").with("count", published.done.mentorships);
            Ok(see_other_with(&path, &notice))
        }
        Err(failure) => to_overview(&app, &viewer, id, Err(failure)).await,
    }
}

async fn take_back(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<ProposalId>, form: Form) -> Answer {
    let version = form.version()?;
    let edition = actions::take_back(&app, &viewer, id, version).await?;
    Ok(see_other_with(&format!("/editions/{edition}/consent"), &Message::new("consent-taken-back")))
}
