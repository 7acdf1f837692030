//! JSON doors to people: the directory, everybody, one, and for coordinators to add and to change one.

use std::borrow::Cow;

use axum::extract::State;
use axum::routing::MethodFilter;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

use super::actions;
use super::model::{self, Side};
use super::pages::{editable, form_of, readable};
use super::store::{self, Listed, Record};
use crate::app::App;
use crate::db::After;
use crate::identity::{self, Act, Part, PersonCore, PersonId, TokenScope, Viewer};
use crate::problems::{Failure, Problems};
use crate::web::{Created, Cursor, Door, Failed, Form, Json, Limit, Page, Params, Path, Tag, Told, told};

const PEOPLE: Tag = Tag { name: "people", about: "The directory of mentors, and everybody of the organisation." };

pub(super) fn doors() -> Vec<Door> {
    let (read, write) = (TokenScope::PeopleRead, TokenScope::PeopleWrite);
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/mentors",
            (Act::ReadDirectory, read),
            Told {
                id: "list_mentors",
                tag: PEOPLE,
                summary: "The directory of mentors",
                detail: "Those who mentor in the organisation, in the order of their names.",
            },
            mentors,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/people",
            (Act::ManagePeople, read),
            Told {
                id: "list_people",
                tag: PEOPLE,
                summary: "Everybody of the organisation",
                detail: "For coordinators: everybody, in the order of their names.",
            },
            everybody,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/people",
            (Act::ManagePeople, write),
            Told {
                id: "add_person",
                tag: PEOPLE,
                summary: "Add a person",
                detail: "For coordinators. The address must be nobody's in the organisation yet. Nobody is written to.",
            },
            add,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/people/{id}",
            (Act::ReadDirectory, read),
            Told {
                id: "read_person",
                tag: PEOPLE,
                summary: "One person",
                detail: "Oneself, any mentor, and for coordinators and sponsors everybody. Preferences, conflicts, and \
                         attributes of any kind are in no answer.",
            },
            person,
        ),
        Door::program(
            MethodFilter::PATCH,
            "/api/people/{id}",
            (Act::ManagePeople, write),
            Told {
                id: "change_person",
                tag: PEOPLE,
                summary: "Change a person",
                detail: "For coordinators. A field that is left out stays as it is, null empties it, a list replaces the list. \
                         `version` is the one that was read; if somebody changed the person since, nothing is done (409).",
            },
            change,
        ),
    ]
}

#[derive(Deserialize, JsonSchema)]
struct MentorsAsked {
    /// A piece of text to look for in name, title, unit, place or competencies held; case and accents do not matter.
    #[serde(default)]
    q: Option<String>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

#[derive(Deserialize, JsonSchema)]
struct PeopleAsked {
    /// A piece of text to look for in name, address, title, unit or place; case and accents do not matter.
    #[serde(default)]
    q: Option<String>,
    /// Only those who hold this part.
    #[serde(default)]
    part: Option<Part>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

/// Somebody of the directory.
#[derive(Serialize, JsonSchema)]
struct Mentor {
    id: PersonId,
    name: String,
    email: String,
    title: Option<String>,
    unit: Option<String>,
    place: Option<String>,
    /// How many mentees they take; null if nobody said.
    seats: Option<u32>,
}

/// Somebody of the organisation.
#[derive(Serialize, JsonSchema)]
struct Listing {
    id: PersonId,
    name: String,
    email: String,
    title: Option<String>,
    unit: Option<String>,
    place: Option<String>,
    /// The post for which they were nominated.
    post: Option<String>,
    seats: Option<u32>,
    /// The parts that they hold, anywhere in the organisation.
    parts: Vec<Part>,
    /// Whether they have signed in.
    has_account: bool,
}

/// A person. What only they and the coordinator see is null for everybody else.
#[derive(Serialize, JsonSchema)]
struct Person {
    id: PersonId,
    name: String,
    email: String,
    title: Option<String>,
    unit: Option<String>,
    place: Option<String>,
    /// Language tags (ISO 639).
    languages: Vec<String>,
    biography: Option<String>,
    /// Whether they mentor.
    mentor: bool,
    /// Competencies that they hold.
    held: Vec<Competency>,
    /// The post for which they were nominated; null also for whoever may not see it.
    post: Option<String>,
    /// For themselves and the coordinator.
    #[serde(skip_serializing_if = "Option::is_none")]
    own: Option<Own>,
}

/// What only the person and the coordinator see.
#[derive(Serialize, JsonSchema)]
struct Own {
    /// Whether they are mentored.
    mentee: bool,
    /// Competencies that they want to develop.
    wanted: Vec<Competency>,
    seats: Option<u32>,
    /// The address of their line manager.
    manager: Option<String>,
    external_id: Option<String>,
    /// A zone of the IANA database; null where it is the organisation's.
    zone: Option<String>,
    /// Goes up with each change; `change_person` wants it.
    version: i64,
}

/// A competency and how well it is held, or is to be.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Competency {
    name: Word,
    /// 1 to 5, or null if nobody said.
    #[serde(default)]
    #[schemars(range(min = 1, max = 5))]
    level: Option<u8>,
}

/// An item of a list; lists are parted by `,`, `;` and `|`, and a level by `:`, so none of them stands in an item.
#[derive(Serialize)]
#[serde(transparent)]
struct Word(String);

const LONGEST_WORD: usize = 200;

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let is_one = (1..=LONGEST_WORD).contains(&text.chars().count())
            && !text.chars().any(|sign| sign.is_control() || ",;:|/".contains(sign));
        if is_one { Ok(Self(text)) } else { Err(serde::de::Error::custom("an item of a list holds none of , ; : | /")) }
    }
}

