//! `telemaco assign`: the engine alone, from CSV to CSV. Reading, writing and measuring are here; what is optimal is
//! decided in `crates/assignment`.

use std::fs::{self, File};
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, bail};
use assignment::{
    Aim, CategoryId, Draft, MenteeId, MentorId, Mistake, Pair, Problem, Quota, Rules, Seats, Solution, solve,
};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use rustix::time::{ClockId, clock_gettime};
use serde::Serialize;

mod rows;

use rows::{Field, Reading, write_integer};

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
    /// As many mentees as can be, whatever the scores: the penalty for being left out that achieves it
    #[arg(long, conflicts_with = "unmatched_penalty")]
    coverage_first: bool,
    /// Mentees whom a mentor must have at least: CSV `mentor,least`
    #[arg(long, value_name = "FILE")]
    least_loads: Option<PathBuf>,
    /// Pairs that must be made: CSV `mentee,mentor`
    #[arg(long, value_name = "FILE")]
    pins: Option<PathBuf>,
    /// Pairs that may not be made: CSV `mentee,mentor`
    #[arg(long, value_name = "FILE")]
    forbidden: Option<PathBuf>,
    /// Who belongs to which category: CSV `mentee,category`
    #[arg(long, value_name = "FILE")]
    categories: Option<PathBuf>,
    /// How many of a category a mentor may have: CSV `mentor,category,most`
    #[arg(long, value_name = "FILE", requires = "categories")]
    quotas: Option<PathBuf>,
    /// Threads for reading; the result is the same for any number. The solver takes one
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
    let (draft, rules) = read_draft(arguments, &mentors)?;
    let read = start.elapsed();

    let bar = waiting("solving");
    let (start, start_cpu) = (Instant::now(), cpu_time());
    let problem = Problem::with_rules(draft, &rules).map_err(|mistake| explain(arguments, &mentors, &mistake))?;
    let solution = solve(&problem)?;
    let (solving, solving_cpu) = (start.elapsed(), cpu_time().saturating_sub(start_cpu));
    bar.finish_and_clear();

    let start = Instant::now();
    if let Some(path) = &arguments.out {
        write_whole(path, &pairs_file(&problem, &solution, &mentors))?;
    }
    if let Some(path) = &arguments.prices {
        write_whole(path, &prices_file(&problem, &solution, &mentors, &rules))?;
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

/// A bar of bytes on the terminal; where standard error is none, nothing is drawn.
fn reading(path: &Path) -> ProgressBar {
    let length = fs::metadata(path).map_or(0, |found| found.len());
    let style = ProgressStyle::with_template("{msg} {bar:40} {bytes}/{total_bytes}");
    let bar = ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.with_message(format!("reading {}", path.display()))
}

/// Something that turns on the terminal as long as it takes.
fn waiting(what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {spinner} {elapsed}");
    let bar = ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    let bar = bar.with_message(what);
    if !bar.is_hidden() {
        bar.enable_steady_tick(Duration::from_millis(100));
    }
    bar
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
        let mut rows = Reading::QUIETLY.rows(path, ["mentor", "capacity"], |line, [mentor, capacity]| {
            let id = read_id(mentor, "mentor")?;
            Ok((id, read_count(capacity, "capacity")?, line))
        })?;
        rows.sort_unstable_by_key(|&(id, _, line)| (id, line));
        if let Some(twice) = rows.windows(2).filter(|two| two[0].0 == two[1].0).min_by_key(|two| two[1].2) {
            bail!("{}:{}: mentor {} stands twice", path.display(), twice[1].2, twice[1].0);
        }
        let mut numbers = vec![None; rows.last().map_or(0, |&(id, ..)| id as usize + 1)];
        for (number, &(id, ..)) in (0..).map(MentorId).zip(&rows) {
            numbers[id as usize] = Some(number);
        }
        let (ids, seats) = rows.into_iter().map(|(id, capacity, _)| (id, Seats::Alike(capacity))).unzip();
        Ok(Self { ids, seats, numbers })
    }

    fn number(&self, id: u32) -> Option<MentorId> {
        self.numbers.get(id as usize).copied().flatten()
    }

    fn id(&self, number: MentorId) -> u32 {
        self.ids[number.index()]
    }

    fn parse(&self, field: Field<'_>) -> anyhow::Result<MentorId> {
        let id = read_id(field, "mentor")?;
        self.number(id).ok_or_else(|| anyhow!("mentor {id} is not in the file of mentors"))
    }
}

const EDGE_COLUMNS: [&str; 3] = ["mentee", "mentor", "score"];

