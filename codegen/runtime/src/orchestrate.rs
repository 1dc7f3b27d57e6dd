//! The parts that AWS's orchestrator calls back.
//!
//! All of them are concrete types that see bytes, made once per client. What differs from call to call travels through
//! AWS's config bag: the [`Serializer`] gets a [`Message`] and leaves a [`CallContext`] and a [`Destination`] there for the
//! others.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use aws_credential_types::Credentials;
use aws_runtime::auth::sigv4::SCHEME_ID as SIGV4;
use aws_smithy_runtime::client::auth::no_auth::NO_AUTH_SCHEME_ID as NO_AUTH;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeOptionResolverParams, AuthSchemeOptionsFuture, ResolveAuthSchemeOptions,
};
use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointPrefix, EndpointResolverParams, ResolveEndpoint,
};
use aws_smithy_runtime_api::client::identity::ResolveCachedIdentity;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output, OutputOrError};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SerializeRequest};
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};

use crate::endpoint::{self, ContextParams, Endpoint, EndpointError, EndpointSettings};
use crate::operation::{Auth, OperationTable};
use crate::protocol;
use crate::{EncodedRequest, ErrorResponse, Service};

/// A written request on its way into the orchestrator.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) request: EncodedRequest,
    pub(crate) operation: &'static OperationTable,
    pub(crate) trace: Arc<Trace>,
}

/// What happened to a call, for the error that it may end in.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    attempts: AtomicU32,
    endpoint: OnceLock<Box<str>>,
    account_id: OnceLock<Box<str>>,
}

impl Trace {
    /// How often the call was tried, or was about to be.
    pub(crate) fn attempts(&self) -> u32 {
        self.attempts.load(Ordering::Relaxed)
    }

    /// Where the call went, where that depends on the call.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.endpoint.get().map(AsRef::as_ref)
    }
}

/// Which call it is.
#[derive(Debug)]
struct CallContext {
    operation: &'static OperationTable,
    trace: Arc<Trace>,
}

impl Storable for CallContext {
    type Storer = StoreReplace<Self>;
}

/// What the endpoint of a call depends on.
#[derive(Debug)]
struct Destination {
    context: ContextParams,
    is_signed: bool,
    trace: Arc<Trace>,
}

/// Turns a [`Message`] into an HTTP request.
#[derive(Debug)]
pub(crate) struct Serializer {
    pub(crate) service: &'static Service,
    #[cfg(feature = "compression")]
    pub(crate) compression: crate::compression::Compression,
}

impl SerializeRequest for Serializer {
    fn serialize_input(&self, input: Input, cfg: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        let Ok(Message {
            request,
            operation,
            trace,
        }) = input.downcast::<Message>()
        else {
            return Err("an interceptor replaced the request by something else".into());
        };
        let state = cfg.interceptor_state();
        if let Some(prefix) = request.host_prefix {
            state.store_put(EndpointPrefix::new(prefix)?);
        }
        state.store_put(CallContext {
            operation,
            trace: Arc::clone(&trace),
        });
        let is_signed = self.service.signing_name.is_some();
        state.store_put(EndpointResolverParams::new(Destination {
            context: request.context,
            is_signed: is_signed && operation.metadata.auth() == Auth::Signed,
            trace,
        }));
        #[allow(unused_mut)]
        let mut http_request = protocol::request(self.service, request.target, request.body)?;
        #[cfg(feature = "compression")]
        if request.compressible {
            self.compression.apply(&mut http_request)?;
        }
        Ok(http_request)
    }
}

/// Tells success from errors. The response itself stays where it is, for the operation to read.
#[derive(Debug)]
pub(crate) struct Deserializer(pub(crate) &'static Service);

/// The output of every call that succeeds.
#[derive(Debug)]
struct Success;

impl DeserializeResponse for Deserializer {
    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        cfg: &ConfigBag,
    ) -> OutputOrError {
        if response.status().is_success() {
            return Ok(Output::erase(Success));
        }
        let call = cfg.load::<CallContext>();
        let kind_of = call.map_or(no_kind as fn(&str) -> _, |call| call.operation.error_kind);
        let error = ErrorResponse::parse(self.0, response, kind_of);
        Err(OrchestratorError::operation(Error::erase(error)))
    }
}

fn no_kind(_code: &str) -> Option<crate::ErrorKind> {
    None
}

/// Says whether a call is signed.
#[derive(Debug)]
pub(crate) struct AuthOptions {
    pub(crate) service: &'static Service,
    pub(crate) endpoints: Arc<Endpoints>,
}

