//! The texts of orientation: how a plain text becomes headings, paragraphs and lists, and which text holds. Pure.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

use crate::i18n::{Lang, Message};
use crate::identity::{Part, PersonId};
use crate::problems::Problems;
use crate::programmes::model::{Settings, Track};

/// The parts that begin with an orientation.
pub const PARTS: [Part; 4] = [Part::Mentee, Part::Mentor, Part::Supervisor, Part::Faculty];

const LONGEST_TEXT: usize = 12_000;

type Texts = BTreeMap<Part, BTreeMap<String, String>>;

static SHIPPED: LazyLock<Texts> = LazyLock::new(|| toml::from_str(include_str!("texts.toml")).unwrap_or_default());

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    Paragraph(Vec<String>),
    List(Vec<String>),
}

/// The parts of an edition that begin with an orientation: faculty only where it is for a degree.
pub fn parts(track: Track) -> impl Iterator<Item = Part> {
    PARTS.into_iter().filter(move |part| *part != Part::Faculty || track == Track::Degree)
}

/// The text that comes with the product.
pub fn shipped(part: Part, lang: Lang) -> &'static str {
    SHIPPED.get(&part).and_then(|texts| texts.get(lang.code())).map_or("", |text| text.trim())
}

/// The text that holds in an edition: its own, or the one that comes with the product.
pub fn text(settings: &Settings, part: Part, lang: Lang) -> &str {
    own(settings, part, lang).unwrap_or_else(|| shipped(part, lang))
}

fn own(settings: &Settings, part: Part, lang: Lang) -> Option<&str> {
    settings.orientation.get(&part).and_then(|texts| texts.get(lang.code())).map(String::as_str)
}

/// Whether an edition has a text of its own for a part.
pub fn is_own(settings: &Settings, part: Part) -> bool {
    Lang::ALL.iter().any(|lang| own(settings, part, *lang).is_some())
}

/// What tells one text of a part from another, in both languages at once: whoever reads in one and changes to the other has
/// read the same.
pub fn digest(settings: &Settings, part: Part) -> String {
    let whole: Vec<&str> = Lang::ALL.iter().map(|lang| text(settings, part, *lang)).collect();
    hex::encode(Sha256::digest(whole.join("\0")))
}

/// The settings with other texts for a part. A text that is empty, or that says what the product's says, is none of the
/// edition's own.
pub fn replaced(settings: &Settings, part: Part, texts: [&str; 2]) -> Result<Settings, Problems> {
    let mut problems = Problems::default();
    let mut own = BTreeMap::new();
    for (lang, text) in Lang::ALL.into_iter().zip(texts) {
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        if text.chars().count() > LONGEST_TEXT {
            let message = Message::new("orientation-too-long").with("most", LONGEST_TEXT);
            problems.add(format!("text-{lang}"), message);
        }
        if !text.is_empty() && text != shipped(part, lang) {
            own.insert(lang.code().to_owned(), text.to_owned());
        }
    }
    let mut changed = settings.clone();
    if own.is_empty() {
        changed.orientation.remove(&part);
    } else {
        changed.orientation.insert(part, own);
    }
    problems.or(changed)
}

/// A text in pieces: a line that begins with `# ` is a heading, lines that begin with `- ` are a list, and an empty line ends
/// a paragraph.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut follows = false;
    for line in text.lines().map(str::trim) {
        let block = match (line.strip_prefix("# "), line.strip_prefix("- ")) {
            _ if line.is_empty() => {
                follows = false;
                continue;
            }
            (Some(heading), _) => Block::Heading(heading.trim().to_owned()),
            (_, Some(item)) => Block::List(vec![item.trim().to_owned()]),
            _ => Block::Paragraph(vec![line.to_owned()]),
        };
        match (blocks.last_mut().filter(|_| follows), block) {
            (Some(Block::List(items)), Block::List(more)) => items.extend(more),
            (Some(Block::Paragraph(lines)), Block::Paragraph(more)) => lines.extend(more),
            (_, block) => blocks.push(block),
        }
        follows = true;
    }
    blocks
}

/// Somebody who has still to read an orientation.
#[derive(Clone, Debug)]
pub struct Missing {
    pub part: Part,
    pub person: PersonId,
    pub name: String,
    pub sort: Vec<u8>,
}

impl Missing {
    /// Where they stand in the list of those who are missing.
    pub fn place(&self) -> (&[u8], PersonId, Part) {
        (&self.sort, self.person, self.part)
    }
}

/// How many of a part have read theirs, of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    pub part: Part,
    pub done: usize,
    pub all: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_text_in_both_languages() {
        for part in PARTS {
            for lang in Lang::ALL {
                let blocks = blocks(shipped(part, lang));
                let headings = blocks.iter().filter(|block| matches!(block, Block::Heading(_))).count();
                assert!(headings >= 3, "{part:?} {lang}: what is expected, what stays between you, how to begin");
                assert!(shipped(part, lang).chars().count() < LONGEST_TEXT);
            }
        }
    }

    #[test]
    fn a_plain_text_has_headings_paragraphs_and_lists() {
        let text = "# Uno\nPrimera línea\nsegunda\n\n- una\n- otra\nfuera\n#sin";
        assert_eq!(
            blocks(text),
            [
                Block::Heading("Uno".to_owned()),
                Block::Paragraph(vec!["Primera línea".to_owned(), "segunda".to_owned()]),
                Block::List(vec!["una".to_owned(), "otra".to_owned()]),
                Block::Paragraph(vec!["fuera".to_owned(), "#sin".to_owned()]),
            ]
        );
    }

    #[test]
    fn an_edition_says_it_its_own_way_and_back() {
        let settings = Settings::default();
        let own = replaced(&settings, Part::Mentor, ["Lo nuestro", ""]).unwrap();
        assert_eq!(text(&own, Part::Mentor, Lang::Es), "Lo nuestro");
        assert_eq!(text(&own, Part::Mentor, Lang::En), shipped(Part::Mentor, Lang::En));
        assert_ne!(digest(&own, Part::Mentor), digest(&settings, Part::Mentor));
        assert_eq!(digest(&own, Part::Mentee), digest(&settings, Part::Mentee));
        let back = replaced(&own, Part::Mentor, [shipped(Part::Mentor, Lang::Es), ""]).unwrap();
        assert_eq!(back, settings);
        assert!(replaced(&settings, Part::Mentor, [&"a".repeat(LONGEST_TEXT + 1), ""]).is_err());
    }
}
