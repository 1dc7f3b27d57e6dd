//! `tests/endpoints.rs`: the model's tests of its endpoint rules.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::format::{doc, inner_doc};
use crate::ir::endpoint::{EndpointTest, Endpoints, Expectation};
use crate::names::{self, ident};
use crate::rules::ParameterValue;

use super::endpoint::{extras, mentions, text};

/// The whole file, if the model has tests.
///
/// ```text
/// /// For region us-east-1 with FIPS disabled and DualStack disabled
/// #[test]
/// fn region_us_east_1_with_fips_disabled_and_dual_stack_disabled() {
///     let params = Params::builder().region("us-east-1").use_fips(false).use_dual_stack(false).build();
///     let expected = Endpoint::builder().url("https://weather.us-east-1.amazonaws.com").build();
///     assert_eq!(params.resolve(), Ok(expected));
/// }
/// ```
pub fn file(endpoints: &Endpoints, crate_name: &str) -> Option<TokenStream> {
    if endpoints.tests.is_empty() {
        return None;
    }
    let about = inner_doc("The tests of the endpoint rules that the model brings along.");
    let crate_name = ident(&names::library(crate_name));
    let tests: TokenStream = endpoints.tests.iter().map(test).collect();
    let imports = [
        "Endpoint",
        "EndpointAuthScheme",
        "EndpointError",
        "EndpointProperty",
    ]
    .into_iter()
    .filter(|name| mentions(&tests, name))
    .map(|name| format_ident!("{name}"));
    let makes_properties = mentions(&tests, "array") || mentions(&tests, "object");
    let module = makes_properties.then(|| quote!(self,));
    Some(quote! {
        #about
        use #crate_name::endpoint::Params;
        use smithy_rt::endpoint::{#module #(#imports),*};
        #tests
    })
}

fn test(test: &EndpointTest) -> TokenStream {
    let about = test.documentation.as_deref().map(doc);
    let name = ident(&test.name);
    let setters = test.parameters.iter().map(|(name, value)| {
        let (field, value) = (ident(name), argument(value));
        quote!(.#field(#value))
    });
    let expected = match &test.expected {
        Expectation::Error(message) => quote!(let expected = Err(EndpointError::new(#message));),
        Expectation::Endpoint(endpoint) => {
            let url = text(&endpoint.url);
            let extras = extras(endpoint);
            quote!(let expected = Ok(Endpoint::builder().url(#url) #extras .build());)
        }
    };
    quote! {
        #about
        #[test]
        fn #name() {
            let params = Params::builder() #(#setters)* .build();
            #expected
            assert_eq!(params.resolve(), expected);
        }
    }
}

/// The value of a parameter, for a setter.
pub(super) fn argument(value: &ParameterValue) -> TokenStream {
    match value {
        ParameterValue::String(value) => quote!(#value),
        ParameterValue::Boolean(value) => quote!(#value),
        ParameterValue::StringArray(values) => quote!(vec![#(#values.to_owned()),*]),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::file;
    use crate::Diagnostic;
    use crate::emit::endpoint;
    use crate::format::{self, Header};
    use crate::ir::endpoint::Endpoints;
    use crate::lower::endpoint::Bound;

    fn ir(rules: &Value, tests: Option<&Value>) -> Result<Endpoints, Vec<Diagnostic>> {
        let by_call = ["Bucket", "Tables", "type"].map(str::to_owned).into();
        let by_client = ["Stage", "type"].map(str::to_owned).into();
        Endpoints::new(rules, tests, &Bound { by_call, by_client })
    }

    /// The diagnostics of a rule set, a line for each problem.
    fn problems(rules: &Value) -> String {
        let problems = ir(rules, None).unwrap_err();
        let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    }

    #[test]
    fn every_form_of_the_language_becomes_rust() {
        let fixture = include_str!("../../tests/fixtures/endpoint_rules.json");
        let fixture: Value = serde_json::from_str(fixture).unwrap();
        let traits = &fixture["shapes"]["example#Example"]["traits"];
        let tests = &traits["smithy.rules#endpointTests"];
        let ir = ir(&traits["smithy.rules#endpointRuleSet"], Some(tests)).unwrap();
        let header = Header {
            generator: "",
            model: None,
            shape: None,
        };
        insta::assert_snapshot!("rules", format::file(&header, endpoint::file(&ir)).unwrap());
        insta::assert_snapshot!(
            "tests",
            format::file(&header, file(&ir, "my-crate").unwrap()).unwrap()
        );
        assert!(ir.depend_on_call());
    }

    #[test]
    fn rules_that_are_not_understood_are_errors_that_say_where() {
        let error = |rule: Value| {
            let rules = json!({
                "version": "1.0",
                "parameters": { "Region": { "type": "String" } },
                "rules": [{ "conditions": [], "type": "error", "error": "x" }, rule],
            });
            // The first rule always holds, and yet what follows is read.
            problems(&rules)
        };
        let condition = |condition: Value| {
            let rules = json!({
                "version": "1.0",
                "parameters": { "Region": { "type": "String" } },
                "rules": [{ "conditions": [condition], "type": "error", "error": "x" }],
            });
            problems(&rules)
        };
        insta::assert_snapshot!(
            [
                error(json!({ "type": "shrub" })),
                error(json!({ "type": "endpoint", "endpoint": { "url": { "fn": "nope", "argv": [] } } })),
                condition(json!({ "fn": "not", "argv": [] })),
                condition(json!({ "fn": "uriEncode", "argv": [{ "ref": "Region" }] })),
                condition(json!({ "fn": "isSet", "argv": [{ "ref": "Nothing" }] })),
                condition(json!({ "fn": "stringEquals", "argv": ["a", true] })),
                condition(json!({ "fn": "stringEquals", "argv": ["{Region", "b"] })),
                condition(json!({ "fn": "getAttr", "argv": [{ "fn": "aws.partition", "argv": ["x"] }, "colour"] })),
                condition(json!({ "fn": "ite", "argv": [true, "a", 1] })),
                condition(json!({ "fn": "coalesce", "argv": [] })),
                condition(json!({ "fn": "substring", "argv": ["abc", -1, 2, false] })),
                condition(json!({ "fn": "parseURL", "argv": ["https://{a}.com"] })),
            ]
            .join("\n"),
            @r#"
endpointRuleSet.rules[1].type: expected tree, endpoint or error, found "shrub"
endpointRuleSet.rules[1].endpoint.url: calls "nope", which is not supported; supported are isSet, not, booleanEquals, stringEquals, getAttr, substring, split, coalesce, ite, parseURL, uriEncode, isValidHostLabel, aws.partition, aws.parseArn, aws.isVirtualHostableS3Bucket
endpointRuleSet.rules[0].conditions[0].argv[0]: not has too few arguments: 0
endpointRuleSet.rules[0].conditions[0].argv[0]: this may be unset: test it with isSet, or assign it in a condition first
endpointRuleSet.rules[0].conditions[0].argv[0]: there is no parameter Nothing, and no condition assigned it
endpointRuleSet.rules[0].conditions[0].argv[1]: expected a value of type String, found Boolean
endpointRuleSet.rules[0].conditions[0].argv[0]: the braces in "{Region" do not match; a brace that stands for itself is written twice
endpointRuleSet.rules[0].conditions[0].argv[0]: a value of type Partition has no attribute "colour"
endpointRuleSet.rules[0].conditions[0].argv: expected values of one type, found String and Integer
endpointRuleSet.rules[0].conditions[0].argv: coalesce has no arguments
endpointRuleSet.rules[0].conditions[0].argv[1]: expected a number from 0 on
endpointRuleSet.rules[0].conditions[0].argv[0]: there is no parameter a, and no condition assigned it
"#
        );
    }
    #[test]
    fn all_that_is_not_supported_is_listed_at_once() {
        let rules = json!({
            "version": "1.0",
            "rules": [
                { "conditions": [{ "fn": "hop", "argv": [{ "fn": "skip", "argv": [] }] }], "type": "error", "error": "x" },
                { "type": "tree", "rules": [{ "type": "endpoint", "endpoint": { "url": { "fn": "jump", "argv": [] } } }] },
            ],
        });
        let supported = "which is not supported; supported are isSet, not, booleanEquals, stringEquals, getAttr, substring, split, \
                         coalesce, ite, parseURL, uriEncode, isValidHostLabel, aws.partition, aws.parseArn, \
                         aws.isVirtualHostableS3Bucket";
        assert_eq!(
            problems(&rules),
            format!(
                "endpointRuleSet.rules[0].conditions[0]: calls \"hop\", {supported}\n\
                 endpointRuleSet.rules[0].conditions[0].argv[0]: calls \"skip\", {supported}\n\
                 endpointRuleSet.rules[1].rules[0].endpoint.url: calls \"jump\", {supported}"
            )
        );
    }

    fn endpoint_at(url: Value, schemes: &[&str]) -> Value {
        let schemes: Vec<_> = schemes.iter().map(|name| json!({ "name": name })).collect();
        let properties = json!({ "authSchemes": schemes });
        json!({ "type": "endpoint", "endpoint": { "url": url, "properties": properties } })
    }

    fn rules(rules: &[Value]) -> Value {
        let endpoint = json!({ "type": "String", "builtIn": "SDK::Endpoint", "required": true });
        json!({ "version": "1.0", "parameters": { "Endpoint": endpoint }, "rules": rules })
    }

    #[test]
    fn the_signatures_that_endpoints_ask_for_are_known() {
        let some = rules(&[
            endpoint_at(json!("https://a"), &["sigv4a"]),
            endpoint_at(json!("https://b"), &["bearer", "sigv4"]),
            endpoint_at(json!("https://c"), &["sigv4-s3express"]),
        ]);
        let ir = ir(&some, None).unwrap();
        assert!(ir.want_sigv4a);
        assert_eq!(ir.other_auth_schemes, ["sigv4-s3express".to_owned()].into());

        let all = rules(&[
            endpoint_at(json!("https://a"), &["sigv4-s3express"]),
            endpoint_at(json!("https://b"), &["bearer"]),
            endpoint_at(json!("{Endpoint}"), &[]),
        ]);
        assert_eq!(
            problems(&all),
            "endpointRuleSet.rules: all endpoints require calls to be signed with bearer or sigv4-s3express, which is not supported: expected sigv4 or sigv4a"
        );
    }

    #[test]
    fn the_account_is_known_when_a_call_is_made() {
        let with = |built_in: &str| {
            let parameter = json!({ "type": "String", "builtIn": built_in });
            let rules = json!({ "version": "1.0", "parameters": { "P": parameter }, "rules": [] });
            ir(&rules, None).unwrap().depend_on_call()
        };
        assert!(with("AWS::Auth::AccountId"));
        assert!(!with("AWS::Region"));
    }
}
