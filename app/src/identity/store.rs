use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::model::{
    Account, Held, NewPerson, Organisation, OrganisationId, Part, PersonCore, PersonId, Scope, TokenScopes, Viewer,
    Ways, search_text, words_of,
};
use crate::db::{Error, Reader, Row, Tx, ids};
use crate::i18n::sort_key;
use crate::{in_ids, sql, values};

/// An account as sign-in needs it.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    pub account: Account,
    pub password: Option<String>,
}

/// A session as its owner sees it.
#[derive(Clone, Debug)]
pub struct SessionRow {
    pub id: Uuid,
    pub agent: String,
    pub organisation: String,
    pub seen_at: Timestamp,
}

/// A token as its owner sees it.
#[derive(Clone, Debug)]
pub struct TokenRow {
    pub id: Uuid,
    pub name: String,
    pub scopes: TokenScopes,
    pub created_at: Timestamp,
}

/// One of the records that an account has in the organisations it serves.
#[derive(Clone, Debug)]
pub struct Membership {
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub organisation_name: String,
}

/// What a link opens.
#[derive(Clone, Debug)]
pub(super) struct LinkRow {
    pub purpose: String,
    pub person: Option<PersonId>,
}

pub(super) async fn add_organisation(tx: &mut Tx, organisation: &Organisation, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!("INSERT INTO organisations (id, name, slug, language, zone, created_at) VALUES ($1, $2, $3, $4, $5, $6)"),
        values![organisation.id, &organisation.name, &organisation.slug, organisation.lang, &organisation.zone, now],
    )
    .await
    .map(drop)
}

/// Every organisation of the installation, by name.
pub async fn organisations(from: impl Into<Reader<'_>>) -> Result<Vec<Organisation>, Error> {
    let rows = from
        .into()
        .rows(sql!("SELECT id, name, slug, language, zone FROM organisations ORDER BY slug"), values![])
        .await?;
    rows.iter().map(organisation_of).collect()
}

pub async fn organisation(from: impl Into<Reader<'_>>, id: OrganisationId) -> Result<Option<Organisation>, Error> {
    let row = from
        .into()
        .row(sql!("SELECT id, name, slug, language, zone FROM organisations WHERE id = $1"), values![id])
        .await?;
    row.as_ref().map(organisation_of).transpose()
}

pub async fn organisation_by_slug(from: impl Into<Reader<'_>>, slug: &str) -> Result<Option<Organisation>, Error> {
    let row = from
        .into()
        .row(sql!("SELECT id, name, slug, language, zone FROM organisations WHERE slug = $1"), values![slug])
        .await?;
    row.as_ref().map(organisation_of).transpose()
}

fn organisation_of(row: &Row) -> Result<Organisation, Error> {
    Ok(Organisation {
        id: row.get("id")?,
        name: row.get("name")?,
        slug: row.get("slug")?,
        lang: row.get("language")?,
        zone: row.get("zone")?,
    })
}

pub(super) async fn add_person(
    tx: &mut Tx,
    id: PersonId,
    organisation: OrganisationId,
    person: &NewPerson,
    now: Timestamp,
) -> Result<(), Error> {
    add_persons(tx, organisation, &[(id, person.clone())], now).await
}

pub(super) async fn add_persons(
    tx: &mut Tx,
    organisation: OrganisationId,
    persons: &[(PersonId, NewPerson)],
    now: Timestamp,
) -> Result<(), Error> {
    let rows = persons
        .iter()
        .map(|(id, person)| {
            values![
                *id,
                organisation,
                person.address.as_str(),
                &person.name,
                sort_key(&person.name),
                search_text(&person.name, person.address.as_str(), &person.words),
                person.lang,
                &person.zone,
                now,
                1_i64,
                person.in_directory
            ]
        })
        .collect();
    tx.run_many(
        sql!(
            "INSERT INTO persons (id, organisation, address, name, name_sort, search, language, zone, created_at, version, ",
            "in_directory) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        rows,
    )
    .await
    .map(drop)
}

/// The core of a person, whatever organisation they are of; the caller asks who may.
pub async fn person(from: impl Into<Reader<'_>>, id: PersonId) -> Result<Option<PersonCore>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT id, organisation, account, address, name, language, zone, search, in_directory, version, unreachable_at, ",
                "reached_at, private_address, private_confirmed_at, private_unreachable_at, mails_privately, erased_at FROM persons WHERE id = $1"
            ),
            values![id],
        )
        .await?;
    row.as_ref().map(person_core).transpose()
}

