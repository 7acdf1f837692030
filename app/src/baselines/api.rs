//! JSON doors to the baseline: whom one is asked about, one's own ratings and what may be read beside them, and for coordinators who
//! has given theirs.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions::{self, Line, Question, Seen};
use super::model::{CANNOT_SAY, Given, Ratings, View, readable};
use super::standing::{Progress, Standings};
use super::store;
use crate::app::App;
use crate::db::After;
use crate::frameworks::FrameworkVersionId;
use crate::i18n::Message;
use crate::identity::{Act, PersonId, Sought, TokenScope, Viewer};
use crate::people::model::Side;
use crate::problems::{Failure, Problems};
use crate::programmes::orientation::{Participant, participants};
use crate::programmes::{self, EditionId};
use crate::web::{Cursor, Door, Failed, Instant, Json, Limit, Page, Params, Path, Tag, Told, Whole};

const BASELINES: Tag = Tag {
    name: "baselines",
    about: "Where a mentee stands before the first meeting, as the mentee, the mentor and the line manager see it.",
};

pub(super) fn doors() -> Vec<Door> {
    let (read, write) = ((Act::TakePart, TokenScope::OwnRead), (Act::TakePart, TokenScope::OwnWrite));
    let told = |id, summary, detail| Told { id, tag: BASELINES, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/editions/{id}/baselines",
            (Act::ManageProgrammes, TokenScope::ProgrammesRead),
            told(
                "list_baselines",
                "Who has given their baseline",
                "For coordinators, in the order of the mentees' names. Levels are in no answer to a coordinator.",
            ),
            progress,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/editions/{id}/baselines",
            read,
            told(
                "list_own_baselines",
                "Whom one is asked about",
                "Oneself as a mentee, one's mentees, and one's direct reports who take part.",
            ),
            own,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/editions/{id}/baselines/{mentee}",
            read,
            told(
                "read_own_baseline",
                "One's ratings of a mentee",
                "With what one may read of others' once one's own are given: a mentee reads all, a mentor the mentee's, a line manager \
                 nobody's.",
            ),
            one,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/me/editions/{id}/baselines/{mentee}/draft",
            write,
            told(
                "save_baseline_draft",
                "Keep ratings that are not whole yet",
                "Nobody else reads a draft. Where another window saved or gave since, nothing is done (409).",
            ),
            save,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/editions/{id}/baselines/{mentee}",
            write,
            told(
                "give_baseline",
                "Give one's baseline, or a correction of it",
                "Something is said of each competency. What is given stays as it is. Where another window saved or gave since, \
                 nothing is done (409).",
            ),
            give,
        ),
    ]
}

#[derive(Deserialize, JsonSchema)]
struct ProgressAsked {
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

/// How the views of a mentee stand.
#[derive(Serialize, JsonSchema)]
struct BaselineProgress {
    mentee: PersonId,
    name: String,
    own: ViewStands,
    mentor: ViewStands,
    supervisor: ViewStands,
}

/// How a view stands.
#[derive(Serialize, JsonSchema)]
struct ViewStands {
    /// Whether there is somebody to be asked.
    is_asked: bool,
    /// When it was given first.
    #[schemars(with = "Option<Instant>")]
    given_at: Option<Timestamp>,
}

/// Those whom one is asked about.
#[derive(Serialize, JsonSchema)]
struct OwnBaselines {
    items: Vec<AskedAbout>,
}

/// Somebody whom one is asked about.
#[derive(Serialize, JsonSchema)]
struct AskedAbout {
    mentee: PersonId,
    name: String,
    /// As what one is asked.
    view: View,
    /// Whether a draft is kept.
    begun: bool,
    #[schemars(with = "Option<Instant>")]
    given_at: Option<Timestamp>,
}

type Levels = BTreeMap<String, Option<Whole<1, 5>>>;

/// One's ratings of a mentee.
#[derive(Serialize, JsonSchema)]
struct OwnBaseline {
    mentee: PersonId,
    name: String,
    view: View,
    /// The version of the framework by whose competencies is rated.
    framework: Option<FrameworkVersionId>,
    /// Whether ratings are taken now.
    is_open: bool,
    /// How often one has given theirs; `give_baseline` wants it.
    times: i64,
    /// The version of the draft, 0 where there is none; `give_baseline` wants it.
    draft: i64,
    /// What the draft says by the key of the competency; null where one cannot say.
    drafted: Levels,
    /// What was given and may be read, one's own first; of each rater the newest.
    given: Vec<GivenTold>,
}

/// A baseline that was given.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Baseline")]
struct GivenTold {
    view: View,
    rater: String,
    /// 1 for the baseline itself, more for corrections of it.
    number: i64,
    framework: FrameworkVersionId,
    #[schemars(with = "Instant")]
    given_at: Timestamp,
    /// By the key of the competency; null where the rater could not say.
    ratings: Levels,
}

/// Ratings, and what was read before they were chosen.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RatingsToKeep {
    times: i64,
    draft: i64,
    /// A level from 1 to 5 by the key of the competency; null where one cannot say.
    ratings: Levels,
}

