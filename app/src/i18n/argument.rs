//! How what fills a message is read again. Of a page of reasons there are a thousand, and to try one form after the other, as serde does
//! with what bears no tag, takes longer than all the rest of the reading.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use uuid::Uuid;

use super::{Argument, Message};

/// A message, or somebody.
#[derive(Deserialize)]
struct Named {
    key: Option<Cow<'static, str>>,
    #[serde(default)]
    arguments: Vec<(Cow<'static, str>, Argument)>,
    person: Option<Uuid>,
}

struct Reading;

impl<'de> Deserialize<'de> for Argument {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reading)
    }
}

impl<'de> Visitor<'de> for Reading {
    type Value = Argument;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number, a text, a message or somebody")
    }

    fn visit_i64<E>(self, number: i64) -> Result<Argument, E> {
        Ok(Argument::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Argument, E> {
        i64::try_from(number).map(Argument::Number).map_err(E::custom)
    }

    fn visit_str<E>(self, text: &str) -> Result<Argument, E> {
        Ok(Argument::Text(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Argument, A::Error> {
        match Named::deserialize(MapAccessDeserializer::new(map))? {
            Named { key: Some(key), arguments, .. } => Ok(Argument::Message(Box::new(Message { key, arguments }))),
            Named { person: Some(person), .. } => Ok(Argument::Person { person }),
            Named { .. } => Err(A::Error::missing_field("key")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_as_it_was_written() {
        let inner = Message::new("inner").with("count", 1_i64);
        let forms = [
            Argument::Number(-3),
            Argument::Text("3".to_owned()),
            Argument::Message(Box::new(inner)),
            Argument::Person { person: Uuid::from_u128(7) },
        ];
        for form in forms {
            let text = serde_json::to_string(&form).unwrap();
            assert_eq!(serde_json::from_str::<Argument>(&text).unwrap(), form, "{text}");
        }
        assert!(serde_json::from_str::<Argument>("{}").is_err());
    }
}
