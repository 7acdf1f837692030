//! The first steps: most mentees find their seats by bidding, which is cheap. First roughly and then more finely, then
//! exactly; who is left waits for a shortest path.

use crate::market::{Market, NOBODY, Seat};
use crate::reverse::Inviting;
use crate::rows::{Best, Cell, FAR, Points, Scale};

mod within;

/// Bids for each mentee in one phase, on average. Who is outbid after that waits for the next phase, or for a path: where
/// more people want seats than there are, bidding alone would go on until everything costs as much as being left out.
const BIDS_PER_MENTEE: usize = 5;
/// The same once mentors invite: paths from where seats are scarce to where they are plenty are so long that going on is cheaper.
const BIDS_WHERE_UNEVEN: usize = 20;
/// Mentors invite from when more than one in so many has empty seats that are dear. With fewer, lowering all prices a little
/// costs less.
const UNEVEN: usize = 64;
/// The scores' spread is so many of the first phase's steps: where seats are scarce, prices have to rise fast to where
/// they decide; where there are plenty, most stay where they are.
const STEPS_WHERE_SCARCE: i64 = 32;
const STEPS_WHERE_PLENTY: i64 = 1_000;
/// From one phase to the next, the step is this much finer.
const FINER: i64 = 10;
/// When the bids of the first phase were not enough, it goes on with a step this much rougher, three times at most.
const ROUGHER: i64 = 4;
/// Nobody offers more. Where more people than there are places outside can have nothing else, they outbid each other by as much as
/// their scores differ, until the bids are used up; [`FAR`] would say that nobody is there.
const HIGHEST: i64 = FAR - 1;
/// So many make their offers at the same prices, so that what they need of the memory is fetched for all of them at once.
const TOGETHER: usize = 16;

/// Auction with ε-scaling for people who may share a mentor (Bertsekas, *The auction algorithm*, 1988; Bertsekas &
/// Castañon, *The auction algorithm for the transportation problem*, 1989), then with exact rises (Demange, Gale &
/// Sotomayor, *Multi-item auctions*, 1986). Returns those who wait, in order; everybody else could do no better at the
/// prices reached. Some prices may be too high for the seats to fill.
pub(crate) fn auction<S: Points>(market: &mut Market<S>, scale: &Scale) -> Vec<u32> {
    let mut bidding = Bidding::new(market, scale);
    let everybody = u32::try_from(market.seat.len()).unwrap_or(u32::MAX);
    let mut asking: Vec<u32> = (0..everybody).rev().collect();
    let mut step = bidding.first_phase(market, &mut asking);
    let mut inviting = None;
    while step > 1 {
        bidding.correct(market, &mut inviting, step);
        let bids = if inviting.is_some() { BIDS_WHERE_UNEVEN } else { BIDS_PER_MENTEE };
        let next = (step / FINER).max(1);
        bidding.reseat(market, &mut asking, next);
        if step <= market.fineness && bidding.would_go_in_circles(&asking, market.seat.len()) {
            break;
        }
        bidding.asked = Some(asking.len());
        step = next;
        bidding.phase(market, &mut asking, step, bids);
    }
    bidding.end_roughly(market, step);
    bidding.reseat(market, &mut asking, 0);
    bidding.phase(market, &mut asking, 0, BIDS_PER_MENTEE);
    asking.sort_unstable();
    asking
}

struct Bidding {
    /// Prices below which a free seat is not given in this phase.
    base: Vec<i64>,
    /// Of each place the least that was offered by anybody there or inside, and in which of these; [`FAR`] when nobody is. Empty
    /// where there are no quotas.
    lowest: Vec<(i64, usize)>,
    /// What being left out is worth.
    out: i64,
    /// Where there are fewer seats than mentees, places outside are bid for like others.
    outside: Option<Outside>,
    /// By how much the first phase's bids exceed what would be enough.
    step: i64,
    /// How many asked at the beginning of this phase.
    asked: Option<usize>,
    next_round: Vec<u32>,
}

/// As many places as mentees must be left out, what was offered for them and by whom, and what one costs.
struct Outside {
    places: usize,
    offers: Vec<(i64, u32)>,
    price: i64,
}

