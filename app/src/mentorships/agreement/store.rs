use jiff::Timestamp;

use super::model::{Draft, Signature, SignatureId, Template, Version, VersionId, Versions};
use crate::db::{Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::mentorships::MentorshipId;
use crate::programmes::EditionId;
use crate::vault::Sealed;
use crate::{in_ids, sql, values};

/// A page shows so many versions; nobody agrees so often.
const MOST_VERSIONS: i64 = 100;

/// The versions of a mentorship, the newest first.
pub async fn versions(from: impl Into<Reader<'_>>, mentorship: MentorshipId) -> Result<Versions, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT agreement_versions.id, number, author, persons.name AS author_name, agreement_versions.lang, ",
                "break_glass, words, proposed_at, hash, settled_at, dropped_at, changed_at, agreement_versions.version ",
                "FROM agreement_versions JOIN persons ON persons.id = agreement_versions.author ",
                "WHERE mentorship = $1 ORDER BY number DESC LIMIT $2"
            ),
            values![mentorship, MOST_VERSIONS],
        )
        .await?;
    Ok(Versions(rows.iter().map(version_of).collect::<Result<_, _>>()?))
}

fn version_of(row: &Row) -> Result<Version, Error> {
    Ok(Version {
        id: row.get("id")?,
        number: row.get("number")?,
        author: row.get("author")?,
        author_name: row.get("author_name")?,
        lang: row.get("lang")?,
        break_glass: row.get("break_glass")?,
        words: row.get("words")?,
        proposed_at: row.get("proposed_at")?,
        hash: row.get("hash")?,
        settled_at: row.get("settled_at")?,
        dropped_at: row.get("dropped_at")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

/// What the two of a mentorship are at: a draft, or a proposal that waits.
#[derive(Clone, Copy, Debug)]
pub struct Open {
    pub author: PersonId,
    pub is_proposed: bool,
    /// Since when the proposal waits.
    pub since: Option<Timestamp>,
}

/// What the pairs of these mentorships are at, where they are at something.
pub async fn open_of(
    from: impl Into<Reader<'_>>,
    mentorships: &[MentorshipId],
) -> Result<Vec<(MentorshipId, Open)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT mentorship, author, proposed_at FROM agreement_versions ",
                "WHERE settled_at IS NULL AND dropped_at IS NULL AND mentorship ",
                in_ids!("$1")
            ),
            values![ids(mentorships.iter().map(|id| id.0))],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let since: Option<Timestamp> = row.get("proposed_at")?;
            Ok((row.get("mentorship")?, Open { author: row.get("author")?, is_proposed: since.is_some(), since }))
        })
        .collect()
}

/// The signatures under all versions of a mentorship, in the order in which they were given.
pub(super) async fn signatures(from: impl Into<Reader<'_>>, mentorship: MentorshipId) -> Result<Vec<Signature>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT agreement_signatures.id, agreement, person, persons.name, signed_at, agreement_signatures.hash, ",
                "agreement_signatures.words FROM agreement_signatures ",
                "JOIN agreement_versions ON agreement_versions.id = agreement_signatures.agreement ",
                "JOIN persons ON persons.id = agreement_signatures.person ",
                "WHERE agreement_versions.mentorship = $1 ORDER BY signed_at, agreement_signatures.id LIMIT $2"
            ),
            values![mentorship, 2 * MOST_VERSIONS],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Signature {
                id: row.get("id")?,
                of: row.get("agreement")?,
                person: row.get("person")?,
                name: row.get("name")?,
                signed_at: row.get("signed_at")?,
                hash: row.get("hash")?,
                words: row.get("words")?,
            })
        })
        .collect()
}

/// A draft as it is written down, by whom and when.
pub(super) struct Written<'a> {
    pub draft: &'a Draft,
    pub words: Sealed,
    pub by: PersonId,
    pub at: Timestamp,
}

