//! The scores as the solver reads them: each mentee's allowed pairs side by side, in the solver's fine points, and of
//! each mentee a short list of the best, one or two cache lines long, which answers most questions. What is done with
//! the answers does not belong here.

use crate::few_best::{Key, few_best};
use crate::places::Places;
use crate::problem::Problem;

/// A score as it is stored: four bytes where they suffice, since reading them is most of the work.
pub(crate) trait Points: Copy + Default + Into<i64> {
    fn of(value: i64) -> Self;
}

impl Points for i32 {
    fn of(value: i64) -> Self {
        // The caller chose the width after looking at every score.
        Self::try_from(value).unwrap_or_default()
    }
}

impl Points for i64 {
    fn of(value: i64) -> Self {
        value
    }
}

/// A mentor and the score with them; where there are quotas, a place of theirs.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cell<S> {
    pub(crate) mentor: u32,
    pub(crate) score: S,
}

impl<S: Points> Cell<S> {
    /// What the mentor leaves the mentee at these prices.
    #[inline]
    pub(crate) fn net(self, price: &[i64]) -> i64 {
        self.score.into() - price[self.mentor as usize]
    }
}

/// Pairs in a short list.
pub(crate) const SHORT: usize = 6;

/// The best of a mentee's pairs, as they were at some earlier and lower prices.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(crate) struct ShortList<S> {
    pub(crate) cells: [Cell<S>; SHORT],
    /// No pair that is not in the list is worth more than this, as long as prices only rise.
    pub(crate) bound: i64,
    /// Pairs in the list; fewer only where there are no others.
    length: u32,
}

impl<S: Points> ShortList<S> {
    pub(crate) fn cells(&self) -> &[Cell<S>] {
        &self.cells[..self.length as usize]
    }
}

/// No pair at all: what is worth so little is not considered, and what costs so much is not asked for. Sums of two stay
/// within an `i64`.
pub(crate) const FAR: i64 = i64::MAX / 4;

/// The best that a mentee can do at some prices: the best pair, unless being left out is as good; what it is worth, and
/// what the second best is worth, being left out counted.
pub(crate) struct Best<S> {
    pub(crate) cell: Option<Cell<S>>,
    pub(crate) worth: i64,
    pub(crate) second: i64,
}

pub(crate) struct Rows<S> {
    /// Where each mentee's cells begin; one more entry for the end.
    first: Vec<usize>,
    /// Of each mentee.
    cells: Vec<Cell<S>>,
    pub(crate) short: Vec<ShortList<S>>,
    /// Bits for a place in the longest row, and whether what a pair may be worth fits eight bytes beside it.
    place_bits: u32,
    fits: bool,
}

impl<S: Points> Rows<S> {
    /// Every pair whose place can have somebody, with `fineness` points for one of the problem's. Also tells how many pairs each
    /// place has.
    pub(crate) fn new(problem: &Problem, places: &Places, fineness: i64) -> (Self, Vec<u32>) {
        let has_seats: Vec<bool> = places.have_seats(problem);
        let mut degree = vec![0; places.count()];
        let mut first = Vec::with_capacity(problem.mentee_count() + 1);
        let mut cells = Vec::with_capacity(problem.pairs().len());
        first.push(0);
        let mut greatest = greatest_penalty(problem);
        for mentee in problem.mentees() {
            let row = problem.row(mentee);
            let own = places.of_pairs(row.clone());
            for (at, pair) in problem.pairs()[row].iter().enumerate() {
                let place = own.get(at).copied().unwrap_or(pair.mentor.0);
                if has_seats[place as usize] {
                    greatest = greatest.max(pair.score.unsigned_abs());
                    cells.push(Cell { mentor: place, score: S::of(pair.score * fineness) });
                    degree[place as usize] += 1;
                }
            }
            first.push(cells.len());
        }
        let unknown = ShortList { cells: [Cell::default(); SHORT], bound: FAR, length: 0 };
        let longest = first.windows(2).map(|ends| ends[1] - ends[0]).max().unwrap_or(0);
        let place_bits = usize::BITS - longest.leading_zeros();
        let mentees = u32::try_from(problem.mentee_count()).unwrap_or(u32::MAX);
        let limit = Problem::magnitude_limit(mentees) >> place_bits;
        let fits = greatest.saturating_mul(fineness.unsigned_abs()) <= limit.unsigned_abs();
        (Self { first, cells, short: vec![unknown; problem.mentee_count()], place_bits, fits }, degree)
    }

    pub(crate) fn row(&self, mentee: usize) -> &[Cell<S>] {
        &self.cells[self.first[mentee]..self.first[mentee + 1]]
    }

    /// To be called when prices have fallen: no bound holds any more.
    pub(crate) fn forget_bounds(&mut self) {
        self.short.iter_mut().for_each(|short| short.bound = FAR);
    }

    /// To be called when prices have fallen, none by more than this.
    pub(crate) fn loosen_bounds(&mut self, fall: i64) {
        self.short.iter_mut().for_each(|short| short.bound = short.bound.saturating_add(fall).min(FAR));
    }

    /// The best that the mentee can do at these prices; being left out is worth `out`.
    #[inline]
    pub(crate) fn best(&mut self, mentee: usize, price: &[i64], out: i64) -> Best<S> {
        if let Some(best) = self.best_if_sure(mentee, price, out) {
            return best;
        }
        self.rescan(mentee, price);
        self.best_of_short(mentee, price, out)
    }

