//! What people read, in Spanish and English: messages from `locales/`, numbers and dates in the person's form, and
//! text folded to search and keyed to sort so that both database engines agree. Nothing else imports fluent or ICU.

mod argument;
mod fold;
mod form;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, PoisonError, RwLock};

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use fold::{fold, sort_key, tidy};
pub use form::read_date;

static SPANISH: LanguageIdentifier = langid!("es");
static ENGLISH: LanguageIdentifier = langid!("en");

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| {
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(match bundle.locales.first() {
                Some(language) if language.language == langid!("es").language => |value, _| form::fluent_number(Lang::Es, value),
                _ => |value, _| form::fluent_number(Lang::En, value),
            }));
        },
    };
}

/// What has been said in each language: a page says the same words hundreds of times, and to look them up takes ten times as long as
/// to copy them.
static SAID: LazyLock<[RwLock<HashMap<String, String>>; 2]> = LazyLock::new(Default::default);

/// A language that the pages are written in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Es,
    En,
}

/// A sentence still to be spoken: its key and what fills it. Rules give these; doors speak them in the reader's language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub key: Cow<'static, str>,
    #[serde(default)]
    pub arguments: Vec<(Cow<'static, str>, Argument)>,
}

/// What fills a place in a [`Message`]. Numbers choose the plural and are written in the reader's form.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Argument {
    Number(i64),
    Text(String),
    /// A message inside a message: the name of a rule inside a reason, say.
    Message(Box<Message>),
    /// Somebody on record, who is named when it is read: what is kept names nobody. Unnamed it is somebody who is there no longer.
    Person {
        person: Uuid,
    },
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::Es, Self::En];

    pub fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// The language of a tag such as `es`, `es-MX` or `EN_gb`, if pages are written in it.
    pub fn parse(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.trim().to_ascii_lowercase().as_str() {
            "es" => Some(Self::Es),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header, by weight and then by order, that pages are written in.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut wishes: Vec<(u16, Self)> = header
            .split(',')
            .filter_map(|wish| {
                let mut parts = wish.split(';');
                let language = Self::parse(parts.next()?)?;
                let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a weight is 0 to 1")]
                let thousandths = (weight.clamp(0.0, 1.0) * 1000.0) as u16;
                Some((thousandths, language))
            })
            .collect();
        wishes.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        wishes.first().filter(|(weight, _)| *weight > 0).map(|(_, language)| *language)
    }

    /// The message of a key that needs nothing to fill it.
    pub fn say(self, key: &str) -> String {
        let [spanish, english] = &*SAID;
        let said = match self {
            Self::Es => spanish,
            Self::En => english,
        };
        if let Some(words) = said.read().unwrap_or_else(PoisonError::into_inner).get(key) {
            return words.clone();
        }
        let words = LOCALES.lookup(self.identifier(), key);
        said.write().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), words.clone());
        words
    }

    /// The message, filled and in this language.
    pub fn tell(self, message: &Message) -> String {
        if message.arguments.is_empty() {
            return self.say(&message.key);
        }
        let arguments: HashMap<Cow<'static, str>, FluentValue<'_>> =
            message.arguments.iter().map(|(name, argument)| (name.clone(), argument.value(self))).collect();
        LOCALES.lookup_with_args(self.identifier(), &message.key, &arguments)
    }

    fn identifier(self) -> &'static LanguageIdentifier {
        match self {
            Self::Es => &SPANISH,
            Self::En => &ENGLISH,
        }
    }
}

impl std::fmt::Display for Lang {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.code())
    }
}

impl Message {
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), arguments: Vec::new() }
    }

    /// The same message with one more place filled.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, argument: impl Into<Argument>) -> Self {
        self.arguments.push((name.into(), argument.into()));
        self
    }

    /// Notes who is to be named in it.
    pub fn persons(&self, into: &mut Vec<Uuid>) {
        self.arguments.iter().for_each(|(_, argument)| argument.persons(into));
    }

    /// Names them.
    pub fn name(&mut self, names: &BTreeMap<Uuid, String>) {
        self.arguments.iter_mut().for_each(|(_, argument)| argument.name(names));
    }
}

impl Argument {
    fn value(&self, lang: Lang) -> FluentValue<'_> {
        match self {
            Self::Number(number) => FluentValue::from(*number),
            Self::Text(text) => FluentValue::from(text.as_str()),
            Self::Message(message) => FluentValue::from(lang.tell(message)),
            Self::Person { .. } => FluentValue::from(lang.say("common-somebody-gone")),
        }
    }

    /// By itself, where no sentence stands around it.
    pub fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Number(number) => lang.number(*number),
            Self::Text(text) => text.clone(),
            Self::Message(message) => lang.tell(message),
            Self::Person { .. } => lang.say("common-somebody-gone"),
        }
    }

    /// Notes who is to be named in it.
    pub fn persons(&self, into: &mut Vec<Uuid>) {
        match self {
            Self::Person { person } => into.push(*person),
            Self::Message(message) => message.persons(into),
            Self::Number(_) | Self::Text(_) => {}
        }
    }

    /// Names them.
    pub fn name(&mut self, names: &BTreeMap<Uuid, String>) {
        match self {
            Self::Person { person } => {
                if let Some(name) = names.get(person) {
                    *self = Self::Text(name.clone());
                }
            }
            Self::Message(message) => message.name(names),
            Self::Number(_) | Self::Text(_) => {}
        }
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Argument {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Argument {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_is_accepted() {
        assert_eq!(Lang::accepted("fr, en;q=0.5, es-MX;q=0.8"), Some(Lang::Es));
        assert_eq!(Lang::accepted("en-GB,en;q=0.9,es;q=0.9"), Some(Lang::En));
        assert_eq!(Lang::accepted("de, fr;q=0.2"), None);
        assert_eq!(Lang::accepted("es;q=0"), None);
    }

    #[test]
    fn who_is_kept_by_their_identifier_is_named_when_it_is_read() {
        let person = Uuid::from_u128(7);
        let inner = Message::new("pairing-note-more-seats-at").with("mentor", Argument::Person { person });
        let kept = Message::new("pairing-list").with("list", inner.with("seats", 1_i64)).with("item", "Max (+2)");
        let text = serde_json::to_string(&kept).unwrap();
        let mut read: Message = serde_json::from_str(&text).unwrap();
        assert_eq!(read, kept, "it comes back as it went, and what was kept with names reads as well");
        assert_eq!(Lang::En.tell(&read), "somebody who is no longer here (+1), Max (+2)");
        let mut persons = Vec::new();
        read.persons(&mut persons);
        assert_eq!(persons, [person]);
        read.name(&BTreeMap::from([(person, "Zoe".to_owned())]));
        assert_eq!(Lang::En.tell(&read), "Zoe (+1), Max (+2)");
    }

    #[test]
    fn numbers_in_messages_bear_the_readers_form() {
        let message = Message::new("common-rows").with("rows", 12_345_i64);
        assert_eq!(Lang::Es.tell(&message), "12.345 filas");
        assert_eq!(Lang::En.tell(&message), "12,345 rows");
        assert_eq!(Lang::Es.tell(&Message::new("common-rows").with("rows", 1_i64)), "1 fila");
    }
}
