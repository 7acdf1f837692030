//! Who is meant: the same person in both lists, a line manager, a wish or a conflict written as an address, an external id or
//! a name; and who stands above whom.

use std::collections::{HashMap, HashSet};

use super::model::{Pool, Side};
use crate::i18n::fold;
use crate::people::model::PersonDraft;

/// A person's number, the same in both lists. Somebody who is named but stands in neither list has one too: two people may
/// have the same absent manager.
type Someone = usize;

#[derive(Debug)]
pub(super) struct Who {
    mentees: Vec<Someone>,
    mentors: Vec<Someone>,
    by_address: HashMap<String, Someone>,
    by_external_id: HashMap<String, Someone>,
    /// `None` for a name that several bear.
    by_name: HashMap<String, Option<Someone>>,
    count: usize,
}

/// Everybody above each person, at any depth.
#[derive(Debug)]
pub(super) struct Lines {
    above: Vec<HashSet<Someone>>,
}

impl Who {
    pub(super) fn new(pool: &Pool) -> Self {
        let mut who = Self {
            mentees: Vec::with_capacity(pool.mentees.len()),
            mentors: Vec::with_capacity(pool.mentors.len()),
            by_address: HashMap::new(),
            by_external_id: HashMap::new(),
            by_name: HashMap::new(),
            count: 0,
        };
        who.mentees = pool.mentees.iter().map(|person| who.enter(person)).collect();
        who.mentors = pool.mentors.iter().map(|person| who.enter(person)).collect();
        who
    }

    pub(super) fn number(&self, side: Side, row: usize) -> Someone {
        match side {
            Side::Mentee => self.mentees[row],
            Side::Mentor => self.mentors[row],
        }
    }

    /// The person whom a text means: by address, else by external id, else by a name that only one person bears.
    pub(super) fn find(&self, text: &str) -> Option<Someone> {
        let plain = plain(text);
        self.by_address
            .get(&plain)
            .or_else(|| self.by_external_id.get(&plain))
            .copied()
            .or_else(|| self.by_name.get(&fold(text)).copied().flatten())
    }

    /// The same, or somebody who stands in neither list.
    fn find_or_enter(&mut self, text: &str) -> Someone {
        self.find(text).unwrap_or_else(|| {
            let absent = self.next();
            self.by_address.insert(plain(text), absent);
            absent
        })
    }

    /// The same person in two rows is one person. A row without an address is somebody of their own.
    fn enter(&mut self, person: &PersonDraft) -> Someone {
        let address = plain(&person.address);
        if let Some(known) = self.by_address.get(&address) {
            return *known;
        }
        let number = self.next();
        if !address.is_empty() {
            self.by_address.insert(address, number);
        }
        if let Some(id) = person.external_id.as_deref().map(plain).filter(|id| !id.is_empty()) {
            self.by_external_id.entry(id).or_insert(number);
        }
        if !person.name.trim().is_empty() {
            self.by_name.entry(fold(&person.name)).and_modify(|bearer| *bearer = None).or_insert(Some(number));
        }
        number
    }

    fn next(&mut self) -> Someone {
        self.count += 1;
        self.count - 1
    }
}

impl Lines {
    /// Follows every `manager` upwards. A cycle ends where it began.
    pub(super) fn new(pool: &Pool, who: &mut Who) -> Self {
        let mut managers: Vec<Vec<Someone>> = vec![Vec::new(); who.count];
        for side in [Side::Mentee, Side::Mentor] {
            for (row, person) in pool.side(side).iter().enumerate() {
                let Some(text) = person.manager.as_deref().filter(|text| !text.trim().is_empty()) else { continue };
                let manager = who.find_or_enter(text);
                managers.resize(who.count, Vec::new());
                managers[who.number(side, row)].push(manager);
            }
        }
        for (person, manager) in &pool.lines {
            let (person, manager) = (who.find_or_enter(person), who.find_or_enter(manager));
            managers.resize(who.count, Vec::new());
            managers[person].push(manager);
        }
        Self { above: (0..managers.len()).map(|person| everybody_above(person, &managers)).collect() }
    }

