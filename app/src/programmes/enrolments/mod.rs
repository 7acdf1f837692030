//! Who takes part in an edition, on which side, and how they came to: nominated, invited, taken in from the records, or by
//! their own wish. Where they stand is [`Standing`](super::model::Standing); what it takes to move on is a
//! [`Step`](super::model::Step).

pub(super) mod actions;
pub(super) mod jobs;
pub(super) mod pages;
pub(super) mod store;
