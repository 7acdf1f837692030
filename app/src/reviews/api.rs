//! JSON doors to the reviews of one's own mentorships. What the other wrote is in the answer once both have given theirs.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions;
use super::model::{Draft, Kind, Part};
use super::pages::{Read, read};
use crate::app::App;
use crate::identity::{Act, TokenScope, Viewer};
use crate::mentorships::MentorshipId;
use crate::problems::{Problems, Refusal};
use crate::web::{Day, Door, Failed, Instant, Json, Path, Tag, Told};

const REVIEWS: Tag = Tag {
    name: "reviews",
    about: "Mid-point, closure and follow-up, which the two write apart and read once both have given theirs.",
};

pub(super) fn doors() -> Vec<Door> {
    let (read, write) = ((Act::TakePart, TokenScope::OwnRead), (Act::TakePart, TokenScope::OwnWrite));
    let told = |id, summary, detail| Told { id, tag: REVIEWS, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/mentorships/{id}/reviews",
            read,
            told(
                "list_reviews",
                "The reviews of one's own mentorship",
                "Three of them, with the days on which they are due.",
            ),
            list,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/me/mentorships/{id}/reviews/{kind}",
            write,
            told(
                "write_review",
                "Write one's own part of a review",
                "A draft is one's own alone. Where it was changed since, nothing is done (409).",
            ),
            change,
        ),
    ]
}

/// The reviews of a mentorship.
#[derive(Serialize, JsonSchema)]
struct Reviews {
    items: Vec<Review>,
}

/// A review.
#[derive(Serialize, JsonSchema)]
struct Review {
    kind: Kind,
    #[schemars(with = "Day")]
    due: Date,
    /// What one wrote oneself.
    own: Option<PartTold>,
    other_gave: bool,
    /// What the other wrote; null before both have given theirs.
    other: Option<PartTold>,
    /// Whether both said that they stay in contact; null before both have said.
    keeps_contact: Option<bool>,
    line: Option<String>,
}

/// What one of the two wrote.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReviewPart")]
struct PartTold {
    /// By question; empty where the words do not open.
    answers: BTreeMap<String, String>,
    #[schemars(with = "Option<Instant>")]
    given_at: Option<Timestamp>,
    /// Goes up with each change; `write_review` wants it.
    version: i64,
}

/// One's own part of a review.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PartToWrite {
    /// 0 where there was none.
    version: i64,
    /// By question: `works`, `hard`, `change`; `reached`, `open`, `grew`; `stays`, `since`.
    answers: BTreeMap<String, String>,
    /// For the closure: whether one would stay in contact.
    #[serde(default)]
    contact: Option<bool>,
    /// Whether it is given, or a draft.
    #[serde(default)]
    give: bool,
}

async fn list(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Result<Json<Reviews>, Failed> {
    let read = read(&app, &viewer, id).await?;
    Ok(Json(Reviews { items: Kind::ALL.into_iter().map(|kind| review(&read, kind)).collect() }))
}

async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, kind)): Path<(MentorshipId, String)>,
    Json(sent): Json<PartToWrite>,
) -> Result<Json<Review>, Failed> {
    let kind = Kind::parse(&kind).ok_or(Refusal::NotFound)?;
    let draft = sent.draft(kind)?;
    actions::write(&app, &viewer, (id, kind, sent.version), &draft, sent.give).await?;
    Ok(Json(review(&read(&app, &viewer, id).await?, kind)))
}

impl PartToWrite {
    fn draft(&self, kind: Kind) -> Result<Draft, Problems> {
        Draft::parse(kind, |name| self.answers.get(name).map_or("", String::as_str), self.contact)
    }
}

fn review(read: &Read, kind: Kind) -> Review {
    let told = |part: &Part| PartTold {
        answers: read.draft(part).map_or_else(
            |_| BTreeMap::new(),
            |draft| {
                let answer = |name: &&str| ((*name).to_owned(), draft.answer(kind, name).to_owned());
                kind.questions().iter().map(answer).collect()
            },
        ),
        given_at: part.given_at,
        version: part.version,
    };
    Review {
        kind,
        due: read.due.of(kind),
        own: read.own(kind).map(told),
        other_gave: read.other_gave(kind),
        other: read.other(kind).map(told),
        keeps_contact: read.contact(kind),
        line: read.line(kind).0,
    }
}