impl Bidding {
    fn new<S: Points>(market: &Market<S>, scale: &Scale) -> Self {
        let lowest = scale.lowest * scale.fineness;
        let spread = scale.highest * scale.fineness - lowest;
        // Whoever has no pair is left out without asking.
        let mentees = (0..market.seat.len()).filter(|&mentee| !market.rows.row(mentee).is_empty()).count();
        let seats = market.seats();
        let plenty = seats > mentees + mentees / 10;
        // At first a place outside is about as good as any other.
        let places = mentees.saturating_sub(seats);
        let outside = (places > 0).then(|| Outside { places, offers: Vec::new(), price: market.out - lowest });
        // Where there are about as many seats as mentees, nobody leaves while prices are rough: too many would.
        let out = if plenty || outside.is_some() { market.out } else { market.out.min(lowest - spread) };
        let step = (spread / if plenty { STEPS_WHERE_PLENTY } else { STEPS_WHERE_SCARCE }).max(1);
        let lowest = vec![(FAR, 0); if market.layout.are_mentors_only() { 0 } else { market.layout.count() }];
        Self { base: market.price.clone(), lowest, out, outside, step, asked: None, next_round: Vec::new() }
    }

    /// Whether so many ask again, and hardly fewer than the last time, that a finer step would not bring them to rest.
    fn would_go_in_circles(&self, asking: &[u32], mentees: usize) -> bool {
        let many = asking.len() * 4 >= mentees;
        many && self.asked.is_some_and(|asked| asking.len() * 5 >= asked * 4)
    }

    /// Returns the step with which it ended.
    fn first_phase<S: Points>(&mut self, market: &mut Market<S>, asking: &mut Vec<u32>) -> i64 {
        let mut step = self.step;
        self.asked = Some(asking.len());
        self.phase(market, asking, step, BIDS_PER_MENTEE);
        for _ in 0..3 {
            if asking.is_empty() || self.outside.is_some() {
                break;
            }
            step *= ROUGHER;
            self.phase(market, asking, step, BIDS_PER_MENTEE);
        }
        step
    }

    /// Everybody who asks bids, and so does whoever is outbid, until all are content or the bids are used up; then those
    /// who ask are those who wait. With a step of 0, who could only match the price waits too.
    fn phase<S: Points>(&mut self, market: &mut Market<S>, asking: &mut Vec<u32>, step: i64, bids_per_mentee: usize) {
        let mut waiting = Vec::new();
        let mut bids = bids_per_mentee * market.seat.len();
        let mut offers = Vec::with_capacity(TOGETHER);
        while !asking.is_empty() {
            while bids > 0 && !asking.is_empty() {
                let others = asking.len() - asking.len().min(bids).min(TOGETHER);
                bids -= asking.len() - others;
                self.offers_of(market, &asking[others..], step, &mut offers);
                asking.truncate(others);
                touch(market, &offers, asking);
                for offer in offers.drain(..) {
                    match self.make(market, offer, step) {
                        Bid::Done => {}
                        Bid::Displaced(loser) => self.next_round.push(loser),
                        Bid::NoRise => waiting.push(offer.mentee),
                    }
                }
            }
            waiting.extend(asking.drain(..).rev());
            self.next_round.reverse();
            std::mem::swap(asking, &mut self.next_round);
        }
        waiting.reverse();
        *asking = waiting;
    }

    /// What these mentees offer at the present prices. Those for whom whole rows have to be read come last, so that the machine
    /// fetches their rows together.
    fn offers_of<S: Points>(&self, market: &mut Market<S>, askers: &[u32], step: i64, offers: &mut Vec<Offer<S>>) {
        let out = self.out - self.outside_price();
        let (mut unsure, mut count, mut touched) = ([0; TOGETHER], 0, 0);
        for &mentee in askers.iter().rev() {
            if let Some(best) = market.rows.best_if_sure(mentee as usize, &market.price, out) {
                offers.push(Offer::for_best(mentee, &best, step));
            } else {
                touched ^= market.rows.touch(mentee as usize);
                unsure[count] = mentee;
                count += 1;
            }
        }
        std::hint::black_box(touched);
        offers.extend(unsure[..count].iter().map(|&mentee| Offer::of(market, mentee, out, step)));
    }