fn read_draft(arguments: &Arguments, mentors: &Mentors) -> anyhow::Result<(Draft, Rules)> {
    let bar = reading(&arguments.edges);
    let told = |done| bar.set_position(done);
    let many = Reading::telling(arguments.threads, &told);
    let pairs = many.rows(&arguments.edges, EDGE_COLUMNS, |_, row| read_pair(row, mentors))?;
    bar.finish_and_clear();
    let mentees = pairs.iter().map(|pair| pair.mentee.0 + 1).max().unwrap_or(0);
    let rules = read_rules(arguments, mentors, mentees)?;
    let draft =
        Draft { mentees, mentors: mentors.seats.clone(), pairs, unmatched_penalty: arguments.unmatched_penalty };
    let draft = if arguments.coverage_first { draft.aiming_at(Aim::CoverageFirst)? } else { draft };
    Ok((draft, rules))
}

fn read_rules(arguments: &Arguments, mentors: &Mentors, mentees: u32) -> anyhow::Result<Rules> {
    let mentee = |field: Field<'_>| {
        let mentee = MenteeId(read_id(field, "mentee")?);
        if mentee.0 >= mentees {
            bail!("mentee {} is not in the file of pairs", mentee.0);
        }
        Ok(mentee)
    };
    let pairs = |path: &Option<PathBuf>| -> anyhow::Result<Vec<(MenteeId, MentorId)>> {
        let Some(path) = path else { return Ok(Vec::new()) };
        Reading::QUIETLY.rows(path, ["mentee", "mentor"], |_, [one, other]| Ok((mentee(one)?, mentors.parse(other)?)))
    };
    let mut rules =
        Rules { pins: pairs(&arguments.pins)?, forbidden: pairs(&arguments.forbidden)?, ..Rules::default() };
    if let Some(path) = &arguments.least_loads {
        rules.least_loads = Reading::QUIETLY.rows(path, ["mentor", "least"], |_, [mentor, least]| {
            Ok((mentors.parse(mentor)?, read_count(least, "least load")?))
        })?;
    }
    if let Some(path) = &arguments.categories {
        let members = Reading::QUIETLY.rows(path, ["mentee", "category"], |_, [one, category]| {
            Ok((mentee(one)?, read_id(category, "category")?))
        })?;
        let most = members.iter().map(|&(_, category)| category as usize + 1).max().unwrap_or(0);
        rules.categories = vec![Vec::new(); most];
        for (mentee, category) in members {
            rules.categories[category as usize].push(mentee);
        }
    }
    if let Some(path) = &arguments.quotas {
        rules.quotas = Reading::QUIETLY.rows(path, ["mentor", "category", "most"], |_, [mentor, category, most]| {
            let category = CategoryId(read_id(category, "category")?);
            if category.index() >= rules.categories.len() {
                bail!("category {} is not in the file of categories", category.0);
            }
            Ok(Quota { mentor: mentors.parse(mentor)?, category, most: read_count(most, "quota")? })
        })?;
    }
    Ok(rules)
}

