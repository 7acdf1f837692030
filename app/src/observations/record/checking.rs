//! What `telemaco verify` checks of the records: every chain against its end and against the trail, and what stands beside the chains against
//! them. All of it as it was at one instant, so that whoever writes meanwhile is in nobody's way.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::NOTED;
use super::chain::{Fault, Head, Link, check};
use super::duties::store::{Acknowledged, acknowledged_anywhere};
use super::events::{self, Entry, Event, Paper, State};
use super::reading::{Read, entry_of, said_of_sitting};
use super::store::{self, Attended, Undertaken};
use crate::app::App;
use crate::audit;
use crate::db::{self, Tx};
use crate::i18n::Message;
use crate::identity::{self, OrganisationId, PersonId};
use crate::observations::model::SittingId;
use crate::observations::undertakings::digest as digest_of_words;
use crate::problems::Failure;
use crate::transaction;

/// What is wrong with the chains of an installation: how many there are, how many entries they have, and each fault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    pub chains: usize,
    pub entries: usize,
    /// Undertakings that were signed.
    pub undertakings: usize,
    pub faults: Vec<(Uuid, Fault)>,
}

/// Everything that is checked.
struct Kept {
    links: Vec<Link>,
    heads: Vec<Head>,
    anchors: Vec<Head>,
    undertakings: Vec<Undertaken>,
    acknowledged: Vec<Acknowledged>,
    attended: Vec<Attended>,
    settings: BTreeMap<Uuid, events::Setting>,
    erased: Vec<PersonId>,
}

/// Checks every chain of the installation against its heads and against the trail, and what stands beside the chains against them: what each
/// sitting is, every undertaking that was signed, and how long everybody was there.
pub async fn check_all(app: &App) -> Result<Checked, Failure> {
    // One transaction, or an entry that comes in between two statements would look like one that somebody took away.
    let mut kept: Kept = transaction!(app.db, tx => read_all(tx).await)?;
    let entries = kept.links.len();
    let mut of_sitting: BTreeMap<Uuid, Vec<Entry>> = BTreeMap::new();
    for link in kept.links.iter().filter(|link| link.chain != link.organisation) {
        if let Ok(entry) = entry_of(link) {
            of_sitting.entry(link.chain).or_default().push(entry);
        }
    }
    let organisations: BTreeMap<Uuid, Uuid> = kept.links.iter().map(|link| (link.chain, link.organisation)).collect();
    let organisations = organisations.into_iter().filter(|(chain, _)| of_sitting.contains_key(chain));
    let organisations: Vec<(Uuid, Uuid)> = organisations.collect();
    let mut checked = check(std::mem::take(&mut kept.links), &kept.heads, &kept.anchors);
    let chains = checked.len();
    for (chain, entries) in &of_sitting {
        checked.entry(*chain).or_default().extend(kept.faults_beside(*chain, entries));
    }
    // The words of whoever was erased are gone with their name. Their digest is still the one that the chains hold.
    let is_gone = |signed: &Undertaken| signed.words.is_empty() && kept.erased.contains(&signed.observer);
    let is_changed = |signed: &&Undertaken| digest_of_words(&signed.words) != signed.digest && !is_gone(signed);
    for signed in kept.undertakings.iter().filter(is_changed) {
        checked.entry(signed.sitting).or_default().push(Fault::Undertaking);
    }
    for read in kept.acknowledged.iter().filter(|read| digest_of_words(&read.words) != read.digest) {
        checked.entry(read.sitting).or_default().push(Fault::Acknowledgement);
    }
    // Who was there for how long follows from a record; where there is none, somebody took it away.
    for attended in kept.attended.iter().filter(|one| !of_sitting.contains_key(&one.sitting) && one.minutes.is_some()) {
        checked.entry(attended.sitting).or_default().push(Fault::Attendance);
    }
    for (chain, organisation) in organisations {
        let faults = checked.entry(chain).or_default();
        // What was changed in the chain itself says nothing of the tables beside it.
        let is_chain_whole = faults.iter().all(|fault| *fault >= Fault::Exposure);
        if is_chain_whole && disagrees(app, organisation, chain).await? {
            faults.push(Fault::Standing);
        }
    }
    for faults in checked.values_mut() {
        faults.sort();
        faults.dedup();
    }
    let faults = checked.into_iter().flat_map(|(chain, faults)| faults.into_iter().map(move |fault| (chain, fault)));
    Ok(Checked { chains, entries, undertakings: kept.undertakings.len(), faults: faults.collect() })
}