    /// Makes the offer. Others may have raised prices since it was thought out: then it still is not too much, but perhaps too
    /// little, and is thought out again.
    fn make<S: Points>(&mut self, market: &mut Market<S>, offer: Offer<S>, step: i64) -> Bid {
        match self.bid(market, offer, step) {
            Bid::NoRise => {
                let out = self.out - self.outside_price();
                let again = Offer::of(market, offer.mentee, out, step);
                self.bid(market, again, step)
            }
            bid => bid,
        }
    }

    #[inline]
    fn bid<S: Points>(
        &mut self,
        market: &mut Market<S>,
        Offer { mentee, cell, points: offer }: Offer<S>,
        step: i64,
    ) -> Bid {
        let Some(cell) = cell else {
            let Some(outside) = self.outside_for(market, mentee) else { return Bid::Done };
            let other = market.rows.best_pair(mentee as usize, &market.price);
            return outside.take(mentee, market.out - other + step);
        };
        let mentor = cell.mentor as usize;
        if !market.layout.are_mentors_only() {
            return self.bid_within(market, mentee, cell, offer);
        }
        let desk = &market.desks[mentor];
        let next = desk.next.max(self.base[mentor]);
        let (first, load) = (desk.first, desk.load as usize);
        let lowest = if load > 0 { market.places[first].0 } else { FAR };
        let displaced = if next <= lowest && next < FAR {
            if offer < next {
                return Bid::NoRise;
            }
            market.set_load(mentor, desk.load + 1);
            market.places[first + load] = (offer, mentee);
            sift_up(&mut market.places[first..=first + load]);
            None
        } else {
            if offer <= lowest {
                return Bid::NoRise;
            }
            let loser = std::mem::replace(&mut market.places[first], (offer, mentee)).1;
            market.seat[loser as usize].mentor = NOBODY;
            sift_down(&mut market.places[first..first + load]);
            Some(loser)
        };
        let seat = &mut market.seat[mentee as usize];
        seat.mentor = cell.mentor;
        seat.score = cell.score;
        market.price[mentor] = market.places[first].0.min(market.desks[mentor].next.max(self.base[mentor]));
        displaced.map_or(Bid::Done, Bid::Displaced)
    }

    /// Between phases: those who are content to within the next step keep their seats, the others ask again.
    fn reseat<S: Points>(&mut self, market: &mut Market<S>, asking: &mut Vec<u32>, slack: i64) {
        asking.clear();
        self.base.copy_from_slice(&market.price);
        for mentor in 0..market.desks.len() {
            market.set_load(mentor, 0);
        }
        if let Some(outside) = &mut self.outside {
            outside.offers.clear();
        }
        for mentee in (0..).take(market.seat.len()) {
            if !self.keep(market, mentee, slack) {
                market.seat[mentee as usize].mentor = NOBODY;
                asking.push(mentee);
            }
        }
        if market.layout.are_mentors_only() {
            for mentor in 0..market.desks.len() {
                let next = market.desks[mentor].next.max(self.base[mentor]);
                market.price[mentor] = market.places_of(mentor).first().map_or(next, |lowest| lowest.0.min(next));
            }
        } else {
            self.find_all_lowest(market);
            for mentor in 0..market.layout.mentors {
                self.reprice(market, mentor);
            }
        }
        asking.reverse();
    }

    /// Whether the mentee is content to within the slack; then their seat is theirs again.
    fn keep<S: Points>(&mut self, market: &mut Market<S>, mentee: u32, slack: i64) -> bool {
        let out = self.out - self.outside_price();
        let best = market.rows.best(mentee as usize, &self.base, out);
        let Seat { mentor, score, .. } = market.seat[mentee as usize];
        let worth = if mentor == NOBODY { out } else { score.into() - self.base[mentor as usize] };
        if worth + slack < best.worth {
            return false;
        }
        if mentor == NOBODY {
            let Some(outside) = self.outside_for(market, mentee) else { return true };
            let other = market.rows.best_pair(mentee as usize, &market.price);
            return outside.offers.len() < outside.places
                && matches!(outside.take(mentee, (market.out - other + slack).max(outside.price)), Bid::Done);
        }
        if market.layout.are_mentors_only() {
            if market.desks[mentor as usize].next > self.base[mentor as usize] {
                return false;
            }
        } else if !self.is_free_within(market, mentor) {
            return false;
        }
        let other = if worth == best.worth { best.second } else { best.worth };
        let offer = (score.into() - other + slack).max(self.base[mentor as usize]).min(HIGHEST);
        let desk = &market.desks[mentor as usize];
        let (first, load) = (desk.first, desk.load);
        market.places[first + load as usize] = (offer, mentee);
        market.set_load(mentor as usize, load + 1);
        sift_up(&mut market.places[first..=first + load as usize]);
        true
    }

