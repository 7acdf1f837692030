//! `rules.toml`: the rules as a file that a coordinator reads, edits and keeps. Its comments say each rule aloud. Reading is strict:
//! an unknown key, a value out of range or an order that is nowhere given is a fault with its line.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::distance::Coordinates;
use super::model::Pool;
use super::rules::{Balance, GREATEST, MOST_RULES, Must, Order, Preference, Rules, Unknown, Wish};
use super::toml_lines::{Entry, Fault, Section, quoted};
use crate::i18n::{Lang, Message};
use crate::people::columns::{Attribute, Column, Visibility};

/// The whole file: the rules, and what was decided about the columns of the two sheets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RulesFile {
    pub rules: Rules,
    pub columns: Columns,
    /// The line in which each attribute was first named by a rule.
    named_in: BTreeMap<String, usize>,
}

/// Decisions by the heading that they are about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    pub mentees: BTreeMap<String, Column>,
    pub mentors: BTreeMap<String, Column>,
}

const SEEN_BY: [(&str, Visibility); 3] =
    [("all", Visibility::All), ("coordinator", Visibility::Coordinator), ("rules", Visibility::Rules)];
const UNKNOWN: [(&str, Unknown); 2] = [("allow", Unknown::Allow), ("forbid", Unknown::Forbid)];

impl RulesFile {
    pub fn new(rules: Rules) -> Self {
        Self { rules, ..Self::default() }
    }

