use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A mail server that does what the story wants.
pub struct PostOffice {
    pub address: SocketAddr,
    pub manner: Arc<Mutex<Manner>>,
    letters: Arc<Mutex<Vec<String>>>,
    asked: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

/// How it treats a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    Takes,
    /// Says 451, for now, and repeats the address, as servers do.
    Refuses,
    /// Says 554, for good, once it has the mail.
    RefusesForGood,
    /// Accepts the connection and never says anything.
    Sleeps,
}

impl PostOffice {
    pub async fn open(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (manner, letters) = (Arc::new(Mutex::new(manner)), Arc::new(Mutex::new(Vec::new())));
        let (current, kept) = (manner.clone(), letters.clone());
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let manner = *current.lock().unwrap();
                tokio::spawn(converse(stream, manner, kept.clone(), count.clone()));
            }
        });
        Self { address, manner, letters, asked, task }
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// How often it was asked to take a mail.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    /// What was handed over, as it came.
    pub fn letters(&self) -> Vec<String> {
        self.letters.lock().unwrap().clone()
    }
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// As much of RFC 5321 as a client needs.
async fn converse(
    stream: TcpStream,
    manner: Manner,
    letters: Arc<Mutex<Vec<String>>>,
    asked: Arc<AtomicUsize>,
) -> std::io::Result<()> {
    if manner == Manner::Sleeps {
        return std::future::pending().await;
    }
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 here\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        if verb == "RCPT" {
            asked.fetch_add(1, Ordering::Relaxed);
        }
        let answer = match verb.as_str() {
            "EHLO" => "250-here\r\n250 8BITMIME\r\n".to_owned(),
            "RCPT" if manner == Manner::Refuses => {
                format!("451 4.3.0 {} has to wait\r\n", line.split_once(':').map_or("", |(_, to)| to))
            }
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await?;
                let mut letter = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    letter.push_str(&line);
                    letter.push('\n');
                }
                if manner == Manner::RefusesForGood {
                    "554 5.7.1 looks like spam\r\n".to_owned()
                } else {
                    letters.lock().unwrap().push(letter);
                    "250 taken\r\n".to_owned()
                }
            }
            _ => "250 fine\r\n".to_owned(),
        };
        writer.write_all(answer.as_bytes()).await?;
        if verb == "QUIT" {
            return Ok(());
        }
    }
    Ok(())
}
