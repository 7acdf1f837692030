use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use uuid::Uuid;

use super::columns::{Attribute, Visibility};
use super::model::{CompetencyLevel, PersonDraft, Roles, Side};
use super::special::SpecialCategory;
use crate::db::{After, Db, Error, Reader, Row, Tx, Value, containing};
use crate::i18n::{fold, sort_key};
use crate::identity::{OrganisationId, PersonId, Sought};
use crate::{all_ids, in_ids, narrowed, sought_persons, sql, values};

/// How many rows a page shows at most.
pub(super) const ON_A_PAGE: usize = 100;

/// An organisation's people in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub mentors: i64,
    pub mentees: i64,
    pub seats: i64,
    pub signed_in: i64,
}

/// A person's record in full.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub id: PersonId,
    pub version: i64,
    pub has_account: bool,
    /// The manager is an address; the zone is absent where it is the organisation's.
    pub draft: PersonDraft,
}

/// A row of a list of people.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: PersonId,
    pub name: String,
    pub address: String,
    pub title: Option<String>,
    pub unit: Option<String>,
    pub place: Option<String>,
    pub post: Option<String>,
    pub capacity: Option<u32>,
    pub has_account: bool,
    /// Codes of parts, or names of competencies held with their levels: whatever the list is about.
    pub notes: Vec<String>,
    pub(super) sort: Vec<u8>,
}

/// An attribute that the organisation admitted.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredAttribute {
    pub id: Uuid,
    pub label: String,
    pub attribute: Attribute,
}

/// Somebody on a side of mentoring, as other features need them.
#[derive(Clone, Debug)]
pub struct Someone {
    pub id: PersonId,
    pub name: String,
    pub address: String,
    pub title: Option<String>,
    pub unit: Option<String>,
}

/// Those whose profile says that they stand on this side and whom the search finds by name or address, in the order of names.
pub async fn of_side(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    side: Side,
    sought: &Sought,
) -> Result<Vec<PersonId>, Error> {
    let statements = narrowed!(
        "$3", ["persons", sought_persons!()] =>
        "SELECT ",
        all_ids!("id"),
        // IS TRUE keeps SQLite on its way through the names, which it would else put in order at the end.
        " AS people FROM (SELECT id FROM ";
        " WHERE organisation = $1 AND (id IN (SELECT person FROM profiles WHERE organisation = $1 ",
        "AND CASE WHEN $2 = 'mentor' THEN mentor ELSE mentee END)) IS TRUE ORDER BY name_sort, id) AS found"
    );
    let rows = sought.rows(from, statements, values![organisation, side.code()]).await?;
    rows.first().map_or(Ok(Vec::new()), |row| Ok(row.ids("people")?.into_iter().map(PersonId).collect()))
}

/// These people, in the order of names.
pub async fn these(from: impl Into<Reader<'_>>, people: &[PersonId]) -> Result<Vec<Someone>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT persons.id, persons.name, persons.address, profiles.title, profiles.unit ",
                "FROM persons LEFT JOIN profiles ON profiles.person = persons.id WHERE persons.id ",
                in_ids!("$1"),
                " ORDER BY persons.name_sort, persons.id"
            ),
            values![crate::db::ids(people.iter().map(|person| person.0))],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Someone {
                id: row.get("id")?,
                name: row.get("name")?,
                address: row.get("address")?,
                title: row.get("title")?,
                unit: row.get("unit")?,
            })
        })
        .collect()
}

/// How the records of an organisation stand: another value once one of them has changed, come or gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    people: i64,
    versions: i64,
    newest: Option<Timestamp>,
}

pub async fn mark(from: impl Into<Reader<'_>>, organisation: OrganisationId) -> Result<Mark, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT count(*) AS people, CAST(coalesce(sum(version), 0) AS BIGINT) AS versions, ",
                "max(created_at) AS newest FROM persons WHERE organisation = $1"
            ),
            values![organisation],
        )
        .await?;
    let Some(row) = row else { return Ok(Mark { people: 0, versions: 0, newest: None }) };
    Ok(Mark { people: row.get("people")?, versions: row.get("versions")?, newest: row.get("newest")? })
}

