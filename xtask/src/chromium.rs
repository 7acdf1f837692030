//! chromedriver for one run of the tests; the stories ask it for a Chromium each.

use std::{
    fs::{self, File},
    net::TcpStream,
    path::Path,
};

use anyhow::{Context as _, Result};
use rustix::process::Signal;

use crate::processes::{Server, bound_to_us, free_port};

pub struct Chromedriver {
    pub url: String,
    _server: Server,
}

/// Serves on a free port of 127.0.0.1. Whatever a browser writes, it writes below `folder`. The browsers are of the
/// driver's process group, and end with it even if a story forgot to close its own.
pub fn start(chromedriver: &Path, folder: &Path) -> Result<Chromedriver> {
    let home = folder.join("chromium");
    fs::create_dir(&home)?;
    let log = home.join("chromedriver.log");
    let port = free_port()?;
    let mut command = bound_to_us();
    command.arg(chromedriver).arg(format!("--port={port}"));
    for name in ["HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
        command.env(name, &home);
    }
    command.stdout(File::create(&log)?).stderr(File::options().append(true).open(&log)?);
    let mut server = Server::start(&mut command, Signal::TERM)?;
    server
        .wait_until(|| TcpStream::connect(("127.0.0.1", port)).is_ok())
        .with_context(|| format!("starting chromedriver\n{}", fs::read_to_string(&log).unwrap_or_default()))?;
    Ok(Chromedriver { url: format!("http://127.0.0.1:{port}"), _server: server })
}
