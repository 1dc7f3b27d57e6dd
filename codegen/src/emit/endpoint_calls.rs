//! `tests/operation_endpoints.rs`: where calls go, as the model's tests of its endpoint rules say.

use proc_macro2::TokenStream;
use quote::quote;

use super::endpoint_tests::argument;
use super::imports::Imports;
use super::value::value;
use crate::format;
use crate::ir::endpoint::Setting;
use crate::ir::{Crate, Destination, EndpointCall, Operation};
use crate::names::{self, ident};
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
pub fn file(ir: &Crate) -> Option<TokenStream> {
    if ir.endpoint_calls.is_empty() {
        return None;
    }
    let about = format::inner_doc(
        "The destinations of calls: the tests of the model's endpoint rules that name operations.",
    );
    let mut imports = Imports::default();
    imports.rt("protocol_test");
    let tests = ir.endpoint_calls.iter();
    let tests: Vec<_> = tests
        .filter_map(|call| Some(test(call, ir.operation(&call.operation)?, ir, &mut imports)))
        .collect();
    let imports = imports.lines_outside(&ir.service.crate_name);
    Some(quote! {
        #about
        #![allow(deprecated)]
        #imports
        #(#tests)*
    })
}

fn test(
    call: &EndpointCall,
    operation: &Operation,
    ir: &Crate,
    imports: &mut Imports,
) -> TokenStream {
    let about = call.documentation.as_deref().map(format::doc);
    let name = ident(&call.name);
    let settings = call.settings.iter().map(setting);
    let request = value(&call.request, imports);
    let client = client(call, ir, imports);
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
fn client(call: &EndpointCall, ir: &Crate, imports: &mut Imports) -> TokenStream {
    let client = imports.krate("Client");
    if call.client_context.is_empty() {
        return quote!(#client::new(config));
    }
    let krate = ident(&names::library(&ir.service.crate_name));
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
