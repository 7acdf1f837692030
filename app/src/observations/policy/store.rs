use jiff::Timestamp;
use jiff::civil::Date;

use super::super::model::{Class, Clearance, ClearanceId, MOST_TEMPLATES, Policy, TemplateId, Terms, TextId};
use super::super::past::store as past;
use super::super::undertakings::{NewText, Text};
use crate::db::{Error, Reader, Row, Tx};
use crate::identity::{OrganisationId, PersonId};
use crate::{sql, values};

/// Writes the policy over the version that was read, 0 for none; false when somebody else was first.
pub(super) async fn write_policy(
    tx: &mut Tx,
    organisation: OrganisationId,
    policy: Policy,
    (by, at): (PersonId, Timestamp),
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO observation_policies (organisation, confidential, open_without_undertaking, secretary_agrees, ",
                "changed_by, changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT (organisation) DO UPDATE SET ",
                "confidential = excluded.confidential, open_without_undertaking = excluded.open_without_undertaking, ",
                "secretary_agrees = excluded.secretary_agrees, changed_by = excluded.changed_by, ",
                "changed_at = excluded.changed_at, version = observation_policies.version + 1 ",
                "WHERE observation_policies.version = $7"
            ),
            values![
                organisation,
                policy.confidential.code(),
                policy.open_without_undertaking,
                policy.secretary_agrees,
                by,
                at,
                policy.version
            ],
        )
        .await?;
    if touched == 1 {
        past::rule(tx, organisation, policy, (by, at)).await?;
    }
    Ok(touched == 1)
}

/// The texts of an organisation, the newest first.
pub(in super::super) async fn texts(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
) -> Result<Vec<Text>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT id, number, text_es, text_en, lasts_months, notes_days, written_at FROM undertaking_texts ",
                "WHERE organisation = $1 ORDER BY number DESC LIMIT 20"
            ),
            values![organisation],
        )
        .await?;
    rows.iter().map(text_of).collect()
}

/// A text of an organisation.
pub(in super::super) async fn text(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    id: TextId,
) -> Result<Option<Text>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT id, number, text_es, text_en, lasts_months, notes_days, written_at FROM undertaking_texts ",
                "WHERE organisation = $1 AND id = $2"
            ),
            values![organisation, id],
        )
        .await?;
    row.as_ref().map(text_of).transpose()
}

fn text_of(row: &Row) -> Result<Text, Error> {
    Ok(Text {
        id: row.get("id")?,
        number: row.get("number")?,
        es: row.get("text_es")?,
        en: row.get("text_en")?,
        terms: Terms {
            text: Some(row.get("id")?),
            lasts_months: row.get("lasts_months")?,
            notes_days: row.get("notes_days")?,
        },
        written_at: row.get("written_at")?,
    })
}

/// Adds a text after those that there are.
pub(in super::super) async fn add_text(
    tx: &mut Tx,
    organisation: OrganisationId,
    (id, number, new): (TextId, i64, &NewText),
    (by, at): (Option<PersonId>, Timestamp),
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO undertaking_texts (id, organisation, number, text_es, text_en, lasts_months, notes_days, written_by, ",
            "written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        values![
            id,
            organisation,
            number,
            &new.es,
            &new.en,
            new.terms.lasts_months,
            new.terms.notes_days,
            by,
            at
        ],
    )
    .await
    .map(drop)
}

/// Who is cleared on a day or later, by when it ends.
pub(super) async fn clearances(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    day: Date,
) -> Result<Vec<Clearance>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT clearances.id, clearances.person, persons.name, clearances.until, clearances.given_at, givers.name AS given_by ",
                "FROM clearances JOIN persons ON persons.id = clearances.person JOIN persons AS givers ON givers.id = clearances.given_by WHERE clearances.organisation = $1 AND clearances.revoked_at IS NULL ",
                "AND clearances.until >= $2 ORDER BY clearances.until, clearances.id LIMIT 100"
            ),
            values![organisation, day.to_string()],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Clearance {
                id: row.get("id")?,
                person: row.get("person")?,
                person_name: row.get("name")?,
                until: row.word("until", |text| text.parse().ok())?,
                given_at: row.get("given_at")?,
                given_by: row.get("given_by")?,
            })
        })
        .collect()
}

/// Takes back what somebody has, before they are given another one.
pub(super) async fn revoke_of(
    tx: &mut Tx,
    organisation: OrganisationId,
    person: PersonId,
    at: Timestamp,
) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE clearances SET revoked_at = $3 WHERE organisation = $1 AND person = $2 AND revoked_at IS NULL"),
        values![organisation, person, at],
    )
    .await
    .map(drop)
}

pub(super) async fn clear(
    tx: &mut Tx,
    organisation: OrganisationId,
    (id, person, until): (ClearanceId, PersonId, Date),
    (by, at): (PersonId, Timestamp),
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO clearances (id, organisation, person, until, given_by, given_at) VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        values![id, organisation, person, until.to_string(), by, at],
    )
    .await
    .map(drop)
}

/// Takes a clearance back; false where there is none.
pub(super) async fn revoke(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ClearanceId,
    at: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!("UPDATE clearances SET revoked_at = $3 WHERE organisation = $1 AND id = $2 AND revoked_at IS NULL"),
            values![organisation, id, at],
        )
        .await?;
    Ok(touched == 1)
}

/// Classes in the order of the items, under a name.
#[derive(Clone, Debug)]
pub struct Template {
    pub id: TemplateId,
    pub name: String,
    pub classes: Vec<Class>,
}

pub(in super::super) async fn templates(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
) -> Result<Vec<Template>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT id, name, classes FROM item_templates WHERE organisation = $1 ORDER BY name, id LIMIT $2"),
            values![organisation, i64::try_from(MOST_TEMPLATES).unwrap_or(i64::MAX)],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Template {
                id: row.get("id")?,
                name: row.get("name")?,
                classes: row.word("classes", |text| text.split_whitespace().map(Class::parse).collect())?,
            })
        })
        .collect()
}

pub(super) async fn add_template(
    tx: &mut Tx,
    organisation: OrganisationId,
    template: &Template,
    (by, at): (PersonId, Timestamp),
) -> Result<(), Error> {
    let classes: Vec<&str> = template.classes.iter().map(|class| class.code()).collect();
    tx.run(
        sql!(
            "INSERT INTO item_templates (id, organisation, name, classes, written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        values![template.id, organisation, &template.name, classes.join(" "), by, at],
    )
    .await
    .map(drop)
}

pub(super) async fn drop_template(tx: &mut Tx, organisation: OrganisationId, id: TemplateId) -> Result<bool, Error> {
    let touched = tx
        .run(sql!("DELETE FROM item_templates WHERE organisation = $1 AND id = $2"), values![organisation, id])
        .await?;
    Ok(touched == 1)
}

/// Whether somebody holds a seat or asks for one at a sitting that is not over.
pub(super) async fn observes(
    from: impl Into<Reader<'_>>,
    (organisation, person): (OrganisationId, PersonId),
    now: Timestamp,
) -> Result<bool, Error> {
    let statement = sql!(
        "SELECT 1 AS found FROM seats JOIN sittings ON sittings.id = seats.sitting WHERE seats.organisation = $1 ",
        "AND seats.observer = $2 AND seats.state IN ('asked', 'held') AND sittings.ends_at > $3 ",
        "AND sittings.state NOT IN ('held', 'cancelled') LIMIT 1"
    );
    Ok(from.into().row(statement, values![organisation, person, now]).await?.is_some())
}
