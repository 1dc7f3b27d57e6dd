//! An HTTP server on loopback that does what a script says, one step per request.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The server's reaction to a request.
#[derive(Clone, Debug)]
pub enum Step {
    /// Answers with this status, these headers and this body.
    Answer(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// Answers with half of what it announces, and closes the connection.
    CutShort(String),
    /// Answers with half of what it announces, and then says nothing.
    Stall(String),
    /// Answers with something else than HTTP, and closes the connection.
    NotHttp(&'static str),
    /// Closes the connection.
    Close,
    /// Says nothing.
    Silence,
}

impl Step {
    pub fn ok(body: impl AsRef<[u8]>) -> Self {
        Self::error(200, body)
    }

    pub fn error(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::Answer(
            status,
            vec![("x-amzn-requestid", "request-1".into())],
            body.as_ref().to_vec(),
        )
    }

    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Answer(_, headers, _) = &mut self {
            headers.push((name, value.to_owned()));
        }
        self
    }
}

/// A request that the server has seen.
#[derive(Clone, Debug)]
pub struct Seen {
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

#[derive(Clone)]
pub struct Server {
    address: std::net::SocketAddr,
    state: Arc<Mutex<State>>,
}

struct State {
    script: VecDeque<Step>,
    last: Step,
    seen: Vec<Seen>,
}

impl Server {
    /// Starts a server that takes these steps, and repeats the last one.
    pub async fn start(script: impl IntoIterator<Item = Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let script: VecDeque<_> = script.into_iter().collect();
        let last = script.back().cloned().unwrap_or(Step::Silence);
        let state = Arc::new(Mutex::new(State {
            script,
            last,
            seen: Vec::new(),
        }));
        let server = Self { address, state };
        tokio::spawn(server.clone().accept(listener));
        server
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.state.lock().unwrap().seen.clone()
    }

    async fn accept(self, listener: TcpListener) {
        while let Ok((connection, _)) = listener.accept().await {
            tokio::spawn(self.clone().serve(connection));
        }
    }

    async fn serve(self, mut connection: TcpStream) {
        while let Some(seen) = read_request(&mut connection).await {
            let step = {
                let mut state = self.state.lock().unwrap();
                state.seen.push(seen);
                state
                    .script
                    .pop_front()
                    .unwrap_or_else(|| state.last.clone())
            };
            match step {
                Step::Answer(status, headers, body) => {
                    let mut answer = answer(status, &headers, body.len()).into_bytes();
                    // HTTP has no body there, nor a length.
                    if status == 204 {
                        answer = format!("HTTP/1.1 {status} X\r\n\r\n").into_bytes();
                    }
                    answer.extend(body);
                    connection.write_all(&answer).await.unwrap();
                }
                Step::CutShort(body) => {
                    let half = half_of_an_answer(&body);
                    connection.write_all(half.as_bytes()).await.unwrap();
                    return;
                }
                Step::Stall(body) => {
                    let half = half_of_an_answer(&body);
                    connection.write_all(half.as_bytes()).await.unwrap();
                    tokio::time::sleep(Duration::from_secs(60)).await;
                }
                Step::NotHttp(answer) => {
                    connection.write_all(answer.as_bytes()).await.unwrap();
                    return;
                }
                Step::Close => return,
                Step::Silence => tokio::time::sleep(Duration::from_secs(60)).await,
            }
        }
    }
}

fn answer(status: u16, headers: &[(&'static str, String)], length: usize) -> String {
    let mut answer = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n");
    for (name, value) in headers {
        answer += &format!("{name}: {value}\r\n");
    }
    answer + "\r\n"
}

fn half_of_an_answer(body: &str) -> String {
    answer(200, &[], body.len()) + &body[..body.len() / 2]
}

async fn read_request(connection: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if connection.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let line = lines.next().unwrap().to_owned();
    let headers: Vec<(String, String)> = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.map_or(0, |(_, length)| length.parse().unwrap());
    let mut body = bytes.split_off(head_end + 4);
    while body.len() < length {
        connection.read_buf(&mut body).await.ok()?;
    }
    Some(Seen {
        line,
        headers,
        body: String::from_utf8(body).unwrap(),
    })
}
