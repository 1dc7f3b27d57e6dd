//! The checksum of a body that is a stream: it follows the body, both in the encoding `aws-chunked`.
//!
//! Over TLS neither is signed. Without TLS each chunk is, and so is the checksum.

use std::mem;

use aws_runtime::auth::PayloadSigningOverride;
use aws_runtime::content_encoding::header_value::AWS_CHUNKED;
use aws_runtime::content_encoding::{AwsChunkedBody, AwsChunkedBodyOptions, DeferredSigner};
use aws_smithy_checksums::body::calculate::ChecksumBody;
use aws_smithy_checksums::http::HttpChecksum;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use http_body::Body;

use super::Algorithm;
use crate::error::causes::TextError;

/// A mark in the config bag of a call whose body is followed by a checksum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trailing(pub(super) Algorithm);

impl Storable for Trailing {
    type Storer = StoreReplace<Self>;
}

/// The encoding of one attempt.
#[derive(Debug)]
struct Encoding {
    /// The length of the body as it is.
    length: u64,
    options: AwsChunkedBodyOptions,
    signer: Option<DeferredSigner>,
}

impl Storable for Encoding {
    type Storer = StoreReplace<Self>;
}

/// The length of the signature of a trailer, with its name.
const SIGNATURE_LENGTH: u64 = "x-amz-trailer-signature:".len() as u64 + 64;

/// The header for the length of the body as it is.
const DECODED_LENGTH: &str = "x-amz-decoded-content-length";

const CONTENT_SHA256: &str = "x-amz-content-sha256";
const UNSIGNED: &str = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

impl Trailing {
    /// Sets the headers, which are signed. The body follows in [`encode`].
    pub(super) fn announce(
        self,
        request: &mut HttpRequest,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let length = length(request)?;
        let checksum = self.0.of_aws.into_impl();
        let is_signed = request.uri().starts_with("http://");
        let options = options(length, &*checksum, is_signed);
        let headers = request.headers_mut();
        headers.try_insert(DECODED_LENGTH, length.to_string())?;
        headers.try_insert("content-length", options.encoded_length().to_string())?;
        headers.try_insert("x-amz-trailer", checksum.header_name())?;
        // The last encoding in the list would be the outermost, but services want this one first.
        let encoding = match headers.get("content-encoding") {
            Some(inner) => format!("{AWS_CHUNKED},{inner}"),
            None => AWS_CHUNKED.to_owned(),
        };
        headers.try_insert("content-encoding", encoding)?;
        let state = cfg.interceptor_state();
        let signer = is_signed.then(|| {
            let (signer, sender) = DeferredSigner::new();
            state.store_put(sender);
            signer
        });
        state.store_put(match is_signed {
            true => PayloadSigningOverride::StreamingSignedPayloadTrailer,
            false => PayloadSigningOverride::StreamingUnsignedPayloadTrailer,
        });
        state.store_put(Encoding {
            length,
            options,
            signer,
        });
        Ok(())
    }

    /// Encodes the body, once it is known whether the call is signed.
    pub(super) fn encode(
        self,
        request: &mut HttpRequest,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(Encoding {
            length,
            options,
            signer,
        }) = cfg.load::<Encoding>()
        else {
            return Ok(());
        };
        let mut options = options.clone();
        let checksum = self.0.of_aws.into_impl();
        let signer = signer.clone().filter(|_| signs_chunks(request.headers()));
        if signer.is_none() {
            options = self::options(*length, &*checksum, false);
            let length = options.encoded_length().to_string();
            let headers = request.headers_mut();
            headers.try_insert("content-length", length)?;
            // The signer sets it, if there is one.
            headers.try_insert(CONTENT_SHA256, UNSIGNED)?;
        }
        let body = mem::replace(request.body_mut(), SdkBody::taken());
        let body = ChecksumBody::new(body, checksum);
        let body = AwsChunkedBody::new(body, options);
        *request.body_mut() = match signer {
            Some(signer) => SdkBody::from_body_1_x(body.with_signer(signer)),
            None => SdkBody::from_body_1_x(body),
        };
        Ok(())
    }
}

/// Returns `true` if a call is signed in the way that its chunks can be signed as well.
fn signs_chunks(headers: &Headers) -> bool {
    let signature = headers.get("authorization");
    signature.is_some_and(|signature| signature.starts_with("AWS4-HMAC-SHA256 "))
}

/// Returns the form of a body of this length.
fn options(length: u64, checksum: &dyn HttpChecksum, is_signed: bool) -> AwsChunkedBodyOptions {
    let options = AwsChunkedBodyOptions::new(length, vec![HttpChecksum::size(checksum)]);
    match is_signed {
        true => options
            .with_trailer_len(SIGNATURE_LENGTH)
            .signed_chunked_encoding(true),
        false => options,
    }
}

/// Returns the length of a body.
///
/// # Errors
/// If it is not known.
pub(super) fn length(request: &HttpRequest) -> Result<u64, TextError> {
    let header = request.headers().get("content-length");
    let header = header.and_then(|length| length.parse().ok());
    let length = header.or(Body::size_hint(request.body()).exact());
    length.ok_or_else(|| {
        TextError::new(
            "the length of the body has to be known, since a checksum follows it: take a stream that has one, or set the checksum in \
             its member",
        )
    })
}