/// The texts by which everybody of an organisation is found.
pub(super) async fn searched(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
) -> Result<Vec<(PersonId, String)>, Error> {
    let rows =
        from.into().rows(sql!("SELECT id, search FROM persons WHERE organisation = $1"), values![organisation]).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("search")?))).collect()
}

/// What people are called, of those who are on record; the caller asks who may.
pub async fn names(from: impl Into<Reader<'_>>, people: &[Uuid]) -> Result<BTreeMap<Uuid, String>, Error> {
    let statement = sql!("SELECT id, name, address FROM persons WHERE id ", in_ids!("$1"));
    let rows = from.into().rows(statement, values![ids(people.iter().copied())]).await?;
    let called = |row: &Row| {
        let name: String = row.get("name")?;
        let name = if name.trim().is_empty() { row.get("address")? } else { name };
        Ok((row.get("id")?, name))
    };
    rows.iter().map(called).collect()
}

pub(super) async fn still_here(tx: &mut Tx, people: &[PersonId]) -> Result<BTreeSet<PersonId>, Error> {
    let statement = sql!("SELECT id FROM persons WHERE erased_at IS NULL AND id ", in_ids!("$1"));
    let rows = tx.rows(statement, values![ids(people.iter().map(|person| person.0))]).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

fn person_core(row: &Row) -> Result<PersonCore, Error> {
    let ways = ways_of(row)?;
    Ok(PersonCore {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        account: row.get("account")?,
        address: row.get("address")?,
        name: row.get("name")?,
        lang: row.get("language")?,
        zone: row.get("zone")?,
        words: words_of(&row.get::<String>("search")?).to_owned(),
        in_directory: row.get("in_directory")?,
        unreachable_at: ways.unreachable_at,
        mailbox: ways.mailbox(),
        erased_at: row.get("erased_at")?,
        version: row.get("version")?,
    })
}

fn ways_of(row: &Row) -> Result<Ways, Error> {
    Ok(Ways {
        address: row.get("address")?,
        unreachable_at: row.get("unreachable_at")?,
        reached_at: row.get("reached_at")?,
        private: row.get("private_address")?,
        confirmed_at: row.get("private_confirmed_at")?,
        private_unreachable_at: row.get("private_unreachable_at")?,
        privately: row.get("mails_privately")?,
    })
}

/// What is known of the ways to somebody.
pub(super) async fn ways(from: impl Into<Reader<'_>>, id: PersonId) -> Result<Option<Ways>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT address, unreachable_at, reached_at, private_address, private_confirmed_at, private_unreachable_at, ",
                "mails_privately FROM persons WHERE id = $1"
            ),
            values![id],
        )
        .await?;
    row.as_ref().map(ways_of).transpose()
}

/// Notes that the server refuses an address for good; false when that was known, or the address is another by now.
pub(super) async fn note_unreachable(tx: &mut Tx, id: PersonId, address: &str, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!("UPDATE persons SET unreachable_at = $3 WHERE id = $1 AND address = $2 AND unreachable_at IS NULL"),
            values![id, address, now],
        )
        .await?;
    Ok(touched == 1)
}

pub(super) async fn note_private_unreachable(
    tx: &mut Tx,
    id: PersonId,
    address: &str,
    now: Timestamp,
) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE persons SET private_unreachable_at = $3 WHERE id = $1 AND private_address = $2"),
        values![id, address, now],
    )
    .await
    .map(drop)
}

/// A mail has arrived at the organisation's address.
pub(super) async fn note_reached(tx: &mut Tx, id: PersonId, now: Timestamp) -> Result<(), Error> {
    tx.run(sql!("UPDATE persons SET unreachable_at = NULL, reached_at = $2 WHERE id = $1"), values![id, now])
        .await
        .map(drop)
}

/// A mail has arrived at the private address.
pub(super) async fn confirm_private(tx: &mut Tx, id: PersonId, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE persons SET private_confirmed_at = $2, private_unreachable_at = NULL ",
            "WHERE id = $1 AND private_address IS NOT NULL"
        ),
        values![id, now],
    )
    .await
    .map(drop)
}

