//! Streams of bytes (feature `byte-stream`): bodies that are neither in memory as a whole nor read by a codec.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::{fmt, mem};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::StreamMember;
use crate::error::causes::OutgoingError;
use crate::protocol::set_header;
use crate::schema::OperationSchema;
use crate::{EncodeError, EncodedRequest};

/// Moves the stream of a request into the body of its message, which has been written without it. A member that is the content type, or
/// the length, comes before what is known of the stream.
///
/// # Errors
/// If the service needs the length of the stream (`smithy.api#requiresLength`), which nobody knows.
pub(crate) fn send(
    encoded: Result<EncodedRequest, EncodeError>,
    stream: Option<StreamMember<'_>>,
    operation: &OperationSchema,
) -> Result<EncodedRequest, EncodeError> {
    let (mut encoded, body) = (encoded?, take(stream));
    let length = body.content_length();
    let headers = encoded.http.headers_mut();
    if !headers.contains_key("content-type") {
        let media_type = operation.stream_media_type();
        set_header(headers, "content-type", media_type.into())?;
    }
    if !headers.contains_key("content-length") {
        match length {
            Some(length) => set_header(headers, "content-length", length.to_string().into())?,
            None if operation.requires_length() => return Err(no_length()),
            // It is sent in chunks.
            None => {}
        }
    }
    *encoded.http.body_mut() = match body.bytes() {
        Some(_) => body,
        None => body.map_preserve_contents(|body| SdkBody::from_body_1_x(Outgoing(body))),
    };
    Ok(encoded)
}

/// A stream of the caller's, whose errors are told from those of the connection.
struct Outgoing(SdkBody);

impl Body for Outgoing {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = Pin::new(&mut self.get_mut().0).poll_frame(context);
        frame.map(|frame| frame.map(|frame| frame.map_err(|error| OutgoingError(error).into())))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

/// Takes the bytes out of a request or a response. An empty stream stays.
pub(crate) fn take(stream: Option<StreamMember<'_>>) -> SdkBody {
    match stream {
        Some(StreamMember::Bytes(bytes)) => mem::take(bytes).into_inner(),
        #[cfg(feature = "event-stream")]
        Some(StreamMember::Events(_)) => SdkBody::empty(),
        None => SdkBody::empty(),
    }
}

/// Puts a body into a response, or into a request that is read.
pub(crate) fn put(stream: Option<StreamMember<'_>>, body: SdkBody) {
    match stream {
        Some(StreamMember::Bytes(bytes)) => *bytes = ByteStream::new(body),
        #[cfg(feature = "event-stream")]
        Some(StreamMember::Events(_)) => {}
        None => {}
    }
}

#[cold]
fn no_length() -> EncodeError {
    EncodeError::new(
        "the service has to be told how long the stream is, which this one does not know: take bytes in memory, \
         `ByteStream::from_path`, or a body with an exact size hint",
    )
}

/// A stream in `Debug`: its size, if it is known, and none of its bytes.
#[doc(hidden)]
pub struct DebugStream<'a>(pub &'a ByteStream);

impl fmt::Debug for DebugStream<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.size_hint() {
            (least, Some(most)) if least == most => write!(f, "ByteStream({most} bytes)"),
            _ => f.write_str("ByteStream(..)"),
        }
    }
}
