//! What the two are told: that the other has given a review, and that one's letter has come. It says nothing of what stands in them.

use crate::notices::Kind;

/// What one of a pair is told when the other has given theirs.
pub(super) const GIVEN: &str = "reviews.given";

/// What somebody is told when the letter to themselves may be opened. Nobody else learns that there is one, so it goes to no webhook.
pub(super) const LETTER: &str = "reviews.letter";

pub(super) const KINDS: &[Kind] = &[
    Kind { name: GIVEN, label: "reviews-notice-label", mail: "reviews-notice-mail", ..Kind::USUAL },
    Kind { name: LETTER, label: "reviews-come-label", mail: "reviews-come-mail", outside: false, ..Kind::USUAL },
];
