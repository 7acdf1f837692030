//! Doors to what a secretary settles beforehand.

use askama::Template;
use axum::extract::State as Has;
use axum::response::IntoResponse as _;
use serde::Deserialize;

use super::super::model::{Class, Clearance, ClearanceId, Confidential, MOST_CLASSES, Policy, TemplateId};
use super::super::plan_form::terms_from;
use super::super::store as sittings;
use super::super::undertakings::{NewText, Text};
use super::actions;
use super::store::{self, Template as Classes};
use crate::app::App;
use crate::i18n::{Message, read_date};
use crate::identity::{self, Act, PersonId, Viewer};
use crate::problems::{Failure, Problems};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, again, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let secretary = Who::May(Act::KeepRoom);
    vec![
        Door::get("/room", secretary, policy),
        Door::post("/room", secretary, write_policy),
        Door::get("/room/texts", secretary, texts),
        Door::post("/room/texts", secretary, write_text),
        Door::get("/room/clearances", secretary, clearances),
        Door::post("/room/clearances", secretary, clear),
        Door::post("/room/clearances/{clearance}/revoke", secretary, revoke),
        Door::get("/room/templates", secretary, templates),
        Door::post("/room/templates", secretary, add_template),
        Door::post("/room/templates/{template}/drop", secretary, drop_template),
    ]
}

#[derive(Template)]
#[template(path = "observations/policy/policy.html")]
struct PolicyPage {
    s: Shell,
    policy: Policy,
    problems: Problems,
}

async fn policy(Has(app): Has<App>, viewer: Viewer) -> Answer {
    let policy = sittings::policy(&app.db, viewer.organisation).await?;
    page(&PolicyPage { s: Shell::of(&app, &viewer, "/records"), policy, problems: Problems::default() })
}

async fn write_policy(Has(app): Has<App>, viewer: Viewer, mut form: Form) -> Answer {
    let written = match Confidential::parse(form.text("confidential")) {
        Some(confidential) => {
            let policy = Policy {
                confidential,
                open_without_undertaking: form.has("open"),
                secretary_agrees: form.has("secretary"),
                version: form.version()?,
            };
            actions::write_policy(&app, &viewer, policy).await
        }
        None => Err(Problems::one("confidential", Message::new("observations-confidential-choose")).into()),
    };
    match written {
        Ok(()) => Ok(see_other_with("/room", &Message::new("observations-policy-saved"))),
        Err(failure) => {
            let (status, problems) = again(failure, "observations-meanwhile", &mut form)?;
            // What was chosen stays; another may have been saved meanwhile.
            let stored = sittings::policy(&app.db, viewer.organisation).await?;
            let policy = Policy {
                confidential: Confidential::parse(form.text("confidential")).unwrap_or(stored.confidential),
                open_without_undertaking: form.has("open"),
                secretary_agrees: form.has("secretary"),
                version: form.version_or(stored.version),
            };
            let shown = PolicyPage { s: Shell::of(&app, &viewer, "/records"), policy, problems };
            Ok((status, page(&shown)?).into_response())
        }
    }
}

#[derive(Template)]
#[template(path = "observations/policy/texts.html")]
struct TextsPage {
    s: Shell,
    texts: Vec<Text>,
    form: Form,
    problems: Problems,
}

impl TextsPage {
    async fn of(app: &App, viewer: &Viewer, (form, problems): (Form, Problems)) -> Result<Self, Failed> {
        let texts = store::texts(&app.db, viewer.organisation).await?;
        Ok(Self { s: Shell::of(app, viewer, "/records"), texts, form, problems })
    }

    fn told(&self, text: &Text) -> String {
        text.told(self.s.lang).to_owned()
    }

    fn newest(&self) -> i64 {
        self.texts.first().map_or(1, |text| text.number)
    }

    fn stored(&self) -> NewText {
        let told = |text: &Text| NewText { es: text.es.clone(), en: text.en.clone(), terms: text.terms };
        self.texts.first().map_or_else(NewText::shipped, told)
    }

    /// What stands in a field: what was typed, or the newest text.
    fn field(&self, name: &str) -> String {
        if self.form.has(name) {
            return self.form.text(name).to_owned();
        }
        let stored = self.stored();
        let number = |number: Option<i64>| number.map_or_else(String::new, |number| number.to_string());
        match name {
            "text-es" => stored.es,
            "text-en" => stored.en,
            "lasts" => number(stored.terms.lasts_months),
            _ => number(stored.terms.notes_days),
        }
    }
}

async fn texts(Has(app): Has<App>, viewer: Viewer) -> Answer {
    page(&TextsPage::of(&app, &viewer, (Form::default(), Problems::default())).await?)
}

async fn write_text(Has(app): Has<App>, viewer: Viewer, mut form: Form) -> Answer {
    let seen = form.text("seen").parse().unwrap_or(-1);
    let written = match terms_from(&form) {
        Ok(terms) => match NewText::parse(form.raw("text-es"), form.raw("text-en"), terms) {
            Ok(new) => actions::write_text(&app, &viewer, seen, &new).await.map(drop),
            Err(problems) => Err(problems.into()),
        },
        Err(problems) => Err(problems.into()),
    };
    match written {
        Ok(()) => Ok(see_other_with("/room/texts", &Message::new("observations-text-saved"))),
        Err(failure) => {
            let (status, problems) = again(failure, "observations-meanwhile", &mut form)?;
            Ok((status, page(&TextsPage::of(&app, &viewer, (form, problems)).await?)?).into_response())
        }
    }
}

