//! Notices: what somebody should know of, told in the transaction of the change that causes it, delivered at least once and shown
//! once. A feature offers its [`Kind`]s in its `FEATURE` and calls [`tell`]; where a notice goes from there (the page of
//! notices, a mail at once, a digest) is for the person to choose and for this folder to see to.
//!
//! A notice holds a key and what fills it. In the product it may name people; what a pair wrote never stands in it, and in a
//! mail no name does but where a kind writes its own ([`Letter`]).

mod actions;
mod api;
pub mod coming;
mod hooks;
mod jobs;
mod kinds;
mod model;
mod pages;
mod store;

use std::collections::BTreeSet;
use std::pin::Pin;

use jiff::civil::Date;

use crate::app::App;
use crate::db::Error;
use crate::erasure::Naming;
use crate::features::{self, Feature, Table};
use crate::identity::{OrganisationId, PersonId};

pub use actions::{Acting, act_url, acting, end, reachable_again, tell, tell_all, tell_now};
pub use kinds::{Kind, Leads, Letter, Notice, Told, Writes};
pub use model::Way;
pub use store::{
    Unread, overtake, overtake_kind, overtake_these, settle, take_back, take_back_all, take_back_kind, unread,
};

pub const FEATURE: Feature = Feature {
    name: "notices",
    doors: || [pages::doors(), api::doors(), hooks::doors()].concat(),
    jobs: jobs::KINDS,
    notices: &[Kind {
        name: hooks::STOPPED,
        label: "hooks-stopped-label",
        mail: "hooks-stopped-mail",
        outside: false,
        ..Kind::USUAL
    }],
    tables: &[
        Table::of("notices", &[Naming::Goes("person")]).quotes(&["text", "mail"]),
        Table::of("notice_choices", &[Naming::Goes("person")]),
        Table::of("hooks", &[Naming::Goes("person")]),
    ],
};

/// Which of these days somebody works, as the calendars say of what they take part in; nothing where none does. A feature knows.
pub type Worked = fn(App, (OrganisationId, PersonId), Vec<Date>) -> Working;

pub type Working = Pin<Box<dyn Future<Output = Result<Option<BTreeSet<Date>>, Error>> + Send>>;

/// The kinds that features offer, in the features' order.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    features::ALL.iter().flat_map(|feature| feature.notices)
}

fn kind(name: &str) -> Option<&'static Kind> {
    kinds().find(|kind| kind.name == name)
}