/// Whether a record says otherwise than the tables of what held when. Each is read by itself: nobody has to wait until all are.
async fn disagrees(app: &App, organisation: Uuid, chain: Uuid) -> Result<bool, Failure> {
    let (organisation, id, now) = (OrganisationId(organisation), SittingId(chain), app.now());
    let read = transaction!(app.db, tx => Read::of(&mut *tx, organisation, id).await);
    match read {
        Ok(read) => Ok(read.disagrees(now)),
        // What cannot be read is another fault, which is found as such.
        Err(Failure::Refusal(_)) => Ok(false),
        // A word that none of ours writes: nobody can say from it who was let in.
        Err(Failure::Ours(error)) if error.downcast_ref().is_some_and(db::Error::is_of_a_row) => Ok(true),
        Err(failure) => Err(failure),
    }
}

async fn read_all(tx: &mut Tx) -> Result<Kept, Failure> {
    let (links, heads) = store::everything(&mut *tx).await?;
    let mut anchors = Vec::new();
    for organisation in identity::organisations(&mut *tx).await? {
        for (chain, detail) in audit::noted(&mut *tx, organisation.id.0, NOTED).await? {
            anchors.push(anchor(organisation.id.0, chain, &detail));
        }
    }
    let undertakings = store::signed_anywhere(&mut *tx).await?;
    let acknowledged = acknowledged_anywhere(&mut *tx).await?;
    let attended = store::attended_anywhere(&mut *tx).await?;
    let settings = store::settings(&mut *tx).await?.into_iter().collect();
    let erased = identity::erased(&mut *tx).await?;
    Ok(Kept { links, heads, anchors, undertakings, acknowledged, attended, settings, erased })
}

impl Kept {
    /// What does not follow from a record, or does and is not there: somebody who could write the whole chain anew may have left it out.
    fn faults_beside(&self, chain: Uuid, entries: &[Entry]) -> Vec<Fault> {
        let state = State::of(entries);
        let mut faults = Vec::new();
        if !events::unrecorded(entries).is_empty() {
            faults.push(Fault::Exposure);
        }
        if said_of_sitting(entries).is_some_and(|said| self.settings.get(&chain).is_none_or(|is| !said.is_said_of(is)))
        {
            faults.push(Fault::Sitting);
        }
        let is_signed = |observer, noted: &str, paper: Option<&Paper>| {
            let own = self.undertakings.iter().filter(|signed| (signed.sitting, signed.observer) == (chain, observer));
            let mut same = own.filter(|signed| hex::encode(&signed.digest) == noted);
            same.any(|signed| paper.is_none_or(|paper| paper.is_said_of(&signed.paper)))
        };
        let came = state.undertakings.iter().all(|(observer, noted)| is_signed(*observer, noted, None));
        let signs = entries.iter().all(|entry| match &entry.event {
            Event::Signs { observer, undertaking, paper } => is_signed(*observer, undertaking, paper.as_ref()),
            _ => true,
        });
        if !came || !signs {
            faults.push(Fault::Undertaking);
        }
        let of_it: Vec<&Attended> = self.attended.iter().filter(|one| one.sitting == chain).collect();
        let kept: BTreeMap<_, i64> = of_it.iter().filter_map(|one| one.minutes).collect();
        let is_closed = state.closed_at.is_some();
        let differs = |one: &&Attended| {
            one.has_begun.is_some_and(|kept| kept != state.has_begun())
                || one.is_closed.is_some_and(|kept| kept != is_closed)
        };
        if of_it.first().is_some_and(|one| differs(one) || state.minutes(one.ends_at) != kept) {
            faults.push(Fault::Attendance);
        }
        faults
    }
}

/// A note of the trail as an end of a chain. One that cannot be read is none of any chain, and is found as such.
fn anchor(organisation: Uuid, chain: Option<Uuid>, detail: &str) -> Head {
    let detail: serde_json::Value = serde_json::from_str(detail).unwrap_or_default();
    let digest = detail["digest"].as_str().and_then(|digest| hex::decode(digest).ok()).unwrap_or_default();
    let entries = detail["entries"].as_i64().unwrap_or_default();
    Head { organisation, chain: chain.unwrap_or_default(), entries, digest }
}

impl Fault {
    /// What is wrong, in words.
    pub fn message(&self) -> Message {
        match self {
            Self::Changed(number) => Message::new("records-fault-changed").with("number", *number),
            Self::Missing(number) => Message::new("records-fault-missing").with("number", *number),
            Self::Length { is, was } => Message::new("records-fault-length").with("is", *is).with("was", *was),
            Self::Head(number) => Message::new("records-fault-head").with("number", *number),
            Self::NoHead => Message::new("records-fault-no-head"),
            Self::Exposure => Message::new("records-fault-exposure"),
            Self::Undertaking => Message::new("records-fault-undertaking"),
            Self::Acknowledgement => Message::new("records-fault-acknowledgement"),
            Self::Attendance => Message::new("records-fault-attendance"),
            Self::Sitting => Message::new("records-fault-sitting"),
            Self::Standing => Message::new("records-fault-standing"),
        }
    }
}