/// Everybody whose profile says that they mentor.
pub async fn ids_of_mentors(from: impl Into<Reader<'_>>, organisation: OrganisationId) -> Result<Vec<PersonId>, Error> {
    let row = from
        .into()
        .row(
            sql!("SELECT ", all_ids!("person"), " AS people FROM profiles WHERE organisation = $1 AND mentor"),
            values![organisation],
        )
        .await?;
    row.map_or(Ok(Vec::new()), |row| Ok(row.ids("people")?.into_iter().map(PersonId).collect()))
}

/// How many mentees these mentors take together by their profiles: one each where it says nothing.
pub async fn seats(from: impl Into<Reader<'_>>, mentors: &[PersonId]) -> Result<i64, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT CAST(coalesce(sum(capacity - 1), 0) AS BIGINT) AS further FROM profiles WHERE mentor AND person ",
                in_ids!("$1")
            ),
            values![crate::db::ids(mentors.iter().map(|mentor| mentor.0))],
        )
        .await?;
    let further = row.map_or(Ok(0), |row| row.get::<i64>("further"))?;
    Ok(i64::try_from(mentors.len()).unwrap_or(i64::MAX).saturating_add(further))
}

/// Whether the one is the other's line manager.
pub async fn is_manager_of(from: impl Into<Reader<'_>>, manager: PersonId, person: PersonId) -> Result<bool, Error> {
    let row = from
        .into()
        .row(sql!("SELECT person FROM profiles WHERE person = $1 AND manager = $2"), values![person, manager])
        .await?;
    Ok(row.is_some())
}

pub async fn counts(from: impl Into<Reader<'_>>, organisation: OrganisationId) -> Result<Counts, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT count(CASE WHEN mentor THEN 1 END) AS mentors, count(CASE WHEN mentee THEN 1 END) AS mentees, ",
                "CAST(coalesce(sum(CASE WHEN mentor THEN coalesce(capacity, 1) END), 0) AS BIGINT) AS seats, ",
                "(SELECT count(*) FROM persons WHERE persons.organisation = $1 AND persons.account IS NOT NULL) AS signed_in ",
                "FROM profiles WHERE organisation = $1"
            ),
            values![organisation],
        )
        .await?;
    let Some(row) = row else { return Ok(Counts::default()) };
    Ok(Counts {
        mentors: row.get("mentors")?,
        mentees: row.get("mentees")?,
        seats: row.get("seats")?,
        signed_in: row.get("signed_in")?,
    })
}

/// The three statements of records, for whom the condition on the named column says: their own columns, their competencies, their
/// attributes.
macro_rules! record_statements {
    (people $who:literal $($which:tt)+) => {
        sql!(
            "SELECT persons.id, persons.version, persons.account, persons.address, persons.name, persons.zone, ",
            "organisations.zone AS usual_zone, manager.address AS manager, profiles.mentor, profiles.mentee, ",
            "profiles.title, profiles.unit, profiles.place, profiles.languages, profiles.external_id, ",
            "profiles.biography, profiles.capacity, profiles.post, profiles.preferences, profiles.conflicts, ",
            "profiles.former_mentors FROM persons ",
            "JOIN organisations ON organisations.id = persons.organisation ",
            "LEFT JOIN profiles ON profiles.person = persons.id ",
            "LEFT JOIN persons AS manager ON manager.id = profiles.manager ",
            "WHERE persons.erased_at IS NULL AND persons.",
            $who,
            $($which)+,
            " ORDER BY persons.name_sort, persons.id"
        )
    };
    (competencies $who:literal $($which:tt)+) => {
        sql!(
            "SELECT person_competencies.person, person_competencies.side, person_competencies.level, competencies.name ",
            "FROM person_competencies JOIN competencies ON competencies.id = person_competencies.competency ",
            "WHERE person_competencies.",
            $who,
            $($which)+,
            " ORDER BY person_competencies.person, person_competencies.place"
        )
    };
    (attributes $who:literal $($which:tt)+) => {
        sql!(
            "SELECT person_attributes.person, attributes.key, person_attributes.content FROM person_attributes ",
            "JOIN attributes ON attributes.id = person_attributes.attribute WHERE person_attributes.",
            $who,
            $($which)+
        )
    };
}

/// Everybody's record, in the order of names: three statements, however many people.
pub async fn records(from: impl Into<Reader<'_>>, organisation: OrganisationId) -> Result<Vec<Record>, Error> {
    let mut from = from.into();
    let people = from.again().rows(record_statements!(people "organisation" " = $1"), values![organisation]).await?;
    let competencies =
        from.again().rows(record_statements!(competencies "organisation" " = $1"), values![organisation]).await?;
    let attributes = from.rows(record_statements!(attributes "organisation" " = $1"), values![organisation]).await?;
    assemble(&people, &competencies, &attributes)
}

