//! JSON doors to programmes, editions and enrolments: for coordinators, and one's own for whoever takes part.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::enrolments::actions::{self as enrolling, Group, Students};
use super::enrolments::store::{self as enrolments, After, Filter, Listed};
use super::model::{
    Counted, Course, CreditKind, Edition, EditionId, Enrolment, EnrolmentId, Phase, Programme, ProgrammeId, Standing,
    Step, Track, Way,
};
use super::working_days::WEEKDAYS;
use super::{actions, forms, store};
use crate::app::App;
use crate::frameworks::FrameworkVersionId;
use crate::identity::{self, Act, PersonId, Record, TokenScope, Viewer};
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::web::{
    Created, Cursor, Day, Door, Failed, Form, Instant, Json, Limit, Page, Params, Path, Tag, Told, Whole, told,
};

const PROGRAMMES: Tag = Tag { name: "programmes", about: "Programmes, and their editions with what they are run by." };
const ENROLMENTS: Tag =
    Tag { name: "enrolments", about: "Who takes part in which edition, on which side, and how they stand." };

pub(super) fn doors() -> Vec<Door> {
    [of_editions(), of_enrolments(), own()].concat()
}

fn of_editions() -> Vec<Door> {
    let (read, write) =
        ((Act::ManageProgrammes, TokenScope::ProgrammesRead), (Act::ManageProgrammes, TokenScope::ProgrammesWrite));
    let step = |id, summary, detail| Told { id, tag: PROGRAMMES, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/programmes",
            read,
            step(
                "list_programmes",
                "Programmes and their editions",
                "For coordinators: a line for each edition, the newest first, and one for each programme without any.",
            ),
            programmes,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/programmes",
            write,
            step(
                "add_programme",
                "Set a programme up with its first edition",
                "For coordinators. The edition is still being set up: nobody is asked or enrolled before it is opened.",
            ),
            set_up,
        ),
        Door::program(
            MethodFilter::PATCH,
            "/api/programmes/{id}",
            write,
            step(
                "rename_programme",
                "Rename a programme",
                "For coordinators. `version` is the one that was read; if somebody renamed it since, nothing is done (409).",
            ),
            rename,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/programmes/{id}/editions",
            write,
            step(
                "add_edition",
                "Add a further edition",
                "For coordinators. It begins with the settings of the last one.",
            ),
            follow,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/editions/{id}",
            read,
            step("read_edition", "One edition", "For coordinators: with its calendar, clocks and settings."),
            edition,
        ),
        Door::program(
            MethodFilter::PATCH,
            "/api/editions/{id}",
            write,
            step(
                "change_edition",
                "Change an edition",
                "For coordinators. A field that is left out stays as it is. `version` is the one that was read; if somebody changed \
                 the edition since, nothing is done (409).",
            ),
            change,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/editions/{id}/open",
            write,
            step("open_edition", "Open an edition", "For coordinators: from now on people are asked and enrolled."),
            open,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/editions/{id}/close",
            write,
            step(
                "close_edition",
                "Close an edition",
                "For coordinators: nobody is asked, enrolled or withdrawn any more.",
            ),
            close,
        ),
    ]
}

