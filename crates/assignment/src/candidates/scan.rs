//! One pass over all pairs: every scalar product, a tile at a time, and for each mentee the best few. Nothing but a tile
//! is ever held: no matrix.
//!
//! The tile is that of matrix multiplication (Goto & van de Geijn, *Anatomy of high-performance matrix multiplication*,
//! 2008): the sums of a few mentees and 16 or 32 mentors stay in registers while the dimensions pass. A panel of offers
//! stays in the first cache while a block of mentees goes by, and that block in the second while the panels go by.
//! Sums that do not pass a mentee's threshold, nearly all, cost a comparison and never leave the registers.
//!
//! The instructions (AVX-512, AVX2, NEON, or none of them) are chosen when it runs, by `fearless_simd`. A sum is always
//! one chain of fused steps, whichever tile it stands in: see [`super::score`].

#![expect(clippy::inline_always, reason = "the instructions chosen reach only what is inlined")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch, f32x16};

use super::keep::Best;
use super::vectors::{Affinity, Vectors};
use crate::problem::{MenteeId, MentorId};

/// Mentors to a vector of sums.
const LANES: usize = 16;
/// Mentees that share a pass over the offers: with 64 dimensions 48 KiB of needs and about 130 KiB of lists.
const BLOCK: usize = 192;

/// One value for each of 16 mentors; aligned, so that no load crosses a line of the cache.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Lanes([f32; LANES]);

/// Offers laid out for the tiles: for each panel of `width` × 16 mentors and each dimension, the mentors side by side.
/// The last panel is filled up with nobody.
#[derive(Debug)]
pub(super) struct Panels {
    level: Level,
    dimensions: usize,
    values: Vec<Lanes>,
}

/// What a pass looks for.
pub(super) struct Search<'a, A> {
    /// Taken off each mentor's score before it is compared.
    pub offset: &'a [f32],
    /// For each mentee: only values above it count.
    pub floor: &'a [f32],
    /// So many of each mentee.
    pub keep: usize,
    /// Asked with the score of each pair that passes and is not excluded.
    pub admits: A,
}

/// For each mentee in order: how many were found, and one after the other who, the best first, with their values.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub counts: Vec<usize>,
    pub mentors: Vec<MentorId>,
    pub values: Vec<f32>,
}

impl Panels {
    pub(super) fn new(offers: &Vectors) -> Self {
        Self::for_level(offers, Level::new())
    }

    /// With the instructions of this level.
    pub(super) fn for_level(offers: &Vectors, level: Level) -> Self {
        let width = dispatch!(level, simd => width(simd));
        let (dimensions, mentors) = (offers.dimensions(), width * LANES);
        let panels = offers.len().div_ceil(mentors);
        let mut values = vec![Lanes([0.0; LANES]); panels * dimensions * width];
        for (mentor, offer) in offers.iter().enumerate() {
            let (panel, place) = (mentor / mentors, mentor % mentors);
            let rows = values[panel * dimensions * width..].chunks_exact_mut(width);
            for (row, &value) in rows.zip(offer) {
                row[place / LANES].0[place % LANES] = value;
            }
        }
        Self { level, dimensions, values }
    }
}

/// Looks at every allowed pair. The result depends on nothing but the arguments: a block of mentees is worked off by one
/// thread, and blocks are put together in their order.
pub(super) fn scan<A>(affinity: &Affinity, panels: &Panels, search: &Search<'_, A>, threads: usize) -> Found
where
    A: Fn(MenteeId, MentorId, f32) -> bool + Sync,
{
    let blocks = affinity.needs().len().div_ceil(BLOCK);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let block = next.fetch_add(1, Ordering::Relaxed);
            if block >= blocks {
                return done;
            }
            done.push((block, scan_block(affinity, panels, search, block)));
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(blocks)).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|&(block, _)| block);
    let mut found = Found::default();
    for (_, part) in done {
        found.counts.extend(part.counts);
        found.mentors.extend(part.mentors);
        found.values.extend(part.values);
    }
    found
}

fn scan_block<A>(affinity: &Affinity, panels: &Panels, search: &Search<'_, A>, block: usize) -> Found
where
    A: Fn(MenteeId, MentorId, f32) -> bool,
{
    let mentees = block * BLOCK..affinity.needs().len().min((block + 1) * BLOCK);
    let mut lists = Lists {
        first: block * BLOCK,
        best: (0..)
            .map(MenteeId)
            .take(mentees.end)
            .skip(mentees.start)
            .map(|mentee| Best::new(search.keep, affinity.excluded(mentee)))
            .collect(),
        // Nobody passes the threshold of a place that is not filled.
        thresholds: mentees
            .clone()
            .map(|mentee| search.floor[mentee])
            .chain(std::iter::repeat(f32::INFINITY))
            .take(BLOCK)
            .collect(),
    };
    if search.keep > 0 {
        let needs = mentees.map(|mentee| affinity.needs().get(mentee));
        dispatch!(panels.level, simd => pass(simd, panels, needs, search, &mut lists));
    }
    let mut found = Found::default();
    for best in &mut lists.best {
        let before = found.mentors.len();
        for (mentor, value) in best.sorted() {
            found.mentors.push(mentor);
            found.values.push(value);
        }
        found.counts.push(found.mentors.len() - before);
    }
    found
}

/// A block's mentees while the mentors pass by.
struct Lists<'a> {
    first: usize,
    best: Vec<Best<'a>>,
    thresholds: Vec<f32>,
}

