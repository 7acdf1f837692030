//! What is asked for against what is on offer: by competency, or, where nobody named any, by the attribute that the rules use most.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::{Outcome, Pool, Shown};
use super::rules::{Must, Rules, Wish};
use super::terms::texts;
use crate::i18n::{Argument, fold, sort_key};

/// The things that are asked for, those with the greatest shortfall first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Needs {
    pub of: NeedsOf,
    pub rows: Vec<Need>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum NeedsOf {
    Competencies,
    /// An attribute or field, by how it is called.
    Attribute(Argument),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    pub name: String,
    /// Mentees who want it or bear it.
    pub asked: u64,
    /// Seats of mentors who hold it or bear it.
    pub offered: u64,
}

impl Need {
    pub fn missing(&self) -> u64 {
        self.asked.saturating_sub(self.offered)
    }
}

/// `None` where nothing can be counted, or nothing of it may be shown.
pub fn needs(pool: &Pool, rules: &Rules, outcome: &Outcome) -> Option<Needs> {
    let competencies =
        |list: &[crate::people::model::CompetencyLevel]| list.iter().map(|skill| skill.name.clone()).collect();
    let by_competency = count(
        pool.mentees.iter().map(|person| competencies(&person.wanted)),
        pool.mentors.iter().map(|person| competencies(&person.held)),
        outcome,
    );
    if by_competency.iter().any(|need| need.asked > 0) {
        return Some(Needs { of: NeedsOf::Competencies, rows: by_competency });
    }
    let attribute = most_used(pool, rules)?;
    let values = |person| texts(person, &attribute).into_iter().map(|text: &str| text.trim().to_owned()).collect();
    let rows = count(pool.mentees.iter().map(values), pool.mentors.iter().map(values), outcome);
    (!rows.is_empty()).then(|| Needs { of: NeedsOf::Attribute(pool.label(&attribute)), rows })
}

/// The attribute in which rules want mentee and mentor alike, by the number of such rules, then their weight, then its name.
fn most_used(pool: &Pool, rules: &Rules) -> Option<String> {
    let mut used: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
    let mut note = |name, weight: u64| {
        let (rules, weights) = used.entry(name).or_default();
        *rules += 1;
        *weights += weight;
    };
    for must in &rules.musts {
        match must {
            Must::Equal { attribute, .. } => note(attribute.as_str(), u64::from(super::rules::GREATEST)),
            Must::SharedLanguage { .. } => note("languages", 0),
            _ => {}
        }
    }
    for preference in &rules.preferences {
        if let Wish::Similar { attribute } = &preference.wish {
            note(attribute.as_str(), u64::from(preference.weight));
        }
    }
    used.into_iter()
        .filter(|(name, _)| pool.shown(name) == Shown::Everything)
        .max_by_key(|(name, use_of)| (*use_of, std::cmp::Reverse(*name)))
        .map(|(name, _)| name.to_owned())
}

fn count(
    asked: impl Iterator<Item = Vec<String>>,
    offered: impl Iterator<Item = Vec<String>>,
    outcome: &Outcome,
) -> Vec<Need> {
    let mut rows: BTreeMap<String, Need> = BTreeMap::new();
    let mut add = |names: Vec<String>, asked: u64, offered: u64| {
        let mut seen = std::collections::BTreeSet::new();
        for name in names.into_iter().filter(|name| seen.insert(fold(name))) {
            let row = rows.entry(fold(&name)).or_insert(Need { name, asked: 0, offered: 0 });
            row.asked += asked;
            row.offered += offered;
        }
    };
    asked.for_each(|names| add(names, 1, 0));
    offered.zip(&outcome.mentors).for_each(|(names, mentor)| add(names, 0, u64::from(mentor.capacity)));
    let mut rows: Vec<Need> = rows.into_values().filter(|need| !need.name.trim().is_empty()).collect();
    rows.sort_by_cached_key(|need| {
        (std::cmp::Reverse(need.missing()), std::cmp::Reverse(need.asked), sort_key(&need.name))
    });
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pairing::run;
    use crate::pairing::testing::{person, pool, prefer, skill, with};
    use crate::people::model::PersonDraft;

    fn told(needs: &Needs) -> Vec<(&str, u64, u64)> {
        needs.rows.iter().map(|need| (need.name.as_str(), need.asked, need.offered)).collect()
    }

    #[test]
    fn competencies_are_counted_by_who_wants_them_and_by_seats() {
        let wants = |name: &str, wanted: &[&str]| PersonDraft {
            wanted: wanted.iter().map(|name| skill(name, None)).collect(),
            ..person(name)
        };
        let people = pool(
            vec![wants("ana", &["Oratoria", "Ventas"]), wants("ben", &["oratoria", "Ventas", "VENTAS"])],
            vec![
                PersonDraft { held: vec![skill("Ventas", None)], capacity: Some(3), ..person("zoe") },
                PersonDraft { held: vec![skill("Oratoria", None)], ..person("leo") },
            ],
        );
        let rules = prefer(Wish::Competencies, 10);
        let needs = needs(&people, &rules, &run(&people, &rules).unwrap()).unwrap();
        assert_eq!(told(&needs), [("Oratoria", 2, 1), ("Ventas", 2, 3)]);
    }

    #[test]
    fn without_competencies_the_attribute_that_rules_use_most_is_counted_if_it_may_be_shown() {
        let of = |name: &str, area: &str| with(person(name), "area", &[area]);
        let mut people = pool(vec![of("ana", "Law")], vec![of("zoe", "Risk")]);
        let rules = prefer(Wish::Similar { attribute: "area".into() }, 10);
        let outcome = run(&people, &rules).unwrap();
        assert_eq!(told(&needs(&people, &rules, &outcome).unwrap()), [("Law", 1, 0), ("Risk", 0, 1)]);
        people.attributes.get_mut("area").unwrap().shown = Shown::NameOnly;
        assert_eq!(needs(&people, &rules, &outcome), None);
    }
}
