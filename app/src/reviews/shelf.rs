//! What the two share of their reviews: what both have given, and the line of both. A draft is its author's alone, and so is what one has
//! given before the other has; who would not stay in contact is told to nobody.

use super::actions::{draft_of, line_of};
use super::model::{Part, is_shown};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::mentorships::shelves::{Glass, Opened, Shelf};
use crate::mentorships::visibility::Visibility;
use crate::problems::Failure;
use crate::vault::Words;

pub const SHELF: Shelf =
    Shelf { name: "reviews", opens: |app, glass| Box::pin(async move { opens(&app, &glass).await }) };

async fn opens(app: &App, glass: &Glass) -> Result<Vec<Opened>, Failure> {
    let pair = &glass.pair;
    let parts = store::parts(&app.db, pair.id).await?;
    let shown = parts.iter().filter(|part| is_shown(&parts, pair, part.kind));
    let mut opened: Vec<Opened> = shown.filter_map(|part| given(glass, part)).collect();
    for (line, written) in store::dated_lines(&app.db, pair.id).await? {
        if glass.opens(Visibility::Pair, written) {
            let title = Message::new(line.kind.key());
            opened.push(
                Opened::new(title, line.author, written).said("reviews-ask-line", line_of(&glass.keys, pair, &line)),
            );
        }
    }
    Ok(opened)
}

fn given(glass: &Glass, part: &Part) -> Option<Opened> {
    let at = part.given_at?;
    if !glass.opens(part.visibility(), at) {
        return None;
    }
    let opened = Opened::new(Message::new(part.kind.key()), part.author, at);
    Some(match draft_of(&glass.keys, &glass.pair, part) {
        Ok(draft) => part.kind.questions().iter().fold(opened, |opened, name| {
            opened.said(format!("reviews-ask-{name}"), Ok(Words::new(draft.answer(part.kind, name))))
        }),
        Err(closed) => opened.said(format!("reviews-ask-{}", part.kind.questions()[0]), Err(closed)),
    })
}
