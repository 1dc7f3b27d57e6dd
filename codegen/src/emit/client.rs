//! `src/client.rs`: the client, and what the runtime has to know about the service.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use super::imports::Imports;
use crate::docs;
use crate::format;
use crate::ir::{AuthScheme, Crate, Sessions, Signing};

/// The client of the service.
///
/// ```text
/// /// A client for Example Weather. …
/// #[derive(Clone, Debug)]
/// pub struct Client(pub(crate) smithy_rt::Client);
///
/// impl Client { … new, builder … }
///
/// static SERVICE: Service = Service { id: "Weather", … };
/// ```
pub fn client(ir: &Crate, imports: &mut Imports) -> TokenStream {
    let docs = format::doc(&docs::wrap(&format!(
        "A client for {}.\n\nIt is cheap to clone: clones share connections, cached credentials and the retry quota. \
         Create one, and clone it where it is needed.",
        docs::text(&ir.service.title)
    )));
    let (builder, config) = (imports.rt("ClientBuilder"), imports.rt("SdkConfig"));
    let service = service(ir, imports);
    let sessions = sessions(ir, imports);
    let unused = ir
        .operations
        .is_empty()
        .then(|| quote!(#[allow(dead_code, reason = "there is no operation that uses it")]));
    let builder_docs = format::doc(&docs::wrap(builder_docs(ir)));
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Client(#unused pub(crate) smithy_rt::Client);

        impl Client {
            /// Creates a client from a client config: Region, credentials, retries, HTTP client and so on.
            pub fn new(config: &#config) -> Self {
                Self::builder(config).build()
            }

            #builder_docs
            pub fn builder(config: &#config) -> #builder<Self> {
                #builder::new(config, &SERVICE)
            }
        }

        impl From<smithy_rt::Client> for Client {
            fn from(client: smithy_rt::Client) -> Self {
                Self(client)
            }
        }

        #service
        #sessions
    }
}

fn builder_docs(ir: &Crate) -> &'static str {
    let mut parameters = ir.endpoints.iter().flat_map(|it| &it.parameters);
    if parameters.any(|parameter| parameter.from_client) {
        "Returns a builder that starts from a client config, for settings that are to differ for this client alone.\n\n\
         Its [`client_context`](crate::ClientBuilder::client_context) takes a \
         [`ClientContext`](crate::endpoint::ClientContext): settings that only this service has."
    } else {
        "Returns a builder that starts from a client config, for settings that are to differ for this client alone."
    }
}

fn service(ir: &Crate, imports: &mut Imports) -> TokenStream {
    let service = &ir.service;
    let (service_type, signing, protocols, endpoint) = (
        imports.rt("Service"),
        signing(ir, imports),
        imports.rt("protocol"),
        imports.krate("endpoint"),
    );
    let id = &service.sdk_id;
    let auth = service.auth.iter().map(auth_scheme);
    let headers = service.headers.iter();
    let headers = headers.map(|(name, value)| quote!((#name, #value)));
    let signing_name = option(service.signing_name.as_deref());
    let token_variable = option(service.token_variable.as_deref());
    let protocol = ident(service.protocol.constant);
    let query_compatible = service
        .query_compatible
        .then(|| quote!(.query_compatible()));
    let version = service.version.as_ref();
    let version = version.map(|version| quote!(.version(#version)));
    let no_error_wrapping = service
        .no_error_wrapping
        .then(|| quote!(.no_error_wrapping()));
    let errors_in_success = service
        .errors_in_success
        .then(|| quote!(.errors_in_success()));
    let sensitive_errors = &service.sensitive_errors;
    let endpoint_depends_on_call = ir.endpoint_depends_on_call();
    quote! {
        pub(crate) static SERVICE: #service_type = #service_type {
            id: #id,
            auth: &[#(#auth),*],
            signing_name: #signing_name,
            signing: #signing,
            token_variable: #token_variable,
            crate_version: env!("CARGO_PKG_VERSION"),
            protocol: &#protocols::#protocol #query_compatible #version #no_error_wrapping #errors_in_success,
            sensitive_errors: &[#(#sensitive_errors),*],
            headers: &[#(#headers),*],
            resolve_endpoint: #endpoint::resolve,
            endpoint_depends_on_call: #endpoint_depends_on_call,
        };
    }
}

/// `Signing::new().with_content_sha256()`
fn signing(ir: &Crate, imports: &mut Imports) -> TokenStream {
    let ty = imports.rt("Signing");
    let Signing {
        content_sha256,
        path_as_sent,
        presigned_bodies_open,
    } = ir.service.signing;
    let sessions = ir.service.sessions.as_ref();
    let sessions = sessions.map(|_| quote!(.with_sessions(&SESSIONS)));
    let content_sha256 = content_sha256.then(|| quote!(.with_content_sha256()));
    let path_as_sent = path_as_sent.then(|| quote!(.with_path_as_sent()));
    let presigned_bodies_open =
        presigned_bodies_open.then(|| quote!(.with_presigned_bodies_open()));
    quote!(#ty::new() #content_sha256 #path_as_sent #presigned_bodies_open #sessions)
}

/// ```text
/// static SESSIONS: Sessions = Sessions { scheme: "sigv4-shelf", … create: create_session };
///
/// /// Creates a session.
/// fn create_session(client: smithy_rt::Client, subject: String) -> SessionFuture {
///     Box::pin(async move {
///         let request = OpenShelfRequest::builder().shelf(subject).build();
///         let session = Client(client).open_shelf(request).await?.credentials;
///         Ok(Session::new(session.access_key_id, …))
///     })
/// }
/// ```
fn sessions(ir: &Crate, imports: &mut Imports) -> Option<TokenStream> {
    let sessions = ir.service.sessions.as_ref()?;
    let operation = ir.operation(&sessions.operation)?;
    let (ty, session, future) = (
        imports.rt("Sessions"),
        imports.rt("Session"),
        imports.rt("SessionFuture"),
    );
    let request = imports.ty(&operation.request);
    let function = ident(&operation.function);
    let name = operation.shape.name();
    let Sessions {
        scheme,
        parameter,
        token_header,
        token_query,
        ..
    } = sessions;
    let (subject, credentials) = (ident(&sessions.subject), ident(&sessions.credentials));
    let fields = [
        &sessions.id,
        &sessions.secret,
        &sessions.token,
        &sessions.end,
    ]
    .map(|field| ident(field));
    Some(quote! {
        static SESSIONS: #ty = #ty {
            scheme: #scheme,
            parameter: #parameter,
            operation: #name,
            token_header: #token_header,
            token_query: #token_query,
            create: create_session,
        };

        /// Creates a session.
        fn create_session(client: smithy_rt::Client, subject: String) -> #future {
            Box::pin(async move {
                let request = #request::builder().#subject(subject).build();
                let session = Client(client).#function(request).await?.#credentials;
                Ok(#session::new(#(session.#fields),*))
            })
        }
    })
}

fn option(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}

/// `smithy_rt::AuthScheme::HttpApiKeyHeader { name: "x-api-key", scheme: "" }`
pub fn auth_scheme(scheme: &AuthScheme) -> TokenStream {
    let variant = match scheme {
        AuthScheme::SigV4 => quote!(SigV4),
        AuthScheme::SigV4a => quote!(SigV4a),
        AuthScheme::HttpBearer => quote!(HttpBearer),
        AuthScheme::HttpBasic => quote!(HttpBasic),
        AuthScheme::HttpApiKeyHeader { name, scheme } => {
            quote!(HttpApiKeyHeader { name: #name, scheme: #scheme })
        }
        AuthScheme::HttpApiKeyQuery { name } => quote!(HttpApiKeyQuery { name: #name }),
        AuthScheme::NoAuth => quote!(NoAuth),
    };
    quote!(smithy_rt::AuthScheme::#variant)
}
