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
                let (lowest, from) = lowest_offer(market, full);
                if offer <= lowest {
                    return Bid::NoRise;
                }
                Some(take_lowest(market, from))
            }
        };
        push(market, place, (offer, mentee));
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
        market.price[mentor] = lowest_offer(market, mentor).0.min(next);
        self.reprice_inside(market, mentor);
    }

    fn reprice_inside<S: Points>(&self, market: &mut Market<S>, around: usize) {
        for at in 0..market.inside(around).len() {
            let place = market.inside(around)[at] as usize;
            let least = market.price[around].max(self.base[place]);
            let is_full = !market.is_open(place) && market.desks[place].capacity > 0;
            market.price[place] = if is_full { lowest_offer(market, place).0.max(least) } else { least };
            self.reprice_inside(market, place);
        }
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

/// The least that was offered by anybody here or inside, and in which place; [`FAR`] when nobody is.
fn lowest_offer<S: Points>(market: &Market<S>, place: usize) -> (i64, usize) {
    let own = market.places_of(place).first().map_or(FAR, |lowest| lowest.0);
    let inner = market.inside(place).iter().map(|&inner| lowest_offer(market, inner as usize));
    inner.fold((own, place), std::cmp::Ord::min)
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
