//! What takes longer to work out than a page may, of all that was done in an organisation.

use std::sync::Arc;

use tokio::sync::Mutex;
use uuid::Uuid;

use super::{Mark, mark};
use crate::app::App;
use crate::db::Error;

/// What was worked out, and what the trail said then.
struct Kept<T>(Mutex<Option<(Mark, Arc<T>)>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

/// What `work` finds of a record of an organisation. This server remembers it until the trail says that something was done, and ten minutes
/// at most: what leaves no entry in the trail shows up then. One statement where nothing was done.
pub async fn remembered<T, E>(
    app: &App,
    (organisation, record): (Uuid, Uuid),
    work: impl Future<Output = Result<T, E>>,
) -> Result<Arc<T>, E>
where
    T: Send + Sync + 'static,
    E: From<Error>,
{
    let remembered = app.memory.of::<Kept<T>>(record);
    let mut kept = remembered.0.lock().await;
    // Asked when it is one's turn: who waited finds what was worked out meanwhile.
    let mark = mark(&app.db, organisation, app.now()).await?;
    if let Some((known, found)) = kept.as_ref()
        && *known == mark
    {
        return Ok(Arc::clone(found));
    }
    let found = Arc::new(work.await?);
    *kept = Some((mark, Arc::clone(&found)));
    Ok(found)
}