fn of_enrolments() -> Vec<Door> {
    let (read, write) =
        ((Act::ManageProgrammes, TokenScope::ProgrammesRead), (Act::ManageProgrammes, TokenScope::ProgrammesWrite));
    let step = |id, summary, detail| Told { id, tag: ENROLMENTS, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/editions/{id}/enrolments",
            read,
            step("list_enrolments", "The enrolments of an edition", "For coordinators, in the order of names."),
            list,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/editions/{id}/enrolments",
            write,
            step(
                "enrol",
                "Enrol people",
                "For coordinators: those of the named whose profile says that they stand on that side, and who were never in the \
                 edition's list on it. Mentees for whom there is no place wait.",
            ),
            enrol,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/editions/{id}/invitations",
            write,
            step(
                "invite",
                "Nominate or invite people",
                "For coordinators. They are written to, and accept or decline. With a post it is a nomination.",
            ),
            invite,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/editions/{id}/fallbacks",
            write,
            step(
                "name_fallbacks",
                "Name who stands in for students without a mentor",
                "For coordinators: a faculty member of the organisation or of the edition, for up to a hundred students or for all who \
                 have neither a mentor nor somebody who stands in.",
            ),
            name_fallbacks,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/enrolments/{id}",
            read,
            step("read_enrolment", "One enrolment", "For coordinators."),
            one,
        ),
        Door::program(
            MethodFilter::PATCH,
            "/api/enrolments/{id}",
            write,
            step(
                "change_enrolment",
                "Change what an enrolment says beside the standing",
                "For coordinators: a mentor's seats in this edition, a mentee's post, and the faculty member who stands in. A field that \
                 is left out stays as it is, null empties it. `version` is the one that was read; if somebody changed the enrolment \
                 since, nothing is done (409).",
            ),
            change_one,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/enrolments/{id}/step",
            write,
            step(
                "step_enrolment",
                "Admit, refuse, put on the waiting list or withdraw somebody",
                "For coordinators. Where the step leads nowhere from where they stand, or somebody changed it since, nothing is \
                 done (409).",
            ),
            take_step,
        ),
    ]
}

fn own() -> Vec<Door> {
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/enrolments",
            (Act::TakePart, TokenScope::OwnRead),
            Told {
                id: "list_own_enrolments",
                tag: ENROLMENTS,
                summary: "Where one stands oneself",
                detail: "In each edition that has been opened, the newest first; at most a hundred.",
            },
            own_list,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/enrolments",
            (Act::TakePart, TokenScope::OwnWrite),
            Told {
                id: "apply",
                tag: ENROLMENTS,
                summary: "Apply for an edition",
                detail: "For an open edition that takes applications; a coordinator answers. Who applied or takes part already stays \
                         as they stand (409).",
            },
            apply,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/enrolments/{id}/step",
            (Act::TakePart, TokenScope::OwnWrite),
            Told {
                id: "step_own_enrolment",
                tag: ENROLMENTS,
                summary: "Accept, decline or withdraw",
                detail: "One's own enrolment. Where the step leads nowhere from where one stands, or somebody changed it since, \
                         nothing is done (409).",
            },
            own_step,
        ),
    ]
}

#[derive(Deserialize, JsonSchema)]
struct ProgrammesAsked {
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

#[derive(Deserialize, JsonSchema)]
struct EnrolmentsAsked {
    /// A part of the name or address.
    #[serde(default)]
    q: Option<String>,
    /// Only those on this side.
    #[serde(default)]
    side: Option<Side>,
    /// Only those who stand so.
    #[serde(default)]
    standing: Option<Standing>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

/// A programme, with one of its editions where it has any.
#[derive(Serialize, JsonSchema)]
struct ProgrammeLine {
    id: ProgrammeId,
    name: String,
    track: Track,
    /// Goes up with each change of the name; `rename_programme` wants it.
    version: i64,
    edition: Option<EditionLine>,
}

/// An edition in a list.
#[derive(Serialize, JsonSchema)]
struct EditionLine {
    id: EditionId,
    name: String,
    #[schemars(with = "Day")]
    starts_on: Date,
    #[schemars(with = "Day")]
    ends_on: Date,
    phase: Phase,
}

/// What mentoring is worth in a degree.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Course")]
struct CourseTold {
    name: String,
    credit: CreditKind,
    /// In tenths of a credit: 60 is 6 credits.
    tenths_of_credit: Whole<1, 10_000>,
    hours_per_credit: Whole<1, 1000>,
    /// Whether it is an external placement with paperwork of its own.
    external_placement: bool,
}

/// An edition with what it is run by.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Edition")]
struct EditionTold {
    id: EditionId,
    programme: ProgrammeId,
    programme_name: String,
    track: Track,
    name: String,
    #[schemars(with = "Day")]
    starts_on: Date,
    #[schemars(with = "Day")]
    ends_on: Date,
    phase: Phase,
    /// The version of the framework that it keeps.
    framework: Option<FrameworkVersionId>,
    /// The zone in which its days are counted.
    zone: String,
    /// The days of the week that are worked.
    weekdays: Vec<Weekday>,
    #[schemars(with = "Vec<Day>")]
    holidays: Vec<Date>,
    /// How many mentees there is room for; null where nobody counts.
    places: Option<u32>,
    /// Whether people may apply by themselves.
    applications: bool,
    /// What mentoring is worth in a degree; null on the promotion track.
    course: Option<CourseTold>,
    /// The clocks, in days unless the name says otherwise.
    clocks: BTreeMap<&'static str, u32>,
    /// What the clocks count that run from when somebody accepted or two began.
    clocks_count: Counted,
    /// Whether the orientation stands before the first meeting.
    orientation_first: bool,
    /// How many working days a mentor has to answer a proposal.
    mentor_days: u32,
    mentee_days: u32,
    /// Goes up with each change.
    version: i64,
}

#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

const DAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// A programme and its first edition.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "name": "Futuros directivos", "track": "promotion", "edition": "2027", "starts_on": "2027-01-11", "ends_on": "2027-12-17",
}))]
struct NewProgramme {
    name: String,
    track: Track,
    /// The name of the edition.
    edition: String,
    #[schemars(with = "Day")]
    starts_on: Date,
    #[schemars(with = "Day")]
    ends_on: Date,
    /// For the degree track.
    #[serde(default)]
    course: Option<CourseTold>,
}

