//! What an agreement says and how it comes to hold: clauses, the edition's template, the exact text that is signed, and where a
//! version stands. Pure.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::i18n::{Lang, Message, tidy};
use crate::identity::PersonId;
use crate::problems::Problems;
use crate::programmes::orientation::model::{Block, blocks};
use crate::vault::{Sealed, Words};

crate::id!(/// A version of a pair's agreement.
    VersionId);
crate::id!(/// A signature under a version.
    SignatureId);

/// Longer than this, nobody reads a clause.
pub const LONGEST_CLAUSE: usize = 4000;

type Texts = BTreeMap<String, BTreeMap<Clause, String>>;

static SHIPPED: LazyLock<Texts> = LazyLock::new(|| toml::from_str(include_str!("texts.toml")).unwrap_or_default());

/// What an agreement speaks of, in the order in which it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Clause {
    Purpose,
    Cadence,
    Length,
    Confidentiality,
    Exit,
    Reviews,
}

impl Clause {
    pub const ALL: [Self; 6] =
        [Self::Purpose, Self::Cadence, Self::Length, Self::Confidentiality, Self::Exit, Self::Reviews];

    pub fn code(self) -> &'static str {
        match self {
            Self::Purpose => "purpose",
            Self::Cadence => "cadence",
            Self::Length => "length",
            Self::Confidentiality => "confidentiality",
            Self::Exit => "exit",
            Self::Reviews => "reviews",
        }
    }

    /// The key of its heading.
    pub fn key(self) -> String {
        format!("agreement-clause-{}", self.code())
    }
}

/// What every pair of an edition begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// Clauses that the edition says in its own words, by language; the others are the product's.
    pub own: Texts,
    /// Whether break-glass is proposed to the pair.
    pub break_glass: bool,
    /// 0 while the edition has none of its own.
    pub version: i64,
}

/// The clause that comes with the product.
pub fn shipped(clause: Clause, lang: Lang) -> &'static str {
    SHIPPED.get(lang.code()).and_then(|texts| texts.get(&clause)).map_or("", |text| text.trim())
}

impl Template {
    pub fn text(&self, clause: Clause, lang: Lang) -> &str {
        self.own
            .get(lang.code())
            .and_then(|texts| texts.get(&clause))
            .map_or_else(|| shipped(clause, lang), String::as_str)
    }

    pub fn is_own(&self) -> bool {
        self.version > 0
    }

    /// The template with these texts. One that is empty, or that says what the product says, is none of the edition's own.
    pub fn replaced<'a>(&self, break_glass: bool, text: impl Fn(Clause, Lang) -> &'a str) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut own = Texts::new();
        for lang in Lang::ALL {
            for clause in Clause::ALL {
                let text = tidy(text(clause, lang));
                if text.chars().count() > LONGEST_CLAUSE {
                    problems.add(format!("{}-{lang}", clause.code()), too_long());
                }
                if !text.is_empty() && text != shipped(clause, lang) {
                    own.entry(lang.code().to_owned()).or_default().insert(clause, text);
                }
            }
        }
        problems.or(Self { own, break_glass, version: self.version })
    }
}

fn too_long() -> Message {
    Message::new("agreement-too-long").with("most", LONGEST_CLAUSE)
}

/// What a pair writes: the clauses, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub lang: Lang,
    /// Whether break-glass exists between the two.
    pub break_glass: bool,
    clauses: BTreeMap<Clause, Words>,
}

