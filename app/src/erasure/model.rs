//! A table, whom its rows name, and what becomes of them, as plain data; pure.

use serde_json::Value as Json;

use crate::i18n::fold;

/// A table, and what an export and an erasure do with the rows that name somebody.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    pub name: &'static str,
    /// Every column that names a person.
    pub names: &'static [Naming],
    /// Why rows stay that name somebody; or why nobody's data are in it.
    pub why: &'static str,
    /// Columns with words that are sealed for their author.
    pub sealed: &'static [&'static str],
    /// As which columns the vault knows them, where that is not what they are called.
    pub places: &'static [&'static str],
    /// By which column the vault knows a row.
    pub row: &'static str,
    /// Columns in which others may be quoted by name or address, as in what somebody was told.
    pub quotes: &'static [&'static str],
    /// Columns that may repeat what anybody of an organisation wrote, where nobody can look for it: an erasure empties them in all of its
    /// rows.
    pub echoes: &'static [&'static str],
    /// Columns that are in no export.
    pub untold: &'static [&'static str],
    /// Columns that are in nobody's export but that of whom this expression names: they wrote it.
    pub own: &'static [(&'static str, &'static str)],
    pub is_told: bool,
    /// Which of their rows are in their export, of `$1`; all where it says nothing.
    pub told: &'static str,
    /// Whether those whom a row names know each other by name.
    pub acquaints: bool,
}

/// A column that names a person, and what becomes of its row when that one is erased. What is called theirs is in their export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// The row is theirs, and goes.
    Goes(&'static str),
    /// The row is theirs. What only they may read goes; the rest stays.
    GoesAlone(&'static str),
    /// The row belongs to one of another table, by its `id`: it is theirs and goes as that one is and does.
    With(&'static str, &'static str),
    /// The row is theirs and stays, without what these columns say.
    Stays(&'static str, &'static [Blank]),
    /// The row is not theirs: it says who did something, or who is meant. It stays, without what these columns say.
    By(&'static str, &'static [Blank]),
}

/// A column that is emptied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    Null(&'static str),
    /// This stands there instead.
    Text(&'static str, &'static str),
    /// A key by which names are put in order: that of the name which everybody has who was erased.
    Sort(&'static str),
}

/// How many rows of a table an erasure deleted, and how many it emptied or wrote otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    pub deleted: u64,
    pub emptied: u64,
}

impl Table {
    pub const fn of(name: &'static str, names: &'static [Naming]) -> Self {
        Self {
            name,
            names,
            why: "",
            sealed: &[],
            places: &[],
            row: "id",
            quotes: &[],
            echoes: &[],
            untold: &[],
            own: &[],
            is_told: true,
            told: "",
            acquaints: false,
        }
    }

    /// A table that names nobody, or as evidence alone.
    pub const fn kept(name: &'static str, why: &'static str) -> Self {
        Self::of(name, &[]).because(why)
    }

    /// Why rows stay.
    #[must_use]
    pub const fn because(mut self, why: &'static str) -> Self {
        self.why = why;
        self
    }

    #[must_use]
    pub const fn sealed(mut self, columns: &'static [&'static str]) -> Self {
        self.sealed = columns;
        self
    }

    #[must_use]
    pub const fn placed(mut self, places: &'static [&'static str]) -> Self {
        self.places = places;
        self
    }

    #[must_use]
    pub const fn by_row(mut self, column: &'static str) -> Self {
        self.row = column;
        self
    }

    #[must_use]
    pub const fn quotes(mut self, columns: &'static [&'static str]) -> Self {
        self.quotes = columns;
        self
    }

    #[must_use]
    pub const fn echoes(mut self, columns: &'static [&'static str]) -> Self {
        self.echoes = columns;
        self
    }

    #[must_use]
    pub const fn without(mut self, columns: &'static [&'static str]) -> Self {
        self.untold = columns;
        self
    }

    #[must_use]
    pub const fn own(mut self, columns: &'static [(&'static str, &'static str)]) -> Self {
        self.own = columns;
        self
    }

    /// Its rows are in no export: they tell of others, or of nothing.
    #[must_use]
    pub const fn untold(mut self) -> Self {
        self.is_told = false;
        self
    }

    /// Only these of their rows are in their export: of the others they are told nothing elsewhere either.
    #[must_use]
    pub const fn told(mut self, which: &'static str) -> Self {
        self.told = which;
        self
    }

    #[must_use]
    pub const fn acquaints(mut self) -> Self {
        self.acquaints = true;
        self
    }
}

