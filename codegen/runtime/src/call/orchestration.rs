//! The parts that AWS's orchestrator calls back.
//!
//! All of them are concrete types that see bytes, made once per client. What differs from call to call travels through
//! AWS's config bag: the [`Serializer`] gets a [`CallInput`] and leaves a [`CallContext`] there for the others.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use aws_credential_types::Credentials;
use aws_runtime::auth::sigv4::SCHEME_ID as SIGV4;
use aws_smithy_runtime_api::box_error::BoxError;
#[cfg(feature = "sessions")]
use aws_smithy_runtime_api::client::auth::AuthSchemeId;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme as _, AuthSchemeOption, AuthSchemeOptionResolverParams, AuthSchemeOptionsFuture,
    ResolveAuthSchemeOptions,
};
use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint,
};
use aws_smithy_runtime_api::client::identity::{
    Identity, ResolveCachedIdentity, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output, OutputOrError};
use aws_smithy_runtime_api::client::orchestrator::{
    HttpRequest, HttpResponse, OrchestratorError, SensitiveOutput,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SerializeRequest};
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
#[cfg(feature = "event-stream")]
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;

use crate::call::operation::{Decoded, OperationTable};
#[cfg(feature = "event-stream-input")]
use crate::call::sending;
#[cfg(feature = "sessions")]
use crate::call::session::Sessions;
use crate::endpoint::{self, ContextParams, Endpoint, EndpointError, EndpointSettings, check};
use crate::error::causes::TextError;
use crate::schema::AuthScheme;
use crate::{DecodeError, EncodedRequest, ErrorResponse, Service};

/// A written request on its way into the orchestrator.
#[derive(Debug)]
pub(crate) struct CallInput {
    pub(crate) request: EncodedRequest,
    pub(crate) operation: &'static OperationTable,
    pub(crate) trace: Arc<Trace>,
}

impl CallInput {
    /// Erases the type for the orchestrator.
    pub(crate) fn erase(self) -> Input {
        // To be taken out of where it is: moving it out by its type would be more to compile.
        Input::erase(Some(self))
    }

    /// Takes what [`erase`](Self::erase) has erased, unless an interceptor has put something else there.
    fn take(input: &mut Input) -> Option<Self> {
        input.downcast_mut::<Option<Self>>()?.take()
    }
}

/// A record of what happened to a call, for the error that it may end in.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    attempts: AtomicU32,
    endpoint: OnceLock<Box<str>>,
    account_id: OnceLock<Box<str>>,
    has_prefixed_own_host: AtomicBool,
}

impl Trace {
    /// Returns the number of attempts, one that is about to begin included.
    pub(crate) fn attempts(&self) -> u32 {
        self.attempts.load(Ordering::Relaxed)
    }

    /// Returns the URL that the call went to, if that depends on the call.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.endpoint.get().map(AsRef::as_ref)
    }

    /// Returns `true` if the call went to the host of the URL that its user has set, with the operation's prefix in front.
    pub(crate) fn has_prefixed_own_host(&self) -> bool {
        self.has_prefixed_own_host.load(Ordering::Relaxed)
    }

    /// Returns the account whose credentials the call is signed with, if they tell.
    fn account_id(&self) -> Option<&str> {
        self.account_id.get().map(AsRef::as_ref)
    }

    /// Records the URL that the call goes to. The first attempt settles it: parameters do not change between attempts.
    fn set_endpoint(&self, url: &str) {
        let _ = self.endpoint.set(url.into());
    }

    /// Records the account whose credentials the call is signed with, if they tell.
    fn set_account(&self, identity: &Identity) {
        let credentials = identity.data::<Credentials>();
        if let Some(account_id) = credentials.and_then(Credentials::account_id) {
            let _ = self.account_id.set(account_id.as_str().into());
        }
    }
}

/// The context of a call. It travels as the parameters of the endpoint, which depends on it.
pub(super) struct CallContext {
    operation: &'static OperationTable,
    context: ContextParams,
    /// The prefix of the host's name.
    host_prefix: Option<String>,
    auth: &'static [AuthScheme],
    trace: Arc<Trace>,
}