impl Draft {
    /// What somebody typed; a clause may still be empty.
    pub fn new<'a>(lang: Lang, break_glass: bool, text: impl Fn(Clause) -> &'a str) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut clauses = BTreeMap::new();
        for clause in Clause::ALL {
            let text = tidy(text(clause));
            if text.chars().count() > LONGEST_CLAUSE {
                problems.add(clause.code(), too_long());
            }
            clauses.insert(clause, Words::new(text));
        }
        problems.or(Self { lang, break_glass, clauses })
    }

    /// What the pair of an edition begins with, with the days of that edition filled in.
    pub fn of_template(template: &Template, lang: Lang, midpoint: Date, end: Date) -> Self {
        let filled = |clause| {
            let text = template.text(clause, lang).replace("{midpoint}", &lang.date(midpoint));
            Words::new(text.replace("{end}", &lang.date(end)))
        };
        let clauses = Clause::ALL.into_iter().map(|clause| (clause, filled(clause))).collect();
        Self { lang, break_glass: template.break_glass, clauses }
    }

    pub fn text(&self, clause: Clause) -> &str {
        self.clauses.get(&clause).map_or("", Words::as_str)
    }

    /// Nobody signs an agreement that is silent on one of its matters.
    pub fn is_whole(&self) -> Result<(), Problems> {
        let mut problems = Problems::default();
        for clause in Clause::ALL.into_iter().filter(|clause| self.text(*clause).is_empty()) {
            problems.add(clause.code(), Message::new("agreement-clause-missing"));
        }
        problems.or(())
    }

    /// The clauses in one piece, to be sealed.
    pub fn words(&self) -> Words {
        let texts: BTreeMap<Clause, &str> = Clause::ALL.into_iter().map(|clause| (clause, self.text(clause))).collect();
        Words::new(serde_json::to_string(&texts).unwrap_or_default())
    }

    /// The clauses as they were sealed.
    pub fn of_words(lang: Lang, break_glass: bool, words: &Words) -> Option<Self> {
        let texts: BTreeMap<Clause, String> = serde_json::from_str(words.as_str()).ok()?;
        let clauses = texts.into_iter().map(|(clause, text)| (clause, Words::new(text))).collect();
        Some(Self { lang, break_glass, clauses })
    }

    /// The very text that both sign. It names the two, and ends with a code of 128 random bits: nobody who only has its digest can
    /// find out by trying whether it says this or that.
    pub fn exact(&self, heading: &Heading<'_>) -> Words {
        let say = |key: &str| self.lang.say(key);
        let between = Message::new("agreement-deed-between")
            .with("mentee", heading.mentee)
            .with("mentor", heading.mentor)
            .with("edition", heading.edition);
        let version = Message::new("agreement-deed-version")
            .with("number", heading.number)
            .with("day", self.lang.date(heading.day));
        let mut text =
            format!("# {}\n{}\n{}\n", say("agreement-deed-title"), self.lang.tell(&between), self.lang.tell(&version));
        for clause in Clause::ALL {
            text.extend(["\n# ", &say(&clause.key()), "\n", self.text(clause), "\n"]);
        }
        text.extend(["\n# ", &say("agreement-clause-serious"), "\n", &say(glass_key(self.break_glass)), "\n"]);
        let code = Message::new("agreement-deed-code").with("code", hex::encode(heading.code));
        text.extend(["\n", &self.lang.tell(&code), "\n"]);
        Words::new(text)
    }
}

/// The key of what an agreement says of a serious matter.
fn glass_key(break_glass: bool) -> &'static str {
    if break_glass { "agreement-serious-with" } else { "agreement-serious-without" }
}

/// What stands above the clauses, and the code below them.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    pub edition: &'a str,
    pub mentee: &'a str,
    pub mentor: &'a str,
    pub number: i64,
    pub day: Date,
    pub code: [u8; 16],
}

/// The SHA-256 of an exact text, which `sha256sum` finds as well.
pub fn digest(exact: &Words) -> String {
    hex::encode(Sha256::digest(exact.as_str().as_bytes()))
}

/// A sealed text in pieces, below its own heading.
pub fn pieces(exact: &Words) -> Vec<Block> {
    blocks(exact.as_str()).into_iter().skip(1).collect()
}

/// A draft in pieces, as its exact text will have them.
pub fn draft_pieces(draft: &Draft) -> Vec<Block> {
    let mut pieces = Vec::new();
    for clause in Clause::ALL {
        pieces.push(Block::Heading(draft.lang.say(&clause.key())));
        pieces.extend(blocks(draft.text(clause)));
    }
    pieces.push(Block::Heading(draft.lang.say("agreement-clause-serious")));
    pieces.push(Block::Paragraph(vec![draft.lang.say(glass_key(draft.break_glass))]));
    pieces
}

