//! What a baseline says, who sees what of it, and when it is whole. Pure.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::frameworks::model::LEVELS;
use crate::frameworks::{Framework, FrameworkVersionId};
use crate::i18n::Message;
use crate::identity::PersonId;
use crate::problems::Problems;

crate::id!(/// A baseline that was given.
    BaselineId);

/// Whose view of a mentee it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum View {
    Own,
    Mentor,
    Supervisor,
}

impl View {
    pub const ALL: [Self; 3] = [Self::Own, Self::Mentor, Self::Supervisor];

    pub fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Mentor => "mentor",
            Self::Supervisor => "supervisor",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.code() == code)
    }

    /// Whose given views this rater may read, once their own is given. Until then nobody reads another's, so that no view
    /// leans on another. The line manager never reads what the pair says.
    pub fn reads(self) -> &'static [Self] {
        match self {
            Self::Own => &Self::ALL,
            Self::Mentor => &[Self::Own],
            Self::Supervisor => &[],
        }
    }
}

/// A level from 1 to 5, or none where somebody cannot say.
pub type Rating = Option<u8>;

/// Ratings by the key of the competency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ratings(BTreeMap<String, Rating>);

/// What a form says of a competency of which one cannot say.
pub const CANNOT_SAY: &str = "0";

impl Ratings {
    /// What a form says, competency by competency; `None` where nothing was chosen yet. What the framework does not have is
    /// passed over.
    pub fn read<'a>(framework: &Framework, chosen: impl Fn(&str) -> &'a str) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut ratings = BTreeMap::new();
        for competency in &framework.competencies {
            match chosen(&competency.key) {
                "" => {}
                CANNOT_SAY => drop(ratings.insert(competency.key.clone(), None)),
                text => match text.parse::<u8>().ok().filter(|level| (1..=LEVELS).contains(&usize::from(*level))) {
                    Some(level) => drop(ratings.insert(competency.key.clone(), Some(level))),
                    None => problems.add(field(&competency.key), Message::new("baselines-level-unknown")),
                },
            }
        }
        problems.or(Self(ratings))
    }

    /// Whole when something is said of every competency.
    pub fn whole(self, framework: &Framework, lang: crate::i18n::Lang) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        for competency in framework.competencies.iter().filter(|competency| !self.0.contains_key(&competency.key)) {
            let message = Message::new("baselines-missing").with("name", competency.name.told(lang));
            problems.add(field(&competency.key), message);
        }
        problems.or(self)
    }

    /// Each competency of which something was said.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Rating)> {
        self.0.iter().map(|(key, rating)| (key.as_str(), *rating))
    }

    /// `None` where nothing was said yet.
    pub fn of(&self, key: &str) -> Option<Rating> {
        self.0.get(key).copied()
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// The form's name for a competency.
pub fn field(key: &str) -> String {
    format!("level-{key}")
}

/// A baseline that was given.
#[derive(Clone, Debug)]
pub struct Given {
    pub mentee: PersonId,
    pub rater: PersonId,
    pub rater_name: String,
    pub view: View,
    /// 1 for the baseline itself, more for corrections of it.
    pub number: i64,
    pub framework: FrameworkVersionId,
    pub ratings: Ratings,
    pub given_at: Timestamp,
}

/// What is being written and not given yet.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub ratings: Ratings,
    pub version: i64,
    pub saved_at: Option<Timestamp>,
}

/// The newest of each rater, of what this rater may read: first their own. `given` holds everything that was given of a
/// mentee.
pub fn readable(given: Vec<Given>, view: View, rater: PersonId) -> Vec<Given> {
    let has_given = given.iter().any(|given| given.view == view && given.rater == rater);
    let mut newest: Vec<Given> = Vec::new();
    for one in given {
        let is_own = one.view == view && one.rater == rater;
        let may_read = is_own || has_given && view.reads().contains(&one.view);
        if !may_read {
            continue;
        }
        match newest.iter_mut().find(|other| other.view == one.view && other.rater == one.rater) {
            Some(other) if other.number < one.number => *other = one,
            Some(_) => {}
            None => newest.push(one),
        }
    }
    newest.sort_by_key(|one| (one.rater != rater, one.view, one.given_at, one.rater));
    newest
}