/// Names a private address, still to be confirmed, or none.
pub(super) async fn set_private(tx: &mut Tx, id: PersonId, address: Option<&str>) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE persons SET private_address = $2, private_confirmed_at = NULL, private_unreachable_at = NULL, ",
            "mails_privately = FALSE WHERE id = $1"
        ),
        values![id, address],
    )
    .await
    .map(drop)
}

pub(super) async fn mail_privately(tx: &mut Tx, id: PersonId, privately: bool) -> Result<(), Error> {
    tx.run(sql!("UPDATE persons SET mails_privately = $2 WHERE id = $1"), values![id, privately]).await.map(drop)
}

/// The person whose confirmed private address this is.
pub(super) async fn person_by_private_address(
    from: impl Into<Reader<'_>>,
    address: &str,
) -> Result<Option<PersonId>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT id FROM persons WHERE private_address = $1 AND private_confirmed_at IS NOT NULL ",
                "ORDER BY CASE WHEN account IS NULL THEN 1 ELSE 0 END, id LIMIT 1"
            ),
            values![address],
        )
        .await?;
    row.map(|row| row.get("id")).transpose()
}

/// The names of everybody else of an organisation who was not erased.
pub(super) async fn names_of_others(
    tx: &mut Tx,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<Vec<String>, Error> {
    let rows = tx
        .rows(
            sql!("SELECT name FROM persons WHERE organisation = $1 AND id <> $2 AND erased_at IS NULL"),
            values![organisation, person],
        )
        .await?;
    rows.iter().map(|row| row.get("name")).collect()
}

/// Leaves of somebody a row that names nobody. An organisation knows every address once, so that the identifier stands in its place.
pub(super) async fn make_nameless(tx: &mut Tx, id: PersonId, name: &str, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE persons SET account = NULL, address = $2, name = $3, name_sort = $4, search = '', in_directory = FALSE, ",
            "unreachable_at = $5, reached_at = NULL, private_address = NULL, private_confirmed_at = NULL, private_unreachable_at = NULL, ",
            "mails_privately = FALSE, erased_at = $5, version = version + 1 WHERE id = $1"
        ),
        values![id, id.to_string(), name, sort_key(name), now],
    )
    .await
    .map(drop)
}

/// Deletes an account that signs in to nothing any more.
pub(super) async fn forget_account(tx: &mut Tx, account: Account) -> Result<(), Error> {
    let statement =
        sql!("DELETE FROM accounts WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM persons WHERE persons.account = $1)");
    tx.run(statement, values![account]).await.map(drop)
}

pub(super) async fn people_by_address(from: impl Into<Reader<'_>>, address: &str) -> Result<Vec<PersonId>, Error> {
    let statement = sql!("SELECT id FROM persons WHERE address = $1 AND erased_at IS NULL ORDER BY id");
    let rows = from.into().rows(statement, values![address]).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// Who was erased in the whole installation.
pub async fn erased(from: impl Into<Reader<'_>>) -> Result<Vec<PersonId>, Error> {
    let rows = from.into().rows(sql!("SELECT id FROM persons WHERE erased_at IS NOT NULL"), values![]).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// Takes back somebody's links of a purpose.
pub(super) async fn forget_links_of(tx: &mut Tx, id: PersonId, purpose: &str) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM links WHERE person = $1 AND purpose = $2 AND used_at IS NULL"), values![id, purpose])
        .await
        .map(drop)
}

/// Whether anything changed: false when somebody else wrote a newer version first.
pub(super) async fn update_person(tx: &mut Tx, person: &PersonCore) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE persons SET name = $2, name_sort = $3, search = $4, language = $5, zone = $6, in_directory = $8, ",
                "version = version + 1 WHERE id = $1 AND version = $7"
            ),
            values![
                person.id,
                &person.name,
                sort_key(&person.name),
                search_text(&person.name, &person.address, &person.words),
                person.lang,
                &person.zone,
                person.version,
                person.in_directory
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// The parts that somebody holds.
pub async fn parts_of(from: impl Into<Reader<'_>>, person: PersonId) -> Result<Vec<Held>, Error> {
    let rows = from
        .into()
        .rows(sql!("SELECT part, scope, scope_id FROM parts WHERE person = $1 ORDER BY part"), values![person])
        .await?;
    Ok(rows.iter().map(held).collect::<Result<Vec<_>, Error>>()?.into_iter().flatten().collect())
}

/// The parts that each of some people of an organisation holds, and since when.
pub async fn held_by(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    people: &[PersonId],
) -> Result<Vec<(PersonId, Held, Timestamp)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT person, part, scope, scope_id, granted_at FROM parts WHERE organisation = $1 AND person ",
                in_ids!("$2"),
                " ORDER BY person, part"
            ),
            values![organisation, ids(people.iter().map(|person| person.0))],
        )
        .await?;
    let mut all = Vec::new();
    for row in &rows {
        if let Some(held) = held(row)? {
            all.push((row.get("person")?, held, row.get("granted_at")?));
        }
    }
    Ok(all)
}

