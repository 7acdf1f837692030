//! The chain of a record: each entry's canonical text, and a digest over it and the digest before. Whoever holds the last digest and
//! the number of entries finds any byte that was changed, and any entry that was taken out, moved, doubled or cut off. Pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// What the digests of our chains begin with; another form would have another number.
const FORM: &[u8] = b"telemaco record 1";

pub const DIGEST: usize = 32;

/// An entry as it is hashed. Its fields stand in this order, so that the same entry has the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canonical<E> {
    pub organisation: Uuid,
    /// The sitting, or for the list of insiders the organisation.
    pub chain: Uuid,
    pub number: u32,
    pub client: Uuid,
    pub at: Timestamp,
    pub noted_at: Timestamp,
    pub by: Uuid,
    pub event: E,
    /// The digest of what is sealed beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<String>,
}

/// An entry as it is stored: its text, and what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub organisation: Uuid,
    pub chain: Uuid,
    pub number: i64,
    pub client: Uuid,
    pub kind: String,
    /// Microseconds since 1970.
    pub at: i64,
    pub text: String,
    pub sealed: Option<Vec<u8>>,
    pub digest: Vec<u8>,
}

/// Where a chain ends, as it is kept elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub organisation: Uuid,
    pub chain: Uuid,
    pub entries: i64,
    pub digest: Vec<u8>,
}

/// What is wrong with a chain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// An entry, or a column beside it, was changed.
    Changed(i64),
    /// This number is missing, or stands where another should.
    Missing(i64),
    /// The chain is not as long as it was.
    Length { is: i64, was: i64 },
    /// The last digest is not the one that was kept elsewhere.
    Head(i64),
    /// There are entries, and nothing says where they end.
    NoHead,
    /// An exposure follows from the entries that is not among them.
    Exposure,
    /// What somebody signed is not what they signed.
    Undertaking,
    /// What somebody said to have read is not what they read.
    Acknowledgement,
    /// How long somebody is said to have been there does not follow from the entries.
    Attendance,
    /// The sitting's number, kind, zone or times are not those that the record says.
    Sitting,
    /// Whom an item let in, or its class, is not what follows from the classes, seats, answers and rules that held then.
    Standing,
}

/// The text of an entry. What can be no JSON does not occur: all keys are texts.
pub fn text_of<E: Serialize>(entry: &Canonical<E>) -> String {
    serde_json::to_string(entry).unwrap_or_default()
}

/// The digest of an entry that follows on another; the first follows on zeros.
pub fn digest(previous: &[u8], text: &str) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(FORM);
    hasher.update(if previous.is_empty() { &[0; DIGEST][..] } else { previous });
    hasher.update(text.as_bytes());
    hasher.finalize().to_vec()
}

/// The digest of what is sealed beside an entry, as its text says it.
pub fn digest_of_sealed(sealed: &[u8]) -> String {
    hex::encode(Sha256::digest(sealed))
}

/// What is read of every entry, whatever happened in it.
#[derive(Deserialize)]
struct Kinded {
    kind: String,
    /// The numbers of earlier entries beside which nothing is sealed any more.
    #[serde(default)]
    destroys: Vec<i64>,
}

/// The entries of a chain whose sealed words a later one destroyed.
fn destroyed(links: &[Link]) -> BTreeSet<i64> {
    let of = |link: &Link| {
        let read = serde_json::from_str::<Canonical<Kinded>>(&link.text).ok();
        read.map_or_else(Vec::new, |read| read.event.destroys.into_iter().filter(|one| *one < link.number).collect())
    };
    links.iter().flat_map(of).collect()
}

/// Whether an entry says what stands beside it. What was sealed is there as it was, or was destroyed.
fn agrees(link: &Link, is_destroyed: bool) -> bool {
    let Ok(read) = serde_json::from_str::<Canonical<serde_json::Value>>(&link.text) else { return false };
    let kind = serde_json::from_value::<Kinded>(read.event).map(|kinded| kinded.kind);
    let sealed = link.sealed.as_deref().map(digest_of_sealed);
    read.organisation == link.organisation
        && read.chain == link.chain
        && i64::from(read.number) == link.number
        && read.client == link.client
        && kind.is_ok_and(|kind| kind == link.kind)
        && read.at.as_microsecond() == link.at
        && (read.sealed == sealed || is_destroyed && sealed.is_none())
}

