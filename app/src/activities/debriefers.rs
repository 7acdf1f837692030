//! Features below that keep a page of their own for the debrief of some activities: there it is written, in this plan's own words and
//! rows, with what that feature asks besides. The plan comes before them and may not know them, so `features` lists them.

use std::pin::Pin;

use super::model::ActivityId;
use crate::db::{Error, Reader};
use crate::features;
use crate::mentorships::MentorshipId;

pub type Finding<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// Some activities of a pair, as such a feature knows them.
pub type OfPair = for<'a> fn(Reader<'a>, MentorshipId) -> Finding<'a, Vec<ActivityId>>;

/// A feature in which the debriefs of some activities are written.
#[derive(Clone, Copy)]
pub struct Debriefer {
    pub name: &'static str,
    /// The path of the page on which the debrief of an activity is written, if this feature has one.
    pub page: for<'a> fn(Reader<'a>, MentorshipId, ActivityId) -> Finding<'a, Option<String>>,
    /// The activities of a pair of which it has such a page, or may have.
    pub pages: OfPair,
    /// The activities of a pair that came into the plan from such a page, with words that were written there.
    pub proposed: OfPair,
}

impl std::fmt::Debug for Debriefer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// Where the debrief of an activity is written, if that is not in the plan.
pub(super) async fn page_of(
    from: impl Into<Reader<'_>>,
    pair: MentorshipId,
    activity: ActivityId,
) -> Result<Option<String>, Error> {
    let mut from = from.into();
    for debriefer in features::DEBRIEFERS {
        if let Some(path) = (debriefer.page)(from.again(), pair, activity).await? {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

/// The activities of a pair whose debriefs are not written in the plan.
pub(super) async fn written_elsewhere(
    from: impl Into<Reader<'_>>,
    pair: MentorshipId,
) -> Result<Vec<ActivityId>, Error> {
    of_all(from, pair, |debriefer| debriefer.pages).await
}

/// The activities of a pair whose words were not written in the plan.
pub(super) async fn proposed_elsewhere(
    from: impl Into<Reader<'_>>,
    pair: MentorshipId,
) -> Result<Vec<ActivityId>, Error> {
    of_all(from, pair, |debriefer| debriefer.proposed).await
}

async fn of_all(
    from: impl Into<Reader<'_>>,
    pair: MentorshipId,
    which: fn(&Debriefer) -> OfPair,
) -> Result<Vec<ActivityId>, Error> {
    let mut from = from.into();
    let mut all = Vec::new();
    for debriefer in features::DEBRIEFERS {
        all.extend(which(debriefer)(from.again(), pair).await?);
    }
    Ok(all)
}
