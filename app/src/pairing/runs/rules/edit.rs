//! The rules as a form of sentences: which stand, with which weight, and one more. What is not in the form (orders, places, what
//! was decided about columns) stays as it is in the text; pure.

use crate::i18n::Message;
use crate::pairing::known_order;
use crate::pairing::model::{Pool, Shown};
use crate::pairing::rules::{Balance, GREATEST, Must, Preference, Rules, Unknown, Wish};
use crate::pairing::rules_file::RulesFile;
use crate::problems::Problems;
use crate::web::Form;

/// Rules that must hold and want nothing to be said of them: each is there or not.
pub const SWITCHES: [(&str, Must); 4] = [
    ("reporting-line", Must::ReportingLine),
    ("conflict", Must::NoConflict),
    ("former-mentor", Must::NotFormerMentor),
    ("language", Must::SharedLanguage { unknown: Unknown::Allow }),
];

/// Kinds of rules that can be added, with what each wants to know.
pub const KINDS: [(&str, bool, bool); 12] = [
    ("equal", true, false),
    ("differ", true, false),
    ("above", true, true),
    ("competencies", false, false),
    ("mentee-ranking", false, false),
    ("mentor-ranking", false, false),
    ("similar", true, false),
    ("different", true, false),
    ("gap", true, true),
    ("zone", false, true),
    ("place", false, true),
    ("words", true, false),
];

/// A rule that must hold, as the form shows it.
#[derive(Clone, Debug)]
pub struct Switch {
    /// The name of its field.
    pub name: String,
    pub sentence: Message,
    pub is_on: bool,
}

/// A preference, as the form shows it.
#[derive(Clone, Debug)]
pub struct Weight {
    pub name: String,
    pub sentence: Message,
    pub points: String,
}

pub fn switches(rules: &Rules, labels: &Pool) -> Vec<Switch> {
    let plain = SWITCHES.iter().map(|(name, must)| Switch {
        name: format!("must-{name}"),
        sentence: must.sentence(labels),
        is_on: rules.musts.iter().any(|known| same_kind(known, must)),
    });
    let others = rules.musts.iter().enumerate().filter(|(_, must)| must.attribute().is_some());
    let others = others.map(|(place, must)| Switch {
        name: format!("must-{place}"),
        sentence: must.sentence(labels),
        is_on: true,
    });
    plain.chain(others).collect()
}

pub fn weights(rules: &Rules, labels: &Pool) -> Vec<Weight> {
    let weight = |(place, preference): (usize, &Preference)| Weight {
        name: format!("wish-{place}"),
        sentence: preference.sentence(labels),
        points: preference.weight.to_string(),
    };
    rules.preferences.iter().enumerate().map(weight).collect()
}

/// What a rule may be about: attributes that may be named, and fields of a person.
pub fn attributes(labels: &Pool) -> Vec<(String, Message)> {
    let named = labels.attributes.iter().filter(|(_, attribute)| attribute.shown != Shown::Nothing);
    let named = named
        .map(|(key, attribute)| (key.clone(), Message::new("pairing-text").with("text", attribute.label.as_str())));
    let fields = crate::pairing::rules::FIELDS.iter().filter(|field| !labels.attributes.contains_key(**field));
    named.chain(fields.map(|field| ((*field).to_owned(), Message::new(format!("pairing-field-{field}"))))).collect()
}

fn same_kind(one: &Must, other: &Must) -> bool {
    matches!((one, other), (Must::SharedLanguage { .. }, Must::SharedLanguage { .. })) || one == other
}

