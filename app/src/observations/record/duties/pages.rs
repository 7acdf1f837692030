//! The page of whoever heard inside information by mistake: what follows from it, and that they have read it. It is theirs alone.

use askama::Template;
use axum::extract::State as Has;
use axum::response::IntoResponse as _;
use serde::Deserialize;

use super::actions;
use super::model::Duty;
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity::{Act, Viewer};
use crate::observations::model::SittingId;
use crate::observations::undertakings::digest;
use crate::problems::Problems;
use crate::programmes::orientation::model::{Block, blocks};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, again, page, see_other_with};

pub(in crate::observations) fn doors() -> Vec<Door> {
    let anybody = Who::May(Act::UseAccount);
    vec![Door::get("/duties", anybody, duties), Door::post("/duties/{sitting}/{exposure}", anybody, acknowledge)]
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    lang: String,
}

/// What somebody was told of what they heard, with its words and their digest.
struct Line {
    duty: Duty,
    text: Vec<Block>,
    hash: String,
}

#[derive(Template)]
#[template(path = "observations/record/duties/duties.html")]
struct DutiesPage {
    s: Shell,
    duties: Vec<Line>,
    lang: Lang,
    problems: Problems,
}

impl DutiesPage {
    async fn of(app: &App, viewer: &Viewer, lang: Lang, problems: Problems) -> Result<Self, Failed> {
        let line =
            |(duty, words): (Duty, String)| Line { duty, text: blocks(&words), hash: hex::encode(digest(&words)) };
        let duties = actions::own(&app.db, viewer, lang).await?.into_iter().map(line).collect();
        Ok(Self { s: Shell::of(app, viewer, "/duties"), duties, lang, problems })
    }

    /// At which item of which sitting they heard it, and on which day.
    fn heading(&self, duty: &Duty) -> String {
        let message = Message::new("duties-heading").with("number", duty.number.to_string());
        self.s.tell(&message.with("item", duty.item.to_string()).with("day", self.s.lang.date(duty.day())))
    }

    fn title(&self) -> String {
        let mut duties = self.duties.iter().map(|line| &line.duty);
        match duties.clone().find(|duty| duty.is_open()) {
            Some(_) if duties.clone().filter(|duty| duty.is_open()).count() > 1 => self.s.t("duties-title-open-many"),
            Some(duty) => self.s.with("duties-title-open", "number", duty.number),
            None if duties.any(|duty| duty.withdrawn_at.is_none()) => self.s.t("duties-title-read"),
            None => self.s.t("duties-title-none"),
        }
    }
}

fn lang_of(viewer: &Viewer, typed: &str) -> Lang {
    Lang::parse(typed).unwrap_or(viewer.lang)
}

async fn duties(Has(app): Has<App>, viewer: Viewer, Query(asked): Query<Asked>) -> Answer {
    let lang = lang_of(&viewer, &asked.lang);
    page(&DutiesPage::of(&app, &viewer, lang, Problems::default()).await?)
}

async fn acknowledge(Has(app): Has<App>, viewer: Viewer, Path(path): Path<(SittingId, u32)>, mut form: Form) -> Answer {
    let lang = lang_of(&viewer, form.text("lang"));
    match actions::acknowledge(&app, &viewer, path, (lang, form.text("hash"))).await {
        Ok(()) => Ok(see_other_with("/duties", &Message::new("duties-acknowledged"))),
        Err(failure) => {
            let (status, problems) = again(failure, "observations-meanwhile", &mut form)?;
            let shown = DutiesPage::of(&app, &viewer, lang, problems).await?;
            Ok((status, page(&shown)?).into_response())
        }
    }
}