/// A programme's new name.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ProgrammeChange {
    /// The version that was read.
    version: i64,
    name: String,
}

/// A programme.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Programme")]
struct ProgrammeTold {
    id: ProgrammeId,
    name: String,
    track: Track,
    /// Goes up with each change; `rename_programme` wants it.
    version: i64,
}

/// A further edition.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewEdition {
    name: String,
    #[schemars(with = "Day")]
    starts_on: Date,
    #[schemars(with = "Day")]
    ends_on: Date,
}

/// What is to be changed of an edition.
#[expect(clippy::option_option, reason = "what is left out stays, null empties")]
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EditionChange {
    /// The version that was read.
    version: i64,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    #[schemars(with = "Option<Day>")]
    starts_on: Option<Date>,
    #[serde(default)]
    #[schemars(with = "Option<Day>")]
    ends_on: Option<Date>,
    /// One of the organisation's; an edition that has been opened keeps the one with which it began.
    #[serde(default, deserialize_with = "told")]
    framework: Option<Option<FrameworkVersionId>>,
    #[serde(default)]
    zone: Option<String>,
    #[serde(default)]
    weekdays: Option<Vec<Weekday>>,
    #[serde(default)]
    #[schemars(with = "Option<Vec<Day>>")]
    holidays: Option<Vec<Date>>,
    #[serde(default, deserialize_with = "told")]
    places: Option<Option<u32>>,
    #[serde(default)]
    applications: Option<bool>,
    #[serde(default)]
    course: Option<CourseTold>,
    #[serde(default)]
    clocks: Option<Clocks>,
    #[serde(default)]
    clocks_count: Option<Counted>,
    #[serde(default)]
    orientation_first: Option<bool>,
    #[serde(default)]
    mentor_days: Option<u32>,
    #[serde(default)]
    mentee_days: Option<u32>,
}

/// Clocks to be set, in days unless the name says otherwise.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Clocks {
    #[serde(default)]
    assigned_within: Option<u32>,
    #[serde(default)]
    first_meeting_within: Option<u32>,
    #[serde(default)]
    first_pulse_after: Option<u32>,
    #[serde(default)]
    pulse_every: Option<u32>,
    #[serde(default)]
    midpoint_after: Option<u32>,
    #[serde(default)]
    closure_before_end: Option<u32>,
    #[serde(default)]
    follow_up_after_months: Option<u32>,
}

/// An edition as it was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EditionRead {
    version: i64,
}

