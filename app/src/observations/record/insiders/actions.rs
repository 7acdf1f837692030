//! What is written to the list of insiders, by the secretary alone, and how it is read: from the exposures of all records.

use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::model::{Column, Insider, Listed, columns, template, values};
use crate::app::App;
use crate::db::{Reader, Tx};
use crate::identity::{Act, OrganisationId, PersonId, Viewer, names};
use crate::observations::model::{Class, SittingId};
use crate::observations::record::actions::{append, entry_of};
use crate::observations::record::chain::{Canonical, Link, digest, digest_of_sealed, text_of};
use crate::observations::record::events::{Event, Kind, recorded};
use crate::observations::record::store;
use crate::problems::{Failure, Refusal};
use crate::transaction;
use crate::vault::{self, Drawer, Place, Sealed, Words};

/// More exposures than this no organisation survives.
const MOST_EXPOSURES: i64 = 2000;

/// A version of what the secretary typed of an exposure.
#[derive(Debug)]
struct Typed {
    place: Place,
    sealed: Sealed,
    at: Timestamp,
}

/// The list as it stands.
#[derive(Debug)]
pub struct List {
    pub columns: Vec<Column>,
    /// How many versions of the columns there were before this one.
    pub columns_before: usize,
    pub insiders: Vec<Insider>,
    links: Vec<Link>,
}

fn listed(link: &Link) -> anyhow::Result<Canonical<Listed>> {
    Ok(serde_json::from_str(&link.text)?)
}

fn place_of(organisation: OrganisationId, mentorship: Uuid, author: PersonId, client: Uuid) -> Place {
    let (table, column) = ("record_entries", "sealed");
    Place { organisation, mentorship, author, drawer: Drawer::Shared, table, column, row: client }
}

/// The list for whoever may read it: a fixed number of statements, however long it is.
pub async fn list(app: &App, viewer: &Viewer) -> Result<List, Failure> {
    viewer.must(Act::KeepRoom)?;
    let organisation = viewer.organisation;
    let links = store::links(&app.db, organisation, organisation.0).await?;
    let mut columns = Vec::new();
    let mut typed: BTreeMap<(SittingId, u32), Vec<Typed>> = BTreeMap::new();
    for link in &links {
        let entry = listed(link)?;
        match entry.event {
            Listed::Columns { columns: of_this } => columns.push(of_this),
            Listed::Details { sitting, exposure, mentorship } => {
                let place = place_of(organisation, mentorship, PersonId(entry.by), entry.client);
                let sealed = link.sealed.clone().map(Sealed::stored).ok_or(Refusal::NotFound)?;
                typed.entry((sitting, exposure)).or_default().push(Typed { place, sealed, at: entry.at });
            }
        }
    }
    let insiders = insiders(app, organisation, &typed).await?;
    let columns_before = columns.len();
    let columns = columns.pop().unwrap_or_else(|| template().to_vec());
    Ok(List { columns, columns_before, insiders, links })
}

async fn insiders(
    app: &App,
    organisation: OrganisationId,
    typed: &BTreeMap<(SittingId, u32), Vec<Typed>>,
) -> Result<Vec<Insider>, Failure> {
    let links = store::links_of_kind(&app.db, organisation, Kind::Exposure.code(), MOST_EXPOSURES).await?;
    let mut of_sitting: BTreeMap<Uuid, Vec<_>> = BTreeMap::new();
    for link in links.iter().rev() {
        of_sitting.entry(link.chain).or_default().push(entry_of(link)?);
    }
    if of_sitting.is_empty() {
        return Ok(Vec::new());
    }
    let sittings: Vec<Uuid> = of_sitting.keys().copied().collect();
    let numbers: BTreeMap<SittingId, i64> =
        store::numbers(&app.db, organisation, &sittings).await?.into_iter().collect();
    let mentorships: Vec<Uuid> = typed.values().flatten().map(|version| version.place.mentorship).collect();
    let keys = vault::keys(app, &app.db, organisation, &mentorships).await?;
    let mut found = Vec::new();
    for (sitting, mut entries) in of_sitting {
        entries.sort_by_key(|entry| entry.number);
        for (exposure, said) in recorded(&entries).into_values() {
            if said.withdrawn || said.class != Some(Class::InsideInformation) {
                continue;
            }
            let is_of_it = |event: &Event| matches!(event, Event::Exposure(one) if one.key() == said.key());
            let mut noted = entries.iter().filter(|entry| is_of_it(&entry.event)).map(|entry| entry.noted_at);
            let created_at = noted.next().unwrap_or(said.from);
            let sitting = SittingId(sitting);
            let versions = typed.get(&(sitting, exposure)).map_or(&[][..], Vec::as_slice);
            let last = versions.last();
            let updated_at = noted.chain(last.map(|version| version.at)).max().unwrap_or(created_at);
            let opened = last.map(|version| keys.open(&version.place, &version.sealed));
            let typed = opened.and_then(Result::ok).and_then(|words| serde_json::from_str(words.as_str()).ok());
            found.push(Insider {
                sitting,
                sitting_number: numbers.get(&sitting).copied().unwrap_or_default(),
                exposure,
                item: said.item,
                observer: said.observer,
                name: String::new(),
                from: said.from,
                until: said.until,
                created_at,
                updated_at,
                version: versions.len(),
                typed,
            });
        }
    }
    let people: Vec<Uuid> = found.iter().map(|insider| insider.observer.0).collect();
    let called = names(&app.db, &people).await?;
    for insider in &mut found {
        insider.name = called.get(&insider.observer.0).cloned().unwrap_or_default();
    }
    found.sort_by_key(|insider| (insider.sitting_number, insider.item, insider.from));
    Ok(found)
}

