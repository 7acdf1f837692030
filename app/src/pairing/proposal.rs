//! Rules to begin with, from what two sheets hold. They forbid only what every programme forbids, so that nobody is left out
//! because of a guess; everything else is a preference. The coordinator reads and changes them.

use std::collections::BTreeSet;

use super::model::{Pool, Side};
use super::rules::{Balance, Must, Order, Preference, Rules, Unknown, Wish};
use super::terms::texts;
use crate::i18n::fold;
use crate::people::model::PersonDraft;

/// The attributes that `people` recognises by their headings and that a rule is ready for.
const GRADE: &str = "grade";
const PROFESSION: &str = "profession";

/// The grades of the UK civil service, from the lowest (Cabinet Office, *Civil Service grades and roles*).
const CIVIL_SERVICE: [&[&str]; 11] = [
    &["AA"],
    &["AO"],
    &["EO"],
    &["HEO"],
    &["SEO"],
    &["Grade 7", "G7"],
    &["Grade 6", "G6"],
    &["SCS1", "SCS 1"],
    &["SCS2", "SCS 2"],
    &["SCS3", "SCS 3"],
    &["SCS4", "SCS 4"],
];

/// What companies mostly call their levels, in Spanish and English, from the lowest.
const COMPANY: [&[&str]; 9] = [
    &["intern", "trainee", "becario", "becaria", "practicas", "en practicas"],
    &["junior", "entry", "entry level", "graduate"],
    &["mid", "mid level", "intermediate", "intermedio", "intermedia", "semi senior", "semisenior"],
    &["senior"],
    &["lead", "team lead", "lider", "jefe de equipo", "jefa de equipo", "supervisor", "supervisora"],
    &["manager", "gerente", "jefe", "jefa", "mando intermedio", "jefe de departamento", "jefa de departamento"],
    &["senior manager", "gerente senior", "head", "subdirector", "subdirectora"],
    &["director", "directora", "vice president", "vp", "vicepresidente", "vicepresidenta"],
    &[
        "executive",
        "c-level",
        "ceo",
        "director general",
        "directora general",
        "consejero delegado",
        "consejera delegada",
    ],
];

/// The order that these values stand in, if nearly all of them (nine in ten) are levels of one that is known. Of the many
/// names that companies use, it keeps those that occur.
pub fn known_order<'v>(values: impl IntoIterator<Item = &'v str>) -> Option<Order> {
    let values: Vec<&str> = values.into_iter().filter(|value| !value.trim().is_empty()).collect();
    let one_name: Vec<&[&str]> = CIVIL_SERVICE.iter().map(|names| &names[..1]).collect();
    for levels in [&one_name[..], &CIVIL_SERVICE] {
        let civil_service = order(levels);
        if knows(&civil_service, &values) {
            return Some(civil_service);
        }
    }
    let company = order(&COMPANY);
    if !knows(&company, &values) {
        return None;
    }
    let written: BTreeSet<&str> = values.iter().map(|value| value.trim()).collect();
    let mut levels: Vec<Vec<String>> = vec![Vec::new(); company.levels.len()];
    let mut seen = BTreeSet::new();
    for value in written {
        if let Some(level) = company.level(value).filter(|_| seen.insert(fold(value))) {
            levels[level].push(value.to_owned());
        }
    }
    levels.retain(|alike| !alike.is_empty());
    Some(Order { levels })
}

fn order(levels: &[&[&str]]) -> Order {
    Order { levels: levels.iter().map(|alike| alike.iter().map(|name| (*name).to_owned()).collect()).collect() }
}

fn knows(order: &Order, values: &[&str]) -> bool {
    let known: BTreeSet<usize> = values.iter().filter_map(|value| order.level(value)).collect();
    let count = values.iter().filter(|value| order.level(value).is_some()).count();
    known.len() > 1 && count * 10 >= values.len() * 9
}

/// Sensible rules for these people. The seats of mentors who name none stay open: `least_capacity` knows how many are needed.
pub fn propose_rules(pool: &Pool) -> Rules {
    let mut rules =
        Rules { musts: vec![Must::ReportingLine, Must::NoConflict, Must::NotFormerMentor], ..Rules::default() };
    if on_both_sides(pool, "languages") {
        rules.musts.push(Must::SharedLanguage { unknown: Unknown::Allow });
    }
    propose_wishes(pool, &mut rules);
    rules
}

/// The load rule, where a mentor may have several mentees: the first is free, each further one costs more than the one before.
pub fn propose_balance(pool: &Pool, capacity: Option<u32>) -> Option<Balance> {
    let several = pool.mentors.iter().any(|mentor| mentor.capacity.or(capacity).is_some_and(|seats| seats > 1));
    several.then(|| Balance::new(vec![0, 25])).flatten()
}

