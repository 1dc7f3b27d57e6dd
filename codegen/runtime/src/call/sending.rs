//! Requests that are event streams, from their head to where the last event has been sent.

use std::sync::Arc;

use aws_runtime::auth::{PayloadSigningOverride, SigV4OperationSigningConfig};
use aws_smithy_eventstream::frame::NoOpSigner;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::event_stream::{
    DeferredSignerReceiver, DeferredSignerSender, Message, SignMessage, SignMessageError,
};

use super::response::RawResult;
use crate::error::causes::TextError;
use crate::protocol::Protocol;
use crate::stream::{Ending, EventBody, Outgoing, StreamMember};
use crate::{EncodeError, EncodedRequest, SdkError, Service};

/// What stands for the hash of the body in the signature of a request whose events are signed each for itself.
const EVENTS: &str = "STREAMING-AWS4-HMAC-SHA256-EVENTS";

/// Makes events the body of a request. What its body is so far becomes their first message, if the protocol has one.
///
/// AWS's signer signs the request, and leaves a signer for the events behind, which begins with that signature. If the call is not
/// signed, there is none, and events go out as they are.
///
/// Such a body cannot be sent twice, so that nothing is tried again once it has been begun.
pub(super) fn attach(
    events: Outgoing,
    request: &mut HttpRequest,
    protocol: &dyn Protocol,
    cfg: &mut ConfigBag,
) {
    let (receiver, sender) = DeferredSignerSender::new();
    let receiver = Arc::new(receiver);
    let signing = cfg.load::<SigV4OperationSigningConfig>().cloned();
    let state = cfg.interceptor_state();
    state.store_put(sender);
    state.store_put(Kept(Arc::clone(&receiver)));
    state.store_put(PayloadSigningOverride::Precomputed(EVENTS.to_owned()));
    if let Some(mut signing) = signing {
        signing.signing_options.content_sha256_header = true;
        state.store_put(signing);
    }
    let body = std::mem::replace(request.body_mut(), SdkBody::taken());
    let members = body.bytes().unwrap_or_default();
    let signer = Box::new(Signer {
        awaited: receiver,
        here: None,
    });
    let body = EventBody::request(protocol, members, events, signer);
    *request.body_mut() = SdkBody::from_body_1_x(body);
}

/// What AWS's signer leaves the signer of events with, for as long as the call lasts. It panics where that is gone, as with a body that an
/// interceptor has replaced.
#[derive(Debug)]
struct Kept(#[allow(dead_code)] Arc<DeferredSignerReceiver>);

impl Storable for Kept {
    type Storer = StoreReplace<Self>;
}

/// The signer of events, which is there once the request has been signed.
#[derive(Debug)]
struct Signer {
    awaited: Arc<DeferredSignerReceiver>,
    here: Option<Box<dyn SignMessage + Send + Sync>>,
}

impl Signer {
    /// Returns the signer. A request that is sent without one is not signed.
    fn get(&mut self) -> &mut (dyn SignMessage + Send + Sync) {
        let awaited = &self.awaited;
        let unsigned = |_| -> Box<dyn SignMessage + Send + Sync> { Box::new(NoOpSigner {}) };
        let here = || awaited.recv().unwrap_or_else(unsigned);
        &mut **self.here.get_or_insert_with(here)
    }
}

impl SignMessage for Signer {
    fn sign(&mut self, message: Message) -> Result<Message, SignMessageError> {
        self.get().sign(message)
    }

    fn sign_empty(&mut self) -> Option<Result<Message, SignMessageError>> {
        self.get().sign_empty()
    }
}

/// Takes the events out of the stream in a request, to be sent.
pub(super) fn take(
    encoded: Result<EncodedRequest, EncodeError>,
    stream: Option<StreamMember<'_>>,
    service: &Service,
) -> Result<EncodedRequest, EncodeError> {
    let mut encoded = encoded?;
    if let Some(StreamMember::Events(events)) = stream {
        encoded.events = Some(events.take(service.protocol));
    }
    Ok(encoded)
}

/// A call whose request has events, until it is answered. Whoever sends events hears of its end.
pub(super) struct Sending(Option<Arc<Ending>>);

impl Sending {
    /// Begins a call.
    pub(super) fn of(events: Option<&Outgoing>) -> Self {
        let ending = events.map(Outgoing::ending);
        if let Some(ending) = &ending {
            ending.call();
        }
        Self(ending)
    }

    /// Returns the result of the call: if an event could not be written, that is the reason for whatever else went wrong.
    #[allow(clippy::result_large_err)] // AWS's own; boxed once the call is over.
    pub(super) fn result(&self, result: RawResult) -> RawResult {
        let failure = self.0.as_ref().and_then(|ending| ending.failure());
        match (result, failure) {
            (Err(_), Some(failure)) => {
                let error = ConnectorError::user(TextError::new(failure).into());
                Err(SdkError::dispatch_failure(error))
            }
            (result, _) => result,
        }
    }

    /// Ends the call: with the text of its error, or with a response, which may have events as well.
    pub(super) fn end(&self, has_events: bool, failure: impl FnOnce() -> Option<String>) {
        let Some(ending) = &self.0 else {
            return;
        };
        match failure() {
            Some(failure) => ending.stop(&failure),
            None => {
                ending.answer();
                if !has_events {
                    ending.stop("the service has answered");
                }
            }
        }
    }
}

/// A call may be given up before there is a result.
impl Drop for Sending {
    fn drop(&mut self) {
        if let Some(ending) = &self.0 {
            ending.give_up();
        }
    }
}
