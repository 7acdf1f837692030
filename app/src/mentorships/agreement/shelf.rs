//! The agreement of a pair, as two people read it whom it lets open what was written.

use super::actions::{VISIBILITY, exact_of, place_of_version};
use super::model::{Clause, Draft, Signature, Version};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::mentorships::shelves::{Glass, Opened, Read, Shelf};
use crate::problems::Failure;
use crate::vault::{Closed, Words};

pub const SHELF: Shelf =
    Shelf { name: "agreement", opens: |app, glass| Box::pin(async move { opens(&app, &glass).await }) };

async fn opens(app: &App, glass: &Glass) -> Result<Vec<Opened>, Failure> {
    let versions = store::versions(&app.db, glass.pair.id).await?;
    let signatures = store::signatures(&app.db, glass.pair.id).await?;
    let opened = versions.0.iter().filter_map(|version| {
        let (at, text) = written(glass, &signatures, version)?;
        let title = Message::new("agreement-version").with("number", version.number);
        Some(Opened::new(title, version.author, at).said(versions.stands(version).key(), text))
    });
    Ok(opened.collect())
}

/// What both have signed was said by both when the second signed; what they have not, when its words were written.
fn written(glass: &Glass, signatures: &[Signature], version: &Version) -> Option<Read> {
    let exact = || exact_of(glass.keys(), &glass.pair, signatures, (version, version.author));
    if let Some(at) = version.settled_at {
        return glass.has_begun(at).then(|| (at, exact()));
    }
    let place = place_of_version(&glass.pair, version.author, version.id);
    let (at, words) = glass.reads(VISIBILITY, &place, &version.words)?;
    let drafted = |words: Words| {
        let draft = Draft::of_words(version.lang, version.break_glass, &words).ok_or(Closed::Refused)?;
        Ok(whole(&draft))
    };
    Some((at, if version.proposed_at.is_some() { exact() } else { words.and_then(drafted) }))
}

/// A draft in one piece, as its exact text will have it.
fn whole(draft: &Draft) -> Words {
    let clauses = Clause::ALL.map(|clause| format!("{}\n{}", draft.lang.say(&clause.key()), draft.text(clause)));
    Words::new(clauses.join("\n\n"))
}