/// Everything that is wrong with one chain, in the order of its numbers.
pub fn faults(links: &[Link], head: Option<&Head>) -> Vec<Fault> {
    let mut faults = texts_faults(links.iter().map(|link| (link.text.as_str(), link.digest.as_slice())));
    let destroyed = destroyed(links);
    for (link, number) in links.iter().zip(1_i64..) {
        if link.number != number {
            faults.push(Fault::Missing(number));
            break;
        }
        if !agrees(link, destroyed.contains(&number)) {
            faults.push(Fault::Changed(number));
        }
    }
    let is = i64::try_from(links.len()).unwrap_or(i64::MAX);
    match head {
        None if links.is_empty() => {}
        None => faults.push(Fault::NoHead),
        Some(head) => {
            if head.entries != is {
                faults.push(Fault::Length { is, was: head.entries });
            }
            let is_whole = links.last().is_some_and(|last| last.digest == head.digest);
            let is_of_it = links.iter().all(|link| (link.organisation, link.chain) == (head.organisation, head.chain));
            if !is_whole || !is_of_it {
                faults.push(Fault::Head(is));
            }
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

/// What the texts and digests of a chain alone tell, as an exported record has them.
pub fn texts_faults<'a>(links: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<Fault> {
    let (mut previous, mut faults) = (Vec::new(), Vec::new());
    for ((text, kept), number) in links.zip(1_i64..) {
        let read = serde_json::from_str::<Canonical<serde_json::Value>>(text);
        let is_its_number = read.is_ok_and(|read| i64::from(read.number) == number);
        if digest(&previous, text) != kept || !is_its_number {
            faults.push(Fault::Changed(number));
        }
        previous = kept.to_vec();
    }
    faults
}

/// Every chain of an installation with what is wrong with it; `heads` and `anchors` say where chains end and what was noted of them.
pub fn check(links: Vec<Link>, heads: &[Head], anchors: &[Head]) -> BTreeMap<Uuid, Vec<Fault>> {
    let mut chains: BTreeMap<Uuid, Vec<Link>> = BTreeMap::new();
    for link in links {
        chains.entry(link.chain).or_default().push(link);
    }
    for chain in heads.iter().chain(anchors).map(|head| head.chain) {
        chains.entry(chain).or_default();
    }
    let of = |(chain, links): (Uuid, Vec<Link>)| {
        let mut found = faults(&links, heads.iter().find(|head| head.chain == chain));
        let noted: Vec<&Head> = anchors.iter().filter(|anchor| anchor.chain == chain).collect();
        for anchor in &noted {
            let entry = links.iter().find(|link| link.number == anchor.entries);
            if entry.is_none_or(|link| link.digest != anchor.digest || link.organisation != anchor.organisation) {
                found.push(Fault::Head(anchor.entries));
            }
        }
        let is = i64::try_from(links.len()).unwrap_or(i64::MAX);
        let was = noted.iter().map(|anchor| anchor.entries).max().unwrap_or(0);
        if is != was {
            found.push(Fault::Length { is, was });
        }
        found.sort();
        found.dedup();
        (chain, found)
    };
    chains.into_iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chain(length: u32) -> (Vec<Link>, Head) {
        let (organisation, chain) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut links: Vec<Link> = Vec::new();
        for number in 1..=length {
            let client = Uuid::from_u128(100 + u128::from(number));
            let at = Timestamp::from_second(i64::from(number)).unwrap();
            let sealed = (number == 2).then(|| vec![1, 2, 3]);
            let event = serde_json::json!({ "kind": "item-ends", "item": number });
            let by = Uuid::from_u128(3);
            let sealed_digest = sealed.as_deref().map(digest_of_sealed);
            let text = text_of(&Canonical {
                organisation,
                chain,
                number,
                client,
                at,
                noted_at: at,
                by,
                event,
                sealed: sealed_digest,
            });
            let digest = digest(links.last().map_or(&[], |link| link.digest.as_slice()), &text);
            let (number, kind, at) = (i64::from(number), "item-ends".to_owned(), at.as_microsecond());
            links.push(Link { organisation, chain, number, client, kind, at, text, sealed, digest });
        }
        let digest = links.last().unwrap().digest.clone();
        (links, Head { organisation, chain, entries: i64::from(length), digest })
    }

    fn flipped(bytes: &[u8], place: usize) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        let place = place % bytes.len();
        bytes[place] ^= 1;
        bytes
    }

    fn flipped_id(id: Uuid, place: usize) -> Uuid {
        Uuid::from_slice(&flipped(id.as_bytes(), place)).unwrap()
    }

    #[test]
    fn a_whole_chain_has_no_fault() {
        let (links, head) = chain(5);
        assert!(faults(&links, Some(&head)).is_empty());
        let noted = |number: usize| Head {
            entries: i64::try_from(number).unwrap(),
            digest: links[number - 1].digest.clone(),
            ..head.clone()
        };
        let checked = check(links.clone(), std::slice::from_ref(&head), &[noted(1), noted(5)]);
        assert!(checked.values().all(Vec::is_empty) && checked.len() == 1);
        // The end cut off together with its head: the trail knows of it.
        let short = check(links[..4].to_vec(), &[noted(4)], &[noted(1), noted(5)]);
        assert!(!short[&head.chain].is_empty());
        assert!(!check(Vec::new(), &[], &[noted(5)])[&head.chain].is_empty());
    }

    #[test]
    fn what_was_sealed_may_be_destroyed_by_a_later_entry_alone() {
        let (mut links, head) = chain(4);
        links[1].sealed = None;
        assert_eq!(faults(&links, Some(&head)), [Fault::Changed(2)]);
        let destroys = |entry: usize, number: i64| {
            let mut links = links[..entry].to_vec();
            let mut read: serde_json::Value = serde_json::from_str(&links[entry - 1].text).unwrap();
            read["event"]["destroys"] = serde_json::json!([number]);
            let text = read.to_string();
            let before = entry.checked_sub(2).map_or(Vec::new(), |before| links[before].digest.clone());
            links[entry - 1].digest = digest(&before, &text);
            links[entry - 1].text = text;
            let head = Head {
                entries: i64::try_from(entry).unwrap(),
                digest: links[entry - 1].digest.clone(),
                ..head.clone()
            };
            faults(&links, Some(&head))
        };
        assert_eq!(destroys(4, 2), []);
        assert_eq!(destroys(4, 3), [Fault::Changed(2)]);
        assert!(!destroys(2, 2).is_empty(), "nothing destroys itself");
    }

    proptest! {
        #[test]
        fn any_byte_that_was_changed_is_found(row in 0_usize..5, column in 0_usize..9, place in any::<usize>()) {
            let (mut links, mut head) = chain(5);
            let link = &mut links[row];
            match column {
                0 => link.organisation = flipped_id(link.organisation, place),
                1 => link.chain = flipped_id(link.chain, place),
                2 => link.number ^= 1 << (place % 62),
                3 => link.client = flipped_id(link.client, place),
                4 => link.kind = String::from_utf8(flipped(link.kind.as_bytes(), place)).unwrap(),
                5 => link.at ^= 1 << (place % 62),
                6 => link.text = String::from_utf8(flipped(link.text.as_bytes(), place)).unwrap(),
                7 => link.digest = flipped(&link.digest, place),
                _ => {
                    head.digest = flipped(&head.digest, place);
                    links[1].sealed = Some(flipped(&[1, 2, 3], place));
                }
            }
            prop_assert!(!faults(&links, Some(&head)).is_empty());
        }

        #[test]
        fn what_was_taken_out_moved_doubled_or_cut_off_is_found(one in 0_usize..5, other in 0_usize..5) {
            let (links, head) = chain(5);
            let mut without = links.clone();
            without.remove(one);
            let mut moved = links.clone();
            moved.swap(one, other);
            let mut doubled = links.clone();
            doubled.insert(other, links[one].clone());
            let cut = links[..one].to_vec();
            let mut renumbered = without.clone();
            for (link, number) in renumbered.iter_mut().zip(1..) {
                link.number = number;
            }
            for (wrong, is_wrong) in [(without, true), (moved, one != other), (doubled, true), (cut, true), (renumbered, true)] {
                prop_assert_eq!(!faults(&wrong, Some(&head)).is_empty(), is_wrong);
            }
        }
    }
}
