//! A problem as a network of flow, with an assignment and prices in it: who could move where, and what that would cost.
//! It is how least loads and quotas are kept, how an optimum is mended after a change, and how questions about it are
//! answered. Searching it is [`paths`](crate::paths), mending it [`mend`](crate::mend).
//!
//! A *place* is where somebody can be: with a mentor, with a mentor in a category that has a quota there, or outside.
//! Places are numbered: mentors first, then quotas, then outside. Whoever is in the place of a quota counts in the place
//! around it too, up to the mentor. A place has a price in points, counting all around it; outside costs nothing.
//!
//! *Reduced costs* are what a move loses at these prices (Ahuja, Magnanti & Orlin, *Network flows*, 1993, chapter 9). As
//! long as none is negative the assignment is optimal for all who are decided:
//!
//! - nobody could do better than where they are, at the prices;
//! - a place inside another costs at least as much, and as much unless its quota is used up;
//! - a mentor's price is at least the penalty of the last seat filled and at most that of the next.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use crate::certificate::Prices;
use crate::places::{Place, Places};
use crate::problem::{MenteeId, MentorId, Pair, Problem};
use crate::rows::FAR;

/// Where somebody is, or would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Seat {
    /// The place among the problem's pairs.
    Pair(usize),
    Out,
    /// Not decided; only while the network is mended.
    Waiting,
}

/// How one comes from one place to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The mentee gives up the one for this seat.
    Move(u32, Seat),
    /// Nobody moves: one of two places around each other, or a seat that is filled or emptied.
    Slack,
}

/// The price of a seat that must be filled: lower than any path can cost.
pub(crate) const MUST: i64 = -FAR;

/// Where those are whom nobody can move: they wait, or their seat is settled.
const NOWHERE: Place = Place::MAX;

#[derive(Debug, Clone)]
pub(crate) struct Network<'p> {
    pub(crate) problem: Cow<'p, Problem>,
    pub(crate) places: Places,
    /// Of each place.
    pub(crate) price: Vec<i64>,
    pub(crate) load: Vec<u32>,
    /// Who is in each place and not in one inside it; those whose seat is settled are not listed.
    who: Vec<Vec<u32>>,
    /// Of each mentee: the place in that list.
    listed: Vec<u32>,
    /// Of each place, whom of that list it costs least to leave out.
    first_to_go: Vec<Option<FirstToGo>>,
    pub(crate) seat: Vec<Seat>,
    /// Of each mentee.
    stands: Vec<Standing>,
    /// Whose seat is settled, whatever anybody would gain.
    settled: Vec<bool>,
    /// Seats that these mentees may not have.
    pub(crate) barred: BTreeSet<(u32, Seat)>,
    columns: Arc<OnceLock<Columns>>,
}

/// Where a mentee can be moved from, and what they have there before its price. Searches would otherwise have to look up the
/// pair of everybody who could come to a place.
#[derive(Debug, Clone, Copy)]
struct Standing {
    /// Or [`NOWHERE`].
    place: Place,
    points: i64,
}

/// Whom it costs least to leave out, and what that costs before the price of the place; of equals the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct FirstToGo {
    cost: i64,
    mentee: u32,
}

/// For each place the pairs that lead there, in their order among the problem's.
#[derive(Debug, Clone)]
struct Columns {
    first: Vec<usize>,
    comers: Vec<Comer>,
}

/// A pair as the place sees it.
#[derive(Debug, Clone, Copy, Default)]
struct Comer {
    score: i64,
    mentee: u32,
    /// The place among the problem's pairs.
    number: u32,
}

impl<'p> Network<'p> {
    /// Everybody waits but those who are pinned; each mentor costs what the first seat does.
    pub(crate) fn new(problem: Cow<'p, Problem>) -> Self {
        let places = Places::new(&problem);
        let count = places.mentors + places.around.len() + 1;
        let mentees = problem.mentee_count();
        let mut network = Self {
            problem,
            places,
            price: vec![0; count],
            load: vec![0; count],
            who: vec![Vec::new(); count],
            listed: vec![0; mentees],
            first_to_go: vec![None; count],
            seat: vec![Seat::Waiting; mentees],
            stands: vec![Standing { place: NOWHERE, points: 0 }; mentees],
            settled: vec![false; mentees],
            barred: BTreeSet::new(),
            columns: Arc::default(),
        };
        for mentee in 0..network.mentees() {
            if network.problem.pin(MenteeId(mentee)).is_some() {
                let row = network.problem.row(MenteeId(mentee));
                network.settle(mentee);
                network.go(mentee, Seat::Pair(row.start));
            }
        }
        network
    }

