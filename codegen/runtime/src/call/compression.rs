//! `smithy.api#requestCompression`: large bodies go out compressed with gzip (feature `compression`).

use std::io::{self, Write};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_types::SdkConfig;
use flate2::Compression as Level;
use flate2::write::GzEncoder;

/// The size from which on a body is compressed unless the `SdkConfig` has another.
const DEFAULT_MIN_SIZE: u32 = 10_240;

/// The setting that tells which bodies are compressed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Compression {
    /// The size from which on it is worth it. `None` if it is turned off.
    min_size: Option<u32>,
}

impl Compression {
    pub(crate) fn new(config: &SdkConfig) -> Self {
        let is_disabled = config.disable_request_compression().unwrap_or_default();
        let min_size = config
            .request_min_compression_size_bytes()
            .unwrap_or(DEFAULT_MIN_SIZE);
        Self {
            min_size: (!is_disabled).then_some(min_size),
        }
    }

    /// Compresses the body of a request that the service takes compressed, if it is large enough. A stream goes as it is, unless its bytes
    /// are in memory.
    pub(crate) fn apply(self, request: &mut HttpRequest) -> Result<(), BoxError> {
        let (Some(min_size), Some(body)) = (self.min_size, request.body().bytes()) else {
            return Ok(());
        };
        if body.len() < min_size as usize {
            return Ok(());
        }
        let body = gzip(body)?;
        let headers = request.headers_mut();
        // The last encoding in the list is the outermost.
        let encoding = match headers.get("content-encoding") {
            Some(inner) => format!("{inner}, gzip"),
            None => "gzip".to_owned(),
        };
        headers.try_insert("content-encoding", encoding)?;
        headers.try_insert("content-length", body.len().to_string())?;
        *request.body_mut() = SdkBody::from(body);
        Ok(())
    }
}

fn gzip(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Level::default());
    encoder.write_all(body)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use std::io::Read;

    fn sent(config: &SdkConfig, body: &str) -> HttpRequest {
        let mut request = HttpRequest::new(SdkBody::from(body));
        Compression::new(config).apply(&mut request).unwrap();
        request
    }

    fn is_compressed(config: &SdkConfig, size: usize) -> bool {
        let body = "a".repeat(size);
        let request = sent(config, &body);
        let bytes = request.body().bytes().unwrap();
        let Some(encoding) = request.headers().get("content-encoding") else {
            assert_eq!(bytes, body.as_bytes());
            return false;
        };
        assert_eq!(encoding, "gzip");
        assert_eq!(
            request.headers().get("content-length"),
            Some(bytes.len().to_string().as_str())
        );
        let mut text = String::new();
        GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
        assert_eq!(text, body);
        true
    }

    #[test]
    fn large_bodies_are_compressed() {
        let config = SdkConfig::builder().build();
        assert!(!is_compressed(&config, 10_239));
        assert!(is_compressed(&config, 10_240));
    }

    #[test]
    fn the_config_says_what_is_large() {
        let config = SdkConfig::builder()
            .request_min_compression_size_bytes(5)
            .build();
        assert!(!is_compressed(&config, 4));
        assert!(is_compressed(&config, 5));
        let always = SdkConfig::builder()
            .request_min_compression_size_bytes(0)
            .build();
        assert!(is_compressed(&always, 0));
    }

    #[test]
    fn a_body_that_is_not_in_memory_goes_as_it_is() {
        let config = SdkConfig::builder()
            .request_min_compression_size_bytes(0)
            .build();
        let body = SdkBody::from_body_1_x(SdkBody::from("a"));
        let mut request = HttpRequest::new(body);
        Compression::new(&config).apply(&mut request).unwrap();
        assert!(!request.headers().contains_key("content-encoding"));
        assert_eq!(request.body().content_length(), Some(1));
    }

    #[test]
    fn an_encoding_that_is_there_stays() {
        let mut request = HttpRequest::new(SdkBody::from("a".repeat(10_240)));
        request.headers_mut().insert("content-encoding", "custom");
        let compression = Compression::new(&SdkConfig::builder().build());
        compression.apply(&mut request).unwrap();
        let encoding = request.headers().get("content-encoding");
        assert_eq!(encoding, Some("custom, gzip"));
    }

    #[test]
    fn compression_can_be_turned_off() {
        let config = SdkConfig::builder()
            .disable_request_compression(true)
            .build();
        assert!(!is_compressed(&config, 100_000));
    }
}
