//! `tests/operation_endpoints.rs`: where calls go, as the model's tests of its endpoint rules say.

use proc_macro2::TokenStream;
use quote::quote;

use super::endpoint_tests::argument;
use super::uses::Uses;
use super::value::value;
use crate::names::ident;
use crate::plan::endpoint::Setting;
use crate::plan::{Destination, EndpointCall, Operation, Plan};
use crate::print;
use crate::rules::ParameterValue;

/// The whole file, if the model has such tests.
///
/// ```text
/// #[test]
/// fn get_records_region_us_east_1() {
///     let settings = protocol_test::Settings::new().region("us-east-1");
///     let request = GetRecordsInput::builder().stream_arn("…".to_owned()).build();
///     let destination = settings.destination(|config| Client::new(config).get_records(request));
///     assert_eq!(destination, Ok("https://data-kinesis.us-east-1.amazonaws.com".to_owned()));
/// }
/// ```
pub fn file(plan: &Plan) -> Option<TokenStream> {
    if plan.endpoint_calls.is_empty() {
        return None;
    }
    let about = print::inner_doc(
        "Where calls go: the tests of the endpoint rules that the model brings along, by way of operations.",
    );
    let mut uses = Uses::default();
    uses.rt("protocol_test");
    let tests = plan.endpoint_calls.iter();
    let tests: Vec<_> = tests
        .filter_map(|call| {
            Some(test(
                call,
                plan.operation(&call.operation)?,
                plan,
                &mut uses,
            ))
        })
        .collect();
    let uses = uses.lines_outside(&plan.service.crate_name);
    Some(quote! {
        #about
        #![allow(deprecated)]
        #uses
        #(#tests)*
    })
}

fn test(call: &EndpointCall, operation: &Operation, plan: &Plan, uses: &mut Uses) -> TokenStream {
    let about = call.documentation.as_deref().map(print::doc);
    let name = ident(&call.name);
    let settings = call.settings.iter().map(setting);
    let request = value(&call.request, uses);
    let client = client(call, plan, uses);
    let function = ident(&operation.function);
    let check = match &call.destination {
        Destination::Url(url) => quote!(assert_eq!(destination, Ok(#url.to_owned()));),
        Destination::Error(message) => quote! {
            let error = destination.unwrap_err();
            assert!(error.contains(#message), "{error}");
        },
    };
    quote! {
        #about
        #[test]
        fn #name() {
            let settings = protocol_test::Settings::new() #(#settings)*;
            let request = #request;
            let destination = settings.destination(|config| #client.#function(request));
            #check
        }
    }
}

/// `Client::new(config)`, or a client with parameters that only this service has.
fn client(call: &EndpointCall, plan: &Plan, uses: &mut Uses) -> TokenStream {
    let client = uses.krate("Client");
    if call.client_context.is_empty() {
        return quote!(#client::new(config));
    }
    let krate = ident(&plan.service.crate_name.replace('-', "_"));
    let setters = call.client_context.iter().map(|(field, value)| {
        let (field, value) = (ident(field), argument(value));
        quote!(.#field(#value))
    });
    quote! {
        #client::builder(config)
            .client_context(#krate::endpoint::ClientContext::builder() #(#setters)* .build())
            .build()
    }
}

/// `.region("us-east-1")`
fn setting((setting, value): &(Setting, ParameterValue)) -> TokenStream {
    let setter = ident(match setting {
        Setting::Region => "region",
        Setting::UseFips => "use_fips",
        Setting::UseDualStack => "use_dual_stack",
        Setting::EndpointUrl => "endpoint_url",
        Setting::AccountId => "account_id",
        Setting::AccountIdEndpointMode => "account_id_endpoint_mode",
    });
    let value = argument(value);
    quote!(.#setter(#value))
}