impl CallContext {
    pub(super) fn of(cfg: &ConfigBag) -> Option<&Self> {
        cfg.load::<EndpointResolverParams>()?.get()
    }

    /// Returns a parameter of the endpoint rules that the call sets.
    #[cfg(feature = "sessions")]
    pub(super) fn endpoint_parameter(&self, name: &str) -> Option<String> {
        self.context.string(name)
    }

    /// Returns `true` if it is a call of this operation.
    #[cfg(feature = "sessions")]
    pub(super) fn calls(&self, operation: &str) -> bool {
        self.operation.schema.name() == operation
    }
}

/// Shows nothing of the request: AWS's crates log it.
impl fmt::Debug for CallContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallContext")
            .field("operation", &self.operation.schema.name())
            .finish_non_exhaustive()
    }
}

/// A serializer that turns a [`CallInput`] into an HTTP request.
#[derive(Debug)]
pub(crate) struct Serializer {
    pub(crate) service: &'static Service,
    pub(crate) disable_host_prefix: bool,
    #[cfg(feature = "compression")]
    pub(crate) compression: crate::call::compression::Compression,
    #[cfg(feature = "http-checksum")]
    pub(crate) checksums: crate::checksum::RequestChecksums,
}

impl SerializeRequest for Serializer {
    fn serialize_input(
        &self,
        mut input: Input,
        cfg: &mut ConfigBag,
    ) -> Result<HttpRequest, BoxError> {
        let Some(CallInput {
            #[allow(unused_mut)]
            mut request,
            operation,
            trace,
        }) = CallInput::take(&mut input)
        else {
            let reason = "an interceptor replaced the request by something else";
            return Err(TextError::new(reason).into());
        };
        #[cfg(feature = "event-stream")]
        if operation.open.is_some() {
            disable_stalled_stream_protection(cfg, Direction::Download);
        }
        #[cfg(feature = "event-stream-input")]
        if let Some(events) = request.events.take() {
            disable_stalled_stream_protection(cfg, Direction::Upload);
            sending::attach(events, &mut request.http, operation.service.protocol, cfg);
        }
        let state = cfg.interceptor_state();
        if operation.schema.is_stalling() {
            state.store_put(StalledStreamProtectionConfig::disabled());
        }
        if operation.schema.has_sensitive_output() {
            state.store_put(SensitiveOutput);
        }
        state.store_put(EndpointResolverParams::new(CallContext {
            operation,
            context: request.context,
            host_prefix: match self.disable_host_prefix {
                true => None,
                false => request.host_prefix,
            },
            auth: self.service.auth(&operation.schema),
            trace,
        }));
        #[cfg(feature = "unsigned-payload")]
        if operation.schema.has_unsigned_payload() {
            super::unsigned_payload::apply(cfg);
        }
        #[allow(unused_mut)]
        let mut http_request = request.http;
        #[cfg(feature = "compression")]
        if request.compressible {
            self.compression.apply(&mut http_request)?;
        }
        #[cfg(feature = "http-checksum")]
        {
            let (schema, choice) = (&operation.schema, request.checksum);
            self.checksums
                .apply(schema, choice, &mut http_request, cfg)?;
        }
        #[cfg(feature = "checksum")]
        if operation.schema.requires_checksum() {
            super::checksum::add(&mut http_request)?;
        }
        #[cfg(feature = "tree-hash")]
        if operation.schema.has_tree_hash() {
            crate::call::tree_hash::add(&mut http_request)?;
        }
        if let Some(hide_body) = operation.schema.hide_input() {
            hide_body(&mut http_request);
        }
        Ok(http_request)
    }
}

/// The direction of a stream.
#[cfg(feature = "event-stream")]
#[derive(Clone, Copy, Eq, PartialEq)]
enum Direction {
    #[cfg(feature = "event-stream-input")]
    Upload,
    Download,
}

