//! What the two share of their meetings: what to talk about, notes and lines for both, promises, and where they meet.

use super::store::{self, Shared};
use crate::app::App;
use crate::i18n::Message;
use crate::mentorships::shelves::{Glass, Opened, Shelf};
use crate::mentorships::visibility::place_of;
use crate::problems::Failure;

pub const SHELF: Shelf =
    Shelf { name: "meetings", opens: |app, glass| Box::pin(async move { opens(&app, &glass).await }) };

async fn opens(app: &App, glass: &Glass) -> Result<Vec<Opened>, Failure> {
    let shared = store::shared(&app.db, glass.pair.id).await?.into_iter();
    Ok(shared
        .filter(|shared| glass.opens(shared.visibility, shared.written_at))
        .map(|shared| opened(glass, &shared))
        .collect())
}

fn opened(glass: &Glass, shared: &Shared) -> Opened {
    let (table, column) = match shared.what.as_str() {
        "point" => ("meeting_points", "words"),
        "promise" => ("meeting_promises", "words"),
        "place" => ("meetings", "place_words"),
        _ => ("meeting_texts", "words"),
    };
    let place = place_of(&glass.pair, shared.author, shared.visibility, (table, column, shared.id));
    let title = Message::new(format!("meetings-shelf-{}", shared.what));
    Opened::new(title, shared.author, shared.written_at).said("meetings-text", glass.keys.open(&place, &shared.words))
}
