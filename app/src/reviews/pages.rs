//! Doors to the reviews of a pair: all of them with their days, one as it is written and read, which prints, and the page of thanks.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use jiff::civil::Date;

use super::actions;
use super::links::page_of;
use super::model::{Draft, Due, Kind, LONGEST_LINE, Line, Part, due, is_shown, keeps_contact, line, may_write};
use super::store;
use crate::activities;
use crate::activities::model::{Kind as ActivityKind, State as ActivityState, Way};
use crate::app::App;
use crate::goals;
use crate::i18n::Message;
use crate::identity::{Act, PersonId, Viewer};
use crate::meetings;
use crate::mentorships::visibility::Visibility;
use crate::mentorships::{Ending, MentorshipId, Reading};
use crate::problems::{Failure, Problems, Refusal};
use crate::vault::Closed;
use crate::web::{Answer, Door, Failed, Form, Path, Shell, Who, again, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let participant = Who::May(Act::TakePart);
    vec![
        Door::get("/mentorships/{id}/reviews", participant, list),
        Door::get("/mentorships/{id}/reviews/{kind}", participant, one),
        Door::post("/mentorships/{id}/reviews/{kind}", participant, write),
        Door::post("/mentorships/{id}/reviews/{kind}/line", participant, write_line),
        Door::post("/mentorships/{id}/reviews/{kind}/close", participant, close),
        Door::get("/mentorships/{id}/thanks", participant, thanks),
    ]
}

/// A pair's reviews as one of them reads them: six statements.
pub(super) struct Read {
    pub(super) of: Reading,
    pub(super) reader: PersonId,
    pub(super) due: Due,
    parts: Vec<Part>,
    lines: Vec<Line>,
}

pub(super) async fn read(app: &App, viewer: &Viewer, id: MentorshipId) -> Result<Read, Failed> {
    let of = Reading::of(app, viewer, id).await?;
    Ok(Read {
        reader: viewer.person,
        due: due(&of.edition, &of.pair),
        parts: store::parts(&app.db, id).await?,
        lines: store::lines(&app.db, id).await?,
        of,
    })
}

impl Read {
    fn path(&self) -> String {
        format!("/mentorships/{}/reviews", self.of.pair.id)
    }

    fn part_of(&self, kind: Kind, author: PersonId) -> Option<&Part> {
        self.parts.iter().find(|part| part.kind == kind && part.author == author)
    }

    pub(super) fn own(&self, kind: Kind) -> Option<&Part> {
        self.part_of(kind, self.reader)
    }

    fn other_person(&self) -> PersonId {
        if self.of.is_mentee() { self.of.pair.mentor } else { self.of.pair.mentee }
    }

    pub(super) fn is_shown(&self, kind: Kind) -> bool {
        is_shown(&self.parts, &self.of.pair, kind)
    }

    /// What the other wrote, once it is shown.
    pub(super) fn other(&self, kind: Kind) -> Option<&Part> {
        self.part_of(kind, self.other_person()).filter(|_| self.is_shown(kind))
    }

    pub(super) fn other_gave(&self, kind: Kind) -> bool {
        self.part_of(kind, self.other_person()).is_some_and(|part| part.given_at.is_some())
    }

    pub(super) fn draft(&self, part: &Part) -> Result<Draft, Closed> {
        actions::draft_of(&self.of.keys, &self.of.pair, part)
    }

    /// Whether both said that they stay in contact, once both have said it.
    pub(super) fn contact(&self, kind: Kind) -> Option<bool> {
        if !kind.asks_contact() || !self.is_shown(kind) {
            return None;
        }
        let said = |person| self.part_of(kind, person).and_then(|part| self.draft(part).ok()?.contact);
        Some(keeps_contact(said(self.of.pair.mentee), said(self.of.pair.mentor)))
    }

    /// The line below a review as it is read, and its version.
    pub(super) fn line(&self, kind: Kind) -> (Option<String>, i64) {
        let line = self.lines.iter().find(|line| line.kind == kind);
        let told = line.map(|line| self.of.told(actions::line_of(&self.of.keys, &self.of.pair, line)));
        (told, line.map_or(0, |line| line.version))
    }

