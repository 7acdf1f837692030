//! Whom a search finds. Neither engine has an index for a piece of a text that the other one has too, and to walk the texts of an
//! organisation of ten thousand takes a database longer than a page may. A server remembers them for as long as nothing is done in
//! the organisation, and statements are told whom to look for.

use super::model::{OrganisationId, PersonId};
use super::store;
use memchr::memmem;

use crate::app::App;
use crate::audit;
use crate::db::{self, Error, Reader, Row, Statement, Value};
use crate::i18n::fold;

/// Nobody's name or post is longer.
const LONGEST: usize = 200;

/// Whom a list is narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Nobody is looked for.
    Everybody,
    These(Vec<PersonId>),
}

impl Sought {
    /// The rows of a list whose statements [`narrowed!`](crate::narrowed) wrote; the values are those of the list of everybody.
    pub async fn rows(
        &self,
        from: impl Into<Reader<'_>>,
        [everybody, these]: [&'static Statement; 2],
        mut values: Vec<Value>,
    ) -> Result<Vec<Row>, Error> {
        let statement = match self {
            Self::Everybody => everybody,
            Self::These(people) => {
                values.push(db::ids(people.iter().map(|person| person.0)));
                these
            }
        };
        from.into().rows(statement, values).await
    }
}

/// Those of an organisation whom this finds in their name, address or the words of their record.
pub async fn sought(app: &App, organisation: OrganisationId, search: &str) -> Result<Sought, Error> {
    let search: String = fold(search.trim()).chars().take(LONGEST).collect();
    // A lone accent folds to nothing.
    if search.is_empty() {
        return Ok(Sought::Everybody);
    }
    let load = async { Ok::<_, Error>(Directory::new(store::searched(&app.db, organisation).await?)) };
    let directory = audit::remembered(app, (organisation.0, organisation.0), load).await?;
    Ok(Sought::These(directory.find(&search)))
}

/// The texts by which people are found, one after the other, and where each begins.
struct Directory {
    text: String,
    begins: Vec<(usize, PersonId)>,
}

impl Directory {
    fn new(people: Vec<(PersonId, String)>) -> Self {
        let mut directory = Self { text: String::new(), begins: Vec::with_capacity(people.len()) };
        for (person, text) in people {
            directory.begins.push((directory.text.len(), person));
            directory.text.push_str(&text);
            // No search holds a line break, so nothing is found across two.
            directory.text.push('\n');
        }
        directory
    }

    /// Whom a text finds that is not empty.
    fn find(&self, search: &str) -> Vec<PersonId> {
        let mut found = Vec::new();
        let mut from = 0;
        let search = memmem::Finder::new(search);
        while from < self.text.len()
            && let Some(at) = self.text.as_bytes().get(from..).and_then(|rest| search.find(rest))
        {
            let next = self.begins.partition_point(|(begin, _)| *begin <= from + at);
            found.extend(next.checked_sub(1).map(|place| self.begins[place].1));
            // Whoever was found is not looked at twice.
            from = self.begins.get(next).map_or(self.text.len(), |(begin, _)| *begin);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn each_is_found_once_and_nobody_across_two() {
        let person = |number| PersonId(Uuid::from_u128(number));
        let texts =
            ["ana gil ana@example.org", "eva ruiz eva@example.org\nfinanzas bilbao", "ñuño ana nuno@example.org"];
        let people = (1..).map(person).zip(texts.map(str::to_owned)).collect();
        let directory = Directory::new(people);
        let found = |search: &str| directory.find(search).iter().map(|person| person.0.as_u128()).collect::<Vec<_>>();
        assert_eq!((found("ana"), found("bilbao"), found("ñuño")), (vec![1, 3], vec![2], vec![3]));
        assert_eq!((found("example.org"), found("org eva"), found("zzz")), (vec![1, 2, 3], vec![], vec![]));
        assert!(Directory::new(Vec::new()).find("a").is_empty());
        assert_eq!(found(""), [1, 2, 3], "it ends");
    }
}