/// Turns the protection from stalled bodies in one direction off for this call: in an event stream there may be long pauses.
#[cfg(feature = "event-stream")]
fn disable_stalled_stream_protection(cfg: &mut ConfigBag, direction: Direction) {
    let Some(protection) = cfg.load::<StalledStreamProtectionConfig>() else {
        return;
    };
    let is_download = direction == Direction::Download;
    let protection = StalledStreamProtectionConfig::enabled()
        .grace_period(protection.grace_period())
        .upload_enabled(protection.upload_enabled() && is_download)
        .download_enabled(protection.download_enabled() && !is_download)
        .build();
    cfg.interceptor_state().store_put(protection);
}

/// A deserializer that tells success from errors, and has the operation read the response here, where AWS's retries see the result.
#[derive(Debug)]
pub(crate) struct Deserializer;

/// The output of every call that succeeds: the operation's response, and none of it in `Debug`, which AWS's crates log.
pub(crate) enum Success {
    Response(Decoded),
    /// A body that is to be read event by event.
    #[cfg(feature = "event-stream")]
    EventStream(SdkBody),
}

impl fmt::Debug for Success {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Success")
    }
}

impl DeserializeResponse for Deserializer {
    /// Keeps the body of a stream from being read to its end. Errors are read as always.
    #[cfg(feature = "stream")]
    fn deserialize_streaming_with_config(
        &self,
        response: &mut HttpResponse,
        cfg: &ConfigBag,
    ) -> Option<OutputOrError> {
        let CallContext { operation, .. } = CallContext::of(cfg)?;
        if !operation.schema.is_success(response.status().as_u16()) {
            return None;
        }
        #[cfg(feature = "byte-stream")]
        if let Some(put_body) = operation.put_body {
            let decoded = operation.decode(response).map(|mut decoded| {
                put_body(decoded.as_any(), response.take_body());
                decoded
            });
            return Some(output(decoded));
        }
        #[cfg(feature = "event-stream")]
        if operation.open.is_some() {
            let success = Success::EventStream(response.take_body());
            return Some(Ok(Output::erase(success)));
        }
        None
    }

    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        cfg: &ConfigBag,
    ) -> OutputOrError {
        let Some(CallContext { operation, .. }) = CallContext::of(cfg) else {
            return Err(OrchestratorError::other(parameters_replaced()));
        };
        let is_success = operation.schema.is_success(response.status().as_u16());
        if is_success && !operation.service.protocol.reports_error(response) {
            return output(operation.decode(response));
        }
        let (schema, kind_of) = (&operation.schema, operation.error_kind);
        let quotes = !schema.has_sensitive_output();
        let error = ErrorResponse::parse(operation.service, schema, response, kind_of, quotes);
        Err(OrchestratorError::operation(Error::erase(error)))
    }
}

/// Returns the output of a call that succeeds, if the operation can read the response.
fn output(decoded: Result<Decoded, DecodeError>) -> OutputOrError {
    match decoded {
        Ok(response) => Ok(Output::erase(Success::Response(response))),
        // AWS's retries take this kind for transient.
        Err(error) if error.is_incomplete() => Err(OrchestratorError::response(error.into())),
        Err(error) => Err(OrchestratorError::other(error)),
    }
}

fn parameters_replaced() -> TextError {
    TextError::new("an interceptor replaced the endpoint parameters")
}

/// The authentication options of a call.
#[derive(Debug)]
pub(crate) struct AuthOptions(pub(crate) Arc<Endpoints>);

impl ResolveAuthSchemeOptions for AuthOptions {
    fn resolve_auth_scheme_options_v2<'a>(
        &'a self,
        _params: &'a AuthSchemeOptionResolverParams,
        cfg: &'a ConfigBag,
        components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        let Some(call) = CallContext::of(cfg) else {
            return AuthSchemeOptionsFuture::ready(Err(parameters_replaced().into()));
        };
        #[cfg(feature = "sessions")]
        if let Some(scheme) = self.0.session_scheme(call) {
            return AuthSchemeOptionsFuture::ready(Ok(vec![scheme.into()]));
        }
        if self.0.may_name_the_account()
            && AuthScheme::any_takes_credentials(call.auth)
            && let Some(provider) = credentials_provider(components)
        {
            // AWS's orchestrator resolves credentials right after this, and gets them out of the same cache. It is also the
            // one to report that there are none.
            return AuthSchemeOptionsFuture::new(async move {
                let cache = components.identity_cache();
                let identity = cache.resolve_cached_identity(provider, components, cfg);
                if let Ok(identity) = identity.await {
                    call.trace.set_account(&identity);
                }
                Ok(self.0.auth_options(call))
            });
        }
        AuthSchemeOptionsFuture::ready(Ok(self.0.auth_options(call)))
    }
}