fn held(row: &Row) -> Result<Option<Held>, Error> {
    let Some(part) = row.get::<Option<String>>("part")?.as_deref().and_then(Part::parse) else { return Ok(None) };
    let scope_id: Option<Uuid> = row.get("scope_id")?;
    let scope: String = row.get("scope")?;
    let scope = match (scope.as_str(), scope_id) {
        ("edition", Some(id)) => Scope::Edition(id),
        ("mentorship", Some(id)) => Scope::Mentorship(id),
        _ => Scope::Organisation,
    };
    Ok(Some(Held { part, scope }))
}

pub(super) async fn grant(
    tx: &mut Tx,
    organisation: OrganisationId,
    grants: &[(Uuid, PersonId, Held)],
    now: Timestamp,
) -> Result<u64, Error> {
    let rows = grants
        .iter()
        .map(|(id, person, held)| {
            let (scope, scope_id) = match held.scope {
                Scope::Organisation => ("organisation", None),
                Scope::Edition(id) => ("edition", Some(id)),
                Scope::Mentorship(id) => ("mentorship", Some(id)),
            };
            values![*id, organisation, *person, held.part.code(), scope, scope_id, now]
        })
        .collect();
    tx.run_many(
        sql!(
            "INSERT INTO parts (id, organisation, person, part, scope, scope_id, granted_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
        ),
        rows,
    )
    .await
}

pub(super) async fn revoke(tx: &mut Tx, person: PersonId, part: Part) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM parts WHERE person = $1 AND part = $2 AND scope_id IS NULL"), values![person, part.code()])
        .await
        .map(drop)
}

pub(super) async fn revoke_in(tx: &mut Tx, person: PersonId, part: Part, scope: Uuid) -> Result<(), Error> {
    tx.run(
        sql!("DELETE FROM parts WHERE person = $1 AND part = $2 AND scope_id = $3"),
        values![person, part.code(), scope],
    )
    .await
    .map(drop)
}

/// Who holds a part in the organisation itself.
pub async fn person_ids_with_part(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    part: Part,
) -> Result<Vec<PersonId>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT person FROM parts WHERE organisation = $1 AND part = $2 AND scope_id IS NULL"),
            values![organisation, part.code()],
        )
        .await?;
    rows.iter().map(|row| row.get("person")).collect()
}

/// Who holds a part in a very edition or mentorship.
pub async fn person_ids_with_part_there(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    part: Part,
    scope: Uuid,
) -> Result<Vec<PersonId>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT person FROM parts WHERE organisation = $1 AND part = $2 AND scope_id = $3"),
            values![organisation, part.code(), scope],
        )
        .await?;
    rows.iter().map(|row| row.get("person")).collect()
}

pub(super) async fn keys(from: impl Into<Reader<'_>>, address: &str) -> Result<Option<Keys>, Error> {
    let row = from.into().row(sql!("SELECT id, password FROM accounts WHERE address = $1"), values![address]).await?;
    row.map(|row| Ok(Keys { account: row.get("id")?, password: row.get("password")? })).transpose()
}

pub(super) async fn keys_of(from: impl Into<Reader<'_>>, account: Account) -> Result<Option<Keys>, Error> {
    let row = from.into().row(sql!("SELECT id, password FROM accounts WHERE id = $1"), values![account]).await?;
    row.map(|row| Ok(Keys { account: row.get("id")?, password: row.get("password")? })).transpose()
}

/// Adds an account for an address, or leaves the one that there is.
pub(super) async fn add_account(tx: &mut Tx, id: Uuid, address: &str, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!("INSERT INTO accounts (id, address, created_at) VALUES ($1, $2, $3) ON CONFLICT (address) DO NOTHING"),
        values![id, address, now],
    )
    .await
    .map(drop)
}