impl ResolveAuthSchemeOptions for AuthOptions {
    fn resolve_auth_scheme_options_v2<'a>(
        &'a self,
        _params: &'a AuthSchemeOptionResolverParams,
        cfg: &'a ConfigBag,
        components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        let call = cfg.load::<CallContext>();
        let options = match call.map_or(Auth::Signed, |call| call.operation.metadata.auth()) {
            _ if self.service.signing_name.is_none() => vec![NO_AUTH.into()],
            Auth::Signed => vec![SIGV4.into()],
            Auth::Optional => vec![SIGV4.into(), NO_AUTH.into()],
            Auth::Unsigned => vec![NO_AUTH.into()],
        };
        match call {
            Some(call) if self.endpoints.may_name_the_account() => {
                AuthSchemeOptionsFuture::new(async move {
                    if let Some(account_id) = account_id(components, cfg).await {
                        call.trace.account_id.get_or_init(|| account_id);
                    }
                    Ok(options)
                })
            }
            _ => AuthSchemeOptionsFuture::ready(Ok(options)),
        }
    }
}

/// The account that the credentials are of, if they say so.
///
/// AWS's orchestrator asks for credentials right after this, and gets them out of the same cache. It is also the one to
/// report that there are none.
async fn account_id(components: &RuntimeComponents, cfg: &ConfigBag) -> Option<Box<str>> {
    let credentials = components
        .auth_scheme(SIGV4)?
        .identity_resolver(components)?;
    let cache = components.identity_cache();
    let identity = cache.resolve_cached_identity(credentials, components, cfg);
    let identity = identity.await.ok()?;
    let account_id = identity.data::<Credentials>()?.account_id()?;
    Some(account_id.as_str().into())
}

/// Says where a call goes.
#[derive(Debug)]
pub(crate) enum Endpoints {
    /// To the same place as every other call of the client.
    Fixed(Result<Endpoint, EndpointError>),
    /// Where the rules say for its parameters.
    PerCall(&'static Service, EndpointSettings),
}

impl Endpoints {
    pub(crate) fn new(service: &'static Service, settings: EndpointSettings) -> Self {
        if service.endpoint_depends_on_call {
            Self::PerCall(service, settings)
        } else {
            Self::Fixed((service.resolve_endpoint)(&settings, &ContextParams::new()))
        }
    }

    /// Where calls go, where that does not depend on the call.
    pub(crate) fn fixed(&self) -> Option<&str> {
        match self {
            Self::Fixed(Ok(endpoint)) => Some(endpoint.url()),
            _ => None,
        }
    }

    /// Whether endpoints may differ between accounts.
    fn may_name_the_account(&self) -> bool {
        match self {
            Self::Fixed(_) => false,
            Self::PerCall(_, settings) => {
                settings.account_id_endpoint_mode.as_deref() != Some("disabled")
            }
        }
    }

    fn resolve(&self, destination: &Destination) -> Result<Endpoint, EndpointError> {
        let endpoint = self.find(destination)?;
        if destination.is_signed {
            endpoint::check_signing(&endpoint)?;
        }
        Ok(endpoint)
    }

    fn find(&self, destination: &Destination) -> Result<Endpoint, EndpointError> {
        match self {
            Self::Fixed(endpoint) => endpoint.clone(),
            Self::PerCall(service, settings) => {
                let account_id = destination.trace.account_id.get();
                let settings = EndpointSettings {
                    account_id: account_id.map(ToString::to_string),
                    ..settings.clone()
                };
                let endpoint = (service.resolve_endpoint)(&settings, &destination.context)?;
                // The first attempt settles it: parameters do not change between attempts.
                destination
                    .trace
                    .endpoint
                    .get_or_init(|| endpoint.url().into());
                Ok(endpoint)
            }
        }
    }
}

/// [`Endpoints`] for AWS's orchestrator and for the texts of errors.
#[derive(Debug)]
pub(crate) struct SharedEndpoints(pub(crate) Arc<Endpoints>);

impl ResolveEndpoint for SharedEndpoints {
    /// AWS's orchestrator asks once per attempt, which is why attempts are counted here.
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        let endpoint = match params.get::<Destination>() {
            Some(destination) => match self.0.resolve(destination) {
                Ok(endpoint) => {
                    destination.trace.attempts.fetch_add(1, Ordering::Relaxed);
                    Ok(endpoint)
                }
                Err(error) => Err(BoxError::from(error)),
            },
            None => Err("an interceptor replaced the endpoint parameters".into()),
        };
        EndpointFuture::ready(endpoint)
    }
}
