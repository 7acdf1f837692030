//! What the tests need and the machine may lack: programs from Debian's packages, if we may install them; axe-core and
//! Spectral from npm and a few Python packages, in folders of their own below `target/xtask`.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{
    postgres,
    processes::{output, run_quietly},
    say,
};

/// A program that the tests need: how it is found, and the Debian packages that bring it.
pub struct Need {
    what: &'static str,
    packages: &'static [&'static str],
    find: fn() -> Option<PathBuf>,
}

/// The folder that holds `initdb` and `postgres`. Its package is `postgresql-NN`, see [`server_package`]: the package
/// `postgresql` depends on it, and has nothing to add.
pub const POSTGRES: Need = Need { what: "PostgreSQL 15 or newer", packages: &["postgresql"], find: postgres::find };

pub const CHROMIUM: Need = Need {
    what: "Chromium",
    packages: &["chromium", "fonts-liberation"],
    find: || ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(on_path),
};

pub const CHROMEDRIVER: Need =
    Need { what: "chromedriver", packages: &["chromium-driver"], find: || on_path("chromedriver") };

pub const NPM: Need = Need { what: "npm", packages: &["nodejs", "npm"], find: || on_path("npm") };

/// Makes the keys with which stories sign mail.
pub const OPENSSL: Need = Need { what: "openssl", packages: &["openssl"], find: || on_path("openssl") };

pub const PYTHON: Need = Need {
    what: "Python 3.11 or newer with venv",
    packages: &["python3", "python3-venv"],
    find: || {
        let python = on_path("python3")?;
        let check = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))";
        output(Command::new(&python).args(["-c", check])).map(|_| python)
    },
};

/// Finds each need, in their order, and installs what is missing if it may.
pub fn programs(needs: &[&Need]) -> Result<Vec<PathBuf>> {
    let missing: Vec<_> = needs.iter().filter(|need| (need.find)().is_none()).collect();
    if !missing.is_empty() {
        let names = missing.iter().map(|need| need.what).collect::<Vec<_>>().join(", ");
        let packages: BTreeSet<_> = missing.iter().flat_map(|need| need.packages).copied().collect();
        install(&packages).with_context(|| format!("{names}: not found, and not installed"))?;
    }
    let find = |need: &&Need| (need.find)().with_context(|| format!("{}: not found, though installed", need.what));
    needs.iter().map(find).collect()
}

/// A program of that name in one of the folders of `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn install(packages: &BTreeSet<&str>) -> Result<()> {
    let by_hand = format!(
        "run `apt-get install --no-install-recommends {}` as root, or let me: as root or with a sudo that asks nothing",
        packages.iter().copied().collect::<Vec<_>>().join(" ")
    );
    ensure!(on_path("apt-get").is_some(), "this is no Debian: please install what is missing by its own means");
    let Some(root) = as_root() else { bail!(by_hand) };
    say!("installing {}", packages.iter().copied().collect::<Vec<_>>().join(" "));
    let root = |line: &str| {
        let mut command = Command::new(root[0]);
        command.args(&root[1..]).args(["sh", "-c", line]).env("DEBIAN_FRONTEND", "noninteractive");
        run_quietly(&mut command).context(by_hand.clone())
    };
    root("apt-get -o Acquire::Retries=3 update")?;
    let mut names: Vec<_> =
        packages.iter().filter(|name| **name != "postgresql").map(|&name| name.to_owned()).collect();
    if packages.contains("postgresql") {
        names.push(server_package().context("apt knows no PostgreSQL server")?);
        // The package would make a cluster and serve it from now on; nobody asked for that.
        let settings = "/etc/postgresql-common/createcluster.conf";
        root(&format!(
            "[ -e {settings} ] || {{ mkdir -p /etc/postgresql-common && echo create_main_cluster = false > {settings}; }}"
        ))?;
    }
    root(&format!("apt-get -o Acquire::Retries=3 install -y --no-install-recommends {}", names.join(" ")))
}

/// The words before a command that runs it as root; `None` if we may not.
fn as_root() -> Option<&'static [&'static str]> {
    if rustix::process::geteuid().is_root() {
        return Some(&["env"]);
    }
    output(Command::new("sudo").args(["-n", "true"])).map(|_| ["sudo", "-n"].as_slice())
}

/// The server that the distribution's `postgresql` stands for, such as `postgresql-15`.
fn server_package() -> Option<String> {
    let depends = output(Command::new("apt-cache").args(["depends", "postgresql"]))?;
    let names = depends.split_whitespace().map(str::to_owned);
    names.into_iter().find(|name| {
        let version = name.strip_prefix("postgresql-");
        version.is_some_and(|version| !version.is_empty() && version.chars().all(|digit| digit.is_ascii_digit()))
    })
}

/// What npm brings, at the versions that `package-lock.json` names.
pub struct Npm {
    /// `axe.min.js`.
    pub axe: PathBuf,
    pub spectral: PathBuf,
}

pub fn from_npm(npm: &Path, sources: &Path, target: &Path) -> Result<Npm> {
    let home = target.join("npm");
    let lock = sources.join("npm/package-lock.json");
    once(&home, &lock, || {
        fs::copy(sources.join("npm/package.json"), home.join("package.json"))?;
        fs::copy(&lock, home.join("package-lock.json"))?;
        run_quietly(Command::new(npm).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&home))
    })?;
    let modules = home.join("node_modules");
    let brought = Npm { axe: modules.join("axe-core/axe.min.js"), spectral: modules.join(".bin/spectral") };
    for file in [&brought.axe, &brought.spectral] {
        ensure!(file.is_file(), "npm did not bring {}", file.display());
    }
    Ok(brought)
}

/// The Python of an environment that has what `requirements.txt` names.
pub fn python(python: &Path, sources: &Path, target: &Path) -> Result<PathBuf> {
    let home = target.join("venv");
    let requirements = sources.join("python/requirements.txt");
    let own = home.join("bin/python");
    once(&home, &requirements, || {
        run_quietly(Command::new(python).args(["-m", "venv"]).arg(&home))?;
        let pip = ["-m", "pip", "install", "--disable-pip-version-check", "--requirement"];
        run_quietly(Command::new(&own).args(pip).arg(&requirements))
    })?;
    Ok(own)
}

/// Makes a folder from a list, anew only when the list has changed or the last try did not come to its end.
fn once(home: &Path, list: &Path, make: impl FnOnce() -> Result<()>) -> Result<()> {
    let wanted = fs::read_to_string(list).with_context(|| format!("reading {}", list.display()))?;
    let stamp = home.join("made-from");
    if fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
        return Ok(());
    }
    say!("filling {}", home.display());
    if home.exists() {
        fs::remove_dir_all(home)?;
    }
    fs::create_dir_all(home)?;
    make()?;
    Ok(fs::write(stamp, wanted)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_a_folder_once_for_each_list() -> Result<()> {
        let dir = tempfile::tempdir()?;
        let (home, list) = (dir.path().join("home"), dir.path().join("list"));
        let times = std::cell::Cell::new(0);
        let make = || {
            times.set(times.get() + 1);
            Ok(())
        };
        fs::write(&list, "a==1")?;
        assert!(once(&home, &list, || bail!("no network")).is_err());
        once(&home, &list, make)?;
        once(&home, &list, make)?;
        assert_eq!(times.get(), 1, "after a failure again, after a success not");
        fs::write(&list, "a==2")?;
        once(&home, &list, make)?;
        assert_eq!(times.get(), 2);
        Ok(())
    }
}
