//! What is compared: a vector of needs for each mentee, a vector of offers for each mentor, and the pairs that may not
//! be. An [`Affinity`] that exists is right: the scan and the solver need not doubt it.

use thiserror::Error;

use crate::problem::{MenteeId, MentorId};

/// Vectors of one length, `f32`, one after the other: shape `count × dimensions`, row by row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Vectors {
    dimensions: usize,
    count: u32,
    values: Vec<f32>,
}

/// Why values are no [`Vectors`], or vectors and exclusions no [`Affinity`].
#[derive(Debug, Clone, PartialEq, Error)]
pub enum VectorMistake {
    #[error("{0} dimensions; there are 1 to {limit}", limit = Vectors::MOST_DIMENSIONS)]
    Dimensions(usize),
    #[error("{values} values are not whole vectors of {dimensions}")]
    NotWhole { values: usize, dimensions: usize },
    #[error("there are more than {} vectors", u32::MAX)]
    TooMany,
    #[error("value {place} of vector {vector} is {value}, not within ±{limit:e}", limit = Vectors::LARGEST)]
    OutOfRange { vector: usize, place: usize, value: f32 },
    #[error("needs have {needs} dimensions, offers {offers}")]
    DimensionsDiffer { needs: usize, offers: usize },
    #[error("the excluded pair {}–{} names somebody beyond the {mentees} mentees and {mentors} mentors", mentee.0, mentor.0)]
    ExcludedUnknown { mentee: MenteeId, mentor: MentorId, mentees: usize, mentors: usize },
}

impl Vectors {
    pub const MOST_DIMENSIONS: usize = 1024;
    /// Values lie within ± this: no sum of a product of two vectors can then overflow an `f32`.
    pub const LARGEST: f32 = 1e16;

    /// # Errors
    /// [`VectorMistake`], when the values are not whole vectors or one of them is not a number within ±[`Self::LARGEST`].
    pub fn new(dimensions: usize, values: Vec<f32>) -> Result<Self, VectorMistake> {
        if !(1..=Self::MOST_DIMENSIONS).contains(&dimensions) {
            return Err(VectorMistake::Dimensions(dimensions));
        }
        if !values.len().is_multiple_of(dimensions) {
            return Err(VectorMistake::NotWhole { values: values.len(), dimensions });
        }
        let count = u32::try_from(values.len() / dimensions).map_err(|_| VectorMistake::TooMany)?;
        // What is not a number is within no range.
        let range = -Self::LARGEST..=Self::LARGEST;
        if let Some(at) = values.iter().position(|value| !range.contains(value)) {
            let (vector, place) = (at / dimensions, at % dimensions);
            return Err(VectorMistake::OutOfRange { vector, place, value: values[at] });
        }
        Ok(Self { dimensions, count, values })
    }

    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    pub fn len(&self) -> usize {
        self.count as usize
    }

    pub(super) fn count(&self) -> u32 {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub fn get(&self, vector: usize) -> &[f32] {
        &self.values[vector * self.dimensions..][..self.dimensions]
    }

    /// The vectors in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        // `max`, since the vectors of `default` have no dimension.
        self.values.chunks_exact(self.dimensions.max(1))
    }

    /// The greatest Euclidean length of a vector, in `f64`.
    pub(super) fn greatest_length(&self) -> f64 {
        self.iter().map(length).fold(0.0, f64::max)
    }
}

/// The Euclidean length of a vector, in `f64`.
pub(super) fn length(vector: &[f32]) -> f64 {
    vector.iter().map(|&value| f64::from(value).powi(2)).sum::<f64>().sqrt()
}

/// What a mentor offers for what a mentee needs: the scalar product, summed from the first dimension to the last in
/// `f32`, each step a fused multiplication and addition (IEEE 754-2019, 5.4.1: one rounding).
///
/// ```text
/// score = fma(need[d-1], offer[d-1], … fma(need[1], offer[1], fma(need[0], offer[0], 0)) …)
/// ```
///
/// This order is part of the definition, and the scan keeps to it in every lane: the same bits on every processor and
/// for any number of threads.
pub fn score(need: &[f32], offer: &[f32]) -> f32 {
    need.iter().zip(offer).fold(0.0, |sum, (&need, &offer)| need.mul_add(offer, sum))
}

/// Needs of mentees, offers of mentors, and the pairs that are excluded. Every other pair is allowed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Affinity {
    needs: Vectors,
    offers: Vectors,
    /// By mentee, ascending and without repetition.
    excluded: Vec<MentorId>,
    /// Where each mentee's exclusions begin; one more entry for the end.
    first_excluded: Vec<usize>,
}

impl Affinity {
    /// `excluded` may come in any order and may repeat itself.
    ///
    /// # Errors
    /// [`VectorMistake`], when needs and offers have different dimensions or an excluded pair names nobody.
    pub fn new(
        needs: Vectors,
        offers: Vectors,
        mut excluded: Vec<(MenteeId, MentorId)>,
    ) -> Result<Self, VectorMistake> {
        let (mentees, mentors) = (needs.len(), offers.len());
        if needs.dimensions != offers.dimensions {
            return Err(VectorMistake::DimensionsDiffer { needs: needs.dimensions, offers: offers.dimensions });
        }
        let known = |&(mentee, mentor): &(MenteeId, MentorId)| mentee.index() < mentees && mentor.index() < mentors;
        if let Some(&(mentee, mentor)) = excluded.iter().find(|pair| !known(pair)) {
            return Err(VectorMistake::ExcludedUnknown { mentee, mentor, mentees, mentors });
        }
        if !excluded.is_sorted() {
            excluded.sort_unstable();
        }
        excluded.dedup();
        let mut first_excluded = vec![0; mentees + 1];
        for (mentee, _) in &excluded {
            first_excluded[mentee.index() + 1] += 1;
        }
        for mentee in 0..mentees {
            first_excluded[mentee + 1] += first_excluded[mentee];
        }
        let excluded = excluded.into_iter().map(|(_, mentor)| mentor).collect();
        Ok(Self { needs, offers, excluded, first_excluded })
    }

    pub fn needs(&self) -> &Vectors {
        &self.needs
    }

    pub fn offers(&self) -> &Vectors {
        &self.offers
    }

    /// The mentors whom this mentee may not have, by number.
    pub fn excluded(&self, mentee: MenteeId) -> &[MentorId] {
        &self.excluded[self.first_excluded[mentee.index()]..self.first_excluded[mentee.index() + 1]]
    }

    /// The [`score`] of these two, or `None` when the pair is excluded.
    pub fn score(&self, mentee: MenteeId, mentor: MentorId) -> Option<f32> {
        let allowed = self.excluded(mentee).binary_search(&mentor).is_err();
        allowed.then(|| score(self.needs.get(mentee.index()), self.offers.get(mentor.index())))
    }
}