/// The records of these people, whatever organisation they are of, in the order of names: three statements too.
pub async fn records_of(
    from: impl Into<Reader<'_>>,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<Vec<Record>, Error> {
    let (mut from, these) = (from.into(), crate::db::ids(people.into_iter().map(|person| person.0)));
    let people = from.again().rows(record_statements!(people "id " in_ids!("$1")), values![these.clone()]).await?;
    let competencies =
        from.again().rows(record_statements!(competencies "person " in_ids!("$1")), values![these.clone()]).await?;
    let attributes = from.rows(record_statements!(attributes "person " in_ids!("$1")), values![these]).await?;
    assemble(&people, &competencies, &attributes)
}

/// One person's record.
pub async fn record(from: impl Into<Reader<'_>>, id: PersonId) -> Result<Option<Record>, Error> {
    Ok(records_of(from, [id]).await?.into_iter().next())
}

/// The identifiers of an organisation's people by address.
pub(super) async fn ids(tx: &mut Tx, organisation: OrganisationId) -> Result<HashMap<String, PersonId>, Error> {
    let rows = tx.rows(sql!("SELECT address, id FROM persons WHERE organisation = $1"), values![organisation]).await?;
    rows.iter().map(|row| Ok((row.get("address")?, row.get("id")?))).collect()
}

/// The line managers of an organisation's mentees.
pub(super) async fn managers_of_mentees(tx: &mut Tx, organisation: OrganisationId) -> Result<HashSet<PersonId>, Error> {
    let rows = tx
        .rows(
            sql!("SELECT DISTINCT manager FROM profiles WHERE organisation = $1 AND mentee AND manager IS NOT NULL"),
            values![organisation],
        )
        .await?;
    rows.iter().map(|row| row.get("manager")).collect()
}

/// Whose address it is in the organisation.
pub(super) async fn id_of(tx: &mut Tx, organisation: OrganisationId, address: &str) -> Result<Option<PersonId>, Error> {
    let row = tx
        .row(sql!("SELECT id FROM persons WHERE organisation = $1 AND address = $2"), values![organisation, address])
        .await?;
    row.map(|row| row.get("id")).transpose()
}

fn assemble(people: &[Row], competencies: &[Row], attributes: &[Row]) -> Result<Vec<Record>, Error> {
    let mut records = people.iter().map(bare_record).collect::<Result<Vec<_>, Error>>()?;
    let places: HashMap<PersonId, usize> =
        records.iter().enumerate().map(|(place, record)| (record.id, place)).collect();
    for row in competencies {
        let Some(place) = places.get(&row.get("person")?) else { continue };
        let draft = &mut records[*place].draft;
        let side: String = row.get("side")?;
        let side = if side == "held" { &mut draft.held } else { &mut draft.wanted };
        side.push(CompetencyLevel { name: row.get("name")?, level: row.get("level")? });
    }
    for row in attributes {
        let Some(place) = places.get(&row.get("person")?) else { continue };
        records[*place].draft.attributes.insert(row.get("key")?, list(&row.get::<String>("content")?));
    }
    Ok(records)
}

fn bare_record(row: &Row) -> Result<Record, Error> {
    let (zone, usual): (String, String) = (row.get("zone")?, row.get("usual_zone")?);
    let text =
        |column: &str| Ok::<_, Error>(row.get::<Option<String>>(column)?.as_deref().map(list).unwrap_or_default());
    Ok(Record {
        id: row.get("id")?,
        version: row.get("version")?,
        has_account: row.get::<Option<Uuid>>("account")?.is_some(),
        draft: PersonDraft {
            address: row.get("address")?,
            name: row.get("name")?,
            title: row.get("title")?,
            unit: row.get("unit")?,
            place: row.get("place")?,
            languages: text("languages")?,
            zone: (zone != usual).then_some(zone),
            manager: row.get("manager")?,
            external_id: row.get("external_id")?,
            biography: row.get("biography")?,
            roles: Roles {
                mentor: row.get::<Option<bool>>("mentor")?.unwrap_or(false),
                mentee: row.get::<Option<bool>>("mentee")?.unwrap_or(false),
            },
            capacity: row.get("capacity")?,
            held: Vec::new(),
            wanted: Vec::new(),
            preferences: text("preferences")?,
            conflicts: text("conflicts")?,
            former_mentors: text("former_mentors")?,
            post: row.get("post")?,
            attributes: BTreeMap::new(),
        },
    })
}

