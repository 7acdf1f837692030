//! JSON doors to orientation: one's own to read and to say so; for coordinators, the texts and who has not read them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions;
use super::model::{Missing, is_own, text};
use super::readers::{AfterReader, Readers};
use crate::app::App;
use crate::i18n::Lang;
use crate::identity::{Act, Part, PersonId, Sought, TokenScope, Viewer};
use crate::problems::{Failure, Problems};
use crate::programmes::actions::managed;
use crate::programmes::{Edition, EditionId};
use crate::web::{Cursor, Door, Failed, Instant, Json, Limit, Page, Params, Path, Tag, Told};

const ORIENTATION: Tag =
    Tag { name: "orientation", about: "What each part is told before it begins, and who has read it." };

pub(super) fn doors() -> Vec<Door> {
    let (read, write) =
        ((Act::ManageProgrammes, TokenScope::ProgrammesRead), (Act::ManageProgrammes, TokenScope::ProgrammesWrite));
    let told = |id, summary, detail| Told { id, tag: ORIENTATION, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/editions/{id}/orientation",
            read,
            told(
                "read_orientation",
                "The texts of an edition",
                "For coordinators: for each part the text in both languages, and how many have read it.",
            ),
            texts,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/editions/{id}/orientation/{part}",
            write,
            told(
                "write_orientation",
                "Write an edition's own text for a part",
                "For coordinators. An empty text is the product's. `version` is that of the edition; if somebody changed the edition \
                 since, nothing is done (409).",
            ),
            write_text,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/editions/{id}/orientation/missing",
            read,
            told("list_unoriented", "Who has not read theirs", "For coordinators, in the order of names."),
            missing,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/editions/{id}/orientation",
            (Act::TakePart, TokenScope::OwnRead),
            told(
                "read_own_orientation",
                "What one reads before one begins",
                "For each part that is one's own in the edition.",
            ),
            own,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/editions/{id}/orientation/{part}",
            (Act::TakePart, TokenScope::OwnWrite),
            told(
                "note_orientation",
                "Say that one has read it",
                "`words` tells which text was read; where it became another one since, nothing is done (409).",
            ),
            read_it,
        ),
    ]
}

/// A part that begins with an orientation.
#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum OrientedPart {
    Mentee,
    Mentor,
    Supervisor,
    /// Where mentoring counts towards a degree.
    Faculty,
}

#[derive(Deserialize, JsonSchema)]
struct MissingAsked {
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

/// The texts of an edition.
#[derive(Serialize, JsonSchema)]
struct Orientation {
    /// The version of the edition; `write_orientation` wants it.
    version: i64,
    items: Vec<OrientationText>,
}

/// The text of a part.
#[derive(Serialize, JsonSchema)]
struct OrientationText {
    part: Part,
    es: String,
    en: String,
    /// Whether it is the edition's own, at least in one language.
    is_own: bool,
    /// How many have read it, of how many.
    read: usize,
    all: usize,
}

/// A text to be written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TextToWrite {
    /// The version of the edition that was read.
    version: i64,
    #[schemars(length(max = 12_000))]
    es: String,
    #[schemars(length(max = 12_000))]
    en: String,
}

/// Somebody who has not read theirs.
#[derive(Serialize, JsonSchema)]
struct Unoriented {
    part: Part,
    person: PersonId,
    name: String,
}

/// What one reads before one begins.
#[derive(Serialize, JsonSchema)]
struct OwnTexts {
    items: Vec<OwnText>,
}

/// The text of a part that is one's own.
#[derive(Serialize, JsonSchema)]
struct OwnText {
    part: Part,
    /// Plain text: `# ` begins a heading, `- ` an item of a list, and an empty line ends a paragraph.
    text: String,
    /// What tells this text from others; `note_orientation` wants it.
    words: String,
    /// When one said that one had read these words.
    #[schemars(with = "Option<Instant>")]
    read_at: Option<Timestamp>,
}

/// Which text was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WordsRead {
    words: String,
}

async fn texts(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Result<Json<Orientation>, Failed> {
    let edition = managed(&app.db, &viewer, id).await?;
    let told = |lang, part| text(&edition.settings, part, lang).to_owned();
    let items = Readers::of(&app, &edition)
        .await?
        .tallies(&edition)
        .into_iter()
        .map(|tally| OrientationText {
            part: tally.part,
            es: told(Lang::Es, tally.part),
            en: told(Lang::En, tally.part),
            is_own: is_own(&edition.settings, tally.part),
            read: tally.done,
            all: tally.all,
        })
        .collect();
    Ok(Json(Orientation { version: edition.version, items }))
}

async fn write_text(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, part)): Path<(EditionId, OrientedPart)>,
    Json(sent): Json<TextToWrite>,
) -> Result<Json<Orientation>, Failed> {
    let written = actions::write(&app, &viewer, id, sent.version, part.into(), [&sent.es, &sent.en]).await;
    written.map_err(in_our_words)?;
    texts(State(app), viewer, Path(id)).await
}

/// The form's fields are called by their languages, ours too.
fn in_our_words(failure: Failure) -> Failure {
    let Failure::Problems(problems) = failure else { return failure };
    let mut ours = Problems::default();
    for problem in problems.iter() {
        ours.add(problem.field.trim_start_matches("text-").to_owned(), problem.message.clone());
    }
    ours.into()
}

async fn missing(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Params(asked): Params<MissingAsked>,
) -> Result<Json<Page<Unoriented>>, Failed> {
    let edition: Edition = managed(&app.db, &viewer, id).await?;
    let after = Cursor::read(asked.after.as_ref(), AfterReader::parse)?.unwrap_or_default();
    let limit = asked.limit.unwrap_or_default();
    let readers = Readers::of(&app, &edition).await?;
    let rows = readers.missing(&app.db, &edition, &Sought::Everybody, &after, limit.and_one()).await?;
    let cursor = |one: &Missing| Cursor::new(AfterReader::of(one));
    Ok(Json(Page::of(rows, limit, cursor, |one| Unoriented { part: one.part, person: one.person, name: one.name })))
}

async fn own(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Result<Json<OwnTexts>, Failed> {
    let own = actions::own(&app, &viewer, id).await?;
    let items = own.shown.into_iter().map(|shown| OwnText {
        text: text(&own.edition.settings, shown.part, viewer.lang).to_owned(),
        part: shown.part,
        words: shown.words,
        read_at: shown.read_at,
    });
    Ok(Json(OwnTexts { items: items.collect() }))
}

async fn read_it(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, part)): Path<(EditionId, OrientedPart)>,
    Json(read): Json<WordsRead>,
) -> Result<StatusCode, Failed> {
    actions::read(&app, &viewer, id, part.into(), &read.words).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<OrientedPart> for Part {
    fn from(part: OrientedPart) -> Self {
        match part {
            OrientedPart::Mentee => Self::Mentee,
            OrientedPart::Mentor => Self::Mentor,
            OrientedPart::Supervisor => Self::Supervisor,
            OrientedPart::Faculty => Self::Faculty,
        }
    }
}
