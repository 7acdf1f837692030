//! What the columns of a table are, for whoever walks all tables.

use super::{Error, Kind, Row, Tx, Value};
use crate::{sql, values};

/// The type of a column by the word that declares it: both engines share these alone.
pub(super) fn kind_of(declared: &str) -> Option<Kind> {
    Some(match declared.to_ascii_uppercase().as_str() {
        "TEXT" => Kind::Text,
        "BIGINT" => Kind::Int,
        "DOUBLE PRECISION" => Kind::Real,
        "BOOLEAN" => Kind::Bool,
        "BYTEA" => Kind::Bytes,
        "UUID" => Kind::Uuid,
        _ => return None,
    })
}

impl Tx {
    /// The columns of a table, in their order.
    pub async fn columns(&mut self, table: &str) -> Result<Vec<(String, Kind)>, Error> {
        let statement = sql!(
            "SELECT /*sqlite name, type AS declared FROM pragma_table_info($1) ORDER BY cid*/ ",
            "/*postgres CAST(column_name AS TEXT) AS name, CAST(data_type AS TEXT) AS declared FROM information_schema.columns ",
            "WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position*/"
        );
        let rows = self.rows(statement, values![table]).await?;
        rows.iter().map(|row| Ok((row.get("name")?, row.word("declared", kind_of)?))).collect()
    }
}

impl Row {
    /// The value of a column, whatever it is.
    pub fn value(&self, column: &str, kind: Kind) -> Result<Value, Error> {
        Ok(match kind {
            Kind::Text => self.get::<Option<String>>(column)?.into(),
            Kind::Int => self.get::<Option<i64>>(column)?.into(),
            Kind::Real => self.get::<Option<f64>>(column)?.into(),
            Kind::Bool => self.get::<Option<bool>>(column)?.into(),
            Kind::Bytes => self.get::<Option<Vec<u8>>>(column)?.into(),
            Kind::Uuid => self.get::<Option<uuid::Uuid>>(column)?.into(),
        })
    }
}