pub(super) async fn add(
    tx: &mut Tx,
    (organisation, mentorship): (OrganisationId, MentorshipId),
    (id, number): (VersionId, i64),
    written: &Written<'_>,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO agreement_versions (id, organisation, mentorship, number, author, lang, break_glass, words, ",
            "changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)"
        ),
        values![
            id,
            organisation,
            mentorship,
            number,
            written.by,
            written.draft.lang,
            written.draft.break_glass,
            &written.words,
            written.at
        ],
    )
    .await
    .map(drop)
}

pub(super) async fn update(tx: &mut Tx, id: VersionId, written: &Written<'_>) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE agreement_versions SET author = $2, lang = $3, break_glass = $4, words = $5, changed_at = $6, ",
            "version = version + 1 WHERE id = $1"
        ),
        values![id, written.by, written.draft.lang, written.draft.break_glass, &written.words, written.at],
    )
    .await
    .map(drop)
}

pub(super) async fn propose(tx: &mut Tx, id: VersionId, hash: &str, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE agreement_versions SET proposed_at = $2, hash = $3, version = version + 1 WHERE id = $1"),
        values![id, now, hash],
    )
    .await
    .map(drop)
}

pub(super) async fn settle(tx: &mut Tx, id: VersionId, now: Timestamp) -> Result<(), Error> {
    tx.run(sql!("UPDATE agreement_versions SET settled_at = $2, version = version + 1 WHERE id = $1"), values![id, now])
        .await
        .map(drop)
}

pub(super) async fn drop_proposal(tx: &mut Tx, id: VersionId, now: Timestamp) -> Result<(), Error> {
    tx.run(sql!("UPDATE agreement_versions SET dropped_at = $2, version = version + 1 WHERE id = $1"), values![id, now])
        .await
        .map(drop)
}

pub(super) async fn delete_draft(tx: &mut Tx, id: VersionId) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM agreement_versions WHERE id = $1 AND proposed_at IS NULL"), values![id]).await.map(drop)
}

pub(super) async fn sign(
    tx: &mut Tx,
    organisation: OrganisationId,
    (id, of): (SignatureId, VersionId),
    (person, now): (PersonId, Timestamp),
    (hash, words): (&str, Sealed),
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO agreement_signatures (id, organisation, agreement, person, signed_at, hash, words) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        values![id, organisation, of, person, now, hash, words],
    )
    .await
    .map(drop)
}

/// What the pairs of an edition begin with: its own template, or the product's.
pub async fn template_of(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Template, Error> {
    let row = from
        .into()
        .row(sql!("SELECT texts, break_glass, version FROM agreement_templates WHERE edition = $1"), values![edition])
        .await?;
    let Some(row) = row else { return Ok(Template::default()) };
    let texts: String = row.get("texts")?;
    let own = serde_json::from_str(&texts)
        .map_err(|error| Error::Column { column: "texts".to_owned(), reason: error.to_string() })?;
    Ok(Template { own, break_glass: row.get("break_glass")?, version: row.get("version")? })
}

/// Writes a template over the version that it was made from; false when somebody else was first.
pub(super) async fn write_template(
    tx: &mut Tx,
    (organisation, edition): (OrganisationId, EditionId),
    template: &Template,
    now: Timestamp,
) -> Result<bool, Error> {
    let texts = serde_json::to_string(&template.own).unwrap_or_default();
    let touched = tx
        .run(
            sql!(
                "INSERT INTO agreement_templates (edition, organisation, texts, break_glass, changed_at, version) ",
                "VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (edition) DO UPDATE SET texts = excluded.texts, ",
                "break_glass = excluded.break_glass, changed_at = excluded.changed_at, ",
                "version = agreement_templates.version + 1 WHERE agreement_templates.version = $6"
            ),
            values![edition, organisation, texts, template.break_glass, now, template.version],
        )
        .await?;
    Ok(touched == 1)
}
