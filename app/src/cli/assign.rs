//! `telemaco assign`: the engine alone, from CSV to CSV. Reading, writing and measuring are here; what is optimal is
//! decided in `crates/assignment`.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, bail};
use assignment::{Draft, MenteeId, MentorId, Mistake, Pair, Problem, Seats, Solution, solve};
use clap::Args;
use rustix::time::{ClockId, clock_gettime};
use serde::Serialize;

/// Mentees are 0 to the greatest id, so that one mistyped id could ask for more memory than there is.
const GREATEST_ID: u32 = 9_999_999;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The allowed pairs: CSV `mentee,mentor,score`, integer ids from 0 and integer scores; mentees are 0 to the
    /// greatest id
    #[arg(long, value_name = "FILE")]
    edges: PathBuf,
    /// The mentors: CSV `mentor,capacity`
    #[arg(long, value_name = "FILE")]
    mentors: PathBuf,
    /// Points lost for each mentee who is left out
    #[arg(long, value_name = "POINTS", default_value_t = 10_000, allow_negative_numbers = true)]
    unmatched_penalty: i64,
    /// Threads that the engine may use; the result is the same for any number (at present it uses one)
    #[arg(long, value_name = "N", default_value = "1")]
    threads: NonZeroUsize,
    /// Where to write the pairs: CSV `mentee,mentor,score`
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Where to write the prices that prove the optimum: CSV `side,id,price`
    #[arg(long, value_name = "FILE")]
    prices: Option<PathBuf>,
}

/// What is printed: one JSON object.
#[derive(Serialize)]
struct Report {
    objective: i128,
    matched: usize,
    unmatched: usize,
    dual_objective: i128,
    gap: i128,
    seconds: Seconds,
    /// Of all threads, from parsed rows to verified solution.
    cpu_seconds_solve: f64,
    /// `null` where the system does not tell.
    peak_rss_bytes: Option<u64>,
}

#[derive(Serialize)]
struct Seconds {
    read: f64,
    solve: f64,
    write: f64,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    distinct(arguments)?;
    let start = Instant::now();
    let mentors = Mentors::read(&arguments.mentors)?;
    let draft = read_draft(arguments, &mentors)?;
    let read = start.elapsed();

    let (start, start_cpu) = (Instant::now(), cpu_time());
    let problem = Problem::new(draft).map_err(|mistake| explain(arguments, &mentors, &mistake))?;
    let solution = solve(&problem)?;
    let (solving, solving_cpu) = (start.elapsed(), cpu_time().saturating_sub(start_cpu));

    let start = Instant::now();
    if let Some(path) = &arguments.out {
        write_whole(path, |file| write_pairs(file, &problem, &solution, &mentors))?;
    }
    if let Some(path) = &arguments.prices {
        write_whole(path, |file| write_prices(file, &solution, &mentors))?;
    }
    let seconds =
        Seconds { read: read.as_secs_f64(), solve: solving.as_secs_f64(), write: start.elapsed().as_secs_f64() };
    print(&Report {
        objective: solution.proof.objective(),
        matched: solution.proof.matched(),
        unmatched: problem.mentee_count() - solution.proof.matched(),
        dual_objective: solution.proof.dual_objective(),
        gap: solution.proof.gap(),
        seconds,
        cpu_seconds_solve: solving_cpu.as_secs_f64(),
        peak_rss_bytes: peak_rss_bytes(),
    })
}

/// The mentors of the file in the order of their ids, which need not be without gaps.
struct Mentors {
    ids: Vec<u32>,
    seats: Vec<Seats>,
    /// Of each id: the mentor's place in the engine, if there is such a mentor.
    numbers: Vec<Option<MentorId>>,
}

impl Mentors {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let mut rows: Vec<(u32, u32)> = Vec::new();
        let mut known: Vec<bool> = Vec::new();
        read_rows(path, ["mentor", "capacity"], |_, [mentor, capacity]| {
            let id = read_id(mentor, "mentor")?;
            let capacity: u32 =
                read_integer(capacity).ok_or_else(|| anyhow!("capacity {} is no integer from 0", shown(capacity)))?;
            if known.len() <= id as usize {
                known.resize(id as usize + 1, false);
            }
            if std::mem::replace(&mut known[id as usize], true) {
                bail!("mentor {id} stands twice");
            }
            rows.push((id, capacity));
            Ok(())
        })?;
        rows.sort_unstable();
        let mut numbers = vec![None; known.len()];
        for (number, &(id, _)) in (0..).map(MentorId).zip(&rows) {
            numbers[id as usize] = Some(number);
        }
        let (ids, seats) = rows.into_iter().map(|(id, capacity)| (id, Seats::Alike(capacity))).unzip();
        Ok(Self { ids, seats, numbers })
    }

    fn number(&self, id: u32) -> Option<MentorId> {
        self.numbers.get(id as usize).copied().flatten()
    }

    fn id(&self, number: MentorId) -> u32 {
        self.ids[number.index()]
    }
}

