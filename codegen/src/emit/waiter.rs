//! Waiters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::endpoint::mentions;
use super::imports::Imports;
use super::jmespath::{self, as_option, is_exactly, value};
use super::{attributes, ident};
use crate::format;
use crate::ir::{Acceptor, ErrorMatcher, Operation, ResponseMatcher, State, Waiter};
use crate::jmespath::Query;

/// The waiters of an operation, each a function of the client.
pub fn waiters(operation: &Operation, imports: &mut Imports) -> TokenStream {
    if operation.waiters.is_empty() {
        return TokenStream::new();
    }
    let functions: Vec<_> = operation
        .waiters
        .iter()
        .map(|waiter| function(waiter, operation, imports))
        .collect();
    let client = imports.krate("Client");
    quote!(impl #client { #(#functions)* })
}

/// ```text
/// pub fn wait_until_stream_not_exists(
///     &self,
///     request: DescribeStreamInput,
/// ) -> Waiter<DescribeStreamOutput, DescribeStreamError, Option<DescribeStreamOutput>> {
///     fn acceptors(…) -> smithy_rt::waiter::AcceptorState { … }
///     let definition = smithy_rt::waiter::Definition::new("StreamNotExists", 10, 120);
///     Waiter::maybe::<DescribeStream>(&self.0, request, &definition, acceptors)
/// }
/// ```
fn function(waiter: &Waiter, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let docs = format::doc(&waiter.docs);
    let deprecated = attributes::deprecated(waiter.deprecated.as_ref());
    let function = ident(&waiter.function);
    let (request, response) = (
        imports.ty(&operation.request),
        imports.ty(&operation.response),
    );
    let (marker, error) = (ident(&operation.marker), ident(&operation.error));
    let waiter_type = imports.krate("Waiter");
    let (result, constructor) = if waiter.may_lack_response {
        (Some(quote!(, Option<#response>)), quote!(maybe))
    } else {
        (None, quote!(of))
    };
    let acceptors = acceptors(waiter, operation, imports);
    let blank = format::blank();
    let name = &waiter.name;
    let min_delay = seconds(waiter.min_delay);
    let max_delay = seconds(waiter.max_delay);
    quote! {
        #docs
        #deprecated
        pub fn #function(&self, request: #request) -> #waiter_type<#response, #error #result> {
            #acceptors
            #blank
            let definition = smithy_rt::waiter::Definition::new(#name, #min_delay, #max_delay);
            #waiter_type::#constructor::<#marker>(&self.0, request, &definition, acceptors)
        }
    }
}

fn seconds(seconds: u64) -> proc_macro2::Literal {
    proc_macro2::Literal::u64_unsuffixed(seconds)
}

/// The acceptors of a waiter, as a function inside its own, where no name of the model can collide with it.
///
/// ```text
/// fn acceptors(
///     _request: &DescribeDnsImportJobRequest,
///     result: Result<&DescribeDnsImportJobResponse, &smithy_rt::Failure<DescribeDnsImportJobError>>,
/// ) -> smithy_rt::waiter::AcceptorState { … }
/// ```
fn acceptors(waiter: &Waiter, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let (request, response) = (
        imports.ty(&operation.request),
        imports.ty(&operation.response),
    );
    let error = ident(&operation.error);
    let argument = ident(if waiter.reads_request {
        "request"
    } else {
        "_request"
    });
    let body = body(waiter);
    quote! {
        fn acceptors(
            #argument: &#request,
            result: Result<&#response, &smithy_rt::Failure<#error>>,
        ) -> smithy_rt::waiter::AcceptorState {
            use smithy_rt::waiter::AcceptorState;
            #body
        }
    }
}

fn body(waiter: &Waiter) -> TokenStream {
    let of_response = of_response(&waiter.of_response);
    let response = if mentions(&of_response, "response") {
        quote!(response)
    } else {
        quote!(_)
    };
    if waiter.of_error.is_empty() && !waiter.of_response.is_empty() {
        return quote! {
            let Ok(#response) = result else { return AcceptorState::NoMatch };
            #of_response
        };
    }
    let of_error = of_error(&waiter.of_error);
    quote! {
        match result {
            Ok(#response) => { #of_response }
            #of_error
        }
    }
}

/// `Err(error) if error.is_named("ResourceNotFoundException") => AcceptorState::Success,`
fn of_error(acceptors: &[Acceptor<ErrorMatcher>]) -> TokenStream {
    let mut arms = TokenStream::new();
    for Acceptor { matcher, state } in acceptors {
        let acceptor_state = acceptor_state(state);
        arms.extend(match matcher {
            ErrorMatcher::Named(names) => {
                quote!(Err(error) if #(error.is_named(#names))||* => #acceptor_state,)
            }
            ErrorMatcher::Any => quote!(Err(_) => #acceptor_state,),
        });
        if matches!(matcher, ErrorMatcher::Any) {
            return arms;
        }
    }
    quote!(#arms Err(_) => AcceptorState::NoMatch,)
}

fn of_response(acceptors: &[Acceptor<ResponseMatcher>]) -> TokenStream {
    if let Some(states) = one_text(acceptors) {
        return states;
    }
    let streams = Streams::of(acceptors);
    let mut statements = streams.definitions();
    for Acceptor { matcher, state } in acceptors {
        let acceptor_state = acceptor_state(state);
        let Some(query) = matcher.query() else {
            return quote!(#statements #acceptor_state);
        };
        let before = jmespath::before(query);
        let condition = jmespath::holds(query, condition(matcher, &streams));
        statements.extend(quote!(#before if #condition { return #acceptor_state; }));
    }
    quote!(#statements AcceptorState::NoMatch)
}

/// The condition that a response matches.
fn condition(matcher: &ResponseMatcher, streams: &Streams) -> TokenStream {
    match matcher {
        ResponseMatcher::Any => quote!(true),
        ResponseMatcher::Boolean(query, expected) => {
            is_exactly(query, *expected).unwrap_or_else(|| quote!(false))
        }
        ResponseMatcher::Text(query, expected) => {
            let value = value(query);
            let expected = if query.optional {
                quote!(Some(#expected))
            } else {
                quote!(#expected)
            };
            quote!(#value == #expected)
        }
        ResponseMatcher::AllTexts(query, expected) => {
            let values = streams.value(query);
            quote!(smithy_rt::waiter::all_equal(#values, #expected))
        }
        ResponseMatcher::AnyText(query, expected) => {
            let values = streams.value(query);
            quote!(smithy_rt::waiter::any_equal(#values, #expected))
        }
    }
}

/// The strings that several acceptors match on, each as a closure that returns them.
///
/// ```text
/// let values = || response.fleets.iter().flatten().map(|item| item.state.as_str());
/// ```
struct Streams(Vec<(Ident, String, TokenStream)>);

impl Streams {
    fn of(acceptors: &[Acceptor<ResponseMatcher>]) -> Self {
        let mut seen: Vec<String> = Vec::new();
        let mut shared: Vec<(Ident, String, TokenStream)> = Vec::new();
        for acceptor in acceptors {
            let (ResponseMatcher::AllTexts(query, _) | ResponseMatcher::AnyText(query, _)) =
                &acceptor.matcher
            else {
                continue;
            };
            if query.may_fail() {
                continue;
            }
            let tokens = value(query);
            let text = tokens.to_string();
            if !seen.contains(&text) {
                seen.push(text);
            } else if !shared.iter().any(|(_, known, _)| *known == text) {
                let name = match shared.len() {
                    0 => "values".to_owned(),
                    others => format!("values_{}", others + 1),
                };
                shared.push((ident(&name), text, tokens));
            }
        }
        Self(shared)
    }

    fn definitions(&self) -> TokenStream {
        self.0
            .iter()
            .map(|(name, _, value)| quote!(let #name = || #value;))
            .collect()
    }

    fn value(&self, query: &Query) -> TokenStream {
        let value = value(query);
        let text = value.to_string();
        match self.0.iter().find(|(_, known, _)| *known == text) {
            Some((name, ..)) => quote!(#name()),
            None => value,
        }
    }
}

/// The usual case: all acceptors compare one and the same string.
///
/// ```text
/// match response.import_job_properties.job_status.as_str() {
///     "COMPLETED" | "COMPLETED_WITH_ERRORS" => AcceptorState::Success,
///     status @ ("FAILED" | "CANCEL_FAILED") => AcceptorState::failure("JobStatus", status, …),
///     _ => AcceptorState::NoMatch,
/// }
/// ```
fn one_text(acceptors: &[Acceptor<ResponseMatcher>]) -> Option<TokenStream> {
    let mut subject: Option<(String, TokenStream, bool)> = None;
    let mut arms: Vec<Arm<'_>> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for Acceptor { matcher, state } in acceptors {
        let ResponseMatcher::Text(query, expected) = matcher else {
            return None;
        };
        if query.may_fail() {
            return None;
        }
        let tokens = value(query);
        match &subject {
            Some((text, ..)) if *text != tokens.to_string() => return None,
            Some(_) => {}
            None => subject = Some((tokens.to_string(), tokens, query.optional)),
        }
        if seen.contains(&expected.as_str()) {
            continue;
        }
        seen.push(expected);
        match arms.last_mut() {
            Some(arm) if std::mem::discriminant(arm.state) == std::mem::discriminant(state) => {
                arm.expected.push(expected);
            }
            _ => arms.push(Arm {
                expected: vec![expected],
                state,
            }),
        }
    }
    let (_, subject, optional) = subject?;
    let arms = arms.iter().map(|arm| arm.tokens(optional));
    Some(quote! {
        match #subject {
            #(#arms)*
            _ => AcceptorState::NoMatch,
        }
    })
}

struct Arm<'a> {
    expected: Vec<&'a str>,
    state: &'a State,
}

impl Arm<'_> {
    fn tokens(&self, optional: bool) -> TokenStream {
        let expected = &self.expected;
        let (pattern, acceptor_state) = match self.state {
            State::Failure { what, message, .. } => {
                let message = self::message(message.as_ref());
                let pattern = if expected.len() == 1 {
                    quote!(#(#expected)*)
                } else {
                    quote!((#(#expected)|*))
                };
                (
                    quote!(state @ #pattern),
                    quote!(AcceptorState::failure(#what, state, #message)),
                )
            }
            state => (quote!(#(#expected)|*), acceptor_state(state)),
        };
        if optional {
            quote!(Some(#pattern) => #acceptor_state,)
        } else {
            quote!(#pattern => #acceptor_state,)
        }
    }
}

fn acceptor_state(state: &State) -> TokenStream {
    match state {
        State::Success => quote!(AcceptorState::Success),
        State::Retry => quote!(AcceptorState::Retry),
        State::Failure { what, is, message } => {
            let message = self::message(message.as_ref());
            quote!(AcceptorState::failure(#what, #is, #message))
        }
    }
}

fn message(message: Option<&Query>) -> TokenStream {
    message.map_or_else(|| quote!(None), as_option)
}
