//! How far long work has come, for the page that waits for it. It is kept in memory only: what counts is in the database.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

/// Where work stands: `done` of `all` steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    pub done: usize,
    pub all: usize,
}

/// The work under way on this server; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Mutex<HashMap<Uuid, Stage>>>);

impl Progress {
    pub fn set(&self, work: Uuid, stage: Stage) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(work, stage);
    }

    pub fn get(&self, work: Uuid) -> Option<Stage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&work).copied()
    }

    pub fn end(&self, work: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&work);
    }
}
