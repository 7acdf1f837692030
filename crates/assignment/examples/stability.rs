//! For `benches/assignment/stability.py`: reads a market, finds both stable assignments, says what it took.
//!
//! ```text
//! stability MARKET ASSIGNMENT RUNS
//! ```
//!
//! `MARKET` is a file of `i32`, the lowest byte first: mentees, mentors, pairs; the capacities; then for each pair
//! mentee, mentor, the mentee's points and the mentor's. `ASSIGNMENT` receives each mentee's mentor or −1, first in the
//! assignment that is best for mentees, then in the one best for mentors.

#![expect(clippy::print_stdout, reason = "what it took is printed")]

use std::error::Error;
use std::fs;
use std::time::{Duration, Instant};

use assignment::stability::{Market, Regard, Ties, blocking_pairs, mentee_optimal, mentor_optimal};
use assignment::{MenteeId, MentorId};
use rustix::time::{ClockId, clock_gettime};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(market), Some(assignment), Some(runs)) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("stability MARKET ASSIGNMENT RUNS".into());
    };
    let runs: usize = runs.parse()?;
    let (mentees, capacities, regards) = read(&market)?;

    let (build, market) = best(runs, || Market::new(mentees, &capacities, &regards, Ties::LowerNumber));
    let market = market?;
    let (by_mentees, first) = best(runs, || mentee_optimal(&market));
    let (by_mentors, second) = best(runs, || mentor_optimal(&market));
    let (check, blocking) = best(runs, || blocking_pairs(&market, &first));
    if !blocking?.is_empty() || !blocking_pairs(&market, &second)?.is_empty() {
        return Err("an assignment is not stable".into());
    }

    let numbers = first.iter().chain(&second).map(|mentor| mentor.map_or(-1, |mentor| mentor.0.cast_signed()));
    fs::write(assignment, numbers.flat_map(i32::to_le_bytes).collect::<Vec<_>>())?;
    let phases =
        [("build", build), ("mentee_optimal", by_mentees), ("mentor_optimal", by_mentors), ("blocking_pairs", check)];
    let phases: Vec<_> = phases.iter().map(|(name, (cpu, wall))| format!("\"{name}\": [{cpu}, {wall}]")).collect();
    println!("{{{}, \"peak_kb\": {}}}", phases.join(", "), peak_kb()?);
    Ok(())
}

/// The most memory that this process has had.
fn peak_kb() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak of memory")?;
    Ok(peak.trim_end_matches("kB").trim().parse()?)
}

/// Mentees, the mentors' capacities, and what they think of each other.
type Everybody = (u32, Vec<u32>, Vec<Regard>);

fn read(path: &str) -> Result<Everybody, Box<dyn Error>> {
    let bytes = fs::read(path)?;
    let numbers: Vec<i32> = bytes.as_chunks().0.iter().map(|&bytes| i32::from_le_bytes(bytes)).collect();
    let [mentees, mentors, _pairs, rest @ ..] = numbers.as_slice() else { return Err("the file is too short".into()) };
    let (capacities, pairs) = rest.split_at_checked(mentors.cast_unsigned() as usize).ok_or("the file is too short")?;
    let regard = |&[mentee, mentor, by_mentee, by_mentor]: &[i32; 4]| Regard {
        mentee: MenteeId(mentee.cast_unsigned()),
        mentor: MentorId(mentor.cast_unsigned()),
        by_mentee: by_mentee.into(),
        by_mentor: by_mentor.into(),
    };
    let capacities = capacities.iter().map(|seats| seats.cast_unsigned()).collect();
    Ok((mentees.cast_unsigned(), capacities, pairs.as_chunks().0.iter().map(regard).collect()))
}

/// The least CPU and wall seconds of some runs, and the last result.
fn best<T>(runs: usize, run: impl Fn() -> T) -> ((f64, f64), T) {
    let timed = || {
        let (before, start) = (clock_gettime(ClockId::ProcessCPUTime), Instant::now());
        let result = run();
        let wall = start.elapsed().as_secs_f64();
        let cpu = clock_gettime(ClockId::ProcessCPUTime) - before;
        (Duration::try_from(cpu).unwrap_or_default().as_secs_f64(), wall, result)
    };
    let (mut least_cpu, mut least_wall, mut last) = timed();
    for _ in 1..runs {
        let (cpu, wall, result) = timed();
        (least_cpu, least_wall, last) = (least_cpu.min(cpu), least_wall.min(wall), result);
    }
    ((least_cpu, least_wall), last)
}
