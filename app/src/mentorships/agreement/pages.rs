//! Doors to a pair's agreement: what they are at and what holds, the draft, the signature, and each version as a page that prints.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::Deserialize;

use super::actions::{self, VISIBILITY};
use super::model::{Clause, Draft, Seen, Signature, Stands, Version, Versions, draft_pieces, pieces};
use super::store;
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity::{Act, Viewer};
use crate::mentorships::{Mentorship, MentorshipId};
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::orientation::model::Block;
use crate::programmes::{self, Edition};
use crate::vault::{self, Closed, Keys};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, file, page, see_other, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let participant = Who::May(Act::TakePart);
    vec![
        Door::get("/mentorships/{id}/agreement", participant, agreement),
        Door::get("/mentorships/{id}/agreement/edit", participant, edit),
        Door::post("/mentorships/{id}/agreement/edit", participant, write),
        Door::post("/mentorships/{id}/agreement/sign", participant, sign),
        Door::post("/mentorships/{id}/agreement/discard", participant, discard),
        Door::get("/mentorships/{id}/agreement/{number}", participant, version),
        Door::get("/mentorships/{id}/agreement/{number}/text", participant, text),
    ]
}

/// A pair's agreement as one of them reads it: six statements, however many versions there are.
struct Read {
    pair: Mentorship,
    side: Side,
    edition: Edition,
    versions: Versions,
    signatures: Vec<Signature>,
    keys: Keys,
}

async fn read(app: &App, viewer: &Viewer, id: MentorshipId) -> Result<Read, Failed> {
    let pair = actions::readable(&app.db, viewer, id).await?;
    let side = pair.side_of(viewer.person).ok_or(Refusal::NotFound)?;
    let edition = programmes::edition(&app.db, pair.edition).await?.ok_or(Refusal::NotFound)?;
    let versions = store::versions(&app.db, id).await?;
    let signatures = store::signatures(&app.db, id).await?;
    let keys = vault::keys(app, &app.db, pair.organisation, &[id.0]).await?;
    Ok(Read { pair, side, edition, versions, signatures, keys })
}

/// A version as it is shown: its text, who signed it, and where it stands.
struct Deed {
    number: i64,
    stands: Stands,
    lang: Lang,
    title: String,
    text: Result<Vec<Block>, Closed>,
    hash: Option<String>,
    signatures: Vec<(String, Timestamp)>,
    href: String,
}

impl Read {
    fn deed(&self, viewer: &Viewer, version: &Version) -> Deed {
        let text = if version.proposed_at.is_some() {
            actions::exact_of(&self.keys, &self.pair, &self.signatures, (version, viewer.person))
                .map(|exact| pieces(&exact))
        } else {
            actions::draft_of(&self.keys, &self.pair, version).map(|draft| draft_pieces(&draft))
        };
        let of_version = |signature: &&Signature| signature.of == version.id;
        Deed {
            number: version.number,
            stands: self.versions.stands(version),
            lang: version.lang,
            title: version.lang.say("agreement-deed-title"),
            text,
            hash: version.hash.clone(),
            signatures: self
                .signatures
                .iter()
                .filter(of_version)
                .map(|signature| (signature.name.clone(), signature.signed_at))
                .collect(),
            href: format!("/mentorships/{}/agreement/{}", self.pair.id, version.number),
        }
    }

    /// The day in the edition's own calendar.
    fn day(&self, lang: Lang, at: Timestamp) -> String {
        lang.date(at.to_zoned_datetime(self.edition.settings.calendar.time_zone()).date())
    }

    /// What the pair's next version begins with: what they are at, what holds, or the edition's template.
    async fn base(&self, app: &App, lang: Option<Lang>) -> Result<Draft, Failed> {
        let written = self.versions.open().or(self.versions.holding());
        // What was written does not open once its author is erased; then the two begin anew.
        if let Some(draft) = written.and_then(|version| actions::draft_of(&self.keys, &self.pair, version).ok()) {
            return Ok(draft);
        }
        let template = store::template_of(&app.db, self.edition.id).await?;
        Ok(super::first_draft(&template, (&self.pair, &self.edition), lang.unwrap_or_default()))
    }
}

