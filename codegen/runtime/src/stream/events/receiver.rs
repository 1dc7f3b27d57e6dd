//! The receiver of a stream: the body of a response becomes events, or the error that ends them. Nothing here depends on the type of
//! events.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
#[cfg(feature = "event-stream-input")]
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::{Headers, StatusCode};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::event_stream::Message;
use http_body::Body;

#[cfg(feature = "event-stream-input")]
use super::Ending;
use super::frame::{FrameError, Frames};
use super::message::{INITIAL_RESPONSE, Kind};
use super::read;
use crate::codec::Codec;
use crate::error::causes::TextError;
use crate::error::facts::{Answered, Circumstances, Facts};
use crate::protocol::EVENT_STREAM;
use crate::schema::{OperationSchema, Slot, Structure, Union};
use crate::{DecodeError, ErrorResponse, SdkError, Service};

/// An incoming event stream.
pub struct Receiver {
    body: SdkBody,
    frames: Frames,
    /// The first message, from when it has been read ahead until it is needed.
    ahead: Option<Message>,
    origin: Origin,
}

/// The origin of a stream, for its errors.
pub(crate) struct Origin {
    pub(crate) service: &'static Service,
    pub(crate) operation: OperationSchema,
    pub(crate) attempts: u32,
    pub(crate) status: StatusCode,
    pub(crate) headers: Headers,
    /// The end of the request's events, if it has any.
    #[cfg(feature = "event-stream-input")]
    pub(crate) sent: Option<Arc<Ending>>,
}

/// The end of a stream that was not complete, with the service's own error, if it sent one.
pub(super) struct Ended {
    pub(super) facts: Facts,
    pub(super) error_response: Option<ErrorResponse>,
}

/// An error of a union, by the name of its member, and its code.
pub(super) type Exception = (&'static str, &'static str);

impl Receiver {
    pub(crate) fn new(body: SdkBody, origin: Origin) -> Self {
        Self {
            body,
            frames: Frames::default(),
            ahead: None,
            origin,
        }
    }

    /// Waits for the first message, and keeps it, be it an `initial-response` or not.
    pub(crate) async fn read_ahead(&mut self) -> Result<(), BoxError> {
        let message = poll_fn(|context| self.poll_message(context)).await;
        self.ahead = message.transpose()?;
        Ok(())
    }

    /// Returns `true` if the first message may belong to what is before the events.
    pub(crate) fn has_initial_message(&self) -> bool {
        self.origin.service.protocol.has_initial_messages()
    }

    /// Reads the output's other members: from the first message, once it has been read ahead, or else from the head of the response.
    /// Without an `initial-response` they stay zero.
    pub(crate) fn read_beginning(
        &mut self,
        response: &HttpResponse,
        output: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        match self.has_initial_message() {
            true => self.read_initial(INITIAL_RESPONSE, output),
            false => {
                let protocol = self.origin.service.protocol;
                protocol.deserialize_head(response, output)
            }
        }
    }

    /// Reads members from the first message, if it is the event `name`.
    pub(crate) fn read_initial(
        &mut self,
        name: &str,
        members: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        let is_initial = |message: &mut Message| Kind::of(message) == Kind::Event(name);
        match self.ahead.take_if(is_initial) {
            Some(message) => {
                read::payload(self.codec(), message.payload(), Slot::Structure(members))
            }
            None => Ok(()),
        }
    }

    /// Reads the next event; `exceptions` are the union's errors.
    pub(super) fn poll_event(
        &mut self,
        context: &mut Context<'_>,
        event: &mut dyn Union,
        exceptions: &[Exception],
    ) -> Poll<Option<Result<(), Ended>>> {
        let event = ready!(self.poll_read(context, event, exceptions));
        #[cfg(feature = "event-stream-input")]
        if let Some(sent) = &self.origin.sent {
            match &event {
                Some(Ok(())) => {}
                Some(Err(ended)) => sent.stop(&ended.text()),
                None => sent.stop("the service has ended its response"),
            }
        }
        Poll::Ready(event)
    }