fn credentials_provider(components: &RuntimeComponents) -> Option<SharedIdentityResolver> {
    components.auth_scheme(SIGV4)?.identity_resolver(components)
}

/// The endpoints of a client's calls.
pub(crate) enum Endpoints {
    /// The same for all calls of the client, and nothing but a URL, as most are. A clone of an [`Endpoint`] would be long to compile.
    Fixed {
        url: Result<String, EndpointError>,
        /// `true` if the client's user has set the URL.
        is_own: bool,
    },
    /// Resolved for each call, from its parameters.
    PerCall(&'static Service, EndpointSettings),
}

impl Endpoints {
    pub(crate) fn new(service: &'static Service, settings: EndpointSettings) -> Self {
        let url = if let Some(region) = &settings.region
            && let Err(error) = check::region(region)
        {
            Err(error)
        } else if service.endpoint_depends_on_call {
            return Self::PerCall(service, settings);
        } else {
            match resolved(service, &settings, &ContextParams::new()) {
                Ok(endpoint) if !is_plain(&endpoint) => return Self::PerCall(service, settings),
                Ok(endpoint) => Ok(endpoint.url().to_owned()),
                Err(error) => Err(error),
            }
        };
        Self::Fixed {
            url,
            is_own: settings.endpoint_url.is_some(),
        }
    }

    /// Checks that there is an endpoint, unless it depends on the call.
    pub(crate) fn check(&self) -> Result<(), &EndpointError> {
        match self {
            Self::Fixed {
                url: Err(error), ..
            } => Err(error),
            _ => Ok(()),
        }
    }

    /// Returns the URL that calls go to, unless it depends on the call.
    pub(crate) fn fixed(&self) -> Option<&str> {
        match self {
            Self::Fixed { url: Ok(url), .. } => Some(url),
            _ => None,
        }
    }

    /// Returns `true` if endpoints may differ between accounts.
    fn may_name_the_account(&self) -> bool {
        match self {
            Self::Fixed { .. } => false,
            Self::PerCall(service, settings) => {
                service.endpoint_depends_on_call
                    && settings.account_id_endpoint_mode.as_deref() != Some("disabled")
            }
        }
    }

    /// Returns `true` if the client's user has set the URL.
    fn is_own(&self) -> bool {
        match self {
            Self::Fixed { is_own, .. } => *is_own,
            Self::PerCall(_, settings) => settings.endpoint_url.is_some(),
        }
    }

    /// Returns the authentication schemes of a call, best first.
    fn auth_options(&self, call: &CallContext) -> Vec<AuthSchemeOption> {
        #[cfg(any(feature = "http-auth", feature = "sigv4a"))]
        if call.auth.len() > 1
            && let Some(options) = self.options_of_endpoint(call)
        {
            return options;
        }
        let mut options = Vec::with_capacity(call.auth.len());
        for scheme in call.auth {
            options.push(scheme.id().into());
        }
        options
    }

    /// Returns those of the schemes that the endpoint names, in its order, if it names any. If there is no endpoint, it is not here that
    /// the call fails.
    #[cfg(any(feature = "http-auth", feature = "sigv4a"))]
    fn options_of_endpoint(&self, call: &CallContext) -> Option<Vec<AuthSchemeOption>> {
        let endpoint = self.find(call).ok()?;
        let mut options = Vec::new();
        for named in endpoint.auth_schemes() {
            for scheme in call.auth {
                if scheme.id().inner() == named.name() {
                    options.push(scheme.id().into());
                }
            }
        }
        if !options.is_empty() && call.auth.contains(&AuthScheme::NoAuth) {
            options.push(AuthScheme::NoAuth.id().into());
        }
        (!options.is_empty()).then_some(options)
    }

