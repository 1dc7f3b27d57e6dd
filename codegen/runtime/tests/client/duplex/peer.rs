//! What a service does with the events of a request: it checks their signatures, and reads them.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::event_stream::{sign_empty_message, sign_message};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_eventstream::frame::{DecodedFrame, MessageFrameDecoder};
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::event_stream::{HeaderValue, Message};
use hyper::body::{Body, Bytes, Frame, Incoming};
use smithy_rt::DateTime;

use super::http2::Request;

/// The events of a request.
pub struct Messages {
    body: Incoming,
    decoder: MessageFrameDecoder,
    bytes: Bytes,
    chain: Option<Chain>,
}

/// The signatures of a request and its events, each of which depends on the one before.
struct Chain {
    last: String,
    region: String,
    /// `true` once the last message has come.
    is_over: bool,
}

fn identity() -> Identity {
    Credentials::new("AKIDEXAMPLE", "the-secret", None, None, "test").into()
}

fn params<S: Default>(
    identity: &Identity,
    region: &str,
    time: SystemTime,
    settings: S,
    with: impl FnOnce(SigningParams<'_, S>),
) {
    let params = SigningParams::builder()
        .identity(identity)
        .region(region)
        .name("jobshop")
        .time(time)
        .settings(settings);
    with(params.build().unwrap());
}

impl Messages {
    /// Checks the signature of a request, if it has one, and waits for its events.
    pub fn of(request: Request) -> Self {
        let (head, body) = request.into_parts();
        Self {
            chain: head
                .headers
                .get("authorization")
                .map(|signature| Chain::of(signature.to_str().unwrap(), &head)),
            body,
            decoder: MessageFrameDecoder::new(),
            bytes: Bytes::new(),
        }
    }

    pub fn is_signed(&self) -> bool {
        self.chain.is_some()
    }

    /// Waits for the next event, without its signature.
    pub async fn next(&mut self) -> Option<Message> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    pub fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Message>> {
        loop {
            while let DecodedFrame::Complete(message) =
                self.decoder.decode_frame(&mut self.bytes).unwrap()
            {
                let Some(chain) = &mut self.chain else {
                    return Poll::Ready(Some(message));
                };
                if let Some(message) = chain.check(message) {
                    return Poll::Ready(Some(message));
                }
            }
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                Some(Ok(frame)) => {
                    let rest = std::mem::take(&mut self.bytes);
                    self.bytes = [rest, frame.into_data().unwrap()].concat().into();
                }
                Some(Err(_)) => return Poll::Ready(None),
                None => {
                    let is_over = self.chain.as_ref().is_none_or(|chain| chain.is_over);
                    assert!(
                        is_over,
                        "the last message is a signed one without a payload"
                    );
                    return Poll::Ready(None);
                }
            }
        }
    }
}

impl Chain {
    /// Checks the signature of a request.
    fn of(authorization: &str, head: &http::request::Parts) -> Self {
        let (_, scope) = authorization.split_once("AKIDEXAMPLE/").unwrap();
        let region = scope.split('/').nth(1).unwrap().to_owned();
        let (_, signed) = authorization.split_once("SignedHeaders=").unwrap();
        let (signed, signature) = signed.split_once(", Signature=").unwrap();
        let header = |name: &str| match name {
            "host" => head.uri.authority().unwrap().as_str(),
            name => head.headers[name].to_str().unwrap(),
        };
        let own = ["x-amz-date", "x-amz-content-sha256"];
        let headers = signed.split(';').filter(|name| !own.contains(name));
        let uri = head.uri.to_string();
        let body = header("x-amz-content-sha256");
        assert_eq!(body, "STREAMING-AWS4-HMAC-SHA256-EVENTS");
        let request = SignableRequest::new(
            head.method.as_str(),
            uri.as_str(),
            headers.map(|name| (name, header(name))),
            SignableBody::Precomputed(body.to_owned()),
        );
        let date = header("x-amz-date");
        let time = format!(
            "{}-{}-{}T{}:{}:{}Z",
            &date[..4],
            &date[4..6],
            &date[6..8],
            &date[9..11],
            &date[11..13],
            &date[13..15]
        );
        let time = DateTime::from_str(&time, Format::DateTime).unwrap();
        let mut settings = SigningSettings::default();
        settings.payload_checksum_kind = aws_sigv4::http_request::PayloadChecksumKind::XAmzSha256;
        let time = time.try_into().unwrap();
        params(&identity(), &region, time, settings, |params| {
            let signed = sign(request.unwrap(), &params.into()).unwrap();
            assert_eq!(signed.signature(), signature);
        });
        Self {
            last: signature.to_owned(),
            region,
            is_over: false,
        }
    }

    /// Checks the signature of a message, and returns the message in it.
    fn check(&mut self, message: Message) -> Option<Message> {
        assert!(!self.is_over, "nothing comes behind the last message");
        let header = |name: &str| {
            let mut headers = message.headers().iter();
            let header = headers.find(|header| header.name().as_str() == name);
            header.unwrap().value()
        };
        let HeaderValue::Timestamp(at) = header(":date") else {
            panic!("{message:?}");
        };
        let HeaderValue::ByteArray(found) = header(":chunk-signature") else {
            panic!("{message:?}");
        };
        let found: String = found.iter().map(|byte| format!("{byte:02x}")).collect();
        let inner = match message.payload().is_empty() {
            true => None,
            false => {
                let mut payload = &message.payload()[..];
                Some(aws_smithy_eventstream::frame::read_message_from(&mut payload).unwrap())
            }
        };
        let last = std::mem::take(&mut self.last);
        params(
            &identity(),
            &self.region,
            (*at).try_into().unwrap(),
            (),
            |params| {
                let signed = match &inner {
                    Some(inner) => sign_message(inner, &last, &params).unwrap(),
                    None => sign_empty_message(&last, &params).unwrap(),
                };
                assert_eq!(signed.signature(), found);
            },
        );
        self.last = found;
        self.is_over = inner.is_none();
        inner
    }
}

/// A body that is the events of a request, in the same order.
pub struct Echo(pub Messages);

impl Body for Echo {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let message = ready!(self.get_mut().0.poll(context));
        Poll::Ready(message.map(|message| {
            let mut bytes = Vec::new();
            aws_smithy_eventstream::frame::write_message_to(&message, &mut bytes).unwrap();
            Ok(Frame::data(bytes.into()))
        }))
    }
}