    fn poll_read(
        &mut self,
        context: &mut Context<'_>,
        event: &mut dyn Union,
        exceptions: &[Exception],
    ) -> Poll<Option<Result<(), Ended>>> {
        let message = match ready!(self.poll_message(context)) {
            Some(Ok(message)) => message,
            Some(Err(error)) => return Poll::Ready(Some(Err(self.broken(error)))),
            None => return Poll::Ready(None),
        };
        let read = match Kind::of(&message) {
            Kind::Event(name) => read::event(self.codec(), &message, name, event)
                .map_err(|error| self.broken(error.into())),
            Kind::Exception(member) => {
                let code = exceptions.iter().find(|(name, _)| *name == member);
                let code = code.map_or(member, |(_, code)| code);
                Err(self.failed(&message, Some(code), None))
            }
            Kind::Error(code, text) => Err(self.failed(&message, code, text)),
            Kind::Unknown => {
                let text = "a message in the event stream is neither an event nor an error";
                Err(self.broken(DecodeError::new(text).into()))
            }
        };
        Poll::Ready(Some(read))
    }

    fn poll_message(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Message, BoxError>>> {
        if let Some(message) = self.ahead.take() {
            return Poll::Ready(Some(Ok(message)));
        }
        loop {
            match self.frames.next() {
                Ok(Some(message)) => return Poll::Ready(Some(Ok(message))),
                Ok(None) => {}
                Err(error) => return Poll::Ready(Some(Err(self.not_a_message(error)))),
            }
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                // There is nothing in trailers.
                Some(Ok(frame)) => self.frames.push(&frame.into_data().unwrap_or_default()),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None if self.frames.is_empty() => return Poll::Ready(None),
                None => {
                    let error = TextError::new("the event stream was cut short");
                    return Poll::Ready(Some(Err(error.into())));
                }
            }
        }
    }

    fn codec(&self) -> &'static dyn Codec {
        self.origin.service.protocol.codec()
    }

    fn not_a_message(&self, error: FrameError) -> BoxError {
        let content_type = self.origin.headers.get("content-type");
        let is_event_stream = content_type.is_none_or(|found| found.starts_with(EVENT_STREAM));
        if error == FrameError::Prelude && !is_event_stream {
            return DecodeError::new("the body is not an event stream").into();
        }
        TextError::new(error.to_string()).into()
    }

    /// Returns the end of a stream that is broken.
    fn broken(&self, error: BoxError) -> Ended {
        #[cfg(feature = "event-stream-input")]
        let error = match self.origin.sent.as_ref().and_then(|sent| sent.failure()) {
            Some(failure) => TextError::new(failure).into(),
            None => error,
        };
        let response = self.response(SdkBody::empty());
        Ended {
            facts: Facts::new(
                SdkError::response_error(error, response),
                self.circumstances(),
            ),
            error_response: None,
        }
    }

    /// Returns the end of a stream that the service ends with an error.
    fn failed(&self, message: &Message, code: Option<&str>, text: Option<&str>) -> Ended {
        let origin = &self.origin;
        let response = self.response(SdkBody::from(message.payload().as_ref()));
        let quotes = !origin.operation.has_sensitive_output();
        let error_response =
            ErrorResponse::of_message(origin.service, &response, code, text, quotes);
        let circumstances = Circumstances {
            code: error_response.code().map(str::to_owned),
            ..self.circumstances()
        };
        Ended {
            facts: Facts::new(SdkError::service_error(Answered, response), circumstances),
            error_response: Some(error_response),
        }
    }

    /// Returns the response that the stream came with, with the last payload for its body.
    fn response(&self, body: SdkBody) -> HttpResponse {
        let mut response = HttpResponse::new(self.origin.status, body);
        self.origin.headers.clone_into(response.headers_mut());
        response
    }

    fn circumstances(&self) -> Circumstances {
        Circumstances {
            operation: Some(self.origin.operation.name()),
            attempts: self.origin.attempts,
            ..Circumstances::default()
        }
    }
}

/// Without anybody who reads the response, the call is over.
#[cfg(feature = "event-stream-input")]
impl Drop for Receiver {
    fn drop(&mut self) {
        if let Some(sent) = &self.origin.sent {
            sent.stop("the response has been dropped");
        }
    }
}

#[cfg(feature = "event-stream-input")]
impl Ended {
    /// Returns what ended the stream.
    fn text(&self) -> String {
        match &self.error_response {
            Some(response) => response.unmodeled().to_string(),
            None => self.facts.to_string(),
        }
    }
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}
