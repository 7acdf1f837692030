//! Whom to consider, out of all: what mentees need and mentors offer as vectors, the best few of each mentee out of every
//! allowed pair, and the optimum over every allowed pair though only few are ever written down.
//!
//! **In**: an [`Affinity`] of needs (mentees × dimensions, `f32`) and offers (mentors × dimensions), and the pairs that are
//! excluded. A pair's [`score`] is the scalar product in a fixed order of rounding.
//!
//! **Out**: [`top_k`] gives each mentee's best, exactly; [`solve_whole`] the optimum, with prices that [`verify_whole`] proves
//! against every allowed pair. No matrix is ever held. The same arguments give the same bytes, for any number of threads
//! and on any processor.
//!
//! Making vectors out of people does not belong here, nor does the solver.
//!
//! ```
//! use std::num::NonZero;
//! use assignment::candidates::{Affinity, Points, Vectors, Whole, solve_whole, top_k, verify_whole};
//! use assignment::{MenteeId, MentorId, Seats};
//!
//! // Two mentees, three mentors, two competencies. The first mentee's superior is the third mentor.
//! let needs = Vectors::new(2, vec![1.0, 0.0, 0.75, 0.5])?;
//! let offers = Vectors::new(2, vec![0.5, 0.5, 0.0, 1.0, 1.0, 0.0])?;
//! let affinity = Affinity::new(needs, offers, vec![(MenteeId(0), MentorId(2))])?;
//!
//! let best = top_k(&affinity, 2, NonZero::<usize>::MIN);
//! assert_eq!(best.of(MenteeId(0)).collect::<Vec<_>>(), [(MentorId(0), 0.5), (MentorId(1), 0.0)]);
//! assert_eq!(best.of(MenteeId(1)).collect::<Vec<_>>(), [(MentorId(2), 0.75), (MentorId(0), 0.625)]);
//!
//! let points = Points::per_unit(1000.0).expect("above 0");
//! let whole = Whole::new(affinity, vec![Seats::Alike(1); 3], points, None)?;
//! let optimum = solve_whole(&whole, 1, NonZero::<usize>::MIN)?;
//! assert_eq!(optimum.solution.matching, [Some(MentorId(0)), Some(MentorId(2))]);
//! assert_eq!(optimum.solution.proof.objective(), 500 + 750);
//! verify_whole(&whole, &optimum.solution.matching, &optimum.solution.prices)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod check;
mod columns;
mod keep;
mod scan;
mod vectors;

use std::num::NonZero;

pub use check::verify_whole;
pub use columns::{NotSolved, Optimum, Points, Whole, WholeMistake, solve_whole};
use scan::{Found, Panels, Search, scan};
pub use vectors::{Affinity, VectorMistake, Vectors, score};

use crate::problem::{MenteeId, MentorId};

/// The best mentors of each mentee, with their scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidates {
    /// Where each mentee's begin; one more entry for the end.
    first: Vec<usize>,
    mentors: Vec<MentorId>,
    scores: Vec<f32>,
}

impl Candidates {
    /// One mentee's, the best first; of equal scores, the lower number first.
    pub fn of(&self, mentee: MenteeId) -> impl ExactSizeIterator<Item = (MentorId, f32)> + '_ {
        let row = self.first[mentee.index()]..self.first[mentee.index() + 1];
        self.mentors[row.clone()].iter().copied().zip(self.scores[row].iter().copied())
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.mentors.len()
    }

    pub fn is_empty(&self) -> bool {
        self.mentors.is_empty()
    }
}

/// For each mentee the `k` mentors with the highest scores among those allowed, or all when there are fewer; of equal scores,
/// the lower number. Exact: every allowed pair is looked at.
pub fn top_k(affinity: &Affinity, k: usize, threads: NonZero<usize>) -> Candidates {
    let panels = Panels::new(affinity.offers());
    top_k_of(affinity, &panels, k, threads)
}

fn top_k_of(affinity: &Affinity, panels: &Panels, k: usize, threads: NonZero<usize>) -> Candidates {
    let offset = vec![0.0; affinity.offers().len()];
    let floor = vec![f32::NEG_INFINITY; affinity.needs().len()];
    let search = Search { offset: &offset, floor: &floor, keep: k, admits: |_, _, _| true };
    let Found { counts, mentors, values } = scan(affinity, panels, &search, threads.get());
    let mut end = 0;
    let ends = counts.into_iter().map(|count| {
        end += count;
        end
    });
    Candidates { first: std::iter::once(0).chain(ends).collect(), mentors, scores: values }
}

#[cfg(test)]
mod tests {
    use fearless_simd::Level;

    use super::*;

    /// What the processor can do less, as far as this one can do it.
    #[cfg(target_arch = "x86_64")]
    fn levels() -> Vec<Level> {
        use fearless_simd::Simd;
        let best = Level::new();
        let lower =
            [best.as_avx2().map(Simd::level), best.as_sse4_2().map(Simd::level), best.as_sse2().map(Simd::level)];
        lower.into_iter().flatten().chain([best]).collect()
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn levels() -> Vec<Level> {
        vec![Level::new()]
    }

    #[test]
    fn the_instructions_do_not_show() {
        let noise = |count: u32, seed: u32| {
            let value =
                |at: u32| f32::from((at.wrapping_mul(2_654_435_761).wrapping_add(seed) >> 16) as u16) / 65_536.0 - 0.5;
            Vectors::new(37, (0..count * 37).map(value).collect()).expect("right vectors")
        };
        let affinity = Affinity::new(noise(203, 7), noise(111, 8), vec![(MenteeId(9), MentorId(3))]).expect("right");
        let expected: Vec<Vec<_>> = (0..203)
            .map(MenteeId)
            .map(|mentee| {
                let mentors = (0..111).map(MentorId);
                let mut all: Vec<_> =
                    mentors.filter_map(|mentor| Some((mentor, affinity.score(mentee, mentor)?.to_bits()))).collect();
                all.sort_by(|one, other| f32::from_bits(other.1).total_cmp(&f32::from_bits(one.1)));
                all.truncate(10);
                all
            })
            .collect();
        for level in levels() {
            let panels = Panels::for_level(affinity.offers(), level);
            let found = top_k_of(&affinity, &panels, 10, NonZero::<usize>::MIN);
            let rows = (0..203).map(|mentee| {
                found.of(MenteeId(mentee)).map(|(mentor, score)| (mentor, score.to_bits())).collect::<Vec<_>>()
            });
            assert!(rows.eq(expected.iter().cloned()), "{level:?}");
        }
    }
}
