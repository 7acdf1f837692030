//! Doors to people: the directory, everybody, nominations, a person's page and its form.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde::Deserialize;

use super::actions;
use super::columns::{Column, Visibility};
use super::forms::Editor;
use super::model::CompetencyLevel;
use super::store::{self, Listed, ON_A_PAGE, Record};
use crate::app::App;
use crate::db::After;
use crate::i18n::{Lang, Message};
use crate::identity::{self, Act, Part, PersonCore, PersonId, Scope, Viewer};
use crate::problems::{Failure, Problems, Refusal};
use crate::sheets::{Cell, Table};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, download, page, see_other, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let coordinator = Who::May(Act::ManagePeople);
    vec![
        Door::get("/mentors", Who::May(Act::ReadDirectory), mentors),
        Door::get("/mentors/export", Who::May(Act::ReadDirectory), export_mentors),
        Door::get("/nominations", Who::May(Act::ReadNominations), nominations),
        Door::get("/nominations/export", Who::May(Act::ReadNominations), export_nominations),
        Door::get("/profile", Who::May(Act::UseAccount), profile),
        Door::get("/people", coordinator, everybody),
        Door::get("/people/export", coordinator, export_everybody),
        Door::get("/people/new", coordinator, new_form),
        Door::post("/people/new", coordinator, add),
        Door::get("/people/{id}", Who::May(Act::ReadDirectory), person),
        Door::get("/people/{id}/edit", Who::May(Act::EditProfile), edit_form),
        Door::post("/people/{id}/edit", Who::May(Act::EditProfile), edit),
        Door::post("/people/{id}/parts", coordinator, set_parts),
        Door::post("/people/{id}/invite", coordinator, invite),
    ]
}

const MOST_EXPORTED: usize = 100_000;

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub part: String,
    #[serde(default)]
    pub after: String,
    #[serde(default)]
    form: String,
}

/// Which of the lists: its words and what a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Mentors,
    Everybody,
    Nominations,
}

impl Kind {
    fn path(self) -> &'static str {
        match self {
            Self::Mentors => "/mentors",
            Self::Everybody => "/people",
            Self::Nominations => "/nominations",
        }
    }

    fn key(self, rest: &str) -> String {
        match self {
            Self::Mentors => format!("people-mentors-{rest}"),
            Self::Everybody => format!("people-everybody-{rest}"),
            Self::Nominations => format!("people-nominations-{rest}"),
        }
    }
}

#[derive(Template)]
#[template(path = "people/list.html")]
struct ListPage {
    s: Shell,
    kind: Kind,
    search: Search,
    rows: Vec<Listed>,
    more: Option<String>,
}

impl ListPage {
    fn word(&self, rest: &str) -> String {
        self.s.t(&self.kind.key(rest))
    }

    fn notes(&self, row: &Listed) -> String {
        let lang = self.s.lang;
        match self.kind {
            Kind::Everybody => parts_text(&row.notes, lang),
            Kind::Mentors | Kind::Nominations => row.notes.join(", "),
        }
    }
}

fn parts_text(codes: &[String], lang: Lang) -> String {
    let parts = codes.iter().filter_map(|code| Part::parse(code));
    parts.map(|part| lang.say(&part.key())).collect::<Vec<_>>().join(", ")
}

async fn rows(app: &App, viewer: &Viewer, kind: Kind, search: &Search, most: usize) -> Result<Vec<Listed>, Failed> {
    let (db, organisation, after) = (&app.db, viewer.organisation, After::parse(&search.after));
    Ok(match kind {
        Kind::Mentors => store::mentors(db, organisation, &search.q, &after, most).await?,
        Kind::Everybody => store::everybody(db, organisation, &search.q, &search.part, &after, most).await?,
        Kind::Nominations => store::nominated(db, organisation, &after, most).await?,
    })
}

async fn list(app: App, viewer: Viewer, kind: Kind, search: Search) -> Answer {
    let mut rows = rows(&app, &viewer, kind, &search, ON_A_PAGE + 1).await?;
    let has_more = rows.len() > ON_A_PAGE;
    rows.truncate(ON_A_PAGE);
    let more = rows.last().filter(|_| has_more).map(|last| After::of(last.id.0, &last.sort));
    page(&ListPage { s: Shell::of(&app, &viewer, kind.path()), kind, search, rows, more })
}