    /// Where seats are empty and cost more than their penalty, prices have overshot, and some have to fall.
    fn correct<S: Points>(&self, market: &mut Market<S>, inviting: &mut Option<Inviting<S>>, step: i64) {
        let mentors = market.price.len();
        let wanting = (0..mentors).filter(|&mentor| market.wants_more(mentor)).count();
        let can_invite = self.outside.is_none() && market.layout.are_mentors_only();
        // Who is outside has paid for it, of which those who invite know nothing; nor do they know of quotas.
        if can_invite && (inviting.is_some() && wanting > 0 || wanting * UNEVEN > mentors) {
            inviting.get_or_insert_with(|| Inviting::new(market, self.out)).phase(market, step);
        } else if wanting > 0 {
            // Only in the course of bidding do prices find out by how much.
            Self::lower(market, step + step / 2);
        }
    }

    /// Lowers every price, but not below the penalty of the first seat.
    fn lower<S: Points>(market: &mut Market<S>, by: i64) {
        for mentor in 0..market.desks.len() {
            if market.desks[mentor].capacity > 0 {
                let floor = market.lowest_price(mentor);
                market.price[mentor] = (market.price[mentor] - by).max(floor);
            }
        }
        market.rows.loosen_bounds(by);
    }

    fn outside_for<S: Points>(&mut self, market: &Market<S>, mentee: u32) -> Option<&mut Outside> {
        self.outside.as_mut().filter(|_| !market.rows.row(mentee as usize).is_empty())
    }

    fn outside_price(&self) -> i64 {
        self.outside.as_ref().map_or(0, |outside| outside.price)
    }

    /// Being left out is free again, and prices count from there; a little lower than they should be, so that those who
    /// are to ask again find the seats they leave worth having.
    fn end_roughly<S: Points>(&mut self, market: &mut Market<S>, step: i64) {
        let above = |mentor: usize| market.price[mentor] - market.lowest_price(mentor);
        let fall = match self.outside.take() {
            Some(outside) => outside.price,
            None if self.out < market.out => {
                let with_seats = (0..market.price.len()).filter(|&mentor| market.desks[mentor].capacity > 0);
                with_seats.map(above).min().unwrap_or(0)
            }
            None => 0,
        };
        Self::lower(market, fall + 2 * step);
        if step > 1 && !market.layout.are_mentors_only() {
            Self::lower_to_whole_points(market);
        }
        self.out = market.out;
    }

    /// What scores tell apart, whole points do. Where bidding would go in circles, prices stop at thousandths that say nothing, each
    /// place at others, and every path after that raises a few of them by as little.
    fn lower_to_whole_points<S: Points>(market: &mut Market<S>) {
        for place in 0..market.desks.len() {
            if market.desks[place].capacity > 0 {
                market.price[place] -= market.price[place].rem_euclid(market.fineness);
            }
        }
        market.rows.loosen_bounds(market.fineness);
    }
}

impl Outside {
    fn take(&mut self, mentee: u32, offer: i64) -> Bid {
        let offer = offer.min(HIGHEST);
        let free = self.offers.len() < self.places;
        if !free && offer <= self.offers[0].0 {
            return Bid::NoRise;
        }
        let bid = if free {
            self.offers.push((offer, mentee));
            sift_up(&mut self.offers);
            Bid::Done
        } else {
            let loser = std::mem::replace(&mut self.offers[0], (offer, mentee)).1;
            sift_down(&mut self.offers);
            Bid::Displaced(loser)
        };
        if self.offers.len() == self.places {
            self.price = self.price.max(self.offers[0].0);
        }
        bid
    }
}

