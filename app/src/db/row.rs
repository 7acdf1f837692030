//! Values on their way from the engine.

use jiff::Timestamp;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, ValueRef as _};
use uuid::Uuid;

use super::Error;

/// One row of an answer.
#[derive(Debug)]
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// A type that a column can be read as.
pub trait Column: Sized {
    fn read(row: &Row, column: &str) -> Result<Self, Error>;
}

impl Row {
    /// The value of a column, which the statement names.
    pub fn get<T: Column>(&self, column: &str) -> Result<T, Error> {
        T::read(self, column)
    }

    /// The identifiers of a column that [`all_ids!`](crate::all_ids) gathered.
    pub fn ids(&self, column: &str) -> Result<Vec<Uuid>, Error> {
        let text: String = self.get(column)?;
        let read = |id: &str| {
            id.parse()
                .map_err(|_| Error::Column { column: column.to_owned(), reason: "no list of identifiers".to_owned() })
        };
        text.split(',').filter(|id| !id.is_empty()).map(read).collect()
    }

    /// What a column's text is a word for; one that is not known is an error.
    pub fn word<T>(&self, column: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, Error> {
        let text: String = self.get(column)?;
        parse(&text).ok_or_else(|| Error::Column { column: column.to_owned(), reason: format!("unknown: {text}") })
    }

    /// The same where the column may be empty.
    pub fn word_if<T>(&self, column: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Error> {
        if self.is_null(column)? { Ok(None) } else { self.word(column, parse).map(Some) }
    }

    fn is_null(&self, column: &str) -> Result<bool, Error> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get_raw(column)?.is_null(),
            Self::Postgres(row) => row.try_get_raw(column)?.is_null(),
        })
    }
}

impl<T: Column> Column for Option<T> {
    fn read(row: &Row, column: &str) -> Result<Self, Error> {
        if row.is_null(column)? { Ok(None) } else { T::read(row, column).map(Some) }
    }
}

macro_rules! plain {
    ($($type:ty),+) => {$(
        impl Column for $type {
            fn read(row: &Row, column: &str) -> Result<Self, Error> {
                Ok(match row {
                    Row::Sqlite(row) => row.try_get(column)?,
                    Row::Postgres(row) => row.try_get(column)?,
                })
            }
        }
    )+};
}

plain!(String, i64, f64, bool, Vec<u8>, Uuid);

/// A column whose text or number is read as a type of ours.
macro_rules! parsed {
    ($type:ty, $raw:ty, $read:expr) => {
        impl Column for $type {
            fn read(row: &Row, column: &str) -> Result<Self, Error> {
                let raw = <$raw>::read(row, column)?;
                let parse: fn($raw) -> Option<Self> = $read;
                parse(raw).ok_or_else(|| Error::Column {
                    column: column.to_owned(),
                    reason: concat!("no ", stringify!($type)).to_owned(),
                })
            }
        }
    };
}

parsed!(Timestamp, i64, |micros| Timestamp::from_microsecond(micros).ok());
parsed!(u32, i64, |number| u32::try_from(number).ok());
parsed!(u8, i64, |number| u8::try_from(number).ok());
parsed!(crate::i18n::Lang, String, |text: String| crate::i18n::Lang::parse(&text));

/// An identifier of its own type, kept as a UUID.
#[macro_export]
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
            schemars::JsonSchema,
        )]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }
        impl From<$name> for $crate::db::Value {
            fn from(id: $name) -> Self {
                Self::Uuid(id.0)
            }
        }
        impl From<Option<$name>> for $crate::db::Value {
            fn from(id: Option<$name>) -> Self {
                Self::from(id.map(|id| id.0))
            }
        }
        impl $crate::db::Column for $name {
            fn read(row: &$crate::db::Row, column: &str) -> Result<Self, $crate::db::Error> {
                Ok(Self(row.get(column)?))
            }
        }
    };
}
