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
    for mentee in problem.mentees().map(|mentee| mentee.0) {
        if search.looks > most {
            break;
        }
        let now = table.seat_of[mentee as usize];
        let choices = table.choices(mentee);
        let earlier = choices.iter().take_while(|&&choice| choice < now).count();
        table.fix(mentee);
        if earlier > 0 {
            let first = table.first[mentee as usize];
            search.settle(&mut table, mentee, first..first + earlier);
        }
    }
    table.matching()
}

/// A mentor by number, or (one past the last) the place of those who are left out. Four bytes: searches wait for memory.
type Node = u32;

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
    free: Vec<Vec<u32>>,
    /// Of each such mentee: the place in that list.
    place: Vec<u32>,
    /// Of each mentee: whether they have one choice only, or their turn is over.
    fixed: Vec<bool>,
    /// The mentees who have each node among several choices in rising order, one node after the other.
    comer: Vec<u32>,
    /// Of each node: where the comers begin whose turn was not over when they were last looked at, and where they end.
    comers: Vec<(usize, usize)>,
    load: Vec<usize>,
    least: Vec<usize>,
    most: Vec<usize>,
}

impl Table {
    fn new(problem: &Problem, prices: &Prices, matching: &[Option<MentorId>]) -> Self {
        let mentors = problem.mentor_count();
        let outside = Node::try_from(mentors).unwrap_or(Node::MAX);
        let mut table = Self {
            outside,
            choice: Vec::new(),
            first: vec![0],
            seat_of: matching.iter().map(|mentor| mentor.map_or(outside, |mentor| mentor.0)).collect(),
            free: vec![Vec::new(); mentors + 1],
            place: vec![0; problem.mentee_count()],
            fixed: Vec::with_capacity(problem.mentee_count()),
            comers: Vec::new(),
            comer: Vec::new(),
            load: vec![0; mentors],
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
                self.choice.push(pair.mentor.0);
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
            self.enter(mentee.0, self.seat_of[mentee.index()]);
        }
    }

    fn choices(&self, mentee: u32) -> &[Node] {
        &self.choice[self.first[mentee as usize]..self.first[mentee as usize + 1]]
    }

    fn enter(&mut self, mentee: u32, node: Node) {
        let list = &mut self.free[node as usize];
        self.place[mentee as usize] = u32::try_from(list.len()).unwrap_or(u32::MAX);
        list.push(mentee);
    }

    fn leave(&mut self, mentee: u32) {
        let place = self.place[mentee as usize];
        let list = &mut self.free[self.seat_of[mentee as usize] as usize];
        list.swap_remove(place as usize);
        if let Some(&moved) = list.get(place as usize) {
            self.place[moved as usize] = place;
        }
    }

    /// Takes the mentee to another node.
    fn go(&mut self, mentee: u32, node: Node) {
        let free = !self.fixed[mentee as usize];
        if free {
            self.leave(mentee);
        }
        self.change_load(self.seat_of[mentee as usize], false);
        self.seat_of[mentee as usize] = node;
        self.change_load(node, true);
        if free {
            self.enter(mentee, node);
        }
    }

    /// From now on nobody else moves this mentee.
    fn fix(&mut self, mentee: u32) {
        if !std::mem::replace(&mut self.fixed[mentee as usize], true) {
            self.leave(mentee);
        }
    }

    /// Those who could come and are not fixed. They are fixed in rising order, so that they stand behind all others.
    fn who_could_come_to(&mut self, node: Node) -> std::ops::Range<usize> {
        let (from, to) = &mut self.comers[node as usize];
        while from < to && self.fixed[self.comer[*from] as usize] {
            *from += 1;
        }
        *from..*to
    }

    fn list_comers(&mut self) {
        let mut comers = vec![(0, 0); self.free.len()];
        let with_choice = |mentee: &u32| !self.fixed[*mentee as usize];
        for mentee in (0..).take(self.fixed.len()).filter(with_choice) {
            for &choice in self.choices(mentee) {
                comers[choice as usize].1 += 1;
            }
        }
        let mut end = 0;
        for (from, to) in &mut comers {
            (*from, end) = (end, end + *to);
            *to = *from;
        }
        let mut comer = vec![0; end];
        for mentee in (0..).take(self.fixed.len()).filter(with_choice) {
            for &choice in self.choices(mentee) {
                let to = &mut comers[choice as usize].1;
                comer[*to] = mentee;
                *to += 1;
            }
        }
        (self.comer, self.comers) = (comer, comers);
    }

