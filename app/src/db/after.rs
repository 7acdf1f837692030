//! Where a page of a list begins. Lists stand in the order of a key that Rust computed, and of identifiers where that is the same.

use uuid::Uuid;

/// After this row; by default before the first one. What a link carries may be shortened or made up by anybody: what is none is the
/// beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct After {
    pub sort: Vec<u8>,
    pub id: Uuid,
}

impl After {
    /// The beginning, or what a link of a former page carries.
    pub fn parse(text: &str) -> Self {
        let parsed = text
            .split_once('.')
            .and_then(|(id, sort)| Some(Self { id: id.parse().ok()?, sort: hex::decode(sort).ok()? }));
        parsed.unwrap_or_default()
    }

    /// Whether it is not the beginning.
    pub fn is_somewhere(&self) -> bool {
        !self.id.is_nil()
    }

    /// What the link to the page after this row carries.
    pub fn of(id: Uuid, sort: &[u8]) -> String {
        format!("{id}.{}", hex::encode(sort))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_where_it_goes_on() {
        let row = After { sort: vec![7, 0, 255], id: Uuid::from_u128(3) };
        assert_eq!(After::parse(&After::of(row.id, &row.sort)), row);
        for text in ["", "x", "x.00", "00000000-0000-0000-0000-000000000003.0g", "."] {
            assert!(!After::parse(text).is_somewhere(), "{text}");
        }
    }
}