    /// Why a review is not to be written now.
    pub(super) fn hindrance(&self, kind: Kind) -> Option<&'static str> {
        may_write(kind, &self.of.pair, &self.due, self.of.today()).err()
    }

    fn is_closed(&self) -> bool {
        self.of.pair.ending == Some(Ending::Closure)
    }

    fn has_thanks(&self) -> bool {
        self.is_closed() || self.is_shown(Kind::Closure)
    }
}

/// A review in the list.
struct Listed {
    kind: Kind,
    href: String,
    day: String,
    state: &'static str,
    is_now: bool,
}

#[derive(Template)]
#[template(path = "reviews/list.html")]
struct ListPage {
    s: Shell,
    read: Read,
    rows: Vec<Listed>,
}

impl ListPage {
    fn title(&self) -> String {
        let message = match self.now() {
            Some(listed) => Message::new(format!("reviews-title-{}", listed.kind.code())),
            None if self.read.is_closed() => Message::new("reviews-title-closed"),
            None => Message::new("reviews-title"),
        };
        self.s.tell(&message)
    }

    fn now(&self) -> Option<&Listed> {
        self.rows.iter().find(|listed| listed.is_now)
    }
}

fn listed(read: &Read, kind: Kind, today: Date) -> Listed {
    let own = read.own(kind).is_some_and(|part| part.given_at.is_some());
    let is_open = read.hindrance(kind).is_none();
    let state = match (own, read.other_gave(kind)) {
        (true, true) => "reviews-state-both",
        (true, false) => "reviews-state-own",
        (false, true) if is_open => "reviews-state-other",
        _ if read.own(kind).is_some() => "reviews-state-draft",
        _ if !is_open && kind != Kind::FollowUp => "reviews-state-not",
        _ => "reviews-state-none",
    };
    Listed {
        kind,
        href: format!("{}/{}", read.path(), kind.code()),
        day: read.of.lang.date(read.due.of(kind)),
        state,
        is_now: !own && is_open && (read.other_gave(kind) || today >= read.due.of(kind)),
    }
}

async fn list(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    let read = read(&app, &viewer, id).await?;
    let today = read.of.today();
    let rows = Kind::ALL.into_iter().map(|kind| listed(&read, kind, today)).collect();
    page(&ListPage { s: Shell::of(&app, &viewer, "/mentorships"), rows, read })
}

/// What one of the two wrote, as it is read: a name, the questions and their answers.
struct Told {
    name: String,
    answers: Result<Vec<(&'static str, String)>, Closed>,
}

#[derive(Template)]
#[template(path = "reviews/review.html")]
struct ReviewPage {
    s: Shell,
    read: Read,
    kind: Kind,
    form: Form,
    version: i64,
    problems: Problems,
    /// Set when something stands otherwise now than what was typed was made from.
    stands: Vec<(&'static str, String)>,
}

impl ReviewPage {
    fn of(app: &App, viewer: &Viewer, read: Read, kind: Kind, (form, problems): (Form, Problems)) -> Self {
        let now = read.own(kind).map_or(0, |part| part.version);
        let version = if form.has("line") { now } else { form.version_or(now) };
        Self { s: Shell::of(app, viewer, "/mentorships"), read, kind, form, version, problems, stands: Vec::new() }
    }

    fn title(&self) -> String {
        self.s.t(&self.kind.key())
    }

    fn lead(&self) -> String {
        let pair = &self.read.of.pair;
        format!("{} · {} · {}", pair.mentee_name, pair.mentor_name, self.read.of.edition.full_name())
    }

    fn href(&self) -> String {
        format!("{}/{}", self.read.path(), self.kind.code())
    }

    fn is_shown(&self) -> bool {
        self.read.is_shown(self.kind)
    }

    fn has_given(&self) -> bool {
        self.read.own(self.kind).is_some_and(|part| part.given_at.is_some())
    }

    fn other_gave(&self) -> bool {
        self.read.other_gave(self.kind)
    }

    /// Why nothing is written here now.
    fn hindrance(&self) -> Option<String> {
        let why = self.read.hindrance(self.kind)?;
        let message = Message::new(why).with("day", self.s.lang.date(self.read.due.of(self.kind)));
        Some(self.s.tell(&message))
    }

    fn due(&self) -> String {
        self.s.with("reviews-due", "day", self.s.lang.date(self.read.due.of(self.kind)))
    }