/// Somebody's place in an edition.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Enrolment")]
struct EnrolmentTold {
    id: EnrolmentId,
    edition: EditionId,
    person: PersonId,
    name: String,
    email: String,
    side: Side,
    standing: Standing,
    way: Way,
    /// Why they stand where they stand; read by the person and the coordinator.
    reason: Option<String>,
    post: Option<String>,
    nominated_by: Option<String>,
    /// How many mentees they take in this edition; null where the profile says.
    seats: Option<u32>,
    /// The name of the faculty member who stands in where no mentor is found.
    fallback: Option<String>,
    #[schemars(with = "Instant")]
    changed_at: Timestamp,
    /// Goes up with each change.
    version: i64,
}

/// Where one stands oneself.
#[derive(Serialize, JsonSchema)]
struct OwnEnrolment {
    id: EnrolmentId,
    edition: EditionId,
    edition_name: String,
    programme_name: String,
    #[schemars(with = "Day")]
    starts_on: Date,
    #[schemars(with = "Day")]
    ends_on: Date,
    side: Side,
    standing: Standing,
    reason: Option<String>,
    version: i64,
}

/// One's own enrolments.
#[derive(Serialize, JsonSchema)]
struct OwnEnrolments {
    items: Vec<OwnEnrolment>,
}

/// People to be enrolled.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ToEnrol {
    side: Side,
    #[schemars(length(min = 1, max = 1000))]
    people: Vec<PersonId>,
    /// Whether they are written to.
    #[serde(default)]
    tell: bool,
}

/// How many were added.
#[derive(Serialize, JsonSchema)]
struct Enrolled {
    added: u64,
}

/// People to be asked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ToInvite {
    side: Side,
    /// Addresses.
    #[schemars(length(min = 1, max = 100))]
    people: Vec<String>,
    /// The post for which they are nominated.
    #[serde(default)]
    post: Option<String>,
    /// The address of whoever nominates them; oneself if nothing is said.
    #[serde(default)]
    nominated_by: Option<String>,
}

/// What came of it.
#[derive(Serialize, JsonSchema)]
struct Invited {
    asked: usize,
    /// They were in the list already, and stand as they stood.
    known: usize,
}

/// Who is to stand in, and for whom.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ToStandIn {
    fallback: PersonId,
    /// The enrolments of the students; all who are without if nothing is said.
    #[serde(default)]
    #[schemars(length(max = 100))]
    students: Option<Vec<EnrolmentId>>,
}

/// For how many somebody was named.
#[derive(Serialize, JsonSchema)]
struct StoodIn {
    named: u64,
}

/// What a coordinator does about a standing.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CoordinatorStep {
    /// The version that was read.
    version: i64,
    step: CoordinatorVerb,
    /// Read by the person and the coordinator.
    #[serde(default)]
    reason: Option<String>,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum CoordinatorVerb {
    Admit,
    Refuse,
    Wait,
    Withdraw,
}

/// What is to be changed of an enrolment.
#[expect(clippy::option_option, reason = "what is left out stays, null empties")]
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EnrolmentChange {
    /// The version that was read.
    version: i64,
    /// How many mentees they take in this edition; null where the profile says.
    #[serde(default, deserialize_with = "told")]
    seats: Option<Option<u32>>,
    #[serde(default, deserialize_with = "told")]
    post: Option<Option<String>>,
    /// A faculty member of the organisation or of the edition.
    #[serde(default, deserialize_with = "told")]
    fallback: Option<Option<PersonId>>,
}

/// What one applies for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Application {
    edition: EditionId,
    side: Side,
}

/// What one does about one's own standing.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OwnStep {
    /// The version that was read.
    version: i64,
    step: OwnVerb,
    /// Read by oneself and the coordinator.
    #[serde(default)]
    reason: Option<String>,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum OwnVerb {
    Accept,
    Decline,
    Withdraw,
}

