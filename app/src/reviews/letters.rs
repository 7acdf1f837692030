//! What the two are told: that the other has given a review. It says nothing of what stands in it.

use crate::notices::Kind;

/// What one of a pair is told when the other has given theirs.
pub(super) const GIVEN: &str = "reviews.given";

pub(super) const KINDS: &[Kind] =
    &[Kind { name: GIVEN, label: "reviews-notice-label", mail: "reviews-notice-mail", ..Kind::USUAL }];
