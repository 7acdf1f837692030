//! What the two share of their reviews: what both have given, and the line of both. A draft is its author's alone, and so is what one has
//! given before the other has; who would not stay in contact is told to nobody.

use super::actions::{place_of_line, place_of_part};
use super::model::{Draft, Line, Part, is_shown};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::mentorships::shelves::{Glass, Opened, Shelf};
use crate::mentorships::visibility::Visibility;
use crate::problems::Failure;
use crate::vault::{Closed, Words};

pub const SHELF: Shelf =
    Shelf { name: "reviews", opens: |app, glass| Box::pin(async move { opens(&app, &glass).await }) };

async fn opens(app: &App, glass: &Glass) -> Result<Vec<Opened>, Failure> {
    let pair = &glass.pair;
    let parts = store::parts(&app.db, pair.id).await?;
    let shown = parts.iter().filter(|part| is_shown(&parts, pair, part.kind));
    let mut opened: Vec<Opened> = shown.filter_map(|part| given(glass, part)).collect();
    let lines = store::lines(&app.db, pair.id).await?;
    opened.extend(lines.iter().filter_map(|line| of_both(glass, line)));
    Ok(opened)
}

fn given(glass: &Glass, part: &Part) -> Option<Opened> {
    let place = place_of_part(&glass.pair, part.author, part.visibility(), part.id);
    let (at, words) = glass.reads(part.visibility(), &place, &part.words)?;
    let opened = Opened::new(Message::new(part.kind.key()), part.author, at);
    Some(match words.and_then(|words| Draft::of(part.kind, &words).ok_or(Closed::Refused)) {
        Ok(draft) => part.kind.questions().iter().fold(opened, |opened, name| {
            opened.said(format!("reviews-ask-{name}"), Ok(Words::new(draft.answer(part.kind, name))))
        }),
        Err(closed) => opened.said(format!("reviews-ask-{}", part.kind.questions()[0]), Err(closed)),
    })
}

fn of_both(glass: &Glass, line: &Line) -> Option<Opened> {
    let (at, words) =
        glass.reads(Visibility::Pair, &place_of_line(&glass.pair, line.author, line.kind), &line.words)?;
    Some(Opened::new(Message::new(line.kind.key()), line.author, at).said("reviews-ask-line", words))
}
