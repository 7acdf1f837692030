//! Somebody who never asked for a seat was in the room all the same: whoever keeps the record says who, from when and until when. What
//! follows from it follows as for everybody.

pub(super) mod pages;
