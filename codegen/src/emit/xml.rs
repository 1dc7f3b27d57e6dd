//! The forms of members in XML.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Xml, XmlInner, XmlNamespace};

/// `.xml("Tag", flattened, namespace("https://example.com/"), element("Item"))`
pub fn of_member(xml: &Xml) -> Option<TokenStream> {
    let form = form(xml)?;
    Some(quote!(.xml(#form)))
}

/// `smithy_rt::xml!("GetJobRequest", namespace("https://example.com/"))`
pub fn of_root(xml: &Xml) -> TokenStream {
    let form = form(xml);
    quote!(smithy_rt::xml!(#form))
}

/// The settings that are not the default, in words.
fn form(xml: &Xml) -> Option<TokenStream> {
    if xml.is_default() {
        return None;
    }
    let mut words: Vec<_> = xml.name.iter().map(|name| quote!(#name)).collect();
    words.extend(xml.query_name.iter().map(|name| quote!(query_name(#name))));
    words.extend(xml.attribute.then(|| quote!(attribute)));
    words.extend(xml.flattened.then(|| quote!(flattened)));
    words.extend(xml.namespace.as_ref().map(namespace));
    match &xml.inner {
        XmlInner::None => {}
        XmlInner::List(element) => {
            words.extend(form(element).map(|form| quote!(element(#form))));
        }
        XmlInner::Map(map) => {
            words.extend(form(&map.0).map(|form| quote!(key(#form))));
            words.extend(form(&map.1).map(|form| quote!(value(#form))));
        }
    }
    Some(quote!(#(#words),*))
}

/// `namespace("https://example.com/")`, or `prefix("x", "https://example.com/")`
fn namespace(namespace: &XmlNamespace) -> TokenStream {
    let uri = &namespace.uri;
    match &namespace.prefix {
        Some(prefix) => quote!(prefix(#prefix, #uri)),
        None => quote!(namespace(#uri)),
    }
}
