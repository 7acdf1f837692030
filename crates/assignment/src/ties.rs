//! The fourth step: of all optimal assignments, the first. Like the least prices it makes the answer the problem's
//! alone.

use crate::board::Board;
use crate::problem::{MenteeId, MentorId};

/// Of all optimal assignments, the first in the order of a dictionary: mentee 0 has the lowest-numbered mentor that any
/// optimal assignment gives them, with that settled mentee 1 has the lowest, and so on; to be left out comes after
/// every mentor.
///
/// At optimal prices an assignment is optimal exactly when every pair in it is *tight* (leaves the mentee what their
/// price says) and every mentor has as many mentees as the price asks for. So a mentee can move to an earlier mentor
/// when later mentees can make up for it by moves along tight pairs, which a depth-first search finds. A mentee with
/// one choice costs nothing; in the worst case a search looks at every tight pair.
pub(crate) fn first_of_equals(board: &Board) -> Vec<Option<MentorId>> {
    let mut table = Table::new(board);
    let mut search = Search::new(table.outside);
    for mentee in 0..table.seat_of.len() {
        let now = table.seat_of[mentee];
        let choices = table.choices(mentee);
        let earlier = choices.iter().take_while(|&&choice| choice < now).count();
        if earlier > 0 {
            let first = table.first[mentee];
            search.settle(&mut table, mentee, first..first + earlier);
        }
        table.fix(mentee);
    }
    table.matching(board)
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
    load: Vec<usize>,
    least: Vec<usize>,
    most: Vec<usize>,
}

impl Table {
    fn new(board: &Board) -> Self {
        let problem = board.problem;
        let outside = problem.mentor_count();
        let node = |mentee| board.held(mentee).map_or(outside, |pair| pair.mentor.index());
        let mut table = Self {
            outside,
            choice: Vec::new(),
            first: vec![0],
            seat_of: problem.mentees().map(node).collect(),
            free: vec![Vec::new(); outside + 1],
            place: vec![0; problem.mentee_count()],
            load: problem.mentors().map(|mentor| board.seated(mentor).len()).collect(),
            least: Vec::new(),
            most: Vec::new(),
        };
        for mentee in problem.mentees() {
            table.add_choices(board, mentee);
        }
        for (least, most) in problem.mentors().map(|mentor| board.loads_at_price(mentor)) {
            table.least.push(least);
            table.most.push(most);
        }
        table
    }

    fn add_choices(&mut self, board: &Board, mentee: MenteeId) {
        let worth = board.held(mentee).map_or(board.left_out(), |pair| board.net(pair));
        let tight = board.problem.pairs_of(mentee).iter().filter(|&&pair| board.net(pair) == worth);
        self.choice.extend(tight.map(|pair| pair.mentor.index()));
        if worth == board.left_out() {
            self.choice.push(self.outside);
        }
        let before = self.first[mentee.index()];
        self.first.push(self.choice.len());
        if self.choice.len() > before + 1 {
            self.enter(mentee.index(), self.seat_of[mentee.index()]);
        }
    }

    fn choices(&self, mentee: usize) -> &[Node] {
        &self.choice[self.first[mentee]..self.first[mentee + 1]]
    }

    fn enter(&mut self, mentee: usize, node: Node) {
        self.seat_of[mentee] = node;
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

    fn fix(&mut self, mentee: usize) {
        if self.choices(mentee).len() > 1 {
            self.leave(mentee);
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

    fn matching(&self, board: &Board) -> Vec<Option<MentorId>> {
        let seat = |(mentee, &node): (MenteeId, &Node)| {
            let pairs = board.problem.pairs_of(mentee);
            pairs.iter().find(|pair| pair.mentor.index() == node).map(|pair| pair.mentor)
        };
        board.problem.mentees().zip(&self.seat_of).map(seat).collect()
    }
}

/// How the search came to a node.
#[derive(Clone, Copy)]
enum Step {
    /// It is where the mentee in question would go.
    Start,
    /// This mentee would come from their present seat.
    Mentee(usize),
    /// Nobody moves: the node before keeps one more, or this node makes do with one fewer.
    Slack(Node),
}

struct Search {
    /// The round in which each node was reached last.
    reached: Vec<usize>,
    round: usize,
    step: Vec<Step>,
    stack: Vec<Node>,
}

impl Search {
    fn new(outside: Node) -> Self {
        let nodes = outside + 1;
        Self { reached: vec![0; nodes], round: 0, step: vec![Step::Start; nodes], stack: Vec::new() }
    }

    /// Moves the mentee to the first of these choices from which others can make up for it, and them with it.
    fn settle(&mut self, table: &mut Table, mentee: usize, choices: std::ops::Range<usize>) {
        let goal = table.seat_of[mentee];
        // The mentee in question may not be moved a second time by the search.
        table.leave(mentee);
        self.round += 1;
        let found = choices.clone().any(|at| {
            let start = table.choice[at];
            self.come_to(start, Step::Start);
            self.reach(table, goal)
        });
        if !found {
            table.enter(mentee, goal);
            return;
        }
        let start = self.shift(table, goal);
        table.change_load(goal, false);
        table.change_load(start, true);
        table.enter(mentee, start);
    }

    /// Searches from the nodes on the stack until the goal is reached. Nodes reached in vain stay marked for this
    /// round.
    fn reach(&mut self, table: &Table, goal: Node) -> bool {
        while let Some(node) = self.stack.pop() {
            if table.can_take(node) {
                self.come_to(table.outside, Step::Slack(node));
            }
            if node == table.outside {
                for other in (0..table.outside).filter(|&other| table.can_spare(other)) {
                    self.come_to(other, Step::Slack(node));
                }
            }
            for &mentee in &table.free[node] {
                for &choice in table.choices(mentee) {
                    self.come_to(choice, Step::Mentee(mentee));
                }
            }
            // Looked for among what was reached and not only when its turn comes, which may be long after.
            if self.reached[goal] == self.round {
                self.stack.clear();
                return true;
            }
        }
        false
    }

    fn come_to(&mut self, node: Node, step: Step) {
        if self.reached[node] != self.round {
            self.reached[node] = self.round;
            self.step[node] = step;
            self.stack.push(node);
        }
    }

    /// Makes the moves that led to the goal, and says where they started.
    fn shift(&self, table: &mut Table, goal: Node) -> Node {
        let mut node = goal;
        loop {
            match self.step[node] {
                Step::Start => return node,
                Step::Mentee(mentee) => {
                    let from = table.seat_of[mentee];
                    table.leave(mentee);
                    table.enter(mentee, node);
                    table.change_load(from, false);
                    table.change_load(node, true);
                    node = from;
                }
                Step::Slack(before) => node = before,
            }
        }
    }
}
