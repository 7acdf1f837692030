//! What somebody wrote in a mentorship and may hand over, and copies as their readers come to them.

use std::collections::HashMap;

use super::model::{Content, Copy, CopyId, Receiver, Text};
use super::store::{self, Shelf};
use crate::app::App;
use crate::db::Reader;
use crate::features;
use crate::i18n::Lang;
use crate::identity::{self, Act, Held, Part, PersonId, Record, Scope, Viewer};
use crate::mentorships::shelves::{Glass, Opened};
use crate::mentorships::visibility::{place_of, reads};
use crate::mentorships::{self, Mentorship, MentorshipId, these};
use crate::problems::Failure;
use crate::programmes::EditionId;
use crate::vault::{self, Closed, Keys};

/// What somebody wrote in a mentorship and shares with the other of the pair, the newest first.
pub(super) async fn own_texts(
    app: &App,
    (pair, author): (&Mentorship, PersonId),
    keys: Keys,
    lang: Lang,
) -> Result<Vec<Text>, Failure> {
    let glass = Glass::of_author(pair.clone(), keys, lang, author);
    let mut texts = Vec::new();
    for shelf in features::SHELVES_OF_PAIRS {
        texts.extend((shelf.opens)(app.clone(), glass.clone()).await?.into_iter().filter(|opened| opened.by == author));
    }
    let mut texts: Vec<Text> = texts.into_iter().filter_map(text).collect();
    texts.sort_by_key(|text| std::cmp::Reverse(text.at));
    Ok(texts)
}

/// A text of which everything opens.
fn text(opened: Opened) -> Option<Text> {
    let words = opened.words.into_iter().map(|(label, words)| Some((label, words.ok()?.as_str().to_owned())));
    let words: Vec<_> = words.collect::<Option<_>>()?;
    (!words.is_empty()).then_some(Text { title: opened.title, at: opened.at, words })
}

/// What a copy holds. Whoever calls has asked whether the reader may read it.
pub(super) fn content(keys: &Keys, pair: &Mentorship, copy: &Copy) -> Result<Content, Closed> {
    let place = place_of(pair, copy.author, copy.visibility, ("copies", "words", copy.id.0));
    Content::of(&keys.open(&place, &copy.words)?).ok_or(Closed::Refused)
}

/// Those to whom a copy of this pair is handed; neither of the two is among them.
pub(super) async fn receivers(
    from: impl Into<Reader<'_>>,
    pair: &Mentorship,
    receiver: Receiver,
) -> Result<Vec<PersonId>, Failure> {
    let mut from = from.into();
    let part = match receiver {
        Receiver::Coordination => Part::Coordinator,
        Receiver::Faculty => Part::Faculty,
    };
    let mut people = identity::person_ids_with_part(from.again(), pair.organisation, part).await?;
    people.extend(identity::person_ids_with_part_there(from, pair.organisation, part, pair.edition.0).await?);
    people.sort_unstable();
    people.dedup();
    people.retain(|person| pair.side_of(*person).is_none());
    Ok(people)
}

/// Whose copies somebody may read.
pub(super) fn shelf(viewer: &Viewer) -> Shelf {
    let there = |held: &Held| match (held.part, held.scope) {
        (Part::Faculty, Scope::Edition(edition)) => Some(EditionId(edition)),
        _ => None,
    };
    Shelf {
        is_coordinator: viewer.may(Act::ManageMentorships, &Record::of_organisation(viewer.organisation)),
        is_faculty: viewer.holds(Part::Faculty),
        editions: viewer.parts.iter().filter_map(there).collect(),
    }
}

/// What was handed to somebody, with the pairs and their keys.
pub(super) struct Handed {
    pub copies: Vec<Copy>,
    pairs: HashMap<MentorshipId, Mentorship>,
    pub keys: Keys,
}

impl Handed {
    /// The copies, each with its pair.
    pub fn of_pairs(&self) -> impl Iterator<Item = (&Mentorship, &Copy)> {
        self.copies.iter().filter_map(|copy| Some((self.pairs.get(&copy.mentorship)?, copy)))
    }
}

/// A page of what was handed to somebody: four statements.
pub(super) async fn handed(app: &App, viewer: &Viewer, place: (Option<CopyId>, usize)) -> Result<Handed, Failure> {
    let own = mentorships::ids_of_person(&app.db, viewer.person).await?;
    let copies = store::handed(&app.db, viewer.organisation, (&shelf(viewer), &own), place).await?;
    let ids: Vec<MentorshipId> = copies.iter().map(|copy| copy.mentorship).collect();
    let all: Vec<_> = ids.iter().map(|id| id.0).collect();
    let pairs = these(&app.db, viewer.organisation, &ids).await?;
    let pairs: HashMap<_, _> = pairs.into_iter().map(|pair| (pair.id, pair)).collect();
    let keys = vault::keys(app, &app.db, viewer.organisation, &all).await?;
    let is_for =
        |copy: &Copy| pairs.get(&copy.mentorship).is_some_and(|pair| reads(copy.visibility, viewer, pair, copy.author));
    let copies = copies.into_iter().filter(is_for).collect();
    Ok(Handed { copies, pairs, keys })
}