async fn programmes(
    State(app): State<App>,
    viewer: Viewer,
    Params(asked): Params<ProgrammesAsked>,
) -> Result<Json<Page<ProgrammeLine>>, Failed> {
    // Dates hold hyphens and identifiers too; a dot stands in neither.
    let place = |text: &str| {
        let (date, id) = text.split_once('.')?;
        (date.is_empty() || date.parse::<Date>().is_ok()).then_some((date.to_owned(), id.parse::<Uuid>().ok()?))
    };
    let (after, limit) = (Cursor::read(asked.after.as_ref(), place)?, asked.limit.unwrap_or_default());
    let rows = store::lines(&app.db, viewer.organisation, after, limit.and_one()).await?;
    let cursor = |line: &store::Line| Cursor::new(format!("{}.{}", line.place.0, line.place.1));
    Ok(Json(Page::of(rows, limit, cursor, |line| ProgrammeLine {
        id: line.programme,
        name: line.programme_name,
        track: line.track,
        version: line.version,
        edition: line.edition.map(|(id, name, starts_on, ends_on, phase)| EditionLine {
            id,
            name,
            starts_on,
            ends_on,
            phase,
        }),
    })))
}

fn form(fields: Vec<(&str, String)>) -> Form {
    Form::new(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

async fn set_up(
    State(app): State<App>,
    viewer: Viewer,
    Json(new): Json<NewProgramme>,
) -> Result<Created<EditionTold>, Failed> {
    let mut fields = vec![
        ("programme", new.name),
        ("track", new.track.code().to_owned()),
        ("name", new.edition),
        ("starts-on", new.starts_on.to_string()),
        ("ends-on", new.ends_on.to_string()),
    ];
    fields.extend(new.course.iter().flat_map(|course| course.fields(&viewer)));
    let id = actions::set_up(&app, &viewer, &form(fields)).await.map_err(|failure| in_our_words(failure, "edition"))?;
    made(&app, &viewer, id).await
}

async fn rename(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<ProgrammeId>,
    Json(change): Json<ProgrammeChange>,
) -> Result<Json<ProgrammeTold>, Failed> {
    let renamed = actions::rename(&app, &viewer, id, change.version, &form(vec![("programme", change.name)])).await;
    let Programme { id, name, track, version, .. } = renamed.map_err(|failure| in_our_words(failure, "edition"))?;
    Ok(Json(ProgrammeTold { id, name, track, version }))
}

async fn follow(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<ProgrammeId>,
    Json(new): Json<NewEdition>,
) -> Result<Created<EditionTold>, Failed> {
    let fields =
        vec![("name", new.name), ("starts-on", new.starts_on.to_string()), ("ends-on", new.ends_on.to_string())];
    let id =
        actions::follow(&app, &viewer, id, &form(fields)).await.map_err(|failure| in_our_words(failure, "name"))?;
    made(&app, &viewer, id).await
}

async fn made(app: &App, viewer: &Viewer, id: EditionId) -> Result<Created<EditionTold>, Failed> {
    Ok(Created {
        at: format!("/api/editions/{id}"),
        body: EditionTold::of(actions::managed(&app.db, viewer, id).await?),
    })
}

async fn edition(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
) -> Result<Json<EditionTold>, Failed> {
    Ok(Json(EditionTold::of(actions::managed(&app.db, &viewer, id).await?)))
}

async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Json(change): Json<EditionChange>,
) -> Result<Json<EditionTold>, Failed> {
    let mut form = forms::of_edition(&actions::managed(&app.db, &viewer, id).await?, viewer.lang);
    change.fill(&mut form, &viewer);
    let changed = actions::save_settings(&app, &viewer, id, change.version, &form).await;
    changed.map_err(|failure| in_our_words(failure, "name"))?;
    edition(State(app), viewer, Path(id)).await
}

async fn open(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Json(read): Json<EditionRead>,
) -> Result<Json<EditionTold>, Failed> {
    actions::open_edition(&app, &viewer, id, read.version).await?;
    edition(State(app), viewer, Path(id)).await
}

async fn close(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Json(read): Json<EditionRead>,
) -> Result<Json<EditionTold>, Failed> {
    actions::close_edition(&app, &viewer, id, read.version).await?;
    edition(State(app), viewer, Path(id)).await
}

/// Problems name fields as a form does; the API has its own names. What the form calls `name` is the edition's.
fn in_our_words(failure: Failure, name: &'static str) -> Failure {
    let Failure::Problems(problems) = failure else { return failure };
    let mut ours = Problems::default();
    for problem in problems.iter() {
        let field = match problem.field.as_ref() {
            "name" => name.to_owned(),
            "programme" => "name".to_owned(),
            "capacity" => "seats".to_owned(),
            "student" => "students".to_owned(),
            field => field.replace('-', "_"),
        };
        ours.add(field, problem.message.clone());
    }
    ours.into()
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Params(asked): Params<EnrolmentsAsked>,
) -> Result<Json<Page<EnrolmentTold>>, Failed> {
    let edition = actions::managed(&app.db, &viewer, id).await?;
    let parse = |text: &str| Some(After::parse(text)).filter(After::is_somewhere);
    let after = Cursor::read(asked.after.as_ref(), parse)?.unwrap_or_else(|| After::parse(""));
    let limit = asked.limit.unwrap_or_default();
    let sought = identity::sought(&app, edition.organisation, &asked.q.unwrap_or_default()).await?;
    let filter = Filter {
        sought: &sought,
        side: asked.side.map_or("", Side::code),
        standing: asked.standing.map_or("", Standing::code),
    };
    let rows = enrolments::list(&app.db, &edition, &filter, &after, limit.and_one()).await?;
    Ok(Json(Page::of(rows, limit, |row| Cursor::new(After::of(row)), EnrolmentTold::of)))
}

async fn enrol(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Json(to_enrol): Json<ToEnrol>,
) -> Result<Json<Enrolled>, Failed> {
    let group = Group::These { sides: vec![to_enrol.side], people: to_enrol.people.into_iter().collect() };
    Ok(Json(Enrolled { added: enrolling::take_in(&app, &viewer, id, &group, to_enrol.tell).await? }))
}

async fn invite(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Json(to_invite): Json<ToInvite>,
) -> Result<Json<Invited>, Failed> {
    let fields = vec![
        ("side", to_invite.side.code().to_owned()),
        ("people", to_invite.people.join("\n")),
        ("post", to_invite.post.unwrap_or_default()),
        ("nominated-by", to_invite.nominated_by.unwrap_or_default()),
    ];
    let asked = enrolling::ask(&app, &viewer, id, &form(fields)).await;
    let asked = asked.map_err(|failure| in_our_words(failure, "name"))?;
    Ok(Json(Invited { asked: asked.asked, known: asked.known }))
}

async fn name_fallbacks(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Json(asked): Json<ToStandIn>,
) -> Result<Json<StoodIn>, Failed> {
    let students = asked.students.map_or(Students::Without, Students::These);
    let named = enrolling::set_fallbacks(&app, &viewer, id, students, &asked.fallback.to_string()).await;
    Ok(Json(StoodIn { named: named.map_err(|failure| in_our_words(failure, "name"))? }))
}

async fn one(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EnrolmentId>,
) -> Result<Json<EnrolmentTold>, Failed> {
    let listed = enrolments::listed(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    actions::may(&viewer, &Record::of_organisation(listed.enrolment.organisation))?;
    Ok(Json(EnrolmentTold::of(listed)))
}

async fn change_one(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EnrolmentId>,
    Json(change): Json<EnrolmentChange>,
) -> Result<Json<EnrolmentTold>, Failed> {
    let said = [
        ("capacity", change.seats.map(|seats| seats.map(|seats| seats.to_string()).unwrap_or_default())),
        ("post", change.post.map(Option::unwrap_or_default)),
        ("fallback", change.fallback.map(|person| person.map(|person| person.to_string()).unwrap_or_default())),
    ];
    let fields = said.into_iter().filter_map(|(field, said)| Some((field, said?)));
    let changed = enrolling::set_details(&app, &viewer, id, change.version, &form(fields.collect())).await;
    changed.map_err(|failure| in_our_words(failure, "name"))?;
    one(State(app), viewer, Path(id)).await
}

async fn take_step(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EnrolmentId>,
    Json(taken): Json<CoordinatorStep>,
) -> Result<Json<EnrolmentTold>, Failed> {
    let step = match taken.step {
        CoordinatorVerb::Admit => Step::Admit,
        CoordinatorVerb::Refuse => Step::Refuse,
        CoordinatorVerb::Wait => Step::Wait,
        CoordinatorVerb::Withdraw => Step::Withdraw,
    };
    let enrolment = enrolments::enrolment(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    actions::may(&viewer, &Record::of_organisation(enrolment.organisation))?;
    enrolling::step(&app, &viewer, id, taken.version, step, &taken.reason.unwrap_or_default()).await?;
    one(State(app), viewer, Path(id)).await
}

async fn own_list(State(app): State<App>, viewer: Viewer) -> Result<Json<OwnEnrolments>, Failed> {
    let places = enrolments::of_person(&app.db, viewer.organisation, viewer.person).await?;
    let items = places.into_iter().map(|(enrolment, place)| OwnEnrolment::of(enrolment, place)).collect();
    Ok(Json(OwnEnrolments { items }))
}

async fn apply(
    State(app): State<App>,
    viewer: Viewer,
    Json(application): Json<Application>,
) -> Result<Json<OwnEnrolment>, Failed> {
    let id = enrolling::apply(&app, &viewer, application.edition, application.side).await?;
    own_one(&app, &viewer, id).await
}

async fn own_one(app: &App, viewer: &Viewer, id: EnrolmentId) -> Result<Json<OwnEnrolment>, Failed> {
    let places = enrolments::of_person(&app.db, viewer.organisation, viewer.person).await?;
    let own = places.into_iter().find(|(enrolment, _)| enrolment.id == id).ok_or(Refusal::NotFound)?;
    Ok(Json(OwnEnrolment::of(own.0, own.1)))
}

async fn own_step(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EnrolmentId>,
    Json(taken): Json<OwnStep>,
) -> Result<Json<OwnEnrolment>, Failed> {
    let step = match taken.step {
        OwnVerb::Accept => Step::Accept,
        OwnVerb::Decline => Step::Decline,
        OwnVerb::Withdraw => Step::Withdraw,
    };
    let enrolment = enrolments::enrolment(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if enrolment.person != viewer.person {
        return Err(Refusal::NotFound.into());
    }
    enrolling::step(&app, &viewer, id, taken.version, step, &taken.reason.unwrap_or_default()).await?;
    own_one(&app, &viewer, id).await
}

impl CourseTold {
    fn of(course: &Course) -> Self {
        Self {
            name: course.name.clone(),
            credit: course.credit,
            tenths_of_credit: Whole(course.tenths_of_credit),
            hours_per_credit: Whole(course.hours_per_credit),
            external_placement: course.external_placement,
        }
    }

    /// As a form has it.
    fn fields(&self, viewer: &Viewer) -> Vec<(&'static str, String)> {
        forms::of_course(
            &Course {
                name: self.name.clone(),
                credit: self.credit,
                tenths_of_credit: self.tenths_of_credit.0,
                hours_per_credit: self.hours_per_credit.0,
                external_placement: self.external_placement,
            },
            viewer.lang,
        )
    }
}

impl EditionTold {
    fn of(edition: Edition) -> Self {
        let phase = edition.phase();
        let settings = edition.settings;
        let (calendar, clocks) = (settings.calendar, settings.clocks);
        let worked = DAYS.into_iter().zip(calendar.weekdays).filter(|(_, is_worked)| *is_worked);
        Self {
            id: edition.id,
            programme: edition.programme,
            programme_name: edition.programme_name,
            track: edition.track,
            name: edition.name,
            starts_on: edition.starts_on,
            ends_on: edition.ends_on,
            phase,
            framework: edition.framework,
            zone: calendar.zone,
            weekdays: worked.map(|(day, _)| day).collect(),
            holidays: calendar.holidays.into_iter().collect(),
            places: settings.places,
            applications: settings.applications,
            course: settings.course.as_ref().map(CourseTold::of),
            clocks: BTreeMap::from([
                ("assigned_within", clocks.assigned_within),
                ("first_meeting_within", clocks.first_meeting_within),
                ("first_pulse_after", clocks.first_pulse_after),
                ("pulse_every", clocks.pulse_every),
                ("midpoint_after", clocks.midpoint_after),
                ("closure_before_end", clocks.closure_before_end),
                ("follow_up_after_months", clocks.follow_up_after_months),
            ]),
            clocks_count: clocks.counted,
            orientation_first: clocks.orientation_before_first_meeting,
            mentor_days: settings.consent.mentor_days,
            mentee_days: settings.consent.mentee_days,
            version: edition.version,
        }
    }
}

impl EditionChange {
    /// Writes what was said into the form that a coordinator would fill in.
    fn fill(&self, form: &mut Form, viewer: &Viewer) {
        let days = |dates: &Vec<Date>| dates.iter().map(Date::to_string).collect::<Vec<_>>().join("\n");
        let number = |number: &Option<u32>| number.map(|number| number.to_string());
        let clocks = self.clocks.as_ref();
        let clock = |of: fn(&Clocks) -> Option<u32>| clocks.and_then(of).map(|days| days.to_string());
        let said: [(&str, Option<String>); 17] = [
            ("name", self.name.clone()),
            ("starts-on", self.starts_on.map(|date| date.to_string())),
            ("ends-on", self.ends_on.map(|date| date.to_string())),
            ("framework", self.framework.map(|version| version.map(|version| version.to_string()).unwrap_or_default())),
            ("zone", self.zone.clone()),
            ("holidays", self.holidays.as_ref().map(days)),
            ("places", self.places.map(|places| number(&places).unwrap_or_default())),
            ("mentor-days", number(&self.mentor_days)),
            ("mentee-days", number(&self.mentee_days)),
            ("counted", self.clocks_count.map(|counted| counted.code().to_owned())),
            ("assigned-within", clock(|clocks| clocks.assigned_within)),
            ("first-meeting-within", clock(|clocks| clocks.first_meeting_within)),
            ("first-pulse-after", clock(|clocks| clocks.first_pulse_after)),
            ("pulse-every", clock(|clocks| clocks.pulse_every)),
            ("midpoint-after", clock(|clocks| clocks.midpoint_after)),
            ("closure-before-end", clock(|clocks| clocks.closure_before_end)),
            ("follow-up-after-months", clock(|clocks| clocks.follow_up_after_months)),
        ];
        for (field, value) in said {
            if let Some(value) = value {
                form.set(field, vec![value]);
            }
        }
        for (field, value) in [("applications", self.applications), ("reads-first", self.orientation_first)] {
            if let Some(is_on) = value {
                form.set(field, if is_on { vec!["yes".to_owned()] } else { Vec::new() });
            }
        }
        if let Some(days) = &self.weekdays {
            form.set("weekdays", days.iter().map(|day| WEEKDAYS[*day as usize].1.to_owned()).collect());
        }
        for (field, value) in self.course.iter().flat_map(|course| course.fields(viewer)) {
            form.set(field, vec![value]);
        }
    }
}

impl EnrolmentTold {
    fn of(listed: Listed) -> Self {
        let enrolment = listed.enrolment;
        Self {
            id: enrolment.id,
            edition: enrolment.edition,
            person: enrolment.person,
            name: listed.name,
            email: listed.address,
            side: enrolment.side,
            standing: enrolment.standing,
            way: enrolment.way,
            reason: enrolment.reason,
            post: enrolment.post,
            nominated_by: listed.nominator,
            seats: enrolment.capacity,
            fallback: listed.fallback,
            changed_at: enrolment.changed_at,
            version: enrolment.version,
        }
    }
}

impl OwnEnrolment {
    fn of(enrolment: Enrolment, place: enrolments::Place) -> Self {
        Self {
            id: enrolment.id,
            edition: enrolment.edition,
            edition_name: place.edition_name,
            programme_name: place.programme_name,
            starts_on: place.starts_on,
            ends_on: place.ends_on,
            side: enrolment.side,
            standing: enrolment.standing,
            reason: enrolment.reason,
            version: enrolment.version,
        }
    }
}
