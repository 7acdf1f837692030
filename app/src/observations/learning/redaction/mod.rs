//! Marks what notes of an observation should not name: figures, amounts, percentages, dates, people and addresses, in Spanish and in
//! English, whichever of the two somebody writes. It is a help and no guarantee: it knows how such things look, not what they mean, and
//! whoever writes decides. It would rather pass over a name at the beginning of a sentence than stop at every sentence. Pure.

mod lists;

use std::collections::{BTreeSet, HashSet};

use crate::i18n::fold;
use lists::{
    BODIES, DAYS, HARMLESS, LARGE, LETTERED, MONTHS, NUMBERED, OPENERS, PARTICLES, SHORTENED, SMALL, TITLES, UNITS,
    VAGUE,
};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Figure,
    Amount,
    Percentage,
    Date,
    Name,
    Address,
}

impl Kind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Amount => "amount",
            Self::Percentage => "percentage",
            Self::Date => "date",
            Self::Name => "name",
            Self::Address => "address",
        }
    }

    /// The key of its name.
    pub fn key(self) -> String {
        format!("loops-mark-{}", self.code())
    }
}

/// A place of a text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
}

/// What is known beforehand: people who may be named without it being seen, and words that name nobody.
#[derive(Clone, Debug, Default)]
pub struct Known {
    tokens: HashSet<String>,
    couples: HashSet<(String, String)>,
    harmless: HashSet<String>,
}

impl Known {
    /// `names` are people's; `harmless` are texts whose words are nobody's name: what competencies are called.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>, harmless: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known = Self::default();
        for text in harmless {
            known.harmless.extend(split(text));
        }
        for name in names {
            let tokens: Vec<String> = split(name).filter(|token| is_telling(token)).collect();
            known.couples.extend(tokens.windows(2).map(|two| (two[0].clone(), two[1].clone())));
            known.tokens.extend(tokens);
        }
        known
    }

    /// The same with what organisations are called. Of their words those are left out that are nobody's name: “banco”, “consejo”.
    #[must_use]
    pub fn with_organisations<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        let is_own = |token: &String| {
            let is_common = [BODIES, HARMLESS, MONTHS, DAYS, TITLES].iter().any(|list| list.contains(&token.as_str()));
            is_telling(token) && !is_common && !self.harmless.contains(token)
        };
        let tokens: Vec<String> = names.into_iter().flat_map(split).filter(is_own).collect();
        self.tokens.extend(tokens);
        self
    }
}

fn split(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold)
}

fn is_telling(token: &str) -> bool {
    token.chars().count() > 2 && !PARTICLES.contains(&token)
}

/// A word of a text, with what stands around it.
struct Word<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    folded: String,
    /// Whether a sentence begins with it, or a line, or what somebody said.
    begins: bool,
    starts_line: bool,
    /// Whether it follows somebody's title.
    is_titled: bool,
    tail: &'a str,
}

const SYMBOLS: [char; 5] = ['€', '$', '£', '¥', '₡'];

/// Everything in a text that notes should not name, in its order.
pub fn marks(text: &str, known: &Known) -> Vec<Mark> {
    let words = words(text);
    let mut marks = Vec::new();
    let mut next = 0;
    while next < words.len() {
        let found =
            address(&words, next).or_else(|| number(text, &words, next)).or_else(|| couple(&words, next, known));
        match found {
            Some((last, kind)) => {
                marks.push(Mark { start: words[next].start, end: words[last].end, kind });
                next = last + 1;
            }
            None => next += 1,
        }
    }
    marks.extend(names(text, &words, known));
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut apart: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        match apart.last_mut() {
            Some(last) if mark.start < last.end => {}
            // A name and a surname are one name.
            Some(last) if last.kind == Kind::Name && mark.kind == Kind::Name && text[last.end..mark.start] == *" " => {
                last.end = mark.end;
            }
            _ => apart.push(mark),
        }
    }
    apart
}

