//! An HTTP client that answers every request with the same response, without a network; the comparison with other
//! clients includes this file.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::DateTime;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::date_time::Format;
use std::time::SystemTime;

/// Answers every request with status 200, the headers that the service sends, and one body.
#[derive(Clone, Debug)]
pub struct InMemory {
    connector: SharedHttpConnector,
}

impl InMemory {
    pub fn new(body: impl Into<Vec<u8>>) -> Self {
        let body = SdkBody::from(body.into());
        let date = DateTime::from(SystemTime::now()).fmt(Format::HttpDate);
        let connector = Connector {
            date: date.expect("the present can be written as an HTTP date"),
            length: body.content_length().unwrap_or_default().to_string(),
            body,
        };
        Self {
            connector: SharedHttpConnector::new(connector),
        }
    }
}

impl HttpClient for InMemory {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        self.connector.clone()
    }
}

#[derive(Debug)]
struct Connector {
    date: String,
    length: String,
    body: SdkBody,
}

impl HttpConnector for Connector {
    fn call(&self, _request: HttpRequest) -> HttpConnectorFuture {
        let body = self.body.try_clone().expect("a body in memory");
        let mut response = HttpResponse::new(StatusCode::try_from(200).expect("a status"), body);
        let headers = response.headers_mut();
        headers.insert("content-type", "application/x-amz-json-1.0");
        headers.insert("content-length", self.length.clone());
        headers.insert("date", self.date.clone());
        headers.insert("x-amzn-requestid", "c63ec8a4-1d2f-4a6c-9a0c-0a7c7f3f5a55");
        HttpConnectorFuture::ready(Ok(response))
    }
}