/// A list is kept as JSON, which nobody queries.
fn list(text: &str) -> Vec<String> {
    serde_json::from_str(text).unwrap_or_default()
}

fn kept(list: &[String]) -> String {
    serde_json::to_string(list).unwrap_or_default()
}

/// Nobody's name or post is longer, and SQLite refuses patterns above 50,000 bytes.
const LONGEST_SEARCH: usize = 200;

/// A folded part of a text, as `LIKE` wants it; signs that mean something to `LIKE` are nothing to search for.
fn pattern(search: &str) -> String {
    let search: String = search.chars().take(LONGEST_SEARCH).collect();
    format!("%{}%", fold(&search).replace(['%', '_', '\\'], ""))
}

/// A statement of a list: the people of `$1` after `$2, $3`, at most `$4` of them, from what `people` says. The page is chosen
/// first: only for its rows is it worth gathering notes, and SQLite leaves its indices for no others.
macro_rules! list_statement {
    (people: $people:literal, notes: $notes:literal) => {
        sql!(
            "SELECT page.*, ",
            $notes,
            " AS notes FROM (SELECT persons.id, persons.name, persons.address, persons.account, persons.name_sort, ",
            "profiles.title, profiles.unit, profiles.place, profiles.capacity, profiles.post FROM ",
            $people,
            " AND persons.organisation = $1 AND (persons.name_sort, persons.id) > ($2, $3) ",
            "ORDER BY persons.name_sort, persons.id LIMIT $4) AS page ORDER BY page.name_sort, page.id"
        )
    };
}

/// What every list binds first.
fn paging(organisation: OrganisationId, after: &After, limit: usize) -> Vec<Value> {
    values![organisation, after.sort.clone(), after.id, i64::try_from(limit).unwrap_or(i64::MAX)]
}

/// Mentors whom the search finds by name, post, unit, place or competency, with the competencies that they hold.
pub(super) async fn mentors(
    db: &Db,
    organisation: OrganisationId,
    search: &str,
    after: &After,
    limit: usize,
) -> Result<Vec<Listed>, Error> {
    let mut values = paging(organisation, after, limit);
    values.push(pattern(search).into());
    let statement = list_statement!(
        people: "persons LEFT JOIN profiles ON profiles.person = persons.id \
                 WHERE persons.in_directory AND persons.search LIKE $5",
        notes: "(SELECT string_agg(competencies.name || ' ' || coalesce(CAST(person_competencies.level AS TEXT), ''), '|' \
                ORDER BY person_competencies.place) FROM person_competencies \
                JOIN competencies ON competencies.id = person_competencies.competency \
                WHERE person_competencies.person = page.id AND person_competencies.side = 'held')"
    );
    let rows = db.found(statement, values).await?;
    rows.iter().map(|row| Ok(Listed { post: None, ..listed(row)? })).collect()
}

/// Everybody whom the search finds, with the parts that they hold; `part` narrows it to those who hold it.
pub(super) async fn everybody(
    db: &Db,
    organisation: OrganisationId,
    search: &str,
    part: &str,
    after: &After,
    limit: usize,
) -> Result<Vec<Listed>, Error> {
    let mut values = paging(organisation, after, limit);
    values.extend(values![pattern(search), part]);
    let statement = list_statement!(
        // Who was erased is found by nothing.
        people: "persons LEFT JOIN profiles ON profiles.person = persons.id WHERE persons.search <> '' AND persons.search LIKE $5 \
                 AND ($6 = '' OR persons.id IN (SELECT parts.person FROM parts WHERE parts.organisation = $1 AND parts.part = $6))",
        notes: "(SELECT string_agg(held.part, '|') FROM (SELECT DISTINCT part FROM parts WHERE parts.person = page.id) AS held)"
    );
    let rows = db.found(statement, values).await?;
    let mut people = rows.iter().map(listed).collect::<Result<Vec<_>, Error>>()?;
    // DISTINCT promises no order.
    for listed in &mut people {
        listed.notes.sort();
    }
    Ok(people)
}