    pub(super) fn joins(&self, one: Someone, other: Someone) -> bool {
        self.above[one].contains(&other) || self.above[other].contains(&one)
    }
}

fn everybody_above(person: Someone, managers: &[Vec<Someone>]) -> HashSet<Someone> {
    let mut above = HashSet::new();
    let mut waiting = managers[person].clone();
    while let Some(manager) = waiting.pop() {
        if above.insert(manager) {
            waiting.extend(&managers[manager]);
        }
    }
    above
}

fn plain(text: &str) -> String {
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(address: &str, manager: &str) -> PersonDraft {
        PersonDraft {
            address: address.to_owned(),
            manager: (!manager.is_empty()).then(|| manager.to_owned()),
            ..PersonDraft::default()
        }
    }

    fn joined(mentees: &[(&str, &str)], mentors: &[(&str, &str)], mentee: usize, mentor: usize) -> bool {
        let list = |rows: &[(&str, &str)]| rows.iter().map(|(address, manager)| person(address, manager)).collect();
        let mut pool = Pool { mentees: list(mentees), mentors: list(mentors), ..Pool::default() };
        pool.mentors.iter_mut().for_each(|mentor| mentor.external_id = Some(format!("id {}", mentor.address)));
        pool.mentors.iter_mut().for_each(|mentor| mentor.name = format!("Señora {}", mentor.address));
        let mut who = Who::new(&pool);
        let lines = Lines::new(&pool, &mut who);
        lines.joins(who.number(Side::Mentee, mentee), who.number(Side::Mentor, mentor))
    }

    #[test]
    fn a_line_goes_up_and_down_at_any_depth() {
        let mentors = [("top@x", ""), ("chief@x", "top@x"), ("other@x", "top@x")];
        assert!(joined(&[("ana@x", "CHIEF@x ")], &mentors, 0, 1), "her manager");
        assert!(joined(&[("ana@x", "chief@x")], &mentors, 0, 0), "her manager's manager");
        assert!(!joined(&[("ana@x", "chief@x")], &mentors, 0, 2), "her manager's colleague");
        assert!(joined(&[("ana@x", "")], &[("below@x", "ana@x")], 0, 0), "a mentor who reports to her");
    }

    #[test]
    fn a_manager_may_be_named_by_id_or_by_name() {
        assert!(joined(&[("ana@x", "ID chief@x")], &[("chief@x", "")], 0, 0));
        assert!(joined(&[("ana@x", "senora chief@X")], &[("chief@x", "")], 0, 0));
    }

    #[test]
    fn a_manager_in_neither_list_is_followed_by_nobody_and_joins_nobody() {
        assert!(!joined(&[("ana@x", "away@x")], &[("chief@x", "away@x")], 0, 0), "colleagues under one manager");
    }

    #[test]
    fn a_line_goes_on_through_people_in_neither_list() {
        let list = |rows: &[(&str, &str)]| rows.iter().map(|(address, manager)| person(address, manager)).collect();
        let lines = [("chief@x", "head@x"), ("head@x", "top@x"), ("else@x", "top@x")];
        let pool = Pool {
            mentees: list(&[("ana@x", "chief@x"), ("ben@x", "")]),
            mentors: list(&[("top@x", ""), ("below@x", "HEAD@x")]),
            lines: lines.map(|(person, manager)| (person.to_owned(), manager.to_owned())).into(),
            ..Pool::default()
        };
        let mut who = Who::new(&pool);
        let lines = Lines::new(&pool, &mut who);
        let joins = |mentee, mentor| lines.joins(who.number(Side::Mentee, mentee), who.number(Side::Mentor, mentor));
        assert!(joins(0, 0), "three above her, two of them in no list");
        assert!(!joins(0, 1) && !joins(1, 0), "colleagues, and somebody in no line");
    }

    #[test]
    fn a_cycle_ends() {
        assert!(joined(&[("ana@x", "ben@x")], &[("ben@x", "ana@x")], 0, 0));
        assert!(!joined(&[("ana@x", "ana@x")], &[("ben@x", "ben@x")], 0, 0), "their own managers");
    }
}
