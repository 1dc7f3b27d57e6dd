//! Streams of bytes go through in constant memory, however long they are: of the process as a whole, as the operating system counts it.

#[path = "client/service.rs"]
#[allow(dead_code, unused_imports)]
mod service;
#[path = "client/bytes/service.rs"]
#[allow(dead_code)]
mod studio;

use std::pin::Pin;
use std::task::{Context, Poll};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::RetryConfig;
use aws_types::region::Region;
use hyper::body::{Body, Bytes, Frame};
use smithy_rt::{ByteStream, ClientBuilder, SdkConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

// Where the macros of smithy-rt look for them in a generated crate.
use service::{Client, Error, ServiceError};

const MB: u64 = 1_000_000;

/// What may be in memory at a time: buffers of HTTP, of the kernel's and of the files.
const LIMIT: u64 = 16 * MB;

static PIECE: [u8; 64_000] = [7; 64_000];

#[tokio::test]
async fn streams_take_no_more_memory_than_their_buffers() {
    there_and_back(128 * MB).await;
}

/// A soak test: `cargo test -p smithy-rt --test memory -- --ignored`.
#[tokio::test]
#[ignore = "takes its time"]
async fn streams_of_a_gigabyte_take_no_more_memory_than_their_buffers() {
    there_and_back(1_000 * MB).await;
}

async fn there_and_back(size: u64) {
    let Some(_) = peak() else {
        eprintln!(
            "skipped: the operating system does not tell how much memory a process has taken"
        );
        return;
    };
    let client = client(&server(size).await);
    // What is loaded once does not count.
    upload(&client, ByteStream::from_static(&PIECE)).await;

    let file = tempfile::NamedTempFile::new().unwrap();
    // A file with a hole in it takes no room on the disk.
    file.as_file().set_len(size).unwrap();
    let path = file.path();
    grows_little("from a file", size, async {
        upload(&client, ByteStream::from_path(path).await.unwrap()).await
    })
    .await;
    grows_little("from a body", size, async {
        upload(&client, ByteStream::new(SdkBody::from_body_1_x(Tone(size)))).await
    })
    .await;
    grows_little("to the caller", size, async {
        let mut sound = studio::play(&client).await.unwrap().sound;
        let mut length = 0;
        while let Some(bytes) = sound.next().await {
            length += bytes.unwrap().len() as u64;
        }
        length
    })
    .await;
}

/// Checks that a transfer moves so many bytes, and how much memory that takes at most.
async fn grows_little(what: &str, size: u64, transfer: impl Future<Output = u64>) {
    // From here on, the peak counts anew.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = peak().unwrap();
    assert_eq!(transfer.await, size, "{what}");
    let growth = peak().unwrap() - before;
    eprintln!("{what}: {size} bytes, {growth} bytes of memory");
    assert!(
        growth < LIMIT,
        "{what}: {growth} bytes of memory for {size}"
    );
}

/// Returns the most memory that this process has taken, in bytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// Uploads a stream, and returns how many bytes the server has seen.
async fn upload(client: &Client, sound: ByteStream) -> u64 {
    let response = studio::record::<studio::RecordUnsigned>(client, studio::tape(sound));
    response.await.unwrap().length.unwrap().try_into().unwrap()
}

fn client(url: &str) -> Client {
    let credentials = Credentials::new("AKIDEXAMPLE", "the-secret", None, None, "test");
    let config = SdkConfig::builder()
        .region(Region::from_static("eu-west-3"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .sleep_impl(aws_smithy_async::rt::sleep::TokioSleep::new())
        .retry_config(RetryConfig::disabled())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(url)
        .build();
    Client(ClientBuilder::new(&config, &studio::STUDIO).build())
}

/// A body of so many bytes, which does not say how many.
struct Tone(u64);

impl Body for Tone {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let length = self.0.min(PIECE.len() as u64);
        self.0 -= length;
        let piece = Bytes::from_static(&PIECE[..length as usize]);
        Poll::Ready((length > 0).then_some(Ok(Frame::data(piece))))
    }
}

/// Starts a server that counts what it is sent, and plays a tape of this length.
async fn server(size: u64) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            tokio::spawn(serve(connection, size));
        }
    });
    url
}

/// Serves one request.
async fn serve(mut connection: TcpStream, size: u64) {
    let mut bytes = Vec::with_capacity(PIECE.len());
    let end = loop {
        connection.read_buf(&mut bytes).await.unwrap();
        if let Some(end) = bytes.windows(4).position(|it| it == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    if head.starts_with("get") {
        let head = format!("HTTP/1.1 200 X\r\nconnection: close\r\ncontent-length: {size}\r\n\r\n");
        connection.write_all(head.as_bytes()).await.unwrap();
        let mut left = size;
        while left > 0 {
            let length = left.min(PIECE.len() as u64);
            connection
                .write_all(&PIECE[..length as usize])
                .await
                .unwrap();
            left -= length;
        }
        return;
    }
    let length = head
        .lines()
        .find_map(|it| it.strip_prefix("content-length: "));
    let rest = bytes.split_off(end);
    let mut counter = Counter::new(length.map(|it| it.parse().unwrap()));
    let mut is_over = counter.count(&rest);
    while !is_over {
        bytes.clear();
        assert_ne!(connection.read_buf(&mut bytes).await.unwrap(), 0);
        is_over = counter.count(&bytes);
    }
    let body = format!(r#"{{"length": {}}}"#, counter.seen);
    let head = format!(
        "HTTP/1.1 200 X\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    connection.write_all(head.as_bytes()).await.unwrap();
}

/// Counts the bytes of a body, in chunks or of a known length.
struct Counter {
    length: Option<u64>,
    /// Bytes before the next line with the length of a chunk.
    in_chunk: u64,
    line: String,
    seen: u64,
}

impl Counter {
    fn new(length: Option<u64>) -> Self {
        Self {
            length,
            in_chunk: 0,
            line: String::new(),
            seen: 0,
        }
    }

    /// Returns `true` once the body is over.
    fn count(&mut self, mut bytes: &[u8]) -> bool {
        if let Some(length) = self.length {
            self.seen += bytes.len() as u64;
            return self.seen == length;
        }
        while let Some((first, rest)) = bytes.split_first() {
            if self.in_chunk > 0 {
                let length = self.in_chunk.min(bytes.len() as u64);
                self.in_chunk -= length;
                self.seen += length;
                bytes = &bytes[length as usize..];
                continue;
            }
            bytes = rest;
            match first {
                b'\r' => {}
                b'\n' if self.line.is_empty() => {}
                b'\n' => {
                    self.in_chunk = u64::from_str_radix(&self.line, 16).unwrap();
                    self.line.clear();
                    if self.in_chunk == 0 {
                        return true;
                    }
                }
                digit => self.line.push(char::from(*digit)),
            }
        }
        false
    }
}