fn propose_wishes(pool: &Pool, rules: &mut Rules) {
    let mut wish = |weight, wish| rules.preferences.push(Preference { weight, wish, only_if: None });
    let mentee = |has: fn(&PersonDraft) -> bool| pool.mentees.iter().any(has);
    let mentor = |has: fn(&PersonDraft) -> bool| pool.mentors.iter().any(has);
    if mentee(|person| !person.wanted.is_empty()) && mentor(|person| !person.held.is_empty()) {
        wish(400, Wish::Competencies);
    }
    if mentee(|person| !person.preferences.is_empty()) {
        wish(250, Wish::MenteeRanking);
    }
    if mentor(|person| !person.preferences.is_empty()) {
        wish(150, Wish::MentorRanking);
    }
    let order = if on_both_sides(pool, GRADE) { known_order(everybodys(pool, GRADE)) } else { None };
    if let Some(order) = order {
        let levels = if order.levels.len() > 5 { 2 } else { 1 };
        wish(300, Wish::Gap { attribute: GRADE.to_owned(), order: GRADE.to_owned(), levels });
        rules.orders.insert(GRADE.to_owned(), order);
    }
    let mut wish = |weight, wish| rules.preferences.push(Preference { weight, wish, only_if: None });
    if on_both_sides(pool, PROFESSION) {
        wish(200, Wish::Similar { attribute: PROFESSION.to_owned() });
    }
    if on_both_sides(pool, "unit") {
        wish(100, Wish::Different { attribute: "unit".to_owned() });
    }
    if on_both_sides(pool, "place") {
        wish(50, Wish::Place { kilometres: 400 });
    }
    if on_both_sides(pool, "zone") {
        wish(50, Wish::Zone { hours: 6 });
    }
    for (mentee_text, mentor_text) in [("post", "title"), ("biography", "biography")] {
        if has(pool, Side::Mentee, mentee_text) && has(pool, Side::Mentor, mentor_text) {
            let (mentee_text, mentor_text) = (mentee_text.to_owned(), mentor_text.to_owned());
            wish(50, Wish::Words { mentee_text, mentor_text, enough: 3 });
        }
    }
}

fn on_both_sides(pool: &Pool, field: &str) -> bool {
    has(pool, Side::Mentee, field) && has(pool, Side::Mentor, field)
}

fn has(pool: &Pool, side: Side, field: &str) -> bool {
    pool.side(side).iter().any(|person| !texts(person, field).is_empty())
}

fn everybodys<'p>(pool: &'p Pool, field: &'p str) -> impl Iterator<Item = &'p str> {
    pool.mentees.iter().chain(&pool.mentors).flat_map(move |person| texts(person, field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pairing::testing::{person, pool, skill, speaking, with};

    fn levels(values: &[&str]) -> Option<Vec<Vec<String>>> {
        known_order(values.iter().copied()).map(|order| order.levels)
    }

    #[test]
    fn orders_are_recognised() {
        let order = known_order(["HEO", "grade 7", "SCS2", "AA"]).unwrap();
        assert_eq!(
            ["AA", "HEO", "Grade 7", "Grade 6", "SCS4"].map(|grade| order.level(grade)),
            [0, 3, 5, 6, 10].map(Some)
        );
        assert_eq!(order.levels[5], ["Grade 7"], "one name is enough");
        assert!(known_order(["G7", "EO", "AO"]).unwrap().level("g7").is_some());
        assert_eq!(
            levels(&["Sénior", "Director", "junior", "Directora", "Júnior"]),
            Some(vec![vec!["Júnior".into()], vec!["Sénior".into()], vec!["Director".into(), "Directora".into()]])
        );
        assert_eq!(levels(&["red", "green", "blue"]), None);
        assert_eq!(levels(&["Manager", "Manager"]), None, "a single level orders nobody");
        assert_eq!(levels(&[]), None);
    }

    #[test]
    fn rules_follow_the_columns_that_are_there() {
        let plain = propose_rules(&pool(vec![person("ana")], vec![person("ben")]));
        assert_eq!(plain.musts, [Must::ReportingLine, Must::NoConflict, Must::NotFormerMentor]);
        assert_eq!(plain.preferences, []);

        let full = |name: &str, grade: &str| PersonDraft {
            unit: Some("x".into()),
            wanted: vec![skill("y", None)],
            held: vec![skill("y", None)],
            preferences: vec!["ben@example.org".into()],
            ..with(speaking(name, &["es"]), "grade", &[grade])
        };
        let rules = propose_rules(&pool(vec![full("ana", "junior")], vec![full("ben", "senior")]));
        assert!(rules.musts.contains(&Must::SharedLanguage { unknown: Unknown::Allow }));
        let weights: Vec<u32> = rules.preferences.iter().map(|preference| preference.weight).collect();
        assert_eq!(weights, [400, 250, 150, 300, 100]);
        assert_eq!(rules.orders["grade"].levels.len(), 2);

        let one_side = propose_rules(&pool(vec![full("ana", "junior")], vec![person("ben")]));
        assert_eq!(one_side.musts.len(), 3, "a language is asked for only where both lists say it");
    }

    #[test]
    fn load_is_shared_where_there_is_a_load() {
        let people = pool(vec![person("ana")], vec![person("ben")]);
        assert_eq!(propose_balance(&people, Some(1)), None);
        assert!(propose_balance(&people, Some(2)).is_some());
    }
}