/// On how many competencies views say the same, of how many of which at least two say a level; and where they are furthest
/// apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    pub same: usize,
    pub compared: usize,
    /// The competency's key, and how many levels lie between the views.
    pub widest: Option<(String, u8)>,
}

pub fn agreement(framework: &Framework, views: &[&Ratings]) -> Agreement {
    let mut agreement = Agreement { same: 0, compared: 0, widest: None };
    for competency in &framework.competencies {
        let levels: Vec<u8> = views.iter().filter_map(|ratings| ratings.of(&competency.key).flatten()).collect();
        let (Some(least), Some(most), true) = (levels.iter().min(), levels.iter().max(), levels.len() > 1) else {
            continue;
        };
        agreement.compared += 1;
        let gap = most - least;
        if gap == 0 {
            agreement.same += 1;
        } else if agreement.widest.as_ref().is_none_or(|(_, widest)| gap > *widest) {
            agreement.widest = Some((competency.key.clone(), gap));
        }
    }
    agreement
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    fn framework() -> &'static Framework {
        crate::frameworks::shipped().unwrap()
    }

    fn given(view: View, rater: u128, number: i64) -> Given {
        Given {
            mentee: PersonId(uuid::Uuid::from_u128(1)),
            rater: PersonId(uuid::Uuid::from_u128(rater)),
            rater_name: String::new(),
            view,
            number,
            framework: FrameworkVersionId(uuid::Uuid::nil()),
            ratings: Ratings::default(),
            given_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_form_is_read_competency_by_competency() {
        let chosen = |key: &str| match key {
            "ethics" => "5",
            "results" => CANNOT_SAY,
            _ => "",
        };
        let ratings = Ratings::read(framework(), chosen).unwrap();
        assert_eq!(
            (ratings.of("ethics"), ratings.of("results"), ratings.of("learning")),
            (Some(Some(5)), Some(None), None)
        );
        let problems = ratings.whole(framework(), Lang::Es).unwrap_err();
        assert_eq!(problems.iter().count(), framework().competencies.len() - 2);
        assert!(Ratings::read(framework(), |_| "3").unwrap().whole(framework(), Lang::Es).is_ok());
        for wrong in ["6", "-1", "x", "1.5"] {
            assert!(Ratings::read(framework(), |_| wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn nobody_reads_another_before_their_own_is_given() {
        let [mentee, mentor, manager] = [1, 2, 3];
        let id = |number| PersonId(uuid::Uuid::from_u128(number));
        let seen = |all: &[Given], view, rater| {
            readable(all.to_vec(), view, id(rater)).iter().map(|one| (one.view, one.number)).collect::<Vec<_>>()
        };
        let others = [given(View::Mentor, mentor, 1), given(View::Supervisor, manager, 1)];
        assert_eq!(seen(&others, View::Own, mentee), []);
        assert_eq!(seen(&others, View::Mentor, mentor), [(View::Mentor, 1)]);
        let all = [others.to_vec(), vec![given(View::Own, mentee, 1), given(View::Own, mentee, 2)]].concat();
        assert_eq!(seen(&all, View::Own, mentee), [(View::Own, 2), (View::Mentor, 1), (View::Supervisor, 1)]);
        assert_eq!(seen(&all, View::Mentor, mentor), [(View::Mentor, 1), (View::Own, 2)]);
        assert_eq!(seen(&all, View::Supervisor, manager), [(View::Supervisor, 1)]);
        assert_eq!(seen(&all, View::Mentor, 9), [], "a new mentor begins without the others");
    }

    #[test]
    fn views_are_compared_where_two_say_a_level() {
        let read = |pairs: &[(&str, &'static str)]| {
            let pairs: BTreeMap<String, &'static str> =
                pairs.iter().map(|(key, level)| ((*key).to_owned(), *level)).collect();
            Ratings::read(framework(), |key| pairs.get(key).copied().unwrap_or("")).unwrap()
        };
        let own = read(&[("results", "4"), ("ethics", "3"), ("learning", "2"), ("negotiation", "1")]);
        let mentor = read(&[("results", "3"), ("ethics", "3"), ("learning", "0"), ("negotiation", "4")]);
        let expected = Agreement { same: 1, compared: 3, widest: Some(("negotiation".to_owned(), 3)) };
        assert_eq!(agreement(framework(), &[&own, &mentor]), expected);
        assert_eq!(agreement(framework(), &[&own]), Agreement { same: 0, compared: 0, widest: None });
    }
}
