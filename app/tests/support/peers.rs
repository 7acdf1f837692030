use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The Python that has the peers.
fn python() -> Command {
    let python = std::env::var("TELEMACO_TEST_PYTHON").expect(
        "the stories want their peers from PyPI: run them with `cargo xtask test`, or name a Python that has them in \
         TELEMACO_TEST_PYTHON",
    );
    Command::new(python)
}

/// What a peer makes of something: its answer, or its complaint as a failure of the story.
#[track_caller]
pub fn peer(script: &str, mode: &str, given: &str) -> serde_json::Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers").join(script);
    let mut child = python()
        .arg("-B")
        .arg(script)
        .arg(mode)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(given.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{}\n{given}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

/// A calendar server on a port of its own; ended when it goes out of scope.
pub struct Radicale {
    child: Child,
    pub url: String,
}

impl Radicale {
    /// One that lets in whoever comes.
    pub async fn start(folder: &Path) -> Self {
        Self::of(folder, &["--auth-type", "none"]).await
    }

    /// One that knows this user, as `name:password`.
    pub async fn locked(folder: &Path, login: &str) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let file = folder.join("users");
        std::fs::write(&file, format!("{login}\n")).unwrap();
        let file = file.to_str().unwrap();
        let known =
            ["--auth-type", "htpasswd", "--auth-htpasswd-filename", file, "--auth-htpasswd-encryption", "plain"];
        Self::of(folder, &[&known[..], &["--auth-delay", "0"]].concat()).await
    }

    async fn of(folder: &Path, auth: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = python()
            .args(["-B", "-m", "radicale"])
            .args(auth)
            .arg("--server-hosts")
            .arg(format!("127.0.0.1:{port}"))
            .arg("--storage-filesystem-folder")
            .arg(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { child, url: format!("http://127.0.0.1:{port}") };
        for _ in 0..300 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return server;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("Radicale did not start");
    }
}

impl Drop for Radicale {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An SMTP server that others wrote, on a port of its own; ended when it goes out of scope.
pub struct MailServer {
    child: Child,
    folder: std::path::PathBuf,
    pub url: String,
}

impl MailServer {
    pub fn start(folder: &Path) -> Self {
        Self::with(folder, &[])
    }

    /// One that wants TLS (`starttls`, or `tls` from the start) with this certificate and key, and a password.
    pub fn guarded(folder: &Path, how: &str, [certificate, key]: [&Path; 2]) -> Self {
        Self::with(folder, &[how.as_ref(), certificate.as_os_str(), key.as_os_str()])
    }

    fn with(folder: &Path, arguments: &[&std::ffi::OsStr]) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/mail_server.py");
        let mut command = python();
        let mut child =
            command.arg("-B").arg(script).arg(folder).args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut port = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
        assert!(!port.is_empty(), "the mail server did not start");
        Self { child, folder: folder.to_owned(), url: format!("smtp://127.0.0.1:{}", port.trim()) }
    }

    /// Whom it refuses from now on: `later` for the time being, `never` for good.
    pub fn refuses(&self, list: &str, addresses: &[&str]) {
        std::fs::write(self.folder.join(list), addresses.join("\n")).unwrap();
    }

    /// How often it was asked to take a mail for an address.
    pub fn asked(&self, address: &str) -> usize {
        let asked = std::fs::read_to_string(self.folder.join("asked")).unwrap_or_default();
        asked.lines().filter(|line| *line == address).count()
    }

    /// The passwords that it was told, each with whether it was under TLS.
    pub fn passwords(&self) -> Vec<String> {
        let passwords = std::fs::read_to_string(self.folder.join("passwords")).unwrap_or_default();
        passwords.lines().map(str::to_owned).collect()
    }

    /// The envelopes' senders of what it took, the oldest first.
    pub fn senders(&self) -> Vec<String> {
        let senders = std::fs::read_to_string(self.folder.join("senders")).unwrap_or_default();
        senders.lines().map(str::to_owned).collect()
    }

    /// What it took for an address, the oldest first.
    pub fn letters(&self, address: &str) -> Vec<String> {
        let files = std::fs::read_dir(&self.folder).unwrap().map(|entry| entry.unwrap().path());
        let end = format!(".{address}.eml");
        let mut files: Vec<_> = files.filter(|path| path.to_str().unwrap().ends_with(&end)).collect();
        files.sort();
        files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
