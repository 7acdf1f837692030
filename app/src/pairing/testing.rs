//! Small invented people for the tests of this feature.

use super::model::{Attribute, Pool, Shown};
use super::rules::{Preference, Rules, Wish};
use crate::people::model::{CompetencyLevel, PersonDraft};

pub(crate) fn person(address: &str) -> PersonDraft {
    PersonDraft { address: format!("{address}@example.org"), name: address.to_owned(), ..PersonDraft::default() }
}

pub(crate) fn with(person: PersonDraft, attribute: &str, values: &[&str]) -> PersonDraft {
    let mut person = person;
    person.attributes.insert(attribute.to_owned(), values.iter().map(|value| (*value).to_owned()).collect());
    person
}

pub(crate) fn speaking(address: &str, languages: &[&str]) -> PersonDraft {
    PersonDraft { languages: languages.iter().map(|code| (*code).to_owned()).collect(), ..person(address) }
}

pub(crate) fn skill(name: &str, level: Option<u8>) -> CompetencyLevel {
    CompetencyLevel { name: name.to_owned(), level }
}

/// A pool whose attributes are called as their keys and may be shown.
pub(crate) fn pool(mentees: Vec<PersonDraft>, mentors: Vec<PersonDraft>) -> Pool {
    let keys: Vec<String> =
        mentees.iter().chain(&mentors).flat_map(|person| person.attributes.keys().cloned()).collect();
    let shown = |key: String| (key.clone(), Attribute { label: key, shown: Shown::Everything });
    Pool { mentees, mentors, attributes: keys.into_iter().map(shown).collect(), ..Pool::default() }
}

pub(crate) fn prefer(wish: Wish, weight: u32) -> Rules {
    Rules { preferences: vec![Preference { weight, wish, only_if: None }], ..Rules::default() }
}