/// Those who were nominated for a post.
pub(super) async fn nominated(
    db: &Db,
    organisation: OrganisationId,
    after: &After,
    limit: usize,
) -> Result<Vec<Listed>, Error> {
    let statement = list_statement!(
        people: "persons JOIN profiles ON profiles.organisation = $1 AND profiles.person = persons.id \
                 WHERE profiles.post IS NOT NULL",
        notes: "CAST(NULL AS TEXT)"
    );
    let rows = db.rows(statement, paging(organisation, after, limit)).await?;
    rows.iter().map(listed).collect()
}

fn listed(row: &Row) -> Result<Listed, Error> {
    let notes: Option<String> = row.get("notes")?;
    let notes: Vec<String> = notes
        .unwrap_or_default()
        .split('|')
        .map(str::trim)
        .filter(|note| !note.is_empty())
        .map(str::to_owned)
        .collect();
    Ok(Listed {
        id: row.get("id")?,
        name: row.get("name")?,
        address: row.get("address")?,
        title: row.get("title")?,
        unit: row.get("unit")?,
        place: row.get("place")?,
        post: row.get("post")?,
        capacity: row.get("capacity")?,
        has_account: row.get::<Option<Uuid>>("account")?.is_some(),
        notes,
        sort: row.get("name_sort")?,
    })
}

/// The names of all competencies of an organisation, in Spanish order.
pub(super) async fn competencies(db: &Db, organisation: OrganisationId) -> Result<Vec<String>, Error> {
    let rows = db
        .rows(
            sql!("SELECT name FROM competencies WHERE organisation = $1 ORDER BY name_sort LIMIT 500"),
            values![organisation],
        )
        .await?;
    rows.iter().map(|row| row.get("name")).collect()
}

/// The identifiers of competencies by folded name; those that are new are added with `new_id`.
pub(super) async fn competency_ids(
    tx: &mut Tx,
    organisation: OrganisationId,
    names: &[String],
    mut new_id: impl FnMut() -> Uuid,
    now: Timestamp,
) -> Result<HashMap<String, Uuid>, Error> {
    let rows =
        names.iter().map(|name| values![new_id(), organisation, name, fold(name), sort_key(name), now]).collect();
    tx.run_many(
        sql!(
            "INSERT INTO competencies (id, organisation, name, search, name_sort, created_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organisation, search) DO NOTHING"
        ),
        rows,
    )
    .await?;
    let rows =
        tx.rows(sql!("SELECT id, search FROM competencies WHERE organisation = $1"), values![organisation]).await?;
    rows.iter().map(|row| Ok((row.get("search")?, row.get("id")?))).collect()
}

/// The attributes that an organisation admitted, by key.
pub async fn attributes(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
) -> Result<Vec<StoredAttribute>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT id, key, label, seen_by, purpose, legal_basis, special FROM attributes ",
                "WHERE organisation = $1 ORDER BY key"
            ),
            values![organisation],
        )
        .await?;
    rows.iter().map(stored_attribute).collect()
}

fn stored_attribute(row: &Row) -> Result<StoredAttribute, Error> {
    let seen_by: String = row.get("seen_by")?;
    let special: Option<String> = row.get("special")?;
    let visibility = match seen_by.as_str() {
        "all" => Visibility::All,
        "coordinator" => Visibility::Coordinator,
        _ => Visibility::Rules,
    };
    Ok(StoredAttribute {
        id: row.get("id")?,
        label: row.get("label")?,
        attribute: Attribute {
            key: row.get("key")?,
            visibility,
            purpose: row.get("purpose")?,
            legal_basis: row.get("legal_basis")?,
            special: special.and_then(|code| SpecialCategory::ALL.into_iter().find(|category| category.code() == code)),
        },
    })
}

