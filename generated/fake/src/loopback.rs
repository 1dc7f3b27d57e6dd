//! An HTTP client that finds the fake under each of its names.
//!
//! Some operations are served by a host whose name is the service's with a prefix. The fake's name is `localhost`, so that these become
//! names below `localhost`, which belong to this machine alone (RFC 6761); but many systems do not resolve them. This client
//! does: it connects to the address, and sends the name in the header `host`.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use hyper::Uri;

/// AWS's HTTP client without TLS, which can also connect to names below `localhost`.
pub(crate) fn http_client() -> SharedHttpClient {
    let inner = aws_smithy_http_client::Builder::new().build_http();
    SharedHttpClient::new(Loopback(inner))
}

#[derive(Debug)]
struct Loopback<T>(T);

impl HttpClient for Loopback<SharedHttpClient> {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Loopback(self.0.http_connector(settings, components)))
    }
}

impl HttpConnector for Loopback<SharedHttpConnector> {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        match redirect(&mut request) {
            Ok(()) => self.0.call(request),
            Err(error) => HttpConnectorFuture::ready(Err(ConnectorError::user(error.into()))),
        }
    }
}

/// Lets a request to a name of this machine go to its address.
fn redirect(request: &mut HttpRequest) -> Result<(), String> {
    let uri: Uri = request.uri().parse().map_err(|_| "no URI".to_owned())?;
    let (Some(host), Some(port)) = (uri.host(), uri.port()) else {
        return Ok(());
    };
    if host != "localhost" && !host.ends_with(".localhost") {
        return Ok(());
    }
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let name = format!("{host}:{port}");
    let address = format!("http://127.0.0.1:{port}{path}");
    let told = request.headers_mut().try_insert("host", name);
    told.map_err(|error| error.to_string())?;
    request.set_uri(address).map_err(|error| error.to_string())
}
