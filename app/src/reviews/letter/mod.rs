//! The letter that a mentee may have sealed to themselves: written, taken back, and opened from the day of the follow-up on. Until
//! then nobody reads it, not even its author. Nobody else learns that there is one.

mod pages;

pub(super) use pages::doors;
