//! The first step: most mentees find their seat by bidding, which is cheap; those who are left wait for a shortest
//! path.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::board::Board;
use crate::problem::{MenteeId, MentorId};

/// Bids for each mentee, on average, before the rest are left to shortest paths. Near-equal scores make long wars over
/// small rises, which paths settle sooner.
const BIDS_PER_MENTEE: usize = 32;

/// An ascending auction with exact rises (Demange, Gale & Sotomayor, *Multi-item auctions*, 1986; the augmenting row
/// reduction of Jonker & Volgenant, *A shortest augmenting path algorithm for dense and sparse linear assignment
/// problems*, 1987, is the case of one seat each).
///
/// A mentee asks for the mentor who is best at the present prices. If no seat is free at the price, the price rises
/// until the next seat is worth its penalty, or until one of those who want a seat would as soon go elsewhere, and
/// does. Each rise is as large as it can be without anybody regretting their seat, so complementary slackness holds
/// throughout, with no tolerance. Where the rise would be 0 the mentee waits instead. Returns those who wait, in order.
pub(crate) fn ascending_auction(board: &mut Board) -> Vec<MenteeId> {
    let mut asking: VecDeque<MenteeId> = board.problem.mentees().collect();
    let mut leaving = Leaving { heaps: vec![BinaryHeap::new(); board.problem.mentor_count()] };
    let mut waiting = Vec::new();
    let mut bids = BIDS_PER_MENTEE * asking.len();
    while let Some(mentee) = asking.pop_front() {
        if bids == 0 {
            waiting.push(mentee);
            continue;
        }
        bids -= 1;
        let Some(place) = board.wish(mentee).pair else { continue };
        match bid(board, &mut leaving, place) {
            Bid::Seated => {}
            Bid::Displaced(other) => asking.push_back(other),
            Bid::NoRise => waiting.push(mentee),
        }
    }
    waiting.sort_unstable();
    waiting
}

enum Bid {
    Seated,
    /// Somebody has to ask again: the mentee who sat there, or the bidder.
    Displaced(MenteeId),
    NoRise,
}

fn bid(board: &mut Board, leaving: &mut Leaving, place: usize) -> Bid {
    let pair = board.pair(place);
    let (mentor, mentee) = (pair.mentor, pair.mentee);
    let own = board.walk_away_price(place);
    if board.has_room(mentor) {
        board.seat(place);
        leaving.push(mentor, own, place);
        return Bid::Seated;
    }
    let others = leaving.first(board, mentor);
    let rise_to = others.map_or(own, |price| price.min(own));
    if let Some(penalty) = board.next_seat(mentor).filter(|&penalty| penalty <= rise_to) {
        board.price[mentor.index()] = penalty;
        board.seat(place);
        leaving.push(mentor, own, place);
        return Bid::Seated;
    }
    if rise_to == board.price[mentor.index()] {
        return Bid::NoRise;
    }
    board.price[mentor.index()] = rise_to;
    if own == rise_to {
        return Bid::Displaced(mentee);
    }
    let Some(loser) = leaving.pop(board, mentor) else { return Bid::Displaced(mentee) };
    board.unseat(loser);
    board.seat(place);
    leaving.push(mentor, own, place);
    Bid::Displaced(loser)
}

/// For each mentor, the seated mentees by the price at which they would leave. Such a price only grows while those of
/// other mentors do, so an entry that is out of date is too low, and it is enough to look at it again when it comes up.
struct Leaving {
    heaps: Vec<BinaryHeap<Reverse<(i64, usize)>>>,
}

impl Leaving {
    fn push(&mut self, mentor: MentorId, price: i64, place: usize) {
        self.heaps[mentor.index()].push(Reverse((price, place)));
    }

    /// The lowest price at which somebody would leave this mentor.
    fn first(&mut self, board: &Board, mentor: MentorId) -> Option<i64> {
        let heap = &mut self.heaps[mentor.index()];
        while let Some(mut top) = heap.peek_mut() {
            let Reverse((price, place)) = *top;
            let now = board.walk_away_price(place);
            if now == price {
                return Some(price);
            }
            *top = Reverse((now, place));
        }
        None
    }

    fn pop(&mut self, board: &Board, mentor: MentorId) -> Option<MenteeId> {
        self.heaps[mentor.index()].pop().map(|Reverse((_, place))| board.pair(place).mentee)
    }
}