pub(super) async fn set_password(tx: &mut Tx, account: Account, hash: &str) -> Result<(), Error> {
    tx.run(sql!("UPDATE accounts SET password = $2 WHERE id = $1"), values![account, hash]).await.map(drop)
}

pub(super) async fn link_account(tx: &mut Tx, person: PersonId, account: Account) -> Result<(), Error> {
    tx.run(sql!("UPDATE persons SET account = $2 WHERE id = $1"), values![person, account]).await.map(drop)
}

/// The records of an account, by the name of their organisation.
pub(super) async fn memberships(from: impl Into<Reader<'_>>, account: Account) -> Result<Vec<Membership>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT persons.id, persons.organisation, organisations.name FROM persons ",
                "JOIN organisations ON organisations.id = persons.organisation ",
                "WHERE persons.account = $1 ORDER BY organisations.slug"
            ),
            values![account],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Membership {
                person: row.get("id")?,
                organisation: row.get("organisation")?,
                organisation_name: row.get("name")?,
            })
        })
        .collect()
}

/// A session to be opened.
#[derive(Clone, Debug)]
pub(super) struct NewSession {
    pub id: Uuid,
    pub account: Account,
    pub organisation: OrganisationId,
    pub person: PersonId,
    pub token: Vec<u8>,
    pub agent: String,
    pub by_link: bool,
    pub now: Timestamp,
    pub expires_at: Timestamp,
}

pub(super) async fn add_session(tx: &mut Tx, session: &NewSession) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO sessions (id, account, organisation, person, token, agent, by_link, created_at, seen_at, expires_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)"
        ),
        values![
            session.id,
            session.account,
            session.organisation,
            session.person,
            session.token.clone(),
            &session.agent,
            session.by_link,
            session.now,
            session.expires_at
        ],
    )
    .await
    .map(drop)
}

pub(super) async fn sessions(
    from: impl Into<Reader<'_>>,
    account: Account,
    now: Timestamp,
) -> Result<Vec<SessionRow>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT sessions.id, sessions.agent, sessions.seen_at, organisations.name ",
                "FROM sessions JOIN organisations ON organisations.id = sessions.organisation ",
                "WHERE sessions.account = $1 AND sessions.expires_at > $2 ORDER BY sessions.seen_at DESC, sessions.id LIMIT 100"
            ),
            values![account, now],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(SessionRow {
                id: row.get("id")?,
                agent: row.get("agent")?,
                organisation: row.get("name")?,
                seen_at: row.get("seen_at")?,
            })
        })
        .collect()
}

/// Ends a session of this account; false when there is none.
pub(super) async fn end_session(tx: &mut Tx, account: Account, id: Uuid) -> Result<bool, Error> {
    Ok(tx.run(sql!("DELETE FROM sessions WHERE id = $1 AND account = $2"), values![id, account]).await? == 1)
}

pub(super) async fn end_other_sessions(tx: &mut Tx, account: Account, kept: Option<Uuid>) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM sessions WHERE account = $1 AND id <> $2"), values![account, kept.unwrap_or(Uuid::nil())])
        .await
        .map(drop)
}

pub(super) async fn end_old_sessions(tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM sessions WHERE expires_at <= $1"), values![now]).await.map(drop)
}

pub(super) async fn move_session(tx: &mut Tx, session: Uuid, to: &Membership) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE sessions SET organisation = $2, person = $3 WHERE id = $1"),
        values![session, to.organisation, to.person],
    )
    .await
    .map(drop)
}

pub(super) async fn note_seen(tx: &mut Tx, session: Uuid, now: Timestamp) -> Result<(), Error> {
    tx.run(sql!("UPDATE sessions SET seen_at = $2 WHERE id = $1"), values![session, now]).await.map(drop)
}