impl Lists<'_> {
    /// The sums of one mentee with a panel's mentors, of whom some passed the threshold.
    #[expect(clippy::cast_possible_truncation, reason = "vectors are counted in 32 bits")]
    #[inline(never)]
    fn take<A>(&mut self, place: usize, first_mentor: usize, mut hits: u64, sums: &[f32], search: &Search<'_, A>)
    where
        A: Fn(MenteeId, MentorId, f32) -> bool,
    {
        let mentee = MenteeId((self.first + place) as u32);
        let (best, threshold) = (&mut self.best[place], &mut self.thresholds[place]);
        while hits != 0 {
            let lane = hits.trailing_zeros() as usize;
            hits &= hits - 1;
            let mentor = first_mentor + lane;
            let value = sums[lane] - search.offset[mentor];
            let mentor = MentorId(mentor as u32);
            if value > *threshold && !best.excludes(mentor) && (search.admits)(mentee, mentor, sums[lane]) {
                *threshold = best.take(value, mentor).unwrap_or(*threshold);
            }
        }
    }
}

/// Vectors of sums side by side: two with the 32 long registers of AVX-512, otherwise one.
#[inline(always)]
fn width<S: Simd>(_: S) -> usize {
    if <S::f32s as SimdBase<S>>::LEN == LANES { 2 } else { 1 }
}

#[inline(always)]
fn pass<'n, S, A>(
    simd: S,
    panels: &Panels,
    needs: impl ExactSizeIterator<Item = &'n [f32]>,
    search: &Search<'_, A>,
    lists: &mut Lists<'_>,
) where
    S: Simd,
    A: Fn(MenteeId, MentorId, f32) -> bool,
{
    // 24 sums in 32 registers of 16, or 12 in 16 of 8: the rest is for offers and needs.
    if width(simd) == 2 {
        tiles::<S, A, 2, 12>(simd, panels, needs, search, lists);
    } else {
        tiles::<S, A, 1, 6>(simd, panels, needs, search, lists);
    }
}

/// Every tile of a block: `W` vectors of mentors by `M` mentees.
#[inline(always)]
fn tiles<'n, S, A, const W: usize, const M: usize>(
    simd: S,
    panels: &Panels,
    needs: impl ExactSizeIterator<Item = &'n [f32]>,
    search: &Search<'_, A>,
    lists: &mut Lists<'_>,
) where
    S: Simd,
    A: Fn(MenteeId, MentorId, f32) -> bool,
{
    let dimensions = panels.dimensions;
    let groups = groups::<M>(dimensions, needs);
    let offers = panels.values.as_chunks::<W>().0;
    for (panel, offers) in offers.chunks_exact(dimensions).enumerate() {
        let first_mentor = panel * W * LANES;
        let offset = offsets::<W>(&search.offset[first_mentor..]);
        for (group, needs) in groups.chunks_exact(dimensions).enumerate() {
            let sums = tile::<S, W, M>(simd, needs, offers);
            let hits = passing(simd, &sums, &offset, &lists.thresholds.as_chunks::<M>().0[group]);
            if hits != [0; M] {
                for ((place, hits), sums) in (group * M..).zip(hits).zip(sums) {
                    if hits != 0 {
                        let sums = sums.map(SimdBase::to_array);
                        lists.take(place, first_mentor, hits, sums.as_flattened(), search);
                    }
                }
            }
        }
    }
}

/// For each mentee the mentors, a bit each, whose score less the offset passes the mentee's threshold.
#[inline(always)]
fn passing<S: Simd, const W: usize, const M: usize>(
    simd: S,
    sums: &[[f32x16<S>; W]; M],
    offset: &[Lanes; W],
    thresholds: &[f32; M],
) -> [u64; M] {
    std::array::from_fn(|mentee| {
        let threshold = f32x16::splat(simd, thresholds[mentee]);
        let mut hits = 0;
        for wide in 0..W {
            let value = sums[mentee][wide] - f32x16::simd_from(simd, offset[wide].0);
            hits |= value.simd_gt(threshold).to_bitmask() << (wide * LANES);
        }
        hits
    })
}

/// The needs of a block: for each `M` mentees and each dimension, the mentees side by side.
fn groups<'n, const M: usize>(dimensions: usize, needs: impl ExactSizeIterator<Item = &'n [f32]>) -> Vec<[f32; M]> {
    let mut groups = vec![[0.0; M]; needs.len().div_ceil(M) * dimensions];
    for (mentee, need) in needs.enumerate() {
        for (row, &value) in groups[mentee / M * dimensions..].iter_mut().zip(need) {
            row[mentee % M] = value;
        }
    }
    groups
}

/// A panel's offsets. Those of nobody are infinite: what they are taken off passes no threshold.
fn offsets<const W: usize>(offset: &[f32]) -> [Lanes; W] {
    let mut lanes = [Lanes([f32::INFINITY; LANES]); W];
    for (place, &value) in offset.iter().take(W * LANES).enumerate() {
        lanes[place / LANES].0[place % LANES] = value;
    }
    lanes
}

/// The sums of `M` mentees and `W` × 16 mentors: one fused step for each dimension, in order.
#[inline(always)]
fn tile<S: Simd, const W: usize, const M: usize>(
    simd: S,
    needs: &[[f32; M]],
    offers: &[[Lanes; W]],
) -> [[f32x16<S>; W]; M] {
    let mut sums = [[f32x16::splat(simd, 0.0); W]; M];
    for (needs, offers) in needs.iter().zip(offers) {
        let offers = offers.map(|lanes| f32x16::simd_from(simd, lanes.0));
        for mentee in 0..M {
            let need = f32x16::splat(simd, needs[mentee]);
            for wide in 0..W {
                sums[mentee][wide] = need.mul_add_precise(offers[wide], sums[mentee][wide]);
            }
        }
    }
    sums
}
