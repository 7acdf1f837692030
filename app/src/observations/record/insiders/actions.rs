//! What is written to the list of insiders, by the secretary alone, and how it is read: from the exposures of all records.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use uuid::Uuid;

use super::model::{Column, Insider, Listed, Told, columns, read_columns, template, values};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Reader, Tx};
use crate::identity::{Act, OrganisationId, PersonId, Viewer, names};
use crate::observations::model::{Class, SittingId};
use crate::observations::record::actions::append;
use crate::observations::record::chain::{Canonical, Link, digest, digest_of_sealed, text_of};
use crate::observations::record::duties;
use crate::observations::record::events::{Entry, Exposure, Kind, words};
use crate::observations::record::reading::entry_of;
use crate::observations::record::store;
use crate::problems::{Failure, Refusal};
use crate::transaction;
use crate::vault::{self, Drawer, Keys, Place, Sealed, Words};

/// More exposures than this no organisation survives.
pub(in crate::observations::record) const MOST_EXPOSURES: i64 = 2000;

/// A version of what was kept of an exposure.
#[derive(Debug)]
struct Typed {
    number: u32,
    place: Place,
    /// Nothing where it was destroyed.
    sealed: Option<Sealed>,
    at: Timestamp,
    by: Uuid,
    /// The line's own key, if it has one.
    own_key: Option<Uuid>,
    as_proposed: bool,
}

/// The columns as somebody wrote them.
#[derive(Debug)]
pub struct ColumnsVersion {
    pub columns: Vec<Column>,
    pub at: Timestamp,
}

/// The list as it stands.
#[derive(Debug)]
pub struct List {
    pub columns: Vec<Column>,
    /// Every version of the columns that was written, the last among them.
    pub written: Vec<ColumnsVersion>,
    pub insiders: Vec<Insider>,
    links: Vec<Link>,
}

/// Everything that was typed into the list, in its order.
struct Chain {
    written: Vec<ColumnsVersion>,
    typed: BTreeMap<(SittingId, u32), Vec<Typed>>,
    /// Of which lines nothing is kept any more, since when, and who destroyed it.
    destroyed: BTreeMap<(SittingId, u32), (Timestamp, Uuid)>,
    links: Vec<Link>,
}

fn listed(link: &Link) -> anyhow::Result<Canonical<Listed>> {
    Ok(serde_json::from_str(&link.text)?)
}

/// Where what was typed is sealed: under the line's own key, or, as it was before, under the organisation's or that of whoever typed it.
fn place_of(
    organisation: OrganisationId,
    (mentorship, own_key): (Uuid, bool),
    author: PersonId,
    client: Uuid,
) -> Place {
    let (table, column) = ("record_entries", "sealed");
    let author = if own_key { PersonId(mentorship) } else { author };
    if mentorship == organisation.0 {
        return Place::of_house(organisation, (table, column, client));
    }
    Place { organisation, mentorship, author, drawer: Drawer::Shared, table, column, row: client }
}

async fn chain(app: &App, viewer: &Viewer) -> Result<Chain, Failure> {
    viewer.must(Act::KeepRoom)?;
    let organisation = viewer.organisation;
    let links = store::links(&app.db, organisation, organisation.0).await?;
    let mut written = Vec::new();
    let mut typed: BTreeMap<(SittingId, u32), Vec<Typed>> = BTreeMap::new();
    let mut destroyed = BTreeMap::new();
    for link in &links {
        let Canonical { event, number, at, by, client, .. } = listed(link)?;
        match event {
            Listed::Columns { columns } => written.push(ColumnsVersion { columns: read_columns(columns), at }),
            Listed::Destroyed { sitting, exposure, .. } => {
                destroyed.insert((sitting, exposure), (at, by));
            }
            Listed::Details { sitting, exposure, mentorship, own_key, as_proposed } => {
                let place = place_of(organisation, (mentorship, own_key), PersonId(by), client);
                let sealed = link.sealed.clone().map(Sealed::stored);
                let own_key = own_key.then_some(mentorship);
                let version = Typed { number, place, sealed, at, by, own_key, as_proposed };
                typed.entry((sitting, exposure)).or_default().push(version);
            }
        }
    }
    Ok(Chain { written, typed, destroyed, links })
}

/// The keys under which versions are sealed: one statement, and none where there is none.
async fn keys_of(app: &App, organisation: OrganisationId, typed: &[&Typed]) -> Result<Option<Keys>, Failure> {
    let mut owners: Vec<Uuid> = typed.iter().map(|version| version.place.mentorship).collect();
    owners.sort_unstable();
    owners.dedup();
    if owners.is_empty() {
        return Ok(None);
    }
    Ok(Some(vault::keys(app, &app.db, organisation, &owners).await?))
}

