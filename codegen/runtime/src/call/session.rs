//! Sessions: credentials for a part of a service, which are created with those of the client and last for minutes (feature `sessions`).
//!
//! The endpoint rules say which calls are signed with a session's credentials, by an auth scheme of its own name. It signs as SigV4 does,
//! but for the name of the token.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError, Weak};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_runtime::auth::SigV4SessionTokenNameOverride;
use aws_runtime::auth::sigv4::SigV4Signer;
use aws_sigv4::http_request::SignatureLocation;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{AuthScheme, AuthSchemeId, Sign};
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCacheLocation, IdentityFuture, ResolveIdentity, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::runtime_components::{
    GetIdentityResolver, RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;

use super::orchestration::CallContext;
use crate::client::Shared;
use crate::error::causes::TextError;
use crate::{Client, DateTime};

/// The time before its end from which on a session is replaced.
const BUFFER: Duration = Duration::from_secs(10);

/// The largest number of sessions that are kept.
const MAX_SESSIONS: usize = 100;

/// The sessions of a service, as its generated crate describes them in one static.
#[derive(Clone, Copy, Debug)]
pub struct Sessions {
    /// The auth scheme of the calls that need one, as the endpoint rules call it.
    pub scheme: &'static str,
    /// The endpoint parameter that a session is for.
    pub parameter: &'static str,
    /// The operation that creates a session.
    pub operation: &'static str,
    /// The header for the session's token.
    pub token_header: &'static str,
    /// The parameter of the query for the session's token, in presigned requests.
    pub token_query: &'static str,
    /// A function that calls the operation.
    pub create: fn(Client, String) -> SessionFuture,
}

/// The future of a session.
pub type SessionFuture = Pin<Box<dyn Future<Output = Result<Session, BoxError>> + Send>>;

/// A session: credentials, and when they end.
pub struct Session(Credentials);

impl Session {
    /// Creates a session of what the service has said.
    pub fn new(
        access_key_id: String,
        secret_access_key: String,
        token: String,
        expiration: DateTime,
    ) -> Self {
        // A time before 1970, or one that is no time, is over.
        let end = SystemTime::try_from(expiration).unwrap_or(SystemTime::UNIX_EPOCH);
        Self(Credentials::new(
            access_key_id,
            secret_access_key,
            Some(token),
            Some(end),
            "session",
        ))
    }
}

impl Sessions {
    pub(crate) fn scheme_id(&self) -> AuthSchemeId {
        AuthSchemeId::new(self.scheme)
    }

    /// Returns `true` if calls to the endpoint are signed with a session's credentials.
    pub(crate) fn are_for(&self, endpoint: &Endpoint) -> bool {
        let mut schemes = endpoint.auth_schemes().iter();
        schemes.any(|scheme| scheme.name() == self.scheme)
    }

    /// Adds the auth scheme and its identities.
    pub(crate) fn add(
        &'static self,
        components: &mut RuntimeComponentsBuilder,
        client: Weak<Shared>,
    ) {
        let resolver = SessionResolver {
            sessions: self,
            client,
            known: Mutex::default(),
        };
        components.push_auth_scheme(SessionAuthScheme {
            sessions: self,
            signer: SigV4Signer::new(),
        });
        components.set_identity_resolver(self.scheme_id(), resolver);
    }

    /// Returns the setting by which AWS's signer names tokens.
    pub(crate) fn token_name(&'static self) -> SigV4SessionTokenNameOverride {
        SigV4SessionTokenNameOverride::new(move |settings, cfg| {
            let endpoint = cfg.load::<Endpoint>();
            let is_session = endpoint.is_some_and(|endpoint| self.are_for(endpoint));
            let name = match settings.signature_location {
                SignatureLocation::QueryParams => self.token_query,
                _ => self.token_header,
            };
            Ok(is_session.then_some(name))
        })
    }
}

/// SigV4 under the name that the endpoint rules have for it where it is for sessions.
#[derive(Debug)]
struct SessionAuthScheme {
    sessions: &'static Sessions,
    signer: SigV4Signer,
}

impl AuthScheme for SessionAuthScheme {
    fn scheme_id(&self) -> AuthSchemeId {
        self.sessions.scheme_id()
    }

    fn identity_resolver(
        &self,
        identity_resolvers: &dyn GetIdentityResolver,
    ) -> Option<SharedIdentityResolver> {
        identity_resolvers.identity_resolver(self.scheme_id())
    }

    fn signer(&self) -> &dyn Sign {
        &self.signer
    }
}

/// A resolver that creates sessions, and keeps them until shortly before they end.
struct SessionResolver {
    sessions: &'static Sessions,
    client: Weak<Shared>,
    known: Mutex<HashMap<String, Credentials>>,
}

impl std::fmt::Debug for SessionResolver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SessionResolver")
            .field("sessions", &self.sessions)
            .finish_non_exhaustive()
    }
}

impl ResolveIdentity for SessionResolver {
    fn resolve_identity<'a>(
        &'a self,
        components: &'a RuntimeComponents,
        cfg: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::new(async move {
            let now = components.time_source().unwrap_or_default().now();
            let credentials = self.session(now, cfg).await?;
            Ok(Identity::from(credentials))
        })
    }

    fn cache_location(&self) -> IdentityCacheLocation {
        IdentityCacheLocation::IdentityResolver
    }
}

impl SessionResolver {
    async fn session(&self, now: SystemTime, cfg: &ConfigBag) -> Result<Credentials, BoxError> {
        let call = CallContext::of(cfg);
        let subject = call.and_then(|call| call.endpoint_parameter(self.sessions.parameter));
        let Some(subject) = subject else {
            let reason = format!("no session: the call has no {}", self.sessions.parameter);
            return Err(TextError::new(reason).into());
        };
        if call.is_some_and(|call| call.calls(self.sessions.operation)) {
            let reason =
                "no session: the endpoint rules want one for the operation that creates it";
            return Err(TextError::new(reason).into());
        }
        if let Some(known) = self.known(&subject, now) {
            return Ok(known);
        }
        let Some(shared) = self.client.upgrade() else {
            return Err(TextError::new("no session: the client is gone").into());
        };
        let Session(created) = (self.sessions.create)(Client(shared), subject.clone())
            .await
            // What errors of calls say is known to be clean.
            .map_err(|error| TextError::new(format!("no session: {error}")))?;
        self.keep(subject, created.clone(), now);
        Ok(created)
    }

    fn known(&self, subject: &str, now: SystemTime) -> Option<Credentials> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let credentials = known.get(subject)?;
        is_good(credentials, now).then(|| credentials.clone())
    }

    fn keep(&self, subject: String, session: Credentials, now: SystemTime) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MAX_SESSIONS {
            known.retain(|_, credentials| is_good(credentials, now));
        }
        if known.len() >= MAX_SESSIONS {
            known.clear();
        }
        known.insert(subject, session);
    }
}

fn is_good(session: &Credentials, now: SystemTime) -> bool {
    session.expiry().is_some_and(|end| end > now + BUFFER)
}
