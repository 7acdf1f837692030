//! The fourth step: of all optimal assignments, the first. Like the least prices it makes the answer the problem's
//! alone.

use crate::certificate::Prices;
use crate::problem::{MenteeId, MentorId, Problem, Seats};

/// Choices looked at before the search for the first ends: so many, and so many for each choice that there is.
const MOST_LOOKS: usize = 20_000_000;
const LOOKS_PER_CHOICE: usize = 32;

/// Of all optimal assignments, the first in the order of a dictionary: mentee 0 has the lowest-numbered mentor that any
/// optimal assignment gives them, with that settled mentee 1 has the lowest, and so on; to be left out comes after
/// every mentor.
///
/// At optimal prices an assignment is optimal exactly when every pair in it is *tight* (leaves the mentee what their
/// price says) and every mentor has as many mentees as the price asks for. So a mentee can move to an earlier mentor
/// when later mentees can make up for it by moves along tight pairs, which a depth-first search finds. A mentee with
/// one choice costs nothing; in the worst case a search looks at every tight pair. Where hundreds of thousands of
/// mentees have many choices each, that would be too much: then the mentees whose turn comes after [`MOST_LOOKS`] keep
/// what the solver found for them.
pub(crate) fn first_of_equals(
    problem: &Problem,
    prices: &Prices,
    matching: &[Option<MentorId>],
) -> Vec<Option<MentorId>> {
    let mut table = Table::new(problem, prices, matching);
    let mut search = Search::new(table.outside);
    let most = MOST_LOOKS + LOOKS_PER_CHOICE * table.choice.len();
    for mentee in 0..table.seat_of.len() {
        if search.looks > most {
            break;
        }
        let now = table.seat_of[mentee];
        let choices = table.choices(mentee);
        let earlier = choices.iter().take_while(|&&choice| choice < now).count();
        table.fix(mentee);
        if earlier > 0 {
            let first = table.first[mentee];
            search.settle(&mut table, mentee, first..first + earlier);
        }
    }
    table.matching()
}

/// A mentor by number, or (one past the last) the place of those who are left out.
type Node = usize;

/// The tight choices, and who has which.
struct Table {
    /// Where nobody has a seat.
    outside: Node,
    /// The choices of each mentee in rising order, one mentee after the other.
    choice: Vec<Node>,
    /// Where each mentee's choices begin.
    first: Vec<usize>,
    seat_of: Vec<Node>,
    /// The mentees of each node who still have a choice and are not fixed.
    free: Vec<Vec<usize>>,
    /// Of each such mentee: the place in that list.
    place: Vec<usize>,
    /// Of each mentee: whether they have one choice only, or their turn is over.
    fixed: Vec<bool>,
    /// The mentees who have each node among several choices, one node after the other.
    comer: Vec<usize>,
    first_comer: Vec<usize>,
    load: Vec<usize>,
    least: Vec<usize>,
    most: Vec<usize>,
}

impl Table {
    fn new(problem: &Problem, prices: &Prices, matching: &[Option<MentorId>]) -> Self {
        let outside = problem.mentor_count();
        let mut table = Self {
            outside,
            choice: Vec::new(),
            first: vec![0],
            seat_of: matching.iter().map(|mentor| mentor.map_or(outside, MentorId::index)).collect(),
            free: vec![Vec::new(); outside + 1],
            place: vec![0; problem.mentee_count()],
            fixed: Vec::with_capacity(problem.mentee_count()),
            first_comer: Vec::new(),
            comer: Vec::new(),
            load: vec![0; outside],
            least: Vec::new(),
            most: Vec::new(),
        };
        for mentor in matching.iter().flatten() {
            table.load[mentor.index()] += 1;
        }
        for mentee in problem.mentees() {
            table.add_choices(problem, prices, mentee);
        }
        for (mentor, &price) in problem.mentors().zip(&prices.mentors) {
            let (least, most) = loads_at_price(problem.seats(mentor), price);
            table.least.push(least);
            table.most.push(most);
        }
        table.list_comers();
        table
    }

    fn add_choices(&mut self, problem: &Problem, prices: &Prices, mentee: MenteeId) {
        let worth = prices.mentees[mentee.index()];
        for pair in problem.pairs_of(mentee) {
            if pair.score - prices.mentors[pair.mentor.index()] == worth {
                self.choice.push(pair.mentor.index());
            }
        }
        if worth == -problem.unmatched_penalty() {
            self.choice.push(self.outside);
        }
        let before = self.first[mentee.index()];
        self.first.push(self.choice.len());
        let fixed = self.choice.len() <= before + 1;
        self.fixed.push(fixed);
        if !fixed {
            self.enter(mentee.index(), self.seat_of[mentee.index()]);
        }
    }

