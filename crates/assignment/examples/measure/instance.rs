//! The instance files of `benches/assignment/instances.py`, and the clock.

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Read};
use std::time::Duration;

use assignment::{Draft, MenteeId, MentorId, Pair, Seats};
use rustix::time::{ClockId, clock_gettime};

pub fn read(path: &str) -> Result<Draft, Box<dyn Error>> {
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
pub fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0)).as_secs_f64()
}
