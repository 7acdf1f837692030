//! The proof of a run as a file that a stranger can check: the problem as numbers, the pairs, the prices; no names. It is a text,
//! compressed where it is large. Its last line is the SHA-256 of all lines before it, so that no number can be changed unseen.
//!
//! ```text
//! telemaco-proof 1
//! # …how to check it…
//! size 3 2 1001          mentees, mentors, points lost for each mentee left out
//! seats 0 alike 1        the free seats of a mentor; `dearer` names what each seat costs
//! kept 2 0               a pair that stood before; its mentee has no line below
//! mentee 0 1 -901 40 -   mentee, mentor found (or -), price, then the score with each mentor (- where forbidden)
//! mentor 0 12            mentor, price
//! worth 940
//! sha256 …
//! ```

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};

use anyhow::{Context as _, bail, ensure};
use assignment::{FORBIDDEN, MenteeId, MentorId, Prices, Proof, Seats, Solution, Table, verify_table};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use super::barred::Barred;
use crate::pairing::model::ScoredProblem;

const HEAD: &str = "telemaco-proof 1\n\
    # The pairing of a run as numbers, with the prices that prove it. Check it with: telemaco verify FILE\n\
    # By hand: the price of a mentee plus the price of a mentor is at least their score, for every pair; no price of a mentee is\n\
    # below minus the points lost for being left out, none of a mentor below 0. Then the prices of all mentees, plus for each\n\
    # free seat what the mentor's price exceeds its cost, are more than any pairing can be worth; and this one is worth as much.\n\
    # A score may stand for a pair that is not allowed, for a reason that is not told: one with which no pairing would be better.\n\
    # size MENTEES MENTORS LOST | seats MENTOR alike COUNT or dearer COST… | kept MENTEE MENTOR | mentee N MENTOR PRICE SCORE…\n\
    # mentor N PRICE | worth POINTS | sha256 of all lines before it\n";

/// Texts longer than this are kept compressed.
const LONG: usize = 64 * 1024;
/// The most that a file may unfold to: forty thousand mentees by ten thousand mentors.
const LONGEST: u64 = 4 << 30;

/// What a proof says once it is checked.
#[derive(Clone, Debug)]
pub struct Checked {
    pub table: Table,
    /// Of each mentee of the table the number in the run.
    pub rows: Vec<usize>,
    pub kept: Vec<(usize, usize)>,
    pub matching: Vec<Option<MentorId>>,
    pub prices: Prices,
    pub proof: Proof,
    pub digest: String,
}

/// The file, and the digest at its end. Pairs in `barred`, which come in the order of the table, bear their score there.
pub fn write(
    problem: &ScoredProblem,
    kept: &[(usize, usize)],
    solution: &Solution,
    barred: &[Barred],
) -> anyhow::Result<(Vec<u8>, String)> {
    let mut barred = barred.iter().peekable();
    let mut text =
        String::with_capacity(problem.table.mentee_count() * (problem.table.mentors().len() * 5 + 40) + 4096);
    text.push_str(HEAD);
    let table = &problem.table;
    let mentees = problem.rows.len() + kept.len();
    writeln!(text, "size {mentees} {} {}", table.mentors().len(), table.unmatched_penalty())?;
    for (mentor, seats) in table.mentors().iter().enumerate() {
        match seats {
            Seats::Alike(count) => writeln!(text, "seats {mentor} alike {count}")?,
            Seats::Dearer(costs) => {
                write!(text, "seats {mentor} dearer")?;
                costs.iter().try_for_each(|cost| write!(text, " {cost}"))?;
                text.push('\n');
            }
        }
    }
    for (mentee, mentor) in kept {
        writeln!(text, "kept {mentee} {mentor}")?;
    }
    for (number, row) in (0..).map(MenteeId).zip(&problem.rows) {
        write!(text, "mentee {row} ")?;
        match solution.matching[number.index()] {
            Some(mentor) => write!(text, "{}", mentor.0)?,
            None => text.push('-'),
        }
        write!(text, " {}", solution.prices.mentees[number.index()])?;
        for (mentor, &score) in (0_u32..).zip(table.row(number)) {
            text.push(' ');
            let score = match barred.next_if(|pair| (pair.mentee, pair.mentor) == (number.0, mentor)) {
                Some(pair) => pair.score,
                None => score,
            };
            if score == FORBIDDEN { text.push('-') } else { push_number(&mut text, score) }
        }
        text.push('\n');
    }
    for (mentor, price) in solution.prices.mentors.iter().enumerate() {
        writeln!(text, "mentor {mentor} {price}")?;
    }
    writeln!(text, "worth {}", solution.proof.objective())?;
    let digest = hex::encode(Sha256::digest(text.as_bytes()));
    writeln!(text, "sha256 {digest}")?;
    Ok((packed(text)?, digest))
}