    fn choices(&self, mentee: usize) -> &[Node] {
        &self.choice[self.first[mentee]..self.first[mentee + 1]]
    }

    fn enter(&mut self, mentee: usize, node: Node) {
        self.place[mentee] = self.free[node].len();
        self.free[node].push(mentee);
    }

    fn leave(&mut self, mentee: usize) {
        let list = &mut self.free[self.seat_of[mentee]];
        list.swap_remove(self.place[mentee]);
        if let Some(&moved) = list.get(self.place[mentee]) {
            self.place[moved] = self.place[mentee];
        }
    }

    /// Takes the mentee to another node.
    fn go(&mut self, mentee: usize, node: Node) {
        let free = !self.fixed[mentee];
        if free {
            self.leave(mentee);
        }
        self.change_load(self.seat_of[mentee], false);
        self.seat_of[mentee] = node;
        self.change_load(node, true);
        if free {
            self.enter(mentee, node);
        }
    }

    /// From now on nobody else moves this mentee.
    fn fix(&mut self, mentee: usize) {
        if !std::mem::replace(&mut self.fixed[mentee], true) {
            self.leave(mentee);
        }
    }

    fn who_could_come_to(&self, node: Node) -> &[usize] {
        &self.comer[self.first_comer[node]..self.first_comer[node + 1]]
    }

    fn list_comers(&mut self) {
        self.first_comer = vec![0; self.outside + 2];
        for mentee in (0..self.fixed.len()).filter(|&mentee| !self.fixed[mentee]) {
            for &choice in &self.choice[self.first[mentee]..self.first[mentee + 1]] {
                self.first_comer[choice + 1] += 1;
            }
        }
        for node in 0..=self.outside {
            self.first_comer[node + 1] += self.first_comer[node];
        }
        let mut next = self.first_comer.clone();
        self.comer = vec![0; next[self.outside + 1]];
        for mentee in (0..self.fixed.len()).filter(|&mentee| !self.fixed[mentee]) {
            for &choice in &self.choice[self.first[mentee]..self.first[mentee + 1]] {
                self.comer[next[choice]] = mentee;
                next[choice] += 1;
            }
        }
    }

    /// Whether this node could do with one mentee fewer, everybody else staying.
    fn can_spare(&self, node: Node) -> bool {
        node == self.outside || self.load[node] > self.least[node]
    }

    /// Whether this node could do with one mentee more, everybody else staying.
    fn can_take(&self, node: Node) -> bool {
        node == self.outside || self.load[node] < self.most[node]
    }

    fn change_load(&mut self, node: Node, more: bool) {
        if node != self.outside {
            self.load[node] = if more { self.load[node] + 1 } else { self.load[node] - 1 };
        }
    }

    fn matching(&self) -> Vec<Option<MentorId>> {
        let seat = |&node: &Node| u32::try_from(node).ok().filter(|_| node != self.outside).map(MentorId);
        self.seat_of.iter().map(seat).collect()
    }
}

/// How few and how many mentees a mentor can have at this price: every seat that costs less must be filled, and none
/// that costs more.
fn loads_at_price(seats: &Seats, price: i64) -> (usize, usize) {
    match seats {
        Seats::Alike(seats) => (if price > 0 { *seats as usize } else { 0 }, *seats as usize),
        Seats::Dearer(each) => {
            (each.partition_point(|&penalty| penalty < price), each.partition_point(|&penalty| penalty <= price))
        }
    }
}

/// A move that brings the search from one node to the next, or back.
#[derive(Clone, Copy)]
enum Step {
    /// The search began here.
    Start,
    /// This mentee would go from one node to the other.
    Mentee(usize, Node),
    /// Nobody moves: one node keeps one more, or the other makes do with one fewer.
    Slack(Node),
}

/// One side of the search.
struct Side {
    /// The round in which each node was reached last.
    reached: Vec<usize>,
    /// How it was reached, and from where.
    step: Vec<Step>,
    queue: Vec<Node>,
    /// How much of the queue was looked at.
    done: usize,
}

impl Side {
    fn new(nodes: usize) -> Self {
        Self { reached: vec![0; nodes], step: vec![Step::Start; nodes], queue: Vec::new(), done: 0 }
    }

    fn begin(&mut self) {
        self.queue.clear();
        self.done = 0;
    }

