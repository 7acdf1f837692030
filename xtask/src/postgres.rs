//! A private PostgreSQL for one run of the tests: its own port, its own data, gone afterwards.

use std::{
    fs::{self, File, Permissions},
    io::Read as _,
    os::unix::fs::{PermissionsExt as _, chown},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};
use rustix::process::Signal;

use crate::{
    processes::{Server, bound_to_us, free_port, output, run_quietly},
    provide::on_path,
};

const OLDEST: u32 = 15;

pub struct Postgres {
    /// Of a role that may create databases.
    pub url: String,
    _server: Server,
}

/// The folder of the newest `initdb` and `postgres` on this machine. Debian keeps them out of `PATH`.
pub fn find() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = debian.map(|entry| entry.path().join("bin/initdb"));
    // Behind a symbolic link the program knows its folder, and `postgres` is in the same.
    let programs = debian.chain(on_path("initdb")).filter_map(|program| fs::canonicalize(program).ok());
    let folders = programs.filter_map(|program| Some(program.parent()?.to_owned()));
    let versions = folders.filter_map(|folder| Some((version(&folder)?, folder)));
    versions.filter(|(version, _)| *version >= OLDEST).max().map(|(_, folder)| folder)
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` is 15.
fn version(folder: &Path) -> Option<u32> {
    let said = output(Command::new(folder.join("postgres")).arg("--version"))?;
    said.split_whitespace().find_map(|word| word.split('.').next()?.parse().ok())
}

/// Makes a cluster in `folder`, which everybody can enter, and serves it on a free port of 127.0.0.1.
pub fn start(bin: &Path, folder: &Path) -> Result<Postgres> {
    let owner = Owner::choose()?;
    let home = folder.join("postgres");
    fs::create_dir(&home)?;
    fs::set_permissions(&home, Permissions::from_mode(0o700))?;
    let secret = home.join("secret");
    let password = password()?;
    fs::write(&secret, &password)?;
    if let Some(owner) = &owner {
        owner.give(&home)?;
        owner.give(&secret)?;
    }
    let data = home.join("data");
    // In the clear over loopback, so that the thousand connections of a run do not each pay for SCRAM; but not
    // `trust`, which would lend this user's rights to everybody on the machine.
    let mut initdb = Owner::command(owner.as_ref(), &bin.join("initdb"));
    initdb.args(["--username=telemaco", "--auth=password", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
    initdb.arg("--pwfile").arg(&secret).arg("--pgdata").arg(&data).current_dir(&home);
    run_quietly(&mut initdb)?;

    let port = free_port()?;
    let log = home.join("log");
    let mut command = Owner::command(owner.as_ref(), &bin.join("postgres"));
    command.arg("-D").arg(&data).current_dir(&home);
    for setting in settings(port, &home) {
        command.arg("-c").arg(setting);
    }
    command.stdout(File::create(&log)?).stderr(File::options().append(true).open(&log)?);
    // SIGQUIT is the immediate shutdown: nobody will want the data.
    let mut server = Server::start(&mut command, Signal::QUIT)?;
    // pg_ctl waits for the same line.
    let status = data.join("postmaster.pid");
    let ready = || fs::read_to_string(&status).is_ok_and(|text| text.lines().any(|line| line.trim() == "ready"));
    server.wait_until(ready).with_context(|| format!("starting PostgreSQL\n{}", tail(&log)))?;
    Ok(Postgres { url: format!("postgres://telemaco:{password}@127.0.0.1:{port}/postgres"), _server: server })
}

/// The settings that differ from PostgreSQL's own, each for a reason.
fn settings(port: u16, sockets: &Path) -> [String; 6] {
    [
        "listen_addresses=127.0.0.1".to_owned(),
        format!("port={port}"),
        format!("unix_socket_directories={}", sockets.display()),
        // Stories run side by side, each with a pool of its own.
        "max_connections=200".to_owned(),
        // No story pulls the plug of the machine, and the data live as long as this run: waiting for the disk would
        // prove nothing. What a commit means while the machine is up stays as it is (`synchronous_commit=on`).
        // Whoever measures writing names a durable server in TELEMACO_TEST_POSTGRES.
        "fsync=off".to_owned(),
        "full_page_writes=off".to_owned(),
    ]
}

/// Hexadecimal, so that it fits in a URL.
fn password() -> Result<String> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

fn tail(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

/// Whom the server runs as when we are root, as whom PostgreSQL refuses to run.
struct Owner {
    user: u32,
    group: u32,
}

impl Owner {
    fn choose() -> Result<Option<Self>> {
        if !rustix::process::geteuid().is_root() {
            return Ok(None);
        }
        let users = fs::read_to_string("/etc/passwd")?;
        let owner = ["postgres", "nobody"].into_iter().find_map(|name| Self::read(&users, name));
        owner.map(Some).context("neither postgres nor nobody is in /etc/passwd, and PostgreSQL does not run as root")
    }

    /// A line of `/etc/passwd`: name, password, user, group …
    fn read(users: &str, name: &str) -> Option<Self> {
        let fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|fields| fields[0] == name)?;
        Some(Self { user: fields.get(2)?.parse().ok()?, group: fields.get(3)?.parse().ok()? })
    }

    fn give(&self, path: &Path) -> Result<()> {
        Ok(chown(path, Some(self.user), Some(self.group))?)
    }

    fn command(owner: Option<&Self>, program: &Path) -> Command {
        let mut command = bound_to_us();
        if let Some(Self { user, group }) = owner {
            command.args([format!("--reuid={user}"), format!("--regid={group}"), "--clear-groups".to_owned()]);
        }
        command.arg(program);
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_owner_from_the_users() {
        let users = "root:x:0:0:root:/root:/bin/bash\npostgres:x:101:104::/var/lib/postgresql:/bin/bash\n";
        let owner = Owner::read(users, "postgres").map(|owner| (owner.user, owner.group));
        assert_eq!(owner, Some((101, 104)));
        assert!(Owner::read(users, "nobody").is_none());
        assert!(Owner::read("", "").is_none());
    }
}