async fn mentors(State(app): State<App>, viewer: Viewer, Query(search): Query<Search>) -> Answer {
    list(app, viewer, Kind::Mentors, search).await
}

async fn everybody(State(app): State<App>, viewer: Viewer, Query(search): Query<Search>) -> Answer {
    list(app, viewer, Kind::Everybody, search).await
}

async fn nominations(State(app): State<App>, viewer: Viewer, Query(search): Query<Search>) -> Answer {
    list(app, viewer, Kind::Nominations, search).await
}

async fn export(app: App, viewer: Viewer, kind: Kind, search: Search) -> Answer {
    let rows = rows(&app, &viewer, kind, &search, MOST_EXPORTED).await?;
    let lang = viewer.lang;
    let columns = [Column::Name, Column::Address, Column::Title, Column::Unit, Column::Place];
    let mut headings: Vec<String> = columns.iter().map(|column| lang.tell(&column.label())).collect();
    headings.push(match kind {
        Kind::Mentors => lang.tell(&Column::Held.label()),
        Kind::Everybody => lang.say("people-parts"),
        Kind::Nominations => lang.tell(&Column::Post.label()),
    });
    let table = Table {
        title: lang.say(&kind.key("title")),
        headings,
        rows: rows
            .into_iter()
            .map(|row| {
                let last = match kind {
                    Kind::Mentors => row.notes.join("; "),
                    Kind::Everybody => parts_text(&row.notes, lang),
                    Kind::Nominations => row.post.unwrap_or_default(),
                };
                [Some(row.name), Some(row.address), row.title, row.unit, row.place, Some(last)]
                    .map(|text| Cell::Text(text.unwrap_or_default()))
                    .to_vec()
            })
            .collect(),
    };
    download(&table, &kind.path()[1..], &search.form)
}

async fn export_mentors(State(app): State<App>, viewer: Viewer, Query(search): Query<Search>) -> Answer {
    export(app, viewer, Kind::Mentors, search).await
}

async fn export_everybody(State(app): State<App>, viewer: Viewer, Query(search): Query<Search>) -> Answer {
    export(app, viewer, Kind::Everybody, search).await
}

async fn export_nominations(State(app): State<App>, viewer: Viewer, Query(search): Query<Search>) -> Answer {
    export(app, viewer, Kind::Nominations, search).await
}

async fn profile(viewer: Viewer) -> Answer {
    Ok(see_other(&format!("/people/{}", viewer.person)))
}

/// A part that the coordinator may tick.
struct PartBox {
    code: &'static str,
    name: String,
    held: bool,
}

#[derive(Template)]
#[template(path = "people/person.html")]
struct PersonPage {
    s: Shell,
    core: PersonCore,
    record: Record,
    languages: String,
    /// Attributes that the reader may see: label and values.
    attributes: Vec<(String, String)>,
    parts: Vec<PartBox>,
    problems: Problems,
    /// The person and the coordinator, who also see all that the record says.
    may_edit: bool,
    may_manage: bool,
    may_see_post: bool,
}

impl PersonPage {
    fn level(&self, level: &CompetencyLevel) -> String {
        match level.level {
            Some(number) => self
                .s
                .tell(&Message::new("people-level").with("name", level.name.as_str()).with("level", u32::from(number))),
            None => level.name.clone(),
        }
    }
}

async fn person(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>) -> Answer {
    page(&the_person(&app, &viewer, id, Problems::default()).await?)
}

