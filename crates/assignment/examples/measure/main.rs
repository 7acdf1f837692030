//! Solves an instance of the benchmark (`benches/assignment/instances.py` writes them) and prints what it took, as JSON.
//! The best of a few runs, since other programs share the machine.

#![expect(clippy::print_stdout, reason = "it is what the program is for")]

mod instance;

use std::error::Error;
use std::fs;
use std::time::Instant;

use assignment::{Problem, solve};
use instance::{cpu_seconds, read};

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

fn peak_bytes() -> Result<u64, Box<dyn Error>> {
    let text = fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}
