//! What a framework says: a scale of five levels, and competencies with the behaviours by which each level is seen. Pure.
//!
//! A value of these types is right: whatever came from a form, a file or the database went through [`Framework::parse`] or
//! [`Draft::parse`].

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::i18n::{Lang, Message, fold};
use crate::identity::OrganisationId;
use crate::problems::Problems;

crate::id!(/// A framework of an organisation.
    FrameworkId);
crate::id!(/// One version of a framework, which never changes.
    FrameworkVersionId);

/// How many levels a competency has: the same five that people hold and want competencies at.
pub const LEVELS: usize = 5;
pub const MOST_COMPETENCIES: usize = 40;
/// How many frameworks an organisation may have.
pub const MOST_FRAMEWORKS: usize = 100;
const MOST_BEHAVIOURS: usize = 10;
const LONGEST_NAME: usize = 120;
const LONGEST_LINE: usize = 400;
const LONGEST_TEXT: usize = 2000;

/// The same words in both languages. One of them may be missing; never both, except where nothing need be said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    #[serde(default)]
    es: String,
    #[serde(default)]
    en: String,
}

/// Lines in both languages: behaviours, one a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lines {
    #[serde(default)]
    es: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
}

/// A framework as one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    pub name: Text,
    /// Where it comes from, and under which licence; may be empty.
    #[serde(default)]
    pub source: Text,
    /// What each level is called, the lowest first.
    pub levels: [Text; LEVELS],
    pub competencies: Vec<Competency>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Competency {
    /// Stays the same in every version, whatever the name becomes: what was rated by it is found again.
    pub key: String,
    pub name: Text,
    /// What the competency is.
    pub what: Text,
    /// The behaviours by which each level is seen, the lowest first.
    pub behaviours: [Lines; LEVELS],
}

/// A competency as somebody wrote it, apart from its key.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub name: [String; 2],
    pub what: [String; 2],
    /// A line for each behaviour: by level, then by language.
    pub behaviours: [[String; 2]; LEVELS],
}

/// What is said of the framework itself.
#[derive(Clone, Debug, Default)]
pub struct Heading {
    pub name: [String; 2],
    pub source: [String; 2],
    pub levels: [[String; 2]; LEVELS],
}

/// A version with what it says.
#[derive(Clone, Debug)]
pub struct Version {
    pub id: FrameworkVersionId,
    pub organisation: OrganisationId,
    pub framework: FrameworkId,
    pub number: i64,
    pub content: Framework,
    pub created_at: Timestamp,
}

/// A framework of an organisation, with its newest version.
#[derive(Clone, Debug)]
pub struct Choice {
    pub framework: FrameworkId,
    pub version: FrameworkVersionId,
    pub number: i64,
    pub name: Text,
    pub created_at: Timestamp,
}

/// What a version changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// The framework came to be.
    Begun,
    /// Its name, its source, or what the levels are called.
    Heading,
    Added(Text),
    Edited(Text),
    Removed(Text),
    Moved(Text),
    /// It says again what an earlier version said.
    Restored(i64),
    /// A program wrote all of it.
    Written,
}

impl Text {
    pub fn new(es: impl Into<String>, en: impl Into<String>) -> Self {
        Self { es: clean(&es.into()), en: clean(&en.into()) }
    }

    fn cleaned(&self) -> Self {
        Self::new(self.es.as_str(), self.en.as_str())
    }

    fn of(words: &[String; 2]) -> Self {
        Self::new(words[0].as_str(), words[1].as_str())
    }

    /// The words in a language, or in the other one where they were never written in this.
    pub fn told(&self, lang: Lang) -> &str {
        let (first, second) = match lang {
            Lang::Es => (&self.es, &self.en),
            Lang::En => (&self.en, &self.es),
        };
        if first.is_empty() { second } else { first }
    }

    /// The words as they were written in a language, if they were.
    pub fn written(&self, lang: Lang) -> &str {
        match lang {
            Lang::Es => &self.es,
            Lang::En => &self.en,
        }
    }

    /// The language that the reader is shown, where it is not theirs.
    pub fn foreign(&self, lang: Lang) -> Option<Lang> {
        (self.written(lang).is_empty() && !self.is_empty()).then(|| other(lang))
    }

    pub fn is_empty(&self) -> bool {
        self.es.is_empty() && self.en.is_empty()
    }