type Values = BTreeMap<String, String>;

fn opened(keys: Option<&Keys>, version: &Typed) -> Option<Values> {
    let words = keys?.open(&version.place, version.sealed.as_ref()?).ok()?;
    serde_json::from_str(words.as_str()).ok()
}

/// The list for whoever may read it: a fixed number of statements, however long it is.
pub async fn list(app: &App, viewer: &Viewer) -> Result<List, Failure> {
    let chain = chain(app, viewer).await?;
    let insiders = insiders(app, viewer.organisation, &chain).await?;
    let Chain { written, links, .. } = chain;
    let columns = written.last().map_or_else(|| template().to_vec(), |last| last.columns.clone());
    Ok(List { columns, written, insiders, links })
}

/// The list, for whoever takes it out of the house: the trail says that they did, and in which form. Names and company are those that its
/// lines keep from now on.
pub async fn taken_out(app: &App, viewer: &Viewer, form: &str) -> Result<List, Failure> {
    match freeze(app, viewer).await {
        // Somebody else wrote to the list meanwhile: it is read again.
        Err(Failure::Refusal(Refusal::Conflict)) => freeze(app, viewer).await?,
        other => other?,
    }
    let list = list(app, viewer).await?;
    let (organisation, person) = (viewer.organisation.0, viewer.person.0);
    transaction!(app.db, tx => {
        let note = Note::new(organisation, person, "observations.insiders").about("organisation", organisation);
        audit::note(app, tx, note.with(serde_json::json!({ "as": form }))).await
    })?;
    Ok(list)
}

/// Has lines keep names and company as they are proposed, where they do not yet.
async fn freeze(app: &App, viewer: &Viewer) -> Result<(), Failure> {
    let list = list(app, viewer).await?;
    let frozen = |insider: &Insider| {
        let before = match &insider.typed {
            _ if insider.destroyed_at.is_some() => return None,
            Some(typed) => typed.clone(),
            None if !insider.is_kept => Values::new(),
            None => return None,
        };
        let mut values = insider.frozen(&list.columns, &viewer.organisation_name, viewer.lang);
        values.retain(|key, _| !before.contains_key(key));
        let is_new = !values.is_empty();
        values.extend(before);
        is_new.then_some(((insider.sitting, insider.exposure, insider.own_key), values))
    };
    let fresh: Vec<(Line, Values)> = list.insiders.iter().filter_map(frozen).collect();
    if fresh.is_empty() {
        return Ok(());
    }
    transaction!(app.db, tx => {
        for (place, (line, values)) in fresh.iter().enumerate() {
            keep(app, tx, viewer, (*line, true), (values, list.links.len() + place)).await?;
        }
        Ok::<(), Failure>(())
    })
}

/// A line of the list, and its own key if it has one.
type Line = (SittingId, u32, Option<Uuid>);

/// Keeps values of a line as its next version, under the line's own key.
async fn keep(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    ((sitting, exposure, own_key), as_proposed): (Line, bool),
    (values, known): (&Values, usize),
) -> Result<(), Failure> {
    let words = Words::new(serde_json::to_string(values).map_err(anyhow::Error::from)?);
    let (client, mentorship) = (app.id(), own_key.unwrap_or_else(|| app.id()));
    let place = place_of(viewer.organisation, (mentorship, true), viewer.person, client);
    let sealed = vault::seal(app, tx, &place, &words).await?;
    let event = Listed::Details { sitting, exposure, mentorship, own_key: true, as_proposed };
    add(app, tx, viewer, (client, known), &event, Some(sealed)).await
}

/// The entries of some records that are exposures, by their sitting and in their order.
async fn exposures(app: &App, organisation: OrganisationId) -> Result<BTreeMap<Uuid, Vec<Entry>>, Failure> {
    let links = store::links_of_kind(&app.db, organisation, Kind::Exposure.code(), MOST_EXPOSURES).await?;
    let mut of_sitting: BTreeMap<Uuid, Vec<Entry>> = BTreeMap::new();
    for link in &links {
        of_sitting.entry(link.chain).or_default().push(entry_of(link)?);
    }
    for entries in of_sitting.values_mut() {
        entries.sort_by_key(|entry| entry.number);
    }
    Ok(of_sitting)
}

