//! Endpoint parameters that come out of a request: members with `smithy.rules#contextParam`, and what the JMESPaths of
//! `smithy.rules#operationContextParams` lead to. A member is a path of one step.

use super::{Plan, RustType, TypeName};
use crate::jmespath::{self, Query, Type};
use crate::smithy::Closure;
use crate::{Error, Problems};

/// A parameter of the endpoint rules.
#[derive(Debug)]
pub struct ContextPath {
    /// The name in the rules.
    pub name: String,
    /// What it is: a string, a boolean, or a list or stream of strings.
    pub query: Query,
}

/// The parameters of all operations, with the operation's place in the plan. Those that come first take precedence.
pub fn context_paths(
    closure: &Closure<'_>,
    plan: &Plan,
) -> Result<Vec<(usize, Vec<ContextPath>)>, Error> {
    let mut problems = Problems::new();
    let mut planned = Vec::new();
    for (index, operation, shape) in plan.operations_with_shapes(closure) {
        let mut paths = Vec::new();
        let input = closure.get(&operation.request.shape);
        for member in input.into_iter().flat_map(|input| input.members()) {
            if let Some(name) = member.traits.context_param()? {
                let path = context_path(name, &member.name, &operation.request, plan);
                paths
                    .extend(problems.keep(path.map_err(|message| Error::at(member.id(), message))));
            }
        }
        for (name, path) in shape.traits.operation_context_params()?.unwrap_or_default() {
            let path = context_path(name, path, &operation.request, plan);
            paths.extend(problems.keep(path.map_err(|message| Error::at(&shape.id, message))));
        }
        if !paths.is_empty() {
            planned.push((index, paths));
        }
    }
    problems.finish(planned)
}

fn context_path(
    name: &str,
    path: &str,
    request: &TypeName,
    plan: &Plan,
) -> Result<ContextPath, String> {
    let request = Type::Rust(RustType::Structure(request.clone()));
    let query = jmespath::compile(path, "request", request, plan);
    match query.map_err(|problem| problem.to_string()) {
        Ok(query) if query.is_text() || query.is_boolean() || query.is_texts() => Ok(ContextPath {
            name: name.to_owned(),
            query,
        }),
        Ok(_) => Err(format!(
            "the endpoint parameter {name}: `{path}` gives neither a string nor a boolean nor strings"
        )),
        Err(problem) => Err(format!("the endpoint parameter {name}: {problem}")),
    }
}