    fn is_longer_than(&self, most: usize) -> bool {
        [&self.es, &self.en].iter().any(|text| text.chars().count() > most)
    }
}

impl Lines {
    /// Lines as they were typed in two fields; empty ones are none.
    fn of(texts: &[String; 2]) -> Self {
        let lines = |text: &str| text.lines().map(clean).filter(|line| !line.is_empty()).collect();
        Self { es: lines(&texts[0]), en: lines(&texts[1]) }
    }

    fn cleaned(&self) -> Self {
        Self::of(&[self.es.join("\n"), self.en.join("\n")])
    }

    pub fn told(&self, lang: Lang) -> &[String] {
        let (first, second) = match lang {
            Lang::Es => (&self.es, &self.en),
            Lang::En => (&self.en, &self.es),
        };
        if first.is_empty() { second } else { first }
    }

    pub fn written(&self, lang: Lang) -> &[String] {
        match lang {
            Lang::Es => &self.es,
            Lang::En => &self.en,
        }
    }

    pub fn foreign(&self, lang: Lang) -> Option<Lang> {
        (self.written(lang).is_empty() && !self.is_empty()).then(|| other(lang))
    }

    fn is_empty(&self) -> bool {
        self.es.is_empty() && self.en.is_empty()
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        self.es.iter().chain(&self.en)
    }
}

impl Framework {
    /// A framework as a document told it.
    pub fn parse(document: Self) -> Result<Self, Problems> {
        let document = document.cleaned();
        let mut problems = Problems::default();
        document.check_heading(&mut problems);
        document.check_count(&mut problems);
        let mut keys = std::collections::BTreeSet::new();
        for competency in &document.competencies {
            competency.check(&mut problems);
            if !is_key(&competency.key) || !keys.insert(&competency.key) {
                problems.add("key", Message::new("frameworks-key-wrong").with("key", competency.key.as_str()));
            }
        }
        problems.or(document)
    }

    fn cleaned(self) -> Self {
        let competency = |one: Competency| Competency {
            name: one.name.cleaned(),
            what: one.what.cleaned(),
            behaviours: one.behaviours.map(|lines| lines.cleaned()),
            ..one
        };
        Self {
            name: self.name.cleaned(),
            source: self.source.cleaned(),
            levels: self.levels.map(|level| level.cleaned()),
            competencies: self.competencies.into_iter().map(competency).collect(),
        }
    }

    pub fn competency(&self, key: &str) -> Option<&Competency> {
        self.competencies.iter().find(|competency| competency.key == key)
    }

    /// The same framework under another heading.
    pub fn headed(&self, heading: &Heading) -> Result<Self, Problems> {
        let changed = Self {
            name: Text::of(&heading.name),
            source: Text::of(&heading.source),
            levels: heading.levels.each_ref().map(Text::of),
            competencies: self.competencies.clone(),
        };
        let mut problems = Problems::default();
        changed.check_heading(&mut problems);
        problems.or(changed)
    }

    /// The same framework by another name.
    pub fn named(&self, name: Text) -> Result<Self, Problems> {
        let changed = Self { name, ..self.clone() };
        let mut problems = Problems::default();
        changed.check_heading(&mut problems);
        problems.or(changed)
    }

    /// The same framework with one more competency at its end. Its key is made of its name.
    pub fn with_new(&self, draft: &Draft) -> Result<Self, Problems> {
        let competency = draft.parse(String::new())?;
        let mut changed = self.clone();
        let key = self.new_key(&competency.name);
        changed.competencies.push(Competency { key, ..competency });
        let mut problems = Problems::default();
        changed.check_count(&mut problems);
        problems.or(changed)
    }

    /// The same framework with a competency written anew; `None` where it has none of that key.
    pub fn with(&self, key: &str, draft: &Draft) -> Option<Result<Self, Problems>> {
        let place = self.competencies.iter().position(|competency| competency.key == key)?;
        Some(draft.parse(key.to_owned()).map(|competency| {
            let mut changed = self.clone();
            changed.competencies[place] = competency;
            changed
        }))
    }

    /// The same framework without a competency; `None` where it has none of that key.
    pub fn without(&self, key: &str) -> Option<Result<Self, Problems>> {
        self.competency(key)?;
        let mut changed = self.clone();
        changed.competencies.retain(|competency| competency.key != key);
        let mut problems = Problems::default();
        changed.check_count(&mut problems);
        Some(problems.or(changed))
    }

