//! The coordinator's doors to the rules of an edition: as sentences with weights, as the text of a `rules.toml`, and as the page for
//! the works council or the faculty board.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;

use super::criteria::Criteria;
use super::edit::{KINDS, Switch, Weight, attributes, edited, switches, weights};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Viewer};
use crate::pairing::rules_file::{RulesFile, write};
use crate::pairing::runs::{actions, store};
use crate::pairing::terms::texts;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{Edition, EditionId};
use crate::web::{Answer, Door, Form, Path, Shell, Uploads, Who, file, page, see_other_with};

pub(in crate::pairing::runs) fn doors() -> Vec<Door> {
    let coordinator = Who::May(Act::Pair);
    vec![
        Door::get("/editions/{id}/pairing/rules", coordinator, show),
        Door::post("/editions/{id}/pairing/rules", coordinator, save),
        Door::post("/editions/{id}/pairing/rules/text", coordinator, save_text),
        Door::get("/editions/{id}/pairing/rules.toml", coordinator, text),
        Door::get("/editions/{id}/pairing/criteria", coordinator, criteria),
    ]
}

#[derive(Template)]
#[template(path = "pairing/runs/rules.html")]
struct RulesPage {
    s: Shell,
    edition: Edition,
    version: i64,
    /// The text that the form of sentences is about.
    base: String,
    /// The text as it was written below, where that could not be saved.
    text: String,
    switches: Vec<Switch>,
    weights: Vec<Weight>,
    capacity: String,
    balance: String,
    attributes: Vec<(String, Message)>,
    form: Form,
    problems: Problems,
}

impl RulesPage {
    fn has(&self, field: &str) -> bool {
        self.problems.of(field).next().is_some()
    }

    fn kinds(&self) -> impl Iterator<Item = (&'static str, String, bool)> {
        KINDS
            .iter()
            .map(|(kind, ..)| (*kind, self.s.t(&format!("pairing-board-kind-{kind}")), self.form.text("add") == *kind))
    }

    fn is_chosen(&self, attribute: &str) -> bool {
        self.form.text("add-attribute") == attribute
    }
}

async fn show(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    let saved = actions::rules(&app, &edition, viewer.lang).await?;
    let form = Form::default();
    page(&rules_page(&app, &viewer, edition, saved, form, Problems::default()).await?)
}

async fn rules_page(
    app: &App,
    viewer: &Viewer,
    edition: Edition,
    saved: store::SavedRules,
    form: Form,
    problems: Problems,
) -> Result<RulesPage, Failure> {
    let labels = actions::labels(app, viewer).await?;
    // What was saved could be read then; an attribute may have gone since.
    let file = RulesFile::parse(&saved.text).unwrap_or_default();
    let is_sent = form.has("base");
    let typed = |field: &str, stands: String| if is_sent { form.text(field).to_owned() } else { stands };
    let mut weights = weights(&file.rules, &labels);
    let mut switches = switches(&file.rules, &labels);
    if is_sent {
        for weight in &mut weights {
            form.text(&weight.name).clone_into(&mut weight.points);
        }
        for switch in &mut switches {
            switch.is_on = form.has(&switch.name);
        }
    }
    let costs = file.rules.balance.as_ref().map_or(&[][..], |balance| balance.penalties());
    let costs = costs.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
    let text = if form.has("text") { form.raw("text").to_owned() } else { saved.text.clone() };
    Ok(RulesPage {
        s: Shell::of(app, viewer, &format!("/editions/{}/pairing/rules", edition.id)),
        edition,
        version: saved.version,
        base: saved.text,
        text,
        switches,
        weights,
        capacity: typed("capacity", file.rules.capacity.map_or_else(String::new, |seats| seats.to_string())),
        balance: typed("balance", costs),
        attributes: attributes(&labels),
        form,
        problems,
    })
}