/// A version of an agreement as it is stored.
#[derive(Clone, Debug)]
pub struct Version {
    pub id: VersionId,
    pub number: i64,
    /// Who wrote it as it stands; of a proposal, who proposed it.
    pub author: PersonId,
    pub author_name: String,
    pub lang: Lang,
    pub break_glass: bool,
    /// The clauses.
    pub words: Sealed,
    pub proposed_at: Option<Timestamp>,
    /// The digest of the exact text, once it is proposed.
    pub hash: Option<String>,
    /// When the second of them signed it.
    pub settled_at: Option<Timestamp>,
    /// When it was withdrawn, or overtaken by another proposal.
    pub dropped_at: Option<Timestamp>,
    pub changed_at: Timestamp,
    /// Goes up with each change.
    #[expect(clippy::struct_field_names, reason = "every row that two may change has one of this name")]
    pub version: i64,
}

/// A signature: who, when, and the exact text, sealed for the one who signed.
#[derive(Clone, Debug)]
pub struct Signature {
    pub id: SignatureId,
    pub of: VersionId,
    pub person: PersonId,
    pub name: String,
    pub signed_at: Timestamp,
    pub hash: String,
    pub words: Sealed,
}

/// Where a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    Draft,
    Proposed,
    /// It is the one that holds.
    Holds,
    /// It held until another one did.
    Held,
    /// It was proposed and withdrawn, or overtaken.
    Dropped,
}

impl Stands {
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Holds => "holds",
            Self::Held => "held",
            Self::Dropped => "dropped",
        }
    }

    pub fn key(self) -> String {
        format!("agreement-stands-{}", self.code())
    }
}

/// The versions of a mentorship, the newest first.
#[derive(Clone, Debug, Default)]
pub struct Versions(pub Vec<Version>);

impl Versions {
    /// The draft or proposal that the two are at, if there is one.
    pub fn open(&self) -> Option<&Version> {
        self.0.iter().find(|version| version.settled_at.is_none() && version.dropped_at.is_none())
    }

    pub fn holding(&self) -> Option<&Version> {
        self.0.iter().find(|version| version.settled_at.is_some())
    }

    /// What the agreement that holds says of opening what was written if something serious happens.
    pub fn permission(&self) -> Permission {
        let mut settled = self.0.iter().filter_map(|version| Some((version, version.settled_at?))).peekable();
        if settled.peek().is_none() {
            return Permission::Unsigned;
        }
        let unbroken: Vec<(&Version, Timestamp)> = settled.take_while(|(version, _)| version.break_glass).collect();
        match (unbroken.first(), unbroken.last()) {
            (Some((holding, _)), Some((_, since))) => {
                Permission::Given(Allowed { version: holding.id.0, number: holding.number, since: *since })
            }
            _ => Permission::Denied,
        }
    }

    pub fn of_number(&self, number: i64) -> Option<&Version> {
        self.0.iter().find(|version| version.number == number)
    }

    pub fn next_number(&self) -> i64 {
        self.0.first().map_or(1, |newest| newest.number + 1)
    }

    pub fn stands(&self, version: &Version) -> Stands {
        match (version.dropped_at, version.settled_at, version.proposed_at) {
            (Some(_), ..) => Stands::Dropped,
            (_, Some(_), _) if self.holding().is_some_and(|holding| holding.id == version.id) => Stands::Holds,
            (_, Some(_), _) => Stands::Held,
            (.., Some(_)) => Stands::Proposed,
            (.., None) => Stands::Draft,
        }
    }

    /// Which version a form is about that changes the text: the draft that is open, or one that is to come.
    pub fn to_write(&self) -> Seen {
        match self.open().filter(|open| open.proposed_at.is_none()) {
            Some(draft) => Seen { number: draft.number, version: draft.version },
            None => Seen { number: self.next_number(), version: 0 },
        }
    }
}

/// What both have signed last of opening what they write, if something serious happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// That it may be.
    Given(Allowed),
    /// That it never may.
    Denied,
    /// Nothing: they have not signed any agreement.
    Unsigned,
}

/// That both have signed that what they write may be opened if something serious happens. What either wrote before `since` was
/// written under another promise, and stays what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowed {
    pub version: Uuid,
    pub number: i64,
    /// Since when what both have signed last has said so without a break.
    pub since: Timestamp,
}