async fn progress(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Params(asked): Params<ProgressAsked>,
) -> Result<Json<Page<BaselineProgress>>, Failed> {
    let edition = programmes::managed(&app.db, &viewer, id).await?;
    let parse = |text: &str| Some(After::parse(text)).filter(After::is_somewhere);
    let after = Cursor::read(asked.after.as_ref(), parse)?.unwrap_or_default();
    let limit = asked.limit.unwrap_or_default();
    let rows = participants(&app.db, &edition, Side::Mentee, &Sought::Everybody, &after, limit.and_one()).await?;
    let standings = Standings::load(&app, &edition, &rows).await?;
    let cursor = |row: &Participant| Cursor::new(After::of(row.person.0, &row.sort));
    Ok(Json(Page::of(rows, limit, cursor, |row| {
        let stands = |view| ViewStands::of(standings.of(row.person, view));
        BaselineProgress {
            own: stands(View::Own),
            mentor: stands(View::Mentor),
            supervisor: stands(View::Supervisor),
            mentee: row.person,
            name: row.name,
        }
    })))
}

async fn own(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Result<Json<OwnBaselines>, Failed> {
    let asked = actions::asked(&app, &viewer, id).await?;
    let items = asked.lines.into_iter().map(AskedAbout::of).collect();
    Ok(Json(OwnBaselines { items }))
}

async fn one(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, mentee)): Path<(EditionId, PersonId)>,
) -> Result<Json<OwnBaseline>, Failed> {
    let question = actions::question(&app, &viewer, id, mentee).await?;
    let given = readable(store::given(&app.db, id, mentee).await?, question.subject.view, viewer.person);
    let draft = store::draft(&app.db, question.place(&viewer)).await?;
    let own = given.first().filter(|given| given.rater == viewer.person);
    Ok(Json(OwnBaseline {
        mentee,
        view: question.subject.view,
        is_open: question.is_open(),
        framework: question.framework.as_ref().map(|framework| framework.id),
        name: question.subject.name,
        times: own.map_or(0, |own| own.number),
        draft: draft.version,
        drafted: levels(&draft.ratings),
        given: given.into_iter().map(GivenTold::of).collect(),
    }))
}

async fn save(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, mentee)): Path<(EditionId, PersonId)>,
    Json(sent): Json<RatingsToKeep>,
) -> Result<Json<OwnBaseline>, Failed> {
    let question = actions::question(&app, &viewer, id, mentee).await?;
    let (seen, ratings) = sent.read(&question)?;
    actions::save(&app, &viewer, &question, seen, &ratings).await?;
    one(State(app), viewer, Path((id, mentee))).await
}

async fn give(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, mentee)): Path<(EditionId, PersonId)>,
    Json(sent): Json<RatingsToKeep>,
) -> Result<Json<OwnBaseline>, Failed> {
    let question = actions::question(&app, &viewer, id, mentee).await?;
    let (seen, ratings) = sent.read(&question)?;
    actions::give(&app, &viewer, &question, seen, &ratings).await.map_err(in_our_words)?;
    one(State(app), viewer, Path((id, mentee))).await
}

/// Each competency is a field of a form, and the ratings are one of ours.
fn in_our_words(failure: Failure) -> Failure {
    let Failure::Problems(problems) = failure else { return failure };
    let mut ours = Problems::default();
    for problem in problems.iter() {
        let field = problem.field.strip_prefix("level-").map_or("", |_| "ratings");
        ours.add(field, problem.message.clone());
    }
    ours.into()
}

fn levels(ratings: &Ratings) -> Levels {
    ratings.iter().map(|(key, level)| (key.to_owned(), level.map(|level| Whole(level.into())))).collect()
}

impl RatingsToKeep {
    fn read(&self, question: &Question) -> Result<(Seen, Ratings), Problems> {
        const LEVELS: [&str; 6] = [CANNOT_SAY, "1", "2", "3", "4", "5"];
        let seen = Seen { times: self.times, draft: self.draft };
        let Some(framework) = question.framework.as_ref().map(|framework| &framework.content) else {
            return Ok((seen, Ratings::default()));
        };
        if let Some(key) = self.ratings.keys().find(|key| framework.competency(key).is_none()) {
            let message = Message::new("baselines-competency-unknown").with("key", key.as_str());
            return Err(Problems::one("ratings", message));
        }
        let chosen = |key: &str| match self.ratings.get(key) {
            None => "",
            Some(None) => CANNOT_SAY,
            Some(Some(level)) => {
                usize::try_from(level.0).ok().and_then(|level| LEVELS.get(level)).copied().unwrap_or("")
            }
        };
        Ok((seen, Ratings::read(framework, chosen)?))
    }
}

impl ViewStands {
    fn of(progress: Progress) -> Self {
        match progress {
            Progress::Given(at) => Self { is_asked: true, given_at: Some(at) },
            Progress::Missing => Self { is_asked: true, given_at: None },
            Progress::NotAsked => Self { is_asked: false, given_at: None },
        }
    }
}

impl AskedAbout {
    fn of(line: Line) -> Self {
        let Line { subject, given_at, begun } = line;
        Self { mentee: subject.mentee, name: subject.name, view: subject.view, begun, given_at }
    }
}

impl GivenTold {
    fn of(given: Given) -> Self {
        Self {
            ratings: levels(&given.ratings),
            view: given.view,
            rater: given.rater_name,
            number: given.number,
            framework: given.framework,
            given_at: given.given_at,
        }
    }
}
