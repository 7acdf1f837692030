//! The people of one side of an edition, of whom everybody on the other side is shown who would do. Reading thousands of records takes
//! longer than a page may: this server remembers them while no record changes and nobody comes or goes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tokio::sync::Mutex;

use crate::app::App;
use crate::db::Error;
use crate::identity::PersonId;
use crate::people::model::{PersonDraft, Side};
use crate::people::{self, Mark};
use crate::programmes::{Edition, orientation};

/// Everybody who is enrolled on a side.
pub(super) struct Others {
    mark: Mark,
    ids: Vec<PersonId>,
    /// In the order of names.
    pub people: Vec<(PersonId, Arc<PersonDraft>)>,
    /// Who reports to whom in the organisation, by addresses.
    managers: HashMap<String, String>,
    /// The lines of this side and of everybody above.
    lines: Vec<(String, String)>,
}

/// What is remembered of both sides of an edition.
#[derive(Default)]
struct Remembered(Mutex<[Option<Arc<Others>>; 2]>);

impl Others {
    /// Two statements where nothing has changed. What they found is compared, so that no other server need tell this one.
    pub(super) async fn of(app: &App, edition: &Edition, side: Side) -> Result<Arc<Self>, Error> {
        let mark = people::mark(&app.db, edition.organisation).await?;
        let ids = orientation::enrolled_on(&app.db, edition.id, side).await?;
        let remembered = app.memory.of::<Remembered>(edition.id.0);
        let mut sides = remembered.0.lock().await;
        let kept = &mut sides[side as usize];
        if let Some(known) = kept.as_ref()
            && (known.mark, &known.ids) == (mark, &ids)
        {
            return Ok(Arc::clone(known));
        }
        let records = people::records_of(&app.db, ids.iter().copied()).await?;
        let people: Vec<(PersonId, Arc<PersonDraft>)> =
            records.into_iter().map(|record| (record.id, Arc::new(record.draft))).collect();
        let managers = people::reporting_lines(&app.db, edition.organisation).await?.into_iter().collect();
        let lines = lines_above(&managers, people.iter().map(|(_, draft)| draft.address.as_str()));
        let read = Arc::new(Self { mark, ids, people, managers, lines });
        *kept = Some(Arc::clone(&read));
        Ok(read)
    }

    /// The reporting lines that matter to this side and to some people of the other.
    pub(super) fn lines<'a>(&'a self, people: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
        let mut lines = self.lines.clone();
        lines.extend(lines_above(&self.managers, people));
        lines
    }
}

/// The lines of these people and of everybody above them.
fn lines_above<'a>(
    managers: &'a HashMap<String, String>,
    people: impl Iterator<Item = &'a str>,
) -> Vec<(String, String)> {
    let (mut seen, mut lines) = (HashSet::new(), Vec::new());
    for person in people {
        let mut next = Some(person);
        while let Some(person) = next.filter(|person| seen.insert(*person)) {
            next = managers.get(person).map(String::as_str);
            lines.extend(next.map(|manager| (person.to_owned(), manager.to_owned())));
        }
    }
    lines
}
