//! Who may read what a pair writes: a value that stands with each text, one rule, and the sentence that is shown beside it. Every
//! feature that keeps words of a pair uses these three and no rule of its own. Pure.

use uuid::Uuid;

use super::model::Mentorship;
use crate::identity::{Act, Held, Part, PersonId, Record, Scope, Viewer};
use crate::vault::{Drawer, Place};

/// Who is to read a text, as its author chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Its author alone.
    OnlyMe,
    #[default]
    Pair,
    PairAndCoordinator,
    /// A copy that the author hands to faculty. The other of the pair reads what was theirs to read before, not the copy.
    Submitted,
    /// An agreed outcome: a line that both of the pair release to readers whom they name.
    Outcome,
    /// A problem that its author reports to whom the edition named; the other of the pair is no reader.
    Reported,
    /// Why somebody left a mentorship: for the coordinators, and not for the other of the pair.
    Parting,
    /// Why somebody asks to open what a pair wrote: for whom they asked to do so with them, and for the two of the pair once they are told.
    Grounds,
}

/// What somebody is to a text. Somebody may be several things at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    Author,
    /// The other of the pair.
    Other,
    Coordinator,
    /// Faculty of the organisation or of the very edition.
    Faculty,
    /// One of the two people whom the signed agreement lets open what was written, while they may.
    Glass,
    /// A reader who was named for this text, and whether it is released to them.
    Named {
        released: bool,
    },
    Sponsor,
    Supervisor,
    Assistant,
    Operator,
    Stranger,
}

/// The rule. What is not in it, nobody reads.
pub fn may_read(visibility: Visibility, relation: Relation) -> bool {
    match (visibility, relation) {
        (_, Relation::Author)
        | (Visibility::Pair | Visibility::PairAndCoordinator | Visibility::Outcome, Relation::Other)
        | (Visibility::PairAndCoordinator | Visibility::Parting, Relation::Coordinator)
        | (Visibility::Pair | Visibility::PairAndCoordinator, Relation::Glass)
        | (Visibility::Submitted, Relation::Faculty) => true,
        (Visibility::Outcome | Visibility::Reported | Visibility::Grounds, Relation::Named { released }) => released,
        _ => false,
    }
}

/// Where a text of a pair stands: whose it is, under which of that one's keys, and in which table, column and row.
pub fn place_of(
    pair: &Mentorship,
    author: PersonId,
    visibility: Visibility,
    (table, column, row): (&'static str, &'static str, Uuid),
) -> Place {
    let (organisation, mentorship) = (pair.organisation, pair.id.0);
    Place { organisation, mentorship, author, drawer: visibility.drawer(), table, column, row }
}

/// Whether somebody may read a text that its author wrote in a mentorship. Whom an outcome names, its own feature knows, and so does
/// `breakglass` who reads through the glass.
pub fn reads(visibility: Visibility, viewer: &Viewer, pair: &Mentorship, author: PersonId) -> bool {
    relations(viewer, pair, author).into_iter().any(|relation| may_read(visibility, relation))
}

/// What somebody is to a text of this author in this mentorship.
fn relations(viewer: &Viewer, pair: &Mentorship, author: PersonId) -> Vec<Relation> {
    if viewer.organisation != pair.organisation {
        return vec![Relation::Stranger];
    }
    let in_edition = |part| viewer.parts.contains(&Held { part, scope: Scope::Edition(pair.edition.0) });
    let is_of_pair = pair.side_of(viewer.person).is_some();
    [
        (viewer.person == author, Relation::Author),
        (is_of_pair && viewer.person != author, Relation::Other),
        (viewer.may(Act::ManageMentorships, &Record::of_organisation(pair.organisation)), Relation::Coordinator),
        // Whoever is one of the two is no faculty of theirs.
        (!is_of_pair && (viewer.holds(Part::Faculty) || in_edition(Part::Faculty)), Relation::Faculty),
        (viewer.holds(Part::Sponsor) || in_edition(Part::Sponsor), Relation::Sponsor),
        (viewer.holds(Part::Supervisor), Relation::Supervisor),
        (viewer.holds(Part::Assistant), Relation::Assistant),
        (viewer.holds(Part::Operator), Relation::Operator),
        (true, Relation::Stranger),
    ]
    .into_iter()
    .filter_map(|(is, relation)| is.then_some(relation))
    .collect()
}

impl Visibility {
    pub const ALL: [Self; 8] = [
        Self::OnlyMe,
        Self::Pair,
        Self::PairAndCoordinator,
        Self::Submitted,
        Self::Outcome,
        Self::Reported,
        Self::Parting,
        Self::Grounds,
    ];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::OnlyMe => "only-me",
            Self::Pair => "pair",
            Self::PairAndCoordinator => "pair-and-coordinator",
            Self::Submitted => "submitted",
            Self::Outcome => "outcome",
            Self::Reported => "reported",
            Self::Parting => "parting",
            Self::Grounds => "grounds",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|visibility| visibility.code() == code)
    }

    /// The key of the sentence that stands beside a text; `mentorships/seen.html` shows it.
    pub fn key(self) -> String {
        format!("mentorships-seen-{}", self.code())
    }

    /// Which of the author's keys seals it.
    pub fn drawer(self) -> Drawer {
        match self {
            Self::OnlyMe => Drawer::OnlyMe,
            Self::Pair
            | Self::PairAndCoordinator
            | Self::Submitted
            | Self::Outcome
            | Self::Reported
            | Self::Parting
            | Self::Grounds => Drawer::Shared,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows in the order of `Visibility::ALL`; one letter for each relation of the head.
    #[test]
    fn the_table_of_who_reads_what() {
        let head = [
            Relation::Author,
            Relation::Other,
            Relation::Coordinator,
            Relation::Faculty,
            Relation::Named { released: true },
            Relation::Named { released: false },
            Relation::Sponsor,
            Relation::Supervisor,
            Relation::Assistant,
            Relation::Operator,
            Relation::Stranger,
            Relation::Glass,
        ];
        let table = [
            (Visibility::OnlyMe, "x..........."),
            (Visibility::Pair, "xx.........x"),
            (Visibility::PairAndCoordinator, "xxx........x"),
            (Visibility::Submitted, "x..x........"),
            (Visibility::Outcome, "xx..x......."),
            (Visibility::Reported, "x...x......."),
            (Visibility::Parting, "x.x........."),
            (Visibility::Grounds, "x...x......."),
        ];
        assert_eq!(table.map(|(visibility, _)| visibility), Visibility::ALL);
        for (visibility, row) in table {
            for (relation, cell) in head.into_iter().zip(row.chars()) {
                assert_eq!(may_read(visibility, relation), cell == 'x', "{visibility:?}, {relation:?}");
            }
        }
    }

    #[test]
    fn it_is_read_as_it_was_written_and_said_in_both_languages() {
        for visibility in Visibility::ALL {
            assert_eq!(Visibility::parse(visibility.code()), Some(visibility));
            for lang in crate::i18n::Lang::ALL {
                assert!(lang.say(&visibility.key()).len() > 10, "{visibility:?} {lang}");
            }
        }
        assert_eq!(Visibility::parse("everybody"), None);
        assert_eq!(Visibility::default(), Visibility::Pair);
    }
}
