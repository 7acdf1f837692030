//! A TOML table read key by key, so that whatever is wrong can be said with its line and in the reader's language.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::i18n::Message;

/// What is wrong in a file, and in which line (from 1).
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub line: usize,
    pub message: Message,
}

impl Fault {
    /// The fault as one sentence with its line.
    pub fn message(&self) -> Message {
        Message::new("pairing-fault").with("line", self.line).with("fault", self.message.clone())
    }
}

/// One table of the file, whose keys are taken one after the other; what is left over at the end nobody knows.
pub(super) struct Section<'t> {
    text: &'t str,
    start: usize,
    table: DeTable<'t>,
    asked: Vec<&'static str>,
}

/// A value and where it stands.
pub(super) struct Entry<'t> {
    text: &'t str,
    start: usize,
    key: String,
    value: DeValue<'t>,
}

impl<'t> Section<'t> {
    pub(super) fn root(text: &'t str) -> Result<Self, Fault> {
        let table = DeTable::parse(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            fault(text, start, Message::new("pairing-fault-toml").with("detail", error.message()))
        })?;
        Ok(Self { text, start: table.span().start, table: table.into_inner(), asked: Vec::new() })
    }

    pub(super) fn take(&mut self, key: &'static str) -> Option<Entry<'t>> {
        self.asked.push(key);
        let value = self.table.remove(key)?;
        Some(Entry { text: self.text, start: value.span().start, key: key.to_owned(), value: value.into_inner() })
    }

    pub(super) fn need(&mut self, key: &'static str) -> Result<Entry<'t>, Fault> {
        let missing = self.fault(Message::new("pairing-fault-missing").with("key", key));
        self.take(key).ok_or(missing)
    }

    /// Every key with its value, for a table whose keys are names of the file's own.
    pub(super) fn entries(self) -> Vec<Entry<'t>> {
        let text = self.text;
        self.table
            .into_iter()
            .map(|(key, value)| Entry {
                text,
                start: key.span().start,
                key: key.into_inner().into_owned(),
                value: value.into_inner(),
            })
            .collect()
    }

    pub(super) fn finish(self) -> Result<(), Fault> {
        let Some(key) = self.table.keys().next() else { return Ok(()) };
        let message = Message::new("pairing-fault-unknown-key")
            .with("key", key.get_ref().as_ref())
            .with("known", self.asked.join(", "));
        Err(fault(self.text, key.span().start, message))
    }

    pub(super) fn fault(&self, message: Message) -> Fault {
        fault(self.text, self.start, message)
    }
}

impl<'t> Entry<'t> {
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// The line in which it stands, from 1.
    pub(super) fn line(&self) -> usize {
        line_of(self.text, self.start)
    }

    pub(super) fn fault(&self, message: Message) -> Fault {
        fault(self.text, self.start, message)
    }

    pub(super) fn text(self) -> Result<String, Fault> {
        match self.value {
            DeValue::String(text) if !text.trim().is_empty() => Ok(text.into_owned()),
            _ => Err(self.wanted("pairing-fault-text")),
        }
    }

    /// A whole number of `least` to `most`.
    pub(super) fn whole(self, least: u32, most: u32) -> Result<u32, Fault> {
        let number = match &self.value {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        number.filter(|number| (least..=most).contains(number)).ok_or_else(|| {
            let message = Message::new("pairing-fault-whole").with("key", self.key.as_str());
            self.fault(message.with("least", least).with("most", most))
        })
    }

    pub(super) fn number(self) -> Result<f64, Fault> {
        let number = match &self.value {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse::<f64>().ok().filter(|number| number.is_finite()),
            _ => None,
        };
        number.ok_or_else(|| self.wanted("pairing-fault-number"))
    }

    /// One of the named choices.
    pub(super) fn choice<T: Copy>(self, choices: &[(&str, T)]) -> Result<T, Fault> {
        let found = match &self.value {
            DeValue::String(text) => choices.iter().find(|(name, _)| *name == text.trim()).map(|(_, value)| *value),
            _ => None,
        };
        found.ok_or_else(|| {
            let known = choices.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
            self.fault(Message::new("pairing-fault-choice").with("key", self.key.as_str()).with("known", known))
        })
    }

    pub(super) fn list(self) -> Result<Vec<Entry<'t>>, Fault> {
        let (text, key) = (self.text, self.key.clone());
        let item = |value: Spanned<DeValue<'t>>| {
            let start = value.span().start;
            Entry { text, start, key: key.clone(), value: value.into_inner() }
        };
        match self.value {
            DeValue::Array(items) => Ok(items.into_iter().map(item).collect()),
            _ => Err(self.wanted("pairing-fault-list")),
        }
    }

    pub(super) fn section(self) -> Result<Section<'t>, Fault> {
        match self.value {
            DeValue::Table(table) => Ok(Section { text: self.text, start: self.start, table, asked: Vec::new() }),
            _ => Err(self.wanted("pairing-fault-table")),
        }
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.value, DeValue::String(_))
    }

    fn wanted(&self, key: &'static str) -> Fault {
        self.fault(Message::new(key).with("key", self.key.as_str()))
    }
}

fn fault(text: &str, start: usize, message: Message) -> Fault {
    Fault { line: line_of(text, start), message }
}

fn line_of(text: &str, start: usize) -> usize {
    text.get(..start).unwrap_or(text).matches('\n').count() + 1
}

/// A text as TOML writes it, on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            _ if letter.is_control() => quoted.extend(["\\u", &format!("{:04X}", u32::from(letter))]),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_reads_the_same() {
        for text in ["grade", "a \"b\" \\ c", "line\nend\ttab\u{7}\u{7f}", "«ñ»"] {
            let file = format!("x = {}", quoted(text));
            assert_eq!(Section::root(&file).unwrap().take("x").unwrap().text().unwrap(), text);
        }
    }
}
