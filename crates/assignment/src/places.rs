//! Where somebody can be: with a mentor, or with a mentor in a category that has a quota there. How places lie in each other;
//! who is there and at what price does not belong here.

use crate::problem::{MenteeId, Problem};

/// The number of a place: mentors first, then quotas in the problem's order. Some count outside as one more.
pub(crate) type Place = u32;

#[derive(Debug, Clone)]
pub(crate) struct Places {
    pub(crate) mentors: usize,
    /// Of each quota, the place around it.
    pub(crate) around: Vec<Place>,
    most: Vec<u32>,
    /// Of each place, those directly inside it; empty where there are no quotas.
    inside: Vec<Vec<Place>>,
    /// Of each pair; empty where there are no quotas.
    of_pair: Vec<Place>,
}

impl Places {
    /// One for each mentor.
    pub(crate) fn of_mentors(mentors: usize) -> Self {
        Self { mentors, around: Vec::new(), most: Vec::new(), inside: Vec::new(), of_pair: Vec::new() }
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
            places.around.push(number(around));
            places.inside[around].push(number(mentors + at));
        }
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

    /// The place around this one; none around a mentor's, nor around what is none of these places.
    #[inline]
    pub(crate) fn around(&self, place: Place) -> Option<Place> {
        let quota = (place as usize).checked_sub(self.mentors)?;
        self.around.get(quota).copied()
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