/// The rules as the form says. What it does not name stays.
pub fn edited(mut file: RulesFile, form: &Form, values: &[String]) -> Result<RulesFile, Problems> {
    let mut problems = Problems::default();
    let rules = &mut file.rules;
    let is_on = |name: &str| form.has(&format!("must-{name}"));
    let mut musts = Vec::new();
    for (place, must) in rules.musts.iter().enumerate() {
        let switch = SWITCHES.iter().find(|(_, known)| same_kind(must, known));
        if switch.map_or_else(|| is_on(&place.to_string()), |(name, _)| is_on(name)) {
            musts.push(must.clone());
        }
    }
    let added =
        SWITCHES.iter().filter(|(name, must)| is_on(name) && !rules.musts.iter().any(|old| same_kind(old, must)));
    musts.extend(added.map(|(_, must)| must.clone()));
    rules.musts = musts;
    let mut kept = Vec::new();
    for (place, preference) in rules.preferences.iter().enumerate() {
        let name = format!("wish-{place}");
        match number(form.text(&name), GREATEST) {
            _ if form.has(&format!("{name}-remove")) => {}
            Some(weight) => kept.push(Preference { weight, ..preference.clone() }),
            None => problems.add(name, Message::new("pairing-board-weight-wrong").with("most", GREATEST)),
        }
    }
    rules.preferences = kept;
    match form.text("capacity") {
        "" => rules.capacity = None,
        text => match number(text, GREATEST) {
            Some(seats) => rules.capacity = Some(seats),
            None => problems.add("capacity", Message::new("pairing-board-capacity-wrong")),
        },
    }
    match balance(form.text("balance")) {
        Ok(balance) => rules.balance = balance,
        Err(()) => problems.add("balance", Message::new("pairing-board-balance-wrong")),
    }
    add(rules, form, values, &mut problems);
    problems.or(file)
}

/// An error where it is no balance; one that is empty is none to keep.
fn balance(text: &str) -> Result<Option<Balance>, ()> {
    let costs: Option<Vec<u32>> = text.split_whitespace().map(|word| number(word, GREATEST)).collect();
    let costs = costs.ok_or(())?;
    if costs.is_empty() { Ok(None) } else { Balance::new(costs).map(Some).ok_or(()) }
}

fn number(text: &str, most: u32) -> Option<u32> {
    text.parse().ok().filter(|number| *number <= most)
}