/// Adds attributes, or brings those that are there up to what was said last. What was special once stays special, for the rules
/// alone, and keeps a legal basis: its values are there still, whatever a later sheet brings.
pub(super) async fn set_attributes(
    tx: &mut Tx,
    organisation: OrganisationId,
    attributes: &[StoredAttribute],
    now: Timestamp,
) -> Result<(), Error> {
    let rows = attributes
        .iter()
        .map(|stored| {
            let attribute = &stored.attribute;
            let seen_by = match attribute.visibility {
                _ if attribute.is_hidden() => "rules",
                Visibility::All => "all",
                Visibility::Coordinator => "coordinator",
                Visibility::Rules => "rules",
            };
            values![
                stored.id,
                organisation,
                &attribute.key,
                &stored.label,
                seen_by,
                &attribute.purpose,
                attribute.legal_basis.clone(),
                attribute.special.map(SpecialCategory::code),
                now
            ]
        })
        .collect();
    tx.run_many(
        sql!(
            "INSERT INTO attributes (id, organisation, key, label, seen_by, purpose, legal_basis, special, created_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (organisation, key) DO UPDATE SET ",
            "label = excluded.label, purpose = excluded.purpose, ",
            "seen_by = CASE WHEN attributes.special IS NULL THEN excluded.seen_by ELSE 'rules' END, ",
            "legal_basis = coalesce(excluded.legal_basis, attributes.legal_basis), ",
            "special = coalesce(attributes.special, excluded.special)"
        ),
        rows,
    )
    .await
    .map(drop)
}

/// Writes profiles whole; `managers` gives the identifier of each manager's address.
pub(super) async fn set_profiles(
    tx: &mut Tx,
    organisation: OrganisationId,
    people: &[(PersonId, &PersonDraft)],
    managers: &HashMap<String, PersonId>,
) -> Result<(), Error> {
    let rows = people
        .iter()
        .map(|(id, draft)| {
            values![
                *id,
                organisation,
                draft.roles.mentor,
                draft.roles.mentee,
                draft.title.clone(),
                draft.unit.clone(),
                draft.place.clone(),
                kept(&draft.languages),
                draft.external_id.clone(),
                draft.biography.clone(),
                draft.capacity,
                draft.post.clone(),
                draft.manager.as_ref().and_then(|address| managers.get(address)).copied(),
                kept(&draft.preferences),
                kept(&draft.conflicts),
                kept(&draft.former_mentors),
                // The person's core is found by it (0004).
                String::new()
            ]
        })
        .collect();
    tx.run_many(
        sql!(
            "INSERT INTO profiles (person, organisation, mentor, mentee, title, unit, place, languages, external_id, ",
            "biography, capacity, post, manager, preferences, conflicts, former_mentors, search) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) ",
            "ON CONFLICT (person) DO UPDATE SET mentor = excluded.mentor, mentee = excluded.mentee, ",
            "title = excluded.title, unit = excluded.unit, place = excluded.place, languages = excluded.languages, ",
            "external_id = excluded.external_id, biography = excluded.biography, capacity = excluded.capacity, ",
            "post = excluded.post, manager = excluded.manager, preferences = excluded.preferences, ",
            "conflicts = excluded.conflicts, former_mentors = excluded.former_mentors"
        ),
        rows,
    )
    .await
    .map(drop)
}

/// Writes the competencies of people whole; what stood there before goes.
pub(super) async fn set_competencies(
    tx: &mut Tx,
    organisation: OrganisationId,
    people: &[(PersonId, &PersonDraft)],
    known: &HashMap<String, Uuid>,
) -> Result<(), Error> {
    let mut rows = Vec::new();
    for (id, draft) in people {
        for (side, levels) in [("held", &draft.held), ("wanted", &draft.wanted)] {
            for (place, level) in (0_i64..).zip(levels) {
                if let Some(competency) = known.get(&fold(&level.name)) {
                    rows.push(values![*id, *competency, organisation, side, level.level, place]);
                }
            }
        }
    }
    tx.run_many(
        sql!(
            "INSERT INTO person_competencies (person, competency, organisation, side, level, place) ",
            "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"
        ),
        rows,
    )
    .await
    .map(drop)
}

/// Writes the attributes of people whole.
pub(super) async fn set_values(
    tx: &mut Tx,
    organisation: OrganisationId,
    people: &[(PersonId, &PersonDraft)],
    known: &HashMap<String, Uuid>,
) -> Result<(), Error> {
    let rows = people
        .iter()
        .flat_map(|(id, draft)| draft.attributes.iter().map(move |(key, values)| (*id, key, values)))
        .filter_map(|(id, key, values)| Some(values![id, *known.get(key)?, organisation, kept(values)]))
        .collect();
    tx.run_many(
        sql!("INSERT INTO person_attributes (person, attribute, organisation, content) VALUES ($1, $2, $3, $4)"),
        rows,
    )
    .await
    .map(drop)
}

/// Takes away what is about to be written anew.
pub(super) async fn clear(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM person_competencies WHERE person = $1"), values![person]).await?;
    tx.run(sql!("DELETE FROM person_attributes WHERE person = $1"), values![person]).await?;
    Ok(())
}