impl JsonSchema for Word {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Word".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "minLength": 1, "maxLength": LONGEST_WORD, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f,;:|/]+$",
        })
    }
}

/// What a coordinator says of a person, beside what only one of the requests has. A field that is left out is left alone.
macro_rules! said_of_a_person {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $kind:ty,)+ }) => {
        #[derive(Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        $(#[$meta])*
        struct $name {
            $($(#[$field_meta])* $field: $kind,)+
            #[serde(default, deserialize_with = "told")]
            title: Option<Option<String>>,
            #[serde(default, deserialize_with = "told")]
            unit: Option<Option<String>>,
            #[serde(default, deserialize_with = "told")]
            place: Option<Option<String>>,
            /// Language tags (ISO 639).
            #[serde(default)]
            languages: Option<Vec<Word>>,
            /// A zone of the IANA database; null for the organisation's.
            #[serde(default, deserialize_with = "told")]
            zone: Option<Option<String>>,
            #[serde(default, deserialize_with = "told")]
            biography: Option<Option<String>>,
            /// On which sides they stand.
            #[serde(default)]
            roles: Option<Vec<Side>>,
            /// How many mentees they take.
            #[serde(default, deserialize_with = "told")]
            seats: Option<Option<u32>>,
            #[serde(default)]
            held: Option<Vec<Competency>>,
            #[serde(default)]
            wanted: Option<Vec<Competency>>,
            /// The address of their line manager, who is somebody of the organisation.
            #[serde(default, deserialize_with = "told")]
            manager: Option<Option<String>>,
            #[serde(default, deserialize_with = "told")]
            external_id: Option<Option<String>>,
            /// The post for which they are nominated.
            #[serde(default, deserialize_with = "told")]
            post: Option<Option<String>>,
        }

        impl $name {
            /// Writes what was said into the form that a coordinator would fill in.
            fn fill(&self, form: &mut Form) {
                let one = |text: &Option<Option<String>>| text.clone().map(|text| vec![text.unwrap_or_default()]);
                let lines = |lines: Option<Vec<String>>| lines.map(|lines| vec![lines.join("\n")]);
                let competencies = |list: &Option<Vec<Competency>>| {
                    lines(list.as_ref().map(|list| list.iter().map(Competency::line).collect()))
                };
                let languages = self.languages.as_ref().map(|tags| tags.iter().map(|tag| tag.0.clone()).collect());
                let roles = self.roles.as_ref().map(|roles| roles.iter().map(|side| side.code().to_owned()).collect());
                let seats = self.seats.map(|seats| vec![seats.map(|seats| seats.to_string()).unwrap_or_default()]);
                let said: [(&'static str, Option<Vec<String>>); 13] = [
                    ("title", one(&self.title)),
                    ("unit", one(&self.unit)),
                    ("place", one(&self.place)),
                    ("languages", lines(languages)),
                    ("zone", one(&self.zone)),
                    ("biography", one(&self.biography)),
                    ("roles", roles),
                    ("capacity", seats),
                    ("held", competencies(&self.held)),
                    ("wanted", competencies(&self.wanted)),
                    ("manager", one(&self.manager)),
                    ("external-id", one(&self.external_id)),
                    ("post", one(&self.post)),
                ];
                for (field, values) in said {
                    if let Some(values) = values {
                        form.set(field, values);
                    }
                }
            }
        }
    };
}

said_of_a_person!(
    /// A person to be added.
    #[schemars(example = serde_json::json!({
        "email": "ana.perez@example.org", "name": "Ana Pérez", "roles": ["mentee"], "languages": ["es", "en"],
        "wanted": [{ "name": "Negociación", "level": 4 }],
    }))]
    NewPerson {
        #[schemars(email)]
        email: String,
        name: String,
    }
);

said_of_a_person!(
    /// What is to be changed of a person.
    PersonChange {
        /// The version that was read.
        version: i64,
        #[serde(default)]
        name: Option<String>,
    }
);

impl Competency {
    fn of(level: &model::CompetencyLevel) -> Self {
        Self { name: Word(level.name.clone()), level: level.level }
    }

    /// As a form has it.
    fn line(&self) -> String {
        self.level.map_or_else(|| self.name.0.clone(), |level| format!("{}: {level}", self.name.0))
    }
}

