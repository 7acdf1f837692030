//! What the two share of their plan: what each activity is, why one was let go, and the debriefs that are for both.

use super::actions::{reason_of, said, shared_reflection_of};
use super::model::Activity;
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::mentorships::shelves::{Glass, Opened, Shelf};
use crate::mentorships::visibility::Visibility;
use crate::problems::Failure;
use crate::vault::Words;

pub const SHELF: Shelf =
    Shelf { name: "activities", opens: |app, glass| Box::pin(async move { opens(&app, &glass).await }) };

async fn opens(app: &App, glass: &Glass) -> Result<Vec<Opened>, Failure> {
    let pair = &glass.pair;
    let mut opened = Vec::new();
    for activity in store::plan(&app.db, pair.id).await? {
        if glass.opens(Visibility::Pair, activity.changed_at) {
            opened.push(whole(glass, &activity));
        }
    }
    for (debrief, written) in store::shared_debriefs(&app.db, pair.id).await? {
        if !glass.opens(debrief.visibility, written) {
            continue;
        }
        let debriefed = Opened::new(Message::new("activities-debrief"), debrief.author, written);
        opened.push(match shared_reflection_of(&glass.keys, pair, &debrief) {
            Ok(said) => debriefed
                .said("activities-expected", Ok(said.expected))
                .said("activities-seen", Ok(said.seen))
                .said("activities-practise", Ok(said.practise)),
            Err(closed) => debriefed.said("activities-seen", Err(closed)),
        });
    }
    Ok(opened)
}

fn whole(glass: &Glass, activity: &Activity) -> Opened {
    let (what, watch) = match said(&glass.keys, &glass.pair, activity) {
        Ok(said) => (Ok(said.what), Ok(said.watch)),
        Err(closed) => (Err(closed), Ok(Words::default())),
    };
    let title = Message::new("activities-shelf-activity");
    let opened = Opened::new(title, activity.author, activity.changed_at);
    let opened = opened.said("activities-what", what).said("activities-watch", watch);
    match reason_of(&glass.keys, &glass.pair, activity) {
        Some(reason) => opened.said("activities-reason", reason),
        None => opened,
    }
}