    /// Other rules for the same columns.
    #[must_use]
    pub fn with(self, rules: Rules) -> Self {
        Self { rules, columns: self.columns, named_in: BTreeMap::new() }
    }

    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut root = Section::root(text)?;
        let mut file = Self::default();
        file.rules.capacity = optional(&mut root, "capacity", capacity)?.flatten();
        file.rules.orders = optional(&mut root, "orders", orders)?.unwrap_or_default();
        file.rules.places = optional(&mut root, "places", places)?.unwrap_or_default();
        file.rules.balance = optional(&mut root, "balance", balance)?;
        file.columns = optional(&mut root, "columns", columns)?.unwrap_or_default();
        for rule in rule_tables(&mut root, "must")? {
            let must = file.must(rule)?;
            file.rules.musts.push(must);
        }
        for rule in rule_tables(&mut root, "prefer")? {
            let preference = file.preference(rule)?;
            file.rules.preferences.push(preference);
        }
        root.finish()?;
        Ok(file)
    }

    /// The first rule that names an attribute which no column gives.
    pub fn unknown_attribute(&self, pool: &Pool) -> Option<Fault> {
        let unknown = |name: &&str| !pool.attributes.contains_key(*name) && !super::rules::FIELDS.contains(name);
        let name = self.rules.attributes().into_iter().find(unknown)?;
        let line = self.named_in.get(name).copied().unwrap_or(1);
        Some(Fault { line, message: Message::new("pairing-fault-no-such-attribute").with("attribute", name) })
    }

    fn must(&mut self, mut rule: Section<'_>) -> Result<Must, Fault> {
        type Make = fn(&mut RulesFile, &mut Section<'_>) -> Result<Must, Fault>;
        const KNOWN: [(&str, Make); 7] = [
            ("reporting-line", |_, _| Ok(Must::ReportingLine)),
            ("conflict", |_, _| Ok(Must::NoConflict)),
            ("former-mentor", |_, _| Ok(Must::NotFormerMentor)),
            ("language", |_, rule| Ok(Must::SharedLanguage { unknown: unknown(rule)? })),
            ("equal", |file, rule| {
                Ok(Must::Equal { attribute: file.name(rule, "attribute")?, unknown: unknown(rule)? })
            }),
            ("differ", |file, rule| {
                Ok(Must::Differ { attribute: file.name(rule, "attribute")?, unknown: unknown(rule)? })
            }),
            ("above", |file, rule| {
                let (attribute, order) = file.ordered(rule)?;
                let levels = rule.need("levels")?.whole(0, 1000)?;
                Ok(Must::Above { attribute, order, levels, unknown: unknown(rule)? })
            }),
        ];
        let make = rule.need("rule")?.choice(&KNOWN)?;
        let must = make(self, &mut rule)?;
        rule.finish()?;
        Ok(must)
    }

    fn preference(&mut self, mut rule: Section<'_>) -> Result<Preference, Fault> {
        type Make = fn(&mut RulesFile, &mut Section<'_>) -> Result<Wish, Fault>;
        const KNOWN: [(&str, Make); 9] = [
            ("competencies", |_, _| Ok(Wish::Competencies)),
            ("mentee-ranking", |_, _| Ok(Wish::MenteeRanking)),
            ("mentor-ranking", |_, _| Ok(Wish::MentorRanking)),
            ("zone", |_, rule| Ok(Wish::Zone { hours: rule.need("hours")?.whole(1, 12)? })),
            ("place", |_, rule| Ok(Wish::Place { kilometres: rule.need("kilometres")?.whole(1, 20_100)? })),
            ("gap", |file, rule| {
                let (attribute, order) = file.ordered(rule)?;
                Ok(Wish::Gap { attribute, order, levels: rule.need("levels")?.whole(0, 1000)? })
            }),
            ("similar", |file, rule| Ok(Wish::Similar { attribute: file.name(rule, "attribute")? })),
            ("different", |file, rule| Ok(Wish::Different { attribute: file.name(rule, "attribute")? })),
            ("words", |file, rule| {
                let mentee_text = file.name(rule, "mentee_text")?;
                let mentor_text = file.name(rule, "mentor_text")?;
                Ok(Wish::Words { mentee_text, mentor_text, enough: rule.need("enough")?.whole(1, 1000)? })
            }),
        ];
        let make = rule.need("rule")?.choice(&KNOWN)?;
        let wish = make(self, &mut rule)?;
        let weight = rule.need("weight")?.whole(0, GREATEST)?;
        let only_if = rule.take("only_if").map(|entry| self.named(entry)).transpose()?;
        rule.finish()?;
        Ok(Preference { weight, wish, only_if })
    }

    fn name(&mut self, rule: &mut Section<'_>, key: &'static str) -> Result<String, Fault> {
        let entry = rule.need(key)?;
        self.named(entry)
    }

    fn named(&mut self, entry: Entry<'_>) -> Result<String, Fault> {
        let line = entry.line();
        let name = entry.text()?;
        self.named_in.entry(name.clone()).or_insert(line);
        Ok(name)
    }

    /// The attribute of a rule about levels, and the order that it stands in: the one of its own name unless another is given.
    fn ordered(&mut self, rule: &mut Section<'_>) -> Result<(String, String), Fault> {
        let attribute = self.name(rule, "attribute")?;
        let missing = |order: &str| Message::new("pairing-fault-no-such-order").with("order", order);
        let Some(entry) = rule.take("order") else {
            let known = self.rules.orders.contains_key(&attribute);
            let fault = rule.fault(missing(&attribute));
            return if known { Ok((attribute.clone(), attribute)) } else { Err(fault) };
        };
        let line = entry.line();
        let order = entry.text()?;
        if self.rules.orders.contains_key(&order) {
            Ok((attribute, order))
        } else {
            Err(Fault { line, message: missing(&order) })
        }
    }
}

fn optional<'t, T>(
    root: &mut Section<'t>,
    key: &'static str,
    read: impl FnOnce(Section<'t>) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    root.take(key).map(|entry| read(entry.section()?)).transpose()
}

fn rule_tables<'t>(root: &mut Section<'t>, key: &'static str) -> Result<Vec<Section<'t>>, Fault> {
    let Some(entry) = root.take(key) else { return Ok(Vec::new()) };
    let too_many = entry.fault(Message::new("pairing-fault-too-many").with("most", MOST_RULES));
    let rules = entry.list()?;
    if rules.len() > MOST_RULES { Err(too_many) } else { rules.into_iter().map(Entry::section).collect() }
}

fn unknown(rule: &mut Section<'_>) -> Result<Unknown, Fault> {
    Ok(rule.take("unknown").map(|entry| entry.choice(&UNKNOWN)).transpose()?.unwrap_or_default())
}

fn capacity(mut section: Section<'_>) -> Result<Option<u32>, Fault> {
    let seats = section.take("default").map(|entry| entry.whole(0, GREATEST)).transpose()?;
    section.finish()?;
    Ok(seats)
}

fn balance(mut section: Section<'_>) -> Result<Balance, Fault> {
    let entry = section.need("penalties")?;
    let falls = entry.fault(Message::new("pairing-fault-penalties"));
    let penalties = entry.list()?.into_iter().map(|penalty| penalty.whole(0, GREATEST)).collect::<Result<_, _>>()?;
    section.finish()?;
    Balance::new(penalties).ok_or(falls)
}

fn orders(section: Section<'_>) -> Result<BTreeMap<String, Order>, Fault> {
    section.entries().into_iter().map(|entry| Ok((entry.key().to_owned(), order(entry)?))).collect()
}

fn order(entry: Entry<'_>) -> Result<Order, Fault> {
    let empty = entry.fault(Message::new("pairing-fault-order-empty").with("order", entry.key()));
    let mut order = Order::default();
    for level in entry.list()? {
        let line = level.line();
        let alike = if level.is_text() {
            vec![level.text()?]
        } else {
            level.list()?.into_iter().map(Entry::text).collect::<Result<Vec<_>, _>>()?
        };
        if let Some(twice) = alike.iter().find(|value| order.level(value).is_some()) {
            let message = Message::new("pairing-fault-order-twice").with("value", twice.as_str());
            return Err(Fault { line, message });
        }
        order.levels.push(alike);
    }
    if order.levels.is_empty() { Err(empty) } else { Ok(order) }
}

fn places(section: Section<'_>) -> Result<BTreeMap<String, Coordinates>, Fault> {
    section.entries().into_iter().map(|entry| Ok((entry.key().to_owned(), coordinates(entry)?))).collect()
}

fn coordinates(entry: Entry<'_>) -> Result<Coordinates, Fault> {
    let wrong = entry.fault(Message::new("pairing-fault-coordinates").with("place", entry.key()));
    let numbers = entry.list()?.into_iter().map(Entry::number).collect::<Result<Vec<_>, _>>()?;
    match numbers[..] {
        [latitude, longitude] if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 => {
            Ok(Coordinates { latitude, longitude })
        }
        _ => Err(wrong),
    }
}

fn columns(mut section: Section<'_>) -> Result<Columns, Fault> {
    let mentees = optional(&mut section, "mentees", columns_of_one)?.unwrap_or_default();
    let mentors = optional(&mut section, "mentors", columns_of_one)?.unwrap_or_default();
    section.finish()?;
    Ok(Columns { mentees, mentors })
}

fn columns_of_one(section: Section<'_>) -> Result<BTreeMap<String, Column>, Fault> {
    section.entries().into_iter().map(|entry| Ok((entry.key().to_owned(), column(entry)?))).collect()
}

fn column(entry: Entry<'_>) -> Result<Column, Fault> {
    let mut section = entry.section()?;
    let column = if let Some(field) = section.take("field") {
        let fields = Column::PLAIN.iter().filter(|column| **column != Column::LeaveOut);
        let known: Vec<(&str, &Column)> = fields.map(|column| (column.code(), column)).collect();
        field.choice(&known)?.clone()
    } else if let Some(key) = section.take("attribute") {
        Column::Attribute(Attribute {
            key: key.text()?,
            visibility: section.need("seen_by")?.choice(&SEEN_BY)?,
            purpose: section.need("purpose")?.text()?,
            legal_basis: section.take("legal_basis").map(Entry::text).transpose()?,
            special: None,
        })
    } else {
        section.need("left_out")?.choice(&[("yes", ())])?;
        Column::LeaveOut
    };
    section.finish()?;
    Ok(column)
}

/// Writes the file, each rule said aloud above it. `remarks` stand at the top of the columns, as comments.
pub fn write(file: &RulesFile, pool: &Pool, remarks: &[Message], lang: Lang) -> String {
    let mut text = String::new();
    comment(&mut text, &lang.say("pairing-file-head"));
    let rules = &file.rules;
    if let Some(seats) = rules.capacity {
        part(&mut text, lang, "pairing-file-capacity");
        line(&mut text, &format!("[capacity]\ndefault = {seats}"));
    }
    part(&mut text, lang, "pairing-file-must");
    for must in &rules.musts {
        write_must(&mut text, must, &lang.tell(&must.sentence(pool)));
    }
    part(&mut text, lang, "pairing-file-prefer");
    for preference in &rules.preferences {
        write_preference(&mut text, preference, &lang.tell(&preference.sentence(pool)));
    }
    if let Some(balance) = &rules.balance {
        part(&mut text, lang, "pairing-file-balance");
        line(&mut text, &format!("[balance]\npenalties = {:?}", balance.penalties()));
    }
    if !rules.orders.is_empty() {
        part(&mut text, lang, "pairing-file-orders");
        line(&mut text, "[orders]");
        rules.orders.iter().for_each(|(name, order)| line(&mut text, &written_order(name, order)));
    }
    part(&mut text, lang, "pairing-file-places");
    if !rules.places.is_empty() {
        line(&mut text, "[places]");
        for (place, at) in &rules.places {
            line(&mut text, &format!("{} = [{:?}, {:?}]", quoted(place), at.latitude, at.longitude));
        }
    }
    part(&mut text, lang, "pairing-file-columns");
    for remark in remarks {
        comment(&mut text, &lang.tell(remark));
    }
    write_columns(&mut text, "mentees", &file.columns.mentees);
    write_columns(&mut text, "mentors", &file.columns.mentors);
    text
}

fn write_must(text: &mut String, must: &Must, sentence: &str) {
    let (name, keys): (&str, Vec<(&str, String)>) = match must {
        Must::ReportingLine => ("reporting-line", Vec::new()),
        Must::NoConflict => ("conflict", Vec::new()),
        Must::NotFormerMentor => ("former-mentor", Vec::new()),
        Must::SharedLanguage { unknown } => ("language", vec![unknown_key(*unknown)]),
        Must::Equal { attribute, unknown } => ("equal", vec![("attribute", quoted(attribute)), unknown_key(*unknown)]),
        Must::Differ { attribute, unknown } => {
            ("differ", vec![("attribute", quoted(attribute)), unknown_key(*unknown)])
        }
        Must::Above { attribute, order, levels, unknown } => {
            let levels = ("levels", levels.to_string());
            ("above", vec![("attribute", quoted(attribute)), ("order", quoted(order)), levels, unknown_key(*unknown)])
        }
    };
    write_rule(text, "must", name, &keys, sentence);
}

fn write_preference(text: &mut String, preference: &Preference, sentence: &str) {
    let (name, mut keys): (&str, Vec<(&str, String)>) = match &preference.wish {
        Wish::Competencies => ("competencies", Vec::new()),
        Wish::MenteeRanking => ("mentee-ranking", Vec::new()),
        Wish::MentorRanking => ("mentor-ranking", Vec::new()),
        Wish::Zone { hours } => ("zone", vec![("hours", hours.to_string())]),
        Wish::Place { kilometres } => ("place", vec![("kilometres", kilometres.to_string())]),
        Wish::Gap { attribute, order, levels } => {
            ("gap", vec![("attribute", quoted(attribute)), ("order", quoted(order)), ("levels", levels.to_string())])
        }
        Wish::Similar { attribute } => ("similar", vec![("attribute", quoted(attribute))]),
        Wish::Different { attribute } => ("different", vec![("attribute", quoted(attribute))]),
        Wish::Words { mentee_text, mentor_text, enough } => {
            let texts = [("mentee_text", quoted(mentee_text)), ("mentor_text", quoted(mentor_text))];
            ("words", texts.into_iter().chain([("enough", enough.to_string())]).collect())
        }
    };
    keys.push(("weight", preference.weight.to_string()));
    keys.extend(preference.only_if.as_ref().map(|attribute| ("only_if", quoted(attribute))));
    write_rule(text, "prefer", name, &keys, sentence);
}

fn unknown_key(unknown: Unknown) -> (&'static str, String) {
    let name = UNKNOWN.iter().find(|(_, known)| *known == unknown).map_or("forbid", |(name, _)| *name);
    ("unknown", quoted(name))
}

fn write_rule(text: &mut String, kind: &str, name: &str, keys: &[(&str, String)], sentence: &str) {
    text.push('\n');
    comment(text, sentence);
    line(text, &format!("[[{kind}]]\nrule = {}", quoted(name)));
    for (key, value) in keys {
        line(text, &format!("{key} = {value}"));
    }
}

fn written_order(name: &str, order: &Order) -> String {
    let levels = order.levels.iter().map(|alike| match &alike[..] {
        [only] => quoted(only),
        _ => format!("[{}]", alike.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", ")),
    });
    format!("{} = [{}]", quoted(name), levels.collect::<Vec<_>>().join(", "))
}

