//! For `benches/assignment/candidates.py`: reads vectors, finds the best candidates or the optimum over every pair, says
//! what it took.
//!
//! ```text
//! candidates top VECTORS FOUND RUNS THREADS K
//! candidates whole VECTORS FOUND RUNS THREADS K
//! ```
//!
//! `VECTORS` is a file of `i32` and `f32`, the lowest byte first: mentees, mentors, dimensions, excluded pairs; needs;
//! offers; mentee and mentor of each excluded pair. `FOUND` receives, for `top`, the numbers of each mentee's K mentors, −1 where there
//! are fewer; for `whole`, with one seat for each mentee spread over the mentors, each mentee's mentor or −1.

#![expect(clippy::print_stdout, reason = "what it took is printed")]

use std::error::Error;
use std::fs;
use std::num::NonZero;
use std::time::{Duration, Instant};

use assignment::candidates::{Affinity, Points, Vectors, Whole, solve_whole, top_k, verify_whole};
use assignment::{MenteeId, MentorId, Seats};
use rustix::time::{ClockId, clock_gettime};

/// Points to a unit of score: the fourth decimal still counts.
const PER_UNIT: f64 = 10_000.0;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, vectors, found, runs, threads, k] = arguments.as_slice() else {
        return Err("candidates top|whole VECTORS FOUND RUNS THREADS K".into());
    };
    let (runs, threads, k) = (runs.parse()?, threads.parse::<NonZero<usize>>()?, k.parse()?);
    let affinity = read(vectors)?;
    let mentees = (0..).map(MenteeId).take(affinity.needs().len());
    let numbers: Vec<i32> = if what == "top" {
        let ((cpu, wall), best) = best(runs, || top_k(&affinity, k, threads));
        println!("{{\"top\": [{cpu}, {wall}], \"peak_kb\": {}}}", peak_kb()?);
        let row = |mentee| {
            let mentors = best.of(mentee).map(|(mentor, _)| mentor.0.cast_signed());
            mentors.chain(std::iter::repeat(-1)).take(k)
        };
        mentees.flat_map(row).collect()
    } else {
        let people = u32::try_from(affinity.needs().len())?;
        let mentors = u32::try_from(affinity.offers().len())?;
        let seats = (0..mentors).map(|mentor| Seats::Alike(people / mentors + u32::from(mentor < people % mentors)));
        let points = Points::per_unit(PER_UNIT).ok_or("no scale")?;
        let whole = Whole::new(affinity, seats.collect(), points, None)?;
        let ((cpu, wall), optimum) = best(runs, || solve_whole(&whole, k, threads));
        let optimum = optimum?;
        let peak = peak_kb()?;
        let start = Instant::now();
        let proof = verify_whole(&whole, &optimum.solution.matching, &optimum.solution.prices)?;
        println!(
            "{{\"whole\": [{cpu}, {wall}], \"verify\": {}, \"rounds\": {}, \"pairs\": {}, \"objective\": {}, \"peak_kb\": {peak}}}",
            start.elapsed().as_secs_f64(),
            optimum.rounds,
            optimum.pairs,
            proof.objective(),
        );
        optimum.solution.matching.iter().map(|mentor| mentor.map_or(-1, |mentor| mentor.0.cast_signed())).collect()
    };
    fs::write(found, numbers.into_iter().flat_map(i32::to_le_bytes).collect::<Vec<_>>())?;
    Ok(())
}

fn read(path: &str) -> Result<Affinity, Box<dyn Error>> {
    let bytes = fs::read(path)?;
    let (head, rest) = bytes.split_at_checked(16).ok_or("the file is too short")?;
    let number = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
    let [mentees, mentors, dimensions, _excluded] = head.as_chunks().0 else {
        return Err("the file is too short".into());
    };
    let [mentees, mentors, dimensions] = [mentees, mentors, dimensions].map(|bytes| number(bytes) as usize);
    let words = rest.as_chunks().0;
    let (needs, rest) = words.split_at_checked(mentees * dimensions).ok_or("the file is too short")?;
    let (offers, excluded) = rest.split_at_checked(mentors * dimensions).ok_or("the file is too short")?;
    let floats = |words: &[[u8; 4]]| words.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
    let pair = |[mentee, mentor]: &[[u8; 4]; 2]| (MenteeId(number(mentee)), MentorId(number(mentor)));
    let excluded = excluded.as_chunks().0.iter().map(pair).collect();
    Ok(Affinity::new(Vectors::new(dimensions, floats(needs))?, Vectors::new(dimensions, floats(offers))?, excluded)?)
}

/// The most memory that this process has had.
fn peak_kb() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak of memory")?;
    Ok(peak.trim_end_matches("kB").trim().parse()?)
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
