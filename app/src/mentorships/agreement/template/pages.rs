use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;

use super::super::actions;
use super::super::model::{Clause, Template, shipped};
use super::super::store;
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity::{Act, Viewer};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, Edition, EditionId};
use crate::web::{Answer, Door, Form, Path, Shell, Who, page, see_other_with};

pub(in crate::mentorships::agreement) fn doors() -> Vec<Door> {
    let coordinator = Who::May(Act::ManageProgrammes);
    vec![
        Door::get("/editions/{id}/agreement", coordinator, template),
        Door::post("/editions/{id}/agreement", coordinator, write),
    ]
}

#[derive(askama::Template)]
#[template(path = "mentorships/agreement/template/template.html")]
struct TemplatePage {
    s: Shell,
    edition: Edition,
    version: i64,
    form: Form,
    problems: Problems,
    /// Set when somebody else saved meanwhile: the clauses that stand otherwise now.
    stands: Vec<(Clause, Lang, String)>,
}

impl TemplatePage {
    fn of(app: &App, viewer: &Viewer, edition: Edition, version: i64, (form, problems): (Form, Problems)) -> Self {
        let s = Shell::of(app, viewer, &format!("/editions/{}", edition.id));
        Self { s, edition, version, form, problems, stands: Vec::new() }
    }

    fn lead(&self) -> String {
        format!("{} · {}", self.edition.programme_name, self.edition.name)
    }

    #[expect(clippy::unused_self, reason = "templates call what they show on the page")]
    fn shipped(&self, clause: Clause, lang: Lang) -> &'static str {
        shipped(clause, lang)
    }
}

/// What a field is called: a clause in a language.
fn field(clause: Clause, lang: Lang) -> String {
    format!("{}-{lang}", clause.code())
}

fn form_of(template: &Template) -> Form {
    let mut fields = Vec::new();
    for lang in Lang::ALL {
        fields.extend(Clause::ALL.map(|clause| (field(clause, lang), template.text(clause, lang).to_owned())));
    }
    fields.push(("glass".to_owned(), if template.break_glass { "yes" } else { "no" }.to_owned()));
    Form::new(fields)
}

async fn template(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    let edition = programmes::managed(&app.db, &viewer, id).await?;
    let template = store::template_of(&app.db, id).await?;
    let shown = (form_of(&template), Problems::default());
    page(&TemplatePage::of(&app, &viewer, edition, template.version, shown))
}

async fn write(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, form: Form) -> Answer {
    let edition = programmes::managed(&app.db, &viewer, id).await?;
    let seen = Template { version: form.text("version").parse().unwrap_or(-1), ..Template::default() };
    let names: Vec<(Clause, Lang, String)> =
        Lang::ALL.into_iter().flat_map(|lang| Clause::ALL.map(|clause| (clause, lang, field(clause, lang)))).collect();
    let typed = |clause: Clause, lang: Lang| {
        names.iter().find(|(one, tongue, _)| (*one, *tongue) == (clause, lang)).map_or("", |(.., name)| form.text(name))
    };
    let written = match seen.replaced(form.text("glass") == "yes", typed) {
        Ok(template) => actions::write_template(&app, &viewer, id, &template).await,
        Err(problems) => Err(problems.into()),
    };
    match written {
        Ok(()) => Ok(see_other_with(&format!("/editions/{id}/agreement"), &Message::new("agreement-template-saved"))),
        Err(Failure::Problems(problems)) => {
            let again = TemplatePage::of(&app, &viewer, edition, seen.version, (form, problems));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response())
        }
        Err(Failure::Refusal(Refusal::Conflict)) => {
            let now = store::template_of(&app.db, id).await?;
            let differs = |(clause, lang, name): &(Clause, Lang, String)| {
                let stands = now.text(*clause, *lang);
                (!stands.lines().eq(form.text(name).lines())).then(|| (*clause, *lang, stands.to_owned()))
            };
            let stands = names.iter().filter_map(differs).collect();
            let problems = Problems::one("", Message::new("agreement-template-meanwhile"));
            let again =
                TemplatePage { stands, ..TemplatePage::of(&app, &viewer, edition, now.version, (form, problems)) };
            Ok((StatusCode::CONFLICT, page(&again)?).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}