#[derive(Template)]
#[template(path = "mentorships/agreement/agreement.html")]
struct AgreementPage {
    s: Shell,
    read: Read,
    /// What the two are at, or else what holds.
    shown: Option<Deed>,
    /// Where the draft or proposal stands that they are at.
    open: Option<Open>,
    history: Vec<(Deed, String)>,
    problems: Problems,
}

/// The draft or proposal that the two are at, and whose turn it is.
struct Open {
    seen: Seen,
    is_proposal: bool,
    is_own: bool,
    hash: String,
    author: String,
    changed_at: Timestamp,
}

impl AgreementPage {
    fn of(app: &App, viewer: &Viewer, read: Read, problems: Problems) -> Self {
        let open = read.versions.open();
        let shown = open.or(read.versions.holding()).map(|version| read.deed(viewer, version));
        let open = open.map(|open| Open {
            seen: Seen { number: open.number, version: open.version },
            is_proposal: open.proposed_at.is_some(),
            is_own: open.author == viewer.person,
            hash: open.hash.clone().unwrap_or_default(),
            author: open.author_name.clone(),
            changed_at: open.changed_at,
        });
        let at = |version: &Version| version.settled_at.or(version.proposed_at).unwrap_or(version.changed_at);
        let proposed = read.versions.0.iter().filter(|version| version.proposed_at.is_some());
        let history =
            proposed.map(|version| (read.deed(viewer, version), read.day(viewer.lang, at(version)))).collect();
        Self { s: Shell::of(app, viewer, "/mentorships"), read, shown, open, history, problems }
    }

    fn other(&self) -> &str {
        self.read.pair.other(self.read.side).0
    }

    fn title(&self) -> String {
        let named = |key: &'static str| Message::new(key).with("name", self.other());
        let holds = self.read.versions.holding().and_then(|version| version.settled_at);
        let message = match (&self.open, holds) {
            (Some(open), _) if !open.is_proposal => Message::new("agreement-title-draft"),
            (Some(open), _) if open.is_own => named("agreement-title-mine"),
            (Some(_), _) => named("agreement-title-theirs"),
            (None, Some(at)) => Message::new("agreement-title-holds").with("day", self.read.day(self.s.lang, at)),
            (None, None) if self.has_ended() => Message::new("agreement-title-ended"),
            (None, None) => Message::new("agreement-title-none"),
        };
        self.s.tell(&message)
    }

    fn has_ended(&self) -> bool {
        self.read.pair.ended_at.is_some()
    }

    fn edition_name(&self) -> String {
        format!("{} · {}", self.read.edition.programme_name, self.read.edition.name)
    }

    fn written(&self, open: &Open) -> String {
        let message = Message::new("agreement-written").with("name", open.author.as_str());
        self.s.tell(&message.with("at", self.s.at(&open.changed_at)))
    }

    /// Whether an agreement holds while another one is proposed.
    fn still_holds(&self) -> Option<&Deed> {
        self.open.as_ref()?;
        self.history.iter().map(|(deed, _)| deed).find(|deed| deed.stands == Stands::Holds)
    }
}

async fn agreement(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    let read = read(&app, &viewer, id).await?;
    page(&AgreementPage::of(&app, &viewer, read, Problems::default()))
}

/// The page again, with why what was asked for did not happen.
async fn again(app: &App, viewer: &Viewer, id: MentorshipId, status: StatusCode, problems: Problems) -> Answer {
    let read = read(app, viewer, id).await?;
    Ok((status, page(&AgreementPage::of(app, viewer, read, problems))?).into_response())
}

#[derive(Template)]
#[template(path = "mentorships/agreement/version.html")]
struct VersionPage {
    s: Shell,
    read: Read,
    deed: Deed,
}

