//! HTTP/2 without TLS: a client, and a server that does what a test says.

use std::fmt;
use std::net::SocketAddr;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use http_body_util::BodyExt;
use http_body_util::combinators::BoxBody;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::{TcpListener, TcpStream};

pub type Request = http::Request<Incoming>;
pub type Response = http::Response<BoxBody<Bytes, std::io::Error>>;

/// A client with a connection for each request.
pub struct Http2;

impl Http2 {
    async fn send(request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let request = request.try_into_http1x().unwrap();
        let authority = request.uri().authority().unwrap().as_str();
        let stream = TcpStream::connect(authority).await;
        let stream = TokioIo::new(stream.map_err(|error| ConnectorError::io(error.into()))?);
        let connected = hyper::client::conn::http2::handshake(TokioExecutor::new(), stream).await;
        let (mut sender, connection) =
            connected.map_err(|error| ConnectorError::io(error.into()))?;
        tokio::spawn(connection);
        let response = sender.send_request(request).await;
        let response = response.map_err(|error| ConnectorError::io(error.into()))?;
        Ok(response.map(SdkBody::from_body_1_x).try_into().unwrap())
    }
}

impl fmt::Debug for Http2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Http2")
    }
}

impl HttpConnector for Http2 {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(Self::send(request))
    }
}

impl HttpClient for Http2 {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Self)
    }
}

/// Starts a server that answers requests so.
pub async fn serve<F>(answer: impl Fn(Request) -> F + Clone + Send + 'static) -> SocketAddr
where
    F: Future<Output = Result<Response, std::io::Error>> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let answer = answer.clone();
            let service = service_fn(answer);
            let connection = hyper::server::conn::http2::Builder::new(TokioExecutor::new())
                .serve_connection(TokioIo::new(stream), service);
            tokio::spawn(connection);
        }
    });
    address
}

pub fn client(address: SocketAddr) -> crate::service::Client {
    let settings = crate::settings().endpoint_url(format!("http://{address}"));
    crate::client(settings.http_client(Http2))
}

/// A body of these bytes.
pub fn whole(bytes: impl Into<Bytes>) -> BoxBody<Bytes, std::io::Error> {
    let body = http_body_util::Full::new(bytes.into());
    body.map_err(|never| match never {}).boxed()
}
