//! Passwords: which ones will do, and how they are kept (argon2id). Hashing is slow on purpose, so it runs beside the
//! runtime, a few at a time.

use std::collections::HashSet;
use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;

use crate::app::App;
use crate::i18n::{Message, fold};

const FEWEST_CHARACTERS: usize = 12;
/// Beyond this nobody types it, and hashing it would be somebody's attack.
const MOST_CHARACTERS: usize = 200;
/// Each hash takes 19 MiB while it is made.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

static COMMON: LazyLock<HashSet<String>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().map(fold).collect());

/// What is wrong with a password, if anything. `known` is what others could know: the person's name and address.
pub(super) fn weakness(password: &str, known: &[&str]) -> Option<Message> {
    let length = password.chars().count();
    if length < FEWEST_CHARACTERS {
        return Some(Message::new("identity-password-short").with("characters", FEWEST_CHARACTERS));
    }
    if length > MOST_CHARACTERS {
        return Some(Message::new("identity-password-long").with("characters", MOST_CHARACTERS));
    }
    let folded = fold(password);
    let is_known = known.iter().map(|known| fold(known)).any(|known| known.len() >= 4 && bare(&folded) == bare(&known));
    if COMMON.contains(&folded) || is_known || repeats(&folded) || climbs(&folded) {
        return Some(Message::new("identity-password-common"));
    }
    None
}

/// Without the digits and signs that people add at the ends.
fn bare(text: &str) -> &str {
    text.trim_matches(|letter: char| !letter.is_alphabetic())
}

/// One short piece over and over: `abcabcabcabc`.
fn repeats(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    (1..=4).any(|width| letters.iter().zip(letters.iter().skip(width)).all(|(one, next)| one == next))
}

/// Letters or digits in a row, up or down: `123456789012`, `abcdefghijkl`.
fn climbs(text: &str) -> bool {
    let steps = |step: i64| {
        let letters: Vec<i64> = text.chars().map(|letter| i64::from(u32::from(letter))).collect();
        letters.windows(2).filter(|pair| pair[1] - pair[0] == step).count() + 2 >= letters.len()
    };
    steps(1) || steps(-1)
}

/// The hash to keep, in the PHC form that carries its own parameters.
pub(super) async fn hash(app: &App, password: &str) -> anyhow::Result<String> {
    let (salt, password) = (app.secret(), password.to_owned());
    let _turn = AT_ONCE.acquire().await?;
    tokio::task::spawn_blocking(move || {
        let hash: argon2::password_hash::phc::PasswordHash = Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt[..16])
            .map_err(|error| anyhow::anyhow!("a password could not be hashed: {error}"))?;
        Ok(hash.to_string())
    })
    .await?
}

/// Whether the password is the one that was kept. Where nothing was kept, it takes as long and is not.
pub(super) async fn verify(password: &str, kept: Option<&str>) -> anyhow::Result<bool> {
    const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$dGVsZW1hY28tbm9ib2R5$Z3JlYXQtZXhwZWN0YXRpb25zLW5vYm9keXMtb24";
    let (password, kept, exists) = (password.to_owned(), kept.unwrap_or(NOBODYS).to_owned(), kept.is_some());
    let _turn = AT_ONCE.acquire().await?;
    tokio::task::spawn_blocking(move || {
        let kept = PasswordHash::new(&kept).map_err(|error| anyhow::anyhow!("a kept password is no hash: {error}"))?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &kept).is_ok() && exists)
    })
    .await?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_named() {
        for weak in [
            "corta",
            "Contraseña123",
            "abcabcabcabc",
            "123456789012",
            "ZYXWVUTSRQPO",
            "aaaaaaaaaaaaaa",
            "lucia.ibanez@banco.example99",
        ] {
            assert!(weakness(weak, &["Lucía Ibáñez", "lucia.ibanez@banco.example"]).is_some(), "{weak}");
        }
        assert!(weakness(&"x7".repeat(150), &[]).is_some());
        assert_eq!(weakness("tres tristes tigres", &["Lucía Ibáñez"]), None);
    }

    #[tokio::test]
    async fn nobodys_password_is_never_right() {
        assert!(!verify("great-expectations-nobodys-on", None).await.unwrap());
    }
}