#[derive(Template)]
#[template(path = "observations/policy/clearances.html")]
struct ClearancesPage {
    s: Shell,
    clearances: Vec<Clearance>,
    form: Form,
    problems: Problems,
}

impl ClearancesPage {
    async fn of(app: &App, viewer: &Viewer, (form, problems): (Form, Problems)) -> Result<Self, Failed> {
        let clearances = store::clearances(&app.db, viewer.organisation, actions::today(app, viewer)).await?;
        Ok(Self { s: Shell::of(app, viewer, "/records"), clearances, form, problems })
    }

    fn until(&self, clearance: &Clearance) -> String {
        let message = Message::new("observations-cleared-until").with("day", self.s.lang.date(clearance.until));
        self.s.tell(&message.with("name", clearance.given_by.as_str()).with("at", self.s.at(&clearance.given_at)))
    }
}

#[derive(Deserialize)]
struct Whom {
    #[serde(default)]
    person: String,
}

async fn clearances(Has(app): Has<App>, viewer: Viewer, Query(whom): Query<Whom>) -> Answer {
    let mut form = Form::default();
    // The page of a sitting leads here for somebody who is kept out without one.
    if let Ok(person) = whom.person.parse() {
        let known = identity::person(&app.db, PersonId(person)).await?;
        let known = known.filter(|known| known.organisation == viewer.organisation);
        form.set("person", known.map(|known| known.address).into_iter().collect());
    }
    page(&ClearancesPage::of(&app, &viewer, (form, Problems::default())).await?)
}

async fn clear(Has(app): Has<App>, viewer: Viewer, form: Form) -> Answer {
    let cleared = actions::clear(&app, &viewer, form.text("person"), read_date(form.text("until"))).await;
    after_clearance(&app, &viewer, cleared, form, "observations-cleared").await
}

async fn revoke(Has(app): Has<App>, viewer: Viewer, Path(id): Path<ClearanceId>, form: Form) -> Answer {
    let revoked = actions::revoke(&app, &viewer, id).await;
    after_clearance(&app, &viewer, revoked, form, "observations-revoked").await
}

async fn after_clearance(
    app: &App,
    viewer: &Viewer,
    outcome: Result<(), Failure>,
    mut form: Form,
    notice: &'static str,
) -> Answer {
    match outcome {
        Ok(()) => Ok(see_other_with("/room/clearances", &Message::new(notice))),
        Err(failure) => {
            let (status, problems) = again(failure, "observations-meanwhile", &mut form)?;
            Ok((status, page(&ClearancesPage::of(app, viewer, (form, problems)).await?)?).into_response())
        }
    }
}

#[derive(Template)]
#[template(path = "observations/policy/templates.html")]
struct TemplatesPage {
    s: Shell,
    templates: Vec<Classes>,
    form: Form,
    problems: Problems,
}

impl TemplatesPage {
    async fn of(app: &App, viewer: &Viewer, (form, problems): (Form, Problems)) -> Result<Self, Failed> {
        let templates = store::templates(&app.db, viewer.organisation).await?;
        Ok(Self { s: Shell::of(app, viewer, "/records"), templates, form, problems })
    }

    fn rows(&self) -> Vec<(usize, String)> {
        let typed: Vec<&str> = self.form.all("class").collect();
        (1..=MOST_CLASSES).map(|place| (place, typed.get(place - 1).copied().unwrap_or("").to_owned())).collect()
    }

    fn told(&self, template: &Classes) -> String {
        template.classes.iter().map(|class| self.s.t(&class.key())).collect::<Vec<_>>().join(" · ")
    }
}

async fn templates(Has(app): Has<App>, viewer: Viewer) -> Answer {
    page(&TemplatesPage::of(&app, &viewer, (Form::default(), Problems::default())).await?)
}

/// The classes in their order. A gap would give each that follows another number than the one that was read.
fn classes_from(form: &Form) -> Result<Vec<Class>, Problems> {
    let typed: Vec<Option<Class>> = form.all("class").map(Class::parse).collect();
    let last = typed.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let typed = typed.get(..last).unwrap_or_default();
    let mut problems = Problems::default();
    if form.text("name").is_empty() {
        problems.add("name", Message::new("observations-template-nameless"));
    }
    if let Some(gap) = typed.iter().position(Option::is_none) {
        problems.add("classes", Message::new("observations-template-gap").with("item", gap + 1));
        return Err(problems);
    }
    Ok(typed.iter().flatten().copied().collect())
}

async fn add_template(Has(app): Has<App>, viewer: Viewer, mut form: Form) -> Answer {
    let added = match classes_from(&form) {
        Ok(classes) => actions::add_template(&app, &viewer, form.text("name"), &classes).await,
        Err(problems) => Err(problems.into()),
    };
    match added {
        Ok(()) => Ok(see_other_with("/room/templates", &Message::new("observations-template-saved"))),
        Err(failure) => {
            let (status, problems) = again(failure, "observations-meanwhile", &mut form)?;
            Ok((status, page(&TemplatesPage::of(&app, &viewer, (form, problems)).await?)?).into_response())
        }
    }
}

async fn drop_template(Has(app): Has<App>, viewer: Viewer, Path(id): Path<TemplateId>) -> Answer {
    actions::drop_template(&app, &viewer, id).await?;
    Ok(see_other_with("/room/templates", &Message::new("observations-template-gone")))
}
