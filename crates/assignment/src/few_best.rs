//! The few best of a row. Finding them is a fifth of all work, and what slows it down is guessing: so there are few branches, and
//! each value carries its place along. What the values mean does not belong here.

/// A value with its place in the row, in one number that compares as the value does; of equal values the first place is the
/// greatest.
pub(crate) trait Key: Copy + Ord {
    const LEAST: Self;
    /// The place takes up the lowest bits.
    fn of(value: i64, place: usize, bits: u32) -> Self;
    fn value(self, bits: u32) -> i64;
    fn place(self, bits: u32) -> usize;
}

impl Key for i64 {
    const LEAST: Self = Self::MIN;

    #[inline]
    fn of(value: i64, place: usize, bits: u32) -> Self {
        (value << bits) | (((1 << bits) - 1) - i64::try_from(place).unwrap_or_default())
    }

    #[inline]
    fn value(self, bits: u32) -> i64 {
        self >> bits
    }

    #[inline]
    fn place(self, bits: u32) -> usize {
        usize::try_from(!self & ((1 << bits) - 1)).unwrap_or_default()
    }
}

impl Key for i128 {
    const LEAST: Self = Self::MIN;

    #[inline]
    fn of(value: i64, place: usize, bits: u32) -> Self {
        (Self::from(value) << bits) | (((1 << bits) - 1) - i128::try_from(place).unwrap_or_default())
    }

    #[inline]
    fn value(self, bits: u32) -> i64 {
        i64::try_from(self >> bits).unwrap_or_default()
    }

    #[inline]
    fn place(self, bits: u32) -> usize {
        usize::try_from(!self & ((1 << bits) - 1)).unwrap_or_default()
    }
}

/// So many are compared with so many others at once.
const HALF: usize = 16;

/// The `FEW` greatest keys of a row, from the greatest on; where there are fewer, [`Key::LEAST`] fills the rest.
///
/// Of two keys the lesser rarely is among the greatest: so first the greater of each two are put in order, without a branch, and
/// then those of the others that are great enough.
#[inline]
pub(crate) fn few_best<T, K: Key, const FEW: usize>(row: &[T], key: impl Fn(usize, &T) -> K) -> [K; FEW] {
    let mut best = [K::LEAST; FEW];
    for (number, part) in row.chunks(2 * HALF).enumerate() {
        let begin = number * 2 * HALF;
        let middle = part.len() / 2;
        let (front, back) = part.split_at(middle);
        let mut lesser = [K::LEAST; HALF];
        for (place, ((one, other), lesser)) in front.iter().zip(back).zip(&mut lesser).enumerate() {
            let (one, other) = (key(begin + place, one), key(begin + middle + place, other));
            *lesser = one.min(other);
            let greater = one.max(other);
            // Later in a long row most are too low.
            if number == 0 || greater > best[FEW - 1] {
                insert(&mut best, greater);
            }
        }
        if back.len() > middle {
            insert(&mut best, key(begin + part.len() - 1, &part[part.len() - 1]));
        }
        for &lesser in &lesser[..middle] {
            if lesser > best[FEW - 1] {
                insert(&mut best, lesser);
            }
        }
    }
    best
}

#[inline]
fn insert<K: Key, const FEW: usize>(best: &mut [K; FEW], key: K) {
    let mut rest = key;
    for one in best {
        (*one, rest) = (rest.max(*one), rest.min(*one));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn they_are_the_first_of_all_in_order(row in proptest::collection::vec(-9_i64..9, 0..100)) {
            let mut all: Vec<(i64, usize)> = row.iter().copied().zip(0..).collect();
            all.sort_by_key(|&(value, place)| (std::cmp::Reverse(value), place));
            let narrow: [i64; 7] = few_best(&row, |place, &value| Key::of(value, place, 7));
            let wide: [i128; 7] = few_best(&row, |place, &value| Key::of(value, place, 7));
            let narrow = narrow.map(|key| (key.value(7), key.place(7)));
            let wide = wide.map(|key| (key.value(7), key.place(7)));
            let few = row.len().min(7);
            prop_assert_eq!(&narrow[..few], &all[..few]);
            prop_assert_eq!(&wide[..few], &all[..few]);
        }
    }
}
