//! `src/lib.rs`, and the module indexes.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ident;
use crate::format;
use crate::ir::{Crate, Structure, Type};

/// `src/lib.rs`
///
/// ```text
/// //! Example Weather …
///
/// #![deny(…)]
///
/// mod client;
/// …
/// pub use client::Client;
/// …
/// /// A call of an operation. It is sent once it is awaited …
/// pub type Call<T, E> = smithy_rt::Call<T, Error<E>>;
/// ```
pub fn root(ir: &Crate) -> TokenStream {
    let docs = format::inner_doc(&ir.service.docs);
    let lints = lints(ir);
    let module_indexes: Vec<_> = module_indexes(ir).collect();
    let builders = builders(ir).map(|_| {
        quote!(
            pub mod builders;
        )
    });
    let aliases = aliases(ir);
    quote! {
        #docs
        #lints

        mod client;
        mod error;
        pub mod endpoint;
        #builders
        #(pub mod #module_indexes;)*

        pub use client::Client;
        pub use error::{Error, ServiceError};
        pub use smithy_rt::{Blob, ClientBuilder, DateTime, Document, SdkConfig, UnmodeledError};
        #(pub use #module_indexes::*;)*

        /// The runtime of the crate, with the other types that calls and errors consist of, such as
        /// `smithy_rt::SdkError` and `smithy_rt::ResponseMetadata`.
        pub use smithy_rt;

        /// A fake of the service, for tests without a network.
        #[cfg(feature = "test-util")]
        pub use smithy_rt::fake;

        #aliases
    }
}

/// The modules that only re-export others, if there are any to re-export.
fn module_indexes(ir: &Crate) -> impl Iterator<Item = Ident> {
    let operation = (!ir.operations.is_empty()).then(|| ident("operation"));
    let types = (!ir.types.is_empty()).then(|| ident("types"));
    operation.into_iter().chain(types)
}

fn lints(ir: &Crate) -> TokenStream {
    let allow_deprecated = ir.deprecates().then(|| {
        let comment = format::inner_comment(
            "The model deprecates some of what is here, and has to name it all the same.",
        );
        quote!(#comment #![allow(deprecated)])
    });
    quote! {
        #![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]
        #![warn(missing_docs)]
        #![allow(
            clippy::builtin_type_shadow, clippy::disallowed_names, clippy::self_named_constructors, clippy::should_implement_trait,
            reason = "names are the model's"
        )]
        #![allow(clippy::large_enum_variant, clippy::type_complexity, reason = "types are as large as the model says")]
        #![allow(rustdoc::redundant_explicit_links, reason = "links do not depend on what a file imports")]
        #allow_deprecated
    }
}

fn aliases(ir: &Crate) -> TokenStream {
    let has_waiters = ir
        .operations
        .iter()
        .any(|operation| !operation.waiters.is_empty());
    let waiter = has_waiters.then(|| {
        quote! {
            /// A waiter: once awaited, it polls an operation until an acceptor decides. `R` is its output.
            pub type Waiter<T, E, R = T> = smithy_rt::Waiter<T, Error<E>, R>;
        }
    });
    let has_pages = ir
        .operations
        .iter()
        .any(|operation| operation.pages.is_some());
    let pages = has_pages.then(|| {
        quote! {
            /// A paginator: a stream of responses, each requested when it is polled for.
            pub type Paginator<T, E> = smithy_rt::Paginator<T, Error<E>>;
        }
    });
    quote! {
        /// A call of an operation. It is sent once it is awaited, and its settings can be changed before.
        pub type Call<T, E> = smithy_rt::Call<T, Error<E>>;
        #waiter
        #pages
    }
}

/// `src/operation.rs` or `src/types.rs`: the names of each module, but not those of builders.
///
/// ```text
/// //! The types that are part of requests and responses, and the errors.
///
/// pub(crate) mod input_data_config;
/// pub(crate) mod job_status;
///
/// pub use input_data_config::InputDataConfig;
/// pub use job_status::JobStatus;
/// ```
pub fn module_index(docs: &str, modules: &[(&str, Vec<&str>)]) -> TokenStream {
    let docs = format::inner_doc(docs);
    let names = modules.iter().map(|(_, names)| {
        let names = names.iter().map(|name| ident(name));
        quote!({ #(#names),* })
    });
    let modules: Vec<_> = modules.iter().map(|(module, _)| ident(module)).collect();
    quote! {
        #docs
        #(pub(crate) mod #modules;)*
        #(pub use #modules::#names;)*
    }
}

/// `src/builders.rs`, if there is a structure: a module of their own, so that they do not hide the types that they build.
///
/// ```text
/// //! The builders of requests, responses and other structures …
///
/// pub use crate::operation::{start_job::{StartJobRequestBuilder, start_job_request_builder}};
/// pub use crate::types::{s3_configuration::{S3ConfigurationBuilder, s3_configuration_builder}};
/// ```
pub fn builders(ir: &Crate) -> Option<TokenStream> {
    let docs = format::inner_doc(
        "The builders of structures, which the function `builder` of each returns.",
    );
    let operations = ir.operations.iter();
    let of_operations = operations
        .filter_map(|operation| builders_of(&operation.module, operation.structures()))
        .collect();
    let types = ir.types.iter();
    let of_types = types
        .filter_map(|ty| match ty {
            Type::Structure(structure) => builders_of(&structure.about.module, [structure]),
            _ => None,
        })
        .collect();
    let all = [("operation", of_operations), ("types", of_types)];
    let lines: Vec<_> = all
        .into_iter()
        .filter(|(_, builders): &(_, Vec<_>)| !builders.is_empty())
        .map(|(index, builders)| {
            let index = ident(index);
            quote!(pub use crate::#index::{ #(#builders),* };)
        })
        .collect();
    (!lines.is_empty()).then(|| quote!(#docs #(#lines)*))
}

/// The builders of these structures, and their modules, which do not show in documentation: by these, the compiler names members that
/// have not been set.
///
/// ```text
/// start_job::{StartJobRequestBuilder, start_job_request_builder}
/// ```
fn builders_of<'a>(
    module: &str,
    structures: impl IntoIterator<Item = &'a Structure>,
) -> Option<TokenStream> {
    let module = ident(module);
    let builders: Vec<_> = structures
        .into_iter()
        .flat_map(|structure| [&structure.builder, &structure.builder_module])
        .map(|name| ident(name))
        .collect();
    (!builders.is_empty()).then(|| quote!(#module::{ #(#builders),* }))
}
