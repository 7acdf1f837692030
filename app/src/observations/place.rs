//! Who may be in the room: one pure function, from the class of an item, how an observer stands and the organisation's policy. The
//! default is out. Inside information, matters under legal privilege and supervisory matters are closed whatever else holds: learning
//! is no business need (Regulation (EU) No 596/2014 Art. 10 and 11), and whoever has a need of their own attends as a worker.

use super::model::{Class, Confidential, Policy};

/// How an observer stands before one item.
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether a seat is theirs at all.
    pub seat: bool,
    /// Whether the other side of the negotiation has agreed; at a meeting there is none, and it holds.
    pub other_side: bool,
    pub clearance: bool,
    pub undertaking: bool,
    pub conflict: Conflict,
}

/// What a conflict of interest means for one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The observer has not been asked, or has not answered.
    NotAsked,
    /// They answered that there is none.
    None,
    /// They declared one, and the secretary has not settled for which items it counts.
    Declared,
    /// It counts for this item.
    Concerned,
    /// It was settled, and does not count for this item.
    Spared,
}

/// Whether an observer may be in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    In,
    Out(Why),
}

/// Why an observer is out. Where several reasons hold, the first in this order is said: what nobody can change comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    InsideInformation,
    LegalAdvice,
    Supervisory,
    NotClassified,
    NotAgreed,
    NoSeat,
    OtherSide,
    ConflictNotAsked,
    ConflictDeclared,
    Conflict,
    ConfidentialNever,
    NoUndertaking,
    NoClearance,
}

impl Place {
    pub fn is_in(self) -> bool {
        self == Self::In
    }

    pub fn why(self) -> Option<Why> {
        match self {
            Self::In => None,
            Self::Out(why) => Some(why),
        }
    }

    /// The key of the sentence that says it.
    pub fn key(self) -> String {
        match self {
            Self::In => "observations-place-in".to_owned(),
            Self::Out(why) => why.key(),
        }
    }
}

impl Why {
    pub const ALL: [Self; 13] = [
        Self::InsideInformation,
        Self::LegalAdvice,
        Self::Supervisory,
        Self::NotClassified,
        Self::NotAgreed,
        Self::NoSeat,
        Self::OtherSide,
        Self::ConflictNotAsked,
        Self::ConflictDeclared,
        Self::Conflict,
        Self::ConfidentialNever,
        Self::NoUndertaking,
        Self::NoClearance,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::InsideInformation => "inside-information",
            Self::LegalAdvice => "legal-advice",
            Self::Supervisory => "supervisory",
            Self::NotClassified => "not-classified",
            Self::NotAgreed => "not-agreed",
            Self::NoSeat => "no-seat",
            Self::OtherSide => "other-side",
            Self::ConflictNotAsked => "conflict-not-asked",
            Self::ConflictDeclared => "conflict-declared",
            Self::Conflict => "conflict",
            Self::ConfidentialNever => "confidential-never",
            Self::NoUndertaking => "no-undertaking",
            Self::NoClearance => "no-clearance",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }

    /// The key of the sentence that says it.
    pub fn key(self) -> String {
        format!("observations-out-{}", self.code())
    }

    /// Whether it tells of a conflict of interest of the observer's.
    pub fn is_of_a_conflict(self) -> bool {
        matches!(self, Self::ConflictNotAsked | Self::ConflictDeclared | Self::Conflict)
    }

    /// Whether nothing that anybody does opens the item to an observer.
    pub fn is_for_good(self) -> bool {
        matches!(self, Self::InsideInformation | Self::LegalAdvice | Self::Supervisory)
    }
}

/// The class of an item and whether the chair has agreed to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Classed {
    pub class: Option<Class>,
    pub is_agreed: bool,
}

/// Whether an observer may be in the room for an item whose class holds. `None` is an item without one.
pub fn place(class: Option<Class>, standing: Standing, policy: Policy) -> Place {
    let Some(class) = class else { return Place::Out(Why::NotClassified) };
    let why = match class {
        Class::InsideInformation => Some(Why::InsideInformation),
        Class::LegalAdvice => Some(Why::LegalAdvice),
        Class::Supervisory => Some(Why::Supervisory),
        Class::Open => personal(standing).or_else(|| for_open(standing, policy)),
        Class::Confidential => personal(standing).or_else(|| for_confidential(standing, policy)),
    };
    why.map_or(Place::In, Place::Out)
}

