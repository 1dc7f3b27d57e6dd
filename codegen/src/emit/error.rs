//! Errors: the structures of the model, the enum of each operation, and the crate's own.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ident;
use super::imports::Imports;
use crate::format;
use crate::ir::{Crate, ErrorTraits, Operation, OperationError, Retryable, Structure};

/// The implementations that make a structure an error.
///
/// ```text
/// impl ModeledError for ThrottlingException {
///     const CODE: &'static str = "ThrottlingException";
///     const KIND: Option<ErrorKind> = None;
///     const FAULT: Fault = Fault::Client;
///     const STATUS: u16 = 429;
///
///     fn message(&self) -> Option<&str> {
///         self.message.as_deref()
///     }
/// }
///
/// smithy_rt::modeled_error!(ThrottlingException);
/// ```
pub fn of_structure(
    structure: &Structure,
    traits: &ErrorTraits,
    imports: &mut Imports,
) -> TokenStream {
    let name = imports.ty(&structure.about.name);
    let code = &traits.code;
    let modeled_error = imports.rt("ModeledError");
    let kind = match traits.retryable {
        None => quote!(None),
        Some(Retryable::Transient) => quote!(Some(smithy_rt::ErrorKind::TransientError)),
        Some(Retryable::Throttling) => quote!(Some(smithy_rt::ErrorKind::ThrottlingError)),
    };
    let fault = if traits.is_server_fault {
        quote!(Server)
    } else {
        quote!(Client)
    };
    let status = traits.status.map(|status| {
        let status = Literal::u16_unsuffixed(status);
        quote!(const STATUS: u16 = #status;)
    });
    let message = message(traits, imports);
    quote! {
        impl #modeled_error for #name {
            const CODE: &'static str = #code;
            const KIND: Option<smithy_rt::ErrorKind> = #kind;
            const FAULT: smithy_rt::Fault = smithy_rt::Fault::#fault;
            #status

            fn message(&self) -> Option<&str> {
                #message
            }
        }

        smithy_rt::modeled_error!(#name);
    }
}

fn message(traits: &ErrorTraits, imports: &mut Imports) -> TokenStream {
    let Some(message) = &traits.message else {
        return quote!(None);
    };
    let field = ident(&message.field);
    match (message.sensitive, message.optional) {
        (true, true) => {
            let redacted = imports.rt("Redacted");
            quote!(self.#field.as_ref().map(|_| #redacted::TEXT))
        }
        (true, false) => {
            let redacted = imports.rt("Redacted");
            quote!(Some(#redacted::TEXT))
        }
        (false, true) => quote!(self.#field.as_deref()),
        (false, false) => quote!(Some(&self.#field)),
    }
}

/// The errors of an operation.
///
/// ```text
/// /// A service error of `ListTagsForResource`.
/// #[derive(Clone, Debug, PartialEq)]
/// #[non_exhaustive]
/// pub enum ListTagsForResourceError {
///     /// There is no such resource.
///     ResourceNotFoundException(ResourceNotFoundException),
///     /// An error that the model does not name for this operation.
///     Unmodeled(UnmodeledError),
/// }
///
/// smithy_rt::operation_error!(ListTagsForResourceError { ResourceNotFoundException });
/// ```
pub fn of_operation(operation: &Operation, imports: &mut Imports) -> TokenStream {
    let docs = format::doc(&format!("A service error of `{}`.", operation.shape.name()));
    let name = ident(&operation.error);
    let unmodeled = imports.rt("UnmodeledError");
    let errors: Vec<_> = operation
        .errors
        .iter()
        .map(|error| imports.ty(&error.name))
        .collect();
    let summaries = operation
        .errors
        .iter()
        .map(|error| format::doc(&error.summary));
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#summaries #errors(#errors),)*
            /// An error that the model does not name for this operation.
            Unmodeled(#unmodeled),
        }

        smithy_rt::operation_error!(#name { #(#errors),* });
    }
}

/// `src/error.rs`: the errors of the whole crate.
///
/// ```text
/// /// The error of a call …
/// pub struct Error<E = ServiceError>(smithy_rt::Failure<E>);
///
/// smithy_rt::error_type!(Error);
///
/// /// A service error of any operation.
/// pub enum ServiceError { … }
///
/// smithy_rt::service_error!(ServiceError { AccessDeniedException, ConflictException, … });
/// ```
pub fn of_crate(ir: &Crate, imports: &mut Imports) -> TokenStream {
    let docs = format::doc(&ir.service.error_docs);
    let service_error = service_error(&ir.errors, imports);
    quote! {
        #docs
        pub struct Error<E = ServiceError>(smithy_rt::Failure<E>);

        smithy_rt::error_type!(Error);

        #service_error
    }
}

fn service_error(errors: &[OperationError], imports: &mut Imports) -> TokenStream {
    let unmodeled = imports.rt("UnmodeledError");
    let summaries = errors.iter().map(|error| format::doc(&error.summary));
    let errors: Vec<_> = errors.iter().map(|error| imports.ty(&error.name)).collect();
    quote! {
        /// A service error of any operation.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum ServiceError {
            #(#summaries #errors(#errors),)*
            /// An error that the model does not name for the operation.
            Unmodeled(#unmodeled),
        }

        smithy_rt::service_error!(ServiceError { #(#errors),* });
    }
}
