//! JSON doors to copies: for their author and the other of the pair, and what was handed to oneself. Words are in the answers to those
//! alone who may read them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Content, Copy, CopyId, Receiver, Text, Wanted};
use super::{actions, reading, store};
use crate::app::App;
use crate::i18n::Lang;
use crate::identity::{Act, PersonId, TokenScope, Viewer};
use crate::mentorships::visibility::reads;
use crate::mentorships::{Mentorship, MentorshipId, own};
use crate::problems::Refusal;
use crate::vault::{self, Keys};
use crate::web::{Created, Cursor, Door, Failed, Instant, Json, Limit, Page, Params, Path, Tag, Told};

const COPIES: Tag = Tag {
    name: "copies",
    about: "Copies of what somebody wrote in a mentorship, handed by its author to the coordination or to the faculty.",
};

pub(super) fn doors() -> Vec<Door> {
    let (read, write) = ((Act::TakePart, TokenScope::OwnRead), (Act::TakePart, TokenScope::OwnWrite));
    let told = |id, summary, detail| Told { id, tag: COPIES, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/mentorships/{id}/copies",
            read,
            told(
                "list_copies",
                "The copies of one's own mentorship",
                "Those that one may read, the newest first; and the texts of one's own of which a copy can be handed over.",
            ),
            list,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/copies",
            write,
            told(
                "hand_copy_over",
                "Hand a copy over",
                "Of texts of one's own, named by their marks, with a note. A text that was changed since it was listed has another \
                 mark (422).",
            ),
            hand_over,
        ),
        Door::program(
            MethodFilter::DELETE,
            "/api/me/copies/{copy}",
            write,
            told("take_copy_back", "Take a copy back", "Its author alone; it is gone for whoever has read it, too."),
            take_back,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/copies",
            (Act::ReadEdition, TokenScope::OwnRead),
            told(
                "list_copies_handed",
                "What was handed to oneself",
                "As a coordinator or as faculty of the organisation or of an edition, the newest first.",
            ),
            list_handed,
        ),
    ]
}

/// To whom a copy is handed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum CopyReceiver {
    /// The coordinators; the other of the pair reads it as well.
    Coordination,
    /// The faculty of the organisation and of the edition.
    Faculty,
}

impl From<CopyReceiver> for Receiver {
    fn from(receiver: CopyReceiver) -> Self {
        match receiver {
            CopyReceiver::Coordination => Self::Coordination,
            CopyReceiver::Faculty => Self::Faculty,
        }
    }
}

impl From<Receiver> for CopyReceiver {
    fn from(receiver: Receiver) -> Self {
        match receiver {
            Receiver::Coordination => Self::Coordination,
            Receiver::Faculty => Self::Faculty,
        }
    }
}

/// What a text says under one of its headings.
#[derive(Serialize, JsonSchema)]
struct CopiedWords {
    label: String,
    words: String,
}

/// A text that somebody wrote.
#[derive(Serialize, JsonSchema)]
struct CopiedText {
    /// By what it is named when a copy is handed over.
    mark: String,
    title: String,
    #[schemars(with = "Instant")]
    written_at: Timestamp,
    words: Vec<CopiedWords>,
}

/// A copy that was handed over.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Copy")]
struct CopyTold {
    id: CopyId,
    mentorship: MentorshipId,
    author: PersonId,
    author_name: String,
    to: CopyReceiver,
    #[schemars(with = "Instant")]
    handed_at: Timestamp,
    /// Null where it does not open: the installation's key is missing.
    title: Option<String>,
    note: Option<String>,
    texts: Vec<CopiedText>,
}

/// The copies of a mentorship.
#[derive(Serialize, JsonSchema)]
struct Copies {
    items: Vec<CopyTold>,
    /// The texts of one's own of which a copy can be handed over.
    texts: Vec<CopiedText>,
}

/// What is handed over.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CopyToHandOver {
    to: CopyReceiver,
    title: String,
    #[serde(default)]
    note: String,
    /// The marks of texts.
    #[serde(default)]
    texts: Vec<String>,
}

fn text_told(lang: Lang, text: &Text) -> CopiedText {
    let words = text.words.iter().map(|(label, words)| CopiedWords { label: lang.tell(label), words: words.clone() });
    CopiedText { mark: text.mark(), title: lang.tell(&text.title), written_at: text.at, words: words.collect() }
}

fn told(lang: Lang, keys: &Keys, (pair, copy): (&Mentorship, &Copy)) -> Option<CopyTold> {
    let content: Option<Content> = reading::content(keys, pair, copy).ok();
    let texts = content.as_ref().map_or(&[][..], |content| &content.texts);
    let (_, name) = pair.told_by(copy.author);
    Some(CopyTold {
        id: copy.id,
        mentorship: copy.mentorship,
        author: copy.author,
        author_name: name.to_owned(),
        to: Receiver::of(copy.visibility)?.into(),
        handed_at: copy.handed_at,
        texts: texts.iter().map(|text| text_told(lang, text)).collect(),
        title: content.as_ref().map(|content| content.title.clone()),
        note: content.map(|content| content.note),
    })
}

async fn copies(app: &App, viewer: &Viewer, id: MentorshipId) -> Result<Copies, Failed> {
    let pair = own(&app.db, viewer, id).await?;
    let keys = vault::keys(app, &app.db, pair.organisation, &[id.0]).await?;
    let copies = store::copies(&app.db, id).await?;
    let readable = copies.iter().filter(|copy| reads(copy.visibility, viewer, &pair, copy.author));
    let items = readable.filter_map(|copy| told(viewer.lang, &keys, (&pair, copy))).collect();
    let texts = reading::own_texts(app, (&pair, viewer.person), keys, viewer.lang).await?;
    Ok(Copies { items, texts: texts.iter().map(|text| text_told(viewer.lang, text)).collect() })
}

async fn list(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Result<Json<Copies>, Failed> {
    Ok(Json(copies(&app, &viewer, id).await?))
}

async fn hand_over(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Json(sent): Json<CopyToHandOver>,
) -> Result<Created<CopyTold>, Failed> {
    let wanted = Wanted { receiver: Some(sent.to.into()), title: sent.title, note: sent.note, marks: sent.texts };
    let copy = actions::hand_over(&app, &viewer, id, &wanted).await?;
    let all = copies(&app, &viewer, id).await?.items;
    let body = all.into_iter().find(|one| one.id == copy).ok_or(Refusal::NotFound)?;
    Ok(Created { at: format!("/api/me/mentorships/{id}/copies"), body })
}

async fn take_back(State(app): State<App>, viewer: Viewer, Path(id): Path<CopyId>) -> Result<StatusCode, Failed> {
    actions::take_back(&app, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Handed {
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

async fn list_handed(
    State(app): State<App>,
    viewer: Viewer,
    Params(paging): Params<Handed>,
) -> Result<Json<Page<CopyTold>>, Failed> {
    let before = Cursor::read(paging.after.as_ref(), |text| text.parse().ok().map(CopyId))?;
    let limit = paging.limit.unwrap_or_default();
    let read = reading::handed(&app, &viewer, (before, limit.and_one())).await?;
    let told: Vec<CopyTold> = read.of_pairs().filter_map(|one| told(viewer.lang, &read.keys, one)).collect();
    Ok(Json(Page::of(told, limit, |copy| Cursor::new(copy.id.to_string()), |copy| copy)))
}
