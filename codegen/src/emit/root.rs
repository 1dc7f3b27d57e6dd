//! `src/lib.rs`, and the modules that only gather others.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ident;
use crate::format;
use crate::ir::{Crate, Service};

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
/// /// A call that is not made until it is awaited …
/// pub type Call<T, E> = smithy_rt::Call<T, Error<E>>;
/// ```
pub fn root(ir: &Crate) -> TokenStream {
    let docs = format::inner_doc(&ir.service.docs);
    let lints = lints(&ir.service);
    let module_indexs: Vec<_> = module_indexs(ir).collect();
    let aliases = aliases(ir);
    quote! {
        #docs
        #lints

        mod client;
        mod error;
        pub mod endpoint;
        #(pub mod #module_indexs;)*

        pub use client::Client;
        pub use error::{Error, ServiceError};
        pub use smithy_rt::{Blob, ClientBuilder, DateTime, Document, SdkConfig, UnmodeledError};
        #(pub use #module_indexs::*;)*

        /// What the crate stands on. Here are the other types that its calls and errors are made of, such as
        /// `smithy_rt::SdkError` and `smithy_rt::ResponseMetadata`.
        pub use smithy_rt;

        /// A service without a network, for tests.
        #[cfg(feature = "test-util")]
        pub use smithy_rt::fake;

        #aliases
    }
}

/// The modules that gather others, if there is something to gather.
fn module_indexs(ir: &Crate) -> impl Iterator<Item = Ident> {
    let operation = (!ir.operations.is_empty()).then(|| ident("operation"));
    let types = (!ir.types.is_empty()).then(|| ident("types"));
    operation.into_iter().chain(types)
}

fn lints(service: &Service) -> TokenStream {
    let allow_deprecated = service.deprecates.then(|| {
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
            /// Waits until something has come about, once it is awaited. `R` is what it gives in the end.
            pub type Waiter<T, E, R = T> = smithy_rt::Waiter<T, Error<E>, R>;
        }
    });
    let has_pages = ir
        .operations
        .iter()
        .any(|operation| operation.pages.is_some());
    let pages = has_pages.then(|| {
        quote! {
            /// The pages of a list, which are asked for one by one.
            pub type Paginator<T, E> = smithy_rt::Paginator<T, Error<E>>;
        }
    });
    quote! {
        /// A call that is not made until it is awaited, so that its settings can still be changed.
        pub type Call<T, E> = smithy_rt::Call<T, Error<E>>;
        #waiter
        #pages
    }
}

/// `src/operation.rs` or `src/types.rs`
///
/// ```text
/// //! The types that are part of requests and responses, and the errors.
///
/// mod input_data_config;
/// mod job_status;
///
/// pub use input_data_config::*;
/// pub use job_status::*;
/// ```
pub fn module_index(docs: &str, modules: &[&str]) -> TokenStream {
    let docs = format::inner_doc(docs);
    let modules: Vec<_> = modules.iter().map(|module| ident(module)).collect();
    quote! {
        #docs
        #(mod #modules;)*
        #(pub use #modules::*;)*
    }
}