impl VersionPage {
    fn title(&self) -> String {
        let key = format!("agreement-version-{}", self.deed.stands.code());
        self.s.tell(&Message::new(key).with("number", self.deed.number))
    }

    fn lead(&self) -> String {
        let Mentorship { mentee_name, mentor_name, .. } = &self.read.pair;
        let message = Message::new("agreement-version-lead").with("mentee", mentee_name.as_str());
        self.s.tell(&message.with("mentor", mentor_name.as_str()))
    }
}

/// A version that was proposed: a draft has no page of its own.
fn proposed(read: &Read, number: i64) -> Result<&Version, Failed> {
    let version = read.versions.of_number(number).filter(|version| version.proposed_at.is_some());
    Ok(version.ok_or(Refusal::NotFound)?)
}

async fn version(State(app): State<App>, viewer: Viewer, Path((id, number)): Path<(MentorshipId, i64)>) -> Answer {
    let read = read(&app, &viewer, id).await?;
    let deed = read.deed(&viewer, proposed(&read, number)?);
    page(&VersionPage { s: Shell::of(&app, &viewer, "/mentorships"), read, deed })
}

/// The exact text, to the byte: `sha256sum` finds the digest that stands beside the signatures.
async fn text(State(app): State<App>, viewer: Viewer, Path((id, number)): Path<(MentorshipId, i64)>) -> Answer {
    let read = read(&app, &viewer, id).await?;
    let version = proposed(&read, number)?;
    let Ok(exact) = actions::exact_of(&read.keys, &read.pair, &read.signatures, (version, viewer.person)) else {
        // The page of the version says why it does not open.
        return Ok(see_other(&format!("/mentorships/{id}/agreement/{number}")));
    };
    Ok(file(exact.as_str(), "text/plain; charset=utf-8", &format!("agreement-{number}.txt")))
}

#[derive(Template)]
#[template(path = "mentorships/agreement/edit.html")]
struct EditPage {
    s: Shell,
    read: Read,
    form: Form,
    lang: Lang,
    seen: Seen,
    problems: Problems,
    /// Set when the other saved meanwhile: the clauses that stand otherwise now.
    stands: Vec<(Clause, String)>,
}

impl EditPage {
    fn of(app: &App, viewer: &Viewer, read: Read, (lang, form): (Lang, Form), problems: Problems) -> Self {
        let (s, seen) = (Shell::of(app, viewer, "/mentorships"), read.versions.to_write());
        Self { s, read, form, lang, seen, problems, stands: Vec::new() }
    }

    fn title(&self) -> String {
        let name = self.read.pair.other(self.read.side).0;
        self.s.tell(&Message::new("agreement-edit-title").with("name", name))
    }

    /// The languages that the agreement may be begun in, while nothing is written.
    fn others(&self) -> Vec<Lang> {
        let is_new = self.read.versions.0.is_empty();
        Lang::ALL.into_iter().filter(|lang| is_new && *lang != self.lang).collect()
    }

    fn overtakes(&self) -> bool {
        self.read.versions.open().is_some_and(|open| open.proposed_at.is_some())
    }
}

#[derive(Deserialize)]
struct Begun {
    #[serde(default)]
    lang: String,
}

fn form_of(draft: &Draft) -> Form {
    let mut fields: Vec<(String, String)> =
        Clause::ALL.map(|clause| (clause.code().to_owned(), draft.text(clause).to_owned())).to_vec();
    fields.push(("glass".to_owned(), if draft.break_glass { "yes" } else { "no" }.to_owned()));
    Form::new(fields)
}

fn draft_from(form: &Form) -> Result<Draft, Problems> {
    let lang = Lang::parse(form.text("lang")).unwrap_or_default();
    Draft::new(lang, form.text("glass") == "yes", |clause| form.text(clause.code()))
}

