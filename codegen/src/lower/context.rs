//! Endpoint parameters that come out of a request: members with `smithy.rules#contextParam`, and what the JMESPaths of
//! `smithy.rules#operationContextParams` lead to. A member is a path of one step.

use crate::ir::{ContextPath, Crate, RustType, TypeName};
use crate::jmespath::{self, Type};
use crate::model::Closure;
use crate::{Diagnostics, Error};

/// The parameters of all operations, with the operation's place in the crate. Those that come first take precedence.
pub fn context_paths(
    closure: &Closure<'_>,
    ir: &Crate,
) -> Result<Vec<(usize, Vec<ContextPath>)>, Error> {
    let mut problems = Diagnostics::new();
    let mut lowered = Vec::new();
    for (index, operation, shape) in ir.operations_with_shapes(closure) {
        let mut paths = Vec::new();
        let input = closure.get(&operation.request.shape);
        for member in input.into_iter().flat_map(|input| input.members()) {
            if let Some(name) = member.traits.context_param()? {
                let path = context_path(name, &member.name, &operation.request, ir);
                paths
                    .extend(problems.keep(path.map_err(|message| Error::at(member.id(), message))));
            }
        }
        for (name, path) in shape.traits.operation_context_params()?.unwrap_or_default() {
            let path = context_path(name, path, &operation.request, ir);
            paths.extend(problems.keep(path.map_err(|message| Error::at(&shape.id, message))));
        }
        if !paths.is_empty() {
            lowered.push((index, paths));
        }
    }
    problems.finish(lowered)
}

fn context_path(
    name: &str,
    path: &str,
    request: &TypeName,
    ir: &Crate,
) -> Result<ContextPath, String> {
    let request = Type::Rust(RustType::Structure(request.clone()));
    let query = jmespath::compile(path, "request", request, ir);
    match query.map_err(|problem| problem.to_string()) {
        Ok(query) if query.is_text() || query.is_boolean() || query.is_texts() => Ok(ContextPath {
            name: name.to_owned(),
            query,
        }),
        Ok(_) => Err(format!(
            "the endpoint parameter {name}: `{path}` has to be a string, a boolean or a list of strings"
        )),
        Err(problem) => Err(format!("the endpoint parameter {name}: {problem}")),
    }
}
