//! The page of the register.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State as Has;
use serde::Deserialize;
use uuid::Uuid;

use super::actions::{Exposed, missing, of_list, of_others, rows_coming, rows_ending, rows_exposed, rows_kept};
use super::store::{Coming, Ending, Kept};
use crate::app::App;
use crate::db::After;
use crate::i18n::Message;
use crate::identity::{self, Act, Viewer};
use crate::observations::record::events::Exposure;
use crate::observations::record::letters::class_name;
use crate::web::{Answer, Door, Query, Shell, Who, page};

pub(in crate::observations) fn doors() -> Vec<Door> {
    vec![Door::get("/records", Who::May(Act::KeepRoom), register)]
}

/// A part of the register. One that is longer than a page goes on on pages of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Exposed,
    Coming,
    Ending,
    Kept,
}

impl Part {
    const ALL: [Self; 4] = [Self::Exposed, Self::Coming, Self::Ending, Self::Kept];

    fn code(self) -> &'static str {
        match self {
            Self::Exposed => "exposed",
            Self::Coming => "coming",
            Self::Ending => "ending",
            Self::Kept => "kept",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// Which part of the register is read, and after which row; without a part all of it from the beginning.
#[derive(Deserialize)]
struct Turned {
    #[serde(default)]
    part: String,
    #[serde(default)]
    after: String,
}

#[derive(Template)]
#[template(path = "observations/record/register/register.html")]
struct RegisterPage {
    s: Shell,
    /// The part that is read alone.
    part: Option<Part>,
    /// The links to what follows, of the parts that are longer than a page.
    more: Vec<(Part, String)>,
    coming: Vec<Coming>,
    ending: Vec<Ending>,
    kept: Vec<Kept>,
    exposed: Vec<Exposed>,
    /// Lines of the list of insiders that need be kept no longer.
    past_keeping: usize,
    /// Whoever heard inside information and has not said that they read what follows.
    unread: usize,
    names: BTreeMap<Uuid, String>,
}

impl RegisterPage {
    /// Those that are to come, and not those of which nobody says what came of them.
    fn ahead(&self) -> Vec<&Coming> {
        self.coming.iter().filter(|one| !one.is_unsaid).collect()
    }

    fn waiting(&self) -> Vec<&Coming> {
        self.coming.iter().filter(|one| !missing(one).is_empty()).collect()
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn shows(&self, part: &Part) -> bool {
        self.part.is_none_or(|read| read == *part)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn more(&self, part: &Part) -> Option<String> {
        let (part, after) = self.more.iter().find(|(of, _)| of == part)?;
        Some(format!("/records?part={}&after={after}", part.code()))
    }

    fn title(&self) -> String {
        if let Some(part) = self.part {
            return self.s.t(&format!("records-register-{}", part.code()));
        }
        match self.waiting().len() {
            0 => self.s.t("records-register-nothing"),
            waiting => self.s.count("records-register-waiting", &waiting),
        }
    }

    fn missing(&self, one: &Coming) -> String {
        let told: Vec<String> = missing(one).iter().map(|message| self.s.tell(message)).collect();
        told.join(" · ")
    }

    /// What waits for others than the secretary and the chair.
    fn of_others(&self, one: &Coming) -> String {
        let told: Vec<String> = of_others(one).iter().map(|message| self.s.tell(message)).collect();
        told.join(" · ")
    }

    fn item(&self, one: &Exposed) -> String {
        let message = Message::new("records-insider-section").with("sitting", one.number.to_string());
        self.s.tell(&message.with("item", one.exposure.item))
    }

    fn name(&self, id: &Uuid) -> &str {
        self.names.get(id).map_or("", String::as_str)
    }

    fn class(&self, exposure: &Exposure) -> String {
        self.s.tell(&class_name(exposure.class))
    }

    fn until(&self, exposure: &Exposure) -> String {
        exposure.until.map_or_else(|| self.s.t("records-insider-lasts"), |until| self.s.at(&until))
    }
}

async fn register(Has(app): Has<App>, viewer: Viewer, Query(turned): Query<Turned>) -> Answer {
    viewer.must(Act::KeepRoom)?;
    let part = Part::parse(&turned.part);
    let shows = |one: Part| part.is_none_or(|part| part == one);
    let after = part.map_or_else(After::default, |_| After::parse(&turned.after));
    let (coming, more_coming) =
        if shows(Part::Coming) { rows_coming(&app, &viewer, &after).await? } else { (Vec::new(), None) };
    let (ending, more_ending) =
        if shows(Part::Ending) { rows_ending(&app, &viewer, &after).await? } else { (Vec::new(), None) };
    let (kept, more_kept) =
        if shows(Part::Kept) { rows_kept(&app, &viewer, &after).await? } else { (Vec::new(), None) };
    let (exposed, more_exposed) =
        if shows(Part::Exposed) { rows_exposed(&app, &viewer, &after).await? } else { (Vec::new(), None) };
    let more = [
        (Part::Coming, more_coming),
        (Part::Ending, more_ending),
        (Part::Kept, more_kept),
        (Part::Exposed, more_exposed),
    ];
    let (past_keeping, unread) = if shows(Part::Exposed) { of_list(&app, &viewer).await? } else { (0, 0) };
    let people: Vec<Uuid> =
        ending.iter().map(|one| one.observer.0).chain(exposed.iter().map(|one| one.exposure.observer.0)).collect();
    let names = if people.is_empty() { BTreeMap::new() } else { identity::names(&app.db, &people).await? };
    let more = more.into_iter().filter_map(|(part, link)| Some((part, link?))).collect();
    page(&RegisterPage {
        s: Shell::of(&app, &viewer, "/records"),
        part,
        more,
        coming,
        ending,
        kept,
        exposed,
        past_keeping,
        unread,
        names,
    })
}
