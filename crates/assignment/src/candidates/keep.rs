//! The best few of a stream: what one mentee keeps while the mentors pass by. Where the stream comes from does not
//! belong here.

use crate::problem::MentorId;

/// Entries above the few that are kept before the rest is thrown away: large enough that throwing away is seldom,
/// small enough that the threshold is never far behind.
const SLACK: usize = 48;

/// The best `keep` values beyond a floor, of mentors that come in ascending order. Equal values: the lower number.
#[derive(Debug)]
pub(super) struct Best<'a> {
    /// Value and mentor in one number that is greater where the value is higher or, with equal values, the mentor's
    /// number lower.
    keys: Vec<u64>,
    keep: usize,
    /// Ascending; those before `next_excluded` are behind us.
    excluded: &'a [MentorId],
    next_excluded: usize,
}

impl<'a> Best<'a> {
    pub(super) fn new(keep: usize, excluded: &'a [MentorId]) -> Self {
        Self { keys: Vec::new(), keep, excluded, next_excluded: 0 }
    }

    /// Whether the mentor is excluded. Mentors have to be asked for in ascending order.
    pub(super) fn excludes(&mut self, mentor: MentorId) -> bool {
        while self.excluded.get(self.next_excluded).is_some_and(|&excluded| excluded < mentor) {
            self.next_excluded += 1;
        }
        self.excluded.get(self.next_excluded) == Some(&mentor)
    }

    /// Takes a value. When that has raised it: the threshold beyond which a later mentor has to be to matter.
    pub(super) fn take(&mut self, value: f32, mentor: MentorId) -> Option<f32> {
        self.keys.push(key(value, mentor));
        if self.keep == 0 || self.keys.len() < self.keep.saturating_add(SLACK) {
            return None;
        }
        let (_, last, _) = self.keys.select_nth_unstable_by(self.keep - 1, |one, other| other.cmp(one));
        let threshold = value_of(*last);
        self.keys.truncate(self.keep);
        Some(threshold)
    }

    /// The best first, with their values.
    pub(super) fn sorted(&mut self) -> impl Iterator<Item = (MentorId, f32)> + use<'_, 'a> {
        self.keys.sort_unstable_by(|one, other| other.cmp(one));
        self.keys.truncate(self.keep);
        self.keys.iter().map(|&key| (mentor_of(key), value_of(key)))
    }
}

/// Floats in the order of whole numbers: the sign bit flipped, and all bits of what is negative (IEEE 754 orders
/// magnitudes as whole numbers). `-0.0` counts as `0.0`.
fn key(value: f32, mentor: MentorId) -> u64 {
    let bits = (value + 0.0).to_bits();
    let ordered = if bits >> 31 == 1 { !bits } else { bits | (1 << 31) };
    (u64::from(ordered) << 32) | u64::from(!mentor.0)
}

fn value_of(key: u64) -> f32 {
    let ordered = (key >> 32) as u32;
    f32::from_bits(if ordered >> 31 == 1 { ordered ^ (1 << 31) } else { !ordered })
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half of the key")]
fn mentor_of(key: u64) -> MentorId {
    MentorId(!(key as u32))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn keys_are_ordered_as_values_and_then_numbers(one in -1e30_f32..1e30, other in -1e30_f32..1e30, a in any::<u32>(), b in any::<u32>()) {
            let (first, second) = (key(one, MentorId(a)), key(other, MentorId(b)));
            prop_assert_eq!((value_of(first), mentor_of(first)), (one, MentorId(a)));
            let expected = one.partial_cmp(&other).unwrap().then(b.cmp(&a));
            prop_assert_eq!(first.cmp(&second), expected);
        }

        #[test]
        fn the_best_are_those_of_a_sort(values in proptest::collection::vec(-20_i8..20, 0..300), keep in 0_usize..70) {
            let mentors = (0..).map(MentorId).zip(values.iter().map(|&value| f32::from(value) / 8.0));
            let excluded = [MentorId(3), MentorId(4), MentorId(99)];
            let (mut best, mut threshold) = (Best::new(keep, &excluded), f32::NEG_INFINITY);
            for (mentor, value) in mentors.clone() {
                if value > threshold && !best.excludes(mentor) {
                    threshold = best.take(value, mentor).unwrap_or(threshold);
                }
            }
            let mut expected: Vec<_> = mentors.filter(|(mentor, _)| !excluded.contains(mentor)).collect();
            expected.sort_by(|one, other| other.1.partial_cmp(&one.1).unwrap().then(one.0.cmp(&other.0)));
            expected.truncate(keep);
            prop_assert_eq!(best.sorted().collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn negative_nought_is_nought() {
        assert_eq!(key(-0.0, MentorId(7)), key(0.0, MentorId(7)));
    }
}
