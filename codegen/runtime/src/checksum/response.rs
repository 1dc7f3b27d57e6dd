//! The checksum of a response, compared while the body is read.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use aws_smithy_checksums::http::HttpChecksum;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::base64;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{Storable, StoreReplace};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::Algorithm;
use crate::error::causes::TextError;
use crate::line;

/// A mark in the config bag of a call whose response is validated with one of these algorithms, best first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Validated(pub(super) &'static [&'static str]);

impl Storable for Validated {
    type Storer = StoreReplace<Self>;
}

impl Validated {
    /// Has the body compared with its checksum when it is read, if the response has one.
    pub(super) fn wrap(self, response: &mut HttpResponse) {
        for name in self.0 {
            let Some(algorithm) = Algorithm::of(name) else {
                continue;
            };
            match response.headers().get(algorithm.header()) {
                // The checksum of an object that came in parts is one of the checksums of its parts.
                Some(expected) if !expected.contains('-') => {
                    let expected = expected.to_owned();
                    wrap(algorithm, expected, response);
                    return;
                }
                _ => {}
            }
        }
    }
}

fn wrap(algorithm: Algorithm, expected: String, response: &mut HttpResponse) {
    let body = ValidatedBody {
        inner: response.take_body(),
        algorithm,
        expected,
        checksum: Some(algorithm.of_aws.into_impl()),
    };
    *response.body_mut() = SdkBody::from_body_1_x(body);
}

/// A body that ends in an error if it does not have its checksum.
struct ValidatedBody {
    inner: SdkBody,
    algorithm: Algorithm,
    expected: String,
    /// The checksum of what has been read. `None` once it has been compared.
    checksum: Option<Box<dyn HttpChecksum>>,
}

impl ValidatedBody {
    fn compare(&mut self) -> Result<(), BoxError> {
        let Some(checksum) = self.checksum.take() else {
            return Ok(());
        };
        let actual = base64::encode(checksum.finalize());
        match actual == self.expected {
            true => Ok(()),
            false => Err(self.mismatch(&actual).into()),
        }
    }

    #[cold]
    fn mismatch(&self, actual: &str) -> TextError {
        TextError::new(format!(
            "the body is not what the service has sent: its {} is {actual}, and not {}",
            self.algorithm.name,
            line::name(&self.expected)
        ))
    }
}

impl Body for ValidatedBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.inner).poll_frame(context));
        Poll::Ready(match frame {
            Some(Ok(frame)) => {
                if let (Some(checksum), Some(data)) = (&mut self.checksum, frame.data_ref()) {
                    checksum.update(data);
                }
                Some(Ok(frame))
            }
            Some(Err(error)) => {
                self.checksum = None;
                Some(Err(error))
            }
            None => self.compare().err().map(Err),
        })
    }

    // Whoever reads the body has to ask once more after the last byte.
    fn is_end_stream(&self) -> bool {
        self.checksum.is_none() && self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
