//! An operation and all that belongs to it alone.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::{attributes, client, error, ident, jmespath, paginator, structure, waiter, xml};
use crate::docs;
use crate::format;
use crate::ir::{
    Checksum, ContextPath, ContextValue, HostPrefix, HostPrefixPart, Http, Operation,
    StaticContext, Stream, StreamKind,
};

/// The items of an operation's file: the function, the operation itself, its request, response and
/// error.
pub fn operation(operation: &Operation, imports: &mut Imports) -> TokenStream {
    let function = function(operation, imports);
    let marker = marker(operation);
    let implementation = implementation(operation, imports);
    let structures: Vec<_> = operation
        .structures()
        .map(|structure| structure::structure(structure, imports))
        .collect();
    let error = error::of_operation(operation, imports);
    let waiters = waiter::waiters(operation, imports);
    let pages = paginator::paginator(operation, imports);
    quote!(#function #marker #implementation #(#structures)* #error #waiters #pages)
}

/// ```text
/// impl Client {
///     /// Starts a job …
///     pub fn start_dns_import_job(
///         &self,
///         request: StartDnsImportJobRequest,
///     ) -> Call<StartDnsImportJobResponse, StartDnsImportJobError> {
///         Call::of::<StartDnsImportJob>(&self.0, request)
///     }
/// }
/// ```
fn function(operation: &Operation, imports: &mut Imports) -> TokenStream {
    let docs = format::doc(&operation.docs);
    let deprecated = attributes::deprecated(operation.deprecated.as_ref());
    let name = ident(&operation.function);
    let (client, call) = (imports.krate("Client"), imports.krate("Call"));
    let (request, response) = (
        imports.ty(&operation.request),
        imports.ty(&operation.response),
    );
    let (marker, error) = (ident(&operation.marker), ident(&operation.error));
    quote! {
        impl #client {
            #docs
            #deprecated
            pub fn #name(&self, request: #request) -> #call<#response, #error> {
                #call::of::<#marker>(&self.0, request)
            }
        }
    }
}

/// ```text
/// /// The operation `StartDNSImportJob`, which `Client::start_dns_import_job` calls.
/// #[derive(Clone, Copy, Debug)]
/// pub struct StartDnsImportJob;
/// ```
fn marker(operation: &Operation) -> TokenStream {
    let docs = format::doc(&docs::wrap(&format!(
        "The operation `{}`, which [`Client::{}`](crate::Client::{1}) calls.",
        operation.shape.name(),
        operation.link_name(),
    )));
    let name = ident(&operation.marker);
    quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #name;
    }
}

/// ```text
/// impl smithy_rt::Operation for StartDnsImportJob {
///     type Request = StartDnsImportJobRequest;
///     type Response = StartDnsImportJobResponse;
///     type Error = StartDnsImportJobError;
///
///     const SERVICE: &'static smithy_rt::Service = &crate::client::SERVICE;
///     const SCHEMA: smithy_rt::OperationSchema = smithy_rt::OperationSchema::new(…);
///
///     … set_idempotency_token, encode
/// }
/// ```
fn implementation(operation: &Operation, imports: &mut Imports) -> TokenStream {
    let name = ident(&operation.marker);
    let (request, response) = (
        imports.ty(&operation.request),
        imports.ty(&operation.response),
    );
    let error = ident(&operation.error);
    let schema = schema(operation);
    let mut stream = |function, stream: &Option<_>, message| {
        let stream = stream.as_ref()?;
        Some(stream_function(function, stream, message, imports))
    };
    let input_stream = stream("input_stream", &operation.input_stream, &request);
    let output_stream = stream("output_stream", &operation.output_stream, &response);
    let set_token = set_idempotency_token(operation, &request);
    let encode = encode(operation, &request, imports);
    quote! {
        impl smithy_rt::Operation for #name {
            type Request = #request;
            type Response = #response;
            type Error = #error;

            const SERVICE: &'static smithy_rt::Service = &crate::client::SERVICE;
            const SCHEMA: smithy_rt::OperationSchema = #schema;

            #input_stream
            #output_stream
            #set_token
            #encode
        }
    }
}

