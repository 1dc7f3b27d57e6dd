//! `tests/protocol.rs`: the protocol tests of the model.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value as Json};

use super::event_stream_tests;
use super::imports::Imports;
use super::literal;
use super::value::value;
use crate::format;
use crate::ir::{Answer, BodyForm, Crate, Expectation, ExpectedRequest, Operation, ProtocolTest};
use crate::names::ident;

/// The file.
///
/// ```text
/// #[test]
/// fn serialize_string_request() {
///     let request = JsonUnionsInput::builder().contents(…).build();
///     protocol_test::sent("https://example.com", |config| Client::new(config).json_unions(request))
///         .is("POST", "/")
///         .header("Content-Type", "application/x-amz-json-1.0")
///         .json(r#"{"contents": {"stringValue": "foo"}}"#);
/// }
///
/// #[test]
/// fn deserialize_string_response() {
///     let answer = protocol_test::Answer::new(200).header("Content-Type", "application/x-amz-json-1.0").body(r#"…"#);
///     let request = JsonUnionsInput::builder().build();
///     let response = protocol_test::answered(answer, |config| Client::new(config).json_unions(request));
///     let expected = JsonUnionsOutput::builder().contents(…).build();
///     protocol_test::assert_same(&response.unwrap(), &expected);
/// }
/// ```
pub fn file(ir: &Crate) -> Option<TokenStream> {
    if ir.protocol_tests.is_empty() {
        return None;
    }
    let about = format::inner_doc(ABOUT);
    let mut imports = Imports::default();
    imports.rt("protocol_test");
    let functions = ir
        .protocol_tests
        .iter()
        .filter_map(|test| Some(function(test, ir.operation(&test.operation)?, &mut imports)));
    let functions: Vec<_> = functions.collect();
    let imports = imports.lines_outside(&ir.service.crate_name);
    Some(quote! {
        #about
        #![allow(deprecated)]
        #imports
        #(#functions)*
    })
}

const ABOUT: &str = "The protocol tests of the model: the HTTP request of an input, and the output of an HTTP response.";

fn function(test: &ProtocolTest, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let docs = format::doc(&test.docs);
    let name = ident(&test.name);
    let request = request(test, operation, imports);
    let body = match &test.expectation {
        Expectation::Request(expected) => sent(expected, operation, imports),
        Expectation::Response {
            answer,
            value: expected,
        } => {
            let answered = answered(answer, operation, imports);
            let expected = value(expected, imports);
            let assertion = match operation.output_stream {
                Some(_) => {
                    let marker = imports.krate(&operation.marker);
                    quote!(protocol_test::assert_same_stream::<#marker>(response.unwrap(), expected);)
                }
                None => quote!(protocol_test::assert_same(&response.unwrap(), &expected);),
            };
            quote! {
                #answered
                let expected = #expected;
                #assertion
            }
        }
        Expectation::SentEvents { head, events } => {
            event_stream_tests::sent(head.as_ref(), events, operation, imports)
        }
        Expectation::ReceivedEvents {
            answer,
            events,
            outcome,
        } => event_stream_tests::received(answer, events, outcome, operation, imports),
        Expectation::Error {
            answer,
            name,
            value: expected,
            code,
        } => {
            let answered = answered(answer, operation, imports);
            let (errors, variant) = (imports.krate(&operation.error), ident(&name.rust));
            let expected = value(expected, imports);
            let code = code
                .as_ref()
                .map(|code| quote!(assert_eq!(error.code(), Some(#code));));
            quote! {
                #answered
                let error = response.unwrap_err();
                let Some(#errors::#variant(received)) = error.as_service_error() else {
                    panic!("{error:?}");
                };
                let expected = #expected;
                protocol_test::assert_same(received, &expected);
                #code
            }
        }
    };
    quote! {
        #docs
        #[test]
        fn #name() {
            #request
            #body
        }
    }
}

/// `let request = …;`, with the token that Smithy's tests expect where a token is filled in.
fn request(test: &ProtocolTest, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let request = value(&test.request, imports);
    let is_sent = matches!(test.expectation, Expectation::Request(_));
    if operation.idempotency_token.is_none() || !is_sent {
        return quote!(let request = #request;);
    }
    let marker = imports.krate(&operation.marker);
    quote! {
        let mut request = #request;
        <#marker as smithy_rt::Operation>::set_idempotency_token(&mut request, &mut protocol_test::token);
    }
}

fn answered(head: &Answer, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let (client, function) = (imports.krate("Client"), ident(&operation.function));
    let answer = answer(head);
    quote! {
        let answer = #answer;
        let response = protocol_test::answered(answer, |config| #client::new(config).#function(request));
    }
}

/// `protocol_test::Answer::new(200).header("Content-Type", "application/json").body("{}")`
pub fn answer(answer: &Answer) -> TokenStream {
    let status = proc_macro2::Literal::u16_unsuffixed(answer.code);
    let headers = headers(&answer.headers);
    let body = (!answer.body.is_empty()).then(|| {
        let body = literal::text(&answer.body);
        match answer.body_form() {
            BodyForm::Cbor => quote!(.base64(#body)),
            _ => quote!(.body(#body)),
        }
    });
    quote!(protocol_test::Answer::new(#status) #(#headers)* #body)
}

fn headers(headers: &Map<String, Json>) -> Vec<TokenStream> {
    let text = |value: &Json| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    headers
        .iter()
        .map(|(name, value)| (name, text(value)))
        .map(|(name, value)| quote!(.header(#name, #value)))
        .collect()
}

fn sent(expected: &ExpectedRequest, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let (client, function) = (imports.krate("Client"), ident(&operation.function));
    let given = expected.host.as_deref().unwrap_or("example.com");
    let endpoint = format!("https://{given}");
    let host = expected
        .resolved_host
        .as_deref()
        .unwrap_or(given)
        .split('/')
        .next();
    let host = host.filter(|_| expected.host.is_some() || expected.resolved_host.is_some());
    let host = host.map(|host| quote!(.host(#host)));
    let checks = checks(expected, host);
    quote! {
        protocol_test::sent(#endpoint, |config| #client::new(config).#function(request)) #checks;
    }
}

/// `.is("POST", "/").query("a=b").header("Content-Type", "application/json").json("{}")`
pub fn checks(expected: &ExpectedRequest, host: Option<TokenStream>) -> TokenStream {
    let (method, uri) = (&expected.method, &expected.uri);
    let headers = headers(&expected.headers);
    let required = each("has_header", &expected.require_headers);
    let forbidden = each("lacks_header", &expected.forbid_headers);
    let query = each("query", &expected.query_params);
    let required_query = each("has_query", &expected.require_query_params);
    let forbidden_query = each("lacks_query", &expected.forbid_query_params);
    let body = expected.body().map(|(body, form)| {
        let text = literal::text(body);
        match form {
            BodyForm::Text => quote!(.body(#text)),
            BodyForm::Json => quote!(.json(#text)),
            BodyForm::Cbor => quote!(.cbor(#text)),
            BodyForm::Xml => quote!(.xml(#text)),
            BodyForm::Form => quote!(.form(#text)),
        }
    });
    quote! {
        .is(#method, #uri)
        #host
        #(#query)* #(#required_query)* #(#forbidden_query)*
        #(#headers)* #(#required)* #(#forbidden)*
        #body
    }
}

pub fn each(check: &str, names: &[String]) -> Vec<TokenStream> {
    let check = ident(check);
    names.iter().map(|name| quote!(.#check(#name))).collect()
}