/// The same for an item as it stands: without the chair's agreement to its class nobody is in.
pub fn place_at(classed: Classed, standing: Standing, policy: Policy) -> Place {
    match place(classed.class, standing, policy) {
        Place::Out(why) if why.is_for_good() || why == Why::NotClassified => Place::Out(why),
        _ if !classed.is_agreed => Place::Out(Why::NotAgreed),
        place => place,
    }
}

/// What keeps an observer out of every item.
fn personal(standing: Standing) -> Option<Why> {
    if !standing.seat {
        return Some(Why::NoSeat);
    }
    if !standing.other_side {
        return Some(Why::OtherSide);
    }
    match standing.conflict {
        Conflict::NotAsked => Some(Why::ConflictNotAsked),
        Conflict::Declared => Some(Why::ConflictDeclared),
        Conflict::Concerned => Some(Why::Conflict),
        Conflict::None | Conflict::Spared => None,
    }
}

fn for_open(standing: Standing, policy: Policy) -> Option<Why> {
    let may = standing.undertaking || policy.open_without_undertaking;
    (!may).then_some(Why::NoUndertaking)
}

fn for_confidential(standing: Standing, policy: Policy) -> Option<Why> {
    match policy.confidential {
        Confidential::Never => Some(Why::ConfidentialNever),
        _ if !standing.undertaking => Some(Why::NoUndertaking),
        Confidential::Cleared if !standing.clearance => Some(Why::NoClearance),
        Confidential::Cleared | Confidential::Undertaken => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::i18n::Lang;

    const CLASSES: [Option<Class>; 6] = [
        Some(Class::Open),
        Some(Class::Confidential),
        Some(Class::LegalAdvice),
        Some(Class::InsideInformation),
        Some(Class::Supervisory),
        None,
    ];
    const CONFLICTS: [(Conflict, &str); 5] = [
        (Conflict::None, "none"),
        (Conflict::Spared, "settled, not for this item"),
        (Conflict::Concerned, "settled, for this item"),
        (Conflict::Declared, "declared, not settled"),
        (Conflict::NotAsked, "not answered"),
    ];
    /// Undertaking and clearance, as the columns of the document.
    const PAPERS: [(bool, bool); 4] = [(false, false), (false, true), (true, false), (true, true)];
    const BOTH: [bool; 2] = [false, true];

    fn policies() -> Vec<Policy> {
        let all = Confidential::ALL.into_iter().flat_map(|confidential| {
            BOTH.map(|open_without_undertaking| Policy { confidential, open_without_undertaking, ..Policy::default() })
        });
        all.collect()
    }

    fn standing(conflict: Conflict, (undertaking, clearance): (bool, bool)) -> Standing {
        Standing { seat: true, other_side: true, clearance, undertaking, conflict }
    }

    fn everybody() -> Vec<Standing> {
        let mut all = Vec::new();
        for (conflict, _) in CONFLICTS {
            for papers in PAPERS {
                for seat in BOTH {
                    for other_side in BOTH {
                        all.push(Standing { seat, other_side, ..standing(conflict, papers) });
                    }
                }
            }
        }
        all
    }

    /// The rule written a second time, as a list of who is in.
    fn is_in(class: Option<Class>, standing: Standing, policy: Policy) -> bool {
        let is_free = matches!(standing.conflict, Conflict::None | Conflict::Spared);
        let sits = standing.seat && standing.other_side && is_free;
        match class {
            Some(Class::Open) => sits && (policy.open_without_undertaking || standing.undertaking),
            Some(Class::Confidential) if policy.confidential == Confidential::Undertaken => {
                sits && standing.undertaking
            }
            Some(Class::Confidential) if policy.confidential == Confidential::Cleared => {
                sits && standing.undertaking && standing.clearance
            }
            _ => false,
        }
    }

    #[test]
    fn the_full_table() {
        let mut cases = 0;
        for policy in policies() {
            for standing in everybody() {
                for class in CLASSES {
                    let found = place(class, standing, policy);
                    assert_eq!(found.is_in(), is_in(class, standing, policy), "{class:?} {standing:?} {policy:?}");
                    for is_agreed in BOTH {
                        let at = place_at(Classed { class, is_agreed }, standing, policy);
                        assert_eq!(at.is_in(), is_agreed && found.is_in(), "{class:?} {standing:?} {policy:?}");
                    }
                    cases += 1;
                }
            }
        }
        assert_eq!(cases, 6 * 6 * 5 * 4 * 4);
    }

    #[test]
    fn nothing_opens_what_is_closed() {
        for class in [Class::InsideInformation, Class::LegalAdvice, Class::Supervisory] {
            for (standing, policy) in
                everybody().iter().flat_map(|standing| policies().into_iter().map(move |policy| (standing, policy)))
            {
                let why = place_at(Classed { class: Some(class), is_agreed: true }, *standing, policy).why().unwrap();
                assert!(why.is_for_good() && why.code() == class.code(), "{class:?}: {why:?}");
            }
        }
    }

    #[test]
    fn who_comes_with_nothing_is_out() {
        let nothing = Standing {
            seat: false,
            other_side: false,
            clearance: false,
            undertaking: false,
            conflict: Conflict::NotAsked,
        };
        for class in CLASSES {
            assert!(!place(class, nothing, Policy::default()).is_in(), "{class:?}");
        }
        assert_eq!(place(Some(Class::Open), nothing, Policy::default()), Place::Out(Why::NoSeat));
    }

    #[test]
    fn each_reason_is_said_in_both_languages() {
        for why in Why::ALL {
            assert_eq!(Why::parse(why.code()), Some(why));
            for lang in Lang::ALL {
                assert!(lang.say(&why.key()).split(' ').count() > 4, "{why:?} {lang}");
            }
        }
        assert_eq!(Why::parse("in"), None);
    }

    fn cell(place: Place) -> &'static str {
        place.why().map_or("**in**", Why::code)
    }

    fn table_of(policy: Policy, into: &mut String) {
        let undertaking = if policy.open_without_undertaking { "without" } else { "with" };
        let _ = write!(
            into,
            "\n## Confidential: {}; open: {undertaking} an undertaking\n\n\
             | class | conflict of interest | neither | clearance | undertaking | both |\n\
             | --- | --- | --- | --- | --- | --- |\n",
            policy.confidential.code(),
        );
        for class in CLASSES {
            for (conflict, said) in CONFLICTS {
                let cells = PAPERS.map(|papers| cell(place(class, standing(conflict, papers), policy)));
                let class = class.map_or("not classified", Class::code);
                let _ = writeln!(into, "| {class} | {said} | {} |", cells.join(" | "));
            }
        }
    }

    fn document() -> String {
        let mut document = "# Who may be in the room\n\n\
             Written from the code; `TELEMACO_WRITE_DOCS=1 cargo test --lib observations::place` writes it again.\n\n\
             An observer is in the room for an item only where a cell says **in**; every other cell says why not. The tables are for \
             somebody who has a seat, at a meeting, or at a negotiation whose other side has agreed, and for items to whose class \
             the chair has agreed. Without the chair's agreement an item is `not-agreed`, without a seat it is `no-seat`, and \
             without the other side's agreement `other-side`; nobody is in.\n\n\
             `inside-information`, `legal-advice` and `supervisory` are closed to observers in every cell. There is no override.\n\n\
             | reason | in words |\n| --- | --- |\n"
            .to_owned();
        for why in Why::ALL {
            let _ = writeln!(document, "| `{}` | {} |", why.code(), Lang::En.say(&why.key()));
        }
        for policy in policies() {
            table_of(policy, &mut document);
        }
        document
    }

    #[test]
    fn the_document_says_what_the_function_does() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/observers.md");
        if std::env::var_os("TELEMACO_WRITE_DOCS").is_some() {
            std::fs::write(&file, document()).unwrap();
        }
        let written = std::fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(written, document(), "write docs/observers.md again, with TELEMACO_WRITE_DOCS=1");
        let rows = written.lines().filter(|line| line.split(" | ").count() == 6).count();
        assert_eq!(rows, 6 * (2 + 30), "a row for each class and conflict under each policy, and the heads");
    }
}