    /// Whether this node could do with one mentee fewer, everybody else staying.
    fn can_spare(&self, node: Node) -> bool {
        node == self.outside || self.load[node as usize] > self.least[node as usize]
    }

    /// Whether this node could do with one mentee more, everybody else staying.
    fn can_take(&self, node: Node) -> bool {
        node == self.outside || self.load[node as usize] < self.most[node as usize]
    }

    fn change_load(&mut self, node: Node, more: bool) {
        if let Some(load) = self.load.get_mut(node as usize) {
            *load = if more { *load + 1 } else { *load - 1 };
        }
    }

    fn matching(&self) -> Vec<Option<MentorId>> {
        let seat = |&node: &Node| (node != self.outside).then_some(MentorId(node));
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
    Mentee(u32, Node),
    /// Nobody moves: one node keeps one more, or the other makes do with one fewer.
    Slack(Node),
}

/// One side of the search.
struct Side {
    /// The round in which each node was reached last.
    reached: Vec<u32>,
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

    fn come_to(&mut self, node: Node, step: Step, round: u32) -> bool {
        let new = self.reached[node as usize] != round;
        if new {
            self.reached[node as usize] = round;
            self.step[node as usize] = step;
            self.queue.push(node);
        }
        new
    }
}

/// Looks from where the mentee would go and from where they are at once, so that in a large tangle of equals the two
/// meet long before either has seen it all.
struct Search {
    round: u32,
    ahead: Side,
    back: Side,
    meeting: Option<Node>,
    /// Choices looked at.
    looks: usize,
}

impl Search {
    fn new(outside: Node) -> Self {
        let nodes = outside as usize + 1;
        Self { round: 0, ahead: Side::new(nodes), back: Side::new(nodes), meeting: None, looks: 0 }
    }

    /// Moves the mentee to the first of these choices from which others can make up for it, and them with it.
    fn settle(&mut self, table: &mut Table, mentee: u32, choices: std::ops::Range<usize>) {
        let goal = table.seat_of[mentee as usize];
        self.round += 1;
        self.ahead.begin();
        self.back.begin();
        self.meeting = None;
        self.come_back_to(goal, Step::Start);
        for at in choices {
            let start = table.choice[at];
            self.connect(table, start);
            if let Some(meeting) = self.meeting {
                self.shift(table, meeting);
                table.go(mentee, start);
                return;
            }
        }
    }

    /// Looks for moves that lead from this node to the goal. What was reached in vain stays marked for this round.
    fn connect(&mut self, table: &mut Table, start: Node) {
        self.come_ahead_to(start, Step::Start);
        while self.meeting.is_none() {
            // The slack of mentors is not looked through: who can take one more and who can spare one meet outside.
            let hope_ahead = !self.ahead.is_exhausted() || self.ahead.reached[table.outside as usize] == self.round;
            let hope_back = !self.back.is_exhausted() || self.back.reached[table.outside as usize] == self.round;
            let both_done = self.ahead.is_exhausted() && self.back.is_exhausted();
            if !hope_ahead || !hope_back || both_done {
                return;
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
    }

    fn look_ahead(&mut self, table: &Table, node: Node) {
        if table.can_take(node) {
            self.come_ahead_to(table.outside, Step::Slack(node));
        }
        for &mentee in &table.free[node as usize] {
            self.looks += table.choices(mentee).len();
            for &choice in table.choices(mentee) {
                self.come_ahead_to(choice, Step::Mentee(mentee, node));
            }
            if self.meeting.is_some() {
                return;
            }
        }
    }

    fn look_back(&mut self, table: &mut Table, node: Node) {
        if table.can_spare(node) {
            self.come_back_to(table.outside, Step::Slack(node));
        }
        let comers = table.who_could_come_to(node);
        self.looks += comers.len();
        for &mentee in &table.comer[comers] {
            self.come_back_to(table.seat_of[mentee as usize], Step::Mentee(mentee, node));
            if self.meeting.is_some() {
                return;
            }
        }
    }

    fn come_ahead_to(&mut self, node: Node, step: Step) {
        if self.ahead.come_to(node, step, self.round) && self.back.reached[node as usize] == self.round {
            self.meeting = Some(node);
        }
    }

    fn come_back_to(&mut self, node: Node, step: Step) {
        if self.back.come_to(node, step, self.round) && self.ahead.reached[node as usize] == self.round {
            self.meeting = Some(node);
        }
    }

    /// Makes the moves that led to where the two sides met.
    fn shift(&self, table: &mut Table, meeting: Node) {
        let mut node = meeting;
        loop {
            match self.ahead.step[node as usize] {
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
            match self.back.step[node as usize] {
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
