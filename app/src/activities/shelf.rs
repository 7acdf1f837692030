//! What the two share of their plan: what each activity is, why one was let go, and the debriefs that are for both. What is written on
//! a page of another feature, a debrief or what they agree there to practise, tells of what others showed them in confidence; these two
//! cannot let anybody open it.

use super::actions::{place, place_of_debrief};
use super::debriefers::{proposed_elsewhere, written_elsewhere};
use super::model::{Activity, Debrief, Reflection, Said};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::mentorships::shelves::{Glass, Opened, Shelf};
use crate::mentorships::visibility::Visibility;
use crate::problems::Failure;
use crate::vault::{Closed, Words};

pub const SHELF: Shelf =
    Shelf { name: "activities", opens: |app, glass| Box::pin(async move { opens(&app, &glass).await }) };

async fn opens(app: &App, glass: &Glass) -> Result<Vec<Opened>, Failure> {
    let plan = store::plan(&app.db, glass.pair.id).await?;
    let proposed = proposed_elsewhere(&app.db, glass.pair.id).await?;
    let own = |activity: &Activity| whole(glass, activity).filter(|_| !proposed.contains(&activity.id));
    let mut opened: Vec<Opened> =
        plan.iter().flat_map(|activity| [own(activity), let_go(glass, activity)]).flatten().collect();
    let elsewhere = written_elsewhere(&app.db, glass.pair.id).await?;
    let debriefs = store::shared_debriefs(&app.db, glass.pair.id).await?;
    let own = debriefs.iter().filter(|debrief| !elsewhere.contains(&debrief.activity));
    opened.extend(own.filter_map(|debrief| debriefed(glass, debrief)));
    Ok(opened)
}

fn whole(glass: &Glass, activity: &Activity) -> Option<Opened> {
    let place = place(&glass.pair, activity.author, "words", activity.id);
    let (at, words) = glass.reads(Visibility::Pair, &place, &activity.words)?;
    let (what, watch) = match words.and_then(|words| Said::of(&words).ok_or(Closed::Refused)) {
        Ok(said) => (Ok(said.what), Ok(said.watch)),
        Err(closed) => (Err(closed), Ok(Words::default())),
    };
    let opened = Opened::new(Message::new("activities-shelf-activity"), activity.author, at);
    Some(opened.said("activities-what", what).said("activities-watch", watch))
}

fn let_go(glass: &Glass, activity: &Activity) -> Option<Opened> {
    let by = activity.settled_by?;
    let place = place(&glass.pair, by, "reason", activity.id);
    let (at, reason) = glass.reads(Visibility::Pair, &place, activity.reason.as_ref()?)?;
    Some(Opened::new(Message::new("activities-shelf-let-go"), by, at).said("activities-reason", reason))
}

fn debriefed(glass: &Glass, debrief: &Debrief) -> Option<Opened> {
    let place = place_of_debrief(&glass.pair, debrief.author, debrief.visibility, debrief.activity);
    let (at, words) = glass.reads(debrief.visibility, &place, &debrief.words)?;
    let opened = Opened::new(Message::new("activities-debrief"), debrief.author, at);
    Some(match words.and_then(|words| Reflection::of(debrief.visibility, &words).ok_or(Closed::Refused)) {
        Ok(said) => opened
            .said("activities-expected", Ok(said.expected))
            .said("activities-seen", Ok(said.seen))
            .said("activities-practise", Ok(said.practise)),
        Err(closed) => opened.said("activities-seen", Err(closed)),
    })
}