    fn resolve(&self, call: &CallContext) -> Result<Endpoint, EndpointError> {
        let mut endpoint = self.find(call)?;
        if !call.auth.contains(&AuthScheme::NoAuth) && !self.is_for_session(&endpoint) {
            check::signing(&endpoint, call.auth)?;
        }
        if let Some(prefix) = &call.host_prefix {
            endpoint = endpoint::with_host_prefix(endpoint, prefix)?;
            let trace = &call.trace.has_prefixed_own_host;
            trace.store(self.is_own(), Ordering::Relaxed);
        }
        if call.host_prefix.is_some() || matches!(self, Self::PerCall(..)) {
            call.trace.set_endpoint(endpoint.url());
        }
        Ok(endpoint)
    }

    /// Returns the auth scheme of sessions, if the call needs one.
    #[cfg(feature = "sessions")]
    fn session_scheme(&self, call: &CallContext) -> Option<AuthSchemeId> {
        let sessions = self.sessions()?;
        let endpoint = self.find(call).ok()?;
        sessions.are_for(&endpoint).then(|| sessions.scheme_id())
    }

    #[cfg(feature = "sessions")]
    fn sessions(&self) -> Option<&'static Sessions> {
        match self {
            Self::Fixed { .. } => None,
            Self::PerCall(service, _) => service.signing.sessions(),
        }
    }

    /// Returns `true` if calls to the endpoint are signed with the credentials of a session.
    fn is_for_session(&self, _endpoint: &Endpoint) -> bool {
        #[cfg(feature = "sessions")]
        if let Some(sessions) = self.sessions() {
            return sessions.are_for(_endpoint);
        }
        false
    }

    fn find(&self, call: &CallContext) -> Result<Endpoint, EndpointError> {
        match self {
            Self::Fixed { url: Ok(url), .. } => Ok(Endpoint::builder().url(url.clone()).build()),
            Self::Fixed {
                url: Err(error), ..
            } => Err(error.clone()),
            Self::PerCall(service, settings) => {
                let mut settings = settings.clone();
                settings.account_id = call.trace.account_id().map(str::to_owned);
                resolved(service, &settings, &call.context)
            }
        }
    }
}

/// Returns `true` if an endpoint is nothing but a URL.
fn is_plain(endpoint: &Endpoint) -> bool {
    endpoint.properties().is_empty()
        && endpoint.auth_schemes().is_empty()
        && endpoint.headers().next().is_none()
}

/// Resolves an endpoint by the service's rules, and checks it.
fn resolved(
    service: &Service,
    settings: &EndpointSettings,
    context: &ContextParams,
) -> Result<Endpoint, EndpointError> {
    let endpoint = (service.resolve_endpoint)(settings, context)?;
    check::host(&endpoint, settings.endpoint_url.as_deref())?;
    Ok(endpoint)
}

impl fmt::Debug for Endpoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Endpoints").field(&self.fixed()).finish()
    }
}

/// [`Endpoints`] for AWS's orchestrator and for the texts of errors.
#[derive(Debug)]
pub(crate) struct SharedEndpoints(pub(crate) Arc<Endpoints>);

impl ResolveEndpoint for SharedEndpoints {
    /// Resolves the endpoint of a call. AWS's orchestrator does so once per attempt, which is why attempts are counted here.
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        let endpoint = match params.get::<CallContext>() {
            Some(call) => match self.0.resolve(call) {
                Ok(endpoint) => {
                    call.trace.attempts.fetch_add(1, Ordering::Relaxed);
                    Ok(endpoint)
                }
                Err(error) => Err(BoxError::from(error)),
            },
            None => Err(parameters_replaced().into()),
        };
        EndpointFuture::ready(endpoint)
    }
}