/// Saves what the form of sentences says.
async fn save(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, form: Form) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    let version = form.text("version").parse().map_err(|_| Refusal::Conflict)?;
    let labels = actions::labels(&app, &viewer).await?;
    let base = form.raw("base").replace("\r\n", "\n");
    let file = match actions::read(&base, &labels) {
        Ok(file) => file,
        Err(problems) => return Err(Failure::from(problems).into()),
    };
    let values = values_of(&app, &edition, form.text("add"), form.text("add-attribute")).await?;
    let saved = match edited(file, &form, &values) {
        Ok(file) => {
            let text = write(&file, &labels, &[], viewer.lang);
            actions::save_rules(&app, &viewer, &edition, &text, version).await
        }
        Err(problems) => Err(problems.into()),
    };
    finish(&app, &viewer, edition, store::SavedRules { text: base, version }, form, saved).await
}

/// What people's rows say of an attribute, where a new rule needs its order.
async fn values_of(app: &App, edition: &Edition, kind: &str, attribute: &str) -> Result<Vec<String>, Failure> {
    if !["gap", "above"].contains(&kind) {
        return Ok(Vec::new());
    }
    let pool = actions::gathered(app, edition).await?.pool;
    let people = pool.mentees.iter().chain(&pool.mentors);
    Ok(people.flat_map(|person| texts(person, attribute)).map(str::to_owned).collect())
}

/// Saves a text that was written or brought as a file.
async fn save_text(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, uploads: Uploads) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    let version = uploads.form.text("version").parse().map_err(|_| Refusal::Conflict)?;
    let brought = uploads.files.first().map(|file| String::from_utf8_lossy(&file.content).into_owned());
    let written = brought.unwrap_or_else(|| uploads.form.raw("text").to_owned()).replace("\r\n", "\n");
    let saved = actions::save_rules(&app, &viewer, &edition, &written, version).await;
    let stands = actions::rules(&app, &edition, viewer.lang).await?;
    let form = Form::new(vec![("text".to_owned(), written)]);
    finish(&app, &viewer, edition, store::SavedRules { version, ..stands }, form, saved).await
}

async fn finish(
    app: &App,
    viewer: &Viewer,
    edition: Edition,
    stands: store::SavedRules,
    form: Form,
    saved: Result<(), Failure>,
) -> Answer {
    match saved {
        Ok(()) => {
            let back = format!("/editions/{}/pairing/rules", edition.id);
            Ok(see_other_with(&back, &Message::new("pairing-board-rules-saved")))
        }
        Err(Failure::Problems(problems)) => {
            let again = page(&rules_page(app, viewer, edition, stands, form, problems).await?)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
        // Somebody else was faster: what stands now, and what was meant, to be looked at again.
        Err(Failure::Refusal(Refusal::Conflict)) => {
            let now = actions::rules(app, &edition, viewer.lang).await?;
            let meant = if form.has("base") {
                meant(app, viewer, &stands.text, &form).await?
            } else {
                form.raw("text").to_owned()
            };
            let problems = Problems::one("rules", Message::new("pairing-board-rules-conflict"));
            let form = Form::new(vec![("text".to_owned(), meant)]);
            let again = page(&rules_page(app, viewer, edition, now, form, problems).await?)?;
            Ok((StatusCode::CONFLICT, again).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// What the form of sentences would have saved.
async fn meant(app: &App, viewer: &Viewer, base: &str, form: &Form) -> Result<String, Failure> {
    let labels = actions::labels(app, viewer).await?;
    let file = edited(actions::read(base, &labels)?, form, &[])?;
    Ok(write(&file, &labels, &[], viewer.lang))
}

async fn text(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    let saved = actions::rules(&app, &edition, viewer.lang).await?;
    Ok(file(saved.text.into_bytes(), "application/toml", "rules.toml"))
}

#[derive(Template)]
#[template(path = "pairing/runs/criteria.html")]
struct CriteriaPage {
    s: Shell,
    edition: Edition,
    told: Criteria,
}

/// What a works council or a faculty board wants to know, made from the rules.
async fn criteria(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    let saved = actions::rules(&app, &edition, viewer.lang).await?;
    let labels = actions::labels(&app, &viewer).await?;
    let rules = RulesFile::parse(&saved.text).unwrap_or_default().rules;
    let told = Criteria::new(&rules, &labels, viewer.lang);
    page(&CriteriaPage { s: Shell::of(&app, &viewer, &format!("/editions/{id}/pairing/criteria")), edition, told })
}