/// Who a session is, and every part they hold, in one answer.
pub(super) async fn viewer_of_session(from: Reader<'_>, token: &[u8], now: Timestamp) -> Result<Option<Viewer>, Error> {
    let rows = from
        .rows(
            sql!(
                "SELECT sessions.id AS session, sessions.by_link, sessions.created_at AS opened_at, sessions.seen_at, ",
                "persons.account, persons.id, persons.organisation, persons.name, persons.address, persons.language, ",
                "persons.zone, organisations.name AS organisation_name, parts.part, parts.scope, parts.scope_id, ",
                "(SELECT count(*) FROM (SELECT 1 FROM notices WHERE notices.person = persons.id AND notices.read_at IS NULL ",
                "AND NOT EXISTS (SELECT 1 FROM notice_choices WHERE notice_choices.person = notices.person ",
                "AND notice_choices.kind = notices.kind AND notice_choices.way = 'off') LIMIT 100) AS waiting) AS unread ",
                "FROM sessions JOIN persons ON persons.id = sessions.person AND persons.account = sessions.account ",
                "JOIN organisations ON organisations.id = persons.organisation ",
                "LEFT JOIN parts ON parts.person = persons.id WHERE sessions.token = $1 AND sessions.expires_at > $2"
            ),
            values![token.to_vec(), now],
        )
        .await?;
    let Some(mut viewer) = viewer(&rows)? else { return Ok(None) };
    let Some(row) = rows.first() else { return Ok(None) };
    viewer.session = Some(row.get("session")?);
    viewer.seen_at = Some(row.get("seen_at")?);
    viewer.linked_at = if row.get("by_link")? { Some(row.get("opened_at")?) } else { None };
    Ok(Some(viewer))
}

/// Who a bearer token is, every part they hold, and how far the token goes.
pub(super) async fn viewer_of_token(from: Reader<'_>, token: &[u8]) -> Result<Option<(Viewer, TokenScopes)>, Error> {
    let rows = from
        .rows(
            sql!(
                "SELECT persons.account, persons.id, persons.organisation, persons.name, persons.address, persons.language, ",
                "persons.zone, organisations.name AS organisation_name, parts.part, parts.scope, parts.scope_id, ",
                "CAST(0 AS BIGINT) AS unread, api_tokens.scopes FROM api_tokens JOIN persons ON persons.id = api_tokens.person ",
                "JOIN organisations ON organisations.id = persons.organisation ",
                "LEFT JOIN parts ON parts.person = persons.id WHERE api_tokens.token = $1"
            ),
            values![token.to_vec()],
        )
        .await?;
    let Some(viewer) = viewer(&rows)? else { return Ok(None) };
    let scopes = rows.first().map(|row| row.get::<String>("scopes")).transpose()?;
    Ok(Some((viewer, TokenScopes::parse(&scopes.unwrap_or_default()))))
}

/// Who somebody is, and every part they hold.
pub(super) async fn viewer_of_person(from: Reader<'_>, person: PersonId) -> Result<Option<Viewer>, Error> {
    let rows = from
        .rows(
            sql!(
                "SELECT persons.account, persons.id, persons.organisation, persons.name, persons.address, persons.language, ",
                "persons.zone, organisations.name AS organisation_name, parts.part, parts.scope, parts.scope_id, ",
                "CAST(0 AS BIGINT) AS unread FROM persons JOIN organisations ON organisations.id = persons.organisation ",
                "LEFT JOIN parts ON parts.person = persons.id WHERE persons.id = $1"
            ),
            values![person],
        )
        .await?;
    viewer(&rows)
}

/// One person from the rows of their parts.
fn viewer(rows: &[Row]) -> Result<Option<Viewer>, Error> {
    let Some(row) = rows.first() else { return Ok(None) };
    let zone: String = row.get("zone")?;
    let parts = rows.iter().map(held).collect::<Result<Vec<_>, Error>>()?;
    Ok(Some(Viewer {
        session: None,
        account: row.get("account")?,
        person: row.get("id")?,
        organisation: row.get("organisation")?,
        organisation_name: row.get("organisation_name")?,
        name: row.get("name")?,
        address: row.get("address")?,
        lang: row.get("language")?,
        zone: TimeZone::get(&zone).unwrap_or(TimeZone::UTC),
        parts: parts.into_iter().flatten().collect(),
        linked_at: None,
        seen_at: None,
        notice: None,
        unread: row.get("unread")?,
    }))
}

pub(super) async fn add_link(
    tx: &mut Tx,
    token: &[u8],
    purpose: &str,
    person: Option<&PersonCore>,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO links (token, purpose, organisation, person, created_at, expires_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        values![
            token.to_vec(),
            purpose,
            person.map(|person| person.organisation),
            person.map(|person| person.id),
            now,
            expires_at
        ],
    )
    .await
    .map(drop)
}