/// The text in pieces, each with what it was found to be.
pub fn pieces<'a>(text: &'a str, marks: &[Mark]) -> Vec<(&'a str, Option<Kind>)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for mark in marks {
        if at < mark.start {
            pieces.push((&text[at..mark.start], None));
        }
        pieces.push((&text[mark.start..mark.end], Some(mark.kind)));
        at = mark.end;
    }
    if at < text.len() {
        pieces.push((&text[at..], None));
    }
    pieces
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let (mut begins, mut starts_line) = (true, true);
    let mut rest = 0;
    for chunk in text.split_inclusive(char::is_whitespace) {
        let start = rest;
        rest += chunk.len();
        let bare = chunk.trim_end();
        for (from, to) in parts_of(bare) {
            let part = &bare[from..to];
            let is_inner = |letter: char| letter.is_alphanumeric() || letter == '%' || SYMBOLS.contains(&letter);
            let Some(first) = part.find(is_inner) else {
                begins |= part.contains(['.', '!', '?', '…', ':', '•', '*', '"', '«', '“']);
                continue;
            };
            let last = part.char_indices().rev().find(|(_, letter)| is_inner(*letter));
            let end = last.map_or(part.len(), |(place, letter)| place + letter.len_utf8());
            let (lead, core, tail) = (&part[..first], &part[first..end], &part[end..]);
            let folded = fold(core);
            let is_opened = lead.contains(['¿', '¡', '"', '«', '“', '‘', '\'', '-', '—', '•', '*']);
            let before = words.last().map_or("", |word| word.folded.as_str());
            let is_letter = core.chars().count() == 1 && core.chars().all(char::is_uppercase);
            let is_short =
                tail == "." && (SHORTENED.contains(&folded.as_str()) || is_letter && !LETTERED.contains(&before));
            let is_titled = words.last().is_some_and(|word| TITLES.contains(&word.folded.as_str()) && word.tail != ",");
            words.push(Word {
                start: start + from + first,
                end: start + from + end,
                text: core,
                begins: begins || is_opened,
                starts_line,
                is_titled,
                folded,
                tail,
            });
            begins = !is_short && tail.contains(['.', '!', '?', '…', ':']) || words.last().is_some_and(is_list_mark);
            starts_line = false;
        }
        if chunk.ends_with(['\n', '\r']) {
            (begins, starts_line) = (true, true);
        }
    }
    words
}

/// What stands between blanks in its parts: “Ana/Luis” are two, a date is one.
fn parts_of(chunk: &str) -> Vec<(usize, usize)> {
    if chunk.contains(|letter: char| letter.is_ascii_digit() || letter == '@') || chunk.contains("://") {
        return vec![(0, chunk.len())];
    }
    let mut parts = Vec::new();
    let mut from = 0;
    for (place, letter) in chunk.char_indices().filter(|(_, letter)| ['/', '—', '–', '…'].contains(letter)) {
        let to = place + letter.len_utf8();
        parts.push((from, to));
        from = to;
    }
    if from < chunk.len() {
        parts.push((from, chunk.len()));
    }
    parts
}

type Found = Option<(usize, Kind)>;