    /// With this assignment and these prices, which need not fit each other. Somebody with a mentor who is not allowed
    /// waits.
    pub(crate) fn with(problem: Cow<'p, Problem>, matching: &[Option<MentorId>], prices: &Prices) -> Self {
        let mut network = Self::new(problem);
        for (price, &of_mentor) in network.price.iter_mut().zip(&prices.mentors) {
            *price = of_mentor;
        }
        network.price_quotas(&prices.quotas);
        for (mentee, &mentor) in (0..).zip(matching) {
            if !network.settled[mentee as usize] {
                let seat = match mentor {
                    None => Seat::Out,
                    Some(mentor) => {
                        let number = network.problem.number_of(MenteeId(mentee), mentor);
                        number.map_or(Seat::Waiting, Seat::Pair)
                    }
                };
                network.go(mentee, seat);
            }
        }
        network
    }

    /// Prices of quotas count from those around them; inner ones come after outer ones.
    fn price_quotas(&mut self, quotas: &[i64]) {
        for quota in 0..self.places.around.len() {
            let around = self.price[self.places.around[quota] as usize];
            self.price[self.places.mentors + quota] = around + quotas.get(quota).copied().unwrap_or(0);
        }
    }

    pub(crate) fn mentees(&self) -> u32 {
        u32::try_from(self.seat.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn mentors(&self) -> Place {
        u32::try_from(self.places.mentors).unwrap_or(u32::MAX)
    }

    pub(crate) fn outside(&self) -> Place {
        u32::try_from(self.price.len() - 1).unwrap_or(u32::MAX)
    }

    pub(crate) fn places(&self) -> usize {
        self.price.len()
    }

    pub(crate) fn pair(&self, number: usize) -> Pair {
        self.problem.pairs()[number]
    }

    #[inline]
    pub(crate) fn place_of(&self, seat: Seat) -> Place {
        match seat {
            Seat::Pair(number) => self.places.of_pair(&self.problem, number),
            Seat::Out | Seat::Waiting => self.outside(),
        }
    }

    /// What the seat leaves this mentee, at the prices.
    #[inline]
    pub(crate) fn net(&self, mentee: u32, seat: Seat) -> i64 {
        match seat {
            Seat::Pair(_) => self.points_of(mentee, seat) - self.price[self.place_of(seat) as usize],
            Seat::Out => self.points_of(mentee, seat),
            Seat::Waiting => self.best(mentee),
        }
    }

    /// What the mentee has; whoever waits, the best that they could have.
    #[inline]
    pub(crate) fn worth(&self, mentee: u32) -> i64 {
        match self.stands[mentee as usize] {
            Standing { place: NOWHERE, .. } => self.net(mentee, self.seat[mentee as usize]),
            Standing { place, points } => points - self.price[place as usize],
        }
    }

    fn best(&self, mentee: u32) -> i64 {
        self.choices(mentee).map(|seat| self.net(mentee, seat)).max().unwrap_or(-FAR)
    }

    /// All seats that this mentee may have.
    pub(crate) fn choices(&self, mentee: u32) -> impl Iterator<Item = Seat> + '_ {
        let out = self.problem.pin(MenteeId(mentee)).is_none().then_some(Seat::Out);
        let seats = self.problem.row(MenteeId(mentee)).map(Seat::Pair).chain(out);
        seats.filter(move |seat| self.barred.is_empty() || !self.barred.contains(&(mentee, *seat)))
    }

    pub(crate) fn is_settled(&self, mentee: u32) -> bool {
        self.settled[mentee as usize]
    }

    /// From now on nobody moves this mentee.
    pub(crate) fn settle(&mut self, mentee: u32) {
        self.strike(mentee);
        self.settled[mentee as usize] = true;
    }

    /// Takes the mentee's name off the list of the place where they stand, if they do.
    fn strike(&mut self, mentee: u32) {
        let place = std::mem::replace(&mut self.stands[mentee as usize].place, NOWHERE);
        if place == NOWHERE {
            return;
        }
        let place = place as usize;
        let at = self.listed[mentee as usize] as usize;
        self.who[place].swap_remove(at);
        if let Some(&moved) = self.who[place].get(at) {
            self.listed[moved as usize] = self.listed[mentee as usize];
        }
        if self.first_to_go[place].is_some_and(|first| first.mentee == mentee) {
            self.find_first_to_go(place);
        }
    }

    fn find_first_to_go(&mut self, place: usize) {
        self.first_to_go[place] = self.who[place].iter().map(|&mentee| self.to_go(mentee)).min();
    }

    fn to_go(&self, mentee: u32) -> FirstToGo {
        FirstToGo { cost: self.stands[mentee as usize].points - self.points_of(mentee, Seat::Out), mentee }
    }

    /// Gives the mentee this seat for the one they have.
    pub(crate) fn go(&mut self, mentee: u32, seat: Seat) {
        let before = self.seat[mentee as usize];
        self.strike(mentee);
        if let Seat::Pair(_) = before {
            self.count(self.place_of(before), |load| load - 1);
        }
        self.seat[mentee as usize] = seat;
        let place = self.place_of(seat);
        if let Seat::Pair(_) = seat {
            self.count(place, |load| load + 1);
        }
        if seat != Seat::Waiting && !self.settled[mentee as usize] {
            let list = &mut self.who[place as usize];
            self.listed[mentee as usize] = u32::try_from(list.len()).unwrap_or(u32::MAX);
            list.push(mentee);
            self.stands[mentee as usize] = Standing { place, points: self.points_of(mentee, seat) };
            let (first, this) = (self.first_to_go[place as usize], self.to_go(mentee));
            self.first_to_go[place as usize] = Some(first.map_or(this, |first| first.min(this)));
        }
    }

    /// What the mentee has from this seat before its price.
    fn points_of(&self, mentee: u32, seat: Seat) -> i64 {
        match seat {
            Seat::Pair(number) => self.pair(number).score,
            Seat::Out | Seat::Waiting => -self.problem.unmatched_penalty_of(MenteeId(mentee)),
        }
    }

    /// To be called when scores of the mentee's pairs have changed.
    pub(crate) fn look_again(&mut self, mentee: u32) {
        self.stands[mentee as usize].points = self.points_of(mentee, self.seat[mentee as usize]);
        if self.stands[mentee as usize].place != NOWHERE {
            self.find_first_to_go(self.stands[mentee as usize].place as usize);
        }
        let mut columns = std::mem::take(&mut self.columns);
        // Nobody else has them but copies, which live shorter; if it were otherwise, they would be listed anew.
        if let Some(listed) = Arc::get_mut(&mut columns).and_then(OnceLock::get_mut) {
            for number in self.problem.row(MenteeId(mentee)) {
                listed.set_score(self.place_of(Seat::Pair(number)), number, self.pair(number).score);
            }
            self.columns = columns;
        }
    }

    fn count(&mut self, place: Place, change: impl Fn(u32) -> u32) {
        let mut here = Some(place);
        while let Some(place) = here {
            self.load[place as usize] = change(self.load[place as usize]);
            here = self.around(place);
        }
    }

    /// Who can be moved out of this place, not counting places inside it.
    pub(crate) fn who(&self, place: Place) -> &[u32] {
        &self.who[place as usize]
    }

    /// The place around this one; none around a mentor's and outside.
    pub(crate) fn around(&self, place: Place) -> Option<Place> {
        self.places.around(place)
    }

    pub(crate) fn inside(&self, place: Place) -> &[Place] {
        self.places.inside(place)
    }

    /// How many may be in this place as far as its own quota goes.
    pub(crate) fn most(&self, place: Place) -> u32 {
        self.places.most(place)
    }

    pub(crate) fn quota_places(&self) -> std::ops::Range<Place> {
        self.mentors()..self.outside()
    }

    /// What one more in this place would have to cost: nothing above the place around it unless its quota is used up; with a
    /// mentor what the next seat costs.
    pub(crate) fn price_of_one_more(&self, place: Place) -> i64 {
        match self.around(place) {
            None => self.next_penalty(place),
            Some(around) if self.load[place as usize] < self.most(place) => self.price[around as usize],
            Some(_) => FAR,
        }
    }

    /// What it costs to fill this mentor's seat of this number: [`MUST`] below the least load, [`FAR`] where there is none.
    pub(crate) fn seat_price(&self, mentor: Place, seat: u32) -> i64 {
        let id = MentorId(mentor);
        if seat < self.problem.least_load(id) {
            return MUST;
        }
        self.problem.seats(id).penalty(seat as usize).unwrap_or(FAR)
    }

    /// What the next seat costs.
    pub(crate) fn next_penalty(&self, mentor: Place) -> i64 {
        self.seat_price(mentor, self.load[mentor as usize])
    }

    /// What the last seat filled costs; [`MUST`] when it cannot be spared, or there is none.
    pub(crate) fn last_penalty(&self, mentor: Place) -> i64 {
        self.load[mentor as usize].checked_sub(1).map_or(MUST, |seat| self.seat_price(mentor, seat))
    }

    /// Calls with every place that somebody more in this one could lead to: the place, how, and the reduced cost.
    pub(crate) fn onward(&self, place: Place, mut tell: impl FnMut(Place, Step, i64)) {
        let price = self.price[place as usize];
        for &mentee in self.who(place) {
            self.moves_of(mentee, self.worth(mentee), &mut tell);
        }
        if place == self.outside() {
            for mentor in 0..self.mentors() {
                let last = self.last_penalty(mentor);
                if last > MUST {
                    tell(mentor, Step::Slack, self.price[mentor as usize] - last);
                }
            }
            return;
        }
        for &inner in self.inside(place) {
            tell(inner, Step::Slack, self.price[inner as usize] - price);
        }
        if let Some(around) = self.around(place) {
            if self.load[place as usize] < self.most(place) {
                tell(around, Step::Slack, (self.price[around as usize] - price).max(0));
            }
        } else {
            let next = self.next_penalty(place);
            if next < FAR {
                tell(self.outside(), Step::Slack, (next - price).max(0));
            }
        }
    }

    /// Calls with every seat that this mentee could have instead of one worth so much, perhaps also with the one they have.
    #[inline]
    pub(crate) fn moves_of(&self, mentee: u32, worth: i64, mut tell: impl FnMut(Place, Step, i64)) {
        if !self.barred.is_empty() || !self.places.are_mentors_only() {
            for seat in self.choices(mentee) {
                tell(self.place_of(seat), Step::Move(mentee, seat), worth - self.net(mentee, seat));
            }
            return;
        }
        // The same, and most of the work where there are no quotas.
        let row = self.problem.row(MenteeId(mentee));
        for (number, pair) in row.clone().zip(&self.problem.pairs()[row]) {
            let cost = worth - (pair.score - self.price[pair.mentor.index()]);
            tell(pair.mentor.0, Step::Move(mentee, Seat::Pair(number)), cost);
        }
        if self.problem.pin(MenteeId(mentee)).is_none() {
            tell(self.outside(), Step::Move(mentee, Seat::Out), worth - self.net(mentee, Seat::Out));
        }
    }

    /// Calls with every place from which somebody could come to this one, or make room for it: [`Self::onward`] the other
    /// way round.
    pub(crate) fn backward(&self, place: Place, mut tell: impl FnMut(Place, Step, i64)) {
        let price = self.price[place as usize];
        if place == self.outside() {
            self.back_from_outside(&mut tell);
            return;
        }
        for &Comer { score, mentee, number } in self.columns().of(place) {
            let Standing { place: from, points } = self.stands[mentee as usize];
            if from == place || from == NOWHERE {
                continue;
            }
            let seat = Seat::Pair(number as usize);
            if self.barred.is_empty() || !self.barred.contains(&(mentee, seat)) {
                tell(from, Step::Move(mentee, seat), points - self.price[from as usize] - (score - price));
            }
        }
        for &inner in self.inside(place) {
            if self.load[inner as usize] < self.most(inner) {
                tell(inner, Step::Slack, (price - self.price[inner as usize]).max(0));
            }
        }
        if let Some(around) = self.around(place) {
            tell(around, Step::Slack, price - self.price[around as usize]);
        } else {
            let last = self.last_penalty(place);
            if last > MUST {
                tell(self.outside(), Step::Slack, (price - last).max(0));
            }
        }
    }

    fn back_from_outside(&self, tell: &mut impl FnMut(Place, Step, i64)) {
        for mentor in 0..self.mentors() {
            let next = self.next_penalty(mentor);
            if next < FAR {
                tell(mentor, Step::Slack, (next - self.price[mentor as usize]).max(0));
            }
        }
        let others = (0..self.outside()).zip(&self.first_to_go);
        if self.barred.is_empty() {
            for (place, &FirstToGo { cost, mentee }) in
                others.filter_map(|(place, first)| Some((place, first.as_ref()?)))
            {
                tell(place, Step::Move(mentee, Seat::Out), cost - self.price[place as usize]);
            }
            return;
        }
        for (place, _) in others {
            for &mentee in self.who(place).iter().filter(|&&mentee| !self.barred.contains(&(mentee, Seat::Out))) {
                tell(place, Step::Move(mentee, Seat::Out), self.to_go(mentee).cost - self.price[place as usize]);
            }
        }
    }

    fn columns(&self) -> &Columns {
        self.columns.get_or_init(|| Columns::new(self))
    }

    /// The same, to be changed without changing this one.
    pub(crate) fn copy(&self) -> Network<'_> {
        Network {
            problem: Cow::Borrowed(&self.problem),
            places: self.places.clone(),
            price: self.price.clone(),
            load: self.load.clone(),
            who: self.who.clone(),
            listed: self.listed.clone(),
            first_to_go: self.first_to_go.clone(),
            seat: self.seat.clone(),
            stands: self.stands.clone(),
            settled: self.settled.clone(),
            barred: self.barred.clone(),
            columns: Arc::clone(&self.columns),
        }
    }

