//! The agreement of a pair, as two people read it whom it lets open what was written.

use super::actions::{VISIBILITY, draft_of, exact_of};
use super::model::{Clause, Draft, Versions};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::mentorships::shelves::{Glass, Opened, Shelf};
use crate::problems::Failure;
use crate::vault::Words;

pub const SHELF: Shelf =
    Shelf { name: "agreement", opens: |app, glass| Box::pin(async move { opens(&app, &glass).await }) };

async fn opens(app: &App, glass: &Glass) -> Result<Vec<Opened>, Failure> {
    let pair = &glass.pair;
    let versions: Versions = store::versions(&app.db, pair.id).await?;
    let signatures = store::signatures(&app.db, pair.id).await?;
    let mut opened = Vec::new();
    for version in &versions.0 {
        // What was agreed holds from its second signature on.
        let at = version.settled_at.unwrap_or(version.changed_at);
        if !glass.opens(VISIBILITY, at) {
            continue;
        }
        let text = if version.proposed_at.is_some() {
            exact_of(&glass.keys, pair, &signatures, (version, version.author))
        } else {
            draft_of(&glass.keys, pair, version).map(|draft| whole(&draft))
        };
        let title = Message::new("agreement-version").with("number", version.number);
        opened.push(Opened::new(title, version.author, at).said(versions.stands(version).key(), text));
    }
    Ok(opened)
}

/// A draft in one piece, as its exact text will have it.
fn whole(draft: &Draft) -> Words {
    let clauses = Clause::ALL.map(|clause| format!("{}\n{}", draft.lang.say(&clause.key()), draft.text(clause)));
    Words::new(clauses.join("\n\n"))
}
