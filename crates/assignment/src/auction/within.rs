//! Bids where quotas bind: whoever is one too many in the innermost place that is full has to go.

use super::{Bid, Bidding, sift_down, sift_up};
use crate::market::{Market, NOBODY};
use crate::rows::{Cell, FAR, Points};

impl Bidding {
    /// Bids for a seat in a place that may lie in others. Of those who would be too many anywhere around it, the one who offered
    /// least goes: the exchange of a laminar matroid (Gale, *Optimal assignments in an ordered set*, 1968). Prices never fall by it.
    #[inline(never)]
    pub(super) fn bid_within<S: Points>(
        &mut self,
        market: &mut Market<S>,
        mentee: u32,
        cell: Cell<S>,
        offer: i64,
    ) -> Bid {
        let place = cell.mentor as usize;
        if offer < market.price[place] {
            return Bid::NoRise;
        }
        let mut outward = std::iter::successors(Some(place), |&place| market.around(place));
        let displaced = match outward.find(|&place| self.is_full(market, place)) {
            None => None,
            Some(full) => {
                let (lowest, from) = self.lowest[full];
                if offer <= lowest {
                    return Bid::NoRise;
                }
                let loser = take_lowest(market, from);
                self.find_lowest_around(market, from);
                Some(loser)
            }
        };
        push(market, place, (offer, mentee));
        self.find_lowest_around(market, place);
        let seat = &mut market.seat[mentee as usize];
        seat.mentor = cell.mentor;
        seat.score = cell.score;
        let mentor = market.mentor_of(place);
        self.reprice(market, mentor);
        displaced.map_or(Bid::Done, Bid::Displaced)
    }

    /// Whether nobody more can be here unless somebody goes, or unless the next seat is paid for.
    fn is_full<S: Points>(&self, market: &Market<S>, place: usize) -> bool {
        if market.around(place).is_some() {
            return !market.is_open(place);
        }
        let next = market.desks[place].next;
        next >= FAR || next.max(self.base[place]) > market.price[place]
    }

    /// Makes the prices of this mentor, and of the places there, what a seat has to be paid with.
    pub(super) fn reprice<S: Points>(&self, market: &mut Market<S>, mentor: usize) {
        let next = market.desks[mentor].next.max(self.base[mentor]);
        market.price[mentor] = self.lowest[mentor].0.min(next);
        for place in market.layout.quotas_of(mentor) {
            let around = market.around(place).map_or(0, |around| market.price[around]);
            let least = around.max(self.base[place]);
            let is_full = !market.is_open(place) && market.desks[place].capacity > 0;
            market.price[place] = if is_full { self.lowest[place].0.max(least) } else { least };
        }
    }

    /// Finds what was offered least in every place. Inner ones come after outer ones.
    pub(super) fn find_all_lowest<S: Points>(&mut self, market: &Market<S>) {
        for place in (0..self.lowest.len()).rev() {
            self.find_lowest(market, place);
        }
    }

    /// The same in this place, and in those around it.
    fn find_lowest_around<S: Points>(&mut self, market: &Market<S>, place: usize) {
        let mut here = Some(place);
        while let Some(place) = here {
            self.find_lowest(market, place);
            here = market.around(place);
        }
    }

    fn find_lowest<S: Points>(&mut self, market: &Market<S>, place: usize) {
        let own = market.places_of(place).first().map_or(FAR, |lowest| lowest.0);
        let inner = market.inside(place).iter().map(|&inner| self.lowest[inner as usize]);
        self.lowest[place] = inner.fold((own, place), std::cmp::Ord::min);
    }

    /// Between phases: whether somebody more can keep a seat here at the prices from which the phase begins.
    pub(super) fn is_free_within<S: Points>(&self, market: &Market<S>, place: u32) -> bool {
        let is_free = |place: u32| match market.around(place as usize) {
            Some(_) => market.is_open(place as usize),
            None => market.desks[place as usize].next <= self.base[place as usize],
        };
        market.layout.outward(place).all(is_free)
    }
}

fn take_lowest<S: Points>(market: &mut Market<S>, place: usize) -> u32 {
    let desk = market.desks[place];
    let heap = &mut market.places[desk.first..][..desk.load as usize];
    let loser = heap[0].1;
    let last = heap.len() - 1;
    heap.swap(0, last);
    sift_down(&mut heap[..last]);
    market.set_load(place, desk.load - 1);
    market.seat[loser as usize].mentor = NOBODY;
    loser
}

fn push<S: Points>(market: &mut Market<S>, place: usize, offer: (i64, u32)) {
    let desk = market.desks[place];
    market.places[desk.first + desk.load as usize] = offer;
    market.set_load(place, desk.load + 1);
    sift_up(&mut market.places[desk.first..=desk.first + desk.load as usize]);
}
