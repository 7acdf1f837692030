//! The second step: a shortest path for each mentee who still waits. This alone would solve the whole problem; after
//! the auction only the hard cases are left.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::board::Board;
use crate::problem::{MenteeId, MentorId};

/// Successive shortest paths with Dijkstra's method on reduced costs (Tomizawa 1971; Edmonds & Karp 1972; Ahuja,
/// Magnanti & Orlin, *Network flows*, 1993, section 9.7). Each mentee in turn is seated, or somebody is left out, by
/// the cheapest chain of moves; prices rise along it so that complementary slackness holds again. Prices never fall,
/// hence whoever is left out once stays out.
///
/// One search costs at most the pairs of the mentees seated with the mentors that it reaches, times a logarithm.
pub(crate) fn successive_shortest_paths(board: &mut Board, waiting: &[MenteeId]) {
    let mut search = Search::new(board.problem.mentor_count());
    for &mentee in waiting {
        let end = search.shortest_path(board, mentee);
        search.raise_prices(board, end.distance);
        search.shift(board, end);
    }
}

/// Where a chain of moves stops: at a free seat, or by leaving somebody out.
#[derive(Clone, Copy)]
struct End {
    distance: i64,
    stop: Stop,
}

#[derive(Clone, Copy)]
enum Stop {
    Seat(MentorId),
    Out(MenteeId),
}

const UNREACHED: i64 = i64::MAX;

struct Search {
    /// Of each mentor, from the waiting mentee: what the moves that make room there would cost so far.
    distance: Vec<i64>,
    /// Of each reached mentor: the place of the pair through which they were reached.
    through: Vec<usize>,
    reached: Vec<MentorId>,
    settled: Vec<MentorId>,
    heap: BinaryHeap<Reverse<(i64, MentorId)>>,
}

impl Search {
    fn new(mentors: usize) -> Self {
        Self {
            distance: vec![UNREACHED; mentors],
            through: vec![0; mentors],
            reached: Vec::new(),
            settled: Vec::new(),
            heap: BinaryHeap::new(),
        }
    }

    fn shortest_path(&mut self, board: &Board, source: MenteeId) -> End {
        self.heap.clear();
        self.settled.clear();
        for mentor in self.reached.drain(..) {
            self.distance[mentor.index()] = UNREACHED;
        }

        let worth = board.wish(source).worth;
        let mut end = End { distance: worth - board.left_out(), stop: Stop::Out(source) };
        self.relax(board, source, worth, &mut end);
        while let Some(Reverse((distance, mentor))) = self.heap.pop() {
            if distance >= end.distance {
                break;
            }
            if distance > self.distance[mentor.index()] {
                continue;
            }
            self.settled.push(mentor);
            for &mentee in board.seated(mentor) {
                let Some(held) = board.held(mentee) else { continue };
                let worth = distance + board.net(held);
                if worth - board.left_out() < end.distance {
                    end = End { distance: worth - board.left_out(), stop: Stop::Out(mentee) };
                }
                self.relax(board, mentee, worth, &mut end);
            }
        }
        end
    }

    /// Looks from a mentee, who is to leave their seat, at all mentors they could go to. `worth` is what the seat
    /// leaves them, plus the distance to it.
    fn relax(&mut self, board: &Board, mentee: MenteeId, worth: i64, end: &mut End) {
        for place in board.problem.row(mentee) {
            let pair = board.pair(place);
            let mentor = pair.mentor;
            let distance = worth - board.net(pair);
            let known = self.distance[mentor.index()];
            if distance >= end.distance || distance >= known {
                continue;
            }
            if known == UNREACHED {
                self.reached.push(mentor);
            }
            self.distance[mentor.index()] = distance;
            self.through[mentor.index()] = place;
            self.heap.push(Reverse((distance, mentor)));
            if let Some(penalty) = board.next_seat(mentor) {
                let to_seat = distance + penalty - board.price[mentor.index()];
                if to_seat < end.distance {
                    *end = End { distance: to_seat, stop: Stop::Seat(mentor) };
                }
            }
        }
    }

    fn raise_prices(&self, board: &mut Board, distance: i64) {
        for mentor in &self.settled {
            board.price[mentor.index()] += distance - self.distance[mentor.index()];
        }
    }

    /// Moves everybody on the path by one, from its end back to the mentee who waited.
    fn shift(&self, board: &mut Board, end: End) {
        let mut vacant = match end.stop {
            Stop::Seat(mentor) => Some(mentor),
            Stop::Out(mentee) => {
                let left = board.held(mentee).map(|pair| pair.mentor);
                board.unseat(mentee);
                left
            }
        };
        while let Some(mentor) = vacant {
            let place = self.through[mentor.index()];
            vacant = board.held(board.pair(place).mentee).map(|pair| pair.mentor);
            board.seat(place);
        }
    }
}
