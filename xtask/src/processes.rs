//! Other programs: those that run to their end, and servers that are stopped when their guard goes out of scope. Each
//! has a process group of its own, so that nothing that it started outlives it, and Ctrl-C reaches this program first.

use std::{
    ffi::OsStr,
    io::{BufRead as _, BufReader, Read, Write},
    net::TcpListener,
    os::unix::process::CommandExt as _,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    iterator::Signals,
};

use crate::count::Count;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
/// The program that runs in front, which a signal ends; servers end with their guards.
static IN_FRONT: Mutex<Option<Pid>> = Mutex::new(None);

/// From here on a signal does not end this program at once: it ends the program in front and makes what waits give up,
/// so that every guard is dropped on the way out. A second signal is less polite to the program in front.
pub fn heed_signals() -> Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    thread::spawn(move || {
        for _ in signals.forever() {
            let again = INTERRUPTED.swap(true, Ordering::SeqCst);
            if let Some(group) = in_front(|group| *group) {
                // It may have ended by itself just now.
                let _ = kill_process_group(group, if again { Signal::KILL } else { Signal::TERM });
            }
        }
    });
    Ok(())
}

pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

fn in_front<T>(change: impl FnOnce(&mut Option<Pid>) -> T) -> T {
    change(&mut IN_FRONT.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Runs a program, passes on what it prints as it comes, and counts with `read` what its lines tell.
pub fn run(command: &mut Command, read: fn(&str) -> Option<Count>) -> Result<(ExitStatus, Count)> {
    let mut child = spawn(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        let out = scope.spawn(|| relay(out, &mut std::io::stdout(), read));
        let err = scope.spawn(|| relay(err, &mut std::io::stderr(), read));
        let status = wait_in_front(&mut child)?;
        let mut count = Count::default();
        for side in [out, err] {
            count += side.join().map_err(|_| anyhow::anyhow!("a reader of {} panicked", named(command)))?;
        }
        Ok((status, count))
    })
}

/// Runs a program in silence; what it printed is shown only if it fails.
pub fn run_quietly(command: &mut Command) -> Result<()> {
    let mut child = spawn(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        let out = scope.spawn(|| all_of(out));
        let err = scope.spawn(|| all_of(err));
        let status = wait_in_front(&mut child)?;
        let (out, err) = (out.join().unwrap_or_default(), err.join().unwrap_or_default());
        ensure!(status.success(), "{} ended with {status}\n{out}{err}", named(command));
        Ok(())
    })
}

/// What a program prints, if it ends well.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn spawn(command: &mut Command) -> Result<Child> {
    ensure!(!interrupted(), "interrupted");
    command.stdin(Stdio::null()).process_group(0).spawn().with_context(|| format!("starting {}", named(command)))
}

fn wait_in_front(child: &mut Child) -> Result<ExitStatus> {
    let group = group_of(child);
    in_front(|front| *front = group);
    if interrupted() {
        signal(group, Signal::TERM); // the signal came between the start and the line above
    }
    let status = child.wait();
    in_front(|front| *front = None);
    // Whatever it left behind would hold its end of the pipe, and the readers would wait for ever.
    signal(group, Signal::KILL);
    let status = status?;
    ensure!(!interrupted(), "interrupted");
    Ok(status)
}

fn relay(from: Option<impl Read>, to: &mut impl Write, read: fn(&str) -> Option<Count>) -> Count {
    let mut count = Count::default();
    let Some(from) = from else { return count };
    let mut from = BufReader::new(from);
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        // A reader that has gone away (`| head`) does not stop the tests, nor what must be tidied after them.
        let _ = to.write_all(&line).and_then(|()| to.flush());
        let text = String::from_utf8_lossy(&line);
        count += read(text.trim_end()).unwrap_or_default();
        line.clear();
    }
    count
}

fn all_of(from: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    if let Some(mut from) = from {
        let _ = from.read_to_end(&mut bytes); // what could be read is better than nothing
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A program in the background. Dropped, it is asked to end by `signal`, and made to after a while.
pub struct Server {
    child: Child,
    signal: Signal,
}

impl Server {
    pub fn start(command: &mut Command, signal: Signal) -> Result<Self> {
        Ok(Self { child: spawn(command)?, signal })
    }

    /// Waits until `ready` says so; an error if the server ends before that, or takes too long.
    pub fn wait_until(&mut self, mut ready: impl FnMut() -> bool) -> Result<()> {
        let limit = Instant::now() + Duration::from_mins(1);
        while !ready() {
            ensure!(!interrupted(), "interrupted");
            if let Some(status) = self.child.try_wait()? {
                bail!("it ended with {status}");
            }
            ensure!(Instant::now() < limit, "it was not ready within a minute");
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let group = group_of(&self.child);
        // To its first process alone: that one knows best how to end the others.
        if let Some(pid) = group {
            let _ = rustix::process::kill_process(pid, self.signal);
        }
        let limit = Instant::now() + Duration::from_secs(10);
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < limit {
            thread::sleep(Duration::from_millis(20));
        }
        signal(group, Signal::KILL);
        let _ = self.child.wait();
    }
}

fn group_of(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}

fn signal(group: Option<Pid>, signal: Signal) {
    if let Some(group) = group {
        let _ = kill_process_group(group, signal); // none left in it: so much the better
    }
}

/// The beginning of a command that ends when we do, even if we are killed: the rest of it follows as arguments.
/// `setpriv` is of util-linux, and so on every Linux.
pub fn bound_to_us() -> Command {
    let mut command = Command::new("setpriv");
    command.arg("--pdeathsig=TERM");
    command
}

/// A port of 127.0.0.1 that nobody listened on a moment ago.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn named(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
