//! As much of Rust's grammar as the rules need: identifiers, strings and punctuation with their lines, and the paths that
//! they make. Comments are passed over; what stands in strings is never taken for code.

/// A piece of a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Word(String),
    Text(String),
    Mark(char),
}

#[derive(Clone, Debug)]
pub struct Token {
    pub piece: Piece,
    pub line: usize,
}

/// A path such as `crate::db::Error`, whole, from whichever crate or module it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathUse {
    pub segments: Vec<String>,
    pub line: usize,
    /// How many modules of the same file stand around it: `mod tests { … }` is one.
    pub depth: usize,
}

pub fn tokens(source: &str) -> Vec<Token> {
    let letters: Vec<char> = source.chars().collect();
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < letters.len() {
        let begun = line;
        let rest = &letters[at..];
        let (piece, length) = match rest {
            ['/', '/', ..] => (None, rest.iter().take_while(|letter| **letter != '\n').count()),
            ['/', '*', ..] => (None, block_comment(rest)),
            ['"', ..] => string(rest, 0, 0),
            ['b' | 'c', '"', ..] => string(rest, 1, 0),
            ['r', '"' | '#', ..] if raw_hashes(&rest[1..]).is_some() => string(rest, 1, 1),
            ['b' | 'c', 'r', '"' | '#', ..] if raw_hashes(&rest[2..]).is_some() => string(rest, 2, 1),
            ['\'', '\\', ..] => (None, 3 + rest[3..].iter().take_while(|letter| **letter != '\'').count()),
            ['\'', _, '\'', ..] => (None, 3),
            [letter, ..] if letter.is_alphabetic() || *letter == '_' => {
                let word: String =
                    rest.iter().take_while(|letter| letter.is_alphanumeric() || **letter == '_').collect();
                let length = word.chars().count();
                (Some(Piece::Word(word)), length)
            }
            [letter, ..] if letter.is_whitespace() => (None, 1),
            [letter, ..] => (Some(Piece::Mark(*letter)), 1),
            [] => break,
        };
        let length = length.max(1).min(rest.len());
        line += rest[..length].iter().filter(|letter| **letter == '\n').count();
        tokens.extend(piece.map(|piece| Token { piece, line: begun }));
        at += length;
    }
    tokens
}

fn block_comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at + 1 < rest.len() {
        match (rest[at], rest[at + 1]) {
            ('/', '*') => (depth, at) = (depth + 1, at + 2),
            ('*', '/') => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// The number of `#` before a quotation mark, if that is what stands here.
fn raw_hashes(rest: &[char]) -> Option<usize> {
    let hashes = rest.iter().take_while(|letter| **letter == '#').count();
    (rest.get(hashes) == Some(&'"')).then_some(hashes)
}

fn string(rest: &[char], prefix: usize, raw: usize) -> (Option<Piece>, usize) {
    let hashes = if raw == 1 { raw_hashes(&rest[prefix..]).unwrap_or(0) } else { 0 };
    let start = prefix + hashes + 1;
    let mut at = start;
    while at < rest.len() {
        match rest[at] {
            '\\' if raw == 0 => at += 2,
            '"' if rest[at + 1..].iter().take(hashes).filter(|letter| **letter == '#').count() == hashes => break,
            _ => at += 1,
        }
    }
    let end = at.min(rest.len());
    (Some(Piece::Text(rest[start..end].iter().collect())), end + 1 + hashes)
}

impl Token {
    pub fn is(&self, mark: char) -> bool {
        self.piece == Piece::Mark(mark)
    }

    pub fn word(&self) -> Option<&str> {
        match &self.piece {
            Piece::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// Every path of at least two segments, those in the groups of a `use` spelt out.
pub fn paths(tokens: &[Token]) -> Vec<PathUse> {
    let mut paths = Vec::new();
    let (mut at, mut braces, mut modules) = (0, 0_usize, Vec::new());
    while at < tokens.len() {
        let is_module = tokens[at].word() == Some("mod") && tokens.get(at + 2).is_some_and(|token| token.is('{'));
        if is_module {
            modules.push(braces);
        }
        if tokens[at].is('{') {
            braces += 1;
        } else if tokens[at].is('}') {
            braces = braces.saturating_sub(1);
            modules.pop_if(|outside| *outside == braces);
        }
        let goes_on = at > 0 && (tokens[at - 1].is('.') || at > 1 && is_double_colon(tokens, at - 2));
        if tokens[at].word().is_some() && !goes_on && is_double_colon(tokens, at + 1) {
            at = tree(tokens, at, &[], modules.len(), &mut paths);
        } else {
            at += 1;
        }
    }
    paths
}

fn is_double_colon(tokens: &[Token], at: usize) -> bool {
    [at, at + 1].iter().all(|at| tokens.get(*at).is_some_and(|token| token.is(':')))
}

/// Reads one path, or a tree of them, and says where it ends.
fn tree(tokens: &[Token], mut at: usize, prefix: &[String], depth: usize, paths: &mut Vec<PathUse>) -> usize {
    let mut segments = prefix.to_vec();
    let line = tokens[at].line;
    loop {
        match &tokens[at].piece {
            Piece::Word(word) => segments.push(word.clone()),
            Piece::Mark('{') => {
                at += 1;
                while at < tokens.len() && !tokens[at].is('}') {
                    let is_branch = tokens[at].word().is_some() && tokens[at].word() != Some("as");
                    at = if is_branch { tree(tokens, at, &segments, depth, paths) } else { at + 1 };
                }
                return at + 1;
            }
            _ => break,
        }
        at += 1;
        if !is_double_colon(tokens, at) || at + 2 >= tokens.len() {
            break;
        }
        at += 2;
    }
    paths.push(PathUse { segments, line, depth });
    // `name as other`: the other name is no path.
    if tokens.get(at).and_then(Token::word) == Some("as") { at + 2 } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<String> {
        paths(&tokens(source)).into_iter().map(|path| path.segments.join("::")).collect()
    }

    #[test]
    fn paths_are_found_wherever_they_stand() {
        assert_eq!(
            found("use crate::{db::{self, Error as E}, web}; fn f() { let x: crate::mail::Mail = super::g::<'a>(); }"),
            ["crate::db::self", "crate::db::Error", "crate::web", "crate::mail::Mail", "super::g"]
        );
    }

    #[test]
    fn comments_and_strings_are_no_code() {
        assert_eq!(
            found("// crate::a::b\n/* crate::c /* x */ */ \"crate::d\" r#\"crate::\"e\"# 'x' '\\'' crate::f::g"),
            ["crate::f::g"]
        );
    }

    #[test]
    fn lines_and_modules_are_counted() {
        let paths = paths(&tokens("use a::b;\nmod tests {\n  use super::x;\n}\nuse c::d;"));
        assert_eq!(paths.iter().map(|path| (path.line, path.depth)).collect::<Vec<_>>(), [(1, 0), (3, 1), (5, 0)]);
    }
}