impl Naming {
    pub fn column(self) -> &'static str {
        match self {
            Self::Goes(column)
            | Self::GoesAlone(column)
            | Self::With(column, _)
            | Self::Stays(column, _)
            | Self::By(column, _) => column,
        }
    }

    /// What is emptied of a row that names somebody here.
    pub fn blanks(self) -> &'static [Blank] {
        match self {
            Self::Stays(_, blanks) | Self::By(_, blanks) => blanks,
            Self::Goes(_) | Self::GoesAlone(_) | Self::With(..) => &[],
        }
    }
}

impl Touched {
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// How somebody is called in what others typed or were told.
#[derive(Clone, Debug)]
pub struct Called<'a> {
    /// Folded.
    name: String,
    addresses: Vec<String>,
    nameless: &'a str,
    /// Whether somebody else has the same name, whom a list may mean as well.
    has_namesake: bool,
}

impl<'a> Called<'a> {
    pub fn new(name: &str, addresses: &[&str], (nameless, has_namesake): (&'a str, bool)) -> Self {
        let addresses = addresses.iter().map(|address| fold(address)).filter(|address| !address.is_empty());
        Self { name: fold(name), addresses: addresses.collect(), nameless, has_namesake }
    }

    /// What is kept of others' words without them; nothing where they are not named. They are named by a whole value alone, of JSON or the
    /// text itself: a part of one may be somebody else, or a word. A list, in which somebody wrote whom they mean, is one without them.
    pub fn without(&self, text: &str) -> Option<String> {
        match serde_json::from_str::<Json>(text) {
            Ok(Json::Array(mut list)) => {
                let before = list.len();
                list.retain(|one| !one.as_str().is_some_and(|text| self.is_meant(text)));
                (list.len() < before).then(|| Json::Array(list).to_string())
            }
            Ok(mut told @ Json::Object(_)) => self.rename(&mut told).then(|| told.to_string()),
            _ => self.instead(text).map(str::to_owned),
        }
    }

    /// Whether something of what was told was their name or address, and reads otherwise now.
    fn rename(&self, told: &mut Json) -> bool {
        match told {
            Json::Array(all) => all.iter_mut().fold(false, |renamed, one| self.rename(one) | renamed),
            Json::Object(values) => values.values_mut().fold(false, |renamed, one| self.rename(one) | renamed),
            Json::String(text) => self.instead(text).map(str::to_owned).is_some_and(|instead| {
                *text = instead;
                true
            }),
            _ => false,
        }
    }

    fn is_meant(&self, text: &str) -> bool {
        let text = fold(text);
        self.addresses.contains(&text) || text == self.name && !self.has_namesake
    }

    fn instead(&self, text: &str) -> Option<&str> {
        let text = fold(text);
        if self.addresses.contains(&text) {
            return Some("");
        }
        (text == self.name && !text.is_empty()).then_some(self.nameless)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_values_name_somebody() {
        let ana = Called::new("Ana Ríos", &["ana@example.org"], ("Persona borrada", false));
        let kept = |text: &str| ana.without(text);
        assert_eq!(kept("ANA  RIOS").as_deref(), Some("Persona borrada"));
        assert_eq!(kept("Ana@Example.org").as_deref(), Some(""));
        for other in ["mariana@example.org", "Ana Ríos Gómez", "Ana", "", r#"["mariana@example.org","Ana Ríos Gómez"]"#]
        {
            assert_eq!(kept(other), None, "{other}");
        }
        assert_eq!(kept(r#"["ana rios","Eva Ruiz","Ana@example.org"]"#).as_deref(), Some(r#"["Eva Ruiz"]"#));
        let told = kept(r#"{"key":"signed","arguments":[["name","Ana Ríos"],["of","x"]]}"#).unwrap();
        assert!(told.contains("Persona borrada") && !told.contains("Ana"), "{told}");
        // Where somebody else has the name, a list may mean them.
        let one_of_two = Called::new("Ana Ríos", &["ana@example.org"], ("Persona borrada", true));
        assert_eq!(one_of_two.without(r#"["Ana Ríos"]"#), None);
        assert_eq!(one_of_two.without(r#"["ana@example.org","Ana Ríos"]"#).as_deref(), Some(r#"["Ana Ríos"]"#));
    }
}