const EDGE_COLUMNS: [&str; 3] = ["mentee", "mentor", "score"];

fn read_draft(arguments: &Arguments, mentors: &Mentors) -> anyhow::Result<Draft> {
    let mut pairs = Vec::new();
    let mut mentees = 0;
    read_rows(&arguments.edges, EDGE_COLUMNS, |_, row| {
        let pair = read_pair(row, mentors)?;
        mentees = mentees.max(pair.mentee.0 + 1);
        pairs.push(pair);
        Ok(())
    })?;
    Ok(Draft { mentees, mentors: mentors.seats.clone(), pairs, unmatched_penalty: arguments.unmatched_penalty })
}

fn read_pair([mentee, mentor, score]: [&[u8]; 3], mentors: &Mentors) -> anyhow::Result<Pair> {
    let mentee = MenteeId(read_id(mentee, "mentee")?);
    let id = read_id(mentor, "mentor")?;
    let mentor = mentors.number(id).ok_or_else(|| anyhow!("mentor {id} is not in the file of mentors"))?;
    let score = read_integer(score).ok_or_else(|| anyhow!("score {} is no integer", shown(score)))?;
    Ok(Pair { mentee, mentor, score })
}

/// Reads a CSV file that must have exactly these columns, all of integers, and hands on each row with the number of its
/// line. Such a file has no line breaks within quotes, so a line is a row, and the number is right. What is wrong is
/// told with file and line.
fn read_rows<const N: usize>(
    path: &Path,
    columns: [&str; N],
    mut take: impl FnMut(usize, [&[u8]; N]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut file = BufReader::with_capacity(1 << 16, file);
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        let end = file.read_until(b'\n', &mut bytes).with_context(|| format!("cannot read {}", path.display()))? == 0;
        let text = bytes.strip_prefix(b"\xef\xbb\xbf".as_slice()).filter(|_| line == 1).unwrap_or(&bytes);
        let outcome = if line == 1 {
            read_header(text, columns)
        } else if text.trim_ascii().is_empty() {
            Ok(())
        } else {
            fields(text).and_then(|row| take(line, row))
        };
        outcome.with_context(|| format!("{}:{line}", path.display()))?;
        if end {
            break;
        }
    }
    Ok(())
}

fn read_header<const N: usize>(text: &[u8], columns: [&str; N]) -> anyhow::Result<()> {
    match fields::<N>(text) {
        Ok(found) if found == columns.map(str::as_bytes) => Ok(()),
        _ => bail!("the header must be {}", columns.join(",")),
    }
}

fn fields<const N: usize>(text: &[u8]) -> anyhow::Result<[&[u8]; N]> {
    let mut row: [&[u8]; N] = [b""; N];
    let mut found = 0;
    for field in text.split(|&byte| byte == b',') {
        if let Some(place) = row.get_mut(found) {
            *place = unquoted(field.trim_ascii());
        }
        found += 1;
    }
    if found != N {
        bail!("there are {found} fields instead of {N}");
    }
    Ok(row)
}

/// Some programs put every cell in quotes.
fn unquoted(field: &[u8]) -> &[u8] {
    field.strip_prefix(b"\"").and_then(|field| field.strip_suffix(b"\"")).unwrap_or(field)
}

fn read_integer<T: std::str::FromStr>(field: &[u8]) -> Option<T> {
    std::str::from_utf8(field).ok()?.parse().ok()
}

fn read_id(field: &[u8], what: &str) -> anyhow::Result<u32> {
    match read_integer(field) {
        Some(id) if id <= GREATEST_ID => Ok(id),
        _ => bail!("{what} {} is no integer from 0 to {GREATEST_ID}", shown(field)),
    }
}

fn shown(field: &[u8]) -> String {
    format!("`{}`", String::from_utf8_lossy(field).escape_debug())
}

/// The engine's refusal in the terms of the files: ids as they stand there, and the line.
fn explain(arguments: &Arguments, mentors: &Mentors, mistake: &Mistake) -> anyhow::Error {
    let at = |mentee: MenteeId, mentor: MentorId, occurrence| {
        let line = line_of(&arguments.edges, mentee, mentors.id(mentor), occurrence);
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{}{line}", arguments.edges.display())
    };
    match mistake {
        Mistake::PairTwice { mentee, mentor } => {
            let place = at(*mentee, *mentor, 2);
            anyhow!("{place}: the pair of mentee {} and mentor {} stands twice", mentee.0, mentors.id(*mentor))
        }
        Mistake::ScoreTooLarge { pair, limit } => {
            let place = at(pair.mentee, pair.mentor, 1);
            anyhow!("{place}: score {} lies beyond ±{limit}", pair.score)
        }
        other => anyhow!("{other}"),
    }
}

