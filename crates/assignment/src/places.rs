//! Where somebody can be: with a mentor, or with a mentor in a category that has a quota there. How places lie in each other;
//! who is there and at what price does not belong here.

use std::ops::Range;

use crate::problem::{MenteeId, MentorId, Problem};

/// The number of a place: mentors first, then quotas in the problem's order. Some count outside as one more.
pub(crate) type Place = u32;

#[derive(Debug, Clone)]
pub(crate) struct Places {
    pub(crate) mentors: usize,
    /// Of each quota, the place around it.
    pub(crate) around: Vec<Place>,
    most: Vec<u32>,
    /// Where each mentor's quotas begin, and one more for the end; empty where there are none.
    first: Vec<usize>,
    /// The quotas that lie in one, two and more places, outer ones first.
    levels: Vec<Vec<Place>>,
    /// Of each place, those directly inside it; empty where there are no quotas.
    inside: Vec<Vec<Place>>,
    /// Of each pair; empty where there are no quotas.
    of_pair: Vec<Place>,
}

impl Places {
    /// One for each mentor.
    pub(crate) fn of_mentors(mentors: usize) -> Self {
        Self {
            mentors,
            around: Vec::new(),
            most: Vec::new(),
            first: Vec::new(),
            levels: Vec::new(),
            inside: Vec::new(),
            of_pair: Vec::new(),
        }
    }

    pub(crate) fn new(problem: &Problem) -> Self {
        let mentors = problem.mentor_count();
        let quotas = problem.quotas();
        let mut places = Self::of_mentors(mentors);
        if quotas.is_empty() {
            return places;
        }
        places.inside = vec![Vec::new(); mentors + quotas.len()];
        places.most = quotas.iter().map(|quota| quota.most).collect();
        let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let categories = problem.categories();
        let mut depth = vec![0; mentors];
        for (at, quota) in quotas.iter().enumerate() {
            let members = &categories[quota.category.index()];
            // The smallest that holds them all: the last one before, since large ones come first.
            let is_around = |other: &usize| {
                let outer = &categories[quotas[*other].category.index()];
                quotas[*other].mentor == quota.mentor
                    && members.first().is_some_and(|member| outer.binary_search(member).is_ok())
            };
            let before = (0..at).rev().take_while(|&other| quotas[other].mentor == quota.mentor);
            let around = before.into_iter().find(is_around).map_or(quota.mentor.index(), |other| mentors + other);
            depth.push(depth[around] + 1);
            if depth[around] == places.levels.len() {
                places.levels.push(Vec::new());
            }
            places.levels[depth[around]].push(number(mentors + at));
            places.around.push(number(around));
            places.inside[around].push(number(mentors + at));
        }
        let before = |mentor: usize| quotas.partition_point(|quota| quota.mentor.index() < mentor);
        places.first = (0..=mentors).map(|mentor| mentors + before(mentor)).collect();
        places.list_pairs(problem);
        places
    }

    /// Finds the place of each pair: the innermost quota whose category the mentee belongs to. Inner ones come after outer ones.
    fn list_pairs(&mut self, problem: &Problem) {
        let quotas = problem.quotas();
        let mut end = vec![0; self.mentors];
        for (at, quota) in quotas.iter().enumerate() {
            end[quota.mentor.index()] = at + 1;
        }
        let of_mentee = CategoriesOf::new(problem);
        self.of_pair = Vec::with_capacity(problem.pairs().len());
        for pair in problem.pairs() {
            let categories = of_mentee.of(pair.mentee);
            let of_mentor = quotas[..end[pair.mentor.index()]].iter().enumerate().rev();
            let innermost = of_mentor
                .take_while(|(_, quota)| quota.mentor == pair.mentor)
                .find(|(_, quota)| categories.binary_search(&quota.category.0).is_ok());
            let place = innermost.map_or(pair.mentor.index(), |(at, _)| self.mentors + at);
            self.of_pair.push(u32::try_from(place).unwrap_or(u32::MAX));
        }
    }

    /// The same for those who are not pinned, as [`Problem::without_rules`] leaves them: what the others take up is gone.
    pub(crate) fn without_pinned(problem: &Problem) -> Self {
        let mut places = Self::new(problem);
        if places.are_mentors_only() || problem.mentees().all(|mentee| problem.pin(mentee).is_none()) {
            return places;
        }
        let mut free = Vec::with_capacity(places.of_pair.len());
        for mentee in problem.mentees() {
            let row = problem.row(mentee);
            if problem.pin(mentee).is_none() {
                free.extend_from_slice(&places.of_pair[row]);
                continue;
            }
            let mut here = places.of_pair.get(row.start).copied();
            while let Some(quota) = here.and_then(|place| (place as usize).checked_sub(places.mentors)) {
                places.most[quota] = places.most[quota].saturating_sub(1);
                here = Some(places.around[quota]);
            }
        }
        places.of_pair = free;
        places
    }