/// The version that somebody had before them when they acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub number: i64,
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn draft(lang: Lang) -> Draft {
        Draft::of_template(&Template::default(), lang, date(2027, 7, 1), date(2027, 12, 31))
    }

    fn heading(code: u8) -> Heading<'static> {
        Heading {
            edition: "Promoción · 2027",
            mentee: "Lucía Ibáñez",
            mentor: "Andrés Güell",
            number: 1,
            day: date(2027, 1, 11),
            code: [code; 16],
        }
    }

    #[test]
    fn every_clause_has_its_text_in_both_languages() {
        for lang in Lang::ALL {
            for clause in Clause::ALL {
                assert!(shipped(clause, lang).len() > 60, "{clause:?} {lang}");
                let text = draft(lang);
                assert!(!text.text(clause).contains(['{', '}']), "every day is filled in: {}", text.text(clause));
            }
            assert!(draft(lang).is_whole().is_ok());
        }
        assert!(draft(Lang::Es).text(Clause::Reviews).contains("1 de julio de 2027"));
    }

    #[test]
    fn the_exact_text_is_the_same_to_the_byte_and_its_digest_tells_nothing() {
        let (one, again, other) = (
            draft(Lang::Es).exact(&heading(1)),
            draft(Lang::Es).exact(&heading(1)),
            draft(Lang::Es).exact(&heading(2)),
        );
        assert_eq!(digest(&one), digest(&again));
        assert_ne!(digest(&one), digest(&other), "equal clauses, another code");
        insta::assert_snapshot!("agreement_es", one.as_str());
        insta::assert_snapshot!("agreement_en", draft(Lang::En).exact(&heading(1)).as_str());
        assert!(matches!(pieces(&one).first(), Some(Block::Paragraph(_))));
    }

    #[test]
    fn an_edition_says_it_its_own_way_and_back() {
        let own = |clause, lang| if (clause, lang) == (Clause::Exit, Lang::Es) { " Sin más.\r\n" } else { "" };
        let changed = Template::default().replaced(true, own).unwrap();
        assert_eq!(changed.text(Clause::Exit, Lang::Es), "Sin más.");
        assert_eq!(changed.text(Clause::Exit, Lang::En), shipped(Clause::Exit, Lang::En));
        let back = changed.replaced(false, shipped).unwrap();
        assert_eq!(back, Template::default());
        let long = "a".repeat(LONGEST_CLAUSE + 1);
        let problems = Template::default().replaced(false, |_, _| &long).unwrap_err();
        assert!(problems.of("exit-es").next().is_some());
    }

    #[test]
    fn only_what_both_signed_last_lets_anybody_open_what_was_written_since() {
        let version = |number: i64, break_glass: bool, settled: Option<i64>| Version {
            id: VersionId(Uuid::from_u128(7)),
            number,
            author: PersonId(Uuid::nil()),
            author_name: String::new(),
            lang: Lang::Es,
            break_glass,
            words: Sealed::empty(),
            proposed_at: None,
            hash: None,
            settled_at: settled.map(|second| Timestamp::from_second(second).unwrap()),
            dropped_at: None,
            changed_at: Timestamp::UNIX_EPOCH,
            version: 1,
        };
        let since = |versions: Vec<Version>| match Versions(versions).permission() {
            Permission::Given(allowed) => Some(allowed.since.as_second()),
            Permission::Denied | Permission::Unsigned => None,
        };
        assert_eq!(Versions(vec![version(1, true, None)]).permission(), Permission::Unsigned);
        assert_eq!(Versions(vec![version(1, false, Some(5))]).permission(), Permission::Denied);
        assert_eq!(since(vec![version(2, true, None), version(1, false, Some(5))]), None);
        assert_eq!(
            since(vec![version(2, false, Some(9)), version(1, true, Some(5))]),
            None,
            "they have signed another"
        );
        let again = vec![version(4, false, None), version(3, true, Some(9)), version(2, true, Some(7))];
        assert_eq!(since(again.clone()), Some(7));
        let broken = [again, vec![version(1, true, Some(3))]].concat();
        assert_eq!(since(broken.clone()), Some(3));
        let mut broken = broken;
        broken[2].break_glass = false;
        assert_eq!(since(broken), Some(9), "what was written in between was promised otherwise");
    }

    #[test]
    fn clauses_open_as_they_were_sealed() {
        let draft = draft(Lang::En);
        assert_eq!(Draft::of_words(Lang::En, false, &draft.words()).unwrap(), draft);
        assert!(Draft::new(Lang::Es, true, |_| "").unwrap().is_whole().unwrap_err().of("purpose").next().is_some());
        assert!(!format!("{draft:?}").contains("appraisal"), "no log shows it");
    }
}