impl List {
    pub fn find(&self, sitting: SittingId, exposure: u32) -> Result<&Insider, Refusal> {
        let mut insiders = self.insiders.iter();
        insiders.find(|one| (one.sitting, one.exposure) == (sitting, exposure)).ok_or(Refusal::NotFound)
    }
}

/// Keeps what the secretary typed of an exposure, over the version that was read.
pub async fn write_details(
    app: &App,
    viewer: &Viewer,
    (sitting, exposure, version): (SittingId, u32, usize),
    typed: Vec<(String, String)>,
) -> Result<(), Failure> {
    let list = list(app, viewer).await?;
    let insider = list.find(sitting, exposure)?;
    if insider.version != version {
        return Err(Refusal::Conflict.into());
    }
    let values = values(typed.into_iter(), &list.columns)?;
    let words = Words::new(serde_json::to_string(&values).map_err(anyhow::Error::from)?);
    let observer = insider.observer;
    let organisation = viewer.organisation;
    transaction!(app.db, tx => {
        let seats = store::mentorships(&mut *tx, organisation, &[sitting.0]).await?;
        let seat = seats.into_iter().find(|(_, seated, _)| *seated == observer).ok_or(Refusal::NotFound)?;
        let client = app.id();
        let place = place_of(organisation, seat.2, viewer.person, client);
        let sealed = vault::seal(app, tx, &place, &words).await?;
        let event = Listed::Details { sitting, exposure, mentorship: seat.2 };
        add(app, tx, viewer, (client, list.links.len()), &event, Some(sealed)).await
    })
}

/// Changes the columns, over the version that was read. What was typed under a column stays when it goes.
pub async fn write_columns(app: &App, viewer: &Viewer, version: usize, typed: &[Column]) -> Result<(), Failure> {
    viewer.must(Act::KeepRoom)?;
    let columns = columns(typed.to_vec())?;
    let list = list(app, viewer).await?;
    if list.columns_before != version {
        return Err(Refusal::Conflict.into());
    }
    let event = Listed::Columns { columns };
    transaction!(app.db, tx => add(app, tx, viewer, (app.id(), list.links.len()), &event, None).await)
}

async fn add(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    (client, known): (Uuid, usize),
    event: &Listed,
    sealed: Option<Sealed>,
) -> Result<(), Failure> {
    let chain = viewer.organisation.0;
    let links = store::links(Reader::from(&mut *tx), viewer.organisation, chain).await?;
    if links.len() != known {
        return Err(Refusal::Conflict.into());
    }
    let previous = links.last().map(|link| link.digest.clone()).unwrap_or_default();
    let number = u32::try_from(known).unwrap_or(u32::MAX).saturating_add(1);
    let at = Timestamp::from_microsecond(app.now().as_microsecond()).unwrap_or_default();
    let sealed = sealed.map(Sealed::bytes);
    let text = text_of(&Canonical {
        organisation: chain,
        chain,
        number,
        client,
        at,
        noted_at: at,
        by: viewer.person.0,
        event,
        sealed: sealed.as_deref().map(digest_of_sealed),
    });
    let digest = digest(&previous, &text);
    let link = Link {
        organisation: chain,
        chain,
        number: i64::from(number),
        client,
        kind: event.code().to_owned(),
        at: at.as_microsecond(),
        text,
        sealed,
        digest,
    };
    append(app, tx, viewer.person, std::slice::from_ref(&link), known).await
}