    /// The same framework with a competency one place up, or down; the first goes no higher, the last no lower.
    pub fn moved(&self, key: &str, up: bool) -> Option<Self> {
        let place = self.competencies.iter().position(|competency| competency.key == key)?;
        let mut changed = self.clone();
        let other =
            if up { place.checked_sub(1) } else { Some(place + 1).filter(|next| *next < self.competencies.len()) };
        if let Some(other) = other {
            changed.competencies.swap(place, other);
        }
        Some(changed)
    }

    fn new_key(&self, name: &Text) -> String {
        let folded = fold(if name.en.is_empty() { &name.es } else { &name.en });
        let words: Vec<&str> =
            folded.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let base: String = words.join("-").chars().take(60).collect();
        let base = Some(base.trim_matches('-')).filter(|base| !base.is_empty()).unwrap_or("c");
        std::iter::once(base.to_owned())
            .chain((2..=MOST_COMPETENCIES + 2).map(|number| format!("{base}-{number}")))
            .find(|key| self.competency(key).is_none() && key != "new")
            .unwrap_or_default()
    }

    fn check_heading(&self, problems: &mut Problems) {
        check_text(problems, "name", &self.name, LONGEST_NAME, true);
        check_text(problems, "source", &self.source, LONGEST_TEXT, false);
        for (level, name) in self.levels.iter().enumerate() {
            check_text(problems, LEVEL_FIELDS[level], name, LONGEST_NAME, true);
        }
    }

    fn check_count(&self, problems: &mut Problems) {
        if self.competencies.is_empty() {
            problems.add("", Message::new("frameworks-none-left"));
        }
        if self.competencies.len() > MOST_COMPETENCIES {
            problems.add("", Message::new("frameworks-too-many").with("most", MOST_COMPETENCIES));
        }
    }
}

/// The form's names for the levels.
pub const LEVEL_FIELDS: [&str; LEVELS] = ["level-1", "level-2", "level-3", "level-4", "level-5"];

impl Competency {
    fn check(&self, problems: &mut Problems) {
        check_text(problems, "name", &self.name, LONGEST_NAME, true);
        check_text(problems, "what", &self.what, LONGEST_TEXT, true);
        for (field, lines) in LEVEL_FIELDS.into_iter().zip(&self.behaviours) {
            check_lines(problems, field, lines);
        }
    }
}

impl Draft {
    /// The competency of that key, as it was written here.
    pub fn parse(&self, key: String) -> Result<Competency, Problems> {
        let competency = Competency {
            key,
            name: Text::of(&self.name),
            what: Text::of(&self.what),
            behaviours: self.behaviours.each_ref().map(Lines::of),
        };
        let mut problems = Problems::default();
        competency.check(&mut problems);
        problems.or(competency)
    }
}

fn check_text(problems: &mut Problems, field: &'static str, text: &Text, most: usize, is_needed: bool) {
    if is_needed && text.is_empty() {
        problems.add(in_form(field), Message::new("frameworks-words-missing"));
    }
    if text.is_longer_than(most) {
        problems.add(in_form(field), Message::new("frameworks-words-long").with("most", most));
    }
}

fn check_lines(problems: &mut Problems, field: &'static str, lines: &Lines) {
    if lines.is_empty() {
        problems.add(in_form(field), Message::new("frameworks-behaviour-missing"));
    }
    if lines.es.len().max(lines.en.len()) > MOST_BEHAVIOURS {
        problems.add(in_form(field), Message::new("frameworks-behaviours-many").with("most", MOST_BEHAVIOURS));
    }
    if lines.all().any(|line| line.chars().count() > LONGEST_LINE) {
        problems.add(in_form(field), Message::new("frameworks-words-long").with("most", LONGEST_LINE));
    }
}

/// The field to mend: of two, the first.
fn in_form(field: &str) -> String {
    format!("{field}-{}", Lang::ALL[0].code())
}

fn is_key(key: &str) -> bool {
    (1..=80).contains(&key.len())
        && key != "new"
        && key.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Es => Lang::En,
        Lang::En => Lang::Es,
    }
}

/// Without the blanks around it and the signs that steer a terminal; inner line ends stay.
fn clean(text: &str) -> String {
    let kept: String =
        text.replace("\r\n", "\n").chars().filter(|letter| !letter.is_control() || *letter == '\n').collect();
    kept.trim().to_owned()
}