fn write_columns(text: &mut String, side: &str, columns: &BTreeMap<String, Column>) {
    if columns.is_empty() {
        return;
    }
    line(text, &format!("\n[columns.{side}]"));
    for (heading, column) in columns {
        let meaning = match column {
            Column::LeaveOut => "left_out = \"yes\"".to_owned(),
            Column::Attribute(attribute) => {
                let seen_by = SEEN_BY.iter().find(|(_, seen_by)| *seen_by == attribute.visibility);
                let seen_by = seen_by.map_or("rules", |(name, _)| *name);
                let basis = attribute.legal_basis.as_deref().map(quoted);
                let basis = basis.map(|basis| format!(", legal_basis = {basis}")).unwrap_or_default();
                let (key, purpose) = (quoted(&attribute.key), quoted(&attribute.purpose));
                format!("attribute = {key}, seen_by = \"{seen_by}\", purpose = {purpose}{basis}")
            }
            field => format!("field = {}", quoted(field.code())),
        };
        line(text, &format!("{} = {{ {meaning} }}", quoted(heading)));
    }
}

fn part(text: &mut String, lang: Lang, key: &str) {
    text.push('\n');
    comment(text, &lang.say(key));
}

fn comment(text: &mut String, words: &str) {
    words.lines().for_each(|words| line(text, format!("# {words}").trim_end()));
}

