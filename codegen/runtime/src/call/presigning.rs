//! Presigned requests: signed in their query, for somebody else to send.
//!
//! AWS's orchestrator does all that it does for a call, and stops where it would send it.
//!
//! Few programs presign anything: the functions here are `#[inline]`, to be compiled with those that do.

use std::fmt;
use std::time::Duration;

use aws_runtime::auth::{HttpSignatureType, PayloadSigningOverride, SigV4OperationSigningConfig};
use aws_smithy_runtime::client::orchestrator::{StopPoint, invoke_with_stop_point};
use aws_smithy_runtime::client::retries::strategy::NeverRetryStrategy;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextMut, BeforeTransmitInterceptorContextMut, Error,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugins, StaticRuntimePlugin};
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};

use super::orchestration::CallInput;
use super::overrides::Overrides;
use crate::endpoint::url_parts;
use crate::error::causes::TextError;
use crate::{Client, SdkError};

/// The longest time that services accept: a week.
const MAX_EXPIRES_IN: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// The headers of a call that say who sends it, and which attempt it is, or that whoever sends it sets.
const OF_THE_SENDER: [&str; 5] = [
    "amz-sdk-invocation-id",
    "amz-sdk-request",
    "content-length",
    "user-agent",
    "x-amz-user-agent",
];

/// A signed request for somebody else to send, such as a browser that has no credentials:
/// [`Call::presigned`](crate::Call::presigned) returns it.
///
/// Whoever has it can do what it says until it expires, in the name of whoever has signed it. So `Debug` does not show the query, where
/// the signature is.
#[derive(Clone, Eq, PartialEq)]
pub struct PresignedRequest {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

impl PresignedRequest {
    /// Returns the HTTP method to send it with.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns the URL to send it to, the signature included.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the headers that have to be sent as they are, since they are signed, with their names in lower case. Often there are none:
    /// then the URL alone is enough.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.headers.iter();
        headers.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the body that has to be sent as it is, since it is signed: an empty one in most requests with the method GET. `None` if
    /// the signature says nothing of the body, as those of S3: then it is up to whoever sends the request.
    pub fn body(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }

    /// Takes from a request what its signature is about.
    ///
    /// # Errors
    /// If it is not signed in its query.
    #[inline]
    fn of(request: &HttpRequest, is_body_signed: bool) -> Result<Self, TextError> {
        let signed = signed_headers(request.uri()).ok_or_else(|| {
            TextError::new("its calls are not signed with SigV4, so there is nothing to presign")
        })?;
        let headers = request.headers().iter();
        let headers = headers.filter(|(name, _)| signed.iter().any(|signed| signed == name));
        let body = request.body().bytes().filter(|_| is_body_signed);
        Ok(Self {
            method: request.method().to_owned(),
            url: request.uri().to_owned(),
            headers: headers
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body: body.map(<[u8]>::to_vec),
        })
    }
}

impl fmt::Debug for PresignedRequest {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = match self.url.split_once('?') {
            Some((plain, _)) => plain,
            None => &self.url,
        };
        let names: Vec<_> = self.headers().map(|(name, _)| name).collect();
        f.debug_struct("PresignedRequest")
            .field("method", &self.method)
            .field("url", &format_args!("{plain}?…"))
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}

/// Returns the names of the headers that a URL has a signature of, but the host, which is a part of the URL. `None` if it has none.
#[inline]
fn signed_headers(url: &str) -> Option<Vec<&str>> {
    let (_, _, path_and_query) = url_parts(url)?;
    let (_, query) = path_and_query.split_once('?')?;
    let mut pairs = query.split('&');
    let names = pairs.find_map(|pair| pair.strip_prefix("X-Amz-SignedHeaders="))?;
    // AWS's signer percent-encodes the semicolons, and names of headers have nothing else to encode.
    let names = names.split("%3B").filter(|name| *name != "host");
    Some(names.collect())
}

/// A mark in the config bag of a call that is presigned: whoever sends it may choose the body.
#[derive(Debug)]
pub(crate) struct Presigned;

impl Storable for Presigned {
    type Storer = StoreReplace<Self>;
}

/// Checks that a signature can be good for this long.
#[inline]
fn check_expiry(expires_in: Duration) -> Result<(), TextError> {
    // Services count in seconds.
    if expires_in.as_secs() > 0 && expires_in <= MAX_EXPIRES_IN {
        return Ok(());
    }
    Err(TextError::new(format!(
        "a presigned request can be good for 1 second to 7 days, not for {expires_in:?}"
    )))
}

/// Signs a call, and does not send it.
#[inline]
pub(super) async fn presign(
    client: &Client,
    input: CallInput,
    overrides: Option<Box<Overrides>>,
    expires_in: Duration,
) -> Result<PresignedRequest, SdkError<Error>> {
    check_expiry(expires_in).map_err(SdkError::construction_failure)?;
    let is_body_signed = !client.service().signing.leaves_presigned_bodies_open();
    let plugins = match overrides {
        Some(overrides) => overrides.apply(client.plugins()),
        None => client.plugins().clone(),
    };
    let plugins = with_presigning(
        plugins,
        Presigning {
            expires_in,
            is_body_signed,
        },
    );
    let context = invoke_with_stop_point(
        client.service().id,
        input.operation.schema.name(),
        input.erase(),
        &plugins,
        StopPoint::BeforeTransmit,
    )
    .await?;
    let (_input, _output, request, _response) = context.into_parts();
    let presigned = match &request {
        Some(request) => PresignedRequest::of(request, is_body_signed),
        None => Err(TextError::new("an interceptor took the request away")),
    };
    presigned.map_err(SdkError::construction_failure)
}

#[inline]
fn with_presigning(plugins: RuntimePlugins, presigning: Presigning) -> RuntimePlugins {
    let interceptor = SharedInterceptor::permanent(presigning);
    let components = RuntimeComponentsBuilder::new("presigning")
        .with_interceptor(interceptor)
        .with_retry_strategy(Some(NeverRetryStrategy::new()));
    plugins.with_operation_plugin(StaticRuntimePlugin::new().with_runtime_components(components))
}

/// An interceptor that has AWS's signer put the signature into the query, and leaves out of it what is up to the sender.
#[derive(Debug)]
struct Presigning {
    expires_in: Duration,
    is_body_signed: bool,
}

impl Intercept for Presigning {
    #[inline]
    fn name(&self) -> &'static str {
        "Presigning"
    }

    #[inline]
    fn modify_before_serialization(
        &self,
        _context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        cfg.interceptor_state().store_put(Presigned);
        Ok(())
    }

    #[inline]
    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        for name in OF_THE_SENDER {
            request.headers_mut().remove(name);
        }
        if !self.is_body_signed && describes_nothing(request) {
            request.headers_mut().remove("content-type");
        }
        let Some(config) = cfg.load::<SigV4OperationSigningConfig>() else {
            return Ok(());
        };
        let mut config = config.clone();
        config.signing_options.expires_in = Some(self.expires_in);
        config.signing_options.signature_type = HttpSignatureType::HttpRequestQueryParams;
        let state = cfg.interceptor_state();
        state.store_put(config);
        if !self.is_body_signed {
            state.store_put(PayloadSigningOverride::UnsignedPayload);
        }
        Ok(())
    }
}

/// Returns `true` if the content type is the default one of a body that there is not.
#[inline]
fn describes_nothing(request: &HttpRequest) -> bool {
    request.body().bytes() == Some(b"")
        && request.headers().get("content-type") == Some("application/octet-stream")
}