/// Reads the file once more for the line of a pair; only a refusal needs it.
fn line_of(path: &Path, mentee: MenteeId, mentor: u32, occurrence: usize) -> Option<usize> {
    let mut lines = Vec::new();
    let read = read_rows(path, EDGE_COLUMNS, |line, [this_mentee, this_mentor, _]| {
        if read_integer(this_mentee) == Some(mentee.0) && read_integer(this_mentor) == Some(mentor) {
            lines.push(line);
        }
        Ok(())
    });
    read.ok().and_then(|()| lines.get(occurrence - 1).copied())
}

fn write_pairs(file: &mut dyn Write, problem: &Problem, solution: &Solution, mentors: &Mentors) -> io::Result<()> {
    writeln!(file, "mentee,mentor,score")?;
    for (mentee, mentor) in problem.mentees().zip(&solution.matching) {
        if let Some(pair) = mentor.and_then(|mentor| problem.pair(mentee, mentor)) {
            writeln!(file, "{},{},{}", mentee.0, mentors.id(pair.mentor), pair.score)?;
        }
    }
    Ok(())
}

fn write_prices(file: &mut dyn Write, solution: &Solution, mentors: &Mentors) -> io::Result<()> {
    writeln!(file, "side,id,price")?;
    for (mentee, price) in solution.prices.mentees.iter().enumerate() {
        writeln!(file, "mentee,{mentee},{price}")?;
    }
    for (mentor, price) in mentors.ids.iter().zip(&solution.prices.mentors) {
        writeln!(file, "mentor,{mentor},{price}")?;
    }
    Ok(())
}

/// Where something is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    /// A device, a pipe, an open file of the process: whatever may not be replaced.
    Direct(PathBuf),
    /// A plain file, there or not, behind all symbolic links.
    Whole(PathBuf),
}

impl Target {
    /// Follows links one by one, since `/dev/stdout` ends in a file that only happens to be behind it.
    fn of(path: &Path) -> Self {
        let mut here = path.to_owned();
        for _ in 0..MOST_LINKS {
            if here.starts_with("/dev") || here.starts_with("/proc") {
                return Self::Direct(here);
            }
            let Ok(next) = fs::read_link(&here) else { break };
            here = here.parent().map_or_else(|| next.clone(), |folder| folder.join(&next));
        }
        if fs::metadata(&here).is_ok_and(|found| !found.is_file()) {
            return Self::Direct(here);
        }
        let folder = here.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match (folder.canonicalize(), here.file_name()) {
            (Ok(folder), Some(name)) => Self::Whole(folder.join(name)),
            // Whoever writes there is told why it cannot be.
            _ => Self::Whole(here),
        }
    }
}

/// Linux follows as many.
const MOST_LINKS: usize = 40;

/// What is read or written twice would be lost, or be read half written.
fn distinct(arguments: &Arguments) -> anyhow::Result<()> {
    let given = [Some(&arguments.edges), Some(&arguments.mentors), arguments.out.as_ref(), arguments.prices.as_ref()];
    let given: Vec<(&PathBuf, Target)> = given.into_iter().flatten().map(|path| (path, Target::of(path))).collect();
    // The first two are read.
    for (index, (path, target)) in given.iter().enumerate().skip(2) {
        let is_same = |(_, other): &&(&PathBuf, Target)| matches!(target, Target::Whole(_)) && other == target;
        if let Some((other, _)) = given[..index].iter().find(is_same) {
            bail!("{} and {} are the same file; nothing was written", other.display(), path.display());
        }
    }
    Ok(())
}

/// Writes beside the file and renames at the end, so that nobody finds half a file. What is no plain file (a pipe, a
/// device) is written to directly.
fn write_whole(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let (target, replaces) = match Target::of(path) {
        Target::Direct(target) => (target, None),
        Target::Whole(whole) => (beside(&whole), Some(whole)),
    };
    let outcome = File::create(&target).and_then(|file| {
        let mut file = BufWriter::with_capacity(1 << 16, file);
        write(&mut file)?;
        file.flush()?;
        replaces.as_ref().map_or(Ok(()), |whole| fs::rename(&target, whole))
    });
    if outcome.is_err() && replaces.is_some() {
        // Best effort: the failure that counts is the one reported.
        let _ = fs::remove_file(&target);
    }
    outcome.with_context(|| format!("cannot write {}", path.display()))
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

fn print(report: &Report) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, report)?;
    writeln!(out)?;
    Ok(())
}

/// CPU time of this process so far, all threads together.
fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// The most memory that this process ever held, as Linux tells it in `/proc/self/status` (in KiB).
fn peak_rss_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}