async fn mentors(
    State(app): State<App>,
    viewer: Viewer,
    Params(asked): Params<MentorsAsked>,
) -> Result<Json<Page<Mentor>>, Failed> {
    let (after, limit) = (place(asked.after.as_ref())?, asked.limit.unwrap_or_default());
    let q = asked.q.unwrap_or_default();
    let rows = store::mentors(&app.db, viewer.organisation, &q, &after, limit.and_one()).await?;
    Ok(Json(Page::of(rows, limit, cursor, mentor)))
}

/// Where a page of a list of people begins.
fn place(after: Option<&Cursor>) -> Result<After, Problems> {
    let parse = |text: &str| Some(After::parse(text)).filter(After::is_somewhere);
    Ok(Cursor::read(after, parse)?.unwrap_or_default())
}

fn cursor(row: &Listed) -> Cursor {
    Cursor::new(After::of(row.id.0, &row.sort))
}

fn mentor(row: Listed) -> Mentor {
    let Listed { id, name, address: email, title, unit, place, capacity: seats, .. } = row;
    Mentor { id, name, email, title, unit, place, seats }
}

async fn everybody(
    State(app): State<App>,
    viewer: Viewer,
    Params(asked): Params<PeopleAsked>,
) -> Result<Json<Page<Listing>>, Failed> {
    let (after, limit) = (place(asked.after.as_ref())?, asked.limit.unwrap_or_default());
    let (q, part) = (asked.q.unwrap_or_default(), asked.part.map_or("", Part::code));
    let rows = store::everybody(&app.db, viewer.organisation, &q, part, &after, limit.and_one()).await?;
    Ok(Json(Page::of(rows, limit, cursor, |row| {
        let parts = row.notes.iter().filter_map(|code| Part::parse(code)).collect();
        let Listed { id, name, address: email, title, unit, place, post, capacity: seats, has_account, .. } = row;
        Listing { id, name, email, title, unit, place, post, seats, parts, has_account }
    })))
}

async fn add(State(app): State<App>, viewer: Viewer, Json(new): Json<NewPerson>) -> Result<Created<Person>, Failed> {
    let mut form = Form::default();
    form.set("address", vec![new.email.clone()]);
    form.set("name", vec![new.name.clone()]);
    new.fill(&mut form);
    let id = actions::add(&app, &viewer, &form).await.map_err(in_our_words)?;
    let Json(body) = the_person(&app, &viewer, id).await?;
    Ok(Created { at: format!("/api/people/{id}"), body })
}

async fn person(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>) -> Result<Json<Person>, Failed> {
    the_person(&app, &viewer, id).await
}

async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<PersonId>,
    Json(change): Json<PersonChange>,
) -> Result<Json<Person>, Failed> {
    let (_, record) = editable(&app, &viewer, id).await?;
    let mut form = form_of(&record, viewer.lang);
    if let Some(name) = &change.name {
        form.set("name", vec![name.clone()]);
    }
    change.fill(&mut form);
    actions::edit(&app, &viewer, id, change.version, &form).await.map_err(in_our_words)?;
    the_person(&app, &viewer, id).await
}

/// Problems name fields as a form does; the API has its own names for some of them.
fn in_our_words(failure: Failure) -> Failure {
    let Failure::Problems(problems) = failure else { return failure };
    let mut ours = Problems::default();
    for problem in problems.iter() {
        let field = match problem.field.as_ref() {
            "address" => "email".into(),
            "capacity" => "seats".into(),
            "external-id" => "external_id".into(),
            _ => problem.field.clone(),
        };
        ours.add(field, problem.message.clone());
    }
    ours.into()
}

async fn the_person(app: &App, viewer: &Viewer, id: PersonId) -> Result<Json<Person>, Failed> {
    let (core, record) = readable(app, viewer, id).await?;
    Ok(Json(told_to(viewer, &core, record)))
}

/// What this viewer sees of a person.
fn told_to(viewer: &Viewer, core: &PersonCore, record: Record) -> Person {
    let of_person = identity::Record::of_person(core);
    let sees_post = viewer.person == core.id || viewer.may(Act::ReadNominations, &of_person);
    let sees_own = viewer.may(Act::EditProfile, &of_person);
    let draft = record.draft;
    let own = Own {
        mentee: draft.roles.mentee,
        wanted: draft.wanted.iter().map(Competency::of).collect(),
        seats: draft.capacity,
        manager: draft.manager,
        external_id: draft.external_id,
        zone: draft.zone,
        version: record.version,
    };
    Person {
        id: core.id,
        name: draft.name,
        email: draft.address,
        title: draft.title,
        unit: draft.unit,
        place: draft.place,
        languages: draft.languages,
        biography: draft.biography,
        mentor: draft.roles.mentor,
        held: draft.held.iter().map(Competency::of).collect(),
        post: draft.post.filter(|_| sees_post),
        own: Some(own).filter(|_| sees_own),
    }
}