/// Somebody's direct report.
#[derive(Clone, Debug)]
pub struct Report {
    pub id: PersonId,
    pub name: String,
    pub sort: Vec<u8>,
}

/// Those whose line manager this person is and whom the search finds by name or address, in the order of names, after one of them or from the beginning.
pub async fn reports(
    from: impl Into<Reader<'_>>,
    manager: PersonId,
    search: &str,
    after: &After,
    limit: usize,
) -> Result<Vec<Report>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT persons.id, persons.name, persons.name_sort FROM profiles ",
                "JOIN persons ON persons.id = profiles.person WHERE profiles.manager = $1 ",
                "AND persons.search LIKE $2 ESCAPE '\\' AND (persons.name_sort, persons.id) > ($3, $4) ",
                "ORDER BY persons.name_sort, persons.id LIMIT $5"
            ),
            values![
                manager,
                containing(&fold(search)),
                after.sort.clone(),
                after.id,
                i64::try_from(limit).unwrap_or(i64::MAX)
            ],
        )
        .await?;
    rows.iter()
        .map(|row| Ok(Report { id: row.get("id")?, name: row.get("name")?, sort: row.get("name_sort")? }))
        .collect()
}

/// The reporting lines of some people of an organisation, somebody and their line manager; those of one line manager beside each other.
pub async fn managers_of(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    people: &[PersonId],
) -> Result<Vec<(PersonId, PersonId)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT person, manager FROM profiles WHERE organisation = $1 AND manager IS NOT NULL AND person ",
                in_ids!("$2"),
                " ORDER BY manager, person"
            ),
            values![organisation, crate::db::ids(people.iter().map(|person| person.0))],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("person")?, row.get("manager")?))).collect()
}

/// Every reporting line of an organisation, by addresses.
pub async fn reporting_lines(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
) -> Result<Vec<(String, String)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT persons.address, manager.address AS manager FROM profiles ",
                "JOIN persons ON persons.id = profiles.person JOIN persons AS manager ON manager.id = profiles.manager ",
                "WHERE profiles.organisation = $1"
            ),
            values![organisation],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("address")?, row.get("manager")?))).collect()
}

/// Writes that some lines ended: somebody, and who was their line manager.
pub(super) async fn end_lines(
    tx: &mut Tx,
    organisation: OrganisationId,
    lines: &[(PersonId, PersonId)],
    now: Timestamp,
) -> Result<(), Error> {
    let rows = lines.iter().map(|(person, manager)| values![*person, *manager, organisation, now]).collect();
    tx.run_many(
        sql!(
            "INSERT INTO former_lines (person, manager, organisation, ended_at) VALUES ($1, $2, $3, $4) ",
            "ON CONFLICT (person, manager) DO UPDATE SET ended_at = excluded.ended_at"
        ),
        rows,
    )
    .await
    .map(drop)
}

/// Every reporting line of an organisation, those that ended at an instant or later among them: somebody, and who is or was their line
/// manager.
pub async fn lines_since(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    since: Timestamp,
) -> Result<Vec<(PersonId, PersonId)>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT ",
                all_ids!("person"),
                " AS people, ",
                all_ids!("manager"),
                " AS managers FROM (SELECT person, manager FROM profiles WHERE organisation = $1 AND manager IS NOT NULL ",
                "UNION ALL SELECT person, manager FROM former_lines WHERE organisation = $1 AND ended_at >= $2) AS lines"
            ),
            values![organisation, since],
        )
        .await?;
    lines_of(row.as_ref())
}

/// Every reporting line of an organisation: somebody, and their line manager.
pub async fn managers(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
) -> Result<Vec<(PersonId, PersonId)>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT ",
                all_ids!("person"),
                " AS people, ",
                all_ids!("manager"),
                " AS managers FROM profiles WHERE organisation = $1 AND manager IS NOT NULL"
            ),
            values![organisation],
        )
        .await?;
    lines_of(row.as_ref())
}

fn lines_of(row: Option<&Row>) -> Result<Vec<(PersonId, PersonId)>, Error> {
    let Some(row) = row else { return Ok(Vec::new()) };
    let (people, managers) = (row.ids("people")?.into_iter(), row.ids("managers")?.into_iter());
    Ok(people.map(PersonId).zip(managers.map(PersonId)).collect())
}
