//! HTTP by hand: requests as text, answers as they come.

use fake_healthlake::FakeHealthLake;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer as it came, and how the connection ended.
pub struct Raw {
    pub head: String,
    pub bytes: Vec<u8>,
    pub end: std::io::Result<()>,
}

impl Raw {
    fn new(bytes: &[u8], end: std::io::Result<()>) -> Self {
        const BETWEEN: &[u8] = b"\r\n\r\n";
        let windows = &mut bytes.windows(BETWEEN.len());
        let head = windows.position(|found| found == BETWEEN);
        let (head, body) = bytes.split_at(head.unwrap_or_default());
        Self {
            head: String::from_utf8(head.to_vec()).expect("text"),
            bytes: body.strip_prefix(BETWEEN).unwrap_or(body).to_vec(),
            end,
        }
    }

    pub fn status(&self) -> u16 {
        let status = self.head.split(' ').nth(1);
        let status = status.and_then(|status| status.parse().ok());
        status.expect("a status")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    pub fn body(&self) -> &str {
        str::from_utf8(&self.bytes).expect("text")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).expect("a JSON body")
    }
}

pub async fn send(fake: &FakeHealthLake, start: &str, headers: &[(&str, &str)], body: &str) -> Raw {
    let url = fake.url();
    let host = url.strip_prefix("http://").expect("a URL");
    let mut stream = TcpStream::connect(host).await.expect("a connection");
    let mut request = format!("{start} HTTP/1.1\r\nconnection: close\r\n");
    if headers.iter().all(|(name, _)| *name != "host") {
        request += &format!("host: {host}\r\n");
    }
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    request += &format!("content-length: {}\r\n\r\n{body}", body.len());
    stream
        .write_all(request.as_bytes())
        .await
        .expect("it is sent");
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes).await.map(drop);
    Raw::new(&bytes, end)
}

/// A signature that is as it should be, of the present.
pub fn signed() -> [(String, String); 2] {
    let now = aws_smithy_types::DateTime::from(std::time::SystemTime::now());
    let now = aws_smithy_types::DateTime::from_secs(now.secs());
    let date = now
        .fmt(aws_smithy_types::date_time::Format::DateTime)
        .expect("a date");
    let date = date.replace(['-', ':'], "");
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential=AKID/{}/us-east-1/healthlake/aws4_request, \
         SignedHeaders=host;x-amz-date;x-amz-target, Signature={}",
        &date[..8],
        "0".repeat(64),
    );
    [
        ("x-amz-date".to_owned(), date),
        ("authorization".to_owned(), authorization),
    ]
}

pub async fn call(fake: &FakeHealthLake, operation: &str, body: &str) -> Raw {
    call_at(
        fake,
        fake.url().trim_start_matches("http://"),
        operation,
        body,
    )
    .await
}

/// A call under one of the fake's names.
pub async fn call_at(fake: &FakeHealthLake, host: &str, operation: &str, body: &str) -> Raw {
    let target = format!("HealthLake.{operation}");
    let [(_, date), (_, authorization)] = &signed();
    let headers = [
        ("host", host),
        ("x-amz-target", target.as_str()),
        ("x-amz-date", date),
        ("authorization", authorization),
    ];
    send(fake, "POST /", &headers, body).await
}

pub async fn fake() -> FakeHealthLake {
    FakeHealthLake::start().await.expect("a port on loopback")
}