enum Bid {
    Done,
    /// Somebody has to ask again.
    Displaced(u32),
    /// The seat is wanted at its price by as many as there are seats.
    NoRise,
}

/// What a mentee offers for a seat with their best mentor; for a place outside where there is none.
#[derive(Clone, Copy)]
struct Offer<S> {
    mentee: u32,
    cell: Option<Cell<S>>,
    points: i64,
}

impl<S: Points> Offer<S> {
    /// As much as makes their best choice worth as much as the second best, and the step on top.
    #[inline]
    fn of(market: &mut Market<S>, mentee: u32, out: i64, step: i64) -> Self {
        let best = market.rows.best(mentee as usize, &market.price, out);
        Self::for_best(mentee, &best, step)
    }

    #[inline]
    fn for_best(mentee: u32, best: &Best<S>, step: i64) -> Self {
        let points = best.cell.map_or(0, |cell| cell.score.into() - best.second + step).min(HIGHEST);
        Self { mentee, cell: best.cell, points }
    }
}

/// Reads a little of what these offers are made for and of what the next askers need, so that the machine fetches it for all of
/// them at once.
fn touch<S: Points>(market: &Market<S>, offers: &[Offer<S>], next: &[u32]) {
    let next = &next[next.len().saturating_sub(TOGETHER)..];
    let short = next.iter().fold(0, |sum: i64, &mentee| sum.wrapping_add(market.rows.short[mentee as usize].bound));
    let mentors = offers.iter().filter_map(|offer| offer.cell).map(|cell| cell.mentor as usize);
    let lowest = mentors.fold(0, |sum: i64, mentor| sum.wrapping_add(market.places[market.desks[mentor].first].0));
    std::hint::black_box((short, lowest));
}

fn sift_up(heap: &mut [(i64, u32)]) {
    let mut at = heap.len() - 1;
    while at > 0 {
        let parent = (at - 1) / 2;
        if heap[parent] <= heap[at] {
            break;
        }
        heap.swap(parent, at);
        at = parent;
    }
}

fn sift_down(heap: &mut [(i64, u32)]) {
    let mut at = 0;
    loop {
        let mut child = 2 * at + 1;
        if child >= heap.len() {
            break;
        }
        if child + 1 < heap.len() && heap[child + 1] < heap[child] {
            child += 1;
        }
        if heap[at] <= heap[child] {
            break;
        }
        heap.swap(at, child);
        at = child;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::Places;
    use crate::problem::{Draft, MenteeId, MentorId, Pair, Problem, Seats};
    use crate::rules::{CategoryId, Quota, Rules};

    /// Six hundred for whom nearly everything is equally good: nobody waits for a path at prices that no score could make.
    #[test]
    fn prices_are_whole_points_where_bidding_ends_early() {
        let of_category = |category: u32| (0..600).filter(|mentee| mentee % 6 % category == 0).map(MenteeId).collect();
        let pair = |number: u32| {
            let (mentee, mentor) = (MenteeId(number / 20), MentorId(number * 7919 % 60));
            Pair { mentee, mentor, score: i64::from(number.wrapping_mul(2_654_435_769) >> 16) % 4 }
        };
        let quota = |number: u32| Quota {
            mentor: MentorId(number / 2),
            category: CategoryId(number % 2),
            most: [5, 3][number as usize % 2],
        };
        let draft = Draft {
            mentees: 600,
            mentors: vec![Seats::Alike(10); 60],
            pairs: (0..12_000).map(pair).collect(),
            unmatched_penalty: 100,
        };
        let rules = Rules {
            categories: vec![of_category(2), of_category(4)],
            quotas: (0..120).map(quota).collect(),
            ..Rules::default()
        };
        let problem = Problem::with_rules(draft, &rules).unwrap();
        let scale = Scale::of(&problem);
        let mut market = Market::<i32>::new(&problem, Places::new(&problem), scale.fineness);
        auction(&mut market, &scale);
        let open = market.desks.iter().zip(&market.price).filter(|(desk, _)| desk.capacity > 0);
        let prices: Vec<i64> = open.map(|(_, &price)| price).collect();
        assert!(prices.iter().all(|price| price % scale.fineness == 0));
        assert!(prices.iter().any(|&price| price > 0));
    }
}
