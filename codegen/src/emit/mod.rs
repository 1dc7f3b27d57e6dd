//! Emitters: each prints one kind of item of the ir as tokens.
//!
//! They decide nothing. An emitter's documentation shows the Rust that it writes, and its `quote!`
//! shows it again with holes. Names go through `Imports`, which writes the `use` lines
//! of the file in the end.

mod attributes;
mod client;
mod default;
mod endpoint;
mod endpoint_calls;
mod endpoint_tests;
mod enumeration;
mod error;
mod event_stream_tests;
mod imports;
mod jmespath;
mod literal;
mod operation;
mod paginator;
mod protocol_tests;
mod redact;
mod root;
mod rust_type;
mod structure;
mod union;
mod value;
mod waiter;
mod xml;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::ir::{Crate, Operation, Structure, Type};
use crate::names::{self, ident};
use imports::Imports;

/// A Rust file before it is printed.
#[derive(Debug)]
pub struct Source {
    /// The path in the crate, such as `src/client.rs`.
    pub path: String,
    /// The shape that it is about, if it is about one.
    pub shape: Option<String>,
    /// The items of the file.
    pub tokens: TokenStream,
}

/// The files of the crate, one after the other, so that no more than one is in memory as tokens.
pub fn sources(ir: &Crate) -> impl Iterator<Item = Source> {
    let single = [root, client, error, endpoint];
    single
        .into_iter()
        .map(move |source| source(ir))
        .chain(operations(ir))
        .chain(types(ir))
        .chain(builders(ir))
        .chain(ir.operations.iter().map(operation_file))
        .chain(ir.types.iter().map(type_file))
        .chain(endpoint_tests(ir))
        .chain(endpoint_calls(ir))
        .chain(protocol_tests(ir))
}

fn root(ir: &Crate) -> Source {
    let shape = Some(ir.service.shape.to_string());
    Source {
        path: "src/lib.rs".to_owned(),
        shape,
        tokens: root::root(ir),
    }
}

fn client(ir: &Crate) -> Source {
    source("src/client.rs", &[], |imports| client::client(ir, imports))
}

fn error(ir: &Crate) -> Source {
    source("src/error.rs", &["ServiceError"], |imports| {
        error::of_crate(ir, imports)
    })
}

fn endpoint(ir: &Crate) -> Source {
    let tokens = ir
        .endpoints
        .as_ref()
        .map_or_else(endpoint::file_without_rules, endpoint::file);
    Source {
        path: "src/endpoint.rs".to_owned(),
        shape: None,
        tokens,
    }
}

fn protocol_tests(ir: &Crate) -> Option<Source> {
    Some(Source {
        path: "tests/protocol.rs".to_owned(),
        shape: Some(ir.service.shape.to_string()),
        tokens: protocol_tests::file(ir)?,
    })
}

fn endpoint_tests(ir: &Crate) -> Option<Source> {
    let tokens = endpoint_tests::file(ir.endpoints.as_ref()?, &ir.service.crate_name)?;
    Some(Source {
        path: "tests/endpoints.rs".to_owned(),
        shape: None,
        tokens,
    })
}

fn endpoint_calls(ir: &Crate) -> Option<Source> {
    Some(Source {
        path: "tests/operation_endpoints.rs".to_owned(),
        shape: None,
        tokens: endpoint_calls::file(ir)?,
    })
}

fn operations(ir: &Crate) -> Option<Source> {
    let docs = "The operations, each with its request, its response and its errors.";
    let modules = ir.operations.iter();
    let modules: Vec<_> = modules
        .map(|operation| {
            let builders = operation.structures();
            let builders = builders.map(|structure| structure.builder_module.as_str());
            let names = operation.types().into_iter().chain(builders).collect();
            (operation.module.as_str(), names)
        })
        .collect();
    module_index("src/operation.rs", docs, &modules)
}

fn types(ir: &Crate) -> Option<Source> {
    let docs = "The types that requests, responses and other types hold, and the errors.";
    let modules = ir.types.iter();
    let modules: Vec<_> = modules
        .map(|ty| {
            let mut names = vec![ty.about().name.rust.as_str()];
            names.extend(
                ty.as_structure()
                    .map(|structure| structure.builder_module.as_str()),
            );
            (ty.about().module.as_str(), names)
        })
        .collect();
    module_index("src/types.rs", docs, &modules)
}

fn builders(ir: &Crate) -> Option<Source> {
    Some(Source {
        path: "src/builders.rs".to_owned(),
        shape: None,
        tokens: root::builders(ir)?,
    })
}

fn module_index(path: &str, docs: &str, modules: &[(&str, Vec<&str>)]) -> Option<Source> {
    (!modules.is_empty()).then(|| Source {
        path: path.to_owned(),
        shape: None,
        tokens: root::module_index(docs, modules),
    })
}

fn operation_file(operation: &Operation) -> Source {
    let path = format!("src/operation/{}.rs", operation.module);
    let source = source(&path, &operation.types(), |imports| {
        operation::operation(operation, imports)
    });
    Source {
        shape: Some(operation.shape.to_string()),
        ..source
    }
}

fn type_file(ty: &Type) -> Source {
    let about = ty.about();
    let path = format!("src/types/{}.rs", about.module);
    let source = source(&path, &[&about.name.rust], |imports| match ty {
        Type::Structure(structure) => structure_with_error(structure, imports),
        Type::Union(union) => union::union(union, imports),
        Type::Enum(strings) => enumeration::of_strings(strings, imports),
        Type::IntEnum(integers) => enumeration::of_integers(integers, imports),
    });
    Source {
        shape: Some(about.name.shape.to_string()),
        ..source
    }
}

fn structure_with_error(structure: &Structure, imports: &mut Imports) -> TokenStream {
    let item = structure::structure(structure, imports);
    let error = structure
        .error
        .as_ref()
        .map(|traits| error::of_structure(structure, traits, imports));
    quote!(#item #error)
}

/// The name of the setter that takes a field as an `Option`.
fn maybe_setter(field: &str) -> Ident {
    format_ident!("maybe_{}", names::plain(field))
}

/// A file with the items that `items` writes, which defines these names itself.
fn source(path: &str, defined: &[&str], items: impl FnOnce(&mut Imports) -> TokenStream) -> Source {
    let mut imports = Imports::default();
    let items = items(&mut imports);
    let imports = imports.lines(defined);
    Source {
        path: path.to_owned(),
        shape: None,
        tokens: quote!(#imports #items),
    }
}
