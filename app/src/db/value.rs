//! Values on their way to the engine.

use jiff::Timestamp;
use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Postgres, SqlSafeStr, Sqlite};
use uuid::Uuid;

/// A value of one of the types that both engines share. A missing value keeps its type, which PostgreSQL asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null(Kind),
    Text(String),
    Int(i64),
    Real(f64),
    Bool(bool),
    Bytes(Vec<u8>),
    Uuid(Uuid),
    /// For `in_ids!`: a JSON text to SQLite, an array to PostgreSQL, which then knows how many they are when it plans.
    Ids(Vec<Uuid>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Int,
    Real,
    Bool,
    Bytes,
    Uuid,
}

/// Values in the order of `$1, $2, …`.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::db::Value::from($value)),*] };
}

macro_rules! bound {
    ($name:ident, $engine:ty, $arguments:ty, $list:ident => $ids:expr) => {
        pub(super) fn $name(text: impl SqlSafeStr, values: Vec<Value>) -> Query<'static, $engine, $arguments> {
            values.into_iter().fold(sqlx::query(text), |query, value| match value {
                Value::Null(Kind::Text) => query.bind(None::<String>),
                Value::Null(Kind::Int) => query.bind(None::<i64>),
                Value::Null(Kind::Real) => query.bind(None::<f64>),
                Value::Null(Kind::Bool) => query.bind(None::<bool>),
                Value::Null(Kind::Bytes) => query.bind(None::<Vec<u8>>),
                Value::Null(Kind::Uuid) => query.bind(None::<Uuid>),
                Value::Text(text) => query.bind(without_nul(text)),
                Value::Int(number) => query.bind(number),
                Value::Real(number) => query.bind(number),
                Value::Bool(truth) => query.bind(truth),
                Value::Bytes(bytes) => query.bind(bytes),
                Value::Uuid(uuid) => query.bind(uuid),
                Value::Ids($list) => query.bind($ids),
            })
        }
    };
}

bound!(bind_sqlite, Sqlite, SqliteArguments, list => in_json(&list));
bound!(bind_postgres, Postgres, PgArguments, list => filled(list));

/// How many PostgreSQL reckons with where it does not know how long an array will be.
const RECKONED: usize = 10;

/// A plan for a list of five looks better to PostgreSQL than the one it would keep for any list, and so it plans anew each time, which takes
/// longer than all the rest. A list that is filled up with an identifier that nothing has looks no better, and is planned once.
fn filled(mut list: Vec<Uuid>) -> Vec<Uuid> {
    list.resize(list.len().max(RECKONED), Uuid::nil());
    list
}

fn in_json(list: &[Uuid]) -> String {
    let list: Vec<String> = list.iter().map(|id| id.simple().to_string()).collect();
    serde_json::json!(list).to_string()
}

/// PostgreSQL takes no NUL in a text, and nobody types one; both engines keep the sign for what cannot be read.
fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }
}

/// The pattern of `LIKE … ESCAPE '\'` for whatever contains this text.
pub fn containing(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// A list of identifiers as one value, for `in_ids!`.
pub fn ids(of: impl Iterator<Item = Uuid>) -> Value {
    Value::Ids(of.collect())
}

macro_rules! from {
    ($type:ty, $kind:ident, $value:ident => $into:expr) => {
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                Self::$kind($into)
            }
        }
        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                value.map_or(Self::Null(Kind::$kind), Self::from)
            }
        }
    };
}

from!(String, Text, text => text);
from!(&str, Text, text => text.to_owned());
from!(&String, Text, text => text.clone());
from!(i64, Int, number => number);
from!(u32, Int, number => number.into());
from!(u8, Int, number => number.into());
from!(Timestamp, Int, instant => instant.as_microsecond());
from!(f64, Real, number => number);
from!(bool, Bool, truth => truth);
from!(Vec<u8>, Bytes, bytes => bytes);
from!(Uuid, Uuid, uuid => uuid);
from!(crate::i18n::Lang, Text, lang => lang.code().to_owned());