/// A person whom the viewer may see: mentors are in the directory, others are not.
pub(super) async fn readable(app: &App, viewer: &Viewer, id: PersonId) -> Result<(PersonCore, Record), Failed> {
    let core = identity::person(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    let record = store::record(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    let of_person = identity::Record::of_person(&core);
    let in_directory = record.draft.roles.mentor && viewer.may(Act::ReadDirectory, &of_person);
    if !in_directory && !viewer.may(Act::ReadPerson, &of_person) {
        return Err(Refusal::NotFound.into());
    }
    Ok((core, record))
}

async fn the_person(app: &App, viewer: &Viewer, id: PersonId, problems: Problems) -> Result<PersonPage, Failed> {
    let (core, record) = readable(app, viewer, id).await?;
    let of_person = identity::Record::of_person(&core);
    let may_manage = viewer.may(Act::ManagePeople, &of_person);
    let is_own = viewer.person == id;
    let attributes = store::attributes(&app.db, core.organisation)
        .await?
        .into_iter()
        .filter(|stored| match stored.attribute.visibility {
            _ if stored.attribute.is_hidden() => false,
            Visibility::All => true,
            Visibility::Coordinator => may_manage,
            Visibility::Rules => false,
        })
        .filter_map(|stored| Some((stored.label, record.draft.attributes.get(&stored.attribute.key)?.join(", "))))
        .collect();
    let held = identity::parts_of(&app.db, id).await?;
    let parts = Part::ALL
        .into_iter()
        .filter(|part| !is_role(*part))
        .map(|part| PartBox {
            code: part.code(),
            name: viewer.lang.say(&part.key()),
            held: held.iter().any(|held| held.part == part && held.scope == Scope::Organisation),
        })
        .collect();
    Ok(PersonPage {
        s: Shell::of(app, viewer, if is_own { "/profile" } else { "/people" }),
        languages: languages(&record, viewer.lang),
        attributes,
        parts,
        problems,
        may_edit: viewer.may(Act::EditProfile, &of_person),
        may_manage,
        may_see_post: is_own || viewer.may(Act::ReadNominations, &of_person),
        core,
        record,
    })
}

/// Roles come with the profile; the form of parts leaves them alone.
fn is_role(part: Part) -> bool {
    matches!(part, Part::Mentor | Part::Mentee | Part::Host)
}

/// The name of a language, or its code where we have no name for it.
fn language(code: &str, lang: Lang) -> String {
    const NAMED: &[&str] = &["es", "en", "fr", "de", "it", "pt", "ca", "eu", "gl", "zh", "ar", "ru", "ja"];
    if NAMED.contains(&code) { lang.say(&format!("people-language-{code}")) } else { code.to_owned() }
}

fn languages(record: &Record, lang: Lang) -> String {
    record.draft.languages.iter().map(|code| language(code, lang)).collect::<Vec<_>>().join(", ")
}

#[derive(Template)]
#[template(path = "people/edit.html")]
struct EditPage {
    s: Shell,
    /// `None` for a person who is still to be added.
    id: Option<PersonId>,
    title: String,
    version: i64,
    form: Form,
    problems: Problems,
    is_coordinator: bool,
    known: Vec<String>,
    /// Set when somebody else saved meanwhile: how the record stands now.
    stands: Option<Form>,
}

impl EditPage {
    fn has_role(&self, role: &str) -> bool {
        self.form.all("roles").any(|chosen| chosen == role)
    }

    /// Each field in which the record now says something else than the form: its name, and what it says.
    fn differing(&self, stands: &Form) -> Vec<(String, String)> {
        let said = |text: &str| if text.is_empty() { "—".to_owned() } else { text.to_owned() };
        let fields = Editor::columns(if self.is_coordinator { Editor::Coordinator } else { Editor::Own });
        let mut differing: Vec<(String, String)> = fields
            .filter(|column| !is_same_text(stands.text(column.code()), self.form.text(column.code())))
            .map(|column| (self.s.tell(&column.label()), said(stands.text(column.code()))))
            .collect();
        if self.is_coordinator && !stands.all("roles").eq(self.form.all("roles")) {
            let roles = stands.all("roles").map(|role| self.s.t(&format!("people-role-{role}"))).collect::<Vec<_>>();
            differing.push((self.s.t("people-roles"), said(&roles.join(", "))));
        }
        differing
    }
}

/// A browser ends the lines of a text in its own way.
fn is_same_text(one: &str, other: &str) -> bool {
    one.lines().eq(other.lines())
}

async fn edit_form(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>) -> Answer {
    let (core, record) = editable(&app, &viewer, id).await?;
    let form = form_of(&record, viewer.lang);
    page(&the_form(&app, &viewer, Some(&core), record.version, form, Problems::default()).await?)
}

pub(super) async fn editable(app: &App, viewer: &Viewer, id: PersonId) -> Result<(PersonCore, Record), Failed> {
    let core = identity::person(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if !viewer.may(Act::EditProfile, &identity::Record::of_person(&core)) {
        return Err(Refusal::NotFound.into());
    }
    let record = store::record(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    Ok((core, record))
}

async fn the_form(
    app: &App,
    viewer: &Viewer,
    core: Option<&PersonCore>,
    version: i64,
    form: Form,
    problems: Problems,
) -> Result<EditPage, Failed> {
    Ok(EditPage {
        s: Shell::of(
            app,
            viewer,
            if core.is_some_and(|core| core.id == viewer.person) { "/profile" } else { "/people" },
        ),
        id: core.map(|core| core.id),
        title: match core {
            Some(core) if core.id == viewer.person => viewer.lang.say("people-edit-own"),
            Some(core) => viewer.lang.tell(&Message::new("people-edit").with("name", core.name.as_str())),
            None => viewer.lang.say("people-new"),
        },
        version,
        form,
        problems,
        is_coordinator: Editor::of(viewer) == Editor::Coordinator,
        known: store::competencies(&app.db, viewer.organisation).await?,
        stands: None,
    })
}

/// The fields of a form that says what the record says.
pub(super) fn form_of(record: &Record, lang: Lang) -> Form {
    let draft = &record.draft;
    let lines = |levels: &[CompetencyLevel]| {
        let line = |level: &CompetencyLevel| match level.level {
            Some(number) => format!("{}: {number}", level.name),
            None => level.name.clone(),
        };
        levels.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut fields: Vec<(&str, String)> = vec![
        ("name", draft.name.clone()),
        ("title", text(&draft.title)),
        ("unit", text(&draft.unit)),
        ("place", text(&draft.place)),
        ("languages", languages(record, lang)),
        ("zone", text(&draft.zone)),
        ("biography", text(&draft.biography)),
        ("capacity", draft.capacity.map(|seats| seats.to_string()).unwrap_or_default()),
        ("held", lines(&draft.held)),
        ("wanted", lines(&draft.wanted)),
        ("manager", text(&draft.manager)),
        ("external-id", text(&draft.external_id)),
        ("post", text(&draft.post)),
        ("preferences", draft.preferences.join("\n")),
        ("conflicts", draft.conflicts.join("\n")),
        ("former-mentors", draft.former_mentors.join("\n")),
    ];
    let roles = [("mentor", draft.roles.mentor), ("mentee", draft.roles.mentee)];
    fields.extend(roles.into_iter().filter(|(_, has)| *has).map(|(role, _)| ("roles", role.to_owned())));
    Form::new(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

async fn edit(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>, form: Form) -> Answer {
    let version = form.text("version").parse().unwrap_or(0);
    match actions::edit(&app, &viewer, id, version, &form).await {
        Ok(()) => Ok(see_other_with(&format!("/people/{id}"), &Message::new("people-saved"))),
        Err(Failure::Problems(problems)) => {
            let (core, _) = editable(&app, &viewer, id).await?;
            let again = page(&the_form(&app, &viewer, Some(&core), version, form, problems).await?)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
        Err(Failure::Refusal(Refusal::Conflict)) => {
            let (core, record) = editable(&app, &viewer, id).await?;
            let problems = Problems::one("", Message::new("people-edited-meanwhile"));
            let mut again = the_form(&app, &viewer, Some(&core), record.version, form, problems).await?;
            again.stands = Some(form_of(&record, viewer.lang));
            Ok((StatusCode::CONFLICT, page(&again)?).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn new_form(State(app): State<App>, viewer: Viewer) -> Answer {
    page(&the_form(&app, &viewer, None, 0, Form::default(), Problems::default()).await?)
}

async fn add(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    match actions::add(&app, &viewer, &form).await {
        Ok(id) => Ok(see_other_with(&format!("/people/{id}"), &Message::new("people-added"))),
        Err(Failure::Problems(problems)) => {
            let again = page(&the_form(&app, &viewer, None, 0, form, problems).await?)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn set_parts(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>, form: Form) -> Answer {
    let held = identity::parts_of(&app.db, id).await?;
    let roles = held
        .iter()
        .filter(|held| held.scope == Scope::Organisation)
        .map(|held| held.part)
        .filter(|part| is_role(*part));
    let wanted: Vec<Part> =
        form.all("parts").filter_map(Part::parse).filter(|part| !is_role(*part)).chain(roles).collect();
    match identity::set_parts(&app, &viewer, id, &wanted).await {
        Ok(()) => Ok(see_other_with(&format!("/people/{id}"), &Message::new("people-parts-saved"))),
        Err(Failure::Problems(problems)) => {
            let again = page(&the_person(&app, &viewer, id, problems).await?)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn invite(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>) -> Answer {
    identity::invite(&app, &viewer, id).await?;
    Ok(see_other_with(&format!("/people/{id}"), &Message::new("people-invited")))
}
