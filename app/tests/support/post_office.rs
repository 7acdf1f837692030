use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A mail server that does what the story wants.
pub struct PostOffice {
    pub address: SocketAddr,
    pub manner: Arc<Mutex<Manner>>,
    letters: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

/// How it treats a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    Takes,
    /// Says 451, for now, and repeats the address, as servers do.
    Refuses,
    /// Accepts the connection and never says anything.
    Sleeps,
}

impl PostOffice {
    pub async fn open(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (manner, letters) = (Arc::new(Mutex::new(manner)), Arc::new(Mutex::new(Vec::new())));
        let (asked, kept) = (manner.clone(), letters.clone());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let manner = *asked.lock().unwrap();
                tokio::spawn(converse(stream, manner, kept.clone()));
            }
        });
        Self { address, manner, letters, task }
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
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
async fn converse(stream: TcpStream, manner: Manner, letters: Arc<Mutex<Vec<String>>>) -> std::io::Result<()> {
    if manner == Manner::Sleeps {
        return std::future::pending().await;
    }
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 here\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
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
                letters.lock().unwrap().push(letter);
                "250 taken\r\n".to_owned()
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
