//! Values of shapes, as expressions.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::{default, literal};
use crate::ir::{DefaultValue, RustType, Value};
use crate::names::ident;

/// The expression that makes a value, through the public interface of the crate, in a file that uses `smithy_rt::protocol_test`.
///
/// ```text
/// JsonUnionsInput::builder()
///     .contents(MyUnion::StringValue("foo".to_owned()))
///     .build()
/// ```
pub fn value(item: &Value, imports: &mut Imports) -> TokenStream {
    match item {
        Value::Scalar {
            value: DefaultValue::String(text),
            ..
        } => {
            let text = literal::text(text);
            quote!(#text.to_owned())
        }
        Value::Scalar { value, ty } => default::value(value, ty, imports),
        Value::Document(json) => document(json, imports),
        Value::Structure { name, fields } => {
            let name = imports.ty(name);
            let setters: Vec<_> = fields
                .iter()
                .map(|(setter, value)| call(setter, value, imports))
                .collect();
            quote!(#name::builder() #(#setters)* .build())
        }
        Value::Union {
            name,
            variant,
            value: held,
        } => {
            let (name, variant) = (imports.ty(name), ident(variant));
            let held = held.as_ref().map(|(held, boxed)| {
                let held = value(held, imports);
                if *boxed {
                    quote!((Box::new(#held)))
                } else {
                    quote!((#held))
                }
            });
            quote!(#name::#variant #held)
        }
        Value::UnknownUnion(name) => {
            let (name, document) = (imports.ty(name), imports.krate("Document"));
            quote!(#name::Unknown { tag: String::new(), value: #document::Object(Default::default()) })
        }
        Value::Events {
            events,
            error: None,
        } if events.is_empty() => {
            quote!(smithy_rt::EventStream::default())
        }
        Value::Events { events, error } => {
            let events = events.iter().map(|event| {
                let event = value(event, imports);
                quote!(Ok(#event))
            });
            let mut items: Vec<_> = events.collect();
            if let Some((name, error)) = error {
                let (errors, variant) = (imports.krate("ServiceError"), ident(&name.rust));
                let error = value(error, imports);
                items.push(quote!(Err(#errors::#variant(#error))));
            }
            quote!(smithy_rt::EventStream::from_events([#(#items),*]))
        }
        Value::List { elements, sparse } => {
            let elements: Vec<_> = elements
                .iter()
                .map(|element| entry(element.as_ref(), *sparse, imports))
                .collect();
            quote!(vec![#(#elements),*])
        }
        Value::Map { entries, .. } if entries.is_empty() => quote!(Default::default()),
        Value::Map { entries, sparse } => {
            let map = imports.std("std::collections", "HashMap");
            let entries = entries.iter().map(|(key, item)| {
                let (key, item) = (value(key, imports), entry(item.as_ref(), *sparse, imports));
                quote!((#key, #item))
            });
            let entries: Vec<_> = entries.collect();
            quote!(#map::from([#(#entries),*]))
        }
    }
}

/// `.name("foo")`
fn call(setter: &str, argument: &Value, imports: &mut Imports) -> TokenStream {
    let setter = ident(setter);
    let argument = match argument {
        // The builder takes anything that is into a string.
        Value::Scalar {
            value: DefaultValue::String(text),
            ty: RustType::String,
        } => literal::text(text),
        other => value(other, imports),
    };
    quote!(.#setter(#argument))
}

/// An element of a list, or a value of a map.
fn entry(item: Option<&Value>, sparse: bool, imports: &mut Imports) -> TokenStream {
    match item {
        None => quote!(None),
        Some(item) => {
            let item = value(item, imports);
            if sparse { quote!(Some(#item)) } else { item }
        }
    }
}

fn document(json: &serde_json::Value, imports: &mut Imports) -> TokenStream {
    if json.is_null() {
        let document = imports.krate("Document");
        return quote!(#document::Null);
    }
    let text = literal::text(&json.to_string());
    quote!(protocol_test::document(#text))
}
