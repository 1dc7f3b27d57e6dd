//! Structures.

use proc_macro2::TokenStream;
use quote::quote;

use super::attributes;
use super::default;
use super::rust_type::{optional, rust_type, text, wire_form};
use super::uses::Uses;
use super::{ident, redact};
use crate::plan::{Member, RenameAll, RustType, Structure};
use crate::print;

/// A structure, and what belongs to it.
///
/// ```text
/// /// Where the files are …
/// #[derive(Builder, Clone, Debug, Deserialize, PartialEq, Serialize)]
/// #[builder(on(String, into))]
/// #[non_exhaustive]
/// #[serde(rename_all = "PascalCase")]
/// pub struct S3Configuration {
///     /// The URI …
///     pub s3_uri: String,
///     /// The key …
///     #[serde(skip_serializing_if = "Option::is_none")]
///     pub kms_key_id: Option<String>,
/// }
/// ```
pub fn structure(structure: &Structure, uses: &mut Uses) -> TokenStream {
    let attributes = attributes::of_type(&structure.about);
    let derives = derives(structure, uses);
    let has_strings = structure
        .members
        .iter()
        .any(|member| member.ty == RustType::String);
    let builder = has_strings.then(|| quote!(#[builder(on(String, into))]));
    let rename_all = structure.rename_all.map(|case| {
        let case = match case {
            RenameAll::Camel => "camelCase",
            RenameAll::Pascal => "PascalCase",
        };
        quote!(#[serde(rename_all = #case)])
    });
    let name = ident(&structure.about.name.rust);
    let fields = structure
        .members
        .iter()
        .map(|member| field(structure, member, uses));
    let item = quote! {
        #attributes
        #[derive(#derives)]
        #builder
        #[non_exhaustive]
        #rename_all
        pub struct #name { #(#fields),* }
    };
    let defaults = default::functions(structure, uses);
    let debug = redacted_debug(structure, uses);
    quote!(#item #defaults #debug)
}

fn derives(structure: &Structure, uses: &mut Uses) -> TokenStream {
    let builder = uses.bon("Builder");
    let debug = (!hides_something(structure)).then(|| quote!(Debug,));
    let default = structure.has_default.then(|| quote!(Default,));
    let (deserialize, serialize) = (uses.serde("Deserialize"), uses.serde("Serialize"));
    quote!(#builder, Clone, #debug #default #deserialize, PartialEq, #serialize)
}

/// ```text
/// /// How many at most.
/// #[builder(default)]
/// #[serde(default, rename = "MaxKMSKeys")]
/// pub max_kms_keys: i32
/// ```
fn field(structure: &Structure, member: &Member, uses: &mut Uses) -> TokenStream {
    let docs = print::doc(&member.docs);
    let deprecated = attributes::deprecated(member.deprecated.as_ref());
    let builder = builder_attribute(structure, member);
    let serde = serde_attribute(structure, member, uses);
    let name = ident(&member.field);
    let ty = rust_type(&member.ty, uses);
    let ty = if member.boxed { quote!(Box<#ty>) } else { ty };
    let ty = optional(member.optional, ty);
    quote!(#docs #deprecated #builder #serde pub #name: #ty)
}

fn builder_attribute(structure: &Structure, member: &Member) -> Option<TokenStream> {
    let mut arguments = Vec::new();
    if let Some(default) = &member.default {
        arguments.push(default::builder_argument(structure, member, default));
    }
    if member.boxed {
        arguments.push(quote!(into));
    }
    (!arguments.is_empty()).then(|| quote!(#[builder(#(#arguments),*)]))
}

fn serde_attribute(structure: &Structure, member: &Member, uses: &mut Uses) -> Option<TokenStream> {
    let mut arguments = Vec::new();
    if !follows(structure.rename_all, member) {
        let wire_name = &member.wire_name;
        arguments.push(quote!(rename = #wire_name));
    }
    let sensitive = structure.about.sensitive || member.sensitive;
    let wire_form = wire_form(&member.ty, sensitive, uses);
    if let Some(default) = &member.default {
        arguments.push(default::serde_argument(structure, member, default));
    } else if member.optional && wire_form.is_some() {
        // serde reads a missing `Option` as `None` by itself, but not if `with` reads it.
        arguments.push(quote!(default));
    }
    if member.optional {
        arguments.push(quote!(skip_serializing_if = "Option::is_none"));
    }
    if let Some(wire_form) = wire_form {
        uses.wire("As");
        let with = format!("As::<{}>", text(&optional(member.optional, wire_form)));
        arguments.push(quote!(with = #with));
    }
    (!arguments.is_empty()).then(|| quote!(#[serde(#(#arguments),*)]))
}

fn follows(rename_all: Option<RenameAll>, member: &Member) -> bool {
    crate::plan::wire_name(rename_all, &member.field) == member.wire_name
}

fn hides_something(structure: &Structure) -> bool {
    structure.about.sensitive || structure.members.iter().any(|member| member.sensitive)
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
fn redacted_debug(structure: &Structure, uses: &mut Uses) -> TokenStream {
    if structure.about.sensitive {
        return redact::whole(&structure.about.name.rust, uses);
    }
    if !hides_something(structure) {
        return TokenStream::new();
    }
    let name = &structure.about.name.rust;
    let fields = structure.members.iter().map(|member| {
        let label = member.field.trim_start_matches("r#");
        if member.sensitive {
            let redacted = uses.rt("Redacted");
            quote!(.field(#label, &#redacted))
        } else {
            let field = ident(&member.field);
            quote!(.field(#label, &self.#field))
        }
    });
    let body = quote!(f.debug_struct(#name) #(#fields)* .finish());
    redact::debug(name, &body, uses)
}
