//! Shortest paths in a [`Network`]: Dijkstra's method on reduced costs (Edmonds & Karp, *Theoretical improvements in
//! algorithmic efficiency for network flow problems*, 1972). What is made of them does not belong here.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::network::{Network, Step};
use crate::places::Place;
use crate::rows::FAR;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From somebody who needs a seat.
    Onward,
    /// From a seat that needs somebody.
    Backward,
}

/// The distances found, and what is needed to find the next ones without clearing everything.
#[derive(Debug, Clone)]
pub(crate) struct Paths {
    distance: Vec<i64>,
    /// How each place was reached, and from which; from itself where a search began.
    via: Vec<(Place, Step)>,
    reached: Vec<Place>,
    settled: Vec<Place>,
    heap: BinaryHeap<Reverse<(i64, Place)>>,
    /// The round in which each place was seen last, by [`Self::without_cost`].
    seen: Vec<u32>,
    round: u32,
    stack: Vec<Place>,
}

impl Paths {
    pub(crate) fn new(network: &Network<'_>) -> Self {
        let places = network.places();
        Self {
            distance: vec![FAR; places],
            via: vec![(0, Step::Slack); places],
            reached: Vec::new(),
            settled: Vec::new(),
            heap: BinaryHeap::new(),
            seen: vec![0; places],
            round: 0,
            stack: Vec::new(),
        }
    }

    pub(crate) fn begin(&mut self) {
        for place in self.reached.drain(..) {
            self.distance[place as usize] = FAR;
        }
        self.settled.clear();
        self.heap.clear();
    }

    pub(crate) fn reach(&mut self, place: Place, from: Place, step: Step, distance: i64) {
        let known = &mut self.distance[place as usize];
        if distance >= *known {
            return;
        }
        if *known == FAR {
            self.reached.push(place);
        }
        *known = distance;
        self.via[place as usize] = (from, step);
        self.heap.push(Reverse((distance, place)));
    }

    /// Looks from the places reached so far to all that are nearer than `limit`, or only until the goal is; returns how far
    /// that is, or the limit. A place at the very limit may be left aside.
    pub(crate) fn search(
        &mut self,
        network: &Network<'_>,
        direction: Direction,
        goal: Option<Place>,
        limit: i64,
    ) -> i64 {
        let mut end = goal.map_or(limit, |goal| limit.min(self.distance[goal as usize]));
        while self.settle_next(network, direction, end).is_some() {
            if let Some(goal) = goal {
                end = end.min(self.distance[goal as usize]);
            }
        }
        end
    }

    /// Looks until each of these places is settled or out of reach.
    pub(crate) fn search_all(&mut self, network: &Network<'_>, direction: Direction, mut goals: Vec<Place>) {
        goals.sort_unstable();
        goals.dedup();
        let mut left = goals.len();
        while left > 0 {
            let Some(place) = self.settle_next(network, direction, FAR) else { break };
            left -= usize::from(goals.binary_search(&place).is_ok());
        }
    }

    /// Settles the nearest place that is not settled yet, if it is nearer than `end`; reaches from there whatever is nearer
    /// than `end`.
    fn settle_next(&mut self, network: &Network<'_>, direction: Direction, end: i64) -> Option<Place> {
        if self.nearest() >= end {
            return None;
        }
        self.settle_nearest(network, direction, |paths, place, from, step, distance| {
            if distance < end {
                paths.reach(place, from, step, distance);
            }
        })
    }

    /// Settles the nearest place, and calls with each place that is next to it: the place, from where, how, and how far it is
    /// that way.
    #[inline]
    pub(crate) fn settle_nearest(
        &mut self,
        network: &Network<'_>,
        direction: Direction,
        mut tell: impl FnMut(&mut Self, Place, Place, Step, i64),
    ) -> Option<Place> {
        self.nearest();
        let Reverse((distance, place)) = self.heap.pop()?;
        self.settled.push(place);
        let tell = |other: Place, step: Step, cost: i64| tell(self, other, place, step, distance + cost);
        match direction {
            Direction::Onward => network.onward(place, tell),
            Direction::Backward => network.backward(place, tell),
        }
        Some(place)
    }

    /// How far the nearest place is that is not settled yet; [`FAR`] when none was reached.
    pub(crate) fn nearest(&mut self) -> i64 {
        while let Some(&Reverse((distance, place))) = self.heap.peek() {
            if distance == self.distance[place as usize] {
                return distance;
            }
            self.heap.pop();
        }
        FAR
    }

    pub(crate) fn distance(&self, place: Place) -> i64 {
        self.distance[place as usize]
    }

    /// The place from which this one was reached, unless a search began here.
    pub(crate) fn before(&self, place: Place) -> Option<Place> {
        let (from, _) = self.via[place as usize];
        (from != place).then_some(from)
    }

    /// The places nearer than where the last search ended.
    pub(crate) fn settled(&self) -> &[Place] {
        &self.settled
    }

    /// To be called before [`Self::without_cost`] when prices have changed.
    pub(crate) fn begin_round(&mut self) {
        self.round += 1;
    }

    /// The moves by which this mentee, who waits, comes to a seat, or somebody is left out, without any cost at the prices: from
    /// the end to the mentee. Places that led nowhere are not looked at again in this round, nor some others.
    pub(crate) fn without_cost(&mut self, network: &Network<'_>, mentee: u32) -> Option<Vec<Step>> {
        let Self { via, seen, stack, .. } = self;
        let (outside, round) = (network.outside(), self.round);
        let mut see = |from: Option<Place>, place: Place, step: Step, cost: i64, stack: &mut Vec<Place>| {
            if cost == 0 && seen[place as usize] != round {
                seen[place as usize] = round;
                via[place as usize] = (from.unwrap_or(place), step);
                stack.push(place);
            }
        };
        stack.clear();
        network.moves_of(mentee, network.worth(mentee), |place, step, cost| see(None, place, step, cost, stack));
        while let Some(place) = stack.pop() {
            if place == outside {
                let moves = self.moves(outside);
                self.forget_way(outside);
                return Some(moves);
            }
            network.onward(place, |other, step, cost| see(Some(place), other, step, cost, stack));
        }
        None
    }

    /// Others may still go the same way, and look where this search has not looked yet.
    fn forget_way(&mut self, mut place: Place) {
        for &place in &self.stack {
            self.seen[place as usize] = 0;
        }
        loop {
            self.seen[place as usize] = 0;
            let (from, _) = self.via[place as usize];
            if from == place {
                return;
            }
            place = from;
        }
    }

    /// The moves between where the search began and this place.
    pub(crate) fn moves(&self, mut place: Place) -> Vec<Step> {
        let mut moves = Vec::new();
        loop {
            let (from, step) = self.via[place as usize];
            if matches!(step, Step::Move(..)) {
                moves.push(step);
            }
            if from == place {
                return moves;
            }
            place = from;
        }
    }
}