    /// By how many this assignment of the same problem exceeds the quotas.
    pub(crate) fn too_many(&self, problem: &Problem, seats: &[Option<MentorId>]) -> usize {
        let mut load = vec![0_u32; self.count()];
        for (mentee, mentor) in problem.mentees().zip(seats) {
            let number = mentor.and_then(|mentor| problem.number_of(mentee, mentor));
            for place in number.into_iter().flat_map(|number| self.outward(self.of_pair(problem, number))) {
                load[place as usize] += 1;
            }
        }
        let over = |(&load, &most): (&u32, &u32)| load.saturating_sub(most) as usize;
        load[self.mentors..].iter().zip(&self.most).map(over).sum()
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.mentors + self.around.len()
    }

    /// Whether there are no quotas.
    #[inline]
    pub(crate) fn are_mentors_only(&self) -> bool {
        self.around.is_empty()
    }

    /// The place of this pair of the problem's.
    #[inline]
    pub(crate) fn of_pair(&self, problem: &Problem, number: usize) -> Place {
        self.of_pair.get(number).copied().unwrap_or_else(|| problem.pairs()[number].mentor.0)
    }

    /// Of each place whether anybody can be there at all.
    pub(crate) fn have_seats(&self, problem: &Problem) -> Vec<bool> {
        let mut have: Vec<bool> = problem.mentors().map(|mentor| problem.seats(mentor).capacity() > 0).collect();
        for (&around, &most) in self.around.iter().zip(&self.most) {
            have.push(most > 0 && have[around as usize]);
        }
        have
    }

    /// The places of these pairs, or nothing where each is their mentor's.
    #[inline]
    pub(crate) fn of_pairs(&self, numbers: Range<usize>) -> &[Place] {
        self.of_pair.get(numbers).unwrap_or_default()
    }

    /// The place around this one; none around a mentor's, nor around what is none of these places.
    #[inline]
    pub(crate) fn around(&self, place: Place) -> Option<Place> {
        let quota = (place as usize).checked_sub(self.mentors)?;
        self.around.get(quota).copied()
    }

    /// This place and those around it, up to the mentor's.
    pub(crate) fn outward(&self, place: Place) -> impl Iterator<Item = Place> + '_ {
        std::iter::successors(Some(place), |&place| self.around(place))
    }

    /// How many places lie in each other at most.
    pub(crate) fn depth(&self) -> usize {
        self.levels.len() + 1
    }

    /// The places that lie in so many others.
    pub(crate) fn at_depth(&self, depth: usize) -> impl Iterator<Item = Place> + '_ {
        let mentors = (0..).take(if depth == 0 { self.mentors } else { 0 });
        let quotas = depth.checked_sub(1).and_then(|depth| self.levels.get(depth));
        mentors.chain(quotas.into_iter().flatten().copied())
    }

    /// The places with this mentor that lie in theirs, outer ones first.
    #[inline]
    pub(crate) fn quotas_of(&self, mentor: usize) -> Range<usize> {
        if self.first.is_empty() { 0..0 } else { self.first[mentor]..self.first[mentor + 1] }
    }

    /// This place and all inside it, each before those that lie in it.
    pub(crate) fn inward(&self, place: Place) -> impl Iterator<Item = Place> + '_ {
        let mut next = vec![place];
        std::iter::from_fn(move || {
            let place = next.pop()?;
            next.extend(self.inside(place).iter().rev());
            Some(place)
        })
    }

    /// The mentor with whom this place is.
    pub(crate) fn mentor_of(&self, place: Place) -> MentorId {
        MentorId(self.outward(place).last().unwrap_or(place))
    }

    #[inline]
    pub(crate) fn inside(&self, place: Place) -> &[Place] {
        self.inside.get(place as usize).map_or(&[], Vec::as_slice)
    }

    /// How many may be in this place as far as its own quota goes.
    pub(crate) fn most(&self, place: Place) -> u32 {
        let quota = (place as usize).checked_sub(self.mentors);
        quota.and_then(|quota| self.most.get(quota)).copied().unwrap_or(u32::MAX)
    }
}

/// For each mentee the categories that they belong to, in rising order.
struct CategoriesOf {
    first: Vec<usize>,
    categories: Vec<u32>,
}

impl CategoriesOf {
    fn new(problem: &Problem) -> Self {
        let mut first = vec![0; problem.mentee_count() + 1];
        for mentee in problem.categories().iter().flatten() {
            first[mentee.index() + 1] += 1;
        }
        for mentee in 0..problem.mentee_count() {
            first[mentee + 1] += first[mentee];
        }
        let mut next = first.clone();
        let mut categories = vec![0; first[problem.mentee_count()]];
        for (category, members) in (0..).zip(problem.categories()) {
            for mentee in members {
                categories[next[mentee.index()]] = category;
                next[mentee.index()] += 1;
            }
        }
        Self { first, categories }
    }

    fn of(&self, mentee: MenteeId) -> &[u32] {
        &self.categories[self.first[mentee.index()]..self.first[mentee.index() + 1]]
    }
}
