//! The third step: of all optimal prices, the least for mentors. They make the answer the problem's and not the
//! method's.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::board::Board;
use crate::problem::MentorId;

/// Lowers every mentor's price as far as optimality allows. Optimal prices form a lattice (Shapley & Shubik, *The
/// assignment game I*, 1971), so all can be least at once, and the least price of a mentor is exactly what one more
/// seat there would be worth, if it had no penalty.
///
/// How far a price can fall is a shortest path: a mentor's price cannot fall below the penalty of the last seat filled,
/// nor to where somebody who is left out would ask for a seat, nor, for a mentee seated elsewhere, further than that
/// seat's price falls plus what they would lose by moving. One pass of Dijkstra's method over all pairs.
pub(crate) fn least_prices(board: &mut Board) {
    let mut fall = furthest_falls(board);
    let mut heap: BinaryHeap<_> =
        board.problem.mentors().map(|mentor| Reverse((fall[mentor.index()], mentor))).collect();
    while let Some(Reverse((distance, mentor))) = heap.pop() {
        if distance > fall[mentor.index()] {
            continue;
        }
        for &mentee in board.seated(mentor) {
            let Some(held) = board.held(mentee) else { continue };
            for &other in board.problem.pairs_of(mentee) {
                let bound = distance + board.net(held) - board.net(other);
                let known = &mut fall[other.mentor.index()];
                if bound < *known {
                    *known = bound;
                    heap.push(Reverse((bound, other.mentor)));
                }
            }
        }
    }
    for (price, fall) in board.price.iter_mut().zip(fall) {
        *price -= fall;
    }
}

/// How far each price could fall if no mentee were seated elsewhere.
fn furthest_falls(board: &Board) -> Vec<i64> {
    let last_seat = |mentor: MentorId| {
        let load = board.seated(mentor).len();
        load.checked_sub(1).and_then(|seat| board.problem.seats(mentor).penalty(seat)).unwrap_or(0)
    };
    let mut fall: Vec<i64> =
        board.problem.mentors().map(|mentor| board.price[mentor.index()] - last_seat(mentor)).collect();
    for mentee in board.problem.mentees().filter(|&mentee| board.held(mentee).is_none()) {
        for &pair in board.problem.pairs_of(mentee) {
            let fall = &mut fall[pair.mentor.index()];
            *fall = (*fall).min(board.left_out() - board.net(pair));
        }
    }
    fall
}