/// Adds the rule that the form asks for, if it asks for one. `values` are what people's rows say of its attribute.
fn add(rules: &mut Rules, form: &Form, values: &[String], problems: &mut Problems) {
    let Some((kind, wants_attribute, wants_number)) = KINDS.iter().find(|(kind, ..)| *kind == form.text("add")) else {
        return;
    };
    let attribute = form.text("add-attribute").to_owned();
    if *wants_attribute && attribute.is_empty() {
        problems.add("add-attribute", Message::new("pairing-board-attribute-missing"));
        return;
    }
    let most = match *kind {
        "zone" => 12,
        "place" => 20_100,
        _ => 1000,
    };
    let given = number(form.text("add-number"), most);
    if *wants_number && (given.is_none() || given == Some(0) && ["zone", "place"].contains(kind)) {
        problems.add("add-number", Message::new("pairing-board-number-wrong").with("most", most));
        return;
    }
    let given = given.unwrap_or(0);
    if ["gap", "above"].contains(kind) && !rules.orders.contains_key(&attribute) {
        let Some(order) = known_order(values.iter().map(String::as_str)) else {
            problems.add("add-attribute", Message::new("pairing-board-order-missing"));
            return;
        };
        rules.orders.insert(attribute.clone(), order);
    }
    let unknown = if form.text("add-unknown") == "forbid" { Unknown::Forbid } else { Unknown::Allow };
    let order = attribute.clone();
    match *kind {
        "equal" => return rules.musts.push(Must::Equal { attribute, unknown }),
        "differ" => return rules.musts.push(Must::Differ { attribute, unknown }),
        "above" => return rules.musts.push(Must::Above { attribute, order, levels: given, unknown }),
        _ => {}
    }
    let wish = match *kind {
        "competencies" => Wish::Competencies,
        "mentee-ranking" => Wish::MenteeRanking,
        "mentor-ranking" => Wish::MentorRanking,
        "similar" => Wish::Similar { attribute },
        "different" => Wish::Different { attribute },
        "gap" => Wish::Gap { attribute, order, levels: given },
        "zone" => Wish::Zone { hours: given },
        "place" => Wish::Place { kilometres: given },
        _ => Wish::Words { mentee_text: attribute.clone(), mentor_text: attribute, enough: 3 },
    };
    match number(form.text("add-weight"), GREATEST) {
        Some(weight) => rules.preferences.push(Preference { weight, wish, only_if: None }),
        None => problems.add("add-weight", Message::new("pairing-board-weight-wrong").with("most", GREATEST)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pairing::testing::{pool, prefer};

    fn form(fields: &[(&str, &str)]) -> Form {
        Form::new(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn file() -> RulesFile {
        let differ = Must::Differ { attribute: "unit".into(), unknown: Unknown::Allow };
        RulesFile::new(Rules {
            musts: vec![Must::ReportingLine, Must::SharedLanguage { unknown: Unknown::Forbid }, differ],
            ..prefer(Wish::Competencies, 100)
        })
    }

    #[test]
    fn what_is_not_touched_stays() {
        let all = [("must-reporting-line", "on"), ("must-language", "on"), ("must-2", "on"), ("wish-0", "100")];
        assert_eq!(edited(file(), &form(&all), &[]).unwrap(), file());
        let labels = pool(vec![], vec![]);
        let on: Vec<bool> = switches(&file().rules, &labels).iter().map(|switch| switch.is_on).collect();
        assert_eq!((on, weights(&file().rules, &labels).len()), (vec![true, false, false, true, true], 1));
    }

    #[test]
    fn rules_are_switched_weighed_removed_and_added() {
        let fields = [
            ("must-conflict", "on"),
            ("must-language", "on"),
            ("wish-0", "7"),
            ("wish-0-remove", "on"),
            ("capacity", "3"),
            ("balance", "0 25 50"),
            ("add", "gap"),
            ("add-attribute", "grade"),
            ("add-number", "1"),
            ("add-weight", "90"),
        ];
        let values = ["junior", "senior", "director"].map(str::to_owned);
        let rules = edited(file(), &form(&fields), &values).unwrap().rules;
        assert_eq!(rules.musts, [Must::SharedLanguage { unknown: Unknown::Forbid }, Must::NoConflict]);
        let gap = Wish::Gap { attribute: "grade".into(), order: "grade".into(), levels: 1 };
        assert_eq!(rules.preferences, [Preference { weight: 90, wish: gap, only_if: None }]);
        assert_eq!((rules.capacity, rules.balance), (Some(3), Balance::new(vec![0, 25, 50])));
        assert_eq!(rules.orders["grade"].levels.len(), 3);
    }

    #[test]
    fn what_is_wrong_is_said_beside_its_field() {
        let wrong = |fields: &[(&str, &str)]| -> Vec<String> {
            let problems = edited(file(), &form(fields), &[]).unwrap_err();
            problems.iter().map(|problem| problem.field.to_string()).collect()
        };
        assert_eq!(
            wrong(&[("wish-0", "-1"), ("capacity", "x"), ("balance", "5 4")]),
            ["wish-0", "capacity", "balance"]
        );
        assert_eq!(wrong(&[("wish-0", "1"), ("add", "equal")]), ["add-attribute"]);
        assert_eq!(wrong(&[("wish-0", "1"), ("add", "zone"), ("add-number", "0")]), ["add-number"]);
        assert_eq!(
            wrong(&[("wish-0", "1"), ("add", "above"), ("add-attribute", "x"), ("add-number", "1")]),
            ["add-attribute"]
        );
        assert_eq!(wrong(&[("wish-0", "1"), ("add", "competencies"), ("add-weight", "many")]), ["add-weight"]);
    }
}