/// The same as `write!`, which is too slow for twenty million of them.
fn push_number(text: &mut String, number: i32) {
    if number < 0 {
        text.push('-');
    }
    let mut digits = [0_u8; 10];
    let (mut rest, mut first) = (number.unsigned_abs(), digits.len());
    loop {
        first -= 1;
        digits[first] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    text.extend(digits[first..].iter().map(|digit| char::from(*digit)));
}

fn packed(text: String) -> anyhow::Result<Vec<u8>> {
    if text.len() <= LONG {
        return Ok(text.into_bytes());
    }
    // No time and no name stand in the head, so that the same proof is the same bytes.
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(text.as_bytes())?;
    Ok(packer.finish()?)
}

/// Whether the file is kept compressed.
pub fn is_packed(file: &[u8]) -> bool {
    file.starts_with(&[0x1f, 0x8b])
}

/// Reads a file and checks it with code that shares nothing with the solver. An error says what is wrong.
pub fn check(file: &[u8]) -> anyhow::Result<Checked> {
    let text = unpacked(file)?;
    let (body, digest) = split_digest(&text)?;
    ensure!(hex::encode(Sha256::digest(body.as_bytes())) == digest, "the digest does not fit: something was changed");
    let claim = Claim::read(body)?;
    let mentees = u32::try_from(claim.rows.len()).context("there are too many mentees")?;
    let table = Table::new(mentees, claim.seats, claim.scores, Some(claim.unmatched_penalty))?;
    let proof = verify_table(&table, &claim.matching, &claim.prices)?;
    ensure!(
        proof.objective() == claim.worth,
        "it claims to be worth {} and is worth {}",
        claim.worth,
        proof.objective()
    );
    let Claim { rows, kept, matching, prices, .. } = claim;
    Ok(Checked { table, rows, kept, matching, prices, proof, digest: digest.to_owned() })
}

fn unpacked(file: &[u8]) -> anyhow::Result<String> {
    let mut text = String::new();
    if is_packed(file) {
        GzDecoder::new(file).take(LONGEST).read_to_string(&mut text).context("the file is damaged")?;
    } else {
        text.push_str(std::str::from_utf8(file).context("this is no proof of Telémaco")?);
    }
    ensure!(text.starts_with("telemaco-proof 1\n"), "this is no proof of Telémaco");
    Ok(text)
}

fn split_digest(text: &str) -> anyhow::Result<(&str, &str)> {
    let lines = text.strip_suffix('\n').context("the last line is not whole")?;
    let last = lines.rfind('\n').map_or(0, |place| place + 1);
    let digest = lines[last..].strip_prefix("sha256 ").context("the last line is no digest")?;
    Ok((&text[..last], digest))
}

/// What a file says, not yet checked.
struct Claim {
    size: (usize, usize),
    unmatched_penalty: i64,
    seats: Vec<Seats>,
    kept: Vec<(usize, usize)>,
    rows: Vec<usize>,
    scores: Vec<i32>,
    matching: Vec<Option<MentorId>>,
    prices: Prices,
    worth: i128,
}

impl Claim {
    fn read(body: &str) -> anyhow::Result<Self> {
        let mut claim: Option<Self> = None;
        let mut worth = None;
        for (number, line) in body.lines().enumerate().skip(1).filter(|(_, line)| !line.starts_with('#')) {
            let mut words = line.split(' ');
            let kind = words.next().unwrap_or_default();
            let done = match (&mut claim, kind) {
                (None, "size") => Self::begin(&mut words).map(|begun| claim = Some(begun)),
                (Some(_), "worth") => whole(words.next()).map(|points| worth = Some(points)),
                (Some(claim), kind) => claim.take(kind, &mut words),
                (None, _) => bail!("line {}: the size has to come first", number + 1),
            };
            done.and_then(|()| match words.next() {
                Some(_) => bail!("there is too much"),
                None => Ok(()),
            })
            .with_context(|| format!("line {}", number + 1))?;
        }
        let mut claim = claim.context("nothing is in it")?;
        claim.worth = worth.context("it does not say what it is worth")?;
        claim.is_whole()?;
        Ok(claim)
    }

    fn begin<'t>(words: &mut impl Iterator<Item = &'t str>) -> anyhow::Result<Self> {
        let size = (whole(words.next())?, whole(words.next())?);
        Ok(Self {
            size,
            unmatched_penalty: whole(words.next())?,
            seats: Vec::new(),
            kept: Vec::new(),
            rows: Vec::new(),
            scores: Vec::new(),
            matching: Vec::new(),
            prices: Prices::default(),
            worth: 0,
        })
    }

    fn take<'t>(&mut self, kind: &str, words: &mut impl Iterator<Item = &'t str>) -> anyhow::Result<()> {
        match kind {
            "seats" => {
                ensure!(whole::<usize>(words.next())? == self.seats.len(), "mentors are out of order");
                let seats = match words.next() {
                    Some("alike") => Seats::Alike(whole(words.next())?),
                    Some("dearer") => Seats::Dearer(words.map(|word| whole(Some(word))).collect::<Result<_, _>>()?),
                    _ => bail!("seats are alike or dearer"),
                };
                self.seats.push(seats);
            }
            "kept" => self.kept.push((whole(words.next())?, whole(words.next())?)),
            "mentee" => {
                self.rows.push(whole(words.next())?);
                let mentor = words.next();
                let mentor = if mentor == Some("-") { None } else { Some(MentorId(whole(mentor)?)) };
                self.matching.push(mentor);
                self.prices.mentees.push(whole(words.next())?);
                let before = self.scores.len();
                for word in words {
                    self.scores.push(if word == "-" { FORBIDDEN } else { whole(Some(word))? });
                }
                ensure!(self.scores.len() - before == self.size.1, "there is not a score for each mentor");
            }
            "mentor" => {
                ensure!(whole::<usize>(words.next())? == self.prices.mentors.len(), "mentors are out of order");
                self.prices.mentors.push(whole(words.next())?);
            }
            _ => bail!("nobody knows {kind:?}"),
        }
        Ok(())
    }

    /// Every mentee stands once, kept or found; nobody is beyond the size.
    fn is_whole(&self) -> anyhow::Result<()> {
        let (mentees, mentors) = self.size;
        ensure!(self.seats.len() == mentors, "there are not seats for each mentor");
        let mut seen: Vec<usize> =
            self.kept.iter().map(|(mentee, _)| *mentee).chain(self.rows.iter().copied()).collect();
        seen.sort_unstable();
        ensure!(seen.into_iter().eq(0..mentees), "not every mentee stands there once");
        ensure!(self.kept.iter().all(|(_, mentor)| *mentor < mentors), "a pair is kept with a mentor who is not there");
        Ok(())
    }
}

