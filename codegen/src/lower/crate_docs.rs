//! The documentation of the crate: the model's own, how to start, and what is missing.

use crate::docs::{code, note, wrap};
use crate::ir::{AuthScheme, Crate, LeftOut, Operation, RustType, Service, Structure};
use crate::names;

/// The documentation of the crate.
pub fn crate_docs(ir: &Crate) -> String {
    let service = &ir.service;
    let mut text = service.docs.clone();
    let authentication = authentication(service);
    for (title, section) in [
        ("Getting started", start(ir)),
        ("Authentication", wrap(&authentication)),
        ("Errors", wrap(ERRORS)),
        ("Tests", tests(ir)),
        ("Features", FEATURES.to_owned()),
    ] {
        if !section.is_empty() {
            text.push_str(&format!("\n\n# {title}\n\n{section}"));
        }
    }
    if let Some(all) = service.selected_of {
        text.push_str("\n\n# Operations\n\n");
        text.push_str(&wrap(&format!(
            "This client was generated for {} of the {all} operations of the service.",
            ir.operations.len() + skipped(ir)
        )));
    }
    let left_out = left_out(ir);
    if !left_out.is_empty() {
        text.push_str("\n\n# Not supported\n\n");
        text.push_str(&wrap(&left_out.join("\n\n")));
    }
    text
}

/// The ways to authenticate, if there are others than by AWS's credentials for one region, which need no words.
fn authentication(service: &Service) -> String {
    let mut ways: Vec<&str> = Vec::new();
    let mut has_others = false;
    for scheme in &service.auth {
        has_others |= !matches!(scheme, AuthScheme::SigV4 | AuthScheme::NoAuth);
        let way = match scheme {
            AuthScheme::SigV4 => {
                "- AWS's credentials (SigV4): `credentials_provider` of the `SdkConfig`"
            }
            AuthScheme::SigV4a => {
                "- AWS's credentials, for several regions (SigV4a), where the endpoint wants it"
            }
            AuthScheme::HttpBearer => {
                "- bearer tokens: `token_provider` of the `SdkConfig` or of the `ClientBuilder`"
            }
            AuthScheme::HttpBasic => "- user and password: `basic_auth` of the `ClientBuilder`",
            AuthScheme::HttpApiKeyHeader { .. } | AuthScheme::HttpApiKeyQuery { .. } => {
                "- API keys: `api_key` of the `ClientBuilder`"
            }
            AuthScheme::NoAuth => "- nothing at all",
        };
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    if !has_others {
        return String::new();
    }
    let variable = service.token_variable.as_ref().map(|variable| {
        format!(
            "\n\nWhile the environment variable {} is set, the token in it is used, before all else unless \
             `auth_scheme_preference` says otherwise.",
            code(variable)
        )
    });
    format!(
        "Calls authenticate with the first of these that the client has and the operation takes:\n\n{}{}",
        ways.join("\n"),
        variable.unwrap_or_default()
    )
}

/// The documentation of the crate's `Error`, with an example of an error that it converts into.
pub fn error_docs(ir: &Crate) -> String {
    let mut text = wrap(
        "The error of a call: a service error, or a failure to send the request or to read the response.\n\n\
         Most of its methods are those of `smithy_rt::Failure`, which it dereferences to. Without `E`, it is the type that the \
         errors of all operations convert into with `?`. AWS's `ProvideErrorMetadata` returns its code, message and request ID.",
    );
    let mut operations = ir.operations.iter();
    let any = || operations.find(|operation| operation.deprecated.is_none());
    if let Some(operation) = example(ir).map(|(operation, _)| operation).or_else(any) {
        text.push_str("\n\n# In an error of your own\n\n");
        text.push_str(&wrap(
            "This `From` lets `?` convert the errors of all operations into an error of your own. With `thiserror`, it \
             takes the place of `#[from]`, which supports a single type.",
        ));
        text.push_str("\n\n");
        text.push_str(&own_error(
            &names::library(&ir.service.crate_name),
            operation,
        ));
    }
    text
}

/// An error of a user's own, and a function that fails with it.
fn own_error(krate: &str, operation: &Operation) -> String {
    let (function, request) = (&operation.function, &operation.request.rust);
    format!(
        "```\n\
         enum OwnError {{\n    \
             Service({krate}::Error),\n    \
             File(std::io::Error),\n\
         }}\n\
         \n\
         impl<E> From<{krate}::Error<E>> for OwnError\n\
         where\n    \
             {krate}::Error: From<{krate}::Error<E>>,\n\
         {{\n    \
             fn from(error: {krate}::Error<E>) -> Self {{\n        \
                 Self::Service(error.into())\n    \
             }}\n\
         }}\n\
         # impl From<std::io::Error> for OwnError {{\n\
         #     fn from(error: std::io::Error) -> Self {{\n\
         #         Self::File(error)\n\
         #     }}\n\
         # }}\n\
         \n\
         async fn call(\n    \
             client: &{krate}::Client,\n    \
             request: {krate}::{request},\n\
         ) -> Result<(), OwnError> {{\n    \
             let response = client.{function}(request).await?;\n    \
             std::fs::write(\"response.txt\", format!(\"{{response:?}}\"))?;\n    \
             Ok(())\n\
         }}\n\
         ```"
    )
}

/// The number of operations that are left out as not supported.
fn skipped(ir: &Crate) -> usize {
    let left_out = ir.service.left_out.iter();
    left_out
        .filter(|left_out| left_out.waiter.is_none())
        .count()
}

/// The parts of the model that are not in the crate, in paragraphs.
fn left_out(ir: &Crate) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let items: String = ir.service.left_out.iter().map(item).collect();
    if !items.is_empty() {
        let intro = "Operations and waiters that need a feature that is not supported:";
        paragraphs.push(format!("{intro}\n\n{}", items.trim_end()));
    }
    let schemes = ir.endpoints.iter();
    let schemes: Vec<_> = schemes
        .flat_map(|endpoints| &endpoints.other_auth_schemes)
        .map(|scheme| code(scheme))
        .collect();
    if !schemes.is_empty() {
        paragraphs.push(format!(
            "Endpoints that require calls to be signed with {}: a call to one of them fails.",
            schemes.join(" or ")
        ));
    }
    paragraphs
}