    /// What the two wrote, the mentee first; before both have given, what the reader did.
    fn told(&self) -> Vec<Told> {
        let pair = &self.read.of.pair;
        [(pair.mentee, &pair.mentee_name), (pair.mentor, &pair.mentor_name)]
            .into_iter()
            .filter(|(person, _)| self.is_shown() || *person == self.read.reader)
            .filter_map(|(person, name)| {
                let part = self.read.part_of(self.kind, person)?;
                let draft = self.read.draft(part);
                let answers = draft.map(|draft| {
                    let answer = |name: &&'static str| (*name, draft.answer(self.kind, name).to_owned());
                    self.kind.questions().iter().map(answer).filter(|(_, answer)| !answer.is_empty()).collect()
                });
                Some(Told { name: name.clone(), answers })
            })
            .collect()
    }

    fn line(&self) -> Option<String> {
        self.read.line(self.kind).0
    }

    fn line_version(&self) -> i64 {
        let now = self.read.line(self.kind).1;
        if self.form.has("line") { self.form.version_or(now) } else { now }
    }

    fn may_write_line(&self) -> bool {
        self.kind.has_line() && self.is_shown() && !self.read.of.has_ended()
    }

    fn line_field(&self) -> String {
        if self.form.has("line") { self.form.text("line").to_owned() } else { self.line().unwrap_or_default() }
    }

    /// Whether they stay in contact, as a key.
    fn contact(&self) -> Option<&'static str> {
        let keeps = self.read.contact(self.kind)?;
        Some(if keeps { "reviews-contact-kept" } else { "reviews-contact-not" })
    }

    fn may_close(&self) -> bool {
        self.kind == Kind::Closure && self.is_shown() && !self.read.of.has_ended()
    }

    fn has_thanks(&self) -> bool {
        self.kind == Kind::Closure && self.read.has_thanks()
    }
}

fn kind_of(code: &str) -> Result<Kind, Refusal> {
    Kind::parse(code).ok_or(Refusal::NotFound)
}

/// A part as the form has it.
fn form_of(kind: Kind, draft: &Draft) -> Form {
    let mut fields: Vec<(String, String)> =
        kind.questions().iter().map(|name| ((*name).to_owned(), draft.answer(kind, name).to_owned())).collect();
    if let Some(contact) = draft.contact {
        fields.push(("contact".to_owned(), if contact { "yes" } else { "no" }.to_owned()));
    }
    Form::new(fields)
}

pub(super) fn draft_from(kind: Kind, form: &Form) -> Result<Draft, Problems> {
    let contact = match form.text("contact") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    Draft::parse(kind, |name| form.text(name), contact)
}

/// What the reader wrote so far, as the form has it.
fn form_now(read: &Read, kind: Kind) -> Form {
    let draft = read.own(kind).and_then(|part| read.draft(part).ok()).unwrap_or_default();
    form_of(kind, &draft)
}

async fn one(State(app): State<App>, viewer: Viewer, Path((id, kind)): Path<(MentorshipId, String)>) -> Answer {
    let kind = kind_of(&kind)?;
    let read = read(&app, &viewer, id).await?;
    let form = form_now(&read, kind);
    page(&ReviewPage::of(&app, &viewer, read, kind, (form, Problems::default())))
}

async fn write(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, kind)): Path<(MentorshipId, String)>,
    form: Form,
) -> Answer {
    let kind = kind_of(&kind)?;
    let version = form.version()?;
    let gives = form.text("do") == "give";
    let written = match draft_from(kind, &form) {
        Ok(draft) => actions::write(&app, &viewer, (id, kind, version), &draft, gives).await,
        Err(problems) => Err(problems.into()),
    };
    let notice = if gives { "reviews-given" } else { "reviews-saved" };
    shown_again(&app, &viewer, (id, kind), written, (form, notice)).await
}

async fn write_line(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, kind)): Path<(MentorshipId, String)>,
    form: Form,
) -> Answer {
    let kind = kind_of(&kind)?;
    let version = form.version()?;
    let written = match line(form.text("line")) {
        Ok(words) => actions::write_line(&app, &viewer, (id, kind, version), &words).await,
        Err(problems) => Err(problems.into()),
    };
    shown_again(&app, &viewer, (id, kind), written, (form, "reviews-line-saved")).await
}