fn whole<T: std::str::FromStr>(word: Option<&str>) -> anyhow::Result<T> {
    let word = word.context("something is missing")?;
    word.parse().ok().with_context(|| format!("{word:?} is no number that could stand there"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pairing::rules::{Balance, Must, Rules, Unknown, Wish};
    use crate::pairing::run;
    use crate::pairing::testing::{pool, prefer, speaking, with};

    fn file() -> String {
        let of = |name: &str, language: &str, area: &str| with(speaking(name, &[language]), "area", &[area]);
        let mut people = pool(
            vec![of("ana", "fr", "x"), of("ben", "fr", "y"), of("eva", "es", "x"), of("leo", "de", "x")],
            vec![of("zoe", "fr", "x"), of("max", "es", "y"), of("kim", "fr", "y")],
        );
        people.given.kept = vec![(2, 1)];
        let rules = Rules {
            musts: vec![Must::SharedLanguage { unknown: Unknown::Forbid }],
            capacity: Some(2),
            balance: Balance::new(vec![0, 10]),
            ..prefer(Wish::Similar { attribute: "area".into() }, 40)
        };
        let outcome = run(&people, &rules).unwrap();
        let (bytes, digest) = write(&outcome.problem, &people.given.kept, &outcome.solution, &[]).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.ends_with(&format!("sha256 {digest}\n")));
        text
    }

    #[test]
    fn what_is_written_is_proved_again() {
        let checked = check(file().as_bytes()).unwrap();
        assert_eq!((checked.rows.len(), checked.kept.as_slice()), (3, [(2, 1)].as_slice()));
        assert_eq!(checked.proof.matched(), 2);
    }

    #[test]
    fn any_one_number_changed_is_refused() {
        let text = file();
        let mut changed = 0;
        for (place, digit) in text.char_indices().filter(|(_, letter)| letter.is_ascii_digit()) {
            let other = if digit == '9' { '0' } else { char::from(digit as u8 + 1) };
            let mut other_text = text.clone();
            other_text.replace_range(place..=place, &other.to_string());
            assert!(check(other_text.as_bytes()).is_err(), "{other_text}");
            changed += 1;
        }
        assert!(changed > 60, "{changed}");
    }

    /// Whoever makes the digest fit again has to make the numbers fit too.
    #[test]
    fn with_a_new_digest_the_numbers_speak() {
        let text = file();
        let (body, _) = split_digest(&text).unwrap();
        let forged = |from: &str, to: &str| {
            assert!(body.contains(from), "{from} is not in {body}");
            let body = body.replacen(from, to, 1);
            let digest = hex::encode(Sha256::digest(body.as_bytes()));
            format!("{:#}", check(format!("{body}sha256 {digest}\n").as_bytes()).unwrap_err())
        };
        assert!(forged("\nworth -31", "\nworth -30").contains("claims to be worth"));
        assert!(forged("kept 2 1", "kept 1 1").contains("stands there once"));
        assert!(forged("kept 2 1", "kept 2 7").contains("not there"));
        assert!(forged("mentor 0 ", "mentor 0 9").contains("the prices allow"));
        assert!(forged("mentee 0 0 ", "mentee 0 2 ").contains("the prices allow"));
        assert!(forged("mentee 3 - ", "mentee 3 0 ").contains("not allowed"));
        assert!(forged("seats 0 dearer 0 10", "seats 0 dearer 10 0").contains("lower penalty"));
        assert!(forged("mentor 2 ", "tutor 2 ").contains("nobody knows"));
    }

    #[test]
    fn what_is_no_proof_is_said_to_be_none() {
        for file in [&b""[..], b"telemaco-proof 1\n", b"\x1f\x8b\x08", b"\xff\xfe", b"telemaco-proof 1\nsha256 00\n"] {
            assert!(check(file).is_err());
        }
    }

    #[test]
    fn a_long_one_is_packed_and_read_all_the_same() {
        let people = pool(
            (0..120).map(|number| with(speaking(&format!("a{number}"), &["es"]), "area", &["x"])).collect(),
            (0..400).map(|number| with(speaking(&format!("b{number}"), &["es"]), "area", &["x"])).collect(),
        );
        let outcome = run(&people, &prefer(Wish::Similar { attribute: "area".into() }, 40)).unwrap();
        let (bytes, _) = write(&outcome.problem, &[], &outcome.solution, &[]).unwrap();
        assert!(is_packed(&bytes) && bytes.len() < LONG);
        assert_eq!(check(&bytes).unwrap().proof.matched(), 120);
        for place in [15, bytes.len() / 2, bytes.len() - 9] {
            let mut damaged = bytes.clone();
            damaged[place] ^= 1;
            assert!(check(&damaged).is_err(), "byte {place}");
        }
    }
}
