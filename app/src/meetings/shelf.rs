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
    let shared = store::shared(&app.db, glass.pair.id).await?;
    Ok(shared.iter().filter_map(|shared| opened(glass, shared)).collect())
}

fn opened(glass: &Glass, shared: &Shared) -> Option<Opened> {
    let (table, column) = match shared.what.as_str() {
        "point" => ("meeting_points", "words"),
        "promise" => ("meeting_promises", "words"),
        "place" => ("meetings", "place_words"),
        _ => ("meeting_texts", "words"),
    };
    let place = place_of(&glass.pair, shared.author, shared.visibility, (table, column, shared.id));
    let (at, words) = glass.reads(shared.visibility, &place, &shared.words)?;
    let title = Message::new(format!("meetings-shelf-{}", shared.what));
    Some(Opened::new(title, shared.author, at).said("meetings-text", words))
}