    fn next(&mut self) -> Option<Node> {
        let node = self.queue.get(self.done).copied();
        self.done += usize::from(node.is_some());
        node
    }

    fn is_exhausted(&self) -> bool {
        self.done == self.queue.len()
    }

    fn come_to(&mut self, node: Node, step: Step, round: usize) -> bool {
        let new = self.reached[node] != round;
        if new {
            self.reached[node] = round;
            self.step[node] = step;
            self.queue.push(node);
        }
        new
    }
}

/// Looks from where the mentee would go and from where they are at once, so that in a large tangle of equals the two
/// meet long before either has seen it all.
struct Search {
    round: usize,
    ahead: Side,
    back: Side,
    meeting: Option<Node>,
    /// Choices looked at.
    looks: usize,
}

impl Search {
    fn new(outside: Node) -> Self {
        let nodes = outside + 1;
        Self { round: 0, ahead: Side::new(nodes), back: Side::new(nodes), meeting: None, looks: 0 }
    }

    /// Moves the mentee to the first of these choices from which others can make up for it, and them with it.
    fn settle(&mut self, table: &mut Table, mentee: usize, choices: std::ops::Range<usize>) {
        let goal = table.seat_of[mentee];
        self.round += 1;
        self.ahead.begin();
        self.back.begin();
        self.meeting = None;
        self.come_back_to(goal, Step::Start);
        let start = choices.map(|at| table.choice[at]).find(|&start| self.connect(table, start));
        if let (Some(start), Some(meeting)) = (start, self.meeting) {
            self.shift(table, meeting);
            table.go(mentee, start);
        }
    }

    /// Whether moves lead from this node to the goal. What was reached in vain stays marked for this round.
    fn connect(&mut self, table: &Table, start: Node) -> bool {
        self.come_ahead_to(start, Step::Start);
        while self.meeting.is_none() {
            // The slack of mentors is not looked through: who can take one more and who can spare one meet outside.
            let hope_ahead = !self.ahead.is_exhausted() || self.ahead.reached[table.outside] == self.round;
            let hope_back = !self.back.is_exhausted() || self.back.reached[table.outside] == self.round;
            let both_done = self.ahead.is_exhausted() && self.back.is_exhausted();
            if !hope_ahead || !hope_back || both_done {
                return false;
            }
            if let Some(node) = self.back.next() {
                self.look_back(table, node);
            }
            if self.meeting.is_none()
                && let Some(node) = self.ahead.next()
            {
                self.look_ahead(table, node);
            }
        }
        true
    }

    fn look_ahead(&mut self, table: &Table, node: Node) {
        if table.can_take(node) {
            self.come_ahead_to(table.outside, Step::Slack(node));
        }
        for &mentee in &table.free[node] {
            self.looks += table.choices(mentee).len();
            for &choice in table.choices(mentee) {
                self.come_ahead_to(choice, Step::Mentee(mentee, node));
            }
            if self.meeting.is_some() {
                return;
            }
        }
    }

    fn look_back(&mut self, table: &Table, node: Node) {
        if table.can_spare(node) {
            self.come_back_to(table.outside, Step::Slack(node));
        }
        self.looks += table.who_could_come_to(node).len();
        for &mentee in table.who_could_come_to(node) {
            if !table.fixed[mentee] {
                self.come_back_to(table.seat_of[mentee], Step::Mentee(mentee, node));
                if self.meeting.is_some() {
                    return;
                }
            }
        }
    }

    fn come_ahead_to(&mut self, node: Node, step: Step) {
        if self.ahead.come_to(node, step, self.round) && self.back.reached[node] == self.round {
            self.meeting = Some(node);
        }
    }

    fn come_back_to(&mut self, node: Node, step: Step) {
        if self.back.come_to(node, step, self.round) && self.ahead.reached[node] == self.round {
            self.meeting = Some(node);
        }
    }

    /// Makes the moves that led to where the two sides met.
    fn shift(&self, table: &mut Table, meeting: Node) {
        let mut node = meeting;
        loop {
            match self.ahead.step[node] {
                Step::Start => break,
                Step::Slack(before) => node = before,
                Step::Mentee(mentee, before) => {
                    table.go(mentee, node);
                    node = before;
                }
            }
        }
        node = meeting;
        loop {
            match self.back.step[node] {
                Step::Start => return,
                Step::Slack(after) => node = after,
                Step::Mentee(mentee, after) => {
                    table.go(mentee, after);
                    node = after;
                }
            }
        }
    }
}
