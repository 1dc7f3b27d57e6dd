//! A server on loopback that reads and writes bodies as slowly, as partly and as long as a test says.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_types::sdk_config::Builder;
use smithy_rt::SdkConfig;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::service::Client;

/// A connection of a client.
pub struct Connection {
    pub stream: TcpStream,
    /// Bytes of a body that came with the head.
    pub rest: Vec<u8>,
}

/// A server whose connections are served by a function, which is told how many there were before.
pub struct Peer {
    pub url: String,
    connections: Arc<AtomicUsize>,
}

impl Peer {
    pub async fn start<F>(serve: impl Fn(usize, Connection) -> F + Send + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let rest = Vec::new();
                let before = count.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(before, Connection { stream, rest }));
            }
        });
        Self { url, connections }
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub fn client(&self) -> Client {
        self.client_with(|settings| settings)
    }

    pub fn client_with(&self, with: impl FnOnce(Builder) -> Builder) -> Client {
        let config: SdkConfig = with(crate::settings()).endpoint_url(&self.url).build();
        Client(smithy_rt::ClientBuilder::new(&config, &super::service::STUDIO).build())
    }
}

impl Connection {
    /// Reads the head of a request, with names in lower case.
    pub async fn head(&mut self) -> String {
        loop {
            if let Some(end) = self.rest.windows(4).position(|it| it == b"\r\n\r\n") {
                let body = self.rest.split_off(end + 4);
                let head = std::mem::replace(&mut self.rest, body);
                return String::from_utf8(head).unwrap().to_lowercase();
            }
            assert_ne!(self.stream.read_buf(&mut self.rest).await.unwrap(), 0);
        }
    }

    /// Reads so many bytes of a body.
    pub async fn read(&mut self, length: usize) -> Vec<u8> {
        while self.rest.len() < length {
            assert_ne!(self.stream.read_buf(&mut self.rest).await.unwrap(), 0);
        }
        let rest = self.rest.split_off(length);
        std::mem::replace(&mut self.rest, rest)
    }

    /// Reads a body in chunks to its end.
    pub async fn read_chunks(&mut self) -> Vec<u8> {
        let mut body = Vec::new();
        loop {
            let mut line = Vec::new();
            while !line.ends_with(b"\r\n") {
                line.extend(self.read(1).await);
            }
            let line = String::from_utf8(line).unwrap();
            let length = usize::from_str_radix(line.trim_end(), 16).unwrap();
            body.extend(self.read(length).await);
            assert_eq!(self.read(2).await, b"\r\n");
            if length == 0 {
                return body;
            }
        }
    }

    /// Reads all that comes until the client closes the connection. It may do so by breaking it.
    pub async fn drain(&mut self) {
        let mut buffer = [0; 16 * 1024];
        while matches!(self.stream.read(&mut buffer).await, Ok(1..)) {}
    }

    pub async fn write(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
    }

    /// Answers with a body as a whole.
    pub async fn answer(&mut self, status: u16, body: &str) {
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status} X\r\nx-amzn-requestid: request-1\r\ncontent-length: {length}\r\n\r\n"
        );
        self.write(head + body).await;
    }
}