fn line(text: &mut String, words: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{words}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pairing::testing::pool;

    const EVERYTHING: &str = r#"
[capacity]
default = 2

[[must]]
rule = "reporting-line"
[[must]]
rule = "conflict"
[[must]]
rule = "former-mentor"
[[must]]
rule = "language"
unknown = "allow"
[[must]]
rule = "equal"
attribute = "site"
[[must]]
rule = "differ"
attribute = "unit"
unknown = "allow"
[[must]]
rule = "above"
attribute = "level"
order = "ranks"
levels = 1

[[prefer]]
rule = "competencies"
weight = 400
[[prefer]]
rule = "mentee-ranking"
weight = 250
[[prefer]]
rule = "mentor-ranking"
weight = 150
[[prefer]]
rule = "zone"
hours = 6
weight = 10
[[prefer]]
rule = "place"
kilometres = 400
weight = 10
[[prefer]]
rule = "gap"
attribute = "ranks"
levels = 2
weight = 100
[[prefer]]
rule = "similar"
attribute = "site"
weight = 20
only_if = "wishes"
[[prefer]]
rule = "different"
attribute = "unit"
weight = 30
[[prefer]]
rule = "words"
mentee_text = "post"
mentor_text = "title"
enough = 3
weight = 5

[balance]
penalties = [0, 25, 60]

[orders]
ranks = [["Júnior", "junior"], "Sénior", "Jefa \"de\" área"]

[places]
"Bilbao" = [43.26, -2.93]
"León, Nicaragua" = [12, -86.8]

[columns.mentees]
"Sede" = { attribute = "site", seen_by = "all", purpose = "to meet" }
"Área de trabajo" = { field = "unit" }
[columns.mentors]
"Afiliación" = { attribute = "union", seen_by = "rules", purpose = "p", legal_basis = "Art. 9(2)(a)" }
"Nota" = { left_out = "yes" }
"#;

    #[test]
    fn what_is_written_reads_the_same() {
        let file = RulesFile::parse(EVERYTHING).unwrap();
        assert_eq!((file.rules.musts.len(), file.rules.preferences.len()), (7, 9));
        for lang in Lang::ALL {
            let text = write(&file, &pool(vec![], vec![]), &[Message::new("pairing-file-head")], lang);
            let again = RulesFile::parse(&text).unwrap_or_else(|fault| panic!("{}", lang.tell(&fault.message())));
            assert_eq!((again.rules, again.columns), (file.rules.clone(), file.columns.clone()));
        }
        assert_eq!(RulesFile::parse("").unwrap(), RulesFile::default());
    }

    #[test]
    fn an_attribute_that_no_column_gives_is_named_with_its_line() {
        let file = RulesFile::parse(EVERYTHING).unwrap();
        let fault = file.unknown_attribute(&pool(vec![], vec![])).unwrap();
        assert_eq!(
            Lang::En.tell(&fault.message()),
            "Line 23: no column gives “level”. Say under [columns] which column it is.",
        );
    }

    #[test]
    fn whatever_is_wrong_is_said_with_its_line() {
        let faults = [
            (
                "x = 1",
                "Line 1: nobody knows the key “x”. Known here: capacity, orders, places, balance, columns, must, prefer.",
            ),
            ("[capacity]\ndefault = -1", "Line 2: “default” wants a whole number from 0 to 1,000,000."),
            ("[capacity]\ndefault = 1.5", "Line 2: “default” wants a whole number from 0 to 1,000,000."),
            ("[capacity]\nseats = 1", "Line 2: nobody knows the key “seats”. Known here: default."),
            ("capacity = 3", "Line 1: “capacity” wants a table of keys and values."),
            (
                "[[must]]\n\nrule = \"line\"",
                "Line 3: “rule” wants one of: \"reporting-line\", \"conflict\", \"former-mentor\", \"language\", \"equal\", \"differ\", \"above\".",
            ),
            ("\n[[must]]\nrule = \"equal\"", "Line 2: the key “attribute” is missing."),
            ("[[must]]\nrule = \"conflict\"\nweight = 3", "Line 3: nobody knows the key “weight”. Known here: rule."),
            ("[must]\nrule = \"conflict\"", "Line 1: “must” wants a list between square brackets."),
            (
                "[[must]]\nrule = \"language\"\nunknown = \"no\"",
                "Line 3: “unknown” wants one of: \"allow\", \"forbid\".",
            ),
            ("[[prefer]]\nrule = \"competencies\"", "Line 1: the key “weight” is missing."),
            (
                "[[prefer]]\nrule = \"competencies\"\nweight = \"9\"",
                "Line 3: “weight” wants a whole number from 0 to 1,000,000.",
            ),
            (
                "[[prefer]]\nrule = \"gap\"\nattribute = \"grade\"\nlevels = 1",
                "Line 1: the rule needs the order “grade”, which does not stand under [orders].",
            ),
            (
                "[[prefer]]\nrule = \"gap\"\nattribute = \"grade\"\norder = \"o\"",
                "Line 4: the rule needs the order “o”, which does not stand under [orders].",
            ),
            (
                "[balance]\npenalties = [0, 5, 4]",
                "Line 2: the penalties need at least one number, and none may be lower than the one before it.",
            ),
            (
                "[balance]\npenalties = []",
                "Line 2: the penalties need at least one number, and none may be lower than the one before it.",
            ),
            ("[orders]\n\ngrade = []", "Line 3: the order “grade” has no values."),
            ("[orders]\ngrade = [\"A\",\n\"B\",\n[\"a\"]]", "Line 4: the value “a” stands twice in the order."),
            ("[places]\nX = [91, 0]", "Line 2: “X” wants latitude (−90 to 90) and longitude (−180 to 180)."),
            ("[places]\nX = [\"a\", 0]", "Line 2: “X” wants a number."),
            (
                "[columns.mentees]\nX = { attribute = \"x\", seen_by = \"me\", purpose = \"p\" }",
                "Line 2: “seen_by” wants one of: \"all\", \"coordinator\", \"rules\".",
            ),
            (
                "[columns.mentees]\nX = { attribute = \"x\", seen_by = \"all\" }",
                "Line 2: the key “purpose” is missing.",
            ),
            (
                "[columns.mentees]\nX = { attribute = \" \", seen_by = \"all\", purpose = \"p\" }",
                "Line 2: “attribute” wants a text between quotation marks.",
            ),
            ("[columns.people]", "Line 1: nobody knows the key “people”. Known here: mentees, mentors."),
        ];
        for (text, expected) in faults {
            let fault = RulesFile::parse(text).expect_err(text);
            assert_eq!(Lang::En.tell(&fault.message()), expected, "{text}");
        }
        let fault = RulesFile::parse("[capacity\n").unwrap_err();
        assert!(Lang::Es.tell(&fault.message()).starts_with("Línea 1: esto no es TOML: "), "{fault:?}");
        let rules = "[[must]]\nrule = \"conflict\"\n".repeat(101);
        assert_eq!(
            Lang::En.tell(&RulesFile::parse(&rules).unwrap_err().message()),
            "Line 1: there are more than 100 rules."
        );
    }
}