async fn insiders(
    app: &App,
    organisation: OrganisationId,
    Chain { typed, destroyed, .. }: &Chain,
) -> Result<Vec<Insider>, Failure> {
    let of_sitting = exposures(app, organisation).await?;
    if of_sitting.is_empty() {
        return Ok(Vec::new());
    }
    let sittings: Vec<Uuid> = of_sitting.keys().copied().collect();
    let numbers: BTreeMap<SittingId, i64> =
        store::numbers(&app.db, organisation, &sittings).await?.into_iter().collect();
    let last: Vec<&Typed> = typed.values().filter_map(|versions| versions.last()).collect();
    let keys = keys_of(app, organisation, &last).await?;
    let mut found = Vec::new();
    for (sitting, entries) in &of_sitting {
        let sitting = SittingId(*sitting);
        for (exposure, said) in words(entries) {
            let versions = typed.get(&(sitting, exposure)).map_or(&[][..], Vec::as_slice);
            let number = numbers.get(&sitting).copied().unwrap_or_default();
            found.extend(insider((sitting, number), (exposure, &said), versions, keys.as_ref()));
        }
    }
    let people: Vec<Uuid> = found.iter().map(|insider| insider.observer.0).collect();
    let called = names(&app.db, &people).await?;
    let told = duties::store::told(&app.db, organisation).await?;
    let mut updated: BTreeMap<(SittingId, u32), Timestamp> = BTreeMap::new();
    for insider in &found {
        let latest = updated.entry((insider.sitting, insider.item)).or_insert(insider.updated_at);
        *latest = insider.updated_at.max(*latest);
    }
    for insider in &mut found {
        let line = (insider.sitting, insider.exposure);
        insider.name = called.get(&insider.observer.0).cloned().unwrap_or_default();
        insider.told = told.get(&line).map_or(Told::No, |read| read.map_or(Told::Yes, Told::Read));
        insider.destroyed_at = destroyed.get(&line).map(|(at, _)| *at);
        insider.section_updated_at =
            updated.get(&(insider.sitting, insider.item)).copied().unwrap_or(insider.updated_at);
    }
    found.sort_by_key(|insider| (insider.sitting_number, insider.item, insider.from));
    Ok(found)
}

/// A line of the list; none where what was heard was never said to be inside information. One that was withdrawn stays, also where what
/// was heard turned out to be something else.
fn insider(
    (sitting, sitting_number): (SittingId, i64),
    (exposure, said): (u32, &[(&Entry, &Exposure)]),
    versions: &[Typed],
    keys: Option<&Keys>,
) -> Option<Insider> {
    let ((first, _), (noted, last)) = (said.first()?, said.last()?);
    let is_inside = |one: &Exposure| one.class == Some(Class::InsideInformation);
    if !said.iter().any(|(_, one)| is_inside(one)) {
        return None;
    }
    let stands = !last.withdrawn && is_inside(last);
    let typed = versions.last();
    let written = || versions.iter().filter(|version| !version.as_proposed);
    let updated_at = written().next_back().map_or(noted.noted_at, |version| version.at.max(noted.noted_at));
    Some(Insider {
        sitting,
        sitting_number,
        exposure,
        item: last.item,
        observer: last.observer,
        name: String::new(),
        from: last.from,
        until: last.until,
        created_at: first.noted_at,
        updated_at,
        withdrawn: (!stands).then_some((noted.noted_at, last.why)),
        version: written().count(),
        is_kept: !versions.is_empty(),
        destroyed_at: None,
        section_updated_at: updated_at,
        typed: typed.and_then(|version| opened(keys, version)),
        own_key: typed.and_then(|version| version.own_key),
        told: Told::No,
    })
}

/// What stood in a line of the list at some time.
#[derive(Debug)]
pub enum Stood {
    /// What the record said.
    Recorded(Exposure),
    /// What was typed; nothing where it does not open.
    Typed(Option<Values>),
    /// What was kept as it was proposed, since the list was taken out of the house.
    Proposed(Option<Values>),
    /// Nothing any more.
    Destroyed,
}