fn read_pair([mentee, mentor, score]: [Field<'_>; 3], mentors: &Mentors) -> anyhow::Result<Pair> {
    let mentee = MenteeId(read_id(mentee, "mentee")?);
    let mentor = mentors.parse(mentor)?;
    let score = score.integer.ok_or_else(|| anyhow!("score {} is no integer", shown(score)))?;
    Ok(Pair { mentee, mentor, score })
}

fn read_id(field: Field<'_>, what: &str) -> anyhow::Result<u32> {
    match field.integer.map(u32::try_from) {
        Some(Ok(id)) if id <= GREATEST_ID => Ok(id),
        _ => bail!("{what} {} is no integer from 0 to {GREATEST_ID}", shown(field)),
    }
}

fn read_count(field: Field<'_>, what: &str) -> anyhow::Result<u32> {
    let count = field.integer.and_then(|count| u32::try_from(count).ok());
    count.ok_or_else(|| anyhow!("{what} {} is no integer from 0", shown(field)))
}

fn shown(field: Field<'_>) -> String {
    format!("`{}`", String::from_utf8_lossy(field.text).escape_debug())
}

/// The engine's refusal in the terms of the files: ids as they stand there, and the line.
fn explain(arguments: &Arguments, mentors: &Mentors, mistake: &Mistake) -> anyhow::Error {
    let at = |mentee: MenteeId, mentor: MentorId, occurrence| {
        let line = line_of(&arguments.edges, mentee, mentors.id(mentor), occurrence);
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{}{line}", arguments.edges.display())
    };
    let id = |mentor: &MentorId| mentors.id(*mentor);
    match mistake {
        Mistake::PairTwice { mentee, mentor } => {
            let place = at(*mentee, *mentor, 2);
            anyhow!("{place}: the pair of mentee {} and mentor {} stands twice", mentee.0, id(mentor))
        }
        Mistake::ScoreTooLarge { pair, limit } => {
            let place = at(pair.mentee, pair.mentor, 1);
            anyhow!("{place}: score {} lies beyond ±{limit}", pair.score)
        }
        Mistake::PinForbidden { mentee, mentor } => {
            anyhow!("mentee {} is pinned to mentor {}, but that pair is not allowed", mentee.0, id(mentor))
        }
        Mistake::PinsExceedSeats { mentor, pins, capacity } => {
            anyhow!("{pins} mentees are pinned to mentor {}, who has {capacity} seats", id(mentor))
        }
        Mistake::PinsExceedQuota { mentor, category, pins, most } => {
            anyhow!(
                "{pins} mentees of category {} are pinned to mentor {}, whose quota is {most}",
                category.0,
                id(mentor)
            )
        }
        Mistake::LeastLoadAboveCapacity { mentor, least, capacity } => {
            anyhow!("mentor {} must have at least {least} mentees and has {capacity} seats", id(mentor))
        }
        Mistake::LeastLoadTwice { mentor } => anyhow!("mentor {} has two least loads", id(mentor)),
        Mistake::QuotaTwice { mentor, category } => {
            anyhow!("mentor {} has two quotas for category {}", id(mentor), category.0)
        }
        Mistake::QuotasOverlap { mentor, one, other } => anyhow!(
            "mentor {} has quotas for categories {} and {}, which overlap without one lying in the other",
            id(mentor),
            one.0,
            other.0
        ),
        Mistake::LeastLoadsUnmeetable(shortfall) => {
            let mut with_ids = shortfall.clone();
            with_ids.mentors = shortfall.mentors.iter().map(|mentor| MentorId(id(mentor))).collect();
            anyhow!("{with_ids}")
        }
        other => anyhow!("{other}"),
    }
}

/// Reads the file once more for the line of a pair; only a refusal needs it.
fn line_of(path: &Path, mentee: MenteeId, mentor: u32, occurrence: usize) -> Option<usize> {
    let rows = Reading::QUIETLY.rows(path, EDGE_COLUMNS, |line, [this_mentee, this_mentor, _]| {
        let is_it = this_mentee.integer == Some(mentee.0.into()) && this_mentor.integer == Some(mentor.into());
        Ok(is_it.then_some(line))
    });
    rows.ok()?.into_iter().flatten().nth(occurrence - 1)
}

fn pairs_file(problem: &Problem, solution: &Solution, mentors: &Mentors) -> Vec<u8> {
    let mut out = b"mentee,mentor,score\n".to_vec();
    for (mentee, mentor) in problem.mentees().zip(&solution.matching) {
        if let Some(pair) = mentor.and_then(|mentor| problem.pair(mentee, mentor)) {
            write_row(&mut out, [mentee.0.into(), mentors.id(pair.mentor).into(), pair.score]);
        }
    }
    out
}

fn prices_file(problem: &Problem, solution: &Solution, mentors: &Mentors, rules: &Rules) -> Vec<u8> {
    let mut out = b"side,id,price\n".to_vec();
    for (mentee, &price) in (0..).zip(&solution.prices.mentees) {
        out.extend_from_slice(b"mentee,");
        write_row(&mut out, [mentee, price]);
    }
    for (&mentor, &price) in mentors.ids.iter().zip(&solution.prices.mentors) {
        out.extend_from_slice(b"mentor,");
        write_row(&mut out, [mentor.into(), price]);
    }
    // Quotas have no ids: it is the row of their file, from 0.
    for (row, quota) in (0..).zip(&rules.quotas) {
        let place = problem.quotas().iter().position(|other| other == quota);
        if let Some(price) = place.and_then(|place| solution.prices.quotas.get(place)) {
            out.extend_from_slice(b"quota,");
            write_row(&mut out, [row, *price]);
        }
    }
    out
}

fn write_row<const N: usize>(out: &mut Vec<u8>, numbers: [i64; N]) {
    for (place, number) in numbers.into_iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        write_integer(out, number);
    }
    out.push(b'\n');
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
    let Arguments { edges, mentors, least_loads, pins, forbidden, categories, quotas, out, prices, .. } = arguments;
    let read = [Some(edges), Some(mentors)]
        .into_iter()
        .chain([least_loads, pins, forbidden, categories, quotas].map(Option::as_ref));
    let read: Vec<&PathBuf> = read.flatten().collect();
    let written = [out, prices].into_iter().flatten();
    let given: Vec<(&PathBuf, Target)> =
        read.iter().copied().chain(written).map(|path| (path, Target::of(path))).collect();
    for (index, (path, target)) in given.iter().enumerate().skip(read.len()) {
        let is_same = |(_, other): &&(&PathBuf, Target)| matches!(target, Target::Whole(_)) && other == target;
        if let Some((other, _)) = given[..index].iter().find(is_same) {
            bail!("{} and {} are the same file; nothing was written", other.display(), path.display());
        }
    }
    Ok(())
}

/// Writes beside the file and renames at the end, so that nobody finds half a file. What is no plain file (a pipe, a
/// device) is written to directly.
fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let (target, replaces) = match Target::of(path) {
        Target::Direct(target) => (target, None),
        Target::Whole(whole) => (beside(&whole), Some(whole)),
    };
    let outcome = File::create(&target).and_then(|file| {
        (&file).write_all(bytes)?;
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