async fn edit(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Query(begun): Query<Begun>,
) -> Answer {
    let read = read(&app, &viewer, id).await?;
    if read.pair.ended_at.is_some() {
        return Err(Refusal::NotFound.into());
    }
    let base = read.base(&app, Lang::parse(&begun.lang).or(Some(viewer.lang))).await?;
    page(&EditPage::of(&app, &viewer, read, (base.lang, form_of(&base)), Problems::default()))
}

/// The version that a form is about.
fn seen_in(form: &Form) -> Result<Seen, Failed> {
    let number = |name: &str| form.text(name).parse().map_err(|_| Refusal::NotFound);
    Ok(Seen { number: number("number")?, version: number("version")? })
}

async fn write(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>, form: Form) -> Answer {
    let (seen, proposes) = (seen_in(&form)?, form.text("do") == "propose");
    let written = match draft_from(&form) {
        Ok(draft) => actions::write(&app, &viewer, id, seen, &draft, proposes).await,
        Err(problems) => Err(problems.into()),
    };
    let path = format!("/mentorships/{id}/agreement");
    match written {
        Ok(()) if proposes => Ok(see_other_with(&path, &Message::new("agreement-proposed"))),
        Ok(()) => Ok(see_other_with(&path, &Message::new("agreement-saved"))),
        Err(Failure::Problems(problems)) => {
            edit_again(&app, &viewer, id, form, StatusCode::UNPROCESSABLE_ENTITY, problems).await
        }
        Err(Failure::Refusal(Refusal::Conflict)) => {
            let problems = Problems::one("", Message::new("agreement-edited-meanwhile"));
            edit_again(&app, &viewer, id, form, StatusCode::CONFLICT, problems).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The form again with what was typed; after somebody else was faster, with what stands there now beside it.
async fn edit_again(
    app: &App,
    viewer: &Viewer,
    id: MentorshipId,
    form: Form,
    status: StatusCode,
    problems: Problems,
) -> Result<Response, Failed> {
    let read = read(app, viewer, id).await?;
    let lang = Lang::parse(form.text("lang")).unwrap_or_default();
    let mut stands = Vec::new();
    if status == StatusCode::CONFLICT {
        let now = read.base(app, Some(lang)).await?;
        let differs = |clause: &Clause| !now.text(*clause).lines().eq(form.text(clause.code()).lines());
        stands = Clause::ALL.into_iter().filter(differs).map(|clause| (clause, now.text(clause).to_owned())).collect();
    }
    let again = EditPage { stands, ..EditPage::of(app, viewer, read, (lang, form), problems) };
    Ok((status, page(&again)?).into_response())
}

async fn sign(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>, form: Form) -> Answer {
    let number = form.text("number").parse().map_err(|_| Refusal::NotFound)?;
    let signed = actions::sign(&app, &viewer, id, number, form.text("hash")).await;
    done(&app, &viewer, id, signed, "agreement-signed").await
}

async fn discard(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>, form: Form) -> Answer {
    let discarded = actions::discard(&app, &viewer, id, seen_in(&form)?).await;
    done(&app, &viewer, id, discarded, "agreement-discarded").await
}

/// Back to the agreement: with a quiet line, or with why it did not happen.
async fn done(
    app: &App,
    viewer: &Viewer,
    id: MentorshipId,
    outcome: Result<(), Failure>,
    notice: &'static str,
) -> Answer {
    match outcome {
        Ok(()) => Ok(see_other_with(&format!("/mentorships/{id}/agreement"), &Message::new(notice))),
        Err(Failure::Problems(problems)) => again(app, viewer, id, StatusCode::UNPROCESSABLE_ENTITY, problems).await,
        Err(Failure::Refusal(Refusal::Conflict)) => {
            let problems = Problems::one("", Message::new("agreement-changed-meanwhile"));
            again(app, viewer, id, StatusCode::CONFLICT, problems).await
        }
        Err(failure) => Err(failure.into()),
    }
}
