//! Structures.

use proc_macro2::TokenStream;
use quote::quote;

use super::attributes;
use super::default;
use super::imports::Imports;
use super::rust_type::{argument_type, beside_parameters, optional, rust_type, timestamps};
use super::{ident, maybe_setter, redact, xml};
use crate::format;
use crate::ir::{Location, Member, RustType, Structure};
use crate::names;

/// A structure, and what belongs to it.
///
/// ```text
/// /// Where the files are …
/// #[derive(Clone, Debug, PartialEq)]
/// #[non_exhaustive]
/// pub struct S3Configuration {
///     /// The URI …
///     pub s3_uri: String,
///     /// The key …
///     pub kms_key_id: Option<String>,
/// }
///
/// smithy_rt::structure!(s3_configuration_builder::S3ConfigurationBuilder, [s3_uri], S3Configuration {
///     /// The URI …
///     s3_uri: required::<impl Into<String>>("S3Uri"),
///     /// The key …
///     kms_key_id: optional::<impl Into<String>>("KmsKeyId", maybe_kms_key_id),
/// }, Eq + Hash);
/// ```
///
/// If a member is a stream of events or bytes, it is none of a value's, and the structure is `streaming`:
///
/// ```text
/// smithy_rt::streaming!(watch_response_builder::WatchResponseBuilder, [events], WatchResponse {}, Stream {
///     events: required::<smithy_rt::EventStream<JobEvents>>("events")
/// });
/// ```
pub fn structure(structure: &Structure, imports: &mut Imports) -> TokenStream {
    let attributes = attributes::of_type(&structure.about);
    let debug = (!is_redacted(structure)).then(|| quote!(Debug,));
    let default = structure.has_default.then(|| quote!(Default,));
    let name = ident(&structure.about.name.rust);
    let derive = match structure.stream {
        Some(_) => debug.map(|_| quote!(#[derive(Debug)])),
        None => Some(quote!(#[derive(Clone, #debug #default PartialEq)])),
    };
    let fields: Vec<_> = structure
        .fields()
        .map(|member| field(member, imports))
        .collect();
    let redacted = redacted_debug(structure, imports);
    let table = table(structure, imports);
    quote! {
        #attributes
        #derive
        #[non_exhaustive]
        pub struct #name { #(#fields),* }

        #redacted
        #table
    }
}

/// ```text
/// /// How many at most.
/// pub max_kms_keys: i32
/// ```
fn field(member: &Member, imports: &mut Imports) -> TokenStream {
    let docs = format::doc(&member.docs);
    let deprecated = attributes::deprecated(member.deprecated.as_ref());
    let name = ident(&member.field);
    let ty = rust_type(&member.ty, imports);
    let ty = if member.boxed { quote!(Box<#ty>) } else { ty };
    let ty = optional(member.optional, ty);
    quote!(#docs #deprecated pub #name: #ty)
}

/// The macro call that expands to the builder and the table of members.
fn table(structure: &Structure, imports: &mut Imports) -> TokenStream {
    let name = ident(&structure.about.name.rust);
    let module = ident(&structure.builder_module);
    let builder = ident(&structure.builder);
    let needed: Vec<_> = structure
        .fields()
        .filter(|member| member.required)
        .map(|member| member.field.as_str())
        .collect();
    let entries: Vec<_> = structure
        .members
        .iter()
        .map(|member| entry(member, &needed, imports))
        .collect();
    let stream = structure
        .stream
        .as_ref()
        .map(|member| setter(member, &needed, imports));
    let needed = needed.iter().map(|field| ident(field));
    if let Some(stream) = stream {
        return quote! {
            smithy_rt::streaming!(#module::#builder, [#(#needed),*], #name { #(#entries),* }, Stream { #stream });
        };
    }
    let derives = attributes::derives(structure.derives);
    let table = match structure.is_request {
        true => quote!(request),
        false => quote!(structure),
    };
    quote!(smithy_rt::#table!(#module::#builder, [#(#needed),*], #name { #(#entries),* } #derives);)
}

/// `key: required::<impl Into<String>>("Key").location(Header("x-key"))`
fn entry(member: &Member, needed: &[&str], imports: &mut Imports) -> TokenStream {
    let setter = setter(member, needed, imports);
    let timestamps = timestamps(&member.ty);
    let location = location(&member.location).map(|location| quote!(.location(#location)));
    let xml = member.xml.as_deref().and_then(xml::of_member);
    quote!(#setter #timestamps #location #xml)
}

/// ```text
/// /// The URI …
/// s3_uri: required::<impl Into<String>>("S3Uri")
/// ```
fn setter(member: &Member, needed: &[&str], imports: &mut Imports) -> TokenStream {
    let docs = format::doc(&member.setter_docs);
    let deprecated = attributes::deprecated(member.deprecated.as_ref());
    let field = ident(&member.field);
    let argument = argument_type(&member.ty, member.boxed, imports);
    let argument = beside_parameters(argument, needed);
    let name = &member.wire_name;
    let (presence, extra) = match &member.default {
        Some(default) => {
            let value = default::value(default, &member.ty, imports);
            (quote!(defaulted), Some(quote!(, #value)))
        }
        None if member.optional => {
            let maybe = maybe_setter(&member.field);
            (quote!(optional), Some(quote!(, #maybe)))
        }
        None => (quote!(required), None),
    };
    quote!(#docs #deprecated #field: #presence::<#argument>(#name #extra))
}

/// `Header("x-job-id")`
fn location(location: &Location) -> Option<TokenStream> {
    Some(match location {
        Location::Body => return None,
        Location::Label => quote!(Label),
        Location::LastSegmentLabel => quote!(LastSegmentLabel),
        Location::Query(name) => quote!(Query(#name)),
        Location::QueryParams => quote!(QueryParams),
        Location::Header(name) => quote!(Header(#name)),
        Location::MediaTypeHeader(name) => quote!(MediaTypeHeader(#name)),
        Location::PrefixHeaders(prefix) => quote!(PrefixHeaders(#prefix)),
        Location::Payload => quote!(Payload),
        Location::MediaTypePayload(media_type) => quote!(MediaTypePayload(#media_type)),
        Location::StructurePayload => quote!(StructurePayload),
        Location::StatusCode => quote!(StatusCode),
        Location::EventHeader => quote!(EventHeader),
        Location::EventPayload => quote!(EventPayload),
    })
}

/// Returns `true` if `Debug` is not derived, since it has to redact something, or not to show the bytes of a stream.
fn is_redacted(structure: &Structure) -> bool {
    let mut fields = structure.fields();
    structure.about.sensitive
        || fields.any(|member| member.sensitive || member.ty == RustType::ByteStream)
}

/// ```text
/// impl fmt::Debug for Credentials {
///     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
///         f.debug_struct("Credentials")
///             .field("access_key_id", &self.access_key_id)
///             .field("secret_key", &Redacted)
///             .finish()
///     }
/// }
/// ```
fn redacted_debug(structure: &Structure, imports: &mut Imports) -> TokenStream {
    if structure.about.sensitive {
        return redact::whole(&structure.about.name.rust, imports);
    }
    if !is_redacted(structure) {
        return TokenStream::new();
    }
    let name = &structure.about.name.rust;
    let fields = structure.fields().map(|member| {
        let label = names::plain(&member.field);
        if member.sensitive {
            let redacted = imports.rt("Redacted");
            quote!(.field(#label, &#redacted))
        } else if member.ty == RustType::ByteStream {
            let field = ident(&member.field);
            quote!(.field(#label, &smithy_rt::__private::DebugStream(&self.#field)))
        } else {
            let field = ident(&member.field);
            quote!(.field(#label, &self.#field))
        }
    });
    let body = quote!(f.debug_struct(#name) #(#fields)* .finish());
    redact::debug(name, &body, imports)
}
