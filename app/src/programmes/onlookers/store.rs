use uuid::Uuid;

use crate::db::{Error, Reader, containing};
use crate::i18n::fold;
use crate::identity::{OrganisationId, Part, PersonId};
use crate::programmes::model::EditionId;
use crate::{sql, values};

/// Somebody who looks on at an edition: a sponsor or a faculty member.
#[derive(Clone, Debug)]
pub(super) struct Onlooker {
    pub person: PersonId,
    pub name: String,
    pub address: String,
    pub part: Part,
    sort: Vec<u8>,
}

/// Where a page of the list begins: after this row.
#[derive(Clone, Debug)]
pub(super) struct After {
    sort: Vec<u8>,
    person: PersonId,
    part: String,
}

impl Default for After {
    fn default() -> Self {
        Self { sort: Vec::new(), person: PersonId(Uuid::nil()), part: String::new() }
    }
}

impl After {
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let person = PersonId(parts.next()?.parse().ok()?);
        let part = Part::parse(parts.next()?)?.code().to_owned();
        Some(Self { person, part, sort: hex::decode(parts.next()?).ok()? })
    }

    /// What the link to the page after this row carries.
    pub fn of(row: &Onlooker) -> String {
        format!("{}.{}.{}", row.person, row.part.code(), hex::encode(&row.sort))
    }
}

/// Who looks on at an edition and is found by name or address, in the order of names.
pub(super) async fn list(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    edition: EditionId,
    search: &str,
    after: &After,
    limit: usize,
) -> Result<Vec<Onlooker>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT persons.id, persons.name, persons.address, persons.name_sort, parts.part FROM parts ",
                "JOIN persons ON persons.id = parts.person WHERE parts.organisation = $1 AND parts.scope_id = $2 ",
                "AND parts.part IN ('sponsor', 'faculty') AND persons.search LIKE $3 ESCAPE '\\' ",
                "AND (persons.name_sort, persons.id, parts.part) > ($4, $5, $6) ",
                "ORDER BY persons.name_sort, persons.id, parts.part LIMIT $7"
            ),
            values![
                organisation,
                edition,
                containing(&fold(search)),
                after.sort.clone(),
                after.person,
                &after.part,
                i64::try_from(limit).unwrap_or(i64::MAX)
            ],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Onlooker {
                person: row.get("id")?,
                name: row.get("name")?,
                address: row.get("address")?,
                part: row.word("part", Part::parse)?,
                sort: row.get("name_sort")?,
            })
        })
        .collect()
}

/// How many look on at an edition.
pub(in crate::programmes) async fn count(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<i64, Error> {
    let row = from
        .into()
        .row(
            sql!("SELECT count(*) AS people FROM parts WHERE scope_id = $1 AND part IN ('sponsor', 'faculty')"),
            values![edition],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get("people"))
}
