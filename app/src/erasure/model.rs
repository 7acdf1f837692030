//! A table, whom its rows name, and what becomes of them, as plain data; pure.

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
    /// Columns that are in no export.
    pub untold: &'static [&'static str],
    /// Columns that are in nobody's export but that of whom this expression names: they wrote it.
    pub own: &'static [(&'static str, &'static str)],
    pub is_told: bool,
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
            untold: &[],
            own: &[],
            is_told: true,
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

/// What others may have been told somebody is called, and what stands there afterwards. A name of one word is looked for as a whole text
/// of JSON alone: it may be a part of other words.
pub fn quoted(name: &str, address: &str, nameless: &str) -> Vec<(String, String)> {
    let json = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let bare = |text: &str| json(text).get(1..).and_then(|text| text.strip_suffix('"')).unwrap_or_default().to_owned();
    let mut quoted = vec![(address.to_owned(), String::new()), (json(name), json(nameless))];
    if name.contains(' ') {
        quoted.extend([(name.to_owned(), nameless.to_owned()), (bare(name), bare(nameless))]);
    }
    quoted.retain(|(text, _)| !text.is_empty());
    quoted.dedup();
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_it_is_kept() {
        let of = |name: &str| quoted(name, "ana@example.org", "Persona borrada");
        let texts = |name: &str| of(name).into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        assert_eq!(texts("Ana Ríos"), ["ana@example.org", "\"Ana Ríos\"", "Ana Ríos"]);
        assert_eq!(texts("Ana"), ["ana@example.org", "\"Ana\""], "Anabel keeps her name");
        assert_eq!(texts("Ana \"A\" Ríos")[3], "Ana \\\"A\\\" Ríos");
        assert_eq!(of("Ana Ríos")[1].1, "\"Persona borrada\"");
    }
}
