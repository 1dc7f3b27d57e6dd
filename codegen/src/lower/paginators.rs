//! Pages: `smithy.api#paginated`.

use crate::docs::wrap;
use crate::ir::{Crate, Operation};
use crate::ir::{Member, RustType, Structure, TypeName};
use crate::ir::{PageItems, Paginator, Step};
use crate::model::{Closure, Paginated};
use crate::names::Scope;
use crate::{Diagnostics, Error};
use std::collections::HashSet;

/// The pages of all operations, with the operation's place in the crate.
pub fn pages(
    closure: &Closure<'_>,
    ir: &Crate,
    functions: &mut Scope,
) -> Result<Vec<(usize, Paginator)>, Error> {
    let mut problems = Diagnostics::new();
    let mut with_items = HashSet::new();
    let service = closure.service().traits.paginated()?.unwrap_or_default();
    let mut lowered = Vec::new();
    for (index, operation, shape) in ir.operations_with_shapes(closure) {
        let Some(own) = shape.traits.paginated()? else {
            continue;
        };
        let traits = Paginated {
            input_token: own.input_token.or(service.input_token),
            output_token: own.output_token.or(service.output_token),
            items: own.items.or(service.items),
        };
        let lowering = Lowering {
            operation,
            ir,
            ends_with_same_token: shape.traits.ends_with_same_token(),
        };
        let Some(mut pages) = problems.keep(lowering.pages(&traits)) else {
            continue;
        };
        pages.function = functions.claim(&pages.function, "");
        if pages.items.is_some() && !with_items.insert(&operation.response.shape) {
            pages.items = None;
        }
        pages.docs = docs(operation, pages.items.is_some());
        lowered.push((index, pages));
    }
    problems.finish(lowered)
}

struct Lowering<'a> {
    operation: &'a Operation,
    ir: &'a Crate,
    ends_with_same_token: bool,
}

impl Lowering<'_> {
    fn pages(&self, traits: &Paginated<'_>) -> Result<Paginator, Error> {
        let input_token = traits
            .input_token
            .ok_or_else(|| self.error("`inputToken` is missing"))?;
        let output_token = traits
            .output_token
            .ok_or_else(|| self.error("`outputToken` is missing"))?;
        if self.operation.input_stream.is_some() {
            return Err(self.error("the request holds a stream, which can be sent only once"));
        }
        let request = self.ir.request(self.operation);
        let token = self.member(request, &self.operation.request, input_token)?;
        let (next_token, ty) = self.path(output_token)?;
        if token.ty != ty {
            return Err(self.error(format!(
                "`{input_token}` and `{output_token}` have to be of the same type"
            )));
        }
        if !is_comparable(&ty) {
            return Err(self.error(format!(
                "`{input_token}` contains a timestamp or a blob, which is not supported in a token"
            )));
        }
        let function = self.operation.link_name().trim_end_matches('_');
        Ok(Paginator {
            function: format!("{function}_pages"),
            docs: String::new(),
            token: token.into(),
            next_token,
            may_be_empty: matches!(
                ty,
                RustType::String | RustType::Map { .. } | RustType::List { .. }
            ),
            ends_with_same_token: self.ends_with_same_token,
            is_token_copy: ty.is_copy(),
            items: match traits.items {
                None => None,
                Some(items) => Some(self.items(items)?),
            },
        })
    }

    fn items(&self, items: &str) -> Result<PageItems, Error> {
        let (path, ty) = self.path(items)?;
        match ty {
            RustType::List { .. } | RustType::Map { .. } => Ok(PageItems { path, ty }),
            _ => Err(self.error(format!("the items, `{items}`, have to be a list or a map"))),
        }
    }

    /// The fields of a path in the response, and the type of the last one.
    fn path(&self, path: &str) -> Result<(Vec<Step>, RustType), Error> {
        let mut steps = Vec::new();
        let mut structure = self.ir.response(self.operation);
        let mut name = &self.operation.response;
        let mut names = path.split('.').peekable();
        while let Some(step) = names.next() {
            let member = self.member(structure, name, step)?;
            steps.push(member.into());
            match &member.ty {
                RustType::Structure(inner) if names.peek().is_some() => {
                    structure = self.ir.structure(&inner.shape);
                    name = inner;
                }
                ty if names.peek().is_none() => return Ok((steps, ty.clone())),
                _ => break,
            }
        }
        Err(self.error(format!(
            "`{path}` is not a path of members in {}",
            self.operation.response.shape
        )))
    }

    fn member<'p>(
        &self,
        structure: Option<&'p Structure>,
        name: &TypeName,
        member: &str,
    ) -> Result<&'p Member, Error> {
        structure
            .and_then(|structure| structure.member(member))
            .ok_or_else(|| self.error(format!("{} has no member `{member}`", name.shape)))
    }

    fn error(&self, message: impl std::fmt::Display) -> Error {
        Error::at(
            &self.operation.shape,
            format!("smithy.api#paginated: {message}"),
        )
    }
}

/// Returns the documentation of the paginator's function.
fn docs(operation: &Operation, has_items: bool) -> String {
    let items = if has_items {
        " `.items()` makes it a stream of their items."
    } else {
        ""
    };
    let function = operation.link_name();
    wrap(&format!(
        "Returns a paginator of [`Client::{function}`](crate::Client::{function}): a stream of its responses, starting with the \
         response to `request`.{items}",
    ))
}

/// Returns `true` if the runtime can compare tokens of this type: it does so by their JSON.
fn is_comparable(ty: &RustType) -> bool {
    match ty {
        RustType::DateTime(_) | RustType::Blob => false,
        RustType::List { element, .. } => is_comparable(element),
        RustType::Map { value, .. } => is_comparable(value),
        _ => true,
    }
}
