//! Organisations, accounts, a person's core (name, address, language, zone), sign-in, sessions, parts, and who may do
//! what. What an organisation knows of somebody beyond that core is `people`'s.

/// A list's two statements, for [`Sought::rows`]: of everybody, and of those who are `sought`, who come as its last value. Wherever the text
/// has a semicolon, the first of the two in brackets stands in the one and the second in the other. An engine that had one statement
/// for both would walk the whole list for either.
#[macro_export]
macro_rules! narrowed {
    ($people:literal, [$all:expr, $these:expr] => $($before:expr),+ $(; $($after:expr),+)+ $(,)?) => {
        [
            $crate::sql!($($before),+ $(, $all, $($after),+)+),
            $crate::sql!(
                "WITH sought AS MATERIALIZED (SELECT /*sqlite unhex(value) AS id FROM json_each(",
                $people,
                ")*/ /*postgres unnest(CAST(",
                $people,
                " AS UUID[])) AS id*/) ",
                $($before),+
                $(, $these, $($after),+)+
            ),
        ]
    };
}

/// In place of `persons`: those who are sought.
#[macro_export]
macro_rules! sought_persons {
    () => {
        "(SELECT persons.* FROM sought CROSS JOIN persons WHERE persons.id = sought.id) AS persons"
    };
}

/// In place of a table that has a mentee and a mentor: the rows in which one of the two is sought.
#[macro_export]
macro_rules! sought_pairs {
    ($table:literal) => {
        concat!(
            "(SELECT * FROM ",
            $table,
            " WHERE mentee IN (SELECT id FROM sought) UNION ALL SELECT * FROM ",
            $table,
            " WHERE mentor IN (SELECT id FROM sought) AND mentee NOT IN (SELECT id FROM sought)) AS ",
            $table
        )
    };
}

mod actions;
mod address;
mod api;
mod jobs;
mod leaving;
pub mod may;
mod model;
mod pages;
mod password;
mod search;
mod store;
mod turns;
mod ways;

use axum::http::HeaderMap;

use crate::app::App;
use crate::db::{self, Reader};
use crate::erasure::Naming;
use crate::features::{Feature, Table};
use crate::web::{self};

pub use actions::{
    add_organisation, add_person, allow_copy, demo_session, first_link, grant, grant_there, invite, new_token,
    new_token_of, open_session, revoke, revoke_there, set_parts, update_person,
};
pub use address::address;
pub use leaving::{HINDRANCE, has_namesake, make_nameless, on_record, people_at, still_here};
pub use may::{Act, Grant, WHO_MAY};
pub use model::{
    Account, Address, Held, Mailbox, NewOrganisation, NewPerson, Organisation, OrganisationId, Part, PersonCore,
    PersonId, Record, Scope, TokenScope, TokenScopes, Viewer,
};
pub(crate) use model::{digest, digest_of, encode};
pub(crate) use pages::with_session;
pub use search::{Sought, sought};
pub use store::{
    erased, held_by, names, organisation, organisation_by_slug, organisations, parts_of, person, person_ids_with_part,
    person_ids_with_part_there,
};
pub use turns::{TURNED, Turn, turns_in};
pub use ways::{Proved, addresses_of, unreachable};

pub const FEATURE: Feature = Feature {
    name: "identity",
    doors: || [pages::doors(), ways::doors(), api::doors()].concat(),
    jobs: jobs::KINDS,
    notices: jobs::NOTICES,
    tables: &[
        Table::kept("organisations", "an organisation is nobody's personal data"),
        Table::kept("accounts", "it goes with the last record that it signs in to"),
        // `make_nameless` writes the row anew.
        Table::of("persons", &[Naming::Stays("id", &[])])
            .because("what is kept as evidence refers to it; it has no name and no address any more")
            .without(&["search"]),
        Table::of("parts", &[Naming::Goes("person")]),
        Table::of("sessions", &[Naming::Goes("person")]),
        Table::of("links", &[Naming::Goes("person")]),
        Table::of("api_tokens", &[Naming::Goes("person")]),
        Table::kept("attempts", "digests that name nobody and are cleared by the hour"),
    ],
};

const SESSION: &str = "telemaco_session";

/// The viewer of a session's cookie, if it still holds.
pub(crate) async fn session(app: &App, headers: &HeaderMap) -> Result<Option<Viewer>, db::Error> {
    let Some(digest) = web::cookie(headers, SESSION).and_then(model::digest_of) else { return Ok(None) };
    let viewer = store::viewer_of_session(Reader::from(&app.db), &digest, app.now()).await?;
    let Some(mut viewer) = viewer else { return Ok(None) };
    actions::note_seen(app, &viewer).await?;
    viewer.notice = web::notice(headers);
    Ok(Some(viewer))
}

/// Somebody as actions know them, without a session: as they come by a link of a mail, whose door decides which one thing they may do.
pub(crate) async fn viewer_of(app: &App, person: PersonId) -> Result<Option<Viewer>, db::Error> {
    viewer_in(&app.db, person).await
}

/// The same as a transaction knows them: what they may do there is decided with what is done.
pub(crate) async fn viewer_in(from: impl Into<Reader<'_>>, person: PersonId) -> Result<Option<Viewer>, db::Error> {
    store::viewer_of_person(from.into(), person).await
}

/// The viewer of a bearer token and how far it goes, if there is one.
pub(crate) async fn bearer(app: &App, headers: &HeaderMap) -> Result<Option<(Viewer, TokenScopes)>, db::Error> {
    let given = headers.get(axum::http::header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token =
        given.and_then(|value| value.strip_prefix("Bearer ")).and_then(|token| token.strip_prefix(model::TOKEN_PREFIX));
    let Some(digest) = token.and_then(model::digest_of) else { return Ok(None) };
    store::viewer_of_token(Reader::from(&app.db), &digest).await
}