/// Back to the review: with a quiet line, or with why it did not happen, what was typed and what stands now.
async fn shown_again(
    app: &App,
    viewer: &Viewer,
    (id, kind): (MentorshipId, Kind),
    outcome: Result<(), Failure>,
    (mut form, notice): (Form, &'static str),
) -> Answer {
    let failure = match outcome {
        Ok(()) => {
            return Ok(see_other_with(&page_of(id, kind), &Message::new(notice)));
        }
        Err(failure) => failure,
    };
    let (status, problems) = again(failure, "reviews-meanwhile", &mut form)?;
    let read = read(app, viewer, id).await?;
    let now = form_now(&read, kind);
    let mut again = ReviewPage::of(app, viewer, read, kind, (form, problems));
    if status == StatusCode::CONFLICT {
        let differs = |name: &&'static str| !now.text(name).lines().eq(again.form.text(name).lines());
        let told = |name: &'static str| (name, now.text(name).to_owned());
        again.stands = match again.line().filter(|_| again.form.has("line")) {
            Some(line) => vec![("line", line)],
            None => kind.questions().iter().copied().filter(differs).map(told).collect(),
        };
    }
    Ok((status, page(&again)?).into_response())
}

async fn close(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, kind)): Path<(MentorshipId, String)>,
    form: Form,
) -> Answer {
    if kind_of(&kind)? != Kind::Closure {
        return Err(Refusal::NotFound.into());
    }
    match actions::close(&app, &viewer, id).await {
        Ok(()) => Ok(see_other_with(&format!("/mentorships/{id}/thanks"), &Message::new("reviews-closed"))),
        Err(failure) => shown_again(&app, &viewer, (id, Kind::Closure), Err(failure), (form, "reviews-closed")).await,
    }
}

/// What a mentor gave, in figures: hours, and the doors that they opened.
#[derive(Template)]
#[template(path = "reviews/thanks.html")]
struct ThanksPage {
    s: Shell,
    read: Read,
    hours: usize,
    meetings: usize,
    reached: usize,
    /// How often something of each kind was done, the doors first.
    done: Vec<(ActivityKind, usize)>,
}

impl ThanksPage {
    fn title(&self) -> String {
        let key = if self.read.of.is_mentee() { "reviews-thanks-title-mentee" } else { "reviews-thanks-title" };
        self.s.with(key, "name", &self.read.of.pair.mentor_name)
    }

    /// How often the mentee saw something from within.
    fn doors(&self) -> usize {
        self.done.iter().filter(|(kind, _)| kind.way() == Way::Seen).map(|(_, count)| count).sum()
    }

    fn since(&self) -> String {
        let (from, to) = (self.read.of.day(self.read.of.pair.began_at), self.read.of.pair.ended_at);
        let to = to.map_or(self.read.of.today(), |at| self.read.of.day(at));
        let message = Message::new("reviews-thanks-since").with("from", self.s.lang.date(from));
        self.s.tell(&message.with("to", self.s.lang.date(to)))
    }
}

async fn thanks(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    let read = read(&app, &viewer, id).await?;
    if !read.has_thanks() {
        return Err(Refusal::NotFound.into());
    }
    let pair = std::slice::from_ref(&read.of.pair);
    let met = meetings::evidence_of(&app.db, pair, app.now()).await?.remove(&id).unwrap_or_default();
    let plan = activities::plan(&app.db, id).await?;
    let of_plan = || plan.iter().filter(|activity| activity.state == ActivityState::Done);
    let done = ActivityKind::ALL.into_iter().filter_map(|kind| {
        let count = of_plan().filter(|activity| activity.kind == kind).count();
        (count > 0).then_some((kind, count))
    });
    let mut done: Vec<(ActivityKind, usize)> = done.collect();
    done.sort_by_key(|(kind, _)| kind.way() != Way::Seen);
    let minutes: i64 = met.minutes + of_plan().filter_map(|activity| activity.minutes).sum::<i64>();
    let goals = goals::counts_of(&app.db, &[id], read.of.today()).await?;
    let counted = |count: i64| usize::try_from(count).unwrap_or(0);
    page(&ThanksPage {
        s: Shell::of(&app, &viewer, "/mentorships"),
        hours: counted((minutes + 30) / 60),
        meetings: counted(met.count),
        reached: counted(goals.first().map_or(0, |(_, counts)| counts.reached)),
        done,
        read,
    })
}
