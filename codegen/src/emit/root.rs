//! `src/lib.rs`, and the module indexes.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ident;
use crate::format;
use crate::ir::{Crate, Operation, Structure, Type};

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
    let has_structures = structures_of_operations(ir)
        .chain(structures_of_types(ir))
        .next()
        .is_some();
    let builders = has_structures.then(|| {
        quote!(
            pub mod builders;
        )
    });
    let byte_stream = ir.streams_bytes().then(|| quote!(ByteStream,));
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
        pub use smithy_rt::{Blob, #byte_stream ClientBuilder, DateTime, Document, SdkConfig, UnmodeledError};
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
            ///
            /// Before that, `max_wait` sets when it gives up, and `min_delay` and `max_delay` how often
            /// it polls. To show progress, call `next` in place of awaiting it: it polls once.
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
            ///
            /// `next` returns them one by one. Where the model says what they list, `items` is a stream
            /// of that.
            pub type Paginator<T, E> = smithy_rt::Paginator<T, Error<E>>;
        }
    });
    quote! {
        /// A call of an operation. It is sent once it is awaited.
        ///
        /// Before that, `timeout_config`, `retry_config` and `interceptor` change the client's settings
        /// for this call alone, and `with_metadata` lets it return the request ID and the number of
        /// attempts, too.
        pub type Call<T, E> = smithy_rt::Call<T, Error<E>>;
        #waiter
        #pages
    }
}

/// `src/operation.rs` or `src/types.rs`: the names of each module. Of a builder, it is the module, which does not show in
/// documentation.
///
/// ```text
/// //! The types that are part of requests and responses, and the errors.
///
/// mod job_status;
/// mod s3_configuration;
///
/// pub use job_status::JobStatus;
/// pub use s3_configuration::{S3Configuration, s3_configuration_builder};
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
        #(mod #modules;)*
        #(pub use #modules::#names;)*
    }
}

/// `src/builders.rs`, if there is a structure: a module of their own, so that they do not hide the types that they build.
///
/// ```text
/// //! The builders of structures …
///
/// pub use crate::operation::{start_job_request_builder::StartJobRequestBuilder};
/// pub use crate::types::{s3_configuration_builder::S3ConfigurationBuilder};
/// ```
pub fn builders(ir: &Crate) -> Option<TokenStream> {
    let docs = format::inner_doc(
        "The builders of structures, which the function `builder` of each returns.",
    );
    let lines: Vec<_> = builders_of("operation", structures_of_operations(ir))
        .into_iter()
        .chain(builders_of("types", structures_of_types(ir)))
        .collect();
    (!lines.is_empty()).then(|| quote!(#docs #(#lines)*))
}

/// The structures in `src/operation.rs`.
fn structures_of_operations(ir: &Crate) -> impl Iterator<Item = &Structure> {
    ir.operations.iter().flat_map(Operation::structures)
}

/// The structures in `src/types.rs`.
fn structures_of_types(ir: &Crate) -> impl Iterator<Item = &Structure> {
    ir.types.iter().filter_map(Type::as_structure)
}

fn builders_of<'a>(
    index: &str,
    structures: impl Iterator<Item = &'a Structure>,
) -> Option<TokenStream> {
    let index = ident(index);
    let builders: Vec<_> = structures
        .map(|structure| {
            let (module, builder) = (ident(&structure.builder_module), ident(&structure.builder));
            quote!(#module::#builder)
        })
        .collect();
    (!builders.is_empty()).then(|| quote!(pub use crate::#index::{ #(#builders),* };))
}