    /// The same, if the short list is enough to tell.
    #[inline]
    pub(crate) fn best_if_sure(&self, mentee: usize, price: &[i64], out: i64) -> Option<Best<S>> {
        let best = self.best_of_short(mentee, price, out);
        (best.second >= self.short[mentee].bound).then_some(best)
    }

    /// Reads something in each cache line of a row, so that the machine fetches them together; what comes back means nothing.
    #[inline]
    pub(crate) fn touch(&self, mentee: usize) -> u32 {
        self.row(mentee).iter().step_by(8).fold(0, |touched, cell| touched ^ cell.mentor)
    }

    /// What the best pair is worth, whatever being left out is.
    pub(crate) fn best_pair(&mut self, mentee: usize, price: &[i64]) -> i64 {
        let best = |rows: &Self| rows.short[mentee].cells().iter().map(|cell| cell.net(price)).max().unwrap_or(-FAR);
        let worth = best(self);
        if worth >= self.short[mentee].bound {
            return worth;
        }
        self.rescan(mentee, price);
        best(self)
    }

    #[inline]
    fn best_of_short(&self, mentee: usize, price: &[i64], out: i64) -> Best<S> {
        let mut best = Best { cell: None, worth: out, second: out };
        for &cell in self.short[mentee].cells() {
            let worth = cell.net(price);
            best.second = best.second.max(worth.min(best.worth));
            if worth > best.worth {
                best.worth = worth;
                best.cell = Some(cell);
            }
        }
        best
    }

    /// Reads the whole row for a new short list.
    fn rescan(&mut self, mentee: usize, price: &[i64]) {
        if self.fits { self.rescan_with::<i64>(mentee, price) } else { self.rescan_with::<i128>(mentee, price) }
    }

    #[inline]
    fn rescan_with<K: Key>(&mut self, mentee: usize, price: &[i64]) {
        let bits = self.place_bits;
        let row = &self.cells[self.first[mentee]..self.first[mentee + 1]];
        let best: [K; SHORT + 1] = few_best(row, |place, cell| K::of(cell.net(price), place, bits));
        let short = &mut self.short[mentee];
        let length = row.len().min(SHORT);
        for (cell, key) in short.cells[..length].iter_mut().zip(best) {
            *cell = row[key.place(bits)];
        }
        short.bound = if row.len() > SHORT { best[SHORT].value(bits) } else { -FAR };
        short.length = u32::try_from(length).unwrap_or_default();
    }

    /// For each mentor the mentees who may have them, with the score.
    pub(crate) fn columns(&self, mentors: usize) -> Columns<S> {
        let mut first = vec![0; mentors + 1];
        for cell in &self.cells {
            first[cell.mentor as usize + 1] += 1;
        }
        for mentor in 0..mentors {
            first[mentor + 1] += first[mentor];
        }
        let mut next = first.clone();
        let mut cells = vec![(0, S::default()); self.cells.len()];
        for (mentee, ends) in (0..).zip(self.first.windows(2)) {
            for cell in &self.cells[ends[0]..ends[1]] {
                let place = &mut next[cell.mentor as usize];
                cells[*place] = (mentee, cell.score);
                *place += 1;
            }
        }
        Columns { first, cells }
    }
}

/// The same pairs by mentor.
pub(crate) struct Columns<S> {
    first: Vec<usize>,
    cells: Vec<(u32, S)>,
}

impl<S> Columns<S> {
    /// How many pairs there are.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(crate) fn of(&self, mentor: usize) -> &[(u32, S)] {
        &self.cells[self.first[mentor]..self.first[mentor + 1]]
    }
}

/// What the solver has to know of all scores before it looks at any.
pub(crate) struct Scale {
    pub(crate) lowest: i64,
    pub(crate) highest: i64,
    /// The solver's points to one of the problem's: with a thousandth of a point prices meet less often by chance, which is
    /// what makes the last paths long.
    pub(crate) fineness: i64,
    /// Whether scores then fit four bytes.
    pub(crate) is_narrow: bool,
}

impl Scale {
    pub(crate) fn of(problem: &Problem) -> Self {
        const FINEST: i64 = 1024;
        let (lowest, highest) = lowest_and_highest(problem);
        let greatest = lowest.unsigned_abs().max(highest.unsigned_abs()).max(1);
        let room = |most: u64, greatest: u64| i64::try_from(most / greatest).unwrap_or(i64::MAX).min(FINEST);
        let mentees = u32::try_from(problem.mentee_count()).unwrap_or(u32::MAX);
        let limit = Problem::magnitude_limit(mentees).unsigned_abs();
        let wide = room(limit, greatest.max(greatest_penalty(problem))).max(1);
        let narrow = room(u64::from(i32::MAX.unsigned_abs()), greatest).min(wide);
        let is_narrow = narrow >= 1;
        Self { lowest, highest, fineness: if is_narrow { narrow } else { wide }, is_narrow }
    }
}

/// For being left out, or for a seat.
fn greatest_penalty(problem: &Problem) -> u64 {
    let last_penalty = |mentor| {
        let seats = problem.seats(mentor);
        seats.penalty(seats.capacity().checked_sub(1)?)
    };
    let penalty = problem.mentors().filter_map(last_penalty).max().unwrap_or(0).unsigned_abs();
    penalty.max(problem.unmatched_penalty().unsigned_abs())
}

fn lowest_and_highest(problem: &Problem) -> (i64, i64) {
    let Some(first) = problem.pairs().first() else { return (0, 0) };
    problem
        .pairs()
        .iter()
        .fold((first.score, first.score), |(low, high), pair| (low.min(pair.score), high.max(pair.score)))
}
