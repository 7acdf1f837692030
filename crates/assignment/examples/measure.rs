//! Solves an instance of the benchmark (`benches/assignment/instances.py` writes them) and prints what it took, as JSON.
//! The best of a few runs, since other programs share the machine.

#![expect(clippy::print_stdout, reason = "it is what the program is for")]

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::time::{Duration, Instant};

use assignment::{Draft, MenteeId, MentorId, Pair, Problem, Seats, solve};
use rustix::time::{ClockId, clock_gettime};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: measure FILE [RUNS]")?;
    let runs: usize = arguments.next().map_or(Ok(1), |runs| runs.parse())?;
    let (mut best_build, mut best_solve) = (f64::INFINITY, f64::INFINITY);
    let mut wall = f64::INFINITY;
    let mut answer = None;
    for _ in 0..runs {
        let draft = read(&path)?;
        let start = cpu_seconds();
        let clock = Instant::now();
        let problem = Problem::new(draft)?;
        let built = cpu_seconds();
        let solution = solve(&problem)?;
        let solved = cpu_seconds();
        best_build = best_build.min(built - start);
        best_solve = best_solve.min(solved - built);
        wall = wall.min(clock.elapsed().as_secs_f64());
        answer = Some((solution.proof.objective(), solution.proof.matched()));
    }
    let (objective, matched) = answer.ok_or("no runs")?;
    println!(
        "{{\"objective\": {objective}, \"matched\": {matched}, \"build\": {best_build:.4}, \"solve\": {best_solve:.4}, \"wall\": {wall:.4}, \"rss\": {}}}",
        peak_bytes()?
    );
    Ok(())
}

fn read(path: &str) -> Result<Draft, Box<dyn Error>> {
    let mut file = BufReader::with_capacity(1 << 20, File::open(path)?);
    let mut long = || -> Result<i64, Box<dyn Error>> {
        let mut bytes = [0; 8];
        file.read_exact(&mut bytes)?;
        Ok(i64::from_le_bytes(bytes))
    };
    let (mentees, mentors, count, penalty) = (long()?, long()?, usize::try_from(long()?)?, long()?);
    let mut pairs = vec![Pair { mentee: MenteeId(0), mentor: MentorId(0), score: 0 }; count];
    let mut word = || -> Result<u32, Box<dyn Error>> {
        let mut bytes = [0; 4];
        file.read_exact(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    };
    let seats = (0..mentors).map(|_| Ok(Seats::Alike(word()?))).collect::<Result<_, Box<dyn Error>>>()?;
    for pair in &mut pairs {
        pair.mentee = MenteeId(word()?);
    }
    for pair in &mut pairs {
        pair.mentor = MentorId(word()?);
    }
    for pair in &mut pairs {
        pair.score = word()?.cast_signed().into();
    }
    Ok(Draft { mentees: u32::try_from(mentees)?, mentors: seats, pairs, unmatched_penalty: penalty })
}

/// User and system time of this process so far.
fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0)).as_secs_f64()
}

fn peak_bytes() -> Result<u64, Box<dyn Error>> {
    let text = fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}
