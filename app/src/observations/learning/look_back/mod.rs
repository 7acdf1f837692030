//! Who is asked for a debrief and reminded of it, and when notes are destroyed: by the clock, whether anybody comes by or not.

pub(in crate::observations) mod actions;
mod jobs;

pub(in crate::observations) use jobs::KINDS;
