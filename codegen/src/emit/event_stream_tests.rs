//! The protocol tests of event streams, in `tests/protocol.rs`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::literal;
use super::protocol_tests::{answer, checks, each};
use super::value::value;
use crate::ir::{
    Answer, BodyForm, EventHeader, EventMessage, ExpectedFailure, ExpectedRequest, Operation, Value,
};
use crate::names::ident;

/// ```text
/// protocol_test::sent("https://example.com", |config| Client::new(config).input_stream(request))
///     .is("POST", "/InputStream")
///     .events([protocol_test::Event::new().string(":event-type", "headers").boolean("booleanHeader", true)]);
/// ```
pub fn sent(
    head: Option<&ExpectedRequest>,
    events: &[EventMessage],
    operation: &Operation,
    imports: &mut Imports,
) -> TokenStream {
    let (client, function) = (imports.krate("Client"), ident(&operation.function));
    let checks = head.map(|head| checks(head, None));
    let events = events.iter().map(event);
    quote! {
        protocol_test::sent("https://example.com", |config| #client::new(config).#function(request))
            #checks
            .events([#(#events),*]);
    }
}

/// ```text
/// let answer = protocol_test::Answer::new(200).events([…]);
/// let response = protocol_test::answered(answer, |config| Client::new(config).output_stream(request));
/// let expected = OutputStreamOutput::builder().stream(EventStream::from_events([…])).build();
/// protocol_test::assert_same_events::<OutputStream, _>(response.unwrap(), expected, |response| response.stream);
/// ```
pub fn received(
    head: &Answer,
    events: &[EventMessage],
    outcome: &Result<Value, ExpectedFailure>,
    operation: &Operation,
    imports: &mut Imports,
) -> TokenStream {
    let (client, function) = (imports.krate("Client"), ident(&operation.function));
    let answer = answer(head);
    let events: Vec<_> = events.iter().map(event).collect();
    // The body of an error is there already.
    let events = (head.body.is_empty()).then(|| quote!(.events([#(#events),*])));
    let stream = operation.output_stream.as_ref();
    let stream = stream.map(|stream| ident(&stream.field));
    let checks = match outcome {
        Ok(expected) => {
            let expected = value(expected, imports);
            quote! {
                let expected = #expected;
                protocol_test::assert_same_events(response.unwrap(), expected, |it| it.#stream);
            }
        }
        Err(failure) => {
            let error = failure.error.as_ref();
            let error = error.map(|(name, expected)| {
                let (errors, variant) = (imports.krate("ServiceError"), ident(&name.rust));
                let is_same = expected.as_ref().map(|expected| {
                    let expected = value(expected, imports);
                    quote!(protocol_test::assert_same(received, &#expected);)
                });
                let received = match is_same {
                    Some(_) => quote!(received),
                    None => quote!(_),
                };
                quote! {
                    let Some(#errors::#variant(#received)) = error.as_service_error() else {
                        panic!("{error:?}");
                    };
                    #is_same
                }
            });
            let name = match error {
                Some(_) => quote!(error),
                None => quote!(_),
            };
            quote! {
                let #name = protocol_test::failure(response.map(|it| it.#stream));
                #error
            }
        }
    };
    quote! {
        let answer = #answer #events;
        let response = protocol_test::answered(answer, |config| #client::new(config).#function(request));
        #checks
    }
}

/// `protocol_test::Event::new().string(":event-type", "headers").json("{}").bytes("AAAA…")`
fn event(message: &EventMessage) -> TokenStream {
    let headers = message.headers.iter().map(|(name, value)| match value {
        EventHeader::Boolean(value) => quote!(.boolean(#name, #value)),
        EventHeader::Byte(value) => integer("byte", name, Literal::i8_unsuffixed(*value)),
        EventHeader::Short(value) => integer("short", name, Literal::i16_unsuffixed(*value)),
        EventHeader::Integer(value) => integer("integer", name, Literal::i32_unsuffixed(*value)),
        EventHeader::Long(value) => integer("long", name, Literal::i64_unsuffixed(*value)),
        EventHeader::Blob(value) => quote!(.blob(#name, #value)),
        EventHeader::String(value) => quote!(.string(#name, #value)),
        EventHeader::Timestamp(value) => quote!(.timestamp(#name, #value)),
    });
    let required = each("has_header", &message.require_headers);
    let forbidden = each("lacks_header", &message.forbid_headers);
    let body = message.body().map(|(body, form)| {
        let text = literal::text(body);
        match form {
            BodyForm::Text | BodyForm::Xml | BodyForm::Form => quote!(.body(#text)),
            BodyForm::Json => quote!(.json(#text)),
            BodyForm::Cbor => quote!(.cbor(#text)),
        }
    });
    let bytes = message.bytes.as_ref().map(|bytes| quote!(.bytes(#bytes)));
    quote!(protocol_test::Event::new() #(#headers)* #(#required)* #(#forbidden)* #body #bytes)
}

fn integer(kind: &str, name: &str, value: Literal) -> TokenStream {
    let kind = ident(kind);
    quote!(.#kind(#name, #value))
}
