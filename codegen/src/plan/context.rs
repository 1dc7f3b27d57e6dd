//! Endpoint parameters that come out of a request by JMESPath: `smithy.rules#operationContextParams`.

use super::{Plan, RustType};
use crate::jmespath::{self, Query, Type};
use crate::smithy::Closure;
use crate::{Error, Problems};

/// A parameter of the endpoint rules.
#[derive(Debug)]
pub struct ContextPath {
    /// The name in the rules.
    pub name: String,
    /// What it is: a string, a boolean, or a stream of strings.
    pub query: Query,
}

/// The parameters of all operations, with the operation's place in the plan.
pub fn context_paths(
    closure: &Closure<'_>,
    plan: &Plan,
) -> Result<Vec<(usize, Vec<ContextPath>)>, Error> {
    let mut problems = Problems::new();
    let mut planned = Vec::new();
    for (index, operation, shape) in plan.operations_with_shapes(closure) {
        let mut paths = Vec::new();
        for (name, path) in shape.traits.operation_context_params()?.unwrap_or_default() {
            let request = Type::Rust(RustType::Structure(operation.request.clone()));
            let query = jmespath::compile(path, "request", request, plan)
                .map_err(|problem| problem.to_string());
            let query = query.and_then(|query| usable(query, path));
            let error = |message| {
                Error::at(
                    &operation.shape,
                    format!("the endpoint parameter {name}: {message}"),
                )
            };
            paths.extend(
                problems
                    .keep(query.map_err(error))
                    .map(|query| ContextPath {
                        name: name.to_owned(),
                        query,
                    }),
            );
        }
        if !paths.is_empty() {
            planned.push((index, paths));
        }
    }
    problems.finish(planned)
}

/// The query, if an endpoint parameter can be what it gives.
fn usable(query: Query, path: &str) -> Result<Query, String> {
    if query.is_text() || query.is_boolean() {
        return Ok(query);
    }
    let texts = query.into_texts();
    texts.ok_or_else(|| format!("`{path}` gives neither a string nor a boolean nor strings"))
}