fn item(left_out: &LeftOut) -> String {
    let operation = code(left_out.operation.name());
    // It may quote the model.
    let reason = note(&left_out.reason);
    match &left_out.waiter {
        None => format!("- {operation}: {reason}\n"),
        Some(waiter) => format!("- the waiter {} of {operation}: {reason}\n", code(waiter)),
    }
}

const ERRORS: &str = "A call that fails returns an [`Error`](crate::Error), whose `Display` is one line for a log or for people. Its \
     methods say what failed, whether the same call may succeed later, and under which request ID the service's support finds it. Its \
     type parameter is the enum of the operation's \
     own errors; `?` turns the errors of all operations into `Error` without a parameter, or into an error of your own.";

const FEATURES: &str = "\
     - `default-https-client`, on by default: the HTTPS client of AWS's own crates.\n\
     - `test-util`: the fake of the service, for tests.";

/// A program that makes a client and calls an operation, and what it stands on.
fn start(ir: &Crate) -> String {
    let dependencies =
        wrap("A program needs this crate and two more, for the config and for the runtime:");
    let config = wrap(
        "[`SdkConfig`](crate::SdkConfig) is the client config of AWS's own crates: `aws-config` loads it from \
         the environment and from configuration files, and one serves all services. \
         [`ClientBuilder`](crate::ClientBuilder) lists the few of its settings that have no effect, with the reasons; \
         the documentation of `smithy_rt` lists what is logged.",
    );
    format!(
        "{dependencies}\n\n\
         ```text\n\
         cargo add aws-config\n\
         cargo add tokio --features macros,rt-multi-thread\n\
         ```\n\n\
         {}\n\
         {config}",
        program(ir)
    )
}

/// An example of a whole program.
///
/// The lines that a reader sees are not compiled, since this crate does without the two crates that programs need. The same lines are compiled
/// below it, out of sight.
fn program(ir: &Crate) -> String {
    let name = names::library(&ir.service.crate_name);
    let call = example(ir).map(|(operation, request)| call(&name, operation, request));
    let mut lines = format!("let client = {name}::Client::new(&config);\n");
    lines.push_str(&call.unwrap_or_default());
    lines.push_str("Ok(())\n");
    let indented = |margin: &str| -> String {
        let lines = lines.lines();
        lines.map(|line| format!("{margin}    {line}\n")).collect()
    };
    format!(
        "```no_run\n\
         # #[cfg(any())]\n\
         #[tokio::main]\n\
         async fn main() -> Result<(), {name}::Error> {{\n    \
             let config = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;\n\
         {}\
         }}\n\
         # async fn checked(config: {name}::SdkConfig) -> Result<(), {name}::Error> {{\n\
         {}\
         # }}\n\
         # fn main() {{}}\n\
         ```\n",
        indented(""),
        indented("# ")
    )
}

fn tests(ir: &Crate) -> String {
    let name = names::library(&ir.service.crate_name);
    wrap(&format!(
        "With the feature `test-util`, `{name}::fake::Fake` is a service that a test scripts: typed requests in, typed \
         responses out, no network and no waiting. Put the feature into `dev-dependencies`."
    ))
}

/// The operation to begin with, and its request. It can be called without knowing the service, does no harm, and is one of the
/// main ones: of those that are not deprecated and require nothing but strings, the one that
///
/// 1. changes nothing,
/// 2. requires the fewest members,
/// 3. answers at once, and not bit by bit,
/// 4. has the shortest name, since what a service is about has shorter names than its details: `ListJobs`, not `ListJobTags`,
/// 5. comes first.
fn example(ir: &Crate) -> Option<(&Operation, &Structure)> {
    let all = ir.operations.iter();
    let simple = all.filter_map(|operation| {
        let request = ir.request(operation)?;
        let mut required = request.fields().filter(|member| member.required);
        let is_simple = required.all(|member| member.ty == RustType::String);
        (is_simple && operation.deprecated.is_none()).then_some((operation, request))
    });
    simple.min_by_key(|(operation, request)| {
        (
            !operation.is_readonly,
            required(request).count(),
            operation.streams().next().is_some(),
            operation.shape.name().len(),
        )
    })
}

fn required(request: &Structure) -> impl Iterator<Item = &str> {
    let required = request.fields().filter(|member| member.required);
    required.map(|member| member.field.as_str())
}

fn call(krate: &str, operation: &Operation, request: &Structure) -> String {
    let (name, function) = (&request.about.name.rust, &operation.function);
    let setters: String = required(request)
        .map(|field| format!("\n    .{field}(\"…\")"))
        .collect();
    let request = match (setters.is_empty(), request.has_default) {
        (true, true) => format!("{krate}::{name}::default()"),
        _ => format!("{krate}::{name}::builder(){setters}\n    .build()"),
    };
    format!(
        "let request = {request};\n\
         let response = client.{function}(request).await?;\n\
         println!(\"{{response:?}}\");\n"
    )
}