/// A link that still opens something.
pub(super) async fn link(from: impl Into<Reader<'_>>, token: &[u8], now: Timestamp) -> Result<Option<LinkRow>, Error> {
    let row = from
        .into()
        .row(
            sql!("SELECT purpose, person FROM links WHERE token = $1 AND used_at IS NULL AND expires_at > $2"),
            values![token.to_vec(), now],
        )
        .await?;
    row.map(|row| Ok(LinkRow { purpose: row.get("purpose")?, person: row.get("person")? })).transpose()
}

/// Marks a link as used; false when somebody was faster.
pub(super) async fn use_link(tx: &mut Tx, token: &[u8], now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(sql!("UPDATE links SET used_at = $2 WHERE token = $1 AND used_at IS NULL"), values![token.to_vec(), now])
        .await?;
    Ok(touched == 1)
}

pub(super) async fn forget_links(tx: &mut Tx, purpose: &str) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM links WHERE purpose = $1 AND used_at IS NULL"), values![purpose]).await.map(drop)
}

pub(super) async fn add_token(
    tx: &mut Tx,
    id: Uuid,
    person: &PersonCore,
    (name, scopes): (&str, &TokenScopes),
    token: &[u8],
    now: Timestamp,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO api_tokens (id, organisation, person, name, token, scopes, created_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        values![id, person.organisation, person.id, name, token.to_vec(), scopes.kept(), now],
    )
    .await
    .map(drop)
}

pub(super) async fn tokens(from: impl Into<Reader<'_>>, person: PersonId) -> Result<Vec<TokenRow>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT id, name, scopes, created_at FROM api_tokens WHERE person = $1 ORDER BY id DESC LIMIT 100"),
            values![person],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(TokenRow {
                id: row.get("id")?,
                name: row.get("name")?,
                scopes: TokenScopes::parse(&row.get::<String>("scopes")?),
                created_at: row.get("created_at")?,
            })
        })
        .collect()
}

/// Takes a token of this person back; false when there is none.
pub(super) async fn remove_token(tx: &mut Tx, person: PersonId, id: Uuid) -> Result<bool, Error> {
    Ok(tx.run(sql!("DELETE FROM api_tokens WHERE id = $1 AND person = $2"), values![id, person]).await? == 1)
}

/// Counts an attempt and says how many there were since the bucket was opened; one that was opened at `old` or before is
/// opened anew. One statement that reads no other rows: those who try at once do not stand in each other's way.
pub(super) async fn count_attempt(tx: &mut Tx, bucket: &[u8], now: Timestamp, old: Timestamp) -> Result<i64, Error> {
    let row = tx
        .row(
            sql!(
                "INSERT INTO attempts (bucket, opened_at, tries) VALUES ($1, $2, 1) ON CONFLICT (bucket) DO UPDATE SET ",
                "tries = CASE WHEN attempts.opened_at > $3 THEN attempts.tries + 1 ELSE 1 END, ",
                "opened_at = CASE WHEN attempts.opened_at > $3 THEN attempts.opened_at ELSE excluded.opened_at END ",
                "RETURNING tries"
            ),
            values![bucket.to_vec(), now, old],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get("tries"))
}

pub(super) async fn forget_attempts_at(tx: &mut Tx, bucket: &[u8]) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM attempts WHERE bucket = $1"), values![bucket.to_vec()]).await.map(drop)
}

pub(super) async fn forget_attempts(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM attempts WHERE opened_at < $1"), values![before]).await.map(drop)
}

/// The person whom a sign-in link for this address should reach: one with an account first.
pub(super) async fn person_by_address(from: impl Into<Reader<'_>>, address: &str) -> Result<Option<PersonId>, Error> {
    let row = from
        .into()
        .row(
            sql!("SELECT id FROM persons WHERE address = $1 ORDER BY CASE WHEN account IS NULL THEN 1 ELSE 0 END, id LIMIT 1"),
            values![address],
        )
        .await?;
    row.map(|row| row.get("id")).transpose()
}

pub(super) async fn organisation_name(
    from: impl Into<Reader<'_>>,
    id: OrganisationId,
) -> Result<Option<String>, Error> {
    let row = from.into().row(sql!("SELECT name FROM organisations WHERE id = $1"), values![id]).await?;
    row.map(|row| row.get("name")).transpose()
}