fn address(words: &[Word<'_>], at: usize) -> Found {
    let text = words[at].text;
    let is_mail = text.split_once('@').is_some_and(|(before, after)| !before.is_empty() && after.contains('.'));
    let is_site = text.contains("://") || text.to_lowercase().starts_with("www.");
    (is_mail || is_site).then_some((at, Kind::Address))
}

/// A figure, in digits or in words, with its unit.
fn number(text: &str, words: &[Word<'_>], at: usize) -> Found {
    let word = &words[at];
    let has_digits = word.text.contains(|letter: char| letter.is_ascii_digit());
    if !has_digits {
        return number_in_words(words, at);
    }
    if is_list_mark(word) || is_numbered(words, at) || HARMLESS.contains(&word.folded.as_str()) {
        return None;
    }
    if let Some(last) = percent(text, words, at) {
        return Some((last, Kind::Percentage));
    }
    if let Some(last) = date(words, at) {
        return Some((last, Kind::Date));
    }
    if word.text.contains(SYMBOLS) {
        return Some((unit(words, at).unwrap_or(at), Kind::Amount));
    }
    if let Some(last) = unit(words, at) {
        return Some((last, Kind::Amount));
    }
    if is_ordinal(word) {
        return None;
    }
    let kind = if word.folded.ends_with(['k', 'm']) { Kind::Amount } else { Kind::Figure };
    Some((at, kind))
}

fn number_in_words(words: &[Word<'_>], at: usize) -> Found {
    let folded = words[at].folded.as_str();
    let head = folded.split_once('-').map_or(folded, |(head, _)| head);
    let is_large = LARGE.contains(&head) || folded.starts_with("veinti") && folded.len() > 8 || folded == "mil";
    let is_small = SMALL.contains(&folded) && !VAGUE.contains(&folded);
    if !is_large && !is_small {
        return None;
    }
    let mut last = at;
    // “Ciento veinte mil”, “two hundred and fifty”.
    while words[last].tail.is_empty()
        && words.get(last + 1).is_some_and(|word| {
            let head = word.folded.split_once('-').map_or(word.folded.as_str(), |(head, _)| head);
            LARGE.contains(&head)
        })
    {
        last += 1;
    }
    if let Some(end) = percent_in_words(words, last) {
        return Some((end, Kind::Percentage));
    }
    if let Some(end) = unit(words, last) {
        return Some((end, Kind::Amount));
    }
    if let Some(month) = follows(words, last, "de").and_then(|de| month_after(words, de)) {
        return Some((month, Kind::Date));
    }
    is_large.then_some((last, if folded == "mil" { Kind::Amount } else { Kind::Figure }))
}

/// “1.” at the beginning of a line, and “2)” anywhere.
fn is_list_mark(word: &Word<'_>) -> bool {
    let is_short = word.text.len() < 3 && word.text.bytes().all(|byte| byte.is_ascii_digit());
    is_short && (word.tail == ")" || word.starts_line && word.tail.starts_with('.'))
}

fn is_numbered(words: &[Word<'_>], at: usize) -> bool {
    let is_whole = words[at].text.len() < 4 && words[at].text.bytes().all(|byte| byte.is_ascii_digit());
    is_whole && at > 0 && NUMBERED.contains(&words[at - 1].folded.as_str())
}

/// “1º”, “2nd”: who came first is no figure.
fn is_ordinal(word: &Word<'_>) -> bool {
    let ends = ["º", "ª", "°", "o", "st", "nd", "rd", "th"];
    let tail = word.tail;
    let is_tailed = ["º", "ª", "°"].iter().any(|end| tail.starts_with(end));
    let stem = ends.iter().find_map(|end| word.text.strip_suffix(end));
    is_tailed
        || stem.is_some_and(|stem| stem.len() < 3 && !stem.is_empty() && stem.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The place of the next word, if it is this one and nothing stands between.
fn follows(words: &[Word<'_>], at: usize, folded: &str) -> Option<usize> {
    let next = words.get(at + 1)?;
    (words[at].tail.is_empty() && next.folded == folded).then_some(at + 1)
}

fn unit(words: &[Word<'_>], at: usize) -> Option<usize> {
    let is_unit = |word: &Word<'_>| {
        UNITS.contains(&word.folded.as_str()) || word.text.contains(SYMBOLS) && word.text.chars().count() < 4
    };
    let mut last = None;
    let mut place = at;
    // “3 millones de euros”, “2 thousand pounds”.
    while words[place].tail.is_empty() {
        let Some(next) = words.get(place + 1) else { break };
        let is_of = next.folded == "de" && last.is_some() && next.tail.is_empty();
        if is_unit(next) {
            last = Some(place + 1);
        } else if !(is_of && words.get(place + 2).is_some_and(is_unit)) {
            break;
        }
        place += 1;
    }
    last
}

fn percent(text: &str, words: &[Word<'_>], at: usize) -> Option<usize> {
    let word = &words[at];
    if word.text.contains('%') {
        return Some(at);
    }
    let is_sign =
        words.get(at + 1).is_some_and(|next| next.text == "%" && text[word.end..next.start].trim().is_empty());
    if is_sign { Some(at + 1) } else { percent_in_words(words, at) }
}

fn percent_in_words(words: &[Word<'_>], at: usize) -> Option<usize> {
    let two = |first: &str, seconds: &[&str]| {
        let first = follows(words, at, first)?;
        seconds.iter().find_map(|second| follows(words, first, second))
    };
    ["percent", "pp"]
        .iter()
        .find_map(|word| follows(words, at, word))
        .or_else(|| two("per", &["cent"]))
        .or_else(|| two("por", &["ciento", "cien"]))
        .or_else(|| two("puntos", &["porcentuales", "basicos"]))
        .or_else(|| two("percentage", &["points", "point"]))
        .or_else(|| two("basis", &["points", "point"]))
}

fn is_month(word: &Word<'_>) -> bool {
    // “May” is a month where it is capitalised; “may” is not one after a figure either, but “3 may” is rare.
    MONTHS.contains(&word.folded.as_str())
        && (word.folded != "may" && word.folded != "march" || is_capitalised(word.text))
}

/// The month after a place: “de marzo”, “March”, “of March”.
fn month_after(words: &[Word<'_>], at: usize) -> Option<usize> {
    let next = |at: usize| words[at].tail.is_empty().then(|| words.get(at + 1)).flatten();
    let first = next(at)?;
    if is_month(first) {
        return Some(at + 1);
    }
    let is_of = first.folded == "de" || first.folded == "of";
    (is_of && next(at + 1).is_some_and(is_month)).then_some(at + 2)
}

fn date(words: &[Word<'_>], at: usize) -> Option<usize> {
    let word = &words[at];
    let are_digits = |text: &str, most: usize| {
        !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let groups = |sign: char| -> Option<usize> {
        let groups: Vec<&str> = word.text.split(sign).collect();
        groups.iter().all(|group| are_digits(group, 4)).then_some(groups.len())
    };
    let is_day = matches!(groups('/'), Some(2 | 3))
        || groups('-') == Some(3)
        || groups(':').is_some_and(|count| count == 2 || count == 3)
        || groups('.') == Some(3) && word.text.split('.').all(|group| group.len() != 3);
    let is_year = are_digits(word.text, 4) && word.text.parse().is_ok_and(|year: u32| (1900..2100).contains(&year));
    let is_quarter = {
        let mut letters = word.folded.chars();
        let is_letter = letters.next().is_some_and(|letter| ['q', 't', 'h'].contains(&letter));
        is_letter && letters.as_str().len() == 1 && are_digits(letters.as_str(), 1)
    };
    if let Some(month) = month_after(words, at).filter(|_| !is_year) {
        let year = month_after(words, at).and_then(|month| {
            let next = follows(words, month, "de").unwrap_or(month) + 1;
            words.get(next).filter(|word| are_digits(word.text, 4) && word.text.len() == 4).map(|_| next)
        });
        return Some(year.unwrap_or(month));
    }
    let is_dated = |word: &Word<'_>| (is_month(word) || DAYS.contains(&word.folded.as_str())) && word.tail.is_empty();
    let is_after_month = at > 0 && is_dated(&words[at - 1]);
    (is_day || is_year || is_quarter || is_after_month).then_some(at)
}

/// A whole name that is known, in whichever letters.
fn couple(words: &[Word<'_>], at: usize, known: &Known) -> Found {
    let next = words.get(at + 1)?;
    let couple = (bare(&words[at]).to_owned(), bare(next).to_owned());
    (words[at].tail.is_empty() && known.couples.contains(&couple)).then_some((at + 1, Kind::Name))
}

/// A word without what English adds to it.
fn bare<'a>(word: &'a Word<'_>) -> &'a str {
    let folded = word.folded.as_str();
    folded.strip_suffix("'s").or_else(|| folded.strip_suffix("’s")).unwrap_or(folded)
}

fn is_capitalised(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

/// Whether somebody writes in capitals throughout: then they say nothing, and only what is known is marked.
fn is_shouted(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let capitals = text.chars().filter(|letter| letter.is_uppercase()).count();
    letters > 12 && capitals * 10 > letters * 6
}

fn names(text: &str, words: &[Word<'_>], known: &Known) -> Vec<Mark> {
    let is_shouted = is_shouted(text);
    let is_known = |word: &Word<'_>| known.tokens.contains(bare(word)) && is_capitalised(word.text);
    let may_name = |word: &Word<'_>| {
        let folded = bare(word);
        let is_word = word.text.chars().count() > 1 && word.text.chars().any(char::is_alphabetic);
        let is_number = word.text.contains(|letter: char| letter.is_ascii_digit());
        let plain: String = folded.chars().filter(|letter| letter.is_alphanumeric()).collect();
        let is_common = [MONTHS, DAYS, HARMLESS, TITLES, BODIES].iter().any(|list| list.contains(&plain.as_str()));
        let is_harmless = is_common || split(word.text).all(|part| known.harmless.contains(&part));
        !is_shouted && is_capitalised(word.text) && is_word && !is_number && !is_harmless
    };
    let mut found: Vec<bool> =
        words.iter().map(|word| is_known(word) || may_name(word) && (!word.begins || word.is_titled)).collect();
    let elsewhere: BTreeSet<String> =
        words.iter().zip(&found).filter(|(_, found)| **found).map(|(word, _)| bare(word).to_owned()).collect();
    for place in 0..words.len() {
        let word = &words[place];
        // “Begoña Torres” begins with a name; “Ask Lucía”, where Lucía is known, with something else.
        let next = words.get(place + 1).filter(|next| word.tail.is_empty() && !is_known(next));
        let goes_on = next.is_some() && found[place + 1];
        let is_opener = OPENERS.contains(&bare(word));
        if word.begins && may_name(word) && !is_opener && (goes_on || elsewhere.contains(bare(word))) {
            found[place] = true;
        }
    }
    let marked = words.iter().zip(found).filter(|(_, found)| *found);
    marked.map(|(word, _)| Mark { start: word.start, end: word.end, kind: Kind::Name }).collect()
}

#[cfg(test)]
mod tests;
