//! The people of one side of an edition, of whom everybody on the other side is shown who would do. Reading thousands of records takes
//! longer than a page may: this server remembers them while no record changes and nobody comes or goes.

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
        let people = records.into_iter().map(|record| (record.id, Arc::new(record.draft))).collect();
        let read = Arc::new(Self { mark, ids, people });
        *kept = Some(Arc::clone(&read));
        Ok(read)
    }
}