/// `OperationSchema::new("Weather", "GetId").auth(&[smithy_rt::AuthScheme::NoAuth]).sensitive_output()`
fn schema(operation: &Operation) -> TokenStream {
    let (service, name) = (&operation.service, operation.shape.name());
    let no_input = (!operation.has_input).then(|| quote!(.without_input()));
    let auth = operation.auth.as_deref().map(|schemes| {
        let schemes = schemes.iter().map(client::auth_scheme);
        quote!(.auth(&[#(#schemes),*]))
    });
    let tree_hash = operation.tree_hash.then(|| quote!(.tree_hash()));
    let may_stall = operation.may_stall.then(|| quote!(.may_stall()));
    let input = operation
        .sensitive_input
        .then(|| quote!(.sensitive_input()));
    let output = operation
        .sensitive_output
        .then(|| quote!(.sensitive_output()));
    let streams = streams(operation);
    let checksum = operation
        .requires_checksum
        .then(|| quote!(.checksum_required()));
    let unsigned_payload = operation
        .has_unsigned_payload
        .then(|| quote!(.unsigned_payload()));
    let http = operation.http.as_ref().map(http);
    let http_checksum = http_checksum(&operation.checksum);
    let xml_input = operation.xml_input.as_ref().map(xml::of_root);
    let xml_input = xml_input.map(|root| quote!(.xml_input(#root)));
    let xml_output = operation.xml_output.as_ref().map(xml::of_root);
    let xml_output = xml_output.map(|root| quote!(.xml_output(#root)));
    let unwrapped = operation
        .unwrapped_xml_output
        .then(|| quote!(.unwrapped_xml_output()));
    quote! {
        smithy_rt::OperationSchema::new(#service, #name) #http #xml_input #xml_output #unwrapped #no_input #auth #may_stall #tree_hash #input #output #streams #checksum #http_checksum
            #unsigned_payload
    }
}

/// `.request_algorithm_member("ChecksumAlgorithm").request_checksum_required()`
fn http_checksum(checksum: &Checksum) -> TokenStream {
    let member = checksum.algorithm_member.as_ref();
    let member = member.map(|member| quote!(.request_algorithm_member(#member)));
    let required = checksum
        .required
        .then(|| quote!(.request_checksum_required()));
    let response = checksum.response.as_ref();
    let response = response
        .map(|(member, algorithms)| quote!(.response_checksums(#member, &[#(#algorithms),*])));
    quote!(#member #required #response)
}

/// `.http("GET", "/jobs/{JobId}?view=full").status(304)`
fn http(http: &Http) -> TokenStream {
    let (method, uri) = (&http.method, &http.uri);
    let status = http.status.map(|status| {
        let status = Literal::u16_unsuffixed(status);
        quote!(.status(#status))
    });
    quote!(.http(#method, #uri) #status)
}

/// `.byte_stream_input().media_type("audio/flac").event_stream_output()`
fn streams(operation: &Operation) -> TokenStream {
    let input = operation.input_stream.as_ref().map(|it| match it.kind {
        StreamKind::Events => quote!(.event_stream_input()),
        StreamKind::Bytes => {
            let media_type = it.media_type.as_ref().map(|it| quote!(.media_type(#it)));
            let length = it.requires_length.then(|| quote!(.length_required()));
            quote!(.byte_stream_input() #media_type #length)
        }
    });
    let output = operation.output_stream.as_ref().map(|it| match it.kind {
        StreamKind::Events => quote!(.event_stream_output()),
        StreamKind::Bytes => quote!(.byte_stream_output()),
    });
    quote!(#input #output)
}

/// ```text
/// fn output_stream(message: &mut WatchResponse) -> Option<StreamMember<'_>> {
///     Some(StreamMember::Events(&mut message.events))
/// }
/// ```
fn stream_function(
    name: &str,
    stream: &Stream,
    message: &proc_macro2::Ident,
    imports: &mut Imports,
) -> TokenStream {
    let (name, field) = (ident(name), ident(&stream.field));
    let member = imports.rt("StreamMember");
    let kind = match stream.kind {
        StreamKind::Events => quote!(Events),
        StreamKind::Bytes => quote!(Bytes),
    };
    quote! {
        fn #name(message: &mut #message) -> Option<#member<'_>> {
            Some(#member::#kind(&mut message.#field))
        }
    }
}

/// ```text
/// fn set_idempotency_token(request: &mut Self::Request, token: &mut dyn FnMut() -> String) {
///     request.client_token.get_or_insert_with(token);
/// }
/// ```
fn set_idempotency_token(
    operation: &Operation,
    request: &proc_macro2::Ident,
) -> Option<TokenStream> {
    let field = ident(operation.idempotency_token.as_ref()?);
    Some(quote! {
        fn set_idempotency_token(request: &mut #request, token: &mut dyn FnMut() -> String) {
            request.#field.get_or_insert_with(token);
        }
    })
}

/// The encoding of a request, where it has more than its members.
///
/// ```text
/// fn encode(request: &GetRecordsInput) -> Result<EncodedRequest, EncodeError> {
///     Ok(EncodedRequest::new::<Self>(request)?
///         .host_prefix("data-")
///         .context("StreamARN", request.stream_arn.as_deref()))
/// }
/// ```
fn encode(
    operation: &Operation,
    request: &proc_macro2::Ident,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let mut steps: Vec<_> = operation.host_prefix.iter().map(host_prefix).collect();
    steps.extend(operation.static_context.iter().map(static_context));
    steps.extend(operation.context.iter().map(context));
    steps.extend(operation.compressed.then(|| quote!(.compressible())));
    if steps.is_empty() {
        return None;
    }
    let (encoded, error) = (imports.rt("EncodedRequest"), imports.rt("EncodeError"));
    Some(quote! {
        fn encode(request: &#request) -> Result<#encoded, #error> {
            Ok(#encoded::new::<Self>(request)? #(#steps)*)
        }
    })
}

/// `.host_prefix(format!("{}-data.", host_label("account", &request.account)?))`
fn host_prefix(prefix: &HostPrefix) -> TokenStream {
    let mut text = String::new();
    let mut labels = Vec::new();
    for part in &prefix.parts {
        match part {
            HostPrefixPart::Literal(literal) => text.push_str(literal),
            HostPrefixPart::Label {
                member,
                field,
                optional,
                is_enum,
            } => {
                text.push_str("{}");
                let value = label(&ident(field), *optional, *is_enum);
                labels.push(quote!(smithy_rt::endpoint::host_label(#member, #value)?));
            }
        }
    }
    if labels.is_empty() {
        quote!(.host_prefix(#text))
    } else {
        quote!(.host_prefix(format!(#text, #(#labels),*)))
    }
}

/// The text of a label; an absent one is as good as an empty one, which is no label.
fn label(field: &proc_macro2::Ident, is_optional: bool, is_enum: bool) -> TokenStream {
    match (is_optional, is_enum) {
        (false, false) => quote!(&request.#field),
        (false, true) => quote!(request.#field.as_str()),
        (true, false) => quote!(request.#field.as_deref().unwrap_or_default()),
        (true, true) => {
            quote!(request.#field.as_ref().map_or("", |value| value.as_str()))
        }
    }
}

/// `.context("OperationType", Some("control"))`
fn static_context(StaticContext { name, value }: &StaticContext) -> TokenStream {
    let value = match value {
        ContextValue::Bool(value) => quote!(#value),
        ContextValue::String(value) => quote!(#value),
        ContextValue::Strings(values) => quote!(vec![#(#values),*]),
    };
    quote!(.context(#name, Some(#value)))
}

/// `.context("StreamARN", request.stream_arn.as_deref())`
///
/// `.context("ResourceArnList", Some(request.request_items.keys().map(String::as_str).collect::<Vec<_>>()))`
fn context(ContextPath { name, query }: &ContextPath) -> TokenStream {
    let value = if query.is_texts() {
        jmespath::texts(query)
    } else {
        jmespath::known(query)
    };
    quote!(.context(#name, #value))
}
