//! The queue of the shortest-path searches. What is queued does not belong here.

/// Nodes by distance, the nearest first, for searches that never go back: no distance may be less than the last one taken out.
///
/// A radix heap (Ahuja, Mehlhorn, Orlin & Tarjan, *Faster algorithms for the shortest path problem*, 1990): distances lie in
/// buckets by the highest bit in which they differ from the last one taken out, so that a step costs a few moves within a
/// bucket instead of a walk through a tree as large as the queue. Which of several equals comes first depends only on what was done
/// before.
pub(crate) struct Queue {
    /// In the first, the distances equal to the last; in the others, those whose highest differing bit is the one before.
    buckets: Vec<Vec<(i64, u32)>>,
    /// A bit for each bucket but the first that is not empty.
    filled: u64,
    last: i64,
}

impl Queue {
    pub(crate) fn new() -> Self {
        Self { buckets: vec![Vec::new(); 65], filled: 0, last: 0 }
    }

    /// Forgets everything; distances begin at 0 again.
    pub(crate) fn clear(&mut self) {
        self.buckets[0].clear();
        while self.filled != 0 {
            let bucket = self.filled.trailing_zeros();
            self.buckets[bucket as usize + 1].clear();
            self.filled &= self.filled - 1;
        }
        self.last = 0;
    }

    #[inline]
    pub(crate) fn push(&mut self, distance: i64, node: u32) {
        debug_assert!(distance >= self.last);
        let bits = i64::BITS - (distance ^ self.last).leading_zeros();
        self.buckets[bits as usize].push((distance, node));
        if bits > 0 {
            self.filled |= 1 << (bits - 1);
        }
    }

    /// Takes out the nearest.
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<(i64, u32)> {
        if self.buckets[0].is_empty() {
            self.refill()?;
        }
        self.buckets[0].pop()
    }

    /// Spreads the first bucket that is not empty over those before it.
    fn refill(&mut self) -> Option<()> {
        if self.filled == 0 {
            return None;
        }
        let bucket = self.filled.trailing_zeros() as usize + 1;
        self.filled &= self.filled - 1;
        let mut spread = std::mem::take(&mut self.buckets[bucket]);
        self.last = spread.iter().map(|&(distance, _)| distance).min()?;
        for &(distance, node) in &spread {
            self.push(distance, node);
        }
        spread.clear();
        self.buckets[bucket] = spread;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Pushes further on and takings out in any order: always the nearest comes out, and in the end everything has.
        #[test]
        fn the_nearest_comes_first(steps in proptest::collection::vec(proptest::option::of(0_i64..1 << 40), 0..200)) {
            let mut queue = Queue::new();
            queue.push(1, 0);
            queue.clear();
            let (mut waiting, mut last) = (Vec::new(), 0);
            let everything = steps.len();
            for step in steps.into_iter().chain(std::iter::repeat_n(None, everything + 1)) {
                if let Some(further) = step {
                    queue.push(last + further, 7);
                    waiting.push(last + further);
                } else {
                    waiting.sort_unstable_by(|one, other| other.cmp(one));
                    let nearest = waiting.pop();
                    prop_assert_eq!(queue.pop(), nearest.map(|nearest| (nearest, 7)));
                    last = nearest.unwrap_or(last);
                }
            }
            prop_assert!(waiting.is_empty());
        }
    }
}
