//! Emitters: each writes one kind of thing, from what was planned, as tokens.
//!
//! They decide nothing. An emitter's documentation shows the Rust that it writes, and its `quote!`
//! shows it again with holes. Names go through `Uses`, which writes the `use` lines
//! of the file in the end.

mod attributes;
mod client;
mod default;
mod endpoint;
mod endpoint_calls;
mod endpoint_tests;
mod enumeration;
mod error;
mod jmespath;
mod literal;
mod operation;
mod pages;
mod protocol_tests;
mod redact;
mod root;
mod rust_type;
mod structure;
mod union;
mod uses;
mod value;
mod waiter;

use proc_macro2::TokenStream;
use quote::quote;

use crate::names::ident;
use crate::plan::{Operation, Plan, Structure, Type};
use uses::Uses;

/// A Rust file before it is printed.
#[derive(Debug)]
pub struct Source {
    /// The path in the crate, such as `src/client.rs`.
    pub path: String,
    /// The shape that it is about, if it is about one.
    pub shape: Option<String>,
    /// What is in it.
    pub tokens: TokenStream,
}

/// The files of the crate, one after the other, so that no more than one is in memory as tokens.
pub fn sources(plan: &Plan) -> impl Iterator<Item = Source> {
    let single = [root, client, error, endpoint];
    single
        .into_iter()
        .map(move |source| source(plan))
        .chain(operations(plan))
        .chain(types(plan))
        .chain(plan.operations.iter().map(operation_file))
        .chain(plan.types.iter().map(type_file))
        .chain(endpoint_tests(plan))
        .chain(endpoint_calls(plan))
        .chain(protocol_tests(plan))
}

fn root(plan: &Plan) -> Source {
    let shape = Some(plan.service.shape.to_string());
    Source {
        path: "src/lib.rs".to_owned(),
        shape,
        tokens: root::root(plan),
    }
}

fn client(plan: &Plan) -> Source {
    source("src/client.rs", &[], |uses| client::client(plan, uses))
}

fn error(plan: &Plan) -> Source {
    source("src/error.rs", &["ServiceError"], |uses| {
        error::of_crate(plan, uses)
    })
}

fn endpoint(plan: &Plan) -> Source {
    let tokens = plan
        .endpoints
        .as_ref()
        .map_or_else(endpoint::file_without_rules, endpoint::file);
    Source {
        path: "src/endpoint.rs".to_owned(),
        shape: None,
        tokens,
    }
}

fn protocol_tests(plan: &Plan) -> Option<Source> {
    Some(Source {
        path: "tests/protocol.rs".to_owned(),
        shape: Some(plan.service.shape.to_string()),
        tokens: protocol_tests::file(plan)?,
    })
}

fn endpoint_tests(plan: &Plan) -> Option<Source> {
    let tokens = endpoint_tests::file(plan.endpoints.as_ref()?, &plan.service.crate_name)?;
    Some(Source {
        path: "tests/endpoints.rs".to_owned(),
        shape: None,
        tokens,
    })
}

fn endpoint_calls(plan: &Plan) -> Option<Source> {
    Some(Source {
        path: "tests/operation_endpoints.rs".to_owned(),
        shape: None,
        tokens: endpoint_calls::file(plan)?,
    })
}

fn operations(plan: &Plan) -> Option<Source> {
    let docs = "The operations, each with its request, its response and its errors.";
    let modules = plan.operations.iter();
    let modules: Vec<_> = modules.map(|operation| operation.module.as_str()).collect();
    gathering("src/operation.rs", docs, &modules)
}

fn types(plan: &Plan) -> Option<Source> {
    let docs = "The types that requests, responses and other types hold, and the errors.";
    let modules = plan.types.iter();
    let modules: Vec<_> = modules.map(|ty| ty.about().module.as_str()).collect();
    gathering("src/types.rs", docs, &modules)
}

fn gathering(path: &str, docs: &str, modules: &[&str]) -> Option<Source> {
    (!modules.is_empty()).then(|| Source {
        path: path.to_owned(),
        shape: None,
        tokens: root::gathering(docs, modules),
    })
}

fn operation_file(operation: &Operation) -> Source {
    let own = operation.own_request.iter().chain(&operation.own_response);
    let mut defined: Vec<_> = own
        .map(|structure| structure.about.name.rust.as_str())
        .collect();
    defined.extend([operation.marker.as_str(), operation.error.as_str()]);
    let path = format!("src/operation/{}.rs", operation.module);
    let source = source(&path, &defined, |uses| {
        operation::operation(operation, uses)
    });
    Source {
        shape: Some(operation.shape.to_string()),
        ..source
    }
}

fn type_file(ty: &Type) -> Source {
    let about = ty.about();
    let path = format!("src/types/{}.rs", about.module);
    let source = source(&path, &[&about.name.rust], |uses| match ty {
        Type::Structure(structure) => structure_with_error(structure, uses),
        Type::Union(union) => union::union(union, uses),
        Type::Enum(strings) => enumeration::of_strings(strings, uses),
        Type::IntEnum(integers) => enumeration::of_integers(integers, uses),
    });
    Source {
        shape: Some(about.name.shape.to_string()),
        ..source
    }
}

fn structure_with_error(structure: &Structure, uses: &mut Uses) -> TokenStream {
    let item = structure::structure(structure, uses);
    let error = structure
        .error
        .as_ref()
        .map(|traits| error::of_structure(structure, traits, uses));
    quote!(#item #error)
}

/// A file with the items that `items` writes, which defines these names itself.
fn source(path: &str, defined: &[&str], items: impl FnOnce(&mut Uses) -> TokenStream) -> Source {
    let mut uses = Uses::default();
    let items = items(&mut uses);
    let uses = uses.lines(defined);
    Source {
        path: path.to_owned(),
        shape: None,
        tokens: quote!(#uses #items),
    }
}
