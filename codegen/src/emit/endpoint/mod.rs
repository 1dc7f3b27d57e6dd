//! `src/endpoint.rs`: the parameters of the endpoint rules, and the rules as plain Rust.

mod value;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::maybe_setter;
use crate::docs::code;
use crate::format::{doc, inner_doc};
use crate::ir::endpoint::{
    Binding, Decision, Endpoints, Link, Parameter, RulesFunction, Setting, Statement, Type,
};
use crate::names::ident;
use crate::rules::{ParameterKind, ParameterValue};

pub(super) use self::value::{extras, text};

use self::value::{borrowed, endpoint, expression, operand};

/// The whole file.
///
/// ```text
/// use smithy_rt::endpoint::{self, ContextParams, Endpoint, EndpointError, EndpointSettings};
///
/// pub struct Params { … }
///
/// impl Params {
///     pub fn resolve(&self) -> Result<Endpoint, EndpointError> { … }
/// }
///
/// pub(crate) fn resolve(settings: &EndpointSettings, context: &ContextParams) -> Result<Endpoint, EndpointError> { … }
/// ```
pub fn file(endpoints: &Endpoints) -> TokenStream {
    let about = inner_doc("The endpoint rules of the service, which decide where calls are sent.");
    let parameters = parameters(&endpoints.parameters);
    let functions = endpoints.functions.iter().map(function);
    let client_context = client_context(&endpoints.parameters);
    let glue = glue(&endpoints.parameters);
    let code = quote! {
        #parameters
        impl Params { #(#functions)* }
        #client_context
        #glue
    };
    let auth_scheme = mentions(&code, "EndpointAuthScheme").then(|| quote!(EndpointAuthScheme,));
    let property = mentions(&code, "EndpointProperty").then(|| quote!(EndpointProperty,));
    let arn = mentions(&code, "Arn").then(|| quote!(Arn,));
    let partition = mentions(&code, "Partition").then(|| quote!(Partition,));
    let url = mentions(&code, "Url").then(|| quote!(Url,));
    quote! {
        #about
        use smithy_rt::endpoint::{
            self, #arn ContextParams, Endpoint, #auth_scheme EndpointError, #property EndpointSettings, #partition #url
        };
        #code
    }
}

/// The file for a service without endpoint rules: calls go to the client's endpoint URL.
pub fn file_without_rules() -> TokenStream {
    let about = inner_doc(
        "The endpoint of calls: the endpoint URL of the client, since the model has no endpoint rules.",
    );
    quote! {
        #about
        pub(crate) use smithy_rt::endpoint::only_url as resolve;
    }
}

/// Returns `true` if the code uses the variable of this name: a field, a method or a function of this name is something else.
pub(super) fn mentions(code: &TokenStream, name: &str) -> bool {
    let mut is_other = false;
    code.clone().into_iter().any(|token| {
        let (found, is_next_other) = match &token {
            TokenTree::Ident(ident) => (!is_other && ident == name, ident == "fn"),
            TokenTree::Group(group) => (mentions(&group.stream(), name), false),
            TokenTree::Punct(punct) => (false, punct.as_char() == '.'),
            TokenTree::Literal(_) => (false, false),
        };
        is_other = is_next_other;
        found
    })
}

/// ```text
/// pub struct Params { pub region: Option<String>, pub use_fips: bool, … }
///
/// smithy_rt::builder!(params_builder::ParamsBuilder, [], Params {
///     region: optional::<impl Into<String>>("Region", maybe_region),
///     use_fips: defaulted::<bool>("UseFIPS", false),
/// });
/// ```
fn parameters(parameters: &[Parameter]) -> TokenStream {
    let fields = parameters.iter().map(|parameter| {
        let about = doc(&format!(
            "{}\n\nThe endpoint parameter {}.",
            parameter.docs,
            code(&parameter.name)
        ));
        let field = ident(&parameter.field);
        let ty = field_type(parameter);
        quote!(#about pub #field: #ty)
    });
    let about = doc("The parameters of the endpoint rules.");
    let needed = parameters
        .iter()
        .filter(|parameter| !parameter.optional && parameter.default.is_none())
        .map(|parameter| ident(&parameter.field));
    let entries = parameters.iter().map(entry);
    quote! {
        #about
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct Params { #(#fields,)* }

        smithy_rt::builder!(params_builder::ParamsBuilder, [#(#needed),*], Params { #(#entries),* });
    }
}

/// `region: optional::<impl Into<String>>("Region", maybe_region)`
fn entry(parameter: &Parameter) -> TokenStream {
    let (field, name) = (ident(&parameter.field), &parameter.name);
    let argument = argument_type(parameter.kind);
    match &parameter.default {
        _ if parameter.optional => optional_entry(parameter),
        Some(default) => {
            let default = parameter_value(default);
            quote!(#field: defaulted::<#argument>(#name, #default))
        }
        None => quote!(#field: required::<#argument>(#name)),
    }
}

fn optional_entry(parameter: &Parameter) -> TokenStream {
    let (field, name) = (ident(&parameter.field), &parameter.name);
    let argument = argument_type(parameter.kind);
    let maybe = maybe_setter(&parameter.field);
    quote!(#field: optional::<#argument>(#name, #maybe))
}

fn argument_type(kind: ParameterKind) -> TokenStream {
    match kind {
        ParameterKind::String => quote!(impl Into<String>),
        kind => value_type(kind),
    }
}

fn value_type(kind: ParameterKind) -> TokenStream {
    match kind {
        ParameterKind::String => quote!(String),
        ParameterKind::Boolean => quote!(bool),
        ParameterKind::StringArray => quote!(Vec<String>),
    }
}

fn field_type(parameter: &Parameter) -> TokenStream {
    let ty = value_type(parameter.kind);
    if parameter.optional {
        quote!(Option<#ty>)
    } else {
        ty
    }
}

/// `"us-east-1".to_owned()`, `true`, `vec!["a".to_owned()]`
fn parameter_value(value: &ParameterValue) -> TokenStream {
    match value {
        ParameterValue::String(value) => quote!(#value.to_owned()),
        ParameterValue::Boolean(value) => quote!(#value),
        ParameterValue::StringArray(values) => quote!(vec![#(#values.to_owned()),*]),
    }
}

/// The parameters that are given to the builder of a client, if there are any.
///
/// ```text
/// pub struct ClientContext { pub stage: Option<String>, … }
///
/// impl From<ClientContext> for ContextParams { … }
/// ```
fn client_context(parameters: &[Parameter]) -> Option<TokenStream> {
    let of_client: Vec<_> = parameters.iter().filter(|it| it.from_client).collect();
    if of_client.is_empty() {
        return None;
    }
    let fields = of_client.iter().map(|parameter| {
        let about = doc(&format!(
            "{}\n\nThe endpoint parameter {}.",
            parameter.docs,
            code(&parameter.name)
        ));
        let (field, ty) = (ident(&parameter.field), value_type(parameter.kind));
        quote!(#about pub #field: Option<#ty>)
    });
    let setters = of_client.iter().map(|parameter| {
        let (name, field) = (&parameter.name, ident(&parameter.field));
        quote!(params.set(#name, context.#field);)
    });
    let entries = of_client.iter().copied().map(optional_entry);
    Some(quote! {
        /// The endpoint parameters that are settings of a client of this service alone, for
        /// [`ClientBuilder::client_context`](crate::ClientBuilder::client_context).
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct ClientContext { #(#fields,)* }

        smithy_rt::builder!(client_context_builder::ClientContextBuilder, [], ClientContext { #(#entries),* });

        impl From<ClientContext> for ContextParams {
            fn from(context: ClientContext) -> Self {
                let mut params = Self::new();
                #(#setters)*
                params
            }
        }
    })
}

/// `fn resolve_with_stream_arn(&self, region: &str) -> Result<Endpoint, EndpointError> { … }`
fn function(function: &RulesFunction) -> TokenStream {
    let public = function.name == "resolve";
    let about = if public {
        doc(
            "Returns the endpoint for these parameters.\n\n# Errors\nIf the endpoint rules have no endpoint for them.",
        )
    } else {
        doc(&format!("Evaluates the rules at `{}`.", function.place))
    };
    let visibility = public.then(|| quote!(pub));
    let name = ident(&function.name);
    let arguments = function.arguments.iter().map(|binding| argument(binding));
    let body = block(&function.body, true);
    quote! {
        #about
        #visibility fn #name(&self, #(#arguments),*) -> Result<Endpoint, EndpointError> { #body }
    }
}

fn argument(binding: &Binding) -> TokenStream {
    let name = ident(&binding.name);
    let ty = match binding.ty {
        Type::Boolean => quote!(bool),
        Type::Integer => quote!(usize),
        Type::String => quote!(&str),
        Type::Strings => quote!(&[String]),
        Type::Parts => quote!(&[&str]),
        Type::Partition => quote!(&Partition),
        Type::Arn => quote!(&Arn<'_>),
        Type::Url => quote!(&Url<'_>),
    };
    quote!(#name: #ty)
}

/// Statements; the last one is the value of the function if the block is its body.
fn block(statements: &[Statement], of_function: bool) -> TokenStream {
    let last = statements.len().saturating_sub(1);
    let statements = statements
        .iter()
        .enumerate()
        .map(|(index, statement)| match statement {
            Statement::Let(binding, value) => {
                let name = ident(&binding.name);
                let value = expression(value);
                quote!(let #name = #value;)
            }
            Statement::LetElse(binding, value, decision) => {
                let name = ident(&binding.name);
                let (value, decision) = (expression(value), decided(decision));
                quote!(let Some(#name) = #value else { return #decision; };)
            }
            Statement::If(links, then) => {
                let links = links.iter().map(link);
                let then = block(then, false);
                quote!(if #(#links)&&* { #then })
            }
            Statement::Return(decision) => {
                let value = decided(decision);
                if of_function && index == last {
                    value
                } else {
                    quote!(return #value;)
                }
            }
        });
    quote!(#(#statements)*)
}

fn link(link: &Link) -> TokenStream {
    match link {
        Link::Test(value) => operand(value),
        Link::Bind(binding, value) => {
            let name = ident(&binding.name);
            let value = expression(value);
            quote!(let Some(#name) = #value)
        }
    }
}

fn decided(decision: &Decision) -> TokenStream {
    match decision {
        Decision::NoRule => quote!(Err(EndpointError::no_rule_matches())),
        Decision::Error(value) => {
            let message = text(value);
            quote!(Err(EndpointError::new(#message)))
        }
        Decision::Call(function, arguments) => {
            let function = ident(function);
            let arguments = arguments.iter().map(borrowed);
            quote!(self.#function(#(#arguments),*))
        }
        Decision::Endpoint(plan) => endpoint(plan),
    }
}

/// The function that a client calls.
fn glue(parameters: &[Parameter]) -> TokenStream {
    let fields = parameters.iter().map(|parameter| {
        let field = ident(&parameter.field);
        let value = source(parameter);
        quote!(#field: #value)
    });
    let about = doc("Returns the endpoint for a client config and the parameters of a call.");
    let any = |found: fn(&Parameter) -> bool| parameters.iter().any(found);
    let settings = if any(|it| it.from_client || it.setting.is_some()) {
        quote!(settings)
    } else {
        quote!(_settings)
    };
    let context = if any(|it| it.from_call) {
        quote!(context)
    } else {
        quote!(_context)
    };
    quote! {
        #about
        pub(crate) fn resolve(#settings: &EndpointSettings, #context: &ContextParams) -> Result<Endpoint, EndpointError> {
            let params = Params { #(#fields,)* };
            params.resolve()
        }
    }
}

/// The expression for the value of a parameter: the call, else the client, else its default.
fn source(parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    let get = match parameter.kind {
        ParameterKind::String => quote!(string),
        ParameterKind::Boolean => quote!(boolean),
        ParameterKind::StringArray => quote!(string_array),
    };
    let from_call = parameter.from_call.then(|| quote!(context.#get(#name)));
    let from_client = parameter
        .from_client
        .then(|| quote!(settings.client_context.#get(#name)));
    let (setting, certain) = match parameter.setting.map(setting) {
        Some((setting, certain)) => (Some(setting), certain),
        None => (None, false),
    };
    if certain && from_call.is_none() && from_client.is_none() && !parameter.optional {
        return quote!(#setting);
    }
    let setting = setting.map(|setting| {
        if certain {
            quote!(Some(#setting))
        } else {
            setting
        }
    });
    let sources = [from_call, from_client, setting].into_iter().flatten();
    let value = sources.reduce(|first, second| quote!(#first.or_else(|| #second)));
    let default = parameter.default.as_ref().map(parameter_value);
    match (value, default, parameter.optional) {
        (None, _, true) => quote!(None),
        (Some(value), _, true) => value,
        (None, Some(default), false) => default,
        (Some(value), Some(default), false) if parameter.kind == ParameterKind::Boolean => {
            quote!(#value.unwrap_or(#default))
        }
        (Some(value), Some(default), false) => quote!(#value.unwrap_or_else(|| #default)),
        (Some(value), None, false) => quote!(#value.ok_or_else(|| EndpointError::missing(#name))?),
        (None, None, false) => quote!(return Err(EndpointError::missing(#name))),
    }
}

/// A setting of the client, and whether it always has a value.
fn setting(setting: Setting) -> (TokenStream, bool) {
    match setting {
        Setting::Region => (quote!(settings.region.clone()), false),
        Setting::UseFips => (quote!(settings.use_fips), true),
        Setting::UseDualStack => (quote!(settings.use_dual_stack), true),
        Setting::EndpointUrl => (quote!(settings.endpoint_url.clone()), false),
        Setting::AccountId => (quote!(settings.account_id.clone()), false),
        Setting::AccountIdEndpointMode => {
            (quote!(settings.account_id_endpoint_mode.clone()), false)
        }
    }
}