/// What a line of the list has said since it is there, the latest first: when, by whose hand, and what.
pub async fn history(
    app: &App,
    viewer: &Viewer,
    (sitting, exposure): (SittingId, u32),
) -> Result<Vec<(Timestamp, Option<PersonId>, Stood)>, Failure> {
    let mut chain = chain(app, viewer).await?;
    let of_sitting = exposures(app, viewer.organisation).await?;
    let entries = of_sitting.get(&sitting.0).ok_or(Refusal::NotFound)?;
    let mut words = words(entries);
    let said = words.remove(&exposure).ok_or(Refusal::NotFound)?;
    let versions = chain.typed.remove(&(sitting, exposure)).unwrap_or_default();
    let keys = keys_of(app, viewer.organisation, &versions.iter().collect::<Vec<_>>()).await?;
    let recorded = said.iter().map(|(entry, one)| (entry.noted_at, entry.by, Stood::Recorded((*one).clone())));
    let typed = versions.iter().map(|one| {
        let stood = if one.as_proposed { Stood::Proposed } else { Stood::Typed };
        (one.at, Some(PersonId(one.by)), stood(opened(keys.as_ref(), one)))
    });
    let destroyed = chain.destroyed.remove(&(sitting, exposure));
    let destroyed = destroyed.map(|(at, by)| (at, Some(PersonId(by)), Stood::Destroyed));
    let mut all: Vec<_> = recorded.chain(typed).chain(destroyed).collect();
    all.sort_by_key(|(at, ..)| *at);
    all.reverse();
    Ok(all)
}

impl List {
    pub fn find(&self, sitting: SittingId, exposure: u32) -> Result<&Insider, Refusal> {
        let mut insiders = self.insiders.iter();
        insiders.find(|one| (one.sitting, one.exposure) == (sitting, exposure)).ok_or(Refusal::NotFound)
    }

    /// A line for whoever writes it: nobody writes their own, nor has it destroyed.
    pub fn of_another(&self, viewer: &Viewer, (sitting, exposure): (SittingId, u32)) -> Result<&Insider, Refusal> {
        let insider = self.find(sitting, exposure)?;
        if insider.observer == viewer.person { Err(Refusal::NotFound) } else { Ok(insider) }
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
    let insider = list.of_another(viewer, (sitting, exposure))?;
    if insider.version != version || insider.destroyed_at.is_some() {
        return Err(Refusal::Conflict.into());
    }
    let mut kept = insider.frozen(&list.columns, &viewer.organisation_name, viewer.lang);
    kept.extend(values(typed.into_iter(), &list.columns)?);
    let line = (sitting, exposure, insider.own_key);
    transaction!(app.db, tx => keep(app, tx, viewer, (line, false), (&kept, list.links.len())).await)
}

/// Has the observer of a line be told what follows, where they were not.
pub async fn tell(app: &App, viewer: &Viewer, line: (SittingId, u32)) -> Result<(), Failure> {
    if list(app, viewer).await?.of_another(viewer, line)?.destroyed_at.is_some() {
        return Err(Refusal::Conflict.into());
    }
    duties::actions::tell(app, viewer, line).await
}

/// Destroys what was kept of a line that need be kept no longer, with what its observer read, and the keys that open nothing else. The line
/// says that it was, so that the chain stays whole without it.
pub async fn destroy(app: &App, viewer: &Viewer, (sitting, exposure): (SittingId, u32)) -> Result<(), Failure> {
    let chain = chain(app, viewer).await?;
    let list = list(app, viewer).await?;
    let insider = list.of_another(viewer, (sitting, exposure))?;
    if !insider.is_past_keeping(app.now()) {
        return Err(Refusal::Conflict.into());
    }
    let versions = chain.typed.get(&(sitting, exposure)).map_or(&[][..], Vec::as_slice);
    let keys: BTreeSet<Uuid> = versions.iter().filter_map(|version| version.own_key).collect();
    let clients: Vec<Uuid> = versions.iter().map(|version| version.place.row).collect();
    let event =
        Listed::Destroyed { sitting, exposure, destroys: versions.iter().map(|version| version.number).collect() };
    let (organisation, person) = (viewer.organisation, viewer.person);
    transaction!(app.db, tx => {
        add(app, tx, viewer, (app.id(), chain.links.len()), &event, None).await?;
        store::destroy(tx, organisation, &clients).await?;
        for key in &keys {
            vault::destroy_keys_of(tx, organisation, PersonId(*key)).await?;
        }
        duties::store::forget(tx, sitting, exposure).await?;
        let note = Note::new(organisation.0, person.0, "observations.insider-destroyed").about("organisation", organisation.0);
        audit::note(app, tx, note).await?;
        Ok::<(), Failure>(())
    })
}

/// Changes the columns, over the version that was read. What was typed under a column stays when it goes.
pub async fn write_columns(app: &App, viewer: &Viewer, version: usize, typed: &[Column]) -> Result<(), Failure> {
    viewer.must(Act::KeepRoom)?;
    let columns = columns(typed.to_vec())?;
    let list = list(app, viewer).await?;
    if list.written.len() != version {
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
    append(app, tx, Some(viewer.person), std::slice::from_ref(&link), known).await
}