    pub(crate) fn matching(&self) -> Vec<Option<MentorId>> {
        let mentors = self.mentors();
        let mentor = |(&seat, standing): (&Seat, &Standing)| match seat {
            Seat::Pair(_) if standing.place < mentors => Some(MentorId(standing.place)),
            Seat::Pair(number) => Some(self.pair(number).mentor),
            Seat::Out | Seat::Waiting => None,
        };
        self.seat.iter().zip(&self.stands).map(mentor).collect()
    }

    pub(crate) fn prices(&self) -> Prices {
        let above = |place: Place| {
            self.price[place as usize] - self.around(place).map_or(0, |around| self.price[around as usize])
        };
        Prices {
            mentees: (0..self.mentees()).map(|mentee| self.worth(mentee)).collect(),
            mentors: self.price[..self.places.mentors].to_vec(),
            quotas: self.quota_places().map(above).collect(),
        }
    }
}

impl Columns {
    fn new(network: &Network<'_>) -> Self {
        let mut first = vec![0; network.places() + 1];
        let pairs = network.problem.pairs().len();
        for number in 0..pairs {
            first[network.place_of(Seat::Pair(number)) as usize + 1] += 1;
        }
        for place in 0..network.places() {
            first[place + 1] += first[place];
        }
        let mut next = first.clone();
        let mut comers = vec![Comer::default(); pairs];
        for (number, pair) in network.problem.pairs().iter().enumerate() {
            let at = &mut next[network.place_of(Seat::Pair(number)) as usize];
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            comers[*at] = Comer { score: pair.score, mentee: pair.mentee.0, number };
            *at += 1;
        }
        Self { first, comers }
    }

    fn of(&self, place: Place) -> &[Comer] {
        &self.comers[self.first[place as usize]..self.first[place as usize + 1]]
    }

    fn set_score(&mut self, place: Place, number: usize, score: i64) {
        let comers = &mut self.comers[self.first[place as usize]..self.first[place as usize + 1]];
        if let Ok(at) = comers.binary_search_by_key(&number, |comer| comer.number as usize) {
            comers[at].score = score;
        }
    }
}
