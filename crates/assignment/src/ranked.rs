//! The next best assignments, one after the other.
//!
//! All assignments but the best fall apart by one mentee in whom the second best differs: those in which they have what they
//! have, and those in which they do not (Lawler, *A procedure for computing the k best solutions*, 1972; Hamacher & Queyranne,
//! *K best solutions to combinatorial optimization problems*, 1985). The second best within each is the cheapest circle of
//! moves (Chegireddy & Hamacher, *Algorithms for finding k-best perfect matchings*, 1987).

use std::cmp::Reverse;

use crate::network::{Network, Seat, Step};
use crate::paths::{Direction, Paths};
use crate::places::Place;
use crate::problem::MentorId;
use crate::rows::FAR;
use crate::settled::Settled;

/// An assignment and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    pub matching: Vec<Option<MentorId>>,
    pub objective: i128,
}

impl Settled {
    /// The `most` best assignments other than the present one, best first; fewer when there are no more. Each takes as many
    /// searches as there are mentors, which are short where something else is nearly as good; and as much memory as the
    /// assignment. Equal ones come in an order that depends on nothing but the problem and the present assignment.
    pub fn next_best(&self, most: usize) -> Vec<Ranked> {
        let mut spaces = Vec::new();
        enter(&mut spaces, self.network.copy(), self.proof.objective());
        let mut ranked = Vec::new();
        while ranked.len() < most {
            let best = (0..spaces.len()).min_by_key(|&at| (Reverse(spaces[at].objective()), at));
            let Some(best) = best else { break };
            let (with, without) = spaces.swap_remove(best).split();
            let objective = without.1;
            ranked.push(Ranked { matching: without.0.matching(), objective });
            enter(&mut spaces, with.0, with.1);
            enter(&mut spaces, without.0, without.1);
        }
        ranked
    }
}

/// Some of all assignments: the best of them and what it is worth, and how the second best differs.
struct Space<'p> {
    network: Network<'p>,
    best: i128,
    swap: Swap,
}

/// The second best of a space: what it loses, and one who has another seat in it.
#[derive(Clone, Copy)]
struct Swap {
    cost: i64,
    mentee: u32,
}

fn enter<'p>(spaces: &mut Vec<Space<'p>>, network: Network<'p>, best: i128) {
    if let Some(swap) = cheapest_swap(&network) {
        spaces.push(Space { network, best, swap });
    }
}

impl<'p> Space<'p> {
    /// Of the second best.
    fn objective(&self) -> i128 {
        self.best - i128::from(self.swap.cost)
    }

    /// The part where that mentee has what they have in the best, and the part where they do not, whose best is the second
    /// best of the whole.
    fn split(self) -> ((Network<'p>, i128), (Network<'p>, i128)) {
        let objective = self.objective();
        let mentee = self.swap.mentee;
        let mut with = self.network;
        let mut without = with.clone();
        with.settle(mentee);
        let seat = without.seat[mentee as usize];
        without.barred.insert((mentee, seat));
        let mut left = Vec::new();
        without.release(mentee, &mut left);
        // There is another seat for them, or there would be no swap.
        let _ = without.mend_around(std::iter::empty(), vec![mentee], left);
        ((with, self.best), (without, objective))
    }
}

fn cheapest_swap(network: &Network<'_>) -> Option<Swap> {
    let mut paths = Paths::new(network);
    let mut best: Option<Swap> = None;
    for place in 0..=network.outside() {
        swap_from(network, &mut paths, place, &mut best);
    }
    best
}

/// The cheapest circle through somebody in this place, if it is cheaper than what is known.
fn swap_from(network: &Network<'_>, paths: &mut Paths, place: Place, best: &mut Option<Swap>) {
    if network.who(place).is_empty() {
        return;
    }
    let limit = best.map_or(FAR, |best| best.cost);
    paths.begin();
    paths.reach(place, place, Step::Slack, 0);
    paths.search(network, Direction::Backward, None, limit);
    for &mentee in network.who(place) {
        let worth = network.worth(mentee);
        let seats = network.choices(mentee).filter(|&seat: &Seat| seat != network.seat[mentee as usize]);
        for seat in seats {
            let back = paths.distance(network.place_of(seat));
            if back == FAR {
                continue;
            }
            let cost = worth - network.net(mentee, seat) + back;
            if best.is_none_or(|best| cost < best.cost) {
                *best = Some(Swap { cost, mentee });
            }
        }
    }
}
